use std::borrow::Borrow;

use rayon::prelude::*;
use wirecopy_extract::{RepeatedLines, SiteLines, SiteStatistics};
use wirecopy_model::{Article, ArticleId, DocumentDate};
use wirecopy_stories::{Clusters, Features};

/// The day of a date, counted from a fixed one.
pub(crate) fn day_number(date: Option<&DocumentDate>) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    date?.day()?.since(epoch).ok().map(|span| span.get_days())
}

/// An article whose lines may be its site's.
pub(crate) struct Sited<'a, K> {
    /// How the caller knows it.
    pub key: K,
    pub id: &'a ArticleId,
    /// Its day as its own page tells it.
    pub day: Option<i32>,
    pub lines: SiteLines,
}

/// The lines of an article that may be its site's; none where its mask came with it.
pub(crate) fn lines_of(article: &Article) -> SiteLines {
    if article.has_given_mask() { SiteLines::default() } else { SiteLines::of(article) }
}

/// The lines that the sites of these articles repeat over different stories.
///
/// What tells stories apart here are the articles as their own pages tell them, each for itself: the families, and with
/// them the stories that are shown, come out of what this leaves. A function of the set of articles. Stories are told apart
/// only among the articles of sites that have a line often enough.
pub(crate) fn repeated<'k, K, F: Borrow<Features>, E>(
    articles: &'k [Sited<K>],
    features: impl Fn(&'k K) -> Result<F, E>,
) -> Result<RepeatedLines, E> {
    let mut sorted: Vec<&Sited<K>> = articles.iter().filter(|article| !article.lines.is_empty()).collect();
    let mut alone = SiteStatistics::default();
    for (article, number) in sorted.iter().zip(0..) {
        alone.add(&article.lines, number);
    }
    let sites = alone.sites_in_question();
    sorted.retain(|article| sites.contains(&article.lines.site()));
    sorted.sort_unstable_by_key(|article| (article.day.is_none(), article.day, article.id));
    let mut clusters = Clusters::new();
    for article in &sorted {
        clusters.learn(features(&article.key)?.borrow());
    }
    clusters.know_all();
    let mut statistics = SiteStatistics::default();
    for article in sorted {
        let story = clusters.place(features(&article.key)?.borrow(), article.day);
        statistics.add(&article.lines, story as u64);
    }
    Ok(statistics.repeated())
}

/// Masks in each of these articles what its site repeats.
pub(crate) fn mask(articles: &mut [Article]) {
    let sited: Vec<Sited<usize>> = articles
        .iter()
        .enumerate()
        .map(|(key, article)| Sited {
            key,
            id: &article.id,
            day: day_number(article.published.as_ref()),
            lines: lines_of(article),
        })
        .collect();
    let features: Vec<Features> = articles.par_iter().map(Features::of).collect();
    let Ok(repeated) = repeated(&sited, |&key| Ok::<_, std::convert::Infallible>(&features[key]));
    for article in articles {
        crate::stage::mask(article, &repeated);
    }
}
