use askama::Template;
use wirecopy::model::{Article, Piece};
use wirecopy::text::Points;
use wirecopy::{Error, Library, Xray};

use super::render;
use crate::names::Names;
use crate::style::{Frame, Head};
use crate::view::Ref;
use crate::words::{clip, percent};

#[derive(Template)]
#[template(path = "room/xray.html")]
struct XrayPage {
    head: Head,
    text: String,
    result: Option<TakenApart>,
}

struct TakenApart {
    own: String,
    roots: Vec<Ref>,
    sentences: Vec<SentenceView>,
}

struct SentenceView {
    kind: &'static str,
    text: String,
    witness: Option<Ref>,
}

/// The page on which a text is pasted, with what was found of it.
pub fn xray(library: &Library, text: &str, found: Option<(&Article, &Xray)>, frame: Frame) -> Result<String, Error> {
    let result = match found {
        None => None,
        Some((article, xray)) => {
            let witnesses = xray.sentences.iter().filter_map(|sentence| Some(&sentence.first.as_ref()?.article));
            let names = Names::of(library, witnesses.chain(&xray.roots))?;
            let points = Points::new(&article.text);
            let view = |row: &wirecopy::SentenceRow| SentenceView {
                kind: match (&row.first, row.changed) {
                    (None, _) => "own",
                    (Some(_), true) => "changed",
                    (Some(_), false) => "had",
                },
                text: points.slice(Piece::new(row.start, row.end)).to_owned(),
                witness: row.first.as_ref().map(|first| Ref::to(&names, &first.article).at(Some(first.start))),
            };
            Some(TakenApart {
                own: percent(xray.own_share),
                roots: xray.roots.iter().map(|root| Ref::to(&names, root)).collect(),
                sentences: xray.sentences.iter().map(view).collect(),
            })
        }
    };
    render(&XrayPage { head: Head::room("X-ray", frame), text: text.to_owned(), result })
}

#[derive(Template)]
#[template(path = "room/about.html")]
struct AboutPage {
    head: Head,
    version: &'static str,
}

/// How to read the pages, which keys there are, what there is for programs.
pub fn about(frame: Frame) -> Result<String, Error> {
    render(&AboutPage { head: Head::room("How to read this", frame), version: env!("CARGO_PKG_VERSION") })
}

#[derive(Template)]
#[template(path = "room/error.html")]
struct ErrorPage {
    head: Head,
    title: String,
    detail: String,
}

/// The page that says what went wrong.
pub fn error(title: &str, detail: &str) -> String {
    let head = Head::room(title, Frame::default());
    let page = ErrorPage { head, title: title.into(), detail: clip(detail, 1_000) };
    render(&page).unwrap_or_default()
}
