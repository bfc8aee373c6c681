use askama::Template;
use wirecopy::Decision;
use wirecopy::model::{Account, ArticleId};

use crate::bar::{Bar, bar};
use crate::desk::Desk;
use crate::picture::{Picture, singles};
use crate::quotes::{Altered, altered};
use crate::remarks::{Remark, commands, remarks};
use crate::style::Head;
use crate::timeline::{Course, Timeline, courses};
use crate::told::{SayingView, ToldView, saying_view, told};
use crate::view::{Part, Ref, reasons};
use crate::voices::{self, VoicesView};
use crate::words::{clip, counted, percent, span};

/// A story: its accounts, its lineage, its altered quotations, its pages.
#[derive(Template)]
#[template(path = "story.html")]
pub(crate) struct StoryPage {
    pub head: Head,
    title: String,
    span: String,
    pages: String,
    accounts_line: String,
    /// How many origins, and the first of them.
    origins: Option<(String, Vec<String>)>,
    copies: usize,
    bar: Bar,
    accounts: Vec<AccountView>,
    picture: Picture,
    families: Vec<(String, String)>,
    timeline: Timeline,
    courses: Vec<Course>,
    quotes: Vec<Altered>,
    other_quotes: usize,
    told: Option<ToldView>,
    sayings: Vec<SayingView>,
    members: Vec<Row>,
    id: String,
    voices: Option<VoicesView>,
    remarks: Vec<Remark>,
    commands: Vec<String>,
}

struct AccountView {
    root: Ref,
    orphan: bool,
    pages: String,
    others: Vec<Ref>,
    /// Whom it cites most.
    origins: Vec<String>,
    rests_on: Vec<Ref>,
    reasons: Vec<Vec<Part>>,
}

/// So many origins are named.
const ORIGINS: usize = 8;

struct Row {
    link: Ref,
    own: String,
    root: bool,
}

impl StoryPage {
    /// `speaker` is somebody whose statements alone are shown of all that is said.
    pub fn new(desk: &Desk, speaker: Option<&str>) -> Self {
        let dossier = desk.dossier;
        let story = &dossier.story;
        let title = clip(&story.title, crate::words::HEADLINE);
        let quotes: Vec<Altered> = dossier.quotes.iter().filter_map(|quote| altered(desk, quote)).collect();
        let mut accounts: Vec<&Account> = dossier.accounts.iter().collect();
        accounts.sort_by_key(|account| std::cmp::Reverse(account.articles.len()));
        let row = |id: &ArticleId| Row {
            link: Ref::to(desk.names, id),
            own: percent(desk.names.get(id).own),
            root: desk.roots(id).contains(&id),
        };
        StoryPage {
            head: Head::of(desk.names.site, &title),
            span: span(story),
            pages: counted(story.articles.len(), "page", "pages"),
            accounts_line: counted(story.accounts, "account", "accounts"),
            origins: (!story.origins.is_empty())
                .then(|| (counted(story.origins.len(), "origin", "origins"), named(&story.origins))),
            copies: desk.copies(),
            bar: bar(dossier),
            accounts: accounts.into_iter().map(|account| account_view(desk, account)).collect(),
            picture: desk.picture(&dossier.families, &singles(&story.articles, &dossier.families)),
            families: dossier
                .families
                .iter()
                .map(|family| {
                    let pages = counted(family.members.len(), "page", "pages");
                    (desk.names.site.family(family.id()), pages)
                })
                .collect(),
            timeline: Timeline::new(desk),
            courses: courses(desk),
            other_quotes: dossier.quotes.len() - quotes.len(),
            quotes,
            told: told(desk),
            sayings: dossier.statements.iter().map(|saying| saying_view(desk, saying)).collect(),
            members: story.articles.iter().map(row).collect(),
            voices: dossier.voices.as_ref().and_then(|voices| voices::voices(desk, voices, speaker)),
            remarks: remarks(desk.names.site, &dossier.decisions.on_story(story)),
            commands: commands(
                desk.names.site,
                [
                    Decision::Merge { one: story.articles[0].clone(), other: "PAGE".into() },
                    Decision::Split { articles: vec!["PAGE".into()] },
                    Decision::Note { about: story.story.to_string(), text: "TEXT".into() },
                ],
            ),
            id: story.story.to_string(),
            title,
        }
    }
}

/// The first origins, as they are shown.
fn named(origins: &[String]) -> Vec<String> {
    origins.iter().take(ORIGINS).map(|name| clip(name, crate::words::HEADLINE)).collect()
}

fn account_view(desk: &Desk, account: &Account) -> AccountView {
    let roots = desk.dossier.accounts.iter().filter(|other| account.rests_on.contains(&other.account));
    let ids: Vec<&ArticleId> = account.articles.iter().collect();
    AccountView {
        root: Ref::to(desk.names, &account.root),
        orphan: account.orphan,
        pages: counted(account.articles.len(), "page", "pages"),
        others: ids.iter().filter(|id| ***id != account.root).map(|id| Ref::to(desk.names, id)).collect(),
        origins: named(&account.origins),
        rests_on: roots.map(|other| Ref::to(desk.names, &other.root)).collect(),
        reasons: reasons(desk.names, &ids, &account.evidence),
    }
}
