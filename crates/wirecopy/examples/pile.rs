//! Writes a pile of invented articles as JSON Lines, for measuring cost: `pile ARTICLES [SEED] > pile.jsonl`.
//!
//! Words are made of syllables and as unevenly frequent as those of a language. Each event has words of its own and one
//! report, which other papers copy: word by word with an eighth of it replaced, or cut, some with a passage of their
//! own added. A third of the events is copied by nobody.

use std::io::{self, BufWriter, Write};

const SYLLABLES: [&str; 24] = [
    "ba", "ke", "lo", "mi", "tu", "ran", "sel", "dor", "vin", "qua", "pel", "his", "mor", "gan", "tel", "ru", "shi",
    "bor", "nak", "wen", "ost", "ell", "ard", "ing",
];
const COMMON: [&str; 16] =
    ["the", "of", "to", "and", "in", "a", "that", "was", "for", "on", "with", "said", "by", "at", "from", "it"];

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    let Some(articles) = args.next().and_then(|text| text.parse().ok()) else {
        eprintln!("pile ARTICLES [SEED] > pile.jsonl");
        std::process::exit(2);
    };
    let seed = args.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let mut pile = Pile::new(seed, articles, BufWriter::new(io::stdout().lock()));
    while pile.written < articles {
        pile.tell()?;
    }
    pile.out.flush()
}

/// The generator SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// From 0 up to, and without, 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

struct Pile<W: Write> {
    random: Random,
    vocabulary: Vec<String>,
    /// The sums of the frequencies of the words.
    sums: Vec<f64>,
    articles: usize,
    written: usize,
    out: W,
}

type Sentence = Vec<String>;

impl<W: Write> Pile<W> {
    fn new(seed: u64, articles: usize, out: W) -> Self {
        let mut random = Random(seed);
        let word = |random: &mut Random| (0..2 + random.below(3)).map(|_| *random.pick(&SYLLABLES)).collect();
        let vocabulary: Vec<String> = (0..20_000).map(|_| word(&mut random)).collect();
        let mut sum = 0.0;
        let sums = (0..vocabulary.len()).map(|rank| {
            sum += 1.0 / (rank as f64 + 5.0);
            sum
        });
        Pile { sums: sums.collect(), random, vocabulary, articles, written: 0, out }
    }

    fn word(&mut self) -> String {
        if self.random.chance(0.4) {
            return (*self.random.pick(&COMMON)).to_owned();
        }
        let at = self.random.share() * self.sums[self.sums.len() - 1];
        self.vocabulary[self.sums.partition_point(|&sum| sum <= at)].clone()
    }

    fn sentence(&mut self, topic: &[String]) -> Sentence {
        let words = 9 + self.random.below(18);
        let mut sentence: Sentence = Vec::with_capacity(words + 3);
        for _ in 0..words {
            let word = if self.random.chance(0.25) { self.random.pick(topic).clone() } else { self.word() };
            sentence.push(word);
        }
        sentence[0] = capital(&sentence[0]);
        let last = sentence.len() - 1;
        if self.random.chance(0.2) {
            sentence[0].insert(0, '“');
            sentence[last].push_str(",”");
            let speaker = capital(self.random.pick::<String>(topic));
            sentence.extend(["said".to_owned(), format!("{speaker}.")]);
        } else {
            sentence[last].push('.');
        }
        sentence
    }

    /// An event: its report and the copies of it.
    fn tell(&mut self) -> io::Result<()> {
        let topic: Vec<String> = (0..25).map(|_| self.random.pick(&self.vocabulary).clone()).collect();
        let report: Vec<Sentence> = (0..12 + self.random.below(13)).map(|_| self.sentence(&topic)).collect();
        let title = capital(&topic[..6].join(" "));
        let day = self.random.below(330);
        self.publish(&title, &report, day)?;
        let copies = (-(1.0 - self.random.share()).ln() * 2.2) as usize;
        for _ in 0..copies {
            let spun = self.random.chance(0.5);
            let mut copy = if spun { self.spun(&report) } else { self.cut(&report) };
            if self.random.chance(0.3) {
                copy.extend((0..5).map(|_| self.sentence(&topic)));
            }
            let day = day + self.random.below(3);
            self.publish(&if spun { title.clone() } else { format!("Update: {title}") }, &copy, day)?;
        }
        Ok(())
    }

    fn spun(&mut self, report: &[Sentence]) -> Vec<Sentence> {
        let mut copy = report.to_vec();
        for sentence in &mut copy {
            if self.random.chance(0.6) {
                for word in sentence {
                    if self.random.chance(0.12) {
                        *word = self.word();
                    }
                }
            }
        }
        copy
    }

    fn cut(&mut self, report: &[Sentence]) -> Vec<Sentence> {
        let kept = (report.len() as f64 * (0.4 + 0.6 * self.random.share())) as usize;
        report[..kept.max(4)].to_vec()
    }

    fn publish(&mut self, title: &str, sentences: &[Sentence], day: usize) -> io::Result<()> {
        if self.written == self.articles {
            return Ok(());
        }
        let source = format!("paper{}", self.random.below(200));
        let paragraph = |sentences: &[Sentence]| sentences.iter().map(|s| s.join(" ")).collect::<Vec<_>>().join(" ");
        let text = sentences.chunks(2).map(paragraph).collect::<Vec<_>>().join("\n\n");
        let article = serde_json::json!({
            "id": format!("{source}/{:06}", self.written),
            "title": title,
            "text": text,
            "published": format!("2031-{:02}-{:02}", 1 + day / 28 % 12, 1 + day % 28),
            "source": source,
        });
        self.written += 1;
        writeln!(self.out, "{article}")
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
