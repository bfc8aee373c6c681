use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use wirecopy_model::{Article, ArticleId, ContentId, PROBABLE, Statement, Story};

use crate::library::Places;
use crate::sides::{clearest, names_of, set_against};
use crate::{Cited, ClaimRow, Error, Library, Member, Sides};

/// What is said in a story, by who says it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Voices {
    /// The speakers by name, those with most statements first.
    pub speakers: Vec<Voice>,
    /// What two of them say, side by side; `None` where fewer than two are named.
    pub sides: Option<Sides>,
    /// Of how many articles the claims were read.
    pub articles: usize,
}

/// What one speaker is told to have said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// The name.
    pub speaker: String,
    /// How many statements are told of this speaker.
    pub count: usize,
    /// The first of them, those that most accounts tell before.
    pub said: Vec<Voiced>,
}

/// A statement in its clearest wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voiced {
    /// The wording and its place.
    #[serde(flatten)]
    pub cited: Cited,
    /// How many accounts tell it.
    pub accounts: usize,
}

/// So many speakers are listed, and so many statements of each.
const MOST_SPEAKERS: usize = 40;
const MOST_SAID: usize = 30;
/// Of larger stories the claims of so many articles are read while a reader waits: those that root accounts first, which
/// tell what their copies repeat.
const MOST_ARTICLES: usize = 40;

impl Library<'_> {
    /// Who says what in a story; `between` are the names of two sides, as [`crate::sides`] takes them.
    pub fn voices(&self, story: &Story, between: Option<[&str; 2]>) -> Result<Voices, Error> {
        let mut ids: Vec<ArticleId> = story.articles.clone();
        if ids.len() > MOST_ARTICLES {
            let accounts = self.store().accounts_in(&story.story.to_string())?;
            ids.sort_by_key(|id| !accounts.iter().any(|account| account.root == *id));
            ids.truncate(MOST_ARTICLES);
        }
        let rows = clearest(self.claims_in(story, &ids)?);
        let mut articles: HashMap<ArticleId, Article> = HashMap::new();
        for row in &rows {
            if !articles.contains_key(&row.article) {
                articles.insert(row.article.clone(), self.article(row.article.as_str())?);
            }
        }
        let voices = voices(story.story, &rows, |id| articles.get(id), between);
        Ok(Voices { articles: ids.len(), ..voices })
    }
}

/// Who says what on these articles of a story.
pub(crate) fn voices_of(story: ContentId, members: &[Member], statements: Vec<Statement>) -> Voices {
    let places = Places::of(statements);
    let articles: HashMap<&ArticleId, &Article> =
        members.iter().map(|member| (&member.article.id, &member.article)).collect();
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_by(|one, other| one.article.id.cmp(&other.article.id));
    let rows = sorted.iter().flat_map(|member| places.rows(&member.article.id, member.claims.clone())).collect();
    let voices = voices(story, &clearest(rows), |id| articles.get(id).copied(), None);
    Voices { articles: members.len(), ..voices }
}

fn voices<'a>(
    story: ContentId,
    rows: &[ClaimRow],
    article: impl Fn(&ArticleId) -> Option<&'a Article>,
    between: Option<[&str; 2]>,
) -> Voices {
    let mut by: BTreeMap<&str, Vec<&ClaimRow>> = BTreeMap::new();
    for row in rows {
        let named = row.claim.chain.iter().filter(|link| link.certainty >= PROBABLE);
        for name in named.filter_map(|link| link.speaker.as_deref()) {
            let told = by.entry(name).or_default();
            if told.last().is_none_or(|last| !std::ptr::eq(*last, row)) {
                told.push(row);
            }
        }
    }
    let mut speakers: Vec<(&str, Vec<&ClaimRow>)> = by.into_iter().collect();
    speakers.sort_by_key(|(_, told)| Reverse(told.len()));
    let voice = |(name, mut told): (&str, Vec<&ClaimRow>)| {
        told.sort_by_key(|row| Reverse(row.accounts));
        let wording = |row: &&ClaimRow| {
            let article = article(&row.article)?;
            Some(Voiced { cited: Cited::new(article, None, &row.claim), accounts: row.accounts })
        };
        Voice {
            speaker: name.to_owned(),
            count: told.len(),
            said: told.iter().take(MOST_SAID).filter_map(wording).collect(),
        }
    };
    let between = between.map(|sides| sides.map(names_of));
    let sides = set_against(story, rows, &article, between).filter(|sides| !sides.topics.is_empty());
    Voices { speakers: speakers.into_iter().take(MOST_SPEAKERS).map(voice).collect(), sides, articles: 0 }
}
