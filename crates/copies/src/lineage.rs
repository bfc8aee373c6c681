use std::collections::BTreeMap;

use wirecopy_model::{ArticleId, Direction, Evidence, Family, LineageDirection, LineageEdge, PROBABLE, Relation};

use crate::direction::{Signal, signals};
use crate::document::Document;
use crate::params::lineage as params;
use crate::relate::Pair;

/// The tree of a family and what it says of each pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// The members and the tree.
    pub family: Family,
    /// For each pair that was given, in its order: which was made from which.
    pub directions: Vec<PairDirection>,
}

/// Which of a pair was made from which, directly or through others.
#[derive(Clone, Debug, PartialEq)]
pub struct PairDirection {
    /// The pair, as its edge has it.
    pub a: ArticleId,
    /// The other article.
    pub b: ArticleId,
    /// The direction.
    pub direction: Direction,
    /// How certain it is; of an undecided pair, that of the likelier direction.
    pub certainty: f64,
    /// What it rests on, the weightiest first.
    pub evidence: Vec<Evidence>,
}

/// Finds the tree of a family: who was made from whom, with the evidence.
///
/// `pairs` are the verified pairs among the members, `witnesses` other articles that share quotations or wording with
/// the family without being copies: a reading that one of them confirms is the older. The result does not depend on
/// the order of any of the three.
///
/// ```
/// use wirecopy_copies::{Document, lineage, relate};
/// use wirecopy_model::LineageDirection;
/// let a = Document::of_text("a", "The dam at Orrin broke before dawn on Friday and 12 houses were lost.");
/// let b = Document::of_text("b", "The dam at OrrinThe broke before dawn on Friday. , and 12 houses were lost.");
/// let pair = relate(&a, &b).unwrap();
/// let tree = lineage(&[&a, &b], &[pair], &[]);
/// assert_eq!(tree.family.edges[0].from, "a".into());
/// assert_eq!(tree.family.edges[0].direction, LineageDirection::FromTo);
/// ```
pub fn lineage(members: &[&Document], pairs: &[Pair], witnesses: &[&Document]) -> Lineage {
    let mut members = members.to_vec();
    members.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    members.dedup_by(|a, b| a.id == b.id);
    let mut witnesses = witnesses.to_vec();
    witnesses.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    witnesses.retain(|witness| members.binary_search_by(|member| member.id.cmp(&witness.id)).is_err());
    let node = |id: &ArticleId| members.binary_search_by(|member| member.id.cmp(id)).ok();
    let links: Vec<Link> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.edge.relation.is_copy())
        .filter_map(|(index, pair)| {
            Some(Link { a: node(&pair.edge.a)?, b: node(&pair.edge.b)?, pair: index, distance: distance(pair) })
        })
        .collect();
    let tree = Tree::spanning(members.len(), links);
    let judged: Vec<Vec<Signal>> = tree
        .links
        .iter()
        .map(|link| signals(members[link.a], members[link.b], &pairs[link.pair], &witnesses))
        .collect();
    let odds: Vec<f64> = judged.iter().map(|signals| log_odds(signals)).collect();
    let roots = tree.roots(&odds);
    let edges = (0..tree.links.len()).map(|at| tree.edge(at, &roots, &members, &judged[at])).collect();
    let family =
        Family { members: members.iter().map(|member| member.id.clone()).collect(), edges, latent: Vec::new() };
    let evidence: BTreeMap<usize, &Vec<Signal>> =
        tree.links.iter().zip(&judged).map(|(link, signals)| (link.pair, signals)).collect();
    let directions = pairs
        .iter()
        .enumerate()
        .map(|(index, pair)| {
            let ends = node(&pair.edge.a).zip(node(&pair.edge.b));
            let own;
            let signals = match (evidence.get(&index), ends) {
                (Some(signals), _) => *signals,
                (None, Some((a, b))) if pair.edge.relation.is_copy() => {
                    own = signals(members[a], members[b], pair, &witnesses);
                    &own
                }
                _ => {
                    own = Vec::new();
                    &own
                }
            };
            let (to_b, to_a) =
                ends.map_or((0.0, 0.0), |(a, b)| (tree.descends(a, b, &roots), tree.descends(b, a, &roots)));
            direct(pair, to_b, to_a, signals)
        })
        .collect();
    Lineage { family, directions }
}

/// A pair as an edge between two members.
#[derive(Clone, Copy, Debug)]
struct Link {
    a: usize,
    b: usize,
    pair: usize,
    distance: f64,
}

/// How far two texts stand from each other: the share of words that do not stand in both. Identical ones are at 0.
fn distance(pair: &Pair) -> f64 {
    let edits = pair.edge.edits;
    let only = 2 * edits.substituted + edits.deleted + edits.inserted;
    let all = only + 2 * edits.kept;
    if pair.edge.relation == Relation::Exact || all == 0 { 0.0 } else { only as f64 / all as f64 }
}

fn log_odds(signals: &[Signal]) -> f64 {
    signals.iter().map(|signal| signal.weight).sum::<f64>().clamp(-params::MOST, params::MOST)
}

