//! Many witnesses of one text: a base text with what the others have otherwise, place by place, as a critical edition's
//! apparatus gives it (lemma, readings, sigla).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use serde::Serialize;
use wirecopy_copies::{Collation, Document, collate};
use wirecopy_model::{Article, ArticleId, ChangeKind, Piece};
use wirecopy_text::{Points, fold};

use crate::words::one_line;
use crate::{Difference, Error, Library, diff};

/// Several texts collated against one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Apparatus {
    /// The witnesses in the order of their sigla; the first is the base text.
    pub witnesses: Vec<Witness>,
    /// The places in which they differ, in the order of the base text.
    pub places: Vec<Variant>,
    /// Long passages of the base text that some witnesses have not in their place, in the order of the base text.
    pub passages: Vec<Passage>,
}

/// A text of a collation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The letters by which it is cited: A, B, ... Z, Aa, Ab, ...
    pub siglum: String,
    /// The article.
    pub article: ArticleId,
}

/// A place in which witnesses differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// Where it stands in the base text; empty, behind a word, where the base text has nothing.
    pub base: Piece,
    /// The words of the base text.
    pub lemma: String,
    /// The readings, that of the base text first.
    pub readings: Vec<Reading>,
    /// Whether a reading differs in substance: in a number, a date, a name, a negation or inside a quotation.
    pub substance: bool,
    /// Whether all differ in typography and spelling alone.
    pub noise: bool,
}

/// What some witnesses have in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The words; none where they leave the lemma out.
    pub text: String,
    /// What kind of change it is; `None` for the base text's own reading.
    pub kind: Option<ChangeKind>,
    /// The numbers of the witnesses, each with the place in its text.
    pub witnesses: Vec<(usize, Piece)>,
}

/// A long passage of the base text that some witnesses have not in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Where it stands in the base text.
    pub base: Piece,
    /// Its first and last words.
    pub text: String,
    /// Who has it not.
    pub lacking: Vec<Lacking>,
}

/// What a witness has instead of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lacking {
    /// The number of the witness.
    pub witness: usize,
    /// The first and last words of what stands in its place there; nothing where it is left out.
    pub instead: String,
    /// Where that witness has the passage, if anywhere.
    pub moved_to: Option<Piece>,
}

/// Where so many words of the base text on end are none of a witness's, that is a passage by itself and no variant of each
/// word: what is set against each other there has nothing in common.
const LONG: usize = 8;
/// The most witnesses that are collated together: the table has a row for each.
pub const MOST_WITNESSES: usize = 24;

/// Collates several articles. The result does not depend on their order: the base text is `base` if that is one of them,
/// else the one that has most words in common with the others, as a source has with its copies. The others follow, and of
/// equals the first is taken, by `rank` (sources before copies, the earlier before the later), then by id.
///
/// ```
/// use wirecopy::apparatus;
/// use wirecopy::stage::article;
/// use wirecopy::model::Page;
/// let text = |id, text| article(&Page::of_text(id, text));
/// let a = text("a", "The dam at Orrin broke before dawn and 12 houses were lost.");
/// let b = text("b", "The dam at Orrin broke before dawn and 15 houses were lost.");
/// let c = text("c", "The old dam at Orrin broke at dawn and 12 houses were lost.");
/// let found = apparatus(&[&c, &b, &a], None, |_| 0);
/// let readings = |at: usize| found.places[at].readings.iter().map(|reading| reading.text.as_str()).collect::<Vec<_>>();
/// assert_eq!(found.witnesses[0].article, "a".into());
/// assert_eq!(found.places.len(), 3);
/// assert_eq!((readings(0), readings(1)), (vec!["", "old"], vec!["before", "at"]));
/// assert_eq!((readings(2), found.places[2].substance), (vec!["12", "15"], true));
/// ```
pub fn apparatus<K: Ord>(articles: &[&Article], base: Option<&ArticleId>, rank: impl Fn(&ArticleId) -> K) -> Apparatus {
    let mut sorted = articles.to_vec();
    sorted.sort_by(|one, other| rank(&one.id).cmp(&rank(&other.id)).then_with(|| one.id.cmp(&other.id)));
    sorted.dedup_by(|one, other| one.id == other.id);
    let documents: Vec<Document> = sorted.iter().map(|article| Document::of(article)).collect();
    let table = collate(&documents.iter().collect::<Vec<_>>());
    let named = base.and_then(|base| sorted.iter().position(|article| &article.id == base));
    let first = named.unwrap_or_else(|| most_central(&sorted, &table));
    sorted[..=first].rotate_right(1);
    Table::new(&sorted, &table).apparatus()
}

