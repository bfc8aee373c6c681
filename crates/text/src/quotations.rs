use wirecopy_model::{Piece, Span};

use crate::Points;

/// A passage between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The passage with its marks.
    pub outer: Piece,
    /// The passage without them and without white space at its ends.
    pub inner: Piece,
    /// How many quotations it stands in.
    pub depth: usize,
    /// Whether a closing mark was found. An open quotation ends with its paragraph.
    pub closed: bool,
    /// Whether it goes on from the quotation before it: the next paragraph of one speech.
    pub continues: bool,
}

/// The quotations in the parts of a text that `within` names, in order of their first mark.
///
/// Reads every style of mark: “…”, "…", ''…'', ``…'', «…», »…«, „…“, ‘…’, '…', ‹…›, 「…」. Never refuses a text: a mark that
/// nothing closes opens a quotation up to the end of its paragraph, one that closes nothing is passed over. A
/// paragraph that opens with a mark while the last paragraph's quotation was left open goes on with it. An apostrophe
/// is no mark: a single mark counts only where a word begins after it, and only if the paragraph closes it.
///
/// ```
/// use wirecopy_model::Span;
/// use wirecopy_text::{Points, quotations};
/// let text = Points::new("The mayor’s “‘dry’ lake” is \"a loss\", he said.");
/// let found = quotations(&text, &Span::whole(text.whole()));
/// let texts: Vec<(&str, usize)> = found.iter().map(|quote| (text.slice(quote.inner), quote.depth)).collect();
/// assert_eq!(texts, [("‘dry’ lake", 0), ("dry", 1), ("a loss", 0)]);
/// ```
pub fn quotations(text: &Points, within: &Span) -> Vec<Quotation> {
    let mut found = Vec::new();
    for &piece in within.pieces() {
        let mut point = piece.start;
        let mut open_before = false;
        for line in text.slice(piece).split('\n') {
            let chars: Vec<char> = line.chars().collect();
            if !line.trim().is_empty() {
                open_before = read_paragraph(&chars, point, open_before, &mut found);
            }
            point += chars.len() + 1;
        }
    }
    found
}

/// A mark that is waiting for its partner.
struct Open {
    mark: Mark,
    at: usize,
    /// How many characters it is written with.
    width: usize,
    index: usize,
}

/// The styles of marks. What closes one style does not close another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    CurlyDouble,
    StraightDouble,
    DoubledSingle,
    CurlySingle,
    StraightSingle,
    Angle,
    AngleInward,
    AngleSingle,
    Low,
    LowSingle,
    Corner,
}

/// What a character does, given what it stands in.
enum Role {
    Opens(Mark),
    Closes(Mark),
    Nothing,
}

/// A quotation in single marks is looked for within this many characters: beyond it the mark was an apostrophe.
const LONGEST_SINGLE: usize = 2_000;

/// How deep marks are followed; what is nested deeper is litter.
const DEEPEST: usize = 8;

