use std::collections::HashMap;

use crate::features::Term;
use crate::{FADE_DAYS, FADE_FLOOR, Features, JOIN};

/// How many articles the frequencies of words are taken to rest on before any was seen, so that the first ones are not
/// ruled by chance.
const PRIOR_ARTICLES: f64 = 60.0;

/// A cluster is known by this many of its weightiest words.
const CLUSTER_WORDS: usize = 200;

/// A word that more clusters than this hold names none of them.
const MOST_HOLDERS: usize = 1_000;

/// So many of an article's weightiest words name the clusters that it may join,
const NAMING_WORDS: usize = 48;

/// and of these so many are compared with it in full. Both bound what an article costs, whatever the pile holds. On
/// generated piles of 20,000 articles no article was placed otherwise than by comparing it with every cluster.
const COMPARED: usize = 48;

/// The number of a cluster, in the order in which they began.
pub type Cluster = usize;

/// A vector of unit length: the numbers of its words, sorted, with their weights.
type Vector = Vec<(u32, f32)>;

/// The clusters so far. Each call of [`place`](Clusters::place) sees what came before and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    seen: usize,
    /// Whether the frequencies are those of all articles, so that placing one adds nothing to them.
    knows_all: bool,
    numbers: HashMap<u64, u32>,
    words: Vec<Word>,
    clusters: Vec<Centre>,
    /// How much of the article in hand each cluster may share; all zero between two articles.
    named: Vec<f32>,
    /// The weight of each word in the article in hand, by its number; all zero between two articles.
    weights: Vec<f32>,
}

/// A stem that was met.
#[derive(Clone, Debug, Default)]
struct Word {
    /// In how many articles.
    frequency: u32,
    /// The clusters that it names: those among whose words it is. `None` once they were too many.
    holders: Option<Vec<u32>>,
}

#[derive(Clone, Debug, Default)]
struct Centre {
    sum: Vector,
    norm: f64,
    /// The days of its first and last dated article, counted from any fixed day.
    days: Option<(i32, i32)>,
}

impl Clusters {
    /// No clusters.
    pub fn new() -> Self {
        Clusters::default()
    }

    /// No clusters, but the frequencies of words in these articles: what is placed then is weighed by all of them,
    /// whatever the order in which it comes.
    pub fn knowing<'a>(articles: impl IntoIterator<Item = &'a Features>) -> Self {
        let mut clusters = Clusters::new();
        articles.into_iter().for_each(|features| clusters.learn(features));
        clusters.know_all();
        clusters
    }

    /// Counts the words of an article that is to be placed later. Once [`know_all`](Clusters::know_all) was called,
    /// placing one counts nothing more.
    pub fn learn(&mut self, features: &Features) {
        self.seen += 1;
        for term in &features.terms {
            let number = self.number(term.stem);
            self.words[number as usize].frequency += 1;
        }
    }

    /// Says that all articles were [learnt](Clusters::learn).
    pub fn know_all(&mut self) {
        self.knows_all = true;
    }

    /// Puts an article, or a family's representative, into its cluster. `day` is the number of its day, counted from
    /// any fixed one.
    pub fn place(&mut self, features: &Features, day: Option<i32>) -> Cluster {
        if !self.knows_all {
            self.learn(features);
        }
        let vector = self.vector(features);
        self.join(&vector, day)
    }

    fn join(&mut self, vector: &Vector, day: Option<i32>) -> Cluster {
        let cluster = match self.nearest(vector, day) {
            Some((cluster, score)) if score >= JOIN => cluster,
            _ => {
                self.clusters.push(Centre::default());
                self.named.push(0.0);
                self.clusters.len() - 1
            }
        };
        self.add(cluster, vector, day);
        cluster
    }

    fn number(&mut self, stem: u64) -> u32 {
        let next = self.words.len() as u32;
        let number = *self.numbers.entry(stem).or_insert(next);
        if number == next {
            self.words.push(Word { frequency: 0, holders: Some(Vec::new()) });
        }
        number
    }

    fn vector(&mut self, features: &Features) -> Vector {
        let weigh = |clusters: &mut Clusters, term: &Term| {
            let number = clusters.number(term.stem);
            let frequency = f64::from(clusters.words[number as usize].frequency);
            let rarity = ((clusters.seen as f64 + PRIOR_ARTICLES) / (frequency + 1.0)).ln().max(0.1);
            let count = if term.count > 0 { 1.0 + f64::from(term.count).ln() } else { 0.0 };
            let place = 0.5 * f64::from(u8::from(term.in_title)) + 0.5 * f64::from(u8::from(term.in_lead));
            (number, ((count + place) * rarity) as f32)
        };
        let mut vector: Vector = features.terms.iter().map(|term| weigh(self, term)).collect();
        vector.sort_unstable_by_key(|(number, _)| *number);
        let norm = length(&vector);
        if norm > 0.0 {
            vector.iter_mut().for_each(|(_, weight)| *weight = (f64::from(*weight) / norm) as f32);
        }
        vector
    }

    /// The cluster nearest to the vector, with its faded cosine. Of equals the older.
    fn nearest(&mut self, vector: &Vector, day: Option<i32>) -> Option<(Cluster, f64)> {
        let candidates = self.candidates(vector);
        self.weights.resize(self.words.len(), 0.0);
        for &(number, weight) in vector {
            self.weights[number as usize] = weight;
        }
        let scored = candidates.into_iter().map(|cluster| {
            let centre = &self.clusters[cluster as usize];
            let cosine = product(&self.weights, &centre.sum) / centre.norm.max(f64::MIN_POSITIVE);
            (cluster as usize, cosine * fade(centre.days, day))
        });
        let nearest = scored.max_by(|one, other| one.1.total_cmp(&other.1).then_with(|| other.0.cmp(&one.0)));
        for &(number, _) in vector {
            self.weights[number as usize] = 0.0;
        }
        nearest
    }

    /// The clusters that share most of the vector's weightiest words.
    fn candidates(&mut self, vector: &Vector) -> Vec<u32> {
        let naming = |(number, _): &&(u32, f32)| self.words[*number as usize].holders.is_some();
        let mut naming: Vec<(u32, f32)> = vector.iter().filter(naming).copied().collect();
        weightiest(&mut naming, NAMING_WORDS);
        let mut found: Vec<u32> = Vec::new();
        for (number, weight) in naming {
            for &cluster in self.words[number as usize].holders.iter().flatten() {
                let shared = &mut self.named[cluster as usize];
                if *shared == 0.0 {
                    found.push(cluster);
                }
                *shared += weight * weight;
            }
        }
        let mut named: Vec<(u32, f32)> =
            found.iter().map(|&cluster| (cluster, std::mem::take(&mut self.named[cluster as usize]))).collect();
        weightiest(&mut named, COMPARED);
        named.into_iter().map(|(cluster, _)| cluster).collect()
    }

    fn add(&mut self, cluster: Cluster, vector: &Vector, day: Option<i32>) {
        let centre = &mut self.clusters[cluster];
        let (new, dropped) = centre.take_up(vector);
        for number in dropped {
            if let Some(list) = &mut self.words[number as usize].holders
                && let Some(at) = list.iter().position(|&holder| holder == cluster as u32)
            {
                list.swap_remove(at);
            }
        }
        for number in new {
            let holders = &mut self.words[number as usize].holders;
            if let Some(list) = holders {
                list.push(cluster as u32);
                if list.len() > MOST_HOLDERS {
                    *holders = None;
                }
            }
        }
        if let Some(day) = day {
            let (first, last) = centre.days.unwrap_or((day, day));
            centre.days = Some((first.min(day), last.max(day)));
        }
    }
}

