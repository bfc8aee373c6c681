//! What stands before the parser, so that no page takes it long: a bound on size, depth and attributes.
//!
//! HTML parsers are quadratic in the depth of nesting (10,000 nested `div` took 16 s), and in formatting elements that are
//! never closed, which the standard has them reopen in every later block. Of 2,171 real pages none was deeper than 84. So:
//! tags deeper than [`MAX_DEPTH`] are left out (their text stays), formatting elements are closed with their block,
//! attributes past [`MAX_ATTRIBUTES`] are dropped, and a page is read up to [`MAX_BYTES`] and [`MAX_NODES`]. A page within
//! all bounds passes untouched.

use std::borrow::Cow;
use std::ops::Range;

/// Tags nested deeper are left out.
pub(crate) const MAX_DEPTH: usize = 256;
/// Attributes of one tag that are kept.
const MAX_ATTRIBUTES: usize = 512;
/// Markup past this many bytes is not read.
pub(crate) const MAX_BYTES: usize = 4 * 1_024 * 1_024;
/// Tags and texts past this number are not read.
pub(crate) const MAX_NODES: usize = 200_000;
/// Sum over all tags of the depth at which they stand: past it, the clamp narrows to [`NARROW_DEPTH`]. The largest
/// real pages seen have 8,000 elements, at 14 deep in the median: 112,000.
const MAX_DEPTH_SUM: usize = 1_000_000;
/// The clamp for pages that are both large and deep.
const NARROW_DEPTH: usize = 24;
/// Tags and texts after which bold, italic and their like are left out: they bear no text, and are what garbage multiplies
/// by. The largest real page seen has 15,600.
const FORMATTED_NODES: usize = 40_000;
/// How far up the open elements the one that a tag closes is looked for.
const REACH: usize = 512;
/// Closing tags of formatting elements that are not on top, which the parser repairs by copying what lies between. Past
/// this number they are left out, and the element ends with its block.
const MAX_MISNESTED: usize = 1_000;

/// The page within its bounds; the second value says what was left out, if anything was.
pub(crate) fn guard(html: &str) -> (Cow<'_, str>, Option<String>) {
    let lightened = without_ballast(html);
    let scan = Scan::of(&lightened);
    if scan.edits.is_empty() && scan.end == lightened.len() {
        return (lightened, None);
    }
    let read = apply(&lightened[..scan.end], &scan.edits);
    let warning = (scan.end < lightened.len()).then(|| {
        format!(
            "the page is too large: {} of {} bytes of it were read (bounds: {MAX_BYTES} bytes, {MAX_NODES} nodes)",
            scan.end,
            lightened.len()
        )
    });
    (Cow::Owned(read), warning)
}

fn apply(html: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut read = String::with_capacity(html.len());
    let mut at = 0;
    for (range, instead) in edits {
        read.push_str(&html[at..range.start]);
        read.push_str(instead);
        at = range.end;
    }
    read.push_str(&html[at..]);
    read
}

