use serde::{Deserialize, Serialize};

use crate::{ArticleId, ContentId, Span};

/// The claims of an article: who is said to have said what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimedArticle {
    /// The article.
    pub id: ArticleId,
    /// Its claims, in the order of their cues in the text; of one cue's claims the outer chain first.
    pub claims: Vec<Claim>,
}

/// Something that somebody is said to have said, written or thought.
///
/// A claim inside a claim has the chain of the outer one and a link more: "the ministry said that Ms Orr had told it
/// the dam held" gives two claims, with the chains *ministry* and *ministry, Ms Orr*.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Whether the source's own words are given.
    pub kind: ClaimKind,
    /// How much of the content stands between quotation marks, whosever they are.
    pub quoted: Quoted,
    /// What is said.
    pub content: Span,
    /// Who says it, from the outermost speaker to the innermost; never empty.
    pub chain: Vec<ClaimLink>,
    /// Whether the text says that the source did *not* say this: declined, has not said, would not confirm.
    pub negated: bool,
    /// How the innermost source holds it.
    pub medium: Medium,
}

impl Claim {
    /// The innermost link: the one whose words the content is.
    ///
    /// # Panics
    /// If the chain is empty, which no stage makes.
    pub fn last(&self) -> &ClaimLink {
        self.chain.last().expect("a claim has a link")
    }

    /// How many links its chain has.
    pub fn depth(&self) -> usize {
        self.chain.len()
    }
}

/// One step of a claim's chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimLink {
    /// The words that name who says it; empty where the text names nobody.
    pub source: Span,
    /// The words that say that it is said; empty for a colon.
    pub cue: Span,
    /// The name that the source stands for; `None` where that cannot be told.
    pub speaker: Option<String>,
    /// How certain the speaker's name is right, from 0 to 1; 0 where there is none.
    pub certainty: f64,
}

/// Whether a claim gives its source's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// All of the content is quoted, and the words are this source's.
    Direct,
    /// A part of it is.
    Mixed,
    /// None of it is.
    Indirect,
}

/// How much of a content stands between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quoted {
    /// All of it.
    Full,
    /// Some of it.
    Part,
    /// Nothing.
    None,
}

/// How a source holds what it is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Medium {
    /// It was said, or published by an institution.
    Speech,
    /// It is written somewhere: a report, a letter, a tweet.
    Writing,
    /// It is a stance, said or not: wants, fears, believes.
    Attitude,
}

/// The same claim in several articles of a story: one statement with its wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its id: it follows from the first place where it stands.
    pub statement: ContentId,
    /// Who says it according to the clearest wording, outermost first; `None` where that wording names nobody.
    pub chain: Vec<Option<String>>,
    /// How certain the last of them is.
    pub certainty: f64,
    /// Other speakers that articles name: an attribution that was altered on the way, or misread.
    pub others: Vec<String>,
    /// How many accounts make it; none where only a copyist's wording does, in a passage whose source says no such thing.
    pub accounts: usize,
    /// The claims, the clearest wording first.
    pub claims: Vec<ClaimPlace>,
}

/// A claim of an article, by its number among them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimPlace {
    /// The article.
    pub article: ArticleId,
    /// The number, from 0.
    pub claim: usize,
}
