//! Every threshold of the search for disputes. Figures are of the 495 pairs of `docs/compare/disputes.md`.

use wirecopy_model::Slot;

/// Sentences are compared when the cosine of their content words is at least this. Below it nothing but chance is
/// shared.
pub(super) const SENTENCES_ALIKE: f32 = 0.12;

/// A word that so many sentences of a story have, and more than this share of them, finds no pair of sentences.
pub(super) const COMMON_WORD: usize = 200;

/// A sentence longer than this is read in pieces: it is a list or litter.
pub(super) const LONGEST_SENTENCE: usize = 160;

/// How near a word is to a value, by the number of steps between them in the tree of the sentence.
pub(super) const NEARNESS: [f32; 6] = [1.0, 0.7, 0.45, 0.3, 0.2, 0.12];

/// The same by the number of words between them: what stands beside a value bears on it, whatever the tree says.
pub(super) const BESIDE: [f32; 3] = [0.9, 0.6, 0.4];

/// What two numbers lose that count things of different names, or that name nothing.
pub(super) const OTHER_NOUN: f32 = -0.2;

/// From this score on two values are taken to be of the same thing. The score is the share of what stands around both,
/// half the likeness of the sentences, and how alike the values are in kind.
pub(super) fn threshold(slot: Slot) -> f32 {
    match slot {
        Slot::Number => 0.74,
        Slot::Date => 0.6,
        Slot::Place => 0.62,
        Slot::Name => 0.6,
        Slot::Speaker => 0.5,
        Slot::Polarity => 0.62,
        Slot::Wording => 0.0,
    }
}

/// What two values must have beyond [`threshold`] in a story of so many pairs of accounts: the more are compared, the more
/// are alike by chance.
pub(super) fn by_chance(pairs: usize) -> f32 {
    CHANCE * (pairs.max(1) as f32).log2()
}

/// For each doubling of the pairs. In 42 stories of up to twelve pages it takes a third of the cards, next to none of them
/// real.
const CHANCE: f32 = 0.04;

/// A value that could as well be paired with another of the same article, by so much, is paired with none.
pub(super) const CLEAR: f32 = 0.04;

/// Words of a quotation that must stand in both, in order.
pub(super) const QUOTED_WORDS: usize = 3;

/// The share of the shorter quotation that they must be.
pub(super) const QUOTED_SHARE: f32 = 0.5;

/// The same where so few of the words say something that they may meet by chance.
pub(super) const SHORT_QUOTED_SHARE: f32 = 0.67;

/// The same where the sentences around the quotations are alike,
pub(super) const SHORT_QUOTED_IN_ALIKE: f32 = 0.75;

/// which is from here on.
pub(super) const QUOTED_IN_ALIKE: f32 = 0.3;

/// The same for a quotation and a sentence that is printed without marks.
pub(super) const UNMARKED_SHARE: f32 = 0.8;

/// Longer gaps between words that two quotations share are cuts.
pub(super) const LONGEST_GAP: usize = 4;

/// In a story of more than two accounts so much around a denial must be the same. Of 19 denials read in news none was real, and most
/// lay below.
pub(super) const SURE_DENIAL: f32 = 0.6;

/// Sentences are searched for a denial when they are at least so alike.
pub(super) const POLAR_SENTENCES: f32 = 0.3;

/// Pairs of values below this score are not looked at: they would never be raised.
pub(super) const FAINT: f32 = 0.2;

/// What a pair loses, in the order in which values are paired, that would be vetoed as told by both or as a part.
pub(super) const SET_BACK: f32 = 0.3;

/// A dispute is only plain where this much of what stands around the values is the same. Of 13 false alarms
/// seven are below it.
pub(super) const PLAIN: f32 = 0.5;

/// Of two times that tell when something was said, so much of what was said must be the same. Below, they are two
/// statements.
pub(super) const SAME_STATEMENT: f32 = 0.3;

/// Two terms in quotation marks are only of the same thing where so much of what stands around them is the same.
pub(super) const TERM_FRAME: f32 = 0.45;

/// What is added to that for what one person called another, where both sentences name both: "accused him of being a ...".
pub(super) const CALLED: f32 = 0.15;

/// Two times of verbs that tell of different things are of one thing only where so much around them is the same. Read
/// in stories that nothing was tuned on: of ten such pairs none was a disagreement.
pub(super) const OTHER_VERB: f32 = 0.62;

/// What two values that agree have ahead of two that differ, in the order in which values are paired. Days agree by
/// chance: a week has seven, and a report names several.
pub(super) fn agreed(slot: Slot) -> f32 {
    match slot {
        Slot::Date => 0.3,
        _ => 1.0,
    }
}

/// What speaks for two measures being of one thing where each article gives one such measure of a thing of that name.
pub(super) const ONLY_ONE: f32 = 0.3;

/// Two sentences of one article must be so alike for two values in them to be of the same thing,
pub(super) const TWICE_TOLD_SENTENCE: f32 = 0.6;

/// and so much of what stands around the values must be the same.
pub(super) const TWICE_TOLD: f32 = 0.75;

/// A sentence of a copy that is at least so alike is made from the source's.
pub(super) const COPIED_SENTENCE: f32 = 0.4;

/// A value is altered in a copy where the sentence is so alike,
pub(super) const ALTERED_SENTENCE: f32 = 0.7;

/// and what stands around the value.
pub(super) const ALTERED: f32 = 0.6;

/// Two sentences must be so alike for a difference in them to be one of the same event. Nine of ten found on the pairs
/// of the kit lie above; in long articles most false alarms lie below.
pub(super) fn same_event(slot: Slot) -> f32 {
    match slot {
        Slot::Name => 0.38,
        Slot::Speaker => 0.42,
        Slot::Place | Slot::Date => 0.33,
        _ => 0.0,
    }
}

/// So much of what stands around the values must be the same, whatever else speaks for a disagreement: who says like things of
/// one matter is many. All speakers found on the pairs of the kit lie above.
pub(super) fn same_frame(slot: Slot) -> f32 {
    match slot {
        Slot::Speaker => 0.48,
        _ => 0.0,
    }
}

/// From this likeness of the sentences on a dispute may be called high.
pub(super) const PLAIN_SENTENCES: f32 = 0.45;

/// Who said it is only plain where so much of what was said is the same.
pub(super) const PLAIN_SPEAKER: f32 = 0.75;

/// The same for a quotation: the share of its words that both have.
pub(super) const PLAIN_WORDING: f32 = 0.75;
