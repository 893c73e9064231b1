//! Bytes to values. Takes memory in proportion to the bytes that are really there: lengths are
//! believed only as far as the input goes, nesting is bounded by the specification.

use crate::{
    encoding::{Encoding, unhex},
    error::{CodecError, Fault},
    message::{Entry, Iso8583Message},
    path::{Path, tag_len},
    wire::{Composite, Element, Kind, Padding, UnknownTags, Wire, find},
};

struct Reader<'a> {
    message: &'a mut Iso8583Message,
    /// Whether something was appended out of order.
    unsorted: bool,
}

type Found = Result<(), (Path, Fault)>;

impl Wire {
    /// Reads a message: type, bitmaps, elements, and nothing behind them.
    pub fn decode(&self, input: &[u8]) -> Result<Iso8583Message, CodecError> {
        let mut message =
            Iso8583Message { entries: Vec::with_capacity(48), buffer: Vec::with_capacity(input.len() * 2) };
        self.decode_to(input, &mut message)?;
        Ok(message)
    }

    /// The same into a message whose memory is used again. After an error it holds what was read.
    pub fn decode_to(&self, input: &[u8], message: &mut Iso8583Message) -> Result<(), CodecError> {
        message.clear();
        let mut at = 0;
        self.read(input, &mut at, message).map_err(|(path, fault)| CodecError { path, fault, at })
    }

    fn read(&self, input: &[u8], at: &mut usize, message: &mut Iso8583Message) -> Found {
        let mut reader = Reader { message, unsorted: false };
        let element = |number: u8| self.element(number).ok_or((Path::element(number), Fault::Unknown));
        reader.element(element(0)?, input, at, Path::element(0))?;
        let mut maps = [0u64; 3];
        let bitmap = element(1)?;
        for map in &mut maps {
            *map = read_bitmap(bitmap, input, at).map_err(|fault| (Path::element(1), fault))?;
            // The highest bit says that another one follows; in the third it says nothing.
            if *map >> 63 == 0 {
                break;
            }
        }
        for (index, map) in maps.into_iter().enumerate() {
            let mut left = map & (u64::MAX >> 1);
            while left != 0 {
                let bit = left.leading_zeros();
                left &= !(1 << (63 - bit));
                let number = (index * 64) as u8 + bit as u8 + 1;
                reader.element(element(number)?, input, at, Path::element(number))?;
            }
        }
        if maps[2] >> 63 == 1 {
            return Err((Path::element(129), Fault::Unknown));
        }
        if *at != input.len() {
            return Err((Path::element(1), Fault::Rest(input.len() - *at)));
        }
        if reader.unsorted {
            let entries = &mut reader.message.entries;
            entries.sort_unstable_by_key(|entry| entry.path);
            if let Some(pair) = entries.windows(2).find(|pair| pair[0].path == pair[1].path) {
                return Err((pair[0].path, Fault::Duplicate));
            }
        }
        Ok(())
    }

    /// Sets an element's whole value and, if it is a composite, the parts in it.
    pub fn set(&self, message: &mut Iso8583Message, number: u8, value: &[u8]) -> Result<(), CodecError> {
        let path = Path::element(number);
        let fail = |(path, fault)| CodecError { path, fault, at: 0 };
        let element = self.element(number).ok_or(CodecError { path, fault: Fault::Unknown, at: 0 })?;
        if matches!(number, 1 | 65) {
            return Err(CodecError { path, fault: Fault::NotData, at: 0 });
        }
        message.set(number, value);
        if let Some(composite) = element.composite.as_deref() {
            let mut reader = Reader { message, unsorted: false };
            reader.inside(element, composite, value, path).map_err(fail)?;
            message.entries.sort_by_key(|entry| entry.path);
            if let Some(pair) = message.entries.windows(2).find(|pair| pair[0].path == pair[1].path) {
                return Err(fail((pair[0].path, Fault::Duplicate)));
            }
        }
        Ok(())
    }

