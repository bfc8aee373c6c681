//! Whether two wordings are the same word spelt otherwise.

use wirecopy_text::{fold, words};

use crate::hash::hash64;
use crate::language::roles;
use crate::stem::spelling_into;

/// Whether two phrases have the same letters and digits, so that only case, spaces or marks differ.
pub(crate) fn same_letters(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

/// Whether one is a spelling variant of the other: British and American, a number in words and in digits, initials for
/// a name, a slip of one letter in a long word.
pub(crate) fn is_variant(a: &str, b: &str) -> bool {
    let forms = |text: &str| words(text).iter().map(|word| fold(word.of(text)).into_owned()).collect::<Vec<_>>();
    let (left, right) = (forms(a), forms(b));
    if is_initials(&left, &right) || is_initials(&right, &left) {
        return true;
    }
    left.len() == right.len() && left.iter().zip(&right).all(|(x, y)| x == y || is_word_variant(x, y))
}

fn is_word_variant(a: &str, b: &str) -> bool {
    let number = |form: &str| match roles(hash64(form)).number {
        Some((_, value)) => Some(value.to_string()),
        None if form.starts_with(|c: char| c.is_ascii_digit()) => Some(form.replace(',', "")),
        None => None,
    };
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return x == y;
    }
    let (mut x, mut y) = (String::new(), String::new());
    spelling_into(a, &mut x);
    spelling_into(b, &mut y);
    x == y || is_slip(a, b)
}

/// "United States" and "US".
fn is_initials(long: &[String], short: &[String]) -> bool {
    let [short] = short else { return false };
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    long.len() >= 2
        && letters.len() == long.len()
        && long.iter().zip(&letters).all(|(word, &letter)| word.starts_with(letter))
}

/// Whether two long words differ in one letter, or in two that changed places, and not at the end, where a word is
/// inflected.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let swapped = left.len() == 2 && right.len() == 2 && left[0] == right[1] && left[1] == right[0];
    tail >= 2 && head >= 1 && (left.len().max(right.len()) == 1 || swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(is_variant(a, b), expected, "{a} / {b}");
        assert_eq!(is_variant(b, a), expected, "{b} / {a}");
    }

    #[test]
    fn variants() {
        check("normalise", "normalize", true);
        check("programme", "program", true);
        check("harbour", "harbor", true);
        check("defence", "defense", true);
        check("five", "5", true);
        check("1,250", "1250", true);
        check("United Lakes", "UL", true);
        check("United Lakes", "U.L", true);
        check("excitment", "excitement", true);
        check("five", "6", false);
        check("limited", "limiting", false);
        check("agreement", "deal", false);
        check("lakes", "lake", false);
        check("", "deal", false);
        assert!(same_letters("build-up", "Buildup"));
    }
}
