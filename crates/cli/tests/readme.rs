//! The README's transcripts, run as written: each `$ wirecopy ...` in a console block gives the lines below it. A line
//! `...` stands for any lines.

mod common;

use std::fs;

use common::{top, wirecopy};

#[test]
fn transcripts_are_true() {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let mut told = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for transcript in block.split("$ ").skip(1) {
            let (command, expected) = transcript.split_once('\n').unwrap_or((transcript, ""));
            let args: Vec<&str> = command.split_whitespace().collect();
            assert_eq!(args[0], "wirecopy", "{command}");
            let output = wirecopy(&store).args(&args[1..]).current_dir(top()).output().unwrap();
            assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
            let found = String::from_utf8(output.stdout).unwrap();
            assert!(matches(&lines(expected), &lines(&found)), "{command} gives\n{found}");
            told += 1;
        }
    }
    assert!(told >= 3, "{told} transcripts");
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

fn matches(expected: &[&str], found: &[&str]) -> bool {
    match (expected.first(), found.first()) {
        (None, None) => true,
        (Some(&"..."), _) => matches(&expected[1..], found) || !found.is_empty() && matches(expected, &found[1..]),
        (Some(one), Some(other)) => one == other && matches(&expected[1..], &found[1..]),
        _ => false,
    }
}
