//! Whose name a source stands for: names, roles, organisations, pronouns.
//!
//! Null beats a wrong name: where two readings are near each other there is none. Not for: people whom only other
//! articles name.

mod bodies;
mod first_names;
mod names;
mod people;
mod pronouns;

pub(crate) use first_names::is_role as is_role_noun;
pub(crate) use names::is_body;

use std::collections::HashMap;

use crate::doc::Doc;
use crate::polarity;
use crate::tree::Forest;
use bodies::Bodies;
use names::Named;
use people::People;

/// How often a name found in each way is right, checked by reading drawn ones one by one (`docs/compare/claims.md`).
mod certainty {
    /// A name of two words and more in the source itself.
    pub const FULL_NAME: f64 = 0.98;
    /// A name of one word, of somebody whom the article names in full.
    pub const SHORT_NAME: f64 = 0.97;
    /// "the Red Lantern relief group"
    pub const DESCRIBED_BODY: f64 = 0.9;
    /// "the US president", where one person of the article is called so.
    pub const ROLE: f64 = 0.9;
    /// "the president", where several are called so and one was named just before.
    pub const ROLE_NEAR: f64 = 0.85;
    /// What a pronoun or relative pronoun costs.
    pub const RELATIVE: f64 = 0.98;
    pub const OWN_WORDS: f64 = 0.95;
    pub const ORGANISATION_PRONOUN: f64 = 0.85;
}

/// How many sentences back is "just before".
const SENTENCES_NEAR: usize = 2;

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// A person of the article, by number.
    Person(usize),
    /// A body, by its name.
    Body(String),
    /// Several, all of them named.
    Several(Vec<Who>),
}

/// Who speaks a claim, and how certain that is.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    pub who: Who,
    pub certainty: f64,
}

/// The speakers of the claims of a forest.
pub(crate) struct Speakers {
    people: People,
    of: Vec<Option<Speaker>>,
}

impl Speakers {
    pub fn resolve(doc: &Doc, forest: &Forest) -> Self {
        let mut scene = Scene {
            doc,
            forest,
            people: People::of(doc),
            bodies: Bodies::of(doc),
            of: vec![None; forest.proposals.len()],
            said: HashMap::new(),
        };
        let depth: Vec<usize> = (0..forest.proposals.len()).map(|at| forest.depth(at)).collect();
        let mut order: Vec<usize> = (0..forest.proposals.len()).collect();
        order.sort_by_key(|&at| (depth[at], forest.proposals[at].cue[0]));
        for at in order {
            let speaker = scene.speaker(at);
            if let (Some(speaker), Some(&token)) = (&speaker, forest.proposals[at].source.last()) {
                scene.said.insert(token, speaker.who.clone());
            }
            scene.of[at] = speaker;
        }
        Speakers { people: scene.people, of: scene.of }
    }

    /// The name of a claim's speaker with its certainty.
    pub fn name(&self, at: usize) -> Option<(String, f64)> {
        let speaker = self.of[at].as_ref()?;
        Some((self.name_of(&speaker.who), speaker.certainty))
    }

    fn name_of(&self, who: &Who) -> String {
        match who {
            Who::Person(index) => self.people.list[*index].full(),
            Who::Body(name) => name.clone(),
            Who::Several(all) => all.iter().map(|who| self.name_of(who)).collect::<Vec<_>>().join(" and "),
        }
    }
}

/// An article whose speakers are being told.
pub(crate) struct Scene<'s, 'a> {
    pub doc: &'s Doc<'a>,
    pub forest: &'s Forest,
    pub people: People,
    pub bodies: Bodies<'a>,
    pub of: Vec<Option<Speaker>>,
    /// Who was found to speak at the last token of a source.
    pub said: HashMap<usize, Who>,
}

impl Scene<'_, '_> {
    fn speaker(&self, at: usize) -> Option<Speaker> {
        let claim = &self.forest.proposals[at];
        let source = claim.source.as_slice();
        let &first = source.first()?;
        match self.doc.lower(first) {
            _ if source.len() > 1 => self.of_phrase(source),
            "who" | "which" | "that" | "whom" => self.antecedent(at),
            "i" | "me" | "my" => self.own_words(at),
            "he" | "she" | "him" | "her" => self.pronoun(at, first),
            "it" | "its" => self.body_before(at),
            _ => self.of_phrase(source),
        }
    }

