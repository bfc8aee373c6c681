use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use wirecopy_model::Page;

use crate::archive::{read_tar, read_zip};
use crate::found::{Flow, Found, Sink};
use crate::front::take_front_matter;
use crate::json::{read_json, read_lines};
use crate::limits::LARGEST_PAGE;
use crate::parquet::read_parquet;
use crate::sniff::binary_kind;
use crate::table::read_table;
use crate::warc::read_warc;
use crate::{Input, InputKind, Unpacked, decode_text};

/// Reads an input and hands over what it comes upon, one after the other, until `each` has seen enough. Memory does not
/// grow with the input. `taken` is kept at the number of bytes that were read of it, for whoever watches.
///
/// ```
/// use std::{cell::Cell, ops::ControlFlow};
/// use wirecopy_intake::{Found, read, walk};
/// let walked = walk(&["no-such.warc.gz"]);
/// for input in &walked.inputs {
///     let _ = read(input, &Cell::new(0), &mut |found| {
///         if let Found::Page(page) = found { println!("{}", page.id) }
///         ControlFlow::Continue(())
///     });
/// }
/// assert_eq!(walked.rejects[0].why, "there is no such file or folder");
/// ```
pub fn read(input: &Input, taken: &Cell<u64>, each: &mut dyn FnMut(Found) -> Flow) -> Flow {
    let name = input.path.display().to_string();
    let mut sink = Sink::new(&name, each).with_columns(input.columns.clone());
    if input.path == Path::new("-") {
        let stdin = Metered { inner: io::stdin().lock(), taken };
        return read_stream(input.kind, &input.id, &mut BufReader::with_capacity(BUFFER, stdin), &mut sink);
    }
    let file = match File::open(&input.path) {
        Ok(file) => file,
        Err(error) => return sink.reject("", error.to_string()),
    };
    if input.kind == InputKind::Parquet {
        let flow = read_parquet(file, &mut sink);
        taken.set(input.bytes);
        return flow;
    }
    let metered = Metered { inner: file, taken };
    if input.kind == InputKind::Zip {
        return read_zip(BufReader::with_capacity(BUFFER, metered), input.bytes, &input.id, &mut sink);
    }
    read_stream(input.kind, &input.id, &mut BufReader::with_capacity(BUFFER, metered), &mut sink)
}

const BUFFER: usize = 64 << 10;

/// Reads what lies in memory, as [`read`] does a file; `name` stands for its path and id.
pub fn read_bytes(kind: InputKind, name: &str, bytes: &[u8], each: &mut dyn FnMut(Found) -> Flow) -> Flow {
    let mut sink = Sink::new(name, each);
    match kind {
        InputKind::Zip => read_zip(Cursor::new(bytes), bytes.len() as u64, name, &mut sink),
        #[cfg(feature = "parquet")]
        InputKind::Parquet => read_parquet(bytes::Bytes::copy_from_slice(bytes), &mut sink),
        _ => read_stream(kind, name, &mut &*bytes, &mut sink),
    }
}

/// Reads an input from its beginning to its end.
pub(crate) fn read_stream(kind: InputKind, id: &str, input: &mut dyn BufRead, sink: &mut Sink) -> Flow {
    match kind {
        InputKind::Text | InputKind::Markdown | InputKind::Html => read_page(kind, id, input, sink),
        InputKind::JsonLines => read_lines(input, sink),
        InputKind::Json => read_json(input, sink),
        InputKind::Table => read_table(input, sink),
        InputKind::Warc => read_warc(input, sink),
        InputKind::Tar => read_tar(input, id, sink),
        InputKind::Zip => sink.reject("", "a ZIP archive cannot be read from a stream"),
        InputKind::Parquet => sink.reject("", "a Parquet file cannot be read from a stream; unpack it"),
    }
}

fn read_page(kind: InputKind, id: &str, input: impl BufRead, sink: &mut Sink) -> Flow {
    let page = read_all(input).and_then(|bytes| match kind {
        InputKind::Html => Ok(Page::of_html(id, bytes)),
        _ => text_page(kind, id, &bytes),
    });
    match page {
        Ok(page) => sink.page(page),
        Err(why) => sink.reject("", why),
    }
}

