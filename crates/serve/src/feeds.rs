//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 of stories, a search, a speaker, a source, and of alerts.

use serde_json::json;
use wirecopy::model::{ArticleId, ContentId, DateValue, DocumentDate};
use wirecopy::{Cited, Library, Query, StoryCard};
use wirecopy_web::room;

use crate::alerts::alerts;
use crate::answer::{ATOM, Answer, FEED};
use crate::lists::Answered;
use crate::problem::Problem;
use crate::routes::{Asked, Form};

/// So many entries a feed has.
pub const ENTRIES: usize = 40;

/// An entry of a feed.
struct Entry {
    id: ContentId,
    title: String,
    /// From this server's root.
    href: String,
    text: String,
    date: Option<String>,
}

pub fn feed(library: &Library, asked: &Asked) -> Answered {
    let (title, page, entries) = match asked.name {
        "stories" => ("Stories".to_owned(), "/stories", stories(library, asked)?),
        "search" => {
            let text = asked.fields.need("q")?;
            (format!("Search: {text}"), "/search", search(library, text)?)
        }
        "speaker" => {
            let name = asked.fields.need("name")?;
            (name.to_owned(), "/speaker", speaker(library, name)?)
        }
        "source" => {
            let name = asked.fields.need("name")?;
            (name.to_owned(), "/source", source(library, name)?)
        }
        "alerts" => {
            let alerts = alerts(library, asked.fields.get("kind"))?.into_iter().map(|alert| Entry {
                id: ContentId::of("alert", [alert.kind, &alert.href, &alert.text]),
                title: alert.title,
                href: alert.href,
                text: alert.text,
                date: alert.date,
            });
            ("Alerts".to_owned(), "/alerts", alerts.take(ENTRIES).collect())
        }
        _ => return Ok(None),
    };
    let home = format!("{}{}", asked.base, asked.fields.with(page, "", None));
    let ending = if asked.form == Form::Atom { "atom" } else { "feed" };
    let own = format!("{}{}", asked.base, asked.fields.with(&format!("{page}.{ending}"), "", None));
    Ok(Some(match asked.form {
        Form::Atom => Answer::new(ATOM, atom(&title, asked.base, &home, &own, &entries)),
        _ => Answer::new(FEED, json_feed(&title, asked.base, &home, &own, &entries)),
    }))
}

fn stories(library: &Library, asked: &Asked) -> Result<Vec<Entry>, Problem> {
    let (filter, _) = asked.fields.stories()?;
    let cards = library.store().story_cards(&filter, None, ENTRIES)?;
    let entry = |card: &StoryCard| {
        let story = &card.story;
        let (pages, accounts) = (story.articles.len(), story.accounts);
        let mut text = format!("{pages} pages, {accounts} accounts, {} copies.", card.copies);
        if card.altered > 0 {
            text += &format!(" Altered quotations: {}.", card.altered);
        }
        if card.disputes > 0 {
            text += &format!(" Disagreements: {}.", card.disputes);
        }
        Entry {
            // A story that has grown is news.
            id: ContentId::of("entry", [story.story.to_string(), pages.to_string(), card.disputes.to_string()]),
            title: story.title.clone(),
            href: room::address("/story", &[("id", &story.story.to_string())]),
            text,
            date: stamp(story.last.as_ref()),
        }
    };
    Ok(cards.iter().map(entry).collect())
}

fn search(library: &Library, text: &str) -> Result<Vec<Entry>, Problem> {
    let results = library.find(&Query::parse(text), ENTRIES)?;
    let entry = |row: wirecopy::SearchRow| Entry {
        id: ContentId::of("page", [row.id.as_str()]),
        title: row.title.unwrap_or_else(|| row.id.to_string()),
        href: room::address("/article", &[("id", row.id.as_str()), ("at", &row.start.to_string())]),
        text: row.sentence,
        date: dated(row.published.as_ref()),
    };
    let mut entries: Vec<Entry> = results.articles.into_iter().map(entry).collect();
    entries.sort_by(|one, other| other.date.cmp(&one.date));
    Ok(entries)
}

