//! What can be seen of each line of a page, before neighbours are taken into account.

use std::collections::HashMap;

use super::lexicon::{Clutter, Cue, Stand, cues_in, is_small_word, is_speech_verb};
use super::surface::{RawLine, ends_sentence, key_of, starts_small, without_markup, word_count};
use super::weights::{self, Feature};

/// What a line shows by itself.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub key: String,
    pub words: usize,
    pub ends: bool,
    pub small: bool,
    pub quotation: bool,
    pub speech: bool,
    /// Text of the article by its shape: a sentence of some length, or a long line that reads like text.
    pub prose: bool,
    /// A cue stands before the line's first colon, bar or gap.
    pub labelled: bool,
    pub cues: Vec<Cue>,
    pub features: Vec<Feature>,
}

impl View {
    /// Looks at one line, or at the lines of one hard-wrapped paragraph joined by spaces.
    pub fn of(text: &str) -> Self {
        let line = without_markup(text);
        let words = word_count(line);
        // A paragraph of any length is judged by its beginning.
        let head = floor(line, weights::CUE_BYTES);
        let unlinked;
        let key = if head.contains("://") || head.contains("pic.twitter") {
            let words: Vec<&str> = head.split_whitespace().filter(|word| !is_link(word)).collect();
            unlinked = words.join(" ");
            key_of(&unlinked)
        } else {
            key_of(head)
        };
        let key_words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        let small_words = key_words.iter().filter(|word| is_small_word(word)).count();
        let small = small_words as f64 >= weights::SMALL_WORD_SHARE * key_words.len() as f64 && small_words > 0;
        let ends = ends_sentence(line);
        let label = label_of(head);
        let cues = cues_in(&key, label.as_deref());
        let labelled =
            label.is_some_and(|label| cues.iter().any(|cue| cue.stand == Stand::Start && label.starts_with(cue.text)));
        let quotation = has_quotation(head);
        let speech = key_words.iter().any(|word| is_speech_verb(word));
        let prose = (ends && words >= weights::PARAGRAPH_WORDS || words >= weights::LONG_LINE_WORDS && (small || ends))
            && !cues.iter().any(|cue| cue.stand == Stand::Inside && words < weights::LONG_LINE_WORDS * 2);
        let mut view = View { key, words, ends, small, quotation, speech, prose, labelled, cues, features: Vec::new() };
        view.features = view.own_features(line, head);
        view
    }

    /// A line that must stay: a quotation with a verb of speech is what the tool is after.
    pub fn is_protected(&self) -> bool {
        self.quotation && self.speech
    }

    /// The clutter that this line is the heading of, if it is one.
    pub fn heads(&self) -> Option<Clutter> {
        self.cues.iter().find(|cue| cue.stand == Stand::Whole && cue.clutter.heads_a_list()).map(|cue| cue.clutter)
    }

    /// The strongest cue.
    pub fn cue(&self) -> Option<Cue> {
        let rank = |stand| match stand {
            Stand::Whole => 0,
            Stand::Inside => 1,
            Stand::Start => 2,
            Stand::Hint => 3,
        };
        self.cues.iter().copied().min_by_key(|cue| rank(cue.stand))
    }

    fn own_features(&self, line: &str, head: &str) -> Vec<Feature> {
        let mut features = Vec::new();
        let mut add = |condition: bool, feature| {
            if condition {
                features.push(feature);
            }
        };
        let has = |stand| self.cues.iter().any(|cue| cue.stand == stand);
        let long = self.words >= 40;
        add(has(Stand::Whole), Feature::CueWhole);
        let starts = has(Stand::Start) && !has(Stand::Whole) && !(self.prose && long);
        let labelled =
            self.cues.iter().any(|cue| cue.stand == Stand::Start && cue.parted) || !self.ends || self.labelled;
        add(starts && labelled, Feature::CueStart);
        add(starts && !labelled, Feature::CueStartSentence);
        add(has(Stand::Inside) && !long, Feature::CueInside);
        add(has(Stand::Inside) && long, Feature::CueInsideProse);
        let counted = |hint: &Cue| self.cues.iter().any(|cue| cue.stand != Stand::Hint && cue.text.contains(hint.text));
        let mut hints: Vec<&str> =
            self.cues.iter().filter(|cue| cue.stand == Stand::Hint && !counted(cue)).map(|cue| cue.text).collect();
        hints.sort_unstable();
        hints.dedup();
        // What a long paragraph mentions it may report on.
        let hints = match self.words {
            60.. => 0,
            25.. if self.prose => hints.len().min(2),
            _ => hints.len().min(4),
        };
        for _ in 0..hints {
            add(!has(Stand::Whole), Feature::CueHint);
        }
        let marks = Marks::of(head);
        add(marks.links > 0 && marks.words <= marks.links, Feature::LinkOnly);
        let attribution = line.starts_with(['—', '–']) && line.contains("(@");
        add(attribution, Feature::PostAttribution);
        add(marks.links > 0 && marks.words > marks.links && !attribution, Feature::Links);
        add(marks.address && self.words <= 15, Feature::Contact);
        add(self.key.is_empty() && self.words == 0, Feature::NoLetters);
        add(marks.digits > 0 && marks.digits >= marks.letters && self.words <= 4, Feature::Counter);
        add(line.ends_with([',', ':', '、', '，', '：', ';']) && self.words >= 2, Feature::EndsOpen);
        add(marks.separators >= 2 || marks.separators == 1 && self.words <= 8 && !self.ends, Feature::Separators);
        add(line.ends_with("...") || line.ends_with('…') || line.ends_with("[…]"), Feature::BreaksOff);
        add(self.words <= 3, Feature::ThreeWords);
        add((4..=7).contains(&self.words), Feature::FewWords);
        add(!self.ends, Feature::NoStop);
        add(self.ends && self.words >= 5, Feature::Sentence);
        add(self.prose, Feature::Paragraph);
        add(self.small && self.words >= 4, Feature::SmallWords);
        add(self.quotation, Feature::Quotation);
        add(self.speech, Feature::SpeechVerb);
        features
    }
}

