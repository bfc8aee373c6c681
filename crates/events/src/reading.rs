//! From sentences to events.

use std::collections::BTreeSet;
use std::ops::Range;

use wirecopy_model::{Annotation, Article, Event, Grain, Modality, Piece, Sentence, Timex, TimexKind, Token, When};
use wirecopy_text::Points;

use crate::lexicon::{is_denying, is_distancing, is_planning, is_saying};

/// So many sentences at the head of an article tell its news, whether they name a time or not.
const HEAD: usize = 1;

/// Longer sentences are lists or litter: only so many tokens are read.
const LONGEST: usize = 300;

/// Most steps from a time up the tree to the word that it belongs to.
const STEPS: usize = 12;

/// Words that are kept of a sentence to compare it by.
const WORDS: usize = 40;

pub(crate) fn read(article: &Article, annotation: &Annotation, timexes: &[Timex]) -> Vec<Event> {
    let points = Points::new(&article.text);
    let body = article.kept.len().max(1) as f32;
    let mut events = Vec::new();
    let body_sentences = annotation.sentences.iter().filter(|sentence| article.kept.contains(sentence.start));
    for (number, sentence) in body_sentences.enumerate() {
        let from = timexes.partition_point(|timex| timex.end <= sentence.start);
        let here = timexes[from..].iter().take_while(|timex| timex.start < sentence.end);
        let dated =
            here.filter(|timex| timex.interval.is_some() && matches!(timex.kind, TimexKind::Date | TimexKind::Time));
        let reader =
            Reader { points: &points, sentence, tokens: &sentence.tokens[..sentence.tokens.len().min(LONGEST)] };
        let depth = before(article, sentence.start) as f32 / body;
        let mut seen = BTreeSet::new();
        for timex in dated {
            // "at 5 p.m. on Monday" is one time.
            if seen.insert(timex.interval) {
                events.extend(reader.event(Some(timex), depth));
            }
        }
        if seen.is_empty() && number < HEAD {
            events.extend(reader.event(None, depth));
        }
    }
    events
}

/// How much of the body stands before a place.
fn before(article: &Article, point: usize) -> usize {
    let ends = article.kept.pieces().iter().map(|piece| piece.end.min(point).saturating_sub(piece.start));
    ends.sum()
}

