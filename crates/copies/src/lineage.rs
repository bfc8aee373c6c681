use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use wirecopy_model::{
    ArticleId, ContentId, Direction, Evidence, Family, LineageDirection, LineageEdge, PROBABLE, Relation, STATED,
};

use crate::damage::{Damage, damage};
use crate::direction::{Sides, Signal, Third, Ways, reporting, signals, signals_of_lost, weigh};
use crate::document::Document;
use crate::merge::{Nodes, Tie};
use crate::params::{lineage as params, lost, merge};
use crate::readings::Readings;
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
        (0..tree.links.len()).map(|at| tree.edge(at, &hung, &names, &judged[at], news)).collect();
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

/// An edge of the tree.
#[derive(Clone, Copy, Debug)]
struct Link {
    a: usize,
    b: usize,
    by: By,
    distance: f64,
}

/// What ties two nodes.
#[derive(Clone, Copy, Debug)]
enum By {
    /// The pair with this number.
    Pair(usize),
    /// `a` is a lost source; these two share it with `b`.
    Lost { with: [usize; 2] },
}

/// How far two texts stand from each other: what was changed, each change by the root of its length, for each word
/// they share. So a long passage that one of them lacks counts little more than a short one. Identical texts are at 0.
fn distance(pair: &Pair) -> f64 {
    let changed = |words: usize| (words as f64).sqrt();
    let gaps = pair.alignment.gaps.iter().map(|gap| changed((gap.a.1 - gap.a.0).max(gap.b.1 - gap.b.0)));
    let moved = pair.alignment.tiles.iter().filter(|tile| tile.moved).map(|tile| changed(tile.len));
    let forms = pair.runs.len().saturating_sub(pair.alignment.tiles.len()) as f64;
    let all = gaps.sum::<f64>() + moved.sum::<f64>() + forms;
    if pair.edge.relation == Relation::Exact {
        0.0
    } else {
        CHARACTERS * all / (pair.edge.edits.kept as f64 + params::SHARED_WORDS)
    }
}

/// The root of how many characters a word has: changes are measured in the root of characters.
const CHARACTERS: f64 = 2.3;

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
    /// from the other at all, and never stated without evidence of its own that shows how.
    fn certainty(&self, probable: f64, sign: f64, reporting: f64) -> f64 {
        let shown: f64 = self.signals.iter().filter(|signal| signal.shows).map(|signal| signal.weight * sign).sum();
        let certainty = probable * (1.0 - self.ways.siblings);
        let states = shown >= params::SHOWN && probable * (1.0 - self.ways.siblings_at_most) >= STATED;
        let certainty = if states { certainty } else { certainty.min(params::NOT_SHOWN) };
        // Where the two stand among the others is nothing that could be shown of the pair.
        let speaks = self.signals.iter().any(|signal| signal.weight * sign > 0.0);
        let certainty = if speaks { certainty } else { certainty * (1.0 - params::NO_EVIDENCE * reporting) };
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

/// What it costs to take a link up, and the link's ends to tell equal costs apart.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost(f64, usize, usize);

impl Eq for Cost {}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then((self.1, self.2).cmp(&(other.1, other.2)))
    }
}

/// The node that stands for all that are tied to this one.
fn find(top: &mut [usize], mut at: usize) -> usize {
    while top[at] != at {
        top[at] = top[top[at]];
        at = top[at];
    }
    at
}

/// The spanning tree (or forest) of least distance.
struct Tree {
    near: Vec<Vec<(usize, usize)>>,
    links: Vec<Link>,
}

