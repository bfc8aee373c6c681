//! The day of publication in a page's data scripts: what a site's own program reads, outside the standards for metadata.
//!
//! Looked for only where neither the head nor the visible lines tell a date.

use wirecopy_model::Basis;

use crate::dates::candidate;
use crate::dates::judge::{Candidate, Role};
use crate::dates::parse::parse_loose;

/// Names of the field, without case and signs.
const KEYS: [&str; 9] = [
    "datepublished",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "publishedat",
    "publishedtime",
    "firstpublished",
    "datefirstpublished",
    "pubdate",
];
/// Bytes of the longest name, signs included.
const LONGEST_KEY: usize = 24;
/// Bytes of the longest date.
const LONGEST_DATE: usize = 40;

/// The first date of publication in the scripts of a page; `html` is the page as it came.
///
/// A page's own data stand before those of the pages it links to.
pub(super) fn date(html: &str) -> Option<Candidate> {
    let scripts = html.split("<script").skip(1).filter_map(|rest| rest.split("</script").next());
    let value = scripts.flat_map(fields).find_map(parse_loose)?;
    Some(candidate(value, Basis::Body, Role::Published, "a date of publication in the page's data"))
}

/// The values of fields named for the date of publication: `"publishedDate": "2021-04-13T10:00:00Z"`.
fn fields(script: &str) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(script.as_bytes(), b"\":").filter_map(|at| value_at(script, at)).take(8)
}

/// The value after the name that ends at `end`, if the name is one of [`KEYS`] and the value a string.
fn value_at(script: &str, end: usize) -> Option<&str> {
    let near = &script.as_bytes()[end.saturating_sub(LONGEST_KEY)..end];
    let start = end - near.iter().rev().position(|&byte| byte == b'"')?;
    let key: String = script[start..end].chars().filter(char::is_ascii_alphanumeric).collect();
    KEYS.contains(&key.to_ascii_lowercase().as_str()).then_some(())?;
    let value = script[end + 2..].trim_start().strip_prefix('"')?;
    let close = value.find('"').filter(|&close| close <= LONGEST_DATE)?;
    Some(&value[..close])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_field_for_the_day_of_publication() {
        for (html, expected) in [
            (
                r#"<script>x = {"publishedDate":"2021-04-13T10:37:27Z","updatedDate":"2021-04-15"}</script>"#,
                Some("2021-04-13"),
            ),
            (
                r#"<script>{"a":{"date_published" : "2021"}}</script><script>{"published_at": "2021-04-14"}</script>"#,
                Some("2021-04-14"),
            ),
            (r#"<script>{"updatedDate":"2021-04-15"}</script>"#, None),
            (r#"<script>{"publishedDate":null,"pubDate":1618310247}</script>"#, None),
            (r#"<p>"publishedDate":"2021-04-13"</p>"#, None),
            (r#"<script>"é":"x","#, None),
            (r#"<script>":"#, None),
        ] {
            let day = date(html).map(|found| found.value.day().to_string());
            assert_eq!(day.as_deref(), expected, "{html}");
        }
    }
}
