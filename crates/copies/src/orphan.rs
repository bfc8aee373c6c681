use wirecopy_model::Evidence;

use crate::credit::mangled;
use crate::damage::damage;
use crate::direction::shorten;
use crate::document::{Document, flag};
use crate::language::is_translation_note;
use crate::params::orphan as params;

/// Whether a text was visibly made from another that need not be at hand, and what shows it: words glued together,
/// sentences broken in two, marks out of place, a line that calls it a translation, a source whose name was turned into
/// other words. `None` where too little shows it. An agency's credit alone is none: it says whose text it is, not that it
/// was altered.
///
/// ```
/// use wirecopy_copies::{Document, orphan};
/// let whole = Document::of_text("a", "The talks failed over climate change, the agency said. Nobody signed.");
/// let spun = Document::of_text("b", "The talksThe mayor failed over climate change. , the agency said , and nobody signed.");
/// let told = Document::of_text("c", "The talks failed over climate change, the agency said.\n(Translated from the French)");
/// assert_eq!(orphan(&whole), None);
/// assert!(orphan(&spun).is_some());
/// assert_eq!(orphan(&told).unwrap()[0].kind, "translation");
/// let credit = Document::of_text("d", "The talks failed, the Related Press reported on Monday.");
/// assert_eq!(orphan(&credit).unwrap()[0].kind, "mangled-credit");
/// ```
pub fn orphan(document: &Document) -> Option<Vec<Evidence>> {
    let mut found: Vec<Evidence> = Vec::new();
    if let Some(note) = translation_note(document) {
        found.push(Evidence::new("translation", format!("the line “{}” calls it a translation", shorten(note))));
    }
    for (name, was) in mangled(document) {
        found.push(Evidence::new(
            "mangled-credit",
            format!("its source “{name}” was “{was}” before a program altered it"),
        ));
    }
    let broken = damage(document);
    let dense = broken.len() as f64 * params::WORDS_PER_DAMAGE >= document.len() as f64;
    if broken.len() >= params::DAMAGES && dense {
        let told = |what: &str, words: &str| Evidence::new("damage", format!("{what} at “{words}”"));
        found.extend(broken.iter().map(|damage| told(damage.what, &damage.words)));
    }
    (!found.is_empty()).then_some(found)
}

/// A short line at either end of the text that says it was translated.
fn translation_note(document: &Document) -> Option<&str> {
    let words = &document.words;
    let starts: Vec<usize> =
        (0..words.len()).filter(|&at| words[at].is(flag::PARAGRAPH)).chain([words.len()]).collect();
    let lines: Vec<&[usize]> = starts.windows(2).collect();
    let ends = lines.iter().take(params::NOTE_LINES).chain(lines.iter().rev().take(params::NOTE_LINES));
    ends.filter(|line| line[1] - line[0] <= params::NOTE_WORDS)
        .map(|line| document.slice(line[0], line[1]))
        .find(|line| is_translation_note(line))
}
