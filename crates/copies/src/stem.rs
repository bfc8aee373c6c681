//! A light stem: what two forms of one word, or two spellings of it, have in common. Made for comparing two texts at
//! places that are already known to correspond, so it may be coarse; no dictionary.

/// Longer words are compared by this many first letters, which is a fair stem in every language that inflects at the
/// end of the word.
const STEM_LETTERS: usize = 6;

/// The stem of a folded form, written into `stem`.
///
/// British and American spellings get one stem, a possessive loses its ending, a plural in -s its s.
pub(crate) fn stem_into(form: &str, stem: &mut String) {
    stem.clear();
    let form = form.strip_suffix("'s").or_else(|| form.strip_suffix("s'")).unwrap_or(form);
    if form.bytes().any(|byte| byte == b'.') && form.bytes().all(|byte| byte == b'.' || byte.is_ascii_lowercase()) {
        // An initialism with its stops is the same as without.
        stem.extend(form.chars().filter(|&c| c != '.'));
        return;
    }
    if form.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
        // Thousands are parted by commas or not.
        stem.extend(form.chars().filter(|&c| c != ','));
        return;
    }
    spelling_into(form, stem);
    strip_ending(stem);
    if let Some((end, _)) = stem.char_indices().nth(STEM_LETTERS) {
        stem.truncate(end);
    }
}

/// Takes off the ending of a plural, a past or a gerund.
fn strip_ending(stem: &mut String) {
    let length = stem.len();
    if length >= 4 && stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem.truncate(length - 1);
    } else if length >= 6 && stem.ends_with("ing") {
        stem.truncate(length - 3);
    } else if length >= 5 && stem.ends_with("ed") {
        stem.truncate(length - 2);
    }
}

/// One spelling for those that differ between British and American English, written into `stem`.
pub(crate) fn spelling_into(form: &str, stem: &mut String) {
    stem.clear();
    stem.push_str(form);
    if !form.is_ascii() || form.len() < 5 {
        return;
    }
    // Not at the beginning: "island" and "raise" keep their s by the length of what stands before.
    let bytes = form.as_bytes();
    for at in 4.max(form.len().saturating_sub(8))..form.len().saturating_sub(2) {
        if matches!(&bytes[at..at + 3], b"ise" | b"isa" | b"isi" | b"yse") {
            stem.replace_range(at + 1..at + 2, "z");
        }
    }
    if let Some(at) = (3..form.len().saturating_sub(2)).rfind(|&at| &bytes[at..at + 3] == b"our") {
        stem.replace_range(at..at + 3, "or");
    } else if form.ends_with("amme") || form.ends_with("ammes") {
        if let Some(at) = stem.rfind("amme") {
            stem.replace_range(at..at + 4, "am");
        }
    } else if form.ends_with("tre") || form.ends_with("tres") {
        if let Some(at) = stem.rfind("tre") {
            stem.replace_range(at..at + 3, "ter");
        }
    } else if form.ends_with("ence") || form.ends_with("ences") {
        // defence and defense, offence and offense, licence and license
        if let Some(at) = stem.rfind("ence") {
            stem.replace_range(at..at + 4, "ense");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) {
        let (mut a, mut b) = (String::new(), String::new());
        stem_into(left, &mut a);
        stem_into(right, &mut b);
        assert_eq!(a, b, "{left} {right}");
    }

    #[test]
    fn forms_and_spellings_of_a_word() {
        same("programme", "program");
        same("normalise", "normalize");
        same("colour", "colors");
        same("harbour", "harbor");
        same("defence", "defense");
        same("centre", "center");
        same("limit", "limited");
        same("talk", "talks");
        same("lake", "lake's");
        same("u.s", "us");
        same("1,250", "1250");
        same("правительство", "правительства");
        same("Regierung", "Regierungen");
    }
}
