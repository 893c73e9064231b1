//! What is shown while a mode runs: one line on the standard error, overwritten, if a person looks
//! at it; and numbers as people read them.

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::Duration,
};

const EVERY: Duration = Duration::from_millis(500);

/// Runs `work` and shows `line` meanwhile.
pub async fn beside<T>(work: impl Future<Output = T>, line: impl Fn() -> String) -> T {
    let shown = io::stderr().is_terminal();
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => {
                if shown {
                    let _ = write!(io::stderr(), "\r\x1b[K");
                }
                return done;
            }
            () = tokio::time::sleep(EVERY), if shown => {
                let mut err = io::stderr().lock();
                let _ = write!(err, "\r\x1b[K{}", line());
                let _ = err.flush();
            }
        }
    }
}

/// `1234567` as `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// One line of a summary: names one under the other, values behind them.
pub fn row(out: &mut impl io::Write, name: &str, value: impl std::fmt::Display) -> io::Result<()> {
    writeln!(out, "{name:<14} {value}")
}

/// Writes a report into a file, if there is one to write to.
pub fn save(report: &impl serde::Serialize, path: Option<&std::path::Path>) -> anyhow::Result<()> {
    use anyhow::Context as _;
    let Some(path) = path else { return Ok(()) };
    let mut text = serde_json::to_string_pretty(report)?;
    text.push('\n');
    std::fs::write(path, text).with_context(|| format!("the report {} cannot be written", path.display()))
}

/// Shows a report as JSON on the standard output.
pub fn print_json(report: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, report)?;
    writeln!(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
