//! Lists: stories, sources, speakers, ties, inputs, alerts, what a search found.

use serde_json::{Value, json};
use wirecopy::model::Account;
use wirecopy::{Library, Onward, Query, ReferenceRow, SourceCopy, StoryCard, export};
use wirecopy_web::room::{self, Cell, Network, Table};

use crate::answer::Answer;
use crate::problem::Problem;
use crate::query::cursor;
use crate::routes::{Asked, Form};

pub type Answered = Result<Option<Answer>, Problem>;

/// So many rows stand on a page unless another number is asked for, and the most.
const ROWS: usize = 30;
const MOST_ROWS: usize = 500;
/// Of those that are asked for so many stories are counted, more are "or more".
const MOST_COUNTED: usize = 1_000;
/// So many names are suggested.
const SUGGESTED: usize = 60;
/// So many ties and pairs are listed.
const TIES: usize = 400;
/// So many articles of a search.
const HITS: usize = 20;

/// A story as a row of a list.
pub fn row(card: &StoryCard) -> Value {
    let mut row = json!(card.story);
    row["pages"] = json!(card.story.articles.len());
    row["copies"] = json!(card.copies);
    row["altered"] = json!(card.altered);
    row["disputes"] = json!(card.disputes);
    row
}

/// A list as JSON, with where it goes on.
fn list(name: &str, rows: Vec<Value>, next: Option<String>) -> Answer {
    let mut answer = serde_json::Map::new();
    answer.insert(name.to_owned(), rows.into());
    answer.insert("next".into(), json!(next));
    Answer::json(&Value::Object(answer))
}

pub fn stories(library: &Library, asked: &Asked) -> Answered {
    let (filter, problem) = asked.fields.stories()?;
    if let (Some(problem), false) = (&problem, asked.form == Form::Page) {
        return Err(Problem::bad(problem.clone()));
    }
    let store = library.store();
    let limit = asked.fields.limit(ROWS, MOST_ROWS)?;
    let mut cards = store.story_cards(&filter, asked.fields.onward()?.as_ref(), limit + 1)?;
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = cards.last().filter(|_| more).map(|card| cursor(&card.onward));
    let rows = || cards.iter().map(row).collect::<Vec<_>>();
    Ok(Some(match asked.form {
        Form::Json => list("stories", rows(), next),
        Form::Csv => Answer::csv(&rows())?,
        Form::Page => {
            let counts = store.counts()?;
            let everything = filter == wirecopy::StoryFilter { order: filter.order, ..Default::default() };
            let found = if everything { counts[1] } else { store.count_stories(&filter, MOST_COUNTED)? };
            let mut with: Vec<(StoryCard, Vec<Account>)> = Vec::with_capacity(cards.len());
            for card in cards {
                let single = card.story.articles.len() == 1;
                let of = if single { Vec::new() } else { store.accounts_in(&card.story.story.to_string())? };
                with.push((card, of));
            }
            let names = (store.sources(None, SUGGESTED)?, store.speakers(None, SUGGESTED)?);
            let next = next.map(|cursor| asked.onward(&cursor));
            let frame = asked.frame(true, true);
            let found = (found, !everything && found == MOST_COUNTED);
            Answer::html(room::stories(counts, (&filter, problem), found, &with, (&names.0, &names.1), next, frame)?)
        }
        _ => return Ok(None),
    }))
}

pub fn sources(library: &Library, asked: &Asked) -> Answered {
    let limit = asked.fields.limit(100, MOST_ROWS)?;
    let mut found = library.store().sources(asked.fields.onward()?.as_ref(), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more);
    let next = last.map(|source| cursor(&Onward { key: source.articles.to_string(), id: source.name.clone() }));
    let rows: Vec<Value> = found
        .iter()
        .map(|source| {
            json!({"source": source.name, "articles": source.articles, "roots": source.roots, "own_share": source.own})
        })
        .collect();
    let percent = |share: Option<f64>| share.map_or(String::new(), |share| format!("{:.0} %", share * 100.0));
    tabular(asked, "sources", rows, next, || {
        Table {
        title: "Sources".into(),
        lead: "Who publishes the pages of this store. Own is the share of a page’s words that no earlier page has, on average."
            .into(),
        nothing: "No page says who publishes it.".into(),
        columns: vec![("Source", false), ("Pages", true), ("Root an account", true), ("Own", true)],
        rows: found
            .iter()
            .map(|source| {
                let link = room::address("/source", &[("name", &source.name)]);
                vec![
                    Cell::link(&source.name, link),
                    Cell::plain(source.articles.to_string()),
                    Cell::plain(source.roots.to_string()),
                    Cell::plain(percent(source.own)),
                ]
            })
            .collect(),
        next: None,
    }
    })
}

