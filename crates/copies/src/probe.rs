use crate::grams::Grams;
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
    /// The grams that are asked for.
    asked: Grams,
}

impl Probe {
    /// The question for this article.
    pub fn new(sketch: Sketch) -> Self {
        Probe { asked: Grams::of([&sketch]), sketch }
    }

    /// Whether the article of this sketch, as [`Sketch::to_bytes`] wrote it, is a candidate: the answer of
    /// [`Sketch::is_candidate`], or no for bytes that are no sketch.
    pub fn is_candidate(&self, bytes: &[u8]) -> bool {
        let hits = Sketch::grams_of_bytes(bytes).filter(|&gram| self.asked.has(gram));
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
