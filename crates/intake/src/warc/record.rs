use std::fmt;
use std::io::{self, BufRead};

use memchr::memmem;

use crate::Unpacked;
use crate::limits::{LARGEST_PAGE, LONGEST_HEAD};

/// A record of a WARC file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its number in the file, from 1. What could not be read is counted as well.
    pub number: usize,
    /// Its named fields, in the order of the file.
    pub fields: Vec<(String, String)>,
    /// Its block, or the beginning of it where it is longer than any page.
    pub block: Vec<u8>,
    /// How long the block is said to be.
    pub length: u64,
}

impl Record {
    /// The value of a field; its name in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name))?;
        Some(found.1.as_str())
    }

    /// `response`, `request`, `warcinfo` and so on; empty where it is not told.
    pub fn kind(&self) -> &str {
        self.field("WARC-Type").unwrap_or_default()
    }

    /// The address that was fetched, without the brackets that some writers put around it.
    pub fn target(&self) -> Option<&str> {
        let uri = self.field("WARC-Target-URI")?;
        Some(uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(uri))
    }

    /// Whether all of the block is here.
    pub fn is_whole(&self) -> bool {
        self.block.len() as u64 == self.length
    }
}

/// Why a record cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The address that it speaks of, where that could be read.
    pub target: Option<String>,
    /// The reason.
    pub why: String,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {}: {}", self.number, self.why)
    }
}

/// The records of a WARC file, plain or compressed by the record or as a whole, in bounded memory. A record that is
/// damaged or lies about its length comes as the reason, and the next one that can be found follows.
///
/// ```
/// use wirecopy_intake::Records;
/// let file = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\nRain\r\n\r\n";
/// let record = Records::new(&file[..])?.next().unwrap()?.unwrap();
/// assert_eq!((record.kind(), record.block.as_slice()), ("resource", &b"Rain"[..]));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Records<R: BufRead> {
    input: Unpacked<R>,
    number: usize,
    largest: u64,
    done: bool,
}

/// What a record begins with, in all versions of the format.
const BEGIN: &[u8] = b"WARC/";
/// How much of a block that is longer than any page is kept: its HTTP head tells what it is.
const KEPT_OF_LARGE: u64 = 64 << 10;

/// What comes of reading one record: it, the reason against it, or an error of the stream.
type Read = io::Result<Result<Record, RecordError>>;

