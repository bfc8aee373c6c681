//! The command that tells who carried the reference set.

use std::io::Write;

use wirecopy::{Library, ReferenceRow};

use crate::Outcome;
use crate::config::Config;
use crate::list::{day, edit_text, open};
use crate::output::{FAINT, Failure, HEAD, Output, counted, plain};

pub fn carried(config: &Config, text: Option<&str>, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.references(text)?;
    if out.json {
        out.json_rows(&rows)?;
    } else if let (Some(_), [row]) = (text, rows.as_slice()) {
        one(row, out)?;
    } else {
        all(&rows, out)?;
    }
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn all(rows: &[ReferenceRow], out: &mut Output) -> Result<(), Failure> {
    if rows.is_empty() {
        writeln!(out, "no text is in the reference set: `wirecopy build --reference FOLDER` reads some")?;
        return Ok(());
    }
    let cells = rows.iter().map(|row| {
        let counts = row.counts;
        let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
        vec![
            row.reference.to_string(),
            day(row.published.as_ref()),
            number(counts.whole),
            number(counts.part),
            number(counts.quoted),
            number(counts.altering),
            row.title.as_deref().map(plain).unwrap_or_default(),
        ]
    });
    let columns = ["text", "date", "carried whole", "in part", "quoted", "altered by", "headline"];
    out.table(&columns, &cells.collect::<Vec<_>>())?;
    Ok(())
}

fn one(row: &ReferenceRow, out: &mut Output) -> Result<(), Failure> {
    let title = row.title.as_deref().map(plain).unwrap_or_default();
    writeln!(out, "{HEAD}{}{HEAD:#}  {}  {title}", row.reference, day(row.published.as_ref()))?;
    if row.carriers.is_empty() {
        writeln!(out, "no page here carries any of it")?;
    }
    for carrier in &row.carriers {
        let altered = match carrier.altered.len() {
            0 => String::new(),
            count => format!(", {} altered", counted(count, "quotation", "quotations")),
        };
        writeln!(
            out,
            "  {}  {FAINT}{}{FAINT:#}  {}: {:.0} % of the text, {:.0} % of the page{altered}",
            carrier.article,
            carrier.lag(),
            carrier.way(),
            carrier.carried * 100.0,
            carrier.share * 100.0,
        )?;
        for wording in &carrier.altered {
            let words: Vec<String> = wording.edits.iter().map(edit_text).collect();
            writeln!(out, "      “{}”", plain(&wording.to))?;
            writeln!(out, "      {}", words.join("  "))?;
        }
    }
    Ok(())
}
