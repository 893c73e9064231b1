//! Values to bytes. Writes into a buffer the caller may use again; on an error what was appended
//! is taken away.

use crate::{
    encoding::{Encoding, unhex},
    error::{CodecError, Fault},
    message::{Entry, Iso8583Message},
    path::{Path, tag_len},
    wire::{Composite, Element, Kind, Padding, Wire, find},
};

struct Writer<'a> {
    message: &'a Iso8583Message,
    scratch: Vec<u8>,
}

type Written = Result<(), (Path, Fault)>;

impl Wire {
    /// Writes a message. Elements that the specification does not know are left out.
    pub fn encode(&self, message: &Iso8583Message) -> Result<Vec<u8>, CodecError> {
        let mut out = Vec::with_capacity(message.buffer.len() + 64);
        self.encode_to(message, &mut out)?;
        Ok(out)
    }

    /// The same, appended to `out`.
    pub fn encode_to(&self, message: &Iso8583Message, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let start = out.len();
        self.write(message, out).map_err(|(path, fault)| {
            let at = out.len() - start;
            out.truncate(start);
            CodecError { path, fault, at }
        })
    }

    fn write(&self, message: &Iso8583Message, out: &mut Vec<u8>) -> Written {
        let mut writer = Writer { message, scratch: Vec::new() };
        let none = |number| (Path::element(number), Fault::Unknown);
        let mti = message.get(0).ok_or((Path::element(0), Fault::PartMissing))?;
        if mti.len() != 4 || !mti.iter().all(u8::is_ascii_digit) {
            return Err((Path::element(0), Fault::NotDigits));
        }
        writer.value(self.element(0).ok_or(none(0))?, mti, Path::element(0), out)?;

        let mut maps = [0u64; 3];
        for entry in &message.entries {
            let number = entry.path.element;
            if number > 1 && number != 65 && self.element(number).is_some() {
                maps[usize::from(number - 1) / 64] |= 1 << (63 - (number - 1) % 64);
            }
        }
        maps[1] |= u64::from(maps[2] != 0) << 63;
        maps[0] |= u64::from(maps[1] != 0) << 63;
        let bitmap = self.element(1).ok_or(none(1))?;
        for map in maps.iter().take_while_inclusive(|map| **map >> 63 == 1) {
            write_bitmap(bitmap, *map, out);
        }

        let mut rest = &message.entries[..];
        while let Some(first) = rest.first() {
            let number = first.path.element;
            let group;
            let end = rest.iter().position(|entry| entry.path.element != number).unwrap_or(rest.len());
            (group, rest) = rest.split_at(end);
            if number > 1
                && number != 65
                && let Some(element) = self.element(number)
            {
                writer.group(element, Path::element(number), group, out)?;
            }
        }
        Ok(())
    }
}

/// `take_while` that also takes the first that does not fit.
trait TakeWhileInclusive: Iterator + Sized {
    fn take_while_inclusive(
        self,
        mut more: impl FnMut(&Self::Item) -> bool,
    ) -> impl Iterator<Item = Self::Item> {
        let mut go_on = true;
        let mut items = self;
        std::iter::from_fn(move || {
            if !go_on {
                return None;
            }
            let item = items.next()?;
            go_on = more(&item);
            Some(item)
        })
    }
}
impl<I: Iterator> TakeWhileInclusive for I {}

fn write_bitmap(element: &Element, map: u64, out: &mut Vec<u8>) {
    let bytes = map.to_be_bytes();
    let start = out.len();
    match element.encoding {
        Encoding::Binary => out.extend_from_slice(&bytes),
        encoding => {
            crate::encoding::hex(&bytes, out);
            if encoding == Encoding::Ebcdic {
                for byte in &mut out[start..] {
                    *byte = crate::ebcdic::FROM_LATIN1[usize::from(*byte)];
                }
            }
        }
    }
}

