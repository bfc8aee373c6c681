//! Archives of files: ZIP and tar. Nothing is ever unpacked to the disk; a name that leads out of the archive is refused
//! all the same, for whoever packed it meant no good.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read, Seek};

use zip::ZipArchive;

use crate::found::{Flow, Sink};
use crate::limits::{FREE_EXPANSION, LARGEST_RATIO, LONGEST_HEAD, MOST_ENTRIES};
use crate::read::read_stream;
use crate::{InputKind, Unpacked};

/// Reads the entries of a ZIP archive; of a web archive collection (WACZ) only the WARC files in it. `size` is that of the
/// whole archive.
pub(crate) fn read_zip(input: impl Read + Seek, size: u64, id: &str, sink: &mut Sink) -> Flow {
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return sink.reject("", format!("no ZIP archive that can be read: {error}")),
    };
    if archive.len() > MOST_ENTRIES {
        return sink.reject("", format!("{} entries, more than the {MOST_ENTRIES} that are read", archive.len()));
    }
    // Entries that share their bytes make a small file expand to any size.
    let packed = (0..archive.len()).filter_map(|index| Some(archive.by_index_raw(index).ok()?.compressed_size()));
    if packed.fold(0u64, u64::saturating_add) > size {
        return sink.reject("", "its entries lie over each other, as only those of a trap do");
    }
    let collection = id.to_ascii_lowercase().ends_with(".wacz");
    let mut seen = HashSet::new();
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                sink.reject(&format!("entry {}", index + 1), error.to_string())?;
                continue;
            }
        };
        if entry.is_dir() {
            continue;
        }
        let link = entry.is_symlink();
        let expected = entry.compressed_size();
        let name = entry.name_raw().to_vec();
        if collection && !(name.starts_with(b"archive/") && kind_of(&name) == Some(InputKind::Warc)) {
            continue;
        }
        let entry = Bounded { inner: entry, produced: 0, packed: expected };
        read_entry(&name, link, id, entry, &mut seen, sink)?;
    }
    Flow::Continue(())
}

fn kind_of(name: &[u8]) -> Option<InputKind> {
    InputKind::of(std::path::Path::new(&*String::from_utf8_lossy(name)))
}

fn read_entry(
    name: &[u8],
    link: bool,
    id: &str,
    input: impl Read,
    seen: &mut HashSet<String>,
    sink: &mut Sink,
) -> Flow {
    let name = match entry_name(name) {
        Ok(name) => name,
        Err(why) => return sink.reject(&format!("{:?}", String::from_utf8_lossy(&name[..name.len().min(200)])), why),
    };
    if name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
        return Flow::Continue(());
    }
    let Some(kind) = InputKind::of(std::path::Path::new(&name)) else { return sink.other() };
    if link {
        return sink.reject(&name, "a link, which is not followed");
    }
    if matches!(kind, InputKind::Zip | InputKind::Tar) {
        return sink.reject(&name, "an archive in an archive; unpack the outer one");
    }
    if !seen.insert(name.clone()) {
        return sink.reject(&name, "a second entry of this name");
    }
    read_stream(kind, &format!("{id}/{name}"), &mut BufReader::new(input), &mut sink.entry(&name))
}

/// The name of an entry as a path below the archive, with `/`.
fn entry_name(name: &[u8]) -> Result<String, &'static str> {
    let name = String::from_utf8_lossy(name).replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    if name.is_empty() {
        return Err("it has no name");
    }
    if name.chars().any(char::is_control) {
        return Err("its name holds control characters");
    }
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive || name.split('/').any(|part| part == "..") {
        return Err("its name leads out of the archive");
    }
    Ok(name.to_owned())
}

/// An entry that may not expand beyond all reason.
struct Bounded<R> {
    inner: R,
    produced: u64,
    packed: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.produced += read as u64;
        if self.produced > FREE_EXPANSION && self.produced / LARGEST_RATIO > self.packed {
            let why = format!("expands to more than {LARGEST_RATIO} times its size, as no pages do");
            return Err(io::Error::other(why));
        }
        Ok(read)
    }
}

/// A block of a tar archive: heads are one, files fill whole ones.
const BLOCK: usize = 512;

