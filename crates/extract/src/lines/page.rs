//! All lines of one page judged together.

use wirecopy_model::{Line, LineKind, Piece};

use super::features::{View, continues, repeats, runs};
use super::lexicon::{Clutter, Cue, Stand};
use super::roles;
use super::surface::{RawLine, key_of, lines_of, without_markup};
use super::weights::{self, Feature};
use crate::agency;
use crate::dates::parse::{DateLine, date_line};

/// What the lines of a page tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub lines: Vec<Line>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub agency: Option<&'static str>,
    /// The page's date lines, with where they stand.
    pub dates: Vec<PlacedDate>,
    /// The text had more lines than are looked at one by one.
    pub stopped: bool,
}

/// A date line and its place.
#[derive(Clone, Debug)]
pub(crate) struct PlacedDate {
    pub line: DateLine,
    pub place: Place,
}

/// Where on a page something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    AboveTitle,
    UnderTitle,
    InBody,
    AfterBody,
}

/// Where the lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A page of text as it came.
    Text,
    /// What the extractor took for the article of an HTML page.
    Extracted,
}

/// Judges every line of `text`. `title` is the headline, where the page's head or the input tells it.
pub(crate) fn read(text: &str, title: Option<&str>, origin: Origin) -> Reading {
    let (raw, stopped) = lines_of(text, weights::MAX_LINES);
    let mut page = Page::of(&raw, title, origin);
    page.name_lines();
    page.score();
    page.keep_lists();
    page.veto();
    let mut reading = page.into_reading();
    if let Some(stopped) = stopped {
        let span = Piece::new(stopped.start, text.chars().count());
        let why =
            format!("the page has more than {} lines; the rest was not looked at line by line", weights::MAX_LINES);
        reading.lines.push(Line { line: stopped.number, span, kind: LineKind::Body, why });
        reading.stopped = true;
    }
    reading
}

struct Page<'a> {
    origin: Origin,
    bias: f32,
    lines: &'a [RawLine<'a>],
    views: Vec<View>,
    /// The first line of the paragraph that a line belongs to: itself, unless the page is hard-wrapped.
    blocks: Vec<usize>,
    /// Kinds by name, with the reason.
    named: Vec<Option<(LineKind, String)>>,
    scores: Vec<f32>,
    cut: Vec<bool>,
    /// Indices of the first and last paragraph.
    prose: Option<(usize, usize)>,
    title: Option<String>,
    title_line: Option<usize>,
    byline: Option<String>,
    agency: Option<&'static str>,
    dates: Vec<(usize, DateLine)>,
    /// Why a line that looks like clutter stays after all.
    returned: Vec<Option<&'static str>>,
}

