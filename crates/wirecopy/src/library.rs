use std::cell::OnceCell;
use std::collections::HashMap;

use wirecopy_model::{Article, ArticleId, Claim, ContentId, Family, LineageEdge, PROBABLE, Reject, Statement, Story};
use wirecopy_store::{ArticleHead, Store};
use wirecopy_text::{Points, fold, sentences, words};

use crate::build::Decided;
use crate::{AccountRow, ArticleRow, ClaimRow, CopyRow, Error, LineageRow, QuoteRow, SearchRow};

/// Answers from a store.
pub struct Library<'s> {
    store: &'s Store,
    /// Read when it is first asked for: a question about one page does without.
    stories: OnceCell<Stories>,
}

/// The stories of a store.
struct Stories {
    all: Vec<Story>,
    /// The place in `all` of each article's story.
    place: HashMap<ArticleId, usize>,
}

impl Stories {
    fn of(&self, id: &ArticleId) -> Option<&Story> {
        self.place.get(id).map(|&place| &self.all[place])
    }

    fn id(&self, id: &ArticleId) -> Option<ContentId> {
        self.of(id).map(|story| story.story)
    }

    /// The story that all of these are in.
    fn common<'a>(&self, ids: impl IntoIterator<Item = &'a ArticleId>) -> Option<ContentId> {
        let mut stories = ids.into_iter().map(|id| self.id(id));
        let first = stories.next()??;
        stories.all(|story| story == Some(first)).then_some(first)
    }
}

impl<'s> Library<'s> {
    /// A library over this store.
    pub fn open(store: &'s Store) -> Result<Self, Error> {
        Ok(Library { store, stories: OnceCell::new() })
    }

    fn all_stories(&self) -> Result<&Stories, Error> {
        if let Some(stories) = self.stories.get() {
            return Ok(stories);
        }
        let all = self.store.stories()?;
        let members =
            |(place, story): (usize, &Story)| story.articles.iter().map(|id| (id.clone(), place)).collect::<Vec<_>>();
        let place = all.iter().enumerate().flat_map(members).collect();
        Ok(self.stories.get_or_init(|| Stories { all, place }))
    }

