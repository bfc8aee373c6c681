//! spaCy's URL rule: a scheme or none, a user or none, an address or a host name, a port or none, a path or none.
//!
//! The rule is a backtracking pattern in spaCy; what it accepts is decided here in one pass. It takes more than URLs:
//! `end.the` is a host. Not for: reading the parts of a URL.

use crate::chars::Classes;

/// Whether spaCy's URL pattern matches all of `text`, which holds no white space. `tld` is the class of characters of
/// the last part of a host name.
pub(crate) fn is_url(text: &str, tld: u8, classes: &Classes) -> bool {
    if !text.contains('.') {
        return false;
    }
    let rest = after_scheme(text, classes);
    let users = text.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| &text[at + 1..]);
    [Some(text), rest]
        .into_iter()
        .flatten()
        .chain(users)
        .any(|host| address(host, classes).is_some_and(|rest| ends(rest, classes)) || host_name(host, tld, classes))
}

/// What follows `scheme://`.
fn after_scheme<'t>(text: &'t str, classes: &Classes) -> Option<&'t str> {
    let (scheme, rest) = text.split_once("://")?;
    let long = scheme.chars().nth(1).is_some();
    (long && scheme.chars().all(|c| classes.is_word(c) || matches!(c, '+' | '-' | '.'))).then_some(rest)
}

/// Whether nothing follows but a port and a path.
fn ends(rest: &str, classes: &Classes) -> bool {
    let rest = match rest.strip_prefix(':') {
        None => rest,
        Some(port) => {
            let path = port.trim_start_matches(|c| classes.is_decimal(c));
            let digits = port[..port.len() - path.len()].chars().count();
            if !(2..=5).contains(&digits) {
                return false;
            }
            path
        }
    };
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

/// What follows a public IPv4 address.
fn address<'t>(host: &'t str, classes: &Classes) -> Option<&'t str> {
    let mut rest = host;
    let mut octets = [""; 4];
    for (i, octet) in octets.iter_mut().enumerate() {
        if i > 0 {
            rest = rest.strip_prefix('.')?;
        }
        let after = rest.trim_start_matches(|c| classes.is_decimal(c));
        *octet = &rest[..rest.len() - after.len()];
        rest = after;
    }
    let [a, b, c, d] = octets;
    let digits: Vec<Vec<char>> = octets.iter().map(|octet| octet.chars().take(4).collect()).collect();
    let first = matches!(
        digits[0][..],
        ['1'..='9'] | ['1'..='9', _] | ['1', _, _] | ['2', '0' | '1', _] | ['2', '2', '0'..='3']
    );
    let inner =
        |octet: &[char]| matches!(octet, [_] | [_, _] | ['1', _, _] | ['2', '0'..='4', _] | ['2', '5', '0'..='5']);
    let last = matches!(
        digits[3][..],
        ['1'..='9'] | ['1'..='9', _] | ['1', _, _] | ['2', '0'..='4', _] | ['2', '5', '0'..='4']
    );
    let private = matches!(a, "10" | "127")
        || matches!((a, b), ("169", "254") | ("192", "168"))
        || a == "172" && matches!(digits[1][..], ['1', '6'..='9'] | ['2', _] | ['3', '0' | '1']);
    let fits = first && inner(&digits[1]) && inner(&digits[2]) && last && !private;
    (fits && !c.is_empty() && !d.is_empty()).then_some(rest)
}

/// Whether a host name, then perhaps a port and a path, make up all of `host`.
fn host_name(host: &str, tld: u8, classes: &Classes) -> bool {
    let mut rest = host;
    let mut labels = 0;
    loop {
        let after = rest.trim_start_matches(inside);
        let label = &rest[..rest.len() - after.len()];
        if labels > 0 {
            let name = rest.trim_start_matches(|c| classes.holds(tld, c));
            let length = rest[..rest.len() - name.len()].chars().take(64).count();
            if (2..=63).contains(&length) && ends(name, classes) {
                return true;
            }
        }
        let proper = label.starts_with(outside) && label.ends_with(outside) && label.chars().take(65).count() <= 64;
        match after.strip_prefix('.') {
            Some(after) if proper => rest = after,
            _ => return false,
        }
        labels += 1;
    }
}

/// A character that a label may begin and end with.
fn outside(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// A character of a label.
fn inside(c: char) -> bool {
    outside(c) || matches!(c, '_' | '-')
}
