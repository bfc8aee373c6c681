//! Reads articles as JSON Lines on standard input, writes what `extract` makes of each.
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        match wirecopy_model::Page::from_json(&line?) {
            Ok(page) => writeln!(out, "{}", serde_json::to_string(&wirecopy_extract::extract(&page))?)?,
            Err(error) => eprintln!("{error}"),
        }
    }
    out.flush()
}
