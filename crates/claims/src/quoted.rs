//! What marks tell about contents: a quotation is of one speaker, and goes on behind the speaker's name.
//!
//! Not for: finding the marks (`wirecopy-text` does) or the speakers.

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon;
use crate::phrase;
use crate::proposal::Proposal;

/// Completes the contents of claims with the quotations that belong to them.
pub(crate) fn complete(doc: &Doc, claims: &mut Vec<Proposal>) {
    for claim in claims.iter_mut() {
        fill(doc, claim);
        around_clause(doc, claim);
        shed(doc, claim);
        leave_participles(doc, claim);
        leave_clauses(doc, claim);
        leave_parts(doc, claim);
        go_on_behind(doc, claim);
    }
    claims.extend(introduced(doc, claims));
    claims.sort_by_key(|claim| claim.cue[0]);
    drop_within_names(claims);
    attach_following(doc, claims);
    attach_paragraphs(doc, claims);
}

/// "..., the agency's speaker said": a word of a speaker's name that was taken for a cue of the same words is none.
fn drop_within_names(claims: &mut Vec<Proposal>) {
    let is_within = |claim: &Proposal, other: &Proposal| {
        claim.content == other.content && claim.cue.iter().all(|token| other.source.binary_search(token).is_ok())
    };
    // They are in the order of their cues.
    let near = |at: usize| &claims[at.saturating_sub(NEAR)..(at + NEAR + 1).min(claims.len())];
    let within: Vec<bool> =
        (0..claims.len()).map(|at| near(at).iter().any(|other| is_within(&claims[at], other))).collect();
    let mut within = within.into_iter();
    claims.retain(|_| !within.next().unwrap_or(false));
}

/// A paragraph that is nothing but a quotation goes on with the speech of the paragraph before, if that ended in one.
fn attach_paragraphs(doc: &Doc, claims: &mut [Proposal]) {
    // The claim whose speech each paragraph ends with.
    let mut speaker: Vec<Option<usize>> = vec![None; doc.paragraphs.len()];
    let mut has_claim = vec![false; doc.paragraphs.len()];
    for (at, claim) in claims.iter().enumerate() {
        let cue = &doc.tokens[claim.cue[0]];
        if cue.depth > 0 {
            continue;
        }
        has_claim[cue.paragraph] = true;
        let speaks = claim.content.iter().any(|&token| doc.tokens[token].depth > 0);
        let last = claim.content.iter().chain(&claim.cue).chain(&claim.source).max();
        let end = last.map_or(0, |&last| doc.tokens[last].paragraph);
        for place in speaker[cue.paragraph..=end.max(cue.paragraph)].iter_mut() {
            *place = speaks.then_some(at);
        }
    }
    for paragraph in 1..doc.paragraphs.len() {
        let tokens = doc.paragraphs[paragraph].clone();
        let Some(at) = speaker[paragraph - 1].filter(|_| speaker[paragraph].is_none() && !has_claim[paragraph]) else {
            continue;
        };
        let all_quoted = tokens.clone().all(|token| doc.tokens[token].depth > 0);
        let one = doc.tokens[tokens.start].quotation == doc.tokens[tokens.end - 1].quotation;
        if all_quoted && one && tokens.len() > 3 {
            claims[at].content.extend(tokens);
            speaker[paragraph] = Some(at);
        }
    }
}

/// A content that holds most of a quotation holds all of it.
fn fill(doc: &Doc, claim: &mut Proposal) {
    let mut touched: Vec<usize> = claim.content.iter().filter_map(|&token| doc.tokens[token].quotation).collect();
    touched.dedup();
    let mut added = false;
    for quotation in touched {
        let whole = doc.quoted[quotation].clone();
        let holds_roles = claim.cue.iter().chain(&claim.source).any(|token| whole.contains(token));
        if holds_roles || whole.is_empty() || !doc.quotations[quotation].closed && whole.len() > 60 {
            continue;
        }
        // Marks opened anew before these were closed: where they should have closed is not known.
        let paragraph = &doc.paragraphs[doc.tokens[whole.start].paragraph];
        if !doc.quotations[quotation].closed && whole.end < paragraph.end && doc.quotations[quotation].depth == 0 {
            let own = doc.tokens[claim.cue[0]].sentence;
            claim.content.retain(|token| !whole.contains(token) || doc.tokens[*token].sentence == own);
            continue;
        }
        let inside = claim.content.iter().filter(|token| whole.contains(token)).count();
        if inside < whole.len() && 2 * inside >= whole.len() {
            claim.content.extend(whole);
            added = true;
        }
    }
    if added {
        claim.content.sort_unstable();
        claim.content.dedup();
    }
}

