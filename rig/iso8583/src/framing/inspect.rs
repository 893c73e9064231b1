//! A look at a frame without a specification: could this be a message, and of which type?

use std::fmt;

use crate::{ebcdic::TO_LATIN1, encoding::nibble};

/// How the type, and hexadecimal bitmaps, are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Text {
    #[default]
    Ascii,
    Ebcdic,
    Bcd,
}

/// What can be seen: the type, how many bitmaps, which elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Inspection {
    mti: [u8; 4],
    pub bitmaps: u8,
    maps: [u64; 3],
}

impl Inspection {
    pub fn mti(&self) -> &str {
        std::str::from_utf8(&self.mti).unwrap_or_default()
    }
    /// The elements that the bitmaps announce, ascending.
    pub fn elements(&self) -> impl Iterator<Item = u8> {
        let maps = self.maps;
        (2..=192u8).filter(move |number| {
            let bit = number - 1;
            bit % 64 != 0 && maps[usize::from(bit / 64)] >> (63 - bit % 64) & 1 == 1
        })
    }
    /// `[2,4,11,41]`.
    pub fn listed(&self) -> String {
        let mut list = String::with_capacity(64);
        list.push('[');
        for number in self.elements() {
            if list.len() > 1 {
                list.push(',');
            }
            for (divisor, least) in [(100, 100), (10, 10), (1, 0)] {
                if number >= least {
                    list.push(char::from(b'0' + number / divisor % 10));
                }
            }
        }
        list.push(']');
        list
    }
}

impl fmt::Debug for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Inspection({} {})", self.mti(), self.listed())
    }
}

/// Looks at a body without its headers; `None` if it cannot be a message: no type, no bitmaps, or
/// fewer bytes than elements.
pub fn inspect(body: &[u8], text: Text) -> Option<Inspection> {
    let character = |byte: u8| match text {
        Text::Ebcdic => TO_LATIN1[usize::from(byte)],
        Text::Ascii | Text::Bcd => byte,
    };
    let packed = |bytes: &[u8]| {
        let mut digits = [0; 4];
        for (index, digit) in digits.iter_mut().enumerate() {
            let nibble = if index % 2 == 0 { bytes[index / 2] >> 4 } else { bytes[index / 2] & 15 };
            *digit = (nibble <= 9).then_some(b'0' + nibble)?;
        }
        Some(digits)
    };
    let plain = |bytes: &[u8]| {
        let digits = [0, 1, 2, 3].map(|index| character(bytes[index]));
        digits.iter().all(u8::is_ascii_digit).then_some(digits)
    };
    let first = |width: usize| body.get(..width);
    let (mti, mut at) = match text {
        Text::Bcd => (packed(first(2)?)?, 2),
        Text::Ebcdic => (plain(first(4)?)?, 4),
        Text::Ascii => match first(4).and_then(plain) {
            Some(mti) => (mti, 4),
            None => (packed(first(2)?)?, 2),
        },
    };
    let mut seen = Inspection { mti, bitmaps: 0, maps: [0; 3] };
    for index in 0..3 {
        let rest = body.get(at..)?;
        let digits = rest.get(..16).and_then(|field| {
            field
                .iter()
                .try_fold(0u64, |map, byte| nibble(character(*byte)).map(|digit| map << 4 | u64::from(digit)))
        });
        let map = match digits {
            Some(map) => {
                at += 16;
                map
            }
            None => {
                at += 8;
                u64::from_be_bytes(*rest.first_chunk::<8>()?)
            }
        };
        seen.maps[index] = map;
        seen.bitmaps += 1;
        if map >> 63 == 0 {
            break;
        }
    }
    let active: u32 = seen.maps.iter().map(|map| (map & (u64::MAX >> 1)).count_ones()).sum();
    (body.len() >= at + active as usize).then_some(seen)
}
