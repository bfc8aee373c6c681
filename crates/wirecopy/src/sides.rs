use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use wirecopy_model::{Article, ArticleId, Claim, ContentId, PROBABLE, Span};
use wirecopy_text::{Points, fold, words};

use crate::{ClaimRow, Error, Library};

/// What two sides of a story say happened, side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sides {
    /// The story.
    pub story: ContentId,
    /// By which names each side is known.
    pub names: [Vec<String>; 2],
    /// What both speak of first, the plainest before; then what only the one, then what only the other does.
    pub topics: Vec<Topic>,
}

/// One thing that is spoken of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Topic {
    /// What each side says of it; nothing where only the other speaks of it.
    pub said: [Vec<Said>; 2],
}

/// A statement of a side, in its clearest wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// Who says it: the name, or the words of the text.
    pub speaker: String,
    /// The words.
    pub words: String,
    /// Whether it is told that this was not said.
    pub negated: bool,
    /// Where it stands.
    pub article: ArticleId,
    /// The place in the article's text, half-open, in code points.
    pub start: usize,
    /// Its end.
    pub end: usize,
    /// How many accounts have it.
    pub accounts: usize,
}

/// Two statements speak of the same from this share of the weight of the shorter one's words on, and
const SAME_TOPIC: f64 = 0.3;
/// ... with so many words in common at least.
const LEAST_COMMON: usize = 2;
/// A word that more statements have tells nothing about which speak of the same.
const COMMON: usize = 60;
/// Words of fewer letters tell little.
const SHORT: usize = 4;
/// Letters after which endings are cut.
const STEM: usize = 6;

/// Puts side by side what two sides of a story are told to have said. `between` has the names of each, divided by commas
/// ("Cabinet Office, Keldrane"); where none are given, the two speakers of whom most is told.
///
/// A statement is that of the side that stands outermost in its chain: what the Cabinet Office says that the president
/// said is the Cabinet Office's account.
///
/// # Errors
/// Where the story is not known, or has no two speakers.
pub fn sides(library: &Library, story: &str, between: Option<[&str; 2]>) -> Result<Sides, Error> {
    let id = library.story(story)?.story;
    let rows = clearest(library.claims(Some(story), None)?);
    let names = match between {
        Some(between) => between.map(names_of),
        None => most_told(&rows).ok_or_else(|| Error::NoSides(story.to_owned()))?,
    };
    let mut articles: HashMap<ArticleId, Article> = HashMap::new();
    let mut told: [Vec<(Said, BTreeSet<String>)>; 2] = Default::default();
    for row in rows {
        if !articles.contains_key(&row.article) {
            articles.insert(row.article.clone(), library.article(row.article.as_str())?);
        }
        let text = Points::new(&articles[&row.article].text);
        if let Some((side, speaker)) = side_of(&row.claim, &text, &names)
            && let Some(said) = said(&row, speaker, &text)
        {
            let stems = stems(&said.words);
            told[side].push((said, stems));
        }
    }
    told.iter_mut().for_each(drop_parts);
    Ok(Sides { story: id, names, topics: topics(told) })
}

/// What is said within a statement of the same side is told with it.
fn drop_parts(told: &mut Vec<(Said, BTreeSet<String>)>) {
    let mut spans: HashMap<ArticleId, Vec<(usize, usize)>> = HashMap::new();
    for (said, _) in told.iter() {
        spans.entry(said.article.clone()).or_default().push((said.start, said.end));
    }
    let holds = |said: &Said, &(start, end): &(usize, usize)| {
        start <= said.start && said.end <= end && end - start > said.end - said.start
    };
    told.retain(|(said, _)| !spans[&said.article].iter().any(|span| holds(said, span)));
}

fn names_of(side: &str) -> Vec<String> {
    side.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// One row for each statement: rows of one statement are wordings of it, of which the longest chain tells most.
fn clearest(rows: Vec<ClaimRow>) -> Vec<ClaimRow> {
    let mut of_statement: HashMap<ContentId, usize> = HashMap::new();
    let mut kept: Vec<ClaimRow> = Vec::new();
    for row in rows.into_iter().filter(|row| row.accounts > 0) {
        let Some(statement) = row.statement else {
            kept.push(row);
            continue;
        };
        let certainty = |row: &ClaimRow| row.claim.chain.first().map_or(0.0, |link| link.certainty);
        match of_statement.get(&statement) {
            Some(&at) if certainty(&kept[at]) >= certainty(&row) => {}
            Some(&at) => kept[at] = row,
            None => {
                of_statement.insert(statement, kept.len());
                kept.push(row);
            }
        }
    }
    kept
}

/// The two outermost speakers of most statements.
fn most_told(rows: &[ClaimRow]) -> Option<[Vec<String>; 2]> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for link in rows.iter().filter_map(|row| row.claim.chain.first()).filter(|link| link.certainty >= PROBABLE) {
        if let Some(name) = &link.speaker {
            *told.entry(name).or_default() += 1;
        }
    }
    let mut told: Vec<(&str, usize)> = told.into_iter().collect();
    told.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut names = told.into_iter().map(|(name, _)| vec![name.to_owned()]);
    Some([names.next()?, names.next()?])
}

