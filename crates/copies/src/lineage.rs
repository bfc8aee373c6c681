use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{
    ArticleId, Direction, Evidence, Family, LineageDirection, LineageEdge, PROBABLE, Relation, STATED,
};

use crate::damage::{Damage, damage};
use crate::direction::{Sides, Signal, Third, Ways, reporting, signals, signals_of_lost, weigh};
use crate::document::Document;
use crate::merge::{Nodes, Tie};
use crate::params::{lineage as params, lost, merge};
use crate::readings::Readings;
use crate::relate::Pair;
use crate::tree::{By, Hung, Link, Rivals, Tree, distance};

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
/// let a = Document::of_text("a", "The dam at Orrin broke before dawn on Friday and 12 houses were lost, the mayor said.");
/// let b = Document::of_text("b", "The dam at OrrinThe broke before dawn on Friday. , and the 12 houses were lost , the mayor said.");
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
    let ties: Vec<Tie> = pairs
        .iter()
        .filter(|pair| pair.edge.relation.is_copy())
        .filter_map(|pair| Some(Tie { a: node(&pair.edge.a)?, b: node(&pair.edge.b)?, pair }))
        .collect();
    // Where half of a family claims a day all of it is of the press.
    let dated = members.iter().filter(|member| member.day.is_some()).count() * 2 >= members.len();
    let reports = |a: usize, b: usize| if dated { 1.0 } else { reporting(members[a], members[b]) };
    let press = ties.iter().map(|tie| reports(tie.a, tie.b)).sum::<f64>() / ties.len().max(1) as f64;
    // What holds of reports alone begins where they are more reports than works of reference.
    let news = ((press - merge::REPORTING) / (1.0 - merge::REPORTING)).clamp(0.0, 1.0);
    let nodes = if press < merge::REPORTING { Nodes::plain(members.len()) } else { Nodes::of(members.len(), &ties) };
    let links: Vec<Link> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.edge.relation.is_copy())
        .filter_map(|(index, pair)| Some((index, pair, node(&pair.edge.a)?, node(&pair.edge.b)?)))
        .flat_map(|(index, pair, a, b)| {
            let distance = distance(pair);
            nodes.ends(a, b).into_iter().map(move |(a, b)| Link { a, b, by: By::Pair(index), distance })
        })
        .collect();
    let readings = Readings::new(&members, &nodes.member, ties.iter().map(|tie| ((tie.a, tie.b), tie.pair)));
    let mut tree = Tree::spanning(nodes.member.len(), links, press);
    let mut rivals = Rivals::default();
    if press >= merge::REPORTING {
        tree.add_lost(&readings);
        rivals = Rivals::of(&tree, &readings);
    }
    let broken: Vec<Vec<Damage>> = members.iter().map(|member| damage(member)).collect();
    let judge = |a: usize, b: usize, pair: &Pair| -> Judged {
        let sides = Sides {
            a: members[a],
            b: members[b],
            broken_a: &broken[a],
            broken_b: &broken[b],
            witnesses: &witnesses,
            reporting: reports(a, b),
        };
        let mut signals = signals(&sides, pair);
        if nodes.merges_other(b, a) {
            signals.push(Signal::merge(members[b], members[a], 1.0));
        } else if nodes.merges_other(a, b) {
            signals.push(Signal::merge(members[a], members[b], -1.0));
        }
        let ways = weigh(&signals, sides.reporting);
        Judged { signals, ways }
    };
    let judge_link = |link: &Link| match &link.by {
        By::Pair(index) => judge(nodes.member[link.a], nodes.member[link.b], &pairs[*index]),
        By::Lost { with } => {
            let third = with.map(|node| nodes.member[node]);
            judge_lost(nodes.member[link.b], third, &readings, &members, &broken, &witnesses)
        }
    };
    let judged: Vec<Judged> = tree.links.iter().map(judge_link).collect();
    let odds: Vec<f64> = judged.iter().map(|judged| judged.odds(press)).collect();
    let hung = Hung::of(&tree, &tree.roots(&odds, press));
    let mut names: Vec<ArticleId> = nodes.member.iter().map(|&member| members[member].id.clone()).collect();
    let latent = tree.names_of_lost(&names);
    names.extend(latent.iter().map(|name| ArticleId::from(name.as_str())));
    let mut edges: Vec<LineageEdge> =
        tree.links.iter().zip(&judged).map(|(&link, judged)| edge(link, &hung, &names, judged, news)).collect();
    edges.extend(twin_edges(&edges, pairs));
    // Of two that merge the same sources one edge is told, the more certain one.
    edges.sort_by(|x, y| y.certainty.total_cmp(&x.certainty).then_with(|| (&x.from, &x.to).cmp(&(&y.from, &y.to))));
    let mut told = BTreeSet::new();
    edges.retain(|edge| told.insert((edge.from.clone().min(edge.to.clone()), edge.from.clone().max(edge.to.clone()))));
    edges.sort_by(|x, y| (&x.from, &x.to).cmp(&(&y.from, &y.to)));
    let family = Family { members: members.iter().map(|member| member.id.clone()).collect(), edges, latent };
    let mut by_content: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        by_content.entry(member.content).or_default().push(at);
    }
    let directions = pairs
        .iter()
        .map(|pair| match node(&pair.edge.a).zip(node(&pair.edge.b)) {
            Some((a, b)) if pair.edge.relation.is_copy() => {
                // What comes from a text comes as well from one with the same words.
                let from = |x: usize, y: usize| {
                    let above = by_content[&members[x].content].iter().flat_map(|&twin| nodes.of_member(twin));
                    let ways = above.flat_map(|&top| nodes.of_member(y).iter().map(move |&below| (top, below)));
                    ways.map(|(top, below)| hung.descends(top, below) - news * rivals.doubt(&hung, top, below))
                        .fold(0.0, f64::max)
                };
                let (to_b, to_a) = (from(a, b), from(b, a));
                direct(pair, to_b, to_a, &judge(a, b, pair), news)
            }
            _ => direct(pair, 0.0, 0.0, &Judged::nothing(), news),
        })
        .collect();
    Lineage { family, directions }
}

