//! News agencies: their names, also as translation machines render them, and where a page names one as its source.

/// An agency: the name it goes by here, and the keys (small letters, no marks) under which it stands in pages.
struct Agency {
    name: &'static str,
    keys: &'static [&'static str],
}

/// The larger agencies of the world. The longer forms of a name that are no agency's own but a translation of it
/// ("France Media Agency") stand beside the real ones.
const AGENCIES: &[Agency] = &[
    Agency {
        name: "Reuters",
        keys: &["reuters", "reuters staff", "thomson reuters", "reuters news", "reuters news agency"],
    },
    Agency { name: "AP", keys: &["ap", "associated press", "the associated press", "ap news"] },
    Agency {
        name: "AFP",
        keys: &[
            "afp",
            "agence francepresse",
            "agence france presse",
            "france media agency",
            "france media",
            "agency france press",
            "agency francepresse",
            "france press agency",
            "agencia france presse",
        ],
    },
    Agency {
        name: "dpa",
        keys: &[
            "dpa",
            "deutsche presseagentur",
            "deutsche presse agentur",
            "german press agency",
            "german news agency",
        ],
    },
    Agency { name: "PA", keys: &["pa", "pa media", "press association", "the press association", "pa news agency"] },
    Agency { name: "UPI", keys: &["upi", "united press international"] },
    Agency { name: "EFE", keys: &["efe", "agencia efe", "efe agency"] },
    Agency { name: "ANSA", keys: &["ansa", "agenzia ansa"] },
    Agency { name: "TASS", keys: &["tass", "itartass", "тасс", "tass news agency", "russian news agency tass"] },
    Agency { name: "Interfax", keys: &["interfax", "интерфакс"] },
    Agency { name: "RIA Novosti", keys: &["ria novosti", "ria", "риа новости", "ria news", "sputnik"] },
    Agency { name: "Xinhua", keys: &["xinhua", "xinhua news agency"] },
    Agency { name: "Kyodo", keys: &["kyodo", "kyodo news"] },
    Agency { name: "Yonhap", keys: &["yonhap", "yonhap news agency"] },
    Agency { name: "Anadolu", keys: &["anadolu", "anadolu agency", "aa"] },
    Agency { name: "ANI", keys: &["ani", "asian news international"] },
    Agency { name: "PTI", keys: &["pti", "press trust of india"] },
    Agency { name: "IANS", keys: &["ians", "indoasian news service"] },
    Agency { name: "APA", keys: &["apa", "austria presse agentur"] },
    Agency { name: "SDA", keys: &["sda", "keystonesda", "keystone sda"] },
    Agency { name: "AAP", keys: &["aap", "australian associated press"] },
    Agency { name: "The Canadian Press", keys: &["the canadian press", "canadian press"] },
    Agency { name: "Bloomberg", keys: &["bloomberg", "bloomberg news"] },
    Agency { name: "Ukrinform", keys: &["ukrinform", "укринформ"] },
    Agency { name: "Unian", keys: &["unian", "униан"] },
    Agency { name: "BelTA", keys: &["belta", "белта"] },
    Agency { name: "IRNA", keys: &["irna"] },
    Agency { name: "Europa Press", keys: &["europa press"] },
    Agency { name: "Belga", keys: &["belga"] },
    Agency { name: "ANP", keys: &["anp"] },
    Agency { name: "TT", keys: &["tt news agency", "tidningarnas telegrambyrå"] },
];

use crate::lines::surface::key_of;

fn by_key(key: &str) -> Option<&'static str> {
    AGENCIES.iter().find(|agency| agency.keys.contains(&key)).map(|agency| agency.name)
}