/// The article whose words stand most often where others have the same; the first of equals.
fn most_central(articles: &[&Article], table: &Collation) -> usize {
    let place: HashMap<&ArticleId, usize> = articles.iter().map(|article| &article.id).zip(0..).collect();
    let order: Vec<usize> = table.witnesses.iter().map(|id| place[id]).collect();
    let texts: Vec<Points> = articles.iter().map(|article| Points::new(&article.text)).collect();
    let mut agreements = vec![0usize; articles.len()];
    for column in &table.columns {
        let words = order
            .iter()
            .zip(&column.words)
            .filter_map(|(&at, piece)| piece.map(|piece| (at, fold(texts[at].slice(piece)).into_owned())));
        let mut having: HashMap<String, Vec<usize>> = HashMap::new();
        words.for_each(|(at, form)| having.entry(form).or_default().push(at));
        for who in having.values() {
            who.iter().for_each(|&at| agreements[at] += who.len() - 1);
        }
    }
    (0..articles.len()).rev().max_by_key(|&at| agreements[at]).unwrap_or(0)
}

impl Library<'_> {
    /// Collates articles, or versions of them as `ID@N`; see [`apparatus()`]. Gives the articles as well, in the order of the
    /// sigla.
    ///
    /// # Errors
    /// Where one is not in the store.
    pub fn collate(&self, ids: &[&str], base: Option<&str>) -> Result<(Vec<Article>, Apparatus), Error> {
        let base = base.map(|id| self.article_or_version(id)).transpose()?;
        let mut articles = ids.iter().map(|id| self.article_or_version(id)).collect::<Result<Vec<_>, _>>()?;
        articles.extend(base.clone());
        let heads = self.store().heads_of(articles.iter().map(|article| &article.id))?;
        let rank = |id: &ArticleId| {
            let head = heads.iter().find(|head| &head.id == id);
            let place = head.and_then(|head| head.place);
            let day = head.and_then(|head| head.published.as_ref()?.day());
            (place.is_none(), place, day.is_none(), day)
        };
        let base = base.as_ref().map(|base| &base.id);
        let found = apparatus(&articles.iter().collect::<Vec<_>>(), base, rank);
        articles.sort_by_key(|article| found.witnesses.iter().position(|witness| witness.article == article.id));
        articles.dedup_by(|one, other| one.id == other.id);
        Ok((articles, found))
    }
}

/// The siglum of the witness with this number.
fn siglum(number: usize) -> String {
    let letter = |at: usize, first: u8| char::from(first + at as u8);
    match number {
        0..26 => letter(number, b'A').to_string(),
        _ => format!("{}{}", letter((number - 26) / 26 % 26, b'A'), letter(number % 26, b'a')),
    }
}

/// A collation whose witnesses stand in the order of their sigla.
struct Table<'a> {
    articles: &'a [&'a Article],
    texts: Vec<Points<'a>>,
    /// For each column the word of each witness.
    columns: Vec<Vec<Option<Piece>>>,
    /// For each witness but the base what differs from it, with the kind of each change.
    changes: Vec<Vec<Difference>>,
}

