//! Finding candidates where no machine holds all sketches: the answer of [`Index`](crate::Index), in three steps that
//! each need only a part of the pile.
//!
//! Articles go by their *place* in the one order of all articles: by [`Sketch::order`], those of one order by id. First
//! all holders of a gram come together ([`meetings`]), then all meetings of an article ([`tally`]), and last the two
//! sizes of each pair that is left ([`SketchSize::makes_candidates`]).

use crate::index::Shared;
use crate::params::index as params;
use crate::sketch::Sketch;

/// An article that has a gram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// The gram, from [`Sketch::grams`].
    pub gram: u32,
    /// The place of the article.
    pub place: u64,
}

/// Two articles that share grams for which the earlier one stands for all that have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// The place of the one that comes later in the order.
    pub later: u64,
    /// The place of the other.
    pub earlier: u64,
    /// How many phrases they share so.
    pub phrases: u32,
    /// How many pairs of words.
    pub pairs: u32,
}

/// The meetings that some grams make, each pair once, and how many grams were left out. All holders of a gram must be
/// there, and no holder twice. A gram that more than `most` articles hold is left out: it stands for nothing but the
/// furniture of pages, and all that have it would be in one machine's memory.
///
/// ```
/// use wirecopy_copies::{Holder, meetings};
/// let holders = [(7, 3), (7, 1), (9, 1), (9, 3), (9, 4)].map(|(gram, place)| Holder { gram, place });
/// let (found, left_out) = meetings(holders.to_vec(), 1_000);
/// let found: Vec<_> = found.iter().map(|meeting| (meeting.earlier, meeting.later, meeting.phrases)).collect();
/// assert_eq!(found, [(1, 3, 2), (1, 4, 1), (3, 4, 1)]);
/// assert_eq!(left_out, 0);
/// ```
pub fn meetings(mut holders: Vec<Holder>, most: usize) -> (Vec<Meeting>, usize) {
    holders.sort_unstable();
    let mut found = Vec::new();
    let mut left_out = 0;
    for group in holders.chunk_by(|left, right| left.gram == right.gram) {
        if group.len() > most {
            left_out += 1;
            continue;
        }
        // The last bit of a gram tells phrases from pairs.
        let phrases = group[0].gram & 1;
        for (at, holder) in group.iter().enumerate() {
            let first = &group[..at.min(params::REPRESENTATIVES)];
            let meet =
                |other: &Holder| Meeting { later: holder.place, earlier: other.place, phrases, pairs: 1 - phrases };
            found.extend(first.iter().map(meet));
        }
    }
    (sum(found), left_out)
}

/// The sums of these meetings, sorted, without those that are too few for candidates whatever the sizes. All meetings of
/// two articles must be there.
pub fn tally(meetings: Vec<Meeting>) -> Vec<Meeting> {
    let mut all = sum(meetings);
    all.retain(|meeting| meeting.phrases as usize >= params::PHRASES || meeting.pairs as usize >= params::PAIRS);
    all
}

fn sum(mut meetings: Vec<Meeting>) -> Vec<Meeting> {
    meetings.sort_unstable_by_key(|meeting| (meeting.later, meeting.earlier));
    meetings.dedup_by(|next, kept| {
        let same = (next.later, next.earlier) == (kept.later, kept.earlier);
        if same {
            kept.phrases += next.phrases;
            kept.pairs += next.pairs;
        }
        same
    });
    meetings
}

/// How large a sketch is, at its own sampling rate and at all lower ones: what is compared of two sketches besides the
/// grams they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SketchSize {
    sampled: u8,
    /// Phrases and pairs, from its own rate on, down to the last that leaves any.
    sizes: Vec<(u16, u16)>,
}

impl SketchSize {
    /// The size of a sketch.
    pub fn of(sketch: &Sketch) -> Self {
        let at = |sampled| {
            let (phrases, pairs) = sketch.sizes_at(sampled);
            (phrases as u16, pairs as u16)
        };
        let sizes = (sketch.sampled..=u32::BITS).map(at).take_while(|&size| size != (0, 0)).collect();
        SketchSize { sampled: sketch.sampled as u8, sizes }
    }