impl<'a> Page<'a> {
    fn of(lines: &'a [RawLine<'a>], title: Option<&str>, origin: Origin) -> Self {
        let blocks = blocks_of(lines);
        let mut views: Vec<View> = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let block_end = blocks[index..].iter().take_while(|&&block| block == blocks[index]).count() + index;
            let view = if blocks[index] != index {
                views[blocks[index]].clone()
            } else if block_end - index > 1 {
                View::of(&lines[index..block_end].iter().map(|l| l.text.trim()).collect::<Vec<_>>().join(" "))
            } else {
                View::of(line.text)
            };
            views.push(view);
        }
        let prose = prose_of(&views);
        let count = lines.len();
        let bias = match origin {
            Origin::Text => weights::BIAS_TEXT,
            Origin::Extracted => weights::BIAS_EXTRACTED,
        };
        Page {
            origin,
            bias,
            lines,
            views,
            blocks,
            named: vec![None; count],
            scores: vec![0.0; count],
            cut: vec![false; count],
            prose,
            title: title.map(str::to_owned),
            title_line: None,
            byline: None,
            agency: None,
            dates: Vec::new(),
            returned: vec![None; count],
        }
    }

    /// Whether a line stands before the first paragraph, after the last, or between.
    fn region(&self, index: usize) -> Region {
        match self.prose {
            None => Region::Unknown,
            Some((first, _)) if index < first => Region::Head,
            Some((_, last)) if index > last => Region::Tail,
            Some(_) => Region::Middle,
        }
    }

    fn is_block(&self, index: usize) -> bool {
        self.blocks[index] != index || self.blocks.get(index + 1) == Some(&index)
    }

    fn name_lines(&mut self) {
        self.name_dates_and_agencies();
        self.name_title();
        self.name_bylines();
    }

    fn name_dates_and_agencies(&mut self) {
        for index in 0..self.lines.len() {
            let line = without_markup(self.lines[index].text);
            if self.is_block(index) || self.views[index].prose {
                continue;
            }
            if let Some(dates) = date_line(line) {
                let why = if dates.dates.is_empty() { "only a time" } else { "only a date" };
                self.named[index] = Some((LineKind::Date, why.to_owned()));
                self.dates.push((index, dates));
            } else if let Some(name) = agency::of_line(line) {
                self.named[index] = Some((LineKind::Agency, format!("names the agency {name} and nothing else")));
                self.agency.get_or_insert(name);
            }
        }
    }

    fn name_title(&mut self) {
        if self.title.is_none() {
            self.title_line = self.find_title();
            self.title = self.title_line.map(|index| clean_title(self.lines[index].text));
        }
        let Some(title) = &self.title else { return };
        let key = key_of(title);
        if key.is_empty() {
            return;
        }
        for index in 0..self.lines.len() {
            let view = &self.views[index];
            if self.named[index].is_some() || self.is_block(index) || view.key.len() > key.len() + 200 {
                continue;
            }
            if Some(index) == self.title_line {
                let why = "the headline: the first line above the text that reads like one";
                self.named[index] = Some((LineKind::Title, why.to_owned()));
            } else if roles::repeats_title(&view.key, &key) {
                let why = if self.title_line.is_none() { "the headline" } else { "the headline again" };
                self.named[index] = Some((LineKind::Title, why.to_owned()));
                self.title_line.get_or_insert(index);
            } else if roles::is_path_to(&view.key, &key) {
                self.views[index].features.push(Feature::Breadcrumb);
            }
        }
    }

    /// The headline of a page that does not tell it otherwise: above the first paragraph, the first line that could be one.
    fn find_title(&self) -> Option<usize> {
        let (first, _) = self.prose?;
        let could_be = |index: usize| {
            let view = &self.views[index];
            let text = self.lines[index].text;
            self.named[index].is_none()
                && !self.is_block(index)
                && (3..=32).contains(&view.words)
                && !(view.ends && !text.trim_end().ends_with(['?', '!', '”', '"', '’']) && view.words > 3)
                && !view.cues.iter().any(|cue| cue.stand != Stand::Hint)
                && !view.features.contains(&Feature::LinkOnly)
                && !view.features.contains(&Feature::Separators)
                && roles::byline(text).is_none()
                && !roles::is_name(text)
        };
        let heads: Vec<usize> = (0..first).filter(|&index| self.named[index].is_none()).collect();
        // A line that another one of the head repeats, perhaps behind a path of sections or before a site's name.
        let repeated = heads.iter().copied().find(|&index| {
            let key = &self.views[index].key;
            key.split(' ').count() >= 4
                && heads.iter().any(|&other| {
                    other != index && (roles::is_path_to(&self.views[other].key, key) || self.views[other].key == *key)
                })
                && !self.views[index].prose
        });
        let marked = heads.iter().copied().find(|&index| self.lines[index].text.trim_start().starts_with("# "));
        let lists = self.list_heads();
        let free = heads.iter().copied().filter(|&index| could_be(index) && lists[index].is_none());
        let long = free.clone().find(|&index| self.views[index].words >= 4);
        marked
            .or(repeated)
            .or(long)
            .or_else(|| free.clone().next())
            .or_else(|| heads.iter().copied().rfind(|&index| could_be(index)))
    }

    fn name_bylines(&mut self) {
        for index in 0..self.lines.len() {
            let signed = !self.views[index].prose || roles::is_bracketed_byline(self.lines[index].text);
            if self.named[index].is_some() || self.is_block(index) || !signed {
                continue;
            }
            if let Some(name) = roles::byline(self.lines[index].text) {
                if let Some(agency) = agency::of_line(&name) {
                    self.agency.get_or_insert(agency);
                }
                self.named[index] = Some((LineKind::Byline, "reads as a byline does".to_owned()));
                self.views[index].prose = false;
                self.byline.get_or_insert(name);
            }
        }
        for index in 0..self.lines.len() {
            if self.named[index].is_some() || !roles::is_name(self.lines[index].text) {
                continue;
            }
            if let Some(why) = self.why_a_signature(index) {
                self.named[index] = Some((LineKind::Byline, why.to_owned()));
                self.byline.get_or_insert_with(|| without_markup(self.lines[index].text).to_owned());
            }
        }
        for index in 1..self.lines.len() {
            let under_name =
                (index.saturating_sub(2)..index).any(|i| matches!(self.named[i], Some((LineKind::Byline, _))));
            let view = &self.views[index];
            if under_name
                && self.named[index].is_none()
                && !view.is_protected()
                && roles::is_author_card(self.lines[index].text)
            {
                // What makes it look like text (its sentences, a quotation around the whole) is the card's manner.
                self.views[index].features = vec![Feature::AuthorCard];
                self.views[index].prose = false;
            }
        }
        self.prose = prose_of(&self.views);
    }

    /// Why a line that could be a name is one that signs: it stands twice, over an author card, or with a date at the head.
    fn why_a_signature(&self, index: usize) -> Option<&'static str> {
        let key = &self.views[index].key;
        let near = |other: Option<usize>| other.filter(|&other| other < self.lines.len());
        let (before, after) = (near(index.checked_sub(1)), near(Some(index + 1)));
        let same = |other: Option<usize>| other.is_some_and(|other| self.views[other].key == *key);
        let dated =
            |other: Option<usize>| other.is_some_and(|other| matches!(self.named[other], Some((LineKind::Date, _))));
        let titled =
            |other: Option<usize>| other.is_some_and(|other| matches!(self.named[other], Some((LineKind::Title, _))));
        let above_text = after.is_some_and(|other| self.views[other].prose);
        if same(before) || same(after) {
            Some("a name that stands twice, as beside a portrait")
        } else if after
            .is_some_and(|other| roles::is_author_card(self.lines[other].text) && !self.views[other].is_protected())
        {
            Some("a name over a line about its bearer")
        } else if self.region(index) == Region::Head && (dated(before) || dated(after)) {
            Some("a name beside the date, above the text")
        } else if self.region(index) == Region::Head && titled(before) && above_text {
            Some("a name between the headline and the text")
        } else {
            None
        }
    }

    /// For each line, the heading of a list that it stands under, if any.
    fn list_heads(&self) -> Vec<Option<usize>> {
        let mut heads = vec![None; self.lines.len()];
        let mut open: Option<usize> = None;
        for (index, view) in self.views.iter().enumerate() {
            if view.prose || open.is_some_and(|head| index - head > weights::LIST_REACH) {
                open = None;
            }
            if view.heads().is_some() {
                open = Some(index);
            } else {
                heads[index] = open;
            }
        }
        heads
    }

    fn score(&mut self) {
        let counts = repeats(self.lines);
        let alike = runs(self.lines, &self.views);
        let lists = self.list_heads();
        let mut extra: Vec<Vec<Feature>> = Vec::with_capacity(self.lines.len());
        for index in 0..self.lines.len() {
            let repeated = counts.get(self.lines[index].text.trim()).is_some_and(|&count| count > 1);
            let mut features = self.placed_features(index, lists[index], repeated);
            if alike[index] && lists[index].is_none() {
                features.push(Feature::OneOfMany);
            }
            extra.push(features);
        }
        for (view, extra) in self.views.iter_mut().zip(extra) {
            view.features.extend(extra);
        }
        let own: Vec<f32> = self
            .views
            .iter()
            .map(|view| self.bias + view.features.iter().map(|&feature| weights::weight(feature)).sum::<f32>())
            .collect();
        self.scores.clone_from(&own);
        for _ in 0..weights::ROUNDS {
            let before = self.scores.clone();
            for (index, own) in own.iter().enumerate() {
                let beside = [index.checked_sub(1), Some(index + 1)];
                let clutter = beside.iter().flatten().filter(|&&other| self.is_clutter(&before, other)).count();
                self.scores[index] = own + clutter as f32 * weights::weight(Feature::NeighbourClutter);
            }
        }
        for (index, own) in own.into_iter().enumerate() {
            if self.scores[index] > own {
                self.views[index].features.push(Feature::NeighbourClutter);
            }
            // The lines of one hard-wrapped paragraph share their fate.
            self.cut[index] = if self.blocks[index] != index {
                self.cut[self.blocks[index]]
            } else {
                self.named[index].is_none() && self.scores[index] >= weights::CUT && !self.views[index].is_protected()
            };
        }
    }

    fn is_clutter(&self, scores: &[f32], index: usize) -> bool {
        match self.named.get(index) {
            None => false,
            Some(Some(_)) => false,
            Some(None) => scores[index] >= weights::NEIGHBOUR,
        }
    }

    fn placed_features(&self, index: usize, list: Option<usize>, repeated: bool) -> Vec<Feature> {
        let view = &self.views[index];
        let mut features = Vec::new();
        let short = !view.ends && !view.prose;
        match self.region(index) {
            Region::Head if !view.prose => features.push(Feature::BeforeStart),
            Region::Tail if !view.prose => {
                features.push(Feature::AfterEnd);
                if short && (3..=25).contains(&view.words) && !view.quotation {
                    features.push(Feature::ReadsLikeHeadline);
                }
            }
            Region::Middle if short => {
                features.push(Feature::BetweenParagraphs);
                let label = view.cues.iter().any(|cue| cue.stand == Stand::Whole && cue.clutter == Clutter::Navigation);
                if label {
                    features.push(Feature::CueLabelAmongProse);
                }
            }
            _ => {}
        }
        if list.is_some() && short {
            features.push(Feature::UnderListHead);
        }
        if short && repeated && matches!(self.region(index), Region::Head | Region::Tail) {
            features.push(Feature::RepeatsInPage);
        }
        if index > 0 && !self.is_block(index) && continues(&self.views[index - 1], view, self.lines[index].text) {
            features.push(Feature::Continues);
        }
        features
    }

    /// Takes back cuts of a page of text that nothing shows to come from a site. What its short lines look like (many in a
    /// row, after the last paragraph, without a stop) is then what lists and tables look like.
    fn keep_lists(&mut self) {
        if self.origin == Origin::Extracted || self.shows_a_site() {
            return;
        }
        let lists = self.list_heads();
        // "Economy" over a list is a heading of the text as well as a section of a site.
        let of_sites = |cue: &Cue| cue.stand != Stand::Hint && (cue.clutter != Clutter::Navigation || cue.is_phrase());
        let by_its_words = |view: &View| {
            view.cues.iter().any(of_sites) || view.features.iter().any(|feature| OWN_WORDS.contains(feature))
        };
        for (index, head) in lists.into_iter().enumerate() {
            let listed = head.is_some_and(|head| self.views[head].cues.iter().any(of_sites));
            if self.cut[index] && !listed && !by_its_words(&self.views[index]) {
                self.take_back(index, NO_SITE);
            }
        }
    }

    /// Whether something on the page is a site's for certain: words of clutter that no text has by chance, a line that
    /// signs or dates it at the head, a path of sections, an author card.
    fn shows_a_site(&self) -> bool {
        let certain = |cue: &Cue| {
            let of_texts =
                matches!(cue.clutter, Clutter::Related | Clutter::Credit | Clutter::Navigation | Clutter::Tags);
            cue.stand != Stand::Hint && cue.is_phrase() && !of_texts
        };
        (0..self.lines.len()).any(|index| {
            let view = &self.views[index];
            let signs = matches!(self.named[index], Some((LineKind::Byline | LineKind::Date | LineKind::Agency, _)));
            signs && self.region(index) != Region::Tail
                || view.cues.iter().any(certain)
                || view.features.iter().any(|feature| matches!(feature, Feature::Breadcrumb | Feature::AuthorCard))
        })
    }

    /// Takes back cuts that would lose too much: more than a quarter of a long page, or all of a page.
    fn veto(&mut self) {
        let words: Vec<usize> = (0..self.lines.len())
            .map(|index| if self.blocks[index] == index { self.views[index].words } else { 0 })
            .collect();
        let total: usize = words.iter().sum();
        if total >= weights::LONG_PAGE {
            let mut cut: Vec<usize> = (0..self.lines.len()).filter(|&index| self.cut[index]).collect();
            cut.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
            let mut room = (total as f64 * weights::MAX_CUT) as usize;
            for index in cut {
                match room.checked_sub(words[index]) {
                    Some(rest) => room = rest,
                    None => self.take_back(index, TOO_MUCH),
                }
            }
        }
        let has_body = (0..self.lines.len()).any(|index| self.named[index].is_none() && !self.cut[index]);
        if !has_body {
            for index in 0..self.lines.len() {
                let plain = !self.views[index].cues.iter().any(|cue| cue.stand != Stand::Hint);
                if self.cut[index] && plain && self.views[index].words > 0 {
                    self.take_back(index, TOO_MUCH);
                }
            }
        }
    }

    fn take_back(&mut self, index: usize, why: &'static str) {
        for line in (index..self.lines.len()).take_while(|&line| self.blocks[line] == self.blocks[index]) {
            self.cut[line] = false;
            self.returned[line] = Some(why);
        }
    }

    fn into_reading(self) -> Reading {
        let body_agency = self.lines.iter().enumerate().filter(|&(index, _)| self.views[index].prose).take(3);
        let last = self.prose.map(|(_, last)| last);
        let dateline = body_agency
            .chain(last.into_iter().map(|index| (index, &self.lines[index])))
            .find_map(|(_, line)| agency::of_dateline(without_markup(line.text)));
        let lines = (0..self.lines.len()).map(|index| self.line(index)).collect();
        let dates = self
            .dates
            .iter()
            .map(|(index, line)| PlacedDate { line: line.clone(), place: self.place(*index) })
            .collect();
        Reading {
            lines,
            title: self.title,
            byline: self.byline,
            agency: dateline.or(self.agency),
            dates,
            stopped: false,
        }
    }

    fn place(&self, index: usize) -> Place {
        match self.region(index) {
            Region::Head | Region::Unknown if self.title_line.is_none_or(|title| index < title) => Place::AboveTitle,
            Region::Head | Region::Unknown => Place::UnderTitle,
            Region::Middle => Place::InBody,
            Region::Tail => Place::AfterBody,
        }
    }

    fn line(&self, index: usize) -> Line {
        let RawLine { number, span, .. } = self.lines[index];
        let (kind, why) = match &self.named[index] {
            Some((kind, why)) => (*kind, why.clone()),
            None if self.cut[index] => (LineKind::Boilerplate, self.why_cut(index)),
            None => (LineKind::Body, self.why_kept(index)),
        };
        Line { line: number, span, kind, why }
    }

    fn why_cut(&self, index: usize) -> String {
        let view = &self.views[index];
        let mut reasons: Vec<String> = Vec::new();
        if let Some(cue) = view.cue() {
            let verb = if cue.stand == Stand::Hint { "may belong to" } else { "belongs to" };
            reasons.push(format!("“{}” {verb} {}", cue.text, cue.clutter.words()));
        }
        reasons.extend(strongest(&view.features, 1.0, 3 - reasons.len()));
        reasons.join("; ")
    }

    fn why_kept(&self, index: usize) -> String {
        let view = &self.views[index];
        if let Some(why) = self.returned[index] {
            return why.to_owned();
        }
        if view.is_protected() && self.scores[index] >= weights::CUT {
            return "holds a quotation and a verb of speech, which is never cut".to_owned();
        }
        let reasons: Vec<String> = strongest(&view.features, -1.0, 2).collect();
        if !reasons.is_empty() {
            reasons.join("; ")
        } else if self.prose.is_none() {
            "the page has no paragraph to tell text from clutter by".to_owned()
        } else {
            "too little speaks against it".to_owned()
        }
    }
}

