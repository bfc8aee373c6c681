use std::io::BufRead;

use serde_json::{Map, Value, json};
use wirecopy_model::{Html, Page};

use super::{CAPTURE, FIELD_PUBLISHED, FIELD_ROLE, FIELD_SOURCE, FIELD_TITLE, Message, Record, Records, message};
use crate::found::{Flow, Sink};
use crate::sniff::{binary_kind, is_html};
use crate::{decode_text, limits};

/// Reads the pages of a WARC file: HTML and plain text that was answered with 200, and texts that a converter made. The
/// address is the id.
pub(crate) fn read_warc(input: impl BufRead, sink: &mut Sink) -> Flow {
    let records = match Records::new(input) {
        Ok(records) => records,
        Err(error) => return sink.reject("", error.to_string()),
    };
    let mut any = false;
    for record in records {
        any = true;
        match record {
            Ok(Ok(record)) => read_record(record, sink)?,
            Ok(Err(error)) => {
                let target = error.target.map(|target| format!(" ({target})")).unwrap_or_default();
                sink.reject(&format!("record {}{target}", error.number), error.why)?;
            }
            Err(error) => sink.reject("", error.to_string())?,
        }
    }
    if any { Flow::Continue(()) } else { sink.reject("", "the file is empty") }
}

fn read_record(mut record: Record, sink: &mut Sink) -> Flow {
    if record.field(FIELD_ROLE).is_some() {
        return Flow::Continue(());
    }
    let Some(target) = record.target().map(str::to_owned) else {
        // What tells of the file or of a request has no page; one that should have is named.
        return match record.kind() {
            "response" | "resource" | "conversion" => sink.reject(&place(&record), "it does not tell its address"),
            _ => Flow::Continue(()),
        };
    };
    if !is_web(&target) {
        return Flow::Continue(());
    }
    match record.kind() {
        "response" if record.block.starts_with(b"HTTP/") => read_response(record, &target, sink),
        "response" | "resource" | "conversion" => {
            let whole = record.is_whole();
            let body = std::mem::take(&mut record.block);
            let fields = vec![("Content-Type".to_owned(), record.field("Content-Type").unwrap_or_default().to_owned())];
            read_body(&record, whole, Message { status: 200, fields, body }, &target, sink)
        }
        _ => Flow::Continue(()),
    }
}

fn is_web(target: &str) -> bool {
    let head = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://")
}

fn place(record: &Record) -> String {
    let target = record.target().map(|target| format!(" ({target})")).unwrap_or_default();
    format!("record {}{target}", record.number)
}

fn read_response(mut record: Record, target: &str, sink: &mut Sink) -> Flow {
    let whole = record.is_whole();
    let block = std::mem::take(&mut record.block);
    match message(block) {
        Ok(message) => read_body(&record, whole, message, target, sink),
        Err(why) => sink.reject(&place(&record), why),
    }
}

fn read_body(record: &Record, whole: bool, message: Message, target: &str, sink: &mut Sink) -> Flow {
    if !matches!(message.status, 200 | 203) {
        return sink.other();
    }
    let html = match message.media_type().as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => is_html(&message.body),
        "" | "application/octet-stream" | "unknown/unknown" | "application/x-unknown" if is_html(&message.body) => true,
        _ => return sink.other(),
    };
    if !whole {
        let megabytes = limits::LARGEST_PAGE >> 20;
        return sink.reject(&place(record), format!("larger than {megabytes} MB, which no page is"));
    }
    if message.body.trim_ascii().is_empty() {
        return sink.reject(&place(record), "an empty page");
    }
    if let Some(kind) = binary_kind(&message.body) {
        return sink.reject(&place(record), format!("it says that it is text, and is {kind}"));
    }
    let charset = message.charset();
    let mut page = if html {
        let mut page = Page::of_html(target, Vec::new());
        page.html = Some(Html { bytes: message.body, charset });
        page
    } else {
        Page::of_text(target, decode_text(&message.body))
    };
    page.url = Some(target.to_owned());
    page.fetched = record.field("WARC-Date").map(str::to_owned);
    page.title = record.field(FIELD_TITLE).map(str::to_owned);
    page.source = record.field(FIELD_SOURCE).map(str::to_owned);
    page.published = record.field(FIELD_PUBLISHED).map(str::to_owned);
    page.extra.insert(CAPTURE.into(), capture(record, message.status, sink.input()));
    sink.page(page)
}

/// What a report can say of where the page came from.
fn capture(record: &Record, status: u16, input: &str) -> Value {
    let mut capture = Map::new();
    capture.insert("warc".into(), json!(input));
    for (name, field) in [("record", "WARC-Record-ID"), ("fetched", "WARC-Date"), ("digest", "WARC-Payload-Digest")] {
        if let Some(value) = record.field(field) {
            capture.insert(name.into(), json!(value));
        }
    }
    capture.insert("status".into(), json!(status));
    Value::Object(capture)
}

#[cfg(test)]
mod tests {
    use crate::InputKind;
    use crate::testing::{record, response, told_bytes as told};

    fn check(records: &[Vec<u8>], expected: expect_test::Expect) {
        expected.assert_eq(&told(InputKind::Warc, &records.concat()));
    }

    #[test]
    fn pages_are_told_from_all_else() {
        check(
            &[
                record("warcinfo", "", "", b"software: invented"),
                record("request", "http://lake.example/a", "", b"GET /a HTTP/1.1\r\n\r\n"),
                response("http://lake.example/a", "200 OK", "text/html", b"<p>Rain"),
                response("http://lake.example/b", "200 OK", "text/plain", b"Rain."),
                response("http://lake.example/c", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
                response("http://lake.example/d", "301 Moved", "text/html", b"<p>elsewhere"),
                response("http://lake.example/e", "404 Not Found", "text/html", b"<p>nothing"),
                response("http://lake.example/f", "200 OK", "text/html", b"\x89PNG\r\n\x1a\n\0\0"),
                response("http://lake.example/g", "200 OK", "text/html", b" "),
                response("http://lake.example/h", "200 OK", "", b"<!DOCTYPE html><p>Rain"),
                record("conversion", "http://lake.example/i", "text/plain", "Schöner Regen.".as_bytes()),
                record("resource", "dns:lake.example", "text/dns", b"127.0.0.1"),
                record("response", "", "application/http", b"HTTP/1.1 200 OK\r\n\r\n<p>Rain"),
                record("metadata", "http://lake.example/a", "", b"fetchTimeMs: 1"),
            ],
            expect_test::expect![[r#"
                http://lake.example/a: html "<p>Rain"
                http://lake.example/b: "Rain."
                other
                other
                other
                FILE, record 8 (http://lake.example/f): it says that it is text, and is a picture (PNG)
                FILE, record 9 (http://lake.example/g): an empty page
                http://lake.example/h: html "<!DOCTYPE html><p>Rain"
                http://lake.example/i: "Schöner Regen."
                FILE, record 13: it does not tell its address
            "#]],
        );
    }

    #[test]
    fn an_archive_of_nothing_is_said() {
        check(
            &[],
            expect_test::expect![[r#"
            FILE: the file is empty
        "#]],
        );
    }
}
