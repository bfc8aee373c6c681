use std::collections::BTreeMap;

use askama::Template;
use wirecopy::model::{ArticleId, Direction};
use wirecopy::{ArticleHead, SourceCopy, SourceView};

use crate::desk::Desk;
use crate::links;
use crate::names::Names;
use crate::style::Head;
use crate::view::Ref;
use crate::words::{Claim, counted, percent};

/// What one source publishes: how much of it is its own, whom it copies, who copies it.
#[derive(Template)]
#[template(path = "source.html")]
pub(crate) struct SourcePage {
    head: Head,
    name: String,
    pages: String,
    accounts: String,
    own: String,
    own_width: usize,
    from: Vec<Partner>,
    by: Vec<Partner>,
    articles: Vec<Row>,
    more: usize,
}

struct Partner {
    href: String,
    name: String,
    pages: String,
    /// How many days lie between, on average.
    lag: Option<String>,
    /// The pairs that have a page.
    pairs: Vec<String>,
}

struct Row {
    link: Ref,
    own: String,
    root: bool,
}

/// What the stories tell of all sources.
#[derive(Default)]
pub(crate) struct Sources {
    of: BTreeMap<String, Tally>,
}

#[derive(Default)]
struct Tally {
    articles: Vec<(ArticleId, f64, bool)>,
    /// The sum of its pages' own shares.
    own: f64,
    from: BTreeMap<String, Dealings>,
    by: BTreeMap<String, Dealings>,
}

#[derive(Default)]
struct Dealings {
    pages: usize,
    pairs: Vec<String>,
}

/// The most articles and the most pairs of one partner that are listed.
const MOST: usize = 500;
const MOST_PAIRS: usize = 12;

impl Sources {
    /// Notes what a story tells.
    pub fn note(&mut self, desk: &Desk) {
        for member in &desk.dossier.members {
            let Some(name) = desk.names.get(&member.article.id).source else { continue };
            let tally = self.of.entry(name).or_default();
            tally.own += member.xray.own_share;
            let root = member.xray.roots.contains(&member.article.id);
            tally.articles.push((member.article.id.clone(), member.xray.own_share, root));
        }
        for edge in &desk.dossier.pairs {
            if !matches!(Claim::of_pair(edge), Claim::Stated | Claim::Probable) {
                continue;
            }
            let (source, copy) =
                if edge.direction == Direction::AToB { (&edge.a, &edge.b) } else { (&edge.b, &edge.a) };
            let (Some(from), Some(by)) = (desk.names.get(source).source, desk.names.get(copy).source) else { continue };
            let pair = desk.pair(source, copy);
            self.of.entry(by.clone()).or_default().from.entry(from.clone()).or_default().note(pair.clone());
            self.of.entry(from).or_default().by.entry(by).or_default().note(pair);
        }
    }

    /// The names, with how many pages each has, those with most first.
    pub fn names(&self) -> Vec<(String, usize, String)> {
        let mut names: Vec<(String, usize, String)> =
            self.of.iter().map(|(name, tally)| (name.clone(), tally.articles.len(), percent(tally.share()))).collect();
        names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        names
    }

    /// The page of each.
    pub fn pages(self, names: &Names) -> impl Iterator<Item = (String, SourcePage)> {
        self.of.into_iter().map(|(name, tally)| (links::source(&name), SourcePage::new(name, tally, names)))
    }
}

impl Tally {
    fn share(&self) -> f64 {
        if self.articles.is_empty() { 1.0 } else { self.own / self.articles.len() as f64 }
    }
}

impl Dealings {
    fn note(&mut self, pair: Option<String>) {
        self.pages += 1;
        if self.pairs.len() < MOST_PAIRS {
            self.pairs.extend(pair);
        }
    }
}

impl SourcePage {
    /// The page in the reading room.
    pub fn of(view: &SourceView, names: &Names, head: Head) -> Self {
        let name = &view.source.name;
        let partner = |copy: &SourceCopy, other: &str| Partner {
            href: names.site.source(other),
            name: other.to_owned(),
            pages: counted(copy.pages, "page", "pages"),
            lag: copy.lag.map(|days| {
                let when = if days < 0.0 { "earlier, by the dates they bear" } else { "later" };
                format!("{:.1} days {when} on average", days.abs())
            }),
            pairs: vec![links::address("/copies", &[("source", &copy.source), ("copy", &copy.copy)])],
        };
        let own = view.source.own.unwrap_or(1.0);
        let row = |article: &ArticleHead| Row {
            link: Ref::to(names, &article.id),
            own: percent(article.own_share.unwrap_or(1.0)),
            root: false,
        };
        SourcePage {
            head,
            pages: counted(view.source.articles, "page", "pages"),
            accounts: counted(view.source.roots, "account", "accounts"),
            own: percent(own),
            own_width: (own * 200.0).round().clamp(0.0, 200.0) as usize,
            from: view.from.iter().map(|copy| partner(copy, &copy.source)).collect(),
            by: view.by.iter().map(|copy| partner(copy, &copy.copy)).collect(),
            articles: view.articles.iter().map(row).collect(),
            more: view.source.articles.saturating_sub(view.articles.len()),
            name: name.clone(),
        }
    }

    fn new(name: String, tally: Tally, names: &Names) -> Self {
        let share = tally.share();
        let partners = |dealings: BTreeMap<String, Dealings>| {
            let mut partners: Vec<(String, Dealings)> = dealings.into_iter().collect();
            partners.sort_by(|one, other| other.1.pages.cmp(&one.1.pages).then_with(|| one.0.cmp(&other.0)));
            let partner = |(name, dealings): (String, Dealings)| Partner {
                href: names.site.source(&name),
                lag: None,
                name,
                pages: counted(dealings.pages, "page", "pages"),
                pairs: dealings.pairs,
            };
            partners.into_iter().map(partner).collect::<Vec<_>>()
        };
        let mut articles = tally.articles;
        articles.sort_by_cached_key(|(id, _, _)| {
            let day = names.get(id).day;
            (day.is_none(), std::cmp::Reverse(day), id.clone())
        });
        let row = |(id, own, root): &(ArticleId, f64, bool)| Row {
            link: Ref::to(names, id),
            own: percent(*own),
            root: *root,
        };
        SourcePage {
            head: Head::of(names.site, &name),
            name,
            pages: counted(articles.len(), "page", "pages"),
            accounts: counted(articles.iter().filter(|(_, _, root)| *root).count(), "account", "accounts"),
            own: percent(share),
            own_width: (share * 200.0).round().clamp(0.0, 200.0) as usize,
            from: partners(tally.from),
            by: partners(tally.by),
            more: articles.len().saturating_sub(MOST),
            articles: articles.iter().take(MOST).map(row).collect(),
        }
    }
}
