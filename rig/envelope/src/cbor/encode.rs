//! Writing: shortest numbers, definite lengths, keys in the order of their encoded form.

use crate::{Hop, Map, Message, Meta, Value};

mod major {
    pub const UNSIGNED: u8 = 0 << 5;
    pub const NEGATIVE: u8 = 1 << 5;
    pub const BYTES: u8 = 2 << 5;
    pub const TEXT: u8 = 3 << 5;
    pub const ARRAY: u8 = 4 << 5;
    pub const MAP: u8 = 5 << 5;
}

impl Message {
    /// The deterministic form: the same message is the same bytes everywhere.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(160 + self.size() + self.path.len() * 52);
        self.encode_to(&mut out);
        out
    }
    /// Appends the deterministic form.
    pub fn encode_to(&self, out: &mut Vec<u8>) {
        head(out, major::MAP, 10);
        text(out, "id");
        bytes(out, self.id.as_bytes());
        text(out, "ts");
        int(out, self.ts);
        text(out, "raw");
        bytes(out, &self.raw);
        text(out, "data");
        map(out, &self.data);
        text(out, "meta");
        meta(out, &self.meta);
        text(out, "path");
        head(out, major::ARRAY, self.path.len() as u64);
        for Hop { gear, port, at } in &self.path {
            head(out, major::MAP, 3);
            text(out, "g");
            bytes(out, gear.as_bytes());
            text(out, "p");
            bytes(out, port.as_bytes());
            text(out, "t");
            int(out, *at);
        }
        text(out, "flags");
        head(out, major::UNSIGNED, self.flags.0.into());
        text(out, "trace");
        text(out, &self.trace);
        text(out, "ref_id");
        bytes(out, self.ref_id.as_bytes());
        text(out, "src_id");
        bytes(out, self.src_id.as_bytes());
    }
}

fn head(out: &mut Vec<u8>, major: u8, number: u64) {
    if number < 24 {
        out.push(major | number as u8);
    } else if let Ok(number) = u8::try_from(number) {
        out.extend([major | 24, number]);
    } else if let Ok(number) = u16::try_from(number) {
        out.push(major | 25);
        out.extend(number.to_be_bytes());
    } else if let Ok(number) = u32::try_from(number) {
        out.push(major | 26);
        out.extend(number.to_be_bytes());
    } else {
        out.push(major | 27);
        out.extend(number.to_be_bytes());
    }
}

fn int(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        head(out, major::NEGATIVE, !number as u64);
    } else {
        head(out, major::UNSIGNED, number as u64);
    }
}

fn text(out: &mut Vec<u8>, value: &str) {
    head(out, major::TEXT, value.len() as u64);
    out.extend_from_slice(value.as_bytes());
}

fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    head(out, major::BYTES, value.len() as u64);
    out.extend_from_slice(value);
}

fn meta(out: &mut Vec<u8>, meta: &Meta) {
    head(out, major::MAP, meta.len() as u64);
    for (key, value) in meta.iter() {
        text(out, key);
        text(out, value);
    }
}

fn map(out: &mut Vec<u8>, map: &Map) {
    head(out, major::MAP, map.len() as u64);
    for (key, field) in map.iter() {
        text(out, key);
        value(out, field);
    }
}

fn value(out: &mut Vec<u8>, of: &Value) {
    match of {
        Value::Null => out.push(0xF6),
        Value::Bool(false) => out.push(0xF4),
        Value::Bool(true) => out.push(0xF5),
        Value::Int(number) => int(out, *number),
        Value::Float(number) => float(out, *number),
        Value::Text(of) => text(out, of),
        Value::Bytes(of) => bytes(out, of),
        Value::Array(items) => {
            head(out, major::ARRAY, items.len() as u64);
            items.iter().for_each(|item| value(out, item));
        }
        Value::Map(of) => map(out, of),
    }
}

/// The shortest of the three widths that says the same number; one form of NaN.
fn float(out: &mut Vec<u8>, number: f64) {
    let single = number as f32;
    if number.is_nan() {
        out.extend([0xF9, 0x7E, 0x00]);
    } else if f64::from(single).to_bits() != number.to_bits() {
        out.push(0xFB);
        out.extend(number.to_be_bytes());
    } else if let Some(half) = half(single) {
        out.push(0xF9);
        out.extend(half.to_be_bytes());
    } else {
        out.push(0xFA);
        out.extend(single.to_be_bytes());
    }
}

/// The number in 16 bits, if nothing is lost.
fn half(number: f32) -> Option<u16> {
    let bits = number.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let exponent = (bits >> 23 & 0xFF) as i32;
    let fraction = bits & 0x7F_FFFF;
    match exponent {
        0 if fraction == 0 => Some(sign),
        255 if fraction == 0 => Some(sign | 0x7C00),
        113..=142 if fraction & 0x1FFF == 0 => {
            Some(sign | ((exponent - 112) as u16) << 10 | (fraction >> 13) as u16)
        }
        // Subnormal in 16 bits: 2^-24 to just below 2^-14.
        103..=112 => {
            let shift = 126 - exponent;
            let whole = fraction | 0x80_0000;
            (whole & ((1 << shift) - 1) == 0).then(|| sign | (whole >> shift) as u16)
        }
        _ => None,
    }
}
