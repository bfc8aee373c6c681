use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use wirecopy_model::{ArticleId, Page, Reject};

use crate::{Input, InputKind, JsonLines, decode_text};

/// No page may be larger than this many bytes.
pub const LARGEST_PAGE: u64 = 16 << 20;

/// The pages of an input, or the reasons why parts of it cannot be used, one after the other.
pub struct Pages {
    input: String,
    state: State,
}

enum State {
    One(Option<Box<Result<Page, String>>>),
    Lines { lines: JsonLines<Box<dyn BufRead>>, seen: HashSet<ArticleId> },
    Done,
}

/// Opens an input. A file that cannot be opened or read is one reject.
pub fn pages(input: &Input) -> Pages {
    let name = input.path.display().to_string();
    let state = match input.kind {
        InputKind::Text => one(read_file(&input.path).and_then(|bytes| text_page(input, &bytes))),
        InputKind::Html => one(read_file(&input.path).map(|bytes| Page::of_html(input.id.as_str(), bytes))),
        InputKind::JsonLines => match open_lines(&input.path) {
            Ok(reader) => State::Lines { lines: JsonLines::new(reader), seen: HashSet::new() },
            Err(error) => one(Err(error.to_string())),
        },
    };
    Pages { input: name, state }
}

fn one(page: Result<Page, String>) -> State {
    State::One(Some(Box::new(page)))
}

fn open_lines(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        Ok(Box::new(BufReader::new(io::stdin())))
    } else {
        Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
    }
}

fn text_page(input: &Input, bytes: &[u8]) -> Result<Page, String> {
    let text = decode_text(bytes);
    if text.trim().is_empty() {
        return Err("the file is empty".into());
    }
    Ok(Page::of_text(input.id.as_str(), text))
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST_PAGE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.is_empty() {
        Err("the file is empty".into())
    } else if bytes.len() as u64 > LARGEST_PAGE {
        Err(format!("larger than {} MB, which no page is", LARGEST_PAGE >> 20))
    } else {
        Ok(bytes)
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        let reject = |place: String, why: String| Reject { input: self.input.clone(), place, why };
        match &mut self.state {
            State::Done => None,
            State::One(page) => {
                let page = page.take()?;
                Some((*page).map_err(|why| reject(String::new(), why)))
            }
            State::Lines { lines, seen } => match lines.next()? {
                Err(error) => {
                    self.state = State::Done;
                    Some(Err(reject(String::new(), error.to_string())))
                }
                Ok((number, line)) => {
                    let page = line.and_then(|line| Page::from_json(&line).map_err(|error| error.to_string()));
                    let page = page.and_then(|page| {
                        if seen.insert(page.id.clone()) {
                            Ok(page)
                        } else {
                            Err(format!("a second line with the id {:?}", page.id))
                        }
                    });
                    Some(page.map_err(|why| reject(format!("line {number}"), why)))
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        for page in walked.inputs.iter().flat_map(pages) {
            told += &match page {
                Ok(page) => format!("{}: {:?}\n", page.id, page.text.unwrap_or_else(|| "html".into())),
                Err(reject) => format!("{reject}\n"),
            };
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
                ("empty.txt", b""),
                ("blank.txt", b" \n"),
                ("picture.png", b"\x89PNG"),
                (".hidden/x.txt", b"no"),
                ("l.jsonl", b"{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"1\",\"text\":\"b\"}\n[]\n{\"id\":\"2\"}\n{\"text\":\"c\"}\n\xff\n{\"id\":3,\"text\":\"\"}\n{\"id\":\"4\",\"text\":7}\n{\"id\":\"5\",\"html\":\"<p>\"}\n{\"id\":\"6\",\"text\":\"\\ud800\"}"),
            ],
            expect_test::expect![[r##"
                a/deep/one.HTML: "html"
                a.md: "# Rain"
                b.txt: "Rain."
                DIR/blank.txt: the file is empty
                DIR/empty.txt: the file is empty
                1: "a"
                DIR/l.jsonl, line 2: a second line with the id "1"
                DIR/l.jsonl, line 3: not a JSON object: invalid type: sequence, expected a map at line 1 column 0
                DIR/l.jsonl, line 4: neither `text` nor `html`
                DIR/l.jsonl, line 5: no `id` (a string is needed)
                DIR/l.jsonl, line 6: not UTF-8 (byte 1 of the line)
                DIR/l.jsonl, line 7: no `id` (a string is needed)
                DIR/l.jsonl, line 8: `text` is not a string
                5: "html"
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
