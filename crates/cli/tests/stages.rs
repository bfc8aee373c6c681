//! Single stages through the command.

mod common;

use std::fs;

use common::run;
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
