//! Rules of reports and of plans: what is compared with last year, what was due and what is, what recurs so often. The
//! document is of Friday, 16 April 2021.

mod common;

use common::shown;
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, Some("2021-04-16")));
}

#[test]
fn a_plan_of_the_past_is_past_and_one_that_stands_is_to_come() {
    check(
        "The lease of the Orrel mill had been due to expire on Tuesday.",
        expect![[r#"
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
    "#]],
    );
    check(
        "The lease of the Orrel mill is due to expire on Tuesday.",
        expect![[r#"
        Tuesday: DATE 2021-04-20 [2021-04-20 2021-04-21)
    "#]],
    );
    check(
        "The council had been scheduled to meet Monday.",
        expect![[r#"
        Monday: DATE 2021-04-12 [2021-04-12 2021-04-13)
    "#]],
    );
    check(
        "The council set Monday as the last day of the fair.",
        expect![[r#"
        Monday: DATE 2021-04-12 [2021-04-12 2021-04-13)
    "#]],
    );
    check(
        "The council is set to meet Monday.",
        expect![[r#"
        Monday: DATE 2021-04-19 [2021-04-19 2021-04-20)
    "#]],
    );
}

#[test]
fn until_looks_ahead_unless_its_clause_looks_back() {
    check(
        "The ferry was given until Tuesday to dock.",
        expect![[r#"
        Tuesday: DATE 2021-04-20 [2021-04-20 2021-04-21)
    "#]],
    );
    check(
        "Until Tuesday, the ferry had not docked.",
        expect![[r#"
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
    "#]],
    );
    check(
        "The toll rose through Tuesday.",
        expect![[r#"
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
    "#]],
    );
}

#[test]
fn the_same_stretch_of_last_year() {
    check(
        "Vessen Tin earned $3 million in the first quarter, against $2 million in the same period last year.",
        expect![[r#"
            the first quarter: DATE 2021-Q1 [2021-01-01 2021-04-01)
            the same period last year: DATE 2020-Q1 [2020-01-01 2020-04-01)
        "#]],
    );
    check(
        "Net rose from the corresponding quarter a year earlier.",
        expect![[r#"
        the corresponding quarter a year earlier: DATE 2020-Q1 [2020-01-01 2020-04-01)
    "#]],
    );
    check(
        "It lost $1 million in the quarter a year ago.",
        expect![[r#"
        the quarter a year ago: DATE 2020-Q1 [2020-01-01 2020-04-01)
    "#]],
    );
    check(
        "It did so in the quarter the year before the merger.",
        expect![[r#"
        the quarter: DATE 2021-Q1 [2021-01-01 2021-04-01)
        the year: DATE XXXX -P1Y open
    "#]],
    );
}

#[test]
fn what_recurs_so_often() {
    check(
        "The ferry runs once a week, in May twice each day, and four times a year to Orrel.",
        expect![[r#"
        once a week: SET P1W
        May: DATE 2021-05 [2021-05-01 2021-06-01)
        twice each day: SET P1D
        four times a year: SET P1Y
    "#]],
    );
    check(
        "Flights leave on Monday and Tuesday nights.",
        expect![[r#"
        Monday: SET XXXX-WXX-1TNI
        Tuesday nights: SET XXXX-WXX-2TNI
    "#]],
    );
}

#[test]
fn some_day_to_come_is_no_length() {
    check(
        "The mill will one day be a school. It took one day.",
        expect![[r#"
        one day: DATE FUTURE_REF
        one day: DURATION P1D
    "#]],
    );
}

#[test]
fn weeks_and_weekends_of_holidays() {
    check(
        "It rained in Easter week and on Labor Day weekend; Thanksgiving weekend was dry.",
        expect![[r#"
        Easter week: DATE 2021-W13 [2021-03-29 2021-04-05)
        Labor Day weekend: DATE 2020-W36-WE [2020-09-05 2020-09-07)
        Thanksgiving weekend: DATE 2020-W48-WE [2020-11-28 2020-11-30)
    "#]],
    );
    check(
        "They meet in the week of June 7.",
        expect![[r#"
        the week of June 7: DATE 2021-W23 [2021-06-07 2021-06-14)
    "#]],
    );
}

#[test]
fn parts_of_a_month_by_number() {
    check(
        "The second Tuesday in November, the last day of May 2019, the first week of April, the third weekend of October, the fifth Friday of June.",
        expect![[r#"
            The second Tuesday in November: DATE 2020-11-10 [2020-11-10 2020-11-11)
            the last day of May 2019: DATE 2019-05-31 [2019-05-31 2019-06-01)
            the first week of April: DATE 2021-W13 [2021-03-29 2021-04-05)
            the third weekend of October: DATE 2020-W42-WE [2020-10-17 2020-10-19)
            the fifth Friday of June: DATE 2018-06-29 [2018-06-29 2018-06-30)
        "#]],
    );
}

#[test]
fn days_around_a_day() {
    check(
        "They sail the day after tomorrow; they came the day before yesterday.",
        expect![[r#"
        the day after tomorrow: DATE 2021-04-18 [2021-04-18 2021-04-19)
        the day before yesterday: DATE 2021-04-14 [2021-04-14 2021-04-15)
    "#]],
    );
    check(
        "He was seen on March 3, the day before the fire broke out.",
        expect![[r#"
        March 3: DATE 2021-03-03 [2021-03-03 2021-03-04)
        the day: DATE 2021-03-03 [2021-03-03 2021-03-04) P0D closed
    "#]],
    );
    check(
        "At mid-afternoon yesterday the sluice broke.",
        expect![[r#"
        mid-afternoon yesterday: TIME 2021-04-15TAF [2021-04-15 2021-04-16) Mid
    "#]],
    );
}

#[test]
fn lengths_with_long_and_period() {
    check(
        "A day-long search, a year-long drought, a decades-long feud, a three-year period.",
        expect![[r#"
            day-long: DURATION P1D
            year-long: DURATION P1Y
            decades-long: DURATION PXDE
            a three-year period: DURATION P3Y
        "#]],
    );
    check(
        "The dam was built over hundreds of years. It changed over the years, and in the years that followed.",
        expect![[r#"
            hundreds of years: DURATION PXY
            the years: DURATION PXY
            the years: DURATION PXY
        "#]],
    );
}

#[test]
fn weeks_before_an_event_hang_on_it() {
    check(
        "He left weeks before the vote. Days later he returned. A few days later he sailed.",
        expect![[r#"
        weeks: DURATION PXW -PXW open
        Days later: DURATION PXD PXD open
        A few days later: DURATION PXD PXD open
    "#]],
    );
}

#[test]
fn a_time_by_two_clocks_is_of_the_day_behind_both() {
    check(
        "It struck at about 10:35 a.m. (0735 GMT) Tuesday. It ended at 7 p.m. local time on Tuesday.",
        expect![[r#"
        about 10:35 a.m.: TIME 2021-04-13T10:35 [2021-04-13 2021-04-14) Approx P0D closed
        0735 GMT: TIME 2021-04-13T07:35 [2021-04-13 2021-04-14) P0D closed
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
        7 p.m. local time: TIME 2021-04-13T19:00 [2021-04-13 2021-04-14) P0D closed
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
    "#]],
    );
}

#[test]
fn rates_of_money_date_nothing() {
    check("A dividend of $1.76 a year; fifty thousand CDs a year.", expect![[""]]);
}

#[test]
fn what_is_counted_from_an_unnamed_time_stays_open() {
    check(
        "The mill had burned the previous Friday. It reopened on that Tuesday.",
        expect![[r#"
            the previous Friday: DATE XXXX-WXX-5 P0D open
            that Tuesday: DATE XXXX-WXX-2 P0D open
        "#]],
    );
    check(
        "The flood came in May. The following June the mill closed; that autumn it burned.",
        expect![[r#"
            May: DATE 2020-05 [2020-05-01 2020-06-01)
            The following June: DATE 2020-06 [2020-06-01 2020-07-01) P0D closed
            that autumn: DATE 2020-FA [2020-09-01 2020-12-01) P0D closed
        "#]],
    );
    check(
        "He won the cup in 2010. A year earlier he had lost it.",
        expect![[r#"
        2010: DATE 2010 [2010-01-01 2011-01-01)
        A year earlier: DATE 2009 [2009-01-01 2010-01-01) -P1Y closed
    "#]],
    );
    check(
        "The next day he sailed. The night of the fire he slept.",
        expect![[r#"
        The next day: DATE XXXX-XX-XX P1D open
    "#]],
    );
}