/// What is said stands right before the clause that says who, or right behind it: a quotation further off, with other
/// words between, is somebody else's.
fn around_clause(doc: &Doc, claim: &mut Proposal) {
    let Some(clause) = clause(doc, claim) else { return };
    let depth = doc.tokens[claim.cue[0]].depth;
    let quotation_at = |at: usize| doc.tokens[at].quotation.filter(|&index| doc.quotations[index].depth == depth);
    let skipped = |at: usize| matches!(doc.tokens[at].text, "," | "–" | "—" | "―" | "-");
    let before = clause.start.checked_sub(1).and_then(|at| if skipped(at) { at.checked_sub(1) } else { Some(at) });
    let before = before.and_then(quotation_at).filter(|&index| doc.quotations[index].closed);
    let holds = |index: usize, claim: &Proposal| claim.content.iter().any(|at| doc.quoted[index].contains(at));
    let after =
        clause.end + usize::from(doc.tokens.get(clause.end).is_some_and(|token| matches!(token.text, "," | ":")));
    let behind = (after < doc.tokens.len()).then(|| quotation_at(after)).flatten();
    if let Some(index) = before.filter(|&index| holds(index, claim)) {
        let whole = doc.quoted[index].clone();
        claim.content.extend(whole.clone());
        // "..., she said, “...”": the sentence goes on.
        let goes_on = behind
            .filter(|&index| after > clause.end && doc.quoted[index].start == after && doc.quotations[index].closed);
        claim.content.extend(goes_on.map_or(0..0, |index| doc.quoted[index].clone()));
        claim.content.sort_unstable();
        claim.content.dedup();
        if doc.quotations[index].continues {
            return;
        }
        let gap_words = |from: usize| (from + 1..whole.start).filter(|&at| !doc.tokens[at].is_punctuation()).count();
        let far = claim.content.iter().rposition(|&at| {
            at < whole.start
                && doc.tokens[at].depth > depth
                && gap_words(at)
                    > doc.tokens[at + 1..whole.start]
                        .iter()
                        .filter(|token| token.depth > depth && !token.is_punctuation())
                        .count()
        });
        if let Some(far) = far {
            claim.content.drain(..=far);
        }
        return;
    }
    // "To which she said, “...”": a quotation that ended with a stop before is not hers.
    let after =
        clause.end + usize::from(doc.tokens.get(clause.end).is_some_and(|token| matches!(token.text, "," | ":")));
    let behind = (after < doc.tokens.len()).then(|| quotation_at(after)).flatten();
    if behind.is_some_and(|index| holds(index, claim)) {
        claim.content.retain(|&at| {
            let ended = doc.tokens[at].quotation.is_some_and(|index| {
                doc.quoted[index].end <= clause.start && doc.points.slice(doc.quotations[index].inner).ends_with('.')
            });
            !ended
        });
    }
}

/// "..., she said, adding in tears, “...”": the second quotation is what she added.
fn leave_participles(doc: &Doc, claim: &mut Proposal) {
    let last = claim.cue[claim.cue.len() - 1];
    let sentence = doc.sentences[doc.tokens[last].sentence].clone();
    let is_before = claim.content.first().is_some_and(|&first| first < last && doc.tokens[first].depth > 0);
    let participle = (last + 1..sentence.end).find(|&at| doc.tokens[at].tag == "VBG" && doc.tokens[at - 1].text == ",");
    let Some(participle) = participle.filter(|_| is_before) else { return };
    let second = claim.content.iter().copied().find(|&at| at > participle && doc.tokens[at].depth > 0);
    if second.is_some_and(|second| sentence.contains(&second)) {
        claim.content.retain(|&at| at < participle);
    }
}

