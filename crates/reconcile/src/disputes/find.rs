//! Pairs of values that two articles tell of the same thing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use wirecopy_model::{Piece, Severity, Slot};

use super::attribute::{Attribute, Attributes, attribute};
use super::compare::{Difference, Kind, Site, Verdict};
use super::event::{are_of_other_subjects, are_other_verbs, is_of_one_verb};
use super::moment::{Moment, moments};
use super::names::names;
use super::params::{
    CALLED, CLEAR, COMMON_WORD, FAINT, ONLY_ONE, OTHER_VERB, SENTENCES_ALIKE, SET_BACK, TERM_FRAME, agreed, threshold,
};
use super::quantity::{Quantity, quantities};
use super::term::terms;
use super::veto::Veto;
use super::view::{Sent, View, overlap};

/// One side of a pair: a value, and where its article tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    /// The same for all ways to write the value.
    pub key: String,
    /// The first word by which it is told, in lower case.
    pub word: String,
    /// The place that is compared first, then others of the same value that are told of the same.
    pub places: Vec<Piece>,
}

impl Side {
    fn of(site: &Site) -> Self {
        let word = site.sent.toks[site.range.start].word.clone();
        Side { key: site.key(), word, places: vec![site.sent.piece(site.range)] }
    }

    /// A side that is told by these words.
    pub fn told(text: String, place: Piece) -> Self {
        Side { word: text.clone(), key: text, places: vec![place] }
    }
}

/// Two values that differ, with what speaks for and against a disagreement.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub slot: Slot,
    pub severity: Severity,
    pub a: Side,
    pub b: Side,
    /// Words that the two sentences have in common around the values, in the order of the first.
    pub about: Vec<String>,
    /// How much of what stands around the values is the same.
    pub local: f32,
    /// How much of the sentences is the same.
    pub global: f32,
    pub likeness: f32,
    /// Whether the values belong to verbs that tell of different things; a time also where it belongs to none.
    pub other_verbs: bool,
    pub veto: Option<Veto>,
}

impl Candidate {
    /// Whether another pair of that score matters to this one.
    fn may_meet(&self, rival: Difference, score: f32) -> bool {
        let near = score + CLEAR > self.score() || score >= threshold(rival.slot);
        near && self.slot == rival.slot && rival.veto.is_none()
    }

    /// Takes note of another pair that shares one of its places: the same value told again, or a rival.
    fn meet(&mut self, rival: &Candidate, same_a: bool) {
        let (own, with) = if same_a { (&mut self.b, &rival.b) } else { (&mut self.a, &rival.a) };
        if own.key == with.key {
            if rival.score() >= threshold(rival.slot) {
                own.places.extend(&with.places);
            }
        } else if rival.score() + CLEAR > self.score() {
            self.veto.get_or_insert(Veto::Ambiguous);
        }
    }

    /// Whether both sides of another pair stand in the same words.
    pub fn touches(&self, other: &Candidate) -> bool {
        let near = |one: &Side, with: &Side| {
            one.places.iter().any(|place| with.places.iter().any(|other| place.overlaps(*other)))
        };
        near(&self.a, &other.a) || near(&self.b, &other.b)
    }

    /// Whether both values are times of day.
    pub fn is_clock(&self) -> bool {
        self.slot == Slot::Date && [&self.a, &self.b].iter().any(|side| side.key.contains(':'))
    }

    /// Whether the two are told by words that begin alike.
    pub fn begin_alike(&self) -> bool {
        self.a.word.get(..3).is_some_and(|begin| self.b.word.starts_with(begin))
    }

    /// How much more speaks for a disagreement than must: the surest are told first.
    pub fn margin(&self) -> f32 {
        match self.slot {
            // All but the words in dispute are the same.
            Slot::Wording if self.global == 0.0 => self.local,
            Slot::Wording => self.local + self.likeness - TERM_FRAME,
            slot => self.score() - threshold(slot),
        }
    }

    /// How much speaks for the two values being of the same thing.
    pub fn score(&self) -> f32 {
        self.local + 0.5 * self.global + self.likeness
    }
}

/// What can be told differently in an article.
pub(super) struct Values<'a> {
    values: Vec<Value<'a>>,
    /// The values of each sentence.
    of_sentence: Vec<Range<usize>>,
    /// The numbers of each sentence,
    numbers: Vec<Vec<Quantity>>,
    /// and its times.
    moments: Vec<Vec<Moment<'a>>>,
    attributes: Attributes,
}

