//! Length prefixes: how many units of an element follow.

use crate::{
    ebcdic::{FROM_LATIN1, TO_LATIN1},
    encoding::nibble,
    error::Fault,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Ascii,
    Ebcdic,
    Bcd,
    Hex,
    Binary,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// No prefix: the length is always the declared one.
    Fixed,
    /// 1 to 6 digits (ASCII, EBCDIC, BCD) or bytes (Hex, Binary).
    Var(Family, u8),
    /// One byte below 0x80, or 0x80 + n and n big-endian bytes, n from 1 to 4.
    BerTlv,
}

impl Prefix {
    /// By the name a specification uses: `ASCII.LL`, `Hex.Fixed`, `BerTLV`.
    pub fn named(name: &str) -> Option<Self> {
        if name == "BerTLV" {
            return Some(Self::BerTlv);
        }
        let (family, width) = name.split_once('.')?;
        let family = match family {
            "ASCII" => Family::Ascii,
            "EBCDIC" => Family::Ebcdic,
            "BCD" => Family::Bcd,
            "Hex" => Family::Hex,
            "Binary" => Family::Binary,
            _ => return None,
        };
        match width {
            "Fixed" => Some(Self::Fixed),
            _ if (1..=6).contains(&width.len()) && width.bytes().all(|byte| byte == b'L') => {
                Some(Self::Var(family, width.len() as u8))
            }
            _ => None,
        }
    }

    /// The greatest length it can say.
    pub const fn capacity(self) -> u64 {
        match self {
            Self::Fixed => u64::MAX,
            Self::BerTlv => u32::MAX as u64,
            Self::Var(Family::Hex | Family::Binary, digits) => (1 << (8 * digits as u32)) - 1,
            Self::Var(_, digits) => 10u64.pow(digits as u32) - 1,
        }
    }

    const fn width(self) -> usize {
        match self {
            Self::Fixed | Self::BerTlv => 0,
            Self::Var(Family::Ascii | Family::Ebcdic | Family::Binary, digits) => digits as usize,
            Self::Var(Family::Bcd, digits) => digits.div_ceil(2) as usize,
            Self::Var(Family::Hex, digits) => digits as usize * 2,
        }
    }

    /// Reads the length at `at` and moves behind it; `None` for a fixed one.
    pub(crate) fn read(self, input: &[u8], at: &mut usize) -> Result<Option<usize>, Fault> {
        let bytes = |at: usize, width: usize| {
            input.get(at..).and_then(|rest| rest.get(..width)).ok_or(Fault::Truncated)
        };
        let big_endian = |bytes: &[u8]| bytes.iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        let value = match self {
            Self::Fixed => return Ok(None),
            Self::BerTlv => {
                let first = bytes(*at, 1)?[0];
                *at += 1;
                match first {
                    0..=0x7F => u64::from(first),
                    0x81..=0x84 => {
                        let width = usize::from(first & 0x7F);
                        let value = big_endian(bytes(*at, width)?);
                        *at += width;
                        value
                    }
                    _ => return Err(Fault::BadLength),
                }
            }
            Self::Var(family, digits) => {
                let field = bytes(*at, self.width())?;
                *at += field.len();
                let digit = |value: u64, digit: u8| {
                    (digit <= 9).then(|| value * 10 + u64::from(digit)).ok_or(Fault::BadLength)
                };
                match family {
                    Family::Ascii => {
                        field.iter().try_fold(0, |value, byte| digit(value, byte.wrapping_sub(b'0')))?
                    }
                    Family::Ebcdic => field.iter().try_fold(0, |value, byte| {
                        digit(value, TO_LATIN1[usize::from(*byte)].wrapping_sub(b'0'))
                    })?,
                    Family::Bcd => {
                        let value = field
                            .iter()
                            .try_fold(0, |value, byte| digit(digit(value, byte >> 4)?, byte & 15))?;
                        if value >= 10u64.pow(u32::from(digits)) {
                            return Err(Fault::BadLength);
                        }
                        value
                    }
                    Family::Hex => field.iter().try_fold(0u64, |value, byte| {
                        nibble(*byte).map(|low| value << 4 | u64::from(low)).ok_or(Fault::BadLength)
                    })?,
                    Family::Binary => big_endian(field),
                }
            }
        };
        usize::try_from(value).map(Some).map_err(|_| Fault::BadLength)
    }

    /// Appends the length.
    pub(crate) fn write(self, units: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
        let value = units as u64;
        if value > self.capacity() {
            return Err(Fault::TooLong { actual: units, maximum: self.capacity() as usize });
        }
        let be = value.to_be_bytes();
        match self {
            Self::Fixed => {}
            Self::BerTlv if value < 0x80 => out.push(value as u8),
            Self::BerTlv => {
                let skip = (value.leading_zeros() / 8) as usize;
                out.push(0x80 + (8 - skip) as u8);
                out.extend_from_slice(&be[skip..]);
            }
            Self::Var(Family::Binary, digits) => out.extend_from_slice(&be[8 - usize::from(digits)..]),
            Self::Var(Family::Hex, digits) => crate::encoding::hex(&be[8 - usize::from(digits)..], out),
            Self::Var(family, _) => {
                let width = self.width();
                let digits = if family == Family::Bcd { width * 2 } else { width };
                let digit = |place: usize| (value / 10u64.pow((digits - 1 - place) as u32) % 10) as u8;
                match family {
                    Family::Ascii => out.extend((0..digits).map(|place| b'0' + digit(place))),
                    Family::Ebcdic => {
                        out.extend((0..digits).map(|place| FROM_LATIN1[usize::from(b'0' + digit(place))]));
                    }
                    _ => out.extend((0..width).map(|byte| digit(byte * 2) << 4 | digit(byte * 2 + 1))),
                }
            }
        }
        Ok(())
    }
}
