//! A dispatch as it goes out: encoded once, shared by every session that gets it. A session
//! adds only its sequence number when it writes, so a fan-out copies no payload.

use std::{borrow::Cow, sync::Arc};

use serde::Serialize;

/// One dispatch without its sequence number.
#[derive(Debug)]
pub struct Event {
    pub name: Cow<'static, str>,
    /// `{"op":0,"t":…,"d":…`, to be closed by the sequence number.
    head: Box<[u8]>,
    /// Set on MESSAGE_REACTION_ADD and MESSAGE_REACTION_REMOVE.
    pub reaction: Option<Box<Reaction>>,
}

/// What debouncing needs to know of a reaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    pub channel: u64,
    pub message: u64,
    pub guild: Option<u64>,
    pub user: u64,
    /// Id and name of the emoji.
    pub emoji: String,
    /// `{"user_id":…,"emoji":…,"member":…}` for the gathered form.
    pub entry: String,
}

impl Event {
    /// An event whose payload is already JSON.
    pub fn raw(name: impl Into<Cow<'static, str>>, d: &[u8]) -> Self {
        let name = name.into();
        let mut head = Vec::with_capacity(name.len() + d.len() + 24);
        head.extend_from_slice(b"{\"op\":0,\"t\":\"");
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b"\",\"d\":");
        head.extend_from_slice(d);
        Self { name, head: head.into_boxed_slice(), reaction: None }
    }
    pub fn new(name: &'static str, d: &impl Serialize) -> Arc<Self> {
        Arc::new(Self::raw(name, &json(d)))
    }
    /// Bytes of the encoded payload, roughly: what a replay buffer is charged.
    pub fn size(&self) -> usize {
        self.head.len()
    }
    /// The payload.
    pub fn payload(&self) -> &[u8] {
        &self.head[self.name.len() + 19..]
    }
    /// Appends the complete text frame payload.
    pub fn write(&self, seq: u64, out: &mut Vec<u8>) {
        let mut digits = [0; 20];
        let digits = decimal(seq, &mut digits);
        out.extend_from_slice(&self.head);
        out.extend_from_slice(b",\"s\":");
        out.extend_from_slice(digits);
        out.push(b'}');
    }
    /// The length of what [`Event::write`] appends.
    pub fn written_len(&self, seq: u64) -> usize {
        self.head.len() + 6 + seq.checked_ilog10().unwrap_or(0) as usize + 1
    }
}

/// JSON of a wire type; those have only string keys and finite numbers.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("wire types serialise")
}

/// Decimal digits without allocation; this runs once per delivery.
fn decimal(mut value: u64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            return &buffer[at..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_whole_json_with_the_sequence_appended() {
        let event = Event::new("TYPING_START", &serde_json::json!({"a": [1, "x"]}));
        for seq in [0, 1, 9, 10, 99, 100, u64::MAX] {
            let mut out = Vec::new();
            event.write(seq, &mut out);
            assert_eq!(out.len(), event.written_len(seq));
            let frame: serde_json::Value = serde_json::from_slice(&out).unwrap();
            assert_eq!(
                frame,
                serde_json::json!({"op": 0, "t": "TYPING_START", "d": {"a": [1, "x"]}, "s": seq})
            );
        }
        assert_eq!(event.payload(), br#"{"a":[1,"x"]}"#);
    }
}
