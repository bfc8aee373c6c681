use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const HEAD: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const GONE: Style = AnsiColor::Red.on_default().strikethrough();
pub const COME: Style = AnsiColor::Green.on_default().underline();
pub const MARK: Style = AnsiColor::Yellow.on_default();

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    pub fn parse(text: &str) -> Option<Self> {
        Color::from_str(text, true).ok()
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Color::Auto => "auto",
            Color::Always => "always",
            Color::Never => "never",
        }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The library says why.
    Wirecopy(wirecopy::Error),
    /// Nothing could be fetched.
    Fetch(wirecopy_fetch::FetchError),
    /// Nothing could be served.
    Serve(wirecopy_serve::Error),
    /// Output could not be written.
    Write(io::Error),
    /// The configuration is wrong.
    Config(String),
    /// The call is wrong.
    Usage(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Wirecopy(error) => error.fmt(f),
            Failure::Fetch(error) => error.fmt(f),
            Failure::Serve(error) => error.fmt(f),
            Failure::Write(error) => error.fmt(f),
            Failure::Config(why) | Failure::Usage(why) => f.write_str(why),
        }
    }
}

impl From<wirecopy_serve::Error> for Failure {
    fn from(error: wirecopy_serve::Error) -> Self {
        Failure::Serve(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Write(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Write(error.into())
    }
}

impl From<wirecopy::Error> for Failure {
    fn from(error: wirecopy::Error) -> Self {
        Failure::Wirecopy(error)
    }
}

impl From<wirecopy_fetch::FetchError> for Failure {
    fn from(error: wirecopy_fetch::FetchError) -> Self {
        Failure::Fetch(error)
    }
}

impl From<wirecopy::StoreError> for Failure {
    fn from(error: wirecopy::StoreError) -> Self {
        Failure::Wirecopy(error.into())
    }
}

/// Standard output: data only. Styles are dropped where colours are off.
pub struct Output {
    stdout: BufWriter<anstream::AutoStream<io::Stdout>>,
    /// Whether JSON was asked for.
    pub json: bool,
    /// The columns of the terminal, if it is one.
    width: Option<usize>,
}

impl Output {
    pub fn new(color: Color, json: bool) -> Self {
        match color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        let width =
            io::stdout().is_terminal().then(|| terminal_size::terminal_size().map(|size| usize::from(size.0.0)));
        Output { stdout: BufWriter::new(anstream::AutoStream::auto(io::stdout())), json, width: width.flatten() }
    }

    /// Writes one value as JSON.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        serde_json::to_writer(&mut *self, value)?;
        writeln!(self)?;
        Ok(())
    }

    /// Writes rows as a JSON list, a row a line.
    pub fn json_rows<T: Serialize>(&mut self, rows: &[T]) -> Result<(), Failure> {
        write!(self, "[")?;
        for (index, row) in rows.iter().enumerate() {
            write!(self, "{}", if index == 0 { "\n" } else { ",\n" })?;
            serde_json::to_writer(&mut *self, row)?;
        }
        writeln!(self, "{}]", if rows.is_empty() { "" } else { "\n" })?;
        Ok(())
    }

    /// Writes a table. On a terminal the widest column gives way; elsewhere nothing is cut.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
        let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        if let Some(columns) = self.width {
            let total: usize = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
            let over = total.saturating_sub(columns.max(40));
            if let Some(widest) = widths.iter_mut().max() {
                *widest = widest.saturating_sub(over).max(12);
            }
        }
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let mut line = String::new();
            for (cell, &width) in cells.zip(&widths) {
                let cell = shorten(cell, width);
                let pad = width - cell.width().min(width);
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(' ', pad + 2));
            }
            line.trim_end().to_owned()
        };
        writeln!(self, "{HEAD}{}{HEAD:#}", line(&mut head.iter().copied()))?;
        for row in rows {
            writeln!(self, "{}", line(&mut row.iter().map(String::as_str)))?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stdout.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// The text in at most `width` columns, an ellipsis at the end of what was cut.
pub fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// "1 page", "2 pages".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A text that came from outside, on one line and without anything a terminal would obey.
pub fn plain(text: &str) -> String {
    let visible = text.chars().filter(|c| !c.is_control() || c.is_whitespace());
    let visible: String = visible.filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_outside_cannot_steer_a_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\r\n\tc\u{202e}d"), "a[31mb cd");
    }

    #[test]
    fn long_texts_are_shortened_by_columns() {
        assert_eq!(shorten("abcdef", 6), "abcdef");
        assert_eq!(shorten("abcdefg", 6), "abcde…");
        assert_eq!(shorten("漢字漢字", 5), "漢字…");
    }
}
