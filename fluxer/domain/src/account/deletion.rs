//! The end of an account, when its grace period is over: it leaves everything, its messages
//! go to a deleted user, its data goes, and what remains of its row says nothing.
//!
//! Who is to be deleted when stands in one table, spread over a few partitions; a schedule
//! looks for those whose time has come. Every step may be run again.

use std::sync::Arc;

use fluxer_wire::{UserId, channel::ChannelType, flags};
use futures_util::future::try_join_all;
use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Worker};
use platform_store::{Batch, Table};

use super::{announce_change, inactivity};
use crate::{
    Actor, App, Result,
    applications::{
        AccessTokenByUserRow, AccessTokenRow, ApplicationByOwnerRow, RefreshTokenByUserRow, RefreshTokenRow,
        manage,
    },
    auth::{emails, rows as auth_rows, sessions, webauthn},
    dms::{self, PinnedDmRow},
    favorite_memes, guilds, harvests,
    mentions::RecentMentionRow,
    rows::{
        ChannelRow, MembershipRow, MessageByAuthorRow, MessageRow, PrivateChannelRow, ReadStateRow,
        RelationshipRow, UserRow, UserSettingsRow, bucket_of,
    },
    saved_messages::SavedMessageRow,
    scheduled::ScheduledMessageRow,
    users::{guild_settings::UserGuildSettingsRow, notes::NoteRow, push::PushSubscriptionRow, tags},
};

const SHARDS: u64 = 8;
/// Looks for those whose time has come.
const WATCH: &str = "userProcessPendingDeletions";
const WATCH_CALENDAR: &str = "0 */5 * * * *";
/// Deletes one.
const KIND: &str = "userProcessPendingDeletion";
const INACTIVITY: &str = "processInactivityDeletions";
const INACTIVITY_CALENDAR: &str = "0 0 */6 * * *";
/// Messages handed over at a time.
const PAGE: usize = 200;

/// An account whose days are counted.
#[derive(Table, Clone, Debug)]
#[table(name = "users_pending_deletion")]
pub struct PendingDeletionRow {
    #[partition]
    pub shard: i32,
    #[cluster]
    pub pending_deletion_at: Timestamp,
    #[cluster]
    pub user_id: UserId,
    /// A deletion reason of the constants: 1 is the user's own wish.
    pub reason: i32,
}

fn shard(user: UserId) -> i32 {
    (user.timestamp().millis().unsigned_abs() % SHARDS) as i32
}

/// Has the account deleted at `at`, instead of when it was to be before.
pub async fn schedule(
    app: &App,
    id: UserId,
    at: Timestamp,
    reason: i32,
    by_owner: bool,
) -> Result<Option<Arc<UserRow>>> {
    let Some(user) = app.find_user(id).await? else { return Ok(None) };
    unschedule(app, &user).await?;
    let row = PendingDeletionRow { shard: shard(id), pending_deletion_at: at, user_id: id, reason };
    app.store.put(&row).await?;
    app.update_user(id, |user| {
        user.pending_deletion_at = Some(at);
        user.deletion_reason_code = Some(reason);
        if by_owner {
            user.flags |= flags::user::SELF_DELETED;
        }
    })
    .await
}

/// Takes the account off the list; its row is the caller's to change.
pub async fn unschedule(app: &App, user: &UserRow) -> Result<()> {
    let Some(at) = user.pending_deletion_at else { return Ok(()) };
    Ok(app.store.delete::<PendingDeletionRow>((shard(user.user_id), at, user.user_id)).await?)
}

/// The accounts whose time has come.
pub async fn due(app: &App) -> Result<Vec<PendingDeletionRow>> {
    let now = app.clock.now();
    let mut rows = Vec::new();
    for shard in 0..SHARDS as i32 {
        rows.extend(app.store.range::<PendingDeletionRow>((shard,)).to((now,)).all().await?);
    }
    Ok(rows)
}

/// Deletes one account if it still is to be deleted; false if not.
pub async fn run(app: &App, id: UserId) -> Result<bool> {
    let Some(user) = app.find_user(id).await? else { return Ok(false) };
    if user.pending_deletion_at.is_none() {
        return Ok(false);
    }
    sessions::revoke_all(app, id).await?;
    let actor = Actor::system(user.clone());
    for row in app.store.range::<ApplicationByOwnerRow>((id,)).all().await? {
        manage::delete(app, &actor, row.application_id).await?;
    }
    anonymise(app, id).await?;
    unschedule(app, &user).await?;
    Ok(true)
}

