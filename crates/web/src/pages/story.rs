use askama::Template;
use wirecopy::model::{Account, ArticleId};

use crate::bar::{Bar, bar};
use crate::desk::Desk;
use crate::links;
use crate::picture::{Picture, singles};
use crate::quotes::{Altered, altered};
use crate::style::Head;
use crate::view::{Part, Ref, reasons};
use crate::words::{clip, counted, percent, span};

/// A story: its accounts, its lineage, its altered quotations, its pages.
#[derive(Template)]
#[template(path = "story.html")]
pub(crate) struct StoryPage {
    head: Head,
    title: String,
    span: String,
    pages: String,
    accounts_line: String,
    copies: usize,
    bar: Bar,
    accounts: Vec<AccountView>,
    picture: Picture,
    families: Vec<(String, String)>,
    quotes: Vec<Altered>,
    other_quotes: usize,
    members: Vec<Row>,
}

struct AccountView {
    root: Ref,
    orphan: bool,
    pages: String,
    others: Vec<Ref>,
    reasons: Vec<Vec<Part>>,
}

struct Row {
    link: Ref,
    own: String,
    root: bool,
}

impl StoryPage {
    pub fn new(desk: &Desk) -> Self {
        let dossier = desk.dossier;
        let story = &dossier.story;
        let title = clip(&story.title, crate::words::HEADLINE);
        let quotes: Vec<Altered> = dossier.quotes.iter().filter_map(|quote| altered(desk, quote)).collect();
        let mut accounts: Vec<&Account> = dossier.accounts.iter().collect();
        accounts.sort_by_key(|account| std::cmp::Reverse(account.articles.len()));
        let row = |member: &wirecopy::Member| Row {
            link: Ref::to(desk.names, &member.article.id),
            own: percent(member.xray.own_share),
            root: member.xray.roots.contains(&member.article.id),
        };
        StoryPage {
            head: Head::below(&title),
            span: span(story),
            pages: counted(story.articles.len(), "page", "pages"),
            accounts_line: counted(story.accounts, "account", "accounts"),
            copies: desk.copies(),
            bar: bar(dossier),
            accounts: accounts.into_iter().map(|account| account_view(desk, account)).collect(),
            picture: desk.picture(&dossier.families, &singles(&story.articles, &dossier.families)),
            families: dossier
                .families
                .iter()
                .map(|family| {
                    let pages = counted(family.members.len(), "page", "pages");
                    (format!("{}{}", links::UP, links::family(family.id())), pages)
                })
                .collect(),
            other_quotes: dossier.quotes.len() - quotes.len(),
            quotes,
            members: dossier.members.iter().map(row).collect(),
            title,
        }
    }
}

fn account_view(desk: &Desk, account: &Account) -> AccountView {
    let ids: Vec<&ArticleId> = account.articles.iter().collect();
    AccountView {
        root: Ref::to(desk.names, &account.root),
        orphan: account.orphan,
        pages: counted(account.articles.len(), "page", "pages"),
        others: ids.iter().filter(|id| ***id != account.root).map(|id| Ref::to(desk.names, id)).collect(),
        reasons: reasons(desk.names, &ids, &account.evidence),
    }
}
