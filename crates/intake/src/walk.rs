use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use wirecopy_model::Reject;

use crate::ColumnNames;

/// A file, or standard input, that holds pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// The id of its article where it holds one page: the path below the folder that was named, with `/`.
    pub id: String,
    /// How it is read.
    pub kind: InputKind,
    /// How large it is in bytes, as far as that is known.
    pub bytes: u64,
    /// Which of its columns the user says are what.
    pub columns: ColumnNames,
}

impl Input {
    fn new(path: &Path, id: String, kind: InputKind, bytes: u64) -> Self {
        Input { path: path.to_owned(), id, kind, bytes, columns: ColumnNames::default() }
    }
}

/// How an input is read. Any may be compressed with gzip or zstd, `.gz` or `.zst` behind its name or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// One page of plain text.
    Text,
    /// One page of Markdown, possibly with a head of `key: value` lines.
    Markdown,
    /// One page of HTML.
    Html,
    /// JSON Lines, a page a line.
    JsonLines,
    /// A JSON file: a page, or a list of pages.
    Json,
    /// Comma-, semicolon- or tab-separated values, a page a row.
    Table,
    /// A web archive (WARC).
    Warc,
    /// A ZIP archive of any of these, or a collection of web archives (WACZ).
    Zip,
    /// A tar archive of any of these.
    Tar,
    /// A Parquet file, a page a row. Read where the feature `parquet` is built in.
    Parquet,
}

/// The endings of the names of what is read.
const ENDINGS: &[(&str, InputKind)] = &[
    ("txt", InputKind::Text),
    ("text", InputKind::Text),
    ("md", InputKind::Markdown),
    ("markdown", InputKind::Markdown),
    ("html", InputKind::Html),
    ("htm", InputKind::Html),
    ("xhtml", InputKind::Html),
    ("jsonl", InputKind::JsonLines),
    ("ndjson", InputKind::JsonLines),
    ("json", InputKind::Json),
    ("csv", InputKind::Table),
    ("tsv", InputKind::Table),
    ("warc", InputKind::Warc),
    ("wet", InputKind::Warc),
    ("zip", InputKind::Zip),
    ("wacz", InputKind::Zip),
    ("tar", InputKind::Tar),
    ("tgz", InputKind::Tar),
    ("parquet", InputKind::Parquet),
];

impl InputKind {
    /// The kind by a file's name; `None` where the ending is not known.
    ///
    /// ```
    /// use std::path::Path;
    /// use wirecopy_intake::InputKind;
    /// assert_eq!(InputKind::of(Path::new("crawl.warc.gz")), Some(InputKind::Warc));
    /// assert_eq!(InputKind::of(Path::new("picture.png")), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = [".gz", ".zst", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
        let (stem, ending) = name.rsplit_once('.')?;
        let kind = ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)?;
        (!stem.is_empty()).then_some(kind)
    }
}

/// What was found under the paths that were named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// What can be read, in the order of the paths, folders in the order of their names.
    pub inputs: Vec<Input>,
    /// What was named, or found, and cannot.
    pub rejects: Vec<Reject>,
    /// How many files of other kinds lay in the folders.
    pub other_files: usize,
}

/// Finds the inputs under these paths: a file, a folder with all below it, or `-` for standard input as JSON Lines.
/// Hidden files are passed over, links to folders are followed but never in a circle.
pub fn walk<P: AsRef<Path>>(paths: &[P]) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        let path = path.as_ref();
        if path == Path::new("-") {
            walked.inputs.push(Input::new(path, "-".into(), InputKind::JsonLines, 0));
        } else if path.is_dir() {
            walk_folder(path, &mut walked);
        } else if path.exists() {
            match InputKind::of(path) {
                Some(kind) => {
                    let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    let bytes = path.metadata().map_or(0, |metadata| metadata.len());
                    walked.inputs.push(Input::new(path, id, kind, bytes));
                }
                None => {
                    reject(&mut walked, path, "not a kind of file that is read (`wirecopy build --help` lists them)")
                }
            }
        } else {
            reject(&mut walked, path, "there is no such file or folder");
        }
    }
    walked
}

fn walk_folder(folder: &Path, walked: &mut Walked) {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match InputKind::of(entry.path()) {
                Some(kind) => {
                    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                    let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                    walked.inputs.push(Input::new(entry.path(), parts.join("/"), kind, bytes));
                }
                None => walked.other_files += 1,
            },
            Ok(entry) if entry.file_type().is_dir() => {}
            // A pipe or a device among the files would never end.
            Ok(entry) => reject(walked, entry.path(), "not a file"),
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let why = match (error.loop_ancestor(), error.io_error()) {
                    (Some(above), _) => format!("a link back to {}, which holds it", above.display()),
                    (None, Some(error)) => error.to_string(),
                    (None, None) => "cannot be read".to_owned(),
                };
                reject(walked, &path, &why);
            }
        }
    }
}

fn reject(walked: &mut Walked, path: &Path, why: &str) {
    walked.rejects.push(Reject { input: path.display().to_string(), place: String::new(), why: why.to_owned() });
}
