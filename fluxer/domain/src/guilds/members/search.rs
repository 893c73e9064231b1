//! `POST /guilds/{guild_id}/members-search`.

use fluxer_wire::{
    GuildId, Permissions, UserId, code,
    guild_requests::{
        FoundMember, FoundMemberSource, GuildMemberSearch, GuildMemberSearchRequest, MemberSortBy, SortOrder,
    },
};
use platform_search::{Expr, Order, Query, Sort, Text};

use crate::{
    Actor, App, Result,
    rows::{MemberRow, UserRow},
    search::{GUILD_MEMBERS, members},
};

const LIMIT: i64 = 25;
/// As far as pages reach.
const REACH: i64 = 100_000;

pub async fn search(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildMemberSearchRequest,
) -> Result<GuildMemberSearch> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::MANAGE_GUILD)?;
    let empty = |indexing| GuildMemberSearch {
        guild_id: id,
        members: Vec::new(),
        page_result_count: 0,
        total_result_count: 0,
        indexing,
    };
    match members::ready(app, id).await {
        Ok(true) => {}
        Ok(false) => return Ok(empty(true)),
        Err(error) => return Ok(unavailable(&error, empty(false))),
    }
    let hits = match app.search.search(&GUILD_MEMBERS, query(id, &form)).await {
        Ok(hits) => hits,
        Err(error) => return Ok(unavailable(&error, empty(false))),
    };
    // the index proposes; what is shown stands in the store
    let keys: Vec<(GuildId, UserId)> = hits.ids.iter().filter_map(|name| members::read_name(name)).collect();
    let keys: Vec<_> = keys.into_iter().filter(|(guild, _)| *guild == id).collect();
    let ids: Vec<UserId> = keys.iter().map(|(_, user)| *user).collect();
    let rows = app.store.get_many::<MemberRow>(keys).await?;
    let people = app.find_users(&ids).await?;
    let pairs = rows.into_iter().zip(people);
    let members: Vec<_> = pairs.filter_map(|(row, user)| Some(view(&row?, user.as_deref()?))).collect();
    let gone = hits.ids.len() - members.len();
    Ok(GuildMemberSearch {
        guild_id: id,
        page_result_count: members.len() as i64,
        members,
        total_result_count: hits.total.saturating_sub(gone as u64) as i64,
        indexing: false,
    })
}

/// Clients are told nothing of an engine that does not answer.
fn unavailable(error: &platform_search::Error, empty: GuildMemberSearch) -> GuildMemberSearch {
    if !matches!(error, platform_search::Error::Disabled) {
        tracing::warn!(%error, "members cannot be searched");
    }
    empty
}

fn query(guild: GuildId, form: &GuildMemberSearchRequest) -> Query {
    let mut all = vec![Expr::is("guildId", guild.to_string())];
    all.extend(form.role_ids.iter().flat_map(|ids| ids.iter()).map(|id| Expr::is("roleIds", id.to_string())));
    all.push(Expr::Between("joinedAt", form.joined_at_gte, form.joined_at_lte));
    all.push(Expr::Between("userCreatedAt", form.user_created_at_gte, form.user_created_at_lte));
    all.extend(form.is_bot.map(|bot| Expr::Flag("isBot", bot)));
    if let Some(sources) = form.join_source_type.as_deref().filter(|sources| !sources.is_empty()) {
        let is =
            |source: &i32| Expr::Between("joinSourceType", Some((*source).into()), Some((*source).into()));
        all.push(Expr::Or(sources.iter().map(is).collect()));
    }
    if let Some(codes) = form.source_invite_code.as_deref().filter(|codes| !codes.is_empty()) {
        all.push(Expr::any("sourceInviteCode", codes));
    }
    let words = form.query.as_deref().unwrap_or_default().trim();
    let order = match form.sort_order {
        Some(SortOrder::Asc) => Order::Ascending,
        _ => Order::Descending,
    };
    let by_time = form.sort_by != Some(MemberSortBy::Relevance);
    Query {
        texts: if words.is_empty() { Vec::new() } else { vec![Text::words(words)] },
        filter: Expr::And(all),
        sort: if by_time { vec![Sort { field: "joinedAt", order }] } else { Vec::new() },
        offset: form.offset.map_or(0, |offset| offset.get()).min(REACH) as usize,
        limit: form.limit.map_or(LIMIT, |limit| limit.get()) as usize,
    }
}

fn seconds(at: fluxer_wire::Timestamp) -> i64 {
    at.millis() / 1000
}

fn view(row: &MemberRow, user: &UserRow) -> FoundMember {
    FoundMember {
        id: format!("{}:{}", row.guild_id, row.user_id),
        guild_id: row.guild_id,
        user_id: row.user_id,
        username: user.username.clone(),
        discriminator: format!("{:04}", user.discriminator),
        global_name: user.global_name.clone(),
        nickname: row.nick.clone(),
        role_ids: row.role_ids.iter().copied().collect(),
        joined_at: seconds(row.joined_at),
        is_bot: user.bot,
        supplemental: FoundMemberSource {
            join_source_type: Some(row.join_source_type),
            source_invite_code: row.source_invite_code.clone(),
            inviter_id: row.inviter_id,
        },
    }
}
