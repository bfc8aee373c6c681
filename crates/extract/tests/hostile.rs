//! Whatever comes in, an article goes out, with offsets that hold.

use wirecopy_extract::extract;
use wirecopy_model::{Article, LineKind, Page};

/// Lines in order and within the text, each non-empty line listed, `kept` exactly the body lines.
fn check(name: &str, article: &Article) {
    let points: Vec<char> = article.text.chars().collect();
    let mut before = 0;
    for line in &article.lines {
        assert!(
            before <= line.span.start && line.span.start < line.span.end && line.span.end <= points.len(),
            "{name}"
        );
        assert!(!line.why.is_empty(), "{name}");
        let body = line.kind == LineKind::Body;
        assert_eq!(article.kept.covers(line.span), body, "{name}: {line:?}");
        before = line.span.end;
    }
    let listed = article.lines.len();
    let lines = article.text.split('\n').filter(|line| line.chars().any(char::is_alphanumeric)).count();
    assert!(listed >= lines.min(100_000), "{name}: {listed} of {lines}");
}

#[test]
fn strange_texts() {
    for (name, text) in [
        ("nothing", String::new()),
        ("spaces", " \n\t\r\n\u{a0}\n".into()),
        ("carriage returns", "Lake talks end\r\n\r\nThe talks ended on Monday without any result at all.\r\n".into()),
        ("controls", "\0\u{1}\u{202e}\u{feff}\n\u{fffd}\u{301}a\n".repeat(50)),
        ("one long line", "word ".repeat(200_000)),
        ("one long word", "w".repeat(500_000)),
        ("many lines", "a\n".repeat(120_000)),
        ("only cues", "See also\nSource link\nLeave a Reply\n".repeat(100)),
        ("only quotes", "“\"„«".repeat(10_000)),
        ("only digits", "12:30 1/2/2030 20300102 ".repeat(5_000)),
        ("no spaces", "湖の交渉は月曜日に合意なく終わったと、双方が発表した。".repeat(50)),
        ("right to left", "انتهت المحادثات يوم الاثنين دون اتفاق، قال الجانبان.\nاقرأ أيضا\n".repeat(5)),
    ] {
        let article = extract(&Page::of_text("page", text.as_str()));
        assert_eq!(article.text, text, "{name}: the text stays as it came");
        check(name, &article);
    }
}

#[test]
fn strange_pages() {
    let many = |piece: &str, count: usize| piece.repeat(count).into_bytes();
    for (name, bytes) in [
        ("nothing", Vec::new()),
        ("no markup", b"Lake talks end on Monday.".to_vec()),
        ("zeros", vec![0; 10_000]),
        ("bytes", (0..=255).cycle().take(20_000).collect()),
        ("an open tag", b"<p class=\"".to_vec()),
        ("an open comment", b"<p>Lake<!-- talks".to_vec()),
        ("nested blocks", many("<div>", 100_000)),
        ("nested formatting", many("<b><i><font>", 30_000)),
        ("nested lists", many("<ul><li>x", 20_000)),
        ("nested tables", many("<table><tr><td>x", 10_000)),
        ("misnested", many("<a><p><b></a><i></p></b>x", 5_000)),
        ("a deep JSON-LD", [b"<script type=application/ld+json>".to_vec(), many("[", 100_000)].concat()),
        ("a false charset", [b"<meta charset=utf-8><p>Gr\xfc\xdfe vom See".to_vec(), vec![0xff; 100]].concat()),
        ("half a UTF-16", vec![0xff, 0xfe, 0x41]),
    ] {
        check(name, &extract(&Page::of_html("page", bytes)));
    }
}

/// Pieces of markup and text in an order that a small generator draws.
#[test]
fn drawn_pages() {
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<",
        ">",
        "\"",
        "<h1>",
        "</h1>",
        "<time datetime=\"2031-04-13\">",
        "</time>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "&amp;",
        "&",
        "=",
        "The talks ended on Monday, both sides said. ",
        "See also: ",
        "By Ada Example",
        "April 13, 2031",
        "\n",
        "é",
        "\u{1f6a2}",
    ];
    let mut state: u64 = 7;
    for round in 0..150 {
        let mut page = String::new();
        for _ in 0..round * 2 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            page.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        check("HTML", &extract(&Page::of_html("page", page.as_bytes())));
        check("text", &extract(&Page::of_text("page", page)));
    }
}
