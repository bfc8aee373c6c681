use std::time::{Duration, Instant};

/// How to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Hosts, by name or address, that may be asked though their addresses are not public.
    pub allowed_hosts: Vec<String>,
    /// How those who are asked can reach the user: a mail address, a page. Part of the user agent.
    pub contact: Option<String>,
    /// The pause between two requests to a host. Where its robots.txt asks for a longer one, that holds.
    pub delay: Duration,
    /// How many hosts are asked at the same time.
    pub hosts_at_once: usize,
    /// The largest answer that is taken, in bytes.
    pub largest: u64,
    /// How long an answer may take from first to last.
    pub longest: Duration,
    /// How often a page is asked for before it is given up.
    pub tries: u32,
    /// How long a host that cannot answer is left in peace before the second try. Doubles with each.
    pub backoff: Duration,
    /// The longest wait that a host is granted: one that asks for more is left for another day.
    pub longest_wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            allowed_hosts: Vec::new(),
            contact: None,
            delay: Duration::from_secs(1),
            hosts_at_once: 8,
            largest: wirecopy_intake::LARGEST_PAGE,
            longest: Duration::from_secs(30),
            tries: 4,
            backoff: Duration::from_secs(5),
            longest_wait: Duration::from_secs(300),
        }
    }
}

impl Options {
    /// Who asks, said honestly.
    pub fn user_agent(&self) -> String {
        let contact = self.contact.as_deref().map(|contact| {
            let line: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
            format!("; {line}")
        });
        format!(
            "wirecopy/{} (+{}{})",
            env!("CARGO_PKG_VERSION"),
            env!("CARGO_PKG_REPOSITORY"),
            contact.unwrap_or_default()
        )
    }
}

/// The time as fetching sees it; a test puts another one in its place and waits for nothing.
pub trait Clock: Sync {
    /// The time since some fixed moment.
    fn now(&self) -> Duration;
    /// Lets time pass.
    fn sleep(&self, time: Duration);
}

/// The time as it is.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock(Instant);

impl SystemClock {
    /// A clock that begins now.
    pub fn new() -> Self {
        SystemClock(Instant::now())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        SystemClock::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
