//! Frames of ISO 8583 messages to envelopes and back, without sockets.
//!
//! Headers are taken off on the way in and put on again on the way out. What the reply needs of its
//! request's headers stands in metadata beginning with `conn.`, which a switch gives back to the
//! reply; it counts only at the gear the request came in by.

use rig_envelope::{Bytes, Message, Meta, Text as Name};
use rig_iso8583::framing::{Inspection, LengthPrefix, Text, VisaHeader, inspect};

use crate::{
    GearError,
    net::{Framing, Scan},
};

/// The TPDU of the request, as it came.
const TPDU: &str = "conn.tpdu";
/// The header of the request, as it came.
const HEADER: &str = "conn.header";
const RAW_HEADER: &str = "iso8583.raw_header";

pub struct Tpdu {
    pub length: usize,
    pub swap: bool,
    /// For messages that came with none.
    pub own: Vec<u8>,
}

pub struct Iso {
    /// The gear's name.
    pub gear: String,
    pub prefix: LengthPrefix,
    pub tpdu: Option<Tpdu>,
    /// Bytes of an opaque header.
    pub header: usize,
    pub preserve: bool,
    /// Destination and source for messages that name none.
    pub visa: Option<([u8; 3], [u8; 3])>,
    pub inspect: Option<Text>,
    pub log_raw: bool,
}

fn invalid(why: impl std::fmt::Display) -> GearError {
    GearError::new("invalid_frame", why.to_string())
}

impl Framing for Iso {
    fn scan(&self, bytes: &[u8], _seen: usize) -> Scan {
        match self.prefix.frame(bytes) {
            Ok(Some(frame)) => Scan::Frame { next: frame.end, frame },
            Ok(None) => Scan::More { begun: true },
            Err(error) => Scan::Broken(GearError::new("bad_length", error.to_string())),
        }
    }

    fn open(&self, frame: &[u8], origin: &Meta) -> Result<Option<Message>, GearError> {
        if self.log_raw {
            tracing::trace!(gear = self.gear, frame = %hex(frame), "raw frame in");
        }
        let mut found = Found::default();
        let body = self.headers(frame, &mut found)?;
        if let Some(text) = self.inspect {
            let seen = inspect(body, text).ok_or_else(|| {
                invalid(format_args!("a frame of {} bytes failed heuristic validation", frame.len()))
            })?;
            found.inspection(&seen);
        }
        let meta = if found.0.is_empty() {
            origin.clone()
        } else {
            let mut all = Vec::with_capacity(origin.len() + found.0.len());
            all.extend(origin.iter().map(|(key, value)| (key.clone(), value.clone())));
            all.append(&mut found.0);
            all.into_iter().collect()
        };
        Ok(Some(Message { raw: Bytes::copy_from_slice(body), meta, ..Message::default() }))
    }

    fn write(&self, message: &Message, out: &mut Vec<u8>) -> Result<(), GearError> {
        let begin = out.len();
        let unwritable = |why: &dyn std::fmt::Display| GearError::new("unwritable", why.to_string());
        if message.raw.is_empty() {
            return Err(unwritable(&"the message has no bytes to write: is it encoded?"));
        }
        let meta = &message.meta;
        // The headers of a request go into its reply, and into no message of another gear's.
        let is_ours = meta.get("fluxrig.source") == Some(&self.gear);
        // Room for the length, which is known last.
        out.resize(begin + self.prefix.size(), 0);
        if let Some(tpdu) = &self.tpdu {
            let came = meta.get_bytes(TPDU).filter(|came| came.len() == tpdu.length);
            let at = out.len();
            out.extend_from_slice(came.as_deref().unwrap_or(&tpdu.own));
            if came.is_some() && is_ours && tpdu.swap {
                swap(&mut out[at..]);
            }
        }
        let kept = self.preserve.then(|| {
            let own = if is_ours { meta.get_bytes(HEADER) } else { None };
            own.or_else(|| meta.get_bytes(RAW_HEADER))
        });
        match (kept.flatten(), self.visa) {
            (Some(header), _) => out.extend_from_slice(&header),
            (None, Some((destination, source))) => {
                let station = |key: &str, otherwise| {
                    meta.get(key)
                        .map_or(Ok(otherwise), VisaHeader::station)
                        .map_err(|error| unwritable(&error))
                };
                let destination = station("iso8583.dst_id", destination)?;
                let source = station("iso8583.src_id", source)?;
                VisaHeader::write(destination, source, message.raw.len(), out)
                    .map_err(|error| unwritable(&error))?;
            }
            (None, None) => {}
        }
        out.extend_from_slice(&message.raw);
        let start = begin + self.prefix.size();
        let body = out.len() - start;
        let prefix = self.prefix.bytes(body).map_err(|error| unwritable(&error))?;
        out[begin..start].copy_from_slice(&prefix[..self.prefix.size()]);
        if self.log_raw {
            tracing::trace!(gear = self.gear, frame = %hex(&out[start..]), "raw frame out");
        }
        Ok(())
    }
}

