//! `POST /channels/{channel_id}/invites`.

use fluxer_wire::{
    ChannelId, Error as Refusal, GuildId, Permissions, UserId,
    channel::ChannelType,
    code,
    flags::guild_operation,
    invite::{self as wire, ChannelInviteCreateRequest},
};
use platform_store::Batch;

use super::view::with_metadata;
use crate::{
    Actor, App, Error, Event, EventName, Result,
    access::ChannelAccess,
    audit::{Action, Entry, snapshot},
    fail,
    rows::{InviteByChannelRow, InviteByGuildRow, InviteRow},
};

const CODE_LENGTH: usize = 8;
const ATTEMPTS: usize = 5;

/// A new invite, or the caller's own one like it unless a new one is asked for.
pub async fn create(
    app: &App,
    actor: &Actor,
    id: ChannelId,
    form: ChannelInviteCreateRequest,
) -> Result<wire::Invite> {
    let access = app.channel_access_any_age(actor, id).await?;
    match (&access.guild, access.kind()) {
        (Some(_), _) => {
            access.require_enabled(guild_operation::INSTANT_INVITES)?;
            access.require(Permissions::CREATE_INSTANT_INVITE)?;
        }
        (None, ChannelType::GroupDm) => {}
        _ => return fail(code::INVALID_CHANNEL_TYPE),
    }
    let blank = InviteRow {
        code: String::new(),
        kind: if access.guild.is_some() { super::GUILD } else { super::GROUP_DM },
        guild_id: access.guild_id(),
        channel_id: Some(id),
        inviter_id: Some(actor.id()),
        uses: 0,
        max_uses: form.max_uses.map_or(0, |uses| uses.get() as i32),
        max_age: form.max_age.map_or(0, |age| age.get() as i32),
        temporary: form.temporary.unwrap_or(false),
        created_at: app.clock.now(),
        version: 0,
    };
    if !form.unique.unwrap_or(false)
        && let Some(row) = alike(app, &blank, actor.id()).await?
    {
        return with_metadata(app, &row).await;
    }
    if let Some(guild) = &access.guild {
        let limit = app.guild_limit(&guild.guild.row, "max_guild_invites");
        if count(app, guild.guild.id()).await? >= limit {
            return Err(Refusal::new(code::MAX_INVITES).with("max_guild_invites", limit).into());
        }
    }
    let row = insert(app, blank).await?;
    let view = with_metadata(app, &row).await?;
    tell(app, &access, Event::new(EventName::InviteCreate, &view)).await;
    if let Some(guild) = access.guild_id() {
        app.audit(actor, guild, entry(Action::InviteCreate, &row).created(snapshot::invite(&row))).await;
    }
    Ok(view)
}

/// The start of an audit entry about the invite.
pub(super) fn entry(action: Action, row: &InviteRow) -> Entry {
    let mut entry = Entry::new(action)
        .target(&row.code)
        .option("max_uses", row.max_uses)
        .option("max_age", row.max_age)
        .option("temporary", row.temporary);
    if let Some(id) = row.channel_id {
        entry = entry.option("channel_id", id);
    }
    if let Some(id) = row.inviter_id {
        entry = entry.option("inviter_id", id);
    }
    entry
}

/// Tells those who manage the channel, or everybody in the group DM.
pub(super) async fn tell(app: &App, access: &ChannelAccess, event: Event) {
    match access.guild_id() {
        Some(guild) => app.to_guild(guild, event.channel(access.id())).await,
        None => app.to_users(access.channel.recipient_ids.iter().copied(), event).await,
    }
}

async fn alike(app: &App, wanted: &InviteRow, inviter: UserId) -> Result<Option<InviteRow>> {
    let Some(channel) = wanted.channel_id else { return Ok(None) };
    let existing = super::list::rows_of_channel(app, channel).await?;
    Ok(existing.into_iter().find(|row| {
        row.inviter_id == Some(inviter)
            && (row.max_uses, row.max_age, row.temporary)
                == (wanted.max_uses, wanted.max_age, wanted.temporary)
    }))
}

async fn count(app: &App, guild: GuildId) -> Result<i64> {
    Ok(app.store.range::<InviteByGuildRow>((guild,)).all().await?.len() as i64)
}

async fn insert(app: &App, blank: InviteRow) -> Result<InviteRow> {
    let seconds = i64::from(blank.max_age);
    for _ in 0..ATTEMPTS {
        let row = InviteRow { code: app.rng.alphanumeric(CODE_LENGTH), ..blank.clone() };
        let inserted = match seconds {
            0 => app.store.insert_if_absent(&row).await?,
            _ => app.store.insert_if_absent_ttl(&row, seconds).await?,
        };
        if inserted {
            app.store.commit(index(&row, seconds)).await?;
            return Ok(row);
        }
    }
    Err(Error::internal("no free invite code was found"))
}

fn index(row: &InviteRow, seconds: i64) -> Batch {
    let by_guild = row.guild_id.map(|guild_id| InviteByGuildRow { guild_id, code: row.code.clone() });
    let by_channel =
        row.channel_id.map(|channel_id| InviteByChannelRow { channel_id, code: row.code.clone() });
    let mut batch = Batch::new();
    if let Some(entry) = &by_guild {
        batch = if seconds == 0 { batch.put(entry) } else { batch.put_ttl(entry, seconds) };
    }
    if let Some(entry) = &by_channel {
        batch = if seconds == 0 { batch.put(entry) } else { batch.put_ttl(entry, seconds) };
    }
    batch
}
