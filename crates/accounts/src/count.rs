use std::collections::{BTreeMap, BTreeSet};

use wirecopy_model::{Account, ArticleId, Direction, Evidence, PROBABLE, Relation, STATED};

use crate::{Body, Earlier, Sentence, Tie, witness};

/// An article roots an account where at least this many of its words outside quotations stand in no earlier article,
pub const ACCOUNT_WORDS: usize = 50;

/// and they are at least this share of its words outside quotations.
pub const ACCOUNT_SHARE: f64 = 0.2;

/// What was counted in some families.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// The accounts, in the order of their roots.
    pub accounts: Vec<Account>,
    /// The shares of each article, in the given order.
    pub shares: Vec<ArticleShare>,
}

/// What an article tells first, and what it has from others.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleShare {
    /// The article.
    pub id: ArticleId,
    /// Its words outside quotations.
    pub unquoted: usize,
    /// Those in sentences that no earlier article has.
    pub own: usize,
    /// The words outside quotations that it has from each earlier article, the most first.
    pub from: Vec<(ArticleId, usize)>,
}

impl ArticleShare {
    /// The own words as a share of all outside quotations; 1 for an article that only quotes and copies nothing.
    pub fn own_share(&self) -> f64 {
        if self.unquoted == 0 {
            if self.from.is_empty() { 1.0 } else { 0.0 }
        } else {
            self.own as f64 / self.unquoted as f64
        }
    }

    fn is_large(&self) -> bool {
        self.own >= ACCOUNT_WORDS && self.own_share() >= ACCOUNT_SHARE
    }
}

/// Counts the accounts of articles that stand in their [`order`](crate::order()), given the pairs among them and what
/// shows that an article was made from something that is not there. An article without any pair is an account of its
/// own; give it alone.
pub fn accounts(bodies: &[&Body], ties: &[Tie], orphan: impl Fn(&ArticleId) -> Option<Vec<Evidence>>) -> Tally {
    let places: BTreeMap<&ArticleId, usize> =
        bodies.iter().enumerate().map(|(place, body)| (&body.id, place)).collect();
    let mut tied: Vec<Vec<(usize, &Tie)>> = vec![Vec::new(); bodies.len()];
    for tie in ties {
        if let (Some(&a), Some(&b)) = (places.get(&tie.edge.a), places.get(&tie.edge.b)) {
            tied[a.max(b)].push((a.min(b), tie));
        }
    }
    let mut tally = Tally::default();
    // The accounts that each article carries, by the place of their roots.
    let mut carried: Vec<BTreeSet<usize>> = Vec::with_capacity(bodies.len());
    let mut tellers: Vec<Vec<Teller>> = Vec::with_capacity(bodies.len());
    for (place, body) in bodies.iter().enumerate() {
        tied[place].sort_by_key(|(earlier, _)| *earlier);
        let told = first_tellers(body, &tied[place], &places, &tellers, bodies);
        let share = share(body, &told, bodies);
        tellers.push(told);
        let mut accounts = BTreeSet::new();
        let enough = (share.unquoted as f64 * ACCOUNT_SHARE).max(1.0);
        for (source, words) in share.from.iter() {
            // The chief source counts however little there is of it.
            if *words as f64 >= enough || source == &share.from[0].0 {
                let teller = places[source];
                // What it told first is its own account's; where that is too little for one, it counts with the rest.
                if carried[teller].contains(&teller) {
                    accounts.insert(teller);
                } else {
                    accounts.extend(&carried[teller]);
                }
            }
        }
        if share.is_large() || accounts.is_empty() {
            accounts.insert(place);
        }
        carried.push(accounts);
        tally.shares.push(share);
    }
    for (place, body) in bodies.iter().enumerate() {
        if carried[place].contains(&place) {
            let members: Vec<usize> = (0..bodies.len()).filter(|&other| carried[other].contains(&place)).collect();
            let others = members.iter().map(|&other| &tally.shares[other]).filter(|share| share.id != body.id);
            let orphan = orphan(&body.id);
            let evidence = evidence(&tally.shares[place], others, ties, orphan.as_deref());
            let mut articles: Vec<ArticleId> = members.iter().map(|&other| bodies[other].id.clone()).collect();
            articles.sort_by_key(|id| (id != &body.id, id.clone()));
            tally.accounts.push(Account {
                account: Account::id_of(&body.id),
                root: body.id.clone(),
                articles,
                orphan: orphan.is_some(),
                rests_on: Vec::new(),
                origins: Vec::new(),
                evidence,
            });
        }
    }
    tally.accounts.sort_by(|one, other| one.root.cmp(&other.root));
    tally
}

