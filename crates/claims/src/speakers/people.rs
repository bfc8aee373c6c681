//! The people of an article: who is who, in what role, he or she.

use std::collections::HashMap;
use std::ops::Range;

use crate::doc::Doc;
use crate::phrase;
use crate::speakers::first_names;
use crate::speakers::names::{self, Named};

/// One person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// The words of the fullest name that the article gives.
    pub name: Vec<String>,
    pub female: Option<bool>,
    /// What the person is called by: "president", with what stands before it ("us").
    pub roles: Vec<Role>,
    /// The last tokens of its mentions by name, in text order.
    pub mentions: Vec<usize>,
}

impl Person {
    pub fn full(&self) -> String {
        self.name.join(" ").replace(" - ", "-").replace("- ", "-").replace(" -", "-")
    }
}

/// A role noun with its modifiers, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub noun: String,
    pub modifiers: Vec<String>,
}

/// More people of one name or role are not told apart.
const MOST_NAMESAKES: usize = 32;

/// All people of an article.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub list: Vec<Person>,
    /// For each last name, who has it.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// Who is called by each role noun.
    by_role: HashMap<String, Vec<usize>>,
    /// Who a mention's last token names.
    pub at: HashMap<usize, usize>,
}

impl People {
    /// Reads all names of an article.
    pub fn of(doc: &Doc) -> Self {
        let mut found: Vec<Named> = Vec::new();
        let mut at = 0;
        while at < doc.tokens.len() {
            if !names::is_proper(doc, at) {
                at += 1;
                continue;
            }
            let run = names::run(doc, at, &doc.sentences[doc.tokens[at].sentence]);
            at = run.end.max(at + 1);
            found.extend(names::of_run(doc, run).filter(|named| named.person || described(doc, named)));
        }
        let mut people = People::default();
        // Full names first: what is shorter is then one of them.
        let longest = |named: &Named| std::cmp::Reverse(named.tokens.len());
        let mut order: Vec<&Named> = found.iter().collect();
        order.sort_by_key(|named| (longest(named), named.tokens.start));
        for named in order {
            people.add(doc, named);
        }
        for (index, person) in people.list.iter_mut().enumerate() {
            person.mentions.sort_unstable();
            for role in &person.roles {
                people.by_role.entry(office(&role.noun).to_owned()).or_default().push(index);
            }
        }
        people.by_role.values_mut().for_each(Vec::dedup);
        people
    }

    fn add(&mut self, doc: &Doc, named: &Named) {
        let words: Vec<String> = doc.tokens[named.tokens.clone()].iter().map(|token| bare(token.text)).collect();
        let Some(last) = words.last().map(|last| last.to_lowercase()) else { return };
        let courtesy = courtesy_gender(doc, named.tokens.start);
        let known = self.find_words(&words, courtesy);
        let index = match known {
            Some(index) => index,
            // A last name that several people share names none of them.
            None if words.len() == 1 && self.by_last.get(&last).is_some_and(|of| of.len() > 1) => return,
            None => {
                self.list.push(Person { name: words.clone(), ..Person::default() });
                let index = self.list.len() - 1;
                self.by_last.entry(last).or_default().push(index);
                if words.len() > 1 {
                    self.by_first.entry(words[0].to_lowercase()).or_default().push(index);
                }
                index
            }
        };
        let person = &mut self.list[index];
        let mention = named.tokens.end - 1;
        person.mentions.push(mention);
        self.at.insert(mention, index);
        person.roles.extend(roles(doc, &named.tokens));
        let by_role = person.roles.iter().find_map(|role| first_names::gender_of_role(&role.noun));
        let by_name = || first_names::female(&person.name[0]).filter(|_| person.name.len() > 1);
        let by_owner = gender_of_owner(doc, named.tokens.end);
        person.female = person.female.or(courtesy).or(by_role).or_else(by_name).or(by_owner);
    }

