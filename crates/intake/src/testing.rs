//! What the tests of the readers share.

use std::io::Write;

use crate::{Found, InputKind, read_bytes};

/// What is read of these bytes, a line each.
pub(crate) fn told_bytes(kind: InputKind, bytes: &[u8]) -> String {
    let mut told = String::new();
    let _ = read_bytes(kind, "FILE", bytes, &mut |found| {
        told += &tell(found);
        std::ops::ControlFlow::Continue(())
    });
    told
}

/// One thing that was found, as a line.
pub(crate) fn tell(found: Found) -> String {
    match found {
        Found::Page(page) => match (&page.text, &page.html) {
            (Some(text), _) => format!("{}: {text:?}\n", page.id),
            (None, html) => {
                let bytes = html.as_ref().map(|html| html.bytes.as_slice()).unwrap_or_default();
                format!("{}: html {:?}\n", page.id, String::from_utf8_lossy(bytes))
            }
        },
        Found::Reject(reject) => format!("{reject}\n"),
        Found::Other => "other\n".into(),
        Found::Note(note) => format!("note: {note}\n"),
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A WARC record; an empty target or media type is left out.
pub(crate) fn record(kind: &str, target: &str, media_type: &str, block: &[u8]) -> Vec<u8> {
    let mut head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-07-19T08:30:00Z\r\n");
    if !target.is_empty() {
        head += &format!("WARC-Target-URI: {target}\r\n");
    }
    if !media_type.is_empty() {
        head += &format!("Content-Type: {media_type}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A record with an HTTP response.
pub(crate) fn response(target: &str, status: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n");
    record("response", target, "application/http; msgtype=response", &[head.as_bytes(), body].concat())
}

/// A tar archive.
pub(crate) fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in entries {
        let mut head = [0u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u64 = head.iter().map(|&byte| u64::from(byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        bytes.extend(head);
        bytes.extend(*content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1_024, 0);
    bytes
}
