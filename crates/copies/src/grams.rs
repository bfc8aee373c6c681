use crate::sketch::Sketch;

/// A set of grams, of which it may have too many: one of so many others in a thousand is taken for one of it.
///
/// ```
/// use wirecopy_copies::{Document, Grams, Sketch};
/// let sketch = |text: &str| Sketch::of(&Document::of_text("a", text));
/// let asked = sketch("The dam at Orrin broke before dawn.");
/// let grams = Grams::of([&asked]);
/// assert!(grams.meets(&sketch("Before dawn the dam at Orrin broke.").to_bytes()));
/// assert!(!grams.meets(&sketch("Cheese prices in Tarn rose again.").to_bytes()));
/// ```
#[derive(Clone, Debug)]
pub struct Grams {
    bits: Vec<u64>,
}

/// For each gram so many bits ...
const BITS_OF_GRAM: usize = 1_024;
/// ... but no more in all: 16 MiB.
const MOST_BITS: usize = 1 << 27;

impl Grams {
    /// The grams of these articles.
    pub fn of<'s>(sketches: impl IntoIterator<Item = &'s Sketch>) -> Self {
        let all: Vec<u32> = sketches.into_iter().flat_map(Sketch::grams).collect();
        let mut grams = Grams::with_bits((all.len() * BITS_OF_GRAM).min(MOST_BITS));
        for gram in all {
            let (word, bit) = grams.place(gram);
            grams.bits[word] |= bit;
        }
        grams
    }

    fn with_bits(bits: usize) -> Self {
        Grams { bits: vec![0; bits.next_power_of_two().max(64) / 64] }
    }

    /// Whether the article of a sketch, as [`Sketch::to_bytes`] wrote it, has one of them. The bytes are looked at where
    /// they lie.
    pub fn meets(&self, sketch: &[u8]) -> bool {
        Sketch::grams_of_bytes(sketch).any(|gram| self.has(gram))
    }

    pub(crate) fn has(&self, gram: u32) -> bool {
        let (word, bit) = self.place(gram);
        self.bits[word] & bit != 0
    }

    fn place(&self, gram: u32) -> (usize, u64) {
        let spread = u64::from(gram).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let at = spread as usize & (self.bits.len() * 64 - 1);
        (at / 64, 1 << (at % 64))
    }
}

/// Finds out which grams more than one of some articles have: what only one has names no partner, and an index that keeps
/// these alone gives the same candidates for half the memory.
#[derive(Clone, Debug)]
pub struct Repeated {
    once: Grams,
    again: Grams,
}

/// So many bits for an article: about four times its grams, so that a fifth of those that stand alone is taken for repeated.
const BITS_OF_ARTICLE: usize = 1_024;

impl Repeated {
    /// For so many articles.
    pub fn of(articles: usize) -> Self {
        let none = Grams::with_bits(articles.max(1) * BITS_OF_ARTICLE);
        Repeated { once: none.clone(), again: none }
    }

    /// Counts the grams of an article, which is to be counted once.
    pub fn note(&mut self, sketch: &Sketch) {
        for gram in sketch.grams() {
            let (word, bit) = self.once.place(gram);
            self.again.bits[word] |= self.once.bits[word] & bit;
            self.once.bits[word] |= bit;
        }
    }
}

impl From<Repeated> for Grams {
    fn from(repeated: Repeated) -> Self {
        repeated.again
    }
}
