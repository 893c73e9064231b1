//! `PUT /guilds/{guild_id}/bans/{user_id}`.

use fluxer_wire::{GuildId, Permissions, Timestamp, UserId, code, guild_requests::GuildBanCreateRequest};
use platform_store::Batch;
use serde_json::json;

use super::purge;
use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, Entry, snapshot},
    fail,
    guilds::{leave, rows::BanByIpRow},
    rows::BanRow,
};

const DAY_MS: i64 = 86_400_000;

/// Bans a user, member or not; of members the messages of the last days can go, too.
pub async fn ban(
    app: &App,
    actor: &Actor,
    id: GuildId,
    user: UserId,
    form: GuildBanCreateRequest,
) -> Result<()> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::BAN_MEMBERS)?;
    if user == actor.id() {
        return fail(code::UNKNOWN_MEMBER);
    }
    if let Some(target) = app.find_member(id, user).await?
        && !access.guild.outranks(actor.id(), access.member.as_deref(), &target)
    {
        return fail(code::MISSING_PERMISSIONS);
    }
    let now = app.clock.now();
    let seconds = form.ban_duration_seconds.map_or(0, |duration| i64::from(duration.number()));
    let ip = app.find_user(user).await?.and_then(|user| user.last_active_ip.clone());
    let row = BanRow {
        guild_id: id,
        user_id: user,
        moderator_id: actor.id(),
        banned_at: now,
        expires_at: (seconds > 0).then(|| now.plus_seconds(seconds)),
        reason: form.reason.map(String::from).filter(|reason| !reason.is_empty()),
        ip: ip.filter(|ip| !ip.is_empty()),
    };
    let days = form.delete_message_days.map_or(0, |days| days.get());
    let mut batch = Batch::new();
    if days > 0 {
        let since = Timestamp::from_millis(now.millis() - days * DAY_MS);
        batch = purge::push_in(app, batch, id, user, since)?;
    }
    save(app, batch, &row, seconds).await?;
    let body = json!({"guild_id": id, "user": {"id": user}});
    app.to_guild(id, Event::new(EventName::GuildBanAdd, &body)).await;
    leave::expel(app, id, user).await?;
    let entry = Entry::new(Action::MemberBanAdd)
        .target(user)
        .option("delete_member_days", days)
        .created(snapshot::ban(&row));
    app.audit(actor, id, entry).await;
    Ok(())
}

async fn save(app: &App, mut batch: Batch, row: &BanRow, seconds: i64) -> Result<()> {
    let key = (row.guild_id, row.user_id);
    if let Some(ip) = app.store.get::<BanRow>(key).await?.and_then(|old| old.ip) {
        batch = batch.delete::<BanByIpRow>((row.guild_id, ip, row.user_id));
    }
    let by_ip = row.ip.clone().map(|ip| BanByIpRow { guild_id: row.guild_id, ip, user_id: row.user_id });
    batch = match seconds {
        0 => by_ip.iter().fold(batch.put(row), |batch, entry| batch.put(entry)),
        _ => by_ip.iter().fold(batch.put_ttl(row, seconds), |batch, entry| batch.put_ttl(entry, seconds)),
    };
    app.store.commit(batch).await?;
    Ok(())
}