/// The page without what carries no text: comments, styles, scripts other than JSON-LD, drawings. They are three fifths
/// of a news page's bytes, every pass over the tree pays for them, and the bound on size should fall on text.
fn without_ballast(html: &str) -> Cow<'_, str> {
    let mut light = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = next_tag(html, at) {
        match ballast_at(html, found) {
            Passage::Ballast(end) => {
                light.push_str(&html[copied..found]);
                (copied, at) = (end, end);
            }
            Passage::Kept(end) => at = end,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    light.push_str(&html[copied..]);
    Cow::Owned(light)
}

/// What begins at a `<`, and where it ends.
enum Passage {
    Ballast(usize),
    Kept(usize),
}

fn ballast_at(html: &str, start: usize) -> Passage {
    if html[start..].starts_with("<!--") {
        return Passage::Ballast(html[start..].find("-->").map_or(html.len(), |end| start + end + 3));
    }
    let Some(tag) = Tag::at(html, start) else { return Passage::Kept(start + 1) };
    let end = tag.range.end;
    match tag.name {
        "svg" if !tag.closing && !tag.self_closing => drawing_from(html, end),
        name if !tag.closing && is_raw(name) => {
            let is_data = html[tag.range.clone()].contains("ld+json");
            match end_of(html, end, name).unwrap_or(html.len()) {
                close if matches!(name, "script" | "style") && !is_data => Passage::Ballast(close),
                close => Passage::Kept(close),
            }
        }
        _ => Passage::Kept(end),
    }
}

/// A drawing whose tag ends at `from`. One that is never closed or holds another is left to the parser.
fn drawing_from(html: &str, from: usize) -> Passage {
    let mut at = from;
    while let Some(found) = next_tag(html, at) {
        let rest = &html.as_bytes()[found + 1..];
        let closing = rest.first() == Some(&b'/');
        if rest[usize::from(closing)..].get(..3).is_some_and(|name| name.eq_ignore_ascii_case(b"svg")) {
            return match Tag::at(html, found) {
                Some(tag) if closing => Passage::Ballast(tag.range.end),
                _ => Passage::Kept(found),
            };
        }
        at = found + 1;
    }
    Passage::Kept(from)
}

/// Where the closing tag of this name ends, from `from` on.
fn end_of(html: &str, from: usize, name: &str) -> Option<usize> {
    let close = find_close(html, from, name)?;
    Some(html[close..].find('>').map_or(html.len(), |end| close + end + 1))
}

fn find_close(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = html[at..].find("</").map(|next| at + next) {
        let after = found + 2;
        if html.get(after..after + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return Some(found);
        }
        at = after;
    }
    None
}

/// The next `<` from `at` on.
fn next_tag(html: &str, at: usize) -> Option<usize> {
    memchr::memchr(b'<', &html.as_bytes()[at..]).map(|next| at + next)
}

/// A tag of the page.
struct Tag {
    name: &'static str,
    range: Range<usize>,
    closing: bool,
    self_closing: bool,
    /// Where attributes past the cap begin.
    surplus: Option<usize>,
}

impl Tag {
    /// The tag whose `<` stands at `start`, if it is one: attribute values may hold `>` between quotation marks.
    fn at(html: &str, start: usize) -> Option<Tag> {
        let bytes = html.as_bytes();
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        if !bytes.get(name_start)?.is_ascii_alphabetic() {
            return None;
        }
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let name_end = name_start + bytes[name_start..].iter().position(is_end).unwrap_or(bytes.len() - name_start);
        let mut at = name_end;
        let mut attributes = 0;
        let mut surplus = None;
        let mut after_equals = false;
        while at < bytes.len() && bytes[at] != b'>' {
            match bytes[at] {
                quote @ (b'"' | b'\'') if after_equals => {
                    at += 1 + bytes[at + 1..].iter().position(|&byte| byte == quote)?;
                    after_equals = false;
                }
                b'=' => after_equals = true,
                byte if byte.is_ascii_whitespace() => {}
                _ => {
                    let starts = !after_equals && is_end(&bytes[at - 1]) && bytes[at] != b'/';
                    attributes += usize::from(starts || bytes[at - 1] == b'"');
                    if attributes > MAX_ATTRIBUTES && surplus.is_none() {
                        surplus = Some(at);
                    }
                    if !starts {
                        after_equals = false;
                    }
                }
            }
            at += 1;
        }
        let end = (at + 1).min(bytes.len());
        let self_closing = at > 0 && bytes.get(at - 1) == Some(&b'/');
        Some(Tag { name: known(&html[name_start..name_end]), range: start..end, closing, self_closing, surplus })
    }
}

/// Names that the guard treats apart; every other element is "other".
fn known(name: &str) -> &'static str {
    const NAMES: &[&str] = &[
        "a",
        "address",
        "article",
        "aside",
        "b",
        "base",
        "big",
        "blockquote",
        "body",
        "br",
        "code",
        "col",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "nobr",
        "noembed",
        "noframes",
        "ol",
        "option",
        "optgroup",
        "p",
        "param",
        "pre",
        "s",
        "script",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "svg",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "wbr",
        "xmp",
    ];
    NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or("other")
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
}

/// Elements that the standard reopens in later blocks when they are left open.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

fn is_inline(name: &str) -> bool {
    is_formatting(name) || name == "span"
}

