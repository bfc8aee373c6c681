//! One list of proposals from what the layout, the rules and the taggers found.
//!
//! The taggers know best what is claimed on the outermost level and how far it goes; the rules what is claimed within
//! that, who speaks the quotations that are left, and what an inserted clause stands in.

use crate::doc::Doc;
use crate::find::Learned;
use crate::lexicon;
use crate::phrase;
use crate::polarity;
use crate::proposal::Proposal;
use crate::quoted;

/// From this probability of its cue on, a claim of the rules that the taggers left out is kept.
const CUE_SUPPORT: f32 = 0.15;

/// What was found in an article.
pub(crate) struct Found {
    pub layout: Vec<Proposal>,
    pub inserted: Vec<Proposal>,
    pub rules: Vec<Proposal>,
    pub learned: Option<Learned>,
}

/// One list, without what contradicts.
pub(crate) fn combine(doc: &Doc, found: Found) -> Vec<Proposal> {
    let Found { layout, inserted, rules, learned } = found;
    let mut rules = with_inserted(doc, rules, &inserted);
    let (claims, cue_probability) = match learned {
        Some(learned) => (learned.claims, Some(learned.cue)),
        None => (Vec::new(), None),
    };
    let mut used = Marked::new(doc);
    layout.iter().for_each(|claim| used.mark(claim.content.iter().chain(&claim.source).chain(&claim.cue)));
    let by_head = Heads::of(doc, &rules);
    let says_layout =
        |claim: &Proposal| 2 * claim.content.iter().filter(|&&at| used.0[at]).count() > claim.content.len();
    let free = claims.into_iter().filter(|claim| !used.any(&claim.cue) && !says_layout(claim));
    let claims = free.filter_map(|mut claim| {
        match by_head.find(doc, &claim).map(|at| &rules[at]) {
            // The cited source of a claim is no claim of its own level.
            Some(rule) if rule.cites => None,
            // Asides are read by rule.
            Some(rule) if !rule.aside.is_empty() => None,
            Some(rule) => {
                repair(doc, &mut claim, rule, &inserted);
                Some(claim)
            }
            None => Some(claim),
        }
    });
    let mut kept: Vec<Proposal> = claims.filter(|claim| !only_names(doc, claim)).collect();
    drop_inner(doc, &mut kept, &by_head);
    kept.extend(layout);
    give_back(doc, &mut kept, &rules);
    let mut cues = Marked::new(doc);
    let mut claimed = Marked::new(doc);
    kept.iter().for_each(|claim| cues.mark(&claim.cue));
    kept.iter().for_each(|claim| claimed.mark(&claim.content));
    rules.retain(|rule| !cues.any(&rule.cue));
    for rule in rules.into_iter().filter(|rule| !only_names(doc, rule)) {
        let head = polarity::head(doc, &rule.cue);
        let unclaimed = rule.content.iter().filter(|&&at| doc.tokens[at].depth > 0 && !claimed.0[at]).count();
        let speaks = lexicon::is_plain_speech(&doc.tokens[head].lemma) && 2 * unclaimed > rule.content.len();
        let supported = cue_probability.as_ref().is_none_or(|of| of[head] >= CUE_SUPPORT);
        let refuses = polarity::negated(doc, &rule) && lexicon::is_plain_speech(&doc.tokens[head].lemma);
        let is_inserted = inserted.binary_search_by(|other| other.cue.cmp(&rule.cue)).is_ok();
        if supported || claimed.0[head] || speaks || refuses || rule.cites || rule.firm || is_inserted {
            kept.push(rule);
        }
    }
    kept.retain(|claim| !is_hollow(doc, claim));
    quoted::complete(doc, &mut kept);
    set_aside(doc, &mut kept);
    part_sources(doc, &mut kept);
    kept
}

/// Whether a content is one word that says nothing: "them", "what", "than".
fn is_hollow(doc: &Doc, claim: &Proposal) -> bool {
    let mut words = claim.content.iter().map(|&at| &doc.tokens[at]).filter(|token| !token.is_punctuation());
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    word.depth == 0 && matches!(word.tag, "WP" | "WDT" | "IN" | "CC" | "PRP" | "TO")
}