impl<R: BufRead> Records<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> io::Result<Self> {
        let largest = LARGEST_PAGE + LONGEST_HEAD as u64;
        Ok(Records { input: Unpacked::new(input)?.by_member(), number: 0, largest, done: false })
    }

    /// Goes to where a record begins. `false` at the end.
    fn seek_record(&mut self) -> io::Result<bool> {
        loop {
            let waiting = self.input.peek(1)?;
            if waiting.is_empty() {
                if !self.input.next_member()? {
                    return Ok(false);
                }
                continue;
            }
            let blank = waiting.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(true);
            }
            self.input.consume(blank);
        }
    }

    /// Passes over what is no record, to the next line that begins one, or to the next member.
    fn pass_over(&mut self) -> io::Result<()> {
        loop {
            let waiting = self.input.peek(BEGIN.len() + 1)?;
            if waiting.len() <= BEGIN.len() {
                let rest = waiting.len();
                self.input.consume(rest);
                return Ok(());
            }
            if let Some(at) = memmem::find(waiting, b"\nWARC/") {
                self.input.consume(at + 1);
                return Ok(());
            }
            // The mark may lie across the end of what waits.
            let passed = waiting.len() - BEGIN.len();
            self.input.consume(passed);
        }
    }

    fn read(&mut self) -> Read {
        let mut record = Record { number: self.number, ..Record::default() };
        match self.head()? {
            Ok(fields) => record.fields = fields,
            Err(why) => return self.refuse(&record, why),
        }
        let Some(length) = record.field("Content-Length").and_then(|length| length.trim().parse().ok()) else {
            return self.refuse(&record, "its head tells no length".into());
        };
        record.length = length;
        let wanted = if length <= self.largest { length } else { KEPT_OF_LARGE };
        let held = self.take_block(wanted, &mut record.block)?;
        if held < wanted {
            return self
                .refuse_block(record, format!("it says that it has {length} bytes, and breaks off after {held}"));
        }
        if length > self.largest {
            self.pass_over()?;
            return Ok(Ok(record));
        }
        let next = self.input.peek(BEGIN.len())?;
        if next.is_empty() || matches!(next[0], b'\r' | b'\n') || next.starts_with(BEGIN) {
            return Ok(Ok(record));
        }
        self.refuse_block(record, format!("it says that it has {length} bytes, and no record begins behind them"))
    }

    fn take_block(&mut self, wanted: u64, block: &mut Vec<u8>) -> io::Result<u64> {
        let mut held = 0;
        while held < wanted {
            let waiting = self.input.fill_buf()?;
            if waiting.is_empty() {
                break;
            }
            let part = waiting.len().min(usize::try_from(wanted - held).unwrap_or(usize::MAX));
            block.extend_from_slice(&waiting[..part]);
            self.input.consume(part);
            held += part as u64;
        }
        Ok(held)
    }

    /// Reads the version line and the fields, to the empty line behind them.
    fn head(&mut self) -> io::Result<Result<Vec<(String, String)>, String>> {
        let mut wanted = 1;
        let length = loop {
            let waiting = self.input.peek(wanted)?;
            if !waiting.starts_with(&BEGIN[..waiting.len().min(BEGIN.len())]) {
                return Ok(Err("no record begins here".into()));
            }
            if let Some(end) = end_of_head(waiting) {
                break end;
            }
            if waiting.len() < wanted {
                return Ok(Err("its head has no end".into()));
            }
            if waiting.len() > LONGEST_HEAD {
                return Ok(Err(format!("its head is longer than {} kB", LONGEST_HEAD >> 10)));
            }
            wanted = waiting.len() + 1;
        };
        let fields = fields(&self.input.peek(length)?[..length]);
        self.input.consume(length);
        Ok(Ok(fields))
    }

    fn refuse(&mut self, record: &Record, why: String) -> Read {
        self.pass_over()?;
        Ok(Err(RecordError { number: record.number, target: record.target().map(str::to_owned), why }))
    }

    /// Refuses a record whose block is not as long as it says: where another one begins within, reading goes on there.
    fn refuse_block(&mut self, record: Record, why: String) -> Read {
        match memmem::find(&record.block, b"\nWARC/1.") {
            Some(at) => self.input.unread(&record.block[at + 1..]),
            None => self.pass_over()?,
        }
        Ok(Err(RecordError { number: record.number, target: record.target().map(str::to_owned), why }))
    }

    /// Names damage of the compression, and goes to the next member.
    fn damaged(&mut self, error: &io::Error) -> Read {
        self.done = !self.input.next_member()?;
        Ok(Err(RecordError { number: self.number, target: None, why: error.to_string() }))
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Read;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.number += 1;
        let read = match self.seek_record() {
            Ok(true) => self.read(),
            Ok(false) => {
                self.done = true;
                return None;
            }
            Err(error) => Err(error),
        };
        let read = match read {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => self.damaged(&error),
            other => other,
        };
        self.done |= read.is_err();
        Some(read)
    }
}

