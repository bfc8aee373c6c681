//! Which articles tell of the same event.
//!
//! A single pass: each family of copies, once, joins the cluster whose words are nearest or starts a new one. Rare
//! words weigh more, words of the headline and the lead more than others, and a cluster that has been silent for months
//! is farther away; an article without a date is neutral. Not for: finding copies (they come in as one vote) or telling
//! what happened.

mod cluster;
mod features;

pub use cluster::{Cluster, Clusters, batch};
pub use features::Features;

/// An article joins a cluster from this cosine on. On 199 news articles of 42 stories B-cubed F1 stays within a
/// hundredth between .19 and .24.
pub const JOIN: f64 = 0.21;

/// After how many days of silence a cluster is farther away by a factor of e.
pub const FADE_DAYS: f64 = 180.0;

/// However long it was silent, a cluster fades to no less than this: anniversaries and long affairs come back.
pub const FADE_FLOOR: f64 = 0.6;
