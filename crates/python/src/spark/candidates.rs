//! Candidates where no machine holds all sketches: grams go to those who hold them all, meetings to those who sum them.
//!
//! What goes from one to the other are blocks of bytes of many rows each: Spark moves a thousand grams as cheaply as one.

use std::collections::BTreeMap;

use arrow_array::Array;
use arrow_array::BinaryArray;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use wirecopy_copies::{Holder, Meeting, Sketch, SketchSize, meetings, tally};

use super::columns::{Columns, bytes, numbers, table};
use crate::output::Table;

/// A number that spreads keys over parts.
fn spread(key: u64, parts: u64) -> u64 {
    // The golden ratio spreads neighbours; the high half is the better one.
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) % parts.max(1)
}

fn damaged() -> PyErr {
    PyValueError::new_err("a block that cannot be read")
}

/// The grams of articles (`place`, `sketch`), in blocks by the part that each gram belongs to: `part`, `block`.
#[pyfunction]
pub fn scatter(sketches: &Bound<'_, PyAny>, parts: u64) -> PyResult<Table> {
    let columns = Columns::of(sketches)?;
    let (places, sketches_) = (columns.numbers("place")?, columns.bytes("sketch")?);
    let blocks = sketches.py().detach(|| {
        let mut of_part: BTreeMap<u64, Vec<Holder>> = BTreeMap::new();
        for at in 0..columns.len() {
            let place = places.value(at) as u64;
            let sketch = Sketch::from_bytes("", sketches_.value(at))?;
            for gram in sketch.grams() {
                of_part.entry(spread(gram.into(), parts)).or_default().push(Holder { gram, place });
            }
        }
        Some(of_part.into_iter().map(|(part, holders)| (part, pack_holders(holders))).collect::<Vec<_>>())
    });
    let blocks = blocks.ok_or_else(damaged)?;
    blocks_table(&blocks)
}

fn blocks_table(blocks: &[(u64, Vec<u8>)]) -> PyResult<Table> {
    table([
        ("part", numbers(blocks.iter().map(|(part, _)| *part as i64))),
        ("block", bytes(blocks.iter().map(|(_, block)| Some(block)))),
    ])
}

/// The meetings of all holders in these blocks (`block`), in blocks by the part of the later article: `part`, `block`. A
/// gram that more than `most` articles hold makes none.
#[pyfunction]
pub fn meet(blocks: &Bound<'_, PyAny>, parts: u64, most: usize) -> PyResult<Table> {
    let columns = Columns::of(blocks)?;
    let data = columns.bytes("block")?;
    let met = blocks.py().detach(|| {
        let (found, _) = meetings(unpack(&data, unpack_holders)?, most);
        let mut of_part: BTreeMap<u64, Vec<Meeting>> = BTreeMap::new();
        for meeting in found {
            of_part.entry(spread(meeting.later, parts)).or_default().push(meeting);
        }
        Some(of_part.into_iter().map(|(part, met)| (part, pack_meetings(&met))).collect::<Vec<_>>())
    });
    blocks_table(&met.ok_or_else(damaged)?)
}

/// The pairs of these meetings (`block`) that may be candidates: `later`, `earlier`, `phrases`, `pairs`.
#[pyfunction]
pub fn sum_up(blocks: &Bound<'_, PyAny>) -> PyResult<Table> {
    let columns = Columns::of(blocks)?;
    let data = columns.bytes("block")?;
    let found = blocks.py().detach(|| Some(tally(unpack(&data, unpack_meetings)?))).ok_or_else(damaged)?;
    table([
        ("later", numbers(found.iter().map(|meeting| meeting.later as i64))),
        ("earlier", numbers(found.iter().map(|meeting| meeting.earlier as i64))),
        ("phrases", numbers(found.iter().map(|meeting| meeting.phrases.into()))),
        ("pairs", numbers(found.iter().map(|meeting| meeting.pairs.into()))),
    ])
}

