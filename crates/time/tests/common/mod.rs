//! Shows what is found in a text; shared by the tests of values.

use wirecopy_model::{Interval, Piece};

/// The time expressions of a text, one a line: words, type, value, days.
pub fn shown(text: &str, written: Option<&str>) -> String {
    let found = wirecopy_time::find(text, &[Piece::new(0, text.chars().count())], &[]);
    let days = written.and_then(|day| Interval::day(day.parse().unwrap()));
    let mut lines = String::new();
    for timex in wirecopy_time::resolve(text, &found, days) {
        let words: String = text.chars().skip(timex.start).take(timex.end - timex.start).collect();
        let kind = format!("{:?}", timex.kind).to_uppercase();
        lines.push_str(&format!("{words}: {kind} {}", timex.value));
        if let Some(days) = timex.interval {
            lines.push_str(&format!(" [{} {})", days.start, days.end));
        }
        if let Some(modifier) = timex.modifier {
            lines.push_str(&format!(" {modifier:?}"));
        }
        if let Some(anchor) = timex.anchor {
            lines.push_str(&format!(" {} {}", anchor.offset, if anchor.open { "open" } else { "closed" }));
        }
        lines.push('\n');
    }
    lines
}
