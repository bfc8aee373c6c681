//! The command that tells who said what.

use std::io::Write;

use wirecopy::model::{Article, ClaimLink, Medium, PROBABLE, STATED, Span};
use wirecopy::text::Points;
use wirecopy::{ClaimRow, Library, Sides};

use crate::Outcome;
use crate::args::ClaimsArgs;
use crate::config::Config;
use crate::list::{edit_text, open};
use crate::output::{FAINT, Failure, GONE, HEAD, MARK, Output, plain};

pub fn claims(config: &Config, args: &ClaimsArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    if let (true, Some(story)) = (args.sides || args.between.is_some(), &args.of.story) {
        let between = args.between.as_deref().and_then(|sides| <&[String; 2]>::try_from(sides).ok());
        let told = wirecopy::sides(&library, story, between.map(|[one, other]| [one.as_str(), other]))?;
        return side_by_side(&told, out);
    }
    let rows = library.claims(args.of.story.as_deref(), args.speaker.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut shown: Option<Article> = None;
    for row in &rows {
        if shown.as_ref().is_none_or(|article| article.id != row.article) {
            let article = library.article(row.article.as_str())?;
            // The chains begin with the page and what it was made from.
            let from = row.copied_from.as_ref().map(|from| format!("  ← copied from {from}")).unwrap_or_default();
            let agency = article.agency.as_ref().map(|agency| format!("  ← {}", plain(agency))).unwrap_or_default();
            writeln!(out, "{HEAD}{}{HEAD:#}{FAINT}{from}{agency}{FAINT:#}", row.article)?;
            shown = Some(article);
        }
        if let Some(article) = &shown {
            line(out, article, row)?;
        }
    }
    Ok(Outcome::Done)
}

/// What both sides speak of, then what only one of them mentions.
fn side_by_side(sides: &Sides, out: &mut Output) -> Result<Outcome, Failure> {
    if out.json {
        out.json(sides)?;
        return Ok(Outcome::Done);
    }
    let names = [0, 1].map(|side| sides.names[side].join(", "));
    let mut heading = String::new();
    for topic in &sides.topics {
        let under = match (topic.said[0].is_empty(), topic.said[1].is_empty()) {
            (false, false) => "both speak of it".to_owned(),
            (_, true) => format!("only {}", plain(&names[0])),
            (true, _) => format!("only {}", plain(&names[1])),
        };
        if under != heading {
            writeln!(out, "{HEAD}{under}{HEAD:#}")?;
            heading = under;
        } else if !topic.said[0].is_empty() && !topic.said[1].is_empty() {
            writeln!(out)?;
        }
        for said in topic.said.iter().flatten() {
            let not = if said.negated { format!("{GONE}did not say{GONE:#} ") } else { String::new() };
            let told = if said.accounts > 1 { format!(", {} accounts", said.accounts) } else { String::new() };
            writeln!(out, "  {MARK}{}{MARK:#}: {not}{}", plain(&said.speaker), plain(&said.words))?;
            writeln!(out, "      {FAINT}{}{told}{FAINT:#}", said.article)?;
        }
    }
    Ok(if sides.topics.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

pub fn trace(config: &Config, text: &str, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let trace = wirecopy::trace(&library, text)?;
    let outcome = if trace.witnesses.is_empty() { Outcome::Nothing } else { Outcome::Done };
    if out.json {
        out.json(&trace)?;
        return Ok(outcome);
    }
    for (place, telling) in trace.witnesses.iter().enumerate() {
        let when = telling.published.as_ref().map_or("undated".to_owned(), |date| date.day().to_string());
        let how = match &telling.made_from {
            Some(from) => format!("from {from}"),
            None if place == 0 => "the earliest here".to_owned(),
            None => "no copy of the above".to_owned(),
        };
        writeln!(out, "{HEAD}{}{HEAD:#}  {when}  {FAINT}{how}{FAINT:#}", telling.article)?;
        let article = library.article(telling.article.as_str())?;
        let points = Points::new(&article.text);
        if let Some(claim) = &telling.claim {
            let chain: Vec<String> = claim.chain.iter().map(|link| speaker(&points, link)).collect();
            writeln!(out, "  {MARK}{}{MARK:#}", chain.join(" ← "))?;
        }
        writeln!(out, "  {}", plain(&telling.text))?;
        if !telling.edits.is_empty() {
            let edits: Vec<String> = telling.edits.iter().map(edit_text).collect();
            writeln!(out, "      {}", edits.join("  "))?;
        }
    }
    Ok(outcome)
}

fn line(out: &mut Output, article: &Article, row: &ClaimRow) -> Result<(), Failure> {
    let text = Points::new(&article.text);
    let claim = &row.claim;
    let chain: Vec<String> = claim.chain.iter().map(|link| speaker(&text, link)).collect();
    let holds = match claim.medium {
        Medium::Attitude => "  (a stance)",
        Medium::Writing => "  (in writing)",
        Medium::Speech => "",
    };
    let not = if claim.negated { format!("{GONE}did not say{GONE:#} ") } else { String::new() };
    let told = match row.accounts {
        0 => "  (the copyist's wording: its source says no such thing)".to_owned(),
        1 => String::new(),
        accounts => format!("  ({accounts} accounts)"),
    };
    writeln!(out, "  {MARK}{}{MARK:#}{FAINT}{holds}{told}{FAINT:#}", chain.join(" ← "))?;
    writeln!(out, "      {not}{}", plain(&words(&text, &claim.content)))?;
    Ok(())
}

/// Who speaks, as far as that is known.
fn speaker(text: &Points, link: &ClaimLink) -> String {
    let source = plain(&words(text, &link.source));
    match &link.speaker {
        Some(name) if link.certainty >= STATED => plain(name),
        Some(name) if link.certainty >= PROBABLE => format!("{}?", plain(name)),
        _ if source.is_empty() => "[nobody named]".to_owned(),
        _ => format!("[{source}]"),
    }
}

fn words(text: &Points, span: &Span) -> String {
    span.pieces().iter().map(|piece| text.slice(*piece)).collect::<Vec<_>>().join(" … ")
}
