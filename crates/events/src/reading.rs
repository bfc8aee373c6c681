//! From sentences to events.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use wirecopy_model::{
    Annotation, Article, Event, Grain, HangsOn, Modality, Piece, Sentence, Timex, TimexKind, Token, When,
};
use wirecopy_text::{Points, stretches};

use crate::lexicon::{is_denying, is_distancing, is_happening, is_medium, is_planning, is_saying, is_to_come};

/// So many sentences at the head of an article tell its news, whether they name a time or not.
const HEAD: usize = 1;

/// Longer sentences are lists or litter: they are read in pieces of so many tokens.
const LONGEST: usize = 300;

/// Most steps from a time up the tree to the word that it belongs to.
const STEPS: usize = 12;

/// Words that are kept of a sentence to compare it by.
const WORDS: usize = 40;

pub(crate) fn read(article: &Article, annotation: &Annotation, timexes: &[Timex]) -> Vec<Event> {
    let points = Points::new(&article.text);
    let body = article.kept.len().max(1) as f32;
    let written = article.published.as_ref().and_then(|date| date.day());
    let mut events = Vec::new();
    let sentences = annotation.sentences.iter().flat_map(|sentence| {
        let ranges = stretches(sentence, &points, &article.kept, LONGEST);
        ranges.into_iter().map(move |range| part(sentence, range))
    });
    let mut previous = None;
    let mut heading: Option<When> = None;
    for (number, sentence) in sentences.enumerate() {
        let from = timexes.partition_point(|timex| timex.end <= sentence.start);
        let here = timexes[from..].iter().take_while(|timex| timex.start < sentence.end);
        let dated =
            here.filter(|timex| timex.interval.is_some() && matches!(timex.kind, TimexKind::Date | TimexKind::Time));
        let reader = Reader { points: &points, sentence: &sentence, tokens: &sentence.tokens, written };
        let depth = before(article, sentence.start) as f32 / body;
        if let Some(timex) = reader.is_time(&timexes[from..]) {
            // The day before an entry of a chronology dates what follows; one that stands anywhere else is left over.
            let opens = sentence.start == 0 || points.slice(Piece::new(sentence.start - 1, sentence.start)) == "\n";
            heading = reader.when(timex).filter(|_| opens);
            continue;
        }
        let mut seen = BTreeSet::new();
        if let Some(when) = heading.take()
            && let Some(trigger) = reader.root()
        {
            seen.insert(Some(when.interval));
            events.push(reader.event(trigger, Some(when), depth));
        }
        for timex in dated.filter(|timex| reader.tells() && !reader.is_stamp(timex) && !reader.is_compared_with(timex))
        {
            // "at 5 p.m. on Monday" is one time.
            if seen.insert(timex.interval) {
                events.extend(reader.dated(timex, depth));
            }
        }
        let open = timexes[from..].iter().take_while(|timex| timex.start < sentence.end);
        for timex in open.filter(|timex| timex.interval.is_none() && timex.start >= sentence.start) {
            events.extend(reader.hung(timex, previous, depth));
        }
        if seen.is_empty() {
            let told = if number < HEAD { reader.root().filter(|_| reader.tells()) } else { reader.statement() };
            events.extend(told.map(|trigger| reader.event(trigger, None, depth)));
        }
        previous = Some(sentence.piece());
    }
    events
}

/// A stretch of a sentence as a sentence of its own.
fn part(sentence: &Sentence, range: Range<usize>) -> Sentence {
    let mut tokens: Vec<Token> = sentence.tokens[range.clone()].to_vec();
    for (at, token) in tokens.iter_mut().enumerate() {
        token.head = if range.contains(&token.head) { token.head - range.start } else { at };
    }
    Sentence { start: tokens[0].start, end: tokens[tokens.len() - 1].end, tokens }
}

/// How much of the body stands before a place.
fn before(article: &Article, point: usize) -> usize {
    let ends = article.kept.pieces().iter().map(|piece| piece.end.min(point).saturating_sub(piece.start));
    ends.sum()
}

/// What says that a time is of the page stands so near.
const STAMP: usize = 4;

/// A line that says when the page was changed has so many words at most.
const LONGEST_STAMP: usize = 14;

/// "The first ... since" has so few words between.
const COMPARED: usize = 8;

struct Reader<'a> {
    points: &'a Points<'a>,
    sentence: &'a Sentence,
    tokens: &'a [Token],
    /// The day of the article.
    written: Option<Date>,
}

