//! Claims by rules over the dependency tree: a reporting verb with its subject and its clause, "according to", nouns
//! and adverbs that report. Finds claims of all levels at once.
//!
//! The tree is that of spaCy's English models (ClearNLP labels). Not for: texts without an analysis.

use crate::doc::Doc;
use crate::lexicon::{self, Verb};
use crate::phrase;
use crate::proposal::Proposal;

/// Sentences of more tokens are lists and litter, and would make the rules slow.
const LONGEST_SENTENCE: usize = 500;

/// All claims that the rules find, in the order of their cues.
pub(crate) fn find(doc: &Doc) -> Vec<Proposal> {
    let mut found = Vec::new();
    let sentences = doc.sentences.iter().filter(|sentence| sentence.len() <= LONGEST_SENTENCE);
    for token in sentences.flat_map(|sentence| sentence.clone()) {
        let is_verb = doc.tokens[token].tag.starts_with('V') && doc.lower(token) != "according";
        let proposal = if is_verb { verb_claim(doc, token) } else { word_claim(doc, token) };
        found.extend(proposal.filter(|proposal| says_something(doc, proposal)));
    }
    found.sort_by(|a, b| a.cue.cmp(&b.cue));
    share_cited(doc, &mut found);
    found
}

/// Whether a content has words that say something: more than "them" or "than", and no request for silence.
fn says_something(doc: &Doc, proposal: &Proposal) -> bool {
    let words = proposal.content.iter().filter(|&&token| !doc.tokens[token].is_punctuation()).count();
    let empty = |token: usize| {
        let token = &doc.tokens[token];
        let alone = matches!(token.tag, "PRP" | "TO") || token.tag == "DT" && token.lower != "no";
        token.is_punctuation() || matches!(token.tag, "IN" | "CC") || words == 1 && alone
    };
    // "asked not to be named", "declined to be identified"
    let protects = proposal.content.len() <= 4
        && proposal.content.last().is_some_and(|&last| matches!(doc.lower(last), "named" | "identified" | "quoted"));
    !protects && proposal.content.iter().any(|&token| !empty(token))
}

/// "according to", "as ... put it", nouns, adverbs.
fn word_claim(doc: &Doc, token: usize) -> Option<Proposal> {
    let word = &doc.tokens[token];
    match word.lower.as_ref() {
        "according" => according(doc, token),
        "per" if word.dep == "prep" => source_of_sentence(doc, token, vec![token]),
        lower if lexicon::is_hedge(lower) => hedge(doc, token),
        _ if word.pos == "NOUN" && lexicon::is_speech_noun(&word.lemma) => noun_claim(doc, token),
        _ => None,
    }
}

fn according(doc: &Doc, token: usize) -> Option<Proposal> {
    let to = doc.child(token, &["prep"]).filter(|&to| doc.lower(to) == "to");
    let to = to.or_else(|| Some(token + 1).filter(|&next| next < doc.tokens.len() && doc.lower(next) == "to"))?;
    source_of_sentence(doc, to, vec![token, to])
}

/// A preposition with its object as the source of the clause that it hangs on.
fn source_of_sentence(doc: &Doc, preposition: usize, cue: Vec<usize>) -> Option<Proposal> {
    let object = doc.child(preposition, &["pobj", "pcomp"]).or_else(|| {
        let next = preposition + 1;
        (next < doc.tokens.len() && doc.tokens[next].sentence == doc.tokens[preposition].sentence).then_some(next)
    })?;
    let source = phrase::noun_phrase(doc, object);
    let first = cue[0];
    let whole = doc.sentences[doc.tokens[first].sentence].clone();
    // A semicolon ends what is attributed; so does the edge of a quotation that the phrase stands outside of.
    let depth = doc.tokens[first].depth;
    let ends = |token: &usize| doc.tokens[*token].text == ";" && doc.tokens[*token].depth == depth;
    let start = (whole.start..first).rev().find(ends).map_or(whole.start, |at| at + 1);
    let end = (first..whole.end).find(ends).unwrap_or(whole.end);
    let phrase_end = *source.last()?;
    let own = first..phrase_end.max(doc.subtree(object).end - 1) + 1;
    // Within a sentence it is the clause around it that is so attributed, at its ends the whole.
    let edge = |at: usize| at <= start + 1 || own.end + 1 >= end && at == own.start;
    let host = (!edge(own.start)).then(|| clause_around(doc, first)).flatten();
    let range = host.unwrap_or(start..end);
    let content: Vec<usize> = range.filter(|token| !own.contains(token)).collect();
    Some(Proposal::new(cue, source, phrase::trim(doc, content)))
}

