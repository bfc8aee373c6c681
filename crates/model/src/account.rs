use serde::{Deserialize, Serialize};

use crate::{ArticleId, ContentId, Evidence};

/// What one article (its root) tells first in this store, with the pages that were made from it. An account is not
/// thereby independent: only dependence can be observed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its id: it follows from its root.
    pub account: ContentId,
    /// The article that tells it first.
    pub root: ArticleId,
    /// All pages that carry it, the root first, then sorted.
    pub articles: Vec<ArticleId>,
    /// Whether the root was visibly made from something that is not in the store.
    pub orphan: bool,
    /// Accounts that it relays without copying them.
    pub rests_on: Vec<ContentId>,
    /// The speakers and documents at the roots of its chains.
    pub origins: Vec<String>,
    /// Why it is counted.
    pub evidence: Vec<Evidence>,
}

impl Account {
    /// The id of the account that this article roots.
    pub fn id_of(root: &ArticleId) -> ContentId {
        ContentId::of("account", [root.as_str()])
    }
}
