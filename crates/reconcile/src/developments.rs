//! What is no contradiction but a course: a toll that rises from report to report, a proposal that is answered, scheduled
//! and carried out. The last step of each is the state of play, with who says it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wirecopy_model::{Account, ArticleId, ContentId, Dispute, Event, Mention, Modality};
use wirecopy_text::Points;

use crate::disputes::stem;
use crate::timeline::Recounted;

/// A course of things over the time of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Development {
    /// Of which kind.
    pub kind: Course,
    /// What it is of, in the words that its steps share.
    pub about: String,
    /// Its steps, in the order of time: two at least.
    pub steps: Vec<Step>,
}

/// The kinds of developments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Course {
    /// A number that grows as news comes in.
    Tally,
    /// Something that is proposed, answered, scheduled, done.
    Plan,
}

/// A step of a development.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The value of a tally, as it is written; of a plan its stage: `proposed`, `answered`, `scheduled` or `done`.
    pub value: String,
    /// The day of it; of a tally the day on which it was first printed.
    #[serde(serialize_with = "as_text", deserialize_with = "of_text")]
    pub day: Option<Date>,
    /// Who says so, where the articles name somebody.
    pub according_to: Vec<String>,
    /// How many accounts tell it.
    pub accounts: usize,
    /// The articles that tell it, sorted.
    pub articles: Vec<ArticleId>,
    /// Where they tell it.
    pub mentions: Vec<Mention>,
    /// The sentence that tells it first.
    pub summary: String,
}

fn as_text<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

fn of_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

/// Sentences that may tell of one plan share so many words beside the thing planned.
const SHARED: usize = 2;

/// The developments of a story: tallies from `updates`, as [`crate::disputes::disputes`] gives them, and plans from what
/// its articles recount. The order of the articles does not matter.
pub fn developments(recounted: &[Recounted], updates: &[Dispute]) -> Vec<Development> {
    let mut articles: Vec<&Recounted> = recounted.iter().collect();
    articles.sort_by_key(|recounted| &recounted.article.id);
    let points: Vec<Points> = articles.iter().map(|recounted| Points::new(&recounted.article.text)).collect();
    let mut found: Vec<Development> = updates.iter().map(|update| tally(update, &articles, &points)).collect();
    found.extend(plans(&articles, &points));
    found.retain(|development| development.steps.len() >= 2);
    found.sort_by(|one, other| {
        let key = |development: &Development| (development.kind, std::cmp::Reverse(development.steps.len()));
        key(one).cmp(&key(other)).then_with(|| one.about.cmp(&other.about))
    });
    found
}

fn tally(update: &Dispute, articles: &[&Recounted], points: &[Points]) -> Development {
    let place = |id: &ArticleId| articles.iter().position(|recounted| &recounted.article.id == id);
    let step = |reading: &wirecopy_model::Reading| {
        let printed = |id: &ArticleId| articles[place(id)?].written;
        let summary = reading.mentions.first().and_then(|mention| {
            let at = place(&mention.article)?;
            Some(sentence(&points[at], mention))
        });
        Step {
            value: reading.value.clone(),
            day: reading.articles.iter().filter_map(printed).min(),
            according_to: Vec::new(),
            accounts: reading.accounts,
            articles: reading.articles.clone(),
            mentions: reading.mentions.clone(),
            summary: summary.unwrap_or_default(),
        }
    };
    let mut steps: Vec<Step> = update.readings.iter().map(step).collect();
    steps.sort_by(|one, other| {
        let key = |step: &Step| (step.day.is_none(), step.day);
        key(one).cmp(&key(other)).then_with(|| one.mentions.cmp(&other.mentions))
    });
    Development { kind: Course::Tally, about: update.about.clone(), steps }
}

/// The line in which a mention stands, from the sentence's beginning to its end as full stops tell.
fn sentence(points: &Points, mention: &Mention) -> String {
    let before = points.slice(wirecopy_model::Piece::new(mention.start.saturating_sub(160), mention.start));
    let behind = points.slice(wirecopy_model::Piece::new(mention.end, (mention.end + 160).min(points.len())));
    let from = before.rfind(['.', '\n', '!', '?']).map_or(0, |at| at + 1);
    let to = behind.find(['.', '\n', '!', '?']).map_or(behind.len(), |at| at + 1);
    let value = points.slice(mention.piece());
    let whole = format!("{}{value}{}", &before[from..], &behind[..to]);
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How far a plan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Proposed,
    Answered,
    Scheduled,
    Done,
}

impl Stage {
    fn as_str(self) -> &'static str {
        match self {
            Stage::Proposed => "proposed",
            Stage::Answered => "answered",
            Stage::Scheduled => "scheduled",
            Stage::Done => "done",
        }
    }

    fn of(event: &Event) -> Option<Stage> {
        let lemma = event.predicate.as_str();
        let is = |words: &[&str]| words.contains(&lemma);
        match () {
            _ if is(&["propose", "suggest", "offer", "invite", "urge", "demand", "request"]) => Some(Stage::Proposed),
            _ if is(&[
                "accept", "agree", "reject", "decline", "welcome", "approve", "refuse", "respond", "consider",
            ]) =>
            {
                Some(Stage::Answered)
            }
            _ if is(&["schedule", "set"]) => Some(Stage::Scheduled),
            _ if is(CARRYING) && event.modality == Modality::Planned => Some(Stage::Scheduled),
            _ if is(CARRYING) && event.modality == Modality::Asserted => Some(Stage::Done),
            _ => None,
        }
    }
}

/// Verbs by which a plan is carried out.
const CARRYING: &[&str] =
    &["hold", "meet", "sign", "vote", "begin", "start", "open", "launch", "convene", "take", "host"];

