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
