//! `POST /guilds/{guild_id}/members-search`, over the members' rows.

use fluxer_wire::{
    GuildId, Permissions, UserId, code,
    guild_requests::{
        FoundMember, FoundMemberSource, GuildMemberSearch, GuildMemberSearchRequest, MemberSortBy, SortOrder,
    },
};

use crate::{
    Actor, App, Result,
    rows::{MemberRow, UserRow},
};

const LIMIT: i64 = 25;

pub async fn search(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildMemberSearchRequest,
) -> Result<GuildMemberSearch> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::MANAGE_GUILD)?;
    let rows = app.store.range::<MemberRow>((id,)).ascending().all().await?;
    let ids: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
    let people = app.find_users(&ids).await?;
    let pairs = rows.into_iter().zip(people).filter_map(|(row, user)| Some((row, user?)));
    let mut found: Vec<_> = pairs.filter(|(row, user)| matches(row, user, &form)).collect();
    if form.sort_by != Some(MemberSortBy::Relevance) {
        found.sort_by_key(|(row, _)| row.joined_at);
        if form.sort_order != Some(SortOrder::Asc) {
            found.reverse();
        }
    }
    let total = found.len() as i64;
    let skip = form.offset.map_or(0, |offset| offset.get()) as usize;
    let limit = form.limit.map_or(LIMIT, |limit| limit.get()) as usize;
    let page = found.iter().skip(skip).take(limit);
    let members: Vec<_> = page.map(|(row, user)| view(row, user)).collect();
    Ok(GuildMemberSearch {
        guild_id: id,
        page_result_count: members.len() as i64,
        members,
        total_result_count: total,
        indexing: false,
    })
}

fn seconds(at: fluxer_wire::Timestamp) -> i64 {
    at.millis() / 1000
}

fn matches(row: &MemberRow, user: &UserRow, form: &GuildMemberSearchRequest) -> bool {
    let query = form.query.as_deref().unwrap_or_default().to_lowercase();
    let named = |name: Option<&str>| name.is_some_and(|name| name.to_lowercase().contains(&query));
    let between = |value: i64, from: Option<i64>, to: Option<i64>| {
        from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to)
    };
    let text = query.is_empty()
        || named(Some(&user.username))
        || named(user.global_name.as_deref())
        || named(row.nick.as_deref())
        || row.user_id.to_string() == query;
    let roles = form.role_ids.as_ref().is_none_or(|ids| ids.iter().all(|id| row.role_ids.contains(id)));
    let sources = form.join_source_type.as_ref();
    let codes = form.source_invite_code.as_ref();
    text && roles
        && form.is_bot.is_none_or(|bot| bot == user.bot)
        && between(seconds(row.joined_at), form.joined_at_gte, form.joined_at_lte)
        && between(seconds(row.user_id.timestamp()), form.user_created_at_gte, form.user_created_at_lte)
        && sources.is_none_or(|all| all.is_empty() || all.contains(&row.join_source_type))
        && codes.is_none_or(|all| {
            all.is_empty() || row.source_invite_code.as_ref().is_some_and(|code| all.contains(code))
        })
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
