//! Whether something is so: one article asserts what the other denies.

use wirecopy_model::{Piece, Severity, Slot};

use super::find::{Candidate, Side, shared};
use super::lexicon::{are_contrary, is_denying, is_negative, is_saying};
use super::params::POLAR_SENTENCES;
use super::veto::Veto;
use super::view::{Sent, View, overlap};

/// Something that is said to be or not to be: a verb, or the noun that a verb has as its object.
struct Predicate {
    at: usize,
    /// The words that negate it.
    negations: Vec<usize>,
}

/// The predicates that one article asserts and the other denies.
pub(super) fn differing(one: &View, other: &View, alike: &[(usize, usize, f32)]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut agreed: Vec<(Piece, Piece)> = Vec::new();
    for &(at, with, global) in alike.iter().filter(|pair| pair.2 >= POLAR_SENTENCES) {
        let (sent, facing) = (&one.sents[at], &other.sents[with]);
        if sent.talk || facing.talk {
            continue;
        }
        let against = predicates(facing);
        let best = predicates(sent).into_iter().flat_map(|a| {
            against
                .iter()
                .filter_map(move |b| candidate((one, sent, &a), (other, facing, b), global))
                .collect::<Vec<_>>()
        });
        // One sentence denies one thing: the clearest.
        let clearest = best.max_by(|one, other| {
            let key = |candidate: &Candidate| (candidate.veto.is_none(), candidate.score());
            key(one).partial_cmp(&key(other)).unwrap_or(std::cmp::Ordering::Equal)
        });
        found.extend(clearest);
        agreed.extend(agreeing(sent, facing));
    }
    // What an article says as the other does in one place it does not deny in another.
    for candidate in &mut found {
        let (a, b) = (candidate.a.places[0], candidate.b.places[0]);
        if agreed.iter().any(|&(here, there)| here == a || there == b) {
            candidate.veto.get_or_insert(Veto::ToldByBoth);
        }
    }
    found
}

/// The places of predicates that two sentences assert alike or deny alike, with most around them the same.
fn agreeing(sent: &Sent, facing: &Sent) -> Vec<(Piece, Piece)> {
    let against = predicates(facing);
    let mut found = Vec::new();
    for a in predicates(sent) {
        for b in &against {
            if sent.toks[a.at].stem != facing.toks[b.at].stem || a.negations.len() % 2 != b.negations.len() % 2 {
                continue;
            }
            let (around, with) = (sent.around(&(a.at..a.at + 1)), facing.around(&(b.at..b.at + 1)));
            if overlap(&around, &with) >= AGREED {
                found.push((place(sent, &a), place(facing, b)));
            }
        }
    }
    found
}

/// Two predicates are one where so much of what stands around them is the same.
const AGREED: f32 = 0.75;

fn predicates(sent: &Sent) -> Vec<Predicate> {
    let verbs = sent.toks.iter().enumerate().filter(|(_, tok)| {
        (tok.is_verb() && tok.weight > 0.0 || &*tok.dep == "dobj" && &*tok.pos == "NOUN") && !is_negative(&tok.lemma)
    });
    verbs.map(|(at, _)| Predicate { at, negations: negations(sent, at) }).collect()
}

fn negations(sent: &Sent, at: usize) -> Vec<usize> {
    let is_not = |at: usize| is_negation(sent, at);
    let mut found: Vec<usize> = sent.children(at).iter().copied().filter(|&child| is_not(child)).collect();
    let subjects = sent.children(at).iter().copied().filter(|&child| sent.toks[child].dep.starts_with("nsubj"));
    found.extend(subjects.flat_map(|subject| sent.children(subject)).copied().filter(|&child| is_not(child)));
    // "Is not expected to speak": the denial of what is expected is one of the testimony.
    let mut above = at;
    for _ in 0..RAISED {
        let head = sent.toks[above].head;
        if head == above || !matches!(&*sent.toks[above].dep, "xcomp" | "ccomp") || !is_raising(&sent.toks[head].lemma)
        {
            break;
        }
        found.extend(sent.children(head).iter().copied().filter(|&child| is_not(child)));
        above = head;
    }
    let head = sent.toks[at].head;
    // "Closed the service" and "abandoned the service" are the same; "ruled out his retirement" denies it.
    let negates = match &*sent.toks[at].dep {
        "dobj" => is_denying(&sent.toks[head].lemma),
        "xcomp" | "ccomp" => is_negative(&sent.toks[head].lemma),
        // "Prevented from sailing".
        "pcomp" => is_negative(&sent.toks[sent.toks[head].head].lemma),
        _ => false,
    };
    let head = if &*sent.toks[at].dep == "pcomp" { sent.toks[head].head } else { head };
    if head != at
        && negates
        && (sent.toks[head].lemma != "rule" || sent.toks.get(head + 1).is_some_and(|tok| tok.word == "out"))
    {
        found.push(head);
        found.extend(sent.children(head).iter().copied().filter(|&child| is_not(child)));
    }
    found.sort_unstable();
    found
}

fn is_negation(sent: &Sent, at: usize) -> bool {
    let word = sent.toks[at].word.as_str();
    matches!(word, "not" | "n't" | "n’t" | "never" | "no" | "nobody" | "none" | "nothing" | "neither" | "nor")
        || &*sent.toks[at].dep == "neg"
}