struct Value<'a> {
    sentence: usize,
    range: Range<usize>,
    kind: Kind<'a>,
    around: Vec<(u32, f32)>,
}

impl<'a> Values<'a> {
    pub fn of(view: &View<'a>) -> Self {
        let mut values = Vec::new();
        let mut of_sentence = Vec::with_capacity(view.sents.len());
        let mut numbers = Vec::with_capacity(view.sents.len());
        let mut times = Vec::with_capacity(view.sents.len());
        let mut attributes = Attributes::default();
        for (sentence, sent) in view.sents.iter().enumerate() {
            let first = values.len();
            if sent.talk {
                numbers.push(Vec::new());
                times.push(Vec::new());
                of_sentence.push(first..first);
                continue;
            }
            let mut add = |range: Range<usize>, kind: Kind<'a>| {
                if range.start < sent.dateline {
                    return;
                }
                let around = sent.around(&range);
                values.push(Value { sentence, range, kind, around });
            };
            let found = quantities(view, sent);
            found.iter().for_each(|number| add(number.range.clone(), Kind::Number(number.clone())));
            for number in &found {
                if let Some(attribute) = attribute(sent, number) {
                    attributes.note(attribute, number);
                }
            }
            numbers.push(found);
            let found = moments(view, sent);
            found.iter().for_each(|moment| add(moment.range.clone(), Kind::Date(moment.clone())));
            times.push(found);
            terms(view, sent).into_iter().for_each(|term| add(term.range.clone(), Kind::Term(term)));
            names(view, sent).into_iter().for_each(|name| add(name.range.clone(), Kind::Name(name)));
            of_sentence.push(first..values.len());
        }
        Values { values, of_sentence, numbers, moments: times, attributes }
    }

    /// Where a sentence tells the same value as the site does: by the same words, else by another way to write it.
    pub fn same(&self, view: &View<'a>, sentence: usize, site: &Site, words: &[String]) -> Option<Piece> {
        self.spelt(view, sentence, words).or_else(|| {
            let mut here = self.of_sentence[sentence].clone();
            let same = here.find(|&number| matches!(site.compare(&self.site(view, number)), Verdict::Same));
            same.map(|number| view.sents[sentence].piece(&self.values[number].range))
        })
    }

    /// Where a sentence has these words.
    pub fn spelt(&self, view: &View<'a>, sentence: usize, words: &[String]) -> Option<Piece> {
        let sent = &view.sents[sentence];
        let told: Vec<&str> = sent.toks.iter().map(|tok| tok.word.as_str()).collect();
        let at = told.windows(words.len().max(1)).position(|window| window == words)?;
        (!words.is_empty()).then(|| sent.piece(&(at..at + words.len())))
    }

    /// Whether an article tells the value that stands at a place here: a name by all its words, a number of the same.
    pub fn is_told(&self, view: &View<'a>, place: Piece, teller: &View, values: &Values) -> bool {
        match self.at(view, place).and_then(|(_, site)| site).map(|site| site.kind) {
            Some(Kind::Name(name)) => name.is_told_in(&teller.words),
            Some(Kind::Number(number)) => values.values.iter().any(|value| match &value.kind {
                Kind::Number(other) => {
                    other.unit == number.unit && other.low == number.low && other.high == number.high
                }
                _ => false,
            }),
            _ => false,
        }
    }

    /// The value that stands at a place, with its sentence.
    pub fn at<'v>(&'v self, view: &'v View<'a>, place: Piece) -> Option<(usize, Option<Site<'v, 'a>>)> {
        let sentence = view.sents.iter().position(|sent| sent.piece(&(0..sent.toks.len())).overlaps(place))?;
        let sent = &view.sents[sentence];
        let mut here = self.of_sentence[sentence].clone();
        let number = here.find(|&number| sent.piece(&self.values[number].range) == place);
        Some((sentence, number.map(|number| self.site(view, number))))
    }

    /// The attribute that a value is the only one of here.
    fn only(&self, view: &View, number: usize) -> Option<Attribute> {
        let value = &self.values[number];
        let Kind::Number(quantity) = &value.kind else { return None };
        attribute(&view.sents[value.sentence], quantity).filter(|attribute| self.attributes.is_single(attribute))
    }

    fn site<'v>(&'v self, view: &'v View<'a>, number: usize) -> Site<'v, 'a> {
        let value = &self.values[number];
        Site {
            view,
            sent: &view.sents[value.sentence],
            kind: &value.kind,
            range: &value.range,
            numbers: &self.numbers[value.sentence],
            moments: &self.moments[value.sentence],
        }
    }
}

