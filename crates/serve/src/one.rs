//! What there is of one thing: a story, an article, a family, a pair, a quotation, a speaker, a source.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wirecopy::model::{ArticleId, Page, Quote};
use wirecopy::{Library, MOST_WITNESSES, diff, explain_article, explain_pair, export, xray_page};
use wirecopy_web::room::Layout;
use wirecopy_web::{Frame, room};

use crate::answer::Answer;
use crate::lists::Answered;
use crate::problem::Problem;
use crate::query::Fields;
use crate::routes::{Asked, Form};

pub fn story(library: &Library, asked: &Asked) -> Answered {
    let mut dossier = library.dossier(library.story(asked.fields.need("id")?)?)?;
    let between = match (asked.fields.get("one"), asked.fields.get("other")) {
        (Some(one), Some(other)) => Some([one, other]),
        (None, None) => None,
        _ => return Err(Problem::bad("Name both sides: one and other.")),
    };
    dossier.voices = Some(library.voices(&dossier.story, between)?);
    let speaker = asked.fields.get("speaker");
    Ok(Some(match asked.form {
        Form::Page => Answer::html(room::story(library, &dossier, speaker, asked.frame(false, false))?),
        Form::Json => {
            let told = dossier.told.as_ref();
            let disputes = told.map(|told| {
                let with = told.disputes.iter().zip(&told.passages);
                let row = |(dispute, passages): (&_, &_)| {
                    let mut row = json!(dispute);
                    row["sentences"] = json!(passages);
                    row
                };
                with.map(row).collect::<Vec<Value>>()
            });
            let mut answer = json!({
                "story": dossier.story,
                "accounts": dossier.accounts,
                "lineage": dossier.families,
                "quotes": dossier.quotes,
                "timeline": told.map(|told| &told.timeline),
                "developments": told.map(|told| &told.developments),
                "statements": dossier.statements,
                "voices": dossier.voices,
                "decisions": dossier.decisions.on_story(&dossier.story),
            });
            answer["disputes"] = json!(disputes);
            Answer::json(&answer)
        }
        _ => return Ok(None),
    }))
}

pub fn article(library: &Library, asked: &Asked) -> Answered {
    let at = asked.fields.get("at").map(str::parse::<usize>).transpose();
    let at = at.map_err(|_| Problem::bad("at is the number of a character of the page's text."))?;
    let dossier = library.dossier_of_article(asked.fields.need("id")?)?;
    Ok(Some(match asked.form {
        Form::Page => {
            let speaker = asked.fields.get("speaker");
            Answer::html(room::article(library, &dossier, at, speaker, asked.frame(false, false))?)
        }
        Form::Json => {
            let member = &dossier.members[0];
            Answer::json(&json!({
                "article": member.article,
                "published": member.published,
                "story": dossier.story.story,
                "xray": member.xray,
                "claims": member.claims,
                "timexes": member.timexes,
                "edits": member.edits,
                "reference": member.reference,
                "decisions": dossier.decisions.on_article(&member.article.id),
                "pairs": dossier.pairs.iter().chain(&dossier.outside).collect::<Vec<_>>(),
            }))
        }
        _ => return Ok(None),
    }))
}

pub fn family(library: &Library, asked: &Asked) -> Answered {
    let id = asked.fields.need("id")?;
    let family = library.store().family(id)?;
    let family = family.ok_or_else(|| Problem::missing(format!("No family {id:?} is in this store.")))?;
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&json!({"family": id, "lineage": family})),
        Form::Gexf => {
            Answer::new("application/gexf+xml", export::graph::lineage(library, &family)?.gexf()).named("family.gexf")
        }
        Form::Dot => {
            Answer::new("text/vnd.graphviz", export::graph::lineage(library, &family)?.dot()).named("family.dot")
        }
        Form::Page => {
            let first = family.members.first();
            let story = first.map(|id| library.story_of(id)).transpose()?.flatten();
            let story = story.ok_or_else(|| Problem::missing("The family is being worked out anew."))?;
            let dossier = library.dossier(story)?;
            Answer::html(room::family(library, &dossier, &family, asked.frame(false, false))?)
        }
        _ => return Ok(None),
    }))
}

