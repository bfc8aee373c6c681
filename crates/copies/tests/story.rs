//! An invented story told by two agencies, with copies: what the stages find in it.

use wirecopy_copies::{Document, changes, copies, explain, families, lineages, orphan, relate};
use wirecopy_model::{Article, ArticleId, ChangeKind, CopyEdge, Direction, LineageDirection, Relation, Span};
use wirecopy_text::Points;

const WIRE: &str = "\
The governments of Orrin and Tarn agreed on Monday to close the upper dam for five years, officials said.
“We will act firmly in defence of the river and of the people who live along it,” the Orrin government said in a statement.
The lower town lost 12 houses when the dam leaked in March, and engineers warned that a second leak would be far worse.
Minister Orla Venn told reporters that the cost of the repair had been put at 40 million crowns by the river board.
“The talks were difficult, but the lake belongs to both of us,” Venn said after the meeting in the harbour of Velmer.
Fishermen had asked for the dam to stay open until the autumn because the eels return in September.
The two sides have argued over the dam since 1987, when Tarn stopped paying its share of the upkeep.
A joint commission is to report on the state of the walls before the end of the year.";

/// Another agency's report of the same day: it quotes the same statement and shares nothing else.
const OTHER: &str = "\
After a night of bargaining in Velmer, two old rivals have decided to shut a reservoir that neither trusts any longer.
In its statement, Orrin promised to “act firmly in defence of the river and of the people who live along it”.
Residents of the flooded streets, where fifteen homes are gone, greeted the news with bells and with doubt.
Tarn's envoy, Pell Hask, called the bargain a beginning and declined to speak of money.
Who pays remains open: the board that runs the waterway has no budget for such work, two of its members said.
Eel fishing, the pride of the valley, will suffer most, according to the guild in Velmer.
An inquiry into the walls of the reservoir should end by winter.";

/// The wire's report, spun.
const SPUN: &str = "\
The governments of Orrin and Tarn agreed on Monday to shut the upper dam for the next 5 years, officials said.
“We will act resolutely to protect the river and of the people who live along it, ”the Orrin government said in a statement.
The lower town lost 12 houses when the dam leaked in March, and engineers cautioned that a second leakThe would be far worse.
Minister Orla Venn told reporters that the price of the repair had been put at 40 million crowns by the river board.
“The discussions were difficult, but the lake belongs to both of us,” Venn said after the gathering in the harbor of Velmer.
Fishermen had requested for the dam to stay open until the autumn because the eels return in September. , officials said.
The two sides have quarrelled over the dam since 1987, when Tarn stopped paying its share of the upkeep.
A joint commission is to report on the state of the walls before the end of the year.";

const UNRELATED: &str = "\
Cheese from the valley of Brask costs more this summer after a spring without rain, dairies said on Tuesday.
The price of a wheel rose by a third, and several farms have sold part of their herds to pay for feed.";

fn article(id: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        title: None,
        byline: None,
        agency: None,
        url: None,
        source: None,
        lang: None,
        text: text.to_owned(),
        kept: Span::whole(Points::new(text).whole()),
        published: None,
        lines: Vec::new(),
        extra: Default::default(),
    }
}

fn story() -> Vec<Article> {
    // The wire's report cut from the bottom, its paragraphs moved.
    let lines: Vec<&str> = WIRE.lines().collect();
    let cut = [lines[0], lines[3], lines[1], lines[2], lines[4]].join("\n");
    vec![
        article("cheese", UNRELATED),
        article("cut", &cut),
        article("other", OTHER),
        article("spun", SPUN),
        article("verbatim", WIRE),
        article("wire", WIRE),
    ]
}

fn edge<'e>(edges: &'e [CopyEdge], a: &str, b: &str) -> Option<&'e CopyEdge> {
    edges.iter().find(|edge| edge.a.as_str() == a && edge.b.as_str() == b)
}

#[test]
fn relations() {
    let edges = copies(&story(), false);
    let relation = |a, b| edge(&edges, a, b).map(|edge| edge.relation);
    assert_eq!(relation("verbatim", "wire"), Some(Relation::Exact));
    assert_eq!(relation("cut", "wire"), Some(Relation::Near));
    assert_eq!(relation("spun", "wire"), Some(Relation::Near));
    assert_eq!(relation("other", "wire"), Some(Relation::SharedQuote));
    assert!(edges.iter().all(|edge| edge.a.as_str() != "cheese" && edge.b.as_str() != "cheese"));
}

