//! Emojis as they are named in paths and kept in rows. Pure.

use fluxer_wire::{EmojiId, message::ReactionEmoji};

use crate::rows::ReactionRow;

/// How an emoji is told from others: the id of a custom one, the text of a Unicode one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Custom { id: EmojiId, name: String },
    Unicode(String),
}

impl Key {
    /// `name:id`, or anything else as Unicode text.
    pub fn read(path: &str) -> Self {
        if let Some((name, id)) = path.rsplit_once(':')
            && !name.is_empty()
            && let Ok(id) = id.parse::<EmojiId>()
            && !id.is_zero()
        {
            // Clients also send the animation mark of the token in a message.
            let name = name.strip_prefix("a:").unwrap_or(name).trim_start_matches(':').to_owned();
            return Self::Custom { id, name };
        }
        Self::Unicode(path.to_owned())
    }
    pub fn columns(&self) -> (EmojiId, String) {
        match self {
            Self::Custom { id, .. } => (*id, String::new()),
            Self::Unicode(text) => (EmojiId::new(0), text.clone()),
        }
    }
    /// What is shown where nothing more is known of it.
    pub fn shown(&self) -> ReactionEmoji {
        match self {
            Self::Custom { id, name } => ReactionEmoji { id: Some(*id), name: name.clone(), animated: false },
            Self::Unicode(text) => ReactionEmoji { id: None, name: text.clone(), animated: false },
        }
    }
}

/// The emoji of a stored reaction.
pub fn of(row: &ReactionRow) -> ReactionEmoji {
    ReactionEmoji {
        id: Some(row.emoji_id).filter(|id| !id.is_zero()),
        name: row.emoji_name.clone(),
        animated: row.animated,
    }
}

/// Exactly one emoji; a lone regional indicator or skin tone counts as one.
pub fn is_unicode_emoji(text: &str) -> bool {
    let mut chars = text.chars();
    if let (Some(ch), None) = (chars.next(), chars.next())
        && matches!(ch, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
    {
        return true;
    }
    emojis::get(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_custom_or_unicode_emojis() {
        let custom = Key::Custom { id: EmojiId::new(5), name: "wave".into() };
        assert_eq!(Key::read("wave:5"), custom);
        assert_eq!(Key::read("a:wave:5"), custom);
        for text in ["👍", ":5", "wave:", "wave:05", "5", "wave:0"] {
            assert_eq!(Key::read(text), Key::Unicode(text.into()), "{text}");
        }
    }

    #[test]
    fn exactly_one_emoji() {
        for good in ["👍", "👍🏽", "❤️", "❤", "🇩🇪", "🇩", "🏽", "👨‍👩‍👧", "1️⃣"]
        {
            assert!(is_unicode_emoji(good), "{good}");
        }
        for bad in ["", "a", "👍👍", "1", " 👍", "👍a"] {
            assert!(!is_unicode_emoji(bad), "{bad}");
        }
    }
}