fn text_page(kind: InputKind, id: &str, bytes: &[u8]) -> Result<Page, String> {
    let mut page = Page::of_text(id, decode_text(bytes));
    if kind == InputKind::Markdown {
        take_front_matter(&mut page);
    }
    if page.text.as_deref().unwrap_or_default().trim().is_empty() { Err("the file is empty".into()) } else { Ok(page) }
}

fn read_all(input: impl BufRead) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let unpacked = Unpacked::new(input).map_err(|error| error.to_string())?;
    unpacked.take(LARGEST_PAGE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.is_empty() {
        Err("the file is empty".into())
    } else if bytes.len() as u64 > LARGEST_PAGE {
        Err(format!("larger than {} MB, which no page is", LARGEST_PAGE >> 20))
    } else if let Some(kind) = binary_kind(&bytes) {
        Err(format!("by its name it is text, and it is {kind}"))
    } else {
        Ok(bytes)
    }
}

/// A reader that counts.
struct Metered<'a, R> {
    inner: R,
    taken: &'a Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{gzip, tell};
    use crate::walk;
    use std::fs;

    fn check(files: &[(&str, &[u8])], expected: expect_test::Expect) {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let walked = walk(&[folder.path()]);
        let mut told = String::new();
        for input in &walked.inputs {
            let _ = read(input, &Cell::new(0), &mut |found| {
                told += &tell(found);
                Flow::Continue(())
            });
        }
        for reject in walked.rejects {
            told += &format!("{reject}\n");
        }
        told += &format!("{} other files", walked.other_files);
        expected.assert_eq(&told.replace(&folder.path().display().to_string(), "DIR"));
    }

    #[test]
    fn folders_give_pages_and_reasons() {
        check(
            &[
                ("b.txt", b"Rain."),
                ("a/deep/one.HTML", b"<p>Rain"),
                ("a.md", b"# Rain"),
                ("d.txt.gz", &gzip(b"Rain.")),
                ("e.txt", &gzip(b"Rain.")),
                ("f.txt", b"%PDF-1.4"),
                ("empty.txt", b""),
                ("blank.txt", b" \n"),
                ("picture.png", b"\x89PNG"),
                (".hidden/x.txt", b"no"),
                ("l.jsonl", b"{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"1\",\"text\":\"b\"}\n[]\n{\"id\":\"2\"}\n{\"text\":\"c\"}\n\xff\n{\"id\":3,\"text\":\"\"}\n{\"id\":\"4\",\"text\":7}\n{\"id\":\"5\",\"html\":\"<p>\"}\n{\"id\":\"6\",\"text\":\"\\ud800\"}"),
            ],
            expect_test::expect![[r##"
                a/deep/one.HTML: html "<p>Rain"
                a.md: "# Rain"
                b.txt: "Rain."
                DIR/blank.txt: the file is empty
                d.txt.gz: "Rain."
                e.txt: "Rain."
                DIR/empty.txt: the file is empty
                DIR/f.txt: by its name it is text, and it is a PDF
                1: "a"
                DIR/l.jsonl, line 2: a second line with the id "1"
                DIR/l.jsonl, line 3: not a JSON object: invalid type: sequence, expected a map at line 1 column 0
                DIR/l.jsonl, line 4: neither `text` nor `html`
                DIR/l.jsonl, line 5: no `id` (a string is needed)
                DIR/l.jsonl, line 6: not UTF-8 (byte 1 of the line)
                DIR/l.jsonl, line 7: no `id` (a string is needed)
                DIR/l.jsonl, line 8: `text` is not a string
                5: html "<p>"
                DIR/l.jsonl, line 10: not a JSON object: unexpected end of hex escape at line 1 column 25
                1 other files"##]],
        );
    }

    #[test]
    fn what_is_named_and_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("x.pdf"), "x").unwrap();
        let walked = walk(&[folder.path().join("x.pdf"), folder.path().join("none.txt")]);
        assert_eq!(walked.inputs, []);
        assert!(walked.rejects[0].why.starts_with("not a kind of file"));
        assert_eq!(walked.rejects[1].why, "there is no such file or folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_circle_of_links_ends() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/back")).unwrap();
        fs::write(folder.path().join("a/x.txt"), "Rain.").unwrap();
        let walked = walk(&[folder.path()]);
        assert_eq!(walked.inputs.len(), 1);
        assert!(walked.rejects[0].why.starts_with("a link back to"));
    }
}