/// Whether an open `open` ends where `next` begins.
fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => {
            !is_formatting(next) && !is_void(next) && !matches!(next, "span" | "other" | "select" | "option" | "svg")
                || next == "hr"
        }
        "li" => next == "li",
        "dd" | "dt" => matches!(next, "dd" | "dt"),
        "option" => matches!(next, "option" | "optgroup"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "tfoot"),
        "tbody" | "thead" => matches!(next, "tbody" | "tfoot"),
        _ => false,
    }
}

/// One pass over the markup.
struct Scan {
    /// What to put in the place of what, in order.
    edits: Vec<(Range<usize>, String)>,
    /// Where reading stops.
    end: usize,
}

/// An element that is open, and whether its tag was left in.
struct Open {
    name: &'static str,
    kept: bool,
}

impl Scan {
    fn of(html: &str) -> Scan {
        let mut state = State::default();
        let mut at = 0;
        while let Some(start) = next_tag(html, at) {
            if start > MAX_BYTES || state.nodes > MAX_NODES {
                return Scan { edits: state.edits, end: start };
            }
            state.nodes += 1 + usize::from(start > at);
            if html[start..].starts_with("<!--") {
                at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
                continue;
            }
            let Some(tag) = Tag::at(html, start) else {
                at = start + 1;
                continue;
            };
            at = tag.range.end;
            if let Some(surplus) = tag.surplus {
                let end = tag.range.end - usize::from(html.as_bytes()[tag.range.end - 1] == b'>');
                state.edits.push((surplus..end.max(surplus), String::new()));
            }
            if tag.closing {
                state.close(&tag);
            } else {
                state.open(&tag);
                if is_raw(tag.name) {
                    at = find_close(html, at, tag.name).unwrap_or(html.len());
                }
            }
        }
        let end = if html.len() > MAX_BYTES && at < html.len() { floor(html, MAX_BYTES.max(at)) } else { html.len() };
        Scan { edits: state.edits, end }
    }
}

