use url::Url;

use crate::Wanted;
use crate::lists::address;

/// No more entries of one feed are looked at: readers and writers of feeds keep tens.
const MOST_ENTRIES: usize = 1_000;

/// The pages that a feed names, RSS, Atom or JSON Feed, in its order, with their titles and dates.
///
/// # Errors
/// Why it is no feed.
///
/// ```
/// let feed = br#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Heron",
///   "items": [{"id": "1", "url": "https://heron.example/1", "title": "Rain", "date_published": "2024-07-19T08:30:00Z"}]}"#;
/// let address = url::Url::parse("https://heron.example/feed.json").unwrap();
/// let pages = wirecopy_fetch::feed_entries(feed, &address).unwrap();
/// assert_eq!(pages[0].url.as_str(), "https://heron.example/1");
/// assert_eq!(pages[0].published.as_deref(), Some("2024-07-19T08:30:00Z"));
/// ```
pub fn feed_entries(bytes: &[u8], feed: &Url) -> Result<Vec<Wanted>, String> {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(feed)).build();
    let read = parser.parse(bytes).map_err(|error| format!("no feed that can be read: {error}"))?;
    let source = read.title.map(|title| title.content);
    let mut pages = Vec::new();
    for entry in read.entries.into_iter().take(MOST_ENTRIES) {
        let is_page = |link: &&feed_rs::model::Link| matches!(link.rel.as_deref(), None | Some("alternate"));
        let link = entry.links.iter().find(is_page).or(entry.links.first());
        let Some(url) = link.and_then(|link| feed.join(&link.href).ok()).and_then(|url| address(url.as_str()).ok())
        else {
            continue;
        };
        let published = entry.published.or(entry.updated);
        let published = published.map(|date| date.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let title = entry.title.map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty());
        pages.push(Wanted::told(url, (title, source.clone(), published)));
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feed: &str, expected: expect_test::Expect) {
        let told = match feed_entries(feed.as_bytes(), &Url::parse("https://heron.example/feed").unwrap()) {
            Ok(pages) => pages
                .iter()
                .map(|page| format!("{} {:?} {:?} {:?}\n", page.url, page.title, page.source, page.published))
                .collect::<String>(),
            Err(why) => why,
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn feeds_of_all_kinds_name_pages() {
        check(
            r#"<rss version="2.0"><channel><title>The Heron</title>
               <item><title>Rain</title><link>https://heron.example/1#top</link><pubDate>Fri, 19 Jul 2024 08:30:00 +0200</pubDate></item>
               <item><title>No link</title></item>
               <item><link>javascript:alert(1)</link></item></channel></rss>"#,
            expect_test::expect![[r#"
                https://heron.example/1 Some("Rain") Some("The Heron") Some("2024-07-19T06:30:00Z")
            "#]],
        );
        check(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Heron</title><id>x</id><updated>2024-07-19T08:30:00Z</updated>
               <entry><id>1</id><title>Rain</title><updated>2024-07-19T08:30:00Z</updated>
                 <link rel="enclosure" href="/1.mp3"/><link rel="alternate" href="/1"/></entry></feed>"#,
            expect_test::expect![[r#"
                https://heron.example/1 Some("Rain") Some("The Heron") Some("2024-07-19T08:30:00Z")
            "#]],
        );
    }

    #[test]
    fn entities_of_a_feed_are_not_expanded() {
        let laughs =
            (1..12).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect::<String>();
        let feed = format!(
            "<!DOCTYPE rss [<!ENTITY l0 \"lol\">{laughs}<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel>\
             <title>&f;</title><item><title>&l11;</title><link>https://heron.example/1</link></item></channel></rss>"
        );
        let pages =
            feed_entries(feed.as_bytes(), &Url::parse("https://heron.example/feed").unwrap()).unwrap_or_default();
        let told = format!("{pages:?}");
        assert!(told.len() < 2_000 && !told.contains("root:"), "{told}");
    }

    #[test]
    fn what_is_no_feed_is_said() {
        let url = Url::parse("https://heron.example/feed").unwrap();
        for text in ["<html><p>Rain", "{}", "", "rain", "<rss"] {
            let _ = feed_entries(text.as_bytes(), &url);
        }
        assert!(feed_entries(b"<html></html>", &url).unwrap_err().starts_with("no feed that can be read"));
    }
}
