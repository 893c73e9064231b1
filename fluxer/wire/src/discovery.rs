//! The directory of guilds that anybody may join.

use serde::Deserialize;

use crate::{Form, GuildId, Int, Optional, QueryInt, Reply, Str, Timestamp, text_enum};

text_enum! {
    /// Where an application to be listed stands.
    pub enum DiscoveryStatus {
        Pending = "pending",
        Approved = "approved",
        Rejected = "rejected",
        Removed = "removed",
    }
}
text_enum! {
    pub enum DiscoverySortBy {
        MemberCount = "member_count",
        OnlineCount = "online_count",
        Relevance = "relevance",
    }
}

/// 0–8, in the order of [`CATEGORIES`].
pub type Category = Int<0, 8>;

pub const CATEGORIES: [&str; 9] = [
    "Gaming",
    "Music",
    "Entertainment",
    "Education",
    "Science & Technology",
    "Content Creator",
    "Anime & Manga",
    "Movies & TV",
    "Other",
];

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "DiscoveryCategoryResponse")]
pub struct DiscoveryCategory {
    pub id: i32,
    pub name: String,
}

#[derive(Debug, Clone, Form)]
pub struct DiscoverySearchQuery {
    pub query: Option<Str<0, 100>>,
    pub category: Option<QueryInt<0, 8, 0>>,
    /// Accepted; the order is by relevance all the same.
    pub sort_by: Option<DiscoverySortBy>,
    pub limit: QueryInt<1, 48, 24>,
    pub offset: QueryInt<0, 9007199254740991, 0>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "DiscoveryGuildListResponse")]
pub struct DiscoveryGuildList {
    pub guilds: Vec<DiscoveryGuild>,
    pub total: i64,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "DiscoveryGuildResponse")]
pub struct DiscoveryGuild {
    pub id: GuildId,
    pub name: String,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub category_type: i32,
    pub member_count: i64,
    pub online_count: i64,
    pub features: Vec<String>,
    pub verification_level: i32,
}

#[derive(Debug, Clone, Form)]
pub struct DiscoveryApplicationRequest {
    pub description: Str<10, 300>,
    pub category_type: Category,
}

#[derive(Debug, Clone, Form)]
pub struct DiscoveryApplicationPatchRequest {
    pub description: Optional<Str<10, 300>>,
    pub category_type: Optional<Category>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "DiscoveryApplicationResponse")]
pub struct DiscoveryApplication {
    pub guild_id: GuildId,
    pub status: DiscoveryStatus,
    pub description: String,
    pub category_type: i32,
    pub applied_at: Timestamp,
    /// Removal time if removed, else review time.
    pub reviewed_at: Option<Timestamp>,
    pub review_reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "DiscoveryStatusResponse")]
pub struct DiscoveryStatusView {
    pub application: Option<DiscoveryApplication>,
    pub eligible: bool,
    pub min_member_count: i64,
}
