//! Base texts: reports of invented events in invented words, or those of a file.

use std::collections::{BTreeMap, BTreeSet};

use crate::random::Random;

/// A report: its paragraphs, each as words with the marks that hang on them.
pub type Report = Vec<Vec<String>>;

/// Reads articles, those with the same `story` together.
pub fn from_file(path: &str) -> Result<Vec<Vec<Report>>, Box<dyn std::error::Error>> {
    let mut stories: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or("");
        let report: Report = text
            .lines()
            .map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .filter(|words| words.len() > 1)
            .collect();
        if report.iter().map(Vec::len).sum::<usize>() >= 80 {
            let story = row["story"].as_str().or(row["id"].as_str()).unwrap_or("");
            stories.entry(story.to_owned()).or_default().push(report);
        }
    }
    Ok(stories.into_values().collect())
}

/// The longer words of all texts: what a spinner without a synonym falls back on.
pub fn vocabulary(events: &[Vec<Report>]) -> Vec<String> {
    let mut words = BTreeSet::new();
    for word in events.iter().flatten().flatten().flatten() {
        if word.chars().count() >= 5 && word.chars().all(char::is_lowercase) {
            words.insert(word.clone());
        }
    }
    words.into_iter().collect()
}

const FUNCTION: [&str; 40] = [
    "the", "of", "and", "to", "in", "a", "the", "of", "for", "on", "with", "as", "by", "at", "from", "that", "was",
    "is", "were", "has", "had", "be", "an", "the", "it", "its", "which", "who", "not", "but", "after", "before",
    "over", "their", "his", "her", "would", "could", "been", "will",
];

/// Events in a language of invented words: each has its own subject words, names and numbers, a statement that all
/// reports quote, and two to four reports that share nothing else.
pub fn invented(events: usize, random: &mut Random) -> Vec<Vec<Report>> {
    let words: Vec<String> = (0..6_000).map(|_| word(random, 2)).collect();
    (0..events).map(|_| event(&words, random)).collect()
}

fn word(random: &mut Random, syllables: usize) -> String {
    let mut word = String::new();
    for _ in 0..syllables + random.below(2) {
        word.push_str(
            ["b", "br", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"][random.below(16)],
        );
        word.push_str(["a", "e", "i", "o", "u", "ea", "ou"][random.below(7)]);
    }
    word.push_str(["n", "r", "st", "l", "t", "nd", "ck", ""][random.below(8)]);
    word
}

struct Subject<'w> {
    words: &'w [String],
    own: Vec<String>,
    names: Vec<String>,
    numbers: Vec<String>,
}

impl Subject<'_> {
    /// Word by word: function words, words of the subject, common ones (by Zipf's law), names, numbers.
    fn sentence(&self, random: &mut Random) -> Vec<String> {
        let length = 10 + random.below(18);
        let mut sentence = Vec::new();
        while sentence.len() < length {
            // Not even here does an article stand before a preposition.
            let articles = ["the", "a", "an", "The", "A", "An"];
            let lone = sentence.last().is_some_and(|last: &String| articles.contains(&last.as_str()));
            let word = match if lone { 45 + random.below(55) } else { random.below(100) } {
                0..45 => FUNCTION[random.below(FUNCTION.len())].to_owned(),
                45..62 => self.own[random.below(self.own.len())].clone(),
                62..90 => self.words[(self.words.len() as f64).powf(random.unit()) as usize - 1].clone(),
                90..96 => self.names[random.below(self.names.len())].clone(),
                _ => self.numbers[random.below(self.numbers.len())].clone(),
            };
            if sentence.last() != Some(&word) {
                sentence.push(word);
            }
        }
        let comma = 3 + random.below(length - 6);
        sentence[comma].push(',');
        capital(&mut sentence[0]);
        sentence
    }
}

fn capital(word: &mut String) {
    let mut chars = word.chars();
    if let Some(first) = chars.next() {
        *word = first.to_uppercase().chain(chars).collect();
    }
}

fn event(words: &[String], random: &mut Random) -> Vec<Report> {
    let own = (0..40).map(|_| words[random.below(words.len())].clone()).collect();
    let mut names: Vec<String> = (0..8).map(|_| word(random, 2)).collect();
    names.iter_mut().for_each(capital);
    let numbers = (0..6).map(|_| (2 + random.below(400)).to_string()).collect();
    let subject = Subject { words, own, names, numbers };
    let statement: Vec<Vec<String>> = (0..4).map(|_| subject.sentence(random)).collect();
    (0..2 + random.below(3)).map(|_| report(&subject, &statement, random)).collect()
}

fn report(subject: &Subject, statement: &[Vec<String>], random: &mut Random) -> Report {
    let mut report = Vec::new();
    for _ in 0..6 + random.below(9) {
        let mut paragraph = Vec::new();
        for _ in 0..1 + random.below(2) {
            let quoted = random.chance(0.25);
            let mut sentence =
                if quoted { statement[random.below(statement.len())].clone() } else { subject.sentence(random) };
            if quoted {
                sentence[0].insert(0, '“');
                sentence.last_mut().expect("a word").push_str(",”");
                sentence.push(subject.names[random.below(subject.names.len())].clone());
                sentence.push("said.".to_owned());
            } else {
                sentence.last_mut().expect("a word").push('.');
            }
            paragraph.extend(sentence);
        }
        report.push(paragraph);
    }
    report
}