#[test]
fn the_spun_copy_was_made_from_the_wire() {
    let edges = copies(&story(), true);
    let spun = edge(&edges, "spun", "wire").unwrap();
    assert_eq!(spun.direction, Direction::BToA);
    let kinds: Vec<&str> = spun.evidence.iter().map(|evidence| evidence.kind.as_str()).collect();
    assert!(kinds.contains(&"third-witness") && kinds.contains(&"damage"), "{:#?}", spun.evidence);
    let witness = spun.evidence.iter().find(|evidence| evidence.kind == "third-witness").unwrap();
    assert!(witness.detail.contains("which other confirms"), "{}", witness.detail);
    let changes = spun.changes.as_ref().unwrap();
    assert!(changes.iter().any(|change| change.in_quote && change.kind != ChangeKind::Typography));
}

#[test]
fn one_family_with_its_tree() {
    let found = lineages(&story());
    assert_eq!(found.len(), 1);
    let members: Vec<&str> = found[0].members.iter().map(ArticleId::as_str).collect();
    assert_eq!(members, ["cut", "spun", "verbatim", "wire"]);
    for edge in found[0].edges.iter().filter(|edge| edge.direction == LineageDirection::FromTo) {
        assert_ne!(edge.from.as_str(), "spun", "nothing was made from the spun copy");
    }
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let mut articles = story();
    let expected = (copies(&articles, true), lineages(&articles));
    for _ in 0..articles.len() {
        articles.rotate_left(1);
        assert_eq!((copies(&articles, true), lineages(&articles)), expected);
    }
    articles.reverse();
    assert_eq!((copies(&articles, true), lineages(&articles)), expected);
}

#[test]
fn explanations_are_short() {
    let documents: Vec<Document> = story().iter().map(Document::of).collect();
    for a in &documents {
        for b in documents.iter().filter(|b| b.id() != a.id()) {
            let lines = explain(a, b);
            assert!((1..=5).contains(&lines.len()), "{lines:#?}");
        }
    }
}

#[test]
fn only_the_spun_copy_is_visibly_made_from_something() {
    for article in story() {
        let found = orphan(&Document::of(&article));
        assert_eq!(found.is_some(), article.id.as_str() == "spun", "{} {found:?}", article.id);
    }
}

#[test]
fn a_weak_bridge_joins_no_groups() {
    let base = relate(&Document::of_text("a", WIRE), &Document::of_text("b", SPUN)).unwrap().edge;
    let edge = |a: &str, b: &str, score: f64| CopyEdge { a: a.into(), b: b.into(), score, ..base.clone() };
    let mut edges = vec![
        edge("a", "b", 0.99),
        edge("b", "c", 0.99),
        edge("a", "c", 0.99),
        edge("c", "d", 0.8),
        edge("d", "e", 0.99),
        edge("d", "f", 0.99),
    ];
    let ids = |names: [&str; 3]| names.map(ArticleId::from).to_vec();
    assert_eq!(families(&edges), [ids(["a", "b", "c"]), ids(["d", "e", "f"])]);
    edges.reverse();
    assert_eq!(families(&edges).len(), 2);
    // A second way between the groups makes them one.
    edges.push(edge("b", "e", 0.8));
    assert_eq!(families(&edges).len(), 1);
    // A shared quotation ties nothing.
    let quote = CopyEdge { relation: Relation::SharedQuote, ..edge("x", "y", 0.9) };
    assert!(families(&[quote]).is_empty());
}

#[test]
fn offsets_are_code_points_of_the_texts() {
    let (a, b) = (Document::of_text("a", WIRE), Document::of_text("b", SPUN));
    let pair = relate(&a, &b).unwrap();
    let (left, right) = (Points::new(WIRE), Points::new(SPUN));
    for run in &pair.runs {
        let words = |text: &str| {
            wirecopy_text::words(text)
                .iter()
                .map(|word| wirecopy_text::fold(word.of(text)).into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(words(left.slice(run.a)), words(right.slice(run.b)));
    }
    for change in changes(&a, &b, &pair) {
        assert!(change.a.is_none_or(|piece| piece.end <= left.len()));
        assert!(change.b.is_none_or(|piece| piece.end <= right.len()));
    }
}

/// A copy of a text with some of its words replaced; each of them must be there.
fn altered(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no “{from}”");
        text.replacen(from, to, 1)
    })
}

