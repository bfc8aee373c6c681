//! The XML that names pages: sitemaps, lists of feeds. Entities that a document declares are never looked up.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;
use wirecopy_intake::decode_text;

use crate::Wanted;
use crate::lists::address;

/// What a sitemap names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Its pages.
    pub pages: Vec<Wanted>,
    /// Sitemaps that it refers to.
    pub sitemaps: Vec<Url>,
}

/// The protocol allows no more in one sitemap.
const MOST_ENTRIES: usize = 50_000;

/// Reads a sitemap, or an index of sitemaps, or one address a line. What is not of `host` is left out, as the protocol has
/// it: a site speaks for itself alone. Broken XML gives what stands before the break.
pub fn sitemap(bytes: &[u8], host: &Url) -> Sitemap {
    let text = decode_text(bytes);
    let mut found = Sitemap::default();
    let own = |url: &Url| bare(url) == bare(host);
    if !text.trim_start().starts_with('<') {
        let pages = text.lines().filter_map(|line| address(line).ok()).filter(own).take(MOST_ENTRIES);
        found.pages = pages.map(Wanted::page).collect();
        return found;
    }
    let mut entry = Entry::default();
    walk(&text, |path, part| {
        match (path.last().map(String::as_str), part) {
            (Some("url" | "sitemap"), Part::Begin(_)) => entry = Entry::default(),
            (Some(name @ ("url" | "sitemap")), Part::End) => {
                if let Some(url) = address(&entry.loc).ok().filter(own) {
                    found.take(name == "sitemap", url, &entry);
                }
            }
            // `image:loc` and the like stand one deeper.
            (Some("loc"), Part::Text(text)) if matches!(parent(path), Some("url" | "sitemap")) => {
                entry.loc.push_str(text)
            }
            (Some("title"), Part::Text(text)) if parent(path) == Some("news") => entry.title.push_str(text),
            (Some("publication_date"), Part::Text(text)) => entry.date.push_str(text),
            _ => {}
        }
    });
    found
}

impl Sitemap {
    fn take(&mut self, is_sitemap: bool, url: Url, entry: &Entry) {
        if self.pages.len() + self.sitemaps.len() >= MOST_ENTRIES {
            return;
        }
        if is_sitemap {
            self.sitemaps.push(url);
        } else {
            let told = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            self.pages.push(Wanted::told(url, (told(&entry.title), None, told(&entry.date))));
        }
    }
}

