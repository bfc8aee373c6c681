//! Text that is meant to hurt: no panic, no hang, places inside the text.

use wirecopy_model::{Interval, Piece};
use wirecopy_time::{find, resolve};

/// Reads the text with and without a date, and checks that every place lies in it, in order.
fn survives(text: &str) -> usize {
    let points = text.chars().count();
    let found = find(text, &[Piece::new(0, points)], &[]);
    for day in [None, Some("2021-04-16"), Some("0001-01-01"), Some("9999-12-30")] {
        let timexes = resolve(text, &found, day.and_then(|day| Interval::day(day.parse().unwrap())));
        assert_eq!(timexes.len(), found.len());
        let mut last = 0;
        for timex in timexes {
            assert!(last <= timex.start && timex.start < timex.end && timex.end <= points, "{timex:?}");
            last = timex.end;
            assert!(timex.interval.is_none_or(|days| days.start < days.end), "{timex:?}");
            assert!(!timex.value.is_empty());
        }
    }
    found.len()
}

#[test]
fn nothing_and_very_much() {
    assert_eq!(survives(""), 0);
    survives(&"7".repeat(1_000_000));
    survives(&"1,000".repeat(100_000));
    survives(&"2021-".repeat(100_000));
    survives(&"12:34:".repeat(100_000));
    survives(&"'".repeat(100_000));
    survives(&"\u{201c}".repeat(100_000));
    survives(&"-".repeat(100_000));
    survives(&"\n".repeat(100_000));
}

#[test]
fn nested_relations() {
    survives(&format!("{}Christmas", "two days after the day before ".repeat(20_000)));
    survives(&"the end of the beginning of the middle of ".repeat(10_000));
    survives(&"more than about nearly at least up to ".repeat(10_000));
    survives(&"two hundred thousand hundred and ".repeat(10_000));
    survives(&"last next this that same past ".repeat(10_000));
    survives(&"will said to be held on Friday ".repeat(10_000));
}

#[test]
fn the_ends_of_time() {
    survives("the year 0, the year 1, the year 9999, 9999-12-31, 0000-00-00, 0001-01-01, 31/12/9999");
    survives("9999999 years ago, 9999999 centuries later, 1000000 weeks from now, 999999999999 days before 3 May 2007");
    survives("February 29, February 30, 31 June 2021, 29 February 1900, Feb. 29 next year, the 99th of May");
    survives("On 31 December 9999. The next day. Two days later. The following year. A century later.");
    survives("In 1000 B.C., 2100s, the 0s, the 00s, 99th century, 100th century, the 30th century");
}

#[test]
fn parts_of_months_and_feasts_at_the_ends_of_time() {
    survives(
        "The fifth Monday of February, the fifth Friday in June 9999, the first week of January, the last day of May",
    );
    survives("Labor Day weekend, Easter week, Christmas week of 9999, the week of February 29, the week of Feb. 31");
    survives(
        "the day after tomorrow, the day before yesterday, the year before, a year earlier. In 0001. A year earlier.",
    );
    survives(
        "99999999999999999999 times a year, once a once a week, twice each each day, four hundred times per century",
    );
    survives(&"10 a.m. (0935 GMT) (0835 GMT) ".repeat(10_000));
    survives(&"Monday and Tuesday and Wednesday nights ".repeat(10_000));
    survives(&"the same quarter of the same period last year ".repeat(10_000));
    survives(&"Oct. 12, the day before the day before the day after ".repeat(10_000));
}

#[test]
fn odd_characters() {
    survives(
        "On\u{a0}Tuesday\u{2009}12\u{202f}April\u{3000}2021 \u{1f600}Friday\u{200b}s caf\u{e9}May \u{0}Monday\u{feff}",
    );
    survives(
        "Mayo\u{301} Mar\u{e7}o J\u{e4}nner \u{416}\u{443}\u{43d}\u{44c} 2021\u{5e74}4\u{6708}13\u{65e5} \u{661}\u{662} May",
    );
    survives("a.m.\u{2019}p.m. \u{2018}90s \u{2019}80s\u{2014}\u{2019}");
    assert_eq!(survives("\u{1f600}\u{1f600} on Tuesday"), 1);
}

#[test]
fn pieces_outside_the_text_are_cut_off() {
    let found = find("On Tuesday", &[Piece::new(0, 5), Piece::new(7, 9), Piece::new(50, 60)], &[]);
    assert!(found.is_empty());
}

/// Words of the grammar in random order: every rule meets every neighbour.
#[test]
fn any_order_of_words() {
    let words = [
        "May",
        "Tuesday",
        "last",
        "the",
        "of",
        "two",
        "20",
        "2021",
        "-",
        "'s",
        "years",
        "year",
        "quarter",
        "third",
        "ago",
        "later",
        "after",
        "before",
        "mid",
        "early",
        "end",
        "week",
        ",",
        ".",
        "on",
        "in",
        "p.m.",
        "10:35",
        "every",
        "night",
        "century",
        "half",
        "a",
        "few",
        "first",
        "Jan",
        "ended",
        "\u{201c}",
        "about",
        "more",
        "than",
        "next",
        "that",
        "to",
        "and",
        "Christmas",
        "fiscal",
        "recent",
        "now",
        "1990s",
        "\n",
        "13/04/2021",
        "day",
        "day's",
        "will",
        "said",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut text = String::new();
    for _ in 0..60_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(words[(state >> 33) as usize % words.len()]);
        if state & 8 == 0 {
            text.push(' ');
        }
    }
    survives(&text);
}
