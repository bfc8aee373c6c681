//! The tree of a family: which texts are neighbours, which sources are lost, and how probable each is to be the root.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use wirecopy_model::{ArticleId, ContentId, Relation};

use crate::params::{lineage as params, lost};
use crate::readings::Readings;
use crate::relate::Pair;

/// An edge of the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub a: usize,
    pub b: usize,
    pub by: By,
    pub distance: f64,
}

/// What ties two nodes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    /// The pair with this number.
    Pair(usize),
    /// `a` is a lost source; these two share it with `b`.
    Lost { with: [usize; 2] },
}

/// How far two texts stand from each other: what was changed, each change by the root of its length, for each word
/// they share. So a long passage that one of them lacks counts little more than a short one. Identical texts are at 0.
pub(crate) fn distance(pair: &Pair) -> f64 {
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
pub(crate) struct Tree {
    near: Vec<Vec<(usize, usize)>>,
    pub links: Vec<Link>,
}

impl Tree {
    /// Grown like Kruskal's, except that a text with two neighbours takes a third less readily: `reporting` (0 to 1)
    /// says how much the texts are reports, of which one source has many copies. Of equally near pairs the first two
    /// in the order of ids.
    pub fn spanning(nodes: usize, links: Vec<Link>, reporting: f64) -> Self {
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
    pub fn roots(&self, odds: &[f64], reporting: f64) -> Vec<f64> {
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

    /// Puts lost sources in: where at a text two of its neighbours agree against it more often than chance makes them,
    /// it is not the text between them. All that is so tied hangs on one lost source.
    pub fn add_lost(&mut self, readings: &Readings) {
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
    pub fn names_of_lost(&self, texts: &[ArticleId]) -> Vec<String> {
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
pub(crate) struct Rivals(HashMap<(usize, usize), Vec<(usize, f64)>>);

impl Rivals {
    pub fn of(tree: &Tree, readings: &Readings) -> Self {
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
    pub fn doubt(&self, hung: &Hung, from: usize, to: usize) -> f64 {
        let Some(step) = hung.step(from, to) else { return 0.0 };
        let rivals = self.0.get(&(from, step)).map_or(&[][..], Vec::as_slice);
        rivals.iter().map(|&(rival, as_well)| as_well * hung.descends(rival, from)).sum()
    }
}

/// A tree hung up at one node of each component, to ask for descent: how probable the root is to lie in each part.
pub(crate) struct Hung {
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
    pub fn of(tree: &Tree, roots: &[f64]) -> Self {
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
    pub fn descends(&self, from: usize, to: usize) -> f64 {
        match self.step(from, to) {
            None => 0.0,
            Some(step) if self.parent[step] == from && step != self.parent[from] => 1.0 - self.below[step],
            Some(_) => self.below[from],
        }
    }
}
