use std::collections::{BTreeMap, BTreeSet, HashMap};

use wirecopy_model::{ArticleId, Claim, RejectedDate};
use wirecopy_store::{ArticleHead, Decision, Store, StoredPair};

use crate::Error;

/// What the user decided, as far as it changes what is derived.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    /// Pairs that are no copies, the smaller id first.
    edges: BTreeSet<(ArticleId, ArticleId)>,
    /// Names for which no source of the article stands.
    speakers: HashMap<ArticleId, BTreeSet<String>>,
    /// Articles whose claimed dates are wrong.
    dates: BTreeSet<ArticleId>,
    /// Stories that are one or several, in the order of the decisions.
    moves: Vec<Move>,
}

#[derive(Debug)]
enum Move {
    Merge(ArticleId, ArticleId),
    Split(Vec<ArticleId>),
}

impl Decided {
    pub(crate) fn read(store: &Store) -> Result<Self, Error> {
        let mut decided = Decided::default();
        for kept in store.decisions()? {
            match kept.decision {
                Decision::RejectEdge { a, b } => {
                    decided.edges.insert((a, b));
                }
                Decision::RejectSpeaker { article, speaker } => {
                    decided.speakers.entry(article).or_default().insert(speaker);
                }
                Decision::RejectDate { article } => {
                    decided.dates.insert(article);
                }
                Decision::Merge { one, other } => decided.moves.push(Move::Merge(one, other)),
                Decision::Split { articles } => decided.moves.push(Move::Split(articles)),
                Decision::RejectDispute { .. } | Decision::Note { .. } => {}
            }
        }
        Ok(decided)
    }

    /// Takes out the pairs that are no copies.
    pub(super) fn pairs(&self, pairs: &mut Vec<StoredPair>) {
        pairs.retain(|pair| !self.edges.contains(&(pair.edge.a.clone(), pair.edge.b.clone())));
    }

    /// Rejects the dates that are wrong. An article may still be dated by its copies.
    pub(super) fn heads(&self, heads: &mut [ArticleHead]) {
        for head in heads.iter_mut().filter(|head| self.dates.contains(&head.id)) {
            let Some(date) = &mut head.claimed else { continue };
            if let (Some(value), Some(basis)) = (date.value.take(), date.basis.take()) {
                let why = "the user rejected it".into();
                date.rejected.push(RejectedDate { value, basis, why });
            }
            date.interval = None;
            date.why = "the user rejected the date that the page claims".into();
            head.published = head.claimed.clone();
        }
    }

    /// Takes the names out of an article's claims for which none of its sources stands.
    pub(crate) fn claims(&self, article: &ArticleId, claims: &mut [Claim]) {
        let Some(rejected) = self.speakers.get(article) else { return };
        for link in claims.iter_mut().flat_map(|claim| &mut claim.chain) {
            if link.speaker.as_ref().is_some_and(|name| rejected.contains(name)) {
                link.speaker = None;
            }
        }
    }

    /// The names for which no source of the article stands, sorted.
    pub(super) fn rejected_speakers(&self, article: &ArticleId) -> impl Iterator<Item = &String> {
        self.speakers.get(article).into_iter().flatten()
    }

    /// Merges and splits groups of articles. A page goes with its copies: `components` are the groups that hang together
    /// by copying.
    pub(super) fn stories<'a>(
        &self,
        stories: BTreeMap<usize, Vec<&'a ArticleId>>,
        components: &'a [Vec<ArticleId>],
    ) -> BTreeMap<usize, Vec<&'a ArticleId>> {
        let mut stories = stories;
        let mut next = stories.keys().next_back().map_or(0, |last| last + 1);
        let holding = |stories: &BTreeMap<usize, Vec<&ArticleId>>, id: &ArticleId| {
            stories.iter().find(|(_, ids)| ids.contains(&id)).map(|(&number, _)| number)
        };
        for step in &self.moves {
            match step {
                Move::Merge(one, other) => {
                    let (Some(one), Some(other)) = (holding(&stories, one), holding(&stories, other)) else { continue };
                    if one != other
                        && let Some(moved) = stories.remove(&one.max(other))
                        && let Some(held) = stories.get_mut(&one.min(other))
                    {
                        held.extend(moved);
                    }
                }
                Move::Split(articles) => {
                    let wanted: BTreeSet<&ArticleId> = articles.iter().collect();
                    let moved: Vec<&ArticleId> =
                        components.iter().filter(|ids| ids.iter().any(|id| wanted.contains(id))).flatten().collect();
                    if moved.is_empty() {
                        continue;
                    }
                    let leaving: BTreeSet<&ArticleId> = moved.iter().copied().collect();
                    for ids in stories.values_mut() {
                        ids.retain(|id| !leaving.contains(id));
                    }
                    stories.retain(|_, ids| !ids.is_empty());
                    stories.insert(next, moved);
                    next += 1;
                }
            }
        }
        stories
    }
}
