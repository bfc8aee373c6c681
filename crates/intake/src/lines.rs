use std::io::{self, BufRead};

use crate::LONGEST_LINE;

/// The lines of JSON Lines, without their breaks, with their numbers from 1, the empty ones left out, in bounded memory: a line that is too
/// long or is not UTF-8 comes as the reason why it cannot be used.
///
/// ```
/// use wirecopy_intake::JsonLines;
/// let lines: Vec<_> = JsonLines::new(&b"{}\n\n\xff\n"[..]).map(Result::unwrap).collect();
/// assert_eq!(lines[0], (1, Ok("{}".to_owned())));
/// assert_eq!(lines[1], (3, Err("not UTF-8 (byte 1 of the line)".to_owned())));
/// ```
pub struct JsonLines<R> {
    input: R,
    number: usize,
    longest: usize,
}

impl<R: BufRead> JsonLines<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Self {
        JsonLines { input, number: 0, longest: LONGEST_LINE }
    }

    /// Reads the next line into `line`, up to `longest` bytes of it. Gives its whole length, or `None` at the end.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
        let mut length = 0;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                return Ok((length > 0).then_some(length));
            }
            let (part, ends) = match buffer.iter().position(|&byte| byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            };
            let room = self.longest.saturating_sub(line.len());
            line.extend_from_slice(&buffer[..part.min(room)]);
            length += part;
            self.input.consume(part);
            if ends {
                return Ok(Some(length));
            }
        }
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = io::Result<(usize, Result<String, String>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            let length = match self.read_line(&mut line) {
                Ok(Some(length)) => length,
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            };
            self.number += 1;
            if length > self.longest {
                let why = format!("a line of {length} bytes, more than the {} that are read", self.longest);
                return Some(Ok((self.number, Err(why))));
            }
            if self.number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                line.pop();
            }
            let text = String::from_utf8(line)
                .map_err(|error| format!("not UTF-8 (byte {} of the line)", error.utf8_error().valid_up_to() + 1));
            return Some(Ok((self.number, text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_named_and_the_next_one_read() {
        let text = format!("{}\n{{}}\n", "x".repeat(100));
        let mut lines = JsonLines::new(text.as_bytes());
        lines.longest = 10;
        let lines: Vec<_> = lines.map(Result::unwrap).collect();
        assert_eq!(lines[0], (1, Err("a line of 101 bytes, more than the 10 that are read".into())));
        assert_eq!(lines[1], (2, Ok("{}".into())));
    }

    #[test]
    fn the_last_line_needs_no_break() {
        let lines: Vec<_> = JsonLines::new(&b"\xef\xbb\xbf{}\r\n{\"a\":1}"[..]).map(|line| line.unwrap().1).collect();
        assert_eq!(lines, [Ok("{}".to_owned()), Ok("{\"a\":1}".to_owned())]);
    }
}
