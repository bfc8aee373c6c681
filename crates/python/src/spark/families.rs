//! From candidates to verified pairs, families and their trees.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use wirecopy::model::{Article, ArticleId, CopyEdge, Direction, Evidence, Family, PROBABLE};
use wirecopy_copies::{Document, Pair, families, lineage, relate};

use super::columns::{Columns, bytes, cell, numbers, table, texts};
use crate::output::{Table, failed};
use crate::schema;
use crate::stages::article_size;

fn document(json: &str) -> serde_json::Result<Document> {
    serde_json::from_str::<Article>(json).map(|article| Document::of(&article))
}

/// The pairs among these candidates (`later`, `earlier`, `later_article`, `earlier_article`) whose words could be aligned: `a`
/// and `b` (places, the smaller id first), `edge` (JSON), its `shares`, whether it is a `copy`, and whether it is `strong` by itself.
#[pyfunction]
pub fn verify(candidates: &Bound<'_, PyAny>) -> PyResult<Table> {
    let columns = Columns::of(candidates)?;
    let (later, earlier) = (columns.numbers("later")?, columns.numbers("earlier")?);
    let (later_json, earlier_json) = (columns.text("later_article")?, columns.text("earlier_article")?);
    let found = candidates.py().detach(|| -> serde_json::Result<Vec<(i64, i64, CopyEdge)>> {
        let mut texts: BTreeMap<i64, &str> = BTreeMap::new();
        for at in 0..columns.len() {
            texts.insert(later.value(at), later_json.value(at));
            texts.insert(earlier.value(at), earlier_json.value(at));
        }
        // An article is prepared once a batch, however many candidates it has in it.
        let made: Vec<(i64, Document)> = texts
            .into_par_iter()
            .map(|(place, json)| Ok((place, document(json)?)))
            .collect::<serde_json::Result<_>>()?;
        let documents: HashMap<i64, Document> = made.into_iter().collect();
        let one = |at: usize| {
            let (later, earlier) = (later.value(at), earlier.value(at));
            let pair = relate(&documents[&later], &documents[&earlier])?;
            let swapped = documents[&later].id() != &pair.edge.a;
            Some(if swapped { (earlier, later, pair.edge) } else { (later, earlier, pair.edge) })
        };
        Ok((0..columns.len()).into_par_iter().filter_map(one).collect())
    });
    let found = found.map_err(failed)?;
    let json = found.iter().map(|(_, _, edge)| serde_json::to_string(edge)).collect::<serde_json::Result<Vec<_>>>();
    let truth = |of: fn(&CopyEdge) -> bool| {
        let truths: Vec<bool> = found.iter().map(|(_, _, edge)| of(edge)).collect();
        std::sync::Arc::new(arrow_array::BooleanArray::from(truths))
    };
    table([
        ("a", numbers(found.iter().map(|pair| pair.0))),
        ("b", numbers(found.iter().map(|pair| pair.1))),
        ("edge", texts(json.map_err(failed)?.into_iter().map(Some))),
        ("shares", bytes(found.iter().map(|(_, _, edge)| Some(shares(edge))))),
        ("copy", truth(|edge| edge.relation.is_copy())),
        ("strong", truth(|edge| edge.score >= PROBABLE)),
    ])
}

/// The numbers of an edge to the last bit: as text some would come back with another.
fn shares(edge: &CopyEdge) -> Vec<u8> {
    let of = [edge.coverage.a, edge.coverage.b, edge.coverage_unquoted.a, edge.coverage_unquoted.b, edge.score];
    of.iter().flat_map(|share| share.to_le_bytes()).collect()
}

/// Puts back what `shares` took.
fn restore(edge: &mut CopyEdge, shares: &[u8]) {
    let places = [
        &mut edge.coverage.a,
        &mut edge.coverage.b,
        &mut edge.coverage_unquoted.a,
        &mut edge.coverage_unquoted.b,
        &mut edge.score,
    ];
    for (place, share) in places.into_iter().zip(shares.as_chunks::<8>().0) {
        *place = f64::from_le_bytes(*share);
    }
}

