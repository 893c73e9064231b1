//! Against messages that other implementations wrote: `scripts/iso8583-vectors` makes the files.

use rig_iso8583::{Iso8583Message, NoReferences, Spec};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

/// A specification from `n:length:prefix digits:prefix family:encoding:type`; of type and bitmap only
/// the encoding is given.
fn spec(table: &str) -> Spec {
    let mut document = "spec:\n  id: v\n  version: 1.0.0\n  name: v\n  wire:\n    fields:\n".to_owned();
    if !table.starts_with("0:") {
        document.push_str("      0: {type: String, length: 4, enc: ASCII, prefix: ASCII.Fixed}\n");
    }
    for entry in table.split(' ') {
        let parts: Vec<_> = entry.split(':').collect();
        let line = match parts[..] {
            ["0", encoding] => {
                format!("      0: {{type: String, length: 4, enc: {encoding}, prefix: ASCII.Fixed}}\n")
            }
            [number, encoding] => {
                format!("      {number}: {{type: Bitmap, length: 8, enc: {encoding}, prefix: ASCII.Fixed}}\n")
            }
            [number, length, digits, family, encoding, ref kind @ ..] => {
                let kind = kind.first().unwrap_or(&"String");
                let width = match digits.parse().unwrap() {
                    0 => "Fixed".to_owned(),
                    digits => "L".repeat(digits),
                };
                format!(
                    "      {number}: {{type: {kind}, length: {length}, enc: {encoding}, prefix: {family}.{width}}}\n"
                )
            }
            _ => panic!("{entry}"),
        };
        document.push_str(&line);
    }
    Spec::load(&document, &NoReferences).unwrap_or_else(|problems| panic!("{problems}"))
}

fn read_and_written_alike(vectors: &str) {
    let mut count = 0;
    for line in vectors.lines() {
        let [table, wire, values] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (spec, mut wire) = (spec(table), bytes(wire));
        let read = spec.decode(&wire).unwrap_or_else(|error| panic!("{error}: {line}"));
        let mut built = Iso8583Message::of(read.mti());
        for value in values.split(' ') {
            let (number, value) = value.split_once('=').unwrap();
            let (number, value) = (number.parse().unwrap(), bytes(value));
            assert_eq!(read.get(number), Some(&value[..]), "DE {number} of {line}");
            built.set(number, value);
        }
        assert_eq!(read.elements().count(), values.split(' ').count() + 1, "{line}");
        // Hexadecimal bitmaps may be in small letters; ours are not.
        if table.starts_with("0:ASCII 1:ASCII") {
            let second = matches!(wire[4], b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F');
            wire[4..if second { 36 } else { 20 }].make_ascii_uppercase();
        }
        assert_eq!(spec.encode(&built).unwrap(), wire, "{line}");
        count += 1;
    }
    assert_eq!(count, 300);
}

#[test]
fn what_pyiso8583_wrote_is_read_and_written_alike() {
    read_and_written_alike(include_str!("../vectors/pyiso8583.tsv"));
}

#[test]
fn what_py8583_wrote_is_read_and_written_alike() {
    read_and_written_alike(include_str!("../vectors/py8583.tsv"));
}
