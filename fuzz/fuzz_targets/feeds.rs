//! Any bytes, as a feed, a sitemap, a list of feeds or of pages, name pages that may be fetched, or none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use url::Url;
use wirecopy_fetch::{feed_entries, opml, read_list, sitemap};

fuzz_target!(|bytes: &[u8]| {
    let own = Url::parse("https://heron.example/feed").expect("an address");
    let web = |url: &Url| assert!(matches!(url.scheme(), "http" | "https") && url.fragment().is_none());
    feed_entries(bytes, &own).unwrap_or_default().iter().for_each(|page| web(&page.url));
    opml(bytes).iter().for_each(web);
    let found = sitemap(bytes, &own);
    found.pages.iter().for_each(|page| web(&page.url));
    found.sitemaps.iter().for_each(web);
    if let Ok(list) = read_list("list", bytes) {
        list.pages.iter().for_each(|page| web(&page.url));
    }
});
