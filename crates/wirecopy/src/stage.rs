//! One stage alone, from articles to rows, without a store: what `wirecopy run STAGE` does.
//!
//! Each takes pages in the order of the input and gives rows of the stable format. No stage refuses a page for what
//! its text contains.

use rayon::prelude::*;
use serde::Serialize;
use wirecopy_claims::Model;
use wirecopy_extract::{RepeatedLines, SiteLines};
use wirecopy_lang::{Cache, Language};
use wirecopy_model::{
    Annotation, Article, ArticleId, ClaimedArticle, CopyEdge, DatedArticle, Dispute, DisputeKind, Family, Page,
};
use wirecopy_reconcile::disputes::{Told, disputes as disagreements};
use wirecopy_stories::{Clusters, Features, batch};

/// The article of a page, its date judged against its own text. One that was already read is taken as it is.
pub fn article(page: &Page) -> Article {
    let mut article = read(page);
    if !article.has_given_mask() {
        article.published = wirecopy_time::dates(&article).document_date;
    }
    article
}

/// The article of a page, its date as the page claims it.
pub(crate) fn read(page: &Page) -> Article {
    match &page.article {
        Some(article) => article.as_ref().clone(),
        None => wirecopy_extract::extract(page),
    }
}

/// What has to be known of an article to find the lines that its site repeats: a kilobyte or so. For those who do not
/// hold all articles at once; [`extract`] is the stage.
#[derive(Clone, Debug)]
pub struct SiteView {
    /// The article.
    pub id: ArticleId,
    /// Its day as its page alone tells it, counted from 1970-01-01.
    pub day: Option<i32>,
    /// Its lines that may be its site's.
    pub lines: SiteLines,
    /// What tells its story.
    pub features: Features,
}

impl SiteView {
    /// The view of an article, as [`article`] gives it.
    pub fn of(article: &Article) -> Self {
        SiteView {
            id: article.id.clone(),
            day: crate::sites::day_number(article.published.as_ref()),
            lines: crate::sites::lines_of(article),
            features: Features::of(article),
        }
    }
}

/// Masks in an article what its site repeats, unless its mask came with it. Gives whether anything changed.
pub fn mask(article: &mut Article, repeated: &RepeatedLines) -> bool {
    !article.has_given_mask() && repeated.mark(article)
}

/// The lines that the sites of these articles repeat over different stories; `mark` of them masks an article. The same
/// for the same articles in whatever order.
pub fn repeated_lines(views: &[SiteView]) -> RepeatedLines {
    let sited: Vec<crate::sites::Sited<usize>> = views
        .iter()
        .enumerate()
        .map(|(key, view)| crate::sites::Sited { key, id: &view.id, day: view.day, lines: view.lines.clone() })
        .collect();
    let features = |&key: &usize| Ok::<_, std::convert::Infallible>(views[key].features.clone());
    let Ok(repeated) = crate::sites::repeated(&sited, features);
    repeated
}

/// The articles of these pages, without what their sites repeat over different stories.
pub fn extract(pages: &[Page]) -> Vec<Article> {
    let mut articles: Vec<Article> = pages.par_iter().map(article).collect();
    crate::sites::mask(&mut articles);
    articles
}

/// The time expressions of these pages with their values, and the date of each.
pub fn dates(pages: &[Page]) -> Vec<DatedArticle> {
    pages.par_iter().map(|page| wirecopy_time::dates(&read(page))).collect()
}

/// The sentences of these pages with their tokens, tags, heads, lemmas and entities. A stretch of text that several
/// pages carry is analysed once, as far as `cache` remembers.
pub fn annotate(pages: &[Page], language: &Language, cache: &Cache) -> Vec<Annotation> {
    pages.par_iter().map(|page| wirecopy_lang::annotate(&read(page), language, cache)).collect()
}

/// What claims are read with.
#[derive(Debug)]
pub struct ClaimReader {
    grammar: Option<(Language, Cache)>,
    model: Option<Model>,
}

impl ClaimReader {
    /// How many tokens of text that repeats are remembered.
    const CACHED_TOKENS: usize = 1_000_000;

    /// With grammar and the trained model.
    pub fn new() -> Self {
        ClaimReader { model: Some(Model::built_in()), ..ClaimReader::rules_only() }
    }

