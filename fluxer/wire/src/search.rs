//! Searching messages.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

use crate::{
    ChannelId, Definitions, Describe, Form, GuildId, Int, List, MessageId, Reply, Str, UserId, Value,
    message::Message, text_enum,
};

text_enum! {
    pub enum MessageAuthorType {
        User = "user",
        Bot = "bot",
        Webhook = "webhook",
    }
}
text_enum! {
    pub enum MessageContentType {
        Image = "image",
        Sound = "sound",
        Video = "video",
        File = "file",
        Sticker = "sticker",
        Embed = "embed",
        Link = "link",
        Poll = "poll",
        Snapshot = "snapshot",
    }
}
text_enum! {
    pub enum MessageEmbedType {
        Image = "image",
        Video = "video",
        Sound = "sound",
        Article = "article",
    }
}
text_enum! {
    pub enum MessageSearchScope {
        Current = "current",
        OpenDms = "open_dms",
        AllDms = "all_dms",
        AllGuilds = "all_guilds",
        All = "all",
        OpenDmsAndAllGuilds = "open_dms_and_all_guilds",
    }
}
text_enum! {
    pub enum MessageSortField {
        Timestamp = "timestamp",
        Relevance = "relevance",
    }
}
text_enum! {
    pub enum MessageSortOrder {
        Asc = "asc",
        Desc = "desc",
    }
}

/// What to look for, where, and which page of it. All conditions must hold.
#[derive(Debug, Clone, Form)]
pub struct GlobalSearchMessagesRequest {
    pub scope: Option<MessageSearchScope>,
    pub context_guild_id: Option<GuildId>,
    pub context_channel_id: Option<ChannelId>,
    /// Only in these.
    pub channel_ids: Option<List<ChannelId, 500>>,
    /// Accepted, without effect.
    pub channel_id: Option<List<ChannelId, 500>>,
    pub exclude_channel_id: Option<List<ChannelId, 500>>,
    pub hits_per_page: Option<Int<1, 25>>,
    pub page: Option<Int<1, 9007199254740991>>,
    pub max_id: Option<MessageId>,
    pub min_id: Option<MessageId>,
    pub content: Option<Str<1, 1024>>,
    /// Any of them; `content` is not looked at then.
    pub contents: Option<List<Str<1, 1024>, 100>>,
    /// Each of them, letter by letter.
    pub exact_phrases: Option<List<Str<1, 1024>, 10>>,
    pub author_type: Option<Vec<MessageAuthorType>>,
    pub exclude_author_type: Option<Vec<MessageAuthorType>>,
    pub author_id: Option<Vec<UserId>>,
    pub exclude_author_id: Option<Vec<UserId>>,
    pub mentions: Option<Vec<UserId>>,
    pub exclude_mentions: Option<Vec<UserId>>,
    pub mention_everyone: Option<bool>,
    pub pinned: Option<bool>,
    pub has: Option<Vec<MessageContentType>>,
    pub exclude_has: Option<Vec<MessageContentType>>,
    pub embed_type: Option<Vec<MessageEmbedType>>,
    pub exclude_embed_type: Option<Vec<MessageEmbedType>>,
    pub embed_provider: Option<Vec<Str<1, 256>>>,
    pub exclude_embed_provider: Option<Vec<Str<1, 256>>>,
    pub link_hostname: Option<Vec<Str<1, 255>>>,
    pub exclude_link_hostname: Option<Vec<Str<1, 255>>>,
    pub attachment_filename: Option<Vec<Str<1, 1024>>>,
    pub exclude_attachment_filename: Option<Vec<Str<1, 1024>>>,
    pub attachment_extension: Option<Vec<Str<1, 32>>>,
    pub exclude_attachment_extension: Option<Vec<Str<1, 32>>>,
    pub sort_by: Option<MessageSortField>,
    pub sort_order: Option<MessageSortOrder>,
    /// Also in channels for adults, if the caller is one.
    pub include_nsfw: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageSearchResultsResponse")]
pub struct FoundMessages {
    pub messages: Vec<Message>,
    /// On all pages.
    pub total: i64,
    pub hits_per_page: i64,
    pub page: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageSearchIndexingResponse")]
pub struct SearchIndexing {
    /// True: ask again in a moment.
    pub indexing: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MessageSearch {
    Found(FoundMessages),
    Indexing(SearchIndexing),
}

impl Serialize for MessageSearch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Found(answer) => answer.serialize(serializer),
            Self::Indexing(answer) => answer.serialize(serializer),
        }
    }
}
impl Describe for MessageSearch {
    fn schema(defs: &mut Definitions) -> Value {
        json!({"anyOf": [FoundMessages::schema(defs), SearchIndexing::schema(defs)]})
    }
}
