//! Every threshold of this crate, with what was measured for it. "The development set" is the 256 articles of
//! `docs/compare/time.md`, true dates given; figures are F1 of values in points.

// Which of those that recur.

/// A day and month without a year is taken for the past one while that is at most this many times as far as the
/// coming one, where no tense tells. 1 and 3 give the same on the development set.
pub(crate) const PAST_WEIGHT: i64 = 2;

/// A day and month so near on the side that the tense does not speak for is taken all the same, if the other is
/// [`FAR`] days off: people do not say which year when they mean this one. 30 loses 0.1 points,
/// 90 gives the same.
pub(crate) const NEAR: i64 = 60;

/// See [`NEAR`].
pub(crate) const FAR: i64 = 250;

/// A month without a year that begins within so many days is the coming one where no tense tells: the past one is
/// most of a year ago, and would mostly be called last year's. 1 loses 0.1 points, 70 and 100 lose less.
pub(crate) const MONTHS_AHEAD: i64 = 35;

/// Reports of a quarter come out in the months after it: what is said of the future within this many days of its end
/// is said of the report. 60 gives the same.
pub(crate) const QUARTER_REPORT_DAYS: i64 = 120;

// What is counted from times in the text.

/// Most sentences between a time and another that is counted from it ("that year").
pub(crate) const REACH_SAME: usize = 2;

/// The same for what is counted away from it ("two days later"): the further off, the likelier an event is meant.
/// 0 and 2 lose 0.1 points each.
pub(crate) const REACH_SHIFT: usize = 1;

/// What lies so far before the document is a story of its own, in which months and days go by its years.
pub(crate) const LONG_AGO_DAYS: i64 = 730;

/// So many of them in a row are such a story; a single one is an aside in today's news.
pub(crate) const STORY: usize = 2;

// The date of the document.

/// A day told as past may lie this much after a claimed date: time zones, and pages that are touched up overnight.
pub(crate) const SLACK_DAYS: i64 = 2;

/// A day that supports a claim lies at most this long before it: news is told within days, weeklies within ten.
pub(crate) const SUPPORT_DAYS: i64 = 10;

/// What "will" is said of may lie this long before a claimed date and not speak against it.
pub(crate) const STALE_DAYS: i64 = 30;

/// At most so many bytes lie between a verb and the day that it certainly tells of.
pub(crate) const CUE_BYTES: usize = 30;

/// Plans reach mostly no further ahead than this.
pub(crate) const PLAN_DAYS: i64 = 400;

/// A single one counts from here on.
pub(crate) const LONE_DAYS: i64 = 1000;

/// So many times named after [`PLAN_DAYS`] for each other one speak against a day. With 2 none of the true dates of 256
/// articles falls, and of the 91 among them that name any year 29 do when their true date is put back by ten years.
pub(crate) const LATE_TO_REST: usize = 2;

/// Days on which a report that says "on Tuesday, 13 April 2021" of its news may have been written.
pub(crate) const NEWS_DAYS: i64 = 7;

/// A range that the text allows is only told when it is at most this long; a longer one says nothing.
pub(crate) const WIDEST_RANGE: i64 = 400;

// The tense.

/// Most tokens on either side of a time that the governing verb is looked for among. 12 loses 0.1 points.
pub(crate) const VERB_REACH: usize = 40;

/// Most tokens between "plans" and the infinitive that it governs. 3 gives the same, 8 gains less than 0.1.
pub(crate) const PROSPECT_REACH: usize = 5;

// The grammar.

/// Most tokens that the name of an event after "after" is followed for.
pub(crate) const EVENT_TOKENS: usize = 12;
