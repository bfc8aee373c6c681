//! Lines that a site repeats over its different stories: the strings of its theme, its boxes and calls to readers.
//!
//! What counts is distinct stories, not pages: a paragraph that stands on twenty pages of one story was copied, a line
//! that stands under three different stories belongs to the site.

use std::collections::{HashMap, HashSet};

use wirecopy_model::{Article, LineKind};
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
/// use wirecopy_extract::{SiteLines, SiteStatistics, extract};
/// use wirecopy_model::{LineKind, Page};
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
/// for (number, article) in articles.iter().enumerate() {
///     // Here every article is a story of its own.
///     statistics.add(&SiteLines::of(article), number as u64);
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

/// The lines of an article that may be its site's, by hash: what is kept of it so that the lines which repeat can be
/// found again when more articles come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteLines {
    site: u64,
    /// Each line, and whether it is short enough to be a theme's.
    lines: Vec<(u64, bool)>,
}

impl SiteLines {
    /// The lines of an article as [`extract`](crate::extract) gave it; none where its site cannot be told.
    pub fn of(article: &Article) -> Self {
        let Some(site) = site_of(article) else { return SiteLines::default() };
        let lines = keyed_lines(article).map(|(_, line, words)| (line, words <= MAX_THEME_WORDS)).collect();
        SiteLines { site: xxh3_64(site.as_bytes()), lines }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its site, by hash.
    pub fn site(&self) -> u64 {
        self.site
    }

    /// The lines as bytes, nine each, after eight for the site.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.lines.len() * 9);
        bytes.extend(self.site.to_le_bytes());
        for (line, short) in &self.lines {
            bytes.extend(line.to_le_bytes());
            bytes.push(u8::from(*short));
        }
        bytes
    }

    /// What [`to_bytes`](SiteLines::to_bytes) made; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (site, lines) = bytes.split_first_chunk::<8>()?;
        let read = |chunk: &[u8]| {
            let (line, short) = chunk.split_first_chunk::<8>()?;
            Some((u64::from_le_bytes(*line), *short.first()? != 0))
        };
        let whole = lines.len().is_multiple_of(9);
        let lines = whole.then(|| lines.chunks_exact(9).map(read).collect::<Option<_>>())??;
        Some(SiteLines { site: u64::from_le_bytes(*site), lines })
    }
}

