//! Single stages through the command.

mod common;

use std::fs;

use common::{run, wirecopy};
use serde_json::{Value, json};
use tempfile::tempdir;

#[test]
fn disputes_need_a_story_and_come_by_story() {
    let folder = tempdir().expect("a folder");
    let lines = [
        json!({"id": "b-1", "story": "bridge", "text": "The bridge at Orlen cost $40 million, the council said."}),
        json!({"id": "a-1", "story": "dam", "text": "The council of Vesk approved 30 new buses on Monday."}),
        json!({"id": "a-2", "story": "dam", "text": "The council of Vesk approved 45 new buses on Monday."}),
        json!({"id": "c-1", "text": "The council of Vesk approved 60 new buses on Monday."}),
        json!({"id": "b-2", "story": "bridge", "text": "The bridge at Orlen cost $65 million, the council said."}),
    ];
    let input = folder.path().join("told.jsonl");
    fs::write(&input, lines.map(|line| line.to_string()).join("\n")).expect("a file");
    let out = run(&folder.path().join("none.db"), &["run", "disputes", input.to_str().expect("a path")], 3);
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<(&str, &str, usize)> = rows
        .iter()
        .map(|row| {
            let readings = row["readings"].as_array().expect("readings");
            (row["story"].as_str().expect("a story"), row["slot"].as_str().expect("a slot"), readings.len())
        })
        .collect();
    assert_eq!(told, [("bridge", "number", 2), ("dam", "number", 2)]);
    let mention = &rows[1]["readings"][0]["mentions"][0];
    assert_eq!((&mention["article"], mention["start"].as_u64()), (&json!("a-1"), Some(29)));
}

#[test]
fn packed_lines_are_read_and_other_files_are_told_so_once() {
    let folder = tempdir().expect("a folder");
    let store = folder.path().join("none.db");
    let text = "The ferry at Orlen sank before dawn on Friday, and twelve lorries were lost, the harbour board said.";
    let input = folder.path().join("lines.jsonl");
    let lines = ["a", "b"].map(|id| json!({"id": id, "text": text}).to_string());
    fs::write(&input, lines.join("\n")).expect("a file");
    let plain = run(&store, &["run", "copies", input.to_str().expect("a path")], 0);
    assert_eq!(plain.lines().count(), 1);
    let packed = std::process::Command::new("gzip").arg("-k").arg(&input).status().expect("gzip runs");
    assert!(packed.success());
    let packed = folder.path().join("lines.jsonl.gz");
    assert_eq!(run(&store, &["run", "copies", packed.to_str().expect("a path")], 0), plain);

    let other = folder.path().join("other.txt");
    fs::write(&other, "No lines of JSON.\n".repeat(1_000)).expect("a file");
    let output = wirecopy(&store).args(["run", "copies", other.to_str().expect("a path")]).output().expect("it starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("none of the first 20 lines is an article") && told.lines().count() < 30, "{told}");
}