    /// Sets one part of a composite; the others stay.
    pub fn set_part(&self, message: &mut Iso8583Message, path: Path, value: &[u8]) -> Result<(), CodecError> {
        if path.is_element() {
            return self.set(message, path.element, value);
        }
        let known = self.at(path).is_some();
        let kept = matches!(
            self.element(path.element).and_then(|element| element.composite.as_deref()),
            Some(Composite::Tlv { unknown: UnknownTags::Preserve, .. })
        ) && path.depth() == 1
            && path.keys[0] >= 1 << 24;
        if !known && !kept {
            return Err(CodecError { path, fault: Fault::Unknown, at: 0 });
        }
        message.put_part(path, value, !known);
        Ok(())
    }
}

/// One map of 64 bits: 8 bytes, or 16 hexadecimal characters.
fn read_bitmap(element: &Element, input: &[u8], at: &mut usize) -> Result<u64, Fault> {
    let width = if element.encoding == Encoding::Binary { 8 } else { 16 };
    let field = input.get(*at..).and_then(|rest| rest.get(..width)).ok_or(Fault::Truncated)?;
    let mut bytes = [0u8; 8];
    match element.encoding {
        Encoding::Binary => bytes.copy_from_slice(field),
        encoding => {
            for (byte, pair) in bytes.iter_mut().zip(field.chunks_exact(2)) {
                let digit = |character: u8| {
                    let character = match encoding {
                        Encoding::Ebcdic => crate::ebcdic::TO_LATIN1[usize::from(character)],
                        _ => character,
                    };
                    crate::encoding::nibble(character).ok_or(Fault::NotHex)
                };
                *byte = digit(pair[0])? << 4 | digit(pair[1])?;
            }
        }
    }
    *at += width;
    Ok(u64::from_be_bytes(bytes))
}