/// What makes clutter of a line by its words, not by its shape and place.
const OWN_WORDS: [Feature; 6] =
    [Feature::LinkOnly, Feature::Links, Feature::Contact, Feature::Breadcrumb, Feature::AuthorCard, Feature::CueHint];

const NO_SITE: &str = "looks like clutter by its shape alone, and nothing shows that the text is a site's page";
const TOO_MUCH: &str = "looks like clutter, but with it too much of the page would go";

/// The features that speak most in the direction of `sign`, in words.
fn strongest(features: &[Feature], sign: f32, count: usize) -> impl Iterator<Item = String> {
    let is_cue = |feature: Feature| {
        matches!(
            feature,
            Feature::CueWhole
                | Feature::CueStart
                | Feature::CueStartSentence
                | Feature::CueInside
                | Feature::CueInsideProse
                | Feature::CueHint
        )
    };
    let mut sorted: Vec<Feature> =
        features.iter().copied().filter(|&f| weights::weight(f) * sign > 0.0 && !is_cue(f)).collect();
    sorted.sort_by(|&a, &b| (weights::weight(b) * sign).total_cmp(&(weights::weight(a) * sign)).then(a.cmp(&b)));
    sorted.dedup();
    sorted.truncate(count);
    sorted.into_iter().map(|feature| weights::words(feature).to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    /// The page has no paragraphs.
    Unknown,
    Head,
    Middle,
    Tail,
}

/// Where the text begins and ends: the first paragraph, and the last paragraph or sentence. Where no line is long enough
/// for a paragraph, any sentence will do.
fn prose_of(views: &[View]) -> Option<(usize, usize)> {
    let plain = |view: &View| !view.cues.iter().any(|cue| cue.stand != Stand::Hint);
    let sentence = |view: &View| view.ends && view.words >= 4 && plain(view);
    let told = |view: &View| sentence(view) && view.words >= 5 && view.small;
    let first = views.iter().position(|view| view.prose).or_else(|| views.iter().position(sentence))?;
    let last = views.iter().rposition(|view| view.prose || told(view)).or_else(|| views.iter().rposition(sentence))?;
    Some((first, last.max(first)))
}

/// Groups the lines of a hard-wrapped text into paragraphs: each line's entry is the index of its paragraph's first line.
fn blocks_of(lines: &[RawLine<'_>]) -> Vec<usize> {
    let adjacent = |index: usize| lines[index].number + 1 == lines[index + 1].number;
    let runs_on = |index: usize| {
        adjacent(index)
            && (40..=120).contains(&lines[index].span.len())
            && !super::surface::ends_sentence(lines[index].text)
            && super::surface::starts_small(lines[index + 1].text)
    };
    let pairs = (0..lines.len().saturating_sub(1)).filter(|&index| adjacent(index)).count();
    let running = (0..lines.len().saturating_sub(1)).filter(|&index| runs_on(index)).count();
    let wrapped = running >= 4 && running * 3 >= pairs;
    let mut blocks: Vec<usize> = Vec::with_capacity(lines.len());
    for index in 0..lines.len() {
        let joins = wrapped
            && index > 0
            && adjacent(index - 1)
            && (lines[index - 1].span.len() >= 40 || super::surface::starts_small(lines[index].text));
        blocks.push(if joins { blocks[index - 1] } else { index });
    }
    blocks
}

fn clean_title(line: &str) -> String {
    without_markup(line).split_whitespace().collect::<Vec<_>>().join(" ")
}