/// A text against a lost source that it shares with two others: what shows that it was altered, and what shows that
/// both others were in the same place.
fn judge_lost(
    text: usize,
    others: [usize; 2],
    readings: &Readings,
    members: &[&Document],
    broken: &[Vec<Damage>],
    witnesses: &[&Document],
) -> Judged {
    let [near, far] = others;
    let Some((pair, shared)) = readings.pair(text, near).zip(readings.counterparts(near, far)) else {
        return Judged::nothing();
    };
    let (a, b) = (text.min(near), text.max(near));
    let sides =
        Sides { a: members[a], b: members[b], broken_a: &broken[a], broken_b: &broken[b], witnesses, reporting: 1.0 };
    let third = Third { of_b: near == b, shared: &shared, broken: &broken[far] };
    let mut signals = signals_of_lost(&sides, pair, &third);
    if text == a {
        signals.iter_mut().for_each(|signal| signal.weight = -signal.weight);
    }
    let ways = weigh(&signals, 1.0);
    let count = |x: usize, y: usize, z: usize| readings.odd_of(x, y, z).unwrap_or(0);
    let detail = format!(
        "{0} and {1} agree against {2} in {3} places, {2} and {1} against {0} in {4}, {2} and {0} against {1} in {5}: a \
         text that is not here stands between them",
        members[near].id,
        members[far].id,
        members[text].id,
        count(text, near, far),
        count(near, text, far),
        count(far, text, near),
    );
    signals.push(Signal::lost(detail));
    Judged { signals, ways }
}

/// Which of several identical texts another was made from cannot be told: each of them is shown as its neighbour.
fn twin_edges(edges: &[LineageEdge], pairs: &[Pair]) -> Vec<LineageEdge> {
    let mut twins: BTreeMap<&ArticleId, BTreeSet<&ArticleId>> = BTreeMap::new();
    let mut related = BTreeSet::new();
    for pair in pairs.iter().filter(|pair| pair.edge.relation.is_copy()) {
        let (a, b) = (&pair.edge.a, &pair.edge.b);
        related.insert((a, b));
        if pair.edge.relation == Relation::Exact {
            twins.entry(a).or_insert_with(|| [a].into()).insert(b);
            twins.entry(b).or_insert_with(|| [b].into()).insert(a);
        }
    }
    let mut known: BTreeSet<(&ArticleId, &ArticleId)> =
        edges.iter().flat_map(|edge| [(&edge.from, &edge.to), (&edge.to, &edge.from)]).collect();
    let mut found = Vec::new();
    for edge in edges {
        let alone = |id| BTreeSet::from([id]);
        let from = twins.get(&edge.from).cloned().unwrap_or_else(|| alone(&edge.from));
        let to = twins.get(&edge.to).cloned().unwrap_or_else(|| alone(&edge.to));
        if from.contains(&edge.to) || from.len() + to.len() > params::TWINS + 1 {
            continue;
        }
        for (&x, &y) in from.iter().flat_map(|x| to.iter().map(move |y| (x, y))) {
            if related.contains(&(x.min(y), x.max(y))) && known.insert((x, y)) && known.insert((y, x)) {
                let twin = if *x != edge.from { (&edge.from, x) } else { (&edge.to, y) };
                let detail =
                    format!("{} and {} have the same words: {} may stand in the other's place", twin.0, twin.1, twin.1);
                found.push(LineageEdge {
                    from: x.clone(),
                    to: y.clone(),
                    certainty: 0.5,
                    direction: LineageDirection::Undecided,
                    evidence: vec![Evidence::new("twin", detail)],
                });
            }
        }
    }
    found
}

