use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use wirecopy_claims::{Aligned, Told, join, names_publisher, origins, relayed};
use wirecopy_model::{
    Account, Article, ArticleId, Claim, ClaimPlace, ClaimedArticle, ContentId, CopyEdge, Direction, Evidence, PROBABLE,
    Quote, Run, Statement, Story,
};
use wirecopy_reconcile::{Telling, quotes};
use wirecopy_store::{Store, StoredPair};

use super::{Counted, Decided, Kept, Signature, batches, read};
use crate::Error;
use crate::build::DERIVATION;

/// A story, to be read for what is said in it.
struct Group<'a> {
    story: ContentId,
    /// Its articles, sources before their copies.
    ids: Vec<&'a ArticleId>,
    /// The numbers of the pairs within it.
    pairs: Vec<usize>,
}

/// What is said in the stories.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The quotations, each with its story.
    pub quotes: Vec<(Quote, ContentId)>,
    /// The statements that more than one article makes or none but a copyist's wording, each with its story.
    pub statements: Vec<(Statement, ContentId)>,
    /// What the accounts rest on.
    pub rests: Vec<Rest>,
    /// Who is cited on which article, and how often.
    pub by: Vec<(String, ArticleId, usize)>,
}

/// What an account rests on.
#[derive(Debug)]
pub(super) struct Rest {
    pub account: ContentId,
    /// The speakers and documents at the roots of its chains, those of most claims first.
    pub origins: Vec<String>,
    /// The accounts of media that it relays in its own words.
    pub on: Vec<ContentId>,
    pub evidence: Vec<Evidence>,
}

/// The stories that have to be heard: those of changed articles, and those in which other articles, or such with other claims,
/// are than were when they were heard last. Each with the signature of what it is heard from.
pub(super) fn due(counted: &Counted, stories: &[Story], kept: &Kept, decided: &Decided) -> HashMap<ContentId, u128> {
    let mut due = HashMap::new();
    for story in stories {
        let mut signature = Signature::default();
        signature.add(DERIVATION.as_bytes());
        for id in &story.articles {
            signature.add(id.as_str().as_bytes());
            signature.add(&kept.articles[id].claims.to_le_bytes());
            decided.rejected_speakers(id).for_each(|name| signature.add(name.as_bytes()));
        }
        let signature = signature.end();
        let stands = kept.heard.get(&story.story.to_string()) == Some(&signature);
        if !stands || story.articles.iter().any(|id| counted.changed.contains_key(id)) {
            due.insert(story.story, signature);
        }
    }
    due
}

/// Reads each of these stories for its quotations, its statements and what its accounts rest on.
pub(super) fn listen<'s>(
    store: &Store,
    counted: &Counted,
    stories: impl Iterator<Item = &'s Story>,
    pairs: &[StoredPair],
    decided: &Decided,
) -> Result<Said, Error> {
    let stories: Vec<&Story> = stories.collect();
    let carried = &counted.carried;
    let mut said = Said::default();
    for batch in batches(groups(counted, &stories, pairs), |group| group.ids.len()) {
        let ids = || batch.iter().flat_map(|group| group.ids.iter().copied());
        let articles = read(store, ids())?;
        let mut claims: HashMap<&ArticleId, ClaimedArticle> = HashMap::new();
        for id in ids() {
            let mut told = sure(store.claims_of(id.as_str())?);
            decided.claims(id, &mut told);
            claims.insert(id, ClaimedArticle { id: id.clone(), claims: told });
        }
        let of_group = |group: &Group| {
            let members: Vec<(&Article, &ClaimedArticle)> =
                group.ids.iter().filter_map(|id| Some((articles.get(*id)?, claims.get(*id)?))).collect();
            let touching: Vec<&StoredPair> = group.pairs.iter().map(|&index| &pairs[index]).collect();
            let mut said = Said::default();
            let quotes = quotations(&members, &touching, carried);
            said.quotes.extend(quotes.into_iter().map(|quote| (quote, group.story)));
            let statements = statements(&members, &touching, carried);
            said.statements.extend(statements.into_iter().map(|statement| (statement, group.story)));
            said.rests = rests(&members);
            said.by = members.iter().flat_map(|(_, claims)| speakers(claims)).collect();
            said
        };
        for part in batch.par_iter().map(of_group).collect::<Vec<_>>() {
            said.quotes.extend(part.quotes);
            said.statements.extend(part.statements);
            said.rests.extend(part.rests);
            said.by.extend(part.by);
        }
    }
    Ok(said)
}

/// The claims without the names that are less than probable: no count rests on a guess.
fn sure(mut claims: Vec<Claim>) -> Vec<Claim> {
    for link in claims.iter_mut().flat_map(|claim| &mut claim.chain) {
        if link.certainty < PROBABLE {
            link.speaker = None;
        }
    }
    claims
}

