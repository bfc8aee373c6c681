//! What somebody asks who reads page by page: a search, a speaker, a source. Each answer is bounded, whatever the store holds.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use wirecopy_model::{Article, ArticleId, Claim, ClaimKind, DateValue, Medium, PROBABLE, Quote, Statement, Story};
use wirecopy_store::{Found, SourceCopy, SourceRow, SpeakerRow};
use wirecopy_text::{Points, fold, words};

use crate::build::Decided;
use crate::{Error, Library, SearchRow, span_words};

/// A search as somebody types it: words, and `speaker:`, `source:`, `after:`, `before:` with a value, in quotation marks
/// where it has spaces.
///
/// ```
/// use wirecopy::Query;
/// let query = Query::parse("dam* speaker:\"Ilse Morrow\" after:2023-05");
/// assert_eq!(query.words, ["dam*"]);
/// assert_eq!(query.found.speaker.as_deref(), Some("Ilse Morrow"));
/// assert_eq!(query.found.after.as_deref(), Some("2023-05-01"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words; one that ends with `*` stands for its beginnings.
    pub words: Vec<String>,
    /// The rest.
    pub found: Found,
    /// What could not be understood, in words.
    pub problems: Vec<String>,
}

/// The most words of a query that are looked at.
const MOST_WORDS: usize = 24;

/// Words that stand in nearly every article: a query that has others does without them.
const EVERYWHERE: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
    "his", "in", "is", "it", "its", "not", "of", "on", "or", "said", "she", "that", "the", "their", "they", "this",
    "to", "was", "were", "which", "who", "will", "with",
];

impl Query {
    /// Reads a search. Nothing is an error: what cannot be understood is among the problems.
    pub fn parse(text: &str) -> Self {
        let mut query = Query::default();
        for part in parts(text) {
            let (key, value) = part.split_once(':').unwrap_or(("", part.as_str()));
            let value = value.trim().to_owned();
            match key.to_ascii_lowercase().as_str() {
                "speaker" if !value.is_empty() => query.found.speaker = Some(value),
                "source" if !value.is_empty() => query.found.source = Some(value),
                "after" | "from" if !value.is_empty() => match bounds(&value) {
                    Some((first, _)) => query.found.after = Some(first),
                    None => query.problems.push(format!("{value:?} is no date: write 2023, 2023-05 or 2023-05-02")),
                },
                "before" | "until" if !value.is_empty() => match bounds(&value) {
                    Some((_, last)) => query.found.before = Some(last),
                    None => query.problems.push(format!("{value:?} is no date: write 2023, 2023-05 or 2023-05-02")),
                },
                _ => query.words.extend(
                    part.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned),
                ),
            }
        }
        if query.words.len() > MOST_WORDS {
            query.problems.push(format!("only the first {MOST_WORDS} words are looked for"));
            query.words.truncate(MOST_WORDS);
        }
        query
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.found == Found::default()
    }

    /// The words that are looked for.
    fn asked(&self) -> Vec<&str> {
        let rare = |word: &&str| !EVERYWHERE.contains(&fold(word).as_ref());
        let asked: Vec<&str> = self.words.iter().map(String::as_str).filter(rare).collect();
        if asked.is_empty() { self.words.iter().map(String::as_str).collect() } else { asked }
    }
}

/// The words of a search; what stands in quotation marks stays together.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            // Control characters separate words, and reach nothing that is asked.
            c if c.is_control() || c.is_whitespace() && !quoted => parts.push(String::new()),
            c => parts.last_mut().expect("there is one").push(c),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The first and the last day of a year, month or day.
pub(crate) fn bounds(text: &str) -> Option<(String, String)> {
    let first: Date = match text.len() {
        4 => format!("{text}-01-01").parse().ok()?,
        7 => format!("{text}-01").parse().ok()?,
        10 => text.parse().ok()?,
        _ => return None,
    };
    let last = match text.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    };
    Some((first.to_string(), last.to_string()))
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// The articles, the best first, each with its best sentence.
    pub articles: Vec<SearchRow>,
    /// What is said in them that has the words.
    pub claims: Vec<Cited>,
    /// The quotations in them that have the words.
    pub quotes: Vec<Quote>,
    /// Their stories, that of the best article first.
    pub stories: Vec<Story>,
    /// Whether so many articles have the words that only those were ranked that came last.
    pub cut: bool,
    /// What of the query could not be understood.
    pub problems: Vec<String>,
}

