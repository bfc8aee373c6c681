//! "he said", "she told": which of the people of an article.
//!
//! Candidates are the people named or speaking shortly before, and nameless ones ("a nurse"); they are ranked by
//! gender, by whether they spoke last or were a subject, and by nearness (after Lappin and Leass 1994).

use std::ops::Range;

use crate::doc::Doc;
use crate::speakers::first_names;
use crate::speakers::{Scene, Speaker, Who, names, people};

/// How far back candidates are sought.
const TOKENS_BACK: usize = 120;
const SENTENCES_BACK: usize = 3;

/// Points for a candidate. A speaker is taken up before a subject; a known gender counts no more than either, since a
/// last name alone does not tell it.
mod points {
    pub const SAME_GENDER: f64 = 1.5;
    pub const SPOKE: f64 = 2.0;
    pub const SUBJECT: f64 = 1.5;
    pub const PER_SENTENCE: f64 = -1.0;
    /// Said by somebody else, within marks.
    pub const IN_QUOTATION: f64 = -1.0;
    /// The best must be ahead of another person by this.
    pub const AHEAD: f64 = 0.75;
}

/// How certain a pronoun's reading is.
mod certainty {
    /// "Orr said she ..."
    pub const OUTER_SPEAKER: f64 = 0.93;
    pub const KNOWN_GENDER: f64 = 0.87;
    pub const UNKNOWN_GENDER: f64 = 0.77;
}

struct Candidate {
    /// `None` for somebody without a name.
    who: Option<usize>,
    female: Option<bool>,
    spoke: bool,
    score: f64,
}

impl Scene<'_, '_> {
    pub(super) fn pronoun(&self, at: usize, token: usize) -> Option<Speaker> {
        let female = matches!(self.doc.lower(token), "she" | "her");
        if let Some(parent) = self.forest.parents[at] {
            match self.outer_speaker(parent, token, female) {
                Outer::Is(speaker) => return Some(speaker),
                Outer::MayBe => return None,
                Outer::IsNot => {}
            }
        }
        let barred = self.forest.parents[at].and_then(|parent| match &self.of[parent] {
            Some(Speaker { who: Who::Person(person), .. }) => Some(*person),
            _ => None,
        });
        let mut best: Vec<Candidate> = Vec::new();
        for candidate in self.candidates(token, female) {
            if candidate.who.is_some() && candidate.who == barred {
                continue;
            }
            match best.iter_mut().find(|known| known.who == candidate.who && known.who.is_some()) {
                Some(known) => known.score = known.score.max(candidate.score),
                None => best.push(candidate),
            }
        }
        best.sort_by(|a, b| b.score.total_cmp(&a.score));
        let first = best.first()?;
        let person = first.who?;
        let ahead = best.get(1).is_none_or(|second| first.score - second.score >= points::AHEAD);
        // A bare last name among others, who has not spoken, is no more than a guess.
        if first.female.is_none() && !first.spoke && best.len() > 1 {
            return None;
        }
        let certainty = if first.female.is_some() { certainty::KNOWN_GENDER } else { certainty::UNKNOWN_GENDER };
        ahead.then_some(Speaker { who: Who::Person(person), certainty })
    }

    /// Whether a pronoun in what somebody says is that somebody.
    fn outer_speaker(&self, parent: usize, token: usize, female: bool) -> Outer {
        let doc = self.doc;
        let outer_cue = self.forest.proposals[parent].cue[0];
        // In one's own words "he" is somebody else.
        if doc.tokens[token].depth > doc.tokens[outer_cue].depth {
            return Outer::IsNot;
        }
        match &self.of[parent] {
            Some(Speaker { who: Who::Person(person), certainty }) => match self.people.list[*person].female {
                Some(known) if known != female => Outer::IsNot,
                // "thinks that the captain lied when he said": the captain may be meant.
                _ if self.another_before(parent, token, female, *person) => Outer::MayBe,
                _ => Outer::Is(Speaker { who: Who::Person(*person), certainty: certainty * certainty::OUTER_SPEAKER }),
            },
            Some(_) => Outer::IsNot,
            None => {
                let source = &self.forest.proposals[parent].source;
                let Some(&first) = source.first() else { return Outer::IsNot };
                let head = names::head(doc, source);
                // "She said": the same pronoun, of whom it is not known who it is.
                let same = matches!((doc.lower(first), female), ("she", true) | ("he", false));
                let person = first_names::is_role(&doc.tokens[head].lemma) && !doc.tokens[head].tag.ends_with('S');
                let fits = first_names::gender_of_role(&doc.tokens[head].lemma).is_none_or(|known| known == female);
                if same || person && fits { Outer::MayBe } else { Outer::IsNot }
            }
        }
    }