fn candidate(
    (one, sent, a): (&View, &Sent, &Predicate),
    (other, facing, b): (&View, &Sent, &Predicate),
    global: f32,
) -> Option<Candidate> {
    let (tok, with) = (&sent.toks[a.at], &facing.toks[b.at]);
    let negated = (a.negations.len() % 2 == 1, b.negations.len() % 2 == 1);
    let contrary = are_contrary(&tok.lemma, &with.lemma);
    let differ = if tok.stem == with.stem { negated.0 != negated.1 } else { contrary && negated.0 == negated.1 };
    if !differ || is_saying(&tok.lemma) {
        return None;
    }
    let (around, against) = (sent.around(&(a.at..a.at + 1)), facing.around(&(b.at..b.at + 1)));
    let denied = |sent: &Sent, of: &Predicate| {
        of.negations.iter().any(|&at| is_denying(&sent.toks[at].lemma) && sent.toks[at].lemma != "rule")
    };
    let span = |of: &Predicate| of.negations.iter().map(|&at| at.abs_diff(of.at)).max().unwrap_or(0);
    let reach = span(a).max(span(b)).clamp(NEAR, FAR);
    let veto = match () {
        // "I mean, not over Christmas": the tree ties the same word to the verb in one of the two alone.
        _ if negates_near(sent, a, reach) == negates_near(facing, b, reach) && !contrary => Some(Veto::SameMeaning),
        _ if denied(sent, a) != denied(facing, b) => Some(Veto::OtherSpeaker),
        _ if !share_object((sent, a.at), (facing, b.at)) => Some(Veto::OtherFrame),
        _ if !share_subject((sent, a.at), (facing, b.at)) => Some(Veto::OtherFrame),
        _ => None,
    };
    let places = (place(sent, a), place(facing, b));
    let text = |view: &View, piece: Piece| view.points.slice(piece).to_lowercase();
    Some(Candidate {
        slot: Slot::Polarity,
        severity: if contrary { Severity::Medium } else { Severity::High },
        a: Side::told(text(one, places.0), places.0),
        b: Side::told(text(other, places.1), places.1),
        about: shared(&around, &against, sent),
        local: overlap(&around, &against),
        global,
        likeness: if contrary { -0.1 } else { 0.1 },
        other_verbs: false,
        veto,
    })
}

/// Whether a word of negation stands beside the predicate, whatever it is tied to.
fn negates_near(sent: &Sent, of: &Predicate, reach: usize) -> bool {
    let first = of.negations.iter().copied().min().unwrap_or(of.at).min(of.at);
    let last = of.negations.iter().copied().max().unwrap_or(of.at).max(of.at);
    let near = first.saturating_sub(reach)..(last + NEAR + 1).min(sent.toks.len());
    near.into_iter().any(|at| of.negations.contains(&at) || is_negation(sent, at) || is_negative(&sent.toks[at].lemma))
}

/// A verb is raised over so many others.
const RAISED: usize = 3;

/// Verbs and adjectives whose denial denies what depends on them.
fn is_raising(lemma: &str) -> bool {
    matches!(
        lemma,
        "expect"
            | "plan"
            | "intend"
            | "believe"
            | "think"
            | "want"
            | "go"
            | "appear"
            | "seem"
            | "able"
            | "likely"
            | "ready"
            | "due"
            | "suppose"
            | "need"
            | "have"
            | "use"
            | "know"
            | "wish"
            | "willing"
            | "be"
    )
}

/// Words of negation so near bear on a predicate.
const NEAR: usize = 3;

/// Where the other sentence negates from afar, so near at most.
const FAR: usize = 6;

/// Whether two verbs have an object in common, as far as both have one.
fn share_object((sent, verb): (&Sent, usize), (facing, with): (&Sent, usize)) -> bool {
    let objects = |sent: &Sent, verb: usize| -> Vec<u32> {
        let children = sent.children(verb).iter().filter(|&&child| matches!(&*sent.toks[child].dep, "dobj" | "attr"));
        children.filter_map(|&child| sent.toks[child].stem).collect()
    };
    let (own, other) = (objects(sent, verb), objects(facing, with));
    own.is_empty() || other.is_empty() || own.iter().any(|stem| other.contains(stem))
}

/// Whether two verbs may have one subject: where one is a pronoun it must be the same one.
fn share_subject((sent, verb): (&Sent, usize), (facing, with): (&Sent, usize)) -> bool {
    let subjects = |sent: &Sent, verb: usize| -> Vec<String> {
        let children = sent.children(verb).iter().filter(|&&child| sent.toks[child].dep.starts_with("nsubj"));
        children.map(|&child| sent.toks[child].lemma.clone()).collect()
    };
    let is_pronoun = |lemma: &String| PRONOUNS.contains(&lemma.as_str());
    let (own, other) = (subjects(sent, verb), subjects(facing, with));
    own.iter().chain(&other).all(|lemma| !is_pronoun(lemma)) || own.iter().any(|lemma| other.contains(lemma))
}

/// Who they stand for only their own article tells.
const PRONOUNS: &[&str] =
    &["i", "we", "you", "they", "who", "it", "this", "that", "these", "those", "what", "which", "one"];

/// The predicate with what negates it, as far as that stands near.
fn place(sent: &Sent, predicate: &Predicate) -> Piece {
    let near = predicate.negations.iter().copied().filter(|&at| at.abs_diff(predicate.at) <= 5);
    let first = near.clone().min().unwrap_or(predicate.at).min(predicate.at);
    let last = near.max().unwrap_or(predicate.at).max(predicate.at);
    sent.piece(&(first..last + 1))
}