/// Deletes one of those whose time has come, if it still has: its owner may have come back,
/// or may have been given more time. False if nothing was to be done.
async fn run_entry(app: &App, row: &PendingDeletionRow) -> Result<bool> {
    let user = app.find_user(row.user_id).await?;
    if user.is_some_and(|user| user.pending_deletion_at == Some(row.pending_deletion_at)) {
        return run(app, row.user_id).await;
    }
    app.store.delete::<PendingDeletionRow>(row.key()).await?;
    Ok(false)
}

/// Deletes everybody whose time has come: how many were, and how many were to be.
pub async fn run_due(app: &App) -> Result<(usize, usize)> {
    let due = due(app).await?;
    let mut done = 0;
    for row in &due {
        match run_entry(app, row).await {
            Ok(deleted) => done += usize::from(deleted),
            Err(error) => tracing::error!(%error, user_id = %row.user_id, "An account was not deleted."),
        }
    }
    Ok((done, due.len()))
}

/// Gives each of those whose time has come a job of its own: one that fails stops no other.
async fn enqueue_due(app: &App) -> Result<()> {
    for row in due(app).await? {
        let entry = (row.shard, row.pending_deletion_at, row.user_id, row.reason);
        app.queue.push_unique(Job::new(KIND, &entry), &format!("{KIND}:{}", row.user_id)).await?;
    }
    Ok(())
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let (watcher, deleter, sleeper) = (app.clone(), app.clone(), app.clone());
    let worker = worker.cron(WATCH, WATCH_CALENDAR, move |_| {
        let app = watcher.clone();
        async move { enqueue_due(&app).await.map_err(JobError::retry) }
    });
    let worker = worker.handle(KIND, 1, move |payload| {
        let app = deleter.clone();
        async move {
            let (shard, pending_deletion_at, user_id, reason) = payload.parse()?;
            let row = PendingDeletionRow { shard, pending_deletion_at, user_id, reason };
            run_entry(&app, &row).await.map(drop).map_err(JobError::retry)
        }
    });
    worker.cron(INACTIVITY, INACTIVITY_CALENDAR, move |_| {
        let app = sleeper.clone();
        async move { inactivity::pass(&app).await.map(drop).map_err(JobError::retry) }
    })
}

/// Takes an account out of everything and leaves of it a row without a person. Bots end
/// like this too.
pub async fn anonymise(app: &App, id: UserId) -> Result<()> {
    let Some(user) = app.find_user(id).await? else { return Ok(()) };
    for row in app.store.range::<MembershipRow>((id,)).all().await? {
        guilds::remove_member(app, row.guild_id, id).await?;
    }
    leave_groups(app, &user).await?;
    hand_over_messages(app, id).await?;
    for (prefix, hash) in [("avatars", &user.avatar_hash), ("banners", &user.banner_hash)] {
        if let Some(hash) = hash {
            app.remove_image(&format!("{prefix}/{id}"), hash).await;
        }
    }
    forget_data(app, &user).await?;
    // Before the row is blank, which ends the deletion: nobody would do it afterwards.
    release_names(app, &user).await?;
    let changed = app
        .update_user(id, |row| {
            *row = UserRow {
                user_id: id,
                username: "DeletedUser".into(),
                global_name: Some("Deleted User".into()),
                flags: flags::user::DELETED,
                deletion_reason_code: row.deletion_reason_code,
                bot: row.bot,
                version: row.version,
                ..UserRow::default()
            };
        })
        .await?;
    if let Some(changed) = changed {
        announce_change(app, &user, &changed).await;
    }
    Ok(())
}

/// Frees what is unique to the account; when run again, only what nobody else has taken.
async fn release_names(app: &App, user: &UserRow) -> Result<()> {
    let id = user.user_id;
    if tags::find(app, &user.username, user.discriminator).await? == Some(id) {
        tags::release_own(app, user).await?;
    }
    if let Some(email) = &user.email
        && emails::owner(app, email).await?.is_none_or(|owner| owner.user_id == id)
    {
        emails::release(app, email).await?;
    }
    if let Some(phone) = &user.phone {
        let key = (phone.clone(),);
        let row = app.store.get::<auth_rows::UserByPhoneRow>(key.clone()).await?;
        if row.is_some_and(|row| row.user_id == id) {
            app.store.delete::<auth_rows::UserByPhoneRow>(key).await?;
        }
    }
    Ok(())
}

