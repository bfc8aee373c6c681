use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use wirecopy_model::Article;
use wirecopy_text::{fold, words};
use xxhash_rust::xxh3::xxh3_64;

/// How many words of the body are its lead.
const LEAD_WORDS: usize = 80;

/// No more words of a body are looked at: a story is told at its top, and a digest must not be about everything.
const BODY_WORDS: usize = 1_200;

/// What the clusters see of an article: its stems with how often they stand in the body, and whether in headline or
/// lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// The stems, by hash, sorted.
    pub(crate) terms: Vec<Term>,
}

/// A stem of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) stem: u64,
    pub(crate) count: u16,
    pub(crate) in_title: bool,
    pub(crate) in_lead: bool,
}

impl Features {
    /// Reads an article's headline and kept text. Stems follow the article's language where it is one that has a
    /// stemmer here, English where none is told.
    pub fn of(article: &Article) -> Self {
        let stemmer = stemmer(article.lang.as_deref());
        let mut terms: HashMap<u64, Term> = HashMap::new();
        let mut add = |word: &str, mark: &dyn Fn(&mut Term)| {
            let folded = fold(word);
            let folded = folded.strip_suffix("'s").unwrap_or(&folded);
            if folded.chars().count() < 2 || is_common(folded) {
                return;
            }
            let stem = match &stemmer {
                Some(stemmer) => xxh3_64(stemmer.stem(folded).as_bytes()),
                None => xxh3_64(folded.as_bytes()),
            };
            mark(terms.entry(stem).or_insert(Term { stem, ..Term::default() }));
        };
        if let Some(title) = &article.title {
            for word in words(title) {
                add(word.of(title), &|term| term.in_title = true);
            }
        }
        let body = article.kept_text();
        for (place, word) in words(&body).into_iter().take(BODY_WORDS).enumerate() {
            add(word.of(&body), &|term| {
                term.count = term.count.saturating_add(1);
                term.in_lead |= place < LEAD_WORDS;
            });
        }
        let mut terms: Vec<Term> = terms.into_values().collect();
        terms.sort_unstable_by_key(|term| term.stem);
        Features { terms }
    }

    /// The features as bytes, eleven a stem.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.terms.len() * 11);
        for term in &self.terms {
            bytes.extend(term.stem.to_le_bytes());
            bytes.extend(term.count.to_le_bytes());
            bytes.push(u8::from(term.in_title) | u8::from(term.in_lead) << 1);
        }
        bytes
    }

    /// What [`to_bytes`](Features::to_bytes) made; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if !bytes.len().is_multiple_of(11) {
            return None;
        }
        let read = |chunk: &[u8]| {
            Some(Term {
                stem: u64::from_le_bytes(chunk[..8].try_into().ok()?),
                count: u16::from_le_bytes(chunk[8..10].try_into().ok()?),
                in_title: chunk[10] & 1 != 0,
                in_lead: chunk[10] & 2 != 0,
            })
        };
        Some(Features { terms: bytes.chunks_exact(11).map(read).collect::<Option<_>>()? })
    }
}

fn stemmer(language: Option<&str>) -> Option<Stemmer> {
    let algorithm = match language.unwrap_or("en").split(['-', '_']).next()? {
        "en" => Algorithm::English,
        "de" => Algorithm::German,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "da" => Algorithm::Danish,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        "tr" => Algorithm::Turkish,
        "ar" => Algorithm::Arabic,
        "el" => Algorithm::Greek,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// Words that say nothing of what a text is about. In other languages the frequency in the pile does this work.
fn is_common(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "about",
        "according",
        "after",
        "again",
        "against",
        "all",
        "also",
        "am",
        "among",
        "an",
        "and",
        "any",
        "are",
        "around",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "day",
        "days",
        "did",
        "do",
        "does",
        "down",
        "during",
        "each",
        "even",
        "first",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "him",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "last",
        "like",
        "made",
        "make",
        "many",
        "may",
        "me",
        "might",
        "monday",
        "more",
        "most",
        "mr",
        "mrs",
        "ms",
        "much",
        "must",
        "my",
        "new",
        "news",
        "no",
        "not",
        "now",
        "of",
        "off",
        "on",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "people",
        "per",
        "reported",
        "said",
        "same",
        "saturday",
        "say",
        "saying",
        "says",
        "she",
        "should",
        "since",
        "so",
        "some",
        "still",
        "such",
        "sunday",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "three",
        "through",
        "thursday",
        "time",
        "to",
        "told",
        "too",
        "tuesday",
        "two",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "we",
        "wednesday",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "will",
        "with",
        "would",
        "year",
        "years",
        "yet",
        "you",
        "your",
        "friday",
    ];
    // The list is for reading; it is put in order once.
    static SORTED: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| {
        let mut sorted = COMMON.to_vec();
        sorted.sort_unstable();
        sorted
    });
    SORTED.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_model::{Piece, Span};

    #[test]
    fn features_come_back_from_bytes() {
        let text = "The dam at Orrin broke. Engineers said the dam’s wall had cracked.";
        let article = Article {
            id: "a".into(),
            title: Some("Dam breaks".into()),
            byline: None,
            agency: None,
            url: None,
            source: None,
            lang: None,
            text: text.into(),
            kept: Span::whole(Piece::new(0, text.chars().count())),
            published: None,
            lines: Vec::new(),
            extra: Default::default(),
        };
        let features = Features::of(&article);
        // dam, break, orrin, broke, engineer, wall, crack
        assert_eq!(features.terms.len(), 7);
        assert_eq!(features.terms.iter().map(|term| term.count).max(), Some(2));
        assert_eq!(Features::from_bytes(&features.to_bytes()), Some(features));
        assert_eq!(Features::from_bytes(&[1, 2, 3]), None);
    }
}
