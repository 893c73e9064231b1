//! What every gear did with every message, for who wants to see it: one span for each hop.
//!
//! Nothing has to travel with a message for that. A trace is the message's own (or that of the
//! message it answers), a span's id follows from the message, the number of hops and the gear, and
//! so does that of the hop before, which is its parent.

use std::{borrow::Cow, sync::Arc, time::Duration};

use rig_envelope::{Message, Uuid};

/// One gear's handling of one message.
#[derive(Clone, Debug)]
pub struct Hop {
    pub trace: [u8; 16],
    pub span: [u8; 8],
    pub parent: Option<[u8; 8]>,
    pub gear: Arc<str>,
    pub port: Arc<str>,
    pub flux_id: Uuid,
    /// Unix nanoseconds.
    pub begun: i64,
    pub took: Duration,
    /// Why the gear could not.
    pub failed: Option<Cow<'static, str>>,
}

/// Takes hops. Called on the way of every message: must not wait.
pub trait Hops: Send + Sync {
    /// Whether hops of this trace are wanted.
    fn wants(&self, trace: &[u8; 16]) -> bool;
    fn hop(&self, hop: Hop);
}

/// The trace a message belongs to: its own, that of what it answers, or one of its id.
pub fn trace_of(message: &Message) -> [u8; 16] {
    let digit = |at: usize| char::from(*message.trace.as_bytes().get(at)?).to_digit(16);
    if message.trace.len() == 32 {
        let mut trace = [0; 16];
        let whole = trace.iter_mut().enumerate().all(|(at, byte)| {
            let value = digit(2 * at).zip(digit(2 * at + 1)).map(|(high, low)| high * 16 + low);
            *byte = value.and_then(|value| u8::try_from(value).ok()).unwrap_or_default();
            value.is_some()
        });
        if whole && trace != [0; 16] {
            return trace;
        }
    }
    let id = if message.ref_id.is_nil() { message.id } else { message.ref_id };
    *id.as_bytes()
}

/// The span of a gear's handling of a message, and that of the hop before.
pub fn spans_of(message: &Message, gear: Uuid) -> ([u8; 8], Option<[u8; 8]>) {
    let hops = message.path.len();
    // The first hop is the entry: nothing was handled before it.
    let parent = message.path.last().filter(|_| hops > 1).map(|hop| span(message.id, hops - 1, hop.gear));
    (span(message.id, hops, gear), parent)
}

/// FNV-1a: spread, cheap, the same everywhere.
fn span(message: Uuid, hops: usize, gear: Uuid) -> [u8; 8] {
    let bytes = message.as_bytes().iter().chain(gear.as_bytes()).copied().chain(hops.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.max(1).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use rig_envelope::Hop as Step;

    use super::*;

    #[test]
    fn spans_follow_each_other() {
        let gears = [1, 2, 3].map(Uuid::from_u128);
        let mut message = Message { id: Uuid::from_u128(9), ..Message::default() };
        let step = |gear| Step { gear, port: Uuid::nil(), at: 0 };
        message.path.push(step(gears[0]));
        let (first, none) = spans_of(&message, gears[1]);
        message.path.push(step(gears[1]));
        let (second, parent) = spans_of(&message, gears[2]);
        assert_eq!((none, parent), (None, Some(first)));
        assert!(first != second && spans_of(&message, gears[0]).0 != second);
    }

    #[test]
    fn an_answer_is_part_of_its_requests_trace() {
        let mut message = Message { id: Uuid::from_u128(9), ..Message::default() };
        assert_eq!(trace_of(&message), *Uuid::from_u128(9).as_bytes());
        message.ref_id = Uuid::from_u128(7);
        assert_eq!(trace_of(&message), *Uuid::from_u128(7).as_bytes());
        message.trace = "0af7651916cd43dd8448eb211c80319c".into();
        assert_eq!(trace_of(&message)[..2], [0x0a, 0xf7]);
        message.trace = "zzf7651916cd43dd8448eb211c80319c".into();
        assert_eq!(trace_of(&message), *Uuid::from_u128(7).as_bytes());
    }
}
