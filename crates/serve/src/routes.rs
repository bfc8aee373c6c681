//! From a request to a question, and from its answer to a response.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use tokio::sync::Semaphore;
use wirecopy::{Library, Store};
use wirecopy_web::Frame;

use crate::answer::{Answer, failure};
use crate::cache::Cache;
use crate::guard::{COOKIE_NAME, Guard};
use crate::pool::Pool;
use crate::problem::Problem;
use crate::query::Fields;
use crate::{api, feeds, lists, one};

/// The longest address, and the largest text that is pasted.
const LONGEST: usize = 8 << 10;
const LARGEST: usize = 2 << 20;
/// An answer has so long, a body as well.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything that answers.
pub struct Room {
    pool: Arc<Pool>,
    cache: Arc<Cache>,
    guard: Guard,
    /// Requests in hand.
    places: Arc<Semaphore>,
    /// Texts that are taken apart: each passes over the whole store.
    xrays: Arc<Semaphore>,
}

impl Room {
    pub fn open(store: PathBuf, guard: Guard, at_once: usize) -> Result<Self, wirecopy::StoreError> {
        let (places, xrays) = (Arc::new(Semaphore::new(at_once)), Arc::new(Semaphore::new(1)));
        Ok(Room { pool: Arc::new(Pool::open(store)?), cache: Arc::default(), guard, places, xrays })
    }
}

/// In which form an answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    Json,
    Csv,
    Atom,
    Feed,
    Gexf,
    Dot,
}

/// A question: the name of a page, the form, the fields of the query.
pub struct Asked<'r> {
    pub name: &'r str,
    pub form: Form,
    pub fields: &'r Fields,
    /// The address of this server, for what is read elsewhere.
    pub base: &'r str,
}

impl Asked<'_> {
    /// What stands around the page: its twins, with the same query.
    pub fn frame(&self, csv: bool, feed: bool) -> Frame {
        let twin = |ending: &str| self.fields.with(&format!("/{}.{ending}", self.name), "", None);
        Frame {
            json: Some(twin("json")),
            csv: csv.then(|| twin("csv")),
            feed: feed.then(|| twin("atom")),
            query: String::new(),
        }
    }

    /// The same address, going on after this place.
    pub fn onward(&self, cursor: &str) -> String {
        self.fields.with(&format!("/{}", self.name), "cursor", Some(cursor))
    }
}

/// What a path asks for.
fn parse(path: &str) -> Option<(&str, Form)> {
    if path == "/" {
        return Some(("stories", Form::Page));
    }
    if let Some(name) = path.strip_prefix("/api/v1/") {
        let name = name.strip_suffix(".json").unwrap_or(name);
        return is_name(name).then_some((name, Form::Json));
    }
    let file = path.strip_prefix('/')?;
    let (name, form) = match file.split_once('.') {
        None => (file, Form::Page),
        Some((name, "json")) => (name, Form::Json),
        Some((name, "csv")) => (name, Form::Csv),
        Some((name, "atom")) => (name, Form::Atom),
        Some((name, "feed")) => (name, Form::Feed),
        Some((name, "gexf")) => (name, Form::Gexf),
        Some((name, "dot")) => (name, Form::Dot),
        Some(_) => return None,
    };
    is_name(name).then_some((name, form))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 20 && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Answers a request.
pub async fn handle(room: Arc<Room>, request: Request<Body>) -> Response<Body> {
    let programs = request.uri().path().starts_with("/api/") || request.uri().path().contains('.');
    let head = request.method() == Method::HEAD;
    let mut response = match respond(&room, request).await {
        Ok(response) => response,
        Err(problem) => failure(&problem, !programs),
    };
    if head {
        *response.body_mut() = Body::empty();
    }
    room.guard.rule(&mut response);
    response
}

async fn respond(room: &Arc<Room>, request: Request<Body>) -> Result<Response<Body>, Problem> {
    room.guard.check_host(request.headers())?;
    let (head, body) = request.into_parts();
    let (path, query) = (head.uri.path(), head.uri.query().unwrap_or(""));
    if path.len() + query.len() > LONGEST {
        return Err(Problem::new(StatusCode::URI_TOO_LONG, format!("An address has at most {LONGEST} bytes.")));
    }
    if path == "/healthz" {
        let pool = room.pool.clone();
        let healthy = blocking(move || pool.ask(|store| Ok(store.meta("derived")?.is_some()))).await?;
        let told = serde_json::json!({"status": "ok", "derived": healthy});
        return Ok(Arc::new(Answer::json(&told)).response(&head.headers));
    }
    let fields = Fields::parse(query.as_bytes())?;
    if let Some(token) = fields.get("token").filter(|token| room.guard.lets_in(token)) {
        return Ok(let_in(token, &fields.with(path, "token", None)));
    }
    if let Some(asset) = asset(path) {
        return Ok(asset.response(&head.headers));
    }
    room.guard.check_token(&head.headers)?;
    let posted = head.method == Method::POST && matches!(path, "/xray" | "/xray.json");
    if !posted && !matches!(head.method, Method::GET | Method::HEAD) {
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD, and POST of a text to /xray."));
    }
    let place = room.places.clone().try_acquire_owned().map_err(|_| Problem::busy())?;
    if posted {
        room.guard.check_form(&head.headers)?;
        let text = pasted(&head.headers, body).await?;
        let turn = room.xrays.clone().acquire_owned();
        let turn = tokio::time::timeout(PATIENCE, turn).await.map_err(|_| Problem::busy())?;
        let page = path == "/xray";
        let pool = room.pool.clone();
        let answer = blocking(move || {
            let _held = (turn, place);
            pool.ask(|store| one::taken_apart(&Library::open(store)?, &text, page))
        });
        return Ok(Arc::new(answer.await?).response(&head.headers));
    }
    let (name, form) = parse(path).ok_or_else(|| Problem::missing("There is no such page."))?;
    let base = base(&head.headers);
    let key = format!("{base} {path}?{query}");
    let state = room.pool.state();
    if let Some(known) = state.and_then(|state| room.cache.get(state, &key)) {
        return Ok(known.response(&head.headers));
    }
    let turn = room.pool.place().await?;
    let (pool, cache, name) = (room.pool.clone(), room.cache.clone(), name.to_owned());
    let answer = blocking(move || {
        // They are given back when the work is done, also where nobody waits for it any more.
        let _held = (turn, place);
        let answer = pool.ask(|store| ask(store, &Asked { name: &name, form, fields: &fields, base: &base }))?;
        let answer = Arc::new(answer);
        if let Some(state) = state {
            cache.put(state, key, answer.clone());
        }
        Ok(answer)
    });
    Ok(answer.await?.response(&head.headers))
}

/// Runs what takes a processor's time away from those who wait for the network.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    match tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "This could not be worked out.")),
        Err(_) => Err(Problem::busy()),
    }
}

