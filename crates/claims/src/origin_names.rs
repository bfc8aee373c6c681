//! Which names of origins are one: "Joe Biden" and "Joseph Biden", a government and the city it sits in.
//!
//! A count of origins must not grow with the ways of writing one. Where two may be two they stay two: a person and the
//! office that the person holds are told apart.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::lexicon;
use crate::speakers::{is_body, is_role_noun};

/// The names of origins of a story, one for each origin, those of most accounts first.
///
/// `accounts` holds the names that each account gives, the most cited first. Of several ways of writing one the most
/// usual is taken, and then the first.
///
/// ```
/// let accounts = [vec!["Kremlin".to_owned(), "Ina Orr".to_owned()], vec!["Moscow".to_owned(), "Orr".to_owned()]];
/// assert_eq!(wirecopy_claims::merge_origins(&accounts), ["Kremlin", "Ina Orr"]);
/// ```
pub fn merge_origins(accounts: &[Vec<String>]) -> Vec<String> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    let keys: HashSet<String> =
        accounts.iter().flatten().filter(|name| !name.contains(AND)).map(|name| key(name)).collect();
    let mut named: Vec<(usize, usize, &str)> = Vec::new();
    for (account, names) in accounts.iter().enumerate() {
        for (place, name) in names.iter().enumerate() {
            named.extend(parts(name, &keys).map(|part| (account, place, part)));
        }
    }
    // Full names first: "Orr" is then Ina Orr.
    named.sort_by_key(|(account, place, name)| (Reverse(name.split(' ').count()), *account, *place));
    for (account, place, name) in named {
        let key = key(name);
        let same = by_key.entry(key).or_default();
        let known = same.iter().copied().find(|&group| groups[group].names.keys().all(|other| may_be_one(other, name)));
        let group = known.unwrap_or_else(|| {
            groups.push(Group::default());
            same.push(groups.len() - 1);
            groups.len() - 1
        });
        groups[group].add(account, place, name);
    }
    groups.sort_by_key(|group| (Reverse(group.accounts.len()), group.place, group.shown().to_owned()));
    groups.into_iter().map(|group| group.shown().to_owned()).collect()
}

const AND: &str = " and ";

/// "Ina Orr and Jon Hale" are two, "Health and Safety Executive" is one: the parts where they are known or names of two
/// words or governments.
fn parts<'n>(name: &'n str, known: &HashSet<String>) -> impl Iterator<Item = &'n str> {
    let parts = || name.split(AND);
    let is_name = |part: &str| part.split(' ').count() == 2 || government(&part.to_lowercase()).is_some();
    let several = parts().any(|part| known.contains(&key(part))) || parts().all(is_name);
    let whole = (!several).then_some(name);
    whole.into_iter().chain(several.then(parts).into_iter().flatten())
}

/// The ways of writing one origin.
#[derive(Default)]
struct Group<'n> {
    /// Each name with how often it is given and where it stands first.
    names: HashMap<&'n str, (usize, usize)>,
    accounts: BTreeSet<usize>,
    place: usize,
}

impl<'n> Group<'n> {
    fn add(&mut self, account: usize, place: usize, name: &'n str) {
        self.place = if self.accounts.is_empty() { place } else { self.place.min(place) };
        self.accounts.insert(account);
        let entry = self.names.entry(name).or_insert((0, account * 1000 + place));
        entry.0 += 1;
        entry.1 = entry.1.min(account * 1000 + place);
    }

    fn shown(&self) -> &'n str {
        // "White House" tells more than "US side", a full name more than its last word; who has no name is best told
        // briefly.
        let rank = |(name, (count, first)): (&&'n str, &(usize, usize))| {
            let words = name.split(' ').count();
            let detail = if name.starts_with(char::is_lowercase) { usize::MAX - words } else { words.min(2) };
            let side = words > 1 && name.split(' ').next_back().is_some_and(is_of_government);
            (!side, detail, *count, Reverse(*first), Reverse(*name))
        };
        self.names.iter().max_by_key(|entry| rank(*entry)).map_or("", |(name, _)| name)
    }
}

/// What names of one origin have in common: the country of a government, the noun of somebody unnamed, a last name.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    if let Some(country) = government(&lower) {
        return format!("government {country}");
    }
    match name.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase) {
        true => {
            let padded = format!(" {} ", lower.replace(['’', '\''], " "));
            let of = GOVERNMENTS.iter().find(|names| names.iter().any(|name| padded.contains(&format!(" {name} "))));
            format!("unnamed {} {}", head(&lower), of.map_or("", |names| names[0]))
        }
        false => lower.split_whitespace().next_back().unwrap_or_default().trim_end_matches("'s").to_owned(),
    }
}

/// Whether two names of one last word may be one: one is a part of the other, or their first names are short forms.
fn may_be_one(a: &str, b: &str) -> bool {
    if a.starts_with(char::is_lowercase) && b.starts_with(char::is_lowercase) {
        return true;
    }
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if key(&a) == key(&b) && (government(&a).is_some() || government(&b).is_some()) {
        return true;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if x.len() == 1 || y.len() == 1 || a.contains(&b) || b.contains(&a) {
        return true;
    }
    let (short, long) = if x[0].len() <= y[0].len() { (x[0], y[0]) } else { (y[0], x[0]) };
    // "Joe" and "Joseph", "J." and "Joseph".
    let begins = |letters: usize| long.chars().take(letters).eq(short.chars().take(letters));
    short.trim_end_matches('.').chars().count() == 1 && begins(1) || short.chars().count() <= 4 && begins(2)
}

/// The country whose government a name stands for: by the country, its capital, or its seat; a readout or "side" is
/// the government's too.
fn government(lower: &str) -> Option<&'static str> {
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|last| is_of_government(last)) {
        words.pop();
    }
    country(&words.join(" "))
}

