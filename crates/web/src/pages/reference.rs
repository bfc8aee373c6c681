//! The reference set: a table of its texts, and on the page of each of them who carried it.

use wirecopy::{Carrier, ReferenceRow};

use crate::desk::Desk;
use crate::marks::{self, Words};
use crate::pages::{Cell, Table};
use crate::view::Ref;
use crate::words::{counted, date, headline, percent, source};

/// A page that carries some of the text.
pub(crate) struct CarrierView {
    pub link: Ref,
    pub source: String,
    pub lag: String,
    pub way: &'static str,
    pub carried: String,
    pub pair: Option<String>,
    /// Quotations in the words of the text and in those of the page.
    pub altered: Vec<(Vec<Words>, Vec<Words>)>,
}

/// The most pages that are listed.
pub(crate) const MOST_CARRIERS: usize = 400;

/// The pages that carry a text.
pub(crate) fn carriers(desk: &Desk, row: &ReferenceRow) -> Vec<CarrierView> {
    let view = |carrier: &Carrier| CarrierView {
        link: Ref::to(desk.names, &carrier.article),
        source: source(carrier.source.as_deref(), &carrier.article).unwrap_or_default(),
        lag: carrier.lag(),
        way: carrier.way(),
        carried: percent(carrier.carried),
        pair: desk.pair(&row.reference, &carrier.article),
        altered: carrier.altered.iter().map(|wording| marks::side_by_side(&wording.from, &wording.to)).collect(),
    };
    row.carriers.iter().take(MOST_CARRIERS).map(view).collect()
}

/// How many pages carry a text, in words.
pub(crate) fn in_words(row: &ReferenceRow) -> String {
    let counts = row.counts;
    let mut parts = Vec::new();
    let mut add = |count: usize, words: &str| {
        if count > 0 {
            parts.push(format!("{} {words}", counted(count, "page", "pages")));
        }
    };
    add(counts.whole, "whole");
    add(counts.part, "in part");
    let mut says = match parts.len() {
        0 => "No page carries any of it".to_owned(),
        _ => format!("Carried by {}", parts.join(", ")),
    };
    if counts.quoted > 0 {
        says += &format!("; {} only what it quotes", counted(counts.quoted, "page has", "pages have"));
    }
    if counts.altering > 0 {
        let pages = counted(counts.altering, "page gives", "pages give");
        says += &format!("; {pages} a quotation of it in other words");
    }
    says + "."
}

/// The texts of the reference set as a table; `page` gives the address of a text's page.
pub(crate) fn table(page: impl Fn(&ReferenceRow) -> String, rows: &[ReferenceRow]) -> Table {
    let row = |row: &ReferenceRow| {
        let number = |count: usize| Cell::plain(count.to_string());
        let counts = row.counts;
        vec![
            Cell::link(headline(row.title.as_deref(), &row.reference), format!("{}#carried", page(row))),
            Cell::plain(date(row.published.as_ref())),
            number(counts.whole),
            number(counts.part),
            number(counts.quoted),
            number(counts.altering),
        ]
    };
    Table {
        title: "Reference texts".into(),
        lead: "Texts of which it was asked who carried them. Whole: all of it but a few words. Quoted: only what it quotes \
               or says."
            .into(),
        nothing: "No text is in the reference set: wirecopy build --reference FOLDER reads some.".into(),
        columns: vec![
            ("Text", false),
            ("Date", false),
            ("Whole", true),
            ("In part", true),
            ("Quoted", true),
            ("Altered by", true),
        ],
        rows: rows.iter().map(row).collect(),
        next: None,
    }
}
