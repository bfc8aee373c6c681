//! What makes a day weigh. Measured on the ten timelines of `docs/compare/timeline.md`; mean date F1 with each article
//! that names a day counting one is .612.

/// An article that looks back at an event counts more, by this times the logarithm of the days since: what is still
/// told weeks later mattered. .2 to 2 give .638 to .647.
pub(super) const LOOKING_BACK: f64 = 0.5;

/// No more days than this count. 10 to 1000 give .636 to .641.
pub(super) const LOOKING_BACK_DAYS: f64 = 60.0;

/// What an article counts that was written before the day: it announces. 1 gives .005 less.
pub(super) const AHEAD: f64 = 0.5;

/// A day beside a heavier one loses this much of the difference: much of what is told of it happened the day before or
/// after. 0 gives .008 less, .3 .001 more.
pub(super) const BESIDE: f64 = 0.2;

/// Two sentences tell of the same event of one day when they share this much of the words of the shorter,
pub(super) const SHARED: f64 = 0.4;

/// and so many words.
pub(super) const SHARED_WORDS: usize = 3;

/// Of one day so many events are kept apart; the sentences of the others go to the one that is most alike.
pub(super) const MOST_ROWS: usize = 100;

/// Names that a row gives.
pub(super) const MOST_ACTORS: usize = 6;

/// A sentence that serves as a summary has at most so many characters, if there is one.
pub(super) const SUMMARY: usize = 280;

/// A sentence that another time is counted from tells of an event where it has this share of the words of the shorter,
pub(super) const ANCHORED: f64 = 0.4;

/// and so many.
pub(super) const ANCHORED_WORDS: usize = 3;

/// What an event counts that nobody dates, for each account.
pub(super) const UNDATED: f64 = 0.2;