/// The length of a head with the empty line that ends it.
pub(crate) fn end_of_head(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// The fields of a head, its first line left out. A line that begins with a space goes on with the one before.
pub(crate) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(head).lines().skip(1) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn record(uri: &str, length: impl fmt::Display, block: &str) -> Vec<u8> {
        format!("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n")
            .into_bytes()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn told(bytes: &[u8]) -> String {
        let mut told = String::new();
        for record in Records::new(bytes).unwrap() {
            told += &match record {
                Ok(Ok(record)) => {
                    format!("{}: {}\n", record.target().unwrap_or("-"), String::from_utf8_lossy(&record.block))
                }
                Ok(Err(error)) => format!("{error}\n"),
                Err(error) => format!("error: {error}\n"),
            };
        }
        told
    }

    /// The same records plain, compressed one by one, compressed as a whole: each way the same is told.
    fn check(records: &[Vec<u8>], expected: &expect_test::Expect) {
        let plain = told(&records.concat());
        expected.assert_eq(&plain);
        assert_eq!(told(&gzip(&records.concat())), plain, "compressed as a whole");
    }

    fn check_members(records: &[Vec<u8>], expected: &expect_test::Expect) {
        let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
        expected.assert_eq(&told(&members.concat()));
    }

    #[test]
    fn records_follow_each_other() {
        let records = [record("<a>", 4, "rain"), record("b", 0, ""), record("c", 3, "sun")];
        let expected = expect_test::expect![[r#"
            a: rain
            b: 
            c: sun
        "#]];
        check(&records, &expected);
        check_members(&records, &expected);
        check(&[], &expect_test::expect![""]);
    }

    #[test]
    fn a_record_that_lies_about_its_length_costs_no_other() {
        let too_long =
            [record("a", 4, "rain"), record("b", 300, "sun"), record("c", 4, "hail"), record("d", 4, "snow")];
        check(
            &too_long,
            &expect_test::expect![[r#"
                a: rain
                record 2: it says that it has 300 bytes, and breaks off after 167
                c: hail
                d: snow
            "#]],
        );
        check_members(
            &too_long,
            &expect_test::expect![[r#"
                a: rain
                record 2: it says that it has 300 bytes, and breaks off after 7
                c: hail
                d: snow
            "#]],
        );
        let too_short = [record("a", 4, "rain"), record("b", 2, "sunshine"), record("c", 4, "hail")];
        let expected = expect_test::expect![[r#"
            a: rain
            record 2: it says that it has 2 bytes, and no record begins behind them
            c: hail
        "#]];
        check(&too_short, &expected);
        check_members(&too_short, &expected);
        let absurd = [record("a", u64::MAX, "rain"), record("b", -3, "sun"), record("c", 4, "hail")];
        let expected = expect_test::expect![[r#"
            record 1: it says that it has 18446744073709551615 bytes, and breaks off after 168
            record 2: its head tells no length
            c: hail
        "#]];
        check(&absurd, &expected);
    }

    #[test]
    fn what_is_no_record_is_named_once() {
        let records = [b"<html>no record\n\nat all".to_vec(), b"\nWARC/1.0\r\nno end".to_vec()];
        check(
            &records,
            &expect_test::expect![[r#"
                record 1: no record begins here
                record 2: its head has no end
            "#]],
        );
        let mut endless = b"WARC/1.0\r\n".to_vec();
        endless.extend(b"X: y\r\n".repeat(50_000));
        endless.extend(record("b", 3, "sun"));
        check(
            &[endless],
            &expect_test::expect![[r#"
                record 1: its head is longer than 128 kB
                b: sun
            "#]],
        );
    }

    #[test]
    fn a_block_larger_than_any_page_is_not_kept() {
        let large = "x".repeat(17 << 20);
        let bytes = [record("a", large.len(), &large), record("b", 3, "sun")].concat();
        let records: Vec<Record> = Records::new(&bytes[..]).unwrap().map(|record| record.unwrap().unwrap()).collect();
        assert_eq!(records.len(), 2);
        assert!(!records[0].is_whole() && records[0].block.len() == 64 << 10);
        assert_eq!(records[1].block, b"sun");
    }

    #[test]
    fn damage_costs_the_record_in_which_it_is() {
        let mut damaged = gzip(&record("b", 2_000, &"rain on the lake ".repeat(200)[..2_000]));
        let middle = damaged.len() / 2;
        damaged[middle..middle + 8].fill(0xff);
        let bytes = [gzip(&record("a", 4, "rain")), damaged, gzip(&record("c", 4, "snow"))].concat();
        let told = told(&bytes);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!((lines.first(), lines.last()), (Some(&"a: rain"), Some(&"c: snow")), "{told}");
        assert!(lines[1].starts_with("record 2: damaged gzip"), "{told}");
    }
}
