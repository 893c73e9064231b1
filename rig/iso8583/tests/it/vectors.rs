//! Against messages that another implementation wrote: `scripts/iso8583-vectors` makes the file.

use rig_iso8583::{Iso8583Message, NoReferences, Spec};

const VECTORS: &str = include_str!("../vectors/pyiso8583.tsv");

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

/// A specification from `n:length:prefix digits:prefix family:encoding`, the bitmap from `1:encoding`.
fn spec(table: &str) -> Spec {
    let mut document =
        "spec:\n  id: v\n  version: 1.0.0\n  name: v\n  wire:\n    fields:\n      0: {type: String, \
                        length: 4, enc: ASCII, prefix: ASCII.Fixed}\n"
            .to_owned();
    for entry in table.split(' ') {
        let parts: Vec<_> = entry.split(':').collect();
        let line = match parts[..] {
            [number, encoding] => {
                format!("      {number}: {{type: Bitmap, length: 8, enc: {encoding}, prefix: ASCII.Fixed}}\n")
            }
            [number, length, digits, family, encoding] => {
                let width = match digits.parse().unwrap() {
                    0 => "Fixed".to_owned(),
                    digits => "L".repeat(digits),
                };
                format!(
                    "      {number}: {{type: String, length: {length}, enc: {encoding}, prefix: {family}.{width}}}\n"
                )
            }
            _ => panic!("{entry}"),
        };
        document.push_str(&line);
    }
    Spec::load(&document, &NoReferences).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn what_another_implementation_wrote_is_read_and_written_alike() {
    let mut count = 0;
    for line in VECTORS.lines() {
        let [table, wire, values] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (spec, wire) = (spec(table), bytes(wire));
        let read = spec.decode(&wire).unwrap_or_else(|error| panic!("{error}: {line}"));
        let mut built = Iso8583Message::of(read.mti());
        for value in values.split(' ') {
            let (number, value) = value.split_once('=').unwrap();
            let (number, value) = (number.parse().unwrap(), bytes(value));
            assert_eq!(read.get(number), Some(&value[..]), "DE {number} of {line}");
            built.set(number, value);
        }
        assert_eq!(read.elements().count(), values.split(' ').count() + 1, "{line}");
        assert_eq!(spec.encode(&built).unwrap(), wire, "{line}");
        count += 1;
    }
    assert_eq!(count, 300);
}
