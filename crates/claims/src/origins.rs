//! Where what an article reports comes from: the roots of its chains, and the media that it relays.
//!
//! The origin of a claim is the outermost of its speakers who is not a news medium: in "the ministry said that the
//! driver had told it ..., Reuters reported" the ministry answers for what the driver is said to have said. Not for:
//! which account in a store a medium's name stands for beyond the names that the account's article carries.

use std::collections::{BTreeMap, HashSet};

use wirecopy_model::{Article, Claim, ClaimLink, Medium, Piece, Span};
use wirecopy_text::Points;

use crate::origin_names::is_somebody;

/// Somebody at the root of chains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name, or for the unnamed the words that describe them, in lower case ("officials").
    pub name: String,
    /// Whether it is a name.
    pub named: bool,
    /// How many claims rest on it.
    pub claims: usize,
}

/// The origins of an article's claims, the one with most claims first. Stances that nobody is said to have voiced and
/// what was not said have none.
pub fn origins(text: &str, claims: &[Claim]) -> Vec<Origin> {
    let points = Points::new(text);
    let mut counts: BTreeMap<(String, bool), usize> = BTreeMap::new();
    // What a claim of a longer chain passes on is counted there.
    let place = |link: &ClaimLink| (link.cue.clone(), link.source.clone());
    let passed_on: HashSet<(Span, Span)> =
        claims.iter().flat_map(|claim| &claim.chain[..claim.chain.len() - 1]).map(place).collect();
    for claim in claims.iter().filter(|claim| claim.medium != Medium::Attitude && !claim.negated) {
        let Some(link) = root(claim, &points) else { continue };
        let by_medium = is_medium(link, &points);
        if by_medium && passed_on.contains(&place(claim.last())) {
            continue;
        }
        let found = match &link.speaker {
            Some(name) => (name.clone(), true),
            None => match description(link, &points) {
                Some(words) => (words, false),
                None => continue,
            },
        };
        *counts.entry(found).or_default() += 1;
    }
    let mut origins: Vec<Origin> =
        counts.into_iter().map(|((name, named), claims)| Origin { name, named, claims }).collect();
    origins.sort_by_key(|origin| (std::cmp::Reverse(origin.claims), !origin.named));
    origins
}

/// The link that answers for a claim: the outermost that is no medium, or the outermost.
fn root<'c>(claim: &'c Claim, points: &Points) -> Option<&'c ClaimLink> {
    claim.chain.iter().find(|link| !is_medium(link, points)).or(claim.chain.first())
}

fn is_medium(link: &ClaimLink, points: &Points) -> bool {
    is_news_medium(link.speaker.as_deref().unwrap_or_else(|| whole(link, points)))
}

fn whole<'t>(link: &ClaimLink, points: &Points<'t>) -> &'t str {
    match (link.source.pieces().first(), link.source.pieces().last()) {
        (Some(first), Some(last)) => points.slice(Piece::new(first.start, last.end)),
        _ => "",
    }
}

/// The words for somebody without a name; pronouns describe nobody, nor do documents that no one is said to have issued.
fn description(link: &ClaimLink, points: &Points) -> Option<String> {
    let words = whole(link, points).trim().to_lowercase();
    let before = ["the ", "a ", "an ", "their ", "his ", "her ", "its ", "some ", "several ", "many ", "other "];
    let bare = before.iter().find_map(|article| words.strip_prefix(article)).unwrap_or(&words);
    let pronouns = ["he", "she", "it", "they", "we", "i", "who", "which", "that", "you", "this", "one", ""];
    (!pronouns.contains(&bare) && is_somebody(bare)).then(|| bare.to_owned())
}

/// The news media that an article's claims name as where they were reported, with how many claims each: what the
/// article relays, whether it copied the words or not.
pub fn relayed(claims: &[Claim]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims {
        let media = claim.chain.iter().map_while(|link| link.speaker.as_deref().filter(|name| is_news_medium(name)));
        media.for_each(|name| *counts.entry(name).or_default() += 1);
    }
    let mut relayed: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    relayed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    relayed
}

/// Whether a medium's name is that of an article's publisher or agency: then who relays the medium may rest on it.
pub fn names_publisher(medium: &str, article: &Article) -> bool {
    let key = key(medium);
    let of = |field: &Option<String>| field.as_deref().map(self::key).filter(|own| !own.is_empty());
    let host = article.url.as_deref().and_then(|url| {
        let rest = url.split("//").nth(1)?.split('/').next()?;
        rest.rsplit('.').nth(1).map(self::key)
    });
    let fields = [of(&article.source), of(&article.agency), host];
    fields.into_iter().flatten().any(|own| own == key || own.len() > 3 && (own.contains(&key) || key.contains(&own)))
}

/// Letters and digits of a name in lower case, without article and the word for what it is.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        !matches!(
            *word,
            "the"
                | "news"
                | "agency"
                | "outlet"
                | "newspaper"
                | "magazine"
                | "daily"
                | "weekly"
                | "online"
                | "com"
                | ""
        )
    });
    words.collect()
}

/// Whether a name is that of a newspaper, broadcaster or news agency.
///
/// ```
/// assert!(wirecopy_claims::is_news_medium("the Orlen Gazette"));
/// assert!(!wirecopy_claims::is_news_medium("the Orlen Harbour Authority"));
/// ```
pub fn is_news_medium(name: &str) -> bool {
    let lower = name.to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    MEDIA.contains(&bare) || bare.split(|c: char| !c.is_alphanumeric()).any(|word| MEDIA_WORDS.contains(&word))
}

/// Media whose names do not tell.
const MEDIA: [&str; 40] = [
    "reuters",
    "ap",
    "afp",
    "associated press",
    "agence france-presse",
    "interfax",
    "tass",
    "ria",
    "ria novosti",
    "xinhua",
    "kyodo",
    "dpa",
    "ansa",
    "efe",
    "upi",
    "pa",
    "bloomberg",
    "bbc",
    "cnn",
    "nbc",
    "cbs",
    "abc",
    "npr",
    "pbs",
    "msnbc",
    "rt",
    "al jazeera",
    "politico",
    "axios",
    "vox",
    "buzzfeed",
    "breitbart",
    "huffpost",
    "le monde",
    "der spiegel",
    "die welt",
    "el pais",
    "el país",
    "the economist",
    "economist",
];

/// Words in the names of media.
const MEDIA_WORDS: [&str; 26] = [
    "news",
    "times",
    "post",
    "herald",
    "gazette",
    "guardian",
    "tribune",
    "mirror",
    "courier",
    "chronicle",
    "telegraph",
    "journal",
    "radio",
    "television",
    "tv",
    "newspaper",
    "press",
    "magazine",
    "broadcaster",
    "newswire",
    "inquirer",
    "observer",
    "dispatch",
    "bulletin",
    "outlet",
    "reuters",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_by_name() {
        for (name, expected) in [
            ("Reuters", true),
            ("Reuters news agency", true),
            ("The Orlen Courier", true),
            ("Radio Tarn", true),
            ("the Interior Ministry", false),
            ("Ina Orr", false),
        ] {
            assert_eq!(is_news_medium(name), expected, "{name}");
        }
    }
}
