use askama::Template;
use wirecopy::model::{Article, ArticleId, CopyEdge, Direction, LineKind, Piece, QuoteVariant};
use wirecopy::{Decision, Difference, diff};

use crate::desk::Desk;
use crate::links::{Site, address};
use crate::marks::{self, Fate, Words};
use crate::quotes::anchor;
use crate::remarks::{Remark, commands, remarks};
use crate::style::Head;
use crate::view::{Part, Ref, reasons};
use crate::words::{self, Claim, counted, language, percent};

/// Two articles collated.
#[derive(Template)]
#[template(path = "pair.html")]
pub(crate) struct PairPage {
    pub head: Head,
    story: Option<(String, String)>,
    claim: &'static str,
    relation: &'static str,
    certainty: Option<String>,
    left: Side,
    right: Side,
    reasons: Vec<Vec<Part>>,
    substance: Vec<Row>,
    wording: Vec<Row>,
    noise: Vec<Row>,
    /// Whether nothing is folded away.
    everything: bool,
    more: usize,
    quotes: Vec<Both>,
    /// Other views of the same, in the reading room.
    views: Vec<(String, &'static str, bool)>,
    explain: Option<String>,
    remarks: Vec<Remark>,
    commands: Vec<String>,
}

/// One of the two: on the left the source, where that is decided.
struct Side {
    link: Ref,
    lang: Option<String>,
    shared: String,
    paragraphs: Vec<Vec<Words>>,
}

/// A difference as a line of a list.
pub(crate) struct Row {
    pub kind: &'static str,
    pub before: String,
    pub from: String,
    pub to: String,
    pub after: String,
    pub in_quote: bool,
    /// Where it stands in the left and in the right article.
    pub left: Option<String>,
    pub right: Option<String>,
}

impl Row {
    /// A difference between a text on the left and one on the right that have no pages of their own.
    pub fn plain(difference: &Difference) -> Self {
        Row {
            kind: difference.kind.as_str(),
            before: difference.before.clone(),
            from: difference.from.clone(),
            to: difference.to.clone(),
            after: difference.after.clone(),
            in_quote: difference.in_quote,
            left: None,
            right: None,
        }
    }
}

/// A quotation that both carry in other words.
struct Both {
    left: Vec<Words>,
    right: Vec<Words>,
    all: String,
    /// Where it stands in each.
    at: (Piece, Piece),
}

/// The most differences that are listed; the texts below show all.
const MOST: usize = 300;

/// The ways to look at two pages: side by side, with everything unfolded or not, with an apparatus, as a table.
fn views(left: &ArticleId, right: &ArticleId, everything: bool) -> Vec<(String, &'static str, bool)> {
    let (left, right) = (left.as_str(), right.as_str());
    let pair = |show| address("/collation", &[("a", left), ("b", right), ("show", show)]);
    let witnesses = |view| address("/apparatus", &[("w", left), ("w", right), ("view", view)]);
    vec![
        (pair("substance"), "two columns", !everything),
        (pair("everything"), "two columns, everything open", everything),
        (witnesses("apparatus"), "apparatus", false),
        (witnesses("table"), "table", false),
    ]
}

impl PairPage {
    /// `a` and `b` are the articles of the pair.
    pub fn new(desk: &Desk, edge: &CopyEdge, a: &Article, b: &Article, everything: bool) -> Self {
        // A pair of two stories is written with either, and must be the same page.
        let desk_knows = desk.knows(&a.id) && desk.knows(&b.id);
        let claim = Claim::of_pair(edge);
        let day = |article: &Article| desk.names.get(&article.id).day;
        let flipped = match claim {
            Claim::Stated | Claim::Probable => edge.direction == Direction::BToA,
            // Nothing is claimed: the earlier date stands on the left.
            Claim::Undecided | Claim::Kin => day(b).is_some_and(|b| day(a).is_none_or(|a| b < a)),
        };
        let collated = diff(a, b);
        let (left, right) = if flipped { (b, a) } else { (a, b) };
        let (of_left, of_right) =
            if flipped { (edge.coverage.b, edge.coverage.a) } else { (edge.coverage.a, edge.coverage.b) };
        let differences = collated.differences.as_slice();
        let quotes = if desk_knows { both(desk, &left.id, &right.id) } else { Vec::new() };
        let beside = |difference: &&Difference| {
            let within = |place: fn(&Both) -> Piece, piece: Option<Piece>| {
                piece.is_some_and(|piece| quotes.iter().any(|both| place(both).contains(piece)))
            };
            let (l, r) = if flipped { (difference.b, difference.a) } else { (difference.a, difference.b) };
            within(|both| both.at.0, l) || within(|both| both.at.1, r)
        };
        let rows = |rank: u8| {
            // What stands side by side above is not listed again.
            let ranked = differences.iter().filter(|difference| difference.rank() == rank && !beside(difference));
            let places = desk_knows.then_some(desk);
            ranked.take(MOST).map(|difference| row(places, difference, flipped, left, right)).collect()
        };
        let listed = |rank: u8| differences.iter().filter(|difference| difference.rank() == rank).count();
        let story = &desk.dossier.story;
        let story_href = desk.names.site.story(story.story, &story.title);
        let side = |article: &Article, shared: f64, is_a: bool| Side {
            link: Ref::to(desk.names, &article.id),
            lang: language(article.lang.as_deref()),
            shared: percent(shared),
            paragraphs: paragraphs(article, differences, is_a, is_a != flipped),
        };
        let name = |article: &Article| desk.names.get(&article.id).label;
        PairPage {
            head: Head::of(desk.names.site, &format!("{} and {}", name(left), name(right))),
            certainty: matches!(claim, Claim::Stated | Claim::Probable).then(|| format!("{:.2}", edge.certainty)),
            claim: claim.made_from(),
            relation: words::relation(edge.relation),
            reasons: reasons(desk.names, &[&edge.a, &edge.b], &edge.evidence),
            left: side(left, of_left, !flipped),
            right: side(right, of_right, flipped),
            substance: rows(0),
            wording: rows(1),
            noise: rows(2),
            everything,
            more: (0..3).map(|rank| listed(rank).saturating_sub(MOST)).sum(),
            quotes,
            views: match desk.names.site {
                Site::Report => Vec::new(),
                Site::Room => views(&left.id, &right.id, everything),
            },
            explain: (desk.names.site == Site::Room)
                .then(|| address("/explain", &[("a", left.id.as_str()), ("b", right.id.as_str())])),
            remarks: remarks(desk.names.site, &desk.dossier.decisions.on_pair(&a.id, &b.id)),
            commands: commands(
                desk.names.site,
                [
                    Decision::RejectEdge { a: a.id.clone(), b: b.id.clone() },
                    Decision::Note { about: format!("{} {}", a.id, b.id), text: "TEXT".into() },
                ],
            ),
            story: desk_knows.then(|| (story_href, words::clip(&story.title, words::HEADLINE))),
        }
    }
}

fn row(desk: Option<&Desk>, difference: &Difference, flipped: bool, left: &Article, right: &Article) -> Row {
    let (from, to) = (difference.from.clone(), difference.to.clone());
    let ((from, to), (l, r)) =
        if flipped { ((to, from), (difference.b, difference.a)) } else { ((from, to), (difference.a, difference.b)) };
    let place = |article: &Article, piece: Option<Piece>| {
        let desk = desk?;
        let start = desk.sentence(&article.id, piece?.start);
        start.map(|start| Ref::to(desk.names, &article.id).at(Some(start)).href)
    };
    let kind = match difference.kind.as_str() {
        // Seen from the left article.
        "cut" if flipped => "added",
        "added" if flipped => "cut",
        kind => kind,
    };
    Row { kind, from, to, left: place(left, l), right: place(right, r), ..Row::plain(difference) }
}

/// The kept text, a line each, with what the other has not in these words; typography and spelling unmarked.
fn paragraphs(article: &Article, differences: &[Difference], is_a: bool, is_left: bool) -> Vec<Vec<Words>> {
    let mut sorted: Vec<(Piece, Fate)> = differences
        .iter()
        .filter(|difference| difference.rank() < 2)
        .filter_map(|difference| {
            let (own, other) = if is_a { (difference.a, difference.b) } else { (difference.b, difference.a) };
            let fate = match (other.is_none_or(Piece::is_empty), is_left) {
                (false, _) => Fate::Other,
                (true, true) => Fate::Gone,
                (true, false) => Fate::Come,
            };
            own.map(|own| (own, fate))
        })
        .collect();
    let points = wirecopy::text::Points::new(&article.text);
    sorted.sort_unstable_by_key(|(piece, _)| *piece);
    let bodies = article.lines.iter().filter(|line| line.kind == LineKind::Body);
    bodies
        .map(|line| {
            let from = sorted.partition_point(|(piece, _)| piece.end <= line.span.start);
            let inside = sorted[from..].iter().take_while(|(piece, _)| piece.start < line.span.end);
            let inside = inside.map(|(piece, fate)| {
                let start = piece.start.max(line.span.start) - line.span.start;
                let end = piece.end.min(line.span.end) - line.span.start;
                (Piece::new(start, end.max(start)), *fate)
            });
            marks::marked(points.slice(line.span), inside.collect())
        })
        .collect()
}

fn both(desk: &Desk, left: &ArticleId, right: &ArticleId) -> Vec<Both> {
    let story = &desk.dossier.story;
    let story = desk.names.site.story(story.story, &story.title);
    let quotes = desk.dossier.quotes.iter().filter_map(|quote| {
        let mention = |id: &ArticleId| {
            let found =
                |variant: &QuoteVariant| variant.mentions.iter().find(|mention| &mention.article == id).cloned();
            quote.variants.iter().find_map(|variant| Some((&variant.text, found(variant)?)))
        };
        let ((one, here), (other, there)) = (mention(left)?, mention(right)?);
        let (marked, against) = marks::side_by_side(one, other);
        let differ = marked.iter().chain(&against).any(|words| words.fate != Fate::Same);
        let all = format!("{story}#{}", anchor(quote));
        let altered = quote.is_altered();
        let at = (here.piece(), there.piece());
        (differ && altered).then_some(Both { left: marked, right: against, all, at })
    });
    quotes.collect()
}

impl PairPage {
    fn wording_line(&self) -> String {
        counted(self.wording.len(), "difference", "differences")
    }

    fn noise_line(&self) -> String {
        counted(self.noise.len(), "difference", "differences")
    }
}
