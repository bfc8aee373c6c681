//! The commands that give reasons: `explain`, `diff`, `xray`.

use std::io::{Read, Write};
use std::path::Path;

use wirecopy::model::{Article, LineKind, Page, Piece};
use wirecopy::text::Points;
use wirecopy::{Collated, Difference, Library, MOST_WITNESSES, Xray};

use crate::Outcome;
use crate::args::DiffArgs;
use crate::config::Config;
use crate::list::open;
use crate::output::{COME, FAINT, Failure, GONE, HEAD, MARK, Output, counted, plain};

pub fn explain(config: &Config, article: &str, other: Option<&str>, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let reasons = match other {
        Some(other) => wirecopy::explain_pair(&library, article, other),
        None => wirecopy::explain_article(&library, article),
    };
    let reasons = match reasons {
        Err(error @ wirecopy::Error::NoArticle(_)) => {
            anstream::eprintln!("wirecopy: {error}");
            return Ok(Outcome::Nothing);
        }
        other => other?,
    };
    if out.json {
        out.json_rows(&reasons)?;
    } else {
        for (index, reason) in reasons.iter().enumerate() {
            if index == 0 {
                writeln!(out, "{HEAD}{}{HEAD:#}", plain(reason))?;
            } else {
                writeln!(out, "- {}", plain(reason))?;
            }
        }
    }
    Ok(Outcome::Done)
}

pub fn diff(config: &Config, args: &DiffArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let Some(other) = &args.b else { return edits(&library, args, out) };
    if !args.more.is_empty() {
        let ids: Vec<&str> = [&args.a, other].into_iter().chain(&args.more).map(String::as_str).collect();
        return collation(&library, &ids, args.noise, out);
    }
    let collated = wirecopy::diff(&library.article_or_version(&args.a)?, &library.article_or_version(other)?);
    if out.json {
        out.json(&collated)?;
    } else if let Some(pair) = &collated.pair {
        writeln!(out, "{GONE}- {}{GONE:#}\n{COME}+ {}{COME:#}", pair.a, pair.b)?;
        differences(out, &collated, args.noise)?;
    } else {
        writeln!(out, "They share no more than any two texts may; `wirecopy explain {} {other}` says why.", args.a)?;
    }
    Ok(Outcome::Done)
}

/// Many pages collated: the witnesses, passages, and each place with its readings.
fn collation(library: &Library, ids: &[&str], with_noise: bool, out: &mut Output) -> Result<Outcome, Failure> {
    if ids.len() > MOST_WITNESSES {
        return Err(Failure::Usage(format!("at most {MOST_WITNESSES} pages are collated together")));
    }
    let (_, found) = library.collate(ids, None)?;
    if out.json {
        out.json(&found)?;
        return Ok(Outcome::Done);
    }
    let siglum = |witness: usize| found.witnesses[witness].siglum.as_str();
    for (number, witness) in found.witnesses.iter().enumerate() {
        let base = if number == 0 { "  the base text" } else { "" };
        writeln!(
            out,
            "{HEAD}{:>2}{HEAD:#}  {}{FAINT}{base}{FAINT:#}",
            witness.siglum,
            plain(witness.article.as_str())
        )?;
    }
    for (number, passage) in found.passages.iter().enumerate() {
        let lacking = passage.lacking.iter().map(|one| {
            let how = match (&one.moved_to, one.instead.as_str()) {
                (Some(piece), _) => format!("moved to {}", piece.start),
                (None, "") => "left out".to_owned(),
                (None, instead) => format!("instead: {}", plain(instead)),
            };
            format!("{MARK}{}{MARK:#} {FAINT}{how}{FAINT:#}", siglum(one.witness))
        });
        let before = if number == 0 { "\n" } else { "" };
        let lacking: Vec<String> = lacking.collect();
        let text = plain(&passage.text);
        writeln!(out, "{before}- {FAINT}{}{FAINT:#} {text} ] {}", passage.base.start, lacking.join(" · "))?;
    }
    let noise = found.places.iter().filter(|place| place.noise).count();
    writeln!(out)?;
    for place in found.places.iter().filter(|place| with_noise || !place.noise) {
        let lemma = if place.lemma.is_empty() { "(nothing)".to_owned() } else { plain(&place.lemma) };
        let mark = if place.substance { "!" } else { " " };
        write!(out, "{mark} {FAINT}{}{FAINT:#} {lemma} ]", place.base.start)?;
        for (number, reading) in place.readings.iter().filter(|reading| reading.kind.is_some()).enumerate() {
            let sigla: Vec<&str> = reading.witnesses.iter().map(|(witness, _)| siglum(*witness)).collect();
            let kind = reading.kind.map_or("", |kind| kind.as_str());
            let text = if reading.text.is_empty() { "omitted".to_owned() } else { plain(&reading.text) };
            let between = if number == 0 { " " } else { " · " };
            write!(out, "{between}{COME}{text}{COME:#} {MARK}{}{MARK:#} {FAINT}{kind}{FAINT:#}", sigla.join(" "))?;
        }
        writeln!(out)?;
    }
    if noise > 0 && !with_noise {
        let places = counted(noise, "place", "places");
        writeln!(out, "\n{FAINT}and {places} of typography and spelling: --noise shows them{FAINT:#}")?;
    }
    Ok(Outcome::Done)
}

