//! Numbers: what they count or measure, and between which bounds they lie.

use std::ops::Range;

use wirecopy_model::TimexKind;

use super::view::{Sent, View};

/// A number in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// Its tokens, with those of its unit.
    pub range: Range<usize>,
    /// The number as it is written, in its own unit.
    pub value: f64,
    /// In the base unit.
    pub low: f64,
    /// In the base unit.
    pub high: f64,
    pub hedge: Hedge,
    pub unit: Unit,
    /// Whether it is one of something told in the same breath: "five of the 25".
    pub part: bool,
    /// How many of its digits count: three of 31.2 billion, one of 30 billion.
    pub digits: u32,
}

/// How a number is blurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hedge {
    Exact,
    About,
    /// Somewhat less: "nearly 2,000".
    Nearly,
    AtLeast,
    AtMost,
}

/// What a number counts or measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// So many of what this lemma names.
    Count(String),
    Money(&'static str),
    Percent,
    Metre,
    Kilogram,
    Litre,
    SquareMetre,
    /// Kilometres an hour.
    Speed,
    /// Seconds.
    Time,
    /// Years of life.
    Age,
    /// A place in a row.
    Rank(String),
    /// The result of a game.
    Score,
    /// A bare number.
    Plain,
}

/// The numbers of a sentence.
pub(super) fn quantities(view: &View, sent: &Sent) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sent.toks.len() {
        match read(view, sent, at) {
            Some(quantity) => {
                at = quantity.range.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

fn read(view: &View, sent: &Sent, start: usize) -> Option<Quantity> {
    let number = numeral(sent, start)?;
    let before = |back: usize| start.checked_sub(back).map(|at| sent.toks[at].word.as_str());
    // The number of a thing's name, a page, a version, a list.
    let named = start.checked_sub(1).is_some_and(|at| {
        let tok = &sent.toks[at];
        (tok.is_capital() && tok.piece.end + 1 >= sent.toks[start].piece.start && !is_month(&tok.word))
            || matches!(
                tok.word.as_str(),
                "no." | "no" | "year" | "grade" | "number" | "#" | "page" | "nr" | "section" | "article" | "chapter"
            )
    });
    let money = before(1).and_then(currency);
    // The second half of a result, and a value given again in another unit.
    let open = if money.is_some() { 2 } else { 1 };
    let in_other_unit = |word: &str| {
        measure(word, "").is_some()
            || word == "pounds"
            || currency(word).is_some()
            || money.is_some() && (digits(word).is_some() || scale(word).is_some())
    };
    let again = matches!(before(1), Some("-" | "–")) && start >= 2 && digits(&sent.toks[start - 2].word).is_some()
        || before(open) == Some("(") && before(open + 1).is_some_and(in_other_unit);
    if again {
        return None;
    }
    if (named && money.is_none()) || is_date(view, sent, start, number.end) {
        return None;
    }
    if let Some(score) = score(sent, start) {
        return Some(score);
    }
    // "The 3.0 release": nothing is counted in fractions, a version is.
    let whole = number.low.fract() == 0.0 && !sent.toks[start].word.contains('.');
    if money.is_none() && !whole && number.end == start + 1 && is_counted_directly(sent, number.end) {
        return None;
    }
    let from = if money.is_some() { start - 1 } else { start };
    let (unit, scale, end) = unit(sent, &number, money);
    let rest = rest_of_measure(sent, end, &unit, scale);
    let (rest, end) = rest.map_or((0.0, end), |(rest, end)| (rest, end));
    let hedge = hedge(sent, from, end);
    let (low, high) = number.bounds();
    let quantity = Quantity {
        range: from..end,
        value: number.low,
        low: low * scale + rest,
        high: high * scale + rest,
        hedge,
        part: is_part(sent, from, end),
        digits: number.digits(),
        unit,
    };
    quantity.low.is_finite().then_some(quantity)
}

/// What follows a measure in a smaller unit of the same kind, in the base unit, and the token behind it: the seconds of "nine
/// minutes and 46 seconds", the inches of "five feet ten inches".
fn rest_of_measure(sent: &Sent, end: usize, unit: &Unit, scale: f64) -> Option<(f64, usize)> {
    if !matches!(unit, Unit::Time | Unit::Metre | Unit::Kilogram) {
        return None;
    }
    let word = |at: usize| sent.toks.get(at).map_or("", |tok| tok.word.as_str());
    let start = if matches!(word(end), "and" | ",") { end + 1 } else { end };
    let number = numeral(sent, start)?;
    let (small, with) = measure(word(number.end), word(number.end + 1))?;
    (small == *unit && with < scale && number.low * with < scale).then_some((number.low * with, number.end + 1))
}

/// A number as it is read: "2.5 million", "ten to twelve".
struct Numeral {
    start: usize,
    low: f64,
    high: f64,
    /// The number behind its last token.
    end: usize,
    /// One unit of its last digit that counts.
    step: f64,
    ordinal: bool,
}

impl Numeral {
    fn bounds(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn digits(&self) -> u32 {
        let digits = (self.high.max(1.0) / self.step).log10().floor() + 1.0;
        digits.clamp(1.0, 15.0) as u32
    }
}

fn numeral(sent: &Sent, start: usize) -> Option<Numeral> {
    let mut number = plain_numeral(sent, start)?;
    // "10 to 12 feet", "5-6,000"; not "from 10 to 12", which is a change.
    let word = |at: usize| sent.toks.get(at).map(|tok| tok.word.as_str());
    let joined = matches!(word(number.end), Some("to" | "or" | "-" | "–"))
        && !matches!(start.checked_sub(1).and_then(word), Some("from"));
    if joined && let Some(upper) = plain_numeral(sent, number.end + 1).filter(|upper| upper.low > number.low) {
        let thousands = upper.low >= 1000.0 && number.low < 1000.0 && upper.low / number.low >= 500.0;
        let hyphen = matches!(word(number.end), Some("-" | "–"));
        if !hyphen || sent.toks.get(upper.end).is_some_and(|tok| &*tok.pos == "NOUN") {
            number.low *= if thousands { 1000.0 } else { 1.0 };
            number.high = upper.low;
            number.end = upper.end;
        }
    }
    Some(number)
}

fn plain_numeral(sent: &Sent, start: usize) -> Option<Numeral> {
    let (mut total, mut current, mut step) = (0f64, None::<f64>, 1f64);
    let mut at = start;
    let mut ordinal = false;
    while let Some(tok) = sent.toks.get(at) {
        let word = tok.word.as_str();
        if let Some((value, digit, scale)) = digits(word) {
            if current.is_some() {
                break;
            }
            current = Some(value);
            step = digit;
            if scale > 1.0 {
                total += value * scale;
                step *= scale;
                current = Some(0.0);
            }
        } else if let Some(value) = small(word) {
            match current {
                Some(held) if held >= 20.0 && value < 10.0 && held % 10.0 == 0.0 => current = Some(held + value),
                Some(held) if held >= 100.0 && value < 100.0 => current = Some(held + value),
                Some(_) => break,
                None if total > 0.0 && value >= 1000.0 => break,
                None => current = Some(value),
            }
            step = 1.0;
        } else if let Some(scale) = scale(word).or_else(|| glued_scale(sent, start, at)) {
            // "a million", but not "million" in a name.
            let held = match current {
                Some(held) if held > 0.0 => held,
                _ if at > start => break,
                _ if start > 0 && matches!(sent.toks[start - 1].word.as_str(), "a" | "an" | "half") => 1.0,
                _ => return None,
            };
            step *= scale;
            if scale == 100.0 || scale == 12.0 {
                current = Some(held * scale);
            } else {
                total += held * scale;
                current = None;
            }
        } else if let Some(value) = rank(word) {
            if at > start {
                break;
            }
            current = Some(value);
            ordinal = true;
            at += 1;
            break;
        } else if word == "-" && current.is_some_and(|held| (20.0..100.0).contains(&held)) {
            let next = sent.toks.get(at + 1).and_then(|tok| small(&tok.word));
            if next.is_none_or(|next| next >= 10.0) {
                break;
            }
        } else if word == "and" && current.is_some_and(|held| held >= 100.0) && digits(&sent.toks[start].word).is_none()
        {
            if sent.toks.get(at + 1).and_then(|tok| small(&tok.word)).is_none() {
                break;
            }
        } else {
            break;
        }
        at += 1;
    }
    let value = total + current.unwrap_or(0.0);
    let any = at > start && (current.is_some() || total > 0.0);
    // The trailing noughts of a whole number are not told to the digit.
    while step >= 1.0 && value > 0.0 && value % (step * 10.0) == 0.0 && step < 1e15 {
        step *= 10.0;
    }
    any.then_some(Numeral { start, low: value, high: value, end: at, step, ordinal })
}

/// The value of digits, the worth of the last one, and the scale glued to them ("5bn").
fn digits(word: &str) -> Option<(f64, f64, f64)> {
    let bare = word.trim_start_matches(['$', '£', '€', '¥']);
    let end = bare.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(bare.len());
    let (number, rest) = bare.split_at(end);
    let scale = match rest {
        "" => 1.0,
        "k" => 1e3,
        "mn" => 1e6,
        "bn" => 1e9,
        "tn" => 1e12,
        _ => return None,
    };
    if !number.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 18 {
        return None;
    }
    let plain = number.trim_end_matches(['.', ',']).replace(',', "");
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value: f64 = plain.parse().ok()?;
    Some((value, 10f64.powi(-(decimals as i32)), scale))
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let unit = WORDS.iter().position(|&with| with == word).map(|value| value as f64);
    unit.or_else(|| TENS.iter().position(|&with| with == word).map(|value| (value + 2) as f64 * 10.0))
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "mln" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// "5m" is five million before a noun and after a currency, and five metres otherwise.
fn glued_scale(sent: &Sent, start: usize, at: usize) -> Option<f64> {
    let paid = start.checked_sub(1).is_some_and(|before| currency(&sent.toks[before].word).is_some());
    let counted = sent.toks.get(at + 1).is_some_and(|tok| &*tok.pos == "NOUN");
    match sent.toks[at].word.as_str() {
        "m" if paid || counted => Some(1e6),
        "b" if paid => Some(1e9),
        _ => None,
    }
}

fn rank(word: &str) -> Option<f64> {
    const RANKS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let named = RANKS.iter().position(|&with| with == word).map(|at| (at + 1) as f64);
    named.or_else(|| {
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
        number.parse::<u32>().ok().map(f64::from)
    })
}

pub(super) fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" | "us$" | "dollar" | "dollars" | "usd" => "$",
        "£" | "gbp" | "pound sterling" => "£",
        "€" | "euro" | "euros" | "eur" => "€",
        "¥" | "yen" => "¥",
        "yuan" | "rupee" | "rupees" | "franc" | "francs" | "rouble" | "roubles" | "rubles" | "ruble" => "other",
        _ => return None,
    })
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| word.starts_with(month))
}

/// Whether the number belongs to a date or a time of day.
fn is_date(view: &View, sent: &Sent, start: usize, end: usize) -> bool {
    let piece = sent.piece(&(start..end));
    view.timexes.iter().any(|timex| {
        timex.piece().overlaps(piece) && (matches!(timex.kind, TimexKind::Date | TimexKind::Time | TimexKind::Set))
    })
}

fn score(sent: &Sent, start: usize) -> Option<Quantity> {
    let word = sent.toks[start].word.as_str();
    let (one, other) = word.split_once(['-', '–'])?;
    let (one, other): (u32, u32) = (one.parse().ok()?, other.parse().ok()?);
    let value = f64::from(one.max(other)) * 1000.0 + f64::from(one.min(other));
    Some(Quantity {
        range: start..start + 1,
        value,
        low: value,
        high: value,
        hedge: Hedge::Exact,
        unit: Unit::Score,
        part: false,
        digits: 2,
    })
}

/// The unit behind a number, what one of it is in the base unit, and the token after it.
fn unit(sent: &Sent, number: &Numeral, money: Option<&'static str>) -> (Unit, f64, usize) {
    let end = number.end;
    if let Some(currency) = money {
        return (Unit::Money(currency), 1.0, end);
    }
    let next = |at: usize| sent.toks.get(at).map_or("", |tok| tok.word.as_str());
    let at = if next(end) == "-" { end + 1 } else { end };
    let word = next(at);
    if number.ordinal {
        let noun = counted(sent, end - 1);
        return (Unit::Rank(noun.map_or_else(String::new, |noun| sent.toks[noun].lemma.clone())), 1.0, end);
    }
    if let Some(currency) = currency(word) {
        return (Unit::Money(currency), 1.0, at + 1);
    }
    // "30,000 Egyptian pounds".
    if sent.toks.get(at).is_some_and(|tok| tok.ent.ends_with("NORP")) && matches!(next(at + 1), "pounds" | "dollars") {
        return (Unit::Kilogram, 0.4536, at + 2);
    }
    let before = |back: usize| number.start.checked_sub(back).map_or("", |at| sent.toks[at].word.as_str());
    let between_commas = before(1) == "," && matches!(word, "," | "." | "") && number.low < 120.0 && {
        number.start >= 2 && sent.toks[number.start - 2].tag.starts_with("NN")
    };
    if between_commas || matches!(before(1), "aged" | "turned" | "turning") && number.low < 120.0 {
        return (Unit::Age, 1.0, end);
    }
    let is_age = matches!(word, "year" | "years" | "month" | "months" | "week" | "weeks" | "day" | "days");
    let old = if next(at + 1) == "-" { at + 2 } else { at + 1 };
    if is_age && next(old) == "old" {
        let scale = if word.starts_with("year") { 1.0 } else { 1.0 / 12.0 };
        return (Unit::Age, scale, old + 1);
    }
    if let Some((unit, scale)) = measure(word, next(at + 1)) {
        return (unit, scale, at + 1);
    }
    match counted(sent, end - 1) {
        Some(noun) if noun >= end => {
            let end = if noun == at { noun + 1 } else { end };
            (Unit::Count(super::lexicon::stem(&sent.toks[noun].lemma)), 1.0, end)
        }
        _ => (Unit::Plain, 1.0, end),
    }
}

/// Whether a noun that is no measure stands directly behind a number.
fn is_counted_directly(sent: &Sent, end: usize) -> bool {
    let word = |at: usize| sent.toks.get(at).map_or("", |tok| tok.word.as_str());
    let noun = sent.toks.get(end).is_some_and(|tok| &*tok.pos == "NOUN");
    noun && measure(word(end), word(end + 1)).is_none() && currency(word(end)).is_none()
}

/// The noun that a number counts: the head that it modifies.
fn counted(sent: &Sent, at: usize) -> Option<usize> {
    let mut here = at;
    for _ in 0..4 {
        let tok = &sent.toks[here];
        let modifies = matches!(&*tok.dep, "nummod" | "compound" | "amod" | "quantmod" | "nmod");
        if !modifies || tok.head == here {
            break;
        }
        here = tok.head;
        if sent.toks[here].tag.starts_with("NN") && here > at {
            return Some(here);
        }
    }
    None
}

fn measure(word: &str, next: &str) -> Option<(Unit, f64)> {
    Some(match word {
        "%" | "percent" | "pct" => (Unit::Percent, 1.0),
        "per" if next == "cent" => (Unit::Percent, 1.0),
        "m" | "metre" | "metres" | "meter" | "meters" => (Unit::Metre, 1.0),
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => (Unit::Metre, 1000.0),
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => (Unit::Metre, 0.01),
        "mm" | "millimetre" | "millimetres" => (Unit::Metre, 0.001),
        "mile" | "miles" => (Unit::Metre, 1609.344),
        "ft" | "foot" | "feet" => (Unit::Metre, 0.3048),
        "yard" | "yards" => (Unit::Metre, 0.9144),
        "inch" | "inches" => (Unit::Metre, 0.0254),
        "kg" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => (Unit::Kilogram, 1.0),
        "g" | "gram" | "grams" => (Unit::Kilogram, 0.001),
        "ton" | "tons" | "tonne" | "tonnes" => (Unit::Kilogram, 1000.0),
        "lb" | "lbs" | "pound" | "pounds" => (Unit::Kilogram, 0.4536),
        "litre" | "litres" | "liter" | "liters" => (Unit::Litre, 1.0),
        "gallon" | "gallons" => (Unit::Litre, 3.785),
        "acre" | "acres" => (Unit::SquareMetre, 4046.9),
        "hectare" | "hectares" => (Unit::SquareMetre, 10_000.0),
        "mph" => (Unit::Speed, 1.609),
        "kph" | "km/h" => (Unit::Speed, 1.0),
        "second" | "seconds" => (Unit::Time, 1.0),
        "minute" | "minutes" => (Unit::Time, 60.0),
        "hour" | "hours" => (Unit::Time, 3600.0),
        "day" | "days" => (Unit::Time, 86_400.0),
        "week" | "weeks" => (Unit::Time, 604_800.0),
        "month" | "months" => (Unit::Time, 2_629_800.0),
        "year" | "years" => (Unit::Time, 31_557_600.0),
        _ => return None,
    })
}

/// The hedge before a number.
fn hedge(sent: &Sent, from: usize, end: usize) -> Hedge {
    let word = |back: usize| from.checked_sub(back).map_or("", |at| sent.toks[at].word.as_str());
    let after = sent.toks.get(end).map_or("", |tok| tok.word.as_str());
    match (word(2), word(1)) {
        ("more" | "greater" | "higher", "than") | ("at", "least") | ("no", "fewer" | "less") => Hedge::AtLeast,
        ("less" | "fewer", "than") | ("at", "most") | ("up", "to") => Hedge::AtMost,
        (_, "over" | "above" | "exceeding") => Hedge::AtLeast,
        (_, "nearly" | "almost") => Hedge::Nearly,
        (_, "under" | "below") => Hedge::AtMost,
        (_, "about" | "around" | "some" | "roughly" | "approximately" | "estimated" | "circa" | "~") => Hedge::About,
        _ if after == "or" && sent.toks.get(end + 1).is_some_and(|tok| tok.word == "more") => Hedge::AtLeast,
        _ if after == "-" && sent.toks.get(end + 1).is_some_and(|tok| tok.word == "plus") => Hedge::AtLeast,
        _ => Hedge::Exact,
    }
}

/// Whether the words around say that it was so before, or that it has been changed to this.
pub(super) fn stage(sent: &Sent, range: &Range<usize>) -> Stage {
    let near = range.start.saturating_sub(7)..(range.end + 3).min(sent.toks.len());
    let before = sent.toks[near].iter().any(|tok| {
        matches!(
            tok.word.as_str(),
            "previous"
                | "previously"
                | "initial"
                | "initially"
                | "original"
                | "originally"
                | "first"
                | "earlier"
                | "former"
        )
    });
    let to = range.start.checked_sub(1).is_some_and(|at| sent.toks[at].word == "to");
    let changes = sent.toks[range.start.saturating_sub(12)..range.start].iter().any(|tok| {
        matches!(
            tok.lemma.as_str(),
            "raise" | "increase" | "sweeten" | "cut" | "lower" | "lift" | "boost" | "reduce" | "rise" | "fall"
        )
    });
    match () {
        _ if to && changes => Stage::Changed,
        _ if before => Stage::Before,
        _ => Stage::Plain,
    }
}

/// Where in its history a value is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Plain,
    Before,
    Changed,
}

/// Whether the words around say that it is a part: "five of them", "including four children", "other".
fn is_part(sent: &Sent, from: usize, end: usize) -> bool {
    let word = |at: usize| sent.toks.get(at).map_or("", |tok| tok.word.as_str());
    let before = |back: usize| from.checked_sub(back).map_or("", |at| sent.toks[at].word.as_str());
    let of = word(end) == "of"
        && matches!(word(end + 1), "the" | "them" | "whom" | "which" | "those" | "its" | "his" | "their");
    let among = before(2) == "of" && matches!(before(1), "which" | "whom")
        || matches!(before(1), "including" | "additional" | "other" | "another" | "further")
        || matches!(before(2), "including" | "another" | "among");
    of || among || matches!(word(end), "others" | "other" | "more")
}
