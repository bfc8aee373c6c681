use wirecopy_model::{ArticleId, Mention, Piece, Run};

use crate::Sentence;

/// A sentence is found in an earlier article where at least this share of its words stands there in the same runs. A
/// spinning program keeps four words in five, a hand that rewrites keeps more; two reports of one event share a
/// tenth, in single words.
pub const FOUND_SHARE: f64 = 0.5;

/// An article that comes before, and the runs that it shares with the one in hand.
#[derive(Clone, Debug)]
pub struct Earlier<'a> {
    /// The earlier article.
    pub id: &'a ArticleId,
    /// The runs, the later article's side in `a`, sorted by it.
    pub runs: Vec<Run>,
}

impl<'a> Earlier<'a> {
    /// The runs that `later`'s side is `a` of, or `b` if `flipped`.
    pub fn new(id: &'a ArticleId, runs: &[Run], flipped: bool) -> Self {
        let turn = |run: &Run| if flipped { Run { a: run.b, b: run.a } } else { *run };
        let mut runs: Vec<Run> = runs.iter().map(turn).collect();
        runs.sort_unstable();
        Earlier { id, runs }
    }
}

/// Where a sentence stood first.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The passage of the earliest article that has it.
    pub first: Mention,
    /// How many of the sentence's words stand in it.
    pub kept: usize,
    /// Whether any word was changed on the way.
    pub changed: bool,
}

/// The first of these articles, which stand in their order, that has the sentence.
pub fn witness(sentence: &Sentence, earlier: &[Earlier]) -> Option<Witness> {
    earlier.iter().find_map(|earlier| {
        let (kept, passage) = shared(sentence, &earlier.runs);
        let passage = passage?;
        if (kept as f64) < FOUND_SHARE * sentence.words.len() as f64 {
            return None;
        }
        let changed = kept < sentence.words.len();
        Some(Witness { first: Mention::new(earlier.id.clone(), passage), kept, changed })
    })
}

/// How many words of the sentence stand in the runs, and the passage that holds them on the other side.
fn shared(sentence: &Sentence, runs: &[Run]) -> (usize, Option<Piece>) {
    let from = runs.partition_point(|run| run.a.end <= sentence.piece.start);
    let mut kept = 0;
    let mut passage: Option<Piece> = None;
    for run in runs[from..].iter().take_while(|run| run.a.start < sentence.piece.end) {
        let inside = sentence.words.iter().filter(|word| run.a.contains(**word)).count();
        if inside == 0 {
            continue;
        }
        kept += inside;
        // Of a run that reaches beyond the sentence only the part within it counts, as near as lengths tell.
        let before = sentence.piece.start.saturating_sub(run.a.start).min(run.b.len());
        let behind = run.a.end.saturating_sub(sentence.piece.end).min(run.b.len() - before);
        let part = Piece::new(run.b.start + before, run.b.end - behind);
        passage = Some(match passage {
            Some(whole) => Piece::new(whole.start.min(part.start), whole.end.max(part.end)),
            None => part,
        });
    }
    (kept, passage)
}
