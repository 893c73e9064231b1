//! How a value stands on the wire: characters, packed digits, bytes, hexadecimal.
//!
//! In memory a value is text (UTF-8) or bytes; [`Encoding::decode`] and [`Encoding::encode`] go
//! between that and the wire. Lengths are counted in the *units* of each encoding. Nothing here
//! allocates beyond what it appends.

use crate::{
    ebcdic::{FROM_LATIN1, TO_LATIN1},
    error::Fault,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Ascii,
    Ebcdic,
    /// Two digits a byte; an odd count begins with a zero nibble.
    Bcd,
    /// Two digits a byte; an odd count ends with a zero nibble.
    Lbcd,
    Binary,
    /// Bytes in memory, two upper-case hexadecimal characters each on the wire.
    HexToAscii,
    /// Hexadecimal text in memory, one byte for two characters on the wire.
    AsciiToHex,
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

pub(crate) const fn nibble(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'A'..=b'F' => Some(character - b'A' + 10),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

/// Appends the bytes that `text` writes in hexadecimal; two characters a byte.
pub(crate) fn unhex(text: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
    if !text.len().is_multiple_of(2) {
        return Err(Fault::NotHex);
    }
    for pair in text.chunks_exact(2) {
        match (nibble(pair[0]), nibble(pair[1])) {
            (Some(high), Some(low)) => out.push(high << 4 | low),
            _ => return Err(Fault::NotHex),
        }
    }
    Ok(())
}

pub(crate) fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        out.push(HEX[usize::from(byte >> 4)]);
        out.push(HEX[usize::from(byte & 15)]);
    }
}

impl Encoding {
    /// By the name a specification uses.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ASCII" => Self::Ascii,
            "EBCDIC" | "EBCDIC1047" => Self::Ebcdic,
            "BCD" => Self::Bcd,
            "LBCD" => Self::Lbcd,
            "Binary" => Self::Binary,
            "HexToASCII" => Self::HexToAscii,
            "ASCIIToHex" => Self::AsciiToHex,
            _ => return None,
        })
    }

    /// The bytes that `units` take on the wire.
    pub const fn wire_len(self, units: usize) -> usize {
        match self {
            Self::Ascii | Self::Ebcdic | Self::Binary | Self::AsciiToHex => units,
            Self::Bcd | Self::Lbcd => units.div_ceil(2),
            Self::HexToAscii => units.saturating_mul(2),
        }
    }

    /// The units of a value in memory.
    pub fn units(self, value: &[u8]) -> usize {
        match self {
            Self::Ascii | Self::Bcd | Self::Lbcd | Self::Binary | Self::HexToAscii => value.len(),
            // UTF-8: every character has one byte that is not a continuation.
            Self::Ebcdic => value.iter().filter(|byte| **byte & 0xC0 != 0x80).count(),
            Self::AsciiToHex => value.len().div_ceil(2),
        }
    }

    /// Whether a value in memory is text by nature.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Binary | Self::HexToAscii)
    }

    /// Appends to `out` the value of the wire bytes `body`, which hold `units`.
    pub(crate) fn decode(self, body: &[u8], units: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
        match self {
            Self::Ascii => {
                if !body.is_ascii() {
                    return Err(Fault::NotAscii);
                }
                out.extend_from_slice(body);
            }
            Self::Ebcdic => {
                for byte in body {
                    let latin = TO_LATIN1[usize::from(*byte)];
                    if latin < 0x80 {
                        out.push(latin);
                    } else {
                        out.extend_from_slice(&[0xC0 | latin >> 6, 0x80 | latin & 0x3F]);
                    }
                }
            }
            Self::Bcd | Self::Lbcd => {
                let start = out.len();
                for byte in body {
                    let (high, low) = (byte >> 4, byte & 15);
                    if high > 9 || low > 9 {
                        return Err(Fault::NotDigits);
                    }
                    out.extend_from_slice(&[b'0' + high, b'0' + low]);
                }
                if units % 2 == 1 && out.len() > start {
                    // The nibble that fills an odd count says nothing.
                    let filler =
                        if self == Self::Bcd { out.remove(start) } else { out.pop().unwrap_or(b'0') };
                    if filler != b'0' {
                        return Err(Fault::Filler);
                    }
                }
            }
            Self::Binary => out.extend_from_slice(body),
            Self::HexToAscii => unhex(body, out)?,
            Self::AsciiToHex => hex(body, out),
        }
        Ok(())
    }

    /// Appends the wire form of `value`.
    pub(crate) fn encode(self, value: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
        match self {
            Self::Ascii => {
                if !value.is_ascii() {
                    return Err(Fault::NotAscii);
                }
                out.extend_from_slice(value);
            }
            Self::Ebcdic => {
                for character in std::str::from_utf8(value).map_err(|_| Fault::NotEbcdic)?.chars() {
                    let latin = u8::try_from(u32::from(character)).map_err(|_| Fault::NotEbcdic)?;
                    out.push(FROM_LATIN1[usize::from(latin)]);
                }
            }
            Self::Bcd | Self::Lbcd => {
                if !value.iter().all(u8::is_ascii_digit) {
                    return Err(Fault::NotDigits);
                }
                let mut rest = value;
                if value.len() % 2 == 1 && self == Self::Bcd {
                    out.push(value[0] - b'0');
                    rest = &value[1..];
                }
                for pair in rest.chunks(2) {
                    let low = pair.get(1).map_or(0, |digit| digit - b'0');
                    out.push((pair[0] - b'0') << 4 | low);
                }
            }
            Self::Binary => out.extend_from_slice(value),
            Self::HexToAscii => hex(value, out),
            Self::AsciiToHex => unhex(value, out)?,
        }
        Ok(())
    }
}