/// Who is cited on an article, and in how many claims.
fn speakers(of: &ClaimedArticle) -> Vec<(String, ArticleId, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in &of.claims {
        let names: BTreeSet<&str> = claim.chain.iter().filter_map(|link| link.speaker.as_deref()).collect();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().map(|(name, claims)| (name.to_owned(), of.id.clone(), claims)).collect()
}

type Carried = HashMap<ArticleId, Vec<ContentId>>;

fn quotations(members: &[(&Article, &ClaimedArticle)], pairs: &[&StoredPair], carried: &Carried) -> Vec<Quote> {
    let tellings: Vec<Telling> = members
        .iter()
        .map(|(article, _)| {
            let accounts = carried[&article.id].as_slice();
            Telling { article, accounts, is_root: accounts.contains(&Account::id_of(&article.id)) }
        })
        .collect();
    let pairs: Vec<(&CopyEdge, &[Run])> = pairs.iter().map(|pair| (&pair.edge, pair.runs.as_slice())).collect();
    quotes(&tellings, &pairs)
}

/// The statements that more than one article makes, and what only a copyist's wording says, which no account makes; a
/// claim that is in none stands for itself.
fn statements(members: &[(&Article, &ClaimedArticle)], pairs: &[&StoredPair], carried: &Carried) -> Vec<Statement> {
    let told: Vec<Told> = members.iter().map(|&(article, claims)| Told { article, claims }).collect();
    let number: HashMap<&ArticleId, usize> =
        members.iter().zip(0..).map(|((article, _), at)| (&article.id, at)).collect();
    let mut aligned: Vec<Aligned> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        if let (Some(&a), Some(&b)) = (number.get(&pair.edge.a), number.get(&pair.edge.b)) {
            let copy = match pair.edge.direction {
                Direction::AToB => Some(b),
                Direction::BToA => Some(a),
                Direction::Undecided => None,
            };
            let copy = copy.filter(|_| pair.edge.certainty >= PROBABLE);
            aligned.push(Aligned { a, b, runs: &pair.runs, copy });
        }
    }
    let mut found = Vec::new();
    for statement in join(&told, &aligned) {
        let claims: Vec<ClaimPlace> = statement
            .variants
            .iter()
            .map(|variant| ClaimPlace { article: members[variant.article].0.id.clone(), claim: variant.claim })
            .collect();
        let articles: BTreeSet<&ArticleId> = claims.iter().map(|place| &place.article).collect();
        if articles.len() < 2 && !statement.garbled {
            continue;
        }
        let first = claims.iter().min().expect("a statement stands somewhere");
        found.push(Statement {
            statement: ContentId::of("statement", [first.article.as_str(), &first.claim.to_string()]),
            accounts: if statement.garbled { 0 } else { accounts_of(&articles, carried) },
            chain: statement.chain,
            certainty: statement.certainty,
            others: statement.others,
            claims,
        });
    }
    found
}

/// How many accounts these articles tell: those that one of them roots, and for an article that carries none of these
/// one of its own. A page that merges two accounts has what it shares with one of them from that one.
fn accounts_of(articles: &BTreeSet<&ArticleId>, carried: &Carried) -> usize {
    let roots = articles.iter().map(|id| Account::id_of(id)).zip(articles);
    let mut accounts: BTreeSet<ContentId> =
        roots.filter(|(own, id)| carried[**id].contains(own)).map(|(own, _)| own).collect();
    for id in articles {
        let of = &carried[*id];
        if of.iter().all(|account| !accounts.contains(account)) {
            accounts.extend(of.first());
        }
    }
    accounts.len()
}

/// The kind of evidence that says whom an account relays.
pub(super) const RELAYS: &str = "relays";

/// What each account rests on whose root is among these.
fn rests(members: &[(&Article, &ClaimedArticle)]) -> Vec<Rest> {
    members.iter().map(|&(article, claims)| rest(article, claims, members)).collect()
}

fn rest(article: &Article, claims: &ClaimedArticle, members: &[(&Article, &ClaimedArticle)]) -> Rest {
    let mut rest = Rest {
        account: Account::id_of(&article.id),
        origins: origins(&article.text, &claims.claims).into_iter().map(|origin| origin.name).collect(),
        on: Vec::new(),
        evidence: Vec::new(),
    };
    for (medium, count) in relayed(&claims.claims) {
        if names_publisher(&medium, article) {
            continue;
        }
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        rest.evidence.push(Evidence::new(RELAYS, format!("it names {medium} as its source {times}")));
        for (other, _) in members.iter().filter(|(other, _)| names_publisher(&medium, other)) {
            rest.on.push(Account::id_of(&other.id));
        }
    }
    rest.on.sort_unstable();
    rest.on.dedup();
    rest
}

fn groups<'a>(counted: &Counted, stories: &[&'a Story], pairs: &[StoredPair]) -> Vec<Group<'a>> {
    let place: HashMap<&ArticleId, usize> =
        counted.components.iter().flatten().enumerate().map(|(place, id)| (id, place)).collect();
    let story_of: HashMap<&ArticleId, usize> =
        stories.iter().enumerate().flat_map(|(at, story)| story.articles.iter().map(move |id| (id, at))).collect();
    let group = |story: &'a Story| {
        let mut ids: Vec<&ArticleId> = story.articles.iter().collect();
        ids.sort_by_key(|id| place[id]);
        Group { story: story.story, ids, pairs: Vec::new() }
    };
    let mut groups: Vec<Group> = stories.iter().copied().map(group).collect();
    for (index, pair) in pairs.iter().enumerate() {
        if let (Some(&one), Some(&other)) = (story_of.get(&pair.edge.a), story_of.get(&pair.edge.b))
            && one == other
        {
            groups[one].pairs.push(index);
        }
    }
    groups
}
