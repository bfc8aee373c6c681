//! Which day a page is believed to be of, and why others are not.

use expect_test::{Expect, expect};
use wirecopy_extract::extract;
use wirecopy_model::Page;

const BODY: &str = "The ministers of both shores agreed on Monday to reopen the northern sluice, an official said.";

fn check(page: &Page, expected: Expect) {
    let told = match extract(page).published {
        None => "no candidate".to_owned(),
        Some(date) => {
            let believed = match (&date.value, &date.basis) {
                (Some(value), Some(basis)) => format!("{value} ({basis}): {}", date.why),
                _ => format!("nothing: {}", date.why),
            };
            let rejected = date.rejected.iter().map(|r| format!("\n  not {} ({}): {}", r.value, r.basis, r.why));
            believed + &rejected.collect::<String>()
        }
    };
    expected.assert_eq(&told);
}

fn text(text: &str) -> Page {
    Page::of_text("page", text)
}

fn html(head: &str, body: &str) -> Page {
    let body = format!("<h1>Lake ministers agree to reopen the northern sluice</h1>{body}<p>{BODY}</p>");
    Page::of_html("page", format!("<html><head>{head}</head><body><article>{body}</article></body></html>"))
}

#[test]
fn the_input_s_date_is_kept_as_it_was_given() {
    let given = |published: &str| Page { published: Some(published.into()), ..text(BODY) };
    check(&given("2031-04-14T23:30:00-05:00"), expect!["2031-04-14T23:30:00-05:00 (given): the input's date"]);
    check(&given("13 April 2031"), expect!["2031-04-13 (given): the input's date"]);
    check(&given("Sun, 13 Apr 2031 18:05:00 +0000"), expect!["2031-04-13T18:05:00+00:00 (given): the input's date"]);
    check(&given("04/05/2031"), expect!["no candidate"]);
    check(&given("soon"), expect!["no candidate"]);
}

#[test]
fn a_page_clock_is_not_believed() {
    let clock = format!("Friday, July 19, 2030\n\nLake ministers agree to reopen sluice\n\n{BODY}");
    check(
        &text(&clock),
        expect![[r#"
        nothing: no date on the page can be believed
          not 2030-07-19 (body): a line above the headline: printed at the head of the page like the site's clock, and nothing in the text supports it"#]],
    );
    let fetched = Page { fetched: Some("2030-07-19T08:00:00Z".into()), ..text(&clock) };
    check(
        &fetched,
        expect![[r#"
        nothing: no date on the page can be believed
          not 2030-07-19 (body): a line above the headline: the day on which the page was fetched, so the site's clock"#]],
    );
    let dateline = clock.replace("The ministers", "LAKEPORT, July 18 (Reuters) - The ministers");
    check(&text(&dateline), expect!["2030-07-19 (body): a line above the headline"]);
    let wrong = clock.replace("Friday", "Monday");
    check(
        &text(&wrong),
        expect![[r#"
        nothing: no date on the page can be believed
          not 2030-07-19 (body): a line above the headline: its weekday is not that of its date"#]],
    );
}

#[test]
fn a_line_under_the_headline_is_believed_unless_it_tells_of_a_change() {
    let under = |line: &str| text(&format!("Lake ministers agree to reopen sluice\n\n{line}\n\n{BODY}"));
    check(
        &under("Published: 13 April 2031 at 18:00 GMT"),
        expect!["2031-04-13T18:00:00Z (body): a line under the headline"],
    );
    check(&under("April 13, 2031"), expect!["2031-04-13 (body): a line under the headline"]);
    check(
        &under("Published April 13, 2031 | Updated April 15, 2031"),
        expect![[r#"
        2031-04-13 (body): a line under the headline
          not 2031-04-15 (body): a line under the headline: says when the page was changed, not when it was written"#]],
    );
    check(
        &under("Updated April 15, 2031"),
        expect![[r#"
        nothing: no date on the page can be believed
          not 2031-04-15 (body): a line under the headline: says when the page was changed, not when it was written"#]],
    );
}

#[test]
fn the_day_of_a_crawl_is_not_the_page_s() {
    let page = Page {
        published: Some("2032-01-20".into()),
        fetched: Some("2032-01-20T10:00:00Z".into()),
        url: Some("https://lake.example/2031/04/13/sluice".into()),
        ..text(BODY)
    };
    check(
        &page,
        expect![[r#"
        2031-04-13 (url): the page's address
          not 2032-01-20 (given): the input's date is the day on which the page was fetched, and the page's address says 2031-04-13"#]],
    );
}

#[test]
fn a_page_s_own_words_in_their_order_of_trust() {
    let meta = r#"<meta property="article:published_time" content="2031-04-13T18:00:00+02:00">"#;
    let url = r#"<link rel="canonical" href="https://lake.example/2031/04/13/sluice">"#;
    let json = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-04-12","dateModified":"2031-04-15"}</script>"#;
    check(
        &html(&format!("{meta}{url}{json}"), ""),
        expect![[r#"
        2031-04-13T18:00:00+02:00 (meta): the page's canonical address; the time of day from the page's `article:published_time`
          not 2031-04-12 (json-ld): the page's JSON-LD `datePublished`, but the page's canonical address says 2031-04-13
          not 2031-04-15 (json-ld): the page's JSON-LD `dateModified`: says when the page was changed, not when it was written"#]],
    );
    check(
        &html(json, ""),
        expect![[r#"
        2031-04-12 (json-ld): the page's JSON-LD `datePublished`
          not 2031-04-15 (json-ld): the page's JSON-LD `dateModified`: says when the page was changed, not when it was written"#]],
    );
    let utc = r#"<meta property="article:published_time" content="2031-04-12T23:30:00Z">"#;
    let local = r#"<script type="application/ld+json">{"@type":"Article","datePublished":"2031-04-13T01:30:00+02:00"}</script>"#;
    check(
        &html(&format!("{utc}{local}"), ""),
        expect![[r#"
        2031-04-13T01:30:00+02:00 (json-ld): the page's JSON-LD `datePublished`
          not 2031-04-12T23:30:00Z (meta): the page's `article:published_time`, but the page's JSON-LD `datePublished` says 2031-04-13"#]],
    );
}

#[test]
fn marked_and_visible_dates() {
    check(
        &html("", "<time datetime=\"2031-04-13T18:00\">13 April</time>"),
        expect!["2031-04-13T18:00 (time-tag): the page's first time tag"],
    );
    check(
        &html("", "<time datetime=\"2031-04-20\">Published 13 April 2031</time>"),
        expect!["2031-04-13 (time-tag): the page's first time tag"],
    );
    check(
        &html("", "<div>Published on 13 April 2031 by Ada Example</div>"),
        expect!["2031-04-13 (body): a line that tells of the publication"],
    );
    check(
        &html(r#"<meta name="date" content="1970-01-01">"#, "<div>13 April 2031</div>"),
        expect![[r#"
        2031-04-13 (body): a line beside the headline
          not 1970-01-01 (meta): the page's `date`: the first day of the computer's count, as a missing date comes out"#]],
    );
    check(&html("", ""), expect!["no candidate"]);
}