impl Tree {
    /// Grown like Kruskal's, except that a text with two neighbours takes a third less readily: `reporting` (0 to 1)
    /// says how much the texts are reports, of which one source has many copies. Of equally near pairs the first two
    /// in the order of ids.
    fn spanning(nodes: usize, links: Vec<Link>, reporting: f64) -> Self {
        let mut tree = Tree { near: vec![Vec::new(); nodes], links: Vec::new() };
        let mut top: Vec<usize> = (0..nodes).collect();
        let cost = |tree: &Tree, link: &Link| {
            let over = tree.near[link.a].len().saturating_sub(1) + tree.near[link.b].len().saturating_sub(1);
            let share = params::THIRD_NEIGHBOUR_SHARE * (1.0 - reporting) * link.distance;
            Cost(link.distance + over as f64 * (params::THIRD_NEIGHBOUR + share), link.a, link.b)
        };
        // A link's cost only rises while the tree grows: one that is taken up with an old cost goes back with the new.
        let mut queue: BinaryHeap<(Reverse<Cost>, usize)> =
            links.iter().enumerate().map(|(at, link)| (Reverse(cost(&tree, link)), at)).collect();
        while let Some((Reverse(old), at)) = queue.pop() {
            let link: Link = links[at];
            let (x, y) = (find(&mut top, link.a), find(&mut top, link.b));
            if x == y {
                continue;
            }
            let new = cost(&tree, &link);
            if new > old {
                queue.push((Reverse(new), at));
                continue;
            }
            top[x.max(y)] = x.min(y);
            tree.add(link);
        }
        tree
    }

    /// How probable it is that each node is the root of its tree, given the log-odds of each link's direction.
    fn roots(&self, odds: &[f64], reporting: f64) -> Vec<f64> {
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
            let prior = |node: usize| {
                let neighbours = self.near[node].len();
                let inner = if neighbours == 2 { params::INNER_ROOT.ln() } else { 0.0 };
                let hub = params::HUB * (neighbours.max(1) as f64).ln();
                reporting * hub + (1.0 - reporting) * inner
            };
            let best = score.iter().map(|&(node, own)| own + prior(node)).fold(f64::MIN, f64::max);
            let sum: f64 = score.iter().map(|&(node, own)| (own + prior(node) - best).exp()).sum();
            for (node, own) in score {
                probable[node] = (own + prior(node) - best).exp() / sum;
            }
        }
        probable
    }

    fn edge(&self, at: usize, hung: &Hung, names: &[ArticleId], judged: &Judged, press: f64) -> LineageEdge {
        let link = self.links[at];
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

    /// Puts lost sources in: where at a text two of its neighbours agree against it more often than chance makes them,
    /// it is not the text between them. All that is so tied hangs on one lost source.
    fn add_lost(&mut self, readings: &Readings) {
        let mut class: Vec<usize> = (0..self.links.len()).collect();
        for (text, near) in self.near.iter().enumerate() {
            let near = &near[..near.len().min(lost::NEIGHBOURS)];
            for (nth, &(x, by_x)) in near.iter().enumerate() {
                for &(y, by_y) in &near[nth + 1..] {
                    if readings.is_apart(text, x, y) {
                        let (one, other) = (find(&mut class, by_x), find(&mut class, by_y));
                        class[one.max(other)] = one.min(other);
                    }
                }
            }
            readings.forget();
        }
        let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for link in 0..class.len() {
            classes.entry(find(&mut class, link)).or_default().push(link);
        }
        let mut tree = Tree { near: vec![Vec::new(); self.near.len()], links: Vec::new() };
        for links in classes.into_values() {
            if let [link] = links.as_slice() {
                tree.add(self.links[*link]);
                continue;
            }
            let texts: BTreeSet<usize> = links.iter().flat_map(|&at| [self.links[at].a, self.links[at].b]).collect();
            let source = tree.near.len();
            tree.near.push(Vec::new());
            for &text in &texts {
                if let Some(with) = readings.nearest_two(text, &texts) {
                    tree.add(Link { a: source, b: text, by: By::Lost { with }, distance: 0.0 });
                }
            }
        }
        *self = tree;
    }

    fn add(&mut self, link: Link) {
        self.near[link.a].push((link.b, self.links.len()));
        self.near[link.b].push((link.a, self.links.len()));
        self.links.push(link);
    }

    /// The names of the lost sources, which follow from the texts around them.
    fn names_of_lost(&self, texts: &[ArticleId]) -> Vec<String> {
        let name = |near: &Vec<(usize, usize)>| {
            let mut around: Vec<&str> = near.iter().filter_map(|&(to, _)| Some(texts.get(to)?.as_str())).collect();
            around.sort_unstable();
            format!("lost-{}", &ContentId::of("lost", around).to_string()[..8])
        };
        self.near[texts.len()..].iter().map(name).collect()
    }
}

/// For each step in the tree, from a text to a neighbour: other neighbours of the text from which that one may as well
/// have been made, with the probability.
#[derive(Default)]
struct Rivals(HashMap<(usize, usize), Vec<(usize, f64)>>);

