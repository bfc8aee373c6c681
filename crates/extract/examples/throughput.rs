//! Times each part.
use std::io::BufRead;
use std::time::Instant;
fn main() {
    let pages: Vec<_> =
        std::io::stdin().lock().lines().map(|l| wirecopy_model::Page::from_json(&l.unwrap()).unwrap()).collect();
    for round in 0..2 {
        let t = Instant::now();
        for p in &pages {
            let h = p.html.as_ref().unwrap();
            let s = std::str::from_utf8(&h.bytes).unwrap();
            let o = trafilatura::Options::default()
                .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
                .with_fallback(true)
                .with_exclude_comments(true)
                .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
            let _ = trafilatura::extract(s, &o);
        }
        eprintln!("{round} bare, no date: {:?}", t.elapsed());
        let t = Instant::now();
        for p in &pages {
            let h = p.html.as_ref().unwrap();
            let s = std::str::from_utf8(&h.bytes).unwrap();
            let o = trafilatura::Options::default()
                .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
                .with_fallback(true)
                .with_exclude_comments(true);
            let _ = trafilatura::extract(s, &o);
        }
        eprintln!("{round} bare: {:?}", t.elapsed());
        let t = Instant::now();
        for p in &pages {
            let h = p.html.as_ref().unwrap();
            let s = std::str::from_utf8(&h.bytes).unwrap();
            let _ = trafilatura::dom::Document::parse(s);
        }
        eprintln!("{round} parse: {:?}", t.elapsed());
        let t = Instant::now();
        for p in &pages {
            let _ = wirecopy_extract::extract(p);
        }
        eprintln!("{round} ours: {:?}", t.elapsed());
    }
}
