use std::io::{self, Cursor, Read};

use super::record::{end_of_head, fields};
use crate::limits::{LARGEST_PAGE, LONGEST_HEAD};

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The status code.
    pub status: u16,
    /// The header fields, in their order.
    pub fields: Vec<(String, String)>,
    /// The body, its transfer and content encodings undone.
    pub body: Vec<u8>,
}

impl Message {
    /// The value of a header field; its name in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))?;
        Some(found.1.as_str())
    }

    /// The media type in small letters, without its parameters; empty where none is told.
    pub fn media_type(&self) -> String {
        let value = self.field("Content-Type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The charset that the media type names.
    pub fn charset(&self) -> Option<String> {
        let mut parameters = self.field("Content-Type")?.split(';').skip(1);
        parameters.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        })
    }
}

/// Reads an HTTP response as archives keep it. Its `Content-Length` is not believed, and an encoding that it declares is
/// undone only where it is there: some archives keep bodies decoded under their old heads.
///
/// # Errors
/// Why it is no response, or its body cannot be decoded, or is larger than any page.
///
/// ```
/// use wirecopy_intake::message;
/// let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n<p>Rain".to_vec();
/// let message = message(block)?;
/// assert_eq!((message.status, message.body.as_slice()), (200, &b"<p>Rain"[..]));
/// assert_eq!((message.media_type().as_str(), message.charset().as_deref()), ("text/html", Some("UTF-8")));
/// # Ok::<(), String>(())
/// ```
pub fn message(mut block: Vec<u8>) -> Result<Message, String> {
    let head = &block[..block.len().min(LONGEST_HEAD)];
    if !head.starts_with(b"HTTP/") {
        return Err("it is no HTTP response".into());
    }
    // A head without an end has no body behind it.
    let length = end_of_head(head).unwrap_or(head.len());
    let status = String::from_utf8_lossy(&head[..length.min(64)])
        .split_whitespace()
        .nth(1)
        .and_then(|code| code.parse().ok())
        .ok_or("its HTTP status cannot be read")?;
    let fields = fields(&head[..length]);
    block.drain(..length);
    let mut message = Message { status, fields, body: block };
    if message.field("Transfer-Encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
        && let Some(whole) = unchunk(&message.body)
    {
        message.body = whole;
    }
    let encodings = message.field("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
    for encoding in encodings.split(',').rev().map(str::trim) {
        message.body = undo(encoding, message.body)?;
    }
    if message.body.len() as u64 > LARGEST_PAGE {
        return Err(too_large());
    }
    Ok(message)
}

fn too_large() -> String {
    format!("larger than {} MB, which no page is", LARGEST_PAGE >> 20)
}

/// The body that was sent in chunks; `None` where it is not in chunks. One that breaks off gives what is there.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some(end) = memchr::memchr(b'\n', &rest[..rest.len().min(1_024)]) else {
            return (!whole.is_empty()).then_some(whole);
        };
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

fn undo(encoding: &str, body: Vec<u8>) -> Result<Vec<u8>, String> {
    match encoding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            decode(encoding, flate2::read::MultiGzDecoder::new(Cursor::new(body)))
        }
        // Meant is zlib, sent is often bare deflate.
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) && body.len() > 1 && is_zlib(&body) => {
            decode(encoding, flate2::read::ZlibDecoder::new(Cursor::new(body)))
        }
        "deflate" if !looks_like_text(&body) => decode(encoding, flate2::read::DeflateDecoder::new(Cursor::new(body))),
        "br" if !looks_like_text(&body) => {
            decode(encoding, brotli_decompressor::Decompressor::new(Cursor::new(body), 4_096))
        }
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            decode(encoding, zstd::stream::read::Decoder::new(Cursor::new(body)).map_err(|error| error.to_string())?)
        }
        _ => Ok(body),
    }
}

fn is_zlib(body: &[u8]) -> bool {
    (u16::from(body[0]) << 8 | u16::from(body[1])).is_multiple_of(31)
}

/// Whether a body that is declared as compressed is kept decoded.
fn looks_like_text(body: &[u8]) -> bool {
    let head = body[..body.len().min(256)].trim_ascii_start();
    head.is_empty()
        || head.starts_with(b"<")
        || head.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 32..=126))
}

fn decode(encoding: &str, decoder: impl Read) -> Result<Vec<u8>, String> {
    let mut whole = Vec::new();
    let read: io::Result<usize> = decoder.take(LARGEST_PAGE + 1).read_to_end(&mut whole);
    match read {
        Ok(_) if whole.len() as u64 > LARGEST_PAGE => Err(too_large()),
        Ok(_) => Ok(whole),
        Err(_) => Err(format!("its body is no whole {encoding}: it can be read up to byte {}", whole.len())),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn check(head: &str, body: &[u8], expected: Result<&str, &str>) {
        let block = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
        let read = message(block).map(|message| String::from_utf8_lossy(&message.body).into_owned());
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{head}");
    }

    #[test]
    fn encodings_are_undone_where_they_are_there() {
        let page = "<p>Rain fell on the lake.";
        let zlib = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(page.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        bare.write_all(page.as_bytes()).unwrap();
        let bare = bare.finish().unwrap();
        let chunked = b"8\r\n<p>Rain \r\n11;x=y\r\nfell on the lake.\r\n0\r\n\r\n";
        check("HTTP/1.1 200 OK\nContent-Length: 3", page.as_bytes(), Ok(page));
        check("HTTP/1.1 200\nContent-Encoding: gzip", &gzip(page.as_bytes()), Ok(page));
        check("HTTP/1.1 200\nContent-Encoding: gzip", page.as_bytes(), Ok(page));
        check("HTTP/1.1 200\nContent-Encoding: deflate", &zlib, Ok(page));
        check("HTTP/1.1 200\nContent-Encoding: deflate", &bare, Ok(page));
        check("HTTP/1.1 200\nContent-Encoding: br", page.as_bytes(), Ok(page));
        check("HTTP/1.1 200\ncontent-encoding: gzip, gzip", &gzip(&gzip(page.as_bytes())), Ok(page));
        check("HTTP/1.1 200\nTransfer-Encoding: chunked", chunked, Ok(page));
        check("HTTP/1.1 200\nTransfer-Encoding: chunked", page.as_bytes(), Ok(page));
        check("HTTP/1.1 200\nTransfer-Encoding: chunked", b"ffffffff\r\n<p>Rain", Ok("<p>Rain"));
        check(
            "HTTP/1.1 200\nContent-Encoding: gzip",
            &gzip(page.as_bytes())[..20],
            Err("its body is no whole gzip: it can be read up to byte 9"),
        );
        check("HTTP/1.1", b"", Err("its HTTP status cannot be read"));
        check("<html>", b"", Err("it is no HTTP response"));
    }

    #[test]
    fn bodies_that_expand_without_end_are_refused() {
        let bomb = gzip(&vec![0; 20 << 20]);
        check("HTTP/1.1 200\nContent-Encoding: gzip", &bomb, Err("larger than 16 MB, which no page is"));
    }
}