    /// The store that answers.
    pub fn store(&self) -> &'s Store {
        self.store
    }

    /// The story with this id, or the only one whose id begins so; of one that was merged into another, that one.
    pub fn story(&self, id: &str) -> Result<Story, Error> {
        let moved = self.store.redirect(id)?;
        let id = moved.as_deref().unwrap_or(id);
        let hexadecimal = !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let found = if hexadecimal { self.store.stories_beginning(id, 2)? } else { Vec::new() };
        match <[Story; 1]>::try_from(found) {
            Ok([story]) => Ok(story),
            Err(none) if none.is_empty() => Err(Error::NoStory(id.to_owned())),
            Err(_) => Err(Error::ManyStories(id.to_owned())),
        }
    }

    /// The story of an article.
    pub fn story_of(&self, id: &ArticleId) -> Result<Option<Story>, Error> {
        Ok(self.store.story_of(id.as_str())?)
    }

    /// The article with this id, or of which a version came under it.
    pub fn article(&self, id: &str) -> Result<Article, Error> {
        let found = self.store.article(id)?;
        let found = match found {
            None => self.store.resolve(id)?.map(|known| self.store.article(known.as_str())).transpose()?.flatten(),
            found => found,
        };
        found.ok_or_else(|| Error::NoArticle(id.to_owned()))
    }

    /// The stories, the latest first; only the one with this id where one is named.
    pub fn stories(&self, story: Option<&str>) -> Result<Vec<Story>, Error> {
        match story {
            Some(id) => Ok(vec![self.story(id)?]),
            None => Ok(self.all_stories()?.all.clone()),
        }
    }

    /// Whether an article is to be shown where only `story` is asked for.
    fn filter(&self, story: Option<&str>) -> Result<impl Fn(&ArticleId) -> bool, Error> {
        let wanted = story.map(|id| self.story(id).map(|story| story.story)).transpose()?;
        let stories = self.all_stories()?;
        Ok(move |id: &ArticleId| wanted.is_none_or(|wanted| stories.id(id) == Some(wanted)))
    }

    /// The articles of a story, or all, in the order of ids.
    pub fn articles(&self, story: Option<&str>, with_text: bool) -> Result<Vec<ArticleRow>, Error> {
        let shown = self.filter(story)?;
        let stories = self.all_stories()?;
        let mut carried: HashMap<ArticleId, Vec<ContentId>> = HashMap::new();
        for account in self.store.accounts()? {
            for id in account.articles {
                carried.entry(id).or_default().push(account.account);
            }
        }
        let heads: Vec<ArticleHead> = self.store.heads()?.into_iter().filter(|head| shown(&head.id)).collect();
        heads
            .into_iter()
            .map(|head| {
                let article = self.article(head.id.as_str())?;
                Ok(ArticleRow {
                    title: article.title,
                    byline: article.byline,
                    agency: article.agency,
                    source: article.source,
                    url: article.url,
                    lang: article.lang,
                    kept: article.kept,
                    published: head.published,
                    versions: head.versions,
                    accounts: carried.remove(&head.id).unwrap_or_default(),
                    own_share: head.own_share,
                    story: stories.id(&head.id),
                    text: with_text.then_some(article.text),
                    id: head.id,
                })
            })
            .collect()
    }

    /// The claims of a story's articles, or of all, in the order of ids and of the text; only those in whose chain
    /// somebody of this name, or with it as a part of the name, stands.
    pub fn claims(&self, story: Option<&str>, speaker: Option<&str>) -> Result<Vec<ClaimRow>, Error> {
        let mut rows = match story {
            Some(id) => {
                let story = self.story(id)?;
                self.claims_in(&story, &story.articles)?
            }
            None => self.all_claims()?,
        };
        if let Some(wanted) = speaker.map(|name| fold(name).into_owned()) {
            rows.retain(|row| {
                let mut names = row.claim.chain.iter().filter_map(|link| link.speaker.as_deref());
                names.any(|name| fold(name).contains(wanted.as_str()))
            });
        }
        Ok(rows)
    }

    /// The claims of some articles of a story.
    pub(crate) fn claims_in(&self, story: &Story, articles: &[ArticleId]) -> Result<Vec<ClaimRow>, Error> {
        let id = story.story.to_string();
        let families = self.store.families_in(&id)?;
        let mut articles = articles.to_vec();
        articles.sort_unstable();
        self.claim_rows(articles, families, self.store.statements(Some(&id))?, |_| Some(story.story))
    }

    fn all_claims(&self) -> Result<Vec<ClaimRow>, Error> {
        let stories = self.all_stories()?;
        let articles = self.store.heads()?.into_iter().map(|head| head.id).collect();
        self.claim_rows(articles, self.store.families()?, self.store.statements(None)?, |id| stories.id(id))
    }

    /// The claims of these articles, as the user's decisions leave them.
    fn claim_rows(
        &self,
        articles: Vec<ArticleId>,
        families: Vec<Family>,
        statements: Vec<Statement>,
        story: impl Fn(&ArticleId) -> Option<ContentId>,
    ) -> Result<Vec<ClaimRow>, Error> {
        let statements = Places::of(statements);
        let decided = Decided::read(self.store)?;
        let mut sources: HashMap<ArticleId, LineageEdge> = HashMap::new();
        let kept = |family: Family| {
            let lost = family.latent;
            family.edges.into_iter().filter(move |edge| !lost.iter().any(|name| name == edge.from.as_str()))
        };
        for edge in families.into_iter().flat_map(kept) {
            let better = sources.get(&edge.to).is_none_or(|known| known.certainty < edge.certainty);
            if edge.certainty >= PROBABLE && better {
                sources.insert(edge.to.clone(), edge);
            }
        }
        let mut rows = Vec::new();
        for id in articles {
            let copied_from = sources.remove(&id).map(|edge| edge.from);
            let mut claims = self.store.claims_of(id.as_str())?;
            decided.claims(&id, &mut claims);
            let of = story(&id);
            rows.extend(statements.rows(&id, claims).map(|row| ClaimRow {
                copied_from: copied_from.clone(),
                story: of,
                ..row
            }));
        }
        Ok(rows)
    }

    /// The accounts of a story, or all, in the order of their roots.
    pub fn accounts(&self, story: Option<&str>) -> Result<Vec<AccountRow>, Error> {
        let shown = self.filter(story)?;
        let stories = self.all_stories()?;
        let accounts = self.store.accounts()?.into_iter().filter(|account| shown(&account.root));
        Ok(accounts.map(|account| AccountRow { story: stories.id(&account.root), account }).collect())
    }

    /// The related pairs of which one article at least is in the story, or all, in the order of ids.
    pub fn copies(&self, story: Option<&str>) -> Result<Vec<CopyRow>, Error> {
        let shown = self.filter(story)?;
        let stories = self.all_stories()?;
        let pairs = self.store.pairs()?.into_iter().map(|pair| pair.edge);
        let pairs = pairs.filter(|edge| shown(&edge.a) || shown(&edge.b));
        Ok(pairs.map(|edge| CopyRow { story: stories.common([&edge.a, &edge.b]), edge }).collect())
    }

    /// The families of which one article at least is in the story, or all, in the order of their members.
    pub fn lineage(&self, story: Option<&str>) -> Result<Vec<LineageRow>, Error> {
        let shown = self.filter(story)?;
        let stories = self.all_stories()?;
        let families = self.store.families()?.into_iter().filter(|family| family.members.iter().any(&shown));
        Ok(families.map(|family| LineageRow { story: stories.common(&family.members), family }).collect())
    }

    /// The quotations of a story, or all; those with most wordings first.
    pub fn quotes(&self, story: Option<&str>) -> Result<Vec<QuoteRow>, Error> {
        let story = story.map(|id| self.story(id).map(|story| story.story.to_string())).transpose()?;
        let stories = self.all_stories()?;
        let mut rows: Vec<QuoteRow> = self
            .store
            .quotes(story.as_deref())?
            .into_iter()
            .map(|quote| {
                let story = stories.id(&quote.variants[0].mentions[0].article);
                QuoteRow { quote, story }
            })
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.quote.variants.len()));
        Ok(rows)
    }

    /// What could not be used.
    pub fn rejects(&self) -> Result<Vec<Reject>, Error> {
        Ok(self.store.rejects()?)
    }

    /// The articles in which all words of the query occur, the best first, each with its best sentence. A word that
    /// ends with `*` stands for its beginnings.
    pub fn search(&self, query: &str, most: usize) -> Result<Vec<SearchRow>, Error> {
        let asked: Vec<&str> =
            query.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        self.store.search(&asked, most)?.into_iter().map(|id| self.found(id, &asked)).collect()
    }

    /// An article that was found, with its best sentence for these words.
    pub(crate) fn found(&self, id: ArticleId, asked: &[&str]) -> Result<SearchRow, Error> {
        let article = self.article(id.as_str())?;
        let text = Points::new(&article.text);
        let best = best_sentence(&text, &article, asked);
        Ok(SearchRow {
            title: article.title.clone(),
            published: self.store.head(id.as_str())?.and_then(|head| head.published),
            story: self.store.story_id_of(id.as_str())?.and_then(|story| story.parse().ok()),
            sentence: text.slice(best).split_whitespace().collect::<Vec<_>>().join(" "),
            start: best.start,
            end: best.end,
            id,
        })
    }
}

