//! What an answer comes to.

use std::io::Read;
use std::time::Duration;

use jiff::Timestamp;
use robotxt::Robots;
use url::Url;
use wirecopy_intake::{LARGEST_PAGE, Unpacked, message};

use crate::client::{Answer, Client, NoAnswer};
use crate::lists::address;

/// What asking came to.
pub(crate) enum Outcome {
    /// Not now; perhaps later.
    Again {
        why: String,
        /// How long the host asks to be left in peace.
        after: Option<Duration>,
        /// Whether the host as a whole did not answer.
        host: bool,
    },
    /// Not at all.
    Failed { why: String, host: bool },
    /// What a robots.txt says.
    Rules(Box<Robots>),
    /// As it was.
    Unchanged,
    /// Elsewhere.
    Redirect(Box<Answer>),
    /// A final answer, good or bad.
    Answer(Box<Answer>),
}

/// Judges an answer to a request; `conditional` where it asked for what has changed only.
pub(crate) fn judge(answer: Result<Answer, NoAnswer>, conditional: bool) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(NoAnswer { why, passing: true, host }) => return Outcome::Again { why, after: None, host },
        Err(NoAnswer { why, host, .. }) => return Outcome::Failed { why, host },
    };
    match answer.status {
        304 if conditional => Outcome::Unchanged,
        // 408 and 425 ask for another try, 429 for patience; what fails on the host's side may pass.
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            Outcome::Again { why: answered(answer.status), after: retry_after(&answer), host: false }
        }
        301 | 302 | 303 | 307 | 308 => Outcome::Redirect(Box::new(answer)),
        _ => Outcome::Answer(Box::new(answer)),
    }
}

/// Where a redirect leads.
pub(crate) fn target(from: &Url, location: Option<&str>) -> Result<Url, String> {
    let location = location.ok_or("redirects, and does not say where to")?;
    let to = from.join(location.trim()).map_err(|_| format!("redirects to no address ({location:?})"))?;
    address(to.as_str()).map_err(|why| format!("redirects to {why}"))
}

/// A status in words.
pub(crate) fn answered(status: u16) -> String {
    let reason = ureq::http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    format!("answered {status}{}", reason.map(|reason| format!(" {reason}")).unwrap_or_default())
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    let value = answer.field("Retry-After")?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(Timestamp::now())).unwrap_or_default())
}

/// Why a good answer holds no page, if it does not.
pub(crate) fn not_a_page(answer: &Answer) -> Option<String> {
    let media_type = answer.field("Content-Type").unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    // What is said to be text and is not is seen by whoever reads the archive.
    let may_be = ["", "text/html", "text/plain", "application/xhtml+xml", "application/octet-stream"];
    (!may_be.contains(&media_type.as_str())).then(|| format!("it is {media_type}, no page"))
}

/// The body of an answer, decoded and unpacked.
pub(crate) fn body(answer: &Answer) -> Result<Vec<u8>, String> {
    let body = message(answer.block())?.body;
    let mut unpacked = Vec::new();
    let read = Unpacked::new(body.as_slice()).and_then(|input| input.take(LARGEST_PAGE + 1).read_to_end(&mut unpacked));
    match read {
        Ok(length) if length as u64 > LARGEST_PAGE => Err(format!("larger than {} MB", LARGEST_PAGE >> 20)),
        Ok(_) => Ok(unpacked),
        Err(error) => Err(error.to_string()),
    }
}

/// Redirects of a robots.txt are followed so far (RFC 9309, 2.3.1.2).
const MOST_REDIRECTS: usize = 5;
/// More of a robots.txt is not read (RFC 9309, 2.5).
const LONGEST_ROBOTS: usize = 500 << 10;

/// Asks for a site's rules. None there means that all is allowed; none to be had, that nothing is.
pub(crate) fn robots(client: &Client, url: &Url) -> Outcome {
    let mut url = url.clone();
    for _ in 0..=MOST_REDIRECTS {
        let unreadable = |why: String| format!("robots.txt of the site cannot be read: {why}");
        match judge(client.get(url.as_str(), &[]), false) {
            Outcome::Again { why, after, host } => {
                return Outcome::Again { why: if host { why } else { unreadable(why) }, after, host };
            }
            Outcome::Redirect(answer) => match target(&url, answer.field("Location")) {
                Ok(to) => url = to,
                Err(_) => break,
            },
            Outcome::Answer(answer) if (200..=299).contains(&answer.status) => {
                let body = body(&answer).unwrap_or_default();
                let robots = Robots::parse(&body[..body.len().min(LONGEST_ROBOTS)], "wirecopy");
                return Outcome::Rules(Box::new(robots));
            }
            Outcome::Answer(_) => break,
            other => return other,
        }
    }
    Outcome::Rules(Box::new(Robots::allow_all()))
}
