//! From a page to its article: the text, what of it is body, the headline, who signed it, the agency it names, and the
//! dates it claims with what each rests on.
//!
//! A page comes as HTML or as text that somebody else has already taken out of a page, litter and all. The text stays as
//! it came (for HTML: as it was read); what is clutter is told line by line, each with a reason, and left out of the mask
//! `kept`. Lines that a site repeats over its different stories are found with [`SiteStatistics`], once there are other
//! pages of the site.
//!
//! Not for: fetching or storing anything, judging a date by the text's own weekdays (the time stage does) or by copies
//! of the page (accounts does), telling language from language better than a guess.

mod agency;
mod dates;
mod lines;
mod mask;

use wirecopy_model::{Article, Page};

/// The article of a page. Never fails: whatever the page holds, the answer is an article, perhaps an empty one.
///
/// What was found wanting on the way (a page cut at its bound, a charset that did not fit) is told in
/// `extra["warnings"]`, a list of strings that is absent where there is nothing to tell.
///
/// ```
/// use wirecopy_model::{LineKind, Page};
/// let page = Page::of_text("a", "Lake talks end without a deal\n\nThe talks on the lake ended on Friday \
///     without a deal, both sides said.\n\nSource link\n\nLeave a Reply");
/// let article = wirecopy_extract::extract(&page);
/// assert_eq!(article.title.as_deref(), Some("Lake talks end without a deal"));
/// let kinds: Vec<LineKind> = article.lines.iter().map(|line| line.kind).collect();
/// assert_eq!(kinds, [LineKind::Title, LineKind::Body, LineKind::Boilerplate, LineKind::Boilerplate]);
/// ```
pub fn extract(page: &Page) -> Article {
    let text = page.text.clone().unwrap_or_default();
    let reading = lines::read(&text, page.title.as_deref());
    let kept = mask::kept_of(&reading.lines);
    let mut candidates = dates::of_input(page);
    candidates.extend(dates::of_lines(&reading.dates));
    let published = dates::judge::judge(&candidates, &dates::context_of(page, &text, &kept));
    Article {
        id: page.id.clone(),
        title: page.title.clone().or(reading.title),
        byline: reading.byline,
        agency: reading.agency.map(str::to_owned),
        url: page.url.clone(),
        source: page.source.clone(),
        lang: page.lang.clone(),
        text,
        kept,
        published,
        lines: reading.lines,
        extra: page.extra.clone(),
    }
}
