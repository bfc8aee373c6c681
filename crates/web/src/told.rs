//! What a story's articles tell together, as its page shows it: the disputes as cards, what several say. The timeline is in
//! `timeline.rs`.

use wirecopy::model::{Dispute, DisputeKind, Medium, PROBABLE, STATED, Severity, Slot};
use wirecopy::{Decision, Saying, dispute_id};

use crate::desk::Desk;
use crate::remarks::{Remark, commands, remarks};
use crate::view::Ref;
use crate::words::{self, clip, counted};

/// Disputes.
pub(crate) struct ToldView {
    pub disputes: Vec<Card>,
}

/// A dispute.
pub(crate) struct Card {
    pub anchor: String,
    pub kind: &'static str,
    /// Between whom, where it is not accounts.
    pub between: &'static str,
    pub about: String,
    pub severity: &'static str,
    pub why: String,
    pub readings: Vec<Reading>,
    pub remarks: Vec<Remark>,
    pub commands: Vec<String>,
}

/// One side of it.
pub(crate) struct Reading {
    pub value: String,
    pub accounts: String,
    /// The sentence, around the value.
    pub before: String,
    pub mention: String,
    pub after: String,
    pub link: Option<Ref>,
    pub others: Vec<Ref>,
}

/// What several articles say.
pub(crate) struct SayingView {
    pub chain: Vec<(String, Option<String>)>,
    pub certainty: &'static str,
    pub verb: &'static str,
    pub text: String,
    pub link: Ref,
    pub accounts: String,
    pub pages: String,
    pub others: Vec<String>,
}

/// The most disputes that are shown, and the longest sentence that is shown whole.
const MOST_CARDS: usize = 40;
const SENTENCE: usize = 500;
const CARRIERS: usize = 8;

/// What is told, where it was worked out and is not nothing.
pub(crate) fn told(desk: &Desk) -> Option<ToldView> {
    let told = desk.dossier.told.as_ref()?;
    let cards = told.disputes.iter().enumerate().take(MOST_CARDS);
    let disputes: Vec<Card> = cards.map(|(number, dispute)| card(desk, number, dispute)).collect();
    (!disputes.is_empty()).then_some(ToldView { disputes })
}

/// The place of a dispute on its story's page.
pub(crate) fn anchor(number: usize) -> String {
    format!("d{}", number + 1)
}

fn card(desk: &Desk, number: usize, dispute: &Dispute) -> Card {
    let passages = desk.dossier.told.as_ref().and_then(|told| told.passages.get(number));
    let readings = dispute.readings.iter().enumerate().map(|(at, reading)| {
        let passage = passages.and_then(|passages| passages.get(at));
        let mention = reading.mentions.first();
        let sentence = passage.map_or("", |passage| passage.text.as_str());
        // The value as the sentence writes it; the text of a passage has its spaces evened out.
        let value = reading.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = passage.zip(mention).map_or(0, |(passage, mention)| mention.start.saturating_sub(passage.start));
        let (before, shown, after) = around(sentence, &value, expected);
        Reading {
            value: clip(&reading.value, words::HEADLINE),
            accounts: if reading.accounts == 0 {
                String::new()
            } else {
                counted(reading.accounts, "account", "accounts")
            },
            before: tail(before),
            mention: shown.to_owned(),
            after: head(after),
            link: mention.map(|mention| {
                Ref::to(desk.names, &mention.article).at(desk.sentence(&mention.article, mention.start))
            }),
            others: reading
                .articles
                .iter()
                .filter(|id| mention.is_none_or(|mention| mention.article != **id))
                .take(CARRIERS)
                .map(|id| Ref::to(desk.names, id))
                .collect(),
        }
    });
    let id = dispute_id(dispute);
    Card {
        anchor: anchor(number),
        kind: match dispute.slot {
            Slot::Date => "when",
            Slot::Number => "how many",
            Slot::Place => "where",
            Slot::Name => "who or what",
            Slot::Wording => "in which words",
            Slot::Polarity => "whether",
            Slot::Speaker => "who said it",
        },
        between: match dispute.kind {
            DisputeKind::Accounts => "",
            DisputeKind::SelfContradiction => "one page tells both",
            DisputeKind::Alteration => "altered in a copy",
        },
        about: clip(&dispute.about, words::HEADLINE),
        severity: match dispute.severity {
            Severity::High => "plain",
            Severity::Medium => "perhaps",
            Severity::Low => "slight",
        },
        why: clip(&dispute.why, SENTENCE),
        readings: readings.collect(),
        remarks: remarks(desk.names.site, &desk.dossier.decisions.on(id)),
        commands: commands(
            desk.names.site,
            [Decision::RejectDispute { dispute: id }, Decision::Note { about: id.to_string(), text: "TEXT".into() }],
        ),
    }
}

/// A sentence cut at the place of a value in it: of several the one nearest to where it is expected.
fn around<'s>(sentence: &'s str, value: &'s str, expected: usize) -> (&'s str, &'s str, &'s str) {
    if value.is_empty() {
        return (sentence, "", "");
    }
    let places = sentence.match_indices(value);
    match places.min_by_key(|(at, _)| sentence[..*at].chars().count().abs_diff(expected)) {
        Some((at, shown)) => (&sentence[..at], shown, &sentence[at + shown.len()..]),
        None => (sentence, "", ""),
    }
}

/// The beginning of a long passage.
fn head(text: &str) -> String {
    match text.char_indices().nth(SENTENCE) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The end of a long passage.
fn tail(text: &str) -> String {
    let count = text.chars().count();
    if count <= SENTENCE {
        text.to_owned()
    } else {
        format!("…{}", text.chars().skip(count - SENTENCE).collect::<String>())
    }
}

pub(crate) fn saying_view(desk: &Desk, saying: &Saying) -> SayingView {
    let statement = &saying.statement;
    let clearest = &saying.clearest;
    let named = clearest.chain.iter().map(|name| {
        let shown = if name.is_empty() { "nobody named".to_owned() } else { clip(name, words::HEADLINE) };
        let known = statement.chain.iter().flatten().any(|known| known == name);
        (shown, if known { desk.names.site.speaker(name) } else { None })
    });
    let articles: std::collections::BTreeSet<_> = statement.claims.iter().map(|place| &place.article).collect();
    SayingView {
        chain: named.collect(),
        certainty: match statement.certainty {
            c if c >= STATED => "stated",
            c if c >= PROBABLE => "probable",
            _ => "unknown",
        },
        verb: match (clearest.negated, clearest.medium) {
            (true, _) => "does not say",
            (false, Medium::Speech) => "says",
            (false, Medium::Writing) => "writes",
            (false, Medium::Attitude) => "holds",
        },
        text: clip(&clearest.text, SENTENCE),
        link: Ref::to(desk.names, &clearest.article).at(desk.sentence(&clearest.article, clearest.start)),
        accounts: counted(statement.accounts, "account", "accounts"),
        pages: counted(articles.len(), "page", "pages"),
        others: statement.others.iter().take(CARRIERS).map(|name| clip(name, words::HEADLINE)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_marked_where_it_is_meant() {
        assert_eq!(around("Two of two boats", "two", 7), ("Two of ", "two", " boats"));
        assert_eq!(around("14 boats, 14 men", "14", 10), ("14 boats, ", "14", " men"));
        assert_eq!(around("no such", "x", 0), ("no such", "", ""));
        assert_eq!(around("", "", 3), ("", "", ""));
    }
}
