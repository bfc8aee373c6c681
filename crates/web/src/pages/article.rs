use askama::Template;
use wirecopy::model::{Article, ArticleId, DocumentDate, LineKind, Piece};
use wirecopy::text::Points;
use wirecopy::{Decision, Edit, Member, SentenceRow};

use crate::claims::{self, ClaimView};
use crate::desk::Desk;
use crate::links::{self, Site};
use crate::marks::{self, Words};
use crate::pages::pair::Row;
use crate::pages::reference::{self, CarrierView, MOST_CARRIERS};
use crate::quotes::anchor;
use crate::remarks::{Remark, commands, remarks};
use crate::style::Head;
use crate::times::{self, Time};
use crate::view::{Part, Ref, reason};
use crate::words::{self, Claim, address, clip, headline, language, percent};

/// An article taken apart.
#[derive(Template)]
#[template(path = "article.html")]
pub(crate) struct ArticlePage {
    pub head: Head,
    id: String,
    full_id: String,
    title: String,
    lang: Option<String>,
    source: Option<(String, String)>,
    byline: Option<String>,
    agency: Option<String>,
    url: Option<String>,
    address: Option<String>,
    story: (String, String),
    date: String,
    date_why: Vec<Part>,
    date_basis: Option<String>,
    rejected: Vec<Rejected>,
    own: String,
    own_width: usize,
    is_root: bool,
    roots: Vec<Ref>,
    kin: Vec<Kin>,
    more_kin: usize,
    sentences: Vec<Sentence>,
    times: Vec<Time>,
    more_times: usize,
    claims: Vec<ClaimView>,
    more_claims: usize,
    /// Who carried it, where it is of the reference set: in words, and page by page.
    carried: Option<String>,
    carriers: Vec<CarrierView>,
    more_carriers: usize,
    quotes: Vec<AlteredHere>,
    edits: Vec<EditView>,
    cut: Vec<LineView>,
    kept: Vec<LineView>,
    remarks: Vec<Remark>,
    commands: Vec<String>,
    /// Why it is counted as it is.
    explain: Option<String>,
    /// The speaker whose claims alone are listed, and all speakers.
    speaker: String,
    speakers: Vec<String>,
}

/// What changed from one version of the page to the next.
struct EditView {
    from: usize,
    to: usize,
    fetched: Option<String>,
    says: String,
    head: Vec<HeadView>,
    /// Substance first.
    rows: Vec<Row>,
    more: usize,
}

struct HeadView {
    field: &'static str,
    from: String,
    to: String,
}

struct Rejected {
    date: String,
    basis: String,
    why: Vec<Part>,
}

/// An article that is related to this one.
struct Kin {
    says: String,
    link: Ref,
    pair: Option<String>,
    shared: String,
}

struct Sentence {
    start: usize,
    kind: &'static str,
    /// Its words, with those marked that its witness has not.
    words: Vec<Words>,
    witness: Option<Witness>,
    /// Whether a paragraph begins here.
    begins: bool,
    /// Whether its witness is that of the sentence before.
    again: bool,
    /// Whether it is the one that is looked for.
    here: bool,
    /// The sentence on the page as it was published.
    original: Option<String>,
}

struct Witness {
    article: ArticleId,
    link: Ref,
    /// How its words became these, where they were changed.
    collated: Vec<Words>,
}

struct AlteredHere {
    from: Vec<Words>,
    to: Vec<Words>,
    /// The place on the story's page where all wordings stand.
    all: String,
    sentence: Option<usize>,
}

struct LineView {
    number: usize,
    kind: &'static str,
    text: String,
    why: String,
}

/// The most changes that are listed from one version to the next.
const MOST_CHANGES: usize = 200;
/// The most articles that are listed as related.
const MOST_KIN: usize = 40;
/// Of a line that was cut or kept so much is shown.
const LINE: usize = 160;
/// The most lines that are listed.
const MOST_LINES: usize = 400;