impl Rivals {
    fn of(tree: &Tree, readings: &Readings) -> Self {
        let mut rivals = Rivals::default();
        for (text, near) in tree.near.iter().enumerate() {
            for &(to, _) in near {
                let others = near.iter().filter(|&&(other, _)| other != to).take(lost::NEIGHBOURS);
                let found: Vec<(usize, f64)> = others
                    .filter_map(|&(other, _)| {
                        // Of two with the same words it does not matter which it was.
                        if readings.are_one_text(text, other) {
                            return None;
                        }
                        // Where the neighbour agrees with this text against the other, and the other way round.
                        let (with, against) = (readings.odd(other, text, to)?, readings.odd(text, other, to)?);
                        let more = lost::PLACE * (with as f64 - against as f64);
                        Some((other, 1.0 / (1.0 + more.exp())))
                    })
                    .collect();
                rivals.0.insert((text, to), found);
            }
            readings.forget();
        }
        rivals
    }

    /// How probable it is that what seems to descend from `from` was made from something above it.
    fn doubt(&self, hung: &Hung, from: usize, to: usize) -> f64 {
        let Some(step) = hung.step(from, to) else { return 0.0 };
        let rivals = self.0.get(&(from, step)).map_or(&[][..], Vec::as_slice);
        rivals.iter().map(|&(rival, as_well)| as_well * hung.descends(rival, from)).sum()
    }
}

/// A tree hung up at one node of each component, to ask for descent: how probable the root is to lie in each part.
struct Hung {
    /// When each node is entered and left on a walk; the nodes below one are those entered in between.
    entered: Vec<usize>,
    left: Vec<usize>,
    /// Of the nodes below each, itself with them, how probable it is that one is the root.
    below: Vec<f64>,
    /// The nodes right below each, in the order of the walk.
    children: Vec<Vec<usize>>,
    /// The node right above each; itself for a top.
    parent: Vec<usize>,
    component: Vec<usize>,
}

impl Hung {
    fn of(tree: &Tree, roots: &[f64]) -> Self {
        let nodes = tree.near.len();
        let mut hung = Hung {
            entered: vec![usize::MAX; nodes],
            left: vec![0; nodes],
            below: roots.to_vec(),
            children: vec![Vec::new(); nodes],
            parent: (0..nodes).collect(),
            component: vec![0; nodes],
        };
        let mut clock = 0;
        for top in 0..nodes {
            if hung.entered[top] == usize::MAX {
                hung.walk(tree, top, &mut clock);
            }
        }
        hung
    }

    fn walk(&mut self, tree: &Tree, top: usize, clock: &mut usize) {
        let mut stack = vec![(top, 0)];
        self.entered[top] = *clock;
        while let Some((node, next)) = stack.pop() {
            self.component[node] = top;
            if let Some(&(to, _)) = tree.near[node].get(next) {
                stack.push((node, next + 1));
                if self.entered[to] == usize::MAX {
                    *clock += 1;
                    self.entered[to] = *clock;
                    self.children[node].push(to);
                    self.parent[to] = node;
                    stack.push((to, 0));
                }
            } else {
                *clock += 1;
                self.left[node] = *clock;
                if let Some(&(parent, _)) = stack.last() {
                    self.below[parent] += self.below[node];
                }
            }
        }
    }

    fn is_below(&self, node: usize, top: usize) -> bool {
        self.entered[top] <= self.entered[node] && self.left[node] <= self.left[top]
    }

    /// The first node on the way from one to another of the same tree.
    fn step(&self, from: usize, to: usize) -> Option<usize> {
        if from == to || self.component[from] != self.component[to] {
            None
        } else if self.is_below(to, from) {
            let children = &self.children[from];
            Some(children[children.partition_point(|&child| self.entered[child] <= self.entered[to]) - 1])
        } else {
            Some(self.parent[from])
        }
    }

    /// How probable it is that `to` was made from `from`, directly or not: that the root is nowhere in the part of the
    /// tree in which `to` would stand without `from`.
    fn descends(&self, from: usize, to: usize) -> f64 {
        match self.step(from, to) {
            None => 0.0,
            Some(step) if self.parent[step] == from && step != self.parent[from] => 1.0 - self.below[step],
            Some(_) => self.below[from],
        }
    }
}
