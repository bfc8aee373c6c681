use wirecopy_model::Evidence;

use crate::damage::damage;
use crate::document::Document;
use crate::params::orphan as params;

/// Whether a text was visibly made from another that need not be at hand, and what shows it: words glued together,
/// sentences broken in two, marks out of place. `None` where too little shows it. An agency's credit alone is none: it
/// says whose text it is, not that it was altered.
///
/// ```
/// use wirecopy_copies::{Document, orphan};
/// let whole = Document::of_text("a", "The talks failed over climate change, the agency said. Nobody signed.");
/// let spun = Document::of_text("b", "The talksThe mayor failed over climate change. , the agency said , and nobody signed.");
/// assert_eq!(orphan(&whole), None);
/// assert!(orphan(&spun).is_some());
/// ```
pub fn orphan(document: &Document) -> Option<Vec<Evidence>> {
    let found = damage(document);
    let dense = found.len() as f64 * params::WORDS_PER_DAMAGE >= document.len() as f64;
    (found.len() >= params::DAMAGES && dense).then(|| {
        found.iter().map(|damage| Evidence::new("damage", format!("{} at “{}”", damage.what, damage.words))).collect()
    })
}