/// A pair with its evidence.
struct Judged {
    signals: Vec<Signal>,
    ways: Ways,
}

impl Judged {
    fn nothing() -> Self {
        Judged { signals: Vec::new(), ways: weigh(&[], 1.0) }
    }

    /// The log-odds that b was made from a and not a from b.
    fn odds(&self, reporting: f64) -> f64 {
        let temper = reporting * params::TEMPER + (1.0 - reporting) * params::TEMPER_REFERENCE;
        temper * (self.ways.a_to_b / self.ways.b_to_a).ln()
    }

    /// How certain a direction is, given how probable the tree makes it: not more than that one of the two was made
    /// from the other at all. It is stated only where a credit shows that, and something else speaks for it too.
    fn certainty(&self, probable: f64, sign: f64, reporting: f64) -> f64 {
        let weight = |of: &dyn Fn(&Signal) -> bool| -> f64 {
            self.signals.iter().filter(|signal| of(signal)).map(|signal| signal.weight * sign).sum()
        };
        let shown = weight(&|signal| signal.shows) > 0.0 && weight(&|signal| !signal.shows) > 0.0;
        let certainty = probable * (1.0 - self.ways.siblings);
        let states = shown && probable * (1.0 - self.ways.siblings_at_most) >= STATED;
        // Where the two stand among the others is nothing that could be shown of the pair.
        let speaks = self.signals.iter().any(|signal| signal.weight * sign > 0.0);
        let certainty = if speaks { certainty } else { certainty * (1.0 - params::NO_EVIDENCE * reporting) };
        let certainty = if states { certainty } else { params::not_shown(certainty) };
        (certainty * 1e3).floor() / 1e3
    }
}

fn direct(pair: &Pair, to_b: f64, to_a: f64, judged: &Judged, reporting: f64) -> PairDirection {
    let same = pair.edge.relation == Relation::Exact && judged.signals.is_empty();
    let (to_b, to_a) = (judged.certainty(to_b, 1.0, reporting), judged.certainty(to_a, -1.0, reporting));
    let (direction, certainty) = match () {
        () if same => (Direction::Undecided, 0.5),
        () if to_b >= PROBABLE => (Direction::AToB, to_b),
        () if to_a >= PROBABLE => (Direction::BToA, to_a),
        () => (Direction::Undecided, to_a.max(to_b)),
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
        certainty,
        evidence: weightiest(&judged.signals, sign),
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

/// An edge of the tree as it is told.
fn edge(link: Link, hung: &Hung, names: &[ArticleId], judged: &Judged, press: f64) -> LineageEdge {
    let to_b = hung.descends(link.a, link.b);
    let (from, to, likelier, sign) =
        if to_b >= 0.5 { (link.a, link.b, to_b, 1.0) } else { (link.b, link.a, 1.0 - to_b, -1.0) };
    let certainty = match link.by {
        By::Pair(_) => judged.certainty(likelier, sign, press),
        By::Lost { .. } => (lost::CERTAIN * likelier * 1e3).floor() / 1e3,
    };
    let decided = certainty >= PROBABLE;
    LineageEdge {
        from: names[from].clone(),
        to: names[to].clone(),
        certainty,
        direction: if decided { LineageDirection::FromTo } else { LineageDirection::Undecided },
        evidence: weightiest(&judged.signals, if decided { sign } else { 0.0 }),
    }
}
