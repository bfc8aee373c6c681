use std::collections::BTreeSet;

use serde::Serialize;
use wirecopy_accounts::{Body, Earlier, order, witness};
use wirecopy_copies::{Document, Sketch, relate};
use wirecopy_model::{Article, ArticleId, CopyEdge, Family, Mention, Page, Quote, QuoteEditKind, Run};
use wirecopy_store::StoredPair;

use crate::build::{components, tie};
use crate::{Error, Library};

/// A page taken apart: where each of its sentences stood first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Xray {
    /// The article.
    pub id: ArticleId,
    /// The share of its words outside quotations that no earlier article has.
    pub own_share: f64,
    /// The roots of the accounts that it carries.
    pub roots: Vec<ArticleId>,
    /// Its sentences.
    pub sentences: Vec<SentenceRow>,
    /// Its quotations that differ from the wording nearest the root.
    pub altered_quotes: Vec<AlteredQuote>,
}

/// A sentence and its earliest witness.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentenceRow {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// Where it stood first, if in an earlier article.
    pub first: Option<Mention>,
    /// Whether words of it were changed on the way.
    pub changed: bool,
}

/// A quotation that was altered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlteredQuote {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// The wording nearest the root.
    pub from: String,
}

/// Takes an article of the store apart.
pub fn xray(library: &Library, id: &str) -> Result<Xray, Error> {
    let article = library.article(id)?;
    let store = library.store();
    let families: Vec<Family> = store.families()?;
    let of_family: Vec<&Family> = components(&families)
        .into_iter()
        .filter(|numbers| numbers.iter().any(|&number| families[number].members.contains(&article.id)))
        .flatten()
        .map(|number| &families[number])
        .collect();
    let members: BTreeSet<&ArticleId> = of_family.iter().flat_map(|family| &family.members).collect();
    let own = store.pairs_of(id)?;
    let mut inner: Vec<StoredPair> = Vec::new();
    for member in &members {
        inner.extend(store.pairs_of(member.as_str())?);
    }
    let edges: Vec<&CopyEdge> = inner.iter().map(|pair| &pair.edge).collect();
    let heads = store.heads()?;
    let date = |id: &ArticleId| heads.iter().find(|head| &head.id == id).and_then(|head| head.published.clone());
    let ordered = order(&of_family, &edges, date);
    let before: Vec<&ArticleId> = ordered.iter().take_while(|other| **other != article.id).collect();
    let earlier: Vec<Earlier> = before
        .iter()
        .filter_map(|other| {
            let tie = tie(own.iter().find(|pair| &pair.edge.a == *other || &pair.edge.b == *other)?);
            Some(Earlier::new(other, tie.runs, tie.edge.b == article.id))
        })
        .collect();
    let mut xray = taken_apart(&article, &earlier);
    xray.roots = store
        .accounts()?
        .into_iter()
        .filter(|account| account.articles.contains(&article.id))
        .map(|account| account.root)
        .collect();
    if let Some(story) = library.story_of(&article.id) {
        let quotes = store.quotes(Some(&story.story.to_string()))?;
        note_altered_quotes(&quotes, |id| (*id == article.id).then_some(0), std::slice::from_mut(&mut xray));
    }
    Ok(xray)
}

/// Adds to each article its wordings of these quotations that differ from the one nearest the root. `place` says which
/// of the articles one is, if any.
pub(crate) fn note_altered_quotes(quotes: &[Quote], place: impl Fn(&ArticleId) -> Option<usize>, xrays: &mut [Xray]) {
    for quote in quotes {
        for variant in quote.variants.iter().skip(1) {
            if variant.edits.iter().all(|edit| edit.kind == QuoteEditKind::Typography) {
                continue;
            }
            for mention in &variant.mentions {
                if let Some(place) = place(&mention.article) {
                    let (start, end) = (mention.start, mention.end);
                    xrays[place].altered_quotes.push(AlteredQuote { start, end, from: quote.quote.clone() });
                }
            }
        }
    }
    for xray in xrays {
        xray.altered_quotes.sort_by_key(|quote| (quote.start, quote.end));
    }
}

/// Takes a page apart that is not in the store, against what is there: all of the store is taken for earlier.
pub fn xray_page(library: &Library, page: &Page) -> Result<(Article, Xray), Error> {
    let article = crate::stage::article(page);
    let document = Document::of(&article);
    let sketch = Sketch::of(&document);
    let mut ties: Vec<(ArticleId, CopyEdge, Vec<Run>)> = Vec::new();
    for stored in library.store().sketches()? {
        let Some(other) = Sketch::from_bytes(stored.id.as_str(), &stored.data) else { continue };
        if stored.id == article.id || !sketch.is_candidate(&other) {
            continue;
        }
        let found = library.article(stored.id.as_str())?;
        if let Some(pair) = relate(&document, &Document::of(&found)) {
            ties.push((stored.id, pair.edge, pair.runs));
        }
    }
    let heads = library.store().heads()?;
    ties.retain(|(_, edge, _)| edge.relation.is_copy());
    ties.sort_by_key(|(id, _, _)| {
        let date = heads.iter().find(|head| &head.id == id).and_then(|head| head.published.as_ref()?.day());
        (date.is_none(), date, id.clone())
    });
    let earlier: Vec<Earlier> =
        ties.iter().map(|(id, edge, runs)| Earlier::new(id, runs, edge.b == article.id)).collect();
    let mut xray = taken_apart(&article, &earlier);
    let accounts = library.store().accounts()?;
    let sources: BTreeSet<&ArticleId> =
        xray.sentences.iter().filter_map(|sentence| sentence.first.as_ref().map(|first| &first.article)).collect();
    let roots: BTreeSet<ArticleId> = accounts
        .into_iter()
        .filter(|account| account.articles.iter().any(|id| sources.contains(id)))
        .map(|account| account.root)
        .collect();
    xray.roots = roots.into_iter().collect();
    Ok((article, xray))
}

pub(crate) fn taken_apart(article: &Article, earlier: &[Earlier]) -> Xray {
    let body = Body::of(article);
    let mut own = 0;
    let sentences: Vec<SentenceRow> = body
        .sentences
        .iter()
        .map(|sentence| {
            let witness = witness(sentence, earlier);
            if witness.is_none() {
                own += sentence.unquoted;
            }
            SentenceRow {
                start: sentence.piece.start,
                end: sentence.piece.end,
                changed: witness.as_ref().is_some_and(|witness| witness.changed),
                first: witness.map(|witness| witness.first),
            }
        })
        .collect();
    let unquoted = body.unquoted();
    let own_share = if unquoted == 0 { 1.0 } else { own as f64 / unquoted as f64 };
    Xray { id: article.id.clone(), own_share, roots: Vec::new(), sentences, altered_quotes: Vec::new() }
}