impl ArticlePage {
    /// `at` is a code point whose sentence is looked for, `speaker` somebody whose claims alone are listed.
    pub fn new(desk: &Desk, member: &Member, at: Option<usize>, speaker: Option<&str>) -> Self {
        let article = &member.article;
        let title = headline(article.title.as_deref(), &article.id);
        let story = &desk.dossier.story;
        let story_href = desk.names.site.story(story.story, &story.title);
        let all = desk.pairs_of(&article.id);
        let roots = &member.xray.roots;
        let source = words::source(article.source.as_deref(), &article.id);
        let text = Points::new(&article.text);
        let lines = |kept: bool| {
            let lines = article.lines.iter().filter(move |line| (line.kind == LineKind::Body) == kept);
            lines.take(MOST_LINES).map(|line| LineView {
                number: line.line,
                kind: line.kind.as_str(),
                text: clip(text.slice(line.span), LINE),
                why: clip(&line.why, 4 * LINE),
            })
        };
        ArticlePage {
            head: Head::of(desk.names.site, &title),
            id: words::clip(article.id.as_str(), words::HEADLINE),
            full_id: article.id.to_string(),
            lang: language(article.lang.as_deref()),
            source: source.map(|name| (desk.names.site.source(&name), name)),
            byline: article.byline.as_deref().map(|byline| clip(byline, LINE)),
            agency: article.agency.as_deref().map(|agency| clip(agency, LINE)),
            url: article.url.as_deref().map(|url| clip(url, LINE)),
            address: address(article.url.as_deref()),
            story: (story_href.clone(), clip(&story.title, words::HEADLINE)),
            date: words::date(member.published.as_ref()),
            date_why: member.published.as_ref().map(|date| because(desk, article, &date.why)).unwrap_or_default(),
            date_basis: member.published.as_ref().and_then(|date| date.basis).map(|basis| basis.to_string()),
            rejected: member.published.as_ref().map(|date| rejected(desk, article, date)).unwrap_or_default(),
            own: percent(member.xray.own_share),
            own_width: (member.xray.own_share * 200.0).round().clamp(0.0, 200.0) as usize,
            is_root: roots.contains(&article.id),
            roots: roots.iter().filter(|root| **root != article.id).map(|root| Ref::to(desk.names, root)).collect(),
            kin: all.iter().take(MOST_KIN).map(|edge| kin(desk, article, edge)).collect(),
            more_kin: all.len().saturating_sub(MOST_KIN),
            sentences: sentences(desk, member, &text, at),
            claims: claims::list(member, &text, speaker),
            more_claims: if speaker.is_none() { member.claims.len().saturating_sub(claims::MOST) } else { 0 },
            times: times::list(member, &text),
            more_times: member.timexes.len().saturating_sub(times::MOST),
            carried: member.reference.as_ref().map(reference::in_words),
            carriers: member.reference.as_ref().map(|row| reference::carriers(desk, row)).unwrap_or_default(),
            more_carriers: member.reference.as_ref().map_or(0, |row| row.carriers.len().saturating_sub(MOST_CARRIERS)),
            quotes: altered_here(desk, member, &story_href),
            edits: member.edits.iter().map(edit).collect(),
            cut: lines(false).collect(),
            kept: lines(true).collect(),
            remarks: remarks(desk.names.site, &desk.dossier.decisions.on_article(&article.id)),
            commands: commands(
                desk.names.site,
                [
                    Decision::RejectDate { article: article.id.clone() },
                    Decision::RejectSpeaker { article: article.id.clone(), speaker: "NAME".into() },
                    Decision::Split { articles: vec![article.id.clone()] },
                    Decision::Note { about: article.id.to_string(), text: "TEXT".into() },
                ],
            ),
            explain: (desk.names.site == Site::Room).then(|| links::address("/explain", &[("a", article.id.as_str())])),
            speaker: speaker.map(|name| clip(name, words::HEADLINE)).unwrap_or_default(),
            speakers: claims::speakers(member),
            title,
        }
    }
}

fn edit(edit: &Edit) -> EditView {
    let mut shown: Vec<_> = edit.text.differences.iter().filter(|difference| difference.rank() < 2).collect();
    shown.sort_by_key(|difference| difference.rank());
    let says = match (&edit.text.pair, shown.len()) {
        (None, _) => "another text".to_owned(),
        (_, 0) => "the same words".to_owned(),
        (_, changes) => words::counted(changes, "change", "changes"),
    };
    let told = |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), |value| clip(value, LINE));
    let head =
        edit.head.iter().map(|change| HeadView { field: change.field, from: told(&change.from), to: told(&change.to) });
    EditView {
        from: edit.from,
        to: edit.to,
        fetched: edit.fetched[1].as_deref().map(|when| clip(when, LINE)),
        says,
        head: head.collect(),
        more: shown.len().saturating_sub(MOST_CHANGES),
        rows: shown.into_iter().take(MOST_CHANGES).map(Row::plain).collect(),
    }
}

/// A reason in which the article itself and its kin may be named.
fn because(desk: &Desk, article: &Article, why: &str) -> Vec<Part> {
    let mut ids = vec![&article.id];
    ids.extend(desk.pairs_of(&article.id).iter().flat_map(|edge| [&edge.a, &edge.b]));
    reason(desk.names, &ids, why)
}

fn rejected(desk: &Desk, article: &Article, date: &DocumentDate) -> Vec<Rejected> {
    let rejected = date.rejected.iter().map(|rejected| Rejected {
        date: words::day(rejected.value.day()),
        basis: rejected.basis.to_string(),
        why: because(desk, article, &rejected.why),
    });
    rejected.collect()
}

