use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use wirecopy_intake::{FIELD_PUBLISHED, FIELD_ROLE, FIELD_SOURCE, FIELD_TITLE, Record, Records, message};

use crate::client::Answer;
use crate::{FetchError, Wanted};

/// What an archive holds of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
}

/// A feed as it was answered last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KnownFeed {
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// What archives hold, as far as it decides what there is to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) pages: HashMap<String, Known>,
    pub(crate) feeds: HashMap<String, KnownFeed>,
}

/// What a record is for, beside holding a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Page,
    Feed,
}

impl Role {
    fn name(self) -> Option<&'static str> {
        match self {
            Role::Page => None,
            Role::Feed => Some("feed"),
        }
    }
}

/// A WARC file that grows by a record at a time, each a gzip member of its own, on the disk when `put` returns. It is
/// also the memory of what was fetched: there is no other state, so none can disagree with it.
pub(crate) struct Archive {
    file: File,
    path: PathBuf,
    /// Its length up to the last whole record.
    length: u64,
}

impl Archive {
    /// Opens the archive, or makes it, and tells what it holds. A record that was not written to its end, by a process
    /// that was killed, is cut off.
    pub(crate) fn open(path: &Path, held: &mut Held) -> Result<Self, FetchError> {
        let named = |error: io::Error| FetchError::Archive { path: path.to_owned(), error };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(named)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(FetchError::Busy(path.to_owned())),
            // Some network disks know no locks.
            Err(std::fs::TryLockError::Error(_)) => {}
        }
        let length = scan(&file, path, held)?;
        file.set_len(length).map_err(named)?;
        file.seek(SeekFrom::End(0)).map_err(named)?;
        let mut archive = Archive { file, path: path.to_owned(), length };
        if length == 0 {
            archive.put_info()?;
        }
        Ok(archive)
    }

    fn put_info(&mut self) -> Result<(), FetchError> {
        let block = format!(
            "software: wirecopy/{}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let date = now();
        let id = record_id(&["warcinfo", &date, &self.path.display().to_string()]);
        let head = format!(
            "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n\
             Content-Type: application/warc-fields\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        self.append(head.as_bytes(), block.as_bytes())
    }

    /// Keeps an answer, with what the list or feed that named the page tells of it.
    pub(crate) fn put(&mut self, url: &str, role: Role, wanted: &Wanted, answer: &Answer) -> Result<(), FetchError> {
        let block = answer.block();
        let (date, digest) = (now(), hex(&Sha256::digest(&answer.body)));
        let mut head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: {}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\n\
             WARC-Payload-Digest: sha256:{digest}\r\nContent-Type: application/http; msgtype=response\r\n",
            record_id(&["response", url, &date, &digest])
        );
        let mut tell = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
                head += &format!("{name}: {line}\r\n");
            }
        };
        tell(FIELD_ROLE, role.name());
        tell(FIELD_TITLE, wanted.title.as_deref());
        tell(FIELD_SOURCE, wanted.source.as_deref());
        tell(FIELD_PUBLISHED, wanted.published.as_deref());
        head += &format!("Content-Length: {}\r\n\r\n", block.len());
        self.append(head.as_bytes(), &block)
    }

    fn append(&mut self, head: &[u8], block: &[u8]) -> Result<(), FetchError> {
        let named = |path: &Path, error: io::Error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FetchError::Full(path.to_owned()),
            _ => FetchError::Archive { path: path.to_owned(), error },
        };
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        let packed = member
            .write_all(head)
            .and_then(|()| member.write_all(block))
            .and_then(|()| member.write_all(b"\r\n\r\n"))
            .and_then(|()| member.finish())
            .map_err(|error| named(&self.path, error))?;
        let written = self.file.write_all(&packed).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // What was written of it is taken back, so that the archive stays whole.
            let _ = self.file.set_len(self.length).and_then(|()| self.file.seek(SeekFrom::End(0)));
            return Err(named(&self.path, error));
        }
        self.length += packed.len() as u64;
        Ok(())
    }
}

