//! Pages and pictures of a store: the report, a static site that shows a pile of pages as stories, accounts and
//! copies, and takes each page apart.
//!
//! The flow: [`report()`] reads a [`wirecopy::Dossier`] for each story; a desk finds its articles by id and says which
//! pairs have a page; each kind of page is a plain value made from the desk, which a template writes. The lineage
//! picture is laid out here and written as SVG.
//!
//! Not for: finding anything out. What a page shows the library has said. Pages hold no script, load nothing, and show
//! what came from outside as text: every value of a template goes through one escaper.

mod bar;
mod claims;
mod desk;
mod escape;
mod links;
mod marks;
mod names;
mod pages;
mod picture;
mod quotes;
mod remarks;
mod report;
pub mod room;
mod single;
mod style;
mod timeline;
mod times;
mod told;
mod view;
mod voices;
mod words;

pub use report::{Report, report};
pub use single::single;
pub use style::{Frame, SCRIPT, STYLE};
