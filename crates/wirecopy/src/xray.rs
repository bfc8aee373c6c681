use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use wirecopy_accounts::{Body, Earlier, witness};
use wirecopy_copies::{Document, Probe, Sketch, relate};
use wirecopy_model::{Article, ArticleId, CopyEdge, Mention, Page, Quote, QuoteEditKind, Run};
use wirecopy_store::{ArticleHead, StoredPair};

use crate::build::tie;
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
    let id = article.id.as_str();
    let store = library.store();
    let families = store.families_around(id)?;
    let mut members: Vec<ArticleHead> = store.heads_of(families.iter().flat_map(|family| &family.members))?;
    members.retain(|head| head.place.is_some());
    members.sort_by_key(|head| head.place);
    let own = store.pairs_of(id)?;
    let of: HashMap<&ArticleId, &StoredPair> =
        own.iter().map(|pair| (if pair.edge.a == article.id { &pair.edge.b } else { &pair.edge.a }, pair)).collect();
    let before = members.iter().map(|head| &head.id).take_while(|other| **other != article.id);
    let earlier: Vec<Earlier> = before
        .filter_map(|other| {
            let tie = tie(of.get(other)?);
            Some(Earlier::new(other, tie.runs, tie.edge.b == article.id))
        })
        .collect();
    let mut xray = taken_apart(&article, &earlier);
    xray.roots = store.accounts_of(id)?.into_iter().map(|account| account.root).collect();
    if let Some(story) = library.story_of(&article.id)? {
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
    let store = library.store();
    let article = crate::stage::article(page);
    let document = Document::of(&article);
    let probe = Probe::new(Sketch::of(&document));
    let mut found: Vec<Article> = Vec::new();
    for id in store.articles_by_sketch(|sketch| probe.is_candidate(sketch))? {
        if id != article.id {
            found.push(library.article(id.as_str())?);
        }
    }
    let related = found.par_iter().filter_map(|other| {
        let pair = relate(&document, &Document::of(other))?;
        pair.edge.relation.is_copy().then(|| (other.id.clone(), pair.edge, pair.runs))
    });
    let mut ties: Vec<(ArticleId, CopyEdge, Vec<Run>)> = related.collect();
    let mut days: HashMap<ArticleId, Option<Date>> = HashMap::new();
    for (id, _, _) in &ties {
        let date = store.head(id.as_str())?.and_then(|head| head.published);
        days.insert(id.clone(), date.and_then(|date| date.day()));
    }
    ties.sort_by_key(|(id, _, _)| (days[id].is_none(), days[id], id.clone()));
    let earlier: Vec<Earlier> =
        ties.iter().map(|(id, edge, runs)| Earlier::new(id, runs, edge.b == article.id)).collect();
    let mut xray = taken_apart(&article, &earlier);
    let sources: BTreeSet<&ArticleId> =
        xray.sentences.iter().filter_map(|sentence| sentence.first.as_ref().map(|first| &first.article)).collect();
    let mut roots: BTreeSet<ArticleId> = BTreeSet::new();
    for id in sources {
        roots.extend(store.accounts_of(id.as_str())?.into_iter().map(|account| account.root));
    }
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
