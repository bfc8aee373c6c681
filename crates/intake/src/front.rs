//! The head that note-takers and site generators put before Markdown: `key: value` lines between two lines of `---`.

use wirecopy_model::Page;

/// Takes the head off a page's text where one is there, and the fields that are known out of it. What is no plain
/// `key: value` is left alone.
pub(crate) fn take_front_matter(page: &mut Page) {
    let Some(text) = page.text.as_deref() else { return };
    let Some((head, rest)) = split(text) else { return };
    let rest = rest.to_owned();
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() || key.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        let field = match key.trim().to_ascii_lowercase().as_str() {
            "title" => &mut page.title,
            "date" | "published" | "created" => &mut page.published,
            "url" | "link" | "canonical" => &mut page.url,
            "source" | "site" | "publication" | "series" => &mut page.source,
            "lang" | "language" => &mut page.lang,
            _ => {
                page.extra.insert(key.trim().to_owned(), value.into());
                continue;
            }
        };
        field.get_or_insert_with(|| value.to_owned());
    }
    page.text = Some(rest);
}

/// No head is longer than this many bytes: else a text that begins with a ruler would be taken for one.
const LONGEST: usize = 8 << 10;

fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" || line.trim_end() == "..." {
            let head = &rest[..at];
            return head.contains(':').then(|| (head, rest[at + line.len()..].trim_start_matches(['\n', '\r'])));
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_what_it_tells() {
        let mut page = Page::of_text(
            "a.md",
            "---\ntitle: \"Rain: a report\"\ndate: 2024-07-19\ntags:\n  - rain\nauthor: Ada Fenn\nurl: https://heron.example/1\n---\n\nRain fell.\n",
        );
        take_front_matter(&mut page);
        assert_eq!(page.text.as_deref(), Some("Rain fell.\n"));
        assert_eq!(page.title.as_deref(), Some("Rain: a report"));
        assert_eq!(page.published.as_deref(), Some("2024-07-19"));
        assert_eq!(page.url.as_deref(), Some("https://heron.example/1"));
        assert_eq!(page.extra["author"], "Ada Fenn");
    }

    #[test]
    fn what_is_no_head_stays() {
        for text in ["---\nRain fell.\n---\n", "Rain.\n---\ntitle: x\n---\n", "---\ntitle: x\n", "---", ""] {
            let mut page = Page::of_text("a.md", text);
            take_front_matter(&mut page);
            assert_eq!(page.text.as_deref(), Some(text));
        }
    }
}