/// Pairs of sentences with how much of them is the same.
type Alike = Vec<(usize, usize, f32)>;

/// The pairs of sentences of each two of these articles, or of one, that have something in common, as far as the two
/// are `wanted`. Two sentences are looked at where they share a word that few sentences have.
pub(super) fn alike(views: &[View], wanted: impl Fn(usize, usize) -> bool) -> HashMap<(usize, usize), Alike> {
    let mut holding: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
    for (view, at, sent) in views
        .iter()
        .enumerate()
        .flat_map(|(n, view)| view.sents.iter().enumerate().map(move |(at, sent)| (n, at, sent)))
    {
        for &(stem, _) in &sent.bag {
            holding.entry(stem).or_default().push((view, at));
        }
    }
    let mut pairs: HashMap<(usize, usize), Alike> = HashMap::new();
    let mut known: HashMap<(usize, usize), bool> = HashMap::new();
    for (one, view) in views.iter().enumerate() {
        for (at, sent) in view.sents.iter().enumerate() {
            let held =
                sent.bag.iter().filter_map(|(stem, _)| holding.get(stem)).filter(|held| held.len() <= COMMON_WORD);
            let mut near: Vec<(usize, usize)> = held.flatten().copied().filter(|&with| with > (one, at)).collect();
            near.sort_unstable();
            near.dedup();
            for (other, with) in near {
                if *known.entry((one, other)).or_insert_with(|| wanted(one, other)) {
                    let likeness = sent.likeness(&views[other].sents[with]);
                    if likeness >= SENTENCES_ALIKE {
                        pairs.entry((one, other)).or_default().push((at, with, likeness));
                    }
                }
            }
        }
    }
    pairs
}

