use std::io::{self, BufRead, Chain, Cursor, Read};

use flate2::bufread::GzDecoder;

use crate::limits::{FREE_EXPANSION, LARGEST_RATIO};

/// The bytes of a stream that may be compressed with gzip or zstd, told by its first bytes and not by any name. Members
/// of gzip and frames of zstd that follow each other are one stream, unless members are asked for one by one. What expands
/// beyond all reason is an error.
///
/// ```
/// use std::io::Read;
/// use wirecopy_intake::Unpacked;
/// let mut text = String::new();
/// Unpacked::new(&b"plain"[..])?.read_to_string(&mut text)?;
/// assert_eq!(text, "plain");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Unpacked<R: BufRead> {
    source: Source<R>,
    /// What was unpacked and not yet taken: `buffer[start..]`.
    buffer: Vec<u8>,
    start: usize,
    produced: u64,
    /// Whether members follow each other without a seam.
    joined: bool,
    /// Whether the current member is at its end.
    at_end: bool,
    /// Where in the packed bytes the current member begins.
    begins: u64,
}

enum Source<R: BufRead> {
    Plain(Packed<R>),
    Gzip(Option<Box<GzDecoder<Packed<R>>>>),
    Zstd(Box<zstd::stream::read::Decoder<'static, Packed<R>>>),
}

/// The stream as it came, with a count of what was taken of it.
struct Packed<R> {
    inner: Chain<Cursor<Vec<u8>>, R>,
    taken: u64,
}

impl<R: BufRead> Read for Packed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.taken += bytes as u64;
        self.inner.consume(bytes);
    }
}

const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const CHUNK: usize = 64 << 10;

impl<R: BufRead> Unpacked<R> {
    /// Looks at the first bytes and prepares to unpack.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut head = Vec::with_capacity(4);
        inner.by_ref().take(4).read_to_end(&mut head)?;
        let (gzip, zstd) = (head.starts_with(&GZIP), is_zstd(&head));
        let packed = Packed { inner: Cursor::new(head).chain(inner), taken: 0 };
        let source = if gzip {
            Source::Gzip(Some(Box::new(GzDecoder::new(packed))))
        } else if zstd {
            Source::Zstd(Box::new(zstd::stream::read::Decoder::with_buffer(packed)?))
        } else {
            Source::Plain(packed)
        };
        Ok(Unpacked { source, buffer: Vec::new(), start: 0, produced: 0, joined: true, at_end: false, begins: 0 })
    }

    /// Makes each member of gzip a stream of its own: after one ends, [`Unpacked::next_member`] goes on.
    pub(crate) fn by_member(mut self) -> Self {
        self.joined = false;
        self
    }

    /// Leaves the current member, wherever it stands, and goes to the next one: past damage, to the next bytes that look
    /// like a member's beginning. `false` at the end of the stream.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        // What is left of the member is unpacked and dropped, for only its end tells where the next one begins.
        let whole = loop {
            self.start = self.buffer.len();
            match self.unpack() {
                Ok(()) if self.at_end => break true,
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::InvalidData => break false,
                Err(error) => return Err(error),
            }
        };
        let Source::Gzip(decoder) = &mut self.source else { return Ok(false) };
        let Some(mut packed) = decoder.take().map(|decoder| decoder.into_inner()) else { return Ok(false) };
        if packed.taken == self.begins {
            // A decoder that refuses the first byte may have taken nothing.
            let any = packed.fill_buf()?.len().min(1);
            packed.consume(any);
        }
        let found = if whole { begins_member(&mut packed)? } else { seek_member(&mut packed)? };
        if found {
            self.begins = packed.taken;
            *decoder = Some(Box::new(GzDecoder::new(packed)));
            self.at_end = false;
        }
        Ok(found)
    }

    /// Puts bytes back, to be read again before all others.
    pub(crate) fn unread(&mut self, bytes: &[u8]) {
        let mut buffer = Vec::with_capacity(bytes.len() + self.buffer.len() - self.start);
        buffer.extend_from_slice(bytes);
        buffer.extend_from_slice(&self.buffer[self.start..]);
        self.buffer = buffer;
        self.start = 0;
    }

    /// Makes sure that at least `wanted` bytes wait in the buffer, unless the stream (or member) ends before, and gives
    /// all that wait.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < wanted && !self.at_end {
            self.unpack()?;
        }
        Ok(&self.buffer[self.start..])
    }

    /// Unpacks one more chunk behind what waits.
    fn unpack(&mut self) -> io::Result<()> {
        if self.at_end {
            return Ok(());
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + CHUNK, 0);
        let read = read_some(&mut self.source, &mut self.buffer[held..]);
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.produced += read as u64;
        self.at_end = read == 0;
        let taken = match &self.source {
            Source::Plain(_) | Source::Gzip(None) => return Ok(()),
            Source::Gzip(Some(decoder)) => decoder.get_ref().taken,
            Source::Zstd(decoder) => decoder.get_ref().taken,
        };
        if self.produced > FREE_EXPANSION && self.produced / LARGEST_RATIO > taken {
            let why = format!("expands to more than {LARGEST_RATIO} times its size, as no pages do");
            return Err(io::Error::other(why));
        }
        if self.at_end && self.joined && matches!(self.source, Source::Gzip(Some(_))) {
            self.next_member()?;
        }
        Ok(())
    }
}

