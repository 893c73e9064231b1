//! `GET /users/@me/guilds`.

use std::collections::BTreeMap;

use fluxer_wire::{
    GuildId,
    guild_requests::{GuildListEntry, GuildListQuery},
};

use crate::{Actor, App, Result, events::ask::OnlineCounts, rows::MembershipRow};

/// The caller's guilds, by id; a cursor that is none of them counts for nothing.
pub async fn list(app: &App, actor: &Actor, query: GuildListQuery) -> Result<Vec<GuildListEntry>> {
    let user = actor.id();
    let joined = app.store.range::<MembershipRow>((user,)).ascending().all().await?;
    let ids: Vec<GuildId> = joined.into_iter().map(|row| row.guild_id).collect();
    let page = page(&ids, query.after.0, query.before.0, query.limit.get());
    let online = match query.with_counts.0 {
        true => app.bus.request(OnlineCounts { guild_ids: page.to_vec() }).await.ok(),
        false => None,
    };
    let mut entries = Vec::with_capacity(page.len());
    for id in page {
        let Some(guild) = app.find_guild(*id).await? else { continue };
        let Some(member) = app.find_member(*id, user).await? else { continue };
        let mut view = super::guild(&guild.row);
        view.permissions = Some(guild.permissions(user, Some(&member)));
        entries.push(entry(view, guild.row.member_count, query.with_counts.0, online.as_ref()));
    }
    Ok(entries)
}

fn entry(
    guild: fluxer_wire::guild::Guild,
    members: i64,
    with_counts: bool,
    online: Option<&BTreeMap<GuildId, i64>>,
) -> GuildListEntry {
    let present = online.map(|online| online.get(&guild.id).copied().unwrap_or(0));
    GuildListEntry {
        guild,
        approximate_member_count: with_counts.then_some(members),
        approximate_presence_count: present,
    }
}

fn page(ids: &[GuildId], after: Option<GuildId>, before: Option<GuildId>, limit: usize) -> &[GuildId] {
    let place = |cursor: Option<GuildId>| cursor.and_then(|id| ids.binary_search(&id).ok());
    if let Some(at) = place(after) {
        let rest = &ids[at + 1..];
        return &rest[..limit.min(rest.len())];
    }
    match place(before) {
        Some(at) => &ids[at.saturating_sub(limit)..at],
        None => &ids[..limit.min(ids.len())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_by_cursor() {
        let ids: Vec<GuildId> = [1, 3, 5, 7].map(GuildId::new).into();
        let numbers = |after: Option<u64>, before: Option<u64>, limit| {
            let page = page(&ids, after.map(GuildId::new), before.map(GuildId::new), limit);
            page.iter().map(|id| id.get()).collect::<Vec<_>>()
        };
        assert_eq!(numbers(None, None, 2), [1, 3]);
        assert_eq!(numbers(Some(3), Some(1), 9), [5, 7]);
        assert_eq!(numbers(None, Some(7), 2), [3, 5]);
        assert_eq!(numbers(Some(4), None, 1), [1]);
    }
}
