//! What the tests of the command share.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The top of the repository.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The command, with this store, and nothing of the caller's configuration.
pub fn wirecopy(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.env_remove("WIRECOPY_COLOR").env("WIRECOPY_STORE", store).env("XDG_CONFIG_HOME", "/nonexistent");
    command.stdin(Stdio::null());
    command
}

/// Runs the command and gives what it wrote, its exit code checked.
pub fn run(store: &Path, args: &[&str], code: i32) -> String {
    let output: Output = wirecopy(store).args(args).output().expect("the command starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "wirecopy {args:?}: {told}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// Runs the command with `--json` and gives the rows.
pub fn rows(store: &Path, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    match serde_json::from_str(&run(store, &args, 0)).expect("JSON") {
        Value::Array(rows) => rows,
        other => vec![other],
    }
}

/// The strings of a list.
pub fn strings(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|item| item.as_str().expect("a string").to_owned()).collect()
}

/// The same, sorted.
pub fn sorted(list: &Value) -> Vec<String> {
    let mut sorted = strings(list);
    sorted.sort();
    sorted
}

/// What a store answers, without the order of arrival: for comparing stores.
pub fn content(store: &Path) -> String {
    answers(store, &["articles --text", "stories", "accounts", "copies", "lineage", "quotes"])
}

/// The same with what the articles tell, which takes long where the build was to leave it out.
pub fn told_content(store: &Path) -> String {
    content(store) + &answers(store, &["claims", "timeline", "disputes"])
}

fn answers(store: &Path, parts: &[&str]) -> String {
    let mut content = String::new();
    for part in parts {
        content += &format!("{part}\n");
        for row in rows(store, &part.split(' ').collect::<Vec<_>>()) {
            content += &format!("{row}\n");
        }
    }
    content
}
