//! Accounts of invented families, as `input -> expected`.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use wirecopy_model::{
    Article, ArticleId, Basis, CopyEdge, Coverage, DateValue, Direction, DocumentDate, EditCounts, Family, Piece,
    Relation, Run, Span,
};
use wirecopy_text::words;

use crate::{Body, Tie, accounts, order, settle};

/// An article of numbered words: `1-60 q61-80 200-230.` are the words w1 to w60, then w61 to w80 in quotation marks,
/// then w200 to w230; twenty words make a sentence. The same number is the same word in every article.
fn article(id: &str, parts: &str) -> Article {
    let mut text = String::new();
    for part in parts.split_whitespace() {
        let (quoted, range) = part.strip_prefix('q').map_or((false, part), |range| (true, range));
        let (from, to) = range.split_once('-').unwrap();
        let numbers: Vec<usize> = (from.parse().unwrap()..=to.parse().unwrap()).collect();
        for sentence in numbers.chunks(20) {
            let words: Vec<String> = sentence.iter().map(|number| format!("w{number}")).collect();
            let sentence = format!("W{}", &words.join(" ")[1..]);
            text += &if quoted { format!("“{sentence}.” ") } else { format!("{sentence}. ") };
        }
    }
    let kept = Span::whole(Piece::new(0, text.chars().count()));
    Article {
        id: id.into(),
        title: None,
        byline: None,
        agency: None,
        url: None,
        source: None,
        lang: None,
        text,
        kept,
        published: None,
        lines: Vec::new(),
        extra: Default::default(),
    }
}

/// The pair of two such articles, with the runs of their common words: `a > b` (b was made from a, certain), `a ? b`.
fn pair(line: &str, articles: &[Article]) -> (CopyEdge, Vec<Run>) {
    let [one, sign, other] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!("two ids and a sign") };
    let find = |id: &str| articles.iter().find(|article| article.id.as_str() == id).unwrap();
    let (a, b) = if one < other { (find(one), find(other)) } else { (find(other), find(one)) };
    let direction = match (sign, one < other) {
        ("?", _) => Direction::Undecided,
        (">", true) => Direction::AToB,
        _ => Direction::BToA,
    };
    let (in_a, in_b) = (words(&a.text), words(&b.text));
    let mut runs: Vec<Run> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (i, word) in in_a.iter().enumerate() {
        let same = |other: &&wirecopy_text::Word| other.of(&b.text).eq_ignore_ascii_case(word.of(&a.text));
        let Some(j) = in_b.iter().position(|other| same(&other)) else { continue };
        match (last, runs.last_mut()) {
            (Some(before), Some(run)) if before == (i.wrapping_sub(1), j.wrapping_sub(1)) => {
                run.a.end = word.piece.end;
                run.b.end = in_b[j].piece.end;
            }
            _ => runs.push(Run { a: word.piece, b: in_b[j].piece }),
        }
        last = Some((i, j));
    }
    let edge = CopyEdge {
        a: a.id.clone(),
        b: b.id.clone(),
        relation: Relation::Rewrite,
        direction,
        certainty: if sign == "?" { 0.5 } else { 0.99 },
        coverage: Coverage::default(),
        coverage_unquoted: Coverage::default(),
        edits: EditCounts::default(),
        evidence: Vec::new(),
        score: 1.0,
        changes: None,
    };
    (edge, runs)
}

fn family(articles: &[Article]) -> Family {
    let mut members: Vec<ArticleId> = articles.iter().map(|article| article.id.clone()).collect();
    members.sort();
    Family { members, edges: Vec::new(), latent: Vec::new() }
}

/// The accounts as `root: members`, and the own share of each article.
fn check(texts: &[(&str, &str)], pairs: &[&str], expected: Expect) {
    let articles: Vec<Article> = texts.iter().map(|(id, parts)| article(id, parts)).collect();
    let pairs: Vec<_> = pairs.iter().map(|line| pair(line, &articles)).collect();
    let edges: Vec<&CopyEdge> = pairs.iter().map(|(edge, _)| edge).collect();
    let ordered = order(&[&family(&articles)], &edges, |_| None);
    let bodies: Vec<Body> =
        ordered.iter().map(|id| Body::of(articles.iter().find(|article| &article.id == id).unwrap())).collect();
    let ties: Vec<Tie> = pairs.iter().map(|(edge, runs)| Tie { edge, runs }).collect();
    let tally = accounts(&bodies.iter().collect::<Vec<_>>(), &ties, |_| None);
    let mut told = String::new();
    for account in tally.accounts {
        let members: Vec<&str> = account.articles.iter().map(ArticleId::as_str).collect();
        told += &format!("{}: {}\n", account.root, members.join(" "));
    }
    for share in tally.shares {
        told += &format!("{} own {:.2}\n", share.id, share.own_share());
    }
    expected.assert_eq(&told);
}

