//! A report as one HTML file: the stories with who was made from whom, what was altered, where accounts disagree, and at
//! the end everything that it rests on.

use askama::Template;
use sha2::{Digest, Sha256};
use wirecopy::model::{ArticleId, ContentId, LineageDirection, Quote};
use wirecopy::{Dossier, Error, Library};

use crate::marks::{self, Words};
use crate::names::Names;
use crate::style::Head;
use crate::words::{self, Claim, HEADLINE, clip, counted, percent, span};

#[derive(Template)]
#[template(path = "single.html")]
struct SinglePage {
    head: Head,
    pages: String,
    accounts: String,
    version: &'static str,
    stories: Vec<StoryView>,
    sources: Vec<Source>,
}

struct StoryView {
    anchor: String,
    title: String,
    counts: String,
    span: String,
    rows: Vec<Row>,
    quotes: Vec<Altered>,
    /// What it is about, and each value with who has it.
    disputes: Vec<(String, Vec<(String, String)>)>,
}

struct Row {
    date: String,
    label: String,
    headline: String,
    href: String,
    root: bool,
    own: String,
    from: Vec<String>,
}

struct Altered {
    first: Vec<Words>,
    other: Vec<Words>,
    by: String,
}

/// What a page of the report rests on.
struct Source {
    anchor: String,
    id: String,
    address: Option<String>,
    fetched: String,
    hash: String,
}

/// The whole store as one HTML file.
///
/// # Errors
/// Where the store cannot be read.
pub fn single(library: &Library) -> Result<String, Error> {
    let names = Names::read(library)?;
    let mut stories = Vec::new();
    let mut sources = Vec::new();
    for story in library.stories(None)? {
        for id in &story.articles {
            sources.push(source(library, id)?);
        }
        stories.push(view(&names, &library.dossier(story)?));
    }
    let [pages, _, accounts] = library.store().counts()?;
    let mut head = Head::top("Stories");
    // There is no other page to lead to.
    (head.stories, head.sources, head.about) = ("#main".into(), "#rests".into(), "#rests".into());
    let page = SinglePage {
        head,
        pages: counted(pages, "page", "pages"),
        accounts: counted(accounts, "account", "accounts"),
        version: env!("CARGO_PKG_VERSION"),
        stories,
        sources,
    };
    Ok(page.render().map_err(std::io::Error::other)?)
}

fn anchor(id: &ArticleId) -> String {
    format!("p{}", &ContentId::of("page", [id.as_str()]).to_string()[..16])
}

fn source(library: &Library, id: &ArticleId) -> Result<Source, Error> {
    let article = library.article(id.as_str())?;
    let hash = Sha256::digest(article.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let fetched = article.extra.get("fetched").and_then(|when| when.as_str()).unwrap_or_default();
    Ok(Source {
        anchor: anchor(id),
        id: clip(id.as_str(), HEADLINE),
        address: words::address(article.url.as_deref()),
        fetched: clip(fetched, HEADLINE),
        hash,
    })
}

fn view(names: &Names, dossier: &Dossier) -> StoryView {
    let story = &dossier.story;
    let label = |id: &ArticleId| names.get(id).label;
    let all = |ids: &[ArticleId]| ids.iter().map(label).collect::<Vec<_>>().join(", ");
    let row = |id: &ArticleId| {
        let edges = dossier.families.iter().flat_map(|family| &family.edges).filter(|edge| &edge.to == id);
        let from = edges.filter(|edge| edge.direction == LineageDirection::FromTo);
        let name = names.get(id);
        Row {
            from: from
                .map(|edge| format!("{} {}", Claim::of(true, edge.certainty).made_from(), label(&edge.from)))
                .collect(),
            root: dossier.accounts.iter().any(|account| &account.root == id),
            own: percent(name.own),
            href: format!("#{}", anchor(id)),
            date: name.date,
            label: name.label,
            headline: name.headline,
        }
    };
    let altered = |quote: &Quote| {
        let altered = quote.variants.iter().skip(1).filter(|variant| variant.is_altered());
        let beside = altered.map(|variant| {
            let (first, other) = marks::side_by_side(&quote.quote, &variant.text);
            Altered { first, other, by: all(&variant.articles) }
        });
        beside.collect::<Vec<_>>()
    };
    let disputes = dossier.told.iter().flat_map(|told| &told.disputes).map(|dispute| {
        let readings = dispute.readings.iter().map(|reading| (clip(&reading.value, HEADLINE), all(&reading.articles)));
        (clip(&dispute.about, HEADLINE), readings.collect())
    });
    StoryView {
        anchor: format!("s{}", &story.story.to_string()[..16]),
        title: clip(&story.title, HEADLINE),
        counts: format!(
            "{}, {}",
            counted(story.articles.len(), "page", "pages"),
            counted(story.accounts, "account", "accounts")
        ),
        span: span(story),
        rows: story.articles.iter().map(row).collect(),
        quotes: dossier.quotes.iter().flat_map(altered).collect(),
        disputes: disputes.collect(),
    }
}
