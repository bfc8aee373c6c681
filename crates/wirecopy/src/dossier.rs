use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use wirecopy_accounts::Earlier;
use wirecopy_model::{
    Account, Article, ArticleId, Claim, ContentId, CopyEdge, DocumentDate, Family, Quote, Statement, Story, Timex,
};
use wirecopy_store::StoredPair;

use crate::build::{Decided, components, tie};
use crate::reading::Saying;
use crate::voices::voices_of;
use crate::xray::{note_altered_quotes, taken_apart};
use crate::{Decisions, Edit, Error, Library, ReferenceRow, Told, Voices, Xray};

/// Everything that a store holds on one story, its articles in hand.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The story.
    pub story: Story,
    /// Its articles, in the story's order.
    pub members: Vec<Member>,
    /// Their accounts, in the order of their roots.
    pub accounts: Vec<Account>,
    /// Their families, in the order of ids.
    pub families: Vec<Family>,
    /// The related pairs that have both articles in the story, in the order of ids.
    pub pairs: Vec<CopyEdge>,
    /// The related pairs that have one article in another story.
    pub outside: Vec<CopyEdge>,
    /// Its quotations, those with most wordings first.
    pub quotes: Vec<Quote>,
    /// What its articles tell together, where that was worked out.
    pub told: Option<Told>,
    /// What more than one article of it says, by most accounts first.
    pub statements: Vec<Saying>,
    /// Who says what in it, where that was asked for.
    pub voices: Option<Voices>,
    /// What the user decided and noted.
    pub decisions: Arc<Decisions>,
}

/// An article of a [`Dossier`].
#[derive(Clone, Debug)]
pub struct Member {
    /// The article.
    pub article: Article,
    /// Its date, settled with its copies in sight.
    pub published: Option<DocumentDate>,
    /// Its time expressions, counted from that date.
    pub timexes: Vec<Timex>,
    /// Its claims, in text order.
    pub claims: Vec<Claim>,
    /// The article taken apart.
    pub xray: Xray,
    /// What changed from each version of it to the next.
    pub edits: Vec<Edit>,
    /// Who carried it, where it is of the reference set.
    pub reference: Option<ReferenceRow>,
}

/// A story of more articles is read without its pairs: they grow with the square.
const MOST_WITH_PAIRS: usize = 150;

/// So many statements of a story are read.
const MOST_STATEMENTS: usize = 12;

/// The dossiers of all stories, in the order of [`Library::stories`]. The tables of the store are read once, the texts
/// story by story.
pub struct Dossiers<'l> {
    library: &'l Library<'l>,
    /// The articles that came in several versions.
    edited: HashSet<ArticleId>,
    references: HashSet<ArticleId>,
    stories: std::vec::IntoIter<Story>,
    dates: HashMap<ArticleId, DocumentDate>,
    /// The place of each article among those that hang together with it by copying.
    places: HashMap<ArticleId, usize>,
    accounts: HashMap<ContentId, Vec<Account>>,
    families: HashMap<ContentId, Vec<Family>>,
    pairs: HashMap<ContentId, Vec<StoredPair>>,
    outside: HashMap<ContentId, Vec<CopyEdge>>,
    quotes: HashMap<ContentId, Vec<Quote>>,
    decided: Decided,
    decisions: Arc<Decisions>,
}