    /// Who these words name: the same words, or the last or first of them, where that is one person only.
    pub fn find_words(&self, words: &[String], courtesy: Option<bool>) -> Option<usize> {
        let last = words.last()?.to_lowercase();
        let same_last = self.by_last.get(&last).map_or(&[][..], Vec::as_slice);
        let fits = |&&index: &&usize| {
            let person = &self.list[index];
            let gender = courtesy.is_none() || person.female.is_none() || person.female == courtesy;
            let names = words.len() == 1 || person.name.len() == 1 || compatible(&person.name, words);
            gender && names
        };
        let mut candidates = same_last.iter().take(MOST_NAMESAKES).filter(fits);
        if let Some(&first) = candidates.next() {
            return candidates.next().is_none().then_some(first);
        }
        let by_first = self.by_first.get(&last).filter(|_| words.len() == 1)?;
        (by_first.len() == 1).then(|| by_first[0])
    }

    /// The people who are called by a role, "the Russian president", anywhere in the article.
    pub fn in_role(&self, role: &Role) -> Vec<usize> {
        let fits = |own: &Role| {
            same_office(&own.noun, &role.noun) && role.modifiers.iter().all(|modifier| {
                own.modifiers.is_empty() && !is_rank(modifier) || own.modifiers.iter().any(|other| alike(modifier, other))
            })
                // "the former president" is not "the president".
                && own.modifiers.iter().all(|other| !is_rank(other) || role.modifiers.contains(other))
        };
        let called = self.by_role.get(office(&role.noun)).map_or(&[][..], Vec::as_slice);
        let called = called.iter().copied().take(MOST_NAMESAKES);
        called.filter(|&index| self.list[index].roles.iter().any(fits)).collect()
    }
}

fn bare(text: &str) -> String {
    text.trim_end_matches("’s").trim_end_matches("'s").to_owned()
}

/// "Edda Varnholt" and "Edda Marie Varnholt" are one, "Joost Varnholt" is another.
fn compatible(a: &[String], b: &[String]) -> bool {
    let (first_a, first_b) = (a[0].to_lowercase(), b[0].to_lowercase());
    let initial =
        |a: &str, b: &str| a.trim_end_matches('.').chars().count() == 1 && b.starts_with(a.trim_end_matches('.'));
    first_a == first_b || initial(&first_a, &first_b) || initial(&first_b, &first_a)
}

/// Words that make another office of one.
fn is_rank(modifier: &str) -> bool {
    matches!(
        modifier,
        "former"
            | "vice"
            | "deputy"
            | "ex"
            | "acting"
            | "incoming"
            | "outgoing"
            | "late"
            | "assistant"
            | "prime"
            | "first"
    )
}

/// The noun under which a role is filed: a president may be called a leader, and a leader be a president.
fn office(noun: &str) -> &str {
    match noun {
        "president" | "leader" | "chancellor" | "premier" | "king" | "queen" => "leader",
        _ => noun,
    }
}

/// Whether two words for an office may be one: a president and a chancellor are two.
fn same_office(a: &str, b: &str) -> bool {
    a == b || office(a) == office(b) && (a == "leader" || b == "leader")
}

/// "Russia" and "Russian", "US" and "American".
fn alike(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let america = |word: &str| matches!(word, "us" | "u.s." | "american" | "states" | "usa" | "america");
    a == b || common >= 4 && common + 3 >= a.len().min(b.len()) || america(a) && america(b)
}

/// "Jon Hale and his wife": what is his makes him a man.
fn gender_of_owner(doc: &Doc, end: usize) -> Option<bool> {
    let near = doc.tokens.get(end..(end + 3).min(doc.tokens.len()))?;
    let mut words = near.iter().map(|token| token.lower.as_ref()).skip_while(|word| *word == ",");
    match (words.next(), words.next()) {
        (Some("and" | "with"), Some("his")) => Some(false),
        (Some("and" | "with"), Some("her")) => Some(true),
        _ => None,
    }
}

/// "Mr", "Mrs" before a name.
fn courtesy_gender(doc: &Doc, start: usize) -> Option<bool> {
    match doc.lower(start.checked_sub(1)?).trim_end_matches('.') {
        "mr" | "sir" | "lord" | "king" | "prince" => Some(false),
        "mrs" | "ms" | "miss" | "lady" | "dame" | "queen" | "princess" => Some(true),
        _ => None,
    }
}