impl Reader<'_> {
    fn push(&mut self, path: Path, start: usize, len: usize, unknown: bool) {
        let entries = &mut self.message.entries;
        self.unsorted |= entries.last().is_some_and(|last| last.path >= path);
        entries.push(Entry { path, start: start as u32, len: len as u32, unknown });
    }

    /// Reads one framed element at `at`.
    fn element(&mut self, element: &Element, input: &[u8], at: &mut usize, path: Path) -> Found {
        let here = |fault| (path, fault);
        let units = match element.prefix.read(input, at).map_err(here)? {
            None => element.length,
            Some(units) if units > element.length => {
                return Err(here(Fault::TooLong { actual: units, maximum: element.length }));
            }
            Some(units) => units,
        };
        let width = wire_width(element, units);
        let body = input.get(*at..).and_then(|rest| rest.get(..width)).ok_or(here(Fault::Truncated))?;
        *at += width;
        self.body(element, body, units, path)
    }

    fn body(&mut self, element: &Element, body: &[u8], units: usize, path: Path) -> Found {
        let start = self.message.buffer.len();
        let here = |fault| (path, fault);
        match element.composite.as_deref() {
            None if element.kind == Kind::Hex => {
                let mut bytes = Vec::new();
                element.encoding.decode(body, units, &mut bytes).map_err(here)?;
                crate::encoding::hex(&bytes, &mut self.message.buffer);
                self.push(path, start, self.message.buffer.len() - start, false);
            }
            None => {
                if element.kind == Kind::Track2 && element.encoding == Encoding::Bcd {
                    track_nibbles(body, units, &mut self.message.buffer).map_err(here)?;
                } else {
                    element.encoding.decode(body, units, &mut self.message.buffer).map_err(here)?;
                }
                let (skip, len) = stripped(element, &self.message.buffer[start..], path);
                if element.kind == Kind::Numeric {
                    let value = &self.message.buffer[start + skip..][..len];
                    if !value.iter().all(u8::is_ascii_digit) {
                        return Err(here(Fault::NotDigits));
                    }
                    if len == 0 && units > 0 {
                        let start = self.message.buffer.len();
                        self.message.buffer.push(b'0');
                        self.push(path, start, 1, false);
                        return Ok(());
                    }
                }
                self.push(path, start + skip, len, false);
            }
            Some(composite @ Composite::Positional { .. }) => {
                element.encoding.decode(body, units, &mut self.message.buffer).map_err(here)?;
                let len = self.message.buffer.len() - start;
                self.push(path, start, len, false);
                let text = self.message.buffer[start..].to_vec();
                self.inside(element, composite, &text, path)?;
            }
            Some(composite) if element.encoding == Encoding::HexToAscii => {
                unhex(body, &mut self.message.buffer).map_err(here)?;
                let bytes = self.message.buffer[start..].to_vec();
                self.push(path, start, bytes.len(), false);
                self.inside(element, composite, &bytes, path)?;
            }
            Some(composite) => {
                self.message.buffer.extend_from_slice(body);
                self.push(path, start, body.len(), false);
                self.inside(element, composite, body, path)?;
            }
        }
        Ok(())
    }

    /// Reads the parts of a composite out of its whole value.
    fn inside(&mut self, element: &Element, composite: &Composite, whole: &[u8], path: Path) -> Found {
        let deeper = |key| path.child(key).ok_or((path, Fault::Unknown));
        let mut at = 0;
        match composite {
            Composite::Positional { parts, repeat } => {
                // Ranges count characters; everything but EBCDIC's upper half is one byte each.
                if !whole.is_ascii() {
                    return Err((path, Fault::NotAscii));
                }
                if element.prefix == crate::Prefix::Fixed && whole.len() > element.length {
                    return Err((path, Fault::TooLong { actual: whole.len(), maximum: element.length }));
                }
                let (length, times) = repeat.unwrap_or((usize::MAX, 1));
                for (index, group) in whole.chunks(length.max(1)).enumerate() {
                    let within = match repeat {
                        None => path,
                        Some(_) if index >= times || group.len() != length => {
                            return Err((path, Fault::PartCut));
                        }
                        Some(_) => deeper(index as u32 + 1)?,
                    };
                    self.slices(parts, group, within)?;
                }
            }
            Composite::Sequence { parts } => {
                for (key, part) in parts {
                    if at == whole.len() {
                        break;
                    }
                    self.element(part, whole, &mut at, deeper(*key)?)?;
                }
                if at != whole.len() {
                    return Err((path, Fault::Rest(whole.len() - at)));
                }
            }
            Composite::Tlv { parts, unknown } => self.tlv(parts, *unknown, whole, path)?,
            Composite::Bitmapped { parts } => {
                let map = whole.first_chunk::<8>().ok_or((path, Fault::Truncated))?;
                let map = u64::from_be_bytes(*map);
                at = 8;
                for key in (1..=64u32).filter(|key| map >> (64 - key) & 1 == 1) {
                    let here = deeper(key)?;
                    let part = find(parts, key).ok_or((here, Fault::Unknown))?;
                    self.element(part, whole, &mut at, here)?;
                }
                if at != whole.len() {
                    return Err((path, Fault::Rest(whole.len() - at)));
                }
            }
        }
        Ok(())
    }

    fn slices(&mut self, parts: &[crate::wire::Slice], text: &[u8], path: Path) -> Found {
        for (index, slice) in parts.iter().enumerate() {
            if slice.from >= text.len() {
                break;
            }
            let here = path.child(index as u32 + 1).ok_or((path, Fault::Unknown))?;
            let value = text.get(slice.from..slice.to).ok_or((here, Fault::PartCut))?;
            if slice.element.kind == Kind::Numeric && !value.iter().all(u8::is_ascii_digit) {
                return Err((here, Fault::NotDigits));
            }
            let (skip, len) = stripped(&slice.element, value, here);
            let start = self.message.buffer.len();
            self.message.buffer.extend_from_slice(&value[skip..skip + len]);
            self.push(here, start, len, false);
        }
        Ok(())
    }

    fn tlv(&mut self, parts: &[(u32, Element)], unknown: UnknownTags, whole: &[u8], path: Path) -> Found {
        let mut at = 0;
        while at < whole.len() {
            // Zero bytes between tags say nothing.
            if whole[at] == 0 {
                at += 1;
                continue;
            }
            let width = tag_len(&whole[at..]);
            if width > 4 {
                return Err((path, Fault::BadTag));
            }
            let tag = whole.get(at..at + width).ok_or((path, Fault::Truncated))?;
            let mut key = [0; 4];
            key[..width].copy_from_slice(tag);
            let key = u32::from_be_bytes(key);
            at += width;
            let here = path.child(key).ok_or((path, Fault::Unknown))?;
            let len = crate::Prefix::BerTlv.read(whole, &mut at).map_err(|fault| (here, fault))?.unwrap_or(0);
            let value = whole.get(at..).and_then(|rest| rest.get(..len)).ok_or((here, Fault::Truncated))?;
            at += len;
            match (find(parts, key), unknown) {
                (Some(part), _) => {
                    if len > part.length {
                        return Err((here, Fault::TooLong { actual: len, maximum: part.length }));
                    }
                    let start = self.message.buffer.len();
                    match (part.kind, part.composite.is_some()) {
                        (Kind::Numeric, false) => {
                            Encoding::Bcd
                                .decode(value, len * 2, &mut self.message.buffer)
                                .map_err(|fault| (here, fault))?;
                            self.push(here, start, len * 2, false);
                        }
                        _ => self.body(part, value, len, here)?,
                    }
                }
                (None, UnknownTags::Reject) => return Err((here, Fault::Unknown)),
                (None, UnknownTags::Drop) => {}
                (None, UnknownTags::Preserve) => {
                    let start = self.message.buffer.len();
                    self.message.buffer.extend_from_slice(value);
                    self.push(here, start, len, true);
                }
            }
        }
        Ok(())
    }
}

