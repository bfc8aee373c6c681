//! What copyists do to a text.

use crate::random::Random;

type Paragraphs = Vec<Vec<String>>;

/// Somebody who makes a copy.
pub struct Editor {
    /// How many times the rates of the measured spinner.
    pub rate: f64,
    /// Words to fall back on where no synonym is known.
    pub vocabulary: Vec<String>,
}

const SYNONYMS: &[(&str, &str)] = &[
    ("telephone", "phone"),
    ("agreement", "deal"),
    ("said", "told"),
    ("emphasised", "stressed"),
    ("large", "big"),
    ("begin", "start"),
    ("began", "started"),
    ("buy", "purchase"),
    ("help", "assist"),
    ("children", "kids"),
    ("show", "display"),
    ("end", "finish"),
    ("people", "persons"),
    ("attack", "assault"),
    ("killed", "slain"),
    ("money", "cash"),
    ("police", "officers"),
    ("near", "close to"),
    ("many", "numerous"),
    ("car", "vehicle"),
    ("over", "on"),
    ("about", "around"),
    ("important", "significant"),
    ("quickly", "rapidly"),
    ("company", "firm"),
    ("workers", "employees"),
    ("plan", "scheme"),
    ("chief", "head"),
    ("house", "home"),
    ("country", "nation"),
    ("meeting", "gathering"),
    ("talks", "discussions"),
    ("rise", "increase"),
    ("fall", "drop"),
    ("also", "too"),
    ("however", "but"),
    ("last", "past"),
    ("wants", "wishes"),
    ("asked", "requested"),
    ("announced", "declared"),
];

const SPELLINGS: &[(&str, &str)] = &[
    ("programme", "program"),
    ("defence", "defense"),
    ("centre", "center"),
    ("harbour", "harbor"),
    ("labour", "labor"),
    ("colour", "color"),
    ("neighbour", "neighbor"),
    ("normalise", "normalize"),
    ("organisation", "organization"),
    ("realise", "realize"),
    ("travelled", "traveled"),
    ("analyse", "analyze"),
];

const NUMBERS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

const FILLERS: [&str; 10] = ["also", "the", "a", "has", "now", "that", "in", "this", "still", "on"];

impl Editor {
    /// A copy of a text, made as one of several kinds of copyists would.
    pub fn copy(&self, text: &Paragraphs, source: &str, random: &mut Random) -> Paragraphs {
        let mut copy = text.clone();
        match random.below(10) {
            // Verbatim, perhaps with a credit.
            0 | 1 => {}
            2..7 => copy = self.spin(&copy, self.rate, random),
            7 => copy = self.spin(&copy, 2.0 * self.rate, random),
            _ => copy = self.spin(&copy, 0.25 * self.rate, random),
        }
        if random.chance(0.45) {
            sub_edit(&mut copy, random);
        }
        if random.chance(0.5) {
            self.new_head(&mut copy, random);
        }
        if random.chance(0.1) {
            copy.push(format!("Source: {source}").split(' ').map(str::to_owned).collect());
        }
        copy
    }

    /// Word by word, in calm and busy stretches.
    fn spin(&self, text: &Paragraphs, rate: f64, random: &mut Random) -> Paragraphs {
        let mut busy = false;
        text.iter()
            .map(|paragraph| {
                let mut words = Vec::with_capacity(paragraph.len());
                for word in paragraph {
                    // Busy stretches are a third of the text and hold nine tenths of the edits.
                    busy = if busy { !random.chance(0.14) } else { random.chance(0.07) };
                    let strength = rate * if busy { 2.7 } else { 0.15 };
                    self.spin_word(word, strength, &mut words, random);
                }
                reorder(&mut words, rate, random);
                damage(&mut words, rate, random);
                words
            })
            .filter(|words: &Vec<String>| !words.is_empty())
            .collect()
    }

    fn spin_word(&self, word: &str, strength: f64, words: &mut Vec<String>, random: &mut Random) {
        let (head, core, tail) = split(word);
        let name = core.chars().next().is_some_and(char::is_uppercase) || core.chars().any(|c| c.is_ascii_digit());
        if random.chance(0.064 * strength) {
            words.push(if name { "Mr.".to_owned() } else { FILLERS[random.below(FILLERS.len())].to_owned() });
        }
        let roll = random.unit() / strength.max(0.01);
        if roll < 0.084 && !name && head.is_empty() && tail.is_empty() {
            return;
        }
        let replaced = if roll < 0.084 + 0.15 { self.replace(core, name, random) } else { None };
        match replaced {
            Some(other) => words.push(format!("{head}{other}{tail}")),
            None => words.push(word.to_owned()),
        }
    }

