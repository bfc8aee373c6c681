//! Every threshold and weight of this crate, with what each rests on. Measured figures: `docs/compare/copies.md`.

/// Sketches and their index.
pub(crate) mod index {
    /// How many grams of a kind a sketch holds at most, on average: a longer text is sampled. About 700 words.
    pub const GRAMS: usize = 384;
    /// How many articles stand for all that have a gram: the partners that the gram offers to each of them.
    pub const REPRESENTATIVES: usize = 8;
    /// So many phrases in common make a candidate, and this share of the smaller sketch's.
    pub const PHRASES: usize = 2;
    pub const PHRASE_SHARE: f64 = 0.01;
    /// The same for pairs of words.
    pub const PAIRS: usize = 3;
    pub const PAIR_SHARE: f64 = 0.04;
}

/// The alignment.
pub(crate) mod align {
    /// Neighbours that occur so often that this many places could be paired anchor nothing.
    pub const REPEATS: usize = 36;
    /// The longest stretches between tiles that are aligned word by word: 200 words against 200.
    pub const CELLS: usize = 40_000;
    /// Words that stand elsewhere count as moved if they are so many, so many of them content words.
    pub const MOVED_WORDS: usize = 4;
    pub const MOVED_CONTENT: usize = 2;
    /// What a pair of words is worth, and what a gap costs.
    pub const SAME: i32 = 6;
    pub const SAME_FUNCTION: i32 = 3;
    pub const LIKE_KIND: i32 = -1;
    pub const UNLIKE_KIND: i32 = -3;
    pub const OPEN: i32 = -3;
    pub const EXTEND: i32 = -1;
}

/// What makes a relation.
pub(crate) mod relation {
    /// A run of equal words counts from this length on, with so many content words.
    pub const RUN_WORDS: usize = 3;
    pub const RUN_CONTENT: usize = 2;
    /// A copy shares so many words, in such runs, that are not quoted.
    pub const OWN_WORDS: usize = 6;
    /// Below this score two texts are no copies whatever ties them to others.
    pub const WEAK: f64 = 0.30;
    /// Near is a copy that has this share of the smaller text's words.
    pub const NEAR_SHARE: f64 = 0.85;
    /// A shared quotation is one passage of so many words, or so many words in all of which so many stand in one run.
    pub const QUOTED_PASSAGE: usize = 11;
    pub const QUOTED_WORDS: usize = 16;
    pub const QUOTED_RUN: usize = 7;
    pub const QUOTED_SCORE: f64 = 0.9;
    /// The log-odds that two texts are kin: a sum of what they have in common, each as a share of the smaller text's.
    pub struct Weights {
        pub bias: f64,
        pub stems: f64,
        pub content: f64,
        /// Turns: two content words in a row, whatever function words stand between.
        pub turns: f64,
        /// Content words in runs that are not quoted.
        pub own_runs: f64,
        /// Words in runs that both quote or report.
        pub quoted_runs: f64,
        pub numbers: f64,
        /// Per logarithm of how many numbers only one has: a form filled in anew keeps its words and changes its
        /// numbers.
        pub other_numbers: f64,
    }

    /// For reports. Other reports of the event share names, subject words and statements, so runs and turns decide.
    /// F1 on generated news among such reports .985 to .995, at twice the spinner's rates .98 to .99; without the
    /// weight of quoted runs .95.
    pub const REPORT: Weights = Weights {
        bias: -5.5,
        stems: 1.0,
        content: 4.0,
        turns: 9.0,
        own_runs: 8.0,
        quoted_runs: -7.0,
        numbers: 1.0,
        other_numbers: -0.5,
    };

    /// For works of reference, where nobody else tells of the same subject in the same words. With these F1 on
    /// encyclopaedia versions is .955, with those for reports .935.
    pub const REFERENCE: Weights = Weights {
        bias: -3.0,
        stems: 2.0,
        content: 4.5,
        turns: 4.5,
        own_runs: 5.0,
        quoted_runs: 0.0,
        numbers: 0.5,
        other_numbers: -1.0,
    };
}

