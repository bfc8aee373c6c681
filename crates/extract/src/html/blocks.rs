//! From clean markup to text with paragraphs: block elements end a paragraph, `br` and table rows end a line.

/// The text of well-formed HTML as the extractor writes it. Scripts and styles are left out.
pub(crate) fn text_of(html: &str) -> String {
    let mut text = Text { out: String::with_capacity(html.len()), breaks: 0, gap: false };
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|next| at + next) {
        text.push(&html[at..start]);
        let Some(end) = html[start..].find('>').map(|end| start + end + 1) else {
            at = html.len();
            break;
        };
        at = end;
        let inner = &html[start + 1..end - 1];
        if inner.starts_with("!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "noscript" | "template" if !inner.starts_with('/') => {
                let close = format!("</{name}");
                at = html[at..].find(&close).map_or(html.len(), |close| at + close);
            }
            "br" | "lb" | "tr" => text.line_break(1),
            "td" | "th" => text.gap = true,
            name if is_block(name) => text.line_break(2),
            _ => {}
        }
    }
    text.push(&html[at..]);
    text.out
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "thead"
            | "tbody"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "q"
            | "pre"
            | "figure"
            | "figcaption"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "hr"
            | "form"
            | "fieldset"
            | "details"
            | "summary"
            | "address"
            | "option"
            | "select"
            | "button"
            | "title"
            | "iframe"
            | "video"
            | "audio"
            | "head"
            | "body"
    )
}

struct Text {
    out: String,
    /// Line breaks due before the next word.
    breaks: usize,
    /// A space is due before the next word.
    gap: bool,
}

impl Text {
    fn line_break(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    fn push(&mut self, raw: &str) {
        for c in unescaped(raw) {
            if c.is_whitespace() && c != '\u{a0}' || c == '\0' {
                self.gap = true;
                continue;
            }
            if !self.out.is_empty() {
                if self.breaks > 0 {
                    self.out.extend(std::iter::repeat_n('\n', self.breaks));
                } else if self.gap {
                    self.out.push(' ');
                }
            }
            (self.breaks, self.gap) = (0, false);
            self.out.push(c);
        }
    }
}

/// The characters of a serialised text: the serialiser writes only these few entities.
fn unescaped(raw: &str) -> impl Iterator<Item = char> + '_ {
    const ENTITIES: &[(&str, char)] =
        &[("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", '\u{a0}'), ("&quot;", '"'), ("&#39;", '\'')];
    let mut rest = raw;
    std::iter::from_fn(move || {
        if rest.starts_with('&')
            && let Some((entity, c)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity))
        {
            rest = &rest[entity.len()..];
            return Some(*c);
        }
        let c = rest.chars().next()?;
        rest = &rest[c.len_utf8()..];
        Some(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_survive() {
        for (html, expected) in [
            ("<p>One  two</p><p>three</p>", "One two\n\nthree"),
            ("<h2>Head</h2>text <b>bold</b>, more<br>next", "Head\n\ntext bold, more\nnext"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<p>a &lt; b &amp; c&nbsp;d</p>", "a < b & c\u{a0}d"),
            ("<p>a<script>x < y</script>b</p>", "ab"),
            ("a <", "a"),
            ("", ""),
        ] {
            assert_eq!(text_of(html), expected, "{html}");
        }
    }
}