/// Whether a name that no entity marks as a person's stands where a person's does: behind a role in lower case.
fn described(doc: &Doc, named: &Named) -> bool {
    let Some(before) = named.tokens.start.checked_sub(1) else { return false };
    let own = &doc.tokens[named.tokens.end - 1];
    let role = &doc.tokens[before];
    named.tokens.len() > 1
        && !matches!(own.entity, "ORG" | "GPE" | "FAC" | "LOC" | "NORP" | "EVENT" | "WORK_OF_ART")
        && role.pos == "NOUN"
        && role.sentence == own.sentence
        && first_names::is_role(&role.lemma)
}

/// The roles that stand with a name: before it, in apposition, or as "Ina Orr, the mayor of Orlen".
fn roles(doc: &Doc, name: &Range<usize>) -> Vec<Role> {
    let mut roles = Vec::new();
    let sentence = &doc.sentences[doc.tokens[name.start].sentence];
    // Before the name: "US President Ina Orr", "bus driver Ina Orr".
    if let Some(before) = name.start.checked_sub(1).filter(|&at| at >= sentence.start) {
        let is_noun = |at: usize| matches!(doc.tokens[at].pos, "NOUN" | "PROPN") && !doc.tokens[at].is_punctuation();
        if is_noun(before) && !names::is_courtesy(doc.lower(before)) {
            let start =
                (sentence.start..=before).rev().take_while(|&at| is_noun(at) || doc.tokens[at].pos == "ADJ").last();
            roles.push(role_of(doc, start.unwrap_or(before)..before + 1, before, name.end));
        }
        // "the engineer, Ina Orr"
        if doc.lower(before) == ","
            && let Some(noun) = before.checked_sub(1).filter(|&at| doc.tokens[at].pos == "NOUN")
        {
            let start = doc.subtree(noun).start.max(sentence.start).min(noun);
            if first_names::is_role(&doc.tokens[noun].lemma) {
                roles.push(role_of(doc, start..noun + 1, noun, noun + 1));
            }
        }
    }
    // Behind it.
    let last = name.end - 1;
    let apposition = doc.children(last).iter().copied().find(|&at| at > last && doc.tokens[at].dep == "appos");
    if let Some(noun) = apposition.filter(|&at| doc.tokens[at].pos == "NOUN") {
        let phrase = phrase::noun_phrase(doc, noun);
        let start = phrase.first().copied().unwrap_or(noun).min(noun);
        roles.push(role_of(doc, start..noun + 1, noun, phrase.last().map_or(noun + 1, |&at| at + 1)));
    }
    roles
}

/// A role of the words in `words` with its head; "of Russia" up to `end` tells whose.
fn role_of(doc: &Doc, words: Range<usize>, head: usize, end: usize) -> Role {
    let modifies = |at: &usize| matches!(doc.tokens[*at].pos, "NOUN" | "PROPN" | "ADJ") && *at != head;
    let mut modifiers: Vec<String> = words.filter(modifies).map(|at| doc.lower(at).to_owned()).collect();
    let stop = doc.tokens.len().min(end + 3);
    if end < doc.tokens.len() && doc.lower(end) == "of" {
        modifiers.extend((end + 1..stop).filter(|&at| names::is_proper(doc, at)).map(|at| doc.lower(at).to_owned()));
    }
    Role { noun: doc.tokens[head].lemma.to_lowercase(), modifiers }
}

/// The role that a definite phrase names: "the Russian leader".
pub(crate) fn role_of_phrase(doc: &Doc, source: &[usize]) -> Option<Role> {
    let head = names::head(doc, source);
    let definite = matches!(doc.lower(source[0]), "the" | "that" | "this") || names::is_proper(doc, head);
    let token = &doc.tokens[head];
    if !definite || token.tag.ends_with('S') || !matches!(token.pos, "NOUN" | "PROPN") {
        return None;
    }
    let start = source[0];
    let noun_end = source.iter().copied().find(|&at| at > head).unwrap_or(head + 1);
    Some(role_of(doc, start..head + 1, head, noun_end))
}