    fn replace(&self, core: &str, name: bool, random: &mut Random) -> Option<String> {
        let pair = |table: &[(&str, &str)]| {
            table.iter().find_map(|&(x, y)| {
                if x == core {
                    Some(y.to_owned())
                } else if y == core {
                    Some(x.to_owned())
                } else {
                    None
                }
            })
        };
        if let Some(at) = NUMBERS.iter().position(|&number| number == core) {
            return Some(at.to_string());
        }
        if let Some(number) = core.parse::<usize>().ok().and_then(|number| NUMBERS.get(number)) {
            return Some((*number).to_owned());
        }
        if name {
            return None;
        }
        if let Some(other) = pair(SPELLINGS).or_else(|| pair(SYNONYMS)) {
            return Some(other);
        }
        if core.len() <= 3 {
            return random.chance(0.5).then(|| FILLERS[random.below(FILLERS.len())].to_owned());
        }
        // Another form of the word, or what this spinner always writes for it.
        if random.chance(0.3) {
            return Some(match core.strip_suffix("ed").or(core.strip_suffix("s")) {
                Some(stem) => format!("{stem}ing"),
                None => format!("{core}s"),
            });
        }
        let key = core.bytes().fold(7usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte as usize));
        self.vocabulary.get(key % self.vocabulary.len().max(1)).cloned()
    }

    /// Another headline and a lead of its own.
    fn new_head(&self, text: &mut Paragraphs, random: &mut Random) {
        if self.vocabulary.is_empty() || text.is_empty() {
            return;
        }
        let from = &text[random.below(text.len())];
        let mut line: Vec<String> = from.iter().take(4).cloned().collect();
        line.extend((0..5).map(|_| self.vocabulary[random.below(self.vocabulary.len())].clone()));
        text.insert(0, line);
    }
}

/// A word's marks before it, its letters and its marks after it.
fn split(word: &str) -> (&str, &str, &str) {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    let start = word.find(core).unwrap_or(0);
    (&word[..start], core, &word[start + core.len()..])
}

/// "stable and predictable" becomes "predictable and stable".
fn reorder(words: &mut [String], rate: f64, random: &mut Random) {
    for at in 1..words.len().saturating_sub(1) {
        let plain = |word: &str| word.chars().all(char::is_lowercase);
        if words[at] == "and" && plain(&words[at - 1]) && plain(&words[at + 1]) && random.chance(0.1 * rate) {
            words.swap(at - 1, at + 1);
        }
    }
}

/// Glued words, broken sentences, marks out of place: about one in 200 words.
fn damage(words: &mut Vec<String>, rate: f64, random: &mut Random) {
    let mut at = 1;
    while at < words.len() {
        if random.chance(0.005 * rate) {
            match random.below(5) {
                0 => words[at - 1].push_str(". ,"),
                1 => words[at - 1].push('.'),
                2 if words[at].chars().next().is_some_and(char::is_uppercase) => {
                    let next = words.remove(at);
                    words[at - 1].push_str(&next);
                }
                3 if words[at - 1].ends_with('”') => {
                    words[at - 1].pop();
                    words[at].insert(0, '”');
                }
                4 => {
                    let word = words[at - 1].clone();
                    words.insert(at, word);
                }
                _ => {}
            }
        }
        at += 1;
    }
}

/// Cuts from the bottom, drops and moves paragraphs.
fn sub_edit(text: &mut Paragraphs, random: &mut Random) {
    if random.chance(0.7) {
        let keep = (text.len() as f64 * (0.4 + 0.5 * random.unit())).ceil() as usize;
        text.truncate(keep.max(3));
    }
    if text.len() > 4 && random.chance(0.4) {
        text.remove(1 + random.below(text.len() - 2));
    }
    if text.len() > 4 && random.chance(0.3) {
        let at = 1 + random.below(text.len() - 2);
        let paragraph = text.remove(at);
        let to = 1 + random.below(text.len() - 1);
        text.insert(to, paragraph);
    }
}