fn is_zstd(head: &[u8]) -> bool {
    // A frame, or one to be skipped, with which some writers begin.
    head == ZSTD || head.len() == 4 && (0x50..=0x5f).contains(&head[0]) && head[1..] == [0x2a, 0x4d, 0x18]
}

fn read_some<R: BufRead>(source: &mut Source<R>, into: &mut [u8]) -> io::Result<usize> {
    loop {
        let read = match source {
            Source::Plain(packed) => packed.read(into),
            Source::Gzip(Some(decoder)) => decoder.read(into).map_err(|error| damaged("gzip", error)),
            Source::Gzip(None) => Ok(0),
            Source::Zstd(decoder) => decoder.read(into).map_err(|error| damaged("zstd", error)),
        };
        match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// The decoders' many ways to say that the bytes are not what they should be, as one.
fn damaged(format: &str, error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            io::Error::new(io::ErrorKind::InvalidData, format!("damaged {format}: it breaks off"))
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::Other => {
            io::Error::new(io::ErrorKind::InvalidData, format!("damaged {format}: {error}"))
        }
        _ => error,
    }
}

/// Whether another member follows at once. Zeros behind the last one are padding; anything else there is passed over, as
/// gzip itself does.
fn begins_member<R: BufRead>(packed: &mut Packed<R>) -> io::Result<bool> {
    let waiting = packed.fill_buf()?;
    match waiting.first() {
        None => Ok(false),
        Some(&byte) if byte == GZIP[0] => Ok(true),
        Some(_) => seek_member(packed),
    }
}

/// Goes forward to the next bytes that look like the beginning of a member; they are taken only as far as they are not.
fn seek_member<R: BufRead>(packed: &mut Packed<R>) -> io::Result<bool> {
    loop {
        let waiting = packed.fill_buf()?;
        if waiting.is_empty() {
            return Ok(false);
        }
        match memchr::memmem::find(waiting, &GZIP) {
            Some(at) => {
                packed.consume(at);
                return Ok(true);
            }
            // The mark may lie across the end of what waits; that one byte decides wrongly costs one record at most.
            None => {
                let length = waiting.len();
                let keep = usize::from(length > 1 && waiting[length - 1] == GZIP[0]);
                packed.consume(length - keep);
                if keep == 1 && packed.fill_buf()?.len() == 1 {
                    return Ok(true);
                }
            }
        }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let waiting = self.fill_buf()?;
        let length = waiting.len().min(into.len());
        into[..length].copy_from_slice(&waiting[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.buffer.len() && !self.at_end {
            self.unpack()?;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn all(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        let mut unpacked = Unpacked::new(bytes).map_err(|error| error.to_string())?;
        unpacked.read_to_string(&mut text).map_err(|error| error.to_string())?;
        Ok(text)
    }

    #[test]
    fn what_is_packed_is_told_by_its_bytes() {
        let zstd = zstd::encode_all(&b"rain"[..], 3).unwrap();
        for (bytes, expected) in [
            (b"rain".to_vec(), Ok("rain")),
            (Vec::new(), Ok("")),
            (gzip(b"rain"), Ok("rain")),
            ([gzip(b"ra"), gzip(b""), gzip(b"in")].concat(), Ok("rain")),
            ([gzip(b"rain"), vec![0; 9]].concat(), Ok("rain")),
            (zstd.clone(), Ok("rain")),
            ([zstd.clone(), zstd].concat(), Ok("rainrain")),
            (gzip(b"rain")[..12].to_vec(), Err("damaged gzip: it breaks off")),
        ] {
            assert_eq!(all(&bytes), expected.map(str::to_owned).map_err(str::to_owned));
        }
    }

    #[test]
    fn members_are_found_past_damage() {
        let mut damaged = gzip(&b"the rain that fell on the lake in the night".repeat(20));
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0xff;
        let bytes = [gzip(b"one"), damaged, gzip(b"three")].concat();
        let mut unpacked = Unpacked::new(&bytes[..]).unwrap().by_member();
        let mut texts = Vec::new();
        loop {
            let mut text = Vec::new();
            let whole = unpacked.read_to_end(&mut text).is_ok();
            texts.push(if whole { String::from_utf8(text).unwrap() } else { "damaged".into() });
            if !unpacked.next_member().unwrap() {
                break;
            }
        }
        assert_eq!(texts, ["one", "damaged", "three"]);
    }

    #[test]
    fn bombs_are_refused() {
        let zeros = io::repeat(0).take(2 * FREE_EXPANSION);
        let mut bomb = flate2::read::GzEncoder::new(zeros, flate2::Compression::best());
        let mut bytes = Vec::new();
        bomb.read_to_end(&mut bytes).unwrap();
        let read = io::copy(&mut Unpacked::new(&bytes[..]).unwrap(), &mut io::sink());
        assert_eq!(read.unwrap_err().to_string(), "expands to more than 500 times its size, as no pages do");
    }
}
