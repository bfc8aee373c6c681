//! Web archives: records with their blocks, HTTP messages in them, and the pages that these carry.

/// A field of records that hold no page though they may look like one: a feed, robots.txt or a sitemap that was fetched
/// on the way. Its value says which.
pub const FIELD_ROLE: &str = "Wirecopy-Role";
/// A field of a response: the title that the list or feed told that named the page,
pub const FIELD_TITLE: &str = "Wirecopy-Title";
/// the source,
pub const FIELD_SOURCE: &str = "Wirecopy-Source";
/// and the date of publication.
pub const FIELD_PUBLISHED: &str = "Wirecopy-Published";

/// The extra field of a page from an archive that tells how it was captured: `warc`, `record`, `fetched`, `digest`, `status`.
pub const CAPTURE: &str = "capture";

mod http;
mod pages;
mod record;

pub use http::{Message, message};
pub(crate) use pages::read_warc;
pub use record::{Record, RecordError, Records};
