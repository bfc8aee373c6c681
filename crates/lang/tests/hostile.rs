//! Any string is analysed, and the result always hangs together.

use wirecopy_lang::{Analysis, Cache, Language};

/// What holds for every analysis of every text.
fn check(text: &str, analysis: &Analysis) {
    let mut rest = text;
    for token in analysis.tokens() {
        rest = rest.strip_prefix(token.text()).expect("tokens in text order");
        if token.space_follows() {
            rest = rest.strip_prefix(' ').expect("a space after the token");
        }
        assert_eq!(&text[token.bytes()], token.text());
        assert!(token.head().index() < analysis.len());
        assert!(token.subtree_range().contains(&token.index()));
    }
    assert!(rest.is_empty(), "{rest:?} in no token");
    let mut next = 0;
    for sentence in analysis.sentences() {
        assert_eq!(sentence.start, next);
        assert!(!sentence.is_empty());
        next = sentence.end;
    }
    assert_eq!(next, analysis.len());
    for entity in analysis.entities() {
        assert!(!entity.tokens().is_empty() && entity.tokens().end <= analysis.len());
    }
    assert!(analysis.noun_phrases().iter().all(|phrase| !phrase.is_empty()));
}

fn check_all(texts: impl IntoIterator<Item = String>) {
    let language = Language::english();
    let cache = Cache::with_capacity(10_000);
    for text in texts {
        let analysis = language.analyse(&text);
        check(&text, &analysis);
        assert_eq!(analysis, language.analyse_with(&text, &cache), "{text:?}");
    }
}

#[test]
fn odd_short_texts() {
    let texts = [
        "",
        " ",
        "\n",
        "\u{0}",
        "a",
        ".",
        "\u{a0}",
        "\u{feff}",
        "\u{2028}",
        "\u{1c}",
        "😀",
        "\u{301}",
        "ß",
        "İ",
        "\u{10ffff}",
        "\r\n\r\n",
        "''''''",
        "\"\"",
        "...",
        "@.",
        "a@b",
        "://",
        "x://",
        "xx://",
        ".a",
        "a.",
        "1.1.1.1",
        "255.255.255.255",
        "-----",
        "$",
        "US$",
        "'s",
        "n't",
        "😀😀 😀",
        "مرحبا بالعالم",
        "שלום, עולם",
        "你好世界。",
        "a\u{200d}b",
        "\u{202e}abc",
    ];
    check_all(texts.into_iter().map(str::to_owned));
}

#[test]
fn long_texts_without_mercy() {
    let texts = [
        "a".repeat(5_000_000),
        "a.".repeat(100_000),
        "a.b@".repeat(100_000),
        "@".repeat(200_000),
        ".".repeat(200_000),
        " \n".repeat(200_000),
        "x-".repeat(3_000),
        "!".repeat(3_000),
        "\"(".repeat(1_500),
        "of the ".repeat(1_500),
        "a ".repeat(3_000),
        "😀".repeat(2_000),
        "1,000.50$ ".repeat(500),
    ];
    check_all(texts);
}

#[test]
fn garbage() {
    // A generator of our own, so that the texts are the same everywhere: xorshift of Marsaglia.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let pieces = [
        "U.S.",
        "don't",
        "cant",
        ":-)",
        "http://",
        "www.",
        ".com",
        "@",
        "'S",
        "’s",
        "—",
        "--",
        "...",
        "…",
        "$",
        "€5",
        "km",
        "\n",
        "\t",
        "  ",
        "\u{a0}",
        "A",
        "I",
        "_",
        "number",
        "“",
        "”",
        "\"",
        "'",
        "(",
        ")",
        "😀",
        "é",
        "İ",
        "ﬁ",
        "10",
        "1.5",
        "-",
        "/",
        "said",
        "President",
        "that",
        "not",
        "10.1.2.3",
        ":80",
        "?",
        "!",
        "。",
        "و",
        "\u{200b}",
        "\u{301}",
        "\u{1f}",
        "C++",
        "o'clock",
        "gonna",
        "ROOT",
    ];
    let texts = (0..300).map(|_| {
        let length = random(60);
        let mut text = String::new();
        for _ in 0..length {
            match random(5) {
                0 => text.push(' '),
                1 => text.extend(char::from_u32(random(0x11_0000) as u32)),
                _ => text.push_str(pieces[random(pieces.len() as u64) as usize]),
            }
        }
        text
    });
    check_all(texts.collect::<Vec<_>>());
}
