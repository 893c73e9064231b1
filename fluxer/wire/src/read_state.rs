//! Read markers: what clients send to move them, and what they are told.

use crate::{ChannelId, Form, MessageId, Optional, Reply};

#[derive(Debug, Clone, Form)]
pub struct MessageAckRequest {
    /// Mentions still unread after this message; 0 by default.
    pub mention_count: Optional<i32>,
    /// Set by the user's hand, also backwards.
    pub manual: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct ReadStateAckBulkRequest {
    pub read_states: ReadStates,
}

#[derive(Debug, Clone, Form)]
pub struct ReadStateEntry {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
}

/// One to a hundred entries.
#[derive(Debug, Clone)]
pub struct ReadStates(pub Vec<ReadStateEntry>);

impl std::ops::Deref for ReadStates {
    type Target = [ReadStateEntry];
    fn deref(&self) -> &[ReadStateEntry] {
        &self.0
    }
}
impl crate::Field for ReadStates {
    fn read(value: crate::Value, at: &mut crate::At) -> Option<Self> {
        let list = crate::List::<ReadStateEntry, 100>::read(value, at)?;
        if list.is_empty() { at.refuse(crate::invalid::INVALID_FORMAT) } else { Some(Self(list.0)) }
    }
    fn schema(defs: &mut crate::Definitions) -> crate::Value {
        let mut schema = crate::List::<ReadStateEntry, 100>::schema(defs);
        schema["minItems"] = 1.into();
        schema
    }
}

/// Body of MESSAGE_ACK.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct MessageAck {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    pub mention_count: i32,
    #[opt]
    pub manual: Option<bool>,
}