/// The values of two articles that differ though they are told of the same. Each value stands in one pair at most, the
/// one in which most around it is the same, and values that agree are paired before those that do not.
pub(super) fn differing(
    (one, of_one): (&View, &Values),
    (other, of_other): (&View, &Values),
    alike: &[(usize, usize, f32)],
) -> Vec<Candidate> {
    let mut pairs: Vec<Pair> = Vec::new();
    let other_verbs = |a: usize, b: usize| {
        let (site, facing) = (of_one.site(one, a), of_other.site(other, b));
        are_other_verbs((site.sent, site.range), (facing.sent, facing.range))
    };
    let other_subjects = |a: usize, b: usize| {
        let (site, facing) = (of_one.site(one, a), of_other.site(other, b));
        are_of_other_subjects((site.sent, site.range), (facing.sent, facing.range), false)
    };
    for &(at, with, global) in alike {
        for a in of_one.of_sentence[at].clone() {
            for b in of_other.of_sentence[with].clone() {
                let local = overlap(&of_one.values[a].around, &of_other.values[b].around);
                let mut verdict = of_one.site(one, a).compare(&of_other.site(other, b));
                if let Verdict::Differ(difference) = &mut verdict
                    && local > 0.0
                    && let Some(attribute) = of_one.only(one, a)
                    && of_other.only(other, b) == Some(attribute)
                {
                    difference.likeness += ONLY_ONE;
                    difference.severity = difference.severity.max(Severity::Medium);
                }
                if let Verdict::Differ(difference) = &mut verdict
                    && difference.slot == Slot::Date
                    && local < OTHER_VERB
                    && (other_verbs(a, b) || other_subjects(a, b))
                {
                    difference.veto.get_or_insert(Veto::OtherFrame);
                }
                if let Verdict::Differ(difference) = &mut verdict
                    && difference.slot == Slot::Wording
                    && {
                        difference.likeness = predicate_of_one(&of_one.site(one, a), &of_other.site(other, b));
                        local + difference.likeness < TERM_FRAME
                    }
                {
                    difference.veto.get_or_insert(Veto::OtherFrame);
                }
                let pair = match verdict {
                    Verdict::Incomparable => continue,
                    Verdict::Same => Pair {
                        score: agreed(of_one.values[a].kind.slot()) + local + 0.5 * global,
                        a,
                        b,
                        local,
                        global,
                        difference: None,
                    },
                    Verdict::Differ(difference) => {
                        let score = local + 0.5 * global + difference.likeness;
                        let set_back = matches!(difference.veto, Some(Veto::ToldByBoth | Veto::PartOf));
                        let score = if set_back { score - SET_BACK } else { score };
                        Pair { score, a, b, local, global, difference: Some(difference) }
                    }
                };
                if pair.score >= FAINT {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs.sort_by(|one, other| other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b))));
    let candidate = |pair: &Pair, difference: Difference| {
        let (value, against) = (&of_one.values[pair.a], &of_other.values[pair.b]);
        let (site, facing) = (of_one.site(one, pair.a), of_other.site(other, pair.b));
        Candidate {
            slot: difference.slot,
            severity: difference.severity,
            a: Side::of(&site),
            b: Side::of(&facing),
            about: shared(&value.around, &against.around, site.sent),
            local: pair.local,
            global: pair.global,
            likeness: difference.likeness,
            other_verbs: match difference.slot {
                Slot::Date => !is_of_one_verb((site.sent, site.range), (facing.sent, facing.range)),
                _ => other_verbs(pair.a, pair.b),
            },
            veto: difference.veto,
        }
    };
    let mut taken = (vec![false; of_one.values.len()], vec![false; of_other.values.len()]);
    let mut found: Vec<Candidate> = Vec::new();
    // The pair that each value was given to.
    let mut given: (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
    for pair in &pairs {
        let free = !taken.0[pair.a] && !taken.1[pair.b];
        if free {
            taken.0[pair.a] = true;
            taken.1[pair.b] = true;
        }
        let Some(difference) = pair.difference else { continue };
        if free {
            given.0.insert(pair.a, found.len());
            given.1.insert(pair.b, found.len());
            found.push(candidate(pair, difference));
            continue;
        }
        let winners = (given.0.get(&pair.a).copied(), given.1.get(&pair.b).copied());
        for (won, same_a) in [(winners.0, true), (winners.1, false)] {
            if let Some(won) = won.filter(|_| winners.0 != winners.1)
                && found[won].may_meet(difference, pair.local + 0.5 * pair.global + difference.likeness)
            {
                found[won].meet(&candidate(pair, difference), same_a);
            }
        }
    }
    found
}

/// What speaks for two terms being said of one person where both sentences name the same two people: one of them is what the
/// other called him, and something else in both says on which occasion.
fn predicate_of_one(here: &Site, there: &Site) -> f32 {
    let named = |site: &Site| -> BTreeSet<u32> {
        site.sent.toks.iter().filter(|tok| tok.is_capital()).filter_map(|tok| tok.stem).collect()
    };
    let people = |site: &Site| -> BTreeSet<u32> {
        let tagged = site.sent.toks.iter().filter(|tok| &*tok.ent == "B-PERSON" || &*tok.ent == "I-PERSON");
        tagged.filter_map(|tok| tok.stem).collect()
    };
    let stems = |site: &Site| -> BTreeSet<u32> { site.sent.bag.iter().map(|&(stem, _)| stem).collect() };
    let (own, theirs) = (named(here), named(there));
    let all: BTreeSet<u32> = people(here).union(&people(there)).copied().collect();
    let shared = own.intersection(&theirs).filter(|name| all.contains(name)).count();
    let setting = stems(here).intersection(&stems(there)).filter(|stem| !own.contains(stem)).count();
    let predicate = matches!(here.kind, Kind::Term(term) if &*term.role == "attr");
    if predicate && shared >= 2 && setting >= 1 { CALLED } else { 0.0 }
}

/// Two values of two articles, by their numbers.
struct Pair {
    score: f32,
    a: usize,
    b: usize,
    local: f32,
    global: f32,
    /// Absent where they agree.
    difference: Option<Difference>,
}

/// The words around both values, at most four: those that weigh most, in the order of the sentence.
pub(super) fn shared(one: &[(u32, f32)], other: &[(u32, f32)], sent: &Sent) -> Vec<String> {
    let mut shared: Vec<(u32, f32)> = one
        .iter()
        .filter_map(|&(stem, weight)| {
            let at = other.binary_search_by_key(&stem, |&(with, _)| with).ok()?;
            Some((stem, weight * other[at].1))
        })
        .collect();
    shared.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    shared.truncate(4);
    let mut told: Vec<u32> = Vec::new();
    let mut words = Vec::new();
    for tok in &sent.toks {
        if let Some(stem) = tok.stem.filter(|stem| shared.iter().any(|(with, _)| with == stem) && !told.contains(stem))
        {
            told.push(stem);
            words.push(tok.lemma.clone());
        }
    }
    words
}