fn speaker(library: &Library, name: &str) -> Result<Vec<Entry>, Problem> {
    let view = library.speaker(name)?;
    let view = view.ok_or_else(|| Problem::missing(format!("Nobody called {name:?} is cited in this store.")))?;
    let entry = |cited: &Cited| Entry {
        id: ContentId::of("cited", [cited.article.as_str(), &cited.start.to_string(), &cited.text]),
        title: format!("{name}: {}", clip(&cited.text, 80)),
        href: room::address("/article", &[("id", cited.article.as_str()), ("at", &cited.start.to_string())]),
        text: format!("{}: {}", cited.chain.join(", citing "), cited.text),
        date: stamp(cited.published.as_ref()),
    };
    Ok(view.said.iter().take(ENTRIES).map(entry).collect())
}

fn source(library: &Library, name: &str) -> Result<Vec<Entry>, Problem> {
    let view = library.source(name)?;
    let view = view.ok_or_else(|| Problem::missing(format!("No source {name:?} is in this store.")))?;
    let entry = |head: &wirecopy::ArticleHead| Entry {
        id: ContentId::of("page", [head.id.as_str(), &head.versions.to_string()]),
        title: room::headline(head),
        href: page(&head.id),
        text: head.own_share.map_or(String::new(), |own| format!("{:.0} % of it is its own text.", own * 100.0)),
        date: dated(head.published.as_ref()),
    };
    Ok(view.articles.iter().take(ENTRIES).map(entry).collect())
}

pub fn page(id: &ArticleId) -> String {
    room::address("/article", &[("id", id.as_str())])
}

pub fn clip(text: &str, most: usize) -> String {
    let mut clipped: String = text.chars().take(most).collect();
    if text.chars().nth(most).is_some() {
        clipped.push('…');
    }
    clipped
}

/// The date as a feed has it: RFC 3339, the first moment of a day where no time is known.
pub fn stamp(date: Option<&DateValue>) -> Option<String> {
    let date = date?;
    let stamp = date.instant().map(|instant| instant.to_string());
    Some(stamp.unwrap_or_else(|| format!("{}T00:00:00Z", date.day())))
}

pub fn dated(date: Option<&DocumentDate>) -> Option<String> {
    let date = date?;
    stamp(date.value.as_ref()).or_else(|| date.interval.map(|days| format!("{}T00:00:00Z", days.start)))
}

/// What is not dated: Atom wants a time of everything.
const UNDATED: &str = "1970-01-01T00:00:00Z";

fn atom(title: &str, base: &str, home: &str, own: &str, entries: &[Entry]) -> String {
    let updated = entries.iter().filter_map(|entry| entry.date.as_deref()).max().unwrap_or(UNDATED);
    let mut feed =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    feed += &format!("<id>urn:wirecopy:feed:{}</id>\n", ContentId::of("feed", [own]));
    feed += &format!("<title>{}</title>\n<updated>{updated}</updated>\n", xml(title));
    feed += "<author><name>wirecopy</name></author>\n";
    feed += &format!("<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n", xml(own), xml(home));
    for entry in entries {
        feed += &format!(
            "<entry><id>urn:wirecopy:{}</id><title>{}</title><updated>{}</updated><link href=\"{}\"/><summary>{}</summary></entry>\n",
            entry.id,
            xml(&entry.title),
            entry.date.as_deref().unwrap_or(UNDATED),
            xml(&format!("{base}{}", entry.href)),
            xml(&entry.text)
        );
    }
    feed + "</feed>\n"
}

fn json_feed(title: &str, base: &str, home: &str, own: &str, entries: &[Entry]) -> String {
    let item = |entry: &Entry| {
        let mut item = json!({
            "id": format!("urn:wirecopy:{}", entry.id),
            "url": format!("{base}{}", entry.href),
            "title": entry.title,
            "content_text": entry.text,
        });
        if let Some(date) = &entry.date {
            item["date_published"] = json!(date);
        }
        item
    };
    let items: Vec<_> = entries.iter().map(item).collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "items": items,
    })
    .to_string()
}

/// Text as XML 1.0 can say it: what it has no way to say is left out.
fn xml(text: &str) -> String {
    wirecopy::export::graph::xml(text)
}
