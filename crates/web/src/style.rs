//! The style sheet, which stands in every page so that a page can be sent alone, and the policy that lets in nothing
//! else.

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("../assets/style.css");

/// Its SHA-256 as a content security policy names it: the only style that a browser may apply.
pub(crate) const STYLE_HASH: &str = "sha256-zME0Ljh5RBNVlb7oDCnngW1uwIfWYaSf7JcnsNjSc48=";

/// What stands in the head of a page.
pub(crate) struct Head {
    pub title: String,
    /// The way to the report's folder.
    pub up: &'static str,
    pub style: &'static str,
    pub style_hash: &'static str,
}

impl Head {
    /// Of a page in the report's folder.
    pub fn top(title: &str) -> Self {
        Head { title: crate::words::clip(title, crate::words::HEADLINE), up: "", style: STYLE, style_hash: STYLE_HASH }
    }

    /// Of a page in a folder below it.
    pub fn below(title: &str) -> Self {
        Head { up: crate::links::UP, ..Head::top(title) }
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
