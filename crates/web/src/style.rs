//! The style sheet, which stands in every page so that a page can be sent alone, and the policy that lets in nothing
//! else.

use crate::links::Site;

/// The style sheet.
pub const STYLE: &str = include_str!("../assets/style.css");

/// The script of the reading room.
pub const SCRIPT: &str = include_str!("../assets/room.js");

/// The SHA-256 of the style sheet as a content security policy names it: the only style that a browser may apply.
pub(crate) const STYLE_HASH: &str = "sha256-+PaAlZKW8HCYNFtmnBusSqihAtKMr/ZZbRtrDXXAyoM=";

/// What stands in the head of a page.
pub(crate) struct Head {
    pub title: String,
    /// The way to the first page, and to other pages that all have in common.
    pub stories: String,
    pub sources: String,
    pub about: String,
    pub style: &'static str,
    pub style_hash: &'static str,
    /// What a page of the reading room has beside.
    pub room: Option<Frame>,
}

/// What stands around a page of the reading room.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The same page as JSON,
    pub json: Option<String>,
    /// its table as CSV,
    pub csv: Option<String>,
    /// and its feed.
    pub feed: Option<String>,
    /// What was searched for.
    pub query: String,
}

impl Head {
    /// Of a page in the report's folder.
    pub fn top(title: &str) -> Self {
        Head {
            title: crate::words::clip(title, crate::words::HEADLINE),
            stories: "index.html".into(),
            sources: "index.html#sources".into(),
            about: "about.html".into(),
            style: STYLE,
            style_hash: STYLE_HASH,
            room: None,
        }
    }

    /// Of a page in a folder below it.
    fn below(title: &str) -> Self {
        let up = |file: String| format!("{}{file}", crate::links::UP);
        let top = Head::top(title);
        Head { stories: up(top.stories), sources: up(top.sources), about: up(top.about), ..Head::top(title) }
    }

    /// Of a page about one thing.
    pub fn of(site: Site, title: &str) -> Self {
        match site {
            Site::Report => Head::below(title),
            Site::Room => Head::room(title, Frame::default()),
        }
    }

    /// Of a page of the reading room.
    pub fn room(title: &str, frame: Frame) -> Self {
        let (stories, sources, about) = ("/".into(), "/sources".into(), "/about".into());
        Head { stories, sources, about, room: Some(frame), ..Head::top(title) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let number =
                three.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte)) << (8 * (3 - three.len()));
            for digit in 0..4 {
                let used = digit <= three.len();
                text.push(if used { DIGITS[(number >> (18 - 6 * digit)) as usize & 63] as char } else { '=' });
            }
        }
        text
    }

    #[test]
    fn the_policy_names_the_style_sheet() {
        assert_eq!(
            STYLE_HASH,
            format!("sha256-{}", base64(&Sha256::digest(STYLE))),
            "after a change of the style sheet"
        );
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "nothing is loaded from elsewhere");
    }
}
