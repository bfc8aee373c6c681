//! The stages `copies` and `lineage` over a whole pile of articles at once.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use wirecopy_model::{Article, ArticleId, CopyEdge, Family};

use crate::changes::changes;
use crate::document::Document;
use crate::family::{claimed, families};
use crate::grams::Repeated;
use crate::index::Index;
use crate::lineage::{Lineage, lineage};
use crate::relate::{Pair, relate};
use crate::sketch::Sketch;

/// The stage `copies`: every related pair with its direction, sorted by ids; with its changes where they are asked
/// for. Of articles with one id the first counts.
///
/// Beside the articles and its answer it holds some 4 KB an article, and the documents of what hangs together.
pub fn copies(articles: &[Article], with_changes: bool) -> Vec<CopyEdge> {
    let pile = Pile::of(articles);
    let mut found = Vec::new();
    for group in &pile.groups {
        let pairs = pile.verify(group);
        let mut directions = BTreeMap::new();
        for lineage in pile.lineages(&pairs) {
            for direction in lineage.directions {
                directions.insert((direction.a.clone(), direction.b.clone()), direction);
            }
        }
        found.extend(pairs.into_iter().map(|pair| {
            let changes =
                with_changes.then(|| changes(&pile.document(&pair.edge.a), &pile.document(&pair.edge.b), &pair));
            let mut edge = pair.edge;
            if let Some(direction) = directions.remove(&(edge.a.clone(), edge.b.clone())) {
                edge.direction = direction.direction;
                edge.certainty = direction.certainty;
                edge.evidence.extend(direction.evidence);
            }
            CopyEdge { changes, ..edge }
        }));
    }
    found.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    found
}

/// The stage `lineage`: every family with its tree, sorted by members.
pub fn lineages(articles: &[Article]) -> Vec<Family> {
    let pile = Pile::of(articles);
    let mut found: Vec<Family> = Vec::new();
    for group in &pile.groups {
        found.extend(pile.lineages(&pile.verify(group)).into_iter().map(|lineage| lineage.family));
    }
    found.sort_unstable_by(|x, y| x.members.cmp(&y.members));
    found
}

/// Two articles by their places.
type Candidate = (u32, u32);

/// Articles with the candidates among them.
struct Pile<'a> {
    articles: Vec<&'a Article>,
    places: HashMap<&'a ArticleId, u32>,
    /// The candidate pairs, those that hang together in one group: what is found in one depends on no other.
    groups: Vec<Vec<Candidate>>,
    /// Documents that were looked at, by place.
    documents: RefCell<HashMap<u32, Rc<Document>>>,
}

/// So many documents are kept at hand, at some 36 KB each; what is needed again is prepared again.
const AT_HAND: usize = 4_096;

impl<'a> Pile<'a> {
    fn of(articles: &'a [Article]) -> Self {
        let mut places = HashMap::new();
        let mut distinct = Vec::new();
        for article in articles {
            if !places.contains_key(&article.id) {
                places.insert(&article.id, distinct.len() as u32);
                distinct.push(article);
            }
        }
        // Where all documents can be at hand each text is read once.
        let mut documents: HashMap<u32, Rc<Document>> = HashMap::new();
        let mut sketch = |(place, article): (u32, &&Article)| {
            if distinct.len() > AT_HAND {
                return Sketch::of_article(article);
            }
            let document = Rc::new(Document::of(article));
            let sketch = Sketch::of(&document);
            documents.insert(place, document);
            sketch
        };
        let sketches: Vec<Sketch> = (0..).zip(&distinct).map(&mut sketch).collect();
        let groups = grouped(candidates(sketches, &places), distinct.len());
        Pile { articles: distinct, places, groups, documents: RefCell::new(documents) }
    }

    fn document(&self, id: &ArticleId) -> Rc<Document> {
        self.document_at(self.places[id])
    }

    fn document_at(&self, place: u32) -> Rc<Document> {
        let mut documents = self.documents.borrow_mut();
        if documents.len() >= AT_HAND && !documents.contains_key(&place) {
            documents.clear();
        }
        documents.entry(place).or_insert_with(|| Rc::new(Document::of(self.articles[place as usize]))).clone()
    }

    /// The related pairs of a group, sorted by ids.
    fn verify(&self, group: &[Candidate]) -> Vec<Pair> {
        let related = |&(a, b): &Candidate| relate(&self.document_at(a), &self.document_at(b));
        let mut pairs: Vec<Pair> = group.iter().filter_map(related).collect();
        pairs.sort_unstable_by(|x, y| (&x.edge.a, &x.edge.b).cmp(&(&y.edge.a, &y.edge.b)));
        let claimed = claimed(pairs.iter().map(|pair| &pair.edge));
        pairs.into_iter().zip(claimed).filter(|(_, claimed)| *claimed).map(|(pair, _)| pair).collect()
    }

    fn lineages(&self, pairs: &[Pair]) -> Vec<Lineage> {
        let families = families(pairs.iter().map(|pair| &pair.edge));
        let mut family = HashMap::new();
        for (number, members) in families.iter().enumerate() {
            family.extend(members.iter().map(|id| (id, number)));
        }
        let mut inside: Vec<Vec<Pair>> = vec![Vec::new(); families.len()];
        let mut witnesses: Vec<BTreeSet<&ArticleId>> = vec![BTreeSet::new(); families.len()];
        for pair in pairs {
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
            let members: Vec<Rc<Document>> = members.iter().map(|id| self.document(id)).collect();
            let others: Vec<Rc<Document>> = witnesses[number].iter().map(|id| self.document(id)).collect();
            let (members, others): (Vec<&Document>, Vec<&Document>) =
                (members.iter().map(Rc::as_ref).collect(), others.iter().map(Rc::as_ref).collect());
            lineage(&members, &inside[number], &others)
        };
        families.iter().enumerate().map(judge).collect()
    }
}

/// The candidate pairs of articles in the order of their places, the earlier place first.
fn candidates(sketches: Vec<Sketch>, places: &HashMap<&ArticleId, u32>) -> Vec<Candidate> {
    let ids: Vec<ArticleId> = sketches.iter().map(|sketch| sketch.id().clone()).collect();
    let mut repeated = Repeated::of(sketches.len());
    sketches.iter().for_each(|sketch| repeated.note(sketch));
    let mut index = Index::keeping(repeated.into());
    sketches.into_iter().for_each(|sketch| index.insert(sketch));
    let mut found = Vec::new();
    for (place, id) in (0..).zip(&ids) {
        let partners = index.candidates(id).into_iter().map(|other| places[&other]);
        found.extend(partners.filter(|&other| other > place).map(|other| (place, other)));
    }
    found
}

/// The pairs in groups that have no article in common, in the order of their first articles.
fn grouped(pairs: Vec<Candidate>, articles: usize) -> Vec<Vec<Candidate>> {
    let mut top: Vec<u32> = (0..articles as u32).collect();
    fn find(top: &mut [u32], mut at: u32) -> u32 {
        while top[at as usize] != at {
            top[at as usize] = top[top[at as usize] as usize];
            at = top[at as usize];
        }
        at
    }
    for &(a, b) in &pairs {
        let (a, b) = (find(&mut top, a), find(&mut top, b));
        top[a.max(b) as usize] = a.min(b);
    }
    let mut groups: BTreeMap<u32, Vec<Candidate>> = BTreeMap::new();
    for pair in pairs {
        groups.entry(find(&mut top, pair.0)).or_default().push(pair);
    }
    groups.into_values().collect()
}