struct Reader<'a> {
    points: &'a Points<'a>,
    sentence: &'a Sentence,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn event(&self, timex: Option<&Timex>, depth: f32) -> Option<Event> {
        let trigger = self.trigger(timex)?;
        let when = timex.and_then(|timex| {
            let interval = timex.interval?;
            Some(When { interval, grain: Grain::of(&interval), basis: timex.basis })
        });
        let names = self.names();
        let according_to = self.according_to(trigger);
        let place = names.iter().find(|name| name.is_place && name.after_in).map(|name| name.text.clone());
        let actors = names.iter().filter(|name| !(name.is_place && name.after_in || according_to.contains(&name.text)));
        let mut told = BTreeSet::new();
        let actors: Vec<String> =
            actors.filter(|name| told.insert(name.text.clone())).map(|name| name.text.clone()).collect();
        Some(Event {
            sentence: self.sentence.piece(),
            trigger: self.tokens[trigger].piece(),
            predicate: self.tokens[trigger].lemma.to_lowercase(),
            modality: self.modality(trigger, &according_to),
            actors,
            place,
            when,
            according_to,
            words: self.words(),
            depth: depth.clamp(0.0, 1.0),
        })
    }

    /// The word that a time belongs to: the nearest verb above it in the tree; without a time, the root of the sentence.
    fn trigger(&self, timex: Option<&Timex>) -> Option<usize> {
        let start = match timex {
            Some(timex) => self.tokens.iter().position(|token| token.end > timex.start)?,
            None => self.tokens.iter().enumerate().position(|(at, token)| token.head == at)?,
        };
        let mut at = start;
        for _ in 0..STEPS {
            let head = self.tokens[at].head;
            if self.tokens[at].tag.starts_with('V') && at != start || head == at || head >= self.tokens.len() {
                break;
            }
            at = head;
        }
        // "Police said on Monday that two boats sank": what happened is what was said, told on Monday.
        let told = self.children(at).find(|&child| &*self.tokens[child].dep == "ccomp");
        Some(told.filter(|_| is_saying(&self.tokens[at].lemma) && timex.is_none()).unwrap_or(at))
    }

    fn children(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(at, token)| token.head == of && *at != of).map(|(at, _)| at)
    }

    fn modality(&self, trigger: usize, according_to: &[String]) -> Modality {
        let head = self.tokens[trigger].head;
        let governed =
            head != trigger && head < self.tokens.len() && matches!(&*self.tokens[trigger].dep, "xcomp" | "ccomp");
        let head_lemma = if governed { &*self.tokens[head].lemma } else { "" };
        let below = |test: &dyn Fn(&Token) -> bool| self.children(trigger).any(|child| test(&self.tokens[child]));
        let negated = below(&|token| &*token.dep == "neg") || is_denying(head_lemma);
        let own = &*self.tokens[trigger].lemma;
        let coming = below(&|token| &*token.dep == "aux" && matches!(&*token.lemma, "will" | "shall" | "would"))
            || is_planning(head_lemma)
            || is_planning(own) && own != "set";
        let distanced = self.tokens.iter().any(|token| is_distancing(&token.lemma));
        match () {
            _ if negated => Modality::Denied,
            _ if coming => Modality::Planned,
            _ if distanced || !according_to.is_empty() => Modality::Alleged,
            _ => Modality::Asserted,
        }
    }

    /// Who tells it: the subject of the verb of saying above the trigger, or what follows "according to".
    fn according_to(&self, trigger: usize) -> Vec<String> {
        let mut at = trigger;
        for _ in 0..STEPS {
            let head = self.tokens[at].head;
            if head == at || head >= self.tokens.len() {
                break;
            }
            if matches!(&*self.tokens[at].dep, "ccomp" | "parataxis") && is_saying(&self.tokens[head].lemma) {
                let subject = self.children(head).find(|&child| &*self.tokens[child].dep == "nsubj");
                return subject.map(|subject| self.phrase(subject)).into_iter().collect();
            }
            at = head;
        }
        let according = self.tokens.windows(2).position(|pair| &*pair[0].lemma == "accord" && &*pair[1].lemma == "to");
        let object = according.and_then(|at| self.children(at + 1).find(|&child| &*self.tokens[child].dep == "pobj"));
        object.map(|object| self.phrase(object)).into_iter().collect()
    }

    /// A noun with the words that belong to its name.
    fn phrase(&self, head: usize) -> String {
        let near = |at: usize| {
            let token = &self.tokens[at];
            at == head || token.head == head && matches!(&*token.dep, "compound" | "nmod" | "amod" | "poss" | "flat")
        };
        let start = (head.saturating_sub(6)..=head).rev().take_while(|&at| near(at)).last().unwrap_or(head);
        self.text(start..head + 1)
    }

    fn text(&self, range: Range<usize>) -> String {
        let piece = Piece::new(self.tokens[range.start].start, self.tokens[range.end - 1].end);
        self.points.slice(piece).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn names(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let label = self.tokens[at].ent.strip_prefix("B-").unwrap_or("");
            let mut end = at + 1;
            while self.tokens.get(end).is_some_and(|token| token.ent.starts_with("I-")) {
                end += 1;
            }
            if matches!(label, "PERSON" | "ORG" | "NORP" | "GPE" | "LOC" | "FAC") {
                let start = if &*self.tokens[at].pos == "DET" && at + 1 < end { at + 1 } else { at };
                let head = (start..end).rev().find(|&inner| !(start..end).contains(&self.tokens[inner].head));
                let above = head.and_then(|head| self.tokens.get(self.tokens[head].head));
                let after_in = above.is_some_and(|token| matches!(&*token.lemma, "in" | "at" | "near" | "outside"));
                names.push(Name {
                    text: self.text(start..end),
                    is_place: matches!(label, "GPE" | "LOC" | "FAC"),
                    after_in,
                });
            }
            at = end;
        }
        names
    }

    fn words(&self) -> Vec<String> {
        let telling = self.tokens.iter().filter(|token| {
            matches!(&*token.pos, "NOUN" | "VERB" | "PROPN")
                && !is_saying(&token.lemma)
                && token.lemma.chars().any(char::is_alphabetic)
        });
        let words: BTreeSet<String> = telling.map(|token| token.lemma.to_lowercase()).collect();
        words.into_iter().take(WORDS).collect()
    }
}

struct Name {
    text: String,
    is_place: bool,
    after_in: bool,
}