/// The nearest clause above a token that somebody is said to say.
fn clause_around(doc: &Doc, mut token: usize) -> Option<std::ops::Range<usize>> {
    for _ in 0..16 {
        let head = doc.tokens[token].head;
        if doc.tokens[token].dep == "ccomp" && lexicon::verb(&doc.tokens[head].lemma).is_some() {
            return Some(doc.subtree(token));
        }
        if head == token {
            return None;
        }
        token = head;
    }
    None
}

fn hedge(doc: &Doc, token: usize) -> Option<Proposal> {
    let head = doc.tokens[token].head;
    if head == token {
        return None;
    }
    let content = doc.subtree(head).filter(|&at| at != token).collect();
    Some(Proposal::new(vec![token], Vec::new(), phrase::trim(doc, content)))
}

/// "the claim that ...": a noun with a clause.
fn noun_claim(doc: &Doc, noun: usize) -> Option<Proposal> {
    let clause = doc.child(noun, &["acl", "ccomp", "relcl"])?;
    let mark = doc.child(clause, &["mark"])?;
    if clause < noun || doc.lower(mark) != "that" {
        return None;
    }
    // "said in a statement that ...": the verb says it.
    let preposition = doc.tokens[noun].head;
    let verb = doc.tokens[preposition].head;
    if doc.tokens[noun].dep == "pobj" && lexicon::is_plain_speech(&doc.tokens[verb].lemma) && verb < noun {
        let content = phrase::trim(doc, phrase::clause(doc, clause));
        let source = phrase::subject(doc, verb).unwrap_or_default();
        return Some(Proposal::new(phrase::verb_group(doc, verb), source, content));
    }
    let verb = doc.tokens[noun].head;
    let source = doc.child(noun, &["poss"]).map(|owner| phrase::noun_phrase(doc, owner));
    let source = source.or_else(|| {
        let of = doc.children(noun).iter().copied().find(|&at| matches!(doc.lower(at), "of" | "by" | "from"))?;
        doc.child(of, &["pobj"]).map(|object| phrase::noun_phrase(doc, object))
    });
    let source = source.or_else(|| {
        let light =
            matches!(doc.tokens[verb].lemma.as_ref(), "make" | "issue" | "give" | "have" | "express" | "repeat");
        if light && doc.tokens[noun].dep == "dobj" { phrase::subject(doc, verb) } else { None }
    });
    let content = phrase::trim(doc, phrase::clause(doc, clause));
    Some(Proposal::new(vec![noun], source.unwrap_or_default(), content))
}

/// A reporting verb.
fn verb_claim(doc: &Doc, verb: usize) -> Option<Proposal> {
    let token = &doc.tokens[verb];
    if matches!(token.dep, "amod" | "aux" | "auxpass" | "compound") {
        return None;
    }
    if let Some(proposal) = light_verb(doc, verb) {
        return Some(proposal);
    }
    let head = &doc.tokens[token.head];
    if token.dep == "xcomp" && lexicon::is_refusal(&head.lemma) {
        return None;
    }
    if let Some(proposal) = as_clause(doc, verb) {
        return Some(proposal);
    }
    let refusal = lexicon::is_refusal(&token.lemma);
    let kind = match lexicon::verb(&token.lemma) {
        Some(kind) => kind,
        None if refusal => Verb::Speech,
        None => return None,
    };
    let cue = phrase::verb_group(doc, verb);
    if token.lemma == "quote"
        && let Some(proposal) = quoted_as_saying(doc, verb)
    {
        return Some(proposal);
    }
    if matches!(token.lemma.as_ref(), "quote" | "cite")
        && let Some(proposal) = quoting(doc, verb)
    {
        return Some(proposal);
    }
    let passive = doc.child(verb, &["nsubjpass", "auxpass"]).is_some();
    let source = if passive { phrase::agent(doc, verb) } else { phrase::subject(doc, verb) };
    let source = source.unwrap_or_default();
    // "We expect" in one's own words is what one says, not a claim about somebody.
    if kind == Verb::Attitude && token.depth > 0 && source.len() == 1 && matches!(doc.lower(source[0]), "i" | "we") {
        return None;
    }
    let mut content = if refusal {
        let clause = doc.child(verb, &["xcomp"]).filter(|&clause| refuses_speech(doc, clause))?;
        phrase::clause(doc, clause)
    } else {
        content_of(doc, verb, kind, passive, &source)
    };
    content.retain(|token| !cue.contains(token) && !source.contains(token));
    let proposal = Proposal::new(cue, source, phrase::trim(doc, content));
    // "responded to the fire" reports nothing; "did not respond to questions" does.
    (token.lemma != "respond" || crate::polarity::negated(doc, &proposal) || has_clause(doc, verb)).then_some(proposal)
}

