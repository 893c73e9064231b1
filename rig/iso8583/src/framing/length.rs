//! The length in front of every frame: 2 or 4 bytes, either byte order, counting itself or not.

use std::ops::Range;

/// The longest body, also behind a 4-byte prefix.
pub const MAX_BODY: usize = 65_535;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Endian {
    #[default]
    Big,
    Little,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the length prefix says {0} bytes; a body has 1 to 65535")]
    Length(u64),
    #[error("a body of {0} bytes does not fit behind this length prefix")]
    TooLarge(usize),
    #[error("a length prefix has 2 or 4 bytes, not {0}")]
    Size(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthPrefix {
    size: u8,
    endian: Endian,
    inclusive: bool,
}

impl LengthPrefix {
    /// `size` is 2 or 4; `inclusive`: the prefix counts its own bytes.
    pub const fn new(size: u8, endian: Endian, inclusive: bool) -> Result<Self, FrameError> {
        match size {
            2 | 4 => Ok(Self { size, endian, inclusive }),
            _ => Err(FrameError::Size(size)),
        }
    }

    /// The bytes of the prefix itself.
    pub const fn size(self) -> usize {
        self.size as usize
    }

    /// The length of the body that `buffer` begins with; `None` while the prefix is not whole.
    pub fn body_len(self, buffer: &[u8]) -> Result<Option<usize>, FrameError> {
        let Some(bytes) = buffer.get(..self.size()) else { return Ok(None) };
        let join = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        let said = match self.endian {
            Endian::Big => bytes.iter().fold(0, join),
            Endian::Little => bytes.iter().rev().fold(0, join),
        };
        let own = if self.inclusive { u64::from(self.size) } else { 0 };
        match said.checked_sub(own) {
            Some(body @ 1..=0xFFFF) => Ok(Some(body as usize)),
            _ => Err(FrameError::Length(said)),
        }
    }

    /// Where the first body in `buffer` is; `None` while it is not whole.
    pub fn frame(self, buffer: &[u8]) -> Result<Option<Range<usize>>, FrameError> {
        let Some(body) = self.body_len(buffer)? else { return Ok(None) };
        let end = self.size() + body;
        Ok((buffer.len() >= end).then_some(self.size()..end))
    }

    /// The prefix of a body of `body` bytes: the first [`size`](Self::size) bytes count.
    pub const fn bytes(self, body: usize) -> Result<[u8; 4], FrameError> {
        let said = body + if self.inclusive { self.size() } else { 0 };
        if body == 0 || body > MAX_BODY || (self.size == 2 && said > MAX_BODY) {
            return Err(FrameError::TooLarge(body));
        }
        Ok(match (self.size, self.endian) {
            (2, Endian::Big) => [(said >> 8) as u8, said as u8, 0, 0],
            (_, Endian::Big) => (said as u32).to_be_bytes(),
            // The first two of four are those of two.
            (_, Endian::Little) => (said as u32).to_le_bytes(),
        })
    }

    /// Appends the prefix of a body of `body` bytes.
    pub fn write(self, body: usize, out: &mut Vec<u8>) -> Result<(), FrameError> {
        out.extend_from_slice(&self.bytes(body)?[..self.size()]);
        Ok(())
    }
}

impl Default for LengthPrefix {
    /// Two bytes, big-endian, not counting themselves.
    fn default() -> Self {
        Self { size: 2, endian: Endian::Big, inclusive: false }
    }
}
