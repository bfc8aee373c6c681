//! Makes traditions of copied news with known truth: `traditions DOCS GOLD [SEED] [FAMILIES] [RATE] [BASES.jsonl]`.
//!
//! Writes articles in the input format and the truth (families, edges, lost texts), as the scorer of the copies kit
//! reads them. Base texts are invented word by word unless a file of articles is named; an article's `story` field
//! there makes it another report of the same event. RATE multiplies the rates of one real spinning program: 80 % of
//! words kept, 12 % replaced, 8 % dropped, 6 % put in, in calm and busy stretches, quotations not spared. The habits
//! of a generator are its own: use it to find weak spots, never as the only judge.

mod base;
mod edit;
mod random;

use std::fs::File;
use std::io::{BufWriter, Write};

use base::Report;
use edit::Editor;
use random::Random;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [docs, gold, rest @ ..] = args.as_slice() else {
        return Err("traditions DOCS GOLD [SEED] [FAMILIES] [RATE] [BASES]".into());
    };
    let number = |at: usize, default: f64| rest.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let mut random = Random::new(number(0, 1.0) as u64);
    let families = number(1, 100.0) as usize;
    let events = match rest.get(3) {
        Some(path) => base::from_file(path)?,
        None => base::invented(families, &mut random),
    };
    let editor = Editor { rate: number(2, 1.0), vocabulary: base::vocabulary(&events) };
    let mut world = World { random, editor, docs: Vec::new(), gold: Vec::new() };
    for event in events.iter().take(families) {
        world.tell(event);
    }
    world.random.shuffle(&mut world.docs);
    let mut out = BufWriter::new(File::create(docs)?);
    for doc in &world.docs {
        writeln!(
            out,
            "{}",
            serde_json::json!({"id": doc.id, "text": doc.text, "published": doc.published, "source": doc.source})
        )?;
    }
    let mut out = BufWriter::new(File::create(gold)?);
    for line in &world.gold {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// An article as it is written out.
struct Doc {
    id: String,
    text: String,
    published: Option<String>,
    source: String,
}

/// A text of a tradition before it is written out.
struct Text {
    name: String,
    paragraphs: Vec<Vec<String>>,
    day: i32,
    source: String,
    lost: bool,
}

struct World {
    random: Random,
    editor: Editor,
    docs: Vec<Doc>,
    gold: Vec<serde_json::Value>,
}

impl World {
    /// All that is written of one event: a tradition of its first report, and the others, which nobody copied.
    fn tell(&mut self, event: &[Report]) {
        let mut others = Vec::new();
        for report in &event[1..] {
            let day = 100 + self.random.below(3) as i32;
            let text = self.first(report, day);
            others.push(text);
        }
        let root = self.first(&event[0], 100);
        let tree = self.grow(root, others);
        self.write(&tree);
    }

    fn first(&mut self, report: &Report, day: i32) -> Text {
        let name = format!("{:012x}", self.random.next() >> 16);
        let source = self.source();
        Text { name, paragraphs: report.clone(), day, source, lost: false }
    }

    fn source(&mut self) -> String {
        format!(
            "{} {}",
            ["Orrin", "Tarn", "Velmer", "Castra", "Hollin", "Brask"][self.random.below(6)],
            ["Herald", "Post", "Courier", "Wire", "Mail"][self.random.below(5)]
        )
    }

    /// Copies of copies, up to four deep; every second text that has copies may be lost.
    fn grow(&mut self, root: Text, others: Vec<Text>) -> Vec<(Text, Vec<usize>)> {
        let mut tree: Vec<(Text, Vec<usize>)> = vec![(root, Vec::new())];
        tree.extend(others.into_iter().map(|text| (text, Vec::new())));
        let first = tree.len();
        let mut depth = vec![0; first];
        let size = first + 1 + self.random.below(7);
        while tree.len() < size {
            let parent = match self.random.below(tree.len() - first + 1) {
                0 => 0,
                copy => first + copy - 1,
            };
            if depth[parent] >= 4 {
                continue;
            }
            let name = format!("{:012x}", self.random.next() >> 16);
            let source = self.source();
            let from = &tree[parent].0;
            let day = from.day + self.random.below(3) as i32;
            let paragraphs = self.editor.copy(&from.paragraphs, &from.source, &mut self.random);
            let mut copy = Text { name, paragraphs, day, source, lost: false };
            let mut parents = vec![parent];
            // A page that merges two sources: the second is another report of the event.
            if first > 1 && self.random.chance(0.05) {
                let second = 1 + self.random.below(first - 1);
                let at = copy.paragraphs.len() / 2;
                let piece = &tree[second].0.paragraphs;
                let piece = piece[..piece.len().div_ceil(2)].to_vec();
                copy.paragraphs.splice(at..at, piece);
                parents.push(second);
            }
            tree.push((copy, parents));
            depth.push(depth[parent] + 1);
        }
        for at in 0..tree.len() {
            let has_copies = tree.iter().any(|(_, parents)| parents.contains(&at));
            tree[at].0.lost = has_copies && self.random.chance(0.3);
        }
        tree
    }

    /// Writes the texts and the truth: one family for all that hangs together, one for each report that nobody copied.
    fn write(&mut self, tree: &[(Text, Vec<usize>)]) {
        let name = |at: usize| if tree[at].0.lost { format!("L{at}") } else { tree[at].0.name.clone() };
        let alone =
            |at: usize| at > 0 && tree[at].1.is_empty() && tree.iter().all(|(_, parents)| !parents.contains(&at));
        let edges: Vec<[String; 2]> = (0..tree.len())
            .flat_map(|at| tree[at].1.iter().map(move |&parent| [parent, at]))
            .map(|edge| edge.map(name))
            .collect();
        let (lost, kept): (Vec<usize>, Vec<usize>) = (0..tree.len()).partition(|&at| tree[at].0.lost);
        let (single, family): (Vec<usize>, Vec<usize>) = kept.iter().partition(|&&at| alone(at));
        let names = |places: &[usize]| places.iter().map(|&at| name(at)).collect::<Vec<_>>();
        self.gold.push(serde_json::json!({"family": names(&family), "edges": edges, "latent": names(&lost)}));
        for at in single {
            self.gold.push(serde_json::json!({"family": [name(at)], "edges": [], "latent": []}));
        }
        for at in kept {
            self.publish(&tree[at].0);
        }
    }

    /// Puts a text on the page of its site, with the site's litter and the date that the page claims.
    fn publish(&mut self, text: &Text) {
        let mut lines: Vec<String> = text.paragraphs.iter().map(|words| words.join(" ")).collect();
        if self.random.chance(0.4) {
            lines.insert(
                0,
                format!("Home News World {} Sign up for the newsletter of the {}", text.source, text.source),
            );
            lines.push(format!(
                "Copyright {} All rights reserved. Please enter your comment! Most Popular Recent Comments",
                text.source
            ));
        }
        let published = match self.random.below(10) {
            0..2 => None,
            2..4 => Some(format!("2031-{:02}-{:02}", 1 + self.random.below(12), 1 + self.random.below(28))),
            _ => Some(day(text.day)),
        };
        self.docs.push(Doc { id: text.name.clone(), text: lines.join("\n"), published, source: text.source.clone() });
    }
}

/// A day of the year 2031 that has twelve months of 28 days, which is enough here.
fn day(number: i32) -> String {
    format!("2031-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28)
}
