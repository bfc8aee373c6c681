use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, config::Config};

use crate::Options;
use crate::guard::{Guard, NotPublic};

/// An answer as it was sent, its content encoding kept.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The status line and the header fields; the transfer encoding, which is undone, under another name.
    pub(crate) head: Vec<u8>,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))?;
        Some(found.1.as_str())
    }

    /// The whole answer as archives keep it.
    pub(crate) fn block(&self) -> Vec<u8> {
        [self.head.as_slice(), b"\r\n", self.body.as_slice()].concat()
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoAnswer {
    pub(crate) why: String,
    /// Whether another try may end otherwise.
    pub(crate) passing: bool,
    /// Whether the host as a whole did not answer.
    pub(crate) host: bool,
}

impl NoAnswer {
    fn passing(why: impl Into<String>) -> Self {
        NoAnswer { why: why.into(), passing: true, host: false }
    }

    fn lasting(why: impl Into<String>) -> Self {
        NoAnswer { why: why.into(), passing: false, host: false }
    }

    fn of_host(why: impl Into<String>) -> Self {
        NoAnswer { why: why.into(), passing: true, host: true }
    }
}

/// A client that asks for one page at a time, follows no redirect, and reads no more than it should.
pub(crate) struct Client {
    agent: Agent,
    largest: u64,
    longest: Duration,
}

impl Client {
    pub(crate) fn new(options: &Options) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Config::builder()
            .tls_config(tls)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(options.user_agent())
            .accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5")
            .accept_encoding("gzip")
            .timeout_global(Some(options.longest))
            .timeout_connect(Some(options.longest.min(Duration::from_secs(10))))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(&options.allowed_hosts));
        Client { agent, largest: options.largest, longest: options.longest }
    }

    /// Asks for a page, with these header fields beside the usual ones.
    pub(crate) fn get(&self, url: &str, fields: &[(&str, &str)]) -> Result<Answer, NoAnswer> {
        let mut request = self.agent.get(url);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let response = request.call().map_err(|error| self.no_answer(error))?;
        let (parts, mut body) = response.into_parts();
        let reason = parts.status.canonical_reason().unwrap_or_default();
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", parts.status.as_u16()).into_bytes();
        let mut told = Vec::new();
        for (name, value) in &parts.headers {
            let undone = name == "transfer-encoding";
            head.extend_from_slice(if undone { b"X-Crawl-Transfer-Encoding" } else { name.as_str().as_bytes() });
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
            told.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
        let mut bytes = Vec::new();
        let reader = body.as_reader();
        reader.take(self.largest + 1).read_to_end(&mut bytes).map_err(|error| {
            match error.downcast::<ureq::Error>() {
                Ok(error) => self.no_answer(error),
                Err(error) if error.kind() == std::io::ErrorKind::TimedOut => self.too_long(),
                Err(error) => NoAnswer::passing(format!("the answer breaks off ({error})")),
            }
        })?;
        if bytes.len() as u64 > self.largest {
            return Err(NoAnswer::lasting(format!("larger than {} MB, which no page is", self.largest >> 20)));
        }
        Ok(Answer { status: parts.status.as_u16(), head, fields: told, body: bytes })
    }

    fn too_long(&self) -> NoAnswer {
        NoAnswer::passing(format!("it took longer than {} s", self.longest.as_secs_f64()))
    }

    fn no_answer(&self, error: ureq::Error) -> NoAnswer {
        use ureq::Error as E;
        match error {
            E::Other(error) if error.is::<NotPublic>() => NoAnswer::lasting(error.to_string()),
            E::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
                NoAnswer::of_host("the host does not answer")
            }
            E::Timeout(_) => self.too_long(),
            E::HostNotFound => NoAnswer::of_host("there is no such host"),
            E::ConnectionFailed => NoAnswer::of_host("no connection to the host"),
            E::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                NoAnswer::of_host("the host refuses the connection")
            }
            E::Io(error) if error.to_string().contains("lookup address") => NoAnswer::of_host("there is no such host"),
            E::Io(error) => NoAnswer::passing(format!("the answer breaks off ({error})")),
            E::Rustls(error) => NoAnswer::lasting(format!("no secure connection: {error}")),
            E::Tls(why) => NoAnswer::lasting(format!("no secure connection: {why}")),
            E::BadUri(_) | E::Http(_) => NoAnswer::lasting("no address that can be fetched"),
            E::LargeResponseHeader(..) => NoAnswer::lasting("the head of the answer has no end"),
            E::Protocol(error) => NoAnswer::passing(format!("no HTTP that can be read: {error}")),
            error => NoAnswer::passing(error.to_string()),
        }
    }
}