pub fn collation(library: &Library, asked: &Asked) -> Answered {
    let (a, b) = (asked.fields.need("a")?, asked.fields.need("b")?);
    let everything = match asked.fields.get("show").unwrap_or("substance") {
        "substance" => false,
        "everything" => true,
        _ => return Err(Problem::bad("show is substance or everything.")),
    };
    let (a, b) = (library.article_or_version(a)?, library.article_or_version(b)?);
    if a.id == b.id {
        return Err(Problem::bad("Name two pages."));
    }
    let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
    if asked.form == Form::Json {
        return Ok(Some(Answer::json(&diff(&a, &b))));
    }
    if asked.form == Form::Csv {
        let rows: Vec<Value> = diff(&a, &b).differences.iter().map(|difference| json!(difference)).collect();
        return Ok(Some(Answer::csv(&rows)?));
    }
    if asked.form != Form::Page {
        return Ok(None);
    }
    let kept = library.store().pairs_of(a.id.as_str())?.into_iter().map(|pair| pair.edge).find(|edge| edge.b == b.id);
    let Some(edge) = kept.or_else(|| diff(&a, &b).pair) else {
        let reasons = explain_pair(library, a.id.as_str(), b.id.as_str())?;
        let page = room::explain(library, &a.id, Some(&b.id), &reasons, asked.frame(false, false))?;
        return Ok(Some(Answer::html(page)));
    };
    let dossier = library.dossier_of_pair(&a.id, &b.id)?;
    let frame = asked.frame(true, false);
    Ok(Some(Answer::html(room::collation(library, &dossier, &edge, (&a, &b), everything, frame)?)))
}

/// Many witnesses of one text: named by `w`, or the members of a family.
pub fn apparatus(library: &Library, asked: &Asked) -> Answered {
    let show = |field: &str, usual: &str, other: &str| match asked.fields.get(field).unwrap_or(usual) {
        value if value == usual => Ok(false),
        value if value == other => Ok(true),
        _ => Err(Problem::bad(format!("{field} is {usual} or {other}."))),
    };
    let layout =
        Layout { table: show("view", "apparatus", "table")?, everything: show("show", "substance", "everything")? };
    let members = asked.fields.get("family").map(|id| members(library, id)).transpose()?.unwrap_or_default();
    let mut ids: Vec<&str> = asked.fields.all("w");
    ids.extend(members.iter().map(|id| id.as_str()));
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    if !(2..=MOST_WITNESSES).contains(&distinct.len()) {
        return Err(Problem::bad(format!("Name from 2 to {MOST_WITNESSES} pages with w, or a family.")));
    }
    let (articles, found) = library.collate(&ids, asked.fields.get("base"))?;
    let address = |layout: Layout| {
        let view = if layout.table { "table" } else { "apparatus" };
        let show = if layout.everything { "everything" } else { "substance" };
        let path = asked.fields.with("/apparatus", "view", Some(view));
        let fields = path.split_once('?').map_or("", |(_, query)| query);
        Fields::parse(fields.as_bytes()).map_or(String::new(), |fields| fields.with("/apparatus", "show", Some(show)))
    };
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&found),
        Form::Csv => Answer::csv(&found.places.iter().map(|place| json!(place)).collect::<Vec<_>>())?,
        Form::Page => {
            let frame = asked.frame(true, false);
            Answer::html(room::apparatus(library, (&articles, &found), layout, address, frame)?)
        }
        _ => return Ok(None),
    }))
}

/// The members of a family; of a large one those that come first.
fn members(library: &Library, family: &str) -> Result<Vec<ArticleId>, Problem> {
    let found = library.store().family(family)?;
    let found = found.ok_or_else(|| Problem::missing(format!("No family {family:?} is in this store.")))?;
    let mut heads = library.store().heads_of(&found.members)?;
    heads.sort_by_key(|head| (head.place.is_none(), head.place));
    Ok(heads.into_iter().take(MOST_WITNESSES).map(|head| head.id).collect())
}