/// The edges of a family as `from -> to`, or `from -- to` where undecided, lost sources as `?`.
fn edges_of(family: &wirecopy_model::Family) -> Vec<String> {
    let name = |id: &ArticleId| {
        let lost = family.latent.iter().any(|name| name == id.as_str());
        if lost { "?".to_owned() } else { id.to_string() }
    };
    let mut edges: Vec<String> = family
        .edges
        .iter()
        .map(|edge| {
            let mark = if edge.direction == LineageDirection::FromTo { "->" } else { "--" };
            format!("{} {mark} {}", name(&edge.from), name(&edge.to))
        })
        .collect();
    edges.sort();
    edges
}

const FIRST: &[(&str, &str)] = &[
    ("upper dam", "northern dam"),
    ("officials said", "spokesmen said"),
    ("lost 12 houses", "lost a dozen cottages"),
    ("engineers warned", "experts warned"),
    ("reporters", "journalists"),
    ("difficult", "hard"),
    ("have argued", "have quarrelled"),
    ("A joint commission", "A common panel"),
];

const SECOND: &[(&str, &str)] = &[
    ("agreed on Monday", "settled on Monday"),
    ("far worse", "much more dangerous"),
    ("put at", "estimated at"),
    ("Fishermen", "Anglers"),
    ("stopped paying", "refused to pay"),
    ("the walls", "the masonry"),
    ("leaked in March", "burst in March"),
    ("stay open", "remain open"),
];

const THIRD: &[(&str, &str)] = &[
    ("close the", "shut down the"),
    ("lower town", "old quarter"),
    ("Minister Orla Venn", "Cabinet member Orla Venn"),
    ("the autumn", "the harvest"),
    ("The two sides", "Both parties"),
    ("its share", "its part"),
    ("before the end of the year", "by December"),
    ("in a statement", "in a note"),
];

#[test]
fn three_copies_show_the_source_that_is_not_here() {
    let made = [("a", FIRST), ("b", SECOND), ("c", THIRD)];
    let mut articles: Vec<Article> = made.iter().map(|(id, changes)| article(id, &altered(WIRE, changes))).collect();
    let found = lineages(&articles);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].latent.len(), 1, "{:#?}", found[0].edges);
    assert_eq!(found[0].edges.len(), 3);
    assert!(edges_of(&found[0]).iter().all(|edge| edge.contains('?')), "{:?}", edges_of(&found[0]));
    assert!(found[0].edges.iter().all(|edge| edge.certainty < 0.97 && edge.evidence[0].kind == "lost-source"));
    // None of them was made from another.
    assert!(copies(&articles, false).iter().all(|edge| edge.direction == Direction::Undecided));
    // The name follows from the texts around it.
    articles.reverse();
    assert_eq!(lineages(&articles), found);
    // With the source at hand nothing is lost.
    articles.push(article("wire", WIRE));
    let found = lineages(&articles);
    assert!(found[0].latent.is_empty());
    assert!(edges_of(&found[0]).iter().all(|edge| edge.contains("wire")), "{:?}", edges_of(&found[0]));
}

const DAIRY: &str = "\
Cheese from the valley of Brask costs more this summer after a spring without rain, dairies said on Tuesday.
The price of a wheel rose by a third, and several farms have sold part of their herds to pay for feed.
“We have not seen pastures so brown since my grandfather kept the books,” said Hanne Old, who runs the largest dairy.
The guild of cheesemakers asked the canton for a loan of two million crowns, to be repaid over eight years.
Exports to Velmer fell for the fourth month, and two shops in the harbour quarter have closed for good.";

#[test]
fn a_page_that_merges_two_sources_names_both() {
    let halves = |text: &str, from: usize, to: usize| text.lines().skip(from).take(to).collect::<Vec<_>>().join("\n");
    let digest = format!("{}\n{}", halves(WIRE, 0, 4), halves(DAIRY, 0, 3));
    let found = lineages(&[article("dairy", DAIRY), article("digest", &digest), article("wire", WIRE)]);
    assert_eq!(found.len(), 1);
    assert_eq!(edges_of(&found[0]), ["dairy -> digest", "wire -> digest"]);
    for edge in &found[0].edges {
        assert!(edge.evidence.iter().any(|evidence| evidence.kind == "merge"), "{edge:#?}");
    }
}

#[test]
fn excerpts_of_one_page_are_no_sources_of_it() {
    let part = |from: usize, to: usize| WIRE.lines().skip(from).take(to).collect::<Vec<_>>().join("\n");
    let found = lineages(&[article("begin", &part(0, 4)), article("end", &part(4, 4)), article("wire", WIRE)]);
    assert_eq!(found.len(), 1);
    assert!(found[0].edges.iter().all(|edge| edge.evidence.iter().all(|evidence| evidence.kind != "merge")));
}