fn direct(pair: &Pair, to_b: f64, to_a: f64, signals: &[Signal]) -> PairDirection {
    let (direction, certainty) = if pair.edge.relation == Relation::Exact && signals.is_empty() {
        (Direction::Undecided, 0.5)
    } else if to_b >= PROBABLE {
        (Direction::AToB, to_b)
    } else if to_a >= PROBABLE {
        (Direction::BToA, to_a)
    } else {
        (Direction::Undecided, to_a.max(to_b))
    };
    let sign = match direction {
        Direction::AToB => 1.0,
        Direction::BToA => -1.0,
        Direction::Undecided => 0.0,
    };
    PairDirection {
        a: pair.edge.a.clone(),
        b: pair.edge.b.clone(),
        direction,
        certainty: (certainty * 1e3).round() / 1e3,
        evidence: weightiest(signals, sign),
    }
}

/// The evidence for the direction of this sign, the weightiest first, then what speaks against it.
fn weightiest(signals: &[Signal], sign: f64) -> Vec<Evidence> {
    let mut sorted: Vec<&Signal> = signals.iter().collect();
    sorted.sort_by(|x, y| {
        let rank = |signal: &Signal| if sign == 0.0 { signal.weight.abs() } else { signal.weight * sign };
        rank(y).total_cmp(&rank(x)).then_with(|| x.evidence.cmp(&y.evidence))
    });
    sorted.into_iter().map(|signal| signal.evidence.clone()).collect()
}

/// The spanning tree (or forest) of least distance.
struct Tree {
    near: Vec<Vec<(usize, usize)>>,
    links: Vec<Link>,
}

impl Tree {
    /// Kruskal's; of equally near pairs the first two in the order of ids.
    fn spanning(nodes: usize, mut links: Vec<Link>) -> Self {
        links.sort_by(|x, y| x.distance.total_cmp(&y.distance).then((x.a, x.b).cmp(&(y.a, y.b))));
        let mut top: Vec<usize> = (0..nodes).collect();
        fn find(top: &mut [usize], mut at: usize) -> usize {
            while top[at] != at {
                top[at] = top[top[at]];
                at = top[at];
            }
            at
        }
        let mut tree = Tree { near: vec![Vec::new(); nodes], links: Vec::new() };
        for link in links {
            let (x, y) = (find(&mut top, link.a), find(&mut top, link.b));
            if x != y {
                top[x.max(y)] = x.min(y);
                tree.near[link.a].push((link.b, tree.links.len()));
                tree.near[link.b].push((link.a, tree.links.len()));
                tree.links.push(link);
            }
        }
        tree
    }

    /// How probable it is that each node is the root of its tree, given the log-odds of each link's direction.
    fn roots(&self, odds: &[f64]) -> Vec<f64> {
        let mut probable = vec![0.0; self.near.len()];
        let mut seen = vec![false; self.near.len()];
        for first in 0..self.near.len() {
            if seen[first] {
                continue;
            }
            // Moving the root over a link turns that link alone around.
            let mut score = vec![(first, 0.0)];
            let mut at = 0;
            seen[first] = true;
            while at < score.len() {
                let (node, own) = score[at];
                at += 1;
                for &(to, link) in &self.near[node] {
                    if !seen[to] {
                        seen[to] = true;
                        let forward = if self.links[link].a == node { odds[link] } else { -odds[link] };
                        score.push((to, own - forward));
                    }
                }
            }
            let prior = |node: usize| match self.near[node].len() {
                2 => params::INNER_ROOT.ln(),
                _ => 0.0,
            };
            let best = score.iter().map(|&(node, own)| own + prior(node)).fold(f64::MIN, f64::max);
            let sum: f64 = score.iter().map(|&(node, own)| (own + prior(node) - best).exp()).sum();
            for (node, own) in score {
                probable[node] = (own + prior(node) - best).exp() / sum;
            }
        }
        probable
    }

    /// How probable it is that the root lies on the side of `from` of the link between it and `to`.
    fn side(&self, from: usize, link: usize, roots: &[f64]) -> f64 {
        let mut sum = 0.0;
        let mut stack = vec![(from, link)];
        while let Some((node, by)) = stack.pop() {
            sum += roots[node];
            stack.extend(self.near[node].iter().filter(|&&(_, next)| next != by));
        }
        sum
    }

    fn edge(&self, at: usize, roots: &[f64], members: &[&Document], signals: &[Signal]) -> LineageEdge {
        let link = self.links[at];
        let to_b = self.side(link.a, at, roots);
        let (from, to, certainty, sign) =
            if to_b >= 0.5 { (link.a, link.b, to_b, 1.0) } else { (link.b, link.a, 1.0 - to_b, -1.0) };
        let decided = certainty >= PROBABLE;
        LineageEdge {
            from: members[from].id.clone(),
            to: members[to].id.clone(),
            certainty: (certainty * 1e3).round() / 1e3,
            direction: if decided { LineageDirection::FromTo } else { LineageDirection::Undecided },
            evidence: weightiest(signals, if decided { sign } else { 0.0 }),
        }
    }

    /// How probable it is that `to` was made from `from`, directly or not.
    fn descends(&self, from: usize, to: usize, roots: &[f64]) -> f64 {
        // The link by which the way from `from` to `to` leaves: the roots beyond it have `to` before `from`.
        for &(next, link) in &self.near[from] {
            let mut stack = vec![(next, link)];
            while let Some((node, by)) = stack.pop() {
                if node == to {
                    return self.side(from, link, roots);
                }
                stack.extend(self.near[node].iter().filter(|&&(_, next)| next != by).copied());
            }
        }
        0.0
    }
}