/// Which statement each claim makes, and how many accounts make it.
pub(crate) struct Places(HashMap<ArticleId, HashMap<usize, (ContentId, usize)>>);

impl Places {
    pub fn of(statements: impl IntoIterator<Item = Statement>) -> Self {
        let mut places: HashMap<ArticleId, HashMap<usize, (ContentId, usize)>> = HashMap::new();
        for statement in statements {
            for place in statement.claims {
                let of = (statement.statement, statement.accounts);
                places.entry(place.article).or_default().insert(place.claim, of);
            }
        }
        Places(places)
    }

    /// The claims of an article with their statements.
    pub fn rows(&self, article: &ArticleId, claims: Vec<Claim>) -> impl Iterator<Item = ClaimRow> {
        let of = self.0.get(article);
        claims.into_iter().enumerate().map(move |(number, claim)| {
            let known = of.and_then(|of| of.get(&number));
            let (statement, accounts) = known.map_or((None, 1), |(id, accounts)| (Some(*id), *accounts));
            ClaimRow { article: article.clone(), claim, statement, accounts, copied_from: None, story: None }
        })
    }
}

/// The sentence in which most of the words asked for stand; the first of equals.
fn best_sentence(text: &Points, article: &Article, asked: &[&str]) -> wirecopy_model::Piece {
    let asked: Vec<(String, bool)> = asked
        .iter()
        .flat_map(|word| {
            let begins = word.ends_with('*');
            words(word).into_iter().map(move |part| (fold(part.of(word)).into_owned(), begins))
        })
        .collect();
    let hits = |piece: &wirecopy_model::Piece| {
        let sentence = text.slice(*piece);
        let found: Vec<String> = words(sentence).iter().map(|word| fold(word.of(sentence)).into_owned()).collect();
        asked
            .iter()
            .filter(|(word, begins)| found.iter().any(|own| own == word || *begins && own.starts_with(word.as_str())))
            .count()
    };
    let mut all = sentences(text, &article.kept, article.lang.as_deref());
    all.reverse();
    all.into_iter().max_by_key(hits).unwrap_or(wirecopy_model::Piece::new(0, 0))
}
