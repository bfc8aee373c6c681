//! The day of publication as readers see it: a date beside the headline, or a line that says "published".
//!
//! Looked for only where the page's head tells no date.

use trafilatura::dom::Document;
use wirecopy_model::Basis;

use super::blocks;
use crate::dates::candidate;
use crate::dates::judge::{Candidate, Role};
use crate::dates::parse::{Says, find_dates, says};
use crate::lines::repeats_title;
use crate::lines::surface::{key_of, word_count};

/// Lines above and below the headline that can carry its date.
const ABOVE: usize = 5;
const BELOW: usize = 12;

/// Words of the longest line that is looked at: a dateline with author and counters, no paragraph.
const MAX_WORDS: usize = 20;

/// Lines that are searched: the labels of a page stand nowhere else.
const MAX_LINES: usize = 5_000;

/// The dates near the headline or labelled as the publication's, the likeliest first.
pub(super) fn dates(doc: &Document, title: Option<&str>) -> Vec<Candidate> {
    let text = blocks::text_of(&doc.inner_html(doc.body().unwrap_or_else(|| doc.root())));
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(MAX_LINES).collect();
    let dated: Vec<(usize, Candidate)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, date_on(line)?))).collect();
    if dated.is_empty() {
        return Vec::new();
    }
    let headlines = title.map_or_else(Vec::new, |title| places_of(&lines, &key_of(title)));
    let mut ranked: Vec<(usize, Candidate)> =
        dated.into_iter().filter_map(|(at, date)| Some((rank(at, &date, &headlines)?, date))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, date)| date).take(3).collect()
}

fn date_on(line: &str) -> Option<Candidate> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) || line.len() > 400 || word_count(line) > MAX_WORDS {
        return None;
    }
    let (mut best, mut at): (Option<Candidate>, usize) = (None, 0);
    for found in find_dates(line) {
        let role = match says(&line[at..found.range.start]) {
            _ if found.wrong_weekday => continue,
            Says::Published => Role::Published,
            Says::Nothing => Role::Plain,
            Says::Updated => continue,
        };
        at = found.range.end;
        if best.as_ref().is_none_or(|best| best.role == Role::Plain && role == Role::Published) {
            let place = match role {
                Role::Published => "a line that tells of the publication",
                _ => "a line beside the headline",
            };
            best = Some(candidate(found.value, Basis::Body, role, place));
        }
    }
    best
}

/// Where the headline stands.
fn places_of(lines: &[&str], title: &str) -> Vec<usize> {
    let is_title = |line: &str| line.len() <= title.len() * 2 + 40 && repeats_title(&key_of(line), title);
    (0..lines.len()).filter(|&at| is_title(lines[at])).collect()
}

/// How far a date is from being the page's own; a date that is neither near the headline nor labelled has no rank.
fn rank(at: usize, date: &Candidate, headlines: &[usize]) -> Option<usize> {
    let distance = headlines
        .iter()
        .filter_map(|&headline| match at.checked_sub(headline) {
            Some(below) => (below <= BELOW).then_some(below),
            // Above the headline other things are dated more often than below it.
            None => (headline - at <= ABOVE).then_some(2 * (headline - at)),
        })
        .min();
    match (distance, date.role) {
        (Some(distance), Role::Published) => Some(distance),
        (Some(distance), _) => Some(100 + distance),
        (None, Role::Published) => Some(50 + at.min(40)),
        (None, _) => None,
    }
}
