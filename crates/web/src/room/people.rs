use askama::Template;
use wirecopy::model::{ArticleId, Medium, Quote, Story};
use wirecopy::{Cited, Decisions, Error, Library, Query, Results, SearchRow, SpeakerView};

use super::{render, story_link};
use crate::links::{Site, address};
use crate::marks::{self, Words};
use crate::names::Names;
use crate::remarks::{Remark, remarks};
use crate::style::{Frame, Head};
use crate::view::{Part, Ref, reason};
use crate::words::{HEADLINE, clip, counted, span};

/// What is said, with its place.
struct CitedView {
    link: Ref,
    chain: Vec<String>,
    verb: &'static str,
    text: String,
}

/// The longest sentence that is shown whole.
const SENTENCE: usize = 500;

impl CitedView {
    fn new(names: &Names, cited: &Cited) -> Self {
        let named = |name: &String| if name.is_empty() { "nobody named".to_owned() } else { clip(name, HEADLINE) };
        CitedView {
            link: Ref::to(names, &cited.article).at(Some(cited.start)),
            chain: cited.chain.iter().map(named).collect(),
            verb: match (cited.negated, cited.medium) {
                (true, _) => "does not say",
                (false, Medium::Speech) => "says",
                (false, Medium::Writing) => "writes",
                (false, Medium::Attitude) => "holds",
            },
            text: clip(&cited.text, SENTENCE),
        }
    }
}

fn stories(stories: &[Story]) -> Vec<(String, String, String)> {
    stories.iter().map(|story| (story_link(story), clip(&story.title, HEADLINE), span(story))).collect()
}

fn quote_link(quote: &Quote) -> String {
    address("/quote", &[("id", &quote.id.to_string())])
}

#[derive(Template)]
#[template(path = "room/speaker.html")]
struct SpeakerPage {
    head: Head,
    name: String,
    counts: String,
    stories: Vec<(String, String, String)>,
    altered: Vec<(String, String)>,
    said: Vec<CitedView>,
}

/// The page of somebody who is cited.
pub fn speaker(library: &Library, view: &SpeakerView, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, view.said.iter().map(|cited| &cited.article))?;
    let times = counted(view.claims, "time", "times");
    render(&SpeakerPage {
        head: Head::room(&view.speaker, frame),
        name: clip(&view.speaker, HEADLINE),
        counts: format!("cited {times} on {}", counted(view.articles, "page", "pages")),
        stories: stories(&view.stories),
        altered: view.altered.iter().map(|quote| (quote_link(quote), clip(&quote.quote, SENTENCE))).collect(),
        said: view.said.iter().map(|cited| CitedView::new(&names, cited)).collect(),
    })
}

#[derive(Template)]
#[template(path = "room/quote.html")]
struct QuotePage {
    head: Head,
    story: Option<(String, String)>,
    wordings: String,
    first: String,
    carriers: Vec<Ref>,
    variants: Vec<VariantView>,
    remarks: Vec<Remark>,
}

struct VariantView {
    says: &'static str,
    altered: bool,
    words: Vec<Words>,
    carriers: Vec<Ref>,
}

/// The page of a quotation.
pub fn quote(library: &Library, quote: &Quote, story: Option<&Story>, frame: Frame) -> Result<String, Error> {
    let names = Names::of(library, quote.variants.iter().flat_map(|variant| &variant.articles))?;
    let carriers = |variant: &wirecopy::model::QuoteVariant| {
        let carrier = |id: &ArticleId| {
            let at = variant.mentions.iter().find(|mention| &mention.article == id);
            Ref::to(&names, id).at(at.map(|mention| mention.start))
        };
        variant.articles.iter().map(carrier).collect::<Vec<_>>()
    };
    let variant = |variant: &wirecopy::model::QuoteVariant| VariantView {
        says: match (variant.part, variant.is_altered()) {
            (true, true) => "A part, altered",
            (true, false) => "A part",
            (false, true) => "Altered",
            (false, false) => "In other marks",
        },
        altered: variant.is_altered(),
        words: marks::side_by_side(&quote.quote, &variant.text).1,
        carriers: carriers(variant),
    };
    render(&QuotePage {
        head: Head::room(&quote.quote, frame),
        story: story.map(|story| (story_link(story), clip(&story.title, HEADLINE))),
        wordings: counted(quote.variants.len(), "wording", "wordings"),
        first: quote.quote.clone(),
        carriers: quote.variants.first().map(carriers).unwrap_or_default(),
        variants: quote.variants.iter().skip(1).map(variant).collect(),
        remarks: remarks(Site::Room, &Decisions::read(library.store())?.on(quote.id)),
    })
}

