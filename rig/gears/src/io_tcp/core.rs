//! Messages between delimiters or behind lengths, without sockets.

use std::ops::Range;

use rig_envelope::{Bytes, Message, Meta};
use serde::Deserialize;

use crate::{GearError, net, net::Scan};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    #[default]
    Suffix,
    Prefix,
}

pub struct Delimiter {
    pub text: Vec<u8>,
    pub include: bool,
    pub append: bool,
    pub position: Position,
}

pub enum Framing {
    Delimiter(Delimiter),
    /// Bytes of the big-endian length in front.
    Length(usize),
}

pub struct Tcp {
    pub framing: Framing,
    /// Bytes of the longest message.
    pub largest: usize,
}

impl Tcp {
    fn too_long(&self) -> Scan {
        let limit = self.largest;
        Scan::Broken(GearError::new("too_long", format!("a message is longer than {limit} bytes")))
    }
}

impl net::Framing for Tcp {
    fn scan(&self, bytes: &[u8], seen: usize) -> Scan {
        match &self.framing {
            Framing::Length(size) => {
                let Some(prefix) = bytes.get(..*size) else { return Scan::More { begun: true } };
                let length = prefix.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
                if length > self.largest {
                    return self.too_long();
                }
                let frame = *size..size + length;
                if bytes.len() < frame.end {
                    return Scan::More { begun: true };
                }
                Scan::Frame { next: frame.end, frame }
            }
            Framing::Delimiter(delimiter) => self.between(delimiter, bytes, seen),
        }
    }

    fn open(&self, frame: &[u8], origin: &Meta) -> Result<Option<Message>, GearError> {
        if frame.is_empty() {
            return Ok(None);
        }
        Ok(Some(Message { raw: Bytes::copy_from_slice(frame), meta: origin.clone(), ..Message::default() }))
    }

    fn write(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), GearError> {
        let raw = &message.raw;
        match &self.framing {
            Framing::Length(size) => {
                let length = u32::try_from(raw.len()).ok().filter(|length| *size == 4 || *length <= 0xFFFF);
                let Some(length) = length else {
                    let detail = format!("{} bytes do not fit behind a length of {size} bytes", raw.len());
                    return Err(GearError::new("unwritable", detail));
                };
                out.extend_from_slice(&length.to_be_bytes()[4 - size..]);
                out.extend_from_slice(raw);
            }
            Framing::Delimiter(Delimiter { text, append, position, .. }) => {
                if *append && *position == Position::Prefix {
                    out.extend_from_slice(text);
                }
                out.extend_from_slice(raw);
                if *append && *position == Position::Suffix {
                    out.extend_from_slice(text);
                }
            }
        }
        Ok(())
    }

    fn last(&self, bytes: &[u8]) -> Option<Range<usize>> {
        match &self.framing {
            Framing::Delimiter(delimiter) if delimiter.position == Position::Prefix => {
                bytes.starts_with(&delimiter.text).then(|| delimiter.kept()..bytes.len())
            }
            Framing::Delimiter(_) | Framing::Length(_) => None,
        }
    }
}

impl Tcp {
    fn between(&self, delimiter: &Delimiter, bytes: &[u8], seen: usize) -> Scan {
        let width = delimiter.text.len();
        // A delimiter may have begun at the end of what was seen.
        let from = seen.saturating_sub(width - 1);
        match delimiter.position {
            Position::Suffix => match find(bytes, &delimiter.text, from) {
                Some(at) if at > self.largest => self.too_long(),
                Some(at) => {
                    let end = if delimiter.include { at + width } else { at };
                    Scan::Frame { frame: 0..end, next: at + width }
                }
                None if bytes.len() >= self.largest + width => self.too_long(),
                None => Scan::More { begun: true },
            },
            Position::Prefix if !bytes.starts_with(&delimiter.text) => {
                // What stands before the first delimiter belongs to no message.
                match find(bytes, &delimiter.text, from) {
                    Some(at) => Scan::Frame { frame: at..at, next: at },
                    None if bytes.len() >= self.largest + width => self.too_long(),
                    None => Scan::More { begun: true },
                }
            }
            Position::Prefix => match find(bytes, &delimiter.text, from.max(width)) {
                Some(at) if at - width > self.largest => self.too_long(),
                Some(at) => Scan::Frame { frame: delimiter.kept()..at, next: at },
                None if bytes.len() >= self.largest + 2 * width => self.too_long(),
                // It may be whole already: only the next one tells.
                None => Scan::More { begun: false },
            },
        }
    }
}

impl Delimiter {
    /// Where the message begins that this stands in front of.
    fn kept(&self) -> usize {
        if self.include { 0 } else { self.text.len() }
    }
}

