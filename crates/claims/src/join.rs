//! The same statement in several articles: one, with its variants.
//!
//! Claims of articles that copy each other are joined along the words that both have, others by wording. The clearest
//! wording decides who speaks, so that a copy's garbled attribution makes no new claim. Not for: deciding who is right
//! where copies disagree; that is shown.

use std::collections::{HashMap, HashSet};

use wirecopy_model::{Article, Claim, ClaimedArticle, Piece, Run};
use wirecopy_text::{fold, words};

use crate::carried::leftovers;

/// An article with its claims.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its claims.
    pub claims: &'a ClaimedArticle,
}

/// Two articles of a list that share words: their numbers in it, and where the words stand.
#[derive(Clone, Copy, Debug)]
pub struct Aligned<'a> {
    /// The number of the first article.
    pub a: usize,
    /// The number of the second.
    pub b: usize,
    /// The stretches that both have.
    pub runs: &'a [Run],
    /// Which of the two was made from the other, if that is known.
    pub copy: Option<usize>,
}

/// One claim of one article: their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// The article's number in the list.
    pub article: usize,
    /// The claim's number in the article.
    pub claim: usize,
}

/// A statement with the places where articles make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where it stands: the clearest wording first, then in the order of the articles.
    pub variants: Vec<ClaimRef>,
    /// The speakers of the clearest wording's chain, outermost first, by the fullest name that any article gives.
    pub chain: Vec<Option<String>>,
    /// How certain the last of them is.
    pub certainty: f64,
    /// Other speakers that articles name for it: an attribution that was altered on the way, or misread.
    pub others: Vec<String>,
    /// Only a copyist's wording makes it: it stands in passages that were taken from a source which says no such thing.
    pub garbled: bool,
}

impl Statement {
    /// Who makes it.
    pub fn speaker(&self) -> Option<&str> {
        self.chain.last()?.as_deref()
    }
}

/// Contents are joined by wording alone from this share of common words on.
const SAME_WORDING: f64 = 0.7;
/// ... if they have as many words at least: short ones are formulas.
const LEAST_WORDS: usize = 5;
/// What a speaker of one name counts beside the share of words that lie on each other, where a copy split or merged claims.
const SAME_SPEAKER: f64 = 0.3;
/// Contents of copies are joined if this share of the shorter stands in both.
const SAME_PLACE: f64 = 0.5;
/// A word that more claims have tells nothing about which are the same.
const COMMON_WORD: usize = 60;
/// Another speaker is worth showing from this certainty on.
const SPEAKER_SHOWN: f64 = 0.75;

/// The statements of a story, in the order of their first places. Every claim is in one of them.
///
/// Linear in the claims and runs but for articles with very many claims of the same words.
pub fn join(told: &[Told], aligned: &[Aligned]) -> Vec<Statement> {
    let claims: Vec<ClaimRef> = told
        .iter()
        .enumerate()
        .flat_map(|(article, of)| (0..of.claims.claims.len()).map(move |claim| ClaimRef { article, claim }))
        .collect();
    let number: HashMap<ClaimRef, usize> = claims.iter().enumerate().map(|(at, claim)| (*claim, at)).collect();
    let mut groups = Groups((0..claims.len()).collect());
    let mut garbled: HashSet<ClaimRef> = HashSet::new();
    for pair in aligned {
        let found = along_runs(told, pair);
        for (own, counterpart) in leftovers(told, pair, &found) {
            match counterpart {
                Some(theirs) => groups.union(number[&own], number[&theirs]),
                None => {
                    garbled.insert(own);
                }
            }
        }
        for (a, b) in found {
            groups.union(number[&a], number[&b]);
        }
    }
    by_wording(told, &claims, &mut groups);
    let names = FullNames::of(told);
    let mut members: HashMap<usize, Vec<ClaimRef>> = HashMap::new();
    for (at, claim) in claims.iter().enumerate() {
        members.entry(groups.root(at)).or_default().push(*claim);
    }
    let statement = |members: Vec<ClaimRef>| {
        let all_garbled = members.iter().all(|member| garbled.contains(member));
        (members[0], Statement { garbled: all_garbled, ..statement(told, members, &names) })
    };
    let mut statements: Vec<(ClaimRef, Statement)> = members.into_values().map(statement).collect();
    statements.sort_by_key(|(first, _)| *first);
    statements.into_iter().map(|(_, statement)| statement).collect()
}

