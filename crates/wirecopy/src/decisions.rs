use std::collections::HashMap;

use serde::Serialize;
use wirecopy_model::{ArticleId, ContentId, Story};
use wirecopy_store::{Decision, KeptDecision, Store};

use crate::{Error, Library};

/// The user's decisions, found by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    kept: Vec<KeptDecision>,
}

/// The fewest digits by which an id is meant.
const LEAST_DIGITS: usize = 6;

impl Decisions {
    /// All of a store.
    pub fn read(store: &Store) -> Result<Self, Error> {
        Ok(Decisions { kept: store.decisions()? })
    }

    fn of(&self, concerns: impl Fn(&Decision) -> bool) -> Vec<&KeptDecision> {
        self.kept.iter().filter(|kept| concerns(&kept.decision)).collect()
    }

    /// Those about an article: its notes, its date, its speakers.
    pub fn on_article(&self, id: &ArticleId) -> Vec<&KeptDecision> {
        self.of(|decision| match decision {
            Decision::RejectDate { article } | Decision::RejectSpeaker { article, .. } => article == id,
            Decision::Note { about, .. } => about == id.as_str(),
            _ => false,
        })
    }

    /// Those about two articles: that they are no copies, and notes on `A B`, in either order.
    pub fn on_pair(&self, one: &ArticleId, other: &ArticleId) -> Vec<&KeptDecision> {
        let both = [format!("{one} {other}"), format!("{other} {one}")];
        self.of(|decision| match decision {
            Decision::RejectEdge { a, b } => (a, b) == (one, other) || (a, b) == (other, one),
            Decision::Note { about, .. } => both.contains(about),
            _ => false,
        })
    }

    /// Those about a story: its notes, and the merges and splits that name its articles.
    pub fn on_story(&self, story: &Story) -> Vec<&KeptDecision> {
        let holds = |id: &ArticleId| story.articles.contains(id);
        self.of(|decision| match decision {
            Decision::Merge { one, other } => holds(one) || holds(other),
            Decision::Split { articles } => articles.iter().any(holds),
            Decision::Note { about, .. } => means(about, story.story),
            _ => false,
        })
    }

    /// The notes on a disagreement, a quotation or a family, by the id or its beginning.
    pub fn on(&self, id: ContentId) -> Vec<&KeptDecision> {
        self.of(|decision| match decision {
            Decision::RejectDispute { dispute } => *dispute == id,
            Decision::Note { about, .. } => means(about, id),
            _ => false,
        })
    }
}

/// Whether this is the id, or begins it.
fn means(about: &str, id: ContentId) -> bool {
    about.len() >= LEAST_DIGITS && id.to_string().starts_with(about)
}

/// A decision as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    /// The decision and its number.
    #[serde(flatten)]
    pub kept: KeptDecision,
    /// The decision in words.
    pub says: String,
    /// What it does now, in words.
    pub does: String,
    /// What it is about, where that is in the store.
    pub about: Option<About>,
    /// The command that takes it back.
    pub undo: String,
}

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// An article.
    Article(ArticleId),
    /// Two articles.
    Pair(ArticleId, ArticleId),
    /// A story.
    Story(ContentId),
    /// A disagreement, by its id, of a story.
    Dispute(ContentId, ContentId),
    /// A family.
    Family(ContentId),
    /// A quotation.
    Quote(ContentId),
}

/// A decision in words.
pub fn in_words(decision: &Decision) -> String {
    match decision {
        Decision::RejectEdge { a, b } => format!("{a} and {b} are no copies of each other"),
        Decision::RejectDispute { dispute } => format!("{dispute} is no dispute"),
        Decision::RejectSpeaker { article, speaker } => format!("no source of {article} stands for {speaker}"),
        Decision::RejectDate { article } => format!("the date that {article} claims is wrong"),
        Decision::Merge { one, other } => format!("the stories of {one} and {other} are one"),
        Decision::Split { articles } => {
            let ids: Vec<&str> = articles.iter().map(ArticleId::as_str).collect();
            format!("a story of their own: {}", ids.join(" "))
        }
        Decision::Note { about, text } => format!("note on {about}: {text}"),
    }
}

/// The command that makes a decision, as a POSIX shell takes it.
///
/// ```
/// use wirecopy::{Decision, decide_command};
/// let decision = Decision::RejectDate { article: "desk/it's late.txt".into() };
/// assert_eq!(decide_command(&decision), r"wirecopy decide reject-date 'desk/it'\''s late.txt'");
/// ```
pub fn decide_command(decision: &Decision) -> String {
    let (name, given): (&str, Vec<String>) = match decision {
        Decision::RejectEdge { a, b } => ("reject-edge", vec![a.to_string(), b.to_string()]),
        Decision::RejectDispute { dispute } => ("reject-dispute", vec![dispute.to_string()]),
        Decision::RejectSpeaker { article, speaker } => ("reject-speaker", vec![article.to_string(), speaker.clone()]),
        Decision::RejectDate { article } => ("reject-date", vec![article.to_string()]),
        Decision::Merge { one, other } => ("merge", vec![one.to_string(), other.to_string()]),
        Decision::Split { articles } => ("split", articles.iter().map(ArticleId::to_string).collect()),
        Decision::Note { about, text } => ("note", vec![about.clone(), text.clone()]),
    };
    let words = given.iter().map(|word| format!(" {}", shell_word(word)));
    format!("wirecopy decide {name}{}", words.collect::<String>())
}

fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+=,-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl Library<'_> {
    /// The decisions in the order in which they were made, with what each does now.
    pub fn decisions(&self) -> Result<Vec<DecisionRow>, Error> {
        let row = |kept: KeptDecision| {
            let (does, about) = self.effect(&kept.decision)?;
            let (says, undo) = (in_words(&kept.decision), format!("wirecopy decide undo {}", kept.number));
            Ok(DecisionRow { kept, says, does, about, undo })
        };
        self.store().decisions()?.into_iter().map(row).collect()
    }

    fn effect(&self, decision: &Decision) -> Result<(String, Option<About>), Error> {
        let store = self.store();
        Ok(match decision {
            Decision::RejectEdge { a, b } => {
                let does = match store.is_verified(a.as_str(), b.as_str())? {
                    true => "Their common words were found, and are not counted as copying.",
                    false => "Nothing: no common words were found that would make them copies.",
                };
                (does.to_owned(), Some(About::Pair(a.clone(), b.clone())))
            }
            Decision::RejectDispute { dispute } => match store.story_of_dispute(*dispute)? {
                Some(story) => ("It is not shown as a disagreement.".to_owned(), Some(About::Dispute(*dispute, story))),
                None => ("Nothing: no such disagreement is found any more.".to_owned(), None),
            },
            Decision::RejectSpeaker { article, speaker } => {
                let claims = store.claims_of(article.as_str())?;
                let named = claims.iter().flat_map(|claim| &claim.chain);
                let count = named.filter(|link| link.speaker.as_ref() == Some(speaker)).count();
                let does = match count {
                    0 => "Nothing: the page is not read as citing anybody of this name.".to_owned(),
                    1 => "One source of the page is left without that name.".to_owned(),
                    count => format!("{count} sources of the page are left without that name."),
                };
                (does, Some(About::Article(article.clone())))
            }
            Decision::RejectDate { article } => {
                let date = store.head(article.as_str())?.and_then(|head| head.published);
                let does = match date.and_then(|date| date.value) {
                    Some(value) => format!("The page is dated {value} by other evidence."),
                    None => "The page is undated, or dated by a span of days alone.".to_owned(),
                };
                (does, Some(About::Article(article.clone())))
            }
            Decision::Merge { one, other } => self.merged(one, other)?,
            Decision::Split { articles } => self.split_off(articles)?,
            Decision::Note { about, .. } => match self.about(about)? {
                Some(about) => ("It is shown with what it is about.".to_owned(), Some(about)),
                None => ("It is shown here alone: nothing in this store has that id.".to_owned(), None),
            },
        })
    }

    fn merged(&self, one: &ArticleId, other: &ArticleId) -> Result<(String, Option<About>), Error> {
        let (first, second) = (self.story_of(one)?, self.story_of(other)?);
        Ok(match (first, second) {
            (Some(first), Some(second)) if first.story == second.story => {
                ("Both are in one story.".to_owned(), Some(About::Story(first.story)))
            }
            (Some(first), _) => {
                let does = "Nothing: a later decision, or their copies, set them apart again.";
                (does.to_owned(), Some(About::Story(first.story)))
            }
            _ => ("Nothing: the pages are not there.".to_owned(), None),
        })
    }

    fn split_off(&self, articles: &[ArticleId]) -> Result<(String, Option<About>), Error> {
        let mut stories: HashMap<ContentId, Story> = HashMap::new();
        for id in articles {
            stories.extend(self.story_of(id)?.map(|story| (story.story, story)));
        }
        let about = stories.keys().next().map(|id| About::Story(*id));
        Ok(match stories.len() {
            0 => ("Nothing: the pages are not there.".to_owned(), None),
            1 => {
                let with = stories.values().map(|story| story.articles.len()).sum::<usize>() - articles.len();
                let does = match with {
                    0 => "They are a story of their own.".to_owned(),
                    1 => "They are a story of their own, with one page more: its copies go with a page.".to_owned(),
                    with => format!("They are a story of their own, with {with} pages more: copies go with a page."),
                };
                (does, about)
            }
            _ => ("They are in several stories: a later decision set them apart again.".to_owned(), about),
        })
    }

    /// What has this id, or an id that begins so.
    pub fn about(&self, id: &str) -> Result<Option<About>, Error> {
        let store = self.store();
        if let Ok(article) = self.article(id) {
            return Ok(Some(About::Article(article.id)));
        }
        // Ids may have spaces themselves.
        for (at, _) in id.match_indices(' ') {
            if let (Ok(one), Ok(other)) = (self.article(&id[..at]), self.article(&id[at + 1..])) {
                return Ok(Some(About::Pair(one.id, other.id)));
            }
        }
        if id.len() < LEAST_DIGITS || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        if let Ok(story) = self.story(id) {
            return Ok(Some(About::Story(story.story)));
        }
        let Ok(whole) = id.parse::<ContentId>() else { return Ok(None) };
        if let Some(story) = store.story_of_dispute(whole)? {
            return Ok(Some(About::Dispute(whole, story)));
        }
        if store.family(id)?.is_some() {
            return Ok(Some(About::Family(whole)));
        }
        Ok(store.quote(id)?.map(|_| About::Quote(whole)))
    }
}