/// The time to the second.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An id made from what the record is (a UUID of version 8).
fn record_id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let mut bytes: [u8; 16] = hash.finalize()[..16].try_into().expect("a hash has 32 bytes");
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    let part = |from: usize, to: usize| &digits[from..to];
    format!("<urn:uuid:{}-{}-{}-{}-{}>", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Reads an archive member by member. Gives its length up to the last whole one.
fn scan(file: &File, path: &Path, held: &mut Held) -> Result<u64, FetchError> {
    let named = |error: io::Error| FetchError::Archive { path: path.to_owned(), error };
    let mut input = Counted { inner: BufReader::with_capacity(1 << 16, file), taken: 0 };
    let begin = input.fill_buf().map_err(named)?;
    if !begin.starts_with(&GZIP[..begin.len().min(GZIP.len())]) {
        return Err(FetchError::Foreign(path.to_owned()));
    }
    let mut whole = 0;
    let mut member = Vec::new();
    while !input.fill_buf().map_err(named)?.is_empty() {
        member.clear();
        let mut decoder = GzDecoder::new(&mut input);
        match decoder.by_ref().take(LARGEST_MEMBER).read_to_end(&mut member) {
            Ok(_) if member.len() as u64 == LARGEST_MEMBER => return Err(FetchError::Foreign(path.to_owned())),
            Ok(_) => {}
            // It breaks off at the end of the file: the process that wrote it was killed.
            Err(_)
                if input.fill_buf().map_err(named)?.is_empty() && BEGIN.starts_with(&member[..member.len().min(5)]) =>
            {
                return Ok(whole);
            }
            Err(_) => return Err(FetchError::Foreign(path.to_owned())),
        }
        if !member.starts_with(BEGIN) {
            return Err(FetchError::Foreign(path.to_owned()));
        }
        whole = input.taken;
        for record in Records::new(member.as_slice()).map_err(named)? {
            if let Ok(Ok(record)) = record {
                hold(record, held);
            }
        }
    }
    Ok(whole)
}

const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
const BEGIN: &[u8] = b"WARC/";

/// No member that we write is larger: a page, its head, and what gzip adds.
const LARGEST_MEMBER: u64 = 64 << 20;

fn hold(record: Record, held: &mut Held) {
    let (Some(url), "response") = (record.target().map(str::to_owned), record.kind()) else { return };
    let role = record.field(FIELD_ROLE).map(str::to_owned);
    let Ok(message) = message(record.block) else { return };
    let field = |name: &str| message.field(name).map(str::to_owned);
    match role.as_deref() {
        None => {
            let known = Known { status: message.status, location: field("Location") };
            held.pages.insert(url, known);
        }
        Some("feed") if message.status == 200 => {
            let feed = KnownFeed { etag: field("ETag"), modified: field("Last-Modified"), body: message.body };
            held.feeds.insert(url, feed);
        }
        Some(_) => {}
    }
}

struct Counted<R> {
    inner: R,
    taken: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.taken += bytes as u64;
        self.inner.consume(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        let head = format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n").into_bytes();
        Answer { status, head, fields: Vec::new(), body: body.as_bytes().to_vec() }
    }

    /// An archive cut at any byte opens, holds what was whole, and goes on.
    #[test]
    fn an_archive_that_was_cut_goes_on_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pages.warc.gz");
        let mut archive = Archive::open(&path, &mut Held::default()).unwrap();
        let mut ends = vec![archive.length];
        for page in ["http://heron.example/1", "http://heron.example/2", "http://heron.example/3"] {
            let wanted = Wanted::page(crate::address(page).unwrap());
            archive.put(page, Role::Page, &wanted, &answer(200, page)).unwrap();
            ends.push(archive.length);
        }
        drop(archive);
        let bytes = std::fs::read(&path).unwrap();
        for cut in 0..=bytes.len() {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let mut held = Held::default();
            match Archive::open(&path, &mut held) {
                Ok(archive) => {
                    // The first record is written anew where even that was cut.
                    let whole = ends.iter().filter(|&&end| end <= cut as u64).count();
                    assert_eq!(held.pages.len(), whole.saturating_sub(1), "cut at {cut}");
                    drop(archive);
                    assert!(std::fs::metadata(&path).unwrap().len() > 0);
                }
                Err(error) => panic!("cut at {cut}: {error}"),
            }
        }
    }

    #[test]
    fn files_of_others_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        std::fs::write(&path, "my notes").unwrap();
        let error = Archive::open(&path, &mut Held::default()).map(|_| ()).unwrap_err();
        assert!(
            error.to_string().ends_with("is no WARC file that can be added to; name another with --out"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "my notes");
    }

    #[test]
    fn two_cannot_write_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pages.warc.gz");
        let _first = Archive::open(&path, &mut Held::default()).unwrap();
        assert!(matches!(Archive::open(&path, &mut Held::default()), Err(FetchError::Busy(_))));
    }
}