    /// The speaker that a phrase with a noun names.
    fn of_phrase(&self, source: &[usize]) -> Option<Speaker> {
        let doc = self.doc;
        if let Some((left, right)) = names::coordinates(doc, source) {
            // A name of one of two is half the truth.
            let (left, right) = (self.of_phrase(&left)?, self.of_phrase(&right)?);
            let certainty = left.certainty * right.certainty;
            return Some(Speaker { who: Who::Several(vec![left.who, right.who]), certainty });
        }
        if let Some(named) = names::of_phrase(doc, source) {
            return self.named(&named, source);
        }
        if let Some(tokens) = names::body(doc, source) {
            let name = doc.points.slice(doc.piece(tokens)).to_owned();
            return Some(Speaker { who: Who::Body(name), certainty: certainty::DESCRIBED_BODY });
        }
        let role = people::role_of_phrase(doc, source)?;
        match self.people.in_role(&role)[..] {
            [person] => Some(Speaker { who: Who::Person(person), certainty: certainty::ROLE }),
            ref several => self.last_of(several, source[0]),
        }
    }

    /// Which of several people in one role was named just before.
    fn last_of(&self, people: &[usize], token: usize) -> Option<Speaker> {
        let doc = self.doc;
        let near = |person: &&usize| {
            let mentions = &self.people.list[**person].mentions;
            let before = mentions.partition_point(|&at| at < token).checked_sub(1).map(|index| mentions[index]);
            before.is_some_and(|at| doc.tokens[at].sentence + SENTENCES_NEAR >= doc.tokens[token].sentence)
        };
        let mut candidates = people.iter().filter(near);
        let &person = candidates.next()?;
        candidates.next().is_none().then_some(Speaker { who: Who::Person(person), certainty: certainty::ROLE_NEAR })
    }

    fn named(&self, named: &Named, source: &[usize]) -> Option<Speaker> {
        let doc = self.doc;
        let words: Vec<String> = doc.tokens[named.tokens.clone()].iter().map(|token| token.text.to_owned()).collect();
        let courtesy = named.tokens.start.checked_sub(1).and_then(|at| match doc.lower(at).trim_end_matches('.') {
            "mr" => Some(false),
            "mrs" | "ms" | "miss" => Some(true),
            _ => None,
        });
        let known = self.people.at.get(&(named.tokens.end - 1)).copied();
        let known =
            known.or_else(|| self.people.find_words(&words, courtesy).filter(|_| named.person || words.len() == 1));
        if let Some(person) = known {
            // "President" alone is a role, not a name.
            let full = words.len() > 1;
            let certainty = if full { certainty::FULL_NAME } else { certainty::SHORT_NAME };
            return Some(Speaker { who: Who::Person(person), certainty });
        }
        if named.person && words.len() == 1 && !doc.tokens[named.tokens.start].entity.is_empty() {
            // A last name that several people share, or that nobody has.
            return None;
        }
        if words.len() == 1
            && let Some(role) = people::role_of_phrase(doc, source)
            && let [person] = self.people.in_role(&role)[..]
        {
            return Some(Speaker { who: Who::Person(person), certainty: certainty::ROLE });
        }
        let certainty = self.bodies.certainty(doc, named, source)?;
        let name = doc.points.slice(doc.piece(Bodies::whole(doc, named, source))).to_owned();
        Some(Speaker { who: Who::Body(name), certainty })
    }

    /// "who", "which": what the relative clause hangs on.
    fn antecedent(&self, at: usize) -> Option<Speaker> {
        let doc = self.doc;
        let mut verb = polarity::head(doc, &self.forest.proposals[at].cue);
        for _ in 0..4 {
            let head = doc.tokens[verb].head;
            if doc.tokens[verb].dep == "relcl" {
                let phrase = crate::phrase::noun_phrase(doc, head);
                let speaker = self.of_phrase(&phrase)?;
                return Some(Speaker { certainty: speaker.certainty * certainty::RELATIVE, ..speaker });
            }
            if head == verb {
                return None;
            }
            verb = head;
        }
        None
    }

    /// "I", inside of somebody's speech.
    fn own_words(&self, at: usize) -> Option<Speaker> {
        let speaker = self.of[self.forest.parents[at]?].clone()?;
        Some(Speaker { certainty: speaker.certainty * certainty::OWN_WORDS, ..speaker })
    }

    /// "it": the body that spoke last, in this sentence or the one before.
    fn body_before(&self, at: usize) -> Option<Speaker> {
        let doc = self.doc;
        let claim = &self.forest.proposals[at];
        let parent = self.forest.parents[at];
        let before = parent.or_else(|| {
            let previous = (0..at).rev().take(4).find(|&other| self.forest.parents[other].is_none())?;
            let own = doc.tokens[claim.cue[0]].sentence;
            (doc.tokens[self.forest.proposals[previous].cue[0]].sentence + 1 >= own).then_some(previous)
        })?;
        let speaker = self.of[before].clone()?;
        matches!(speaker.who, Who::Body(_))
            .then(|| Speaker { certainty: speaker.certainty * certainty::ORGANISATION_PRONOUN, ..speaker })
    }
}