/// A claim in the words of its article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cited {
    /// The article.
    pub article: ArticleId,
    /// Its day, where one is known.
    pub published: Option<DateValue>,
    /// Who says it, outermost first: a name that is at least probable, else the words of the text.
    pub chain: Vec<String>,
    /// What is said.
    pub text: String,
    /// The first code point of that,
    pub start: usize,
    /// and the one after its last.
    pub end: usize,
    /// Whether the source's own words are given.
    pub kind: ClaimKind,
    /// How the source holds it.
    pub medium: Medium,
    /// Whether the text says that the source did *not* say this.
    pub negated: bool,
}

impl Cited {
    /// The claim as this article tells it.
    pub fn new(article: &Article, published: Option<DateValue>, claim: &Claim) -> Self {
        let text = Points::new(&article.text);
        let chain = claim.chain.iter().map(|link| match &link.speaker {
            Some(name) if link.certainty >= PROBABLE => name.clone(),
            _ => span_words(&text, &link.source),
        });
        let pieces = claim.content.pieces();
        Cited {
            article: article.id.clone(),
            published,
            chain: chain.collect(),
            text: span_words(&text, &claim.content),
            start: pieces.first().map_or(0, |piece| piece.start),
            end: pieces.last().map_or(0, |piece| piece.end),
            kind: claim.kind,
            medium: claim.medium,
            negated: claim.negated,
        }
    }
}

/// What more than one article says, with the wording that names its speaker most clearly.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saying {
    /// The statement.
    #[serde(flatten)]
    pub statement: Statement,
    /// Its clearest wording.
    pub clearest: Cited,
}

impl Saying {
    pub(crate) fn new(statement: Statement, article: &Article, claim: &Claim) -> Self {
        Saying { statement, clearest: Cited::new(article, None, claim) }
    }
}

/// What is known of somebody who is cited.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SpeakerView {
    /// The name.
    pub speaker: String,
    /// On how many articles,
    pub articles: usize,
    /// and how often.
    pub claims: usize,
    /// What is said, the latest first.
    pub said: Vec<Cited>,
    /// The stories of those articles.
    pub stories: Vec<Story>,
    /// Quotations on those articles that some page alters and that this speaker is cited with.
    pub altered: Vec<Quote>,
}

/// What one source publishes, whom it copies, who copies it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// The source.
    pub source: SourceRow,
    /// Whom it copies,
    pub from: Vec<SourceCopy>,
    /// and who copies it.
    pub by: Vec<SourceCopy>,
    /// Its articles, the latest first.
    pub articles: Vec<crate::ArticleHead>,
}

/// So many articles of a speaker are read.
const SPEAKER_ARTICLES: usize = 30;
/// So many of the articles that a search found are read for claims.
const CLAIM_ARTICLES: usize = 8;
/// So many articles, partners and rows stand on a page.
const MOST_ROWS: usize = 200;

