//! The command that tells who said what.

use std::io::Write;

use wirecopy::model::{Article, ClaimLink, Medium, PROBABLE, STATED, Span};
use wirecopy::text::Points;
use wirecopy::{ClaimRow, Library};

use crate::Outcome;
use crate::args::ClaimsArgs;
use crate::config::Config;
use crate::list::open;
use crate::output::{FAINT, Failure, GONE, HEAD, MARK, Output, plain};

pub fn claims(config: &Config, args: &ClaimsArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let rows = library.claims(args.of.story.as_deref(), args.speaker.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut shown: Option<Article> = None;
    for row in &rows {
        if shown.as_ref().is_none_or(|article| article.id != row.article) {
            let article = library.article(row.article.as_str())?;
            writeln!(out, "{HEAD}{}{HEAD:#}", row.article)?;
            shown = Some(article);
        }
        if let Some(article) = &shown {
            line(out, article, row)?;
        }
    }
    Ok(Outcome::Done)
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
    writeln!(out, "  {MARK}{}{MARK:#}{FAINT}{holds}{FAINT:#}", chain.join(" ← "))?;
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
