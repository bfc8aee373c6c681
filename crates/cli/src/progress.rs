//! A line on the terminal that says what a command is doing, if a person watches; nothing in a pipe.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use wirecopy::Progress;

/// Often enough for an eye, and not for what is done at once.
const PAUSE: Duration = Duration::from_millis(150);

pub struct ProgressLine {
    on: bool,
    begun: Instant,
    shown: Instant,
}

impl ProgressLine {
    pub fn new() -> Self {
        let now = Instant::now();
        ProgressLine { on: io::stderr().is_terminal(), begun: now, shown: now }
    }

    /// Shows what a build is doing.
    pub fn build(&mut self, progress: Progress) {
        let elapsed = self.begun.elapsed();
        self.show(|| match progress {
            Progress::Reading { pages, rejected, inputs_left, bytes_left } => {
                let mut parts = vec![format!("reading: {pages} pages")];
                parts.extend(rate(pages, elapsed));
                parts.extend((rejected > 0).then(|| format!("{rejected} rejected")));
                parts.extend((inputs_left > 0).then(|| format!("{inputs_left} files to go")));
                parts.extend((bytes_left >> 20 > 0).then(|| format!("{} MB left", bytes_left >> 20)));
                parts.join(", ")
            }
            Progress::Comparing { done, of } => format!("comparing: {done} of {of} articles"),
            Progress::Listening { done, of } => format!("who said what: {done} of {of} articles"),
            Progress::Deriving { done, of } => format!("families, accounts, stories: {done} of {of} articles"),
            Progress::Retelling { done, of } => format!("what happened when: {done} of {of} stories"),
        });
    }

    /// Shows a line, not too often.
    pub fn show(&mut self, line: impl FnOnce() -> String) {
        if !self.on || self.shown.elapsed() < PAUSE {
            return;
        }
        self.shown = Instant::now();
        eprint!("\r\x1b[K{}", line());
        let _ = io::stderr().flush();
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.on {
            eprint!("\r\x1b[K");
        }
    }
}

/// How many a second, once that can be told.
pub fn rate(count: usize, elapsed: Duration) -> Option<String> {
    (elapsed >= Duration::from_secs(1)).then(|| format!("{:.0} a second", count as f64 / elapsed.as_secs_f64()))
}
