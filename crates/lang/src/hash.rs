//! The hashes that spaCy's tables are keyed by.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hash maps of this crate: fast, and the same in every run.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// XXH3 for strings, a multiplication for numbers.
#[derive(Default)]
pub(crate) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// MurmurHash64A of Austin Appleby with seed 1: spaCy's number for a string that is no symbol.
pub(crate) fn murmur64a(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, byte| tail << 8 | u64::from(*byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// MurmurHash3 x64_128 of the eight bytes of `key`, as four numbers: the rows of a hash embedding (Svenstrup, Hansen and
/// Winther 2017, with four hashes of one function).
pub(crate) fn rows(key: u64, seed: u32) -> [u32; 4] {
    const LENGTH: u64 = 8;
    let mut h1 = u64::from(seed);
    let mut h2 = u64::from(seed);
    h1 ^= key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= LENGTH;
    h2 ^= LENGTH;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut k: u64) -> u64 {
    k ^= k >> 33;
    k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
    k ^= k >> 33;
    k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ k >> 33
}

#[cfg(test)]
mod tests {
    use super::{murmur64a, rows};

    #[test]
    fn strings_have_the_keys_of_spacy() {
        // From spacy.strings.hash_string of spaCy 3.8.
        let known = [("coffee", 3197928453018144401), ("ä", 6726766970128105741), ("lighthouse", 1367831576852713029)];
        for (text, key) in known {
            assert_eq!(murmur64a(text.as_bytes()), key, "{text}");
        }
    }

    #[test]
    fn keys_have_the_rows_of_thinc() {
        // From thinc's NumpyOps.hash of one key, seed 8.
        assert_eq!(rows(3197928453018144401, 8), [2399055680, 1118310852, 3598583520, 1677466278]);
    }
}
