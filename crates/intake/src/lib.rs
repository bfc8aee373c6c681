//! Everything that comes in: files, folders, archives, tables and standard input become pages, or rejects with their
//! reason.
//!
//! Bounded whatever comes: no page, line, row, record or head is larger than `limits.rs` says, and what expands beyond all
//! reason is refused. Nothing is written, and no name in an archive is followed.
//!
//! Not for: what a page means, or fetching one. Bytes are decoded where they are text and passed on where they are HTML;
//! nothing is read out of them here.

mod archive;
mod columns;
mod decode;
mod found;
mod front;
mod json;
mod limits;
mod lines;
mod parquet;
mod read;
mod sniff;
mod table;
#[cfg(test)]
mod testing;
mod unpack;
mod walk;
mod warc;

pub use columns::{ColumnName, ColumnNames, Columns};
pub use decode::decode_text;
pub use found::{Flow, Found};
pub use limits::{LARGEST_PAGE, LONGEST_LINE};
pub use lines::JsonLines;
pub use read::{read, read_bytes};
pub use table::{Row, Rows};
pub use unpack::Unpacked;
pub use walk::{Input, InputKind, Walked, walk};
pub use warc::{
    CAPTURE, FIELD_PUBLISHED, FIELD_ROLE, FIELD_SOURCE, FIELD_TITLE, Message, Record, RecordError, Records, message,
};
