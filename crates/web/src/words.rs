//! How numbers, dates and names are put into words.

use jiff::civil::Date;
use wirecopy::model::{ArticleId, Direction, DocumentDate, Interval, PROBABLE, Relation, STATED, Story};

/// "1 page", "2 pages".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A share as a percentage; what is not all is never called 100, what is something never 0.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round() as i64;
    match rounded {
        100 if share < 1.0 => "99 %".into(),
        0 if share > 0.0 => "1 %".into(),
        _ => format!("{rounded} %"),
    }
}

/// "12 Sep 2023".
pub(crate) fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// "12 Sep".
pub(crate) fn short_day(day: Date) -> String {
    format!("{} {}", day.day(), month(day))
}

pub(crate) fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

/// The day that is believed, the days it may be, or that nothing is known.
pub(crate) fn date(date: Option<&DocumentDate>) -> String {
    match date {
        Some(DocumentDate { value: Some(value), .. }) => day(value.day()),
        Some(DocumentDate { interval: Some(interval), .. }) => days(*interval),
        _ => "undated".into(),
    }
}

/// "12 Sep 2023", "12–14 Sep 2023", "30 Sep – 2 Oct 2023".
pub(crate) fn days(days: Interval) -> String {
    match days.end.yesterday() {
        Ok(last) if last.year() > days.start.year() => format!("{} – {}", day(days.start), day(last)),
        Ok(last) if last > days.start && last.month() == days.start.month() => {
            format!("{}–{}", days.start.day(), day(last))
        }
        Ok(last) if last > days.start => format!("{} – {}", short_day(days.start), day(last)),
        _ => day(days.start),
    }
}

/// The same without the year, for a place that has an axis.
pub(crate) fn short_date(date: Option<&DocumentDate>) -> String {
    match date {
        Some(DocumentDate { value: Some(value), .. }) => short_day(value.day()),
        Some(DocumentDate { interval: Some(days), .. }) => match days.end.yesterday() {
            Ok(last) if last > days.start && last.month() == days.start.month() => {
                format!("{}–{}", days.start.day(), short_day(last))
            }
            Ok(last) if last > days.start => format!("{} – {}", short_day(days.start), short_day(last)),
            _ => short_day(days.start),
        },
        _ => "undated".into(),
    }
}

/// The days of a story, from its first dated article to its last.
pub(crate) fn span(story: &Story) -> String {
    match (&story.first, &story.last) {
        (Some(first), Some(last)) if first.day() == last.day() => day(first.day()),
        (Some(first), Some(last)) if first.day().year() == last.day().year() => {
            format!("{} to {}", short_day(first.day()), day(last.day()))
        }
        (Some(first), Some(last)) => format!("{} to {}", day(first.day()), day(last.day())),
        _ => "undated".into(),
    }
}

/// At most so many characters of it, on one line; an ellipsis for the rest.
pub(crate) fn clip(text: &str, most: usize) -> String {
    let mut clipped = String::new();
    let mut space = false;
    for (count, c) in text.chars().enumerate() {
        if count >= most {
            clipped.truncate(clipped.trim_end().len());
            clipped.push('…');
            return clipped;
        }
        if c.is_whitespace() {
            space = !clipped.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            clipped.push(' ');
        }
        clipped.push(c);
    }
    clipped
}

/// The longest headline or name that is shown whole.
pub(crate) const HEADLINE: usize = 200;

/// The headline, else the id.
pub(crate) fn headline(title: Option<&str>, id: &ArticleId) -> String {
    let title = title.map(|title| clip(title, HEADLINE)).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| clip(id.as_str(), HEADLINE))
}

/// Who publishes an article: its source, else the folder that it came in.
pub(crate) fn source(source: Option<&str>, id: &ArticleId) -> Option<String> {
    let named = source.map(str::trim).filter(|source| !source.is_empty());
    let folder = || id.as_str().split_once('/').map(|(folder, _)| folder).filter(|folder| !folder.is_empty());
    named.or_else(folder).map(|name| clip(name, HEADLINE))
}

/// How far a direction may be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    Stated,
    Probable,
    Undecided,
    Kin,
}

impl Claim {
    /// Of a direction with this certainty, or of none.
    pub fn of(decided: bool, certainty: f64) -> Self {
        match certainty {
            _ if !decided => Claim::Undecided,
            c if c >= STATED => Claim::Stated,
            c if c >= PROBABLE => Claim::Probable,
            _ => Claim::Undecided,
        }
    }

    pub fn of_pair(edge: &wirecopy::model::CopyEdge) -> Self {
        if edge.relation.is_copy() {
            Claim::of(edge.direction != Direction::Undecided, edge.certainty)
        } else {
            Claim::Kin
        }
    }

    /// What joins a copy to its source.
    pub fn made_from(self) -> &'static str {
        match self {
            Claim::Stated => "made from",
            Claim::Probable => "probably made from",
            Claim::Undecided => "shares a text with",
            Claim::Kin => "quotes the same statement as",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Claim::Stated => "stated",
            Claim::Probable => "probable",
            Claim::Undecided => "undecided",
            Claim::Kin => "kin",
        }
    }
}

/// What kind of kin two articles are, in words.
pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "the same words",
        Relation::Near => "nearly the same words",
        Relation::Rewrite => "rewritten, cut or in part",
        Relation::SharedQuote => "the same statement quoted",
    }
}

/// The address as a link, if it is one that a browser should follow.
pub(crate) fn address(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let scheme = url.split_once("://")?.0.to_ascii_lowercase();
    (matches!(scheme.as_str(), "http" | "https") && !url.contains(char::is_whitespace)).then(|| url.to_owned())
}

/// A language as an attribute may name it.
pub(crate) fn language(lang: Option<&str>) -> Option<String> {
    let lang = lang?;
    let plain = (2..=35).contains(&lang.len()) && lang.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then(|| lang.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_not_rounded_to_all_or_nothing() {
        let shown: Vec<String> = [0.0, 0.001, 0.5, 0.999, 1.0].map(percent).into();
        assert_eq!(shown, ["0 %", "1 %", "50 %", "99 %", "100 %"]);
    }

    #[test]
    fn long_texts_are_clipped_on_one_line() {
        assert_eq!(clip(" a\n b\tc ", 10), "a b c");
        assert_eq!(clip("abcdef", 3), "abc…");
        assert_eq!(clip(&"x".repeat(100_000), 5), "xxxxx…");
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(address(Some("https://example.example/a?b=c")).is_some());
        for url in [
            "javascript:alert(1)",
            "javascript://x/%0aalert(1)",
            "data:text/html,x",
            "//host/x",
            "file:///etc/passwd",
            "https://a b",
        ] {
            assert_eq!(address(Some(url)), None, "{url}");
        }
    }
}