fn has_clause(doc: &Doc, verb: usize) -> bool {
    doc.child(verb, &["ccomp"]).is_some() || phrase::adjacent_quotation(doc, verb, &[]).is_some()
}

/// "quoted the mayor as saying that ...": whom, and all that is said.
fn quoted_as_saying(doc: &Doc, verb: usize) -> Option<Proposal> {
    let object = doc.child(verb, &["dobj"]).filter(|&object| object > verb)?;
    let start = doc.subtree(object).start;
    let as_word = (object + 1..doc.subtree(verb).end).find(|&at| doc.lower(at) == "as")?;
    let saying = doc.tokens.get(as_word + 1)?;
    if saying.tag != "VBG" || !lexicon::is_plain_speech(&saying.lemma) {
        return None;
    }
    let end = doc.subtree(verb).end.max(as_word + 2);
    let content = phrase::with_quotations(doc, verb, (start..end).collect());
    let source = phrase::subject(doc, verb).unwrap_or_default();
    Some(Proposal::new(phrase::verb_group(doc, verb), source, phrase::trim(doc, content)).firmly())
}

/// "quoting her mother: “Nobody owns a river”"
fn quoting(doc: &Doc, verb: usize) -> Option<Proposal> {
    let object = doc.child(verb, &["dobj"]).filter(|&object| object > verb)?;
    let source = phrase::noun_phrase(doc, object);
    let next = source.last()? + 1;
    let start = next + usize::from(doc.tokens.get(next)?.text == ":");
    let quotation = doc.tokens.get(start)?.quotation?;
    let whole = doc.quoted[quotation].clone();
    (whole.start == start).then(|| Proposal::new(phrase::verb_group(doc, verb), source, whole.collect()).firmly())
}

/// "The dam held, as the mayor had predicted": what the clause hangs on.
fn as_clause(doc: &Doc, verb: usize) -> Option<Proposal> {
    let token = &doc.tokens[verb];
    let as_word = doc.children(verb).iter().copied().find(|&at| at < verb && doc.lower(at) == "as")?;
    let clause = doc.subtree(verb);
    if as_word != clause.start || token.head == verb || !lexicon::is_plain_speech(&token.lemma) || token.tag == "VBG" {
        return None;
    }
    let source = phrase::subject(doc, verb).or_else(|| phrase::agent(doc, verb))?;
    let host = token.head;
    let content: Vec<usize> = doc.subtree(host).filter(|at| !clause.contains(at)).collect();
    let mut proposal = Proposal::new(phrase::verb_group(doc, verb), source, phrase::trim(doc, content));
    let sentence = &doc.sentences[token.sentence];
    if clause.end + 1 >= sentence.end {
        proposal.aside = clause.start.saturating_sub(1)..clause.end;
        proposal.firm = doc.tokens[host].dep == "ccomp";
    }
    Some(proposal)
}

/// "declined to say", "refused to comment", "failed to answer"; "failed to win" reports nothing.
fn refuses_speech(doc: &Doc, clause: usize) -> bool {
    let lemma = doc.tokens[clause].lemma.as_ref();
    lexicon::is_plain_speech(lemma)
        || matches!(lemma, "discuss" | "be" | "speak" | "talk" | "give" | "provide" | "name")
}

