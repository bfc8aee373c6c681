//! The kinds of page, a template each.

mod about;
mod apparatus;
mod article;
mod family;
mod index;
mod pair;
pub(crate) mod reference;
mod source;
mod story;
mod table;

pub(crate) use about::AboutPage;
pub(crate) use apparatus::{ApparatusPage, View};
pub(crate) use article::ArticlePage;
pub(crate) use family::{FamilyPage, is_collated};
pub(crate) use index::{IndexPage, StoryRow};
pub(crate) use pair::PairPage;
pub(crate) use source::{SourcePage, Sources};
pub(crate) use story::StoryPage;
pub(crate) use table::TablePage;
pub use table::{Cell, Table};