/// The one table of what can be asked for.
fn ask(store: &Store, asked: &Asked) -> Result<Answer, Problem> {
    let library = Library::open(store)?;
    let answer = match (asked.name, asked.form) {
        (_, Form::Atom | Form::Feed) => feeds::feed(&library, asked)?,
        ("stories", _) => lists::stories(&library, asked)?,
        ("sources", _) => lists::sources(&library, asked)?,
        ("speakers", _) => lists::speakers(&library, asked)?,
        ("network", _) => lists::network(&library, asked)?,
        ("references", _) => lists::references(&library, asked)?,
        ("copies", _) => lists::copies(&library, asked)?,
        ("ingest", _) => lists::ingest(&library, asked)?,
        ("decisions", _) => lists::decisions(&library, asked)?,
        ("alerts", _) => lists::alerts(&library, asked)?,
        ("search", _) => lists::search(&library, asked)?,
        ("story", _) => one::story(&library, asked)?,
        ("article", _) => one::article(&library, asked)?,
        ("family", _) => one::family(&library, asked)?,
        ("collation", _) => one::collation(&library, asked)?,
        ("apparatus", _) => one::apparatus(&library, asked)?,
        ("quote", _) => one::quote(&library, asked)?,
        ("speaker", _) => one::speaker(&library, asked)?,
        ("source", _) => one::source(&library, asked)?,
        ("explain", _) => one::explain(&library, asked)?,
        ("xray", Form::Page) => Some(Answer::html(wirecopy_web::room::xray(&library, "", None, Frame::default())?)),
        ("about", Form::Page) => Some(Answer::html(wirecopy_web::room::about(Frame::default())?)),
        ("openapi", Form::Json) => Some(Answer::json(&api::description())),
        _ => None,
    };
    answer.ok_or_else(|| Problem::missing("There is no such page, or not in this form."))
}

/// What pages load, and what robots ask for.
fn asset(path: &str) -> Option<Arc<Answer>> {
    const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path d=\"M4 3v7q0 3 3 3h5\" \
        fill=\"none\" stroke=\"#1f6f8b\" stroke-width=\"2\"/><circle cx=\"4\" cy=\"3\" r=\"2.5\" fill=\"#1f6f8b\"/><circle \
        cx=\"12\" cy=\"13\" r=\"2.5\" fill=\"#1f6f8b\"/></svg>";
    let answer = match path {
        "/style.css" => Answer::new("text/css; charset=utf-8", wirecopy_web::STYLE),
        "/room.js" => Answer::new("text/javascript; charset=utf-8", wirecopy_web::SCRIPT),
        "/icon.svg" | "/favicon.ico" => Answer::new("image/svg+xml", ICON),
        "/robots.txt" => Answer::new("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"),
        _ => return None,
    };
    Some(Arc::new(answer.lasting()))
}

/// Keeps the token in a cookie that no script sees, and leads to the address without it.
fn let_in(token: &str, to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let cookie = format!("{COOKIE_NAME}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000");
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_str(&cookie).ok().map(|cookie| (SET_COOKIE, cookie)));
    headers.extend(HeaderValue::from_str(to).ok().map(|to| (LOCATION, to)));
    response
}

/// The address of this server as the client calls it.
fn base(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

/// The text of a form, or a body of plain text.
async fn pasted(headers: &HeaderMap, body: Body) -> Result<String, Problem> {
    let too_large = || Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A text has at most {LARGEST} bytes."));
    let read = tokio::time::timeout(PATIENCE, Limited::new(body, LARGEST).collect());
    let bytes = read.await.map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "The text did not come."))?;
    let bytes = bytes.map_err(|_| too_large())?.to_bytes();
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.starts_with("application/x-www-form-urlencoded") {
        return Ok(Fields::parse(&bytes)?.get("text").unwrap_or_default().to_owned());
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| Problem::bad("A text is UTF-8."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_and_a_form_or_nothing() {
        assert_eq!(parse("/"), Some(("stories", Form::Page)));
        assert_eq!(parse("/story.json"), Some(("story", Form::Json)));
        assert_eq!(parse("/api/v1/story"), Some(("story", Form::Json)));
        for none in [
            "",
            "//",
            "/..",
            "/../etc/passwd",
            "/story.",
            "/story.exe",
            "/Story",
            "/%2e%2e",
            "/api/v1/",
            "/api/v1/a/b",
            "/a.b.json",
        ] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