pub fn speakers(library: &Library, asked: &Asked) -> Answered {
    let limit = asked.fields.limit(100, MOST_ROWS)?;
    let mut found = library.store().speakers(asked.fields.onward()?.as_ref(), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more);
    let next = last.map(|speaker| cursor(&Onward { key: speaker.articles.to_string(), id: speaker.name.clone() }));
    let rows: Vec<Value> = found
        .iter()
        .map(|speaker| json!({"speaker": speaker.name, "articles": speaker.articles, "claims": speaker.claims}))
        .collect();
    tabular(asked, "speakers", rows, next, || Table {
        title: "Speakers".into(),
        lead: "Who is cited, by names that are at least probable.".into(),
        nothing: "Nobody is known to be cited. A build without --no-claims reads who said what.".into(),
        columns: vec![("Speaker", false), ("Pages", true), ("Times", true)],
        rows: found
            .iter()
            .map(|speaker| {
                let link = room::address("/speaker", &[("name", &speaker.name)]);
                let (articles, claims) = (speaker.articles.to_string(), speaker.claims.to_string());
                vec![Cell::link(&speaker.name, link), Cell::plain(articles), Cell::plain(claims)]
            })
            .collect(),
        next: None,
    })
}

pub fn references(library: &Library, asked: &Asked) -> Answered {
    let limit = asked.fields.limit(100, MOST_ROWS)?;
    let after = asked.fields.onward()?.map(|onward| onward.id);
    let store = library.store();
    let mut ids = store.references_after(after.as_deref(), limit + 1)?;
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().filter(|_| more).map(|id| cursor(&Onward { key: String::new(), id: id.to_string() }));
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        rows.extend(library.reference_of(id)?);
    }
    let row = |row: &ReferenceRow| {
        json!({"reference": row.reference, "title": row.title, "source": row.source, "published": row.published,
               "whole": row.counts.whole, "part": row.counts.part, "quoted": row.counts.quoted,
               "altering": row.counts.altering})
    };
    Ok(Some(match asked.form {
        Form::Json => list("references", rows.iter().map(row).collect(), next),
        Form::Csv => Answer::csv(&rows.iter().map(row).collect::<Vec<_>>())?,
        Form::Page => {
            let next = next.map(|cursor| asked.onward(&cursor));
            Answer::html(room::references(&rows, next, asked.frame(true, false))?)
        }
        _ => return Ok(None),
    }))
}

/// A table in the form that is asked for.
fn tabular(
    asked: &Asked,
    name: &str,
    rows: Vec<Value>,
    next: Option<String>,
    table: impl FnOnce() -> Table,
) -> Answered {
    Ok(Some(match asked.form {
        Form::Json => list(name, rows, next),
        Form::Csv => Answer::csv(&rows)?,
        Form::Page => {
            let next = next.map(|cursor| asked.onward(&cursor));
            let feed = name == "alerts";
            Answer::html(room::table(Table { next, ..table() }, asked.frame(true, feed))?)
        }
        _ => return Ok(None),
    }))
}

pub fn network(library: &Library, asked: &Asked) -> Answered {
    let ties = library.store().network(TIES)?;
    let row =
        |tie: &SourceCopy| json!({"source": tie.source, "copy": tie.copy, "pages": tie.pages, "lag_days": tie.lag});
    let graph = || export::graph::network(&ties);
    Ok(Some(match asked.form {
        Form::Json => list("ties", ties.iter().map(row).collect(), None),
        Form::Csv => Answer::csv(&ties.iter().map(row).collect::<Vec<_>>())?,
        Form::Gexf => Answer::new("application/gexf+xml", graph().gexf()).named("network.gexf"),
        Form::Dot => Answer::new("text/vnd.graphviz", graph().dot()).named("network.dot"),
        Form::Page => Answer::html(room::network(&Network { ties }, asked.frame(true, false))?),
        _ => return Ok(None),
    }))
}

