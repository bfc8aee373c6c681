//! The lineage picture: time to the right, copies hanging from what they were made from. Laid out here, written as SVG
//! and as a nested list by one template.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use wirecopy::model::{ArticleId, Family, LineageDirection, LineageEdge};

use crate::words::{self, Claim};

/// What the picture says of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub label: String,
    pub headline: String,
    pub date: String,
    pub day: Option<Date>,
    /// Its page.
    pub href: String,
    /// Whether it roots an account.
    pub root: bool,
    /// Whether that account was made from something that is not here.
    pub orphan: bool,
}

/// A picture that is laid out. Lengths are in CSS pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub width: i32,
    pub height: i32,
    pub ticks: Vec<Tick>,
    pub rows: Vec<Row>,
    /// How many articles have no room in the picture; the list has them all.
    pub left_out: usize,
    pub list: Vec<Item>,
}

/// A day on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    pub x: i32,
    pub label: String,
}

/// An article with what it hangs from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub x: i32,
    pub y: i32,
    pub edges: Vec<Edge>,
    pub label: String,
    pub date: String,
    pub headline: String,
    /// Its page; none for a lost source.
    pub href: Option<String>,
    pub kind: &'static str,
    pub note: &'static str,
    /// The width of what can be clicked.
    pub reach: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub path: String,
    /// The head of the arrow, where the direction may be claimed.
    pub head: Option<String>,
    pub class: &'static str,
    pub says: String,
    /// The page of the pair, if it has one.
    pub href: Option<String>,
}

/// A line of the list that says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Whether it is the first of a list within the one before it.
    pub opens: bool,
    /// How many lists end after it.
    pub closes: usize,
    pub label: String,
    pub date: String,
    pub href: Option<String>,
    pub note: &'static str,
    /// What it hangs from: the claim, the name, the page of the pair.
    pub sources: Vec<(&'static str, String, Option<String>)>,
}

const LEFT: i32 = 20;
const PLOT: i32 = 540;
const LABELS: i32 = 300;
const TOP: i32 = 44;
const ROW: i32 = 34;
/// A copy stands at least so far to the right of its source: within a day time says nothing.
const STEP: i32 = 26;
const RADIUS: i32 = 6;
const BEND: i32 = 8;
/// The most rows that a picture has: more than anybody follows with the eye.
const MOST: usize = 120;
/// The most characters of a label.
const LABEL: usize = 30;

/// An article, or a lost source of one family.
type Key<'a> = (Option<usize>, &'a ArticleId);

struct Node<'a> {
    key: Key<'a>,
    depth: usize,
    parent: Option<(usize, &'a LineageEdge)>,
    /// Other edges that end here, with the rows from which they come.
    more: Vec<(usize, &'a LineageEdge)>,
}

/// Lays out these families, and these articles of no family. `pair` gives the page of two articles, if they have one.
pub(crate) fn draw(
    families: &[Family],
    singles: &[&ArticleId],
    facts: &BTreeMap<ArticleId, Facts>,
    pair: impl Fn(&ArticleId, &ArticleId) -> Option<String>,
) -> Picture {
    let nodes = forest(families, singles, facts);
    let shown = &nodes[..nodes.len().min(MOST)];
    let days = shown.iter().filter_map(|node| day(node, facts));
    let (first, last) = (days.clone().min(), days.max());
    let xs = places(shown, facts, first, last);
    let rows = shown.iter().enumerate().map(|(at, node)| {
        let edges = node.parent.iter().map(|edge| (edge, false)).chain(node.more.iter().map(|edge| (edge, true)));
        let edges = edges.filter(|((from, _), _)| *from < shown.len()).map(|(&(from, edge), extra)| {
            lay_edge((xs[from], y(from)), (xs[at], y(at)), edge, extra, &nodes, from, facts, &pair)
        });
        let edges = edges.collect();
        row(node, facts, xs[at], y(at), edges)
    });
    Picture {
        width: LEFT + PLOT + LABELS,
        height: TOP + ROW * i32::try_from(shown.len()).unwrap_or(0),
        ticks: ticks(first, last),
        rows: rows.collect(),
        left_out: nodes.len() - shown.len(),
        list: list(&nodes, facts, &pair),
    }
}

fn day(node: &Node, facts: &BTreeMap<ArticleId, Facts>) -> Option<Date> {
    facts_of(node.key, facts)?.day
}

fn facts_of<'f>(key: Key, facts: &'f BTreeMap<ArticleId, Facts>) -> Option<&'f Facts> {
    if key.0.is_some() { None } else { facts.get(key.1) }
}

