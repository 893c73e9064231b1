//! The message, its limits and its hops.

use std::{borrow::Cow, fmt};

use bytes::Bytes;

use crate::{Map, Meta, Text, Uuid, Value};

/// Bit 0 marks a probe of the runtime; the rest is reserved and zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u32);

impl Flags {
    pub const PROBE: Self = Self(1);

    pub fn is_probe(self) -> bool {
        self.0 & 1 != 0
    }
}

/// One gear the message left: by which port, and when (unix nanoseconds).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hop {
    pub gear: Uuid,
    pub port: Uuid,
    pub at: i64,
}

/// What travels on every wire.
#[derive(Clone, Default, PartialEq)]
pub struct Message {
    /// UUID v7, given where the message entered; nil until then.
    pub id: Uuid,
    /// The message this one answers or came from; nil: none.
    pub ref_id: Uuid,
    /// Trace id in lower-case hex; empty: none.
    pub trace: Text,
    /// The gear it came from first.
    pub src_id: Uuid,
    pub meta: Meta,
    pub data: Map,
    pub flags: Flags,
    /// Bytes as they came, or as they are to be written.
    pub raw: Bytes,
    pub path: Vec<Hop>,
    /// Unix nanoseconds of the entry into the rig; 0 until then.
    pub ts: i64,
}

/// What a message may not exceed where it crosses a boundary.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub max_hops: usize,
    /// Bytes of [`Message::size`].
    pub max_size: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_hops: 64, max_size: 2 * 1024 * 1024 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    #[error("{hops} hops, and at most {max} are allowed: do wires form a circle?")]
    Hops { hops: usize, max: usize },
    #[error("{size} bytes, and at most {max} are allowed")]
    Size { size: usize, max: usize },
    #[error("reserved flags are set")]
    Flags,
}

impl Message {
    /// A message that only carries bytes. Ids and times are given where it enters a wire.
    pub fn from_raw(raw: impl Into<Bytes>) -> Self {
        Self { raw: raw.into(), ..Self::default() }
    }
    /// The runtime's question whether a wire reaches its end.
    pub fn probe(id: Uuid) -> Self {
        Self { id, flags: Flags::PROBE, ..Self::default() }
    }
    /// Bytes that count against the limit: raw, metadata, and data down to its direct texts.
    pub fn size(&self) -> usize {
        let meta: usize = self.meta.iter().map(|(key, value)| key.len() + value.len()).sum();
        let data: usize =
            self.data.iter().map(|(key, value)| key.len() + value.as_bytes().map_or(0, <[u8]>::len)).sum();
        self.raw.len() + meta + data
    }
    pub fn validate(&self, limits: &Limits) -> Result<(), Invalid> {
        let (hops, max) = (self.path.len(), limits.max_hops);
        if hops > max {
            return Err(Invalid::Hops { hops, max });
        }
        let (size, max) = (self.size(), limits.max_size);
        if size > max {
            return Err(Invalid::Size { size, max });
        }
        if self.flags.0 & !1 != 0 {
            return Err(Invalid::Flags);
        }
        Ok(())
    }
    /// Reads `meta.<key>`, `data.<path>` or a bare path into data, as the text of a key.
    pub fn key_field(&self, field: &str) -> Option<Cow<'_, str>> {
        match field.split_once('.') {
            Some(("meta", key)) => self.meta.get(key).map(Cow::Borrowed),
            Some(("data", path)) => self.data.get(path).and_then(Value::to_text),
            _ => self.data.get(field).and_then(Value::to_text),
        }
    }
    /// Whether it has been through the rig before reaching the present wire.
    pub fn is_new(&self) -> bool {
        self.id.is_nil()
    }
}

/// Ids and sizes, never contents.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("meta", &self.meta)
            .field("data", &self.data)
            .field("flags", &self.flags.0)
            .field("raw", &format_args!("{} bytes", self.raw.len()))
            .field("hops", &self.path.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold() {
        let limits = Limits { max_hops: 2, max_size: 20 };
        let mut message = Message::from_raw(&b"0123456789"[..]);
        message.meta.insert("key", "va");
        message.data.insert("k", "text");
        message.data.insert("m", [("not", "counted")].into_iter().collect::<Map>());
        assert_eq!(message.size(), 10 + 5 + 5 + 1);
        assert_eq!(message.validate(&limits), Err(Invalid::Size { size: 21, max: 20 }));
        message.meta.clear();
        assert_eq!(message.validate(&limits), Ok(()));
        message.path = vec![Hop::default(); 3];
        assert_eq!(message.validate(&limits), Err(Invalid::Hops { hops: 3, max: 2 }));
        message.path.clear();
        message.flags = Flags(2);
        assert_eq!(message.validate(&limits), Err(Invalid::Flags));
    }

    #[test]
    fn key_fields() {
        let mut message = Message::default();
        message.meta.insert("conn.id", "c1");
        message.data.set("quote.id", 7).unwrap();
        message.data.set("quote.mac", Bytes::from_static(&[0xFF])).unwrap();
        for (field, wanted) in [
            ("meta.conn.id", Some("c1")),
            ("data.quote.id", Some("7")),
            ("quote.id", Some("7")),
            ("quote.mac", Some("ff")),
            ("quote", None),
            ("meta.none", None),
        ] {
            assert_eq!(message.key_field(field).as_deref(), wanted, "{field}");
        }
    }

    #[test]
    fn contents_are_not_shown() {
        let mut message = Message::from_raw(&b"4111111111111111"[..]);
        message.meta.insert("k", "4111111111111111");
        message.data.set("card.pan", "4111111111111111").unwrap();
        message.data.set("card.number", 4_111_111_111_111_111_i64).unwrap();
        let shown = format!("{message:?}");
        assert!(!shown.contains("4111") && shown.contains("pan"), "{shown}");
    }
}
