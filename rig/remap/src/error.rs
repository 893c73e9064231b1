//! Why a program did not do its work. Neither form ever holds a value of a message: a program's own
//! words are quoted, and the texts the language makes up of values are not.

use rig_gears::GearError;
use vrl::{
    compiler::ExpressionError,
    diagnostic::{DiagnosticMessage, Formatter},
};

/// What the compiler says, line and caret, without its links to the internet.
pub fn diagnostics(source: &str, list: vrl::diagnostic::DiagnosticList) -> String {
    let text = Formatter::new(source, list).to_string();
    let lines: Vec<_> = text.lines().filter(|line| !line.contains("https://")).collect();
    lines.join("\n").trim_end_matches(['\n', ' ', '│', '=']).to_owned()
}

/// A failure while the program ran.
pub fn failed(source: &str, error: &ExpressionError) -> GearError {
    let labels = error.labels();
    // The first is the innermost: calls add theirs on the way out.
    let place = labels.first().map(|label| (label.span.start(), label.span.end()));
    let detail = match place.and_then(|(start, end)| Some((start, source.get(start..end)?))) {
        Some((start, words)) => {
            let line = source[..start].matches('\n').count() + 1;
            format!("line {line}: {} failed", short(words))
        }
        None => "the program failed".to_owned(),
    };
    GearError::new("remap_failed", detail)
}

fn short(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
