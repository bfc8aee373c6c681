use wirecopy_model::{Article, ArticleId};

use crate::document::{Document, Word, content, flag, turns, words_of};
use crate::hash::mix;
use crate::params::index as params;

/// What the index knows of an article: hashes of its phrases (three content words in a row) and of its pairs (two in
/// a row), sampled where the text is long. At most some 3 KiB; 4 bytes a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    pub(crate) id: ArticleId,
    /// The place of the article in the one order of all articles: it follows from its words.
    pub(crate) order: u64,
    /// Only hashes with this many leading zero bits are kept.
    pub(crate) sampled: u32,
    /// Sorted, each once.
    pub(crate) phrases: Vec<u32>,
    pub(crate) pairs: Vec<u32>,
}

impl Sketch {
    /// The sketch of a document.
    pub fn of(document: &Document) -> Sketch {
        Sketch::of_words(&document.id, &document.words)
    }

    /// The sketch of an article, for those who want no document of it: half the work.
    ///
    /// ```
    /// use wirecopy_copies::{Document, Sketch};
    /// # use wirecopy_model::{Article, Span};
    /// # let text = "The dam at Orrin broke before dawn, the mayor of Orrin said.".to_owned();
    /// # let kept = Span::whole(wirecopy_text::Points::new(&text).whole());
    /// # let article = Article { id: "a".into(), title: None, byline: None, agency: None, url: None, source: None,
    /// #     lang: None, text, kept, published: None, lines: Vec::new(), extra: Default::default() };
    /// assert_eq!(Sketch::of_article(&article), Sketch::of(&Document::of(&article)));
    /// ```
    pub fn of_article(article: &Article) -> Sketch {
        Sketch::of_words(&article.id, &words_of(article))
    }

    fn of_words(id: &ArticleId, words: &[Word]) -> Sketch {
        let said = words.iter().filter(|word| word.is_content() && !word.is(flag::LINE));
        let stems: Vec<u32> = said.map(|word| word.stem).collect();
        let mut phrases: Vec<u32> = stems.windows(3).map(|gram| (hash(gram) | 1) as u32).collect();
        // Their last bit keeps pairs apart from phrases.
        let mut pairs: Vec<u32> = turns(&stems).map(|turn| turn & !1).collect();
        for grams in [&mut phrases, &mut pairs] {
            grams.sort_unstable();
            grams.dedup();
        }
        let mut sampled = 0;
        while phrases.len().max(pairs.len()) >> sampled > params::GRAMS {
            sampled += 1;
        }
        for grams in [&mut phrases, &mut pairs] {
            grams.retain(|&gram| gram.leading_zeros() >= sampled);
            grams.shrink_to_fit();
        }
        Sketch { id: id.clone(), order: content(words), sampled, phrases, pairs }
    }

    /// The article's id.
    pub fn id(&self) -> &ArticleId {
        &self.id
    }

    /// Its place in the one order of all articles, which follows from its words. Articles of one order stand in that of
    /// their ids.
    pub fn order(&self) -> u64 {
        self.order
    }

    /// Its grams, each once.
    pub fn grams(&self) -> impl Iterator<Item = u32> + '_ {
        self.phrases.iter().chain(&self.pairs).copied()
    }

    /// How many phrases and how many pairs the part of the sketch holds that is comparable with one sampled so.
    pub(crate) fn sizes_at(&self, sampled: u32) -> (usize, usize) {
        let size = |grams: &[u32]| match sampled {
            _ if sampled <= self.sampled => grams.len(),
            _ => grams.partition_point(|&gram| gram.leading_zeros() >= sampled),
        };
        (size(&self.phrases), size(&self.pairs))
    }

    /// The sketch without its id as bytes, the same on every machine.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(21 + 4 * (self.phrases.len() + self.pairs.len()));
        bytes.push(FORMAT);
        bytes.extend(self.order.to_le_bytes());
        for number in [self.sampled, self.phrases.len() as u32, self.pairs.len() as u32] {
            bytes.extend(number.to_le_bytes());
        }
        for gram in self.phrases.iter().chain(&self.pairs) {
            bytes.extend(gram.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`Sketch::to_bytes`] wrote; `None` where the bytes are something else, or of another version.
    ///
    /// ```
    /// use wirecopy_copies::{Document, Sketch};
    /// let sketch = Sketch::of(&Document::of_text("a", "The dam at Orrin broke before dawn, the mayor said."));
    /// assert_eq!(Sketch::from_bytes("a", &sketch.to_bytes()), Some(sketch));
    /// assert_eq!(Sketch::from_bytes("a", b"no sketch"), None);
    /// ```
    pub fn from_bytes(id: &str, bytes: &[u8]) -> Option<Sketch> {
        let (&format, rest) = bytes.split_first()?;
        let (order, rest) = rest.split_first_chunk::<8>()?;
        let (head, rest) = rest.split_first_chunk::<12>()?;
        if format != FORMAT || rest.len() % 4 != 0 {
            return None;
        }
        let number = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let (sampled, phrases, pairs) = (number(head), number(&head[4..]) as usize, number(&head[8..]) as usize);
        let mut grams: Vec<u32> = rest.chunks_exact(4).map(number).collect();
        if phrases.checked_add(pairs) != Some(grams.len()) {
            return None;
        }
        let pairs = grams.split_off(phrases);
        Some(Sketch { id: id.into(), order: u64::from_le_bytes(*order), sampled, phrases: grams, pairs })
    }
}

impl Sketch {
    /// The grams in a sketch's bytes; the head is left unread.
    pub(crate) fn grams_of_bytes(bytes: &[u8]) -> impl Iterator<Item = u32> {
        let grams = bytes.get(HEAD..).unwrap_or_default().chunks_exact(4);
        grams.map(|gram| u32::from_le_bytes([gram[0], gram[1], gram[2], gram[3]]))
    }
}

/// The bytes before the grams: the format, the order, three numbers.
const HEAD: usize = 1 + 8 + 12;

/// The version of the bytes. Another way of making grams is another version: old sketches must be made anew.
const FORMAT: u8 = 1;

fn hash(stems: &[u32]) -> u64 {
    stems.iter().fold(0, |hash, &stem| mix(hash ^ u64::from(stem)))
}