/// All nodes, each after what it hangs from, as a tree is read: first a source, then its copies in the order of time.
fn forest<'a>(families: &'a [Family], singles: &[&'a ArticleId], facts: &BTreeMap<ArticleId, Facts>) -> Vec<Node<'a>> {
    let mut into: BTreeMap<Key, Vec<(Key, &LineageEdge)>> = BTreeMap::new();
    for id in singles {
        into.entry((None, id)).or_default();
    }
    for (number, family) in families.iter().enumerate() {
        let key = |id: &'a ArticleId| {
            let lost = family.latent.iter().any(|name| name == id.as_str());
            (lost.then_some(number), id)
        };
        for id in &family.members {
            into.entry((None, id)).or_default();
        }
        for edge in &family.edges {
            into.entry(key(&edge.from)).or_default();
            into.entry(key(&edge.to)).or_default().push((key(&edge.from), edge));
        }
    }
    let order = |key: &Key| {
        let day = facts_of(*key, facts).and_then(|facts| facts.day);
        (day.is_none(), day)
    };
    let mut out: BTreeMap<Key, Vec<(Key, &LineageEdge)>> = BTreeMap::new();
    for (to, edges) in &mut into {
        // The surest direction comes first: from that one it hangs.
        edges.sort_by_key(|(from, edge)| {
            (edge.direction != LineageDirection::FromTo, Reverse((edge.certainty * 1000.0) as i64), *from)
        });
        if let Some((from, edge)) = edges.first() {
            out.entry(*from).or_default().push((*to, edge));
        }
    }
    for copies in out.values_mut() {
        copies.sort_by_key(|(to, _)| Reverse((order(to), *to)));
    }
    let mut roots: Vec<Key> = into.iter().filter(|(_, edges)| edges.is_empty()).map(|(key, _)| *key).collect();
    // A lost source stands where the first of its copies does; the copies lie the last first.
    let first = |key: &Key<'a>| match out.get(key).and_then(|copies| copies.last()) {
        Some((copy, _)) if key.0.is_some() => order(copy),
        _ => order(key),
    };
    roots.sort_by_key(|key| (first(key), *key));
    let mut nodes: Vec<Node> = Vec::new();
    let mut place: BTreeMap<Key, usize> = BTreeMap::new();
    // A circle, which only doubtful edges can make, has no root: it is entered at its first member.
    for root in roots.into_iter().chain(into.keys().copied()) {
        let mut next = vec![(root, None, 0)];
        while let Some((key, parent, depth)) = next.pop() {
            if place.contains_key(&key) {
                continue;
            }
            place.insert(key, nodes.len());
            let here = nodes.len();
            nodes.push(Node { key, depth, parent, more: Vec::new() });
            let copies = out.get(&key).into_iter().flatten();
            next.extend(copies.map(|(to, edge)| (*to, Some((here, *edge)), depth + 1)));
        }
    }
    for node in &mut nodes {
        let parent = node.parent.map(|(_, edge)| edge);
        let others =
            into[&node.key].iter().filter(|(_, edge)| !parent.is_some_and(|parent| std::ptr::eq(parent, *edge)));
        node.more = others.map(|(from, edge)| (place[from], *edge)).collect();
    }
    nodes
}

