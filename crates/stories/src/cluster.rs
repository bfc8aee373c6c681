use std::collections::{BTreeMap, HashMap, HashSet};

use crate::features::Term;
use crate::{FADE_DAYS, FADE_FLOOR, Features, JOIN};

/// How many articles the frequencies of words are taken to rest on before any was seen, so that the first ones are not
/// ruled by chance.
const PRIOR_ARTICLES: f64 = 60.0;

/// A cluster is known by this many of its weightiest words.
const CLUSTER_WORDS: usize = 200;

/// A word that more clusters than this hold does not tell them apart, and looking through all of them would make each
/// article cost what the pile costs.
const MOST_HOLDERS: usize = 1_000;

/// The number of a cluster, in the order in which they began.
pub type Cluster = usize;

/// A vector of unit length, sorted by stem.
type Vector = Vec<(u64, f64)>;

/// The clusters so far. Each call of [`place`](Clusters::place) sees what came before and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    seen: usize,
    /// Whether the frequencies are those of all articles, so that placing one adds nothing to them.
    knows_all: bool,
    frequency: HashMap<u64, u32>,
    clusters: Vec<Centre>,
    /// The clusters that each stem is among the words of.
    holders: HashMap<u64, HashSet<u32>>,
}

#[derive(Clone, Debug, Default)]
struct Centre {
    /// Ordered, so that sums over it come out the same to the last bit in every run.
    sum: BTreeMap<u64, f64>,
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
        clusters.knows_all = true;
        clusters
    }

    /// Puts an article, or a family's representative, into its cluster. `day` is the number of its day, counted from
    /// any fixed one.
    pub fn place(&mut self, features: &Features, day: Option<i32>) -> Cluster {
        if !self.knows_all {
            self.learn(features);
        }
        let vector = self.vector(features);
        let cluster = match self.nearest(&vector, day) {
            Some((cluster, score)) if score >= JOIN => cluster,
            _ => {
                self.clusters.push(Centre::default());
                self.clusters.len() - 1
            }
        };
        self.add(cluster, &vector, day);
        cluster
    }

    fn learn(&mut self, features: &Features) {
        self.seen += 1;
        for term in &features.terms {
            *self.frequency.entry(term.stem).or_default() += 1;
        }
    }

    fn vector(&self, features: &Features) -> Vector {
        let weigh = |term: &Term| {
            let frequency = f64::from(self.frequency.get(&term.stem).copied().unwrap_or(0));
            let rarity = ((self.seen as f64 + PRIOR_ARTICLES) / (frequency + 1.0)).ln().max(0.1);
            let count = if term.count > 0 { 1.0 + f64::from(term.count).ln() } else { 0.0 };
            let place = 0.5 * f64::from(u8::from(term.in_title)) + 0.5 * f64::from(u8::from(term.in_lead));
            (term.stem, (count + place) * rarity)
        };
        let mut vector: Vector = features.terms.iter().map(weigh).collect();
        let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        if norm > 0.0 {
            vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
        }
        vector
    }

    /// The cluster nearest to the vector, with its faded cosine. Of equals the older.
    fn nearest(&self, vector: &Vector, day: Option<i32>) -> Option<(Cluster, f64)> {
        let mut products: HashMap<u32, f64> = HashMap::new();
        for (stem, weight) in vector {
            let Some(holders) = self.holders.get(stem).filter(|holders| holders.len() <= MOST_HOLDERS) else {
                continue;
            };
            for &cluster in holders {
                if let Some(own) = self.clusters[cluster as usize].sum.get(stem) {
                    *products.entry(cluster).or_default() += weight * own;
                }
            }
        }
        let scored = products.into_iter().map(|(cluster, product)| {
            let centre = &self.clusters[cluster as usize];
            (cluster as usize, product / centre.norm.max(f64::MIN_POSITIVE) * fade(centre.days, day))
        });
        scored.max_by(|one, other| one.1.total_cmp(&other.1).then_with(|| other.0.cmp(&one.0)))
    }

    fn add(&mut self, cluster: Cluster, vector: &Vector, day: Option<i32>) {
        let centre = &mut self.clusters[cluster];
        for (stem, weight) in vector {
            *centre.sum.entry(*stem).or_default() += weight;
        }
        if centre.sum.len() > 2 * CLUSTER_WORDS {
            let mut words: Vec<(u64, f64)> = std::mem::take(&mut centre.sum).into_iter().collect();
            words.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            words.truncate(CLUSTER_WORDS);
            centre.sum = words.into_iter().collect();
        }
        centre.norm = centre.sum.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        if let Some(day) = day {
            let (first, last) = centre.days.unwrap_or((day, day));
            centre.days = Some((first.min(day), last.max(day)));
        }
        for (stem, _) in vector.iter().filter(|(stem, _)| centre.sum.contains_key(stem)) {
            self.holders.entry(*stem).or_default().insert(cluster as u32);
        }
    }
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
    let mut placed: Vec<Cluster> = Vec::with_capacity(articles.len());
    for (vector, (_, day)) in vectors.iter().zip(articles) {
        let cluster = match clusters.nearest(vector, *day) {
            Some((cluster, score)) if score >= JOIN => cluster,
            _ => {
                clusters.clusters.push(Centre::default());
                clusters.clusters.len() - 1
            }
        };
        clusters.add(cluster, vector, *day);
        placed.push(cluster);
    }
    let again = clusters.clone();
    for (place, (vector, (_, day))) in vectors.iter().zip(articles).enumerate() {
        if let Some((cluster, score)) = again.nearest(vector, *day)
            && score >= JOIN
        {
            placed[place] = cluster;
        }
    }
    placed
}
