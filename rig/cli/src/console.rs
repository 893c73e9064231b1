//! What the program says to whoever called it: lines, aligned tables, JSON, errors. Colours only
//! where a terminal shows them.

use std::{
    fmt,
    io::{self, IsTerminal, Write},
};

use serde_json::Value;

/// An error of whoever called: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

impl Usage {
    pub fn error(text: impl Into<String>) -> anyhow::Error {
        Self(text.into()).into()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
    Bold = 1,
    Faint = 2,
}

/// Where and how to write.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    pub json: bool,
    out_colours: bool,
    err_colours: bool,
}

impl Console {
    pub fn new(json: bool, plain: bool) -> Self {
        Self {
            json,
            out_colours: !plain && !json && io::stdout().is_terminal(),
            err_colours: !plain && io::stderr().is_terminal(),
        }
    }
    pub const fn colours(&self) -> bool {
        self.out_colours
    }

    /// The text in a colour, for standard output.
    pub fn paint(&self, colour: Colour, text: impl fmt::Display) -> String {
        painted(self.out_colours, colour, text)
    }

    pub fn line(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")
    }
    /// A document that ends with a line of its own.
    pub fn document(&self, text: &str) -> io::Result<()> {
        io::stdout().lock().write_all(text.as_bytes())
    }
    pub fn object(&self, value: &Value) -> anyhow::Result<()> {
        Ok(self.line(&serde_json::to_string_pretty(value)?)?)
    }
    /// To standard error: what is odd, and no failure.
    pub fn warn(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{} {text}", painted(self.err_colours, Colour::Yellow, "warning:"));
    }
    /// To standard error, as it is.
    pub fn complain(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }
    /// To standard error, with its causes.
    pub fn error(&self, error: &anyhow::Error) {
        // A reader that went away (`| head`) is no failure worth a word.
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            return;
        }
        let _ = match self.json {
            true => writeln!(io::stderr(), "{}", serde_json::json!({"error": format!("{error:#}")})),
            false => {
                writeln!(io::stderr(), "{} {error:#}", painted(self.err_colours, Colour::Red, "error:"))
            }
        };
    }

    /// Rows below headings, as wide as they need; as JSON an array of objects with the headings in
    /// lower case as keys.
    pub fn table(&self, headings: &[&str], rows: &[Vec<Cell>]) -> anyhow::Result<()> {
        if self.json {
            let rows = rows.iter().map(|row| {
                let cells = headings.iter().zip(row);
                Value::Object(cells.map(|(key, cell)| (key.to_lowercase(), cell.value.clone())).collect())
            });
            return self.object(&Value::Array(rows.collect()));
        }
        let mut widths: Vec<_> = headings.iter().map(|heading| heading.chars().count()).collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.chars().count());
            }
        }
        let headings: Vec<_> =
            headings.iter().map(|heading| Cell::from(*heading).in_colour(Colour::Bold)).collect();
        let mut text = String::new();
        for row in std::iter::once(&headings).chain(rows) {
            let mut line = String::new();
            for (index, (width, cell)) in widths.iter().zip(row).enumerate() {
                if index > 0 {
                    line.push_str("  ");
                }
                let padding = width - cell.text.chars().count();
                match cell.colour {
                    Some(colour) => line.push_str(&self.paint(colour, &cell.text)),
                    None => line.push_str(&cell.text),
                }
                line.push_str(&" ".repeat(padding));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        Ok(self.document(&text)?)
    }
}

fn painted(on: bool, colour: Colour, text: impl fmt::Display) -> String {
    if on { format!("\x1b[{}m{text}\x1b[0m", colour as u8) } else { text.to_string() }
}

/// One field of a table: how it is shown, and what it is as JSON.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    value: Value,
    colour: Option<Colour>,
}

impl Cell {
    pub fn in_colour(mut self, colour: Colour) -> Self {
        self.colour = Some(colour);
        self
    }
    /// Shown as one thing, in JSON another.
    pub fn shown(text: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { text: text.into(), value: value.into(), colour: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::shown(text, text)
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(&*text)
    }
}
impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::shown(number.to_string(), number)
    }
}
