use std::collections::HashMap;

use wirecopy_model::ArticleId;

use crate::grams::Grams;
use crate::hash::PassThrough;
use crate::params::index as params;
use crate::sketch::Sketch;

/// Which articles may share text: an inverted index of their sketches.
///
/// For each gram the few articles that come first in one order of all (by a hash of their words) stand for all that
/// have it. Two articles are candidates if they share enough grams for which one of the two is such a representative.
/// So what is common to thousands offers each of them a few partners, a family of three hundred copies hangs together
/// through its representatives, and the candidates are a function of the set of articles, whatever the order in which
/// they came and however they were split over runs.
///
/// An article that comes first for a gram displaces another, whose candidates then change: [`Index::take_dirty`] names
/// both. The more articles have a gram the less often that happens, so the expected cost of an insertion does not grow
/// with the pile.
///
/// ```
/// use wirecopy_copies::{Document, Index, Sketch};
/// let texts = [
///     ("a", "The dam at Orrin broke before dawn, the mayor of Orrin said on Friday."),
///     ("b", "Before dawn the dam at Orrin broke, the mayor of Orrin said on Friday."),
///     ("c", "Cheese prices in Tarn rose again after a summer without rain or grass."),
/// ];
/// let mut index = Index::default();
/// for (id, text) in texts {
///     index.insert(Sketch::of(&Document::of_text(id, text)));
/// }
/// assert_eq!(index.candidates(&"a".into()), ["b".into()]);
/// assert!(index.candidates(&"c".into()).is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The articles by slot; a slot is empty once its article was removed.
    articles: Vec<Option<Sketch>>,
    slots: HashMap<ArticleId, u32>,
    free: Vec<u32>,
    /// The holders of each gram: a slot, or the number of a list with the highest bit set.
    grams: HashMap<u32, u32, PassThrough>,
    lists: Vec<Holders>,
    free_lists: Vec<u32>,
    many: Vec<Many>,
    free_many: Vec<u32>,
    /// Slots, some perhaps more than once.
    dirty: Vec<u32>,
    /// What alone it keeps of the grams.
    kept: Option<Grams>,
}

const LIST: u32 = 1 << 31;

/// The articles that have a gram: slots, and behind them [`NONE`]. So few all stand for the gram, sorted in the order of all
/// articles. Where there are more, [`MANY`] and the place of their list.
type Holders = [u32; FEW];

const FEW: usize = 3;
/// No slots: the highest bit stands for lists.
const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;
const NOBODY: Holders = [NONE; FEW];
const _: () = assert!(FEW <= params::REPRESENTATIVES);

/// The many articles that have a gram.
#[derive(Clone, Debug, Default)]
struct Many {
    /// The first ones in the order of all articles, sorted by it.
    first: Vec<u32>,
    rest: Vec<u32>,
}

impl Index {
    /// An index that keeps these grams alone. It gives the candidates of articles all of whose grams are among them or stand
    /// in one article alone: of all, if they are those that come again ([`Repeated`](crate::Repeated)); of some, if they are theirs.
    ///
    /// ```
    /// use wirecopy_copies::{Document, Grams, Index, Sketch};
    /// let sketch = |id: &str, text: &str| Sketch::of(&Document::of_text(id, text));
    /// let new = sketch("c", "Before dawn the dam at Orrin broke, the mayor of Orrin said on Friday.");
    /// let mut index = Index::keeping(Grams::of([&new]));
    /// index.insert(sketch("a", "The dam at Orrin broke before dawn, the mayor of Orrin said on Friday."));
    /// index.insert(sketch("b", "Cheese prices in Tarn rose again after a summer without rain or grass."));
    /// index.insert(new);
    /// assert_eq!(index.candidates(&"c".into()), ["a".into()]);
    /// ```
    pub fn keeping(grams: Grams) -> Self {
        Index { kept: Some(grams), ..Index::default() }
    }

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds an article; one under the same id is removed first.
    pub fn insert(&mut self, sketch: Sketch) {
        self.remove(&sketch.id.clone());
        let slot = self.free.pop().unwrap_or(self.articles.len() as u32);
        if slot as usize == self.articles.len() {
            self.articles.push(None);
        }
        self.slots.insert(sketch.id.clone(), slot);
        let grams: Vec<u32> = sketch.phrases.iter().chain(&sketch.pairs).copied().collect();
        self.articles[slot as usize] = Some(sketch);
        self.dirty.push(slot);
        for gram in grams {
            self.add_holder(gram, slot);
        }
    }

    /// Removes an article. Gives whether it was there.
    pub fn remove(&mut self, id: &ArticleId) -> bool {
        let Some(slot) = self.slots.remove(id) else { return false };
        let Some(sketch) = self.articles[slot as usize].take() else { return false };
        for &gram in sketch.phrases.iter().chain(&sketch.pairs) {
            self.drop_holder(gram, slot);
        }
        self.free.push(slot);
        true
    }