fn find(bytes: &[u8], text: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let at = match text {
        [only] => memchr::memchr(*only, rest),
        _ => memchr::memmem::find(rest, text),
    };
    at.map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::net::Framing as _;

    fn delimited(text: &[u8], position: Position, include: bool) -> Tcp {
        let delimiter = Delimiter { text: text.to_vec(), include, append: true, position };
        Tcp { framing: Framing::Delimiter(delimiter), largest: 8 }
    }

    fn frame(frame: Range<usize>, next: usize) -> Scan {
        Scan::Frame { frame, next }
    }

    #[test]
    fn delimiters_behind() {
        let lines = delimited(b"\r\n", Position::Suffix, false);
        assert_eq!(lines.scan(b"ab\r\ncd", 0), frame(0..2, 4));
        assert_eq!(lines.scan(b"ab\r\n", 3), frame(0..2, 4), "it had begun");
        assert_eq!(lines.scan(b"ab\r", 0), Scan::More { begun: true });
        assert_eq!(lines.scan(b"\r\n", 0), frame(0..0, 2));
        assert!(matches!(lines.scan(b"123456789\r\n", 0), Scan::Broken(_)));
        assert!(matches!(lines.scan(b"1234567890", 0), Scan::Broken(_)));
        assert_eq!(delimited(b"|", Position::Suffix, true).scan(b"ab|c", 0), frame(0..3, 3));
        assert_eq!(lines.last(b"ab"), None);
    }

    #[test]
    fn delimiters_in_front() {
        let marked = delimited(b"$", Position::Prefix, false);
        assert_eq!(marked.scan(b"$ab$c", 0), frame(1..3, 3));
        assert_eq!(marked.scan(b"$ab", 0), Scan::More { begun: false });
        assert_eq!(marked.scan(b"x$ab", 0), frame(1..1, 1), "what belongs to nobody is skipped");
        assert_eq!(marked.last(b"$ab"), Some(1..3));
        assert_eq!(delimited(b"$", Position::Prefix, true).last(b"$ab"), Some(0..3));
        assert!(matches!(marked.scan(b"$1234567890", 0), Scan::Broken(_)));
        let mut out = Vec::new();
        marked.write(&Message::from_raw(&b"ab"[..]), &mut out).unwrap();
        assert_eq!(out, b"$ab");
    }

    #[test]
    fn lengths() {
        let two = Tcp { framing: Framing::Length(2), largest: 8 };
        assert_eq!(two.scan(&[0, 2, 1, 2, 3], 0), frame(2..4, 4));
        assert_eq!(two.scan(&[0], 0), Scan::More { begun: true });
        assert!(matches!(two.scan(&[0, 9], 0), Scan::Broken(_)));
        let four = Tcp { framing: Framing::Length(4), largest: 8 };
        assert!(matches!(four.scan(&[0xFF; 4], 0), Scan::Broken(_)));
        let mut out = Vec::new();
        four.write(&Message::from_raw(&b"ab"[..]), &mut out).unwrap();
        assert_eq!(out, b"\0\0\0\x02ab");
        assert!(two.write(&Message::from_raw(vec![0; 65_536]), &mut out).is_err());
    }

    proptest! {
        /// However the bytes arrive, the same messages come of them.
        #[test]
        fn pieces_do_not_matter(
            lines in prop::collection::vec("[a-c]{1,8}", 0..20),
            cuts in prop::collection::vec(1usize..7, 1..60),
            which in 0..4,
        ) {
            let tcp = match which {
                0 => delimited(b"\n", Position::Suffix, false),
                1 => delimited(b"<>", Position::Suffix, false),
                2 => delimited(b"<>", Position::Prefix, false),
                _ => Tcp { framing: Framing::Length(2), largest: 8 },
            };
            let mut wire = Vec::new();
            for line in &lines {
                tcp.write(&Message::from_raw(line.clone()), &mut wire).unwrap();
            }
            let (mut inbox, mut found, mut rest) = (crate::net::Inbox::default(), Vec::new(), &wire[..]);
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, behind) = rest.split_at((*cut).min(rest.len()));
                rest = behind;
                let batch = inbox.feed(&tcp, &Meta::new(), piece, true);
                prop_assert!(batch.broken.is_none());
                found.extend(batch.messages);
            }
            let (last, inside) = inbox.end(&tcp, &Meta::new());
            found.extend(last.messages);
            prop_assert!(!inside);
            let found: Vec<_> = found.iter().map(|message| String::from_utf8_lossy(&message.raw).into_owned()).collect();
            prop_assert_eq!(found, lines);
        }
    }
}
