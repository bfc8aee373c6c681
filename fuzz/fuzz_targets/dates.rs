//! Any text gives time expressions whose places lie in it, in order, and whose days are days, whatever its date.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wirecopy_model::{Interval, Page, Piece};

fuzz_target!(|text: &str| {
    let points = text.chars().count();
    let found = wirecopy_time::find(text, &[Piece::new(0, points)], &[]);
    for day in [None, Some("2021-04-16"), Some("2024-02-29"), Some("0001-01-01"), Some("9999-12-30")] {
        let written = day.and_then(|day| Interval::day(day.parse().expect("a day")));
        let timexes = wirecopy_time::resolve(text, &found, written);
        assert_eq!(timexes.len(), found.len());
        let mut last = 0;
        for timex in timexes {
            assert!(last <= timex.start && timex.start < timex.end && timex.end <= points);
            assert!(timex.interval.is_none_or(|days| days.start < days.end));
            assert!(!timex.value.is_empty() && !timex.why.is_empty());
            last = timex.end;
        }
    }
    wirecopy_time::dates(&wirecopy_extract::extract(&Page::of_text("text", text)));
});
