//! How texts, details and runs lie in the file.

use wirecopy_model::{Piece, Run};

const LEVEL: i32 = 3;

/// The text as a zstd frame.
pub(crate) fn pack(text: &str) -> Vec<u8> {
    // Compressing into memory fails only for a level that zstd does not have.
    zstd::encode_all(text.as_bytes(), LEVEL).expect("a level that zstd has")
}

/// The text of a zstd frame that `pack` made; the words say what is wrong with any other.
pub(crate) fn unpack(frame: &[u8]) -> Result<String, String> {
    let bytes = zstd::decode_all(frame).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// Runs as variable-length numbers: for each the way from the last one's end in `a` and in `b` (zigzag, since blocks
/// may have moved) and its two lengths.
pub(crate) fn pack_runs(runs: &[Run]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(runs.len() * 5);
    let (mut a, mut b) = (0i64, 0i64);
    for run in runs {
        put(&mut packed, zigzag(run.a.start as i64 - a));
        put(&mut packed, zigzag(run.b.start as i64 - b));
        put(&mut packed, run.a.len() as u64);
        put(&mut packed, run.b.len() as u64);
        (a, b) = (run.a.end as i64, run.b.end as i64);
    }
    packed
}

/// The runs that `pack_runs` packed; `None` where the bytes are something else.
pub(crate) fn unpack_runs(packed: &[u8]) -> Option<Vec<Run>> {
    let mut runs = Vec::new();
    let mut rest = packed;
    let (mut a, mut b) = (0i64, 0i64);
    while !rest.is_empty() {
        let a_start = usize::try_from(a.checked_add(unzigzag(take(&mut rest)?))?).ok()?;
        let b_start = usize::try_from(b.checked_add(unzigzag(take(&mut rest)?))?).ok()?;
        let a_end = a_start.checked_add(usize::try_from(take(&mut rest)?).ok()?)?;
        let b_end = b_start.checked_add(usize::try_from(take(&mut rest)?).ok()?)?;
        runs.push(Run { a: Piece::new(a_start, a_end), b: Piece::new(b_start, b_end) });
        (a, b) = (i64::try_from(a_end).ok()?, i64::try_from(b_end).ok()?);
    }
    Some(runs)
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

fn put(packed: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        packed.push(number as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_back() {
        let run = |a: (usize, usize), b: (usize, usize)| Run { a: a.into(), b: b.into() };
        for runs in
            [vec![], vec![run((0, 5), (900, 905))], vec![run((300, 420), (10, 131)), run((5, 9), (700, 70_000))]]
        {
            assert_eq!(unpack_runs(&pack_runs(&runs)), Some(runs));
        }
        assert_eq!(unpack_runs(&[0x80]), None);
        assert_eq!(unpack_runs(&[1, 0, 0, 0]), None);
        assert_eq!(unpack_runs(&[0xff; 40]), None);
    }

    #[test]
    fn texts_come_back() {
        assert_eq!(unpack(&pack("Schöner See")).as_deref(), Ok("Schöner See"));
        assert!(unpack(b"no frame").is_err());
    }
}
