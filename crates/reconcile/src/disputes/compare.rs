//! Two values of two articles: whether they are of one kind, the same, or different, and what explains a difference.

use std::ops::Range;

use wirecopy_model::{Severity, Slot};

use super::event::{are_of_other_subjects, at_other_times, is_foreseen, is_of_saying, shared_statement, verb};
use super::lexicon::{is_early, is_late, is_zone};
use super::moment::{Moment, TimeKinship};
use super::names::{Kinship, Name, Role, Sort, is_region, similar};
use super::params::{OTHER_NOUN, SAME_STATEMENT};
use super::quantity::{Hedge, Quantity, Unit, stage};
use super::term::Term;
use super::veto::Veto;
use super::view::{Sent, Tok, View};

/// What stands in a sentence and can be told differently.
pub(super) enum Kind<'a> {
    Number(Quantity),
    Date(Moment<'a>),
    Name(Name),
    /// A word or two in quotation marks.
    Term(Term),
}

impl Kind<'_> {
    /// The slot of a difference in it, as far as it alone tells.
    pub fn slot(&self) -> Slot {
        match self {
            Kind::Number(_) => Slot::Number,
            Kind::Date(_) => Slot::Date,
            Kind::Name(_) => Slot::Name,
            Kind::Term(_) => Slot::Wording,
        }
    }
}

/// The outcome of a comparison.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// They are not of one kind.
    Incomparable,
    /// They agree.
    Same,
    /// They differ.
    Differ(Difference),
}

/// How two values differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Difference {
    pub slot: Slot,
    pub severity: Severity,
    /// How much the values themselves ask to be compared, beyond their surroundings.
    pub likeness: f32,
    pub veto: Option<Veto>,
}

/// A value with where it stands.
pub(super) struct Site<'v, 'a> {
    pub view: &'v View<'a>,
    pub sent: &'v Sent,
    pub kind: &'v Kind<'a>,
    /// Its tokens.
    pub range: &'v Range<usize>,
    /// All numbers of the sentence,
    pub numbers: &'v [Quantity],
    /// and all times.
    pub moments: &'v [Moment<'a>],
}

impl Site<'_, '_> {
    /// The same for all ways to write the value.
    pub fn key(&self) -> String {
        match self.kind {
            Kind::Number(number) => format!("{:.6e} {:.6e} {:?}", number.low, number.high, number.unit),
            Kind::Date(moment) => moment.timex.interval.map_or_else(
                || moment.timex.value.clone(),
                |days| {
                    format!(
                        "{}/{} {}",
                        days.start,
                        days.end,
                        moment.timex.value.split_once('T').map_or("", |(_, time)| time)
                    )
                },
            ),
            Kind::Name(name) => name.words.join(" "),
            Kind::Term(term) => term.words.join(" "),
        }
    }

    pub fn compare(&self, other: &Site) -> Verdict {
        let mut verdict = match (self.kind, other.kind) {
            (Kind::Number(one), Kind::Number(two)) => numbers((self, one), (other, two)),
            (Kind::Date(one), Kind::Date(two)) => dates((self, one), (other, two)),
            (Kind::Name(one), Kind::Name(two)) => names((self, one), (other, two)),
            (Kind::Term(one), Kind::Term(two)) => terms(one, two),
            _ => Verdict::Incomparable,
        };
        if let Verdict::Differ(difference) = &mut verdict
            && difference.veto.is_none()
        {
            difference.veto = self.other_event(other, difference.slot);
        }
        verdict
    }

    /// Why the two values would be told of two events.
    fn other_event(&self, other: &Site, slot: Slot) -> Option<Veto> {
        let sides = ((self.sent, self.range), (other.sent, other.range));
        match slot {
            Slot::Speaker | Slot::Wording | Slot::Polarity => None,
            _ if is_foreseen(sides.0, sides.1) => Some(Veto::Forecast),
            Slot::Date | Slot::Place if count_others(self.numbers, other.numbers) => Some(Veto::OtherEvent),
            Slot::Date => {
                let said = (is_of_saying(sides.0.0, sides.0.1), is_of_saying(sides.1.0, sides.1.1));
                let apart = shared_statement(sides.0, sides.1) < SAME_STATEMENT;
                ((said.0 || said.1) && apart).then_some(Veto::OtherStatement)
            }
            _ => at_other_times((self.sent, self.range, self.moments), (other.sent, other.range, other.moments))
                .then_some(Veto::OtherEvent),
        }
    }
}