impl SiteStatistics {
    /// Adds the lines of an article of this story, which may be any number as long as it is the same for all articles of
    /// a story: what is copied, or told again and again as the story goes on, must not count twice.
    pub fn add(&mut self, article: &SiteLines, story: u64) {
        if article.is_empty() {
            return;
        }
        self.stories.push((article.site, story));
        for &(line, short) in &article.lines {
            self.seen.push((article.site, line, story));
            if short {
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

    /// Where each article was added as a story of its own: the sites of which a line can turn out to repeat. The lines of all
    /// others do not, whatever the stories are.
    pub fn sites_in_question(mut self) -> HashSet<u64> {
        self.seen.sort_unstable();
        self.seen.dedup();
        let mut sites = HashSet::new();
        for group in self.seen.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            if group.len() >= MIN_STORIES {
                sites.insert(group[0].0);
            }
        }
        self.seen.retain(|(_, line, _)| self.short.contains(line));
        self.seen.sort_unstable_by_key(|&(site, line, story)| (line, site, story));
        for group in self.seen.chunk_by(|a, b| a.1 == b.1) {
            if group.chunk_by(|a, b| a.0 == b.0).count() >= MIN_SITES {
                sites.extend(group.iter().map(|(site, ..)| *site));
            }
        }
        sites
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

    /// The lines as bytes, the same for the same lines.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut of_sites: Vec<_> =
            self.of_sites.iter().map(|(&(site, line), &stories)| (site, line, stories)).collect();
        let mut of_themes: Vec<_> = self.of_themes.iter().map(|(&line, &sites)| (line, sites)).collect();
        of_sites.sort_unstable();
        of_themes.sort_unstable();
        let mut bytes = (of_sites.len() as u64).to_le_bytes().to_vec();
        for (site, line, stories) in of_sites {
            bytes.extend([site, line, stories as u64].map(u64::to_le_bytes).as_flattened());
        }
        for (line, sites) in of_themes {
            bytes.extend([line, sites as u64].map(u64::to_le_bytes).as_flattened());
        }
        bytes
    }

    /// What [`to_bytes`](RepeatedLines::to_bytes) made; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes
            .chunks(8)
            .map(|eight| eight.try_into().map(u64::from_le_bytes))
            .collect::<Result<Vec<_>, _>>()
            .ok()?;
        let of_sites = usize::try_from(*numbers.first()?).ok()?.checked_mul(3)?.checked_add(1)?;
        if of_sites > numbers.len() || (numbers.len() - of_sites) % 2 != 0 {
            return None;
        }
        let of_themes = numbers.split_off(of_sites);
        Some(RepeatedLines {
            of_sites: numbers[1..].chunks_exact(3).map(|of| ((of[0], of[1]), of[2] as usize)).collect(),
            of_themes: of_themes.chunks_exact(2).map(|of| (of[0], of[1] as usize)).collect(),
        })
    }

    /// A number that changes when [`mark`](RepeatedLines::mark) would do something else to the article with these lines;
    /// 0 where it would do nothing.
    pub fn signature(&self, article: &SiteLines) -> u64 {
        let mut hash = 0;
        for (place, (line, _)) in article.lines.iter().enumerate() {
            let of_site = self.of_sites.get(&(article.site, *line)).map(|&stories| (1, stories));
            if let Some((by, count)) = of_site.or_else(|| Some((2, *self.of_themes.get(line)?))) {
                let told = [hash, place as u64, by, round(count) as u64].map(u64::to_le_bytes).concat();
                hash = xxh3_64(&told).max(1);
            }
        }
        hash
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
            return Some(format!("stands under {} or more different stories of {name}", round(*stories)));
        }
        let theme =
            |&sites: &usize| format!("stands on pages of {} or more sites under different stories", round(sites));
        self.of_themes.get(&line).map(theme)
    }
}