#[test]
fn a_copy_belongs_to_its_source() {
    check(
        &[("copy", "1-120"), ("source", "1-200")],
        &["source > copy"],
        expect![[r#"
            source: source copy
            source own 1.00
            copy own 0.00
        "#]],
    );
}

#[test]
fn the_order_of_undecided_ones_is_that_of_their_ids() {
    check(
        &[("b", "1-100"), ("a", "1-100")],
        &["a ? b"],
        expect![[r#"
            a: a b
            a own 1.00
            b own 0.00
        "#]],
    );
}

#[test]
fn enough_of_its_own_is_an_account_beside_the_copied_one() {
    check(
        &[("a", "1-200"), ("b", "1-100 501-600"), ("c", "1-160 501-540")],
        &["a > b", "a > c", "b ? c"],
        expect![[r#"
            a: a b c
            b: b c
            a own 1.00
            b own 0.50
            c own 0.00
        "#]],
    );
}

#[test]
fn a_page_that_merges_two_belongs_to_both_and_its_copy_too() {
    check(
        &[("a", "1-200"), ("b", "501-700"), ("merge", "1-100 501-600"), ("once-more", "1-100 501-600")],
        &["a > merge", "b > merge", "merge > once-more"],
        expect![[r#"
            a: a merge once-more
            b: b merge once-more
            a own 1.00
            b own 1.00
            merge own 0.00
            once-more own 0.00
        "#]],
    );
}

#[test]
fn what_is_quoted_makes_no_copy() {
    check(
        &[("a", "1-100 q901-940"), ("b", "101-200 q901-940")],
        &["a ? b"],
        expect![[r#"
            a: a
            b: b
            a own 1.00
            b own 1.00
        "#]],
    );
}

#[test]
fn a_little_of_its_own_is_no_account() {
    check(
        &[("a", "1-200"), ("b", "1-180 501-520")],
        &["a > b"],
        expect![[r#"
            a: a b
            a own 1.00
            b own 0.10
        "#]],
    );
}

/// The dates of `a` and `b` after settling, where `b` was made from `a`.
fn check_dates(a: Option<&str>, b: Option<&str>, expected: Expect) {
    let articles = [article("a", "1-100"), article("b", "1-100")];
    let (edge, _) = pair("a > b", &articles);
    let mut dates = BTreeMap::new();
    for (id, day) in [("a", a), ("b", b)] {
        if let Some(day) = day.and_then(DateValue::parse) {
            dates.insert(ArticleId::from(id), DocumentDate::believed(day, Basis::Meta, "a meta element"));
        }
    }
    settle(&["a".into(), "b".into()], &[&edge], &mut dates);
    let tell = |id: &str| match dates.get(&ArticleId::from(id)) {
        None => format!("{id}: open\n"),
        Some(date) => format!(
            "{id}: {:?} {:?} rejected {}\n",
            date.value.as_ref().map(ToString::to_string),
            date.interval.map(|days| (days.start.to_string(), days.end.to_string())),
            date.rejected.len()
        ),
    };
    expected.assert_eq(&(tell("a") + &tell("b")));
}

#[test]
fn a_copy_is_not_older_than_its_source() {
    check_dates(
        None,
        None,
        expect![[r#"
        a: open
        b: open
    "#]],
    );
    check_dates(
        Some("2030-05-02"),
        None,
        expect![[r#"
        a: Some("2030-05-02") Some(("2030-05-02", "2030-05-03")) rejected 0
        b: None Some(("2030-05-02", "2030-05-05")) rejected 0
    "#]],
    );
    check_dates(
        None,
        Some("2030-05-02"),
        expect![[r#"
        a: None Some(("2030-04-30", "2030-05-03")) rejected 0
        b: Some("2030-05-02") Some(("2030-05-02", "2030-05-03")) rejected 0
    "#]],
    );
    check_dates(
        Some("2030-05-02"),
        Some("2030-04-01"),
        expect![[r#"
        a: Some("2030-05-02") Some(("2030-05-02", "2030-05-03")) rejected 0
        b: None Some(("2030-05-02", "2030-05-05")) rejected 1
    "#]],
    );
}
