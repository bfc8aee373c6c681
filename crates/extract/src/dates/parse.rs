//! Calendar dates as pages write them, read where they are unambiguous.
//!
//! Not for: time expressions in prose ("last Friday"), which the time stage reads.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use wirecopy_model::DateValue;

/// A full date found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub value: DateValue,
    /// Bytes, from the first to the last sign of the date and its time of day.
    pub range: std::ops::Range<usize>,
    /// The weekday written beside it is not that of the date.
    pub wrong_weekday: bool,
    /// A weekday is written beside it.
    pub weekday: bool,
}

/// Reads a string that is meant to be a date and nothing else: ISO 8601 and its sloppy forms, RFC 2822, "13 April 2021",
/// "April 13, 2021 6:30 PM", "13.04.2021", seconds since 1970. `None` where it is no date or could be two
/// ("04/05/2021").
pub(crate) fn parse_loose(text: &str) -> Option<DateValue> {
    let text = text.trim();
    if text.len() > 120 {
        return None;
    }
    DateValue::parse(text).or_else(|| epoch(text)).or_else(|| {
        let mut found = find_dates(text);
        if found.len() == 1 { found.pop().map(|found| found.value) } else { None }
    })
}

/// `1618335000` or `1618335000000`.
fn epoch(text: &str) -> Option<DateValue> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text[..10].parse().ok()?;
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    DateValue::parse(&stamp.to_string())
}

/// All full dates in a text, in order. Ambiguous ones ("04/05/2021") are left out.
pub(crate) fn find_dates(text: &str) -> Vec<Found> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens_of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((day, used)) = date_at(&tokens[at..]) else {
            at += 1;
            continue;
        };
        let (mut end, mut value) = (at + used, DateValue::from(day));
        if let Some((clock, used)) = clock_at(&tokens[end..])
            && let Some(with_clock) = DateValue::parse(&format!("{day}{clock}"))
        {
            value = with_clock;
            end += used;
        }
        let weekday = [at.checked_sub(1), at.checked_sub(2)].into_iter().flatten().find_map(|i| tokens[i].weekday());
        found.push(Found {
            value,
            range: tokens[at].start..tokens[end - 1].end,
            weekday: weekday.is_some(),
            wrong_weekday: weekday.is_some_and(|w| w != day.weekday().to_monday_zero_offset()),
        });
        at = end;
    }
    found
}

/// Days without a year, as datelines have them ("LAKEPORT, April 13 (AP)"): month and day.
pub(crate) fn month_days(text: &str) -> Vec<(i8, i8)> {
    let tokens = tokens_of(text);
    let pair = |month: What, day: &Token<'_>| match (month, day.number()) {
        (What::Month(month), Some((day, 1 | 2))) if (1..=31).contains(&day) => Some((month, day as i8)),
        _ => None,
    };
    let without_stop: Vec<&Token<'_>> = tokens.iter().filter(|t| !t.is_sign(&['.'])).collect();
    without_stop.windows(2).filter_map(|w| pair(w[0].what, w[1]).or_else(|| pair(w[1].what, w[0]))).collect()
}

/// The days in an address' path.
pub(crate) fn url_dates(path: &str) -> Vec<Date> {
    let tokens = tokens_of(path);
    let day_at = |at: usize| -> Option<Date> {
        let after_number = at > 0 && tokens[at - 1].number().is_some();
        let (year, digits) = tokens[at].number()?;
        if after_number || year < 1990 {
            return None;
        }
        if digits == 8 {
            return day_of(year / 10_000, year / 100 % 100, year % 100).filter(|day| day.year() >= 1990);
        }
        let sign = tokens.get(at + 1)?;
        if digits != 4 || !sign.is_sign(&['/', '-']) || tokens.get(at + 3)?.text != sign.text {
            return None;
        }
        let month = match tokens.get(at + 2)?.what {
            What::Month(month) => month as u32,
            What::Number { value, digits: 1 | 2 } => value,
            _ => return None,
        };
        let (day, digits) = tokens.get(at + 4)?.number()?;
        if digits > 2 { None } else { day_of(year, month, day) }
    };
    (0..tokens.len()).filter_map(day_at).collect()
}

/// What a piece of a date can be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Number { value: u32, digits: usize },
    Month(i8),
    Weekday(i8),
    Word,
    Sign(char),
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    what: What,
    text: &'a str,
    start: usize,
    end: usize,
}

