use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;
use wirecopy_copies::align_words;
use wirecopy_model::{Article, ArticleId, Claim, DateValue, Direction, PROBABLE, Piece, QuoteEdit, QuoteEditKind};
use wirecopy_text::{Points, fold, sentences, words};

use crate::{Error, Library};

/// A passage tells the statement that is asked for if so much of the statement's words stand in it, in order.
const TOLD_SHARE: f64 = 0.6;

/// So many articles that have words of the statement are read for it.
const MOST_READ: usize = 400;

/// Where a statement stands, the earliest place first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// The statement as it was asked for.
    pub text: String,
    /// The articles that tell it: sources before their copies, then by date, the undated last.
    pub witnesses: Vec<Telling>,
}

/// One article's telling of a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Telling {
    /// The article.
    pub article: ArticleId,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its date.
    pub published: Option<DateValue>,
    /// Where in its text the statement begins
    pub start: usize,
    /// and ends.
    pub end: usize,
    /// Its words there.
    pub text: String,
    /// The share of the words asked for that stand in it, in order.
    pub share: f64,
    /// The article among these that it was made from, stated or probable.
    pub made_from: Option<ArticleId>,
    /// What it has otherwise than the earliest telling, or than the one it was made from.
    pub edits: Vec<QuoteEdit>,
    /// Who says it there, according to whom: the claim that holds the passage.
    pub claim: Option<Claim>,
}

/// Finds who told a statement first, through whom it went and who altered it.
///
/// What is asked for need not stand anywhere word by word. A passage is a sentence, or two in a row.
pub fn trace(library: &Library, text: &str) -> Result<Trace, Error> {
    let asked = folded(text);
    let mut found = Vec::new();
    for id in library.store().search_any(&search_words(&asked), MOST_READ)? {
        let article = library.article(id.as_str())?;
        if let Some((piece, share)) = best_passage(&article, &asked) {
            found.push((article, piece, share));
        }
    }
    let sources = sources_among(library, &found.iter().map(|(article, ..)| &article.id).collect())?;
    let mut tellings = HashMap::new();
    for (article, piece, share) in found {
        let telling = telling(library, &article, piece, share, &sources)?;
        tellings.insert(article.id, telling);
    }
    let mut witnesses = in_order(tellings);
    let wordings: HashMap<ArticleId, String> =
        witnesses.iter().map(|telling| (telling.article.clone(), telling.text.clone())).collect();
    let first = witnesses.first().map(|telling| telling.article.clone());
    for telling in &mut witnesses {
        let base = telling.made_from.as_ref().or(first.as_ref()).filter(|base| **base != telling.article);
        telling.edits = base.map(|base| edits(&wordings[base], &telling.text)).unwrap_or_default();
    }
    Ok(Trace { text: text.to_owned(), witnesses })
}

fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|word| fold(word.of(text)).into_owned()).collect()
}

/// The words that are likely to be rare: the longest ones.
fn search_words(asked: &[String]) -> Vec<&str> {
    const MOST_WORDS: usize = 8;
    let mut long: Vec<&str> = asked.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    long.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    long.truncate(MOST_WORDS);
    long
}

/// The passage of an article that has most of the words asked for, if enough.
fn best_passage(article: &Article, asked: &[String]) -> Option<(Piece, f64)> {
    let text = Points::new(&article.text);
    let sentences = sentences(&text, &article.kept, article.lang.as_deref());
    let pairs = sentences.windows(2).map(|two| Piece::new(two[0].start, two[1].end));
    let mut best: Option<(Piece, f64)> = None;
    // Of two that have as much, the sentence before the pair.
    for piece in sentences.iter().copied().chain(pairs) {
        let share = in_order_share(asked, &folded(text.slice(piece)));
        if share >= TOLD_SHARE && best.is_none_or(|(_, before)| share > before) {
            best = Some((piece, share));
        }
    }
    best
}

/// The length of the longest sequence of the words asked for that stands in `words`, in order, as a share of them.
fn in_order_share(asked: &[String], words: &[String]) -> f64 {
    let present: HashSet<&String> = words.iter().collect();
    let possible = asked.iter().filter(|word| present.contains(word)).count();
    if (possible as f64) < TOLD_SHARE * asked.len() as f64 {
        return 0.0;
    }
    let mut best = vec![0usize; words.len() + 1];
    for word in asked {
        let mut diagonal = 0;
        for (at, with) in words.iter().enumerate() {
            let above = best[at + 1];
            best[at + 1] = if word == with { diagonal + 1 } else { above.max(best[at]) };
            diagonal = above;
        }
    }
    best[words.len()] as f64 / asked.len().max(1) as f64
}

