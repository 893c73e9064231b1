//! How long one 0200 with chip data takes to read and to write:
//! `cargo run --release -p rig-iso8583 --example codec_bench`.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for developers")]

use std::{hint::black_box, time::Instant};

use rig_iso8583::{Iso8583Message, NoReferences, REFERENCE, Spec};

const ROUNDS: u32 = 1_000_000;

fn main() {
    let spec = Spec::load(REFERENCE, &NoReferences).unwrap();
    let mut message = Iso8583Message::of("0200");
    let chip = [
        0x5F, 0x2A, 2, 8, 0x40, 0x82, 2, 0x18, 0, 0x84, 7, 0xA0, 0, 0, 0, 3, 0x10, 0x10, 0x95, 5, 0, 0, 0, 0,
        0, 0x9A, 3, 0x26, 0x11, 0x25, 0x9C, 1, 0, 0x9F, 0x02, 6, 0, 0, 0, 0, 0x12, 0x34, 0x9F, 0x10, 7, 6, 1,
        0x0A, 3, 0xA0, 0, 0, 0x9F, 0x1A, 2, 8, 0x40, 0x9F, 0x26, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0x9F, 0x27, 1,
        0x80, 0x9F, 0x33, 3, 0xE0, 0xF8, 0xC8, 0x9F, 0x36, 2, 0, 7, 0x9F, 0x37, 4, 9, 8, 7, 6,
    ];
    let elements: [(u8, &[u8]); 15] = [
        (2, b"4111111111111111"),
        (3, b"000000"),
        (4, b"1234"),
        (7, b"1125023000"),
        (11, b"123456"),
        (12, b"023000"),
        (13, b"1125"),
        (14, b"2812"),
        (22, b"5"),
        (25, b"0"),
        (37, b"632902123456"),
        (41, b"TERM0001"),
        (42, b"MERCHANT0000001"),
        (49, b"840"),
        (55, &chip),
    ];
    for (number, value) in elements {
        spec.wire().set(&mut message, number, value).unwrap();
    }
    let wire = spec.encode(&message).unwrap();
    println!("{} bytes, {} elements", wire.len(), message.elements().count());
    let mut read = Iso8583Message::new();
    let mut out = Vec::new();
    for (name, mut work) in [
        ("decode", Box::new(|| drop(black_box(spec.decode(black_box(&wire)).unwrap()))) as Box<dyn FnMut()>),
        (
            "decode, memory used again",
            Box::new(|| spec.wire().decode_to(black_box(&wire), &mut read).unwrap()),
        ),
        ("encode", Box::new(|| drop(black_box(spec.encode(black_box(&message)).unwrap())))),
        (
            "encode, memory used again",
            Box::new(|| {
                out.clear();
                spec.wire().encode_to(black_box(&message), &mut out).unwrap();
            }),
        ),
    ] {
        let begin = Instant::now();
        for _ in 0..ROUNDS {
            work();
        }
        println!("{name}: {:.0} ns", begin.elapsed().as_nanos() as f64 / f64::from(ROUNDS));
    }
}
