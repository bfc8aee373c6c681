//! The commands that list rows of a store.

use std::io::Write;

use wirecopy::model::{ArticleId, DocumentDate, LineageDirection, PROBABLE, QuoteEdit, QuoteEditKind, STATED};
use wirecopy::{Library, Mode, Store};

use crate::Outcome;
use crate::args::{ArticlesArgs, QuotesArgs, SearchArgs, StoryArgs};
use crate::config::Config;
use crate::output::{COME, FAINT, Failure, GONE, HEAD, MARK, Output, counted, plain};

pub fn open(config: &Config) -> Result<Store, Failure> {
    Ok(Store::open(&config.store.value, Mode::Read)?)
}

pub fn stories(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.stories(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let cells = rows.iter().map(|story| {
        let span = match (&story.first, &story.last) {
            (Some(first), Some(last)) if first.day() == last.day() => first.day().to_string(),
            (Some(first), Some(last)) => format!("{} to {}", first.day(), last.day()),
            _ => "undated".into(),
        };
        vec![
            story.story.to_string()[..8].to_owned(),
            story.articles.len().to_string(),
            story.accounts.to_string(),
            story.origins.len().to_string(),
            span,
            plain(&story.title),
        ]
    });
    out.table(&["story", "pages", "accounts", "origins", "dates", "headline"], &cells.collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

/// A date for a table: the day, the days it may be, or nothing.
pub fn day(date: Option<&DocumentDate>) -> String {
    match date {
        Some(DocumentDate { value: Some(value), .. }) => value.day().to_string(),
        Some(DocumentDate { interval: Some(days), .. }) => format!("{} …", days.start),
        _ => "undated".into(),
    }
}

pub fn articles(config: &Config, args: &ArticlesArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.articles(args.of.story.as_deref(), args.text)?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let cells = rows.iter().map(|row| {
        let edited = if row.versions > 1 { format!(" (version {})", row.versions) } else { String::new() };
        vec![
            format!("{}{edited}", row.id),
            day(row.published.as_ref()),
            row.own_share.map_or(String::new(), |share| format!("{:.0} %", share * 100.0)),
            row.agency.as_deref().map(plain).unwrap_or_default(),
            row.title.as_deref().map(plain).unwrap_or_default(),
        ]
    });
    out.table(&["article", "date", "own", "agency", "headline"], &cells.collect::<Vec<_>>())?;
    if args.text {
        for row in &rows {
            writeln!(out, "\n{HEAD}{}{HEAD:#}", row.id)?;
            for line in row.text.as_deref().unwrap_or_default().lines() {
                writeln!(out, "{}", plain(line))?;
            }
        }
    }
    Ok(Outcome::Done)
}

pub fn accounts(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.accounts(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let roots: std::collections::HashMap<_, &ArticleId> =
        rows.iter().map(|row| (row.account.account, &row.account.root)).collect();
    for row in &rows {
        let account = &row.account;
        let orphan = if account.orphan { " (orphan: made from something not in this store)" } else { "" };
        writeln!(
            out,
            "{HEAD}{}{HEAD:#}  {}{MARK}{orphan}{MARK:#}",
            account.root,
            counted(account.articles.len(), "page", "pages")
        )?;
        for id in account.articles.iter().filter(|id| **id != account.root) {
            writeln!(out, "  with {id}")?;
        }
        if !account.origins.is_empty() {
            const NAMED: usize = 6;
            let names: Vec<String> = account.origins.iter().take(NAMED).map(|name| plain(name)).collect();
            let more = account.origins.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            writeln!(out, "  according to {}{more}", names.join(", "))?;
        }
        for root in account.rests_on.iter().filter_map(|on| roots.get(on)) {
            writeln!(out, "  rests on the account of {root}")?;
        }
        for evidence in &account.evidence {
            writeln!(out, "  {FAINT}{}{FAINT:#}", plain(&evidence.detail))?;
        }
    }
    writeln!(out, "{}", counted(rows.len(), "account", "accounts"))?;
    Ok(Outcome::Done)
}

pub fn copies(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.copies(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let cells = rows.iter().map(|row| {
        let edge = &row.edge;
        let (mut left, mut right) = (&edge.a, &edge.b);
        let (mut has, mut of) = (edge.coverage.a, edge.coverage.b);
        if edge.direction == wirecopy::model::Direction::BToA {
            (left, right) = (right, left);
            (has, of) = (of, has);
        }
        let claim = match edge.direction {
            _ if !edge.relation.is_copy() => "kin of".to_owned(),
            wirecopy::model::Direction::Undecided => "shares with".to_owned(),
            _ if edge.certainty >= STATED => "became".to_owned(),
            _ if edge.certainty >= PROBABLE => "probably became".to_owned(),
            _ => "shares with".to_owned(),
        };
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        vec![left.to_string(), claim, right.to_string(), edge.relation.as_str().into(), percent(has), percent(of)]
    });
    out.table(&["article", "", "article", "relation", "of first", "of second"], &cells.collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

pub fn lineage(config: &Config, args: &StoryArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.lineage(args.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    for row in &rows {
        let family = &row.family;
        writeln!(out, "{HEAD}{}{HEAD:#}", counted(family.members.len(), "page", "pages"))?;
        let copies: std::collections::BTreeSet<&ArticleId> = family
            .edges
            .iter()
            .filter(|edge| edge.direction == LineageDirection::FromTo)
            .map(|edge| &edge.to)
            .collect();
        let latent = family.latent.iter().map(ArticleId::from);
        let nodes: Vec<ArticleId> = latent.chain(family.members.iter().cloned()).collect();
        let mut shown = std::collections::BTreeSet::new();
        for root in nodes.iter().filter(|id| !copies.contains(id)) {
            branch(out, family, root, 1, &mut shown)?;
        }
        for edge in family.edges.iter().filter(|edge| edge.direction == LineageDirection::Undecided) {
            writeln!(out, "  {} — {}  {FAINT}which came first cannot be told{FAINT:#}", edge.from, edge.to)?;
        }
    }
    writeln!(out, "{}", counted(rows.len(), "family", "families"))?;
    Ok(Outcome::Done)
}

/// Writes an article and what was made from it.
fn branch(
    out: &mut Output,
    family: &wirecopy::model::Family,
    id: &ArticleId,
    depth: usize,
    shown: &mut std::collections::BTreeSet<ArticleId>,
) -> Result<(), Failure> {
    let again = !shown.insert(id.clone());
    let lost = if family.latent.iter().any(|name| name == id.as_str()) { "  (lost)" } else { "" };
    writeln!(out, "{}{id}{lost}", "  ".repeat(depth))?;
    if again {
        return Ok(());
    }
    let made = family.edges.iter().filter(|edge| edge.direction == LineageDirection::FromTo && &edge.from == id);
    for edge in made {
        branch(out, family, &edge.to, depth + 1, shown)?;
    }
    Ok(())
}

pub fn quotes(config: &Config, args: &QuotesArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.quotes(args.of.story.as_deref())?;
    if out.json {
        out.json_rows(&rows)?;
        return Ok(Outcome::Done);
    }
    let mut single = 0;
    for row in &rows {
        let variants = &row.quote.variants;
        if variants.len() == 1 && !args.all {
            single += 1;
            continue;
        }
        for (index, variant) in variants.iter().enumerate() {
            let ids: Vec<String> = variant.articles.iter().map(ToString::to_string).collect();
            let mark = match (index, variant.part) {
                (0, _) => "“",
                (_, true) => "  part “",
                _ => "  “",
            };
            let accounts = counted(variant.accounts, "account", "accounts");
            writeln!(out, "{mark}{}”  {FAINT}{} ({accounts}){FAINT:#}", plain(&variant.text), ids.join(", "))?;
            let words: Vec<String> =
                variant.edits.iter().filter(|edit| edit.kind != QuoteEditKind::Typography).map(edit_text).collect();
            if !words.is_empty() {
                writeln!(out, "      {}", words.join("  "))?;
            }
        }
    }
    if single > 0 {
        writeln!(
            out,
            "{FAINT}{} with a single wording: --all shows them{FAINT:#}",
            counted(single, "quotation", "quotations")
        )?;
    }
    Ok(Outcome::Done)
}

pub fn edit_text(edit: &QuoteEdit) -> String {
    match (plain(&edit.from), plain(&edit.to)) {
        (from, to) if from.is_empty() => format!("{COME}+{to}{COME:#}"),
        (from, to) if to.is_empty() => format!("{GONE}-{from}{GONE:#}"),
        (from, to) => format!("{GONE}{from}{GONE:#} → {COME}{to}{COME:#}"),
    }
}

pub fn rejects(config: &Config, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.rejects()?;
    if out.json {
        out.json_rows(&rows)?;
    } else {
        let cells: Vec<Vec<String>> =
            rows.iter().map(|row| vec![plain(&row.input), row.place.clone(), plain(&row.why)]).collect();
        out.table(&["input", "place", "why"], &cells)?;
    }
    Ok(Outcome::Done)
}

pub fn search(config: &Config, args: &SearchArgs, out: &mut Output) -> Result<Outcome, Failure> {
    let store = open(config)?;
    let rows = Library::open(&store)?.search(&args.words.join(" "), args.most)?;
    if out.json {
        out.json_rows(&rows)?;
    } else {
        for row in &rows {
            let title = row.title.as_deref().map(plain).unwrap_or_default();
            writeln!(out, "{HEAD}{}{HEAD:#}  {}  {title}", row.id, day(row.published.as_ref()))?;
            writeln!(out, "  {FAINT}{}{FAINT:#}", plain(&row.sentence))?;
        }
    }
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
