//! The stages `copies` and `lineage` over a whole pile of articles at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wirecopy_model::{Article, ArticleId, CopyEdge, Family};

use crate::changes::changes;
use crate::document::Document;
use crate::family::{claimed, families};
use crate::index::Index;
use crate::lineage::{Lineage, lineage};
use crate::relate::{Pair, relate};
use crate::sketch::Sketch;

/// The stage `copies`: every related pair with its direction, sorted by ids; with its changes where they are asked
/// for. Of articles with one id the first counts.
pub fn copies(articles: &[Article], with_changes: bool) -> Vec<CopyEdge> {
    let pile = Pile::of(articles);
    let mut directions = BTreeMap::new();
    for lineage in pile.lineages() {
        for direction in lineage.directions {
            directions.insert((direction.a.clone(), direction.b.clone()), direction);
        }
    }
    let finish = |pair: &Pair| {
        let mut edge = pair.edge.clone();
        if let Some(direction) = directions.get(&(edge.a.clone(), edge.b.clone())) {
            edge.direction = direction.direction;
            edge.certainty = direction.certainty;
            edge.evidence.extend(direction.evidence.iter().cloned());
        }
        if with_changes {
            edge.changes = Some(changes(pile.document(&edge.a), pile.document(&edge.b), pair));
        }
        edge
    };
    pile.pairs.iter().map(finish).collect()
}

/// The stage `lineage`: every family with its tree, sorted by members.
pub fn lineages(articles: &[Article]) -> Vec<Family> {
    Pile::of(articles).lineages().into_iter().map(|lineage| lineage.family).collect()
}

/// Articles with all that was found between them.
struct Pile {
    documents: Vec<Document>,
    places: HashMap<ArticleId, usize>,
    /// Sorted by ids.
    pairs: Vec<Pair>,
}

impl Pile {
    fn of(articles: &[Article]) -> Self {
        let mut places = HashMap::new();
        let mut documents = Vec::new();
        for article in articles {
            if !places.contains_key(&article.id) {
                places.insert(article.id.clone(), documents.len());
                documents.push(Document::of(article));
            }
        }
        let mut pile = Pile { documents, places, pairs: Vec::new() };
        pile.pairs = pile.verify(pile.candidates());
        pile
    }

    fn document(&self, id: &ArticleId) -> &Document {
        &self.documents[self.places[id]]
    }

    /// The candidate pairs, sorted, the smaller id first.
    fn candidates(&self) -> Vec<(ArticleId, ArticleId)> {
        let mut index = Index::default();
        for document in &self.documents {
            index.insert(Sketch::of(document));
        }
        let mut found = Vec::new();
        for document in &self.documents {
            let partners = index.candidates(&document.id);
            found.extend(
                partners.into_iter().filter(|other| document.id < *other).map(|other| (document.id.clone(), other)),
            );
        }
        found.sort_unstable();
        found
    }

    fn verify(&self, candidates: Vec<(ArticleId, ArticleId)>) -> Vec<Pair> {
        let pairs: Vec<Pair> =
            candidates.iter().filter_map(|(a, b)| relate(self.document(a), self.document(b))).collect();
        let edges: Vec<CopyEdge> = pairs.iter().map(|pair| pair.edge.clone()).collect();
        pairs.into_iter().zip(claimed(&edges)).filter(|(_, claimed)| *claimed).map(|(pair, _)| pair).collect()
    }

    fn lineages(&self) -> Vec<Lineage> {
        let edges: Vec<CopyEdge> = self.pairs.iter().map(|pair| pair.edge.clone()).collect();
        let families = families(&edges);
        let mut family = HashMap::new();
        for (number, members) in families.iter().enumerate() {
            family.extend(members.iter().map(|id| (id, number)));
        }
        let mut inside: Vec<Vec<Pair>> = vec![Vec::new(); families.len()];
        let mut witnesses: Vec<BTreeSet<&ArticleId>> = vec![BTreeSet::new(); families.len()];
        for pair in &self.pairs {
            let (a, b) = (family.get(&pair.edge.a), family.get(&pair.edge.b));
            match (a, b) {
                (Some(&a), Some(&b)) if a == b => inside[a].push(pair.clone()),
                _ => {
                    a.map(|&a| witnesses[a].insert(&pair.edge.b));
                    b.map(|&b| witnesses[b].insert(&pair.edge.a));
                }
            }
        }
        let judge = |(number, members): (usize, &Vec<ArticleId>)| {
            let members: Vec<&Document> = members.iter().map(|id| self.document(id)).collect();
            let others: Vec<&Document> = witnesses[number].iter().map(|id| self.document(id)).collect();
            lineage(&members, &inside[number], &others)
        };
        families.iter().enumerate().map(judge).collect()
    }
}
