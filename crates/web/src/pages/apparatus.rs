use askama::Template;
use wirecopy::model::{Article, ArticleId, ChangeKind, LineKind, Piece};
use wirecopy::text::Points;
use wirecopy::{Apparatus, Lacking, LostPassage, Reading, Variant};

use crate::names::Names;
use crate::style::Head;
use crate::view::Ref;
use crate::words::{HEADLINE, clip, counted, language};

/// How a collation is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// The base text with notes.
    Apparatus,
    /// A row for each place, a column for each witness.
    Table,
}

/// Many witnesses of one text: a base text with its apparatus, or a table.
#[derive(Template)]
#[template(path = "apparatus.html")]
pub(crate) struct ApparatusPage {
    pub head: Head,
    pub story: Option<(String, String)>,
    /// The address of each view, what it is called, whether it is this one.
    pub views: Vec<(String, &'static str, bool)>,
    title: String,
    table: bool,
    lang: Option<String>,
    witnesses: Vec<WitnessView>,
    paragraphs: Vec<Vec<Stretch>>,
    places: Vec<PlaceView>,
    passages: Vec<PassageView>,
    hidden: usize,
}

struct WitnessView {
    siglum: String,
    link: Ref,
}

/// Words of the base text, and the number of the place that they are the lemma of.
struct Stretch {
    text: String,
    place: Option<usize>,
    substance: bool,
}

struct PlaceView {
    number: usize,
    /// Some words of the base text before it.
    before: String,
    lemma: String,
    /// The readings that are not the base text's.
    readings: Vec<ReadingView>,
    /// For each witness its reading, and whether it is the base text's; `None` where a passage around it is missing.
    cells: Vec<Option<(String, bool)>>,
    substance: bool,
}

struct ReadingView {
    text: String,
    kind: &'static str,
    /// Each siglum with its sentence.
    sigla: Vec<(String, String)>,
}

struct PassageView {
    text: String,
    lacking: Vec<LackingView>,
}

struct LackingView {
    siglum: String,
    instead: String,
    /// Where the witness has it.
    moved: Option<String>,
}

/// The longest reading that is shown whole.
const LONGEST: usize = 300;
/// So many words before a place tell where it is.
const BEFORE: usize = 4;

impl ApparatusPage {
    /// `sentence` gives the code point by which [`Ref::at`] finds the sentence in which one stands.
    pub fn new(
        names: &Names,
        articles: &[&Article],
        found: &Apparatus,
        (view, everything): (View, bool),
        sentence: impl Fn(&ArticleId, usize) -> Option<usize>,
    ) -> Self {
        let article = |witness: usize| {
            let id = &found.witnesses[witness].article;
            articles.iter().copied().find(|article| &article.id == id).expect("a witness is one of the articles")
        };
        let base = article(0);
        let text = Points::new(&base.text);
        let shown: Vec<&Variant> = found.places.iter().filter(|place| everything || !place.noise).collect();
        let title = format!("{} collated", counted(found.witnesses.len(), "page", "pages"));
        let point = |witness: usize, piece: Piece| {
            let id = &found.witnesses[witness].article;
            Ref::to(names, id).at(sentence(id, piece.start)).href
        };
        let sigla = |reading: &Reading| {
            let one =
                |&(witness, piece): &(usize, Piece)| (found.witnesses[witness].siglum.clone(), point(witness, piece));
            reading.witnesses.iter().map(one).collect::<Vec<_>>()
        };
        let place = |(number, place): (usize, &&Variant)| PlaceView {
            number: number + 1,
            before: before(&text, place.base.start),
            lemma: clip(&place.lemma, LONGEST),
            readings: place
                .readings
                .iter()
                .filter(|reading| reading.kind.is_some())
                .map(|reading| ReadingView {
                    text: clip(&reading.text, LONGEST),
                    kind: reading.kind.map_or("", ChangeKind::as_str),
                    sigla: sigla(reading),
                })
                .collect(),
            cells: cells(found, place),
            substance: place.substance,
        };
        let lacking = |one: &Lacking| LackingView {
            siglum: found.witnesses[one.witness].siglum.clone(),
            instead: clip(&one.instead, LONGEST),
            moved: one.moved_to.map(|piece| point(one.witness, piece)),
        };
        let passage = |passage: &LostPassage| PassageView {
            text: clip(&passage.text, LONGEST),
            lacking: passage.lacking.iter().map(lacking).collect(),
        };
        ApparatusPage {
            head: Head::of(names.site, &title),
            story: None,
            views: Vec::new(),
            title,
            table: view == View::Table,
            lang: language(base.lang.as_deref()),
            witnesses: found
                .witnesses
                .iter()
                .map(|witness| WitnessView { siglum: witness.siglum.clone(), link: Ref::to(names, &witness.article) })
                .collect(),
            paragraphs: if view == View::Apparatus { paragraphs(base, &text, &shown) } else { Vec::new() },
            places: shown.iter().enumerate().map(place).collect(),
            passages: found.passages.iter().map(passage).collect(),
            hidden: found.places.len() - shown.len(),
        }
    }

    /// On the page of a story.
    pub fn in_story(mut self, href: String, title: &str) -> Self {
        self.story = Some((href, clip(title, HEADLINE)));
        self
    }
}

fn cells(found: &Apparatus, place: &Variant) -> Vec<Option<(String, bool)>> {
    let mut cells = vec![None; found.witnesses.len()];
    for reading in &place.readings {
        for (witness, _) in &reading.witnesses {
            cells[*witness] = Some((clip(&reading.text, LONGEST), reading.kind.is_none()));
        }
    }
    cells
}

fn before(text: &Points, at: usize) -> String {
    let part = text.slice(Piece::new(at.saturating_sub(80), at));
    let words: Vec<&str> = part.split_whitespace().collect();
    words[words.len().saturating_sub(BEFORE)..].join(" ")
}

/// The kept text of the base, a line each, with the lemmata marked.
fn paragraphs(base: &Article, text: &Points, places: &[&Variant]) -> Vec<Vec<Stretch>> {
    let plain = |piece: Piece| Stretch { text: text.slice(piece).to_owned(), place: None, substance: false };
    let mut next = 0;
    let mut paragraphs = Vec::new();
    for line in base.lines.iter().filter(|line| line.kind == LineKind::Body) {
        let mut stretches = Vec::new();
        let mut at = line.span.start;
        while let Some(place) = places.get(next).filter(|place| place.base.start <= line.span.end) {
            let start = place.base.start.max(at);
            let end = place.base.end.clamp(start, line.span.end.max(start));
            stretches.push(plain(Piece::new(at, start)));
            next += 1;
            let text = text.slice(Piece::new(start, end)).to_owned();
            stretches.push(Stretch { text, place: Some(next), substance: place.substance });
            at = end;
        }
        stretches.push(plain(Piece::new(at.min(line.span.end), line.span.end)));
        stretches.retain(|stretch| stretch.place.is_some() || !stretch.text.is_empty());
        paragraphs.push(stretches);
    }
    paragraphs
}