/// Families.
pub(crate) mod family {
    /// A bridge between two groups that scores less does not join them.
    pub const WEAK_BRIDGE: f64 = 0.85;
}

/// Evidence of direction: logarithms of odds.
pub(crate) mod direction {
    /// One reading that a third text confirms; more of them count as their square root. On generated news such a
    /// reading is the older one .87 of the time.
    pub const WITNESS: f64 = 1.9;
    /// A reading is confirmed if so many pairs of neighbours in it and at its edges stand in the witness.
    pub const WITNESS_TURNS: usize = 2;
    /// How many readings and broken places are shown.
    pub const SHOWN: usize = 4;
    /// A broken place; more of them count as their square root. On generated news .85 to .95 point from source to
    /// copy; in works of reference, which are repaired, .3 to .7.
    pub const DAMAGE: f64 = 2.0;
    /// A broken place must be so near to words that both share.
    pub const NEAR_WORDS: usize = 3;
    /// Of what shows that one side was altered, this share is taken off the other side's.
    pub const NOISE: f64 = 0.3;
    /// The odds that two kindred texts were both made from a third, against one from the other: of reports, and of
    /// works of reference.
    pub const SIBLINGS: f64 = 0.1;
    pub const SIBLINGS_REFERENCE: f64 = 0.02;
    /// What is stated holds even where these odds are so many times as high: nobody knows how many sources are lost. On
    /// generated news .97 of what is stated is then no pair of siblings; at the odds themselves .92.
    pub const SIBLINGS_AT_MOST: f64 = 5.0;
    /// How fast the odds of siblings fall where one text alone was altered.
    pub const ALTERED_ALONE: f64 = 1.0;
    /// No direction rests on more than these log-odds.
    pub const MOST: f64 = 6.0;
    /// Claimed dates are page clocks, crawl days or wrong so often that they only weigh this ...
    pub const CLAIMED_DATE: f64 = 1.0;
    /// ... more where they are so few days apart, which false ones seldom are: on generated news, where a fifth of the
    /// dates is false, right .96 of the time ...
    pub const CLAIMED_NEAR: f64 = 2.2;
    pub const DATES_AGREE: i64 = 5;
    /// ... and next to nothing from more than so many days on: .48.
    pub const CLAIMED_FAR: f64 = 0.1;
    pub const DATES_APART: i64 = 14;
    /// A text that names where the other appeared: on generated news right .98 of the time.
    pub const CREDIT: f64 = 3.5;
    /// Growth: per logarithm of the ratio of phrases, passages and words that only one has. On encyclopaedia versions
    /// what comes out above .75 is right .87 of the time.
    pub const PHRASES_ADDED: f64 = 0.6;
    pub const PASSAGES_ADDED: f64 = 0.9;
    pub const WORDS_ADDED: f64 = 0.4;
    /// Up to so many words are a phrase.
    pub const PHRASE: usize = 7;
    /// Growth alone never weighs more, and says nothing below the least.
    pub const MOST_GROWTH: f64 = 3.0;
    pub const LEAST: f64 = 0.05;
    /// Passages of so many words that a report has more than another, which itself has at most this share of them that
    /// the first has not, were rather cut than put in.
    pub const CUT: f64 = 0.8;
    pub const PASSAGE: usize = 12;
    pub const CUT_WORDS: usize = 25;
    pub const CUT_BOTH: f64 = 0.2;
    /// Quotations and verbs of speech for a word: up to the first a text is a work of reference, from the second on a
    /// report. Three quarters of encyclopaedia articles lie below .011, nine tenths of news above .006, half above
    /// .025.
    pub const REFERENCE_SPEECH: f64 = 0.008;
    pub const REPORT_SPEECH: f64 = 0.020;
}

