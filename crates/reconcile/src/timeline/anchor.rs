//! "Two days later": a time that is counted from an event which another article dates.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use wirecopy_model::{Anchor, Article, Event, Grain, Interval, Mention, TimexBasis, When};
use wirecopy_text::{Points, fold, words};

use super::join::Group;
use super::params::{ANCHORED, ANCHORED_WORDS};
use super::{Recounted, Teller};
use crate::disputes::stem;

/// An event whose time could be counted.
pub(super) struct Closed {
    /// The place of its article.
    pub article: usize,
    /// The event, dated.
    pub event: Event,
    /// What it was counted from.
    pub anchor: Anchor,
}

/// The events that hang on others, as far as those are dated by what is told in `groups`.
pub(super) fn close(articles: &[&Recounted], groups: &[Group], points: &[Points]) -> Vec<Closed> {
    let hanging = articles.iter().any(|recounted| recounted.events.iter().any(|event| event.hangs_on.is_some()));
    if !hanging {
        return Vec::new();
    }
    let told = Told::of(groups);
    let mut closed = Vec::new();
    for (article, recounted) in articles.iter().enumerate() {
        for event in recounted.events {
            let Some(hangs_on) = &event.hangs_on else { continue };
            // What the sentence tells is known by its dictionary forms where it tells an event of its own.
            let known = recounted.events.iter().find(|other| other.sentence == hangs_on.sentence);
            let stems = match known {
                Some(event) => event.words.iter().map(|word| stem(word)).collect(),
                None => stems(points[article].slice(hangs_on.sentence)),
            };
            let Some((teller, interval)) = told.dated(&stems) else { continue };
            let Some(when) = counted(interval, &hangs_on.offset) else { continue };
            let id = |article: &Article| article.id.clone();
            let anchor = Anchor {
                words: Mention::new(id(recounted.article), hangs_on.words),
                offset: hangs_on.offset.clone(),
                event: Mention::new(id(articles[teller.article].article), teller.event.sentence),
                interval,
            };
            closed.push(Closed { article, event: Event { when: Some(when), ..event.clone() }, anchor });
        }
    }
    closed
}

/// What is told with a day, by the stems of its words.
struct Told<'g> {
    /// Who tells, the days, and how many tell the same.
    tellers: Vec<(&'g Teller<'g>, Interval, usize)>,
    of: HashMap<String, Vec<usize>>,
}

impl<'g> Told<'g> {
    fn of(groups: &'g [Group<'g>]) -> Self {
        let mut told = Told { tellers: Vec::new(), of: HashMap::new() };
        let is_day = |days: &Interval| Interval::day(days.start) == Some(*days);
        for group in groups.iter().filter(|group| !group.planned) {
            let Some(days) = group.interval.filter(is_day) else { continue };
            for teller in &group.tellers {
                let stems: BTreeSet<String> = teller.event.words.iter().map(|word| stem(word)).collect();
                stems.into_iter().for_each(|stem| told.of.entry(stem).or_default().push(told.tellers.len()));
                told.tellers.push((teller, days, group.tellers.len()));
            }
        }
        told
    }

    /// Who dates, to the day, what a sentence tells.
    fn dated(&self, stems: &BTreeSet<String>) -> Option<(&'g Teller<'g>, Interval)> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for teller in stems.iter().filter_map(|stem| self.of.get(stem)).flatten() {
            *shared.entry(*teller).or_default() += 1;
        }
        let rank = |at: usize, shared: usize| {
            let (teller, _, told) = self.tellers[at];
            let shorter = teller.event.words.len().min(stems.len()).max(1);
            (shared as f64 / shorter as f64, told)
        };
        let near = shared.into_iter().filter(|&(_, shared)| shared >= ANCHORED_WORDS);
        let near = near.map(|(at, shared)| (rank(at, shared), at)).filter(|((share, _), _)| *share >= ANCHORED);
        let best = near
            .max_by(|(one, at), (other, with)| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(with.cmp(at)));
        best.map(|(_, at)| (self.tellers[at].0, self.tellers[at].1))
    }
}

/// The stems of a text's words, as near as their endings tell.
fn stems(text: &str) -> BTreeSet<String> {
    let bare = |word: &str| {
        let cut = ["ies", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end));
        cut.filter(|rest| rest.chars().count() >= 4).unwrap_or(word).to_owned()
    };
    words(text).iter().map(|word| stem(&bare(&fold(word.of(text))))).collect()
}

/// The days so long after others. What is told in weeks or months is not told to the day.
fn counted(from: Interval, offset: &str) -> Option<When> {
    let span: Span = offset.parse().ok()?;
    let day: Date = from.start.checked_add(span).ok()?;
    let days = match offset.trim_start_matches('-').chars().last()? {
        'D' => 0,
        'W' => 3,
        'M' => 15,
        _ => return None,
    };
    let interval =
        Interval { start: day.checked_sub(days.days()).ok()?, end: day.checked_add((days + 1).days()).ok()? };
    Some(When { interval, grain: Grain::of(&interval), basis: TimexBasis::CrossDocument })
}
