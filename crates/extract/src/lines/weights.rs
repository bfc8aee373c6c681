//! The line model: its features, their weights and its thresholds, in one place.
//!
//! A line's score is the sum of the weights of its features, in log-odds of being clutter; positive speaks for clutter.
//! The weights were set by hand on invented pages (`tests/lines.rs`), from what each feature means, and are rounded to
//! tenths; what they reach on real pages that they were not set on is in `docs/compare/extract.md`.

/// What can be seen of a line in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    CueWhole,
    CueStart,
    CueStartSentence,
    CueInside,
    CueInsideProse,
    CueHint,
    CueLabelAmongProse,
    Breadcrumb,
    AuthorCard,
    LinkOnly,
    PostAttribution,
    Contact,
    Links,
    NoLetters,
    Counter,
    Separators,
    BreaksOff,
    UnderListHead,
    ReadsLikeHeadline,
    OneOfMany,
    EndsOpen,
    RepeatsInPage,
    NeighbourClutter,
    AfterEnd,
    BeforeStart,
    BetweenParagraphs,
    ThreeWords,
    FewWords,
    NoStop,
    Sentence,
    Paragraph,
    SmallWords,
    Continues,
    Quotation,
    SpeechVerb,
}

/// The weight of a feature.
pub(crate) fn weight(feature: Feature) -> f32 {
    match feature {
        Feature::CueWhole => 5.0,
        Feature::CueStart => 5.0,
        // "Leave a comment below." is clutter, "Comments on the plan were mixed." is not: more must be added.
        Feature::CueStartSentence => 2.5,
        Feature::CueInside => 5.0,
        // In a long paragraph the same words may be the news ("a change of its terms of service").
        Feature::CueInsideProse => 2.0,
        Feature::CueHint => 1.2,
        // "Discussion" or "Economy" between two paragraphs is rather a sub-heading.
        Feature::CueLabelAmongProse => -4.0,
        Feature::Breadcrumb => 5.0,
        Feature::AuthorCard => 4.5,
        Feature::LinkOnly => 3.0,
        // "— Name (@handle)": who said what stands above it.
        Feature::PostAttribution => -4.0,
        Feature::Contact => 2.0,
        Feature::Links => 0.6,
        Feature::NoLetters => 1.2,
        Feature::Counter => 1.2,
        Feature::Separators => 1.5,
        Feature::BreaksOff => 1.0,
        Feature::UnderListHead => 2.0,
        Feature::ReadsLikeHeadline => 0.7,
        // A schedule, a table, a list of items: clutter has its headings.
        Feature::OneOfMany => -1.5,
        Feature::EndsOpen => -1.5,
        Feature::RepeatsInPage => 1.0,
        Feature::NeighbourClutter => 0.7,
        Feature::AfterEnd => 1.0,
        Feature::BeforeStart => 0.5,
        Feature::BetweenParagraphs => -1.2,
        Feature::ThreeWords => 1.0,
        Feature::FewWords => 0.3,
        Feature::NoStop => 0.7,
        Feature::Sentence => -2.0,
        Feature::Paragraph => -2.5,
        Feature::SmallWords => -0.8,
        Feature::Continues => -1.5,
        Feature::Quotation => -1.5,
        Feature::SpeechVerb => -1.0,
    }
}

/// The score of a line of which nothing is known, on a page of text.
pub(crate) const BIAS_TEXT: f32 = -0.5;

/// The same for a page of HTML, where an extractor has already taken the line for text of the article: on real pages 94
/// in a hundred of its lines are.
pub(crate) const BIAS_EXTRACTED: f32 = -1.8;

/// From this score on a line is cut: odds of four to one, since a lost sentence costs more than a label that stays.
pub(crate) const CUT: f32 = 1.5;

/// From this score on a neighbour counts as clutter.
pub(crate) const NEIGHBOUR: f32 = CUT;

/// How many times scores and neighbours are worked out in turn; they settle after two.
pub(crate) const ROUNDS: usize = 3;

/// At most this share of the words of a long page is cut.
pub(crate) const MAX_CUT: f64 = 0.25;

/// From this many words on a page is long. A short report with its theme around it is often half clutter.
pub(crate) const LONG_PAGE: usize = 400;

/// From this many words on a line that ends as a sentence is a paragraph of the text.
pub(crate) const PARAGRAPH_WORDS: usize = 10;

/// From this many words on a line is a paragraph even without closing punctuation, if it has the small words of text.
pub(crate) const LONG_LINE_WORDS: usize = 25;

/// The share of small words (articles, prepositions, ...) from which a line reads like text.
pub(crate) const SMALL_WORD_SHARE: f64 = 0.2;

/// Cues are looked for in the first so many bytes of a line: no form or teaser is longer.
pub(crate) const CUE_BYTES: usize = 2_000;

/// Lines after the heading of a list that can belong to it.
pub(crate) const LIST_REACH: usize = 15;

/// Lines of a page that are looked at one by one. Beyond them the rest is taken as body, in one piece, and the page
/// says so: the longest real page seen has 4,000.
pub(crate) const MAX_LINES: usize = 100_000;

/// The feature in words, as a reason.
pub(crate) fn words(feature: Feature) -> &'static str {
    match feature {
        Feature::CueWhole
        | Feature::CueStart
        | Feature::CueStartSentence
        | Feature::CueInside
        | Feature::CueInsideProse => "has words of clutter",
        Feature::CueHint => "has words that clutter likes",
        Feature::CueLabelAmongProse => "stands like a sub-heading",
        Feature::Breadcrumb => "is a path of sections that ends in the headline",
        Feature::AuthorCard => "describes the author beside a name",
        Feature::PostAttribution => "names the writer of an embedded post",
        Feature::Contact => "holds an e-mail address",
        Feature::LinkOnly => "is only a link, a handle or hashtags",
        Feature::Links => "holds a link or a handle",
        Feature::NoLetters => "has no word",
        Feature::Counter => "is a counter",
        Feature::Separators => "is parted by bars or arrows",
        Feature::BreaksOff => "breaks off with an ellipsis",
        Feature::UnderListHead => "stands under the heading of a list",
        Feature::ReadsLikeHeadline => "reads like another headline",
        Feature::OneOfMany => "is one of several like lines",
        Feature::EndsOpen => "ends with a comma or colon and goes on below",
        Feature::RepeatsInPage => "stands on the page more than once",
        Feature::NeighbourClutter => "stands beside clutter",
        Feature::AfterEnd => "comes after the last paragraph",
        Feature::BeforeStart => "comes before the first paragraph",
        Feature::BetweenParagraphs => "stands between paragraphs",
        Feature::ThreeWords => "has at most three words",
        Feature::FewWords => "is short",
        Feature::NoStop => "does not end as a sentence",
        Feature::Sentence => "is a sentence",
        Feature::Paragraph => "is a paragraph",
        Feature::SmallWords => "reads like running text",
        Feature::Continues => "goes on with the sentence before it",
        Feature::Quotation => "holds a quotation",
        Feature::SpeechVerb => "reports speech",
    }
}