pub fn copies(library: &Library, asked: &Asked) -> Answered {
    let (source, copy) = (asked.fields.need("source")?, asked.fields.need("copy")?);
    let store = library.store();
    let pairs = store.pairs_between(source, copy, TIES)?;
    let heads = store.heads_of(pairs.iter().flat_map(|(one, other)| [one, other]))?;
    let title = |id: &wirecopy::model::ArticleId| {
        heads.iter().find(|head| &head.id == id).map_or_else(|| id.to_string(), room::headline)
    };
    let rows = pairs.iter().map(|(one, other)| json!({"source": one, "copy": other})).collect();
    let link =
        |id: &wirecopy::model::ArticleId| Cell::link(title(id), room::address("/article", &[("id", id.as_str())]));
    tabular(asked, "copies", rows, None, || Table {
        title: format!("{copy} from {source}"),
        lead: "Pages of the one that are stated, or probable, to be made from pages of the other.".into(),
        nothing: "There are none.".into(),
        columns: vec![("Page", false), ("Made from", false), ("Both", false)],
        rows: pairs
            .iter()
            .map(|(one, other)| {
                let pair = room::address("/collation", &[("a", one.as_str()), ("b", other.as_str())]);
                vec![link(other), link(one), Cell::link("compare", pair)]
            })
            .collect(),
        next: None,
    })
}

pub fn ingest(library: &Library, asked: &Asked) -> Answered {
    let rejects = library.rejects()?;
    let shown = &rejects[..rejects.len().min(1_000)];
    tabular(asked, "rejects", rejects.iter().map(|reject| json!(reject)).collect(), None, || Table {
        title: "Inputs that could not be used".into(),
        lead: match rejects.len() {
            0 => "What was read and is no page, each with the reason.".into(),
            count => format!("{count} of what was read, each with the reason."),
        },
        nothing: "Everything that was read could be used.".into(),
        columns: vec![("Input", false), ("Place", false), ("Why", false)],
        rows: shown
            .iter()
            .map(|reject| vec![Cell::plain(&reject.input), Cell::plain(&reject.place), Cell::plain(&reject.why)])
            .collect(),
        next: None,
    })
}

pub fn decisions(library: &Library, asked: &Asked) -> Answered {
    let rows = library.decisions()?;
    let moves = library.store().story_moves()?;
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&json!({"decisions": rows, "moves": moves})),
        Form::Csv => Answer::csv(
            &rows
                .iter()
                .map(|row| json!({"number": row.kept.number, "says": row.says, "does": row.does, "undo": row.undo}))
                .collect::<Vec<_>>(),
        )?,
        Form::Page => Answer::html(room::decisions(&rows, &moves, asked.frame(true, false))?),
        _ => return Ok(None),
    }))
}

pub fn alerts(library: &Library, asked: &Asked) -> Answered {
    let kind = asked.fields.get("kind");
    let alerts = crate::alerts::alerts(library, kind)?;
    let rows = alerts
        .iter()
        .map(|alert| json!({"kind": alert.kind, "title": alert.title, "detail": alert.text, "href": alert.href, "date": alert.date}))
        .collect();
    tabular(asked, "alerts", rows, None, || {
        Table {
        title: "Alerts".into(),
        lead: "A quotation was altered, a second account confirms, a page was edited, a reference text was carried: the latest of each. The feed of this \
               page brings them to a reader of feeds."
            .into(),
        nothing: "There are none.".into(),
        columns: vec![("What", false), ("Kind", false), ("Date", false)],
        rows: alerts
            .iter()
            .map(|alert| {
                let day = alert.date.as_deref().and_then(|date| date.split('T').next()).unwrap_or_default();
                let kind = Cell::link(alert.kind, room::address("/alerts", &[("kind", alert.kind)]));
                vec![Cell::link(&alert.title, alert.href.clone()), kind, Cell::plain(day)]
            })
            .collect(),
        next: None,
    }
    })
}

pub fn search(library: &Library, asked: &Asked) -> Answered {
    let text = asked.fields.get("q").unwrap_or_default();
    let query = Query::parse(text);
    let limit = asked.fields.limit(HITS, 100)?;
    let results = library.find(&query, limit)?;
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&results),
        Form::Csv => Answer::csv(&results.articles.iter().map(|row| json!(row)).collect::<Vec<_>>())?,
        Form::Page => {
            let frame = asked.frame(true, true);
            Answer::html(room::search(library, (text, &query), &results, limit, frame)?)
        }
        _ => return Ok(None),
    }))
}