/// For each of these articles the one among them that it was made from, the nearest where there are several.
fn sources_among(library: &Library, ids: &BTreeSet<&ArticleId>) -> Result<HashMap<ArticleId, ArticleId>, Error> {
    let mut sources: HashMap<ArticleId, (f64, ArticleId)> = HashMap::new();
    for id in ids {
        for pair in library.store().pairs_of(id.as_str())? {
            let edge = pair.edge;
            let (from, to) = match edge.direction {
                Direction::AToB => (&edge.a, &edge.b),
                Direction::BToA => (&edge.b, &edge.a),
                Direction::Undecided => continue,
            };
            if to != *id || edge.certainty < PROBABLE || !ids.contains(from) {
                continue;
            }
            let near = edge.coverage.a + edge.coverage.b;
            if sources.get(to).is_none_or(|(known, _)| near > *known) {
                sources.insert(to.clone(), (near, from.clone()));
            }
        }
    }
    Ok(sources.into_iter().map(|(id, (_, from))| (id, from)).collect())
}

fn telling(
    library: &Library,
    article: &Article,
    piece: Piece,
    share: f64,
    sources: &HashMap<ArticleId, ArticleId>,
) -> Result<Telling, Error> {
    let head = library.store().head(article.id.as_str())?;
    let claims = library.store().claims_of(article.id.as_str())?;
    let text = Points::new(&article.text);
    Ok(Telling {
        article: article.id.clone(),
        source: article.source.clone(),
        published: head.and_then(|head| head.published).and_then(|date| date.value),
        start: piece.start,
        end: piece.end,
        text: text.slice(piece).split_whitespace().collect::<Vec<_>>().join(" "),
        share: (share * 1e3).round() / 1e3,
        made_from: sources.get(&article.id).cloned(),
        edits: Vec::new(),
        claim: claim_of(claims, piece),
    })
}

/// The claim that says most of the passage; of those that say as much the one with the longest chain.
fn claim_of(claims: Vec<Claim>, passage: Piece) -> Option<Claim> {
    let said = |claim: &Claim| -> usize {
        let inside = claim.content.pieces().iter().map(|piece| {
            let (start, end) = (piece.start.max(passage.start), piece.end.min(passage.end));
            end.saturating_sub(start)
        });
        inside.sum()
    };
    let holding = claims.into_iter().filter(|claim| 3 * said(claim) >= passage.len());
    holding.max_by_key(|claim| (said(claim), claim.chain.len()))
}

/// By date, sources before what was made from them.
fn in_order(mut tellings: HashMap<ArticleId, Telling>) -> Vec<Telling> {
    let mut ids: Vec<ArticleId> = tellings.keys().cloned().collect();
    ids.sort_by_key(|id| {
        let day = tellings[id].published.as_ref().map(DateValue::day);
        (day.is_none(), day, tellings[id].published.as_ref().map(ToString::to_string), id.clone())
    });
    let mut ordered = Vec::with_capacity(ids.len());
    for id in ids {
        // The way up to the first source that is not placed yet.
        let mut way = vec![id];
        while let Some(from) = way.last().and_then(|id| tellings.get(id)?.made_from.clone()) {
            if way.contains(&from) || !tellings.contains_key(&from) {
                break;
            }
            way.push(from);
        }
        ordered.extend(way.into_iter().rev().filter_map(|id| tellings.remove(&id)));
    }
    ordered
}

/// What one wording has otherwise than the other, without typography.
pub(crate) fn edits(from: &str, to: &str) -> Vec<QuoteEdit> {
    let (one, other) = (Points::new(from), Points::new(to));
    align_words(from, to)
        .into_iter()
        .filter_map(|step| Some((step.kind.filter(|kind| *kind != QuoteEditKind::Typography)?, step)))
        .map(|(kind, step)| QuoteEdit { from: one.slice(step.a).to_owned(), to: other.slice(step.b).to_owned(), kind })
        .collect()
}
