//! Words that are treated alike because they mean the same in news, and words with a part to play in the comparison.

/// Groups of lemmas that stand for the first of them.
const ALIKE: &[&[&str]] = &[
    &["die", "kill", "dead", "death", "deadly", "fatal", "fatality", "perish"],
    &["injure", "injury", "hurt", "wound"],
    &["child", "kid", "youngster", "toddler"],
    &["crash", "collide", "collision", "accident"],
    &["buy", "acquire", "purchase", "acquisition", "takeover"],
    &["company", "firm"],
    &["ship", "vessel", "boat"],
    &["arrest", "detain"],
    &["launch", "liftoff", "blast", "lift"],
    &["begin", "start"],
    &["end", "finish"],
    &["retire", "retirement"],
    &["bid", "offer"],
    &["find", "discover", "discovery", "detect"],
    &["son", "boy"],
    &["attack", "assault"],
    &["quake", "earthquake"],
    &["blaze", "fire"],
    &["demonstrator", "protester"],
    &["film", "movie"],
    &["photo", "picture", "image", "photograph"],
    &["chief", "ceo", "head", "boss"],
    &["spokesman", "spokeswoman", "spokesperson"],
    &["coach", "manager"],
    &["wife", "husband", "spouse"],
    &["percent", "%"],
    &["call", "phone", "telephone", "speak", "talk", "conversation"],
    &["vote", "election", "ballot"],
    &["convict", "conviction", "sentence"],
    &["adopt", "adoption", "approve", "approval"],
    &["explode", "explosion", "bomb", "bombing"],
    &["publish", "publication", "release"],
    &["meet", "meeting", "summit"],
    &["propose", "proposal", "suggest", "suggestion"],
    &["resign", "quit", "resignation"],
    &["win", "victory"],
    &["visit", "trip"],
    &["sanction", "penalty"],
];

/// Verbs by which somebody says something.
const SAYING: &[&str] = &[
    "say", "tell", "claim", "report", "announce", "tweet", "write", "add", "note", "warn", "state", "declare",
    "reveal", "explain", "insist", "admit", "confirm", "suggest", "argue", "recall", "describe", "call", "ask",
    "reply", "respond", "estimate", "predict", "deny", "post", "echo", "conclude", "comment", "stress", "show",
];

/// Verbs under which what is told did not happen.
const NEGATIVE: &[&str] = &[
    "refuse",
    "decline",
    "deny",
    "fail",
    "reject",
    "avoid",
    "dismiss",
    "oppose",
    "cancel",
    "abandon",
    "halt",
    "prevent",
    "refute",
    "forget",
    "lack",
    "rule",
    "refrain",
    "discourage",
    "defer",
    "delay",
    "postpone",
];

/// Verbs and adjectives of which one is the contrary of the other.
const CONTRARY: &[(&str, &str)] = &[
    ("accept", "reject"),
    ("agree", "refuse"),
    ("allow", "ban"),
    ("allow", "forbid"),
    ("approve", "reject"),
    ("win", "lose"),
    ("rise", "fall"),
    ("increase", "decrease"),
    ("increase", "fall"),
    ("increase", "cut"),
    ("raise", "lower"),
    ("raise", "cut"),
    ("gain", "lose"),
    ("open", "close"),
    ("reopen", "close"),
    ("confirm", "deny"),
    ("admit", "deny"),
    ("support", "oppose"),
    ("back", "oppose"),
    ("back", "reject"),
    ("succeed", "fail"),
    ("pass", "fail"),
    ("arrive", "leave"),
    ("stay", "leave"),
    ("remain", "leave"),
    ("survive", "die"),
    ("begin", "end"),
    ("guilty", "innocent"),
    ("convict", "acquit"),
    ("safe", "dangerous"),
    ("legal", "illegal"),
    ("likely", "unlikely"),
    ("improve", "worsen"),
    ("strengthen", "weaken"),
    ("join", "leave"),
    ("keep", "drop"),
    ("deny", "acknowledge"),
    ("praise", "criticize"),
    ("welcome", "condemn"),
    ("release", "arrest"),
    ("resign", "stay"),
    ("build", "demolish"),
    ("expand", "shrink"),
    ("up", "down"),
    ("extend", "cut"),
    ("speed", "slow"),
    ("alive", "die"),
    ("accuse", "clear"),
    ("upheld", "overturn"),
    ("uphold", "overturn"),
    ("resume", "halt"),
    ("resume", "suspend"),
    ("include", "exclude"),
    ("before", "after"),
    ("more", "less"),
    ("more", "fewer"),
];