/// "According to the firm, officials believe": the first phrase is no part of the second speaker's name.
fn part_sources(doc: &Doc, kept: &mut [Proposal]) {
    let mut cues: Vec<Option<usize>> = vec![None; doc.tokens.len()];
    for (at, claim) in kept.iter().enumerate() {
        claim.cue.iter().for_each(|&token| cues[token] = Some(at));
        if doc.lower(claim.cue[0]) == "according" {
            claim.source.iter().for_each(|&token| cues[token] = Some(at));
        }
    }
    for at in 0..kept.len() {
        let other = kept[at].source.iter().find_map(|&token| cues[token].filter(|&other| other != at));
        let Some(other) = other.filter(|&other| kept[other].cue[0] <= kept[at].source[0]) else { continue };
        let end = kept[other].source.last().copied().unwrap_or_default().max(kept[other].cue[0]);
        let rest: Vec<usize> = kept[at].source.iter().copied().filter(|&token| token > end).collect();
        if rest.iter().any(|&token| doc.tokens[token].is_nominal()) {
            kept[at].source = phrase::trim(doc, rest);
        }
    }
}

/// Takes asides out of the contents of other claims.
fn set_aside(doc: &Doc, kept: &mut [Proposal]) {
    let mut aside: Vec<bool> = vec![false; doc.tokens.len()];
    for claim in kept.iter() {
        claim.aside.clone().for_each(|at| aside[at] = true);
    }
    for claim in kept.iter_mut().filter(|claim| claim.aside.is_empty()) {
        let before = claim.content.len();
        claim.content.retain(|&at| !aside[at]);
        if claim.content.len() < before {
            claim.content = phrase::trim(doc, std::mem::take(&mut claim.content));
        }
    }
}

/// The rules' claims, those of inserted clauses in the place of others with the same cue.
fn with_inserted(doc: &Doc, rules: Vec<Proposal>, inserted: &[Proposal]) -> Vec<Proposal> {
    let by_head = Heads::of(doc, inserted);
    let mut all: Vec<Proposal> = rules.into_iter().filter(|rule| by_head.find(doc, rule).is_none()).collect();
    all.extend(inserted.iter().cloned());
    all.sort_by(|a, b| a.cue.cmp(&b.cue));
    all
}

/// The taggers know the outermost level only: what they find within a content needs a verb of reporting.
fn drop_inner(doc: &Doc, kept: &mut Vec<Proposal>, rules: &Heads) {
    let mut claimed = Marked::new(doc);
    kept.iter().for_each(|claim| claimed.mark(&claim.content));
    kept.retain(|claim| {
        let head = polarity::head(doc, &claim.cue);
        let reports = doc.tokens[head].is_verb() && lexicon::verb(&doc.tokens[head].lemma).is_some();
        !claimed.0[head] || reports || rules.find(doc, claim).is_some()
    });
}

/// A quotation right behind a verb of saying, or right before its clause, is that verb's, whatever else was said before.
fn give_back(doc: &Doc, kept: &mut [Proposal], rules: &[Proposal]) {
    let mut holder: Vec<Option<usize>> = vec![None; doc.tokens.len()];
    for (at, claim) in kept.iter().enumerate() {
        claim.content.iter().for_each(|&token| holder[token] = Some(at));
    }
    for rule in rules {
        let head = polarity::head(doc, &rule.cue);
        let (Some(&first), Some(&last)) = (rule.content.first(), rule.content.last()) else { continue };
        let Some(quotation) = doc.tokens[first].quotation else { continue };
        let whole = &doc.quoted[quotation];
        let next = first > head && follows(doc, head, first);
        let is_speech = lexicon::is_plain_speech(&doc.tokens[head].lemma) && doc.quotations[quotation].closed;
        let Some(owner) = holder[first].filter(|_| is_speech && next && whole.contains(&last)) else { continue };
        let taken_by_other = !kept[owner].cue.contains(&head) && !whole.contains(&kept[owner].cue[0]);
        let has_more = kept[owner].content.iter().any(|token| doc.tokens[*token].quotation != Some(quotation));
        // "quotes the mayor as saying": the outer one reports the words too, with the inner clause.
        let holds_verb = kept[owner].content.binary_search(&head).is_ok();
        if taken_by_other && has_more && !holds_verb {
            kept[owner].content.retain(|token| !whole.contains(token));
        }
    }
}

/// Whether a quotation that begins at `first` follows a verb at once, or a participle that a comma sets off.
fn follows(doc: &Doc, head: usize, first: usize) -> bool {
    let at_once = head + 1 == first || head + 2 == first && matches!(doc.tokens[head + 1].text, "," | ":");
    let set_off = doc.tokens[head].tag == "VBG" && head > 0 && doc.tokens[head - 1].text == ",";
    let near = first - head <= 9 && !doc.tokens[head..first].iter().any(|token| matches!(token.text, "." | ";"));
    at_once || set_off && near
}