    /// The articles, sorted, whose candidates have to be asked for again: those inserted since the last call, and
    /// those whose candidates other insertions and removals may have changed. A pair that came or went has one of
    /// them: whoever replaces the pairs of these articles by those with their candidates of now has all pairs right.
    pub fn take_dirty(&mut self) -> Vec<ArticleId> {
        let slots = std::mem::take(&mut self.dirty);
        let mut ids: Vec<ArticleId> =
            slots.into_iter().filter_map(|slot| self.sketch(slot)).map(|s| s.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The articles, sorted, that may share text with this one: it is also a candidate of each of them. Empty for an
    /// article that the index does not hold.
    pub fn candidates(&self, id: &ArticleId) -> Vec<ArticleId> {
        let Some(&slot) = self.slots.get(id) else { return Vec::new() };
        let mut ids: Vec<ArticleId> = self
            .partners(slot)
            .into_iter()
            .filter_map(|slot| self.sketch(slot))
            .map(|sketch| sketch.id.clone())
            .collect();
        ids.sort_unstable();
        ids
    }

    /// The articles, sorted, that a text which the index does not hold may share text with.
    pub fn candidates_of(&self, sketch: &Sketch) -> Vec<ArticleId> {
        let shared = self.shared(sketch, None);
        let enough =
            |&(slot, shared): &(u32, Shared)| self.sketch(slot).is_some_and(|other| shared.enough(sketch, other));
        let found = shared.into_iter().filter(enough).filter_map(|(slot, _)| self.sketch(slot));
        let mut ids: Vec<ArticleId> = found.map(|sketch| sketch.id.clone()).collect();
        ids.sort_unstable();
        ids
    }

    /// What it was given of an article.
    pub fn sketch_of(&self, id: &ArticleId) -> Option<&Sketch> {
        self.sketch(*self.slots.get(id)?)
    }

    fn partners(&self, slot: u32) -> Vec<u32> {
        let Some(sketch) = self.sketch(slot) else { return Vec::new() };
        let enough =
            |&(other, shared): &(u32, Shared)| self.sketch(other).is_some_and(|other| shared.enough(sketch, other));
        self.shared(sketch, Some(slot)).into_iter().filter(enough).map(|(other, _)| other).collect()
    }

    fn sketch(&self, slot: u32) -> Option<&Sketch> {
        self.articles.get(slot as usize)?.as_ref()
    }

    /// How many grams of the sketch each other article shares, counting those for which one of the two stands for all.
    fn shared(&self, sketch: &Sketch, own: Option<u32>) -> Vec<(u32, Shared)> {
        let mut hits: Vec<u64> = Vec::new();
        for (kind, grams) in [&sketch.phrases, &sketch.pairs].into_iter().enumerate() {
            for gram in grams {
                let mut hit = |slot: u32| hits.push(u64::from(slot) << 1 | kind as u64);
                match self.grams.get(gram) {
                    None => {}
                    Some(&slot) if slot & LIST == 0 => hit(slot),
                    Some(&list) => {
                        let (first, rest) = self.holders((list & !LIST) as usize);
                        first.iter().for_each(|&slot| hit(slot));
                        if own.is_some_and(|own| first.contains(&own)) {
                            rest.iter().for_each(|&slot| hit(slot));
                        }
                    }
                }
            }
        }
        hits.sort_unstable();
        let mut found: Vec<(u32, Shared)> = Vec::new();
        for run in hits.chunk_by(|left, right| left >> 1 == right >> 1) {
            let pairs = run.iter().filter(|&&hit| hit & 1 == 1).count();
            let slot = (run[0] >> 1) as u32;
            if own != Some(slot) {
                found.push((slot, Shared { phrases: run.len() - pairs, pairs }));
            }
        }
        found
    }

    fn order(&self, slot: u32) -> (u64, &ArticleId) {
        let sketch = self.articles[slot as usize].as_ref().expect("a holder is an article of the index");
        (sketch.order, &sketch.id)
    }

    /// Who stands for the gram of a list, and who else has it.
    fn holders(&self, list: usize) -> (&[u32], &[u32]) {
        let few = &self.lists[list];
        if few[0] == MANY {
            let many = &self.many[few[1] as usize];
            return (&many.first, &many.rest);
        }
        (&few[..few.iter().position(|&slot| slot == NONE).unwrap_or(FEW)], &[])
    }

    /// Takes both out, to be changed and put back.
    fn take_holders(&mut self, list: usize) -> (Vec<u32>, Vec<u32>) {
        let few = std::mem::replace(&mut self.lists[list], NOBODY);
        if few[0] == MANY {
            self.free_many.push(few[1]);
            let many = std::mem::take(&mut self.many[few[1] as usize]);
            return (many.first, many.rest);
        }
        (few.into_iter().filter(|&slot| slot != NONE).collect(), Vec::new())
    }

    fn put_holders(&mut self, list: usize, first: Vec<u32>, rest: Vec<u32>) {
        if rest.is_empty() && first.len() <= FEW {
            self.lists[list] = NOBODY;
            self.lists[list][..first.len()].copy_from_slice(&first);
            return;
        }
        let place = self.free_many.pop().unwrap_or(self.many.len() as u32);
        if place as usize == self.many.len() {
            self.many.push(Many::default());
        }
        self.many[place as usize] = Many { first, rest };
        self.lists[list] = [MANY, place, NONE];
    }

    fn add_holder(&mut self, gram: u32, slot: u32) {
        if self.kept.as_ref().is_some_and(|kept| !kept.has(gram)) {
            return;
        }
        match self.grams.get(&gram).copied() {
            None => {
                self.grams.insert(gram, slot);
            }
            Some(held) if held & LIST == 0 => {
                let list = self.free_lists.pop().unwrap_or(self.lists.len() as u32);
                if list as usize == self.lists.len() {
                    self.lists.push(NOBODY);
                }
                let mut first = [held, slot];
                first.sort_unstable_by_key(|&slot| self.order(slot));
                self.put_holders(list as usize, first.to_vec(), Vec::new());
                self.grams.insert(gram, list | LIST);
            }
            Some(list) => self.add_to_list((list & !LIST) as usize, slot),
        }
    }

    fn add_to_list(&mut self, list: usize, slot: u32) {
        let (mut first, mut rest) = self.take_holders(list);
        let order = self.order(slot);
        let at = first.partition_point(|&other| self.order(other) < order);
        if at == params::REPRESENTATIVES {
            rest.push(slot);
        } else {
            first.insert(at, slot);
            if first.len() > params::REPRESENTATIVES {
                let displaced = first.pop().expect("more than one");
                self.dirty.push(displaced);
                rest.push(displaced);
            }
        }
        self.put_holders(list, first, rest);
    }

    fn drop_holder(&mut self, gram: u32, slot: u32) {
        let Some(&held) = self.grams.get(&gram) else { return };
        if held & LIST == 0 {
            self.grams.remove(&gram);
            return;
        }
        let list = (held & !LIST) as usize;
        let (mut first, mut rest) = self.take_holders(list);
        rest.retain(|&other| other != slot);
        if let Some(at) = first.iter().position(|&other| other == slot) {
            first.remove(at);
            let next = (0..rest.len()).min_by_key(|&at| self.order(rest[at]));
            if let Some(next) = next {
                let next = rest.swap_remove(next);
                self.dirty.push(next);
                first.push(next);
            }
        }
        if let (&[last], true) = (first.as_slice(), rest.is_empty()) {
            self.grams.insert(gram, last);
            self.free_lists.push(list as u32);
        } else {
            self.put_holders(list, first, rest);
        }
    }
}

/// How many grams two articles share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    pub phrases: usize,
    pub pairs: usize,
}

impl Shared {
    /// Whether that makes them candidates.
    fn enough(self, a: &Sketch, b: &Sketch) -> bool {
        let sampled = a.sampled.max(b.sampled);
        self.reaches(a.sizes_at(sampled), b.sizes_at(sampled))
    }

