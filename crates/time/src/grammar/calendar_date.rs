//! Dates by the calendar: months, days of months, weekdays, years, decades, centuries, in the orders of both sides of
//! the Atlantic.

use super::{Cursor, Reading};
use crate::calendar::{Holiday, Period, Season, Unit, day};
use crate::expression::{Meaning, Name, PartOfMonth, Pick, TimeOfDay};
use crate::lexicon::Word;

/// Years that a bare number of four digits is taken for.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2099;

impl Cursor<'_> {
    /// A number of four digits that can be a year, a year in words, or `'98` after a month.
    fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        match self.word(at) {
            Word::Number(value, 4) if YEARS.contains(&value) => Some((value as i16, at + 1)),
            _ => self.spelled_year(at).or_else(|| self.short_year(at)),
        }
    }

    /// `'98`.
    fn short_year(&self, at: usize) -> Option<(i16, usize)> {
        match (self.word(at), self.word(at + 1)) {
            (Word::Mark('\''), Word::Number(value, 2)) if self.glued(at + 1) => {
                Some((value as i16 + if value < 50 { 2000 } else { 1900 }, at + 2))
            }
            _ => None,
        }
    }

    /// The month at this token and the token after it with its full stop.
    pub(super) fn month(&self, at: usize) -> Option<(i8, usize)> {
        match self.word(at) {
            Word::Month(month) => Some((month, at + 1)),
            Word::ShortMonth(month) if self.is_capital(at) => {
                let stop = self.word(at + 1) == Word::Mark('.') && self.glued(at + 1);
                Some((month, at + 1 + usize::from(stop)))
            }
            _ => None,
        }
    }

    /// A day of the month: a number or an ordinal that no unit or measure follows.
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let value = match self.word(at) {
            Word::Number(value @ 1..=31, 1 | 2) => value as i8,
            Word::Ordinal(value @ 1..=31) => value as i8,
            Word::First if self.text_of(at).eq_ignore_ascii_case("first") => 1,
            Word::Tens(tens @ (20 | 30)) => {
                let ones = self.skip_hyphen(at + 1);
                return match self.word(ones) {
                    Word::Ordinal(value @ 2..=9) => Some((tens as i8 + value as i8, ones + 1)),
                    Word::First => Some((tens as i8 + 1, ones + 1)),
                    _ => None,
                }
                .filter(|(value, _)| *value <= 31);
            }
            _ => return None,
        };
        let measured = matches!(self.word(at + 1), Word::Measure | Word::Mark('%') | Word::Million | Word::AmPm(_));
        (!measured).then_some((value, at + 1))
    }

    /// The year in ", 2021" or " 2021" after a day.
    pub(crate) fn year_of(&self, at: usize) -> Option<(i16, usize)> {
        match self.year_after(at)? {
            (YearPart::Year(year), next) => Some((year, next)),
            _ => None,
        }
    }

    /// ", 2021", " 2021", " this year", " last year" after a month or a day; what it makes of them.
    fn year_after(&self, at: usize) -> Option<(YearPart, usize)> {
        let after_comma = self.skip_comma(at);
        if let Some((year, next)) = self.year_number(after_comma) {
            let codes = self.word(next) == Word::Mark(',')
                && matches!(self.word(next + 1), Word::Number(..))
                && self.glued(next + 1);
            if !codes && !self.is_measured(next) && self.word(next) != Word::Mark('%') {
                return Some((YearPart::Year(year), next));
            }
        }
        let of = self.skip(at, Word::Of);
        if of > at
            && let Some((year, next)) = self.year_number(of)
        {
            return Some((YearPart::Year(year), next));
        }
        let offset = match self.word(of) {
            Word::This => 0,
            Word::Last => -1,
            Word::Next => 1,
            _ => return None,
        };
        (self.word(of + 1) == Word::Unit(Unit::Year)).then_some((YearPart::Offset(offset), of + 2))
    }

    /// "March", "March 12", "March 12, 2021", "March 2021", "June last year".
    pub(super) fn month_first(&self, at: usize) -> Option<Reading> {
        let (month, next) = self.month(at)?;
        let day_at = self.skip(next, Word::The);
        if let Some((of_month, after)) = self.day_number(day_at) {
            // "March 2021" was cut as a number of four digits, so this is a day; an ordinal may be a quarter's.
            let ordinal = matches!(self.word(day_at), Word::Ordinal(_) | Word::First | Word::Tens(_));
            if day(2024, month, of_month).is_none() {
                // The 31st of February: its month is all that can be told.
                return match self.year_after(after) {
                    Some((YearPart::Year(year), end)) => {
                        Some(Reading::new(at, end, Meaning::Fixed(Period::Month(year, month))))
                    }
                    _ => Some(Reading::new(at, after, Meaning::Named(Name::Month(month), Pick::Bare))),
                };
            }
            if !(ordinal && self.is_quarter_head(after)) {
                return Some(self.finish_day(at, after, month, of_month, None));
            }
        }
        if let Some((year, after)) = self.year_after(next) {
            let meaning = match year {
                YearPart::Year(year) => Meaning::Fixed(Period::Month(year, month)),
                YearPart::Offset(offset) => Meaning::Named(Name::Month(month), Pick::InYear(offset)),
            };
            return Some(Reading::new(at, after, meaning));
        }
        if let Some(year) = self.shared_year(next) {
            return Some(Reading::new(at, next, Meaning::Fixed(Period::Month(year, month))));
        }
        self.bare_month(at).then(|| Reading::new(at, next, Meaning::Named(Name::Month(month), Pick::Bare)))
    }

    /// The year of "January and February 1943" for its first month.
    fn shared_year(&self, at: usize) -> Option<i16> {
        let joined = matches!(self.word(at), Word::And | Word::Or | Word::To | Word::Until | Word::Mark('-'));
        let (_, after) = self.month(at + 1).filter(|_| joined)?;
        self.year_of(after).map(|(year, _)| year)
    }

    /// Whether a month without day or year stands where one would.
    pub(super) fn bare_month(&self, at: usize) -> bool {
        let short = matches!(self.word(at), Word::ShortMonth(_));
        let ambiguous = matches!(self.word(at), Word::Month(3 | 5)) || short;
        if !self.is_capital(at) {
            return false;
        }
        if ambiguous {
            let modifies = self.before(at) == Word::The && self.word(at + 1) == Word::Other && !self.is_capital(at + 1);
            return (modifies || self.time_place(at)) && (!short || self.word(at + 1) == Word::Mark('.'));
        }
        // "April Reyes", "Dr. August": a name.
        let named = self.before(at) == Word::Name
            || self.before(at) == Word::Mark('.') && at >= 2 && self.word(at - 2) == Word::Name
            || matches!(self.word(at), Word::Month(4 | 6 | 8))
                && self.is_capital(at + 1)
                && self.word(at + 1) == Word::Other
                && (!self.time_place(at) || matches!(self.before(at), Word::And | Word::Or));
        !named
    }

    /// What follows the day of a month: a year or nothing.
    fn finish_day(&self, start: usize, next: usize, month: i8, of_month: i8, weekday: Option<i8>) -> Reading {
        match self.year_after(next) {
            Some((YearPart::Year(year), after)) => {
                let meaning = match day(year, month, of_month) {
                    Some(date) => Meaning::Fixed(Period::Day(date)),
                    // The 29th of February of a common year, the 31st of June: the month is all that can be told.
                    None => Meaning::Fixed(Period::Month(year, month)),
                };
                Reading::new(start, after, meaning)
            }
            Some((YearPart::Offset(offset), after)) => {
                let name = Name::MonthDay(month, of_month, weekday);
                Reading::new(start, after, Meaning::Named(name, Pick::InYear(offset)))
            }
            None => Reading::new(start, next, Meaning::Named(Name::MonthDay(month, of_month, weekday), Pick::Bare)),
        }
    }

    /// "12 March 2021", "the 12th of March", "12th March".
    pub(super) fn day_month(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        if first > at && !matches!(self.word(first), Word::Ordinal(_) | Word::First | Word::Tens(_)) {
            return None;
        }
        let (of_month, next) = self.day_number(first)?;
        let month_at = self.skip(next, Word::Of);
        let (month, after) = self.month(month_at)?;
        let sound = self.is_capital(month_at) && day(2024, month, of_month).is_some();
        // "1,200 May" was cut as one number; "of the 40 March protesters" has no year, but a day before it all the same.
        sound.then(|| self.finish_day(at, after, month, of_month, None))
    }

    /// A date in words: "march eighth" is left to [`Cursor::month_first`]; here "nineteen ninety-six".
    pub(super) fn spelled_date(&self, at: usize) -> Option<Reading> {
        let (year, next) = self.spelled_year(at)?;
        (self.unit(self.skip_hyphen(next)).is_none() && !matches!(self.word(next), Word::Measure))
            .then(|| Reading::new(at, next, Meaning::Fixed(Period::Year(year))))
    }

    /// "the second Tuesday in November", "the last day of May 2012", "the first week of April".
    pub(super) fn nth_of_month(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let nth = match self.word(first) {
            Word::First if self.text_of(first).eq_ignore_ascii_case("first") => 1,
            Word::Ordinal(nth @ 2..=5) => nth as i8,
            Word::Last => -1,
            _ => return None,
        };
        let what = match self.word(first + 1) {
            Word::Weekday(weekday) => PartOfMonth::Weekday(weekday),
            Word::Unit(Unit::Day) => PartOfMonth::Day,
            Word::Unit(Unit::Week) => PartOfMonth::Week,
            Word::Unit(Unit::Weekend) => PartOfMonth::Weekend,
            _ => return None,
        };
        let of = matches!(self.word(first + 2), Word::Of | Word::In);
        let (month, next) = self.month(first + 3).filter(|_| of && self.is_capital(first + 3))?;
        let name = Name::NthOf(nth, what, month);
        let (end, meaning) = match self.year_after(next) {
            Some((YearPart::Year(year), end)) => (end, Meaning::Fixed(name.in_year(year)?)),
            Some((YearPart::Offset(offset), end)) => (end, Meaning::Named(name, Pick::InYear(offset))),
            None => (next, Meaning::Named(name, Pick::Bare)),
        };
        Some(Reading::new(at, end, meaning))
    }

    /// "Friday", "Friday, March 12", "Friday the 13th", "Fridays".
    pub(super) fn weekday_first(&self, at: usize) -> Option<Reading> {
        let (weekday, next) = match self.word(at) {
            Word::Weekday(weekday) => (weekday, at + 1),
            Word::Weekdays(weekday) => {
                return Some(Reading::new(at, at + 1, Meaning::EveryNamed(Some(Name::Weekday(weekday)))));
            }
            Word::ShortWeekday(weekday) if self.is_capital(at) => {
                let stop = usize::from(self.word(at + 1) == Word::Mark('.') && self.glued(at + 1));
                (weekday, at + 1 + stop)
            }
            _ => return None,
        };
        let date_at = self.skip_comma(next);
        let dated = self.month_first(date_at).or_else(|| self.day_month(date_at));
        if let Some(date) = dated {
            let meaning = match date.meaning {
                Meaning::Named(Name::MonthDay(month, of_month, _), pick) => {
                    Some(Meaning::Named(Name::MonthDay(month, of_month, Some(weekday)), pick))
                }
                Meaning::Fixed(Period::Day(date)) => Some(Meaning::Fixed(Period::Day(date))),
                _ => None,
            };
            if let Some(meaning) = meaning {
                return Some(Reading::new(at, date.end, meaning));
            }
        }
        // "Sun" and "Sat" are words and names; only what a date follows is a weekday.
        if matches!(self.word(at), Word::ShortWeekday(_)) {
            return None;
        }
        if self.word(next) == Word::The
            && let Some((_, after)) = self.day_number(next + 1)
            && matches!(self.word(next + 1), Word::Ordinal(_))
            && !self.is_quarter_head(after)
        {
            return Some(Reading::new(at, after, Meaning::Named(Name::Weekday(weekday), Pick::Bare)));
        }
        if let Word::DayParts(part) = self.word(next) {
            let nights = Reading::new(at, next + 1, Meaning::EveryNamed(Some(Name::Weekday(weekday))));
            return Some(Reading { time: Some(TimeOfDay::Part(part)), ..nights });
        }
        // "Monday and Tuesday nights": both recur.
        if matches!(self.word(next), Word::And | Word::Or)
            && matches!(self.word(next + 1), Word::Weekday(_))
            && let Word::DayParts(part) = self.word(next + 2)
        {
            let nights = Reading::new(at, next, Meaning::EveryNamed(Some(Name::Weekday(weekday))));
            return Some(Reading { time: Some(TimeOfDay::Part(part)), ..nights });
        }
        let pick = self.trailing_week(next);
        let (end, pick) = pick.unwrap_or((next, Pick::Bare));
        Some(Reading::new(at, end, Meaning::Named(Name::Weekday(weekday), pick)))
    }

    /// "Tuesday last week", "Tuesday of next week".
    fn trailing_week(&self, at: usize) -> Option<(usize, Pick)> {
        let of = self.skip(at, Word::Of);
        let week = self.word(of + 1) == Word::Unit(Unit::Week);
        let step = match self.word(of) {
            Word::Last => -1,
            Word::This => 0,
            Word::Next => 1,
            _ => return None,
        };
        week.then_some((of + 2, Pick::InYear(step)))
    }

    /// `2021-04-13`, `13/04/2021`.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Reading> {
        let Word::NumericDate(year, month, of_month, open) = self.word(at) else { return None };
        let first = Period::Day(day(year, month, of_month)?);
        let meaning = match day(year, of_month, month) {
            Some(second) if open => Meaning::Either(first, Period::Day(second)),
            _ => Meaning::Fixed(first),
        };
        Some(Reading::new(at, at + 1, meaning))
    }

    /// "2018", "mid-1996", "post-1959", "1990-91" (its first year).
    pub(super) fn year(&self, at: usize) -> Option<Reading> {
        let Word::Number(value, 4) = self.word(at) else { return None };
        if !YEARS.contains(&value) || !self.is_year_place(at) {
            return None;
        }
        Some(Reading::new(at, at + 1, Meaning::Fixed(Period::Year(value as i16))))
    }

    /// Whether this word is what a number before it counts: "2017 women", but "31 October 2017 Women protest", where what
    /// begins with a capital begins something.
    fn is_measured(&self, at: usize) -> bool {
        self.word(at) == Word::Measure && !self.is_capital(at)
    }

    fn is_year_place(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        let money = matches!(self.before(at), Word::Mark('$' | '#' | '£' | '€' | '¥' | '/' | '.' | ':' | '_' | '+'));
        let counted = self.is_measured(at + 1)
            || matches!(
                next,
                Word::Mark('%' | '$' | '/') | Word::Million | Word::Units(_) | Word::AmPm(_) | Word::Zone
            )
            || next == Word::Mark(':') && self.glued(at + 1) && self.glued(at + 2);
        let code = self.is_in_code(at);
        // An unknown plural right after it is what it counts ("1500 seedlings"), unless a preposition stands before.
        let noun = self.text_of(at + 1);
        let plural = next == Word::Other
            && !self.is_capital(at + 1)
            && noun.len() > 3
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && !self.time_place(at)
            && !matches!(self.before(at), Word::The | Word::Mark('\'' | '-'));
        let possible = matches!(self.word(at), Word::Number(1700..=2099, _)) || self.time_place(at);
        possible && !money && !counted && !code && !plural
    }

    /// Whether a number is part of a longer code: "555-1998", "1745-B", "10,1998".
    fn is_in_code(&self, at: usize) -> bool {
        let before = self.before(at);
        let opened = matches!(before, Word::Mark('-' | '(' | '[' | '"' | '\''));
        let behind_number =
            before == Word::Mark('-') && at >= 2 && matches!(self.word(at - 2), Word::Number(_, digits) if digits != 4);
        let hyphen = self.skip_hyphen(at + 1);
        let ahead = match self.word(hyphen) {
            _ if hyphen == at + 1 => false,
            Word::Number(_, 2 | 4) | Word::Old => false,
            Word::Other => self.text_of(hyphen).len() < 3,
            _ => true,
        };
        self.glued(at) && (!opened || behind_number) || ahead
    }

    /// "the 1990s", "the '80s", "the nineties", "1980s".
    pub(super) fn decade(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let (first, modifier) = match self.word(first) {
            Word::Part(modifier) if first > at => (self.skip_hyphen(first + 1), Some(modifier)),
            _ => (first, None),
        };
        let first = self.skip(first, Word::Mark('\''));
        let decade = match self.word(first) {
            Word::DecadeNumber(year @ 1000..) => year as i16 / 10,
            Word::DecadeNumber(year) if first > at => 190 + year as i16 / 10,
            Word::DecadeName(year) if first > at => 190 + year as i16 / 10,
            _ => return None,
        };
        Some(Reading { modifier, ..Reading::new(at, first + 1, Meaning::Fixed(Period::Decade(decade))) })
    }

    /// "'80s" without an article.
    pub(super) fn short_decade(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let mark = self.word(first) == Word::Mark('\'') && self.glued(first + 1);
        match self.word(first + 1) {
            Word::DecadeNumber(year @ ..100) if mark => {
                Some(Reading::new(at, first + 2, Meaning::Fixed(Period::Decade(190 + year as i16 / 10))))
            }
            _ => None,
        }
    }

    /// "the 20th century", "19th-century".
    pub(super) fn century(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let (number, next) = match (self.word(first), self.word(first + 1)) {
            (Word::Tens(20), _) => {
                let ones = self.skip_hyphen(first + 1);
                (self.word(ones) == Word::First).then_some((21, ones + 1))?
            }
            (Word::Ordinal(number @ 1..=30), _) => (number, first + 1),
            _ => return None,
        };
        let unit_at = self.skip_hyphen(next);
        (self.word(unit_at) == Word::Unit(Unit::Century))
            .then(|| Reading::new(at, unit_at + 1, Meaning::Fixed(Period::Century(i16::from(number) - 1))))
    }

    /// "the summer", "summer 2018", "the fall of 1998". Spring and fall are verbs and nouns of other things as well.
    pub(super) fn season(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let Word::Season(season) = self.word(first) else { return None };
        let next = first + 1;
        match self.year_after(next) {
            Some((YearPart::Year(year), after)) => {
                return Some(Reading::new(at, after, Meaning::Fixed(Period::Season(year, season))));
            }
            Some((YearPart::Offset(offset), after)) => {
                return Some(Reading::new(at, after, Meaning::Named(Name::Season(season), Pick::InYear(offset))));
            }
            None => {}
        }
        let other_thing = matches!(self.word(next), Word::Of) || self.is_capital(first);
        let sound = match season {
            Season::Spring | Season::Fall => self.time_place(at) && !matches!(self.before(at), Word::After | Word::Of),
            Season::Summer | Season::Winter => self.time_place(at) || first > at,
        };
        (sound && !other_thing).then(|| Reading::new(at, next, Meaning::Named(Name::Season(season), Pick::Bare)))
    }

    /// "Christmas", "New Year's Day", "the Fourth of July", with a year where one follows.
    pub(super) fn holiday(&self, at: usize) -> Option<Reading> {
        let first = self.skip(at, Word::The);
        let (holiday, next) = self.holiday_name(first)?;
        // "Easter week", "Labor Day weekend"
        let around = match self.word(next) {
            Word::Unit(Unit::Week) => Some(Name::HolidayWeek(holiday)),
            Word::Unit(Unit::Weekend) => Some(Name::WeekendOf(holiday)),
            _ => None,
        };
        if let Some(name) = around {
            return Some(Reading::new(at, next + 1, Meaning::Named(name, Pick::Bare)));
        }
        let meaning = match self.year_after(next) {
            Some((YearPart::Year(year), after)) => {
                return Some(Reading::new(at, after, Meaning::Fixed(Period::Day(holiday.in_year(year)?))));
            }
            Some((YearPart::Offset(offset), after)) => {
                return Some(Reading::new(at, after, Meaning::Named(Name::Holiday(holiday), Pick::InYear(offset))));
            }
            None => Meaning::Named(Name::Holiday(holiday), Pick::Bare),
        };
        Some(Reading::new(first, next, meaning))
    }

    /// The holiday whose name begins at this token.
    pub(super) fn holiday_name(&self, at: usize) -> Option<(Holiday, usize)> {
        if !self.is_capital(at) {
            return None;
        }
        HOLIDAYS
            .iter()
            .filter_map(|(name, holiday)| Some((*holiday, self.phrase(at, name)?)))
            .max_by_key(|(_, end)| *end)
    }

    /// The token after this phrase of lower-case words, in which an apostrophe is a word.
    pub(super) fn phrase(&self, at: usize, words: &str) -> Option<usize> {
        let mut next = at;
        for word in words.split(' ') {
            let same = match word {
                "'" => self.word(next) == Word::Mark('\''),
                _ => self.text_of(next).eq_ignore_ascii_case(word),
            };
            if !same {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// "year-end", "year's end".
    pub(super) fn year_end(&self, at: usize) -> Option<Reading> {
        if self.word(at) != Word::Unit(Unit::Year) {
            return None;
        }
        let end = self.skip_hyphen(self.skip_possessive(at + 1));
        let end_word = self.text_of(end).eq_ignore_ascii_case("end");
        end_word.then(|| Reading::new(at, end + 1, Meaning::Named(Name::YearEnd, Pick::Bare)))
    }
}

enum YearPart {
    Year(i16),
    Offset(i64),
}

/// Names of holidays in lower-case words, an apostrophe being a word of its own.
const HOLIDAYS: &[(&str, Holiday)] = &[
    ("new year ' s eve", Holiday::Fixed(12, 31)),
    ("new year ' s day", Holiday::Fixed(1, 1)),
    ("new year ' s", Holiday::Fixed(1, 1)),
    ("martin luther king jr . day", Holiday::Nth(1, 3, 1)),
    ("martin luther king day", Holiday::Nth(1, 3, 1)),
    ("groundhog day", Holiday::Fixed(2, 2)),
    ("valentine ' s day", Holiday::Fixed(2, 14)),
    ("presidents ' day", Holiday::Nth(2, 3, 1)),
    ("presidents day", Holiday::Nth(2, 3, 1)),
    ("st . patrick ' s day", Holiday::Fixed(3, 17)),
    ("april fools ' day", Holiday::Fixed(4, 1)),
    ("ash wednesday", Holiday::Easter(-46)),
    ("palm sunday", Holiday::Easter(-7)),
    ("good friday", Holiday::Easter(-2)),
    ("easter", Holiday::Easter(0)),
    ("easter sunday", Holiday::Easter(0)),
    ("easter monday", Holiday::Easter(1)),
    ("may day", Holiday::Fixed(5, 1)),
    ("mother ' s day", Holiday::Nth(5, 2, 7)),
    ("memorial day", Holiday::Nth(5, -1, 1)),
    ("father ' s day", Holiday::Nth(6, 3, 7)),
    ("juneteenth", Holiday::Fixed(6, 19)),
    ("independence day", Holiday::Fixed(7, 4)),
    ("fourth of july", Holiday::Fixed(7, 4)),
    ("bastille day", Holiday::Fixed(7, 14)),
    ("labor day", Holiday::Nth(9, 1, 1)),
    ("labour day", Holiday::Fixed(5, 1)),
    ("columbus day", Holiday::Nth(10, 2, 1)),
    ("halloween", Holiday::Fixed(10, 31)),
    ("election day", Holiday::ElectionDay),
    ("veterans day", Holiday::Fixed(11, 11)),
    ("veterans ' day", Holiday::Fixed(11, 11)),
    ("armistice day", Holiday::Fixed(11, 11)),
    ("remembrance sunday", Holiday::Nth(11, 2, 7)),
    ("thanksgiving", Holiday::Nth(11, 4, 4)),
    ("thanksgiving day", Holiday::Nth(11, 4, 4)),
    ("christmas eve", Holiday::Fixed(12, 24)),
    ("christmas day", Holiday::Fixed(12, 25)),
    ("christmas", Holiday::Fixed(12, 25)),
    ("boxing day", Holiday::Fixed(12, 26)),
];
