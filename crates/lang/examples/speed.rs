//! Prints how fast texts are analysed: JSON Lines (`{"text"}`) from standard input, on one thread, as one JSON object.
//!
//! `speed [ROUNDS]`: each round analyses all texts with a new pipeline, so that no memory of word forms helps; the
//! fastest round counts. `scripts/lang/speed.py` prints this beside spaCy.

use std::error::Error;
use std::io::{BufRead, stdin};
use std::time::Instant;

use serde_json::{Value, json};
use wirecopy_lang::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: usize = std::env::args().nth(1).map_or(Ok(3), |rounds| rounds.parse())?;
    let mut texts = Vec::new();
    for line in stdin().lock().lines() {
        let page: Value = serde_json::from_str(&line?)?;
        texts.push(page["text"].as_str().ok_or("no text")?.to_owned());
    }
    let before = resident();
    let (mut load, mut best, mut least, mut tokens) = (f64::MAX, f64::MAX, f64::MAX, 0);
    for _ in 0..rounds {
        let start = Instant::now();
        let language = Language::english();
        load = load.min(start.elapsed().as_secs_f64());
        let (start, used) = (Instant::now(), on_processor());
        tokens = texts.iter().map(|text| language.analyse(text).len()).sum();
        best = best.min(start.elapsed().as_secs_f64());
        least = least.min(on_processor() - used);
    }
    let result = json!({
        "tokens": tokens,
        "seconds": best,
        "tokens_per_second": tokens as f64 / best,
        "tokens_per_cpu_second": tokens as f64 / least,
        "load_ms": load * 1000.0,
        "texts_mb": before,
        "peak_mb": resident(),
    });
    println!("{result}");
    Ok(())
}

/// Seconds that this process has run so far: what counts on a busy machine. Only where the system tells.
fn on_processor() -> f64 {
    let times = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = times.split_whitespace().next().and_then(|field| field.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |nanoseconds| nanoseconds / 1e9)
}

/// The most memory that was resident so far, in megabytes, where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
