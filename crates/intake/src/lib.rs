//! Everything that comes in: files, folders and standard input become pages, or rejects with their reason.
//!
//! Not for: what a page means. Bytes are decoded where they are text and passed on where they are HTML; nothing is
//! read out of them here.

mod decode;
mod lines;
mod read;
mod walk;

pub use decode::decode_text;
pub use lines::{JsonLines, LONGEST_LINE};
pub use read::{LARGEST_PAGE, Pages, pages};
pub use walk::{Input, InputKind, Walked, walk};