/// "made clear that", "gave no indication of", "put the number at".
fn light_verb(doc: &Doc, verb: usize) -> Option<Proposal> {
    let lemma = doc.tokens[verb].lemma.as_ref();
    let mut cue = phrase::verb_group(doc, verb);
    let source = phrase::subject(doc, verb).unwrap_or_default();
    match lemma {
        "make" => {
            let clear = doc
                .children(verb)
                .iter()
                .copied()
                .find(|&at| at > verb && matches!(doc.lower(at), "clear" | "plain" | "known" | "clearer"));
            let clear =
                clear.or_else(|| Some(verb + 1).filter(|&at| at < doc.tokens.len() && doc.lower(at) == "clear"))?;
            let clause = doc.child(verb, &["ccomp"]).filter(|&c| c != clear).or_else(|| doc.child(clear, &["ccomp"]));
            let content = match clause {
                Some(clause) => phrase::clause(doc, clause),
                None => doc.subtree(verb).filter(|&at| at > clear).collect(),
            };
            cue.push(clear);
            cue.sort_unstable();
            cue.dedup();
            let content = content.into_iter().filter(|at| !cue.contains(at) && !source.contains(at)).collect();
            Some(Proposal::new(cue, source, phrase::trim(doc, content)).firmly())
        }
        "give" | "offer" | "issue" | "have" => {
            let noun = doc.child(verb, &["dobj"]).filter(|&noun| lexicon::is_speech_noun(&doc.tokens[noun].lemma))?;
            let denied = doc.children(noun).iter().any(|&at| doc.lower(at) == "no");
            let about = doc.child(noun, &["prep", "acl"])?;
            if !denied {
                return None;
            }
            cue.extend(doc.subtree(noun).start..=noun);
            cue.sort_unstable();
            cue.dedup();
            let content = phrase::trim(doc, doc.subtree(about).collect());
            Some(Proposal::new(cue, source, content).firmly())
        }
        "put" => {
            let object = doc.child(verb, &["dobj"])?;
            let at = doc.children(verb).iter().copied().find(|&at| doc.lower(at) == "at" && at > object)?;
            let content = (doc.subtree(object).start..doc.subtree(at).end).collect();
            Some(Proposal::new(cue, source, phrase::trim(doc, content)).firmly())
        }
        _ => None,
    }
}

/// What a reporting verb says: its clause, or its object, or the quotation beside it.
fn content_of(doc: &Doc, verb: usize, kind: Verb, passive: bool, source: &[usize]) -> Vec<usize> {
    if let Some(appeal) = appeal(doc, verb) {
        return appeal;
    }
    if let Some(clause) = phrase::complement(doc, verb, source) {
        return clause;
    }
    let called = calls(&doc.tokens[verb].lemma) && !passive;
    if called && let Some(object) = called_object(doc, verb) {
        return object;
    }
    if let Some(quotation) = phrase::adjacent_quotation(doc, verb, source)
        && kind != Verb::Attitude
    {
        return quotation;
    }
    if let Some(host) = phrase::host_clause(doc, verb)
        && kind == Verb::Speech
    {
        return host;
    }
    if let Some(clause) = doc.child(verb, &["xcomp"]).filter(|&clause| clause > verb) {
        let has_to = doc.child(clause, &["aux"]).is_some_and(|aux| doc.lower(aux) == "to");
        if has_to && passive {
            // "is said to be": the subject belongs to what is said.
            let subject = doc.child(verb, &["nsubjpass"]).map(|at| phrase::noun_phrase(doc, at));
            return subject.into_iter().flatten().chain(phrase::clause(doc, clause)).collect();
        }
        // "reported seeing", "denied taking": what is said follows at once.
        let gerund = kind == Verb::Speech && doc.subtree(clause).start == verb + 1;
        if has_to || gerund || doc.tokens[clause].tag != "VBG" {
            let from = doc.child(verb, &["dobj"]).map_or(clause, |object| object.min(clause));
            let start = doc.subtree(from).start.max(verb + 1);
            return (start..doc.subtree(clause).end.max(start)).collect();
        }
    }
    if kind == Verb::Attitude {
        return attitude_object(doc, verb);
    }
    object(doc, verb)
}

/// "called on Russia to withdraw": whom, and to do what.
fn appeal(doc: &Doc, verb: usize) -> Option<Vec<usize>> {
    let lemma = doc.tokens[verb].lemma.as_ref();
    let next = verb + 1;
    let to_whom =
        matches!(lemma, "call" | "appeal") && matches!(doc.tokens.get(next)?.lower.as_ref(), "on" | "upon" | "to");
    let end = doc.subtree(verb).end;
    (to_whom && next + 1 < end).then(|| (next + 1..end).collect())
}

