use std::io::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue,
    IF_NONE_MATCH, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

use crate::problem::Problem;

pub const HTML: &str = "text/html; charset=utf-8";
pub const JSON: &str = "application/json";
pub const PROBLEM: &str = "application/problem+json";
pub const CSV: &str = "text/csv; charset=utf-8";
pub const ATOM: &str = "application/atom+xml; charset=utf-8";
pub const FEED: &str = "application/feed+json";

/// What is sent for a request.
#[derive(Clone, Debug)]
pub struct Answer {
    kind: &'static str,
    body: Vec<u8>,
    packed: Option<Vec<u8>>,
    tag: String,
    /// The name under which a browser keeps it, for what is no page.
    file: Option<&'static str>,
    lasting: bool,
}

/// What is smaller is not packed.
const WORTH_PACKING: usize = 600;

impl Answer {
    pub fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let tag = format!("\"{:032x}\"", xxh3_128(&body));
        let packed = (body.len() >= WORTH_PACKING).then(|| pack(&body)).flatten();
        Answer { kind, body, packed, tag, file: None, lasting: false }
    }

    pub fn html(page: String) -> Self {
        Answer::new(HTML, page)
    }

    pub fn json(value: &impl Serialize) -> Self {
        // Rows are plain data: nothing that JSON cannot say.
        Answer::new(JSON, serde_json::to_vec(value).unwrap_or_default())
    }

    pub fn csv(rows: &[Value]) -> Result<Self, Problem> {
        let mut body = Vec::new();
        wirecopy::export::csv(&mut body, rows).map_err(wirecopy::Error::from)?;
        Ok(Answer { file: Some("wirecopy.csv"), ..Answer::new(CSV, body) })
    }

    /// The same, to be kept under this name.
    pub fn named(self, file: &'static str) -> Self {
        Answer { file: Some(file), ..self }
    }

    /// The same, which a browser need not ask for again within the hour.
    pub fn lasting(self) -> Self {
        Answer { lasting: true, ..self }
    }

    pub fn size(&self) -> usize {
        self.body.len() + self.packed.as_ref().map_or(0, Vec::len)
    }

    /// The response to a request with these headers.
    pub fn response(self: Arc<Self>, asked: &HeaderMap) -> Response<Body> {
        let known = asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        let same = known.is_some_and(|tags| {
            tags.trim() == "*" || tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == self.tag)
        });
        let mut response = Response::new(Body::empty());
        let accepts = asked.get(ACCEPT_ENCODING).and_then(|codings| codings.to_str().ok()).unwrap_or("");
        let gzip = accepts.split(',').any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim().eq_ignore_ascii_case("gzip") && !weight.replace(' ', "").starts_with("q=0")
                || name.trim().eq_ignore_ascii_case("gzip") && weight.replace(' ', "").starts_with("q=0.")
        });
        if same {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            let packed = self.packed.as_ref().filter(|_| gzip);
            if packed.is_some() {
                response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            *response.body_mut() = Body::from(packed.unwrap_or(&self.body).clone());
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let caching = if self.lasting { "private, max-age=3600" } else { "private, no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
        // Digits and quotation marks.
        headers.extend(HeaderValue::from_str(&self.tag).ok().map(|tag| (ETAG, tag)));
        if let Some(file) = self.file {
            let kept = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
            headers.extend(kept.ok().map(|kept| (CONTENT_DISPOSITION, kept)));
        }
        response
    }
}

fn pack(body: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(4));
    packer.write_all(body).ok()?;
    packer.finish().ok()
}

/// The response that says what went wrong, as a page or for programs.
pub fn failure(problem: &Problem, as_page: bool) -> Response<Body> {
    let (kind, body) = if as_page {
        (HTML, wirecopy_web::room::error(problem.title(), &problem.detail).into_bytes())
    } else {
        (PROBLEM, problem.json().to_string().into_bytes())
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = problem.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if problem.status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