fn bare(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[derive(Default)]
struct Entry {
    loc: String,
    title: String,
    date: String,
}

fn parent(path: &[String]) -> Option<&str> {
    path.len().checked_sub(2).map(|at| path[at].as_str())
}

/// The feeds that an OPML file names, in its order, each once.
///
/// ```
/// let opml = r#"<opml version="2.0"><body><outline text="News">
///   <outline type="rss" text="The Heron" xmlUrl="https://heron.example/feed?a=1&amp;b=2"/>
/// </outline></body></opml>"#;
/// assert_eq!(wirecopy_fetch::opml(opml.as_bytes())[0].as_str(), "https://heron.example/feed?a=1&b=2");
/// ```
pub fn opml(bytes: &[u8]) -> Vec<Url> {
    let mut feeds = Vec::new();
    walk(&decode_text(bytes), |path, part| {
        if let (Some("outline"), Part::Begin(tag)) = (path.last().map(String::as_str), part) {
            let url = attribute(tag, "xmlUrl").and_then(|url| address(&url).ok());
            feeds.extend(url.filter(|url| !feeds.contains(url)));
        }
    });
    feeds
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|found| found.key.as_ref().eq_ignore_ascii_case(name))?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

enum Part<'a> {
    Begin(&'a BytesStart<'a>),
    Text(&'a str),
    End,
}

/// Elements are looked at no deeper.
const DEEPEST: usize = 64;

/// Hands over the parts of a document with the local names of the elements that they are in, up to where it breaks.
fn walk(text: &str, mut each: impl FnMut(&[String], Part)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut path: Vec<String> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                path.push(tag.local_name().as_ref().to_owned());
                if path.len() > DEEPEST {
                    return;
                }
                each(&path, Part::Begin(&tag));
            }
            Ok(Event::Empty(tag)) => {
                path.push(tag.local_name().as_ref().to_owned());
                each(&path, Part::Begin(&tag));
                each(&path, Part::End);
                path.pop();
            }
            Ok(Event::End(_)) => {
                each(&path, Part::End);
                path.pop();
            }
            Ok(Event::Text(text)) => each(&path, Part::Text(&text.into_inner())),
            Ok(Event::CData(text)) => each(&path, Part::Text(&text.into_inner())),
            Ok(Event::GeneralRef(name)) => {
                if let Some(sign) = sign(&name.into_inner()) {
                    each(&path, Part::Text(sign.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The sign that one of the five names of XML, or a number, stands for.
fn sign(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_name_pages_of_their_own_site() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY lol "lollollol">]>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n" xmlns:image="i">
              <url><loc> https://www.heron.example/a?x=1&amp;y=&#50; </loc><lastmod>2024-07-20</lastmod>
                <news:news><news:publication><news:name>The Heron</news:name></news:publication>
                  <news:publication_date>2024-07-19</news:publication_date><news:title>Rain &lol;</news:title></news:news>
                <image:image><image:loc>https://heron.example/p.jpg</image:loc></image:image></url>
              <url><loc>https://other.example/b</loc></url>
              <url><loc>&x;</loc></url>
              <url><loc>https://heron.example/c</loc></url>
              <url><loc>https://heron.example/d"#;
        let found = sitemap(xml.as_bytes(), &Url::parse("https://heron.example/sitemap.xml").unwrap());
        let told: Vec<String> =
            found.pages.iter().map(|page| format!("{} {:?} {:?}", page.url, page.title, page.published)).collect();
        assert_eq!(
            told,
            [
                r#"https://www.heron.example/a?x=1&y=2 Some("Rain") Some("2024-07-19")"#,
                "https://heron.example/c None None",
            ]
        );
    }

    #[test]
    fn an_index_names_sitemaps() {
        let xml = "<sitemapindex><sitemap><loc>https://heron.example/1.xml.gz</loc></sitemap></sitemapindex>";
        let found = sitemap(xml.as_bytes(), &Url::parse("https://heron.example/").unwrap());
        assert_eq!((found.pages.len(), found.sitemaps.len()), (0, 1));
        let lines = sitemap(
            b"https://heron.example/1\nhttps://heron.example/2\n",
            &Url::parse("https://heron.example/").unwrap(),
        );
        assert_eq!(lines.pages.len(), 2);
    }

    /// The form in which FreshRSS and Miniflux write their subscriptions.
    #[test]
    fn subscriptions_of_a_feed_reader_name_feeds() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml xmlns:frss="https://freshrss.org/opml" version="2.0">
  <head><title>Subscriptions</title><dateCreated>Fri, 19 Jul 2024 08:30:00 +0000</dateCreated></head>
  <body>
    <outline text="Lake news">
      <outline text="The Daily Heron" title="The Daily Heron" type="rss" xmlUrl="https://heron.example/feed?format=rss&amp;all=1"
        htmlUrl="https://heron.example/" description="" frss:priority="important"/>
      <outline text="Orrin &amp; Keldrane" type="rss" xmlUrl="https://orrin.example/atom.xml"/>
    </outline>
    <outline text="The Daily Heron again" type="rss" xmlUrl="https://heron.example/feed?format=rss&amp;all=1"/>
    <outline text="Local" type="rss" xmlUrl="file:///home/ada/feed.xml"/>
  </body>
</opml>"#;
        let feeds: Vec<String> = opml(text.as_bytes()).iter().map(Url::to_string).collect();
        assert_eq!(feeds, ["https://heron.example/feed?format=rss&all=1", "https://orrin.example/atom.xml"]);
    }

    #[test]
    fn broken_and_deep_documents_end() {
        for text in ["<opml><outline xmlUrl='https://heron.example/'", &"<a>".repeat(100_000), "</x></y>", "<", ""] {
            assert_eq!(opml(text.as_bytes()), []);
            sitemap(text.as_bytes(), &Url::parse("https://heron.example/").unwrap());
        }
    }
}