/// Texts made from two others.
pub(crate) mod merge {
    /// A part that comes from one source has so many characters.
    pub const PART: usize = 150;
    /// A neighbour of which more than this share stands in the text is an excerpt of it, not a source.
    pub const EXCERPT: f64 = 0.85;
    /// The parts of two sources have at most this share of the smaller in common.
    pub const IN_COMMON: f64 = 0.2;
    /// The odds that a text which so joins two that share nothing was made from them, rather than both from
    /// different parts of it.
    pub const MERGE: f64 = 3.0;
    /// Only where the texts are reports to this degree: a work of reference that was written anew in steps looks the
    /// same in the middle of its history.
    pub const REPORTING: f64 = 0.5;
}

/// The tree of a family.
pub(crate) mod lineage {
    use wirecopy_model::PROBABLE;

    /// Without a credit no direction is more certain: a text with the words of the other may be lost, and both were made from
    /// that. On generated news, where a third of the texts between are lost, .95 of what would else be stated is right.
    pub const NOT_SHOWN: f64 = 0.92;

    /// What is probable, brought below that: nothing falls under the line of what is said at all.
    pub fn not_shown(certainty: f64) -> f64 {
        let above = (certainty - PROBABLE).max(0.0);
        certainty.min(PROBABLE) + above * (NOT_SHOWN - PROBABLE) / (1.0 - PROBABLE)
    }

    /// And of reports it is so much less where nothing at all speaks for it but its place in the tree.
    pub const NO_EVIDENCE: f64 = 0.12;
    /// How much the log-odds of the edges weigh in the choice of the root: of reports, and of works of reference.
    pub const TEMPER: f64 = 1.2;
    pub const TEMPER_REFERENCE: f64 = 3.2;
    /// The first of a chain of versions stands at its end: how likely a text between two others is the root of works of
    /// reference, against one at an end. Of reports the one with most neighbours is likelier the source: each counts as
    /// many times as it has neighbours, to this power.
    pub const INNER_ROOT: f64 = 0.2;
    pub const HUB: f64 = 1.0;
    /// Added to the words that two texts share, against which their differences are measured.
    pub const SHARED_WORDS: f64 = 20.0;
    /// What a neighbour beyond the second costs a text. Each version of a work of reference is made from the last, so
    /// there it also costs a share of the distance. Edges found on versions .807 without, .826 with it; on generated
    /// news .824 and .833.
    pub const THIRD_NEIGHBOUR: f64 = 0.02;
    pub const THIRD_NEIGHBOUR_SHARE: f64 = 0.1;
    /// So many identical texts are all shown as neighbours of what one of them was made from.
    pub const TWINS: usize = 3;
}

/// Lost sources.
pub(crate) mod lost {
    /// More words than this are a passage, no reading.
    pub const READING: usize = 7;
    /// Two neighbours of a text that so often agree against it were not made from it, nor one through it from the other
    /// ...
    pub const LEAST: usize = 5;
    /// ... more for each place where chance lets them agree: both altered one word, and a program alters it alike.
    /// On generated news .9 of what is so found is a lost source, with 4 and 2.0 .78.
    pub const CHANCE: f64 = 3.0;
    /// Each of the two differs itself in so many places.
    pub const BRANCH: usize = 3;
    /// How many neighbours of a text are compared, the nearest first.
    pub const NEIGHBOURS: usize = 8;
    /// No edge from or to a lost source is more certain.
    pub const CERTAIN: f64 = 0.9;
    /// The log-odds that a text was made from one of two near ones, for each place where it agrees with that one.
    pub const PLACE: f64 = 1.2;
}

/// Orphans.
pub(crate) mod orphan {
    /// So many broken places, and not fewer than one in so many words, show that a text was made from another.
    pub const DAMAGES: usize = 2;
    pub const WORDS_PER_DAMAGE: f64 = 250.0;
    /// Among so many lines at either end one of so few words may say that the text is a translation.
    pub const NOTE_LINES: usize = 3;
    pub const NOTE_WORDS: usize = 12;
}

/// Collations.
pub(crate) mod collation {
    /// Words of a text beyond this one are left out.
    pub const WORDS: usize = 20_000;
}
