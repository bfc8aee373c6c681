use std::collections::HashMap;

use askama::Template;
use wirecopy::{Error, SourceCopy};

use super::render;
use crate::links::{Site, address};
use crate::style::{Frame, Head};
use crate::words::{clip, counted};

/// Who copies whom, the most first.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The ties.
    pub ties: Vec<SourceCopy>,
}

#[derive(Template)]
#[template(path = "room/network.html")]
struct NetworkPage {
    head: Head,
    lead: String,
    side: i32,
    nodes: Vec<Node>,
    ties: Vec<Tie>,
    more: usize,
    /// Addresses and words of the table.
    rows: Vec<(String, String, String, String, String, usize, String)>,
}

struct Node {
    x: i32,
    y: i32,
    tx: i32,
    ty: i32,
    anchor: &'static str,
    name: String,
    label: String,
    href: String,
}

struct Tie {
    path: String,
    head: String,
    says: String,
    /// From 1 to 4.
    width: usize,
}

const SIDE: i32 = 760;
const RADIUS: f64 = 230.0;
/// More sources than these nobody tells apart in a circle.
const MOST_NODES: usize = 36;
const LABEL: usize = 22;

/// The page of the network.
pub fn network(network: &Network, frame: Frame) -> Result<String, Error> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut names: Vec<&str> = Vec::new();
    let mut drawn: Vec<&SourceCopy> = Vec::new();
    for tie in &network.ties {
        let new = [&tie.source, &tie.copy].into_iter().filter(|name| !places.contains_key(name.as_str())).count();
        if names.len() + new > MOST_NODES {
            continue;
        }
        for name in [&tie.source, &tie.copy] {
            places.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
        }
        drawn.push(tie);
    }
    let angle = |place: usize| std::f64::consts::TAU * place as f64 / names.len().max(1) as f64;
    let point = |place: usize, radius: f64| {
        let centre = f64::from(SIDE) / 2.0;
        (centre + radius * angle(place).sin(), centre - radius * angle(place).cos())
    };
    let node = |(place, name): (usize, &&str)| {
        let (x, y) = point(place, RADIUS);
        let (tx, ty) = point(place, RADIUS + 16.0);
        let anchor = match angle(place).sin() {
            s if s > 0.2 => "start",
            s if s < -0.2 => "end",
            _ => "middle",
        };
        let name = (*name).to_owned();
        let (label, href) = (clip(&name, LABEL), Site::Room.source(&name));
        Node { x: x as i32, y: y as i32, tx: tx as i32, ty: ty as i32 + 5, anchor, label, href, name }
    };
    let most = drawn.iter().map(|tie| tie.pages).max().unwrap_or(1);
    let tie = |tie: &&SourceCopy| {
        let (from, to) = (point(places[tie.source.as_str()], RADIUS), point(places[tie.copy.as_str()], RADIUS));
        let centre = f64::from(SIDE) / 2.0;
        // Bent towards the centre, so that the two ways between a pair of sources do not lie on each other.
        let side = if tie.source < tie.copy { 18.0 } else { -18.0 };
        let bend = ((from.0 + to.0) / 4.0 + centre / 2.0 + side, (from.1 + to.1) / 4.0 + centre / 2.0 - side);
        let (dx, dy) = (to.0 - bend.0, to.1 - bend.1);
        let length = dx.hypot(dy).max(1.0);
        let (ux, uy) = (dx / length, dy / length);
        let tip = (to.0 - 8.0 * ux, to.1 - 8.0 * uy);
        let back = (tip.0 - 9.0 * ux, tip.1 - 9.0 * uy);
        Tie {
            path: format!("M{:.0} {:.0}Q{:.0} {:.0} {:.0} {:.0}", from.0, from.1, bend.0, bend.1, back.0, back.1),
            head: format!(
                "M{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}Z",
                tip.0,
                tip.1,
                back.0 - 4.0 * uy,
                back.1 + 4.0 * ux,
                back.0 + 4.0 * uy,
                back.1 - 4.0 * ux
            ),
            says: format!("{} on {}: {}", tie.source, tie.copy, counted(tie.pages, "page", "pages")),
            width: 1 + 3 * (tie.pages - 1) / most,
        }
    };
    let row = |tie: &SourceCopy| {
        let SourceCopy { source, copy, pages, lag } = tie;
        let pairs = address("/copies", &[("source", source), ("copy", copy)]);
        let lag = lag.map_or(String::new(), |days| format!("{days:.1}"));
        let (from, by) = (Site::Room.source(source), Site::Room.source(copy));
        (from, source.clone(), by, copy.clone(), pairs, *pages, lag)
    };
    render(&NetworkPage {
        head: Head::room("Who copies whom", frame),
        lead: format!(
            "{} between sources, stated or probable, from most pages to fewest.",
            counted(network.ties.len(), "tie", "ties")
        ),
        side: SIDE,
        nodes: names.iter().enumerate().map(node).collect(),
        more: network.ties.len() - drawn.len(),
        ties: drawn.iter().map(tie).collect(),
        rows: network.ties.iter().map(row).collect(),
    })
}
