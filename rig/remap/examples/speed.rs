//! How long programs take on a message with the fields of a card payment.
//!
//! `cargo run --profile load -p rig-remap --example speed`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement for people")]

use std::{hint::black_box, time::Instant};

use rig_envelope::{Message, Value};
use rig_remap::{Program, RawMode};

const PROGRAMS: &[(&str, &str)] = &[
    ("metadata only", r#"%routing.bin = "411111""#),
    ("one field set", r#".iso8583.field."39" = "91""#),
    (
        "decline builder",
        r#"mti = string!(%iso8583.mti)
           function = to_int!(slice!(mti, 2, 3))
           %iso8583.mti = slice!(mti, 0, 2) + to_string(function + 1) + "0"
           .iso8583.field."39" = if %error.reason == "timeout" { "68" } else { "96" }"#,
    ),
    ("all read and written", ". = merge(., {\"seen\": true})"),
];

fn main() {
    let mut message = Message::from_raw(vec![b'x'; 200]);
    for number in [2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 25, 32, 35, 37, 41, 42, 43, 49, 52, 55] {
        message.data.set(&format!("iso8583.field.{number}"), "000000123456").unwrap();
    }
    for (alias, value) in [("card.pan", "4111111111111111"), ("amount.transaction", "000000001000")] {
        message.data.set(alias, value).unwrap();
    }
    let meta = [
        ("iso8583.mti", "0100"),
        ("error.reason", "timeout"),
        ("conn.id", "c1"),
        ("codec.protocol", "iso8583"),
    ];
    for (key, value) in meta {
        message.meta.insert(key, value);
    }
    for (name, source) in PROGRAMS {
        let (program, _) = Program::compile(source, "UTC").unwrap();
        let mut rounds = Vec::new();
        for _ in 0..5 {
            const COUNT: u32 = 100_000;
            let begun = Instant::now();
            for _ in 0..COUNT {
                // The message is shared, as after a fan-out: what changes is copied.
                let mut message = message.clone();
                program.run(&mut message, "in", RawMode::Auto).unwrap();
                black_box(message.data.get("iso8583").map(Value::is_null));
            }
            rounds.push(begun.elapsed() / COUNT);
        }
        rounds.sort();
        println!("{name:24} {:?} (median of 5 rounds)", rounds[2]);
    }
}