pub(crate) fn claim_of<'a>(told: &[Told<'a>], at: ClaimRef) -> &'a Claim {
    &told[at.article].claims.claims[at.claim]
}

/// Pairs of claims whose contents the runs of two copies lay on each other; each claim in one pair at most.
fn along_runs(told: &[Told], pair: &Aligned) -> Vec<(ClaimRef, ClaimRef)> {
    let mut runs = pair.runs.to_vec();
    runs.sort_unstable_by_key(|run| run.a.start);
    let of_b = &told[pair.b].claims.claims;
    // The claims of b by where their contents begin, to find those in a stretch.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (claim, own) in of_b.iter().enumerate() {
        starts.extend(own.content.pieces().iter().map(|piece| (piece.start / BLOCK, claim)));
        starts.extend(own.content.pieces().iter().flat_map(|piece| {
            (piece.start / BLOCK + 1..=(piece.end / BLOCK).min(piece.start / BLOCK + LONGEST_BLOCKS))
                .map(|block| (block, claim))
        }));
    }
    starts.sort_unstable();
    starts.dedup();
    let mut found: Vec<(f64, ClaimRef, ClaimRef)> = Vec::new();
    for (claim, own) in told[pair.a].claims.claims.iter().enumerate() {
        let mapped: Vec<Piece> = own.content.pieces().iter().flat_map(|piece| map(*piece, &runs)).collect();
        let mut near: HashSet<usize> = HashSet::new();
        for piece in &mapped {
            for block in piece.start / BLOCK..=piece.end / BLOCK {
                let from = starts.partition_point(|(other, _)| *other < block);
                near.extend(starts[from..].iter().take_while(|(other, _)| *other == block).map(|(_, claim)| *claim));
            }
        }
        for other in near {
            let theirs = &of_b[other];
            let common: usize =
                mapped.iter().flat_map(|piece| theirs.content.pieces().iter().map(|own| overlap(*piece, *own))).sum();
            let shorter = own.content.len().min(theirs.content.len()).max(1);
            let longer = own.content.len().max(theirs.content.len()).max(1);
            if (common as f64) < SAME_PLACE * shorter as f64 || own.negated != theirs.negated {
                continue;
            }
            let depth = if own.depth() == theirs.depth() { 0.3 } else { 0.0 };
            let speaker = match (own.last().speaker.as_deref(), theirs.last().speaker.as_deref()) {
                (Some(a), Some(b)) if agree(Some(a), Some(b)) => SAME_SPEAKER,
                (Some(_), Some(_)) => -SAME_SPEAKER,
                _ => 0.0,
            };
            let score = common as f64 / longer as f64 + depth + speaker;
            found.push((score, ClaimRef { article: pair.a, claim }, ClaimRef { article: pair.b, claim: other }));
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut used: HashSet<ClaimRef> = HashSet::new();
    let free = found.into_iter().filter(|(_, a, b)| {
        !used.contains(a) && !used.contains(b) && {
            used.insert(*a);
            used.insert(*b);
            true
        }
    });
    free.map(|(_, a, b)| (a, b)).collect()
}

/// Contents are looked up by stretches of this many code points.
const BLOCK: usize = 128;
/// Contents longer than so many stretches are found by their beginnings.
const LONGEST_BLOCKS: usize = 64;

/// Where the words of a piece stand in the other article.
fn map(piece: Piece, runs: &[Run]) -> Vec<Piece> {
    let from = runs.partition_point(|run| run.a.end <= piece.start);
    let touching = runs[from..].iter().take_while(|run| run.a.start < piece.end);
    touching
        .map(|run| {
            let start = run.b.start + piece.start.saturating_sub(run.a.start).min(run.b.len());
            let end = run.b.end - run.a.end.saturating_sub(piece.end).min(run.b.len());
            Piece::new(start.min(end), end)
        })
        .collect()
}

pub(crate) fn overlap(a: Piece, b: Piece) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Joins claims of different articles with nearly the same words whose speakers do not contradict.
fn by_wording(told: &[Told], claims: &[ClaimRef], groups: &mut Groups) {
    let bags: Vec<HashSet<String>> = claims.iter().map(|&at| bag(told, at)).collect();
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, bag) in bags.iter().enumerate().filter(|(_, bag)| bag.len() >= LEAST_WORDS) {
        bag.iter().for_each(|word| having.entry(word).or_default().push(at));
    }
    for (at, bag) in bags.iter().enumerate().filter(|(_, bag)| bag.len() >= LEAST_WORDS) {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for word in bag {
            let with = having.get(word.as_str()).filter(|with| with.len() <= COMMON_WORD);
            for &other in with.into_iter().flatten().filter(|&&other| other > at) {
                *shared.entry(other).or_default() += 1;
            }
        }
        let mut candidates: Vec<usize> = shared.into_keys().collect();
        candidates.sort_unstable();
        for other in candidates {
            let common = bag.intersection(&bags[other]).count();
            let all = bag.len() + bags[other].len() - common;
            let (own, theirs) = (claim_of(told, claims[at]), claim_of(told, claims[other]));
            let apart = claims[at].article != claims[other].article;
            let same_depth = own.depth() == theirs.depth();
            if apart
                && same_depth
                && own.negated == theirs.negated
                && common as f64 >= SAME_WORDING * all as f64
                && agree(own.last().speaker.as_deref(), theirs.last().speaker.as_deref())
            {
                groups.union(at, other);
            }
        }
    }
}