/// Reads one paragraph that begins at code point `base`. Gives whether its outermost quotation was left open.
fn read_paragraph(chars: &[char], base: usize, open_before: bool, found: &mut Vec<Quotation>) -> bool {
    let first = found.len();
    let mut stack: Vec<Open> = Vec::new();
    let singles = SinglePairs::of(chars);
    // How many closing marks are still to come: a mark opened anew inside of another needs two.
    let mut closers = chars.iter().filter(|&&c| c == '”').count();
    let mut next = 0;
    while next < chars.len() {
        let at = next;
        let width = if is_doubled(chars, at) { 2 } else { 1 };
        next += width;
        closers -= usize::from(chars[at] == '”');
        let reopens = chars[at] == '“' && !closes_here(chars, at);
        if reopens && let Some(depth) = stack.iter().position(|open| open.mark == Mark::CurlyDouble) {
            if closers > stack.len() - depth {
                // Marks in marks of the same kind.
                continue;
            }
            // The one before was never closed.
            for open in stack.drain(depth..) {
                close(&mut found[open.index], chars, base, &open, at, 0);
            }
        }
        match role(chars, at, &stack, &singles) {
            Role::Opens(mark) if stack.len() < DEEPEST => {
                let continues = open_before && stack.is_empty() && chars[..at].iter().all(|c| c.is_whitespace());
                stack.push(Open { mark, at, width, index: found.len() });
                let outer = Piece::new(base + at, base + at + width);
                found.push(Quotation { outer, inner: outer, depth: stack.len() - 1, closed: false, continues });
            }
            Role::Closes(mark) => {
                let Some(depth) = stack.iter().rposition(|open| open.mark == mark) else { continue };
                // What was opened inside and never closed ends here too.
                for open in stack.drain(depth..) {
                    close(&mut found[open.index], chars, base, &open, at, if open.mark == mark { width } else { 0 });
                }
            }
            _ => {}
        }
    }
    let left_open = !stack.is_empty();
    for open in stack {
        close(&mut found[open.index], chars, base, &open, chars.len(), 0);
    }
    // A mark around nothing is no quotation.
    let kept: Vec<Quotation> = found.drain(first..).filter(|quote| !quote.inner.is_empty()).collect();
    found.extend(kept);
    left_open
}

/// Ends a quotation before `end`, where a mark of `width` characters stands; none where that is 0.
fn close(quotation: &mut Quotation, chars: &[char], base: usize, open: &Open, end: usize, width: usize) {
    let mut from = (open.at + open.width).min(end);
    let mut to = end;
    while from < to && chars[from].is_whitespace() {
        from += 1;
    }
    while to > from && chars[to - 1].is_whitespace() {
        to -= 1;
    }
    quotation.inner = Piece::new(base + from, base + to);
    quotation.outer = Piece::new(base + open.at, base + if width > 0 { end + width } else { to });
    quotation.closed = width > 0;
}

/// Whether a mark of two single marks begins at `at`, as typewriters and some wires write it.
fn is_doubled(chars: &[char], at: usize) -> bool {
    let twice = |c: char| chars[at] == c && chars.get(at + 1) == Some(&c) && chars.get(at + 2) != Some(&c);
    twice('\'') || twice('`') || twice('’')
}

/// What the character at `at` does.
fn role(chars: &[char], at: usize, stack: &[Open], singles: &SinglePairs) -> Role {
    let is_open = |mark| stack.iter().any(|open| open.mark == mark);
    if is_doubled(chars, at) {
        return match chars[at] {
            '`' => Role::Opens(Mark::DoubledSingle),
            _ if is_open(Mark::DoubledSingle) => Role::Closes(Mark::DoubledSingle),
            _ if is_open(Mark::CurlyDouble) && closes_here(chars, at + 1) => Role::Closes(Mark::CurlyDouble),
            _ if opens_here(chars, at) && chars.get(at + 2).is_some_and(|c| !c.is_whitespace()) => {
                Role::Opens(Mark::DoubledSingle)
            }
            _ => Role::Nothing,
        };
    }
    match chars[at] {
        // Two paragraphs of one speech, and broken pages, open anew what is still open: a curly mark says what it is.
        '“' if is_open(Mark::Low) => Role::Closes(Mark::Low),
        '“' if is_open(Mark::CurlyDouble) && closes_here(chars, at) => Role::Closes(Mark::CurlyDouble),
        '“' | '‟' => Role::Opens(Mark::CurlyDouble),
        '”' if is_open(Mark::Low) && !is_open(Mark::CurlyDouble) => Role::Closes(Mark::Low),
        '”' if is_open(Mark::CurlyDouble) => Role::Closes(Mark::CurlyDouble),
        '”' if is_open(Mark::StraightDouble) => Role::Closes(Mark::StraightDouble),
        // Swedish and Finnish open with the same mark that closes.
        '”' if opens_here(chars, at) => Role::Opens(Mark::CurlyDouble),
        '„' => Role::Opens(Mark::Low),
        '"' if is_open(Mark::StraightDouble) => Role::Closes(Mark::StraightDouble),
        '"' if is_open(Mark::Low) => Role::Closes(Mark::Low),
        '"' if is_open(Mark::CurlyDouble) && closes_here(chars, at) => Role::Closes(Mark::CurlyDouble),
        '"' if opens_here(chars, at) => Role::Opens(Mark::StraightDouble),
        '«' if is_open(Mark::AngleInward) => Role::Closes(Mark::AngleInward),
        '«' => Role::Opens(Mark::Angle),
        '»' if is_open(Mark::Angle) => Role::Closes(Mark::Angle),
        '»' if opens_here(chars, at) => Role::Opens(Mark::AngleInward),
        '‹' => Role::Opens(Mark::AngleSingle),
        '›' if is_open(Mark::AngleSingle) => Role::Closes(Mark::AngleSingle),
        '‚' => Role::Opens(Mark::LowSingle),
        '‘' if is_open(Mark::LowSingle) => Role::Closes(Mark::LowSingle),
        '「' | '『' => Role::Opens(Mark::Corner),
        '」' | '』' if is_open(Mark::Corner) => Role::Closes(Mark::Corner),
        '‘' | '’' | '\'' => match singles.role(at) {
            Some(SingleRole::Opens) if chars[at] == '\'' => Role::Opens(Mark::StraightSingle),
            Some(SingleRole::Opens) => Role::Opens(Mark::CurlySingle),
            Some(SingleRole::Closes) if is_open(Mark::CurlySingle) => Role::Closes(Mark::CurlySingle),
            Some(SingleRole::Closes) => Role::Closes(Mark::StraightSingle),
            None => Role::Nothing,
        },
        _ => Role::Nothing,
    }
}

