//! A stream of invented articles, placed one by one: `stream [ARTICLES] [CHECKED]`. Tells how many are placed a second on
//! one core, the memory that the clusters and features take, and, of the first CHECKED, how many change their story when
//! another day of the stream has come and everything is placed anew, as a build does.

use std::collections::HashMap;
use std::time::Instant;

use wirecopy_model::{Article, Piece, Span};
use wirecopy_stories::{Clusters, Features};

/// Articles a day, and how many days an event is written about.
const A_DAY: usize = 2_000;
const LASTS: usize = 3;

/// Words of an article, of an event, and of the language.
const WORDS: usize = 180;
const OWN: usize = 40;
const LANGUAGE: usize = 30_000;

fn main() {
    let mut args = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let articles: usize = args.next().unwrap_or(300_000);
    let checked: usize = args.next().unwrap_or(60_000).min(articles);
    let mut stream = Stream { random: Random(1), running: Vec::new(), begun: 0 };
    let mut clusters = Clusters::new();
    let mut kept: Vec<(Vec<u8>, i32)> = Vec::with_capacity(checked);
    let (mut reading, mut placing) = (0.0, 0.0);
    let (mut right, mut of_event) = (0usize, HashMap::new());
    let mut tenth = 0.0;
    for number in 0..articles {
        let day = number / A_DAY;
        let (event, article) = stream.next(number, day);
        let before = Instant::now();
        let features = Features::of(&article);
        reading += before.elapsed().as_secs_f64();
        let before = Instant::now();
        let cluster = clusters.place(&features, Some(day as i32));
        placing += before.elapsed().as_secs_f64();
        right += usize::from(*of_event.entry(event).or_insert(cluster) == cluster);
        if number < checked {
            kept.push((features.to_bytes(), day as i32));
        }
        if (number + 1) % (articles / 10).max(1) == 0 {
            let rate = (articles / 10) as f64 / (placing - tenth);
            println!("{:>8} articles, {rate:>7.0} placed a second, {} MB resident", number + 1, resident());
            tenth = placing;
        }
    }
    println!("features: {:.0} articles a second; placing: {:.0}", articles as f64 / reading, articles as f64 / placing);
    println!("with the first article of their event: {:.4}", right as f64 / articles as f64);
    drop(clusters);
    let days = checked / A_DAY;
    for day in [days / 3, days * 2 / 3, days.saturating_sub(1)] {
        let (old, new) = (anew(&kept, day * A_DAY), anew(&kept, (day + 1) * A_DAY));
        let moved = old.iter().zip(&new).filter(|(old, new)| old != new).count();
        println!("day {day}: {moved} of {} articles change their story within a day", old.len());
    }
}

/// The story of each of the first articles, by the number of its first one, when all of them are placed anew.
fn anew(kept: &[(Vec<u8>, i32)], articles: usize) -> Vec<usize> {
    let read = |data: &[u8]| Features::from_bytes(data).expect("these were features");
    let kept = &kept[..articles.min(kept.len())];
    let mut clusters = Clusters::new();
    kept.iter().for_each(|(data, _)| clusters.learn(&read(data)));
    clusters.know_all();
    let mut first = HashMap::new();
    let place = |(number, (data, day)): (usize, &(Vec<u8>, i32))| {
        *first.entry(clusters.place(&read(data), Some(*day))).or_insert(number)
    };
    kept.iter().enumerate().map(place).collect()
}

/// Memory of the process in megabytes, where the system tells.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) / 1024
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

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A word of the language, as unevenly frequent as words are.
    fn word(&mut self) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (LANGUAGE as f64).powf(share) as usize - 1
    }
}

/// Events that are being written about, each with its words and its first day.
struct Stream {
    random: Random,
    running: Vec<(usize, Vec<usize>, usize)>,
    begun: usize,
}

impl Stream {
    /// The next article, and the event that it tells of.
    fn next(&mut self, number: usize, day: usize) -> (usize, Article) {
        self.running.retain(|(_, _, first)| first + LASTS > day);
        if self.running.is_empty() || self.random.below(4) == 0 {
            // Half of its words are common ones, so that events are alike.
            let words = (0..OWN).map(|at| if at % 2 == 0 { self.random.word() } else { self.random.below(LANGUAGE) });
            let words = words.collect();
            self.begun += 1;
            self.running.push((self.begun, words, day));
        }
        let at = self.random.below(self.running.len());
        let mut text = String::with_capacity(WORDS * 8);
        for _ in 0..WORDS {
            let own = self.random.below(3) == 0;
            let word = if own {
                let pick = self.random.below(OWN);
                self.running[at].1[pick]
            } else {
                self.random.word()
            };
            text += &format!("{} ", spelt(word));
        }
        let kept = Span::whole(Piece::new(0, text.chars().count()));
        let article = Article {
            id: number.to_string().as_str().into(),
            title: None,
            byline: None,
            agency: None,
            url: None,
            source: None,
            lang: None,
            text,
            kept,
            published: None,
            lines: Vec::new(),
            extra: Default::default(),
        };
        (self.running[at].0, article)
    }
}

/// The word of that number.
fn spelt(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ke", "lo", "mi", "tu", "ran", "sel", "dor", "vin", "qua", "pel", "his", "mor", "gan", "tel", "ru"];
    let mut word = String::new();
    let mut rest = number + 16;
    while rest > 0 {
        word += SYLLABLES[rest % 16];
        rest /= 16;
    }
    word
}
