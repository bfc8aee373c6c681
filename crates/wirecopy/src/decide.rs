use serde::Serialize;
use wirecopy_model::ArticleId;
use wirecopy_store::{Decision, Store};

use crate::{BuildOptions, BuildReport, Error, Library, build};

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// Whether it had not been made before.
    pub new: bool,
}

/// Keeps a decision and works out anew what hangs on it. What it names is looked up first, and put in the form that lasts:
/// a version's id becomes its article's, the two ids of an edge stand in order.
///
/// # Errors
/// Where an article or a dispute that it names is not in the store, or the store cannot be written.
///
/// ```
/// use wirecopy::{BuildOptions, Decision, Store, build, decide};
/// # fn main() -> Result<(), wirecopy::Error> {
/// let mut store = Store::in_memory()?;
/// let unknown = Decision::RejectDate { article: "no-such-page".into() };
/// assert!(decide(&mut store, unknown).is_err());
/// # Ok(())
/// # }
/// ```
pub fn decide(store: &mut Store, decision: Decision) -> Result<Decided, Error> {
    let decision = settled(store, decision)?;
    let new = store.decide(&decision)?;
    rebuild(store)?;
    Ok(Decided { decision, new })
}

/// Works out anew what is derived.
fn rebuild(store: &mut Store) -> Result<BuildReport, Error> {
    build::<&str>(store, &[], BuildOptions::default(), &mut |_| {})
}

/// The decision with the ids that the store knows.
fn settled(store: &Store, decision: Decision) -> Result<Decision, Error> {
    let library = Library::open(store)?;
    let known = |id: &ArticleId| Ok::<ArticleId, Error>(library.article(id.as_str())?.id);
    Ok(match decision {
        Decision::RejectEdge { a, b } => {
            let (a, b) = (known(&a)?, known(&b)?);
            if a <= b { Decision::RejectEdge { a, b } } else { Decision::RejectEdge { a: b, b: a } }
        }
        Decision::RejectDispute { dispute } => {
            // Those of very large stories are not kept.
            let held = store.story_of_dispute(dispute)?.is_some()
                || library.disputes(None)?.into_iter().any(|row| row.id == dispute);
            if held { Decision::RejectDispute { dispute } } else { return Err(Error::NoDispute(dispute.to_string())) }
        }
        Decision::RejectSpeaker { article, speaker } => Decision::RejectSpeaker { article: known(&article)?, speaker },
        Decision::RejectDate { article } => Decision::RejectDate { article: known(&article)? },
        Decision::Merge { one, other } => Decision::Merge { one: known(&one)?, other: known(&other)? },
        Decision::Split { articles } => {
            let mut articles = articles.iter().map(known).collect::<Result<Vec<_>, _>>()?;
            articles.sort_unstable();
            articles.dedup();
            Decision::Split { articles }
        }
        note @ Decision::Note { .. } => note,
    })
}
