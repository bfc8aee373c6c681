use std::collections::BTreeMap;

use wirecopy_model::{Article, ArticleId, ContentId, CopyEdge, Mention, Quote, QuoteVariant, Run};
use wirecopy_text::{Points, fold, quotations, words};

use crate::group::{Said, Shared, groups};
use crate::wording::{edits, is_part, key};

/// An article of the story, with what is known of its place in it.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The article.
    pub article: &'a Article,
    /// The accounts that it carries.
    pub accounts: &'a [ContentId],
    /// Whether it roots one of them: what it prints was not copied from another article here.
    pub is_root: bool,
}

/// The quotations of a story with their wordings.
///
/// `tellings` stand in an order in which sources come before their copies; `pairs` are the related pairs among them, of
/// any relation, with their runs. The first wording of each quotation is the one nearest the root of the evidence: a
/// whole one before a part, one that a root prints before one that only copies print, one in more accounts, the earlier.
pub fn quotes(tellings: &[Telling], pairs: &[(&CopyEdge, &[Run])]) -> Vec<Quote> {
    let texts: Vec<Points> = tellings.iter().map(|telling| Points::new(&telling.article.text)).collect();
    let said: Vec<Said> =
        (0..tellings.len()).flat_map(|place| said(place, tellings[place].article, &texts[place])).collect();
    let place: BTreeMap<&ArticleId, usize> =
        tellings.iter().enumerate().map(|(place, telling)| (&telling.article.id, place)).collect();
    let shared: Vec<Shared> = pairs
        .iter()
        .filter_map(|(edge, runs)| {
            let articles = (*place.get(&edge.a)?, *place.get(&edge.b)?);
            let mut runs: Vec<&Run> = runs.iter().collect();
            runs.sort_unstable();
            Some(Shared { articles, runs })
        })
        .collect();
    let groups = groups(&said, &shared);
    groups.iter().map(|group| quote(group, &said, tellings, &texts)).collect()
}

fn said(place: usize, article: &Article, text: &Points) -> Vec<Said> {
    let outermost = quotations(text, &article.kept).into_iter().filter(|quote| quote.depth == 0);
    outermost
        .filter_map(|quote| {
            // With the white space inside the marks: a stray space is a typographic difference like others.
            let end = if quote.closed { quote.outer.end - 1 } else { quote.outer.end };
            let piece = wirecopy_model::Piece::new(quote.outer.start + 1, end);
            let inside = text.slice(piece);
            let found = words(inside);
            let folded: Vec<String> = found.iter().map(|word| fold(word.of(inside)).into_owned()).collect();
            let places = found.iter().map(|word| (piece.start + word.piece.start, piece.start + word.piece.end).into());
            let places = places.collect();
            (!folded.is_empty()).then_some(Said { article: place, piece, words: folded, places })
        })
        .collect()
}

/// One wording of a group.
struct Wording<'a> {
    text: &'a str,
    said: Vec<&'a Said>,
    accounts: usize,
    by_root: bool,
    length: usize,
}

fn quote(group: &[usize], said: &[Said], tellings: &[Telling], texts: &[Points]) -> Quote {
    let mut wordings: BTreeMap<String, Vec<&Said>> = BTreeMap::new();
    for &index in group {
        let quote = &said[index];
        wordings.entry(key(texts[quote.article].slice(quote.piece))).or_default().push(quote);
    }
    let mut wordings: Vec<Wording> = wordings
        .into_values()
        .map(|mut said| {
            said.sort_by_key(|quote| (quote.article, quote.piece));
            let first = said[0];
            let mut accounts: Vec<&ContentId> =
                said.iter().flat_map(|quote| tellings[quote.article].accounts).collect();
            accounts.sort_unstable();
            accounts.dedup();
            Wording {
                text: texts[first.article].slice(first.piece),
                accounts: accounts.len(),
                by_root: said.iter().any(|quote| tellings[quote.article].is_root),
                length: first.words.len(),
                said,
            }
        })
        .collect();
    let longest = wordings.iter().map(|wording| wording.length).max().unwrap_or(0);
    wordings.sort_by(|one, other| {
        // Whole wordings first; a spinner's word more or less makes no part.
        let whole = |wording: &Wording| wording.length * 4 >= longest * 3;
        let order = |wording: &Wording| (!whole(wording), !wording.by_root, std::cmp::Reverse(wording.accounts));
        let place = |wording: &Wording| (wording.said[0].article, wording.said[0].piece);
        order(one).cmp(&order(other)).then_with(|| place(one).cmp(&place(other)))
    });
    let base = wordings[0].text;
    let variants: Vec<QuoteVariant> = wordings
        .iter()
        .enumerate()
        .map(|(index, wording)| {
            let part = index > 0 && is_part(base, wording.text);
            let mut articles: Vec<ArticleId> =
                wording.said.iter().map(|quote| tellings[quote.article].article.id.clone()).collect();
            articles.dedup();
            QuoteVariant {
                text: wording.text.trim().to_owned(),
                articles,
                accounts: wording.accounts,
                part,
                edits: if index == 0 { Vec::new() } else { edits(base, wording.text, part) },
                mentions: wording.said.iter().map(|quote| mention(quote, tellings)).collect(),
            }
        })
        .collect();
    let first = &variants[0].mentions[0];
    let id = ContentId::of("quote", [first.article.as_str(), &first.start.to_string(), &first.end.to_string()]);
    Quote { quote: variants[0].text.clone(), id, variants }
}

fn mention(quote: &Said, tellings: &[Telling]) -> Mention {
    Mention::new(tellings[quote.article].article.id.clone(), quote.piece)
}
