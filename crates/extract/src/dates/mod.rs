//! The date of a page: candidates with what they rest on, and a judgement over them.

pub(crate) mod judge;
pub(crate) mod parse;

use jiff::civil::Date;
use wirecopy_model::{Basis, DateValue, Page, Span};

use crate::lines::{Place, PlacedDate};
use judge::{Candidate, Context, Role};
use parse::{Says, find_dates, month_days, parse_loose};

/// The candidates that the input itself brings: its `published` field and its address.
pub(crate) fn of_input(page: &Page) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    if let Some(value) = page.published.as_deref().and_then(parse_loose) {
        candidates.push(candidate(value, Basis::Given, Role::Published, "the input's date"));
    }
    if let Some(value) = page.url.as_deref().and_then(in_url) {
        candidates.push(candidate(value.into(), Basis::Url, Role::Published, "the page's address"));
    }
    candidates
}

/// The candidates among the page's lines, where `lines` are those that are dates.
pub(crate) fn of_lines(lines: &[PlacedDate]) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for placed in lines {
        for (found, says) in &placed.line.dates {
            let role = match (says, placed.place) {
                _ if found.wrong_weekday => Role::WrongWeekday,
                (Says::Updated, _) => Role::Updated,
                (_, Place::InBody | Place::AfterBody) => Role::Elsewhere,
                (Says::Published, _) => Role::Published,
                (Says::Nothing, Place::AboveTitle) => Role::Clock,
                (Says::Nothing, Place::UnderTitle) if found.weekday => Role::Clock,
                (Says::Nothing, Place::UnderTitle) => Role::Plain,
            };
            let place = match placed.place {
                Place::AboveTitle => "a line above the headline",
                Place::UnderTitle => "a line under the headline",
                Place::InBody => "a line amid the text",
                Place::AfterBody => "a line below the text",
            };
            candidates.push(candidate(found.value.clone(), Basis::Body, role, place));
        }
    }
    candidates
}

pub(crate) fn candidate(value: DateValue, basis: Basis, role: Role, place: &str) -> Candidate {
    Candidate { value, basis, role, place: place.to_owned() }
}

/// Bytes of the body that are searched for dates that support or contradict a candidate.
const CONTEXT_BYTES: usize = 100_000;

/// What the candidates are held against: the day of the fetch and the days that the body tells of.
pub(crate) fn context_of(page: &Page, text: &str, kept: &Span) -> Context {
    let body = crate::mask::pieces_of(text, kept);
    let mut context =
        Context { fetched: page.fetched.as_deref().and_then(parse_loose).map(|f| f.day()), ..Context::default() };
    let mut room = CONTEXT_BYTES;
    for (index, piece) in body.into_iter().enumerate() {
        let mut end = piece.len().min(room);
        while !piece.is_char_boundary(end) {
            end -= 1;
        }
        let piece = &piece[..end];
        room -= end;
        // Line by line, as most lines hold no digit.
        context.text_dates.extend(piece.lines().flat_map(find_dates).map(|found| found.value.day()));
        if index == 0 {
            context.datelines = month_days(piece.lines().next().unwrap_or_default());
        }
    }
    context
}

/// The day in an address: `/2021/04/13/`, `/2021-04-13-`, `/20210413`, `/2021/apr/13/`.
pub(crate) fn in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let spaced: String = path.chars().map(|c| if matches!(c, '_') { '-' } else { c }).collect();
    let found = parse::url_dates(&spaced);
    // A page lies under one day; two different ones name something else.
    (found.windows(2).all(|pair| pair[0] == pair[1])).then(|| found.first().copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://lake.example/2021/04/13/talks", Some("2021-04-13")),
            ("https://lake.example/world/2021/apr/13/talks", Some("2021-04-13")),
            ("https://lake.example/news/2021-04-13-talks.html", Some("2021-04-13")),
            ("https://lake.example/news/talks-20210413", Some("2021-04-13")),
            ("https://lake.example/2021/04/talks", None),
            ("https://lake.example/item/1234567890", None),
            ("https://lake.example/?date=2021-04-13", None),
            ("no address", None),
        ] {
            assert_eq!(in_url(url).map(|d| d.to_string()).as_deref(), expected, "{url}");
        }
    }
}
