use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use robotxt::Robots;
use url::Url;
use wirecopy_model::Reject;

use crate::answers::{self, Outcome};
use crate::archive::{Archive, Held, Known, KnownFeed, Role};
use crate::client::{Answer, Client};
use crate::feed::feed_entries;
use crate::xml::sitemap;
use crate::{Clock, FetchError, Options, Progress, Report, Wanted};

/// What is remembered from one session to the next.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) held: Held,
    robots: HashMap<String, Rules>,
}

/// What a site lets us do.
#[derive(Clone)]
pub(crate) struct Rules {
    pub(crate) robots: Robots,
    /// Why nothing is asked of it, where its robots.txt could not be had.
    pub(crate) closed: Option<String>,
    pub(crate) learned: Duration,
}

/// A site's rules are asked for again after a day (RFC 9309, 2.4).
const RULES_HOLD: Duration = Duration::from_secs(24 * 3_600);

/// The archive that is written, made when there is something to write.
pub(crate) struct Out {
    pub(crate) path: PathBuf,
    pub(crate) archive: Option<Archive>,
}

impl Out {
    fn put(&mut self, url: &Url, role: Role, wanted: &Wanted, answer: &Answer) -> Result<(), FetchError> {
        let archive = match &mut self.archive {
            Some(archive) => archive,
            None => self.archive.insert(Archive::open(&self.path, &mut Held::default())?),
        };
        archive.put(url.as_str(), role, wanted, answer)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Page,
    Feed,
    /// A sitemap, with how many it is below the one that was named.
    Sitemap(u8),
    Robots,
}

/// Sitemaps that refer to sitemaps are followed so far, the protocol having one level.
const DEEPEST_SITEMAP: u8 = 2;
/// No more redirects are followed: browsers stop at 20, search engines at 5 to 10.
const MOST_REDIRECTS: usize = 10;
/// Pages of a host that may get no answer in a row before the others are given up.
const MOST_MISSES: u32 = 3;
/// How long a worker waits at most before it looks again whether there is work, or the user has asked to stop.
const LOOK: Duration = Duration::from_millis(20);

/// Something to ask for.
struct Job {
    url: Url,
    kind: Kind,
    wanted: Wanted,
    /// Where it was redirected from, the first the address that was named.
    hops: Vec<Url>,
    tries: u32,
}

#[derive(Default)]
struct Host {
    queue: VecDeque<Job>,
    /// When it may be asked again.
    ready: Duration,
    busy: bool,
    misses: u32,
}

struct State {
    hosts: BTreeMap<String, Host>,
    memory: Memory,
    out: Out,
    report: Report,
    /// Pages that were queued in this session.
    queued: HashSet<Url>,
    failed: Option<FetchError>,
}

/// One run: workers take from the queues of hosts, a host being asked by one of them at a time.
pub(crate) struct Session<'a> {
    state: Mutex<State>,
    client: Client,
    options: &'a Options,
    clock: &'a dyn Clock,
    progress: &'a (dyn Fn(&Progress) + Sync),
    stop: &'a (dyn Fn() -> bool + Sync),
}

enum Next {
    Job(Box<Job>),
    Wait(Duration),
    End,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        memory: Memory,
        out: Out,
        options: &'a Options,
        clock: &'a dyn Clock,
        progress: &'a (dyn Fn(&Progress) + Sync),
        stop: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        let state = State {
            hosts: BTreeMap::new(),
            memory,
            out,
            report: Report::default(),
            queued: HashSet::new(),
            failed: None,
        };
        Session { state: Mutex::new(state), client: Client::new(options), options, clock, progress, stop }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a page. One that the archive holds is not asked for again; that it could not be had then is told again if
    /// `tell`.
    pub(crate) fn want_page(&mut self, wanted: Wanted, tell: bool) {
        self.state().want_page(wanted, tell);
    }

    pub(crate) fn want(&mut self, url: Url, kind: Kind) {
        self.state().queue(Job { wanted: Wanted::page(url.clone()), url, kind, hops: Vec::new(), tries: 0 });
    }

