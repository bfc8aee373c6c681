//! From bytes to characters: byte order mark, what the transport declared, what the page declares, detection, in this
//! order.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the head of a page in which a `<meta>` may declare its charset: what the HTML standard asks for, doubled
/// twice for pages that put scripts first.
const META_BYTES: usize = 4_096;

/// Bytes that detection looks at: enough for any text, and bounded.
const DETECT_BYTES: usize = 256 * 1_024;

/// Decodes a page; the second value says what did not fit, if anything did not.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> (Cow<'a, str>, Option<String>) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding.decode(bytes).0, None);
    }
    let label = declared.map(str::to_owned).or_else(|| meta_charset(bytes));
    let named = label.as_deref().and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = named.or_else(|| unmarked_utf16(bytes)).unwrap_or_else(|| detect(bytes));
    let (text, _, faulty) = encoding.decode(bytes);
    if !faulty || named.is_none() {
        return (text, None);
    }
    let other = detect(bytes);
    let (other_text, _, other_faulty) = other.decode(bytes);
    if other_faulty || other == encoding {
        return (text, Some(format!("some bytes are not {} and are shown as �", encoding.name())));
    }
    (other_text, Some(format!("declared as {}, read as {}, which fits", encoding.name(), other.name())))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    // Detection is not needed where the bytes are plainly UTF-8.
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(DETECT_BYTES)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without its mark: markup is mostly ASCII, so every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let enough = head.len() / 4;
    if head.len() < 16 {
        None
    } else if zeros(1) > enough && zeros(0) < enough / 4 {
        Some(UTF_16LE)
    } else if zeros(0) > enough && zeros(1) < enough / 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The charset that a `<meta>` or an XML declaration at the head of the page names. A page that could be read to find
/// the words "UTF-16" is not UTF-16.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_BYTES)]).to_ascii_lowercase();
    let label_after = |at: usize| {
        let rest = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))
            .unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    };
    let xml = head.starts_with("<?xml").then(|| head.find("encoding")).flatten();
    let label = head
        .match_indices("charset")
        .filter(|(at, _)| head[..*at].rfind('<').is_some_and(|tag| head[tag..].starts_with("<meta")))
        .find_map(|(at, word)| label_after(at + word.len()))
        .or_else(|| xml.and_then(|at| label_after(at + "encoding".len())))?;
    Some(if label.starts_with("utf-16") || label.starts_with("utf16") { "utf-8".to_owned() } else { label })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_encoding_is_read() {
        let german = "<p>Müller grüßt die Bürger von Köln.</p>";
        let latin: Vec<u8> = german.chars().map(|c| c as u32 as u8).collect();
        let with_meta = |label: &str| [format!("<meta charset=\"{label}\">").as_bytes(), &latin].concat();
        let utf16: Vec<u8> = german.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let russian =
            encoding_rs::WINDOWS_1251.encode("<p>Переговоры на озере закончились без соглашения.</p>").0.into_owned();
        for (name, bytes, declared, part, warned) in [
            ("UTF-8", german.as_bytes().to_vec(), None, "Bürger", false),
            ("the header", latin.clone(), Some("ISO-8859-1"), "Bürger", false),
            ("the page's meta", with_meta("windows-1252"), None, "Bürger", false),
            ("a false meta", with_meta("utf-8"), None, "Bürger", true),
            ("nothing declared", latin.clone(), None, "Bürger", false),
            ("an unknown label", latin.clone(), Some("x-none"), "Bürger", false),
            ("UTF-16 with a mark", [&[0xff, 0xfe], utf16.as_slice()].concat(), None, "Bürger", false),
            ("UTF-16 without", utf16, None, "Bürger", false),
            ("Cyrillic by detection", russian, None, "озере", false),
            ("no bytes", Vec::new(), None, "", false),
        ] {
            let (text, warning) = decode(&bytes, declared);
            assert!(text.contains(part), "{name}: {text}");
            assert_eq!(warning.is_some(), warned, "{name}: {warning:?}");
        }
    }
}