impl Library<'_> {
    /// The dossiers of all stories: what a report needs, without asking the store anew for each article.
    pub fn dossiers(&self) -> Result<Dossiers<'_>, Error> {
        let store = self.store();
        let stories = self.stories(None)?;
        let members = |story: &Story| {
            let id = story.story;
            story.articles.iter().map(|article| (article.clone(), id)).collect::<Vec<_>>()
        };
        let of: HashMap<ArticleId, ContentId> = stories.iter().flat_map(members).collect();
        let story = |id: &ArticleId| of.get(id).copied();
        let mut pairs: HashMap<ContentId, Vec<StoredPair>> = HashMap::new();
        let mut outside: HashMap<ContentId, Vec<CopyEdge>> = HashMap::new();
        for pair in store.pairs()? {
            let (one, other) = (story(&pair.edge.a), story(&pair.edge.b));
            if one != other {
                for story in [one, other].into_iter().flatten() {
                    outside.entry(story).or_default().push(pair.edge.clone());
                }
            } else if let Some(story) = one {
                pairs.entry(story).or_default().push(pair);
            }
        }
        let mut quotes =
            by_story(store.quotes(None)?, |quote| story(&quote.variants.first()?.mentions.first()?.article));
        for quotes in quotes.values_mut() {
            quotes.sort_by_key(|quote| std::cmp::Reverse(quote.variants.len()));
        }
        let heads = store.heads()?;
        Ok(Dossiers {
            library: self,
            edited: heads.iter().filter(|head| head.versions > 1).map(|head| head.id.clone()).collect(),
            references: store.references()?.into_iter().collect(),
            stories: stories.into_iter(),
            places: heads.iter().filter_map(|head| Some((head.id.clone(), head.place?))).collect(),
            dates: heads.into_iter().filter_map(|head| Some((head.id, head.published?))).collect(),
            accounts: by_story(store.accounts()?, |account| story(&account.root)),
            // The members of a family are of one story: a story is made of families.
            families: by_story(store.families()?, |family| story(family.members.first()?)),
            pairs,
            outside,
            quotes,
            decided: Decided::read(store)?,
            decisions: Arc::new(Decisions::read(store)?),
        })
    }
}

/// A story of one article that is in none yet.
fn own_story(id: &ArticleId, title: Option<&str>) -> Story {
    Story {
        story: ContentId::of("story", [id.as_str()]),
        title: title.unwrap_or(id.as_str()).to_owned(),
        articles: vec![id.clone()],
        accounts: 0,
        origins: Vec::new(),
        first: None,
        last: None,
    }
}