pub fn quote(library: &Library, asked: &Asked) -> Answered {
    let id = asked.fields.need("id")?;
    let quote = library.store().quote(id)?;
    let quote = quote.ok_or_else(|| Problem::missing(format!("No quotation {id:?} is in this store.")))?;
    let story = story_of(library, &quote)?;
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&json!({"quote": quote, "story": story.map(|story| story.story)})),
        Form::Csv => Answer::csv(&quote.variants.iter().map(|variant| json!(variant)).collect::<Vec<_>>())?,
        Form::Page => Answer::html(room::quote(library, &quote, story.as_ref(), asked.frame(true, false))?),
        _ => return Ok(None),
    }))
}

fn story_of(library: &Library, quote: &Quote) -> Result<Option<wirecopy::model::Story>, Problem> {
    let first = quote.variants.first().and_then(|variant| variant.articles.first());
    Ok(first.map(|id| library.story_of(id)).transpose()?.flatten())
}

pub fn speaker(library: &Library, asked: &Asked) -> Answered {
    let name = asked.fields.need("name")?;
    let view = library.speaker(name)?;
    let view = view.ok_or_else(|| Problem::missing(format!("Nobody called {name:?} is cited in this store.")))?;
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&view),
        Form::Csv => Answer::csv(&view.said.iter().map(|cited| json!(cited)).collect::<Vec<_>>())?,
        Form::Page => Answer::html(room::speaker(library, &view, asked.frame(true, true))?),
        _ => return Ok(None),
    }))
}

pub fn source(library: &Library, asked: &Asked) -> Answered {
    let name = asked.fields.need("name")?;
    let view = library.source(name)?;
    let view = view.ok_or_else(|| Problem::missing(format!("No source {name:?} is in this store.")))?;
    let rows = || {
        let row = |head: &wirecopy::ArticleHead| {
            let published = head.published.as_ref().and_then(|date| date.value.as_ref());
            json!({"id": head.id, "title": head.title, "published": published, "own_share": head.own_share})
        };
        view.articles.iter().map(row).collect::<Vec<_>>()
    };
    let tie = |tie: &wirecopy::SourceCopy| json!({"source": tie.source, "copy": tie.copy, "pages": tie.pages, "lag_days": tie.lag});
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&json!({
            "source": view.source.name,
            "articles": view.source.articles,
            "roots": view.source.roots,
            "own_share": view.source.own,
            "copies_from": view.from.iter().map(tie).collect::<Vec<_>>(),
            "copied_by": view.by.iter().map(tie).collect::<Vec<_>>(),
            "latest": rows(),
        })),
        Form::Csv => Answer::csv(&rows())?,
        Form::Page => Answer::html(room::source(&view, asked.frame(true, true))?),
        _ => return Ok(None),
    }))
}

pub fn explain(library: &Library, asked: &Asked) -> Answered {
    let a = library.article(asked.fields.need("a")?)?;
    let b = asked.fields.get("b").map(|id| library.article(id)).transpose()?;
    let reasons = match &b {
        Some(b) => explain_pair(library, a.id.as_str(), b.id.as_str())?,
        None => explain_article(library, a.id.as_str())?,
    };
    let b = b.as_ref().map(|b| &b.id);
    Ok(Some(match asked.form {
        Form::Json => Answer::json(&json!({"a": a.id, "b": b, "reasons": reasons})),
        Form::Page => Answer::html(room::explain(library, &a.id, b, &reasons, asked.frame(false, false))?),
        _ => return Ok(None),
    }))
}

/// A text that is pasted, against everything in the store.
pub fn taken_apart(library: &Library, text: &str, as_page: bool) -> Result<Answer, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::bad("There is no text."));
    }
    let page = Page::of_text("pasted", text);
    let (article, xray) = xray_page(library, &page)?;
    if as_page {
        let page = room::xray(library, text, Some((&article, &xray)), Frame::default())?;
        return Ok(Answer::html(page));
    }
    Ok(Answer::json(&json!({"text": article.text, "xray": xray})))
}
