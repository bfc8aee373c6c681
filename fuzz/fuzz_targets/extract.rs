//! Any bytes, as text and as HTML, give an article whose offsets hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wirecopy_extract::extract;
use wirecopy_model::{Article, Page};

fuzz_target!(|bytes: &[u8]| {
    check(&extract(&Page::of_html("html", bytes)));
    check(&extract(&Page::of_text("text", String::from_utf8_lossy(bytes))));
});

fn check(article: &Article) {
    let points = article.text.chars().count();
    let mut before = 0;
    for line in &article.lines {
        assert!(before <= line.span.start && line.span.start < line.span.end && line.span.end <= points);
        assert!(!line.why.is_empty());
        before = line.span.end;
    }
    for piece in article.kept.pieces() {
        assert!(piece.start < piece.end && piece.end <= points);
    }
}
