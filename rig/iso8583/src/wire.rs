//! The wire layer of a specification, ready for use: what each element looks like in bytes.

use crate::{encoding::Encoding, prefix::Prefix};

/// The highest element: three bitmaps of 64.
pub const MAX_ELEMENT: usize = 192;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    String,
    Numeric,
    Binary,
    Bitmap,
    Composite,
    /// Hexadecimal text in memory, its bytes on the wire.
    Hex,
    Track1,
    Track2,
    Track3,
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "String" => Self::String,
            "Numeric" => Self::Numeric,
            "Binary" => Self::Binary,
            "Bitmap" => Self::Bitmap,
            "Composite" => Self::Composite,
            "Hex" => Self::Hex,
            "Track1" => Self::Track1,
            "Track2" => Self::Track2,
            "Track3" => Self::Track3,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    None,
    Left(u8),
    Right(u8),
}

/// One element or one part of a composite.
#[derive(Clone, Debug)]
pub struct Element {
    pub kind: Kind,
    /// Exact for a fixed length, the maximum for a variable one; in units of the encoding.
    pub length: usize,
    pub encoding: Encoding,
    pub prefix: Prefix,
    pub padding: Padding,
    pub label: String,
    pub composite: Option<Box<Composite>>,
    /// Left zeros are stripped to one character at least: the value is a number.
    pub keep_one: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownTags {
    Preserve,
    Drop,
    Reject,
}

#[derive(Clone, Debug)]
pub struct Slice {
    /// 0-based character range of the decoded text, the end not included.
    pub from: usize,
    pub to: usize,
    pub element: Element,
}

#[derive(Clone, Debug)]
pub enum Composite {
    /// Ranges of the element's text, keyed from 1; with `repeat` again and again, keyed
    /// occurrence and part.
    Positional { parts: Vec<Slice>, repeat: Option<(usize, usize)> },
    /// Parts with their own framing one behind the other, keyed by their number.
    Sequence { parts: Vec<(u32, Element)> },
    /// BER tags and lengths; sorted by tag.
    Tlv { parts: Vec<(u32, Element)>, unknown: UnknownTags },
    /// Parts behind 8 bytes that say which are there; sorted by number, 1 to 64.
    Bitmapped { parts: Vec<(u32, Element)> },
}

impl Composite {
    /// The part of one key.
    pub fn part(&self, key: u32) -> Option<&Element> {
        match self {
            Self::Positional { parts, .. } => parts.get(key as usize - 1).map(|slice| &slice.element),
            Self::Sequence { parts } | Self::Tlv { parts, .. } | Self::Bitmapped { parts } => {
                find(parts, key)
            }
        }
    }
    pub const fn is_tlv(&self) -> bool {
        matches!(self, Self::Tlv { .. })
    }
}

pub(crate) fn find(parts: &[(u32, Element)], key: u32) -> Option<&Element> {
    parts.binary_search_by_key(&key, |part| part.0).ok().map(|at| &parts[at].1)
}

/// All elements of a message.
#[derive(Clone, Debug)]
pub struct Wire {
    pub(crate) elements: Vec<Option<Element>>,
}

impl Wire {
    pub fn element(&self, number: u8) -> Option<&Element> {
        self.elements.get(usize::from(number))?.as_ref()
    }
    /// The declared elements in order.
    pub fn elements(&self) -> impl Iterator<Item = (u8, &Element)> {
        self.elements
            .iter()
            .enumerate()
            .filter_map(|(number, element)| Some((number as u8, element.as_ref()?)))
    }
    /// The element or part a path leads to.
    pub fn at(&self, path: crate::Path) -> Option<&Element> {
        let mut element = self.element(path.element)?;
        let mut keys = &path.keys[..path.depth()];
        while let Some((key, rest)) = keys.split_first() {
            let composite = element.composite.as_deref()?;
            keys = rest;
            if let (Composite::Positional { repeat: Some(_), .. }, Some((part, rest))) =
                (composite, keys.split_first())
            {
                element = composite.part(*part)?;
                keys = rest;
            } else {
                element = composite.part(*key)?;
            }
        }
        Some(element)
    }
}