/// Which side says it, by the outermost link that belongs to one, and by what words that link is known.
fn side_of(claim: &Claim, text: &Points, names: &[Vec<String>; 2]) -> Option<(usize, String)> {
    claim.chain.iter().find_map(|link| {
        let source = words_of(&link.source, text);
        let known = format!(" {} {} ", spaced(link.speaker.as_deref().unwrap_or_default()), spaced(&source));
        let is_of = |side: &Vec<String>| side.iter().any(|name| known.contains(&format!(" {} ", spaced(name))));
        match [is_of(&names[0]), is_of(&names[1])] {
            [true, false] => Some((0, link.speaker.clone().unwrap_or(source))),
            [false, true] => Some((1, link.speaker.clone().unwrap_or(source))),
            _ => None,
        }
    })
}

fn said(row: &ClaimRow, speaker: String, text: &Points) -> Option<Said> {
    let (first, last) = (row.claim.content.pieces().first()?, row.claim.content.pieces().last()?);
    let (words, negated) = (words_of(&row.claim.content, text), row.claim.negated);
    let (article, accounts) = (row.article.clone(), row.accounts);
    Some(Said { speaker, words, negated, article, start: first.start, end: last.end, accounts })
}

fn words_of(span: &Span, text: &Points) -> String {
    let pieces: Vec<String> =
        span.pieces().iter().map(|piece| text.slice(*piece).split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    pieces.join(" … ")
}

fn spaced(text: &str) -> String {
    words(text).iter().map(|word| fold(word.of(text)).into_owned()).collect::<Vec<_>>().join(" ")
}

fn stems(text: &str) -> BTreeSet<String> {
    let long = |word: &str| word.chars().count() >= SHORT || word.chars().all(|c| c.is_ascii_digit());
    let folded = words(text).into_iter().map(|word| fold(word.of(text)).into_owned());
    folded.filter(|word| long(word)).map(|word| word.chars().take(STEM).collect()).collect()
}

/// Joins what the sides say of the same thing: each statement goes to the one of the other side that it has most in common
/// with, words counting the more the fewer statements have them.
fn topics(told: [Vec<(Said, BTreeSet<String>)>; 2]) -> Vec<Topic> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    told.iter().flatten().flat_map(|(_, stems)| stems).for_each(|stem| *counts.entry(stem).or_default() += 1);
    let all = (told[0].len() + told[1].len()) as f64;
    let weight = |stem: &String| (1.0 + all / counts[stem.as_str()] as f64).ln();
    let sum = |stems: &BTreeSet<String>| stems.iter().map(weight).sum::<f64>();
    // Only statements that share a rarer word are held against each other.
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (b, (_, stems)) in told[1].iter().enumerate() {
        let rare = stems.iter().filter(|stem| counts[stem.as_str()] <= COMMON);
        rare.for_each(|stem| having.entry(stem).or_default().push(b));
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (a, (_, one)) in told[0].iter().enumerate() {
        let near: BTreeSet<usize> =
            one.iter().filter_map(|stem| having.get(stem.as_str())).flatten().copied().collect();
        for b in near {
            let other = &told[1][b].1;
            let common: Vec<&String> = one.intersection(other).collect();
            let shared = common.iter().map(|stem| weight(stem)).sum::<f64>();
            let share = shared / sum(one).min(sum(other)).max(f64::MIN_POSITIVE);
            if common.len() >= LEAST_COMMON && share >= SAME_TOPIC {
                pairs.push((share, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    // A statement joins the topic of its best partner; a topic has one statement of a side as its core.
    let mut topic_of: [Vec<Option<usize>>; 2] = [vec![None; told[0].len()], vec![None; told[1].len()]];
    let mut count = 0;
    for (_, a, b) in pairs {
        match (topic_of[0][a], topic_of[1][b]) {
            (None, None) => {
                (topic_of[0][a], topic_of[1][b]) = (Some(count), Some(count));
                count += 1;
            }
            (Some(topic), None) => topic_of[1][b] = Some(topic),
            (None, Some(topic)) => topic_of[0][a] = Some(topic),
            (Some(_), Some(_)) => {}
        }
    }
    let mut topics: Vec<Topic> = (0..count).map(|_| Topic { said: Default::default() }).collect();
    let mut alone: [Vec<Topic>; 2] = Default::default();
    for (side, statements) in told.into_iter().enumerate() {
        for (at, (said, _)) in statements.into_iter().enumerate() {
            match topic_of[side][at] {
                Some(topic) => topics[topic].said[side].push(said),
                None => {
                    let mut topic = Topic { said: Default::default() };
                    topic.said[side].push(said);
                    alone[side].push(topic);
                }
            }
        }
    }
    topics.extend(alone.into_iter().flatten());
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str) -> (Said, BTreeSet<String>) {
        let said = Said {
            speaker: "x".into(),
            words: words.into(),
            negated: false,
            article: "a".into(),
            start: 0,
            end: 1,
            accounts: 1,
        };
        (said, stems(words))
    }

    #[test]
    fn what_both_speak_of_stands_first() {
        let one = [
            "the boats were seized in Vastrenian waters",
            "the sluices will open",
            "she proposed a summit on the lake",
        ];
        let other =
            ["the proposal of a lake summit would be weighed", "two Vastrenian boats had been seized with their nets"];
        let topics = topics([one.map(said).to_vec(), other.map(said).to_vec()]);
        let told: Vec<String> = topics
            .iter()
            .map(|topic| {
                let side =
                    |at: usize| topic.said[at].iter().map(|said| said.words.as_str()).collect::<Vec<_>>().join("; ");
                format!("{} | {}", side(0), side(1))
            })
            .collect();
        assert_eq!(
            told,
            [
                "she proposed a summit on the lake | the proposal of a lake summit would be weighed",
                "the boats were seized in Vastrenian waters | two Vastrenian boats had been seized with their nets",
                "the sluices will open | ",
            ]
        );
    }
}