impl Writer<'_> {
    /// Writes an element from the entries in it: the first of them is its whole value, if it is there.
    fn group(&mut self, element: &Element, path: Path, group: &[Entry], out: &mut Vec<u8>) -> Written {
        let message = self.message;
        let whole = group.first().filter(|entry| entry.path == path).map(|entry| message.bytes_of(entry));
        let Some(composite) = element.composite.as_deref() else {
            let value = whole.ok_or((path, Fault::PartMissing))?;
            return self.value(element, value, path, out);
        };
        let mut body = Vec::new();
        match (composite, whole) {
            (Composite::Positional { .. }, Some(whole)) => return self.value(element, whole, path, out),
            (Composite::Tlv { .. }, Some(whole)) if group.len() == 1 => {
                sorted_tags(whole, &mut body).map_err(|fault| (path, fault))?;
            }
            (Composite::Tlv { .. }, _) => self.inside(element, composite, path, group, &mut body)?,
            (_, Some(whole)) => body.extend_from_slice(whole),
            (_, None) => self.inside(element, composite, path, group, &mut body)?,
        }
        if let Composite::Positional { .. } = composite {
            return self.value(element, &body, path, out);
        }
        framed(element, &body, out).map_err(|fault| (path, fault))
    }

    /// The whole value of a composite from its parts.
    fn inside(
        &mut self,
        element: &Element,
        composite: &Composite,
        path: Path,
        group: &[Entry],
        body: &mut Vec<u8>,
    ) -> Written {
        let depth = path.depth();
        let message = self.message;
        let group = match group.first() {
            Some(entry) if entry.path == path => &group[1..],
            _ => group,
        };
        let of = |key: u32| {
            let from = group.partition_point(|entry| entry.path.keys[depth] < key);
            let to = group.partition_point(|entry| entry.path.keys[depth] <= key);
            &group[from..to]
        };
        match composite {
            Composite::Positional { parts, repeat } => {
                let fill = match element.padding {
                    Padding::Left(pad) | Padding::Right(pad) => pad,
                    Padding::None => b' ',
                };
                let mut base = 0;
                let mut occurrence = 1;
                loop {
                    let (within, group) = match repeat {
                        None => (path, group),
                        Some(_) => (path.child(occurrence).ok_or((path, Fault::Unknown))?, of(occurrence)),
                    };
                    if group.is_empty() {
                        break;
                    }
                    for (index, slice) in parts.iter().enumerate() {
                        let here = within.child(index as u32 + 1).ok_or((path, Fault::Unknown))?;
                        let Some(entry) = group.iter().find(|entry| entry.path == here) else {
                            // What is left out at the end stays out, if the element may be short.
                            let later = group.iter().any(|entry| entry.path > here);
                            if later || repeat.is_some() || element.prefix == crate::Prefix::Fixed {
                                return Err((here, Fault::PartMissing));
                            }
                            break;
                        };
                        if body.len() < base + slice.from {
                            body.resize(base + slice.from, fill);
                        }
                        let width = slice.to - slice.from;
                        let value = message.bytes_of(entry);
                        let missing = width
                            .checked_sub(value.len())
                            .ok_or((here, Fault::WrongLength { actual: value.len(), expected: width }))?;
                        match slice.element.padding {
                            Padding::Left(pad) => {
                                body.resize(body.len() + missing, pad);
                                body.extend_from_slice(value);
                            }
                            Padding::Right(pad) => {
                                body.extend_from_slice(value);
                                body.resize(body.len() + missing, pad);
                            }
                            Padding::None if missing == 0 => body.extend_from_slice(value),
                            Padding::None => {
                                return Err((
                                    here,
                                    Fault::WrongLength { actual: value.len(), expected: width },
                                ));
                            }
                        }
                    }
                    let Some((length, times)) = repeat else { break };
                    base += length;
                    if body.len() < base {
                        body.resize(base, fill);
                    }
                    occurrence += 1;
                    if occurrence as usize > *times {
                        break;
                    }
                }
            }
            Composite::Sequence { parts } => {
                let last = group.last().map_or(0, |entry| entry.path.keys[depth]);
                for (key, part) in parts.iter().take_while(|part| part.0 <= last) {
                    let here = path.child(*key).ok_or((path, Fault::Unknown))?;
                    match of(*key) {
                        [] => return Err((here, Fault::PartMissing)),
                        entries => self.group(part, here, entries, body)?,
                    }
                }
            }
            Composite::Bitmapped { parts } => {
                let start = body.len();
                body.extend_from_slice(&[0; 8]);
                let mut map = 0u64;
                for (key, part) in parts {
                    let entries = of(*key);
                    if !entries.is_empty() {
                        map |= 1 << (64 - key);
                        let here = path.child(*key).ok_or((path, Fault::Unknown))?;
                        self.group(part, here, entries, body)?;
                    }
                }
                body[start..start + 8].copy_from_slice(&map.to_be_bytes());
            }
            Composite::Tlv { parts, .. } => {
                let mut rest = group;
                while let Some(first) = rest.first() {
                    let key = first.path.keys[depth];
                    let end =
                        rest.iter().position(|entry| entry.path.keys[depth] != key).unwrap_or(rest.len());
                    let entries;
                    (entries, rest) = rest.split_at(end);
                    let here = path.child(key).ok_or((path, Fault::Unknown))?;
                    self.tag(find(parts, key), key, here, entries, body)?;
                }
            }
        }
        Ok(())
    }

    fn tag(
        &mut self,
        part: Option<&Element>,
        key: u32,
        here: Path,
        entries: &[Entry],
        out: &mut Vec<u8>,
    ) -> Written {
        let message = self.message;
        let at = |fault| (here, fault);
        let tag = key.to_be_bytes();
        out.extend_from_slice(&tag[..tag_len(&tag).min(4)]);
        let value = entries.first().filter(|entry| entry.path == here).map(|entry| message.bytes_of(entry));
        match (part, value) {
            (Some(part), Some(value)) if part.kind == Kind::Numeric && part.composite.is_none() => {
                // Packed digits; short values get zeros up to the declared number of bytes.
                let bytes = part.length.max(value.len().div_ceil(2));
                if bytes > part.length {
                    return Err(at(Fault::TooLong { actual: bytes, maximum: part.length }));
                }
                let len = if value.len() % 2 == 0 && !value.is_empty() { value.len() / 2 } else { bytes };
                crate::Prefix::BerTlv.write(len, out).map_err(at)?;
                self.scratch.clear();
                self.scratch.resize((len * 2).saturating_sub(value.len()), b'0');
                self.scratch.extend_from_slice(value);
                Encoding::Bcd.encode(&self.scratch, out).map_err(at)
            }
            (Some(part), value) if part.composite.is_some() || value.is_some() => {
                let part = Element { prefix: crate::Prefix::BerTlv, ..part.clone() };
                self.group(&part, here, entries, out)
            }
            (None, Some(value)) => {
                crate::Prefix::BerTlv.write(value.len(), out).map_err(at)?;
                out.extend_from_slice(value);
                Ok(())
            }
            _ => Err(at(Fault::PartMissing)),
        }
    }

    /// Writes a plain value: padded, measured, encoded.
    fn value(&mut self, element: &Element, value: &[u8], path: Path, out: &mut Vec<u8>) -> Written {
        let here = |fault| (path, fault);
        if element.kind == Kind::Numeric && !value.iter().all(u8::is_ascii_digit) {
            return Err(here(Fault::NotDigits));
        }
        if element.kind == Kind::Hex {
            let mut bytes = Vec::new();
            unhex(value, &mut bytes).map_err(here)?;
            let units = element.encoding.units(&bytes);
            measured(element, units).map_err(here)?;
            element.prefix.write(units, out).map_err(here)?;
            return element.encoding.encode(&bytes, out).map_err(here);
        }
        let units = element.encoding.units(value);
        let missing = element.length.saturating_sub(units);
        let whole = match element.padding {
            Padding::None => units,
            // Positional parts of variable length are as long as they are.
            _ if element.composite.is_some() && element.prefix != crate::Prefix::Fixed => units,
            Padding::Left(_) | Padding::Right(_) => units + missing,
        };
        measured(element, whole).map_err(here)?;
        element.prefix.write(whole, out).map_err(here)?;
        if whole == units {
            return encode_plain(element, value, out).map_err(here);
        }
        self.scratch.clear();
        // Padding counts units; of hexadecimal text one unit is two characters.
        let characters = if element.encoding == Encoding::AsciiToHex { missing * 2 } else { missing };
        match element.padding {
            Padding::Left(pad) => {
                self.scratch.resize(characters, pad);
                self.scratch.extend_from_slice(value);
            }
            Padding::Right(pad) => {
                self.scratch.extend_from_slice(value);
                self.scratch.resize(value.len() + characters, pad);
            }
            Padding::None => {}
        }
        encode_plain(element, &self.scratch, out).map_err(here)
    }
}