/// The place of the article that told a sentence first; none where that is the article itself.
type Teller = Option<usize>;

/// Who told each sentence of `body` first. A sentence that an earlier article has from another is that other's: what a
/// page has by way of one that merges two accounts belongs to the one it came from.
fn first_tellers(
    body: &Body,
    ties: &[(usize, &Tie)],
    places: &BTreeMap<&ArticleId, usize>,
    tellers: &[Vec<Teller>],
    bodies: &[&Body],
) -> Vec<Teller> {
    let earlier: Vec<Earlier> = ties
        .iter()
        .filter(|(_, tie)| tie.edge.relation.is_copy())
        .map(|(_, tie)| {
            let flipped = tie.edge.b == body.id;
            Earlier::new(if flipped { &tie.edge.a } else { &tie.edge.b }, tie.runs, flipped)
        })
        .collect();
    let teller = |sentence: &Sentence| {
        let witness = witness(sentence, &earlier)?;
        let place = places[&witness.first.article];
        let passage = witness.first.piece();
        let common = |sentence: &Sentence| {
            passage.end.min(sentence.piece.end).saturating_sub(passage.start.max(sentence.piece.start))
        };
        let there = bodies[place].sentences.iter().zip(&tellers[place]);
        let nearest = there.max_by_key(|(sentence, _)| common(sentence));
        Some(nearest.and_then(|(_, teller)| *teller).unwrap_or(place))
    };
    body.sentences.iter().map(teller).collect()
}

/// What `body` has from whom.
fn share(body: &Body, told: &[Teller], bodies: &[&Body]) -> ArticleShare {
    let mut own = 0;
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    for (sentence, teller) in body.sentences.iter().zip(told) {
        match teller {
            Some(place) => *from.entry(*place).or_default() += sentence.unquoted,
            None => own += sentence.unquoted,
        }
    }
    let mut from: Vec<(ArticleId, usize)> = from
        .into_iter()
        .filter(|(_, words)| *words > 0)
        .map(|(place, words)| (bodies[place].id.clone(), words))
        .collect();
    from.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    ArticleShare { id: body.id.clone(), unquoted: body.unquoted(), own, from }
}

/// Why the account of this root is counted, and why the others are not accounts of their own.
fn evidence<'a>(
    root: &ArticleShare,
    others: impl Iterator<Item = &'a ArticleShare>,
    ties: &[Tie],
    orphan: Option<&[Evidence]>,
) -> Vec<Evidence> {
    let found = if root.from.is_empty() && root.own == root.unquoted {
        format!("no earlier article here has any of its {} words outside quotations", root.unquoted)
    } else {
        format!(
            "{} of its {} words outside quotations ({} %) are found in no earlier article",
            root.own,
            root.unquoted,
            percent(root.own_share())
        )
    };
    let mut evidence = vec![Evidence::new("first-telling", found)];
    for other in others {
        let tie = ties.iter().find(|tie| joins(tie, &root.id, &other.id));
        let has = format!(
            "{} has {} of its {} words outside quotations from it",
            other.id,
            other.from.iter().find(|(id, _)| *id == root.id).map_or(0, |(_, words)| *words),
            other.unquoted
        );
        evidence.push(match tie.map(|tie| (tie.edge.relation, tie.edge.direction, tie.edge.certainty)) {
            Some((Relation::Exact, Direction::Undecided, _)) => {
                Evidence::new("same-text", format!("{} is the same text; which came first cannot be told", other.id))
            }
            Some((_, Direction::Undecided, _)) => {
                Evidence::new("copied", format!("{has}; which of the two came first cannot be told"))
            }
            Some((_, _, certainty)) if certainty >= STATED => {
                Evidence::new("copied", format!("{has}; it was made from it ({certainty:.2})"))
            }
            Some((_, _, certainty)) if certainty >= PROBABLE => {
                Evidence::new("copied", format!("{has}; it was probably made from it ({certainty:.2})"))
            }
            Some(_) => Evidence::new("copied", format!("{has}; which of the two came first is not certain")),
            None => Evidence::new("copied-through", format!("{} carries it by way of another copy", other.id)),
        });
    }
    evidence.extend(orphan.unwrap_or_default().iter().cloned());
    evidence
}

fn joins(tie: &Tie, one: &ArticleId, other: &ArticleId) -> bool {
    (&tie.edge.a, &tie.edge.b) == (one, other) || (&tie.edge.a, &tie.edge.b) == (other, one)
}

fn percent(share: f64) -> usize {
    (share * 100.0).round() as usize
}