/// "thinks otherwise", "supports the plan"; things merely seen, known, or had are no claims.
fn attitude_object(doc: &Doc, verb: usize) -> Vec<usize> {
    let takes_object = matches!(
        doc.tokens[verb].lemma.as_ref(),
        "want"
            | "support"
            | "oppose"
            | "fear"
            | "favor"
            | "favour"
            | "seek"
            | "welcome"
            | "regret"
            | "expect"
            | "demand"
            | "consider"
            | "prefer"
            | "view"
            | "see"
            | "regard"
    );
    let predicate = doc.child(verb, &["oprd", "ccomp"]);
    let as_phrase = doc.children(verb).iter().copied().find(|&at| at > verb && doc.lower(at) == "as");
    let object = doc.child(verb, &["dobj"]).filter(|&object| object > verb && !doc.lower(object).starts_with("wh"));
    let so = doc.children(verb).iter().copied().find(|&at| matches!(doc.lower(at), "otherwise" | "so") && at > verb);
    match (object, predicate.or(as_phrase), so) {
        (_, _, Some(so)) => vec![so],
        (Some(object), Some(end), _) => (doc.subtree(object).start..doc.subtree(end).end).collect(),
        (Some(object), None, _)
            if takes_object && !matches!(doc.tokens[verb].lemma.as_ref(), "see" | "view" | "regard" | "consider") =>
        {
            phrase::noun_phrase(doc, object)
        }
        _ => Vec::new(),
    }
}

/// Verbs that say what something is.
fn calls(lemma: &str) -> bool {
    matches!(
        lemma,
        "call"
            | "brand"
            | "label"
            | "dub"
            | "describe"
            | "term"
            | "deem"
            | "liken"
            | "compare"
            | "characterise"
            | "characterize"
            | "portray"
            | "depict"
            | "hail"
            | "declare"
            | "pronounce"
            | "blame"
            | "credit"
            | "accuse"
            | "slam"
            | "criticise"
            | "criticize"
            | "dismiss"
            | "praise"
            | "condemn"
            | "denounce"
    )
}

/// "called the plan “a joke”": the thing and what it is called.
fn called_object(doc: &Doc, verb: usize) -> Option<Vec<usize>> {
    let after = || doc.children(verb).iter().copied().filter(|&at| at > verb);
    let parts = ["dobj", "oprd", "ccomp", "acomp", "attr"];
    let first = after().find(|&at| parts.contains(&doc.tokens[at].dep))?;
    let start = doc.subtree(first).start.max(verb + 1);
    let ends = after().filter(|&at| parts.contains(&doc.tokens[at].dep) || doc.tokens[at].dep == "prep");
    let end = ends.map(|at| doc.subtree(at).end).max()?;
    // "called them" gives nobody a name.
    let names = doc.children(verb).iter().filter(|&&at| at > verb && parts.contains(&doc.tokens[at].dep)).count() > 1
        || doc.children(verb).iter().any(|&at| at > first && doc.tokens[at].dep == "prep")
        || doc.tokens[start..end].iter().any(|token| token.depth > doc.tokens[verb].depth)
        || lexicon::takes_plain_object(&doc.tokens[verb].lemma);
    let reads = names && !doc.lower(start).starts_with("wh");
    (reads && start < end).then(|| phrase::with_quotations(doc, verb, (start..end).collect()))
}

/// The object of a verb of saying: "proposed a summit", "called the plan “a joke”", "warned of floods".
fn object(doc: &Doc, verb: usize) -> Vec<usize> {
    let lemma = doc.tokens[verb].lemma.as_ref();
    if let Some(object) = doc.child(verb, &["dobj", "oprd", "attr", "dative"]).filter(|&object| object > verb) {
        let noun = &doc.tokens[object];
        let speaks = noun.quotation.is_some_and(|quotation| doc.quotations[quotation].inner.len() > 12);
        if noun.pos != "PRON" && (lexicon::takes_plain_object(lemma) || speaks) {
            let whole = doc.subtree(object);
            // "voiced concerns over the build-up": what the parser hung on the verb belongs to the noun.
            let about = doc.children(verb).iter().copied().find(|&at| {
                doc.tokens[at].dep == "prep"
                    && doc.subtree(at).start == whole.end
                    && lexicon::is_speech_noun(&noun.lemma)
            });
            return (whole.start..about.map_or(whole.end, |at| doc.subtree(at).end)).collect();
        }
        return Vec::new();
    }
    let about = doc
        .children(verb)
        .iter()
        .copied()
        .find(|&at| at > verb && doc.tokens[at].dep == "prep" && lexicon::takes_preposition(lemma, doc.lower(at)));
    let Some(about) = about else { return Vec::new() };
    doc.subtree(about).filter(|&at| at != about || lemma == "respond").collect()
}