/// The count as it is told: 3, 5, 10, 20, 50, 100 and so on, so that not every page that comes changes what is said of
/// all others.
fn round(count: usize) -> usize {
    let mut told = MIN_STORIES;
    for step in (0..).flat_map(|power| [5, 10, 20].map(|step| step * 10usize.saturating_pow(power))) {
        if step > count {
            break;
        }
        told = step;
    }
    told
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

/// The address by which a page is known again: without scheme, `www.`, fragment, final slash and the parameters by which
/// readers are counted. `None` for what names no single page: other schemes, the front page of a site.
///
/// ```
/// use wirecopy_extract::page_of;
/// let known = page_of("https://www.lantern.example/news/dam?utm_source=feed#top");
/// assert_eq!(known.as_deref(), Some("lantern.example/news/dam"));
/// assert_eq!(page_of("http://lantern.example/news/dam/"), known);
/// assert_eq!(page_of("https://lantern.example/"), None);
/// ```
pub fn page_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split('#').next()?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let counts = |name: &str| name.starts_with("utm_") || ["fbclid", "gclid", "mc_cid", "mc_eid"].contains(&name);
    let query: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !counts(part.split('=').next().unwrap_or_default()))
        .collect();
    if host.is_empty() || path.is_empty() && query.is_empty() {
        return None;
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    Some(format!("{host}/{path}{query}"))
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

    fn boilerplate(article: &Article) -> usize {
        article.lines.iter().filter(|line| line.kind == LineKind::Boilerplate).count()
    }

    /// Twelve pages of a site: each carries the template, the first six are copies in one story.
    fn pages() -> Vec<(Article, u64)> {
        (0..12)
            .map(|number| {
                let copied = [&[COPIED], TEMPLATE].concat();
                let lines = if number < 6 { copied.as_slice() } else { TEMPLATE };
                (article("herald", number, lines), if number < 6 { 0 } else { number as u64 })
            })
            .collect()
    }

    #[test]
    fn templates_go_and_copied_paragraphs_stay() {
        let mut statistics = SiteStatistics::default();
        let mut pages = pages();
        pages.iter().for_each(|(article, story)| statistics.add(&SiteLines::of(article), *story));
        let repeated = statistics.repeated();
        assert_eq!(RepeatedLines::from_bytes(&repeated.to_bytes()), Some(repeated.clone()));
        assert_eq!(RepeatedLines::from_bytes(&repeated.to_bytes()[1..]), None);
        for (article, _) in &mut pages {
            let before = boilerplate(article);
            assert!(repeated.mark(article));
            assert_eq!(boilerplate(article), before + TEMPLATE.len());
            if let Some(line) = article.lines.iter().find(|line| line.why.contains("stories")) {
                assert_eq!(line.why, "stands under 5 or more different stories of herald.example");
            }
            assert!(!repeated.mark(article), "marking is done once");
        }
        let copied = &pages[0].0;
        assert!(copied.lines.iter().any(|line| line.kind == LineKind::Body && line.line == 3));
    }

    #[test]
    fn the_signature_tells_who_is_marked_and_changes_with_what_is_said() {
        let signatures = |stories: usize| {
            let pages: Vec<SiteLines> =
                (0..stories).map(|number| SiteLines::of(&article("herald", number, TEMPLATE))).collect();
            let mut statistics = SiteStatistics::default();
            pages.iter().zip(0..).for_each(|(lines, story)| statistics.add(lines, story));
            let repeated = statistics.repeated();
            let other = SiteLines::of(&article("courier", 77, &["Nothing of this stands anywhere else."]));
            assert_eq!(repeated.signature(&other), 0);
            repeated.signature(&pages[0])
        };
        assert_eq!(signatures(2), 0);
        assert_ne!(signatures(3), 0);
        assert_eq!(signatures(3), signatures(4));
        assert_ne!(signatures(4), signatures(5));
    }

    #[test]
    fn lines_come_back_from_bytes() {
        let lines = SiteLines::of(&article("herald", 1, TEMPLATE));
        assert_eq!(lines.lines.len(), 3);
        assert_eq!(SiteLines::from_bytes(&lines.to_bytes()), Some(lines));
        for damaged in [&[][..], &[1; 7], &[1; 12]] {
            assert_eq!(SiteLines::from_bytes(damaged), None);
        }
    }

    #[test]
    fn counts_are_told_in_steps() {
        for (count, told) in [(3, 3), (4, 3), (5, 5), (9, 5), (10, 10), (49, 20), (50, 50), (100, 100), (2_345, 2_000)]
        {
            assert_eq!(round(count), told, "{count}");
        }
    }

    #[test]
    fn order_and_parts_do_not_matter() {
        let pages = pages();
        let collect = |pages: &mut dyn Iterator<Item = &(Article, u64)>| {
            let mut statistics = SiteStatistics::default();
            pages.for_each(|(article, story)| statistics.add(&SiteLines::of(article), *story));
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
        articles
            .iter()
            .enumerate()
            .for_each(|(number, article)| statistics.add(&SiteLines::of(article), number as u64));
        let repeated = statistics.repeated();
        assert!(repeated.mark(&mut articles[0]));
        assert_eq!(articles[0].lines[1].why, "stands on pages of 5 or more sites under different stories");
    }

    #[test]
    fn sentences_of_which_only_the_figures_differ_stay() {
        let mut statistics = SiteStatistics::default();
        (0..12).for_each(|number| statistics.add(&SiteLines::of(&article("herald", number, &[])), number as u64));
        assert!(statistics.repeated().is_empty());
    }

    #[test]
    fn too_few_stories_say_nothing() {
        let mut statistics = SiteStatistics::default();
        (0..2).for_each(|number| statistics.add(&SiteLines::of(&article("herald", number, TEMPLATE)), number as u64));
        assert!(statistics.repeated().is_empty());
    }
}
