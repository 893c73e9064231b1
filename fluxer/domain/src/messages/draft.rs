//! Whether what a client sends can be a message at all: the rules that need no store and no
//! permissions. Pure; also called from a fuzz target.

use fluxer_wire::{
    AnyId, StickerId, code,
    embed_requests::RichEmbedRequest,
    flags, invalid,
    message::ReferenceType,
    message_requests::{ClientAttachmentRequest, MessageReferenceRequest, MessageRequestSchema},
    text::length,
};

use super::{allowed::Allowed, embeds, text::normalize_untrimmed};
use crate::{Error, Result, fail};

/// What an account may put into one message.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// UTF-16 units.
    pub content: usize,
    pub embeds: usize,
    pub attachments: usize,
    /// Seconds.
    pub voice_duration: i32,
}

/// A message that has passed [`Draft::read`].
#[derive(Debug, Clone)]
pub struct Draft {
    pub content: String,
    pub flags: i32,
    pub tts: bool,
    pub embeds: Vec<RichEmbedRequest>,
    pub attachments: Vec<ClientAttachmentRequest>,
    pub stickers: Vec<StickerId>,
    pub reference: Option<MessageReferenceRequest>,
    pub allowed: Allowed,
    pub nonce: Option<String>,
    pub favorite_meme: Option<AnyId>,
}

impl Draft {
    pub fn is_forward(&self) -> bool {
        self.reference.as_ref().is_some_and(is_forward)
    }

    /// Checks everything about a new message that depends on nothing else.
    pub fn read(form: MessageRequestSchema, limits: &Limits) -> Result<Self> {
        let draft = Self {
            content: form.content.into_change().flatten().map(normalize_untrimmed).unwrap_or_default(),
            flags: form.flags.unwrap_or(0) & flags::message::SENDABLE,
            tts: form.tts.unwrap_or(false),
            embeds: form.embeds.0.unwrap_or_default(),
            attachments: form.attachments.0.unwrap_or_default(),
            stickers: form.sticker_ids.map(|list| list.0).unwrap_or_default(),
            reference: form.message_reference,
            allowed: Allowed::default(),
            nonce: form.nonce.0.map(String::from),
            favorite_meme: form.favorite_meme_id,
        };
        if draft.is_forward() {
            draft.check_forward()?;
        } else {
            draft.check_content(limits)?;
        }
        let names: Vec<&str> =
            draft.attachments.iter().filter_map(|file| Some(file.filename.as_ref()?.as_str())).collect();
        embeds::check_references(&draft.embeds, &names)?;
        embeds::check_size(&draft.embeds)?;
        Ok(Self { allowed: Allowed::read(form.allowed_mentions)?, ..draft })
    }

    fn check_forward(&self) -> Result<()> {
        if self.reference.as_ref().is_some_and(|reference| reference.channel_id.is_none()) {
            let code = invalid::FORWARD_REFERENCE_REQUIRES_CHANNEL_AND_MESSAGE;
            return Err(Error::field("message_reference", code));
        }
        let empty = self.content.is_empty()
            && self.embeds.is_empty()
            && self.attachments.is_empty()
            && self.stickers.is_empty();
        if empty {
            Ok(())
        } else {
            Err(Error::field("message_reference", invalid::FORWARD_MESSAGES_CANNOT_CONTAIN_CONTENT))
        }
    }

    fn check_content(&self, limits: &Limits) -> Result<()> {
        if self.flags & flags::message::VOICE_MESSAGE != 0 {
            self.check_voice(limits)?;
        }
        let empty = is_blank(&self.content)
            && self.embeds.is_empty()
            && self.attachments.is_empty()
            && self.stickers.is_empty()
            && self.favorite_meme.is_none();
        if empty {
            return fail(code::CANNOT_SEND_EMPTY_MESSAGE);
        }
        check_amounts(&self.content, self.embeds.len(), self.attachments.len(), limits)
    }

    fn check_voice(&self, limits: &Limits) -> Result<()> {
        let refuse = |path: &str, code| Err(Error::field(path, code));
        if !self.content.is_empty() {
            return refuse("content", invalid::VOICE_MESSAGES_CANNOT_HAVE_CONTENT);
        }
        if !self.embeds.is_empty() {
            return refuse("embeds", invalid::VOICE_MESSAGES_CANNOT_HAVE_EMBEDS);
        }
        if self.favorite_meme.is_some() {
            return refuse("favorite_meme_id", invalid::VOICE_MESSAGES_CANNOT_HAVE_FAVORITE_MEMES);
        }
        if !self.stickers.is_empty() {
            return refuse("sticker_ids", invalid::VOICE_MESSAGES_CANNOT_HAVE_STICKERS);
        }
        let [file] = &self.attachments[..] else {
            return refuse("attachments", invalid::VOICE_MESSAGES_REQUIRE_SINGLE_ATTACHMENT);
        };
        if file.waveform.is_none() {
            return refuse("attachments.0.waveform", invalid::VOICE_MESSAGES_ATTACHMENT_WAVEFORM_REQUIRED);
        }
        match file.duration {
            None => refuse("attachments.0.duration", invalid::VOICE_MESSAGES_ATTACHMENT_DURATION_REQUIRED),
            Some(seconds) if seconds > limits.voice_duration => {
                refuse("attachments.0.duration", invalid::VOICE_MESSAGES_DURATION_EXCEEDS_LIMIT)
            }
            Some(_) => Ok(()),
        }
    }
}