/// The candidates among these pairs (`later`, `earlier`, `phrases`, `pairs`, `later_size`, `earlier_size`): `later`, `earlier`.
#[pyfunction]
pub fn enough(pairs: &Bound<'_, PyAny>) -> PyResult<Table> {
    let columns = Columns::of(pairs)?;
    let (later, earlier) = (columns.numbers("later")?, columns.numbers("earlier")?);
    let (phrases, words) = (columns.numbers("phrases")?, columns.numbers("pairs")?);
    let (later_size, earlier_size) = (columns.bytes("later_size")?, columns.bytes("earlier_size")?);
    let found = pairs.py().detach(|| -> Option<Vec<(i64, i64)>> {
        let mut found = Vec::new();
        for at in 0..columns.len() {
            let meeting = Meeting {
                later: later.value(at) as u64,
                earlier: earlier.value(at) as u64,
                phrases: phrases.value(at) as u32,
                pairs: words.value(at) as u32,
            };
            let own = SketchSize::from_bytes(later_size.value(at))?;
            if own.makes_candidates(&SketchSize::from_bytes(earlier_size.value(at))?, &meeting) {
                found.push((later.value(at), earlier.value(at)));
            }
        }
        Some(found)
    });
    let found = found.ok_or_else(damaged)?;
    table([("later", numbers(found.iter().map(|pair| pair.0))), ("earlier", numbers(found.iter().map(|pair| pair.1)))])
}

/// All rows of all blocks.
fn unpack<T>(data: &BinaryArray, block: fn(&[u8], &mut Vec<T>) -> Option<()>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for at in 0..data.len() {
        block(data.value(at), &mut all)?;
    }
    Some(all)
}

/// Sorted by grams, each as the way from the last, which takes two bytes where four would stand.
fn pack_holders(mut holders: Vec<Holder>) -> Vec<u8> {
    holders.sort_unstable();
    let mut block = Vec::with_capacity(holders.len() * 7);
    let mut last = 0;
    for holder in holders {
        put(&mut block, u64::from(holder.gram - last));
        put(&mut block, holder.place);
        last = holder.gram;
    }
    block
}

fn unpack_holders(mut block: &[u8], into: &mut Vec<Holder>) -> Option<()> {
    let mut gram = 0u32;
    while !block.is_empty() {
        gram = gram.checked_add(u32::try_from(take(&mut block)?).ok()?)?;
        into.push(Holder { gram, place: take(&mut block)? });
    }
    Some(())
}

/// By later articles, each with all that it met: the earlier ones mostly stand near the beginning of the order, so that
/// their places are small numbers.
fn pack_meetings(meetings: &[Meeting]) -> Vec<u8> {
    let mut block = Vec::with_capacity(meetings.len() * 4);
    let mut last = 0;
    for group in meetings.chunk_by(|one, next| one.later == next.later) {
        put(&mut block, group[0].later - last);
        put(&mut block, group.len() as u64);
        last = group[0].later;
        let mut earlier = 0;
        for meeting in group {
            // Nearly all share one gram.
            let code = match (meeting.phrases, meeting.pairs) {
                (1, 0) => 0,
                (0, 1) => 1,
                _ => 2,
            };
            put(&mut block, (meeting.earlier - earlier) << 2 | code);
            if code == 2 {
                put(&mut block, meeting.phrases.into());
                put(&mut block, meeting.pairs.into());
            }
            earlier = meeting.earlier;
        }
    }
    block
}

fn unpack_meetings(mut block: &[u8], into: &mut Vec<Meeting>) -> Option<()> {
    let mut later = 0u64;
    while !block.is_empty() {
        later = later.checked_add(take(&mut block)?)?;
        let mut earlier = 0u64;
        for _ in 0..take(&mut block)? {
            let coded = take(&mut block)?;
            earlier = earlier.checked_add(coded >> 2)?;
            let (phrases, pairs) = match coded & 3 {
                0 => (1, 0),
                1 => (0, 1),
                _ => (u32::try_from(take(&mut block)?).ok()?, u32::try_from(take(&mut block)?).ok()?),
            };
            into.push(Meeting { later, earlier, phrases, pairs });
        }
    }
    Some(())
}

fn put(block: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        block.push(number as u8 | 0x80);
        number >>= 7;
    }
    block.push(number as u8);
}

fn take(block: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = block.split_first()?;
        *block = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
