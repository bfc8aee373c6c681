//! HTML pages: the article's text with its paragraphs, and what the page says of itself.

use wirecopy_extract::extract;
use wirecopy_model::{Article, LineKind, Page};

const LEAD: &str =
    "LAKEPORT (Reuters) - The ministers of both shores agreed on Monday to reopen the northern sluice, officials said.";
const SECOND: &str = "The sluice was closed after a flood that took forty houses and two bridges along the eastern shore eleven years ago.";

fn page() -> Article {
    let json = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Lake ministers agree to reopen sluice",
        "author":[{"@type":"Person","name":"Ada Example"},{"@type":"Person","name":"Ben Sample"}],
        "publisher":{"@type":"Organization","name":"Lakeport Herald"},"articleSection":"World",
        "datePublished":"2031-04-13T18:00:00+02:00"}"#;
    let html = format!(
        r#"<!doctype html><html lang="en-GB"><head><title>Lake ministers agree to reopen sluice | Herald</title>
        <link rel="canonical" href="https://herald.example/world/sluice"><meta property="og:site_name" content="Lakeport Herald">
        <script type="application/ld+json">{json}</script></head><body><nav><a href="/">Home</a><a href="/world">World</a></nav>
        <article><h1>Lake ministers agree to reopen sluice</h1><p>{LEAD}</p><p>{SECOND}</p>
        <p>See also: Ferry fares to rise again in spring</p><p>“We have waited long enough,” said the minister Olga Muster.</p>
        </article><footer>© 2031 Lakeport Herald</footer></body></html>"#
    );
    extract(&Page::of_html("page", html))
}

#[test]
fn paragraphs_survive_and_clutter_is_masked() {
    let article = page();
    let kept: Vec<String> = {
        let points: Vec<char> = article.text.chars().collect();
        article.kept.pieces().iter().map(|piece| points[piece.start..piece.end].iter().collect()).collect()
    };
    let kept = kept.join("\n\n");
    assert_eq!(
        kept.split("\n\n").collect::<Vec<_>>(),
        [LEAD, SECOND, "“We have waited long enough,” said the minister Olga Muster."]
    );
    assert!(article.lines.iter().any(|line| line.kind == LineKind::Boilerplate && line.why.contains("see also")));
}

#[test]
fn what_the_page_says_of_itself() {
    let article = page();
    assert_eq!(article.title.as_deref(), Some("Lake ministers agree to reopen sluice"));
    assert_eq!(article.byline.as_deref(), Some("Ada Example, Ben Sample"));
    assert_eq!(article.agency.as_deref(), Some("Reuters"));
    assert_eq!(article.source.as_deref(), Some("Lakeport Herald"));
    assert_eq!(article.url.as_deref(), Some("https://herald.example/world/sluice"));
    assert_eq!(article.lang.as_deref(), Some("en-GB"));
    assert_eq!(article.extra["section"], "World");
    assert!(!article.extra.contains_key("warnings"));
}

#[test]
fn what_the_input_says_goes_first() {
    let mut page =
        Page::of_html("page", "<html lang=de><h1>Their headline of the day</h1><p>Some text of the page.</p></html>");
    page.title = Some("Our headline".into());
    page.source = Some("Our source".into());
    page.lang = Some("en".into());
    let article = extract(&page);
    assert_eq!(article.title.as_deref(), Some("Our headline"));
    assert_eq!(article.source.as_deref(), Some("Our source"));
    assert_eq!(article.lang.as_deref(), Some("en"));
}

#[test]
fn what_went_wrong_is_told() {
    let long = "<p>Some words of the text of a page that has no end.</p>\n".repeat(100_000);
    let warnings =
        |bytes: Vec<u8>| extract(&Page::of_html("page", bytes)).extra.get("warnings").map(|w| w[0].to_string());
    assert!(warnings(long.into_bytes()).is_some_and(|warning| warning.contains("too large")));
    let false_charset = b"<meta charset=utf-8><p>Gr\xfc\xdfe vom See an alle, die lesen.</p>".to_vec();
    assert!(warnings(false_charset).is_some_and(|warning| warning.contains("windows-1252")));
}