impl Token<'_> {
    fn weekday(&self) -> Option<i8> {
        if let What::Weekday(day) = self.what { Some(day) } else { None }
    }

    fn number(&self) -> Option<(u32, usize)> {
        if let What::Number { value, digits } = self.what { Some((value, digits)) } else { None }
    }

    fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.what, What::Sign(c) if signs.contains(&c))
    }
}

fn tokens_of(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let class = |c: char| {
            if c.is_ascii_digit() {
                1
            } else if c.is_alphabetic() {
                2
            } else {
                0
            }
        };
        let mut end = start + c.len_utf8();
        let kind = if matches!(c, '年' | '月' | '日') { 0 } else { class(c) };
        while kind != 0
            && chars.peek().is_some_and(|&(_, next)| class(next) == kind && !matches!(next, '年' | '月' | '日'))
        {
            let (at, next) = chars.next().unwrap_or_default();
            end = at + next.len_utf8();
        }
        let word = &text[start..end];
        let what = match kind {
            1 => What::Number { value: word.parse().unwrap_or(u32::MAX), digits: word.len() },
            2 => word_of(word),
            _ => What::Sign(c),
        };
        tokens.push(Token { what, text: word, start, end });
    }
    tokens
}

/// Whether a word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    matches!(word_of(word), What::Month(_))
}

fn word_of(word: &str) -> What {
    static NAMES: LazyLock<HashMap<&'static str, What>> = LazyLock::new(|| {
        let table = |names: &'static [&'static str], what: fn(i8) -> What| {
            names.iter().zip(0..).flat_map(move |(names, at)| names.split(' ').map(move |name| (name, what(at))))
        };
        table(MONTHS, |at| What::Month(at + 1)).chain(table(WEEKDAYS, What::Weekday)).collect()
    });
    // The longest name has 22 bytes; most words of a text need no look-up beyond their length.
    if !(2..=24).contains(&word.len()) {
        return What::Word;
    }
    NAMES.get(word.to_lowercase().as_str()).copied().unwrap_or(What::Word)
}

/// English, German, French, Spanish, Russian, Italian, Portuguese, Dutch; short forms without their full stop.
const MONTHS: &[&str] = &[
    "january jan januar jänner janvier janv enero ene января январь янв gennaio janeiro januari",
    "february feb februar février fevrier févr fév febrero февраля февраль фев febbraio fevereiro februari",
    "march mar märz maerz mär mars marzo марта март мар março maart mrz",
    "april apr avril avr abril abr апреля апрель апр aprile",
    "may mai mayo мая май maggio maio mei",
    "june jun juni juin junio июня июнь июн giugno junho",
    "july jul juli juillet juil julio июля июль июл luglio julho",
    "august aug août aout agosto ago августа август авг augustus",
    "september sep sept septembre septiembre setiembre сентября сентябрь сен сент settembre setembro",
    "october oct oktober okt octobre octubre октября октябрь окт ottobre outubro",
    "november nov novembre noviembre ноября ноябрь ноя нояб novembro",
    "december dec dezember dez décembre decembre déc diciembre dic декабря декабрь дек dicembre dezembro",
];

/// From Monday on.
const WEEKDAYS: &[&str] = &[
    "monday mon montag lundi lunes понедельник lunedì segunda maandag",
    "tuesday tue tues dienstag mardi martes вторник martedì terça dinsdag",
    "wednesday wed mittwoch mercredi miércoles среда среду mercoledì quarta woensdag",
    "thursday thu thur thurs donnerstag jeudi jueves четверг giovedì quinta donderdag",
    "friday fri freitag vendredi viernes пятница пятницу venerdì sexta vrijdag",
    "saturday sat samstag sonnabend samedi sábado суббота субботу sabato zaterdag",
    "sunday sun sonntag dimanche domingo воскресенье domenica zondag",
];

/// The date that begins at the first of these tokens, and how many of them it takes.
fn date_at(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    match tokens.first()?.what {
        What::Month(month) => month_first(tokens, month),
        What::Number { digits: 8, value } => {
            let date = day_of(value / 10_000, value / 100 % 100, value % 100)?;
            Some((date, 1))
        }
        What::Number { digits: 4, value } => year_first(tokens, value),
        What::Number { digits: 1 | 2, value } => day_first(tokens, value),
        _ => None,
    }
}