fn floor(html: &str, mut at: usize) -> usize {
    while !html.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[derive(Default)]
struct State {
    stack: Vec<Open>,
    /// Open elements whose tags were left in.
    depth: usize,
    depth_sum: usize,
    misnested: usize,
    nodes: usize,
    edits: Vec<(Range<usize>, String)>,
}

impl State {
    fn open(&mut self, tag: &Tag) {
        if is_void(tag.name) {
            return;
        }
        self.close_implied(tag);
        if tag.self_closing && tag.name == "svg" {
            return;
        }
        let nests = match tag.name {
            "a" | "nobr" => self.may_nest(tag),
            name if is_formatting(name) => self.nodes < FORMATTED_NODES,
            _ => true,
        };
        let limit = if self.depth_sum > MAX_DEPTH_SUM { NARROW_DEPTH } else { MAX_DEPTH };
        let kept = nests && self.depth < limit;
        if kept {
            self.depth += 1;
            self.depth_sum += self.depth;
        } else {
            self.drop_tag(tag);
        }
        self.stack.push(Open { name: tag.name, kept });
    }

    /// Whether a link may begin here. The parser ends an open one first, and copies what lies between; so one with only
    /// inline elements above it is ended in the markup, and others are counted as misnested.
    fn may_nest(&mut self, tag: &Tag) -> bool {
        let reach = self.stack.len().saturating_sub(REACH);
        let Some(at) = self.stack[reach..].iter().rposition(|open| open.name == tag.name).map(|at| reach + at) else {
            return true;
        };
        if self.stack[at..].iter().all(|open| is_inline(open.name)) {
            self.close_down_to(at, tag.range.start);
            return true;
        }
        self.misnested += 1;
        self.misnested <= MAX_MISNESTED
    }

    /// Ends what ends where this tag begins, with the formatting elements left open inside it.
    fn close_implied(&mut self, tag: &Tag) {
        loop {
            let inside = self.stack.iter().rev().take(REACH).take_while(|open| is_inline(open.name)).count();
            let Some(block) = self.stack.len().checked_sub(inside + 1) else { return };
            if !ends_before(self.stack[block].name, tag.name) {
                return;
            }
            self.close_down_to(block, tag.range.start);
        }
    }

    fn close(&mut self, tag: &Tag) {
        let reach = self.stack.len().saturating_sub(REACH);
        let Some(at) = self.stack[reach..].iter().rposition(|open| open.name == tag.name).map(|at| reach + at) else {
            return;
        };
        if at + 1 < self.stack.len() && (is_inline(tag.name) || tag.name == "other") {
            self.misnested += 1;
            if self.misnested > MAX_MISNESTED {
                self.drop_tag(tag);
                return;
            }
            // The parser repairs it. What is above stays open; the element itself is no longer what its block must end.
            let open = self.stack.remove(at);
            self.depth -= usize::from(open.kept);
            if !open.kept {
                self.drop_tag(tag);
            }
            return;
        }
        self.close_down_to(at + 1, tag.range.start);
        if let Some(open) = self.stack.pop() {
            self.depth -= usize::from(open.kept);
            if !open.kept {
                self.drop_tag(tag);
            }
        }
    }

    /// Takes elements off the stack down to `height`, and closes the formatting ones in the markup.
    fn close_down_to(&mut self, height: usize, place: usize) {
        let mut closers = String::new();
        while self.stack.len() > height {
            let Some(open) = self.stack.pop() else { break };
            self.depth -= usize::from(open.kept);
            if open.kept && is_formatting(open.name) {
                closers.push_str("</");
                closers.push_str(open.name);
                closers.push('>');
            }
        }
        if !closers.is_empty() {
            self.edits.push((place..place, closers));
        }
    }

    fn drop_tag(&mut self, tag: &Tag) {
        // The surplus of the tag's attributes goes with the tag.
        while self.edits.last().is_some_and(|(range, _)| range.start > tag.range.start) {
            self.edits.pop();
        }
        self.edits.push((tag.range.clone(), String::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(guard(html).0, expected, "{html}");
    }

    #[test]
    fn an_ordinary_page_passes_untouched() {
        for html in [
            "<!doctype html><html><head><title>a < b</title></head><body><p>x<p>y</body></html>",
            "<ul><li>a<li><b>b</b></ul><table><tr><td>1<td>2<tr><td>3</table><br><img src='a>b'>",
            "text only < and > & so",
            "",
        ] {
            assert!(matches!(guard(html), (Cow::Borrowed(same), None) if same == html), "{html}");
        }
    }

    #[test]
    fn what_carries_no_text_is_left_out() {
        check("<p>a<!-- x --><style>p{}</style>b</p><SCRIPT>'<p>'</SCRIPT>c", "<p>ab</p>c");
        check("a<svg><path d='M0'/><text>x</text></svg>b<svg/>c", "ab<svg/>c");
        check("a<svg>b<svg>c</svg>d</svg>e", "a<svg>bd</svg>e");
        check("a<svg><p>b", "a<svg><p>b");
        check("a<!-->b<!--c", "ab");
        check("a<script>b", "a");
        let data = "<script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>";
        check(data, data);
    }

    #[test]
    fn formatting_ends_with_its_block() {
        check("<div><b>x</div><p>y", "<div><b>x</b></div><p>y");
        check("<p><i>x<p>y", "<p><i>x</i><p>y");
    }

    #[test]
    fn depth_is_clamped_and_text_stays() {
        let html = format!("{}deep{}<p>after", "<div>".repeat(1_000), "</div>".repeat(1_000));
        let (read, warning) = guard(&html);
        assert_eq!(read.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(read.matches("</div>").count(), MAX_DEPTH);
        assert!(read.contains("deep") && read.ends_with("<p>after") && warning.is_none());
    }

    #[test]
    fn attributes_are_capped() {
        let attributes: String = (0..2_000).map(|i| format!(" a{i}=\"{i}\"")).collect();
        let (read, _) = guard(Box::leak(format!("<p{attributes}>text</p>").into_boxed_str()));
        assert!(read.matches('=').count() <= MAX_ATTRIBUTES && read.contains(">text</p>"), "{}", read.len());
    }

    #[test]
    fn a_large_page_is_read_up_to_the_bound_and_says_so() {
        let html = "<p>Some words of text.</p>\n".repeat(MAX_BYTES / 10);
        let (read, warning) = guard(&html);
        assert!(read.len() <= MAX_BYTES + 100 && warning.is_some());
        let scripts = format!("<p>First.</p><script>{}</script><p>Last.</p>", "x".repeat(MAX_BYTES));
        assert_eq!(guard(&scripts), ("<p>First.</p><p>Last.</p>".into(), None));
    }
}
