//! Hashes of words. They go into sketches that are stored, so they are the same on every machine and in every run.

use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// The hash of a word form.
pub(crate) fn hash64(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// Mixes what is no hash yet, such as several hashes in a row (the finaliser of MurmurHash3).
pub(crate) fn mix(value: u64) -> u64 {
    let mut hash = value;
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// For maps whose keys are hashes already.
pub(crate) type PassThrough = BuildHasherDefault<KeyHasher>;

/// Spreads a key that is a hash already over the whole width that a map looks at.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