/// The place on the axis of each node: its day, but always to the right of what it hangs from.
fn places(nodes: &[Node], facts: &BTreeMap<ArticleId, Facts>, first: Option<Date>, last: Option<Date>) -> Vec<i32> {
    let mut xs: Vec<i32> = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        let own = day(node, facts).map(|day| at_day(day, first, last));
        // A source that is lost or undated stands just before the first of its copies.
        let copies = || nodes[at + 1..].iter().take_while(|other| other.depth > node.depth);
        let before = || copies().find_map(|other| day(other, facts)).map(|day| at_day(day, first, last) - STEP);
        let least = node.parent.map_or(LEFT, |(from, _)| xs[from] + STEP);
        xs.push(own.or_else(before).unwrap_or(least).max(least).min(LEFT + PLOT));
    }
    xs
}

fn at_day(day: Date, first: Option<Date>, last: Option<Date>) -> i32 {
    let (Some(first), Some(last)) = (first, last) else { return LEFT };
    let all = days_between(first, last).max(1);
    // A margin on the left for sources without a day, on the right for copies of the last day.
    let (from, to) = (LEFT + STEP, LEFT + PLOT - 3 * STEP);
    from + (i64::from(to - from) * days_between(first, day) / all) as i32
}

fn days_between(first: Date, last: Date) -> i64 {
    last.since(first).map_or(0, |span| i64::from(span.get_days()))
}

fn ticks(first: Option<Date>, last: Option<Date>) -> Vec<Tick> {
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let all = days_between(first, last);
    let step = [1, 2, 7, 14, 30, 91, 182, 365].into_iter().find(|step| all / step <= 6).unwrap_or(all / 6);
    let mut year = None;
    let mut ticks = Vec::new();
    for number in (0..=all).step_by(usize::try_from(step.max(1)).unwrap_or(1)) {
        let Ok(day) = first.checked_add(number.days()) else { break };
        let label = if year.replace(day.year()) == Some(day.year()) { words::short_day(day) } else { words::day(day) };
        ticks.push(Tick { x: at_day(day, Some(first), Some(last)), label });
    }
    ticks
}

fn y(row: usize) -> i32 {
    TOP + ROW * i32::try_from(row).unwrap_or(0) + ROW / 2
}

fn claim(edge: &LineageEdge) -> Claim {
    Claim::of(edge.direction == LineageDirection::FromTo, edge.certainty)
}

fn name(key: Key, facts: &BTreeMap<ArticleId, Facts>) -> String {
    match facts_of(key, facts) {
        Some(facts) => facts.label.clone(),
        None => "a lost source".into(),
    }
}

#[allow(clippy::too_many_arguments)]
fn lay_edge(
    (from_x, from_y): (i32, i32),
    (x, y): (i32, i32),
    edge: &LineageEdge,
    extra: bool,
    nodes: &[Node],
    from: usize,
    facts: &BTreeMap<ArticleId, Facts>,
    pair: &impl Fn(&ArticleId, &ArticleId) -> Option<String>,
) -> Edge {
    let claim = claim(edge);
    let end = x - RADIUS - 1;
    let down = if y > from_y { 1 } else { -1 };
    let path = if !extra && end > from_x + BEND {
        let (start, bend) = (from_y + RADIUS, y - BEND);
        format!("M{from_x} {start}V{bend}q0 {BEND} {BEND} {BEND}H{end}")
    } else {
        let (start, half) = (from_y + down * RADIUS, (from_y + y) / 2);
        format!("M{from_x} {start}C{from_x} {half} {} {y} {end} {y}", end - 2 * STEP)
    };
    let decided = matches!(claim, Claim::Stated | Claim::Probable);
    let head = decided.then(|| format!("M{} {}L{end} {y}L{} {}", end - 6, y - 4, end - 6, y + 4));
    let (copy, source) =
        (facts.get(&edge.to).map_or(String::new(), |facts| facts.label.clone()), name(nodes[from].key, facts));
    Edge {
        path,
        head,
        class: claim.class(),
        says: format!("{copy}: {} {source}", claim.made_from()),
        href: pair(&edge.from, &edge.to),
    }
}