#[derive(Template)]
#[template(path = "room/search.html")]
struct SearchPage {
    head: Head,
    asked: String,
    problems: Vec<String>,
    cut: bool,
    more: bool,
    articles: Vec<Hit>,
    claims: Vec<CitedView>,
    quotes: Vec<(String, String, String)>,
    stories: Vec<(String, String, String)>,
}

struct Hit {
    link: Ref,
    text: String,
}

/// The page of a search; `most` is how many articles were looked for.
pub fn search(
    library: &Library,
    (asked, query): (&str, &Query),
    results: &Results,
    most: usize,
    frame: Frame,
) -> Result<String, Error> {
    let ids = results.articles.iter().map(|row| &row.id);
    let names = Names::of(library, ids.chain(results.claims.iter().map(|cited| &cited.article)))?;
    let hit = |row: &SearchRow| Hit {
        link: Ref::to(&names, &row.id).at(Some(row.start)),
        text: clip(&row.sentence, SENTENCE),
    };
    let says = |quote: &Quote| {
        let wordings = counted(quote.variants.len(), "wording", "wordings");
        if quote.is_altered() { format!("{wordings}, altered") } else { wordings }
    };
    let quotes = results.quotes.iter().map(|quote| (quote_link(quote), clip(&quote.quote, SENTENCE), says(quote)));
    let title = if query.is_empty() { "Search".to_owned() } else { format!("Search: {asked}") };
    render(&SearchPage {
        head: Head::room(&title, Frame { query: asked.to_owned(), ..frame }),
        asked: if query.is_empty() { String::new() } else { clip(asked, HEADLINE) },
        problems: results.problems.clone(),
        cut: results.cut,
        more: results.articles.len() == most,
        articles: results.articles.iter().map(hit).collect(),
        claims: results.claims.iter().map(|cited| CitedView::new(&names, cited)).collect(),
        quotes: quotes.collect(),
        stories: stories(&results.stories),
    })
}

#[derive(Template)]
#[template(path = "room/explain.html")]
struct ExplainPage {
    head: Head,
    title: String,
    of: Vec<Ref>,
    reasons: Vec<Vec<Part>>,
    a: String,
    b: String,
}

/// The page of reasons for what is claimed of an article, or of two.
pub fn explain(
    library: &Library,
    a: &ArticleId,
    b: Option<&ArticleId>,
    reasons: &[String],
    frame: Frame,
) -> Result<String, Error> {
    let mut ids = vec![a];
    ids.extend(b);
    let pairs = library.store().pairs_of(a.as_str())?;
    let kin: Vec<&ArticleId> = pairs.iter().flat_map(|pair| [&pair.edge.a, &pair.edge.b]).collect();
    let accounts = library.store().accounts_of(a.as_str())?;
    let named: Vec<&ArticleId> =
        ids.iter().copied().chain(kin).chain(accounts.iter().map(|account| &account.root)).collect();
    let names = Names::of(library, named.iter().copied())?;
    let title = if b.is_some() { "Why these are copies, or not" } else { "Why it is counted so" };
    render(&ExplainPage {
        head: Head::room(title, frame),
        title: title.into(),
        of: ids.iter().map(|id| Ref::to(&names, id)).collect(),
        reasons: reasons.iter().map(|detail| reason(&names, &named, detail)).collect(),
        a: a.to_string(),
        b: b.map(ToString::to_string).unwrap_or_default(),
    })
}