impl<'a> Table<'a> {
    fn new(articles: &'a [&'a Article], table: &Collation) -> Self {
        let place: HashMap<&ArticleId, usize> = table.witnesses.iter().zip(0..).collect();
        let order: Vec<usize> = articles.iter().map(|article| place[&article.id]).collect();
        let columns = table.columns.iter().map(|column| order.iter().map(|&at| column.words[at]).collect()).collect();
        let changes = articles.iter().map(|other| against(articles[0], other)).collect();
        let texts = articles.iter().map(|article| Points::new(&article.text)).collect();
        Table { articles, texts, columns, changes }
    }

    fn apparatus(&self) -> Apparatus {
        let witnesses = self.articles.iter().enumerate();
        let witnesses =
            witnesses.map(|(number, article)| Witness { siglum: siglum(number), article: article.id.clone() });
        let gaps: Vec<Vec<Range<usize>>> = (0..self.articles.len()).map(|witness| self.gaps(witness)).collect();
        let missing: Vec<BTreeSet<usize>> = gaps.iter().map(|gaps| gaps.iter().cloned().flatten().collect()).collect();
        let passages = self.passages(&gaps);
        let mut places = self.places(&missing);
        let lacking = passages.iter().flat_map(|passage| &passage.lacking);
        let moved: Vec<(usize, Piece)> = lacking.filter_map(|one| Some((one.witness, one.moved_to?))).collect();
        for reading in places.iter_mut().flat_map(|place| &mut place.readings).filter(|reading| reading.kind.is_some())
        {
            let is_moved = |&(witness, piece): &(usize, Piece)| {
                moved.iter().any(|(own, to)| *own == witness && to.overlaps(piece))
            };
            if reading.witnesses.iter().all(is_moved) {
                reading.kind = Some(ChangeKind::Moved);
            }
        }
        Apparatus { witnesses: witnesses.collect(), places, passages }
    }

    /// The runs of columns in which no word of the witness is the base text's, and that one has many words on end.
    fn gaps(&self, witness: usize) -> Vec<Range<usize>> {
        let mut gaps = Vec::new();
        let mut start = 0;
        let mut words = 0;
        for at in 0..=self.columns.len() {
            let agrees =
                at == self.columns.len() || self.columns[at][0].is_some() && self.form(0, at) == self.form(witness, at);
            if !agrees {
                words += usize::from(self.columns[at][0].is_some());
                continue;
            }
            if words >= LONG {
                gaps.push(start..at);
            }
            (start, words) = (at + 1, 0);
        }
        gaps
    }

    /// The passages that witnesses lack, those of one stretch together.
    fn passages(&self, gaps: &[Vec<Range<usize>>]) -> Vec<Passage> {
        let mut of: BTreeMap<Piece, Vec<Lacking>> = BTreeMap::new();
        for (witness, gaps) in gaps.iter().enumerate() {
            for gap in gaps {
                let Some(base) = self.piece(0, gap.clone()) else { continue };
                let instead = self.piece(witness, gap.clone());
                let instead = instead.map_or(String::new(), |piece| ends(&one_line(self.texts[witness].slice(piece))));
                let moved_to = self.elsewhere(witness, gap);
                of.entry(base).or_default().push(Lacking { witness, instead, moved_to });
            }
        }
        let text = |base: Piece| ends(&one_line(self.texts[0].slice(base)));
        of.into_iter().map(|(base, lacking)| Passage { base, text: text(base), lacking }).collect()
    }

    /// Where a witness has the words of the base text that stand in these columns, of which it has none there: the first
    /// long run of equal words among those that the base text has not in their place.
    fn elsewhere(&self, witness: usize, gap: &Range<usize>) -> Option<Piece> {
        let lost: Vec<String> = gap.clone().filter_map(|at| self.form(0, at)).collect();
        let extra: Vec<(String, Piece)> = (0..self.columns.len())
            .filter(|&at| self.columns[at][0].is_none())
            .filter_map(|at| Some((self.form(witness, at)?, self.columns[at][witness]?)))
            .collect();
        let mut places: HashMap<Vec<&str>, usize> = HashMap::new();
        for (at, words) in extra.windows(LONG).enumerate() {
            places.entry(words.iter().map(|(form, _)| form.as_str()).collect()).or_insert(at);
        }
        let (from, start) = lost.windows(LONG).enumerate().find_map(|(from, words)| {
            Some((from, *places.get(&words.iter().map(String::as_str).collect::<Vec<_>>())?))
        })?;
        let same = lost[from..].iter().zip(&extra[start..]).take_while(|(lost, (form, _))| *lost == form).count();
        Some(Piece::new(extra[start].1.start, extra[start + same - 1].1.end))
    }

    /// The stretch of a witness's text that stands in these columns.
    fn piece(&self, witness: usize, columns: Range<usize>) -> Option<Piece> {
        let mut words = self.columns[columns].iter().filter_map(|column| column[witness]);
        let first = words.next()?;
        Some(Piece::new(first.start, words.next_back().unwrap_or(first).end))
    }

    /// The runs of columns in which witnesses differ that are not passed over there.
    fn places(&self, missing: &[BTreeSet<usize>]) -> Vec<Variant> {
        let present = |at: usize| (0..self.articles.len()).filter(move |&witness| !missing[witness].contains(&at));
        let differs = |at: usize| {
            let mut forms = present(at).map(|witness| self.form(witness, at));
            let first = forms.next();
            forms.any(|form| Some(form) != first)
        };
        let mut places = Vec::new();
        let mut at = 0;
        let mut behind = 0;
        while at < self.columns.len() {
            let run = (at..self.columns.len()).take_while(|&at| differs(at)).count();
            if run > 0 {
                let who: BTreeSet<usize> = (at..at + run).flat_map(present).collect();
                places.extend(self.variant(at..at + run, &who, behind));
            }
            let next = (at + run.max(1)).min(self.columns.len());
            behind = self.piece(0, at..next).map_or(behind, |piece| piece.end);
            at = next;
        }
        places
    }

    fn form(&self, witness: usize, column: usize) -> Option<String> {
        self.columns[column][witness].map(|piece| fold(self.texts[witness].slice(piece)).into_owned())
    }

    fn variant(&self, columns: Range<usize>, who: &BTreeSet<usize>, behind: usize) -> Option<Variant> {
        let mut readings: BTreeMap<Vec<String>, Vec<(usize, Option<Piece>)>> = BTreeMap::new();
        for &witness in who {
            let forms = columns.clone().filter_map(|column| self.form(witness, column)).collect();
            readings.entry(forms).or_default().push((witness, self.piece(witness, columns.clone())));
        }
        let base = self.piece(0, columns.clone()).unwrap_or(Piece::new(behind, behind));
        let mut readings: Vec<Vec<(usize, Option<Piece>)>> = readings.into_values().collect();
        readings.sort_by_key(|witnesses| witnesses[0].0);
        let own = readings.iter().any(|witnesses| witnesses[0].0 == 0);
        // All that are not passed over here agree: the base text alone is.
        if readings.len() < 2 && own {
            return None;
        }
        let views: Vec<(Reading, u8)> = readings.into_iter().map(|witnesses| self.reading(base, witnesses)).collect();
        let others = || views.iter().filter(|(reading, _)| reading.kind.is_some()).map(|(_, rank)| *rank);
        let (substance, noise) = (others().any(|rank| rank == 0), others().all(|rank| rank == 2));
        let readings = views.into_iter().map(|(reading, _)| reading).collect();
        Some(Variant { base, lemma: one_line(self.texts[0].slice(base)), readings, substance, noise })
    }

    /// A reading, and how much it matters as [`Difference::rank`] says.
    fn reading(&self, base: Piece, witnesses: Vec<(usize, Option<Piece>)>) -> (Reading, u8) {
        let (first, piece) = witnesses[0];
        let text = piece.map_or(String::new(), |piece| one_line(self.texts[first].slice(piece)));
        let touches = |own: Option<Piece>, here: Piece| {
            own.is_some_and(|own| own.overlaps(here) || own.start == here.start || own.end == here.end)
        };
        let changes = self.changes[first].iter().filter(|change| {
            !base.is_empty() && touches(change.a, base) || piece.is_some_and(|piece| touches(change.b, piece))
        });
        let told = changes.min_by_key(|change| change.rank());
        let (kind, rank) = match (first, told) {
            (0, _) => (None, 2),
            (_, Some(change)) => (Some(change.kind), change.rank()),
            (_, None) if piece.is_none() => (Some(ChangeKind::Cut), 1),
            (_, None) if base.is_empty() => (Some(ChangeKind::Added), 1),
            (_, None) => (Some(ChangeKind::Other), 1),
        };
        let place = |(witness, piece): (usize, Option<Piece>)| (witness, piece.unwrap_or(Piece::new(0, 0)));
        (Reading { text, kind, witnesses: witnesses.into_iter().map(place).collect() }, rank)
    }
}

