//! Who carried the texts of the reference set, how much of them, how altered.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use wirecopy_model::{
    ArticleId, ContentId, CopyEdge, Direction, DocumentDate, EditCounts, PROBABLE, Quote, QuoteEdit, QuoteEditKind,
    Relation, STATED,
};
use wirecopy_store::ArticleHead;

use crate::trace::edits;
use crate::{Error, Library};

/// A text of the reference set, with the pages that carry some of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReferenceRow {
    /// The text.
    pub reference: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its date.
    pub published: Option<DocumentDate>,
    /// How many pages carry it.
    pub counts: CarrierCounts,
    /// The pages, those that carry most of it first.
    pub carriers: Vec<Carrier>,
}

/// A page that carries some of a reference text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carrier {
    /// The page.
    pub article: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// Who publishes it.
    pub source: Option<String>,
    /// Its date.
    pub published: Option<DocumentDate>,
    /// How many days it is dated after the text; less than 0 where before it, `None` where one of the two has no day.
    pub days: Option<i32>,
    /// How the two are related; `shared-quote` where the page quotes what the text says, and carries nothing beside.
    pub relation: Relation,
    /// Which was made from which: `a` stands for the reference text, `b` for the page.
    pub direction: Direction,
    /// How certain that is.
    pub certainty: f64,
    /// The share of the text's words that stand on the page.
    pub carried: f64,
    /// The share of the page's words that stand in the text.
    pub share: f64,
    /// How many of the text's words were kept, substituted and deleted, and how many of the page's inserted.
    pub edits: EditCounts,
    /// Quotations that the page gives in other words than the text.
    pub altered: Vec<AlteredWording>,
    /// The page's story.
    pub story: Option<ContentId>,
}

/// How many pages carry a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CarrierCounts {
    /// Pages that have all of it but a few words,
    pub whole: usize,
    /// those that have some,
    pub part: usize,
    /// and those that only quote what it quotes or says.
    pub quoted: usize,
    /// Of them all, those that give a quotation of it in other words.
    pub altering: usize,
}

impl CarrierCounts {
    fn of(carriers: &[Carrier]) -> Self {
        let mut counts = CarrierCounts::default();
        for carrier in carriers {
            counts.altering += usize::from(!carrier.altered.is_empty());
            match carrier.relation.is_copy() {
                true if carrier.is_whole() => counts.whole += 1,
                true => counts.part += 1,
                false => counts.quoted += 1,
            }
        }
        counts
    }
}

impl Carrier {
    /// Whether the page has all of the text but a few words.
    pub fn is_whole(&self) -> bool {
        self.relation.is_copy() && self.carried >= WHOLE
    }

    /// How the page has what it has of the text, as a page of a report says it.
    pub fn way(&self) -> &'static str {
        let (stated, probable) = (self.certainty >= STATED, self.certainty >= PROBABLE);
        match self.direction {
            _ if !self.relation.is_copy() => "quotes the same",
            Direction::AToB if stated => "made from it",
            Direction::AToB if probable => "probably made from it",
            Direction::BToA if stated => "what it was made from",
            Direction::BToA if probable => "probably what it was made from",
            _ => "shares with it",
        }
    }

    /// How many days later the page is dated, in words.
    pub fn lag(&self) -> String {
        let days = |count: u32| format!("{count} {}", if count == 1 { "day" } else { "days" });
        match self.days {
            None => "no day known".into(),
            Some(0) => "the same day".into(),
            Some(later @ 1..) => format!("{} later", days(later.unsigned_abs())),
            Some(before) => format!("{} before", days(before.unsigned_abs())),
        }
    }
}

/// A quotation as a reference text has it and as a page does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlteredWording {
    /// The quotation.
    pub quote: ContentId,
    /// In the text,
    pub from: String,
    /// and on the page.
    pub to: String,
    /// What differs, without punctuation.
    pub edits: Vec<QuoteEdit>,
}

/// Whoever carries this share of a text carries all of it: a credit, a dateline or a line at the end is left out by most.
const WHOLE: f64 = 0.95;