    /// Works until all is done, or it is to stop. Gives what was done, what is remembered, and the archive.
    pub(crate) fn run(self) -> Result<(Report, Memory, Out), FetchError> {
        std::thread::scope(|scope| {
            for _ in 0..self.options.hosts_at_once.max(1) {
                scope.spawn(|| self.work());
            }
        });
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed {
            return Err(error);
        }
        state.report.interrupted = state.hosts.values().any(|host| !host.queue.is_empty());
        state.report.rejects.sort();
        state.report.rejects.dedup();
        Ok((state.report, state.memory, state.out))
    }

    fn work(&self) {
        loop {
            match self.next() {
                Next::End => return,
                Next::Wait(time) => self.clock.sleep(time),
                Next::Job(job) => {
                    let outcome = self.perform(&job);
                    self.settle(*job, outcome);
                }
            }
        }
    }

    /// The next thing to ask for, of the host that has been ready longest.
    fn next(&self) -> Next {
        let mut state = self.state();
        if (self.stop)() || state.failed.is_some() {
            return Next::End;
        }
        let now = self.clock.now();
        let waiting = state.hosts.iter().filter(|(_, host)| !host.busy && !host.queue.is_empty());
        let Some((name, ready)) =
            waiting.map(|(name, host)| (name.clone(), host.ready)).min_by_key(|(_, ready)| *ready)
        else {
            return if state.hosts.values().any(|host| host.busy) { Next::Wait(LOOK) } else { Next::End };
        };
        if ready > now {
            return Next::Wait((ready - now).min(LOOK));
        }
        let host = state.hosts.get_mut(&name).expect("the host was just found");
        host.busy = true;
        let job = host.queue.pop_front().expect("its queue is not empty");
        let origin = job.url.origin().ascii_serialization();
        let known =
            state.memory.robots.get(&origin).is_some_and(|rules| now.saturating_sub(rules.learned) < RULES_HOLD);
        if job.kind == Kind::Robots || known {
            return Next::Job(Box::new(job));
        }
        // First the rules.
        let mut url = job.url.clone();
        state.hosts.entry(name).or_default().queue.push_front(job);
        url.set_path("/robots.txt");
        url.set_query(None);
        Next::Job(Box::new(Job {
            wanted: Wanted::page(url.clone()),
            url,
            kind: Kind::Robots,
            hops: Vec::new(),
            tries: 0,
        }))
    }

    fn rules(&self, url: &Url) -> Option<Rules> {
        self.state().memory.robots.get(&url.origin().ascii_serialization()).cloned()
    }

    /// Asks, and judges the answer.
    fn perform(&self, job: &Job) -> Outcome {
        if job.kind == Kind::Robots {
            return answers::robots(&self.client, &job.url);
        }
        if let Some(rules) = self.rules(&job.url) {
            if let Some(why) = rules.closed {
                return Outcome::Failed { why, host: false };
            }
            if !rules.robots.is_url_allowed(&job.url) {
                return Outcome::Failed { why: "robots.txt of the site does not allow it".into(), host: false };
            }
        }
        let feed = match job.kind {
            Kind::Feed => self.state().memory.held.feeds.get(job.url.as_str()).cloned(),
            _ => None,
        };
        let mut fields = Vec::new();
        if let Some(feed) = &feed {
            fields.extend(feed.etag.as_deref().map(|etag| ("If-None-Match", etag)));
            fields.extend(feed.modified.as_deref().map(|date| ("If-Modified-Since", date)));
        }
        answers::judge(self.client.get(job.url.as_str(), &fields), feed.is_some())
    }

    fn settle(&self, job: Job, outcome: Outcome) {
        let mut state = self.state();
        let now = self.clock.now();
        let asked = self.rules_delay(&state, &job.url);
        let name = host_name(&job.url);
        let host = state.hosts.entry(name).or_default();
        host.busy = false;
        host.ready = now + asked;
        match &outcome {
            Outcome::Again { host: true, .. } | Outcome::Failed { host: true, .. } => host.misses += 1,
            Outcome::Failed { .. } => {}
            _ => host.misses = 0,
        }
        let settled = match outcome {
            Outcome::Again { why, after, host } => self.again(&mut state, job, why, after, host, now),
            Outcome::Failed { why, .. } => state.fail(&job, &why, now),
            Outcome::Rules(robots) => state.learn(&job, Rules { robots: *robots, closed: None, learned: now }),
            Outcome::Unchanged => state.unchanged_feed(&job),
            Outcome::Redirect(answer) => state.redirect(job, &answer),
            Outcome::Answer(answer) => state.take(&job, *answer),
        };
        if let Err(error) = settled {
            state.failed.get_or_insert(error);
        }
        let progress = state.progress();
        drop(state);
        (self.progress)(&progress);
    }

