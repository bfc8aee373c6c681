use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use wirecopy_model::{
    ArticleId, Basis, CopyEdge, Direction, DocumentDate, Interval, PROBABLE, RejectedDate, Relation, STATED,
};

/// A copy of news follows its source within this many days; the widest range that still says something.
const COPY_DAYS: i64 = 3;

/// The dates of articles that stand in their [`order`](crate::order()), settled with the copies in sight: a copy is
/// not older than its source. A date that says so is rejected where the direction is *stated*; what has no date gets
/// the days that a source or a copy leaves open to it. What is known already stays as it is.
pub fn settle(ordered: &[ArticleId], pairs: &[&CopyEdge], dates: &mut BTreeMap<ArticleId, DocumentDate>) {
    let place: BTreeMap<&ArticleId, usize> = ordered.iter().enumerate().map(|(place, id)| (id, place)).collect();
    let mut edges: Vec<(&ArticleId, &ArticleId, &CopyEdge)> = pairs
        .iter()
        .filter(|edge| edge.relation.is_copy() && place.contains_key(&edge.a) && place.contains_key(&edge.b))
        .filter_map(|edge| match edge.direction {
            Direction::AToB if edge.certainty >= PROBABLE => Some((&edge.a, &edge.b, *edge)),
            Direction::BToA if edge.certainty >= PROBABLE => Some((&edge.b, &edge.a, *edge)),
            _ => None,
        })
        .collect();
    edges.sort_by_key(|(source, copy, _)| (place[copy], place[source]));
    for &(source, copy, edge) in &edges {
        if edge.certainty >= STATED {
            reject_too_early(source, copy, dates);
        }
    }
    // What is inferred here must not date others in turn, or a doubt would travel down a chain as a fact.
    let known: BTreeMap<ArticleId, Date> =
        dates.iter().filter_map(|(id, date)| Some((id.clone(), date.day()?))).collect();
    let near = |edge: &CopyEdge| matches!(edge.relation, Relation::Exact | Relation::Near | Relation::Rewrite);
    for &(source, copy, edge) in edges.iter().filter(|(_, _, edge)| near(edge)) {
        match (known.get(source), known.get(copy)) {
            (Some(&day), None) => {
                let days = Interval { start: day, end: day.saturating_add(COPY_DAYS.days()) };
                infer(copy, days, format!("{} {source}, which is of {day}", made(edge)), dates);
            }
            (None, Some(&day)) => {
                let days = Interval { start: day.saturating_sub((COPY_DAYS - 1).days()), end: next(day) };
                let (was, of) = (format!("{copy}, which is of {day},"), made(edge));
                infer(
                    source,
                    days,
                    format!("{was} {} it", of.to_lowercase().replace("made from", "was made from")),
                    dates,
                );
            }
            _ => {}
        }
    }
}

fn made(edge: &CopyEdge) -> &'static str {
    if edge.certainty >= STATED { "Made from" } else { "Probably made from" }
}

fn next(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// Drops the copy's date where it lies before the source's.
fn reject_too_early(source: &ArticleId, copy: &ArticleId, dates: &mut BTreeMap<ArticleId, DocumentDate>) {
    let Some(earliest) = dates.get(source).and_then(DocumentDate::day) else { return };
    let Some(date) = dates.get_mut(copy) else { return };
    let (Some(value), Some(basis)) = (&date.value, date.basis) else { return };
    if value.day() < earliest {
        let why = format!("it was made from {source}, which is of {earliest}: a copy is not older than its source");
        date.rejected.push(RejectedDate { value: value.clone(), basis, why });
        *date = DocumentDate {
            value: None,
            interval: None,
            basis: None,
            why: "the only date it gives was rejected".into(),
            rejected: std::mem::take(&mut date.rejected),
        };
    }
}

/// Notes the days an undated article may be of. Of several, the later range of its sources counts, since it comes after
/// all of them; edges come in that order.
fn infer(id: &ArticleId, days: Interval, why: String, dates: &mut BTreeMap<ArticleId, DocumentDate>) {
    let known = dates.get(id);
    if known.is_some_and(|date| date.value.is_some())
        || known.and_then(|date| date.interval).is_some_and(|interval| interval.start >= days.start)
    {
        return;
    }
    let rejected = dates.remove(id).map(|date| date.rejected).unwrap_or_default();
    let date = DocumentDate { value: None, interval: Some(days), basis: Some(Basis::Copies), why, rejected };
    dates.insert(id.clone(), date);
}
