use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use wirecopy_model::Reject;

/// A file, or standard input, that holds pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// The id of its article where it holds one page: the path below the folder that was named, with `/`.
    pub id: String,
    /// How it is read.
    pub kind: InputKind,
}

/// How an input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// One page of plain text or Markdown.
    Text,
    /// One page of HTML.
    Html,
    /// JSON Lines, a page a line.
    JsonLines,
}

impl InputKind {
    /// The kind by a file's name; `None` where the ending is not known.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" | "markdown" => Some(InputKind::Text),
            "html" | "htm" | "xhtml" => Some(InputKind::Html),
            "jsonl" | "ndjson" => Some(InputKind::JsonLines),
            _ => None,
        }
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
            walked.inputs.push(Input { path: path.to_owned(), id: "-".into(), kind: InputKind::JsonLines });
        } else if path.is_dir() {
            walk_folder(path, &mut walked);
        } else if path.exists() {
            match InputKind::of(path) {
                Some(kind) => {
                    let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    walked.inputs.push(Input { path: path.to_owned(), id, kind });
                }
                None => reject(&mut walked, path, "not a kind of file that is read (.txt .md .html .jsonl)"),
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
                    walked.inputs.push(Input { path: entry.path().to_owned(), id: parts.join("/"), kind });
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
