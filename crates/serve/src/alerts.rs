//! What a desk wants to be told of: a table of kinds, each with the question that finds its latest.

use wirecopy::model::{ArticleId, Quote};
use wirecopy::{Library, Saying};
use wirecopy_web::room;

use crate::feeds::{ENTRIES, clip, dated, page, stamp};
use crate::problem::Problem;

/// Something that a desk wants to know of.
pub struct Alert {
    pub kind: &'static str,
    pub title: String,
    /// From this server's root.
    pub href: String,
    pub text: String,
    pub date: Option<String>,
}

type Find = fn(&Library) -> Result<Vec<Alert>, Problem>;

/// The kinds, by the names that `kind=` takes. Another kind is another row.
const KINDS: [(&str, Find); 4] =
    [("altered", altered), ("carried", carried), ("confirmed", confirmed), ("edited", edited)];

/// The latest alerts of one kind, or of each, the latest first.
pub fn alerts(library: &Library, kind: Option<&str>) -> Result<Vec<Alert>, Problem> {
    let asked: Vec<Find> =
        KINDS.iter().filter(|(name, _)| kind.is_none_or(|kind| kind == *name)).map(|(_, find)| *find).collect();
    if asked.is_empty() {
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        return Err(Problem::bad(format!("kind is one of {}.", names.join(", "))));
    }
    let mut alerts = Vec::new();
    for find in asked {
        alerts.extend(find(library)?);
    }
    alerts.sort_by(|one, other| other.date.cmp(&one.date));
    Ok(alerts)
}

/// A page prints a quotation in other words than the one it stands first on.
fn altered(library: &Library) -> Result<Vec<Alert>, Problem> {
    let alert = |(story, quote): (wirecopy::model::Story, Quote)| {
        let by: Vec<&str> = altering(&quote).into_iter().map(ArticleId::as_str).collect();
        Alert {
            kind: "altered",
            title: format!("Altered: “{}”", clip(&quote.quote, 80)),
            href: room::address("/quote", &[("id", &quote.id.to_string())]),
            text: format!("“{}” is printed in other words by {}.", quote.quote, by.join(", ")),
            date: stamp(story.last.as_ref()),
        }
    };
    Ok(library.store().altered_lately(ENTRIES)?.into_iter().map(alert).collect())
}

fn altering(quote: &Quote) -> Vec<&ArticleId> {
    let altered = quote.variants.iter().filter(|variant| variant.is_altered());
    altered.flat_map(|variant| &variant.articles).take(8).collect()
}

/// A second account says what one said.
fn confirmed(library: &Library) -> Result<Vec<Alert>, Problem> {
    let alert = |(story, saying): (wirecopy::model::Story, Saying)| {
        let clearest = &saying.clearest;
        let id = story.story.to_string();
        Alert {
            kind: "confirmed",
            title: format!("In {} accounts: {}", saying.statement.accounts, clip(&clearest.text, 80)),
            href: format!("{}#said", room::address("/story", &[("id", &id)])),
            text: format!("{}: {}", clearest.chain.join(", citing "), clearest.text),
            date: stamp(story.last.as_ref()),
        }
    };
    Ok(library.confirmed(ENTRIES)?.into_iter().map(alert).collect())
}

/// A page came again with other content.
fn edited(library: &Library) -> Result<Vec<Alert>, Problem> {
    let alert = |head: wirecopy::ArticleHead| Alert {
        kind: "edited",
        title: format!("Edited: {}", room::headline(&head)),
        href: format!("{}#versions", page(&head.id)),
        text: format!("Came in {} versions.", head.versions),
        date: dated(head.published.as_ref()),
    };
    Ok(library.store().edited(ENTRIES)?.into_iter().map(alert).collect())
}

/// A page carries some of a text of the reference set.
fn carried(library: &Library) -> Result<Vec<Alert>, Problem> {
    let pairs = library.store().carried_lately(ENTRIES)?;
    let heads = library.store().heads_of(pairs.iter().flat_map(|(text, page)| [text, page]))?;
    let head = |id: &ArticleId| heads.iter().find(|head| &head.id == id);
    let alert = |(text, page): &(ArticleId, ArticleId)| {
        let (text, page) = (head(text)?, head(page)?);
        let title = room::headline(text);
        Some(Alert {
            kind: "carried",
            title: format!("Carried: {}", clip(&title, 80)),
            href: room::address("/collation", &[("a", text.id.as_str()), ("b", page.id.as_str())]),
            text: format!("“{}” carries some of “{title}”.", room::headline(page)),
            date: dated(page.published.as_ref()),
        })
    };
    Ok(pairs.iter().filter_map(alert).collect())
}