/// Whether two sentences count the same things and none alike: 40 dead on one day are not 12 on another.
fn count_others(one: &[Quantity], other: &[Quantity]) -> bool {
    let pairs = one.iter().flat_map(|here| other.iter().map(move |there| (here, there)));
    let counts = pairs.filter(|(here, there)| matches!(here.unit, Unit::Count(_)) && here.unit == there.unit);
    let mut compared = false;
    for (here, there) in counts {
        compared = true;
        if here.low <= there.high * 1.1 && there.low <= here.high * 1.1 {
            return false;
        }
    }
    compared
}

fn numbers((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> Verdict {
    let likeness = match (&one.unit, &two.unit) {
        (Unit::Count(noun), Unit::Count(with)) if noun == with => 0.25,
        // "58 killed", "59 people": what people and passengers do decides.
        (Unit::Count(_) | Unit::Plain, Unit::Count(_) | Unit::Plain) => OTHER_NOUN,
        (Unit::Plain, Unit::Age) | (Unit::Age, Unit::Plain) => OTHER_NOUN,
        (Unit::Rank(noun), Unit::Rank(with)) if noun == with && !noun.is_empty() => 0.1,
        (Unit::Rank(_), Unit::Rank(_)) => return Verdict::Incomparable,
        (unit, with) if unit == with => 0.2,
        _ => return Verdict::Incomparable,
    };
    if one.unit == Unit::Score && one.value != two.value {
        return Verdict::Incomparable;
    }
    let magnitude = (one.low.abs().max(1e-9) / two.low.abs().max(1e-9)).ln().abs() / std::f64::consts::LN_10;
    if magnitude >= 1.5 {
        return Verdict::Incomparable;
    }
    // Slips and rivals' figures are near what they replace; another quantity need not be.
    let likeness = likeness
        + 0.15 * (1.0 - magnitude.min(1.0)) as f32
        + if one.part && two.part && likeness > 0.0 { 0.1 } else { 0.0 };
    let same = one.low <= two.high * 1.000_001 && two.low <= one.high * 1.000_001;
    if same {
        return Verdict::Same;
    }
    let exact = one.hedge == Hedge::Exact && two.hedge == Hedge::Exact;
    let severity = if exact { Severity::High } else { Severity::Medium };
    let veto = number_veto((here, one), (there, two));
    Verdict::Differ(Difference { slot: Slot::Number, severity, likeness, veto })
}

fn number_veto((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> Option<Veto> {
    if one.part != two.part {
        return Some(Veto::PartOf);
    }
    let (small, large) = if one.high < two.low { (one, two) } else { (two, one) };
    let apart = (large.low - small.high) / large.low.abs().max(1e-9);
    let bounded = |quantity: &Quantity| matches!(quantity.hedge, Hedge::AtLeast | Hedge::AtMost);
    // "More than 50" may be 58; "more than 248 billion" is not 284.
    let open = |quantity: &Quantity, hedge: Hedge| quantity.hedge == hedge && quantity.digits <= 2;
    if open(small, Hedge::AtLeast) && !bounded(large) || open(large, Hedge::AtMost) && !bounded(small) {
        return Some(Veto::Hedge);
    }
    if small.hedge == large.hedge && bounded(small) && large.low >= 2.0 * small.low {
        return Some(Veto::Hedge);
    }
    let tolerance = |quantity: &Quantity| match (quantity.hedge, quantity.digits) {
        (Hedge::Exact, _) => 0f64,
        (_, 1) => 0.18,
        (_, 2) => 0.07,
        _ => 0.012,
    };
    if apart <= tolerance(small).max(tolerance(large)) {
        return Some(Veto::Hedge);
    }
    if apart <= rounding(small, large) {
        return Some(Veto::Rounding);
    }
    // "22 others" and "23, including the president".
    if apart * large.low <= FEW_OTHERS && is_of_others(here, one) != is_of_others(there, two) {
        return Some(Veto::PartOf);
    }
    if are_other_kinds((here, one), (there, two)) {
        return Some(Veto::OtherFrame);
    }
    if is_price(here) && is_price(there) {
        return Some(Veto::Update);
    }
    // "For a third day", and a day later "for a fourth".
    let of_days =
        |of: &Quantity| matches!(&of.unit, Unit::Rank(noun) if matches!(noun.as_str(), "day" | "night" | "week"));
    if of_days(one) && of_days(two) && order(here, there).is_some_and(|(_, days)| days > 0) {
        return Some(Veto::Update);
    }
    let of_its_day = |site: &Site, of: &Quantity| of.unit == Unit::Percent || is_price_of_one(site, of);
    if of_its_day(here, one)
        && of_its_day(there, two)
        && order(here, there).is_some_and(|(_, days)| days >= OTHER_NEWS)
        && !share_a_time(here, there)
    {
        return Some(Veto::Update);
    }
    let moves = |of: &Quantity| matches!(of.unit, Unit::Percent | Unit::Money(_));
    if moves(one) && moves(two) && are_of_other_subjects((here.sent, here.range), (there.sent, there.range), true) {
        return Some(Veto::OtherFrame);
    }
    if are_of_strangers((here, one), (there, two)) || are_of_other_things((here, one), (there, two)) {
        return Some(Veto::OtherFrame);
    }
    let stages = (stage(here.sent, &one.range), stage(there.sent, &two.range));
    if stages.0 != stages.1 {
        return Some(Veto::Update);
    }
    if is_sum(large, here) || is_sum(large, there) {
        return Some(Veto::Sum);
    }
    if is_later_count((here, one), (there, two)) {
        return Some(Veto::Update);
    }
    if is_toll(here.sent, one) && is_toll(there.sent, two) {
        let far = order(here, there).is_some_and(|(_, days)| days >= OTHER_NEWS);
        if (far || are_of_other_days(here, there)) && !share_a_time(here, there) {
            return Some(Veto::OtherEvent);
        }
        if bounded(one) || bounded(two) {
            return Some(Veto::Update);
        }
        // The day that the sentence names, or else that of its article.
        let written = |site: &Site| site.view.article.published.as_ref().and_then(|date| date.day());
        let named = |site: &Site| {
            site.moments.iter().filter(|moment| grain_is_day(moment)).find_map(|moment| moment.timex.interval)
        };
        let day = |site: &Site| named(site).map(|days| days.start).or_else(|| written(site));
        if let (Some(day), Some(with)) = (day(here), day(there)) {
            if day != with && is_of_new(here, one) && is_of_new(there, two) {
                return Some(Veto::OtherEvent);
            }
            let (first, last) = if one.value < two.value { (day, with) } else { (with, day) };
            if first < last {
                return Some(Veto::Update);
            }
        }
    }
    None
}

/// Whether an article of weeks later tells more of the same things: it was counted on.
fn is_later_count((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> bool {
    let Some((is_first, days)) = order(here, there) else { return false };
    let (old, new) = if is_first { (one, two) } else { (two, one) };
    matches!(old.unit, Unit::Count(_)) && old.value < new.value && days >= COUNTED_ON
}

/// Articles that are so many days apart tell of the victims of other days, if nothing says that the days are the same.
const OTHER_NEWS: i32 = 3;

/// Whether both sentences name one time.
fn share_a_time(here: &Site, there: &Site) -> bool {
    let same = |one: &Moment, two: &Moment| one.kinship(two) == TimeKinship::Same && one.timex.interval.is_some();
    here.moments.iter().any(|one| there.moments.iter().any(|two| same(one, two)))
}

/// Whether a number counts what is new since the last count: "the new cases include ten children".
fn is_of_new(site: &Site, of: &Quantity) -> bool {
    let near = of.range.start.saturating_sub(NEW)..(of.range.end + 2).min(site.sent.toks.len());
    site.sent.toks[near].iter().any(|tok| matches!(tok.word.as_str(), "new" | "further" | "fresh" | "another"))
}

/// So many words before a number may say that.
const NEW: usize = 6;

/// Whether both sentences name days, and all of them others.
fn are_of_other_days(here: &Site, there: &Site) -> bool {
    let apart = |one: &Moment, two: &Moment| one.kinship_of_days(two) == TimeKinship::Apart;
    let all = here.moments.iter().all(|one| there.moments.iter().all(|two| apart(one, two)));
    all && !here.moments.is_empty() && !there.moments.is_empty()
}

/// An article so many days later has another state of a count.
const COUNTED_ON: i32 = 10;

/// Whether the first value's article is the earlier one, and how many days lie between the two.
fn order(here: &Site, there: &Site) -> Option<(bool, i32)> {
    let day = |site: &Site| site.view.article.published.as_ref().and_then(|date| date.day());
    let days = (day(there)? - day(here)?).get_days();
    Some((days >= 0, days.abs()))
}

/// Whether a number counts those who are left beside somebody: "22 other defendants".
fn is_of_others(site: &Site, of: &Quantity) -> bool {
    let near = of.range.start..site.sent.toks.len().min(of.range.end + 2);
    site.sent.toks[near].iter().any(|tok| matches!(tok.word.as_str(), "other" | "others"))
}

/// Counts with and without somebody differ by so few.
const FEW_OTHERS: f64 = 2.0;

/// Whether the things that are counted are of one noun and of different kinds: ambulance crews and rescue crews.
fn are_other_kinds((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> bool {
    let (Unit::Count(noun), Unit::Count(with)) = (&one.unit, &two.unit) else { return false };
    let kinds = |site: &Site, noun: &str| -> Vec<String> {
        let head = site.range.clone().chain(site.range.end..site.sent.toks.len().min(site.range.end + NOUN_REACH));
        let head = head.into_iter().find(|&at| site.sent.toks[at].lemma == noun);
        let parts = head.map_or(&[][..], |head| site.sent.children(head));
        let is_kind = |at: &&usize| matches!(&*site.sent.toks[**at].dep, "compound" | "nmod");
        parts.iter().filter(is_kind).map(|&at| super::lexicon::stem(&site.sent.toks[at].lemma)).collect()
    };
    let (own, theirs) = (kinds(here, noun), kinds(there, with));
    noun == with && !own.is_empty() && !theirs.is_empty() && !own.iter().any(|kind| theirs.contains(kind))
}

/// What is counted stands at most so many tokens behind its number.
const NOUN_REACH: usize = 6;

/// Whether a sum is paid for one of something: "$40 a sack".
fn is_price_of_one(site: &Site, of: &Quantity) -> bool {
    let word = |at: usize| site.sent.toks.get(at).map_or("", |tok| tok.word.as_str());
    let end = of.range.end;
    matches!(of.unit, Unit::Money(_))
        && matches!(word(end), "a" | "an" | "per")
        && site.sent.toks.get(end + 1).is_some_and(|tok| &*tok.pos == "NOUN")
}

/// Whether both tell the age of somebody whom they bring in without a name: "a 30-year-old man told".
fn are_of_strangers((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> bool {
    let is = |site: &Site, of: &Quantity| {
        let article = of.range.start.checked_sub(1).map_or("", |at| site.sent.toks[at].word.as_str());
        let behind = of.range.end..(of.range.end + STRANGER).min(site.sent.toks.len());
        let named = |tok: &Tok| tok.is_capital() && tok.ent.ends_with("PERSON");
        of.unit == Unit::Age
            && matches!(article, "a" | "an" | "the" | "their" | "his" | "her")
            && !site.sent.toks[behind].iter().any(named)
    };
    let told = |site: &Site, of: &Quantity| verb(site.sent, &of.range).map(|verb| site.sent.toks[verb].stem);
    let apart = (one.low - two.low).abs() > YEARS || one.low.max(two.low) > 1.5 * one.low.min(two.low);
    apart && is(here, one) && is(there, two) && told(here, one) != told(there, two)
}

/// The ages that are told of one person are at most so many years apart.
const YEARS: f64 = 2.0;

/// Somebody's name stands so near behind his age.
const STRANGER: usize = 4;

/// Whether two distances are of two things: a village "12 km south of" a town, and trucks "9 km from" it.
fn are_of_other_things((here, one): (&Site, &Quantity), (there, two): (&Site, &Quantity)) -> bool {
    let things = |site: &Site, of: &Quantity| -> Vec<u32> {
        let toks = &site.sent.toks;
        let behind = of.range.end..(of.range.end + LOCATED).min(toks.len());
        let near = toks[behind].iter().any(|tok| matches!(tok.word.as_str(), "from" | "of" | "outside"));
        let verb = verb(site.sent, &of.range).map_or(&[][..], |verb| site.sent.children(verb));
        let subjects = verb.iter().copied().filter(|&at| toks[at].dep.starts_with("nsubj"));
        let mut at = site.sent.head_of(&of.range);
        while toks[at].head != at
            && (of.range.contains(&at) || !matches!(&*toks[at].pos, "NOUN" | "PROPN" | "VERB" | "AUX"))
        {
            at = toks[at].head;
        }
        let located = near && of.unit == Unit::Metre;
        if located { subjects.chain([at]).filter_map(|at| toks[at].stem).collect() } else { Vec::new() }
    };
    let (own, theirs) = (things(here, one), things(there, two));
    !own.is_empty() && !theirs.is_empty() && !own.iter().any(|thing| theirs.contains(thing))
}

/// What a distance is counted from stands so near behind it.
const LOCATED: usize = 7;

/// Whether a value is of a price or an index that moves through the day: each report has its own hour.
fn is_price(site: &Site) -> bool {
    const MOVES: &[&str] = &[
        "fall", "rise", "drop", "gain", "slip", "climb", "lose", "jump", "tumble", "surge", "trade", "dip", "slide",
        "soar",
    ];
    const PRICES: &[&str] = &["share", "stock", "index", "price", "currency", "yield", "bond", "bitcoin", "oil"];
    let Some(verb) = verb(site.sent, site.range) else { return false };
    let moves = MOVES.contains(&site.sent.toks[verb].lemma.as_str());
    let subject = site.sent.children(verb).iter().filter(|&&at| site.sent.toks[at].dep.starts_with("nsubj"));
    moves && subject.into_iter().any(|&at| PRICES.contains(&site.sent.toks[at].lemma.as_str()))
}

/// How far a rounded number may lie from the exact one.
fn rounding(one: &Quantity, two: &Quantity) -> f64 {
    let converted = (one.value / one.low - two.value / two.low).abs() > 1e-9;
    if converted {
        // Ten kilometres and six miles.
        return 0.08;
    }
    // The one with fewer digits may stand for the other.
    match (one.digits.min(two.digits), one.digits.max(two.digits)) {
        (few, more) if few == more || one.value.max(two.value) < 20.0 => 0.0,
        (1, _) => 0.05,
        (2, _) => 0.01,
        _ => 0.001,
    }
}

/// Whether the larger number is what a sentence gives in parts.
fn is_sum(whole: &Quantity, there: &Site) -> bool {
    let alike: Vec<&Quantity> = there
        .numbers
        .iter()
        .filter(|part| std::mem::discriminant(&part.unit) == std::mem::discriminant(&whole.unit))
        .collect();
    alike.len() >= 2
        && alike.iter().enumerate().any(|(at, one)| {
            alike[at + 1..].iter().any(|two| {
                let sum = one.low + two.low;
                (sum - whole.low).abs() <= whole.low * 1e-6
                    || whole.hedge == Hedge::AtLeast && (0.0..0.1).contains(&(sum / whole.low - 1.0))
            })
        })
}

/// Whether the number is a tally that grows as news comes in.
fn is_toll(sent: &Sent, quantity: &Quantity) -> bool {
    const TOLL: &[&str] = &[
        "die", "injure", "arrest", "miss", "evacuate", "rescue", "sign", "affect", "confirm", "infect", "trap",
        "displace", "case", "total", "tally", "report", "record", "casualty", "patient", "toll", "bury", "victim",
        "body", "homeless",
    ];
    const GROWING: &[&str] = &["rise", "reach", "climb", "increase", "grow", "jump", "soar", "stand", "spread"];
    let around = quantity.range.start.saturating_sub(12)..(quantity.range.end + 6).min(sent.toks.len());
    let grows = verb(sent, &quantity.range).is_some_and(|verb| GROWING.contains(&sent.toks[verb].lemma.as_str()));
    grows || sent.toks[around].iter().any(|tok| TOLL.contains(&super::lexicon::stem(&tok.lemma).as_str()))
}

/// Words in quotation marks that are put in the same place.
fn terms(one: &Term, two: &Term) -> Verdict {
    if one.role != two.role {
        return Verdict::Incomparable;
    }
    if one.words.iter().any(|word| two.words.iter().any(|with| word == with || similar(word, with))) {
        return Verdict::Same;
    }
    Verdict::Differ(Difference { slot: Slot::Wording, severity: Severity::High, likeness: 0.0, veto: None })
}

fn dates((here, one): (&Site, &Moment), (there, two): (&Site, &Moment)) -> Verdict {
    // The hour in the head of a report is that of the report.
    let is_clock = |moment: &Moment| moment.timex.value.contains(':');
    let tells = |site: &Site| verb(site.sent, site.range).is_some();
    if is_clock(one) && is_clock(two) && !(tells(here) && tells(there)) {
        return Verdict::Incomparable;
    }
    let (severity, veto) = match one.kinship(two) {
        TimeKinship::Unknown => return Verdict::Incomparable,
        TimeKinship::Same => return Verdict::Same,
        TimeKinship::Zones => (Severity::Low, Some(Veto::TimeZone)),
        // Of a Sunday or a Monday "last week" is the one that ends or has just ended.
        TimeKinship::Beside | TimeKinship::Apart if are_near_weeks((here, one), (there, two)) => {
            (Severity::Low, Some(Veto::Granularity))
        }
        TimeKinship::Beside => {
            (Severity::Medium, joined_by_a_night((here, one), (there, two)).then_some(Veto::TimeZone))
        }
        TimeKinship::Apart if is_put_off((here, one), (there, two)) => (Severity::Medium, Some(Veto::Update)),
        TimeKinship::Apart => (Severity::High, own_news((here, one), (there, two)).then_some(Veto::OtherEvent)),
    };
    let likeness = if one.timex.value.len() == two.timex.value.len() { 0.1 } else { 0.0 };
    let likeness = if grain_is_day(one) != grain_is_day(two) { likeness - 0.15 } else { likeness };
    Verdict::Differ(Difference { slot: Slot::Date, severity, likeness, veto })
}

/// Whether two days beside each other may be one: a zone is named, or the first ends and the second begins in a night.
fn joined_by_a_night((here, one): (&Site, &Moment), (there, two): (&Site, &Moment)) -> bool {
    let first = |moment: &Moment| moment.timex.interval.map(|days| days.start);
    let ((here, one), (there, two)) =
        if first(one) <= first(two) { ((here, one), (there, two)) } else { ((there, two), (here, one)) };
    let near = |site: &Site, moment: &Moment, test: fn(&str) -> bool| {
        let from = moment.range.start.saturating_sub(3);
        let to = (moment.range.end + 3).min(site.sent.toks.len());
        site.sent.toks[from..to].iter().any(|tok| test(&tok.word))
    };
    let ends_late = near(here, one, is_late) && !near(there, two, is_late);
    let begins_early = near(there, two, is_early) && !near(here, one, is_early);
    ends_late || begins_early || near(here, one, is_zone) || near(there, two, is_zone)
}

/// Whether each article tells a day of its own week, and the two were written weeks apart: each has its own news.
fn own_news((here, one): (&Site, &Moment), (there, two): (&Site, &Moment)) -> bool {
    let written = |site: &Site| site.view.article.published.as_ref().and_then(|date| date.day());
    let (Some(day), Some(with)) = (written(here), written(there)) else { return false };
    let near = |day: jiff::civil::Date, moment: &Moment| {
        moment.timex.interval.is_some_and(|days| days.start.duration_until(day).as_hours().abs() <= 24 * 7)
    };
    let apart = day.duration_until(with).as_hours().abs() > 24 * 7;
    let far = one
        .timex
        .interval
        .zip(two.timex.interval)
        .is_some_and(|(days, with)| days.start.duration_until(with.start).as_hours().abs() > 24 * 30);
    // A day written out that lies long before, against this week's news.
    let before = far && (near(day, one) != near(with, two));
    apart && near(day, one) && near(with, two) || before && grain_is_day(one) && grain_is_day(two)
}

/// Whether both tell what is to come, and the article of days later a later day: it was put off.
fn is_put_off((here, one): (&Site, &Moment), (there, two): (&Site, &Moment)) -> bool {
    let Some((is_first, days)) = order(here, there) else { return false };
    let (old, new) = if is_first { (one, two) } else { (two, one) };
    let to_come = |site: &Site, moment: &Moment| {
        let written = site.view.article.published.as_ref().and_then(|date| date.day());
        moment.timex.interval.zip(written).is_some_and(|(days, written)| days.start > written)
    };
    let start = |moment: &Moment| moment.timex.interval.map(|days| days.start);
    days >= PUT_OFF && to_come(here, one) && to_come(there, two) && start(old) < start(new)
}

/// An article so many days later knows of another plan.
const PUT_OFF: i32 = 3;

/// Whether two weeks are next to each other, both counted from days within a week: "earlier this week", and "last week" three
/// days on.
fn are_near_weeks((here, one): (&Site, &Moment), (there, two): (&Site, &Moment)) -> bool {
    let week = |moment: &Moment| {
        let days = moment.timex.interval?;
        let long = days.start.until(days.end).ok()?.get_days();
        (moment.relative.is_some() && (2..=8).contains(&long)).then_some(days)
    };
    let (Some(days), Some(with)) = (week(one), week(two)) else { return false };
    let gap = if days.end <= with.start { days.end.until(with.start) } else { with.end.until(days.start) };
    gap.is_ok_and(|span| span.get_days() <= 7) && order(here, there).is_some_and(|(_, days)| days <= 7)
}

fn grain_is_day(moment: &Moment) -> bool {
    moment.timex.interval.is_some_and(|days| days.start.duration_until(days.end).as_hours() <= 24)
}

/// Whether two lists name different people anyway: who stands in one and not in the other tells nothing.
fn name_others(one: &Name, two: &Name) -> bool {
    let only = |list: &[Vec<String>], with: &[Vec<String>]| list.iter().filter(|name| !with.contains(name)).count();
    let (list, with) = (&one.beside, &two.beside);
    !list.is_empty() && !with.is_empty() && list.len().max(with.len()) >= 2 && only(list, with) + only(with, list) > 0
}

/// Whether both sentences name many: each picks whom to name.
fn are_lists(here: &Site, there: &Site) -> bool {
    let people = |site: &Site| site.sent.toks.iter().filter(|tok| &*tok.ent == "B-PERSON").count();
    let commas = |site: &Site| site.sent.toks.iter().filter(|tok| matches!(tok.word.as_str(), "," | ";")).count();
    people(here).min(people(there)) >= LISTED && commas(here).min(commas(there)) >= LISTED - 1
}

/// Whether both are called what several are at a time: one ministry has two spokesmen, one paper many reporters.
fn are_of_many((here, one): (&Site, &Name), (there, two): (&Site, &Name)) -> bool {
    let called = |site: &Site, name: &Name| -> Vec<&'static str> {
        let near = name.range.start.saturating_sub(CALLED)..(name.range.end + CALLED).min(site.sent.toks.len());
        let toks = &site.sent.toks;
        // "A spokeswoman for the harbour board of Orlen, Marta Brandt": what explains a name may stand far from it.
        let head = site.sent.head_of(&name.range);
        let explained = (&*toks[head].dep == "appos").then(|| toks[head].head);
        let explaining = site.sent.children(head).iter().copied().filter(|&child| &*toks[child].dep == "appos");
        let words = near.chain(explained).chain(explaining).map(|at| toks[at].lemma.as_str());
        words.filter_map(|word| MANY.iter().find(|kind| kind.contains(&word)).map(|kind| kind[0])).collect()
    };
    // "The Lake Agency's Maria Kovel".
    let reporter = |site: &Site, name: &Name| {
        let owner = name.range.start.checked_sub(2).map(|at| (&site.sent.toks[at], &site.sent.toks[at + 1]));
        owner.is_some_and(|(owner, mark)| {
            matches!(mark.word.as_str(), "'s" | "’s") && owner.is_capital() && owner.ent.ends_with("ORG")
        })
    };
    if one.speaks && two.speaks && reporter(here, one) && reporter(there, two) {
        return true;
    }
    if one.speaks && two.speaks {
        // Who said the same words is in question, be they called alike or not.
        return false;
    }
    let own = called(here, one);
    called(there, two).iter().any(|kind| own.contains(kind))
}

/// What one is called stands so near.
const CALLED: usize = 3;

/// What several are at a time, kind by kind.
const MANY: &[&[&str]] = &[
    &["spokesman", "spokeswoman", "spokesperson"],
    &["reporter", "correspondent", "journalist"],
    &["analyst", "economist", "strategist"],
    &["lawyer", "attorney"],
    &["official"],
    &["witness", "resident", "neighbor", "neighbour"],
    &["expert", "professor", "researcher", "scientist"],
    &["senator", "lawmaker", "congressman", "congresswoman", "deputy"],
    &["officer", "soldier"],
    &["fan", "supporter", "passenger", "student"],
];

/// So many people between commas are a list.
const LISTED: usize = 4;

/// The unknown thing that a place tells the place of, "a school in Orlen", and whether the sentence begins with it.
fn new_thing(site: &Site, name: &Name) -> Option<bool> {
    let toks = &site.sent.toks;
    let preposition = toks[site.sent.head_of(&name.range)].head;
    let thing = toks[preposition].head;
    let unknown = |&child: &usize| matches!(toks[child].word.as_str(), "a" | "an");
    let is_thing = &*toks[thing].pos == "NOUN" && site.sent.children(thing).iter().any(unknown);
    (name.role.is_where() && is_thing).then(|| toks[thing].dep.starts_with("nsubj"))
}

fn names((here, one): (&Site, &Name), (there, two): (&Site, &Name)) -> Verdict {
    let kinship = one.kinship(two);
    if kinship == Kinship::Same {
        return Verdict::Same;
    }
    let slot = match (one.sort, two.sort) {
        (Sort::Place, Sort::Place) => Slot::Place,
        _ if one.role == two.role && one.role.is_where() => Slot::Place,
        (one, two) if one == two => Slot::Name,
        (Sort::Unknown, Sort::Place) | (Sort::Place, Sort::Unknown)
            if one.role == two.role && matches!(one.role, Role::After(_) | Role::Other) =>
        {
            Slot::Place
        }
        // The tagger takes many a town for a person.
        (Sort::Place, _) | (_, Sort::Place) if one.role == Role::Beside && two.role == Role::Beside => Slot::Place,
        (Sort::Place, _) | (_, Sort::Place) if kinship != Kinship::Half => return Verdict::Incomparable,
        (Sort::Unknown, _) | (_, Sort::Unknown) => Slot::Name,
        // The tagger mixes up what shares a word.
        _ if kinship == Kinship::Half => Slot::Name,
        _ => return Verdict::Incomparable,
    };
    let open = |role: &Role| matches!(role, Role::Other | Role::Beside);
    let known = !open(&one.role) && !open(&two.role);
    if kinship == Kinship::None
        && known
        && one.role != two.role
        && !(one.role.is_after() && two.role.is_after())
        && !(one.speaks && two.speaks)
    {
        return Verdict::Incomparable;
    }
    let slot = if kinship == Kinship::None && one.speaks && two.speaks { Slot::Speaker } else { slot };
    let told = two.is_told_in(&here.view.words) || one.is_told_in(&there.view.words);
    let veto = match kinship {
        Kinship::Spelling => Some(Veto::Spelling),
        _ if one.example || two.example => Some(Veto::PartOf),
        _ if kinship == Kinship::None && (name_others(one, two) || are_lists(here, there)) => Some(Veto::PartOf),
        _ if kinship == Kinship::None
            && matches!(slot, Slot::Name | Slot::Speaker)
            && are_of_many((here, one), (there, two)) =>
        {
            Some(Veto::PartOf)
        }
        _ if slot == Slot::Place && is_region(&one.words) != is_region(&two.words) => Some(Veto::Granularity),
        // "A school in Orlen", "a school in Vesk": each brings in its own.
        _ if slot == Slot::Place
            && kinship == Kinship::None
            && new_thing(here, one).zip(new_thing(there, two)).is_some_and(|(one, two)| one || two) =>
        {
            Some(Veto::OtherFrame)
        }
        _ if told => Some(Veto::ToldByBoth),
        _ => None,
    };
    let role = match (&one.role, &two.role) {
        (one, two) if open(one) || open(two) => 0.0,
        (one, two) if one == two => 0.1,
        (Role::After(_), Role::After(_)) => 0.0,
        _ => -0.15,
    };
    let unknown = one.sort == Sort::Unknown || two.sort == Sort::Unknown;
    let role = if unknown && kinship == Kinship::None { role - 0.15 } else { role };
    let half = if kinship == Kinship::Half { 0.2 } else { 0.0 };
    Verdict::Differ(Difference { slot, severity: Severity::High, likeness: role + half, veto })
}
