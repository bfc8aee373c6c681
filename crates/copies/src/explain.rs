use wirecopy_model::{PROBABLE, Relation};

use crate::align::{Tile, tiled};
use crate::changes::changes;
use crate::direction::shorten;
use crate::document::Document;
use crate::relate::{overlap, relate};

/// Why two articles are, or are not, copies: at most five lines for a person.
///
/// ```
/// use wirecopy_copies::{Document, explain};
/// let a = Document::of_text("a", "The dam at Orrin broke before dawn on Friday, the mayor said.");
/// let b = Document::of_text("b", "Cheese in Tarn costs more after a summer without rain.");
/// assert_eq!(explain(&a, &b)[0], "a and b are no copies: they share no run of three words that says something.");
/// ```
pub fn explain(a: &Document, b: &Document) -> Vec<String> {
    if a.id > b.id {
        return explain(b, a);
    }
    let tiles = tiled(a, b);
    let measured = overlap(a, b, &tiles);
    let mut lines = Vec::new();
    let Some(pair) = relate(a, b).filter(|pair| pair.edge.score >= PROBABLE) else {
        if measured.shared == 0 {
            lines.push(format!(
                "{} and {} are no copies: they share no run of three words that says something.",
                a.id, b.id
            ));
        } else {
            lines.push(format!(
                "{} and {} are no copies: only {} of {} and {} words stand in runs of three and more that both have.",
                a.id,
                b.id,
                measured.shared,
                a.len(),
                b.len()
            ));
            lines.extend(longest_line(a, &tiles));
            if measured.quoted > 0 {
                lines.push(format!("{} of these words are quoted or reported from somebody in both.", measured.quoted));
            }
        }
        return lines;
    };
    let percent = |share: f64| (share * 100.0).round();
    let edge = &pair.edge;
    lines.push(match edge.relation {
        Relation::Exact => format!("{} and {} have the same words.", a.id, b.id),
        Relation::SharedQuote => format!(
            "{} and {} are no copies but kin: {} of the {} words in runs that both have are quoted or reported from \
             somebody in both.",
            a.id, b.id, measured.quoted, measured.shared
        ),
        _ => format!(
            "{} and {} are copies ({}): {} % of the words of {} and {} % of those of {} stand in both, outside \
             quotations {} % and {} %.",
            a.id,
            b.id,
            edge.relation.as_str(),
            percent(edge.coverage.a),
            a.id,
            percent(edge.coverage.b),
            b.id,
            percent(edge.coverage_unquoted.a),
            percent(edge.coverage_unquoted.b)
        ),
    });
    lines.extend(longest_line(a, &tiles));
    if edge.relation.is_copy() && edge.relation != Relation::Exact {
        let edits = edge.edits;
        lines.push(format!(
            "{} words kept, {} replaced, {} only in {}, {} only in {}.",
            edits.kept, edits.substituted, edits.deleted, a.id, edits.inserted, b.id
        ));
        let altered = changes(a, b, &pair)
            .iter()
            .filter(|change| change.in_quote && change.kind > wirecopy_model::ChangeKind::Typography)
            .count();
        if altered > 0 {
            lines.push(format!("{altered} changes stand inside quotation marks."));
        }
    }
    lines
}

fn longest_line(a: &Document, tiles: &[Tile]) -> Option<String> {
    let longest = tiles.iter().max_by_key(|tile| tile.len).filter(|tile| tile.len >= 3)?;
    Some(format!(
        "The longest run in common has {} words: “{}”.",
        longest.len,
        shorten(a.slice(longest.a, longest.a + longest.len))
    ))
}