impl Library<'_> {
    /// A story without its articles' texts: what its page needs. The pairs of a very large story are left out.
    pub fn dossier(&self, story: Story) -> Result<Dossier, Error> {
        let store = self.store();
        let id = story.story.to_string();
        let inside: HashSet<&ArticleId> = story.articles.iter().collect();
        let pairs = if story.articles.len() <= MOST_WITH_PAIRS { store.pairs_in(&id)? } else { Vec::new() };
        let (pairs, outside): (Vec<CopyEdge>, Vec<CopyEdge>) = pairs
            .into_iter()
            .map(|pair| pair.edge)
            .partition(|edge| inside.contains(&edge.a) && inside.contains(&edge.b));
        let mut quotes = store.quotes(Some(&id))?;
        quotes.sort_by_key(|quote| std::cmp::Reverse(quote.variants.len()));
        let accounts = store.accounts_in(&id)?;
        Ok(Dossier {
            members: Vec::new(),
            families: store.families_in(&id)?,
            pairs,
            outside,
            quotes,
            told: self.told(&story, &accounts)?,
            statements: self.sayings(&id)?,
            voices: None,
            decisions: Arc::new(Decisions::read(store)?),
            accounts,
            story,
        })
    }

    /// The dossier of an article's story with that article in hand, taken apart, and those that its changed sentences
    /// have their words from.
    pub fn dossier_of_article(&self, id: &str) -> Result<Dossier, Error> {
        let store = self.store();
        let article = self.article(id)?;
        let id = article.id.clone();
        // Before anything was derived an article is in no story: it is shown as one of its own.
        let story = match self.story_of(&id)? {
            Some(story) => story,
            None => own_story(&id, article.title.as_deref()),
        };
        let (pairs, outside): (Vec<CopyEdge>, Vec<CopyEdge>) =
            store.pairs_of(id.as_str())?.into_iter().map(|pair| pair.edge).partition(|edge| {
                let other = if edge.a == id { &edge.b } else { &edge.a };
                story.articles.contains(other)
            });
        let xray = crate::xray(self, id.as_str())?;
        let published = store.head(id.as_str())?.and_then(|head| head.published);
        let timexes = crate::dates::timexes(&article, published.as_ref());
        let mut claims = store.claims_of(id.as_str())?;
        Decided::read(store)?.claims(&id, &mut claims);
        let changed = xray.sentences.iter().filter(|sentence| sentence.changed);
        let witnesses: BTreeSet<ArticleId> =
            changed.filter_map(|sentence| Some(sentence.first.as_ref()?.article.clone())).collect();
        let edits = self.edits(id.as_str())?;
        let reference = self.reference_of(&id)?;
        let mut members = vec![Member { article, published, timexes, claims, xray, edits, reference }];
        for witness in witnesses {
            let article = self.article(witness.as_str())?;
            let xray = Xray {
                id: witness,
                own_share: 0.0,
                roots: Vec::new(),
                sentences: Vec::new(),
                altered_quotes: Vec::new(),
            };
            let (timexes, claims, edits) = (Vec::new(), Vec::new(), Vec::new());
            members.push(Member { article, published: None, timexes, claims, xray, edits, reference: None });
        }
        Ok(Dossier {
            members,
            accounts: store.accounts_of(id.as_str())?,
            families: store.families_around(id.as_str())?,
            pairs,
            outside,
            quotes: store.quotes_on(id.as_str())?,
            told: None,
            statements: Vec::new(),
            voices: None,
            decisions: Arc::new(Decisions::read(store)?),
            story,
        })
    }

    /// What the page of two articles needs beside their texts: their story, or that of the first, and the quotations of
    /// the first.
    pub fn dossier_of_pair(&self, a: &ArticleId, b: &ArticleId) -> Result<Dossier, Error> {
        let story = self.story_of(a)?.unwrap_or_else(|| own_story(a, None));
        let common = story.articles.contains(b);
        let quotes = if common { self.store().quotes_on(a.as_str())? } else { Vec::new() };
        // Of a story with thousands of pages the two are enough.
        let articles = if common { vec![a.clone(), b.clone()] } else { vec![a.clone()] };
        let story = Story { articles, ..story };
        Ok(Dossier {
            story,
            members: Vec::new(),
            accounts: Vec::new(),
            families: Vec::new(),
            pairs: Vec::new(),
            outside: Vec::new(),
            quotes,
            told: None,
            statements: Vec::new(),
            voices: None,
            decisions: Arc::new(Decisions::read(self.store())?),
        })
    }

    /// What more than one article of a story says, by most accounts first: the first of them.
    pub fn sayings(&self, story: &str) -> Result<Vec<Saying>, Error> {
        let mut statements = self.store().statements(Some(story))?;
        statements.retain(|statement| statement.accounts > 0);
        statements.sort_by_key(|statement| (Reverse(statement.accounts), Reverse(statement.claims.len())));
        statements.truncate(MOST_STATEMENTS);
        let said = self.worded(statements.into_iter().map(|statement| ((), statement)))?;
        Ok(said.into_iter().map(|((), saying)| saying).collect())
    }

    /// What more than one account says, with its story: that of the latest stories first.
    pub fn confirmed(&self, most: usize) -> Result<Vec<(Story, Saying)>, Error> {
        self.worded(self.store().confirmed_lately(most)?)
    }

    /// Statements with their clearest wordings.
    fn worded<T>(&self, statements: impl IntoIterator<Item = (T, Statement)>) -> Result<Vec<(T, Saying)>, Error> {
        let decided = Decided::read(self.store())?;
        let mut sayings = Vec::new();
        let mut read: HashMap<ArticleId, (Article, Vec<Claim>)> = HashMap::new();
        for (of, statement) in statements {
            let Some(place) = statement.claims.first().cloned() else { continue };
            if !read.contains_key(&place.article) {
                let article = self.article(place.article.as_str())?;
                let mut claims = self.store().claims_of(place.article.as_str())?;
                decided.claims(&place.article, &mut claims);
                read.insert(place.article.clone(), (article, claims));
            }
            let (article, claims) = &read[&place.article];
            let Some(claim) = claims.get(place.claim) else { continue };
            sayings.push((of, Saying::new(statement, article, claim)));
        }
        Ok(sayings)
    }
}

fn by_story<T>(rows: Vec<T>, story: impl Fn(&T) -> Option<ContentId>) -> HashMap<ContentId, Vec<T>> {
    let mut of: HashMap<ContentId, Vec<T>> = HashMap::new();
    for row in rows {
        if let Some(story) = story(&row) {
            of.entry(story).or_default().push(row);
        }
    }
    of
}