impl Iso {
    /// Takes the headers off.
    fn headers<'a>(&self, frame: &'a [u8], found: &mut Found) -> Result<&'a [u8], GearError> {
        let short = || invalid(format_args!("a frame of {} bytes is shorter than its headers", frame.len()));
        let mut rest = frame;
        if let Some(tpdu) = &self.tpdu {
            let (header, body) = rest.split_at_checked(tpdu.length).ok_or_else(short)?;
            found.bytes(TPDU, header);
            rest = body;
        }
        let headers = rest;
        rest = rest.get(self.header..).ok_or_else(short)?;
        if self.visa.is_some() {
            let (header, body) = VisaHeader::split(rest).map_err(invalid)?;
            found.visa(&header);
            rest = body;
        }
        if self.preserve && rest.len() < headers.len() {
            let header = &headers[..headers.len() - rest.len()];
            found.bytes(RAW_HEADER, header);
            found.bytes(HEADER, header);
        }
        if rest.is_empty() { Err(short()) } else { Ok(rest) }
    }
}

/// Metadata of one frame.
#[derive(Default)]
struct Found(Vec<(Name, Name)>);

impl Found {
    fn text(&mut self, key: &'static str, value: impl Into<Name>) {
        self.0.push((Name::new_static(key), value.into()));
    }
    fn bytes(&mut self, key: &'static str, bytes: &[u8]) {
        self.text(key, format!("hex:{}", hex(bytes)));
    }
    fn inspection(&mut self, seen: &Inspection) {
        self.0.reserve_exact(3);
        self.text("iso8583.mti", seen.mti());
        self.text(
            "iso8583.bitmaps",
            match seen.bitmaps {
                1 => "1",
                2 => "2",
                _ => "3",
            },
        );
        self.text("iso8583.fields", seen.listed());
    }
    fn visa(&mut self, header: &VisaHeader) {
        self.text("iso8583.dst_id", hex(&header.destination));
        self.text("iso8583.src_id", hex(&header.source));
        self.text("iso8583.visa.header_length", header.header_length.to_string());
        self.text("iso8583.visa.message_length", header.message_length.to_string());
        for (key, bytes) in [
            ("iso8583.visa.header_format", &[header.header_format][..]),
            ("iso8583.visa.text_format", &[header.text_format]),
            ("iso8583.visa.round_trip", &[header.round_trip]),
            ("iso8583.visa.flags", &header.flags),
            ("iso8583.visa.status_flags", &header.status_flags),
            ("iso8583.visa.batch_number", &[header.batch_number]),
            ("iso8583.visa.user_info", &[header.user_info]),
        ] {
            self.text(key, hex(bytes));
        }
        if let Some((bitmap, code)) = &header.reject {
            self.text("iso8583.visa.reject_bitmap", hex(bitmap));
            self.text("iso8583.visa.reject_code", hex(code));
        }
    }
}

/// Destination and source, two bytes each after the first, change places.
fn swap(tpdu: &mut [u8]) {
    if let [_, a, b, c, d, ..] = tpdu {
        std::mem::swap(a, c);
        std::mem::swap(b, d);
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
