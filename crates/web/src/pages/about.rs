use askama::Template;

use crate::style::Head;

/// How to read the report, and what could not be used.
#[derive(Template)]
#[template(path = "about.html")]
pub(crate) struct AboutPage {
    pub head: Head,
    pub version: &'static str,
    /// The input, the place in it, why.
    pub rejects: Vec<(String, String, String)>,
    pub more: usize,
}
