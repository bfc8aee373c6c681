//! Who may ask, and under which rules a browser shows what is answered.

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderName, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, Response, StatusCode};

use crate::problem::Problem;

pub struct Guard {
    local: bool,
    token: Option<String>,
    hosts: Vec<String>,
}

/// The cookie that shows the token.
pub const COOKIE_NAME: &str = "wirecopy";

/// Nothing but what this server sends is loaded, run or framed; nothing is sent elsewhere.
const RULES: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-robots-tag", "noindex"),
];

impl Guard {
    pub fn new(addr: SocketAddr, token: Option<String>, hosts: Vec<String>) -> Self {
        let hosts = hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect();
        Guard { local: addr.ip().is_loopback(), token, hosts }
    }

    /// Whether the machine is called by a name of its own: another site's name that was made to lead here is none.
    pub fn check_host(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).map(name_of).unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let own = match address {
            Ok(address) => !self.local || address.is_loopback(),
            Err(_) => self.local && host == "localhost" || self.hosts.contains(&host),
        };
        let told = "This server does not go by that name; start it with --host NAME to let it in.";
        if own { Ok(()) } else { Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, told)) }
    }

    /// Whether the token was shown, where there is one: as a bearer or as the cookie.
    pub fn check_token(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(token) = &self.token else { return Ok(()) };
        let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookie = cookies
            .flat_map(|cookies| cookies.split(';'))
            .find_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
        // Both are looked at, so that the time tells nothing.
        let shown = [bearer, cookie].map(|shown| shown.is_some_and(|shown| same(shown, token)));
        if shown[0] | shown[1] {
            return Ok(());
        }
        Err(Problem::new(StatusCode::UNAUTHORIZED, "Show the token: open this address once with ?token=TOKEN."))
    }

    /// Whether this is the token, shown in an address once.
    pub fn lets_in(&self, shown: &str) -> bool {
        self.token.as_ref().is_some_and(|token| same(shown, token))
    }

    /// Whether a form was sent from a page of this server.
    pub fn check_form(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let elsewhere = site.is_some_and(|site| !matches!(site, "same-origin" | "none"));
        let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let foreign = origin.is_some_and(|origin| origin.split_once("://").map(|(_, own)| own) != Some(host));
        if elsewhere || foreign {
            return Err(Problem::new(StatusCode::FORBIDDEN, "A form of another site is not taken."));
        }
        Ok(())
    }

    /// Adds the rules to a response.
    pub fn rule<B>(&self, response: &mut Response<B>) {
        for (name, value) in RULES {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
}

/// The name without the port.
fn name_of(host: &str) -> String {
    let port = host.rfind(':').filter(|at| host[at + 1..].bytes().all(|byte| byte.is_ascii_digit()));
    // A bare IPv6 address has colons and no port.
    let name = match port {
        Some(at) if host.starts_with('[') && host[..at].ends_with(']') || !host[..at].contains(':') => &host[..at],
        _ => host,
    };
    name.to_ascii_lowercase()
}

/// Compares in a time that depends on the length of what was shown only.
fn same(shown: &str, token: &str) -> bool {
    let (shown, token) = (shown.as_bytes(), token.as_bytes());
    let mut differs = u8::from(shown.len() != token.len());
    for (at, byte) in shown.iter().enumerate() {
        differs |= byte ^ token[at % token.len().max(1)];
    }
    std::hint::black_box(differs) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    fn guard(addr: &str, token: Option<&str>) -> Guard {
        Guard::new(addr.parse().unwrap(), token.map(str::to_owned), vec!["Desk.example".into()])
    }

    #[test]
    fn only_own_names_are_answered() {
        let local = guard("127.0.0.1:8420", None);
        for own in ["127.0.0.1:8420", "localhost:8420", "LOCALHOST", "[::1]:8420", "desk.example:80", "127.8.9.1"] {
            assert!(local.check_host(&asked(HOST, own)).is_ok(), "{own}");
        }
        for other in
            ["", "evil.example", "localhost.evil.example", "192.168.1.9:8420", "127.0.0.1.evil.example", ":8420"]
        {
            assert!(local.check_host(&asked(HOST, other)).is_err(), "{other}");
        }
        assert!(local.check_host(&HeaderMap::new()).is_err());
        let open = guard("0.0.0.0:8420", Some("a long enough token"));
        assert!(open.check_host(&asked(HOST, "192.168.1.9:8420")).is_ok());
        assert!(open.check_host(&asked(HOST, "localhost:8420")).is_err());
    }

    #[test]
    fn a_token_is_shown_whole_or_not_at_all() {
        let guard = guard("0.0.0.0:8420", Some("tok-0123456789abcdef"));
        let shows = |headers: &HeaderMap| guard.check_token(headers).is_ok();
        assert!(shows(&asked(AUTHORIZATION, "Bearer tok-0123456789abcdef")));
        assert!(shows(&asked(COOKIE, "other=1; wirecopy=tok-0123456789abcdef")));
        for wrong in ["", "tok", "tok-0123456789abcdee", "tok-0123456789abcdeftok-0123456789abcdef"] {
            assert!(!shows(&asked(AUTHORIZATION, &format!("Bearer {wrong}"))), "{wrong}");
            assert!(!guard.lets_in(wrong), "{wrong}");
        }
        assert!(!shows(&HeaderMap::new()));
    }

    #[test]
    fn forms_of_other_sites_are_not_taken() {
        let guard = guard("127.0.0.1:8420", None);
        let mut headers = asked(HOST, "127.0.0.1:8420");
        assert!(guard.check_form(&headers).is_ok());
        headers.insert(ORIGIN, HeaderValue::from_static("http://127.0.0.1:8420"));
        assert!(guard.check_form(&headers).is_ok());
        headers.insert(ORIGIN, HeaderValue::from_static("http://evil.example"));
        assert!(guard.check_form(&headers).is_err());
    }
}
