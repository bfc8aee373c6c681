//! Lines that a site repeats over its different stories: the strings of its theme, its boxes and calls to readers.
//!
//! What counts is distinct stories, not pages: a paragraph that stands on twenty pages of one story was copied, a line
//! that stands under three different stories belongs to the site.

use std::collections::{HashMap, HashSet};

use wirecopy_model::{Article, ContentId, LineKind};
use xxhash_rust::xxh3::xxh3_64;

use crate::lines::surface::{key_of, word_count};
use crate::lines::{is_protected, weights};
use crate::mask::kept_of;

/// A line is the site's from this many of its stories on ...
pub const MIN_STORIES: usize = 3;
/// ... which must be at least this share of all its stories.
pub const MIN_SHARE: f64 = 0.05;
/// A line is a theme's, whatever the site, from this many sites on, each with another story. As many as a wire report
/// may reach in copies that were not recognised, so only short lines count (see [`MAX_THEME_WORDS`]).
pub const MIN_SITES: usize = 5;
/// The longest line that can be a theme's.
const MAX_THEME_WORDS: usize = 8;
/// The longest line that can be a site's: longer ones are paragraphs.
const MAX_SITE_WORDS: usize = 60;

/// Which lines stand on which stories of which sites: collected from the articles of a store, in any order.
///
/// ```
/// use wirecopy_extract::{SiteStatistics, extract};
/// use wirecopy_model::{ContentId, LineKind, Page};
/// let page = |id: &str, body: &str| {
///     let text = format!("{body}\n\nThe Herald is printed on recycled paper by hand.");
///     let mut page = Page::of_text(id, text);
///     page.source = Some("Lakeport Herald".into());
///     extract(&page)
/// };
/// let mut articles = vec![
///     page("a", "The mayor of Lakeport has resigned after a vote of the council on Monday."),
///     page("b", "A storm took the roofs of forty houses along the northern shore on Tuesday."),
///     page("c", "The lake's last ferry will be sold to a museum, its owners announced today."),
/// ];
/// let mut statistics = SiteStatistics::default();
/// for article in &articles {
///     // Here every article is a story of its own.
///     statistics.add(article, ContentId::of("story", [article.id.as_str()]));
/// }
/// let repeated = statistics.repeated();
/// assert!(repeated.mark(&mut articles[0]));
/// assert_eq!(articles[0].lines[1].kind, LineKind::Boilerplate);
/// assert_eq!(articles[0].lines[0].kind, LineKind::Body);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SiteStatistics {
    /// (site, line, story), by hash. Sorted and without repetitions when read.
    seen: Vec<(u64, u64, u64)>,
    /// (site, story).
    stories: Vec<(u64, u64)>,
    /// Lines short enough to be a theme's.
    short: HashSet<u64>,
}

impl SiteStatistics {
    /// Adds an article of this story; an article whose site cannot be told adds nothing. `story` is that of the article's
    /// story, or of its family while stories are not known: what is copied must not count twice.
    pub fn add(&mut self, article: &Article, story: ContentId) {
        let Some(site) = site_of(article) else { return };
        let (site, story) = (xxh3_64(site.as_bytes()), story.as_u128() as u64);
        self.stories.push((site, story));
        for (line, words) in keyed_lines(article).map(|(_, line, words)| (line, words)) {
            self.seen.push((site, line, story));
            if words <= MAX_THEME_WORDS {
                self.short.insert(line);
            }
        }
    }

    /// Takes in what another part of the articles showed.
    pub fn merge(&mut self, other: SiteStatistics) {
        self.seen.extend(other.seen);
        self.stories.extend(other.stories);
        self.short.extend(other.short);
    }

    /// The lines that repeat over different stories. The same for the same articles, in whatever order they came.
    pub fn repeated(mut self) -> RepeatedLines {
        self.seen.sort_unstable();
        self.seen.dedup();
        self.stories.sort_unstable();
        self.stories.dedup();
        let mut stories_of: HashMap<u64, usize> = HashMap::new();
        for (site, _) in &self.stories {
            *stories_of.entry(*site).or_default() += 1;
        }
        let mut repeated = RepeatedLines::default();
        for group in self.seen.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (site, line, _) = group[0];
            let enough = (stories_of[&site] as f64 * MIN_SHARE).ceil() as usize;
            if group.len() >= enough.max(MIN_STORIES) {
                repeated.of_sites.insert((site, line), group.len());
            }
        }
        self.seen.retain(|(_, line, _)| self.short.contains(line));
        self.seen.sort_unstable_by_key(|&(site, line, story)| (line, site, story));
        for group in self.seen.chunk_by(|a, b| a.1 == b.1) {
            let sites = group.chunk_by(|a, b| a.0 == b.0).count();
            let stories: HashSet<u64> = group.iter().map(|&(_, _, story)| story).collect();
            if sites >= MIN_SITES && stories.len() >= MIN_SITES {
                repeated.of_themes.insert(group[0].1, sites);
            }
        }
        repeated
    }
}