/// Words in marks that are a name, not speech: what nobody says with a verb that gives names, or with no verb of speech.
fn only_names(doc: &Doc, claim: &Proposal) -> bool {
    let head = polarity::head(doc, &claim.cue);
    let lemma = doc.tokens[head].lemma.as_ref();
    let words: Vec<usize> = claim.content.iter().copied().filter(|&at| !doc.tokens[at].is_punctuation()).collect();
    let quoted = words.iter().any(|&at| doc.tokens[at].depth > 0);
    let names = lexicon::gives_names(lemma) || lemma == "know";
    // "a street nicknamed “...”" speaks of the street, whatever the taggers say.
    if quoted && names && doc.tokens[head].dep == "acl" {
        return true;
    }
    quoted && claim.source.is_empty() && (names || words.len() < 6 && !lexicon::is_plain_speech(lemma))
}

/// Mends a learned claim by the rules' reading of the same cue.
fn repair(doc: &Doc, claim: &mut Proposal, rule: &Proposal, inserted: &[Proposal]) {
    // A speaker within the marks of the speech itself is none.
    let cue_depth = doc.tokens[claim.cue[0]].depth;
    let astray = claim.source.iter().any(|&at| {
        doc.tokens[at].depth > cue_depth
            && claim.content.iter().any(|&other| doc.tokens[other].quotation == doc.tokens[at].quotation)
    });
    // Whom somebody told is not who told.
    let addressee = claim.source.iter().all(|&at| {
        let head = doc.tokens[at].head;
        claim.source.contains(&head) || claim.cue.contains(&head) && matches!(doc.tokens[at].dep, "dobj" | "dative")
    });
    if astray {
        claim.source.clear();
    }
    // What another part of the sentence says, beyond a semicolon, is somebody else's.
    let cue = claim.cue[0];
    let parted = |at: usize| doc.tokens[at.min(cue)..at.max(cue)].iter().any(|token| token.text == ";");
    let misses = claim.content.first().is_some_and(|&first| parted(first))
        && !rule.content.iter().any(|at| claim.content.binary_search(at).is_ok());
    if rule.firm || misses {
        claim.content.clone_from(&rule.content);
        claim.source.clone_from(&rule.source);
    }
    if (claim.source.is_empty() || addressee) && !rule.source.is_empty() {
        claim.source.clone_from(&rule.source);
        claim.content.retain(|at| rule.source.binary_search(at).is_err());
    }
    // What is said goes on behind an inserted clause.
    let is_inserted = inserted.binary_search_by(|other| other.cue.cmp(&rule.cue)).is_ok();
    let verb = polarity::head(doc, &rule.cue);
    let longer = claim.source.len() > rule.source.len() && rule.source.iter().all(|at| claim.source.contains(at));
    if is_inserted && longer && claim.source.first() < rule.source.first() {
        // The comma before the inserted clause was taken for one within the name.
        claim.source.clone_from(&rule.source);
        claim.content.clone_from(&rule.content);
    }
    let sides = |content: &[usize]| (content.iter().any(|&at| at < verb), content.iter().any(|&at| at > verb));
    if is_inserted && sides(&rule.content) == (true, true) && sides(&claim.content) != (true, true) {
        claim.content.extend(&rule.content);
        claim.content.sort_unstable();
        claim.content.dedup();
        claim.source.clone_from(&rule.source);
        let source = std::mem::take(&mut claim.source);
        claim.content.retain(|at| source.binary_search(at).is_err() && claim.cue.binary_search(at).is_err());
        claim.source = source;
    }
}

/// Which tokens have been taken.
struct Marked(Vec<bool>);

impl Marked {
    fn new(doc: &Doc) -> Self {
        Marked(vec![false; doc.tokens.len()])
    }

    fn mark<'t>(&mut self, tokens: impl IntoIterator<Item = &'t usize>) {
        tokens.into_iter().for_each(|&at| self.0[at] = true);
    }

    fn any(&self, tokens: &[usize]) -> bool {
        tokens.iter().any(|&at| self.0[at])
    }
}

/// Proposals by the governing words of their cues.
struct Heads(std::collections::HashMap<usize, usize>);

impl Heads {
    fn of(doc: &Doc, proposals: &[Proposal]) -> Self {
        Heads(proposals.iter().enumerate().map(|(at, claim)| (polarity::head(doc, &claim.cue), at)).collect())
    }

    fn find(&self, doc: &Doc, claim: &Proposal) -> Option<usize> {
        self.0.get(&polarity::head(doc, &claim.cue)).copied()
    }
}
