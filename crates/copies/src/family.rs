use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{ArticleId, CopyEdge, PROBABLE};

use crate::params::family as params;

/// The families that verified copies make: articles tied by copying, each family sorted, the families sorted.
///
/// A shared quotation ties nothing. A single weak edge between two groups that hang together without it does not join
/// them. The same families come out in whatever order the edges come. Articles without a copy are in none.
///
/// ```
/// use wirecopy_copies::{Document, families, relate};
/// let texts = ["The dam at Orrin broke before dawn on Friday.", "Before dawn on Friday the dam at Orrin broke."];
/// let a = Document::of_text("a", texts[0]);
/// let b = Document::of_text("b", texts[1]);
/// let pair = relate(&a, &b).unwrap();
/// assert_eq!(families(&[pair.edge]), [["a".into(), "b".into()]]);
/// ```
pub fn families<'a>(edges: impl IntoIterator<Item = &'a CopyEdge> + Clone) -> Vec<Vec<ArticleId>> {
    let strong = |edge: &&CopyEdge| edge.relation.is_copy() && edge.score >= PROBABLE;
    let ids: BTreeSet<&ArticleId> =
        edges.clone().into_iter().filter(strong).flat_map(|edge| [&edge.a, &edge.b]).collect();
    let ids: Vec<&ArticleId> = ids.into_iter().collect();
    let node = |id: &ArticleId| ids.binary_search(&id).expect("every end of an edge is listed");
    let mut graph = Graph::new(ids.len());
    let mut sorted: Vec<(usize, usize, bool)> = edges
        .into_iter()
        .filter(strong)
        .map(|edge| (node(&edge.a), node(&edge.b), edge.score < params::WEAK_BRIDGE))
        .collect();
    sorted.sort_unstable();
    sorted.dedup();
    for &(a, b, weak) in &sorted {
        graph.add(a, b, weak);
    }
    let cut = graph.weak_bridges();
    let mut group: BTreeMap<usize, Vec<ArticleId>> = BTreeMap::new();
    for (at, top) in graph.components(&cut).into_iter().enumerate() {
        group.entry(top).or_default().push(ids[at].clone());
    }
    group.into_values().filter(|members| members.len() > 1).collect()
}

/// Which of the pairs are claimed, in their order: those that are certain enough by themselves, and weaker copies whose
/// two articles stronger pairs tie into one family.
pub fn claimed<'a>(edges: impl IntoIterator<Item = &'a CopyEdge> + Clone) -> Vec<bool> {
    let mut family: BTreeMap<ArticleId, usize> = BTreeMap::new();
    for (number, members) in families(edges.clone()).into_iter().enumerate() {
        family.extend(members.into_iter().map(|id| (id, number)));
    }
    let together = |edge: &CopyEdge| family.get(&edge.a).is_some_and(|a| family.get(&edge.b) == Some(a));
    edges.into_iter().map(|edge| edge.score >= PROBABLE || edge.relation.is_copy() && together(edge)).collect()
}

/// An undirected graph.
struct Graph {
    /// For each node its neighbours and the edges that lead there.
    near: Vec<Vec<(usize, usize)>>,
    edges: Vec<(usize, usize, bool)>,
}

impl Graph {
    fn new(nodes: usize) -> Self {
        Graph { near: vec![Vec::new(); nodes], edges: Vec::new() }
    }

    fn add(&mut self, a: usize, b: usize, weak: bool) {
        self.near[a].push((b, self.edges.len()));
        self.near[b].push((a, self.edges.len()));
        self.edges.push((a, b, weak));
    }

    /// The weak edges without which their component falls into two parts of two nodes and more (Tarjan's bridges).
    fn weak_bridges(&self) -> BTreeSet<usize> {
        let nodes = self.near.len();
        let (mut found, mut low, mut size) = (vec![usize::MAX; nodes], vec![0; nodes], vec![1usize; nodes]);
        let mut bridges = Vec::new();
        let mut clock = 0;
        let mut total = vec![0usize; nodes];
        for root in 0..nodes {
            if found[root] != usize::MAX {
                continue;
            }
            // (node, edge it was reached by, next neighbour to look at)
            let mut stack = vec![(root, usize::MAX, 0usize)];
            let first_bridge = bridges.len();
            while let Some((at, by, next)) = stack.pop() {
                if next == 0 {
                    found[at] = clock;
                    low[at] = clock;
                    clock += 1;
                }
                if let Some(&(to, edge)) = self.near[at].get(next) {
                    stack.push((at, by, next + 1));
                    if edge == by {
                        continue;
                    }
                    if found[to] == usize::MAX {
                        stack.push((to, edge, 0));
                    } else {
                        low[at] = low[at].min(found[to]);
                    }
                } else if let Some(&(parent, _, _)) = stack.last() {
                    low[parent] = low[parent].min(low[at]);
                    size[parent] += size[at];
                    if low[at] > found[parent] {
                        bridges.push((by, size[at]));
                    }
                }
            }
            total[root] = size[root];
            let all = size[root];
            let mut keep = first_bridge;
            for at in first_bridge..bridges.len() {
                let (edge, below) = bridges[at];
                if self.edges[edge].2 && below >= 2 && all - below >= 2 {
                    bridges[keep] = bridges[at];
                    keep += 1;
                }
            }
            bridges.truncate(keep);
        }
        bridges.into_iter().map(|(edge, _)| edge).collect()
    }

    /// For each node the smallest node of its component, without the edges that are cut.
    fn components(&self, cut: &BTreeSet<usize>) -> Vec<usize> {
        let mut top = vec![usize::MAX; self.near.len()];
        for root in 0..top.len() {
            if top[root] != usize::MAX {
                continue;
            }
            let mut stack = vec![root];
            top[root] = root;
            while let Some(at) = stack.pop() {
                for &(to, edge) in &self.near[at] {
                    if top[to] == usize::MAX && !cut.contains(&edge) {
                        top[to] = root;
                        stack.push(to);
                    }
                }
            }
        }
        top
    }
}
