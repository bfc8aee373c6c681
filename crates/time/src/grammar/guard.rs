//! What looks like a time and is none: ages, speeds and rates, names.

use super::Cursor;
use crate::calendar::Unit;
use crate::lexicon::Word;

impl Cursor<'_> {
    /// The token after an age ("52 years old", "6-year-old") or a speed ("60 miles an hour") that begins here.
    pub(super) fn guarded(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            Word::Number(..) | Word::Decimal(..) | Word::Cardinal(_) | Word::Tens(_) | Word::Several => {
                self.age(at).or_else(|| self.share(at)).or_else(|| self.daily_rate(at)).or_else(|| self.title(at))
            }
            Word::A | Word::The => self.age(self.skip(at, Word::The)).or_else(|| self.share(at)),
            Word::Measure => self.speed(at),
            _ => None,
        }
    }

    fn age(&self, at: usize) -> Option<usize> {
        let (amount, next) = self.amount(at)?;
        let old = self.skip_hyphen(next);
        let aged = self.word(old) == Word::Old && amount.unit >= Unit::Day;
        aged.then_some(old + 1)
    }

    /// "three-quarters of", "a quarter of": a share of something.
    fn share(&self, at: usize) -> Option<usize> {
        let (amount, next) = self.amount(at)?;
        let parts = amount.unit == Unit::Quarter && matches!(amount.count, Some(1 | 3));
        (parts && self.word(next) == Word::Of && self.word(at) != Word::The).then_some(next + 1)
    }

    /// "24 hours a day", "seven days a week": all the time.
    fn daily_rate(&self, at: usize) -> Option<usize> {
        let (_, next) = self.amount(at)?;
        let rate = matches!(self.word(next), Word::A | Word::Per) && matches!(self.word(next + 1), Word::Unit(_));
        rate.then_some(next + 2)
    }

    /// "60 Minutes": a number with a capital unit is a title.
    fn title(&self, at: usize) -> Option<usize> {
        let unit = at + 1;
        let capital = self.is_capital(unit) && matches!(self.word(unit), Word::Unit(_) | Word::Units(_));
        capital.then_some(unit + 1)
    }

    /// "miles an hour", "kilometres per hour".
    fn speed(&self, at: usize) -> Option<usize> {
        let rate = matches!(self.word(at + 1), Word::A | Word::Per)
            && matches!(self.word(at + 2), Word::Unit(Unit::Hour | Unit::Minute))
            || matches!(self.word(at + 1), Word::A | Word::Per) && self.text_of(at + 2) == "second";
        rate.then_some(at + 3)
    }

    /// Whether "a year" here is the bottom of a rate: "$2 million a year", "40 flights a week".
    pub(super) fn is_rate(&self, at: usize) -> bool {
        match self.before(at) {
            Word::Number(..)
            | Word::Decimal(..)
            | Word::Fraction(_)
            | Word::Million
            | Word::Thousand
            | Word::Measure
            | Word::Cardinal(_) => true,
            Word::Mark('%') => true,
            // A plural noun: anything unknown in lower case that ends in one s.
            Word::Other => {
                let noun = at.checked_sub(1).map_or("", |before| self.text_of(before));
                let plural = noun.ends_with('s') && !noun.ends_with("ss") && noun.len() > 2;
                let counted = (2..=4).any(|back| {
                    at.checked_sub(back).is_some_and(|at| {
                        matches!(
                            self.word(at),
                            Word::Number(..)
                                | Word::Decimal(..)
                                | Word::Cardinal(_)
                                | Word::Tens(_)
                                | Word::Thousand
                                | Word::Million
                        )
                    })
                });
                plural && counted
            }
            _ => false,
        }
    }

    /// Whether a word that is also a common word or a name ("May", "March", "fall") stands where a time would.
    pub(super) fn time_place(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            Word::In
                | Word::Since
                | Word::By
                | Word::Until
                | Word::During
                | Word::Of
                | Word::Last
                | Word::Next
                | Word::This
                | Word::Every
                | Word::Part(_)
                | Word::From
                | Word::After
                | Word::Before
                | Word::Past
                | Word::Coming
                | Word::Following
                | Word::Previous
                | Word::Same
                | Word::That
        ) || self.before(at) == Word::Mark('-') && at >= 2 && matches!(self.word(at - 2), Word::Part(_))
            || matches!(self.before(at), Word::And | Word::Or | Word::To)
                && at >= 2
                && matches!(self.word(at - 2), Word::Month(_) | Word::ShortMonth(_) | Word::Number(..))
    }
}