/// A word behind a country's name with which it still is the government.
fn is_of_government(word: &str) -> bool {
    matches!(word, "side" | "readout" | "statement" | "government" | "authorities" | "officials")
}

fn country(name: &str) -> Option<&'static str> {
    let name = name.trim_start_matches("the ");
    GOVERNMENTS.iter().find(|names| names.contains(&name)).map(|names| names[0])
}

/// Governments by country, people, capital and seat.
const GOVERNMENTS: [&[&str]; 24] = [
    &["united states", "us", "u.s.", "usa", "america", "american", "washington", "white house"],
    &["russia", "russian", "moscow", "kremlin"],
    &["china", "chinese", "beijing"],
    &["united kingdom", "uk", "u.k.", "britain", "british", "london", "downing street"],
    &["france", "french", "paris", "elysee", "élysée"],
    &["germany", "german", "berlin"],
    &["ukraine", "ukrainian", "kyiv", "kiev"],
    &["japan", "japanese", "tokyo"],
    &["south korea", "south korean", "seoul", "blue house"],
    &["north korea", "north korean", "pyongyang"],
    &["iran", "iranian", "tehran"],
    &["israel", "israeli", "jerusalem"],
    &["turkey", "türkiye", "turkish", "ankara"],
    &["india", "indian", "new delhi", "delhi"],
    &["pakistan", "pakistani", "islamabad"],
    &["european union", "eu", "brussels"],
    &["italy", "italian", "rome"],
    &["spain", "spanish", "madrid"],
    &["poland", "polish", "warsaw"],
    &["canada", "canadian", "ottawa"],
    &["australia", "australian", "canberra"],
    &["egypt", "egyptian", "cairo"],
    &["saudi arabia", "saudi", "riyadh"],
    &["syria", "syrian", "damascus"],
];

/// The noun that a description is about, in the singular: "officials familiar with the matter" are officials.
fn head(lower: &str) -> &str {
    let ends = |word: &&str| {
        matches!(
            *word,
            "of" | "who"
                | "in"
                | "at"
                | "from"
                | "with"
                | "to"
                | "on"
                | "for"
                | "by"
                | "familiar"
                | "close"
                | "near"
                | "that"
        )
    };
    let first = lower.split(',').next().unwrap_or(lower);
    let last = first.split_whitespace().take_while(|word| !ends(word)).last().unwrap_or("");
    singular(last)
}

fn singular(word: &str) -> &str {
    match word {
        "people" | "police" => word,
        _ => word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word),
    }
}

/// Most words of a description of somebody unnamed.
const LONGEST: usize = 8;

/// Whether a description is of somebody, and not of a thing, a document, or a part of a sentence that was misread.
pub(crate) fn is_somebody(description: &str) -> bool {
    let clean = description.chars().all(|letter| letter.is_alphanumeric() || " -'’.,".contains(letter));
    let head = head(description);
    let group = matches!(
        head,
        "people"
            | "source"
            | "official"
            | "authority"
            | "police"
            | "resident"
            | "men"
            | "women"
            | "family"
            | "crew"
            | "staff"
            | "critic"
            | "opponent"
            | "supporter"
            | "survivor"
            | "other"
            | "insider"
            | "intelligence"
            | "troop"
            | "spokespeople"
            | "government"
            | "ministry"
    );
    let somebody = group || (is_role_noun(head) || is_body(head)) && !lexicon::is_document(head);
    clean && description.split_whitespace().count() <= LONGEST && somebody
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accounts: &[&[&str]], expected: &[&str]) {
        let accounts: Vec<Vec<String>> =
            accounts.iter().map(|names| names.iter().map(|name| (*name).to_owned()).collect()).collect();
        assert_eq!(merge_origins(&accounts), expected);
    }

    #[test]
    fn one_origin_has_one_name() {
        check(&[&["Joseph Orr", "Kremlin"], &["Joe Orr", "Moscow"], &["Orr"]], &["Joseph Orr", "Kremlin"]);
        check(&[&["Joe Orr"], &["Ina Orr"]], &["Ina Orr", "Joe Orr"]);
        check(&[&["Ina Orr"], &["Ina Orr and Jon Hale"]], &["Ina Orr", "Jon Hale"]);
        check(&[&["Health and Safety Executive"]], &["Health and Safety Executive"]);
        check(&[&["US readout"], &["White House"], &["US side"]], &["White House"]);
        check(
            &[&["officials"], &["two officials familiar with the matter"], &["analysts"]],
            &["officials", "analysts"],
        );
        check(&[&["u.s. president"], &["president of the united states"]], &["u.s. president"]);
        check(&[&["Harbour Authority"], &["Water Authority"]], &["Harbour Authority", "Water Authority"]);
    }

    #[test]
    fn what_is_nobody() {
        for (words, expected) in [
            ("two officials familiar with the matter", true),
            ("survivors", true),
            ("deputy mayor", true),
            ("readout", false),
            ("statement", false),
            ("interest in better terms” between", false),
            ("tit-for-tat expulsion", false),
        ] {
            assert_eq!(is_somebody(words), expected, "{words}");
        }
    }
}