/// The agency a whole line names: "Reuters", "(AFP)", "Source: AP", "With inputs from PTI", "France Media Agency". Short
/// names count only where they are written in capitals.
pub(crate) fn of_line(line: &str) -> Option<&'static str> {
    if line.len() > 120 {
        return None;
    }
    let key = key_of(line);
    let mut rest = key.as_str();
    for lead in LEADS {
        if let Some(after) = rest.strip_prefix(lead).and_then(|after| after.strip_prefix(' ')) {
            rest = after;
            break;
        }
    }
    by_key(rest)
        .or_else(|| {
            let parts: Option<Vec<&str>> = [" and ", " with ", " und ", " et "].iter().find_map(|joint| {
                let parts: Vec<&str> = rest.split(joint).collect();
                (parts.len() > 1).then_some(parts)
            });
            parts.and_then(|parts| parts.iter().map(|part| by_key(part)).collect::<Option<Vec<_>>>()?.first().copied())
        })
        .filter(|_| rest.chars().count() > 4 || has_capitals(line, rest))
}

/// What may stand before an agency's name on its line.
const LEADS: &[&str] = &[
    "source",
    "sources",
    "by",
    "from",
    "via",
    "with inputs from",
    "with input from",
    "with agency inputs from",
    "agency",
    "agencies",
    "quelle",
    "fuente",
    "источник",
    "von",
    "par",
    "por",
];

fn has_capitals(line: &str, key: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric())
        .any(|word| word.to_lowercase() == key && (word.chars().all(char::is_uppercase) || key == "dpa"))
}

/// The agency in a dateline or at the end of a paragraph: "LAKEPORT (Reuters) - ...", "LAKEPORT, May 3 (AP) — ...",
/// "... on Monday. (AFP)". `line` is a paragraph; only its first 120 and last 30 code points are looked at.
pub(crate) fn of_dateline(line: &str) -> Option<&'static str> {
    let head_end = line.char_indices().nth(120).map_or(line.len(), |(at, _)| at);
    let head = &line[..head_end];
    let tail_start = line.char_indices().rev().nth(29).map_or(0, |(at, _)| at);
    bracketed(head).filter(|(_, before)| looks_like_dateline(before)).map(|(name, _)| name).or_else(|| {
        let tail = line[tail_start..].trim_end();
        let tail = tail.strip_suffix(')').filter(|t| t.contains('('))?;
        agency_name(tail.rsplit('(').next()?)
    })
}

fn bracketed(head: &str) -> Option<(&'static str, &str)> {
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    Some((agency_name(&head[open + 1..close])?, &head[..open]))
}

/// The text in brackets is an agency's name, alone or with a companion ("AFP/dpa", "Reuters, AP").
fn agency_name(inner: &str) -> Option<&'static str> {
    let names: Option<Vec<&'static str>> = inner
        .split(['/', ',', '&', '-'])
        .map(|part| {
            by_key(&key_of(part)).filter(|_| part.trim().chars().next().is_some_and(|c| c.is_uppercase() || c == 'd'))
        })
        .collect();
    names?.first().copied()
}

/// Before the bracket there is nothing, or a place and a date: few words, each with a capital or a number.
fn looks_like_dateline(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    words.len() <= 8
        && words.iter().all(|word| {
            word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
                || matches!(*word, "de" | "of" | "and" | "la" | "el" | "am" | "im" | "den")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_an_agency() {
        for (line, expected) in [
            ("Reuters", Some("Reuters")),
            ("(AFP)", Some("AFP")),
            ("Source: Associated Press", Some("AP")),
            ("With inputs from PTI and ANI", Some("PTI")),
            ("France Media Agency", Some("AFP")),
            ("pa", None),
            ("PA", Some("PA")),
            ("Source link", None),
            ("Reuters said so", None),
        ] {
            assert_eq!(of_line(line), expected, "{line}");
        }
    }

    #[test]
    fn a_paragraph_names_its_agency() {
        for (line, expected) in [
            ("LAKEPORT (Reuters) - The mayor resigned.", Some("Reuters")),
            ("LAKEPORT, May 3 (AP) — The mayor resigned.", Some("AP")),
            ("(AFP) The mayor resigned.", Some("AFP")),
            ("The mayor resigned on Monday. (dpa)", Some("dpa")),
            ("The mayor, who spoke to an agency (Reuters), resigned.", None),
            ("The port authority (PA) resigned.", None),
        ] {
            assert_eq!(of_dateline(line), expected, "{line}");
        }
    }
}