impl Centre {
    /// Adds a vector. Gives the words that are new here, and those that had to go.
    fn take_up(&mut self, vector: &Vector) -> (Vec<u32>, Vec<u32>) {
        let (mut merged, mut new) = (Vec::with_capacity(self.sum.len() + vector.len()), Vec::new());
        let mut own = self.sum.iter().copied().peekable();
        for &(number, weight) in vector {
            while let Some(before) = own.next_if(|(other, _)| *other < number) {
                merged.push(before);
            }
            match own.next_if(|(other, _)| *other == number) {
                Some((_, sum)) => merged.push((number, sum + weight)),
                None => {
                    new.push(number);
                    merged.push((number, weight));
                }
            }
        }
        merged.extend(own);
        let mut dropped = Vec::new();
        if merged.len() > 2 * CLUSTER_WORDS {
            weightiest(&mut merged, CLUSTER_WORDS);
            merged.sort_unstable_by_key(|(number, _)| *number);
            let stays = |number: &u32| merged.binary_search_by_key(number, |(number, _)| *number).is_ok();
            new.retain(stays);
            dropped.extend(self.sum.iter().map(|(number, _)| *number).filter(|number| !stays(number)));
        }
        self.sum = merged;
        self.sum.shrink_to_fit();
        self.norm = length(&self.sum);
        (new, dropped)
    }
}

/// Keeps the `most` weightiest, the weightiest first; of equals those of the lower number.
fn weightiest(items: &mut Vec<(u32, f32)>, most: usize) {
    let order = |one: &(u32, f32), other: &(u32, f32)| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0));
    if items.len() > most {
        items.select_nth_unstable_by(most, order);
        items.truncate(most);
    }
    items.sort_unstable_by(order);
}

fn length(vector: &Vector) -> f64 {
    vector.iter().map(|(_, weight)| f64::from(*weight) * f64::from(*weight)).sum::<f64>().sqrt()
}

/// The sum of the products of the weights of the words that both have; the one vector with a place for each word. Looking
/// all words up there takes a fifth of the time of walking along both.
fn product(weights: &[f32], other: &Vector) -> f64 {
    other.iter().map(|&(number, weight)| f64::from(weights[number as usize]) * f64::from(weight)).sum()
}

/// How much nearer a cluster is for being of the same days. No date, no difference.
fn fade(days: Option<(i32, i32)>, day: Option<i32>) -> f64 {
    let (Some((first, last)), Some(day)) = (days, day) else { return 1.0 };
    let silent = if day > last { day - last } else { first - day }.max(0);
    FADE_FLOOR + (1.0 - FADE_FLOOR) * (-f64::from(silent) / FADE_DAYS).exp()
}

/// The clusters of articles that are all seen before the first is placed: frequencies come from all of them, and each
/// article is looked at again when all clusters stand. Gives the cluster of each.
pub fn batch(articles: &[(Features, Option<i32>)]) -> Vec<Cluster> {
    let mut clusters = Clusters::knowing(articles.iter().map(|(features, _)| features));
    let vectors: Vec<Vector> = articles.iter().map(|(features, _)| clusters.vector(features)).collect();
    let placed: Vec<Cluster> =
        vectors.iter().zip(articles).map(|(vector, (_, day))| clusters.join(vector, *day)).collect();
    let again = |(placed, (vector, (_, day))): (Cluster, (&Vector, &(Features, Option<i32>)))| {
        clusters.nearest(vector, *day).filter(|(_, score)| *score >= JOIN).map_or(placed, |(cluster, _)| cluster)
    };
    placed.into_iter().zip(vectors.iter().zip(articles)).map(again).collect()
}