impl Iterator for Dossiers<'_> {
    type Item = Result<Dossier, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let story = self.stories.next()?;
        Some(self.read(story))
    }
}

impl Dossiers<'_> {
    fn read(&mut self, story: Story) -> Result<Dossier, Error> {
        let mut articles = Vec::with_capacity(story.articles.len());
        for id in &story.articles {
            articles.push(self.library.article(id.as_str())?);
        }
        let take = story.story;
        let pairs = self.pairs.remove(&take).unwrap_or_default();
        let families = self.families.remove(&take).unwrap_or_default();
        let accounts = self.accounts.remove(&take).unwrap_or_default();
        let quotes = self.quotes.remove(&take).unwrap_or_default();
        let mut xrays = xrays(&articles, &families, &pairs, &self.places);
        let place: HashMap<&ArticleId, usize> = story.articles.iter().zip(0..).collect();
        for account in &accounts {
            for id in &account.articles {
                if let Some(&place) = place.get(id) {
                    xrays[place].roots.push(account.root.clone());
                }
            }
        }
        note_altered_quotes(&quotes, |id| place.get(id).copied(), &mut xrays);
        let mut members = Vec::with_capacity(articles.len());
        for (article, xray) in articles.into_iter().zip(xrays) {
            let edited = self.edited.contains(&article.id);
            let edits = if edited { self.library.edits(article.id.as_str())? } else { Vec::new() };
            let published = self.dates.get(&article.id).cloned();
            let timexes = crate::dates::timexes(&article, published.as_ref());
            let mut claims = self.library.store().claims_of(article.id.as_str())?;
            self.decided.claims(&article.id, &mut claims);
            let is_reference = self.references.contains(&article.id);
            let reference = if is_reference { self.library.reference_of(&article.id)? } else { None };
            members.push(Member { article, published, timexes, claims, xray, edits, reference });
        }
        let statements = self.library.store().statements(Some(&story.story.to_string()))?;
        Ok(Dossier {
            voices: Some(voices_of(story.story, &members, statements)),
            decisions: self.decisions.clone(),
            members,
            families,
            pairs: pairs.into_iter().map(|pair| pair.edge).collect(),
            outside: self.outside.remove(&take).unwrap_or_default(),
            quotes,
            told: self.library.told(&story, &accounts)?,
            statements: self.library.sayings(&story.story.to_string())?,
            accounts,
            story,
        })
    }
}

/// Takes each of these articles apart against those of its families that come before it.
fn xrays(
    articles: &[Article],
    families: &[Family],
    pairs: &[StoredPair],
    places: &HashMap<ArticleId, usize>,
) -> Vec<Xray> {
    // For each article its component and its place in that component's order.
    let mut place: HashMap<&ArticleId, (usize, usize)> = HashMap::new();
    for (component, numbers) in
        components(families.iter().map(|family| family.members.as_slice())).into_iter().enumerate()
    {
        let members = numbers.iter().flat_map(|&number| &families[number].members);
        place.extend(members.filter_map(|id| Some((id, (component, *places.get(id)?)))));
    }
    let mut of: HashMap<&ArticleId, Vec<&StoredPair>> = HashMap::new();
    for pair in pairs {
        of.entry(&pair.edge.a).or_default().push(pair);
        of.entry(&pair.edge.b).or_default().push(pair);
    }
    let xray = |article: &Article| {
        let Some(&(component, own)) = place.get(&article.id) else { return taken_apart(article, &[]) };
        let mut before: Vec<(usize, Earlier)> = of
            .get(&article.id)
            .into_iter()
            .flatten()
            .filter_map(|pair| {
                let tie = tie(pair);
                let flipped = tie.edge.b == article.id;
                let other = if flipped { &tie.edge.a } else { &tie.edge.b };
                let &(family, at) = place.get(other)?;
                (family == component && at < own).then(|| (at, Earlier::new(other, tie.runs, flipped)))
            })
            .collect();
        before.sort_by_key(|(at, _)| *at);
        let earlier: Vec<Earlier> = before.into_iter().map(|(_, earlier)| earlier).collect();
        taken_apart(article, &earlier)
    };
    articles.par_iter().map(xray).collect()
}