impl Library<'_> {
    /// The texts of the reference set in the order of ids, or one of them, with the pages that carry them.
    ///
    /// # Errors
    /// Where the store cannot be read, or holds no article with this id, or has it outside the reference set.
    pub fn references(&self, only: Option<&str>) -> Result<Vec<ReferenceRow>, Error> {
        let ids = match only {
            None => self.store().references()?,
            Some(id) => {
                let id = self.article(id)?.id;
                if !self.store().is_reference(id.as_str())? {
                    return Err(Error::NoReference(id.to_string()));
                }
                vec![id]
            }
        };
        ids.iter().map(|id| self.reference(id)).collect()
    }

    /// One text of the reference set; `None` where the article is not of it. Its own text is not read.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn reference_of(&self, id: &ArticleId) -> Result<Option<ReferenceRow>, Error> {
        Ok(if self.store().is_reference(id.as_str())? { Some(self.reference(id)?) } else { None })
    }

    fn reference(&self, id: &ArticleId) -> Result<ReferenceRow, Error> {
        let store = self.store();
        let pairs: Vec<CopyEdge> = store.pairs_of(id.as_str())?.into_iter().map(|pair| pair.edge).collect();
        let others = pairs.iter().flat_map(|edge| [&edge.a, &edge.b]).chain([id]);
        let mut heads: HashMap<ArticleId, ArticleHead> =
            store.heads_of(others)?.into_iter().map(|head| (head.id.clone(), head)).collect();
        let Some(own) = heads.remove(id) else { return Err(Error::NoArticle(id.to_string())) };
        let mut altered = altered(id, &store.quotes_on(id.as_str())?);
        let mut carriers = Vec::with_capacity(pairs.len());
        for edge in &pairs {
            let other = if edge.a == *id { &edge.b } else { &edge.a };
            let Some(head) = heads.remove(other) else { continue };
            let story = store.story_of(other.as_str())?.map(|story| story.story);
            carriers.push(carrier(id, edge, &own, head, altered.remove(other).unwrap_or_default(), story));
        }
        carriers.sort_by(|one, other| {
            let rank = |carrier: &Carrier| (carrier.relation.is_copy(), carrier.carried);
            let (one_rank, other_rank) = (rank(one), rank(other));
            other_rank
                .0
                .cmp(&one_rank.0)
                .then(other_rank.1.total_cmp(&one_rank.1))
                .then(one.article.cmp(&other.article))
        });
        Ok(ReferenceRow {
            reference: own.id,
            title: own.title,
            source: own.source,
            published: own.published,
            counts: CarrierCounts::of(&carriers),
            carriers,
        })
    }
}

fn carrier(
    text: &ArticleId,
    edge: &CopyEdge,
    own: &ArticleHead,
    head: ArticleHead,
    altered: Vec<AlteredWording>,
    story: Option<ContentId>,
) -> Carrier {
    let first = edge.a == *text;
    let (carried, share) = if first { (edge.coverage.a, edge.coverage.b) } else { (edge.coverage.b, edge.coverage.a) };
    let EditCounts { deleted, inserted, .. } = edge.edits;
    let turned = EditCounts { deleted: inserted, inserted: deleted, ..edge.edits };
    let direction = match edge.direction {
        Direction::AToB if !first => Direction::BToA,
        Direction::BToA if !first => Direction::AToB,
        as_it_is => as_it_is,
    };
    let day = |date: &Option<DocumentDate>| date.as_ref().and_then(|date| Some(date.value.as_ref()?.day()));
    let days = day(&own.published).zip(day(&head.published)).map(|(text, page)| (page - text).get_days());
    Carrier {
        article: head.id,
        title: head.title,
        source: head.source,
        published: head.published,
        days,
        relation: edge.relation,
        direction,
        certainty: edge.certainty,
        carried,
        share,
        edits: if first { edge.edits } else { turned },
        altered,
        story,
    }
}

/// The quotations of a text that other pages give in other words, by page.
fn altered(text: &ArticleId, quotes: &[Quote]) -> BTreeMap<ArticleId, Vec<AlteredWording>> {
    let mut found: BTreeMap<ArticleId, Vec<AlteredWording>> = BTreeMap::new();
    for quote in quotes {
        let Some(own) = quote.variants.iter().position(|variant| variant.articles.contains(text)) else { continue };
        let from = &quote.variants[own];
        for (at, variant) in quote.variants.iter().enumerate().filter(|(at, _)| *at != own) {
            let edits: Vec<QuoteEdit> = match own {
                0 => variant.edits.iter().filter(|edit| edit.kind != QuoteEditKind::Typography).cloned().collect(),
                // Of a wording that is compared with the first one it is not known which part of this one it is.
                _ if variant.part || from.part => continue,
                _ if at == 0 || variant.is_altered() || from.is_altered() => edits(&from.text, &variant.text),
                _ => continue,
            };
            if edits.is_empty() {
                continue;
            }
            // Whoever also gives it as the text does has altered nothing.
            for page in variant.articles.iter().filter(|page| !from.articles.contains(page)) {
                let (from, to) = (from.text.clone(), variant.text.clone());
                let wording = AlteredWording { quote: quote.id, from, to, edits: edits.clone() };
                found.entry(page.clone()).or_default().push(wording);
            }
        }
    }
    found
}
