use wirecopy_model::{ArticleId, Piece};

use crate::align::in_place;
use crate::document::{Document, Word};
use crate::params::collation as params;
use crate::relate::in_common;

/// Several texts side by side: words that agree stand in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collation {
    /// The witnesses, sorted by id.
    pub witnesses: Vec<ArticleId>,
    /// The columns, in the order of the texts.
    pub columns: Vec<Column>,
}

/// One place of a collation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// For each witness where its word for this place stands, if it has one.
    pub words: Vec<Option<Piece>>,
    /// Whether all witnesses have a word here and it is the same, but for case.
    pub agrees: bool,
}

/// Collates the texts of several witnesses, words before punctuation.
///
/// The table does not depend on the order in which the witnesses are given: the most central one begins, then comes
/// whoever shares most with those that stand already (progressive alignment). What moved stands where its own text has
/// it. Words beyond the 20,000th of a text are left out.
///
/// ```
/// use wirecopy_copies::{Document, collate};
/// let a = Document::of_text("a", "the dam at Orrin broke before dawn");
/// let b = Document::of_text("b", "the old dam at Orrin broke at dawn");
/// let table = collate(&[&b, &a]);
/// assert_eq!(table.witnesses, ["a".into(), "b".into()]);
/// let agree: Vec<bool> = table.columns.iter().map(|column| column.agrees).collect();
/// assert_eq!(agree, [true, false, true, true, true, true, false, true]);
/// ```
pub fn collate(documents: &[&Document]) -> Collation {
    let mut sorted = documents.to_vec();
    sorted.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    let mut table: Vec<Row> = Vec::new();
    for witness in order(&sorted) {
        let words = &sorted[witness].words;
        table = join(table, &words[..words.len().min(params::WORDS)], witness, sorted.len());
    }
    let columns = table.iter().map(|row| column(row, &sorted)).collect();
    Collation { witnesses: sorted.iter().map(|document| document.id.clone()).collect(), columns }
}

/// A column while the table grows.
struct Row {
    /// The word that the column was made with: later ones are compared with it.
    word: Word,
    /// For each witness the number of its word.
    at: Vec<Option<usize>>,
}

/// The order in which the witnesses are taken up.
fn order(documents: &[&Document]) -> Vec<usize> {
    let count = documents.len();
    let shared = |a: usize, b: usize| in_common(&documents[a].vocabulary.turns, &documents[b].vocabulary.turns);
    let all: Vec<Vec<usize>> = (0..count).map(|a| (0..count).map(|b| shared(a, b)).collect()).collect();
    let mut left: Vec<usize> = (0..count).collect();
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        // At first whoever shares most with all, then with any of those that stand; of equals the first by id.
        let rank = |at: usize| match order.as_slice() {
            [] => all[at].iter().sum::<usize>() - all[at][at],
            taken => taken.iter().map(|&other| all[at][other]).max().unwrap_or(0),
        };
        let next =
            (0..left.len()).max_by_key(|&index| (rank(left[index]), std::cmp::Reverse(left[index]))).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// Puts a further witness into the table: its words into the columns of equal ones, words in the place of others into
/// theirs as far as they reach, the rest into columns of their own.
fn join(table: Vec<Row>, words: &[Word], witness: usize, count: usize) -> Vec<Row> {
    let columns: Vec<Word> = table.iter().map(|row| row.word).collect();
    let mut place = vec![None; words.len()];
    for (column, word, length) in in_place(&columns, words) {
        (0..length).for_each(|k| place[word + k] = Some(column + k));
    }
    let mut joined = Vec::with_capacity(table.len() + words.len());
    let mut rows = table.into_iter().enumerate().peekable();
    let mut at = 0;
    while at < words.len() {
        let gap = place[at..].iter().take_while(|column| column.is_none()).count();
        let next = place.get(at + gap).copied().flatten();
        for (own, word) in words.iter().enumerate().skip(at).take(gap) {
            // A word in the place of another stands in its column.
            match rows.next_if(|(column, _)| next.is_none_or(|next| *column < next)) {
                Some((_, row)) => joined.push(with(row, witness, own)),
                None => joined.push(Row { word: *word, at: single(count, witness, own) }),
            }
        }
        at += gap;
        if let Some(next) = next {
            for (column, row) in rows.by_ref() {
                if column == next {
                    joined.push(with(row, witness, at));
                    break;
                }
                joined.push(row);
            }
            at += 1;
        }
    }
    joined.extend(rows.map(|(_, row)| row));
    joined
}

fn with(mut row: Row, witness: usize, own: usize) -> Row {
    row.at[witness] = Some(own);
    row
}

fn single(count: usize, witness: usize, own: usize) -> Vec<Option<usize>> {
    let mut at = vec![None; count];
    at[witness] = Some(own);
    at
}

fn column(row: &Row, documents: &[&Document]) -> Column {
    let words: Vec<Option<Word>> =
        row.at.iter().zip(documents).map(|(at, document)| at.map(|at| document.words[at])).collect();
    let agrees = words.iter().all(|word| word.is_some_and(|word| word.form == row.word.form));
    Column { words: words.into_iter().map(|word| word.map(Word::piece)).collect(), agrees }
}
