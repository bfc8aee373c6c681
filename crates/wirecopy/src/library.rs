use std::collections::HashMap;

use wirecopy_model::{Article, ArticleId, ContentId, Reject, Story};
use wirecopy_store::{ArticleHead, Store};
use wirecopy_text::{Points, fold, sentences, words};

use crate::{AccountRow, ArticleRow, CopyRow, Error, LineageRow, QuoteRow, SearchRow};

/// Answers from a store.
pub struct Library<'s> {
    store: &'s Store,
    stories: Vec<Story>,
    /// The place in `stories` of each article's story.
    story_of: HashMap<ArticleId, usize>,
}

impl<'s> Library<'s> {
    /// Reads what every answer needs: which story each article belongs to.
    pub fn open(store: &'s Store) -> Result<Self, Error> {
        let stories = store.stories()?;
        let story_of = stories
            .iter()
            .enumerate()
            .flat_map(|(place, story)| story.articles.iter().map(move |id| (id.clone(), place)))
            .collect();
        Ok(Library { store, stories, story_of })
    }

    /// The store that answers.
    pub fn store(&self) -> &'s Store {
        self.store
    }

    /// The story with this id, or the only one whose id begins so.
    pub fn story(&self, id: &str) -> Result<&Story, Error> {
        let mut found = self.stories.iter().filter(|story| !id.is_empty() && story.story.to_string().starts_with(id));
        match (found.next(), found.next()) {
            (Some(story), None) => Ok(story),
            (None, _) => Err(Error::NoStory(id.to_owned())),
            _ => Err(Error::ManyStories(id.to_owned())),
        }
    }

    /// The story of an article.
    pub fn story_of(&self, id: &ArticleId) -> Option<&Story> {
        self.story_of.get(id).map(|&place| &self.stories[place])
    }

    fn story_id(&self, id: &ArticleId) -> Option<ContentId> {
        self.story_of(id).map(|story| story.story)
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
            Some(id) => Ok(vec![self.story(id)?.clone()]),
            None => Ok(self.stories.clone()),
        }
    }

    /// Whether an article is to be shown where only `story` is asked for.
    fn filter(&self, story: Option<&str>) -> Result<impl Fn(&ArticleId) -> bool, Error> {
        let wanted = story.map(|id| self.story(id).map(|story| story.story)).transpose()?;
        Ok(move |id: &ArticleId| wanted.is_none_or(|wanted| self.story_id(id) == Some(wanted)))
    }

    /// The articles of a story, or all, in the order of ids.
    pub fn articles(&self, story: Option<&str>, with_text: bool) -> Result<Vec<ArticleRow>, Error> {
        let shown = self.filter(story)?;
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
                    story: self.story_id(&head.id),
                    text: with_text.then_some(article.text),
                    id: head.id,
                })
            })
            .collect()
    }

    /// The accounts of a story, or all, in the order of their roots.
    pub fn accounts(&self, story: Option<&str>) -> Result<Vec<AccountRow>, Error> {
        let shown = self.filter(story)?;
        let accounts = self.store.accounts()?.into_iter().filter(|account| shown(&account.root));
        Ok(accounts.map(|account| AccountRow { story: self.story_id(&account.root), account }).collect())
    }

    /// The related pairs of which one article at least is in the story, or all, in the order of ids.
    pub fn copies(&self, story: Option<&str>) -> Result<Vec<CopyRow>, Error> {
        let shown = self.filter(story)?;
        let pairs = self.store.pairs()?.into_iter().map(|pair| pair.edge);
        let pairs = pairs.filter(|edge| shown(&edge.a) || shown(&edge.b));
        Ok(pairs.map(|edge| CopyRow { story: self.common_story([&edge.a, &edge.b]), edge }).collect())
    }

    /// The families of which one article at least is in the story, or all, in the order of their members.
    pub fn lineage(&self, story: Option<&str>) -> Result<Vec<LineageRow>, Error> {
        let shown = self.filter(story)?;
        let families = self.store.families()?.into_iter().filter(|family| family.members.iter().any(&shown));
        Ok(families.map(|family| LineageRow { story: self.common_story(&family.members), family }).collect())
    }

    fn common_story<'a>(&self, ids: impl IntoIterator<Item = &'a ArticleId>) -> Option<ContentId> {
        let mut stories = ids.into_iter().map(|id| self.story_id(id));
        let first = stories.next()??;
        stories.all(|story| story == Some(first)).then_some(first)
    }

    /// The quotations of a story, or all; those with most wordings first.
    pub fn quotes(&self, story: Option<&str>) -> Result<Vec<QuoteRow>, Error> {
        let story = story.map(|id| self.story(id).map(|story| story.story.to_string())).transpose()?;
        let mut rows: Vec<QuoteRow> = self
            .store
            .quotes(story.as_deref())?
            .into_iter()
            .map(|quote| {
                let story = self.story_id(&quote.variants[0].mentions[0].article);
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
        let heads: HashMap<ArticleId, ArticleHead> =
            self.store.heads()?.into_iter().map(|head| (head.id.clone(), head)).collect();
        let mut rows = Vec::new();
        for id in self.store.search(&asked, most)? {
            let article = self.article(id.as_str())?;
            let text = Points::new(&article.text);
            let best = best_sentence(&text, &article, &asked);
            rows.push(SearchRow {
                title: article.title.clone(),
                published: heads.get(&id).and_then(|head| head.published.clone()),
                story: self.story_id(&id),
                sentence: text.slice(best).split_whitespace().collect::<Vec<_>>().join(" "),
                start: best.start,
                end: best.end,
                id,
            });
        }
        Ok(rows)
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