/// Whether a mark at `at` can open: white space or an opening bracket before it, something other than white space after.
fn opens_here(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let after = chars.get(at + 1);
    before.is_none_or(|c| c.is_whitespace() || "([{—–-/:“‘«„".contains(c)) && after.is_some_and(|c| !c.is_whitespace())
}

/// Whether a mark at `at` can close: no white space before it, no letter or digit after.
fn closes_here(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let after = chars.get(at + 1);
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SingleRole {
    Opens,
    Closes,
}

/// Single marks are apostrophes until a pair is found, so the paragraph's pairs are settled before it is read.
struct SinglePairs(Vec<(usize, SingleRole)>);

impl SinglePairs {
    fn of(chars: &[char]) -> Self {
        let mut roles = Vec::new();
        let is_half = |at: usize| is_doubled(chars, at) || at > 0 && is_doubled(chars, at - 1);
        let mut candidates: Vec<usize> =
            (0..chars.len()).filter(|&at| matches!(chars[at], '‘' | '’' | '\'') && !is_half(at)).collect();
        candidates.reverse();
        while let Some(open) = candidates.pop() {
            if !Self::can_open(chars, open) {
                continue;
            }
            let near = candidates.iter().rev().copied().take_while(|&at| at < open + LONGEST_SINGLE);
            let next_open = near.clone().find(|&at| chars[at] == '‘').unwrap_or(chars.len());
            let closers: Vec<usize> = near
                .take_while(|&at| at < next_open)
                .filter(|&at| chars[at] != '‘' && closes_here(chars, at))
                .collect();
            // "the leaders’ talks": after an s a mark is a plural's apostrophe if a later one can close.
            let plural = |at: usize| {
                chars[at - 1] == 's'
                    && chars.get(at + 1) == Some(&' ')
                    && chars.get(at + 2).is_some_and(|c| c.is_lowercase())
            };
            let close = closers.iter().copied().find(|&at| !plural(at)).or(closers.first().copied());
            if let Some(close) = close {
                roles.push((open, SingleRole::Opens));
                roles.push((close, SingleRole::Closes));
                while candidates.last().is_some_and(|&at| at <= close) {
                    candidates.pop();
                }
            }
        }
        roles.sort_unstable_by_key(|&(at, _)| at);
        SinglePairs(roles)
    }

    fn can_open(chars: &[char], at: usize) -> bool {
        let word_follows = chars.get(at + 1).is_some_and(|c| c.is_alphanumeric() || "…[(".contains(*c));
        // A decade ('90s) is written with an apostrophe.
        let decade = chars.get(at + 1).is_some_and(char::is_ascii_digit)
            && chars.get(at + 2).is_some_and(char::is_ascii_digit)
            && chars.get(at + 3) == Some(&'s');
        chars[at] != '’' && opens_here(chars, at) && word_follows && !decade
    }

    fn role(&self, at: usize) -> Option<SingleRole> {
        self.0.binary_search_by_key(&at, |&(place, _)| place).ok().map(|index| self.0[index].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each quotation as `depth:text`, with `~` after one that was left open and `+` before one that goes on.
    fn check(text: &str, expected: &[&str]) {
        let points = Points::new(text);
        let found: Vec<String> = quotations(&points, &Span::whole(points.whole()))
            .iter()
            .map(|quote| {
                let open = if quote.closed { "" } else { "~" };
                let goes_on = if quote.continues { "+" } else { "" };
                format!("{goes_on}{}:{}{open}", quote.depth, points.slice(quote.inner))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn styles_of_marks() {
        check("“a b,” she said", &["0:a b,"]);
        check("\"a b,\" she said, \"c d\".", &["0:a b,", "0:c d"]);
        check("« un deux », dit-il", &["0:un deux"]);
        check("»eins zwei«, sagte er", &["0:eins zwei"]);
        check("„eins zwei“, sagte er; „drei“", &["0:eins zwei", "0:drei"]);
        check("„eins zwei\", sagte er", &["0:eins zwei"]);
        check("„ett två”, sa hon", &["0:ett två"]);
        check("”ett två”, sa hon", &["0:ett två"]);
        check("‘a b’, he said", &["0:a b"]);
        check("'a b', he said", &["0:a b"]);
        check("「あい」と言った", &["0:あい"]);
        check("''a b,'' she said, ''c 'd' e.''", &["0:a b,", "0:c 'd' e.", "1:d"]);
        check("``a b,'' she said", &["0:a b,"]);
        check("“a b,’’ she said; ''c", &["0:a b,", "0:c~"]);
    }

    #[test]
    fn nested_marks() {
        check("“he said ‘no’ twice”", &["0:he said ‘no’ twice", "1:no"]);
        check("‘he said “no” twice’", &["0:he said “no” twice", "1:no"]);
        check("\"he said 'no' twice\"", &["0:he said 'no' twice", "1:no"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("the leaders’ talks won’t end in the ’90s", &[]);
        check("the '90s and '80s", &[]);
        check("dogs' and cats' food isn't 'tis", &[]);
        check("‘the leaders’ talks failed’, he said", &["0:the leaders’ talks failed"]);
        check("a 6' 2\" man", &[]);
    }

    #[test]
    fn broken_marks() {
        check("“a b", &["0:a b~"]);
        check("a b” she said", &[]);
        check("\"a b,” she said, “c.\"", &["0:a b,", "0:c."]);
        check("“a b, she said. “C d,” he said.", &["0:a b, she said.~", "0:C d,"]);
        check("“a “b” c” she said", &["0:a “b"]);
        check("“a b, ”the office said", &["0:a b,"]);
        check("“decided to” stay “in this regard", &["0:decided to", "0:in this regard~"]);
        check("“a b.“ she said", &["0:a b."]);
        check("“” and “ ”", &[]);
        check("“a b \nnext line", &["0:a b~"]);
    }

    #[test]
    fn a_speech_over_paragraphs() {
        check("“One two.\n\n“Three four,” he said.", &["0:One two.~", "+0:Three four,"]);
        check("“One two.”\n“Three four,” he said.", &["0:One two.", "0:Three four,"]);
    }

    #[test]
    fn hostile_texts_end() {
        for text in ["'a ".repeat(20_000), "“".repeat(50_000), "‘a".repeat(20_000), "\"'".repeat(20_000)] {
            let points = Points::new(&text);
            for quote in quotations(&points, &Span::whole(points.whole())) {
                assert!(quote.outer.contains(quote.inner) && quote.outer.end <= points.len());
            }
        }
    }
}