impl Reader<'_> {
    /// The time that the whole sentence is, if it is nothing else.
    fn is_time<'t>(&self, timexes: &'t [Timex]) -> Option<&'t Timex> {
        let timex = timexes.first().filter(|timex| timex.start < self.sentence.end)?;
        let inside = |token: &Token| token.start < timex.end && token.end > timex.start;
        self.tokens.iter().all(|token| inside(token) || &*token.pos == "PUNCT").then_some(timex)
    }

    /// Whether a time is of the page and not of what it tells: "last updated at 06:28", the day behind who posted something.
    fn is_stamp(&self, timex: &Timex) -> bool {
        let Some(start) = self.tokens.iter().position(|token| token.end > timex.start) else { return false };
        let end = self.tokens.iter().rposition(|token| token.start < timex.end).map_or(start, |at| at + 1);
        let word = |at: usize| self.points.slice(self.tokens[at].piece()).to_lowercase();
        let near = (start.saturating_sub(STAMP)..start).chain(end..(end + STAMP).min(self.tokens.len()));
        let words: Vec<String> = near.map(word).collect();
        let says = |test: fn(&str, &str) -> bool| words.windows(2).any(|pair| test(&pair[0], &pair[1]));
        let changed = says(|one, two| one == "last" && matches!(two, "updated" | "modified"))
            && self.tokens.len() <= LONGEST_STAMP
            || says(|one, two| matches!(one, "updated" | "posted" | "published") && matches!(two, "at" | "on" | ":"))
                && !self.has_subject();
        let posted = start > 0
            && word(start - 1) == ")"
            && (start.saturating_sub(STAMP)..start).any(|at| word(at).starts_with('@'));
        changed || posted
    }

    /// Whether the sentence tells that anything happens: it has a verb, or a noun for a happening. A line of places, names and
    /// times does not ("ORLEN | Mon").
    fn tells(&self) -> bool {
        self.tokens.iter().any(|token| token.tag.starts_with('V') || is_happening(&token.lemma))
    }

    /// Whether a time is what the event is measured against and no day of its own: "the first storm since 1968".
    fn is_compared_with(&self, timex: &Timex) -> bool {
        let Some(start) = self.tokens.iter().position(|token| token.end > timex.start) else { return false };
        let since = start.checked_sub(1).filter(|&at| &*self.tokens[at].lemma.to_lowercase() == "since");
        since.is_some_and(|since| {
            let before = &self.tokens[since.saturating_sub(COMPARED)..since];
            before.iter().any(|token| matches!(&*token.tag, "JJS" | "RBS") || matches!(&*token.lemma, "first" | "only"))
        })
    }

    /// Whether a verb of the sentence has a subject: somebody does something.
    fn has_subject(&self) -> bool {
        self.tokens.iter().any(|token| token.dep.starts_with("nsubj"))
    }

    fn when(&self, timex: &Timex) -> Option<When> {
        let interval = timex.interval?;
        Some(When { interval, grain: Grain::of(&interval), basis: timex.basis })
    }

    /// The events that happened at a time.
    fn dated(&self, timex: &Timex, depth: f32) -> Vec<Event> {
        let Some(when) = self.when(timex) else { return Vec::new() };
        let triggers = self.triggers(timex);
        triggers.into_iter().map(|trigger| self.event(trigger, Some(when.clone()), depth)).collect()
    }

    /// The event that is told to be so long before or after another one that nobody here dates.
    fn hung(&self, timex: &Timex, previous: Option<Piece>, depth: f32) -> Option<Event> {
        let anchor = timex.anchor.as_ref().filter(|anchor| anchor.open)?;
        let hangs_on = |offset: String, sentence: Piece| Some(HangsOn { words: timex.piece(), offset, sentence });
        match anchor.hangs_on {
            // "A week after she had spoken with him": the main clause is what the other event is counted from.
            Some(other) => {
                let inside = |token: &&Token| other.contains(token.piece()) && token.tag.starts_with('V');
                let trigger = self.tokens.iter().position(|token| inside(&token))?;
                let offset = match anchor.offset.strip_prefix('-') {
                    Some(later) => later.to_owned(),
                    None => format!("-{}", anchor.offset),
                };
                let mut event = self.event(trigger, None, depth);
                event.hangs_on = hangs_on(offset, self.sentence.piece());
                Some(event)
            }
            // "Two days later": counted from what the sentence before tells.
            None => {
                let trigger = self.triggers(timex).into_iter().next()?;
                let mut event = self.event(trigger, None, depth);
                event.hangs_on = hangs_on(anchor.offset.clone(), previous?);
                Some(event)
            }
        }
    }

    fn event(&self, trigger: usize, when: Option<When>, depth: f32) -> Event {
        let names = self.names();
        let according_to = self.according_to(trigger);
        let place = names.iter().find(|name| name.is_place && name.after_in).map(|name| name.text.clone());
        let actors = names.iter().filter(|name| !(name.is_place && name.after_in || according_to.contains(&name.text)));
        let mut told = BTreeSet::new();
        let actors: Vec<String> =
            actors.filter(|name| told.insert(name.text.clone())).map(|name| name.text.clone()).collect();
        Event {
            sentence: self.sentence.piece(),
            trigger: self.tokens[trigger].piece(),
            predicate: self.tokens[trigger].lemma.to_lowercase(),
            modality: self.told_before(when.as_ref(), self.modality(trigger, &according_to)),
            actors,
            place,
            when,
            according_to,
            words: self.words(),
            depth: depth.clamp(0.0, 1.0),
            hangs_on: None,
        }
    }

    /// The words that stand for what happened at a time: the nearest verb above it in the tree, or a noun on the way that
    /// names a happening; and with it the verbs that are joined to it by "and" and have a subject of their own.
    fn triggers(&self, timex: &Timex) -> Vec<usize> {
        let Some(start) = self.tokens.iter().position(|token| token.end > timex.start) else { return Vec::new() };
        let inside = |at: usize| self.tokens[at].start < timex.end && self.tokens[at].end > timex.start;
        let mut at = start;
        for _ in 0..STEPS {
            let head = self.tokens[at].head;
            let found = self.tokens[at].tag.starts_with('V') || is_happening(&self.tokens[at].lemma);
            if found && !inside(at) || head == at || head >= self.tokens.len() {
                break;
            }
            at = head;
        }
        // Where the tree hangs the sentence on the time itself, what happened is the verb that has a subject.
        let has_subject = |at: usize| self.children(at).any(|below| self.tokens[below].dep.starts_with("nsubj"));
        if inside(at) && !self.tokens[at].tag.starts_with('V') {
            let verb = (0..self.tokens.len()).find(|&at| self.tokens[at].tag.starts_with('V') && has_subject(at));
            at = verb.unwrap_or(at);
        }
        let mut triggers = vec![at];
        if self.tokens[at].tag.starts_with('V') {
            triggers.extend(self.children(at).filter(|&child| {
                &*self.tokens[child].dep == "conj" && self.tokens[child].tag.starts_with('V') && has_subject(child)
            }));
        } else {
            triggers.extend(self.according_to_which(at));
        }
        triggers
    }

    /// "According to a readout of the call on Tuesday, she suggested": the verb that the account is one of.
    fn according_to_which(&self, happening: usize) -> Option<usize> {
        let mut at = happening;
        for _ in 0..STEPS {
            let head = self.tokens[at].head;
            if head == at || head >= self.tokens.len() {
                return None;
            }
            if &*self.tokens[at].lemma == "accord" {
                return self.tokens[head].tag.starts_with('V').then_some(head);
            }
            at = head;
        }
        None
    }

    /// The root of the sentence; of what somebody said, what was said.
    fn root(&self) -> Option<usize> {
        let at = self.tokens.iter().enumerate().position(|(at, token)| token.head == at)?;
        let told = self.children(at).find(|&child| &*self.tokens[child].dep == "ccomp");
        Some(told.filter(|_| is_saying(&self.tokens[at].lemma)).unwrap_or(at))
    }

    /// The verb by which somebody says something in a statement or the like.
    fn statement(&self) -> Option<usize> {
        let said = self.tokens.iter().enumerate().find(|(_, token)| {
            let above = self.tokens.get(token.head);
            let verb = above.and_then(|above| self.tokens.get(above.head));
            is_medium(&token.lemma)
                && &*token.dep == "pobj"
                && above.is_some_and(|above| &*above.lemma == "in")
                && verb.is_some_and(|verb| is_saying(&verb.lemma))
        });
        let verb = said.map(|(_, token)| self.tokens[token.head].head)?;
        let subject = self.children(verb).any(|child| self.tokens[child].dep.starts_with("nsubj"));
        subject.then_some(verb)
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
        let coming = coming || below(&|token| is_to_come(&token.lemma)) && !self.tokens[trigger].tag.starts_with('V');
        let distanced = self.tokens.iter().any(|token| is_distancing(&token.lemma));
        match () {
            _ if negated => Modality::Denied,
            _ if coming => Modality::Planned,
            _ if distanced || !according_to.is_empty() => Modality::Alleged,
            _ => Modality::Asserted,
        }
    }

    /// What is told of a day after the article's own has not happened, whatever the words: "set for a flight in 2020".
    fn told_before(&self, when: Option<&When>, modality: Modality) -> Modality {
        let to_come = when.zip(self.written).is_some_and(|(when, written)| when.interval.start > written);
        if to_come && matches!(modality, Modality::Asserted | Modality::Alleged) { Modality::Planned } else { modality }
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
