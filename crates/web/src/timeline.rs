//! A story's timeline, drawn and listed, and its developments.

use jiff::civil::Date;
use wirecopy::model::{Interval, Mention, Modality, Piece, TimelineRow};

use crate::desk::Desk;
use crate::view::Ref;
use crate::words::{clip, counted, day, days};

/// So many of the weightiest rows are drawn,
const DRAWN: usize = 14;

/// and so many listed.
const LISTED: usize = 80;

/// So many developments are shown.
const COURSES: usize = 40;

/// The picture's width, and where its axis begins and ends.
const WIDTH: i64 = 900;
const AXIS: (i64, i64) = (30, 420);
const LINE: i64 = 30;
const TOP: i64 = 46;

/// What happened when.
pub(crate) struct Timeline {
    pub width: i64,
    pub height: i64,
    /// The place and the day of each mark on the axis.
    pub ticks: Vec<(i64, String)>,
    pub drawn: Vec<Drawn>,
    pub listed: Vec<Listed>,
    pub left_out: usize,
}

/// An event on the axis.
pub(crate) struct Drawn {
    pub y: i64,
    /// Where its days begin and end.
    pub from: i64,
    pub to: i64,
    /// Where the other days lie that accounts tell of it.
    pub forks: Vec<i64>,
    pub says: String,
    pub label: String,
    pub href: String,
    pub class: &'static str,
}

/// An event in the list.
pub(crate) struct Listed {
    pub when: String,
    pub summary: String,
    pub told: &'static str,
    pub accounts: String,
    pub link: Ref,
    /// Where only one account of several tells it, that one.
    pub only: Option<Ref>,
    /// The other times that are told of it, each with who tells it.
    pub others: Vec<(String, Vec<Ref>)>,
    /// What its time was counted from.
    pub anchor: Option<(String, Ref)>,
}

/// So many rows stand unfolded.
const UNFOLDED: usize = 12;

impl Timeline {
    /// The rows that stand unfolded,
    pub fn first(&self) -> &[Listed] {
        &self.listed[..self.listed.len().min(UNFOLDED)]
    }

    /// and those that are folded away.
    pub fn rest(&self) -> &[Listed] {
        self.listed.get(UNFOLDED..).unwrap_or_default()
    }

    pub fn new(desk: &Desk) -> Self {
        let rows = desk.dossier.told.as_ref().map_or(&[][..], |told| &told.timeline);
        let mut weighty: Vec<&TimelineRow> = rows.iter().filter(|row| row.when.is_some()).collect();
        weighty.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        weighty.truncate(DRAWN);
        weighty.sort_by_key(|row| row.when.as_ref().map(|when| when.interval));
        let scale = Scale::of(&weighty);
        let mut shown: Vec<&TimelineRow> = rows.iter().collect();
        shown.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        shown.truncate(LISTED);
        shown.sort_by_key(|row| (row.when.is_none(), row.when.as_ref().map(|when| when.interval)));
        Timeline {
            width: WIDTH,
            height: TOP + LINE * weighty.len() as i64,
            ticks: scale.ticks(),
            drawn: weighty.iter().enumerate().map(|(at, row)| drawn(desk, row, at, &scale)).collect(),
            listed: shown.into_iter().map(|row| listed(desk, row)).collect(),
            left_out: rows.len().saturating_sub(LISTED),
        }
    }
}

/// The days of the axis.
struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    fn of(rows: &[&TimelineRow]) -> Self {
        let own = rows.iter().filter_map(|row| Some(row.when.as_ref()?.interval));
        let others = rows.iter().flat_map(|row| row.disputed.iter().filter_map(|other| other.interval));
        // Old history would leave no room for the story: the axis begins with the middle half of it.
        let mut starts: Vec<Date> = own.clone().chain(others).map(|days| days.start).collect();
        starts.sort_unstable();
        let Some((&last, rest)) = starts.split_last() else { return Scale { first: Date::ZERO, last: Date::ZERO } };
        let first = rest.get(starts.len() / 4).or(rest.first()).copied().unwrap_or(last);
        Scale { first, last: own.map(|days| days.end).max().unwrap_or(last).max(last) }
    }

    fn at(&self, day: Date) -> i64 {
        let whole = self.first.duration_until(self.last).as_hours().max(24);
        let part = self.first.duration_until(day).as_hours().clamp(0, whole);
        AXIS.0 + (AXIS.1 - AXIS.0) * part / whole
    }

    fn ticks(&self) -> Vec<(i64, String)> {
        if self.first == self.last {
            return Vec::new();
        }
        [self.first, self.last].into_iter().map(|date| (self.at(date), day(date))).collect()
    }
}

