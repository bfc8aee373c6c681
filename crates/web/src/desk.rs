//! One story as the pages need it: a dossier with its articles found by id, and which of its pairs have a page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wirecopy::model::{ArticleId, CopyEdge, Family, LineageDirection};
use wirecopy::{Dossier, Member};

use crate::links::Site;
use crate::names::Names;
use crate::picture::{self, Facts, Picture};

/// Beside the pairs of the lineage, so many of each article's pairs have a page: those that share most. So the number
/// of pages grows with the articles, not with their square.
const PAIRS_OF_ARTICLE: usize = 8;

/// A story at hand.
pub(crate) struct Desk<'d> {
    pub dossier: &'d Dossier,
    pub names: &'d Names,
    places: HashMap<&'d ArticleId, usize>,
    paged: BTreeSet<(&'d ArticleId, &'d ArticleId)>,
    of: HashMap<&'d ArticleId, Vec<&'d CopyEdge>>,
    roots: HashMap<&'d ArticleId, Vec<&'d ArticleId>>,
}

impl<'d> Desk<'d> {
    pub fn new(dossier: &'d Dossier, names: &'d Names) -> Self {
        let places = dossier.members.iter().enumerate().map(|(place, member)| (&member.article.id, place)).collect();
        let mut of: HashMap<&ArticleId, Vec<&CopyEdge>> = HashMap::new();
        for edge in dossier.pairs.iter().chain(&dossier.outside) {
            of.entry(&edge.a).or_default().push(edge);
            of.entry(&edge.b).or_default().push(edge);
        }
        let mut paged: BTreeSet<(&ArticleId, &ArticleId)> = BTreeSet::new();
        for edges in of.values_mut() {
            edges.sort_by(|one, other| shared(other).total_cmp(&shared(one)));
            paged.extend(edges.iter().take(PAIRS_OF_ARTICLE).map(|edge| (&edge.a, &edge.b)));
        }
        let lineage = dossier.families.iter().flat_map(|family| &family.edges);
        let known: BTreeSet<_> = dossier.pairs.iter().map(|edge| (&edge.a, &edge.b)).collect();
        paged.extend(lineage.map(|edge| ordered(&edge.from, &edge.to)).filter(|pair| known.contains(pair)));
        let mut roots: HashMap<&ArticleId, Vec<&ArticleId>> = HashMap::new();
        for account in &dossier.accounts {
            for id in &account.articles {
                roots.entry(id).or_default().push(&account.root);
            }
        }
        Desk { dossier, names, places, paged, of, roots }
    }

    pub fn member(&self, id: &ArticleId) -> Option<&'d Member> {
        self.places.get(id).map(|&place| &self.dossier.members[place])
    }

    /// The pairs of an article, those that share most first.
    pub fn pairs_of(&self, id: &ArticleId) -> &[&'d CopyEdge] {
        self.of.get(id).map_or(&[], Vec::as_slice)
    }

    /// The pairs that have a page, those within the story first.
    pub fn paged(&self) -> impl Iterator<Item = &'d CopyEdge> {
        let pairs = self.dossier.pairs.iter().chain(&self.dossier.outside);
        pairs.filter(|edge| self.paged.contains(&(&edge.a, &edge.b)))
    }

    /// The page of a pair, if it has one.
    pub fn pair(&self, one: &ArticleId, other: &ArticleId) -> Option<String> {
        // The reading room collates any two.
        let paged = self.names.site == Site::Room || self.paged.contains(&ordered(one, other));
        paged.then(|| self.names.site.pair(one, other))
    }

    /// The code point by which [`crate::view::Ref::at`] finds the sentence in which this one stands.
    pub fn sentence(&self, id: &ArticleId, point: usize) -> Option<usize> {
        if self.names.site == Site::Room {
            return Some(point);
        }
        let sentences = &self.member(id)?.xray.sentences;
        let after = sentences.partition_point(|sentence| sentence.start <= point);
        sentences.get(after.saturating_sub(1)).map(|sentence| sentence.start)
    }

    /// Whether one is known to be a copy of the other, or both of a third text.
    pub fn are_copies(&self, one: &ArticleId, other: &ArticleId) -> bool {
        if self.of.is_empty() {
            // The pairs of a very large story are not at hand: nobody within a family is taken for apart.
            return self
                .dossier
                .families
                .iter()
                .any(|family| family.members.contains(one) && family.members.contains(other));
        }
        let (a, b) = ordered(one, other);
        self.pairs_of(a).iter().any(|edge| &edge.b == b && edge.relation.is_copy())
    }

    /// The roots of the accounts of the story that an article carries.
    pub fn roots(&self, id: &ArticleId) -> &[&'d ArticleId] {
        self.roots.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether an article is of this story.
    pub fn knows(&self, id: &ArticleId) -> bool {
        self.dossier.story.articles.contains(id)
    }

    /// The lineage picture of some families and articles of the story, its links as seen from a folder.
    pub fn picture(&self, families: &[Family], singles: &[&ArticleId]) -> Picture {
        let roots: BTreeMap<&ArticleId, bool> =
            self.dossier.accounts.iter().map(|account| (&account.root, account.orphan)).collect();
        let ids = families.iter().flat_map(|family| &family.members).chain(singles.iter().copied());
        let facts = ids.map(|id| {
            let name = self.names.get(id);
            let facts = Facts {
                label: name.label,
                headline: name.headline,
                date: name.short,
                day: name.day,
                href: name.href,
                root: roots.contains_key(id),
                orphan: roots.get(id).copied().unwrap_or(false),
            };
            (id.clone(), facts)
        });
        let link = |one: &ArticleId, other: &ArticleId| self.pair(one, other);
        picture::draw(families, singles, &facts.collect(), link)
    }

    /// How many pages of the story are shown to be made from another one.
    pub fn copies(&self) -> usize {
        let edges = self.dossier.families.iter().flat_map(|family| &family.edges);
        let copies: BTreeSet<&ArticleId> =
            edges.filter(|edge| edge.direction == LineageDirection::FromTo).map(|edge| &edge.to).collect();
        copies.len()
    }
}

fn shared(edge: &CopyEdge) -> f64 {
    // Copies before kin.
    edge.coverage.a.max(edge.coverage.b) + if edge.relation.is_copy() { 1.0 } else { 0.0 }
}

fn ordered<'a>(one: &'a ArticleId, other: &'a ArticleId) -> (&'a ArticleId, &'a ArticleId) {
    if one <= other { (one, other) } else { (other, one) }
}