/// The bytes `units` take: those of a composite with parts of its own framing count as they are.
pub(crate) fn wire_width(element: &Element, units: usize) -> usize {
    match element.composite.as_deref() {
        Some(Composite::Positional { .. }) | None => element.encoding.wire_len(units),
        Some(_) if element.encoding == Encoding::HexToAscii => units.saturating_mul(2),
        Some(_) => units,
    }
}

/// Track 2 in nibbles: digits, and D for the separator.
fn track_nibbles(body: &[u8], units: usize, out: &mut Vec<u8>) -> Result<(), Fault> {
    let skip = body.len() * 2 - units;
    for index in skip..body.len() * 2 {
        let byte = body[index / 2];
        out.push(match if index % 2 == 0 { byte >> 4 } else { byte & 15 } {
            digit @ 0..=9 => b'0' + digit,
            13 => b'=',
            _ => return Err(Fault::NotDigits),
        });
    }
    Ok(())
}

/// What is left of a value without its padding: how many bytes to skip, and how many to take.
fn stripped(element: &Element, value: &[u8], path: Path) -> (usize, usize) {
    // The type keeps its four digits.
    if path == Path::element(0) {
        return (0, value.len());
    }
    match element.padding {
        Padding::None => (0, value.len()),
        Padding::Left(pad) => {
            let mut skip = value.iter().take_while(|byte| **byte == pad).count();
            let number = element.keep_one || element.kind == Kind::Numeric;
            if skip == value.len() && skip > 0 && pad == b'0' && number {
                skip -= 1;
            }
            (skip, value.len() - skip)
        }
        Padding::Right(pad) => (0, value.len() - value.iter().rev().take_while(|byte| **byte == pad).count()),
    }
}
