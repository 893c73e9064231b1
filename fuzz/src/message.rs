//! The message validator: whatever body a client sends becomes a draft within the limits, or an error that says
//! where it is wrong.

use fluxer_domain::messages::draft::{Draft, Limits};
use fluxer_wire::{clean, message_requests::MessageRequestSchema, parse};
use serde_json::Value;

const LIMITS: Limits = Limits { content: 4000, embeds: 10, attachments: 10, voice_duration: 1200 };

/// Whether the input was a message that can be sent.
pub fn run(data: &[u8]) -> bool {
    let Ok(body) = serde_json::from_slice::<Value>(data) else { return false };
    let cleaned = clean(body);
    assert_eq!(clean(cleaned.clone()), cleaned, "cleaning twice is cleaning once");
    let Ok(form) = parse::<MessageRequestSchema>(cleaned) else { return false };
    let Ok(draft) = Draft::read(form, &LIMITS) else { return false };
    assert!(draft.content.encode_utf16().count() <= LIMITS.content, "too long");
    assert!(draft.embeds.len() <= LIMITS.embeds && draft.attachments.len() <= LIMITS.attachments);
    assert!(
        draft.stickers.len() <= 3
            && draft.nonce.is_none_or(|nonce| (1..=32).contains(&nonce.encode_utf16().count()))
    );
    let something = !draft.content.trim().is_empty()
        || !draft.embeds.is_empty()
        || !draft.attachments.is_empty()
        || !draft.stickers.is_empty()
        || draft.favorite_meme.is_some();
    assert!(something || draft.reference.is_some(), "an empty message");
    true
}