    /// Whether that makes candidates of two articles with so many phrases and pairs.
    pub(crate) fn reaches(self, a: (usize, usize), b: (usize, usize)) -> bool {
        let reaches = |shared: usize, least: usize, share: f64, smaller: usize| {
            shared >= least && shared as f64 >= share * smaller as f64
        };
        reaches(self.phrases, params::PHRASES, params::PHRASE_SHARE, a.0.min(b.0))
            || reaches(self.pairs, params::PAIRS, params::PAIR_SHARE, a.1.min(b.1))
    }
}

impl Sketch {
    /// Whether two articles are candidates of each other, looked at alone, as [`Index::candidates_of`] says it for a
    /// whole pile. For a question against a pile that is in no index.
    pub fn is_candidate(&self, other: &Sketch) -> bool {
        let common = |own: &[u32], other: &[u32]| {
            let (mut own, mut other) = (own.iter().peekable(), other.iter().peekable());
            let mut common = 0;
            while let (Some(left), Some(right)) = (own.peek(), other.peek()) {
                match left.cmp(right) {
                    std::cmp::Ordering::Less => own.next(),
                    std::cmp::Ordering::Greater => other.next(),
                    std::cmp::Ordering::Equal => {
                        common += 1;
                        own.next();
                        other.next()
                    }
                };
            }
            common
        };
        let shared =
            Shared { phrases: common(&self.phrases, &other.phrases), pairs: common(&self.pairs, &other.pairs) };
        shared.enough(self, other)
    }
}