fn row(node: &Node, facts: &BTreeMap<ArticleId, Facts>, x: i32, y: i32, edges: Vec<Edge>) -> Row {
    let known = facts_of(node.key, facts).cloned().unwrap_or_default();
    let lost = node.key.0.is_some();
    let label = words::clip(&name(node.key, facts), LABEL);
    let kind = match () {
        () if lost => "lost",
        () if known.orphan => "orphan",
        () if known.root => "root",
        () => "copy",
    };
    let note = if kind == "orphan" { "orphan" } else { "" };
    let date = if lost { String::new() } else { known.date };
    let letters = label.chars().count() + date.chars().count() + note.len() + 4;
    let reach = (RADIUS * 2 + 12 + 8 * i32::try_from(letters).unwrap_or(0)).min(LABELS);
    Row { x, y, edges, label, date, headline: known.headline, href: (!lost).then_some(known.href), kind, note, reach }
}

fn list(
    nodes: &[Node],
    facts: &BTreeMap<ArticleId, Facts>,
    pair: &impl Fn(&ArticleId, &ArticleId) -> Option<String>,
) -> Vec<Item> {
    // Below this depth a list is no longer readable: the rest stands side by side.
    const DEEPEST: usize = 12;
    let depth = |node: &Node| node.depth.min(DEEPEST);
    let item = |at: usize| {
        let node = &nodes[at];
        let next = nodes.get(at + 1).map_or(0, depth);
        let known = facts_of(node.key, facts);
        let sources =
            node.parent.iter().chain(&node.more).map(|&(from, edge)| {
                (claim(edge).made_from(), name(nodes[from].key, facts), pair(&edge.from, &edge.to))
            });
        Item {
            opens: at > 0 && depth(node) > depth(&nodes[at - 1]),
            closes: depth(node).saturating_sub(next),
            label: name(node.key, facts),
            date: known.map_or(String::new(), |facts| facts.date.clone()),
            href: known.map(|facts| facts.href.clone()),
            note: if known.is_some_and(|facts| facts.orphan) { "orphan" } else { "" },
            sources: sources.collect(),
        }
    };
    (0..nodes.len()).map(item).collect()
}

