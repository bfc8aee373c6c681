use crate::params::index as params;
use crate::sketch::Sketch;

/// A question to a pile of sketches that is in no index: whose article may share text with this one? Most sketches are
/// turned away without being read, by a table of the grams that are asked for.
///
/// ```
/// use wirecopy_copies::{Document, Probe, Sketch};
/// let sketch = |id: &str, text: &str| Sketch::of(&Document::of_text(id, text));
/// let probe = Probe::new(sketch("a", "The dam at Orrin broke before dawn, the mayor of Orrin said on Friday."));
/// let copy = sketch("b", "Before dawn the dam at Orrin broke, the mayor of Orrin said on Friday.");
/// assert!(probe.is_candidate(&copy.to_bytes()));
/// assert!(!probe.is_candidate(&sketch("c", "Cheese prices in Tarn rose again after a dry summer.").to_bytes()));
/// assert!(!probe.is_candidate(b"no sketch"));
/// ```
#[derive(Clone, Debug)]
pub struct Probe {
    sketch: Sketch,
    /// A bit for each gram that is asked for, and by chance for one in a thousand others.
    asked: Vec<u64>,
}

/// The bits of the table: 128 KiB, which stay in a core's own cache.
const BITS: u32 = 20;

fn bit(gram: u32) -> (usize, u64) {
    // The last bit of a gram tells phrases from pairs; they are counted together.
    let place = (gram >> 1) & ((1 << BITS) - 1);
    (place as usize / 64, 1 << (place % 64))
}

impl Probe {
    /// The question for this article.
    pub fn new(sketch: Sketch) -> Self {
        let mut asked = vec![0; (1 << BITS) / 64];
        for &gram in sketch.phrases.iter().chain(&sketch.pairs) {
            let (word, bit) = bit(gram);
            asked[word] |= bit;
        }
        Probe { sketch, asked }
    }

    /// Whether the article of this sketch, as [`Sketch::to_bytes`] wrote it, is a candidate: the answer of
    /// [`Sketch::is_candidate`], or no for bytes that are no sketch.
    pub fn is_candidate(&self, bytes: &[u8]) -> bool {
        let grams = Sketch::gram_bytes(bytes).chunks_exact(4);
        let hits = grams.filter(|gram| {
            let (word, bit) = bit(u32::from_le_bytes([gram[0], gram[1], gram[2], gram[3]]));
            self.asked[word] & bit != 0
        });
        // Fewer make no candidate, whatever they are.
        hits.count() >= params::PHRASES.min(params::PAIRS)
            && Sketch::from_bytes("", bytes).is_some_and(|other| self.sketch.is_candidate(&other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn the_table_turns_no_candidate_away() {
        let words =
            ["dam", "mayor", "river", "boat", "crown", "ferry", "stone", "harbour", "winter", "bridge", "grain"];
        // Texts that share more and more of the same words in a row.
        let text = |own: usize| {
            let own =
                (0..40).map(|at| if at < own { format!("own{own}x{at}") } else { format!("{}{at}", words[at % 11]) });
            own.collect::<Vec<_>>().join(" ")
        };
        let sketches: Vec<Sketch> = (0..=40).map(|own| Sketch::of(&Document::of_text("x", &text(own)))).collect();
        let probe = Probe::new(sketches[0].clone());
        let mut candidates = 0;
        for sketch in &sketches {
            assert_eq!(probe.is_candidate(&sketch.to_bytes()), sketches[0].is_candidate(sketch));
            candidates += usize::from(sketches[0].is_candidate(sketch));
        }
        assert!(candidates > 10 && candidates < 41);
    }
}