    /// Whether the content in which a pronoun stands speaks of another person before it.
    fn another_before(&self, parent: usize, token: usize, female: bool, speaker: usize) -> bool {
        let content = &self.forest.proposals[parent].content;
        let Some(&start) = content.first() else { return false };
        let start = start.max(token.saturating_sub(TOKENS_BACK));
        (start..token).any(|at| {
            self.person_at(at, start..token).is_some_and(|(who, gender)| {
                who != Some(speaker) && gender.is_none_or(|known| known == female) && is_subject(self.doc, at)
            })
        })
    }

    /// Everybody who may be meant, with points.
    fn candidates(&self, token: usize, female: bool) -> Vec<Candidate> {
        let doc = self.doc;
        let own = doc.tokens[token].sentence;
        let start = token.saturating_sub(TOKENS_BACK);
        let start = (start..token).find(|&at| doc.tokens[at].sentence + SENTENCES_BACK >= own).unwrap_or(token);
        let mut found = Vec::new();
        for at in start..token {
            let Some((who, gender)) = self.person_at(at, start..token) else { continue };
            if gender.is_some_and(|gender| gender != female) {
                continue;
            }
            let mut score = (own - doc.tokens[at].sentence) as f64 * points::PER_SENTENCE;
            score += if gender.is_some() { points::SAME_GENDER } else { 0.0 };
            let spoke = self.said.contains_key(&at);
            score += if spoke { points::SPOKE } else { 0.0 };
            score += if is_subject(doc, at) { points::SUBJECT } else { 0.0 };
            score += if doc.tokens[at].depth > doc.tokens[token].depth { points::IN_QUOTATION } else { 0.0 };
            found.push(Candidate { who, female: gender, spoke, score });
        }
        found
    }

    /// The person whom the phrase that ends here is about.
    fn person_at(&self, at: usize, within: Range<usize>) -> Option<(Option<usize>, Option<bool>)> {
        let doc = self.doc;
        if let Some(Who::Person(person)) = self.said.get(&at) {
            return Some((Some(*person), self.people.list[*person].female));
        }
        if let Some(&person) = self.people.at.get(&at) {
            // "Orr's wife" is about the wife.
            let owner = doc.tokens[at].dep == "poss";
            return (!owner).then(|| (Some(person), self.people.list[person].female));
        }
        let token = &doc.tokens[at];
        let is_person = token.tag == "NN" && first_names::is_role(&token.lemma);
        let argument = matches!(token.dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "dative" | "agent");
        if !is_person || !argument {
            return None;
        }
        let phrase = crate::phrase::noun_phrase(doc, at);
        // A description with a name is that name's.
        if names::of_phrase(doc, &phrase).is_some() || phrase.first().is_none_or(|&first| first < within.start) {
            return None;
        }
        let gender = first_names::gender_of_role(&token.lemma);
        let known = people::role_of_phrase(doc, &phrase).map(|role| self.people.in_role(&role));
        match known.as_deref() {
            Some(&[person]) => Some((Some(person), self.people.list[person].female)),
            _ => Some((None, gender)),
        }
    }
}

enum Outer {
    Is(Speaker),
    /// Somebody without a name, perhaps.
    MayBe,
    IsNot,
}

fn is_subject(doc: &Doc, mut at: usize) -> bool {
    for _ in 0..4 {
        let token = &doc.tokens[at];
        match token.dep {
            "nsubj" | "nsubjpass" => return true,
            "compound" | "appos" | "flat" => at = token.head,
            _ => return false,
        }
    }
    false
}
