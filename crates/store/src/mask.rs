use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wirecopy_model::{Article, LineKind, Span};

/// What a site repeats of an article, laid over the lines as its page alone tells them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteMask {
    /// The lines, by number, with the reason.
    pub lines: BTreeMap<usize, String>,
    /// The body without them.
    pub kept: Span,
}

impl SiteMask {
    /// What `masked` has as boilerplate and the article as it came has not; `None` if nothing.
    pub fn between(article: &Article, masked: &Article) -> Option<Self> {
        let changed = article.lines.iter().zip(&masked.lines).filter(|(own, masked)| own.kind != masked.kind);
        let lines: BTreeMap<usize, String> = changed.map(|(_, masked)| (masked.line, masked.why.clone())).collect();
        (!lines.is_empty()).then(|| SiteMask { lines, kept: masked.kept.clone() })
    }

    /// Lays the mask over an article.
    pub fn lay(self, article: &mut Article) {
        for line in &mut article.lines {
            if let Some(why) = self.lines.get(&line.line) {
                line.kind = LineKind::Boilerplate;
                line.why.clone_from(why);
            }
        }
        article.kept = self.kept;
    }
}