/// The ids that are in none of these families.
pub(crate) fn singles<'a>(all: &'a [ArticleId], families: &[Family]) -> Vec<&'a ArticleId> {
    let members: BTreeSet<&ArticleId> = families.iter().flat_map(|family| &family.members).collect();
    all.iter().filter(|id| !members.contains(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// Draws a family given as lines: `a 3` is an article of 3 May, `b -` an undated one, `a > b .99` says that `b` was
    /// made from `a`, `a ~ b .6` that which came first is open, `?x` is a lost source.
    fn check(lines: &str, expected: Expect) {
        let mut family = Family { members: Vec::new(), edges: Vec::new(), latent: Vec::new() };
        let mut facts = BTreeMap::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match *line.split(' ').collect::<Vec<_>>() {
                [from, kind, to, certainty] => family.edges.push(LineageEdge {
                    from: from.into(),
                    to: to.into(),
                    certainty: certainty.parse().unwrap(),
                    direction: if kind == ">" { LineageDirection::FromTo } else { LineageDirection::Undecided },
                    evidence: Vec::new(),
                }),
                [lost] => family.latent.push(lost.into()),
                [id, day] => {
                    let day = day.parse().ok().map(|day| jiff::civil::date(2023, 5, day));
                    let root = family.members.is_empty();
                    family.members.push(id.into());
                    facts.insert(
                        id.into(),
                        Facts { label: id.into(), day, root, href: format!("{id}.html"), ..Facts::default() },
                    );
                }
                _ => panic!("{line}"),
            }
        }
        family.members.sort();
        let picture = draw(&[family], &[], &facts, |one, other| Some(format!("{one}+{other}.html")));
        let mut drawn = format!("{} by {}\n", picture.width, picture.height);
        for row in &picture.rows {
            drawn += &format!("{:>3} {:>3} {} {}", row.x, row.y, row.label, row.kind);
            for edge in &row.edges {
                drawn += &format!("  {} {}{}", edge.class, edge.path, if edge.head.is_some() { " >" } else { "" });
            }
            drawn += "\n";
        }
        let mut depth = 1;
        for item in &picture.list {
            depth += usize::from(item.opens);
            drawn += &format!("{}{}", "- ".repeat(depth), item.label);
            for (claim, source, _) in &item.sources {
                drawn += &format!("; {claim} {source}");
            }
            drawn += "\n";
            depth -= item.closes;
        }
        assert_eq!(depth, 1, "each list that is opened ends");
        expected.assert_eq(&drawn);
    }

    #[test]
    fn copies_hang_from_their_sources() {
        check(
            "a 1\nb 2\nc 5\nd 2\na > b .99\nb > c .8\na ~ d .6",
            expect![[r#"
            860 by 180
             46  61 a root
            155  95 b copy  stated M46 67V87q0 8 8 8H148 >
            482 129 c copy  probable M155 101V121q0 8 8 8H475 >
            155 163 d copy  undecided M46 67V155q0 8 8 8H148
            - a
            - - b; made from a
            - - - c; probably made from b
            - - d; shares a text with a
        "#]],
        );
    }

    #[test]
    fn a_page_that_merges_two_has_two_edges() {
        check(
            "a 1\nb 2\nc 3\na > c .99\nb > c .9",
            expect![[r#"
            860 by 146
             46  61 a root
            482  95 c copy  stated M46 67V87q0 8 8 8H475 >  probable M264 123C264 112 423 95 475 95 >
            264 129 b copy
            - a
            - - c; made from a; probably made from b
            - b
        "#]],
        );
    }

    #[test]
    fn lost_and_undated_sources_stand_before_their_copies() {
        check(
            "?x\na 4\nb 5\nc -\n?x > a .9\n?x > b .9\nc > b .8",
            expect![[r#"
            860 by 180
             20  61 a lost source lost
             46  95 a root  probable M20 67V87q0 8 8 8H39 >
            482 129 b copy  probable M20 67V121q0 8 8 8H475 >  probable M20 157C20 146 423 129 475 129 >
             20 163 c copy
            - a lost source
            - - a; probably made from a lost source
            - - b; probably made from a lost source; probably made from c
            - c
        "#]],
        );
    }

    #[test]
    fn a_circle_is_entered_somewhere() {
        check(
            "a 1\nb 1\na > b .8\nb > a .8",
            expect![[r#"
            860 by 112
             46  61 a root  probable M72 89C72 78 -13 61 39 61 >
             72  95 b copy  probable M46 67V87q0 8 8 8H65 >
            - a; probably made from b
            - - b; probably made from a
        "#]],
        );
    }

    #[test]
    fn a_copy_is_never_drawn_before_its_source() {
        check(
            "a 9\nb 1\na > b .99",
            expect![[r#"
            860 by 112
            482  61 a root
            508  95 b copy  stated M482 67V87q0 8 8 8H501 >
            - a
            - - b; made from a
        "#]],
        );
    }

    #[test]
    fn long_chains_stay_in_the_picture() {
        let ids: Vec<ArticleId> = (0..5_000).map(|n| format!("{n:04}").into()).collect();
        let edges = ids.windows(2).map(|two| LineageEdge {
            from: two[0].clone(),
            to: two[1].clone(),
            certainty: 0.9,
            direction: LineageDirection::FromTo,
            evidence: Vec::new(),
        });
        let family = Family { members: ids.clone(), edges: edges.collect(), latent: Vec::new() };
        let picture = draw(&[family], &[], &BTreeMap::new(), |_, _| None);
        assert_eq!((picture.rows.len(), picture.left_out, picture.list.len()), (MOST, 5_000 - MOST, 5_000));
        assert!(picture.rows.iter().all(|row| row.x <= LEFT + PLOT));
    }
}