pub fn is_forward(reference: &MessageReferenceRequest) -> bool {
    *reference.kind == Some(ReferenceType::Forward)
}

/// Nothing but white space.
pub fn is_blank(content: &str) -> bool {
    content.trim().is_empty()
}

/// Length of the content and number of embeds and attachments; for edits too.
pub fn check_amounts(content: &str, embeds: usize, attachments: usize, limits: &Limits) -> Result<()> {
    // A UTF-16 unit is at least one byte: counting is rarely needed.
    if content.len() > limits.content && length(content) > limits.content {
        return Err(Error::field("content", invalid::CONTENT_EXCEEDS_MAX_LENGTH));
    }
    if embeds > limits.embeds {
        return Err(Error::field("embeds", invalid::TOO_MANY_EMBEDS));
    }
    if attachments > limits.attachments {
        return Err(Error::field("attachments", invalid::TOO_MANY_FILES));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use fluxer_wire::parse;
    use serde_json::{Value, json};

    use super::*;

    const LIMITS: Limits = Limits { content: 10, embeds: 10, attachments: 10, voice_duration: 1200 };

    fn read(body: Value) -> Result<Draft> {
        Draft::read(parse(body).expect("the body has the right shape"), &LIMITS)
    }
    fn refusal(body: Value) -> String {
        let crate::Error::Refused(error) = read(body).unwrap_err() else { panic!("a failure") };
        match error.extra.get("errors") {
            Some(errors) => {
                format!("{} {}", errors[0]["path"].as_str().unwrap(), errors[0]["code"].as_str().unwrap())
            }
            None => error.code.to_owned(),
        }
    }

    #[test]
    fn something_must_be_said() {
        for empty in [json!({}), json!({"content": null}), json!({"content": " \n"}), json!({"embeds": []})] {
            assert_eq!(refusal(empty), "CANNOT_SEND_EMPTY_MESSAGE");
        }
        assert_eq!(read(json!({"content": " a "})).unwrap().content, " a ");
    }

    #[test]
    fn length_is_counted_in_utf16() {
        assert!(read(json!({"content": "é".repeat(10)})).is_ok());
        assert!(read(json!({"content": "😀".repeat(5)})).is_ok());
        assert_eq!(refusal(json!({"content": "😀".repeat(6)})), "content CONTENT_EXCEEDS_MAX_LENGTH");
    }

    #[test]
    fn only_sendable_flags_stay() {
        assert_eq!(read(json!({"content": "a", "flags": 4096 | 4 | 1})).unwrap().flags, 4096 | 4);
    }

    #[test]
    fn forwards_say_nothing_themselves() {
        let reference = json!({"message_id": "1", "type": 1});
        assert_eq!(
            refusal(json!({"message_reference": reference})),
            "message_reference FORWARD_REFERENCE_REQUIRES_CHANNEL_AND_MESSAGE"
        );
        let reference = json!({"message_id": "1", "channel_id": "2", "type": 1});
        assert_eq!(
            refusal(json!({"message_reference": reference, "content": "a"})),
            "message_reference FORWARD_MESSAGES_CANNOT_CONTAIN_CONTENT"
        );
        assert!(read(json!({"message_reference": reference})).is_ok());
    }

    #[test]
    fn voice_messages_are_one_recording() {
        let voice = |extra: Value| {
            let mut body = json!({"flags": 8192});
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        assert_eq!(refusal(voice(json!({"content": "a"}))), "content VOICE_MESSAGES_CANNOT_HAVE_CONTENT");
        assert_eq!(refusal(voice(json!({}))), "attachments VOICE_MESSAGES_REQUIRE_SINGLE_ATTACHMENT");
        let file = json!({"id": 0, "filename": "a.ogg"});
        assert_eq!(
            refusal(voice(json!({"attachments": [file]}))),
            "attachments.0.waveform VOICE_MESSAGES_ATTACHMENT_WAVEFORM_REQUIRED"
        );
        let file = json!({"id": 0, "filename": "a.ogg", "waveform": "AA==", "duration": 1201});
        assert_eq!(
            refusal(voice(json!({"attachments": [file]}))),
            "attachments.0.duration VOICE_MESSAGES_DURATION_EXCEEDS_LIMIT"
        );
    }
}
