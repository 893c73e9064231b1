//! `fluxrig iso8583 decode`: a message in hexadecimal as a table of what it says.
//!
//! What is sensitive is masked in the table; the JSON object has every value as it is, for programs
//! that compare. A message that cannot be read whole is shown up to where it breaks.

use std::{
    fmt::Write as _,
    io::{self, Read as _, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use rig_iso8583::{CodecError, Iso8583Message, Path, Spec, Validation, framing::inspect, masked};
use serde_json::{Map, Value};

use super::{
    options::{Specs, hex, unhex},
    progress::print_json,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The message in hexadecimal, with or without the length in front; none reads the standard input
    #[arg(value_name = "HEX")]
    pub positional: Option<String>,
    /// The message in hexadecimal, as an option
    #[arg(long, value_name = "HEX", conflicts_with = "positional")]
    pub message: Option<String>,
    /// The specification: a file, or one that is built in
    #[arg(long, default_value = "iso8583-v87-ascii")]
    pub spec: String,
    /// Show card numbers and other sensitive values as they are
    #[arg(long)]
    pub unmasked: bool,
}

pub fn run(args: &Args, json: bool, specs: &Specs) -> anyhow::Result<ExitCode> {
    let spec = specs.get(&args.spec)?;
    let mut piped = String::new();
    let given = match args.message.as_ref().or(args.positional.as_ref()) {
        Some(given) if given != "-" => given,
        _ => {
            io::stdin().read_to_string(&mut piped)?;
            &piped
        }
    };
    let bytes = unhex(given).context("the message is pairs of hexadecimal digits")?;
    let (read, outcome) = read(&spec, &bytes);
    if json {
        outcome.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
        print_json(&object(&spec, &read))?;
    } else {
        let mut out = io::stdout().lock();
        out.write_all(table(&spec, &read, args.unmasked).as_bytes())?;
        if let Err(error) = &outcome {
            writeln!(out, "\n{error}")?;
            if let Some(seen) = inspect(without_length(&bytes).unwrap_or(&bytes), Default::default()) {
                writeln!(out, "It looks like a {} with elements {}.", seen.mti(), seen.listed())?;
            }
        } else {
            for violation in spec.violations(&read, Validation::Enforce, None) {
                let severity = format!("{:?}", violation.severity).to_lowercase();
                writeln!(out, "{severity}: {}", violation.text)?;
            }
        }
    }
    Ok(if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What follows a length of 2 or 4 bytes that fits.
fn without_length(bytes: &[u8]) -> Option<&[u8]> {
    let says = |width: usize| {
        let said = bytes.get(..width)?.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        (said + width == bytes.len()).then(|| &bytes[width..])
    };
    says(2).or_else(|| says(4))
}

/// Reads a message, without the length in front of it if there is one that fits.
fn read(spec: &Spec, bytes: &[u8]) -> (Iso8583Message, Result<(), CodecError>) {
    let mut message = Iso8583Message::new();
    let rest = without_length(bytes);
    let outcome = spec.wire().decode_to(rest.unwrap_or(bytes), &mut message);
    if outcome.is_err() && rest.is_some() {
        let mut whole = Iso8583Message::new();
        if spec.wire().decode_to(bytes, &mut whole).is_ok() {
            return (whole, Ok(()));
        }
    }
    (message, outcome)
}

fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if !text.contains(|character: char| character.is_control()) => text.to_owned(),
        _ => hex(value),
    }
}

/// The bitmap as 16 hexadecimal digits a map.
fn bitmap(message: &Iso8583Message) -> String {
    let mut maps = [0u64; 3];
    for element in message.elements().filter(|element| *element > 1) {
        maps[usize::from(element - 1) / 64] |= 1 << (63 - (element - 1) % 64);
    }
    maps[1] |= u64::from(maps[2] != 0) << 63;
    maps[0] |= u64::from(maps[1] != 0) << 63;
    let mut out = String::new();
    for map in maps {
        let _ = write!(out, "{map:016X}");
        if map >> 63 == 0 {
            break;
        }
    }
    out
}

fn object(spec: &Spec, message: &Iso8583Message) -> Value {
    let mut out = Map::new();
    out.insert("iso8583.mti".into(), message.mti().into());
    let mut put = |number: u8, value: String| out.insert(format!("iso8583.field.{number}"), value.into());
    for number in message.elements() {
        match message.get(number) {
            Some(value) => put(number, text(value)),
            // Only its parts stand in memory.
            None => put(number, spec.encode(message).map(|wire| hex(&wire)).unwrap_or_default()),
        };
        if number == 0 {
            put(1, bitmap(message));
        }
    }
    Value::Object(out)
}

/// Element, name, value and what the value means, one a line, aligned.
fn table(spec: &Spec, message: &Iso8583Message, unmasked: bool) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for (path, value, _) in message.iter() {
        let show = |value: &str| match unmasked {
            true => value.to_owned(),
            false => masked(value, spec.sensitivity(path.element)),
        };
        let (name, meaning) = described(spec, path, value);
        // A value that is not shown is not told by its meaning either.
        let meaning = if unmasked || !spec.is_sensitive(path.element) { meaning } else { String::new() };
        let indent = "  ".repeat(path.depth());
        rows.push([format!("{indent}{path}"), name, show(&text(value)), meaning]);
        if path == Path::element(0) {
            rows.push(["1".into(), "Bitmap".into(), bitmap(message), String::new()]);
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).min(60);
    let widths = [width(0).max(2), width(1), width(2)];
    let mut out = String::new();
    for row in &rows {
        let line = format!(
            "{:<a$}  {:<b$}  {:<c$}  {}",
            row[0],
            row[1],
            row[2],
            row[3],
            a = widths[0],
            b = widths[1],
            c = widths[2]
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The name of an element or part, and what its value means.
fn described(spec: &Spec, path: Path, value: &[u8]) -> (String, String) {
    let label = spec.wire().at(path).map(|element| element.label.clone()).unwrap_or_default();
    let meaning = spec.meaning(path.element);
    let (name, values) = if path.is_element() {
        let name = meaning.map(|meaning| meaning.name.clone()).filter(|name| !name.is_empty());
        (name.unwrap_or(label), meaning.and_then(|meaning| meaning.values.as_ref()))
    } else {
        let part = meaning.and_then(|meaning| meaning.parts.iter().find(|part| part.path == path));
        let name = part.map(|part| part.name.clone()).filter(|name| !name.is_empty());
        (name.unwrap_or(label), part.and_then(|part| part.values.as_ref()))
    };
    let code = std::str::from_utf8(value).ok().zip(values).and_then(|(text, set)| {
        let length = spec.wire().at(path).map_or(text.len(), |element| element.length);
        set.meaning(text, length).map(|found| found.name.clone())
    });
    (name, code.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use rig_iso8583::{NoReferences, REFERENCE};

    use super::*;

    fn spec() -> Spec {
        Spec::load(REFERENCE, &NoReferences).unwrap()
    }

    fn message() -> Vec<u8> {
        let spec = spec();
        let mut message = Iso8583Message::of("0200");
        for (element, value) in [
            (2, b"4111111111111111".as_slice()),
            (3, b"003000"),
            (4, b"1234"),
            (22, b"5"),
            (35, b"4111111111111111=2812"),
            (55, &[0x9F, 0x36, 2, 0, 7]),
        ] {
            spec.wire().set(&mut message, element, value).unwrap();
        }
        spec.encode(&message).unwrap()
    }

    #[test]
    fn a_table_says_what_things_are_and_hides_what_is_sensitive() {
        let spec = spec();
        let (read, outcome) = read(&spec, &message());
        assert_eq!(outcome, Ok(()));
        let table = table(&spec, &read, false);
        let line = |start: &str| {
            let mut lines = table.lines();
            lines
                .find(|line| line.trim_start().starts_with(start))
                .unwrap_or_else(|| panic!("{start}: {table}"))
        };
        assert!(line("0 ").contains("Financial request"));
        assert!(line("1 ").contains("7000040020000200"), "{table}");
        assert!(line("2 ").contains("411111******1111"));
        assert!(line("3.2").contains("30") && line("3.2").contains("credit"));
        assert!(line("22 ").contains("chip"));
        assert!(line("35 ").contains("*****") && !table.contains("=2812"));
        assert!(!table.contains("4111111111111111"));
        assert!(super::table(&spec, &read, true).contains("4111111111111111=2812"));
    }

    #[test]
    fn a_length_in_front_is_seen() {
        let spec = spec();
        let bare = message();
        for width in [2, 4] {
            let mut framed = (bare.len() as u32).to_be_bytes()[4 - width..].to_vec();
            framed.extend_from_slice(&bare);
            let (read, outcome) = read(&spec, &framed);
            assert_eq!((read.mti(), outcome), ("0200", Ok(())));
        }
        let (read, outcome) = read(&spec, &bare[..bare.len() - 1]);
        assert_eq!((read.text(2), outcome.unwrap_err().path.element), (Some("4111111111111111"), 55));
    }

    #[test]
    fn the_object_has_every_element() {
        let spec = spec();
        let (read, _) = read(&spec, &message());
        let object = object(&spec, &read);
        let of = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(of("iso8583.mti"), "0200");
        assert_eq!(of("iso8583.field.0"), "0200");
        assert_eq!(of("iso8583.field.1"), "7000040020000200");
        assert_eq!(of("iso8583.field.3"), "003000");
        assert_eq!(of("iso8583.field.55"), "9F36020007");
    }
}