/// "said, citing the mayor, that": what is cited says what the citing one says. The citing phrase becomes a claim with
/// the same content, one step further in.
fn share_cited(doc: &Doc, found: &mut Vec<Proposal>) {
    let cites: Vec<Citing> = (0..doc.tokens.len()).filter_map(|at| citing(doc, at)).collect();
    for Citing { cue, source, own, governor } in cites {
        found.retain(|claim| !own.contains(&claim.cue[0]));
        let sentence = &doc.sentences[doc.tokens[cue[0]].sentence];
        let near = found.partition_point(|claim| claim.cue[0] < sentence.start);
        let end = found.partition_point(|claim| claim.cue[0] < sentence.end);
        let governs = |claim: &Proposal| claim.cue.contains(&governor) || claim.source.contains(&governor);
        let outer = match (near..end).find(|&at| governs(&found[at])) {
            Some(outer) => outer,
            None if doc.tokens[governor].tag.starts_with('V')
                && lexicon::is_plain_speech(&doc.tokens[governor].lemma) =>
            {
                let group = phrase::verb_group(doc, governor);
                let subject = phrase::subject(doc, governor).unwrap_or_default();
                let at = found.partition_point(|claim| claim.cue < group);
                found.insert(at, Proposal::new(group, subject, Vec::new()));
                at
            }
            None => continue,
        };
        let content: Vec<usize> = found[outer].content.iter().copied().filter(|at| !own.contains(at)).collect();
        let words = content.iter().filter(|&&at| !doc.tokens[at].is_punctuation()).count();
        // Where the parser hung what is said on the citing verb, it is what follows.
        let content = if words > 0 { content } else { phrase::trim(doc, (own.end..sentence.end).collect()) };
        if content.is_empty() {
            continue;
        }
        found[outer].content.clone_from(&content);
        found[outer].source.retain(|at| !own.contains(at));
        found[outer].firm = true;
        let at = found.partition_point(|claim| claim.cue < cue);
        found.insert(at, Proposal { cites: true, aside: own, ..Proposal::new(cue, source, content) });
    }
}

/// A phrase that cites.
struct Citing {
    cue: Vec<usize>,
    source: Vec<usize>,
    /// The phrase with the commas around it.
    own: std::ops::Range<usize>,
    /// The verb or noun that it hangs on.
    governor: usize,
}

fn citing(doc: &Doc, cite: usize) -> Option<Citing> {
    let token = &doc.tokens[cite];
    let cites = matches!(token.lemma.as_ref(), "cite" | "quote") && token.tag.starts_with('V');
    if !cites || doc.sentences[token.sentence].len() > LONGEST_SENTENCE {
        return None;
    }
    let object = doc.child(cite, &["dobj"]).or_else(|| {
        // "citing X, that ...": X taken for the subject of a clause that follows.
        let clause = doc.child(cite, &["ccomp"])?;
        doc.child(clause, &["nsubj"]).filter(|&at| at > cite)
    });
    let object = object.filter(|&object| object > cite)?;
    let as_saying = doc.children(cite).iter().any(|&at| at > cite && doc.lower(at) == "as");
    let relative = token.dep == "relcl";
    let hangs = matches!(token.dep, "advcl" | "relcl" | "acl" | "ccomp" | "conj" | "xcomp" | "prep");
    if as_saying || !hangs || !relative && token.tag != "VBG" {
        return None;
    }
    let source = phrase::noun_phrase(doc, object);
    let next = source.last()? + 1;
    // "quoting her mother: “...”" gives the words themselves.
    if doc.tokens.get(next).is_some_and(|token| token.text == ":" || token.is_mark()) {
        return None;
    }
    let cue = phrase::verb_group(doc, cite);
    let pronoun = if relative { doc.child(cite, &["nsubj"]).unwrap_or(cue[0]) } else { cue[0] };
    let mut start = pronoun.min(cue[0]);
    let is_comma = |at: usize| doc.tokens[at].text == ",";
    start -= usize::from(start > 0 && is_comma(start - 1));
    let mut end = source.last()? + 1;
    end += usize::from(end < doc.tokens.len() && is_comma(end));
    // "said, citing X, that ..." hangs on the verb before it, whatever the parser says.
    let before = start.checked_sub(1).filter(|&at| doc.tokens[at].sentence == token.sentence);
    let before =
        before.filter(|&at| doc.tokens[at].tag.starts_with('V') && lexicon::is_plain_speech(&doc.tokens[at].lemma));
    Some(Citing { cue, source, own: start..end, governor: before.filter(|_| !relative).unwrap_or(token.head) })
}