async fn leave_groups(app: &App, user: &Arc<UserRow>) -> Result<()> {
    let actor = Actor::system(user.clone());
    for row in app.store.range::<PrivateChannelRow>((user.user_id,)).all().await? {
        let channel = app.store.get::<ChannelRow>((row.channel_id,)).await?;
        let inside = channel.is_some_and(|channel| {
            channel.is(ChannelType::GroupDm) && channel.recipient_ids.contains(&user.user_id)
        });
        if inside {
            dms::leave(app, &actor, row.channel_id, false).await?;
        }
    }
    Ok(())
}

/// Gives the account's messages an author of whom nothing is known.
async fn hand_over_messages(app: &App, id: UserId) -> Result<()> {
    let mut heir = None;
    loop {
        let page = app.store.range::<MessageByAuthorRow>((id,)).limit(PAGE).fetch().await?;
        if page.is_empty() {
            return Ok(());
        }
        let heir = match heir {
            Some(heir) => heir,
            None => *heir.insert(make_heir(app).await?),
        };
        let changes = page.iter().map(|row| {
            let key = (row.channel_id, bucket_of(row.message_id), row.message_id);
            app.store.update::<MessageRow, _>(key, move |message| message.author_id = heir)
        });
        try_join_all(changes).await?;
        let changed: Vec<_> = page.iter().map(|row| (row.channel_id, row.message_id)).collect();
        app.touch_messages(&changed).await?;
        let mut batch = Batch::new();
        for row in page {
            batch = batch
                .delete::<MessageByAuthorRow>((id, row.message_id))
                .put(&MessageByAuthorRow { author_id: heir, ..row });
        }
        app.store.commit(batch).await?;
    }
}

async fn make_heir(app: &App) -> Result<UserId> {
    let heir = UserRow {
        user_id: app.next_id(),
        username: "DeletedUser".into(),
        global_name: Some("Deleted User".into()),
        system: true,
        flags: flags::user::DELETED,
        ..UserRow::default()
    };
    app.store.put(&heir).await?;
    app.touch_indexed(&crate::search::USERS, heir.user_id).await?;
    Ok(heir.user_id)
}

/// Deletes what only the account itself had.
async fn forget_data(app: &App, user: &UserRow) -> Result<()> {
    let id = user.user_id;
    let mut batch = Batch::new()
        .delete::<UserSettingsRow>((id,))
        .delete_partition::<UserGuildSettingsRow>((id,))
        .delete_partition::<RelationshipRow>((id,))
        .delete_partition::<NoteRow>((id,))
        .delete_partition::<ReadStateRow>((id,))
        .delete_partition::<PushSubscriptionRow>((id,))
        .delete_partition::<PinnedDmRow>((id,))
        .delete_partition::<SavedMessageRow>((id,))
        .delete_partition::<RecentMentionRow>((id,))
        .delete_partition::<ScheduledMessageRow>((id,))
        .delete::<inactivity::InactivityWarningRow>((id,))
        .delete_partition::<auth_rows::BackupCodeRow>((id,))
        .delete_partition::<auth_rows::PasskeyRow>((id,))
        .delete_partition::<auth_rows::AuthorizedIpRow>((id,))
        .delete_partition::<auth_rows::ContactChangeRow>((id,))
        .delete_partition::<AccessTokenByUserRow>((id,))
        .delete_partition::<RefreshTokenByUserRow>((id,));
    for row in app.store.range::<RelationshipRow>((id,)).all().await? {
        batch = batch.delete::<RelationshipRow>((row.target_user_id, id));
    }
    for passkey in webauthn::passkeys(app, id).await? {
        batch = batch.delete::<auth_rows::PasskeyOwnerRow>((passkey.credential_id,));
    }
    for row in app.store.range::<AccessTokenByUserRow>((id,)).all().await? {
        batch = batch.delete::<AccessTokenRow>((row.token_hash,));
    }
    for row in app.store.range::<RefreshTokenByUserRow>((id,)).all().await? {
        batch = batch.delete::<RefreshTokenRow>((row.token_hash,));
    }
    favorite_memes::forget(app, id, &mut batch).await?;
    app.store.commit(batch).await?;
    harvests::forget(app, id).await?;
    sessions::revoke_all(app, id).await
}
