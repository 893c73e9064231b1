//! `GET /guilds/{guild_id}/members` and one of them.

use fluxer_wire::{GuildId, UserId, code, guild as wire, guild_requests::MemberListQuery};

use crate::{Actor, App, Result, fail, guilds, rows::MemberRow, users};

/// Members by user id.
pub async fn list(
    app: &App,
    actor: &Actor,
    id: GuildId,
    query: MemberListQuery,
) -> Result<Vec<wire::Member>> {
    app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    let range = app.store.range::<MemberRow>((id,)).ascending().limit(query.limit.get());
    let rows = match query.after.0 {
        Some(after) => range.after((after,)).fetch().await?,
        None => range.fetch().await?,
    };
    let ids: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
    let people = app.find_users(&ids).await?;
    let now = app.clock.now();
    let views = rows.iter().zip(people).map(|(row, user)| {
        let partial = user.map_or_else(|| users::deleted(row.user_id), |user| users::partial(app, &user));
        guilds::member(row, partial, now)
    });
    Ok(views.collect())
}

/// One member; 404 `UNKNOWN_MEMBER` for anybody else.
pub async fn get(app: &App, actor: &Actor, id: GuildId, user: UserId) -> Result<wire::Member> {
    app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    match app.find_member(id, user).await? {
        Some(row) => super::view(app, &row).await,
        None => fail(code::UNKNOWN_MEMBER),
    }
}
