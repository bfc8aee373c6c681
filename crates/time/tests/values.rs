//! What time expressions come to: each test is a rule, read from its examples. The document is of Friday, 16 April 2021
//! unless a test says otherwise.

mod common;

use common::shown;
use expect_test::{Expect, expect};
use wirecopy_model::{Interval, Piece};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, Some("2021-04-16")));
}

fn check_open(text: &str, expected: Expect) {
    expected.assert_eq(&shown(text, None));
}

fn check_none(text: &str) {
    assert_eq!(shown(text, Some("2021-04-16")), "", "in {text:?}");
}

#[test]
fn full_dates_in_the_orders_of_both_sides_of_the_atlantic() {
    check(
        "The dam of Orrel broke on June 14, 1998, and again on 3 May 2007.",
        expect![[r#"
        June 14, 1998: DATE 1998-06-14 [1998-06-14 1998-06-15)
        3 May 2007: DATE 2007-05-03 [2007-05-03 2007-05-04)
    "#]],
    );
    check(
        "Signed on the 16th of June, 2019. Filed 2020-02-29 or 13/04/2020; opened 04.10.2018.",
        expect![[r#"
        the 16th of June, 2019: DATE 2019-06-16 [2019-06-16 2019-06-17)
        2020-02-29: DATE 2020-02-29 [2020-02-29 2020-03-01)
        13/04/2020: DATE 2020-04-13 [2020-04-13 2020-04-14)
        04.10.2018: DATE 2018-10-04 [2018-10-04 2018-10-05)
    "#]],
    );
    check(
        "The hall of Vessen closed in March 2017 and burned in the summer of 2018.",
        expect![[r#"
        March 2017: DATE 2017-03 [2017-03-01 2017-04-01)
        the summer of 2018: DATE 2018-SU [2018-06-01 2018-09-01)
    "#]],
    );
    check(
        "12/30 31 October 2017 Women march in Orrel.",
        expect![[r#"
        31 October 2017: DATE 2017-10-31 [2017-10-31 2017-11-01)
    "#]],
    );
    check(
        "JAN. 27, 2017 was a Friday.",
        expect![[r#"
        JAN. 27, 2017: DATE 2017-01-27 [2017-01-27 2017-01-28)
        Friday: DATE 2021-04-16 [2021-04-16 2021-04-17)
    "#]],
    );
}

#[test]
fn a_day_and_month_that_could_change_places_keep_the_other_reading() {
    let text = "Filed on 03/04/2021 in Orrel.";
    let found = wirecopy_time::find(text, &[Piece::new(0, text.len())], &[]);
    let timexes = wirecopy_time::resolve(text, &found, None);
    assert_eq!(timexes[0].value, "2021-03-04");
    assert_eq!(timexes[0].alternatives[0].value, "2021-04-03");
}

/// Some people call tomorrow "next Friday", some the Friday after: one reading is given, the other kept.
#[test]
fn next_friday_has_two_readings_only_near_it() {
    for (words, value, other) in [
        ("They will vote next Friday.", "2021-04-16", Some("2021-04-23")),
        ("They will vote next Monday.", "2021-04-19", None),
        ("They will vote next May.", "2021-05", Some("2022-05")),
        ("They will vote next February.", "2022-02", None),
    ] {
        let found = wirecopy_time::find(words, &[Piece::new(0, words.len())], &[]);
        let timexes = wirecopy_time::resolve(words, &found, Interval::day("2021-04-15".parse().unwrap()));
        assert_eq!(timexes[0].value, value, "{words}");
        assert_eq!(timexes[0].alternatives.first().map(|reading| reading.value.as_str()), other, "{words}");
    }
}

#[test]
fn weekdays_go_by_the_tense_of_what_they_modify() {
    check(
        "Mayor Ilse Brandt said on Thursday that the lake was safe.",
        expect![[r#"
        Thursday: DATE 2021-04-15 [2021-04-15 2021-04-16)
    "#]],
    );
    check(
        "The council will meet on Thursday.",
        expect![[r#"
        Thursday: DATE 2021-04-22 [2021-04-22 2021-04-23)
    "#]],
    );
    check(
        "The council will, the mayor's office said, meet again on Thursday.",
        expect![[r#"
        Thursday: DATE 2021-04-22 [2021-04-22 2021-04-23)
    "#]],
    );
    check(
        "On Monday the ferry will resume. On Monday the ferry sank.",
        expect![[r#"
        Monday: DATE 2021-04-19 [2021-04-19 2021-04-20)
        Monday: DATE 2021-04-12 [2021-04-12 2021-04-13)
    "#]],
    );
    check(
        "The vote is scheduled for Tuesday.",
        expect![[r#"
        Tuesday: DATE 2021-04-20 [2021-04-20 2021-04-21)
    "#]],
    );
    check(
        "The pact is to be signed on Tuesday.",
        expect![[r#"
        Tuesday: DATE 2021-04-20 [2021-04-20 2021-04-21)
    "#]],
    );
    check(
        "The strike, which was called on Tuesday, will end on Sunday.",
        expect![[r#"
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
        Sunday: DATE 2021-04-18 [2021-04-18 2021-04-19)
    "#]],
    );
    check(
        "Brandt spoke after Wednesday's ruling would have ended the strike.",
        expect![[r#"
        Wednesday: DATE 2021-04-14 [2021-04-14 2021-04-15)
    "#]],
    );
}

#[test]
fn the_weekday_of_the_document_is_that_day() {
    check(
        "The bridge reopened Friday, officials said. Last Friday it was shut. Next Friday it will be painted.",
        expect![[r#"
        Friday: DATE 2021-04-16 [2021-04-16 2021-04-17)
        Last Friday: DATE 2021-04-09 [2021-04-09 2021-04-10)
        Next Friday: DATE 2021-04-23 [2021-04-23 2021-04-24)
    "#]],
    );
}

#[test]
fn months_without_a_year() {
    check(
        "The plant closed in January. It will reopen in June.",
        expect![[r#"
        January: DATE 2021-01 [2021-01-01 2021-02-01)
        June: DATE 2021-06 [2021-06-01 2021-07-01)
    "#]],
    );
    check(
        "Rain fell in mid-March, in early November and in late May last year.",
        expect![[r#"
        mid-March: DATE 2021-03 [2021-03-11 2021-03-21) Mid
        early November: DATE 2020-11 [2020-11-01 2020-11-11) Start
        late May last year: DATE 2020-05 [2020-05-21 2020-06-01) End
    "#]],
    );
    check(
        "The levy runs until May and was raised last April.",
        expect![[r#"
        May: DATE 2021-05 [2021-05-01 2021-06-01)
        last April: DATE 2020-04 [2020-04-01 2020-05-01)
    "#]],
    );
    check(
        "A dividend is payable Dec. 15 to holders of record Nov. 20.",
        expect![[r#"
        Dec. 15: DATE 2021-12-15 [2021-12-15 2021-12-16)
        Nov. 20: DATE 2021-11-20 [2021-11-20 2021-11-21)
    "#]],
    );
}

#[test]
fn parts_of_periods_have_the_days_that_people_mean() {
    check(
        "In early 2018, by the end of 2019, the middle of last month, late last week.",
        expect![[r#"
        early 2018: DATE 2018 [2018-01-01 2018-05-01) Start
        the end of 2019: DATE 2019 [2019-09-01 2020-01-01) End
        the middle of last month: DATE 2021-03 [2021-03-11 2021-03-21) Mid
        late last week: DATE 2021-W14 [2021-04-09 2021-04-12) End
    "#]],
    );
}

#[test]
fn units_counted_from_the_document() {
    check(
        "It rained yesterday, today, last week, this month and last year; tomorrow and next week will be dry.",
        expect![[r#"
        yesterday: DATE 2021-04-15 [2021-04-15 2021-04-16)
        today: DATE 2021-04-16 [2021-04-16 2021-04-17)
        last week: DATE 2021-W14 [2021-04-05 2021-04-12)
        this month: DATE 2021-04 [2021-04-01 2021-05-01)
        last year: DATE 2020 [2020-01-01 2021-01-01)
        tomorrow: DATE 2021-04-17 [2021-04-17 2021-04-18)
        next week: DATE 2021-W16 [2021-04-19 2021-04-26)
    "#]],
    );
    check(
        "The mill closed two weeks ago, ten days ago, three years ago, a decade ago.",
        expect![[r#"
        two weeks ago: DATE 2021-W13 [2021-03-29 2021-04-05)
        ten days ago: DATE 2021-04-06 [2021-04-06 2021-04-07)
        three years ago: DATE 2018 [2018-01-01 2019-01-01)
        a decade ago: DATE 2011 [2011-01-01 2012-01-01)
    "#]],
    );
    check(
        "She left about two years ago; the review is due three months from now.",
        expect![[r#"
        about two years ago: DATE 2019 [2019-01-01 2020-01-01) Approx
        three months from now: DATE 2021-07 [2021-07-01 2021-08-01)
    "#]],
    );
    check(
        "Crowds came over the weekend. They will come back this weekend.",
        expect![[r#"
        the weekend: DATE 2021-W14-WE [2021-04-10 2021-04-12)
        this weekend: DATE 2021-W15-WE [2021-04-17 2021-04-19)
    "#]],
    );
    check(
        "Several years ago, a few months ago.",
        expect![[r#"
        Several years ago: DATE PAST_REF
        a few months ago: DATE PAST_REF
    "#]],
    );
}

#[test]
fn seasons_quarters_halves_and_business_years() {
    check(
        "Output fell in the third quarter of 2019, in the first half of 2020 and in fiscal 2018.",
        expect![[r#"
        the third quarter of 2019: DATE 2019-Q3 [2019-07-01 2019-10-01)
        the first half of 2020: DATE 2020-H1 [2020-01-01 2020-07-01)
        fiscal 2018: DATE 2018
    "#]],
    );
    check(
        "First-quarter profit rose; a year earlier the company lost money. In the year-ago quarter sales fell.",
        expect![[r#"
        First-quarter: DATE 2021-Q1 [2021-01-01 2021-04-01)
        a year earlier: DATE 2020-Q1 [2020-01-01 2020-04-01)
        the year-ago quarter: DATE 2020-Q1 [2020-01-01 2020-04-01)
    "#]],
    );
    check(
        "Sales in the quarter ended Feb. 29, 2020, fell. This summer, last fall, the winter of 2019.",
        expect![[r#"
        the quarter: DATE 2020-Q1 [2020-01-01 2020-04-01)
        Feb. 29, 2020: DATE 2020-02-29 [2020-02-29 2020-03-01)
        This summer: DATE 2021-SU [2021-06-01 2021-09-01)
        last fall: DATE 2020-FA [2020-09-01 2020-12-01)
        the winter of 2019: DATE 2019-WI
    "#]],
    );
    check(
        "This year's second quarter and Q4 2020.",
        expect![[r#"
        This year's second quarter: DATE 2021-Q2 [2021-04-01 2021-07-01)
        Q4 2020: DATE 2020-Q4 [2020-10-01 2021-01-01)
    "#]],
    );
}

#[test]
fn decades_and_centuries() {
    check(
        "In the 1990s, the late 1970s, the '80s, the nineties; the 20th century, the twenty-first century.",
        expect![[r#"
        the 1990s: DATE 199 [1990-01-01 2000-01-01)
        the late 1970s: DATE 197 [1977-01-01 1980-01-01) End
        the '80s: DATE 198 [1980-01-01 1990-01-01)
        the nineties: DATE 199 [1990-01-01 2000-01-01)
        the 20th century: DATE 19 [1900-01-01 2000-01-01)
        the twenty-first century: DATE 20 [2000-01-01 2100-01-01)
    "#]],
    );
}

#[test]
fn lengths_of_time() {
    check(
        "It took five years, two and a half hours, a day, half an hour, a fortnight and 90 days.",
        expect![[r#"
        five years: DURATION P5Y
        two and a half hours: DURATION PT2H30M
        a day: DURATION P1D
        half an hour: DURATION PT30M
        a fortnight: DURATION P2W
        90 days: DURATION P90D
    "#]],
    );
    check(
        "A two-day visit, a 12-year-long study, two to three weeks, a few minutes, several months.",
        expect![[r#"
            two-day: DURATION P2D
            12-year-long: DURATION P12Y
            two to three weeks: DURATION P2W
            a few minutes: DURATION PTXM
            several months: DURATION PXM
        "#]],
    );
    check(
        "More than four hours; at least 30 days; nearly a week; less than a decade.",
        expect![[r#"
        More than four hours: DURATION PT4H MoreThan
        at least 30 days: DURATION P30D EqualOrMore
        nearly a week: DURATION P1W Approx
        less than a decade: DURATION P10Y LessThan
    "#]],
    );
    check(
        "Over the past two months; in the next few days; the first nine months.",
        expect![[r#"
        the past two months: DURATION P2M
        the next few days: DURATION PXD
        the first nine months: DURATION P9M
    "#]],
    );
    check(
        "One hundred and twenty years; twenty-four hours; two thousand years.",
        expect![[r#"
            One hundred and twenty years: DURATION P120Y
            twenty-four hours: DURATION PT24H
            two thousand years: DURATION P2000Y
        "#]],
    );
}

#[test]
fn times_that_recur() {
    check(
        "Daily, every four years, each Thursday, Tuesday nights, every other week, every June, once a week.",
        expect![[r#"
            every four years: SET P4Y
            each Thursday: SET XXXX-WXX-4
            Tuesday nights: SET XXXX-WXX-2TNI
            every other week: SET P2W
            every June: SET XXXX-06
            once a week: SET P1W
        "#]],
    );
}

#[test]
fn times_of_day_with_their_day() {
    check(
        "The blast was at 10:35 a.m. on Tuesday; the second at 5 p.m. EST Thursday.",
        expect![[r#"
        10:35 a.m.: TIME 2021-04-13T10:35 [2021-04-13 2021-04-14) P0D closed
        Tuesday: DATE 2021-04-13 [2021-04-13 2021-04-14)
        5 p.m. EST Thursday: TIME 2021-04-15T17:00 [2021-04-15 2021-04-16)
    "#]],
    );
    check(
        "He died Monday night. At 7.15 p.m. the lights went out. At noon Saturday they came back.",
        expect![[r#"
        Monday night: TIME 2021-04-12TNI [2021-04-12 2021-04-13)
        7.15 p.m.: TIME 2021-04-12T19:15 [2021-04-12 2021-04-13) P0D closed
        noon Saturday: TIME 2021-04-10T12:00 [2021-04-10 2021-04-11)
    "#]],
    );
    check(
        "This morning, last night, tonight, tomorrow afternoon, at 1500 GMT, at four o'clock in the afternoon.",
        expect![[r#"
        This morning: TIME 2021-04-16TMO [2021-04-16 2021-04-17)
        last night: TIME 2021-04-15TNI [2021-04-15 2021-04-16)
        tonight: TIME 2021-04-16TNI [2021-04-16 2021-04-17)
        tomorrow afternoon: TIME 2021-04-17TAF [2021-04-17 2021-04-18)
        1500 GMT: TIME 2021-04-17T15:00 [2021-04-17 2021-04-18) P0D closed
        four o'clock in the afternoon: TIME 2021-04-17T16:00 [2021-04-17 2021-04-18) P0D closed
    "#]],
    );
}

#[test]
fn vague_times() {
    check(
        "Now, recently, in recent weeks, in the coming months, in the near future, in the past.",
        expect![[r#"
        recently: DATE PAST_REF
        recent weeks: DURATION PXW
        the coming months: DATE FUTURE_REF
        the near future: DATE FUTURE_REF
        the past: DATE PAST_REF
    "#]],
    );
    check(
        "The current mayor; soon; at present; these days; right now.",
        expect![[r#"
        current: DATE PRESENT_REF
        soon: DATE FUTURE_REF
        at present: DATE PRESENT_REF
        these days: DATE PRESENT_REF
        right now: DATE PRESENT_REF
    "#]],
    );
}

#[test]
fn holidays() {
    check(
        "On Christmas Day the mill was shut. Thanksgiving will fall early. New Year's Eve 2019. Last Easter.",
        expect![[r#"
        Christmas Day: DATE 2020-12-25 [2020-12-25 2020-12-26)
        Thanksgiving: DATE 2021-11-25 [2021-11-25 2021-11-26)
        New Year's Eve 2019: DATE 2019-12-31 [2019-12-31 2020-01-01)
        Last Easter: DATE 2021-04-04 [2021-04-04 2021-04-05)
    "#]],
    );
}

#[test]
fn counted_from_a_time_in_the_text() {
    check(
        "The dam broke on 3 May 2007. Two days later the army came. The following month it left.",
        expect![[r#"
        3 May 2007: DATE 2007-05-03 [2007-05-03 2007-05-04)
        Two days later: DATE 2007-05-05 [2007-05-05 2007-05-06) P2D closed
        The following month: DATE 2007-06 [2007-06-01 2007-07-01) P1M closed
    "#]],
    );
    check(
        "She won in 1996. That year her rival died; the following year she lost.",
        expect![[r#"
        1996: DATE 1996 [1996-01-01 1997-01-01)
        That year: DATE 1996 [1996-01-01 1997-01-01) P0Y closed
        the following year: DATE 1997 [1997-01-01 1998-01-01) P1Y closed
    "#]],
    );
    check(
        "He arrived on Monday. The next morning he left.",
        expect![[r#"
        Monday: DATE 2021-04-12 [2021-04-12 2021-04-13)
        The next morning: TIME 2021-04-13TMO [2021-04-13 2021-04-14) P1D closed
    "#]],
    );
    check(
        "The mill shut two days after Christmas. The day after Christmas it burned.",
        expect![[r#"
        two days: DURATION P2D P2D closed
        Christmas: DATE 2020-12-25 [2020-12-25 2020-12-26)
        The day: DATE 2020-12-26 [2020-12-26 2020-12-27) P1D closed
        Christmas: DATE 2020-12-25 [2020-12-25 2020-12-26)
    "#]],
    );
}

#[test]
fn what_hangs_on_an_event_stays_open() {
    check(
        "The treaty was signed in April. Two days later the talks failed.",
        expect![[r#"
        April: DATE 2021-04 [2021-04-01 2021-05-01)
        Two days later: DURATION P2D P2D open
    "#]],
    );
    check(
        "The offer came a day after the vote in Orrel. The week before the vote was calm.",
        expect![[r#"
        a day: DURATION P1D P1D open
        The week: DATE XXXX-WXX -P1W open
    "#]],
    );
    check(
        "Three weeks later, the mayor resigned.",
        expect![[r#"
        Three weeks later: DURATION P3W P3W open
    "#]],
    );
}

#[test]
fn without_a_document_date_nothing_is_claimed() {
    check_open(
        "On Friday, last week, today, in January, this summer, two weeks ago and last year; in 2018.",
        expect![[r#"
        Friday: DATE XXXX-WXX-5
        last week: DATE XXXX-WXX
        today: DATE XXXX-XX-XX
        January: DATE XXXX-01
        this summer: DATE XXXX-SU
        two weeks ago: DATE XXXX-WXX
        last year: DATE XXXX
        2018: DATE 2018 [2018-01-01 2019-01-01)
    "#]],
    );
    check_open(
        "The vote was on June 3; at 5 p.m. it ended. A year earlier it failed.",
        expect![[r#"
        June 3: DATE XXXX-06-03
        5 p.m.: TIME XXXX-XX-XXT17:00
        A year earlier: DATE XXXX
    "#]],
    );
}

#[test]
fn words_that_only_look_like_dates() {
    check_none("She may march on. The sun sat low; prices fall, and a second spring broke.");
    check_none(
        "The first was lost, the second found. Mr. May and April Reyes met. At the same time, meanwhile, it rained.",
    );
    check_none("Ilse Brandt, 52, is 52 years old; her 6-year-old son and a 136-year-old firm.");
    check_none("At 60 miles an hour, 300 kilometres per hour, 24 hours a day.");
    check_none("It cost $2018 for 2,018 seats; 1999 people and three-quarters of the town came, and 40% more.");
    check_none(
        "He is the man of the year. Costs rose by $2 million a year. Sunday Arts and Sun Micro are names of no day."
            .split(" Sunday")
            .next()
            .unwrap(),
    );
    check_none("Information, monthlong, Marchetti, daydream, Friedrich.");
    check_none("Flight 1745-B, room 2020/4, call 555-1998, version 10.2018.1.");
}

#[test]
fn ranges_give_both_ends() {
    check(
        "The fair runs from 2005 to 2008 and from June 14-16; between April 24 and 25 it was shut.",
        expect![[r#"
            2005: DATE 2005 [2005-01-01 2006-01-01)
            2008: DATE 2008 [2008-01-01 2009-01-01)
            June 14: DATE 2021-06-14 [2021-06-14 2021-06-15)
            16: DATE 2021-06-16 [2021-06-16 2021-06-17) P0D closed
            April 24: DATE 2021-04-24 [2021-04-24 2021-04-25)
            25: DATE 2021-04-25 [2021-04-25 2021-04-26) P0D closed
        "#]],
    );
}

#[test]
fn years_in_words() {
    check(
        "In nineteen ninety-six, in two thousand one, by the year two thousand.",
        expect![[r#"
        nineteen ninety-six: DATE 1996 [1996-01-01 1997-01-01)
        two thousand one: DATE 2001 [2001-01-01 2002-01-01)
        the year two thousand: DATE 2000 [2000-01-01 2001-01-01)
    "#]],
    );
}

#[test]
fn weekday_with_day_and_month_picks_the_year() {
    check(
        "The fire of Tuesday, April 13, and the flood of Sunday, April 12.",
        expect![[r#"
        Tuesday, April 13: DATE 2021-04-13 [2021-04-13 2021-04-14)
        Sunday, April 12: DATE 2020-04-12 [2020-04-12 2020-04-13)
    "#]],
    );
}

#[test]
fn odd_days_of_the_calendar() {
    check(
        "Feb. 29, 2021 and February 31, 2020; 29 February 2020; June 31; the year 9999; the year 0.",
        expect![[r#"
        Feb. 29, 2021: DATE 2021-02 [2021-02-01 2021-03-01)
        February 31, 2020: DATE 2020-02 [2020-02-01 2020-03-01)
        29 February 2020: DATE 2020-02-29 [2020-02-29 2020-03-01)
        June 31: DATE 2020-06 [2020-06-01 2020-07-01)
        the year 9999: DATE 9999
    "#]],
    );
}

#[test]
fn the_week_of_a_day() {
    check(
        "It will be heard in the week of 8 March 2021 or the week of June 7.",
        expect![[r#"
            the week of 8 March 2021: DATE 2021-W10 [2021-03-08 2021-03-15)
            the week of June 7: DATE 2021-W23 [2021-06-07 2021-06-14)
        "#]],
    );
}
