//! What the user decided and noted, where it is about what a page shows; and the commands that decide otherwise.

use wirecopy::{Decision, KeptDecision, decide_command, in_words};

use crate::links::Site;
use crate::words::clip;

/// A decision or a note.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    /// `Note` or `Decided`.
    pub kind: &'static str,
    pub text: String,
    /// Where it stands among all.
    pub href: Option<String>,
}

/// The longest that is shown.
const LONGEST: usize = 2_000;

/// Decisions as a page shows them.
pub(crate) fn remarks(site: Site, kept: &[&KeptDecision]) -> Vec<Remark> {
    let remark = |kept: &&KeptDecision| {
        let (kind, text) = match &kept.decision {
            Decision::Note { text, .. } => ("Note", text.clone()),
            other => ("Decided", in_words(other)),
        };
        let href = (site == Site::Room).then(|| format!("/decisions#d{}", kept.number));
        Remark { kind, text: clip(&text, LONGEST), href }
    };
    kept.iter().map(remark).collect()
}

/// The commands that make these decisions. A report may be read where there is no store: it has none.
pub(crate) fn commands<const N: usize>(site: Site, decisions: [Decision; N]) -> Vec<String> {
    match site {
        Site::Report => Vec::new(),
        Site::Room => decisions.iter().map(decide_command).collect(),
    }
}
