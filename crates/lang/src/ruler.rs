//! spaCy's attribute ruler: rules over tags, words and dependencies that set part of speech, features and some lemmas.
//!
//! All rules look at the tokens as tagger and parser left them; what they set is then applied in their order, the last
//! one wins. Not for: lemmas in general.

use std::sync::Arc;

use crate::file::{RuleData, StringTest, TokenTest};
use crate::forms::{Form, WordId};
use crate::labels::{LabelId, Labels};

/// What is known of a token before the rules.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a> {
    pub(crate) form: &'a Form,
    pub(crate) tag: LabelId,
    pub(crate) dep: LabelId,
}

/// What is known after them.
#[derive(Clone, Debug)]
pub(crate) struct Attributes {
    pub(crate) tag: LabelId,
    pub(crate) pos: LabelId,
    pub(crate) morph: LabelId,
    pub(crate) dep: LabelId,
    pub(crate) lemma: Option<Arc<str>>,
}

/// The rules of a model.
pub(crate) struct Ruler {
    effects: Vec<Effect>,
    /// Patterns of one token, with the rules they belong to, in the order of the rules.
    singles: Vec<(usize, Test)>,
    /// By tag: which of `singles` may match; without and with a test on the word.
    plain: Vec<(LabelId, Vec<usize>)>,
    worded: Vec<(LabelId, Vec<usize>)>,
    /// Patterns of several tokens.
    longer: Vec<Longer>,
}

struct Longer {
    rule: usize,
    tests: Vec<Test>,
    /// The token that is changed.
    index: usize,
}

/// Sets of what a token must be.
struct Test {
    tag: Option<Set<LabelId>>,
    word: Option<Set<WordId>>,
    dep: Option<Set<LabelId>>,
    blank: Option<bool>,
}

struct Set<T> {
    members: Vec<T>,
    /// Whether to be a member is what is asked for.
    wanted: bool,
}

impl<T: PartialEq> Set<T> {
    fn admits(&self, value: &T) -> bool {
        self.members.contains(value) == self.wanted
    }
}

struct Effect {
    tag: Option<LabelId>,
    pos: Option<LabelId>,
    morph: Option<LabelId>,
    dep: Option<LabelId>,
    lemma: Option<Arc<str>>,
}

/// The words that rules speak of, each with its number; other words have [`WordId::default`].
pub(crate) fn words(rules: &[RuleData]) -> Vec<String> {
    let tests = rules.iter().flat_map(|rule| rule.patterns.iter().flatten()).filter_map(|test| test.lower.as_ref());
    let mut words: Vec<String> = tests.flat_map(|test| members(test).0).cloned().collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn members(test: &StringTest) -> (&[String], bool) {
    match test {
        StringTest::In(members) => (members, true),
        StringTest::NotIn(members) => (members, false),
    }
}

impl Ruler {
    pub(crate) fn new(
        rules: &[RuleData],
        tags: &[LabelId],
        word: impl Fn(&str) -> WordId,
        labels: &mut Labels,
    ) -> Self {
        let (mut effects, mut singles, mut longer) = (Vec::new(), Vec::new(), Vec::new());
        for (rule, data) in rules.iter().enumerate() {
            for pattern in &data.patterns {
                let mut tests: Vec<Test> = pattern.iter().map(|test| Test::new(test, &word, labels)).collect();
                match (tests.len(), data.index) {
                    (1, 0) => singles.extend(tests.pop().map(|test| (rule, test))),
                    (_, index) if index < tests.len() => longer.push(Longer { rule, tests, index }),
                    // An index outside of its pattern changes nothing.
                    _ => {}
                }
            }
            let mut label = |name: &Option<String>| name.as_ref().map(|name| labels.add(name));
            effects.push(Effect {
                tag: label(&data.set.tag),
                pos: label(&data.set.pos),
                morph: label(&data.set.morph),
                dep: label(&data.set.dep),
                lemma: data.set.lemma.as_deref().map(Arc::from),
            });
        }
        let by_tag = |worded: bool| {
            let fits = |tag: &LabelId, test: &Test| {
                test.tag.as_ref().is_none_or(|set| set.admits(tag)) && test.word.is_some() == worded
            };
            let list = |tag: &LabelId| (0..singles.len()).filter(|at| fits(tag, &singles[*at].1)).collect();
            tags.iter().map(|tag| (*tag, list(tag))).collect()
        };
        let (plain, worded) = (by_tag(false), by_tag(true));
        Ruler { effects, singles, plain, worded, longer }
    }

    /// Appends what the rules make of the tokens of a text.
    pub(crate) fn apply<'a>(&self, count: usize, token: impl Fn(usize) -> Before<'a>, out: &mut Vec<Attributes>) {
        let empty = LabelId::default();
        let mut rules: Vec<usize> = Vec::new();
        // Rules for tokens to come, from patterns that began before them.
        let mut ahead: Vec<(usize, usize)> = Vec::new();
        for at in 0..count {
            let before = token(at);
            rules.clear();
            self.single_rules(before, &mut rules);
            for longer in &self.longer {
                let fits = at + longer.tests.len() <= count
                    && longer.tests.iter().enumerate().all(|(i, test)| test.admits(token(at + i)));
                if fits {
                    ahead.push((at + longer.index, longer.rule));
                }
            }
            ahead.retain(|(target, rule)| {
                if *target == at {
                    rules.push(*rule);
                }
                *target > at
            });
            rules.sort_unstable();
            let mut after = Attributes { tag: before.tag, pos: empty, morph: empty, dep: before.dep, lemma: None };
            for rule in &rules {
                after.set(&self.effects[*rule]);
            }
            out.push(after);
        }
    }

    fn single_rules(&self, before: Before, rules: &mut Vec<usize>) {
        let lists = [(&self.plain, true), (&self.worded, before.form.word != WordId::default())];
        for (lists, _) in lists.into_iter().filter(|(_, asked)| *asked) {
            let list = lists.iter().find(|(tag, _)| *tag == before.tag).into_iter().flat_map(|(_, list)| list);
            rules.extend(
                list.map(|at| &self.singles[*at]).filter(|(_, test)| test.admits(before)).map(|(rule, _)| *rule),
            );
        }
    }
}

impl Test {
    fn new(test: &TokenTest, word: &impl Fn(&str) -> WordId, labels: &mut Labels) -> Self {
        let mut set = |test: &StringTest| {
            let (names, wanted) = members(test);
            Set { members: names.iter().map(|name| labels.add(name)).collect(), wanted }
        };
        Test {
            tag: test.tag.as_ref().map(&mut set),
            dep: test.dep.as_ref().map(&mut set),
            word: test.lower.as_ref().map(|test| {
                let (names, wanted) = members(test);
                Set { members: names.iter().map(|name| word(name)).collect(), wanted }
            }),
            blank: test.space,
        }
    }

    fn admits(&self, token: Before) -> bool {
        self.word.as_ref().is_none_or(|set| set.admits(&token.form.word))
            && self.tag.as_ref().is_none_or(|set| set.admits(&token.tag))
            && self.dep.as_ref().is_none_or(|set| set.admits(&token.dep))
            && self.blank.is_none_or(|blank| blank == token.form.blank)
    }
}

impl Attributes {
    fn set(&mut self, effect: &Effect) {
        self.tag = effect.tag.unwrap_or(self.tag);
        self.pos = effect.pos.unwrap_or(self.pos);
        self.morph = effect.morph.unwrap_or(self.morph);
        self.dep = effect.dep.unwrap_or(self.dep);
        if let Some(lemma) = &effect.lemma {
            self.lemma = Some(lemma.clone());
        }
    }
}