/// "“...?” she said, but it was late for “storms”": from where the reporter tells on, nothing is hers.
fn leave_clauses(doc: &Doc, claim: &mut Proposal) {
    let Some(clause) = clause(doc, claim) else { return };
    let depth = doc.tokens[clause.start].depth;
    let sentence = doc.sentences[doc.tokens[clause.start].sentence].clone();
    if whole_before(doc, claim, &clause).is_none() {
        return;
    }
    let tells =
        |at: &usize| doc.tokens[*at].depth == depth && matches!(doc.tokens[*at].tag, "VBD" | "VBZ" | "VBP" | "MD");
    if let Some(verb) = (clause.end..sentence.end).find(tells) {
        claim
            .content
            .retain(|&at| at < clause.start || doc.tokens[at].depth > depth && !(verb..sentence.end).contains(&at));
    }
}

/// The quotation of this claim that ends right before its clause.
fn whole_before(doc: &Doc, claim: &Proposal, clause: &Range<usize>) -> Option<usize> {
    let before = doc.tokens[clause.start.checked_sub(1)?].quotation?;
    let ends = doc.points.slice(doc.quotations[before].inner).ends_with([',', '?', '!']);
    let whole = &doc.quoted[before];
    (ends && doc.quotations[before].closed && whole.clone().all(|at| claim.content.binary_search(&at).is_ok()))
        .then_some(before)
}

/// "“...,” she said. “...” to raise the dam, she added": a later sentence of which only a part is quoted has words of its
/// own to say whose it is.
fn leave_parts(doc: &Doc, claim: &mut Proposal) {
    let Some(clause) = clause(doc, claim) else { return };
    if whole_before(doc, claim, &clause).is_none() {
        return;
    }
    let own = doc.tokens[clause.start].sentence;
    let is_part = |index: usize| {
        let (quotation, whole) = (&doc.quotations[index], &doc.quoted[index]);
        let small = doc.tokens.get(whole.end).is_some_and(|next| next.text.starts_with(char::is_lowercase));
        quotation.depth == 0
            && quotation.closed
            && small
            && doc.points.slice(quotation.inner).ends_with(char::is_alphabetic)
    };
    claim.content.retain(|&at| doc.tokens[at].sentence <= own || !doc.tokens[at].quotation.is_some_and(is_part));
}

/// "“When it rains,” she said, pointing at the dam, “it leaks.”": a quotation that broke off with a comma goes on in small
/// letters, whatever she did meanwhile.
fn go_on_behind(doc: &Doc, claim: &mut Proposal) {
    let Some(clause) = clause(doc, claim) else { return };
    let Some(before) = whole_before(doc, claim, &clause) else { return };
    let sentence = &doc.sentences[doc.tokens[clause.start].sentence];
    let broke_off = doc.points.slice(doc.quotations[before].inner).ends_with(',');
    let next = (clause.end..sentence.end).find_map(|at| doc.tokens[at].quotation);
    let Some(next) = next.filter(|&next| broke_off && doc.quotations[next].closed) else { return };
    let whole = doc.quoted[next].clone();
    let goes_on = doc.points.slice(doc.quotations[next].inner).starts_with(char::is_lowercase)
        && whole.len() > 5
        && doc.tokens[whole.start - 1].text == ","
        && doc.quotations[next].depth == doc.quotations[before].depth;
    // "..., adding, “...”" is a saying of its own, and so is what another verb leads in.
    let between = clause.end..whole.start;
    let says = between.clone().any(|at| doc.tokens[at].is_verb() && at + 2 >= whole.start);
    let finite = between.clone().any(|at| matches!(doc.tokens[at].tag, "VBD" | "VBZ" | "VBP" | "MD"));
    if goes_on && !says && !finite && !claim.content.contains(&whole.start) {
        claim.content.extend(whole);
        claim.content.sort_unstable();
        claim.content.dedup();
    }
}