/// Things that are planned: nouns whose stages a reader follows.
const PLANNED: &[&str] = &[
    "summit",
    "meeting",
    "talk",
    "deal",
    "agreement",
    "treaty",
    "vote",
    "election",
    "referendum",
    "visit",
    "launch",
    "strike",
    "merger",
    "takeover",
    "bid",
    "offer",
    "ceasefire",
    "truce",
    "trial",
    "hearing",
    "conference",
];

/// An event that is a stage of a plan.
struct Told<'a> {
    article: usize,
    event: &'a Event,
    stage: Stage,
    day: Option<Date>,
}

fn plans(articles: &[&Recounted], points: &[Points]) -> Vec<Development> {
    let mut of: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for (article, recounted) in articles.iter().enumerate() {
        for event in recounted.events {
            let Some(stage) = Stage::of(event) else { continue };
            let happened = event.when.as_ref().map(|when| when.interval.start);
            // A proposal without a day is as old as the report.
            let day = happened.or(recounted.written);
            let things: BTreeSet<String> =
                event.words.iter().filter(|word| PLANNED.contains(&word.as_str())).map(|word| stem(word)).collect();
            for thing in things {
                of.entry(thing).or_default().push(Told { article, event, stage, day });
            }
        }
    }
    of.into_iter().filter_map(|(thing, told)| plan(&thing, told, articles, points)).collect()
}

fn plan(thing: &str, told: Vec<Told>, articles: &[&Recounted], points: &[Points]) -> Option<Development> {
    // The plan is the one that most of the sentences share words with.
    let shared = |one: &Told, other: &Told| {
        one.event.words.iter().filter(|word| stem(word) != thing && other.event.words.contains(word)).count()
    };
    let linked = |told: &Told, all: &[Told]| all.iter().filter(|other| shared(told, other) >= SHARED).count();
    let counts: Vec<usize> = told.iter().map(|one| linked(one, &told)).collect();
    let chief = (0..told.len()).max_by(|&one, &other| counts[one].cmp(&counts[other]).then(other.cmp(&one)))?;
    let near: Vec<bool> = told.iter().map(|one| shared(one, &told[chief]) >= SHARED).collect();
    let near: Vec<&Told> = told.iter().zip(near).filter(|(_, near)| *near).map(|(told, _)| told).collect();
    // What was done before anybody planned it was done for another reason.
    let begun = near.iter().filter(|told| told.stage < Stage::Done).filter_map(|told| told.day).min();
    let mut stages: BTreeMap<Stage, Vec<&Told>> = BTreeMap::new();
    for one in near.into_iter().filter(|told| told.day >= begun) {
        stages.entry(one.stage).or_default().push(one);
    }
    let steps: Vec<Step> = stages.into_iter().map(|(stage, told)| step(stage, &told, articles, points)).collect();
    Some(Development { kind: Course::Plan, about: thing.to_owned(), steps })
}

fn step(stage: Stage, told: &[&Told], articles: &[&Recounted], points: &[Points]) -> Step {
    let mut order: Vec<&&Told> = told.iter().collect();
    order.sort_by_key(|told| (told.day.is_none(), told.day, told.article, told.event.sentence));
    let first = order[0];
    let mention = |told: &Told| Mention::new(articles[told.article].article.id.clone(), told.event.sentence);
    let mut mentions: Vec<Mention> = told.iter().map(|told| mention(told)).collect();
    mentions.sort_unstable();
    mentions.dedup();
    let mut telling: Vec<ArticleId> = mentions.iter().map(|mention| mention.article.clone()).collect();
    telling.dedup();
    let accounts: BTreeSet<ContentId> = told
        .iter()
        .flat_map(|told| match articles[told.article].accounts {
            [] => vec![Account::id_of(&articles[told.article].article.id)],
            carried => carried.to_vec(),
        })
        .collect();
    let names: BTreeSet<String> = told.iter().flat_map(|told| told.event.according_to.iter().cloned()).collect();
    let text = points[first.article].slice(first.event.sentence);
    Step {
        value: stage.as_str().to_owned(),
        day: first.day,
        according_to: names.into_iter().collect(),
        accounts: accounts.len(),
        articles: telling,
        mentions,
        summary: text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::tests::{read, recount};
    use expect_test::{Expect, expect};

    fn check(texts: &[(&str, &str)], expected: Expect) {
        let read: Vec<_> = texts.iter().enumerate().map(|(number, (day, text))| read(number, day, text)).collect();
        let mut recounted = recount(&read, &[]);
        let found = developments(&recounted, &[]);
        let mut told = String::new();
        for development in &found {
            told += &format!("{}\n", development.about);
            for step in &development.steps {
                let day = step.day.map_or("-".to_owned(), |day| day.to_string());
                told += &format!("  {day} {} by {}\n", step.value, step.accounts);
            }
        }
        expected.assert_eq(&told);
        recounted.reverse();
        assert_eq!(developments(&recounted, &[]), found, "the order of the articles changes nothing");
    }

    #[test]
    fn a_proposal_is_answered_and_carried_out() {
        check(
            &[
                ("2023-03-14", "Maria Kovel proposed a summit with the governor of Vesk in Orlen on Monday."),
                ("2023-03-17", "The governor of Vesk accepted the summit with Maria Kovel in Orlen on Thursday."),
                ("2023-04-02", "Maria Kovel and the governor of Vesk held a summit in Orlen on Saturday."),
            ],
            expect![[r#"
                meet
                  2023-03-13 proposed by 1
                  2023-03-16 answered by 1
                  2023-04-01 done by 1
            "#]],
        );
        check(&[("2023-03-14", "Maria Kovel proposed a summit with the governor on Monday.")], expect![[""]]);
        check(&[], expect![[""]]);
    }
}
