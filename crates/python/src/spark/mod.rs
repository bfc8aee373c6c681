//! What the Spark job maps over batches: each function takes and gives Arrow tables. Which tables flow from where to
//! where is written in `python/wirecopy/spark/`.

mod candidates;
mod columns;
mod families;
mod pages;

pub use candidates::{enough, meet, scatter, sum_up};
pub use families::{finish, group, parse, trace, verify};
pub use pages::{mask, read, repeated};