    /// Whether two articles of these sizes that share so much are candidates of each other, as
    /// [`Index::candidates`](crate::Index::candidates) says it.
    pub fn makes_candidates(&self, other: &SketchSize, shared: &Meeting) -> bool {
        let sampled = self.sampled.max(other.sampled);
        let at = |size: &SketchSize| {
            let (phrases, pairs) = size.sizes.get(usize::from(sampled - size.sampled)).copied().unwrap_or_default();
            (usize::from(phrases), usize::from(pairs))
        };
        Shared { phrases: shared.phrases as usize, pairs: shared.pairs as usize }.reaches(at(self), at(other))
    }

    /// The size as bytes, the same on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sizes = self.sizes.iter().flat_map(|(phrases, pairs)| [phrases.to_le_bytes(), pairs.to_le_bytes()]);
        std::iter::once(self.sampled).chain(sizes.flatten()).collect()
    }

    /// Reads what [`SketchSize::to_bytes`] wrote; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&sampled, rest) = bytes.split_first()?;
        let number = |low: u8, high: u8| u16::from_le_bytes([low, high]);
        let sizes = rest.chunks_exact(4).map(|four| (number(four[0], four[1]), number(four[2], four[3])));
        rest.len().is_multiple_of(4).then(|| SketchSize { sampled, sizes: sizes.collect() })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Document, Index};

    /// Texts of few words, so that all kinds of overlap come up, some of them so long that they are sampled, some
    /// identical.
    fn texts() -> Vec<(String, String)> {
        let mut seed = 7u64;
        let mut below = |end: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % end
        };
        let mut texts: Vec<String> = Vec::new();
        for number in 0..120u64 {
            let words = if number % 9 == 0 { 2_500 } else { 60 + below(200) };
            let spread = if number % 2 == 0 { 60 } else { 4_000 };
            let own: String = (0..words).map(|_| format!("word{} ", below(spread))).collect();
            let copied = texts.get(below(number + 1) as usize).filter(|_| number % 3 == 0).cloned();
            texts.push(copied.unwrap_or(own));
        }
        texts.into_iter().enumerate().map(|(at, text)| (format!("t{:03}", (at * 37) % 120), text)).collect()
    }

    #[test]
    fn the_candidates_are_those_of_the_index() {
        let sketches: Vec<Sketch> = texts().iter().map(|(id, text)| Sketch::of(&Document::of_text(id, text))).collect();
        assert!(sketches.iter().any(|sketch| sketch.sampled > 0));
        let mut index = Index::default();
        for sketch in &sketches {
            index.insert(sketch.clone());
        }
        let by_index: BTreeSet<(String, String)> = sketches
            .iter()
            .flat_map(|sketch| index.candidates(sketch.id()).into_iter().map(|other| (sketch.id().clone(), other)))
            .map(|(a, b)| (a.clone().min(b.clone()).to_string(), a.max(b).to_string()))
            .collect();

        let mut placed: Vec<&Sketch> = sketches.iter().collect();
        placed.sort_by_key(|sketch| (sketch.order(), sketch.id().clone()));
        let sizes: Vec<SketchSize> = placed.iter().map(|sketch| SketchSize::of(sketch)).collect();
        let holders = placed
            .iter()
            .enumerate()
            .flat_map(|(place, sketch)| sketch.grams().map(move |gram| Holder { gram, place: place as u64 }));
        // By a part of the grams at a time, as machines would.
        let mut parts: Vec<Vec<Holder>> = vec![Vec::new(); 5];
        holders.for_each(|holder| parts[(holder.gram % 5) as usize].push(holder));
        let met: Vec<Meeting> = parts.into_iter().flat_map(|part| meetings(part, usize::MAX).0).collect();
        let apart: BTreeSet<(String, String)> = tally(met)
            .into_iter()
            .filter(|meeting| {
                let read = |place: u64| SketchSize::from_bytes(&sizes[place as usize].to_bytes()).unwrap();
                read(meeting.later).makes_candidates(&read(meeting.earlier), meeting)
            })
            .map(|meeting| (placed[meeting.later as usize].id(), placed[meeting.earlier as usize].id()))
            .map(|(a, b)| (a.min(b).to_string(), a.max(b).to_string()))
            .collect();
        assert!(by_index.len() > 100, "{}", by_index.len());
        assert_eq!(apart, by_index);
    }

    #[test]
    fn a_gram_of_too_many_is_left_out() {
        let holders: Vec<Holder> = (0..50).map(|place| Holder { gram: 8 + (place % 2) as u32 * 8, place }).collect();
        assert_eq!(meetings(holders.clone(), 24).1, 2);
        assert_eq!(meetings(holders, 25).1, 0);
    }
}
