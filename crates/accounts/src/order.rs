use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use wirecopy_model::{ArticleId, CopyEdge, Direction, DocumentDate, Family, LineageDirection, PROBABLE};

/// The articles of some families in an order in which each stands after what it was made from.
///
/// Decided directions come first: edges of the lineage, then pairs that are at least probable. Where nothing is
/// decided the earlier date goes first, then dated before undated, then the id, so that the order depends on nothing
/// but the content. A circle of directions, which only doubtful pairs can make, is cut at its earliest member.
pub fn order(
    families: &[&Family],
    pairs: &[&CopyEdge],
    date: impl Fn(&ArticleId) -> Option<DocumentDate>,
) -> Vec<ArticleId> {
    let members: BTreeSet<&ArticleId> = families.iter().flat_map(|family| &family.members).collect();
    let after = decided(families, pairs, &members);
    let mut waits: BTreeMap<&ArticleId, usize> = members.iter().map(|id| (*id, 0)).collect();
    for copies in after.values() {
        for copy in copies {
            *waits.entry(copy).or_default() += 1;
        }
    }
    let key = |id: &ArticleId| {
        let day =
            date(id).and_then(|date| date.value.map(|value| value.day()).or(date.interval.map(|days| days.start)));
        (day.is_none(), day)
    };
    let keys: BTreeMap<&ArticleId, _> = members.iter().map(|id| (*id, key(id))).collect();
    let mut ready: BinaryHeap<_> =
        waits.iter().filter(|(_, waits)| **waits == 0).map(|(id, _)| Reverse((keys[id], *id))).collect();
    let mut left = members;
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = match ready.pop() {
            Some(Reverse((_, id))) if left.contains(id) => id,
            Some(_) => continue,
            None => left.iter().copied().min_by_key(|id| (keys[id], *id)).expect("something is left"),
        };
        left.remove(next);
        ordered.push(next.clone());
        for copy in after.get(next).into_iter().flatten().filter(|copy| left.contains(*copy)) {
            let waiting = waits.get_mut(copy).expect("every member waits");
            *waiting = waiting.saturating_sub(1);
            if *waiting == 0 {
                ready.push(Reverse((keys[copy], *copy)));
            }
        }
    }
    ordered
}

/// The copies of each source, as far as they are decided.
fn decided<'a>(
    families: &[&'a Family],
    pairs: &[&'a CopyEdge],
    members: &BTreeSet<&'a ArticleId>,
) -> BTreeMap<&'a ArticleId, BTreeSet<&'a ArticleId>> {
    let mut after: BTreeMap<&ArticleId, BTreeSet<&ArticleId>> = BTreeMap::new();
    let mut add = |from, to| {
        if members.contains(from) && members.contains(to) {
            after.entry(from).or_default().insert(to);
        }
    };
    for edge in families.iter().flat_map(|family| &family.edges) {
        if edge.direction == LineageDirection::FromTo {
            add(&edge.from, &edge.to);
        }
    }
    for edge in pairs.iter().filter(|edge| edge.relation.is_copy() && edge.certainty >= PROBABLE) {
        match edge.direction {
            Direction::AToB => add(&edge.a, &edge.b),
            Direction::BToA => add(&edge.b, &edge.a),
            Direction::Undecided => {}
        }
    }
    after
}