fn kin(desk: &Desk, article: &Article, edge: &wirecopy::model::CopyEdge) -> Kin {
    use wirecopy::model::Direction;
    let is_a = edge.a == article.id;
    let other = if is_a { &edge.b } else { &edge.a };
    let made_here = edge.direction == if is_a { Direction::BToA } else { Direction::AToB };
    let claim = Claim::of_pair(edge);
    let says = match claim {
        Claim::Stated if made_here => "made from",
        Claim::Probable if made_here => "probably made from",
        Claim::Stated => "became",
        Claim::Probable => "probably became",
        other => other.made_from(),
    };
    let share = if is_a { edge.coverage.a } else { edge.coverage.b };
    Kin {
        says: says.into(),
        link: Ref::to(desk.names, other),
        pair: desk.pair(&edge.a, &edge.b),
        shared: percent(share),
    }
}

fn sentences(desk: &Desk, member: &Member, text: &Points, at: Option<usize>) -> Vec<Sentence> {
    let address = address(member.article.url.as_deref());
    let here = at.and_then(|at| own_sentence(member, at));
    let mut views: Vec<Sentence> = Vec::new();
    let mut end = 0;
    for row in &member.xray.sentences {
        let mut view = sentence(desk, row, text);
        view.here = here == Some(row.start);
        let words = text.slice(Piece::new(row.start, row.end));
        view.original = address.as_deref().map(|address| links::fragment(address, words));
        view.words = marks::timed(view.words, times::notes(member, Piece::new(row.start, row.end)));
        let between = text.slice(Piece::new(end.min(row.start), row.start));
        view.begins = views.is_empty() || between.contains('\n');
        let before = views.last().and_then(|before| before.witness.as_ref());
        view.again = match (&view.witness, before) {
            (Some(own), Some(before)) => own.article == before.article,
            _ => false,
        };
        end = row.end;
        views.push(view);
    }
    views
}

fn sentence(desk: &Desk, row: &SentenceRow, text: &Points) -> Sentence {
    let here = text.slice(Piece::new(row.start, row.end));
    let plain = || marks::marked(here, Vec::new());
    let (kind, words, witness) = match &row.first {
        None => ("own", plain(), None),
        Some(first) => {
            let link = Ref::to(desk.names, &first.article).at(desk.sentence(&first.article, first.start));
            let there = desk.member(&first.article).map(|member| &member.article.text);
            let collated = |there: &String| {
                let there = Points::new(there);
                let there = there.slice(whole_words(&there, first.piece()));
                (marks::against(there, here), marks::collated(there, here))
            };
            match there.filter(|_| row.changed).map(collated) {
                Some((words, collated)) => {
                    ("changed", words, Some(Witness { article: first.article.clone(), link, collated }))
                }
                None => ("had", plain(), Some(Witness { article: first.article.clone(), link, collated: Vec::new() })),
            }
        }
    };
    Sentence { start: row.start, kind, words, witness, begins: false, again: false, here: false, original: None }
}

/// The passage with the words whole at whose middle it begins or ends: a witness is placed as near as lengths tell.
fn whole_words(text: &Points, piece: Piece) -> Piece {
    let inside = |at: usize| {
        let letter = |at| text.slice(Piece::new(at, at + 1)).chars().all(char::is_alphanumeric);
        at > 0 && at < text.len() && letter(at - 1) && letter(at)
    };
    let longest = 40;
    let start = (0..longest).map_while(|back| piece.start.checked_sub(back)).find(|&at| !inside(at));
    let end = (piece.end..piece.end + longest).find(|&at| !inside(at));
    Piece::new(start.unwrap_or(piece.start), end.unwrap_or(piece.end).min(text.len()))
}

/// Where the sentence begins in which this code point stands.
fn own_sentence(member: &Member, point: usize) -> Option<usize> {
    let sentences = &member.xray.sentences;
    let after = sentences.partition_point(|sentence| sentence.start <= point);
    sentences.get(after.saturating_sub(1)).map(|sentence| sentence.start)
}

fn altered_here(desk: &Desk, member: &Member, story: &str) -> Vec<AlteredHere> {
    let article = &member.article;
    let mut found = Vec::new();
    for quote in &desk.dossier.quotes {
        for variant in quote.variants.iter().skip(1).filter(|variant| variant.is_altered()) {
            let Some(mention) = variant.mentions.iter().find(|mention| mention.article == article.id) else { continue };
            let (from, to) = marks::side_by_side(&quote.quote, &variant.text);
            let all = format!("{story}#{}", anchor(quote));
            found.push((mention.start, AlteredHere { from, to, all, sentence: own_sentence(member, mention.start) }));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, quote)| quote).collect()
}