/// The longest head of `text` of at most `bytes` bytes.
fn floor(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut at = bytes;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// The key of what stands before the first colon, bar, arrow or wide gap of a line.
fn label_of(line: &str) -> Option<String> {
    let spaced = line.replace('\u{a0}', " ");
    let cut =
        [":", "|", "»", "›", "→", " – ", " — ", " - ", "/", "  ", " >"].iter().filter_map(|s| spaced.find(s)).min()?;
    Some(key_of(&spaced[..cut]))
}

/// Whether at least three words stand inside quotation marks, or a mark is opened or closed around the line's text.
fn has_quotation(line: &str) -> bool {
    let mut open: Option<usize> = None;
    for (at, c) in line.char_indices() {
        let opens = matches!(c, '“' | '„' | '«') || c == '"' && open.is_none();
        let closes = matches!(c, '”' | '»' | '"') || c == '“' && open.is_some();
        if let (Some(start), true) = (open, closes) {
            if word_count(&line[start..at]) >= 3 {
                return true;
            }
            open = None;
        } else if opens {
            open = Some(at + c.len_utf8());
        }
    }
    // A quotation that goes on in the next paragraph has no closing mark.
    open.is_some_and(|start| word_count(&line[start..]) >= 3)
}

/// The marks and counts of a line.
#[derive(Default)]
struct Marks {
    links: usize,
    words: usize,
    letters: usize,
    digits: usize,
    separators: usize,
    /// An e-mail address.
    address: bool,
}

impl Marks {
    fn of(line: &str) -> Self {
        let mut marks = Marks::default();
        for c in line.chars() {
            marks.letters += usize::from(c.is_alphabetic());
            marks.digits += usize::from(c.is_ascii_digit());
            marks.separators += usize::from(matches!(c, '|' | '•' | '·' | '»' | '›' | '→' | '>' | '←' | '▼' | '▸'));
        }
        for word in line.split_whitespace() {
            marks.words += usize::from(word.chars().any(char::is_alphanumeric));
            marks.links += usize::from(is_link(word));
            marks.address |= is_address(word);
        }
        // A quotation in angle marks is no path.
        if line.contains('«') {
            marks.separators -= marks.separators.min(line.matches('»').count());
        }
        marks
    }
}

fn is_link(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | ',' | '.' | ';'));
    let named =
        |mark| word.strip_prefix(mark).is_some_and(|rest: &str| rest.chars().next().is_some_and(char::is_alphabetic));
    word.contains("://")
        || word.contains("pic.twitter.com/")
        || word.starts_with("www.")
        || word.contains("](")
        || named('@')
        || named('#')
        || is_address(word)
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'))
}

/// How often each line stands on the page.
pub(crate) fn repeats<'a>(lines: &[RawLine<'a>]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::with_capacity(lines.len());
    for line in lines {
        *counts.entry(line.text.trim()).or_insert(0) += 1;
    }
    counts
}

/// For each line, whether it stands in a run of at least [`RUN`] lines of one make: all begin with a number, a month or
/// the same word, or all are parted by the same mark.
pub(crate) fn runs(lines: &[RawLine<'_>], views: &[View]) -> Vec<bool> {
    let makes: Vec<Option<String>> = lines.iter().zip(views).map(|(line, view)| make_of(line.text, view)).collect();
    let mut alike = vec![false; lines.len()];
    let mut start = 0;
    for end in 1..=lines.len() {
        if end == lines.len() || makes[end] != makes[start] {
            if makes[start].is_some() && end - start >= RUN {
                alike[start..end].fill(true);
            }
            start = end;
        }
    }
    alike
}

/// Lines that make a run.
const RUN: usize = 4;

fn make_of(text: &str, view: &View) -> Option<String> {
    let line = text.trim();
    if view.prose || view.words == 0 || !view.cues.is_empty() {
        return None;
    }
    let first = line.split_whitespace().next()?;
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return Some("a number".to_owned());
    }
    if crate::dates::parse::is_month(first.trim_matches(|c: char| !c.is_alphanumeric())) {
        return Some("a month".to_owned());
    }
    let second_is_number =
        line.split_whitespace().nth(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if second_is_number {
        return Some(first.to_lowercase());
    }
    [" – ", " -- ", " — ", " - ", ": "].iter().find(|mark| line.contains(*mark)).map(|mark| (*mark).to_owned())
}

/// Whether a line goes on with the sentence of the line before it.
pub(crate) fn continues(before: &View, line: &View, text: &str) -> bool {
    !before.ends && before.words >= 4 && starts_small(text) && line.words >= 2
}