/// Reads the entries of a tar archive, compressed or not.
pub(crate) fn read_tar(input: impl BufRead, id: &str, sink: &mut Sink) -> Flow {
    let mut input = match Unpacked::new(input) {
        Ok(input) => input,
        Err(error) => return sink.reject("", error.to_string()),
    };
    let mut seen = HashSet::new();
    let mut long = Long::default();
    loop {
        let head = match head(&mut input) {
            Ok(Some(head)) => head,
            Ok(None) => return Flow::Continue(()),
            Err(why) => return sink.reject("", why),
        };
        let size =
            if matches!(head.kind, b'x' | b'L' | b'K' | b'g') { head.size } else { long.size.unwrap_or(head.size) };
        let padded = size.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
        let mut content = input.by_ref().take(padded);
        match head.kind {
            b'L' | b'x' if size > LONGEST_HEAD as u64 => sink.reject("", "a name of more than 128 kB")?,
            b'L' | b'x' => {
                let mut bytes = Vec::new();
                if let Err(error) = content.by_ref().take(size).read_to_end(&mut bytes) {
                    return sink.reject("", error.to_string());
                }
                if head.kind == b'L' { long.name = Some(until_zero(&bytes).to_vec()) } else { long.extend(&bytes) }
            }
            b'K' | b'g' | b'5' => {}
            kind => {
                let name = long.name.take().unwrap_or(head.name);
                long = Long::default();
                let file = matches!(kind, b'0' | b'7' | 0);
                if !name.ends_with(b"/") {
                    read_entry(&name, !file, id, content.by_ref().take(size), &mut seen, sink)?;
                }
            }
        }
        // What was not read of it is passed over.
        match io::copy(&mut content, &mut io::sink()) {
            Ok(_) if content.limit() > 0 => return sink.reject("", "the archive breaks off"),
            Ok(_) => {}
            Err(error) => return sink.reject("", error.to_string()),
        }
    }
}

/// What a head before the head tells of the next entry.
#[derive(Default)]
struct Long {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Long {
    /// Takes over `LENGTH KEY=VALUE` lines, as POSIX has them.
    fn extend(&mut self, mut lines: &[u8]) {
        while let Some(space) = memchr::memchr(b' ', lines) {
            let length = std::str::from_utf8(&lines[..space]).ok().and_then(|length| length.parse::<usize>().ok());
            let Some(line) = length.and_then(|length| lines.get(space + 1..length)) else { return };
            let line_length = space + 1 + line.len();
            if let Some(value) = line.strip_prefix(b"path=") {
                self.name = Some(value.strip_suffix(b"\n").unwrap_or(value).to_vec());
            } else if let Some(value) = line.strip_prefix(b"size=") {
                self.size = std::str::from_utf8(value.trim_ascii()).ok().and_then(|size| size.parse().ok());
            }
            lines = &lines[line_length..];
        }
    }
}

struct Head {
    name: Vec<u8>,
    size: u64,
    kind: u8,
}

/// The next head; `None` at the end, which empty blocks mark.
fn head(input: &mut impl Read) -> Result<Option<Head>, String> {
    let mut block = [0; BLOCK];
    let mut held = 0;
    while held < BLOCK {
        match input.read(&mut block[held..]) {
            Ok(0) if held == 0 => return Ok(None),
            Ok(0) => return Err("the archive breaks off".into()),
            Ok(read) => held += read,
            Err(error) => return Err(error.to_string()),
        }
    }
    if block.iter().all(|&byte| byte == 0) {
        return Ok(None);
    }
    let sum = |block: &[u8]| block.iter().map(|&byte| u64::from(byte)).sum::<u64>();
    let expected = sum(&block[..148]) + 8 * u64::from(b' ') + sum(&block[156..]);
    if octal(&block[148..156]) != Some(expected) {
        return Err("no tar archive that can be read".into());
    }
    let size = if block[124] & 0x80 != 0 {
        // Sizes past 8 GB are written in binary.
        u64::from_be_bytes(block[128..136].try_into().expect("eight bytes"))
    } else {
        octal(&block[124..136]).ok_or("no tar archive that can be read")?
    };
    let mut name = Vec::new();
    if &block[257..262] == b"ustar" && block[345] != 0 && &block[257..265] != b"ustar  \0" {
        name.extend_from_slice(until_zero(&block[345..500]));
        name.push(b'/');
    }
    name.extend_from_slice(until_zero(&block[..100]));
    Ok(Some(Head { name, size, kind: block[156] }))
}

fn until_zero(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(0, bytes).unwrap_or(bytes.len())]
}

