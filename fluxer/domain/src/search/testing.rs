//! For test mode: what a job indexes sooner or later, indexed before the answer.

use fluxer_wire::{ChannelId, Error as Refusal, GuildId, Value, code};
use platform_search::{Expr, Index, Query};
use serde_json::json;

use super::{GUILD_MEMBERS, MESSAGES, members, messages::fill, off};
use crate::{App, Error, Result};

/// `POST /test/channels/{id}/mark-indexed`.
pub async fn index_channel(app: &App, channel: ChannelId) -> Result<Value> {
    if !fill::anew(app, channel).await? {
        return Err(unknown(code::UNKNOWN_CHANNEL, "channel not found"));
    }
    let count = count(app, &MESSAGES, Expr::any("channelId", [channel])).await?;
    Ok(json!({"channel_id": channel, "indexed_at": app.clock.now(), "messages_indexed": count}))
}

/// `POST /test/guilds/{id}/mark-members-indexed`.
pub async fn index_members(app: &App, guild: GuildId) -> Result<Value> {
    if !members::anew(app, guild).await? {
        return Err(unknown(code::UNKNOWN_GUILD, "guild not found"));
    }
    let count = count(app, &GUILD_MEMBERS, Expr::any("guildId", [guild])).await?;
    Ok(json!({"guild_id": guild, "indexed_at": app.clock.now(), "members_indexed": count}))
}

async fn count(app: &App, index: &'static Index, filter: Expr) -> Result<u64> {
    let query = Query { filter, limit: 0, ..Query::default() };
    Ok(app.search.search(index, query).await.map_err(off)?.total)
}

fn unknown(code: code::ApiCode, what: &str) -> Error {
    Refusal::new(code).with("error", what).into()
}