/// Lines that repeat over different stories, for [`RepeatedLines::mark`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepeatedLines {
    /// (site, line) with the number of stories.
    of_sites: HashMap<(u64, u64), usize>,
    /// Lines with the number of sites.
    of_themes: HashMap<u64, usize>,
}

impl RepeatedLines {
    /// Whether no line repeats.
    pub fn is_empty(&self) -> bool {
        self.of_sites.is_empty() && self.of_themes.is_empty()
    }

    /// Calls the body lines of an article that repeat boilerplate, with the reason, and narrows its `kept`. Lines with a
    /// quotation and a verb of speech stay, and at most a quarter of a long page's words is cut in all. Gives whether
    /// anything changed.
    pub fn mark(&self, article: &mut Article) -> bool {
        if self.is_empty() {
            return false;
        }
        let Some(site_name) = site_of(article) else { return false };
        let site = xxh3_64(site_name.as_bytes());
        let (total, cut) = words_of(article);
        let mut room = if total >= weights::LONG_PAGE {
            ((total as f64 * weights::MAX_CUT) as usize).saturating_sub(cut)
        } else {
            usize::MAX
        };
        let found: Vec<(usize, usize, String)> = keyed_lines(article)
            .filter_map(|(index, line, words)| Some((index, words, self.reason(site, line, site_name)?)))
            .collect();
        let bodies = article.lines.iter().filter(|line| line.kind == LineKind::Body).count();
        if found.len() == bodies {
            // A page that is nothing but repeated lines would lose its body.
            return false;
        }
        let mut changed = false;
        for (index, words, why) in found {
            let Some(rest) = room.checked_sub(words) else { continue };
            room = rest;
            article.lines[index].kind = LineKind::Boilerplate;
            article.lines[index].why = why;
            changed = true;
        }
        if changed {
            article.kept = kept_of(&article.lines);
        }
        changed
    }

    fn reason(&self, site: u64, line: u64, name: &str) -> Option<String> {
        if let Some(stories) = self.of_sites.get(&(site, line)) {
            return Some(format!("stands under {stories} different stories of {name}"));
        }
        self.of_themes.get(&line).map(|sites| format!("stands on pages of {sites} sites under different stories"))
    }
}

/// The site of an article: the host of its address without `www.`, or its source.
pub fn site_of(article: &Article) -> Option<&str> {
    let host = article.url.as_deref().and_then(|url| {
        let rest = url.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        (host.contains('.')).then_some(host)
    });
    host.or(article.source.as_deref()).filter(|site| !site.is_empty())
}

/// Body lines that could be a site's: their index, the hash of their key and their words. Lines without a letter say
/// nothing, lines with a quotation and a verb of speech are never a site's.
fn keyed_lines(article: &Article) -> impl Iterator<Item = (usize, u64, usize)> + '_ {
    let texts = crate::mask::texts_of(&article.text, &article.lines);
    article.lines.iter().zip(texts).enumerate().filter_map(|(index, (line, text))| {
        if line.kind != LineKind::Body || text.len() > 1_000 || is_protected(text) {
            return None;
        }
        let words = word_count(text);
        let key = if words <= MAX_THEME_WORDS { key_of(text) } else { exact_key(text) };
        (!key.is_empty() && words <= MAX_SITE_WORDS).then(|| (index, xxh3_64(key.as_bytes()), words))
    })
}

/// The key of a longer line with its numbers: sentences of which only the figures differ ("the index closed at ...") are
/// different sentences.
fn exact_key(text: &str) -> String {
    if text.chars().any(char::is_alphabetic) {
        text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    }
}

