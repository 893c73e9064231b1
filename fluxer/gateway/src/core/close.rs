//! Why the server closes a socket (wire specification §8). The reason text is part of the
//! wire; 4004 makes clients forget the account, so it is said only about a bad token.

use std::borrow::Cow;

/// A close code with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    pub code: u16,
    pub reason: Cow<'static, str>,
}

/// A control frame holds 125 bytes, two of which are the code.
const MAX_REASON: usize = 123;

impl Close {
    pub const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }
    pub const IDLE: Self = Self::new(1000, "");
    pub const RESTART: Self = Self::new(1012, "Service restart");
    pub const PROTOCOL: Self = Self::new(1002, "Protocol error");
    pub const START_FAILED: Self = Self::new(4000, "Failed to start session");
    pub const UNKNOWN_OPCODE: Self = Self::new(4001, "Unknown opcode");
    pub const TOO_LARGE: Self = Self::new(4002, "Payload too large");
    pub const DECODE: Self = Self::new(4002, "Decode failed");
    pub const PAYLOAD: Self = Self::new(4002, "Invalid payload");
    pub const IDENTIFY: Self = Self::new(4002, "Invalid identify payload");
    pub const NOT_AUTHENTICATED: Self = Self::new(4003, "Not authenticated");
    pub const TOKEN: Self = Self::new(4004, "Invalid token");
    pub const ALREADY: Self = Self::new(4005, "Already authenticated");
    pub const SEQUENCE: Self = Self::new(4007, "Invalid sequence");
    pub const RATE: Self = Self::new(4008, "Rate limited");
    pub const HEARTBEAT: Self = Self::new(4009, "Heartbeat timeout");
    pub const VERSION: Self = Self::new(4012, "Invalid API version");

    /// The client does not acknowledge what it is sent (§7).
    pub fn backlog(kind: &str, current: usize, limit: usize, seq: u64, acked: u64) -> Self {
        let mut reason = format!(
            "Acknowledgement backlog exceeded: kind={kind} unacked={} current={current} limit={limit} seq={seq} ack_seq={acked}",
            seq.saturating_sub(acked),
        );
        reason.truncate(MAX_REASON);
        Self { code: 4013, reason: Cow::Owned(reason) }
    }
}