/// A whole sentence in marks behind a comma or colon that nobody says: the subject before it does.
fn introduced(doc: &Doc, claims: &[Proposal]) -> Vec<Proposal> {
    let mut claimed = vec![false; doc.tokens.len()];
    claims.iter().flat_map(|claim| &claim.content).for_each(|&token| claimed[token] = true);
    // A claim within a quotation does not take it from who says it, where it is plain how far the quotation goes.
    let mut claimed_outside = vec![false; doc.tokens.len()];
    let outside = claims.iter().filter(|claim| doc.tokens[claim.cue[0]].depth == 0);
    outside.flat_map(|claim| &claim.content).for_each(|&token| claimed_outside[token] = true);
    let mut cues = vec![false; doc.tokens.len()];
    claims.iter().flat_map(|claim| &claim.cue).for_each(|&token| cues[token] = true);
    let mut found = Vec::new();
    for (quotation, whole) in doc.quoted.iter().enumerate() {
        let Some(before) = whole.start.checked_sub(1).filter(|_| doc.quotations[quotation].depth == 0) else {
            continue;
        };
        let text = doc.points.slice(doc.quotations[quotation].inner);
        let ends = text.ends_with(['.', '!', '?']) && whole.len() > 5;
        let is_sentence = ends && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let led_in = matches!(doc.tokens[before].text, ":" | ",");
        let is_plain = doc.quotations[quotation].closed
            && doc.tokens[whole.start].paragraph == doc.tokens[whole.end - 1].paragraph;
        let taken = if is_plain { &claimed_outside } else { &claimed };
        if !ends || !led_in || whole.clone().any(|token| taken[token]) {
            continue;
        }
        if let Some((cue, source)) = in_whose_eyes(doc, before) {
            found.push(Proposal::new(vec![cue], source, whole.clone().collect()));
            continue;
        }
        if !is_sentence {
            continue;
        }
        let said = before
            .checked_sub(1)
            .filter(|&noun| doc.tokens[before].text == ":" && lexicon::is_speech_noun(&doc.tokens[noun].lemma));
        if let Some(noun) = said {
            found.push(Proposal::new(vec![before], phrase::noun_phrase(doc, noun), whole.clone().collect()));
            continue;
        }
        let sentence = &doc.sentences[doc.tokens[before].sentence];
        let start = sentence.start.max(before.saturating_sub(LONGEST_LEAD));
        let verb =
            (start..before).rev().find(|&at| doc.tokens[at].tag.starts_with('V') && doc.tokens[at].pos == "VERB");
        let Some(verb) = verb.filter(|&verb| !cues[verb]) else { continue };
        let source = phrase::subject(doc, verb).unwrap_or_default();
        found.push(Proposal::new(phrase::verb_group(doc, verb), source, whole.clone().collect()));
    }
    found
}

/// "To her, “the dam is lost.”": the little word and whose view it is, where the comma at `comma` closes them.
fn in_whose_eyes(doc: &Doc, comma: usize) -> Option<(usize, Vec<usize>)> {
    const LONGEST: usize = 5;
    let sentence = doc.sentences[doc.tokens[comma].sentence].start;
    let start = (sentence.max(comma.saturating_sub(LONGEST))..comma).rev().find(|&at| doc.lower(at) == "to")?;
    let person = |at: usize| matches!(doc.tokens[at].pos, "PROPN" | "PRON") && doc.tokens[at].tag != "WP";
    let source: Vec<usize> = (start + 1..comma).collect();
    let named = !source.is_empty() && source.iter().all(|&at| person(at));
    let begins = start == sentence || {
        let before = &doc.tokens[start - 1];
        before.text == "," || matches!(before.lower.as_ref(), "because" | "that" | "but" | "and" | "for")
    };
    (named && begins && doc.tokens[comma].text == ",").then_some((start, source))
}

/// How far before a quotation its verb is sought.
const LONGEST_LEAD: usize = 24;

/// The words of a claim's source and cue, where they stand together.
fn clause(doc: &Doc, claim: &Proposal) -> Option<Range<usize>> {
    const LONGEST: usize = 30;
    let tokens = || claim.cue.iter().chain(&claim.source).copied();
    let (start, end) = (tokens().min()?, tokens().max()? + 1);
    let same = doc.tokens[start].sentence == doc.tokens[end - 1].sentence;
    (end - start <= LONGEST && same && !claim.content.iter().any(|at| (start..end).contains(at))).then_some(start..end)
}