impl Library<'_> {
    /// Looks for articles, claims, quotations and stories; at most so many articles.
    pub fn find(&self, query: &Query, most: usize) -> Result<Results, Error> {
        let mut results = Results { problems: query.problems.clone(), ..Results::default() };
        if query.is_empty() {
            return Ok(results);
        }
        let asked = query.asked();
        let (ids, cut) = self.store().find(&asked, &query.found, most)?;
        results.cut = cut;
        let wanted: Vec<(String, bool)> = asked
            .iter()
            .flat_map(|word| words(word).into_iter().map(move |w| (fold(w.of(word)).into_owned(), word.ends_with('*'))))
            .collect();
        let has_all = |text: &str| {
            let found: HashSet<String> = words(text).iter().map(|word| fold(word.of(text)).into_owned()).collect();
            wanted.iter().all(|(word, begins)| {
                found.contains(word) || *begins && found.iter().any(|own| own.starts_with(word.as_str()))
            })
        };
        let speaker = query.found.speaker.as_deref();
        let mut stories = BTreeSet::new();
        let mut quotes = BTreeSet::new();
        for (rank, id) in ids.into_iter().enumerate() {
            let row = self.found(id.clone(), &asked)?;
            if let Some(story) = row.story
                && stories.insert(story)
            {
                results.stories.extend(self.story_of(&id)?);
            }
            if rank < CLAIM_ARTICLES {
                let published = row.published.as_ref().and_then(|date| date.value.clone());
                let said = self.said_on(&id, published, speaker)?;
                results.claims.extend(said.into_iter().filter(|cited| has_all(&cited.text)));
                for quote in self.store().quotes_on(id.as_str())? {
                    if quote.variants.iter().any(|variant| has_all(&variant.text)) && quotes.insert(quote.id) {
                        results.quotes.push(quote);
                    }
                }
            }
            results.articles.push(row);
        }
        results.claims.truncate(MOST_ROWS);
        results.quotes.truncate(MOST_ROWS);
        Ok(results)
    }

    /// The claims of an article in its words; of one speaker where one is named.
    fn said_on(
        &self,
        id: &ArticleId,
        published: Option<DateValue>,
        speaker: Option<&str>,
    ) -> Result<Vec<Cited>, Error> {
        let mut claims = self.store().claims_of(id.as_str())?;
        if claims.is_empty() {
            return Ok(Vec::new());
        }
        Decided::read(self.store())?.claims(id, &mut claims);
        let article = self.article(id.as_str())?;
        let by = |claim: &&Claim| {
            speaker.is_none_or(|name| {
                let mut links = claim.chain.iter().filter(|link| link.certainty >= PROBABLE);
                links.any(|link| link.speaker.as_deref() == Some(name))
            })
        };
        Ok(claims.iter().filter(by).map(|claim| Cited::new(&article, published.clone(), claim)).collect())
    }

    /// What somebody of this name is said to have said; `None` where nobody is.
    pub fn speaker(&self, name: &str) -> Result<Option<SpeakerView>, Error> {
        let store = self.store();
        let Some(SpeakerRow { name, articles, claims }) = store.speaker(name)? else { return Ok(None) };
        let mut view =
            SpeakerView { articles, claims, said: Vec::new(), stories: Vec::new(), altered: Vec::new(), speaker: name };
        let mut stories = BTreeSet::new();
        let mut altered: BTreeMap<_, Quote> = BTreeMap::new();
        for head in store.articles_citing(&view.speaker, SPEAKER_ARTICLES)? {
            let published = head.published.as_ref().and_then(|date| date.value.clone());
            let said = self.said_on(&head.id, published, Some(&view.speaker))?;
            for quote in store.quotes_on(head.id.as_str())?.into_iter().filter(Quote::is_altered) {
                let mentions = quote.variants.iter().flat_map(|variant| &variant.mentions);
                let own = mentions
                    .filter(|mention| mention.article == head.id)
                    .any(|mention| said.iter().any(|cited| cited.start < mention.end && mention.start < cited.end));
                if own {
                    altered.insert(quote.id, quote);
                }
            }
            view.said.extend(said);
            if let Some(story) = self.story_of(&head.id)?
                && stories.insert(story.story)
            {
                view.stories.push(story);
            }
        }
        view.said.truncate(MOST_ROWS);
        view.altered = altered.into_values().collect();
        Ok(Some(view))
    }

    /// What a source publishes; `None` where there is none of this name.
    pub fn source(&self, name: &str) -> Result<Option<SourceView>, Error> {
        let Some(source) = self.store().source(name)? else { return Ok(None) };
        let [from, by] = self.store().copies_of_source(name, MOST_ROWS)?;
        let articles = self.store().articles_of_source(name, MOST_ROWS)?;
        Ok(Some(SourceView { source, from, by, articles }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: Expect) {
        let Query { words, found, problems } = Query::parse(text);
        let rest = [found.source, found.speaker, found.after, found.before].map(|value| value.unwrap_or("-".into()));
        expected.assert_eq(&format!("{words:?} {} {problems:?}", rest.join(" | ")));
    }

    #[test]
    fn a_search_is_words_and_what_restricts_them() {
        check("dam bursts", expect![[r#"["dam", "bursts"] - | - | - | - []"#]]);
        check("source:\"Tarn Press\" dam*", expect![[r#"["dam*"] Tarn Press | - | - | - []"#]]);
        check("SPEAKER:Orla after:2023 before:2023-02", expect![[r#"[] - | Orla | 2023-01-01 | 2023-02-28 []"#]]);
        check(
            "after:spring OR NOT title:x",
            expect![[
                r#"["OR", "NOT", "title:x"] - | - | - | - ["\"spring\" is no date: write 2023, 2023-05 or 2023-05-02"]"#
            ]],
        );
        check("\" * ( ) ^ \u{0}", expect![[r#"[] - | - | - | - []"#]]);
    }
}
