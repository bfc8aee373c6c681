//! The command `dates`: a page's time expressions, sentence by sentence, for a person.

use std::io::Write;
use std::path::Path;

use wirecopy::intake::InputKind;
use wirecopy::model::{
    Article, Basis, DateValue, DatedArticle, DocumentDate, Interval, LineKind, Page, Span, Timex, TimexAnchor,
};
use wirecopy::text::{Points, sentences};
use wirecopy::{Library, dates_of_article, dates_of_page};

use crate::Outcome;
use crate::args::DatesArgs;
use crate::config::Config;
use crate::explain::outside;
use crate::list::open;
use crate::output::{FAINT, Failure, GONE, HEAD, MARK, Output, plain};

pub fn dates(config: &Config, args: &DatesArgs, out: &mut Output) -> Result<Outcome, Failure> {
    if InputKind::of(Path::new(&args.page)) == Some(InputKind::JsonLines) {
        return Err(Failure::Usage(format!("{}: `wirecopy run dates` reads JSON Lines", args.page)));
    }
    let published = args.published.as_deref().map(date).transpose()?;
    let (article, dates) = match outside(&args.page)? {
        Some(page) => {
            let published = published.map(|date| date.as_str().to_owned()).or(page.published.clone());
            dates_of_page(&Page { published, ..page })
        }
        None => stored(config, &args.page, published)?,
    };
    if out.json {
        out.json(&dates)?;
    } else {
        show(&article, &dates, out)?;
    }
    Ok(Outcome::Done)
}

fn date(text: &str) -> Result<DateValue, Failure> {
    let wrong = || Failure::Usage(format!("--published {text:?}: expected a day or a date-time, such as 2021-04-13"));
    DateValue::parse(text).ok_or_else(wrong)
}

/// An article of the store, counted from its settled date or from the one that was given.
fn stored(config: &Config, id: &str, published: Option<DateValue>) -> Result<(Article, DatedArticle), Failure> {
    if !config.store.value.exists() {
        return Err(Failure::Usage(format!(
            "{id}: there is no such file, and no store in which it could be an article"
        )));
    }
    let store = open(config)?;
    let (article, dates) = Library::open(&store)?.dates(id)?;
    let Some(published) = published else { return Ok((article, dates)) };
    let given = DocumentDate::believed(published, Basis::Given, "the command line says so");
    let dates = dates_of_article(&article, Some(given));
    Ok((article, dates))
}

fn show(article: &Article, dates: &DatedArticle, out: &mut Output) -> Result<(), Failure> {
    show_written(dates.document_date.as_ref(), out)?;
    if dates.timexes.is_empty() {
        writeln!(out, "\nIt names no time.")?;
    }
    let text = Points::new(&article.text);
    let titles = article.lines.iter().filter(|line| line.kind == LineKind::Title).map(|line| line.span);
    let read = Span::from_pieces(article.kept.pieces().iter().copied().chain(titles));
    let mut timexes = dates.timexes.iter().peekable();
    for sentence in sentences(&text, &read, article.lang.as_deref()) {
        let mut told = false;
        while let Some(timex) = timexes.next_if(|timex| timex.start < sentence.end) {
            if !std::mem::replace(&mut told, true) {
                writeln!(out, "\n{}", plain(text.slice(sentence)))?;
            }
            show_timex(&text, timex, out)?;
        }
    }
    Ok(())
}

fn show_written(date: Option<&DocumentDate>, out: &mut Output) -> Result<(), Failure> {
    match date {
        Some(DocumentDate { value: Some(value), why, .. }) => {
            writeln!(out, "{HEAD}written {value}{HEAD:#}  {}", plain(why))?
        }
        Some(DocumentDate { interval: Some(days), why, .. }) => {
            writeln!(out, "{HEAD}written {}{HEAD:#}  {}", in_words(*days), plain(why))?;
        }
        _ => writeln!(out, "{HEAD}undated{HEAD:#}  --published DATE tells when it was written")?,
    }
    for rejected in date.iter().flat_map(|date| &date.rejected) {
        writeln!(
            out,
            "{GONE}{}{GONE:#}  {FAINT}rejected, {}: {}{FAINT:#}",
            rejected.value,
            rejected.basis,
            plain(&rejected.why)
        )?;
    }
    Ok(())
}

fn show_timex(text: &Points, timex: &Timex, out: &mut Output) -> Result<(), Failure> {
    let words = plain(text.slice(timex.piece()));
    let days = timex.interval.map(in_words).filter(|days| *days != timex.value);
    let days = days.map_or_else(String::new, |days| format!("  {days}"));
    writeln!(out, "  {MARK}{words}{MARK:#}  {}{days}", timex.value)?;
    writeln!(out, "      {FAINT}{}{FAINT:#}", plain(&timex.why))?;
    if let Some(anchor) = timex.anchor.as_ref().filter(|anchor| anchor.open) {
        writeln!(out, "      {FAINT}open: {}{FAINT:#}", hangs_on(text, anchor))?;
    }
    for other in &timex.alternatives {
        writeln!(out, "      {FAINT}or {}: {}{FAINT:#}", other.value, plain(&other.why))?;
    }
    Ok(())
}

/// What would have to be dated first: "P2D from \u{201c}the vote\u{201d}".
fn hangs_on(text: &Points, anchor: &TimexAnchor) -> String {
    match anchor.hangs_on {
        Some(event) => format!("{} from \u{201c}{}\u{201d}", anchor.offset, plain(text.slice(event))),
        None => format!("{} from something the text only implies", anchor.offset),
    }
}

/// The day, or the first and the last day.
fn in_words(days: Interval) -> String {
    match days.end.yesterday() {
        Ok(last) if last > days.start => format!("{} to {last}", days.start),
        _ => days.start.to_string(),
    }
}