/// What a witness has otherwise than the base text, which is `a` of each difference.
fn against(base: &Article, other: &Article) -> Vec<Difference> {
    if base.id == other.id {
        return Vec::new();
    }
    diff::collate(base, other).differences
}

/// A passage by its first and last words.
fn ends(text: &str) -> String {
    const WORDS: usize = 4;
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= 2 * WORDS + 2 {
        return text.to_owned();
    }
    format!("{} … {}", words[..WORDS].join(" "), words[words.len() - WORDS..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use wirecopy_model::Page;

    fn check(texts: &[&str], expected: Expect) {
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| crate::stage::article(&Page::of_text(format!("p{number}"), *text)))
            .collect();
        let told = |articles: &[&Article]| {
            let found = apparatus(articles, None, |_| 0);
            let mut lines = Vec::new();
            for place in &found.places {
                let readings = place.readings.iter().map(|reading| {
                    let sigla = reading.witnesses.iter().map(|(witness, _)| found.witnesses[*witness].siglum.as_str());
                    let kind = reading.kind.map_or("", ChangeKind::as_str);
                    format!("{:?} {} {kind}", reading.text, sigla.collect::<String>())
                });
                let mark = if place.substance {
                    "!"
                } else if place.noise {
                    "~"
                } else {
                    " "
                };
                lines.push(format!("{mark} {}", readings.collect::<Vec<_>>().join(" | ")));
            }
            for passage in &found.passages {
                for one in &passage.lacking {
                    let how = if one.moved_to.is_some() { "moves" } else { "lacks" };
                    let siglum = &found.witnesses[one.witness].siglum;
                    lines.push(format!("{siglum} {how} {} ({})", passage.text, one.instead));
                }
            }
            lines.join("\n")
        };
        let forward: Vec<&Article> = articles.iter().collect();
        let backward: Vec<&Article> = articles.iter().rev().collect();
        assert_eq!(told(&forward), told(&backward), "the order in which witnesses are named does not matter");
        expected.assert_eq(&told(&forward));
    }

    #[test]
    fn readings_stand_by_their_witnesses() {
        check(
            &[
                "The ferry Quenby left Hallow at noon with 40 people aboard, the harbour office said on Friday.",
                "The ferry Quenby left Hallow at noon with 14 people aboard, the harbour office said on Friday.",
                "The old ferry Quenby left Hallow at noon with 40 people, the harbour office said on Friday.",
                "The ferry Quenby left Hallow at noon with 14 people aboard, the Harbour Office said on Monday.",
            ],
            expect![[r#"
                  "" ABD  | "old" C added
                ! "40" AC  | "14" BD number
                  "aboard" ABD  | "" C cut
                ! "Friday" ABC  | "Monday" D date"#]],
        );
    }

    #[test]
    fn a_long_passage_is_missing_or_moved_as_a_whole() {
        let (one, two, three) = (
            "The ferry Quenby left Hallow at noon with forty people aboard, the harbour office said on Friday.",
            "Two fishing boats that had been waiting outside the bar brought most of the passengers back to land.",
            "The owner, a company in Marrick, had been told twice to mend the pumps before the summer season.",
        );
        check(
            &[
                &format!("{one}\n\n{two}\n\n{three}"),
                &format!("{one}\n\n{three}"),
                &format!("{one}\n\n{three}\n\n{two}"),
            ],
            expect![[r#"
                  "" AB  | "Two fishing boats that had been waiting outside the bar brought most of the passengers back to land" C moved
                B lacks Two fishing boats that … passengers back to land ()
                C moves Two fishing boats that … passengers back to land ()"#]],
        );
    }

    #[test]
    fn sigla_do_not_run_out() {
        assert_eq!([0, 25, 26, 52].map(siglum), ["A", "Z", "Aa", "Ba"]);
    }
}
