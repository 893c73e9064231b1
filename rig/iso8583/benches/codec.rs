//! How long one 0200 with chip data takes to read and to write, and in the same run what another
//! package takes for it: `cargo bench -p rig-iso8583 --bench codec`.
//!
//! The other one (`iso8583-core`) has one table built in and does not look into element 55, so its
//! nearest like is `… chip data as it is`; ours by default reads its tags.

#![allow(clippy::unwrap_used, missing_docs, reason = "a tool for developers")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iso8583_core::{Field, ISO8583Message, MessageType, field::FieldValue};
use rig_iso8583::{Iso8583Message, NoReferences, REFERENCE, Spec};

const CHIP: [u8; 95] = [
    0x5F, 0x2A, 2, 8, 0x40, 0x82, 2, 0x18, 0, 0x84, 7, 0xA0, 0, 0, 0, 3, 0x10, 0x10, 0x95, 5, 0, 0, 0, 0, 0,
    0x9A, 3, 0x26, 0x11, 0x25, 0x9C, 1, 0, 0x9F, 0x02, 6, 0, 0, 0, 0, 0x12, 0x34, 0x9F, 0x10, 7, 6, 1, 0x0A,
    3, 0xA0, 0, 0, 0x9F, 0x1A, 2, 8, 0x40, 0x9F, 0x26, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0x9F, 0x27, 1, 0x80, 0x9F,
    0x33, 3, 0xE0, 0xF8, 0xC8, 0x9F, 0x36, 2, 0, 7, 0x9F, 0x37, 4, 9, 8, 7, 6, 0x9F, 0x35, 1, 0x22, 0,
];
const ELEMENTS: [(u8, &str); 14] = [
    (2, "4111111111111111"),
    (3, "000000"),
    (4, "000000001234"),
    (7, "1125023000"),
    (11, "123456"),
    (12, "023000"),
    (13, "1125"),
    (14, "2812"),
    (22, "051"),
    (25, "00"),
    (37, "632902123456"),
    (41, "TERM0001"),
    (42, "MERCHANT0000001"),
    (49, "840"),
];

/// The reference dialect; without what it says about element 55 if `plain`.
fn ours(plain: bool) -> (Spec, Iso8583Message, Vec<u8>) {
    let mut document = REFERENCE.to_owned();
    if plain {
        let from = document.find("      55:\n        type: Composite").unwrap();
        let to = from + document[from..].find("      70:").unwrap();
        document.replace_range(from..to, "      55: { type: Binary, enc: Binary }\n");
        let from = document.find("    55:\n      alias").unwrap();
        let to = from + 7 + document[from + 7..].find("\n    61:").unwrap() + 1;
        document.replace_range(from..to, "");
    }
    let spec = Spec::load(&document, &NoReferences).unwrap_or_else(|problems| panic!("{problems}"));
    let mut message = Iso8583Message::of("0200");
    for (number, value) in ELEMENTS {
        spec.wire().set(&mut message, number, value.as_bytes()).unwrap();
    }
    spec.wire().set(&mut message, 55, &CHIP).unwrap();
    let wire = spec.encode(&message).unwrap();
    (spec, message, wire)
}

fn theirs() -> (ISO8583Message, Vec<u8>) {
    let mut message = ISO8583Message::new(MessageType::from_bytes(b"0200").unwrap());
    for (number, value) in ELEMENTS {
        message.set_field(Field::from_number(number).unwrap(), FieldValue::from_string(value)).unwrap();
    }
    // It reads this element as text: as many bytes of it.
    let text = FieldValue::from_string("7".repeat(CHIP.len()));
    message.set_field(Field::from_number(55).unwrap(), text).unwrap();
    let wire = message.to_bytes();
    (message, wire)
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode 0200");
    let (spec, _, wire) = ours(false);
    group.bench_function("rig-iso8583", |bencher| {
        bencher.iter(|| spec.decode(black_box(&wire)).unwrap());
    });
    let mut message = Iso8583Message::new();
    group.bench_function("rig-iso8583, memory used again", |bencher| {
        bencher.iter(|| spec.wire().decode_to(black_box(&wire), &mut message).unwrap());
    });
    let (spec, _, wire) = ours(true);
    group.bench_function("rig-iso8583, chip data as it is", |bencher| {
        bencher.iter(|| spec.decode(black_box(&wire)).unwrap());
    });
    let (_, wire) = theirs();
    group.bench_function("iso8583-core, chip data as it is", |bencher| {
        bencher.iter(|| ISO8583Message::from_bytes(black_box(&wire)).unwrap());
    });
    group.finish();
}

fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode 0200");
    let (spec, message, _) = ours(false);
    group.bench_function("rig-iso8583", |bencher| {
        bencher.iter(|| spec.encode(black_box(&message)).unwrap());
    });
    let mut out = Vec::new();
    group.bench_function("rig-iso8583, memory used again", |bencher| {
        bencher.iter(|| {
            out.clear();
            spec.wire().encode_to(black_box(&message), &mut out).unwrap();
        });
    });
    let (spec, message, _) = ours(true);
    group.bench_function("rig-iso8583, chip data as it is", |bencher| {
        bencher.iter(|| spec.encode(black_box(&message)).unwrap());
    });
    let (message, _) = theirs();
    group.bench_function("iso8583-core, chip data as it is", |bencher| {
        bencher.iter(|| black_box(&message).to_bytes());
    });
    group.finish();
}

criterion_group!(benches, decode, encode);
criterion_main!(benches);
