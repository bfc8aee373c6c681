//! Verbs that say something about another verb.

/// Verbs by which somebody tells something.
pub(crate) fn is_saying(lemma: &str) -> bool {
    const SAYING: &[&str] = &[
        "say", "tell", "claim", "report", "announce", "tweet", "write", "add", "note", "warn", "state", "declare",
        "reveal", "explain", "insist", "admit", "confirm", "suggest", "argue", "recall", "describe", "estimate",
        "predict", "conclude", "stress", "believe",
    ];
    SAYING.contains(&lemma)
}

/// Verbs, and adjectives, of which what follows is still to come.
pub(crate) fn is_planning(lemma: &str) -> bool {
    matches!(
        lemma,
        "plan"
            | "expect"
            | "schedule"
            | "intend"
            | "propose"
            | "hope"
            | "due"
            | "set"
            | "slate"
            | "prepare"
            | "promise"
            | "vow"
            | "aim"
            | "ready"
    )
}

/// Verbs under which something is told not to be so.
pub(crate) fn is_denying(lemma: &str) -> bool {
    matches!(lemma, "deny" | "refuse" | "reject" | "dismiss" | "refute" | "fail" | "decline")
}

/// Words by which a text keeps its distance.
pub(crate) fn is_distancing(word: &str) -> bool {
    matches!(
        word,
        "allegedly" | "reportedly" | "purportedly" | "apparently" | "alleged" | "unconfirmed" | "rumoured" | "rumored"
    )
}

/// Nouns that name a happening: a time that stands with one tells when that was.
pub(crate) fn is_happening(lemma: &str) -> bool {
    const HAPPENINGS: &[&str] = &[
        "accident",
        "agreement",
        "announcement",
        "arrest",
        "assault",
        "attack",
        "ballot",
        "battle",
        "blast",
        "bombing",
        "briefing",
        "call",
        "ceremony",
        "collapse",
        "collision",
        "conference",
        "conversation",
        "coup",
        "crash",
        "deal",
        "death",
        "debate",
        "decision",
        "derailment",
        "earthquake",
        "election",
        "eruption",
        "explosion",
        "fire",
        "flight",
        "flood",
        "fight",
        "funeral",
        "hearing",
        "hurricane",
        "interview",
        "killing",
        "landing",
        "launch",
        "march",
        "massacre",
        "match",
        "meeting",
        "merger",
        "murder",
        "outbreak",
        "poll",
        "protest",
        "quake",
        "rally",
        "raid",
        "readout",
        "referendum",
        "release",
        "resignation",
        "riot",
        "ruling",
        "shooting",
        "speech",
        "statement",
        "storm",
        "strike",
        "summit",
        "takeover",
        "talk",
        "talks",
        "trial",
        "uprising",
        "verdict",
        "visit",
        "vote",
        "war",
        "wedding",
    ];
    HAPPENINGS.contains(&lemma)
}

/// What somebody says something in, on paper or before others: the saying of it is an event of its own.
pub(crate) fn is_medium(lemma: &str) -> bool {
    matches!(
        lemma,
        "statement"
            | "account"
            | "readout"
            | "letter"
            | "interview"
            | "briefing"
            | "speech"
            | "memo"
            | "communique"
            | "conference"
    )
}

/// Words before a noun that say that what it names has not happened.
pub(crate) fn is_to_come(word: &str) -> bool {
    matches!(word, "planned" | "proposed" | "possible" | "future" | "upcoming" | "next" | "scheduled" | "potential")
}