/// What was edited from each version of an article to the next.
fn edits(library: &Library, args: &DiffArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let edits = library.edits(&args.a)?;
    if out.json {
        out.json_rows(&edits)?;
        return Ok(Outcome::Done);
    }
    if edits.is_empty() {
        writeln!(out, "{} came in one version only.", args.a)?;
    }
    for edit in &edits {
        let when = |number: usize, fetched: &Option<String>| match fetched {
            Some(fetched) => format!("{}@{number}  fetched {}", args.a, plain(fetched)),
            None => format!("{}@{number}", args.a),
        };
        let [from, to] = &edit.fetched;
        writeln!(out, "{GONE}- {}{GONE:#}\n{COME}+ {}{COME:#}", when(edit.from, from), when(edit.to, to))?;
        for change in &edit.head {
            let told = |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), plain);
            let (from, to) = (told(&change.from), told(&change.to));
            writeln!(out, "{MARK}{:<10}{MARK:#} {GONE}{from}{GONE:#} → {COME}{to}{COME:#}", change.field)?;
        }
        match edit.text.pair {
            None => writeln!(out, "The text is another one.")?,
            Some(_) if edit.text.differences.is_empty() => writeln!(out, "The article's text is the same.")?,
            Some(_) => differences(out, &edit.text, args.noise)?,
        }
    }
    Ok(Outcome::Done)
}

fn differences(out: &mut Output, collated: &Collated, with_noise: bool) -> Result<(), Failure> {
    let ranked = |rank: u8| collated.differences.iter().filter(move |difference| difference.rank() == rank);
    for (rank, head) in [(0, "Substance, and what was changed inside quotations"), (1, "Wording")] {
        if ranked(rank).next().is_some() {
            writeln!(out, "\n{HEAD}{head}{HEAD:#}")?;
            ranked(rank).try_for_each(|difference| line(out, difference))?;
        }
    }
    let noise = ranked(2).count();
    if noise > 0 && with_noise {
        writeln!(out, "\n{HEAD}Typography and spelling{HEAD:#}")?;
        ranked(2).try_for_each(|difference| line(out, difference))?;
    } else if noise > 0 {
        let differences = counted(noise, "difference", "differences");
        writeln!(out, "\n{FAINT}and {differences} of typography and spelling: --noise shows them{FAINT:#}")?;
    }
    Ok(())
}

fn line(out: &mut Output, difference: &Difference) -> Result<(), Failure> {
    let quoted = if difference.in_quote { " “”" } else { "" };
    let mut changed = String::new();
    if !difference.from.is_empty() {
        changed += &format!("{GONE}[-{}-]{GONE:#}", plain(&difference.from));
    }
    if !difference.to.is_empty() {
        changed += &format!("{COME}{{+{}+}}{COME:#}", plain(&difference.to));
    }
    writeln!(
        out,
        "{MARK}{:<10}{MARK:#} … {} {changed} {} …{quoted}",
        difference.kind.as_str(),
        plain(&difference.before),
        plain(&difference.after),
    )?;
    Ok(())
}

pub fn xray(config: &Config, page: &str, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let library = Library::open(&store)?;
    let (article, xray) = match library.article(page) {
        Ok(article) => (article, wirecopy::xray(&library, page)?),
        Err(error @ wirecopy::Error::NoArticle(_)) => match outside(page)? {
            Some(page) => wirecopy::xray_page(&library, &page)?,
            None => return Err(error.into()),
        },
        Err(error) => return Err(error.into()),
    };
    if out.json {
        out.json(&xray)?;
    } else {
        show(&article, &xray, out)?;
    }
    Ok(Outcome::Done)
}

/// A page that is not in the store: a file, or standard input.
pub fn outside(page: &str) -> Result<Option<Page>, Failure> {
    let named = Path::new(page);
    let bytes = if page == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().take(wirecopy::intake::LARGEST_PAGE).read_to_end(&mut bytes)?;
        bytes
    } else if named.is_file() {
        std::fs::read(named).map_err(|error| Failure::Usage(format!("{page}: {error}")))?
    } else {
        return Ok(None);
    };
    let html = wirecopy::intake::InputKind::of(named) == Some(wirecopy::intake::InputKind::Html);
    Ok(Some(if html { Page::of_html(page, bytes) } else { Page::of_text(page, wirecopy::intake::decode_text(&bytes)) }))
}

fn show(article: &Article, xray: &Xray, out: &mut Output) -> Result<(), Failure> {
    let text = Points::new(&article.text);
    let roots: Vec<String> = xray.roots.iter().map(ToString::to_string).collect();
    writeln!(out, "{HEAD}{}{HEAD:#}  own share {:.0} %", xray.id, xray.own_share * 100.0)?;
    if !roots.is_empty() {
        writeln!(out, "carries the account of {}", roots.join(", "))?;
    }
    for line in article.lines.iter().filter(|line| line.kind != LineKind::Body) {
        let what = format!("{}: {}", line.kind.as_str(), plain(&line.why));
        writeln!(out, "{FAINT}cut   {}  ({what}){FAINT:#}", plain(text.slice(line.span)))?;
    }
    writeln!(out)?;
    for sentence in &xray.sentences {
        let words = plain(text.slice(Piece::new(sentence.start, sentence.end)));
        match &sentence.first {
            None => writeln!(out, "{COME}own{COME:#}   {words}")?,
            Some(first) => {
                let how = if sentence.changed { "changed from" } else { "as in" };
                writeln!(
                    out,
                    "{MARK}had{MARK:#}   {words}\n      {FAINT}{how} {} [{}, {}){FAINT:#}",
                    first.article, first.start, first.end
                )?;
            }
        }
    }
    for quote in &xray.altered_quotes {
        let words = plain(text.slice(Piece::new(quote.start, quote.end)));
        writeln!(out, "\n{GONE}altered quotation{GONE:#}  “{words}”\n  nearest the root: “{}”", plain(&quote.from))?;
    }
    Ok(())
}