fn bag(told: &[Told], at: ClaimRef) -> HashSet<String> {
    let claim = claim_of(told, at);
    let text = wirecopy_text::Points::new(&told[at.article].article.text);
    let mut bag = HashSet::new();
    for piece in claim.content.pieces() {
        let slice = text.slice(*piece);
        bag.extend(words(slice).iter().map(|word| fold(word.of(slice)).into_owned()).filter(|word| word.len() > 2));
    }
    bag
}

/// Whether two names may be of one speaker: one is missing, or the last words are the same.
pub(crate) fn agree(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => last_word(a) == last_word(b) || a.contains(b) || b.contains(a),
        _ => true,
    }
}

fn last_word(name: &str) -> String {
    name.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}

/// The fullest form in the story of names that some article gives in one word.
struct FullNames(HashMap<String, Option<String>>);

impl FullNames {
    fn of(told: &[Told]) -> Self {
        let mut full: HashMap<String, Option<String>> = HashMap::new();
        let links = told.iter().flat_map(|of| &of.claims.claims).flat_map(|claim| &claim.chain);
        for name in links.filter_map(|link| link.speaker.as_deref()) {
            let count = name.split_whitespace().count();
            if !(2..=4).contains(&count) || name.contains(" and ") || !name.chars().any(char::is_lowercase) {
                continue;
            }
            let known = full.entry(last_word(name)).or_insert_with(|| Some(name.to_owned()));
            // Two people of one last name: the short name stays short.
            if known.as_deref().is_some_and(|known| known != name) {
                *known = None;
            }
        }
        FullNames(full)
    }

    fn complete(&self, name: &str) -> String {
        let short = !name.contains(' ');
        let full = self.0.get(&last_word(name)).and_then(Option::as_ref).filter(|_| short);
        full.cloned().unwrap_or_else(|| name.to_owned())
    }
}

fn statement(told: &[Told], mut members: Vec<ClaimRef>, names: &FullNames) -> Statement {
    let name = |at: ClaimRef| claim_of(told, at).last().speaker.as_deref().map(|name| names.complete(name));
    let votes = |at: ClaimRef| {
        let own = name(at);
        members.iter().filter(|&&other| own.is_some() && name(other) == own).count()
    };
    // The clearest: a named speaker that most others agree with, then the surest; then the deepest chain, the first.
    let clearest = members.iter().copied().max_by(|&a, &b| {
        let (x, y) = (claim_of(told, a), claim_of(told, b));
        let rank = |at: ClaimRef, claim: &Claim| (votes(at), claim.depth());
        rank(a, x).cmp(&rank(b, y)).then(x.last().certainty.total_cmp(&y.last().certainty)).then(b.cmp(&a))
    });
    let first = clearest.unwrap_or(members[0]);
    let claim = claim_of(told, first);
    let speaker = name(first);
    let mut others: Vec<String> = members
        .iter()
        .filter(|&&at| claim_of(told, at).last().certainty >= SPEAKER_SHOWN)
        .filter_map(|&at| name(at))
        .filter(|other| !agree(Some(other), speaker.as_deref()))
        .collect();
    others.sort_unstable();
    others.dedup();
    members.sort_unstable_by_key(|&at| (at != first, at));
    Statement {
        variants: members,
        chain: claim.chain.iter().map(|link| link.speaker.as_deref().map(|name| names.complete(name))).collect(),
        certainty: claim.last().certainty,
        others,
        garbled: false,
    }
}

/// Disjoint sets.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}