/// The stem by which a lemma is compared: its group's first word, or the word without its commonest endings.
pub(crate) fn stem(lemma: &str) -> String {
    if let Some(group) = ALIKE.iter().find(|group| group.contains(&lemma)) {
        return group[0].to_owned();
    }
    let ends = ["ation", "ition", "ment", "ness", "ing", "ion", "ist", "er", "or", "al", "ly", "ed", "e"];
    let cut = ends.iter().find_map(|end| lemma.strip_suffix(end).filter(|rest| rest.chars().count() >= 4));
    cut.unwrap_or(lemma).to_owned()
}

/// Words by which a thing is told to be still to come, or to have been foreseen.
pub(super) fn is_foreseeing(lemma: &str) -> bool {
    matches!(
        lemma,
        "will" | "shall" | "expect" | "forecast" | "predict" | "project" | "plan" | "schedule" | "hope" | "aim" | "due"
    )
}

/// The names of time zones, and words that say whose clock it is.
pub(super) fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "gmt"
            | "utc"
            | "bst"
            | "cet"
            | "cest"
            | "et"
            | "est"
            | "edt"
            | "ct"
            | "cst"
            | "cdt"
            | "mt"
            | "mst"
            | "mdt"
            | "pt"
            | "pst"
            | "pdt"
            | "jst"
            | "kst"
            | "ist"
            | "aest"
            | "aedt"
            | "local"
            | "eastern"
            | "pacific"
            | "zulu"
    )
}

/// Times at which a day ends,
pub(super) fn is_late(word: &str) -> bool {
    matches!(word, "night" | "midnight" | "late" | "evening")
}

/// and at which the next begins.
pub(super) fn is_early(word: &str) -> bool {
    matches!(word, "overnight" | "midnight" | "dawn" | "early" | "morning")
}

/// Nouns for something that happens at a time.
pub(super) fn is_happening(lemma: &str) -> bool {
    const HAPPENINGS: &[&str] = &[
        "call",
        "conversation",
        "meeting",
        "summit",
        "talks",
        "death",
        "murder",
        "attack",
        "assault",
        "strike",
        "raid",
        "crash",
        "collision",
        "accident",
        "earthquake",
        "quake",
        "fire",
        "blaze",
        "election",
        "vote",
        "visit",
        "trip",
        "resignation",
        "explosion",
        "bombing",
        "conviction",
        "adoption",
        "approval",
        "signing",
        "victory",
        "launch",
        "arrest",
        "publication",
        "announcement",
        "interview",
        "ceremony",
        "trial",
        "hearing",
        "debate",
        "match",
        "game",
        "takeover",
        "acquisition",
        "discovery",
        "wedding",
        "funeral",
        "storm",
        "flood",
    ];
    HAPPENINGS.contains(&lemma)
}

pub(super) fn is_saying(lemma: &str) -> bool {
    SAYING.contains(&lemma)
}

pub(super) fn is_negative(lemma: &str) -> bool {
    NEGATIVE.contains(&lemma)
}

/// Verbs by which somebody says that a thing is not so.
pub(super) fn is_denying(lemma: &str) -> bool {
    matches!(lemma, "deny" | "reject" | "dismiss" | "refute" | "rule")
}

pub(super) fn are_contrary(one: &str, other: &str) -> bool {
    CONTRARY.contains(&(one, other)) || CONTRARY.contains(&(other, one))
}