    /// The pause that a site is given: ours, or the longer one that it asks for, within reason.
    fn rules_delay(&self, state: &State, url: &Url) -> Duration {
        let rules = state.memory.robots.get(&url.origin().ascii_serialization());
        let asked = rules.and_then(|rules| rules.robots.crawl_delay()).unwrap_or_default();
        asked.min(self.options.longest_wait).max(self.options.delay)
    }

    /// Puts a job back for another try, unless it had enough of them or its host is gone.
    fn again(
        &self,
        state: &mut State,
        mut job: Job,
        why: String,
        after: Option<Duration>,
        of_host: bool,
        now: Duration,
    ) -> Result<(), FetchError> {
        job.tries += 1;
        let host = state.hosts.entry(host_name(&job.url)).or_default();
        let wait = after.unwrap_or_else(|| self.options.backoff.saturating_mul(1 << (job.tries - 1).min(16)));
        if wait > self.options.longest_wait {
            let why = format!("{why}, and asks to be left in peace for {} s: run it again then", wait.as_secs());
            return state.fail(&job, &why, now);
        }
        if job.tries >= self.options.tries || of_host && host.misses >= MOST_MISSES * self.options.tries {
            return state.fail(&job, &why, now);
        }
        host.ready = host.ready.max(now + wait);
        host.queue.push_front(job);
        Ok(())
    }
}

fn host_name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

impl State {
    fn queue(&mut self, job: Job) {
        self.hosts.entry(host_name(&job.url)).or_default().queue.push_back(job);
    }

    fn want_page(&mut self, wanted: Wanted, tell: bool) {
        let mut url = wanted.url.clone();
        let mut hops = Vec::new();
        // Redirects that the archive holds are followed there.
        while let Some(known) = self.memory.held.pages.get(url.as_str()) {
            match (known.status, answers::target(&url, known.location.as_deref())) {
                (200..=299, _) => return self.report.known += 1,
                (300..=399, Ok(to)) if !hops.contains(&to) && hops.len() < MOST_REDIRECTS => {
                    hops.push(std::mem::replace(&mut url, to));
                }
                (300..=399, _) => {
                    return if tell {
                        self.reject(&wanted.url, "redirects in a circle")
                    };
                }
                (status, _) => {
                    return if tell {
                        self.reject(&wanted.url, &answers::answered(status))
                    };
                }
            }
        }
        if self.queued.insert(url.clone()) {
            self.queue(Job { url, kind: Kind::Page, wanted, hops, tries: 0 });
        }
    }

    fn reject(&mut self, url: &Url, why: &str) {
        self.report.rejects.push(Reject { input: url.to_string(), place: String::new(), why: why.to_owned() });
    }

    /// Names what could not be had. A site whose rules could not be had is closed.
    fn fail(&mut self, job: &Job, why: &str, now: Duration) -> Result<(), FetchError> {
        if job.kind == Kind::Robots {
            let closed = Some(why.to_owned());
            return self.learn(job, Rules { robots: Robots::disallow_all(), closed, learned: now });
        }
        let named = job.hops.first().unwrap_or(&job.url).clone();
        match job.hops.last() {
            Some(_) => self.reject(&named, &format!("{why} (redirected to {})", job.url)),
            None => self.reject(&named, why),
        }
        Ok(())
    }

    fn learn(&mut self, job: &Job, rules: Rules) -> Result<(), FetchError> {
        self.memory.robots.insert(job.url.origin().ascii_serialization(), rules);
        Ok(())
    }

    fn redirect(&mut self, mut job: Job, answer: &Answer) -> Result<(), FetchError> {
        if job.kind == Kind::Page {
            self.keep(&job, Role::Page, answer)?;
        }
        let to = match answers::target(&job.url, answer.field("Location")) {
            Ok(to) => to,
            Err(why) => return self.fail(&job, &why, Duration::ZERO),
        };
        if to == job.url || job.hops.contains(&to) {
            return self.fail(&job, "redirects in a circle", Duration::ZERO);
        }
        if job.hops.len() >= MOST_REDIRECTS {
            return self.fail(&job, &format!("redirects more than {MOST_REDIRECTS} times"), Duration::ZERO);
        }
        job.hops.push(std::mem::replace(&mut job.url, to.clone()));
        job.tries = 0;
        if job.kind == Kind::Page {
            if matches!(self.memory.held.pages.get(to.as_str()), Some(Known { status: 200..=299, .. })) {
                self.report.known += 1;
                return Ok(());
            }
            if !self.queued.insert(to.clone()) {
                return Ok(());
            }
        }
        self.hosts.entry(host_name(&to)).or_default().queue.push_front(job);
        Ok(())
    }