/// Where a speaker's whole sentence is quoted, what stands around it is the reporter's.
fn shed(doc: &Doc, claim: &mut Proposal) {
    let depth = doc.tokens[claim.cue[0]].depth;
    let is_sentence = |quotation: usize| {
        let inner = doc.quotations[quotation].inner;
        let text = doc.points.slice(inner);
        doc.quotations[quotation].depth == depth
            && doc.quotations[quotation].closed
            && text.starts_with(|c: char| c.is_uppercase())
            && text.ends_with([',', '.', '!', '?', '…'])
            && doc.quoted[quotation].len() > 5
    };
    let whole = claim.content.iter().filter_map(|&token| doc.tokens[token].quotation).find(|&at| is_sentence(at));
    let Some(whole) = whole else { return };
    // "It held, she wrote. “...”": what stands right before the clause is hers as well.
    let cue = claim.cue[0];
    let before = clause(doc, claim).and_then(|clause| clause.start.checked_sub(2));
    let is_hers = |at: usize| {
        doc.tokens[at].depth <= depth
            && doc.tokens[at].sentence == doc.tokens[cue].sentence
            && claim.content.binary_search(&at).is_ok()
    };
    let start = doc.quoted[whole].start;
    let later = start > cue && doc.tokens[start].sentence != doc.tokens[cue].sentence;
    if later && before.is_some_and(is_hers) {
        return;
    }
    let held = doc.quoted[whole].clone().filter(|token| claim.content.binary_search(token).is_ok()).count();
    if held == doc.quoted[whole].len() {
        claim.content.retain(|&token| doc.tokens[token].depth > depth);
    }
}

/// How many claims back the speaker of a quotation is sought.
const NEAR: usize = 4;

/// "..., she said. “...”": a whole quotation that nobody claims and that follows a quoting clause is its speaker's too.
fn attach_following(doc: &Doc, claims: &mut [Proposal]) {
    let mut claimed = vec![false; doc.tokens.len()];
    for claim in claims.iter() {
        // A claim within a quotation does not take it from the speaker.
        let within = doc.tokens[claim.cue[0]].quotation;
        claim.cue.iter().filter(|_| within.is_none()).for_each(|&token| claimed[token] = true);
        let outside = claim.content.iter().filter(|&&token| within.is_none() || doc.tokens[token].quotation != within);
        outside.for_each(|&token| claimed[token] = true);
    }
    for (quotation, whole) in doc.quoted.iter().enumerate() {
        if doc.quotations[quotation].depth > 0 || whole.is_empty() || whole.clone().any(|token| claimed[token]) {
            continue;
        }
        if !is_whole(doc, quotation, whole) {
            continue;
        }
        let paragraph = doc.tokens[whole.start].paragraph;
        let speaks = |claim: &&mut Proposal| {
            let last = claim.cue[claim.cue.len() - 1];
            doc.tokens[last].paragraph == paragraph
                && last < whole.start
                && claim.content.iter().any(|&token| doc.tokens[token].depth > 0)
        };
        let before = claims.partition_point(|claim| claim.cue[0] < whole.start);
        let mut near = claims[before.saturating_sub(NEAR)..before].iter_mut();
        let Some(claim) = near.rfind(speaks) else { continue };
        // The rest of the quoting clause may stand between, and a short sentence of the reporter's.
        let last = claim.cue[claim.cue.len() - 1];
        let between = doc.tokens[last..whole.start].iter();
        if between.filter(|token| matches!(token.text, "." | "?" | "!")).count() > 2 {
            continue;
        }
        claim.content.extend(whole.clone());
        claim.content.sort_unstable();
        whole.clone().for_each(|token| claimed[token] = true);
    }
}

/// Whether a quotation is a sentence or more of its own: it begins after one, with a capital, and ends as one.
fn is_whole(doc: &Doc, quotation: usize, whole: &Range<usize>) -> bool {
    let words: Vec<usize> = whole.clone().filter(|&token| !doc.tokens[token].is_punctuation()).collect();
    let (Some(&first), true) = (words.first(), words.len() >= 2) else { return false };
    let capital = doc.tokens[first].text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let before = whole.start.checked_sub(1).map(|token| doc.tokens[token].text);
    let starts = before.is_none_or(|text| matches!(text, "." | "?" | "!" | ":" | "…"));
    let inner = doc.quotations[quotation].inner;
    let ends = doc.points.slice(inner).ends_with(['.', '!', '?', '…']) || !doc.quotations[quotation].closed;
    capital && starts && ends
}