fn drawn(desk: &Desk, row: &TimelineRow, at: usize, scale: &Scale) -> Drawn {
    let interval = row.when.as_ref().map_or(Interval { start: scale.first, end: scale.first }, |when| when.interval);
    let last = interval.end.yesterday().unwrap_or(interval.end);
    let early = if interval.start < scale.first { "before: " } else { "" };
    Drawn {
        y: TOP + LINE * at as i64,
        from: scale.at(interval.start),
        to: scale.at(last),
        forks: row.disputed.iter().filter_map(|other| Some(scale.at(other.interval?.start))).collect(),
        says: format!("{early}{}, {}", days(interval), counted(row.accounts, "account", "accounts")),
        label: clip(&row.summary, 58),
        href: at_mention(desk, &row.mentions[0]).href,
        class: if row.modality == Modality::Planned { "node orphan" } else { "node root" },
    }
}

fn listed(desk: &Desk, row: &TimelineRow) -> Listed {
    let several = desk.dossier.accounts.len() > 1;
    let root = desk.dossier.accounts.iter().find(|account| row.articles.contains(&account.root));
    let others = row.disputed.iter().map(|other| {
        let when = other.interval.map_or_else(String::new, |interval| format!(" ({})", days(interval)));
        (format!("{}{when}", other.value), other.mentions.iter().map(|mention| at_mention(desk, mention)).collect())
    });
    Listed {
        when: row.when.as_ref().map_or("open".into(), |when| days(when.interval)),
        summary: clip(&row.summary, 320),
        told: match row.modality {
            Modality::Asserted => "",
            Modality::Planned => "planned",
            Modality::Alleged => "alleged",
            Modality::Denied => "denied",
        },
        accounts: counted(row.accounts, "account", "accounts"),
        link: at_mention(desk, &row.mentions[0]),
        only: root.filter(|_| several && row.accounts == 1).map(|account| Ref::to(desk.names, &account.root)),
        others: others.collect(),
        anchor: row.anchor.as_ref().map(|anchor| (days(anchor.interval), at_mention(desk, &anchor.event))),
    }
}

/// A link to the sentence in which a mention stands.
fn at_mention(desk: &Desk, mention: &Mention) -> Ref {
    let sentence = sentence(desk, mention).map(|piece| piece.start);
    Ref::to(desk.names, &mention.article).at(sentence)
}

fn sentence(desk: &Desk, mention: &Mention) -> Option<Piece> {
    let sentences = &desk.member(&mention.article)?.xray.sentences;
    let holds = |start: usize, end: usize| start <= mention.start && mention.start < end;
    let found = sentences.iter().find(|row| holds(row.start, row.end))?;
    Some(Piece::new(found.start, found.end))
}

/// A development: what it is of, and its steps with day, value, sentence and link.
pub(crate) type Course = (String, Vec<(String, String, String, Ref)>);

/// The developments of a story.
pub(crate) fn courses(desk: &Desk) -> Vec<Course> {
    let developments = desk.dossier.told.iter().flat_map(|told| &told.developments).take(COURSES);
    let steps = |development: &wirecopy::Development| {
        let step = |step: &wirecopy::Step| {
            let mention = step.mentions.first()?;
            let date = step.day.map_or("undated".into(), day);
            Some((date, step.value.clone(), clip(&step.summary, 240), at_mention(desk, mention)))
        };
        (development.about.clone(), development.steps.iter().filter_map(step).collect())
    };
    developments.map(steps).collect()
}