    /// With grammar, by rules.
    pub fn rules_only() -> Self {
        let grammar = (Language::english(), Cache::with_capacity(Self::CACHED_TOKENS));
        ClaimReader { grammar: Some(grammar), model: None }
    }

    /// By rules over the order of words.
    pub fn text_only() -> Self {
        ClaimReader { grammar: None, model: None }
    }

    /// The claims of an article.
    pub fn claims(&self, article: &Article) -> ClaimedArticle {
        let annotation =
            self.grammar.as_ref().map(|(language, cache)| wirecopy_lang::annotate(article, language, cache));
        wirecopy_claims::claims(article, annotation.as_ref(), self.model.as_ref())
    }
}

impl Default for ClaimReader {
    fn default() -> Self {
        ClaimReader::new()
    }
}

/// Who said what in these pages, according to whom.
pub fn claims(pages: &[Page], reader: &ClaimReader) -> Vec<ClaimedArticle> {
    pages.par_iter().map(|page| reader.claims(&read(page))).collect()
}

/// The related pairs among these pages, with each change where `with_changes`.
pub fn copies(pages: &[Page], with_changes: bool) -> Vec<CopyEdge> {
    wirecopy_copies::copies(&extract(pages), with_changes)
}

/// The families among these pages.
pub fn lineage(pages: &[Page]) -> Vec<Family> {
    wirecopy_copies::lineages(&extract(pages))
}

/// The story of an article, by a name that holds within one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// The article.
    pub id: ArticleId,
    /// Its story: the id of the story's first article.
    pub story: ArticleId,
}

/// The story of each page, in the order of the input. Without `ahead` each page is placed by what came before it.
pub fn stories(pages: &[Page], ahead: bool) -> Vec<Placed> {
    let seen: Vec<(Features, Option<i32>)> = pages
        .par_iter()
        .map(|page| {
            let article = article(page);
            (Features::of(&article), crate::sites::day_number(article.published.as_ref()))
        })
        .collect();
    let clusters = if ahead {
        batch(&seen)
    } else {
        let mut clusters = Clusters::new();
        seen.iter().map(|(features, day)| clusters.place(features, *day)).collect()
    };
    let mut names = std::collections::HashMap::new();
    let name = |(page, cluster): (&Page, usize)| {
        let story = names.entry(cluster).or_insert_with(|| page.id.clone()).clone();
        Placed { id: page.id.clone(), story }
    };
    pages.iter().zip(clusters).map(name).collect()
}

/// A disagreement, with the story that it is in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryDispute {
    /// The story, as the input names it.
    pub story: String,
    /// The disagreement.
    #[serde(flatten)]
    pub dispute: Dispute,
}

/// The story that a page says it belongs to.
pub fn story_of(page: &Page) -> Option<&str> {
    page.extra.get("story")?.as_str()
}

/// The disagreements within each story that the pages name, each page taken for an account of its own. Stories stand in
/// the order of their first pages; pages that name none are passed over.
pub fn disputes(pages: &[Page], language: &Language, cache: &Cache) -> Vec<StoryDispute> {
    let mut stories: Vec<(&str, Vec<&Page>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for page in pages {
        if let Some(story) = story_of(page) {
            let place = *places.entry(story).or_insert(stories.len());
            if place == stories.len() {
                stories.push((story, Vec::new()));
            }
            stories[place].1.push(page);
        }
    }
    let of_story = |(story, pages): &(&str, Vec<&Page>)| {
        let read: Vec<(Article, Annotation, DatedArticle)> = pages
            .iter()
            .map(|page| {
                let mut article = read(page);
                let annotation = wirecopy_lang::annotate(&article, language, cache);
                let dated = wirecopy_time::dates(&article);
                article.published = dated.document_date.clone();
                (article, annotation, dated)
            })
            .collect();
        let told: Vec<Told> = read
            .iter()
            .map(|(article, annotation, dated)| Told { article, annotation, timexes: &dated.timexes, accounts: &[] })
            .collect();
        let mut raised = disagreements(&told, |_, _| true).raised;
        // The stage is asked for accounts against each other.
        raised.retain(|dispute| dispute.kind == DisputeKind::Accounts);
        raised.into_iter().map(|dispute| StoryDispute { story: (*story).to_owned(), dispute }).collect::<Vec<_>>()
    };
    stories.par_iter().flat_map_iter(of_story).collect()
}