fn octal(bytes: &[u8]) -> Option<u64> {
    let digits = until_zero(bytes).trim_ascii();
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::testing::{gzip, record, tar, told_bytes as told};

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, bytes) in entries {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const LINES: &[u8] = b"{\"id\": \"x\", \"text\": \"Rain.\"}\nno json\n";

    #[test]
    fn entries_are_read_by_their_names() {
        let page = record("resource", "http://lake.example/", "text/html", b"<p>Rain");
        let packed = gzip(&page);
        let entries: &[(&str, &[u8])] = &[
            ("pages/one.txt", b"Rain fell."),
            ("pages/two.html", b"<p>Rain"),
            ("empty.md", b""),
            ("lines.jsonl.gz", &gzip(LINES)),
            ("crawl.warc.gz", &packed),
            ("picture.png", b"\x89PNG"),
            (".hidden/three.txt", b"Rain."),
            ("inner.zip", b"PK"),
        ];
        let expected = expect_test::expect![[r#"
            FILE/pages/one.txt: "Rain fell."
            FILE/pages/two.html: html "<p>Rain"
            FILE, empty.md: the file is empty
            x: "Rain."
            FILE, lines.jsonl.gz, line 2: not a JSON object: expected ident at line 1 column 2
            http://lake.example/: html "<p>Rain"
            other
            FILE, inner.zip: an archive in an archive; unpack the outer one
        "#]];
        expected.assert_eq(&told(InputKind::Zip, &zip(entries)));
        expected.assert_eq(&told(InputKind::Tar, &tar(entries)));
        expected.assert_eq(&told(InputKind::Tar, &gzip(&tar(entries))));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let entries: &[(&str, &[u8])] = &[
            ("../../etc/passwd.txt", b"x"),
            ("/etc/passwd.txt", b"x"),
            ("a/../../b.txt", b"x"),
            ("c:\\windows\\x.txt", b"x"),
            ("a\u{7}.txt", b"x"),
            ("good\\one.txt", b"Rain."),
        ];
        let expected = expect_test::expect![[r#"
            FILE, "../../etc/passwd.txt": its name leads out of the archive
            FILE, "/etc/passwd.txt": its name leads out of the archive
            FILE, "a/../../b.txt": its name leads out of the archive
            FILE, "c:\\windows\\x.txt": its name leads out of the archive
            FILE, "a\u{7}.txt": its name holds control characters
            FILE/good/one.txt: "Rain."
        "#]];
        expected.assert_eq(&told(InputKind::Tar, &tar(entries)));
        assert_eq!(told(InputKind::Zip, &zip(entries)).matches("leads out of the archive").count(), 4);
    }

    #[test]
    fn a_bomb_is_refused_in_bounded_memory() {
        let bomb = zip(&[("zeros.txt", &vec![b' '; 40 << 20]), ("good.txt", b"Rain.")]);
        assert!(bomb.len() < 100_000);
        expect_test::expect![[r#"
            FILE, zeros.txt: larger than 16 MB, which no page is
            FILE/good.txt: "Rain."
        "#]]
        .assert_eq(&told(InputKind::Zip, &bomb));
    }

    #[test]
    fn broken_archives_are_said_to_be_so() {
        let whole = zip(&[("one.txt", b"Rain fell on the lake.")]);
        let told_of = |kind, bytes: &[u8]| told(kind, bytes);
        assert!(told_of(InputKind::Zip, &whole[..whole.len() - 5]).contains("no ZIP archive that can be read"));
        let mut wrong = whole.clone();
        wrong[40] ^= 0x55;
        assert!(told_of(InputKind::Zip, &wrong).starts_with("FILE, one.txt: "), "{}", told_of(InputKind::Zip, &wrong));
        let whole = tar(&[("one.txt", b"Rain."), ("two.txt", &b"Rain. ".repeat(200))]);
        assert_eq!(told_of(InputKind::Tar, &whole[..1_030]), "FILE/one.txt: \"Rain.\"\nFILE: the archive breaks off\n");
        assert_eq!(told_of(InputKind::Tar, &b"no tar at all. ".repeat(60)), "FILE: no tar archive that can be read\n");
    }
}