/// The families of one component (`a`, `b`, `edge`), which weak bridges may cut into several: `place`, `family`.
#[pyfunction]
pub fn group(component: &Bound<'_, PyAny>) -> PyResult<Table> {
    let columns = Columns::of(component)?;
    let (a, b, json) = (columns.numbers("a")?, columns.numbers("b")?, columns.text("edge")?);
    let members = component.py().detach(|| -> serde_json::Result<Vec<(i64, String)>> {
        let edges: Vec<CopyEdge> = json.iter().flatten().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let mut places: HashMap<&ArticleId, i64> = HashMap::new();
        for (at, edge) in edges.iter().enumerate() {
            places.insert(&edge.a, a.value(at));
            places.insert(&edge.b, b.value(at));
        }
        let mut rows = Vec::new();
        for members in families(&edges) {
            let family = Family { members, edges: Vec::new(), latent: Vec::new() };
            let id = family.id().to_string();
            rows.extend(family.members.iter().map(|member| (places[member], id.clone())));
        }
        Ok(rows)
    });
    let members = members.map_err(failed)?;
    table([
        ("place", numbers(members.iter().map(|member| member.0))),
        ("family", texts(members.iter().map(|member| Some(&member.1)))),
    ])
}

/// What the lineage of a family says of one of its pairs.
#[derive(Serialize, Deserialize)]
struct Told {
    direction: Direction,
    certainty: f64,
    evidence: Vec<Evidence>,
}

/// The lineage of one family: `kind`, `a`, `b`, `row` (JSON). Rows of the kind `lineage` are the family with its tree, those of
/// `direction` what it says of a pair.
///
/// `articles` are its members and witnesses (`article`, `member`), `pairs` those among its members (`edge`). A family of more
/// than `most` members is told by the `most` that have most pairs: its other members hang on the one of these that is
/// nearest, by what the two alone tell.
#[pyfunction]
pub fn trace(articles: &Bound<'_, PyAny>, pairs: &Bound<'_, PyAny>, most: usize) -> PyResult<Table> {
    let columns = Columns::of(articles)?;
    let (json, member) = (columns.text("article")?, columns.numbers("member")?);
    let edges = Columns::of(pairs)?.text("edge")?;
    let rows = articles.py().detach(|| -> serde_json::Result<Vec<TracedRow>> {
        let mut members = Vec::new();
        let mut witnesses = Vec::new();
        for at in 0..columns.len() {
            let read = document(json.value(at))?;
            if member.value(at) == 1 { members.push(read) } else { witnesses.push(read) }
        }
        let edges = edges.iter().flatten().map(serde_json::from_str).collect::<Result<Vec<CopyEdge>, _>>()?;
        traced(&members, &witnesses, &edges, most)
    });
    let rows = rows.map_err(failed)?;
    table([
        ("kind", texts(rows.iter().map(|row| Some(row.kind)))),
        ("a", texts(rows.iter().map(|row| row.a.as_deref()))),
        ("b", texts(rows.iter().map(|row| row.b.as_deref()))),
        ("row", texts(rows.iter().map(|row| Some(&row.json)))),
    ])
}

struct TracedRow {
    kind: &'static str,
    a: Option<String>,
    b: Option<String>,
    json: String,
}

fn traced(
    members: &[Document],
    witnesses: &[Document],
    edges: &[CopyEdge],
    most: usize,
) -> serde_json::Result<Vec<TracedRow>> {
    let documents: HashMap<&ArticleId, &Document> = members.iter().map(|document| (document.id(), document)).collect();
    let told = representatives(&documents, edges, most);
    let (inner, outer): (Vec<&CopyEdge>, Vec<&CopyEdge>) =
        edges.iter().partition(|edge| told.contains(&edge.a) && told.contains(&edge.b));
    // The alignment of a pair is many times its size, so it is made again where it is needed.
    let again = |edge: &CopyEdge| -> Option<Pair> { relate(documents.get(&edge.a)?, documents.get(&edge.b)?) };
    let inner: Vec<Pair> = inner.into_par_iter().filter_map(again).collect();
    let core: Vec<&Document> = told.iter().map(|id| documents[id]).collect();
    let mut found = lineage(&core, &inner, &witnesses.iter().collect::<Vec<_>>());
    for edge in nearest(&outer, &told) {
        let Some(pair) = again(edge) else { continue };
        let alone = lineage(&[documents[&edge.a], documents[&edge.b]], &[pair], &[]);
        found.family.edges.extend(alone.family.edges);
        found.directions.extend(alone.directions);
    }
    found.family.members = documents.keys().map(|id| (*id).clone()).collect::<BTreeSet<_>>().into_iter().collect();
    found.family.edges.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
    let mut rows = vec![TracedRow { kind: "lineage", a: None, b: None, json: serde_json::to_string(&found.family)? }];
    for judged in found.directions {
        let told = Told { direction: judged.direction, certainty: judged.certainty, evidence: judged.evidence };
        rows.push(TracedRow {
            kind: "direction",
            a: Some(judged.a.to_string()),
            b: Some(judged.b.to_string()),
            json: serde_json::to_string(&told)?,
        });
    }
    Ok(rows)
}

