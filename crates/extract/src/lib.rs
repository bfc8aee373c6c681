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
mod html;
mod lines;
mod mask;
mod sites;

pub use sites::{MIN_SHARE, MIN_SITES, MIN_STORIES, RepeatedLines, SiteLines, SiteStatistics, page_of, site_of};

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
    let source = Source::of(page);
    let reading = lines::read(&source.text, source.title.as_deref(), source.origin);
    let kept = mask::kept_of(&reading.lines);
    let mut candidates = dates::of_input(page);
    candidates.extend(source.dates);
    candidates.extend(dates::of_lines(&reading.dates));
    let published = dates::judge::judge(&candidates, &dates::context_of(page, &source.text, &kept));
    let mut warnings = source.warnings;
    if reading.stopped {
        warnings.push("the page has too many lines to look at each of them".to_owned());
    }
    let byline = source.byline.or(reading.byline);
    let agency = reading.agency.or_else(|| byline.as_deref().and_then(agency::of_line));
    let mut extra = page.extra.clone();
    if let Some(section) = source.section {
        extra.entry("section").or_insert(section.into());
    }
    if let Some(fetched) = &page.fetched {
        extra.entry("fetched").or_insert(fetched.as_str().into());
    }
    if !warnings.is_empty() {
        extra.insert("warnings".to_owned(), warnings.into());
    }
    Article {
        id: page.id.clone(),
        title: source.title.or(reading.title),
        byline,
        agency: agency.map(str::to_owned),
        url: source.url,
        source: source.site,
        lang: source.lang,
        text: source.text,
        kept,
        published,
        lines: reading.lines,
        extra,
    }
}

/// The text of a page before its lines are judged, with what the input and the page's head say of it. What the input
/// says goes before what the page says.
struct Source {
    origin: lines::Origin,
    text: String,
    title: Option<String>,
    byline: Option<String>,
    url: Option<String>,
    site: Option<String>,
    section: Option<String>,
    lang: Option<String>,
    dates: Vec<dates::judge::Candidate>,
    warnings: Vec<String>,
}

impl Source {
    fn of(page: &Page) -> Self {
        let (text, head, warnings) = match (&page.text, &page.html) {
            (Some(text), _) => (text.clone(), html::Head::default(), Vec::new()),
            (None, Some(html)) => {
                let read = html::read(html);
                (read.text, read.head, read.warnings)
            }
            (None, None) => (String::new(), html::Head::default(), Vec::new()),
        };
        let origin = if page.text.is_some() { lines::Origin::Text } else { lines::Origin::Extracted };
        Source {
            origin,
            text,
            title: page.title.clone().or(head.title),
            byline: head.byline,
            url: page.url.clone().or(head.url),
            site: page.source.clone().or(head.site),
            section: head.section,
            lang: page.lang.clone().or(head.lang),
            dates: head.dates,
            warnings,
        }
    }
}