fn encode_plain(element: &Element, value: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
    if element.kind != Kind::Track2 || element.encoding != Encoding::Bcd {
        return element.encoding.encode(value, out);
    }
    let nibbles = std::iter::repeat_n(b'0', value.len() % 2).chain(value.iter().copied());
    let mut high = None;
    for character in nibbles {
        let nibble = match character {
            b'0'..=b'9' => character - b'0',
            b'=' | b'D' => 13,
            _ => return Err(Fault::NotDigits),
        };
        match high.take() {
            None => high = Some(nibble),
            Some(high) => out.push(high << 4 | nibble),
        }
    }
    Ok(())
}

fn measured(element: &Element, units: usize) -> Result<(), Fault> {
    if element.prefix == crate::Prefix::Fixed {
        if units != element.length {
            return Err(Fault::WrongLength { actual: units, expected: element.length });
        }
    } else if units > element.length {
        return Err(Fault::TooLong { actual: units, maximum: element.length });
    }
    Ok(())
}

/// A composite's whole bytes behind their length.
fn framed(element: &Element, body: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
    measured(element, body.len())?;
    element.prefix.write(body.len(), out)?;
    if element.encoding == Encoding::HexToAscii {
        crate::encoding::hex(body, out);
    } else {
        out.extend_from_slice(body);
    }
    Ok(())
}

/// Tags and values as they came, in the order of their tags.
fn sorted_tags(whole: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < whole.len() {
        if whole[at] == 0 {
            at += 1;
            continue;
        }
        let start = at;
        let width = tag_len(&whole[at..]);
        let tag = whole.get(at..at + width).ok_or(Fault::Truncated)?;
        at += width;
        let len = crate::Prefix::BerTlv.read(whole, &mut at)?.unwrap_or(0);
        at = at.checked_add(len).filter(|end| *end <= whole.len()).ok_or(Fault::Truncated)?;
        items.push((tag, &whole[start..at]));
    }
    items.sort_by_key(|item| item.0);
    for (_, item) in items {
        out.extend_from_slice(item);
    }
    Ok(())
}