    fn keep(&mut self, job: &Job, role: Role, answer: &Answer) -> Result<(), FetchError> {
        self.out.put(&job.url, role, &job.wanted, answer)?;
        if role == Role::Page {
            let known = Known { status: answer.status, location: answer.field("Location").map(str::to_owned) };
            self.memory.held.pages.insert(job.url.to_string(), known);
        }
        Ok(())
    }

    /// Takes a final answer.
    fn take(&mut self, job: &Job, answer: Answer) -> Result<(), FetchError> {
        if job.kind == Kind::Page {
            self.keep(job, Role::Page, &answer)?;
        }
        if !(200..=299).contains(&answer.status) {
            return self.fail(job, &answers::answered(answer.status), Duration::ZERO);
        }
        match job.kind {
            Kind::Page => match answers::not_a_page(&answer) {
                None => self.report.fetched += 1,
                Some(why) => return self.fail(job, &why, Duration::ZERO),
            },
            Kind::Feed => return self.take_feed(job, &answer),
            Kind::Sitemap(depth) => return self.take_sitemap(job, depth, &answer),
            Kind::Robots => {}
        }
        Ok(())
    }

    fn take_feed(&mut self, job: &Job, answer: &Answer) -> Result<(), FetchError> {
        let entries = answers::body(answer).and_then(|body| Ok((feed_entries(&body, &job.url)?, body)));
        let (entries, body) = match entries {
            Ok(read) => read,
            Err(why) => return self.fail(job, &why, Duration::ZERO),
        };
        let field = |name: &str| answer.field(name).map(str::to_owned);
        let feed = KnownFeed { etag: field("ETag"), modified: field("Last-Modified"), body };
        let before = self.memory.held.feeds.get(job.url.as_str());
        if before.is_none_or(|before| *before != feed) {
            self.keep(job, Role::Feed, answer)?;
            self.memory.held.feeds.insert(job.url.to_string(), feed);
        }
        entries.into_iter().for_each(|entry| self.want_page(entry, false));
        Ok(())
    }

    /// The feed is as it was; its entries may not all have been fetched then.
    fn unchanged_feed(&mut self, job: &Job) -> Result<(), FetchError> {
        let body = self.memory.held.feeds.get(job.url.as_str()).map(|feed| feed.body.clone()).unwrap_or_default();
        for entry in feed_entries(&body, &job.url).unwrap_or_default() {
            self.want_page(entry, false);
        }
        Ok(())
    }

    fn take_sitemap(&mut self, job: &Job, depth: u8, answer: &Answer) -> Result<(), FetchError> {
        let body = match answers::body(answer) {
            Ok(body) => body,
            Err(why) => return self.fail(job, &why, Duration::ZERO),
        };
        let found = sitemap(&body, &job.url);
        if found.pages.is_empty() && found.sitemaps.is_empty() {
            return self.fail(job, "no sitemap: it names no page of its own site", Duration::ZERO);
        }
        found.pages.into_iter().for_each(|page| self.want_page(page, true));
        for url in found.sitemaps {
            if depth >= DEEPEST_SITEMAP {
                self.reject(&url, "a sitemap below a sitemap below a sitemap, which is not read");
            } else if self.queued.insert(url.clone()) {
                let wanted = Wanted::page(url.clone());
                self.queue(Job { url, kind: Kind::Sitemap(depth + 1), wanted, hops: Vec::new(), tries: 0 });
            }
        }
        Ok(())
    }

    fn progress(&self) -> Progress {
        Progress {
            fetched: self.report.fetched,
            rejected: self.report.rejects.len(),
            left: self.hosts.values().map(|host| host.queue.len()).sum(),
            hosts: self.hosts.values().filter(|host| host.busy).count(),
        }
    }
}
