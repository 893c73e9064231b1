//! The address of an element or of a part inside it: `55.9F02`, `3.1`, `54.2.5`.

use std::fmt;

/// An element (0 to 192) and up to three keys inside it.
///
/// A key is a position counted from 1, or a BER tag moved to the high end of 32 bits, so that
/// paths sort as the parts stand on the wire. 0 means no key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    pub element: u8,
    pub keys: [u32; 3],
}

impl Path {
    pub const fn element(number: u8) -> Self {
        Self { element: number, keys: [0; 3] }
    }
    pub const fn part(number: u8, key: u32) -> Self {
        Self { element: number, keys: [key, 0, 0] }
    }
    pub const fn is_element(self) -> bool {
        self.keys[0] == 0
    }
    /// How many keys it has.
    pub fn depth(self) -> usize {
        self.keys.iter().take_while(|key| **key != 0).count()
    }
    /// One step deeper; `None` beyond three.
    pub fn child(mut self, key: u32) -> Option<Self> {
        let depth = self.depth();
        *self.keys.get_mut(depth)? = key;
        Some(self)
    }
    /// Whether `self` is `other` or something inside it.
    pub fn is_within(self, other: Self) -> bool {
        self.element == other.element && self.keys.starts_with(&other.keys[..other.depth()])
    }
    /// Reads `number { "." part }`. A part with a letter, or of four or more characters, is a tag.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let number = parts.next()?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut path = Self::element(number.parse().ok().filter(|number| *number <= 192)?);
        for part in parts {
            path = path.child(parse_key(part)?)?;
        }
        Some(path)
    }
    /// The same address with its plain numbers read as tags: `55.82` means tag 82.
    pub fn with_tags(mut self) -> Self {
        for key in &mut self.keys {
            if *key != 0 && *key < 1 << 24 {
                *key = tag_key(&key.to_string()).unwrap_or(*key);
            }
        }
        self
    }
}

fn parse_key(text: &str) -> Option<u32> {
    if text.len() < 4 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().filter(|key| *key > 0);
    }
    tag_key(text)
}

/// The key of a tag written in hexadecimal.
pub fn tag_key(text: &str) -> Option<u32> {
    if !matches!(text.len(), 2 | 4 | 6 | 8) || !text.is_ascii() {
        return None;
    }
    let key = u32::from_str_radix(text, 16).ok()? << (32 - 4 * text.len() as u32);
    (key >> 24 != 0).then_some(key)
}

/// A key as it is written: a number, or a tag in upper-case hexadecimal.
#[derive(Clone, Copy)]
pub struct Key(pub u32);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1 << 24 {
            return write!(f, "{}", self.0);
        }
        let bytes = self.0.to_be_bytes();
        for byte in &bytes[..tag_len(&bytes)] {
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

/// How many bytes the tag at the beginning of `bytes` has.
pub(crate) fn tag_len(bytes: &[u8]) -> usize {
    if bytes.first().is_none_or(|first| first & 0x1F != 0x1F) {
        return 1;
    }
    2 + bytes[1..].iter().take_while(|byte| **byte & 0x80 != 0).count()
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.element)?;
        for key in &self.keys[..self.depth()] {
            write!(f, ".{}", Key(*key))?;
        }
        Ok(())
    }
}
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