/// The members by which a family is told: all, or those with most pairs where they are too many.
fn representatives<'a>(
    documents: &HashMap<&'a ArticleId, &Document>,
    edges: &[CopyEdge],
    most: usize,
) -> BTreeSet<&'a ArticleId> {
    if documents.len() <= most {
        return documents.keys().copied().collect();
    }
    let mut pairs: HashMap<&ArticleId, usize> = HashMap::new();
    for edge in edges {
        *pairs.entry(&edge.a).or_default() += 1;
        *pairs.entry(&edge.b).or_default() += 1;
    }
    let mut sorted: Vec<&ArticleId> = documents.keys().copied().collect();
    sorted.sort_unstable_by_key(|id| (std::cmp::Reverse(pairs.get(id).copied().unwrap_or(0)), *id));
    sorted.truncate(most.max(1));
    sorted.into_iter().collect()
}

/// For each member that is no representative its pair with the representative that shares most with it.
fn nearest<'a>(edges: &[&'a CopyEdge], told: &BTreeSet<&ArticleId>) -> Vec<&'a CopyEdge> {
    let mut best: BTreeMap<&ArticleId, &CopyEdge> = BTreeMap::new();
    for edge in edges {
        let other = match (told.contains(&edge.a), told.contains(&edge.b)) {
            (true, false) => &edge.b,
            (false, true) => &edge.a,
            _ => continue,
        };
        let rank = |edge: &CopyEdge| (edge.edits.kept, edge.a.clone(), edge.b.clone());
        if edge.relation.is_copy() && best.get(other).is_none_or(|known| rank(known) < rank(edge)) {
            best.insert(other, edge);
        }
    }
    best.into_values().collect()
}

/// The pairs as the stage `copies` gives them, from rows of `edge`, `shares` and `told` (JSON, or null for a pair that no
/// family says anything of).
#[pyfunction]
pub fn finish(pairs: &Bound<'_, PyAny>) -> PyResult<Table> {
    let columns = Columns::of(pairs)?;
    let (edges, shares, told) = (columns.text("edge")?, columns.bytes("shares")?, columns.text("told")?);
    let rows = pairs.py().detach(|| -> serde_json::Result<Vec<CopyEdge>> {
        let one = |at: usize| {
            let mut edge: CopyEdge = serde_json::from_str(edges.value(at))?;
            restore(&mut edge, shares.value(at));
            if let Some(told) = cell(&told, at) {
                let told: Told = serde_json::from_str(told)?;
                edge.direction = told.direction;
                edge.certainty = told.certainty;
                edge.evidence.extend(told.evidence);
            }
            Ok(edge)
        };
        (0..columns.len()).map(one).collect()
    });
    Table::of(&rows.map_err(failed)?, schema::copies()).map_err(failed)
}

/// Rows of JSON (`row`) as a table of `articles` or of `lineage`.
#[pyfunction]
pub fn parse(rows: &Bound<'_, PyAny>, of: &str) -> PyResult<Table> {
    let json = Columns::of(rows)?.text("row")?;
    let json = || json.iter().flatten();
    rows.py()
        .detach(|| match of {
            "articles" => {
                let rows = json().map(serde_json::from_str).collect::<Result<Vec<Article>, _>>();
                Ok(Table::sized(&rows.map_err(|error| error.to_string())?, schema::articles(), article_size))
            }
            "lineage" => {
                let rows = json().map(serde_json::from_str).collect::<Result<Vec<Family>, _>>();
                Ok(Table::of(&rows.map_err(|error| error.to_string())?, schema::lineage()))
            }
            other => Err(format!("no table {other:?}")),
        })
        .map_err(PyValueError::new_err)?
        .map_err(failed)
}