/// Words of the page, and of its boilerplate.
fn words_of(article: &Article) -> (usize, usize) {
    let texts = crate::mask::texts_of(&article.text, &article.lines);
    article.lines.iter().zip(texts).fold((0, 0), |(total, cut), (line, text)| {
        let words = word_count(text);
        (total + words, cut + if line.kind == LineKind::Boilerplate { words } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use wirecopy_model::Page;

    const TEMPLATE: &[&str] =
        &["All our recipes are tested twice.", "The Herald is printed on the lake by its readers."];
    const COPIED: &str =
        "The harbour was closed at noon and stayed so until the morning, officials of the port said in a note.";

    fn article(site: &str, number: usize, lines: &[&str]) -> Article {
        let own = format!(
            "Report number {number} tells of ship {number}0 and its cargo of salt, which came in late on Monday."
        );
        let mut page = Page::of_text(format!("{site}-{number}"), format!("{own}\n\n{}", lines.join("\n\n")));
        page.url = Some(format!("https://www.{site}.example/{number}"));
        extract(&page)
    }

    fn story(number: usize) -> ContentId {
        ContentId::of("story", [number.to_string()])
    }

    fn boilerplate(article: &Article) -> usize {
        article.lines.iter().filter(|line| line.kind == LineKind::Boilerplate).count()
    }

    /// Twelve pages of a site: each carries the template, the first six are copies in one story.
    fn pages() -> Vec<(Article, ContentId)> {
        (0..12)
            .map(|number| {
                let copied = [&[COPIED], TEMPLATE].concat();
                let lines = if number < 6 { copied.as_slice() } else { TEMPLATE };
                (article("herald", number, lines), story(if number < 6 { 0 } else { number }))
            })
            .collect()
    }

    #[test]
    fn templates_go_and_copied_paragraphs_stay() {
        let mut statistics = SiteStatistics::default();
        let mut pages = pages();
        pages.iter().for_each(|(article, story)| statistics.add(article, *story));
        let repeated = statistics.repeated();
        for (article, _) in &mut pages {
            let before = boilerplate(article);
            assert!(repeated.mark(article));
            assert_eq!(boilerplate(article), before + TEMPLATE.len());
            if let Some(line) = article.lines.iter().find(|line| line.why.contains("stories")) {
                assert_eq!(line.why, "stands under 7 different stories of herald.example");
            }
            assert!(!repeated.mark(article), "marking is done once");
        }
        let copied = &pages[0].0;
        assert!(copied.lines.iter().any(|line| line.kind == LineKind::Body && line.line == 3));
    }

    #[test]
    fn order_and_parts_do_not_matter() {
        let pages = pages();
        let collect = |pages: &mut dyn Iterator<Item = &(Article, ContentId)>| {
            let mut statistics = SiteStatistics::default();
            pages.for_each(|(article, story)| statistics.add(article, *story));
            statistics
        };
        let forward = collect(&mut pages.iter()).repeated();
        let backward = collect(&mut pages.iter().rev()).repeated();
        let mut parts = collect(&mut pages[7..].iter());
        parts.merge(collect(&mut pages[..7].iter()));
        assert_eq!(forward, backward);
        assert_eq!(forward, parts.repeated());
    }

    #[test]
    fn a_theme_is_known_over_sites() {
        let sites = ["one", "two", "three", "four", "five", "six"];
        let mut statistics = SiteStatistics::default();
        let mut articles: Vec<Article> = sites
            .iter()
            .enumerate()
            .map(|(number, site)| article(site, number, &["Ring the bell to hear the tide."]))
            .collect();
        articles.iter().enumerate().for_each(|(number, article)| statistics.add(article, story(number)));
        let repeated = statistics.repeated();
        assert!(repeated.mark(&mut articles[0]));
        assert_eq!(articles[0].lines[1].why, "stands on pages of 6 sites under different stories");
    }

    #[test]
    fn sentences_of_which_only_the_figures_differ_stay() {
        let mut statistics = SiteStatistics::default();
        (0..12).for_each(|number| statistics.add(&article("herald", number, &[]), story(number)));
        assert!(statistics.repeated().is_empty());
    }

    #[test]
    fn too_few_stories_say_nothing() {
        let mut statistics = SiteStatistics::default();
        (0..2).for_each(|number| statistics.add(&article("herald", number, TEMPLATE), story(number)));
        assert!(statistics.repeated().is_empty());
    }
}