/// "April 13, 2021", "Apr. 13th 2021".
fn month_first(tokens: &[Token<'_>], month: i8) -> Option<(Date, usize)> {
    let mut at = 1;
    at += usize::from(tokens.get(at)?.is_sign(&['.']));
    let (day, digits) = tokens.get(at)?.number()?;
    if digits > 2 {
        return None;
    }
    at += 1;
    at += usize::from(is_ordinal(tokens.get(at)?));
    at += usize::from(tokens.get(at)?.is_sign(&[',', '.']));
    let (year, digits) = tokens.get(at)?.number()?;
    (digits == 4).then(|| day_of(year, month as u32, day)).flatten().map(|date| (date, at + 1))
}

/// "2021-04-13", "2021/4/13", "2021年4月13日"; not "2021.4" or a longer number.
fn year_first(tokens: &[Token<'_>], year: u32) -> Option<(Date, usize)> {
    let sign = tokens.get(1)?;
    let separators = ['-', '/', '.', '年'];
    if !sign.is_sign(&separators) {
        return None;
    }
    let (month, _) = tokens.get(2)?.number()?;
    if !tokens.get(3)?.is_sign(&['-', '/', '.', '月']) {
        return None;
    }
    let (day, digits) = tokens.get(4)?.number()?;
    let closing = usize::from(tokens.get(5).is_some_and(|t| t.is_sign(&['日'])));
    (digits <= 2).then(|| day_of(year, month, day)).flatten().map(|date| (date, 5 + closing))
}

/// "13 April 2021", "13. April 2021", "13 de abril de 2021", "13th of April, 2021", "13.04.2021", "04/13/2021".
fn day_first(tokens: &[Token<'_>], first: u32) -> Option<(Date, usize)> {
    let mut at = 1;
    at += usize::from(is_ordinal(tokens.get(at)?));
    if let Some(numeric) = numeric(tokens, first) {
        return Some(numeric);
    }
    at += usize::from(tokens.get(at)?.is_sign(&['.', '-', '/']));
    at += usize::from(is_joint(tokens.get(at)?));
    let What::Month(month) = tokens.get(at)?.what else { return None };
    at += 1;
    at += usize::from(tokens.get(at)?.is_sign(&[',', '.', '-', '/']));
    at += usize::from(is_joint(tokens.get(at)?));
    let (year, digits) = tokens.get(at)?.number()?;
    (digits == 4).then(|| day_of(year, month as u32, first)).flatten().map(|date| (date, at + 1))
}

/// Day and month by number, where only one order gives a date, or a full stop says that the day comes first.
fn numeric(tokens: &[Token<'_>], first: u32) -> Option<(Date, usize)> {
    let sign = tokens.get(1)?;
    if !sign.is_sign(&['.', '/', '-']) || tokens.get(3)?.text != sign.text {
        return None;
    }
    let ((second, _), (year, digits)) = (tokens.get(2)?.number()?, tokens.get(4)?.number()?);
    if digits != 4 {
        return None;
    }
    let day_month = day_of(year, second, first);
    let month_day = day_of(year, first, second);
    let date = match (day_month, month_day) {
        (Some(date), None) | (None, Some(date)) => date,
        (Some(date), Some(other)) if date == other || sign.text == "." => date,
        _ => return None,
    };
    Some((date, 5))
}

fn is_ordinal(token: &Token<'_>) -> bool {
    matches!(token.text, "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")
}

fn is_joint(token: &Token<'_>) -> bool {
    matches!(token.text, "of" | "de" | "del" | "the")
}

/// A day of the years that a news page can come from.
fn day_of(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1800..=2100).contains(&year) {
        return None;
    }
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A time of day after a date: "T18:00:00Z", "at 6:30 PM", "- 18:00 GMT", "18:00 +0200". As the ISO text to be put
/// behind the day. Zones other than UTC by another name, or by an offset, are not kept: their names are ambiguous.
fn clock_at(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let mut at = 0;
    while at < 4 && tokens.get(at).is_some_and(is_before_clock) {
        at += 1;
    }
    let (mut hour, digits) = tokens.get(at)?.number()?;
    if digits > 2 || !tokens.get(at + 1)?.is_sign(&[':', '.', 'h']) && tokens[at + 1].text != "h" {
        return None;
    }
    let (minute, digits) = tokens.get(at + 2)?.number()?;
    if digits != 2 {
        return None;
    }
    at += 3;
    let mut second = 0;
    if tokens.get(at).is_some_and(|t| t.is_sign(&[':'])) {
        if let Some((value, _)) = tokens.get(at + 1).and_then(Token::number) {
            second = value;
            at += 2;
        }
        // Fractions of a second.
        if tokens.get(at).is_some_and(|t| t.is_sign(&['.'])) && tokens.get(at + 1).and_then(Token::number).is_some() {
            at += 2;
        }
    }
    if let Some(half) = tokens.get(at).map(|t| t.text.to_ascii_lowercase()) {
        let (letters, used) = if half == "am" || half == "pm" {
            (half, 1)
        } else {
            let spelt: String = tokens[at..].iter().take(3).map(|t| t.text.to_ascii_lowercase()).collect();
            (spelt.replace('.', ""), 3)
        };
        if letters == "am" || letters == "pm" {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if letters == "pm" { 12 } else { 0 };
            at += used;
            at += usize::from(used == 3 && tokens.get(at).is_some_and(|t| t.is_sign(&['.'])));
        }
    }
    let zone = zone_at(tokens, &mut at);
    (hour < 24 && minute < 60 && second < 60).then(|| (format!("T{hour:02}:{minute:02}:{second:02}{zone}"), at))
}

fn is_before_clock(token: &Token<'_>) -> bool {
    token.is_sign(&[',', '-', '–', '—', '|', '·', '•', '@'])
        || matches!(token.text, "T" | "t" | "at" | "um" | "à" | "a" | "las" | "в" | "alle")
}

fn zone_at(tokens: &[Token<'_>], at: &mut usize) -> String {
    let Some(token) = tokens.get(*at) else { return String::new() };
    if matches!(token.text, "Z" | "z" | "GMT" | "UTC" | "UT") {
        *at += 1;
        return "Z".to_owned();
    }
    if !token.is_sign(&['+', '-', '−']) {
        return String::new();
    }
    let sign = if token.text == "+" { '+' } else { '-' };
    let Some((value, digits)) = tokens.get(*at + 1).and_then(Token::number) else { return String::new() };
    let (hours, minutes, used) = match digits {
        4 => (value / 100, value % 100, 2),
        2 => match tokens.get(*at + 3).and_then(Token::number) {
            Some((minutes, 2)) if tokens[*at + 2].is_sign(&[':']) => (value, minutes, 4),
            _ => (value, 0, 2),
        },
        _ => return String::new(),
    };
    // An offset belongs to the clock only where no gap parts the two by more than a space: "18:00 - 24 people" has none.
    if hours > 14 || minutes > 59 || token.start > tokens[*at - 1].end + 1 || tokens[*at + 1].start != token.end {
        return String::new();
    }
    *at += used;
    format!("{sign}{hours:02}:{minutes:02}")
}

/// What the line around its date says the date to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    /// Nothing but the date, or a place beside it.
    Nothing,
    /// "Published", "Posted on".
    Published,
    /// "Updated", "Last modified".
    Updated,
}

/// A line that is a date and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateLine {
    /// The dates on it, in order; none for "3 hours ago" or a bare clock.
    pub dates: Vec<(Found, Says)>,
}

/// Reads a line that is only a date: with a weekday, a clock, a word such as "Published", a reading time, bars between.
pub(crate) fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 160 || !line.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let found = find_dates(line);
    let mut rest = String::new();
    let mut at = 0;
    let mut dates = Vec::with_capacity(found.len());
    for date in found {
        let before = &line[at..date.range.start];
        rest.push_str(before);
        rest.push(' ');
        at = date.range.end;
        dates.push((date.clone(), says(before)));
    }
    rest.push_str(&line[at..]);
    let words: Vec<String> =
        rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let all_known =
        words.iter().all(|word| is_date_word(word) || matches!(word_of(word), What::Weekday(_) | What::Month(_)));
    let is_ago = words.iter().any(|w| matches!(w.as_str(), "ago" | "vor" | "назад" | "hace"));
    let is_partial = words.iter().any(|w| matches!(word_of(w), What::Month(_)));
    let is_clock = dates.is_empty() && line.contains(':') && !words.is_empty();
    (all_known && (!dates.is_empty() || is_ago || is_partial || is_clock)).then_some(DateLine { dates })
}

/// What the words before a date say it to be.
pub(crate) fn says(before: &str) -> Says {
    let lower = before.to_lowercase();
    let has = |words: &str| words.split_whitespace().any(|word| lower.contains(word));
    if has(UPDATED) {
        Says::Updated
    } else if has(PUBLISHED) {
        Says::Published
    } else {
        Says::Nothing
    }
}

/// Beginnings of words that tell of a change.
const UPDATED: &str = "updat modifi edited revised changed aktualisiert änderung geändert bearbeitet stand: jour actualiz обновлен изменен";

/// Beginnings of words that tell of a publication.
const PUBLISHED: &str = "publi posted created first issued date: dated veröffentlicht erschienen geschrieben erstellt paru écrit fecha \
                         опубликован размещен";

fn is_date_word(word: &str) -> bool {
    const WORDS: &str = " published publish posted post updated update last modified first created edited revised on at the \
        of am pm est edt et pst pdt pt cst cdt cet cest gmt utc bst ist eest eet msk mst mdt aest hrs hours hour hr h min mins minute \
        minutes sec second seconds day days week weeks month months ago read date time uhr um vom am den der stand aktualisiert \
        veröffentlicht erstellt vor stunden minuten tagen publié publie le à mis jour modifié heures il y a fecha publicado \
        actualizado el de del hace horas a las опубликовано обновлено в г года час часа часов минут назад мск noon midnight \
        local original story issued dated an st nd rd th z t p m ";
    word.len() < 20 && WORDS.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_dates() {
        for (text, expected) in [
            ("2021-04-13", Some("2021-04-13")),
            ("2021-04-13T18:00:00Z", Some("2021-04-13T18:00:00Z")),
            ("2021-04-13T18:00:00+0200", Some("2021-04-13T18:00:00+0200")),
            ("2021-04-13 18:00:00 UTC", Some("2021-04-13T18:00:00Z")),
            ("20210413", Some("2021-04-13")),
            ("2021/04/13", Some("2021-04-13")),
            ("Tue, 13 Apr 2021 18:05:00 +0000", Some("2021-04-13T18:05:00+00:00")),
            ("Tue, 13 Apr 2021 18:05:00 GMT", Some("2021-04-13T18:05:00Z")),
            ("13 April 2021", Some("2021-04-13")),
            ("13th of April, 2021", Some("2021-04-13")),
            ("April 13, 2021 6:30 PM", Some("2021-04-13T18:30:00")),
            ("Apr. 13, 2021, 6:30 p.m.", Some("2021-04-13T18:30:00")),
            ("13.04.2021", Some("2021-04-13")),
            ("13. April 2021, 18:30 Uhr", Some("2021-04-13T18:30:00")),
            ("13 avril 2021", Some("2021-04-13")),
            ("13 de abril de 2021", Some("2021-04-13")),
            ("13 апреля 2021", Some("2021-04-13")),
            ("2021年4月13日", Some("2021-04-13")),
            ("04/13/2021", Some("2021-04-13")),
            ("04/05/2021", None),
            ("1618335000", Some("2021-04-13T17:30:00Z")),
            ("31 February 2021", None),
            ("April 2021", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_loose(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn date_lines() {
        for (line, expected) in [
            ("Friday, July 19, 2024", Some("2024-07-19 Nothing")),
            ("Published: 13 April 2021 at 18:00 GMT", Some("2021-04-13T18:00:00Z Published")),
            (
                "Published April 13, 2021 | Updated April 14, 2021 9:05 am EDT",
                Some("2021-04-13 Published, 2021-04-14T09:05:00 Updated"),
            ),
            ("13.04.2021 18:00", Some("2021-04-13T18:00:00 Nothing")),
            ("April 13, 2021 3 min read", Some("2021-04-13 Nothing")),
            ("3 hours ago", Some("")),
            ("Veröffentlicht am 13. April 2021", Some("2021-04-13 Published")),
            ("The treaty was signed on April 13, 2021", None),
            ("12 people", None),
            ("Score 3:2", None),
        ] {
            let got = date_line(line).map(|line| {
                line.dates
                    .iter()
                    .map(|(found, says)| format!("{} {says:?}", found.value))
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            assert_eq!(got.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_weekday_is_checked() {
        let found = &find_dates("Monday, July 19, 2024")[0];
        assert!(found.weekday && found.wrong_weekday);
        assert!(!find_dates("Friday, July 19, 2024")[0].wrong_weekday);
    }
}
