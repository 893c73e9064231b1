//! The job behind a message that mentions somebody.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use fluxer_wire::{ChannelId, MessageId, Permissions, UserId};
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use super::RecentMentionRow;
use crate::{
    App, Result,
    channels::ChannelInfo,
    events::ask::OnlineMembers,
    guilds::GuildSnapshot,
    rows::{MemberRow, MessageRow, bucket_of},
};

const KIND: &str = "mentions.notify";
/// Members looked at, and people written, at a time.
const PAGE: usize = 500;

/// A new message that mentions somebody.
#[derive(Debug, Serialize, Deserialize)]
pub struct Notice {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    /// `@here` without `@everyone`: of all members only those online.
    pub here_only: bool,
}

impl Notice {
    pub fn job(&self) -> Job {
        Job::new(KIND, self)
    }
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 2, move |payload| {
        let app = app.clone();
        async move {
            let notice: Notice = payload.parse()?;
            notify(&app, notice).await.map_err(JobError::retry)
        }
    })
}

/// How somebody is mentioned.
#[derive(Debug, Clone, Copy, Default)]
struct How {
    directly: bool,
    by_role: bool,
}

async fn notify(app: &App, notice: Notice) -> Result<()> {
    let key = (notice.channel_id, bucket_of(notice.message_id), notice.message_id);
    let Some(message) = app.store.get::<MessageRow>(key).await? else { return Ok(()) };
    let Some(channel) = app.find_channel(notice.channel_id).await? else { return Ok(()) };
    let Some(guild) = channel.guild.clone() else { return Ok(()) };
    let online = if message.mention_everyone && notice.here_only { online(app, &guild).await } else { None };
    let everyone = |user: UserId| {
        message.mention_everyone && online.as_ref().is_none_or(|online| online.contains(&user))
    };
    let job = Notifying { app, message: &message, channel: &channel, guild: &guild };
    if !message.mention_everyone && message.mention_roles.is_empty() {
        let keys = message.mention_users.iter().map(|user| (guild.id(), *user)).collect();
        let members = app.store.get_many::<MemberRow>(keys).await?;
        let members: Vec<MemberRow> = members.into_iter().flatten().collect();
        return job.members(&members, everyone).await;
    }
    let mut after = UserId::new(0);
    loop {
        let page = app.store.range::<MemberRow>((guild.id(),)).after((after,)).limit(PAGE).fetch().await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.user_id;
        job.members(&page, everyone).await?;
    }
}

/// Who is online; nobody if that cannot be found out, for it is asked of other processes.
async fn online(app: &App, guild: &GuildSnapshot) -> Option<HashSet<UserId>> {
    let members = app.bus.request(OnlineMembers { guild_id: guild.id() }).await;
    Some(members.map(|members| members.into_iter().collect()).unwrap_or_default())
}

struct Notifying<'a> {
    app: &'a App,
    message: &'a MessageRow,
    channel: &'a ChannelInfo,
    guild: &'a GuildSnapshot,
}

impl Notifying<'_> {
    /// Tells those of the members who are mentioned and can see the channel.
    async fn members(&self, members: &[MemberRow], everyone: impl Fn(UserId) -> bool) -> Result<()> {
        let mentioned: BTreeMap<UserId, How> = members
            .iter()
            .filter(|member| member.user_id != self.message.author_id)
            .filter_map(|member| {
                let how = How {
                    directly: self.message.mention_users.contains(&member.user_id),
                    by_role: self.message.mention_roles.iter().any(|role| member.role_ids.contains(role)),
                };
                let is_meant = how.directly || how.by_role || everyone(member.user_id);
                (is_meant && self.can_see(member)).then_some((member.user_id, how))
            })
            .collect();
        let keys = mentioned.keys().map(|user| (*user, self.message.message_id)).collect();
        let known = self.app.store.get_many::<RecentMentionRow>(keys).await?;
        let fresh = mentioned.into_iter().zip(known).filter(|(_, known)| known.is_none());
        let writes = fresh.map(|((user, how), _)| self.write(user, how));
        futures_util::future::try_join_all(writes).await?;
        Ok(())
    }

    fn can_see(&self, member: &MemberRow) -> bool {
        let held = self.guild.channel_permissions(member.user_id, Some(member), &self.channel.row);
        held.contains(Permissions::VIEW_CHANNEL)
    }

    async fn write(&self, user: UserId, how: How) -> Result<()> {
        let (app, channel, id) = (self.app, self.message.channel_id, self.message.message_id);
        let entry = RecentMentionRow {
            user_id: user,
            message_id: id,
            channel_id: channel,
            guild_id: self.guild.id(),
            is_everyone: !how.directly && !how.by_role,
            is_role: how.by_role && !how.directly,
        };
        let mark = app.mark(user, channel).await?;
        let written = {
            let mut row = mark.lock();
            let mut batch = Batch::new().put(&entry);
            // Whoever has read past it already has no unread mention.
            if row.message_id.is_none_or(|read| read < id) {
                row.mention_count = row.mention_count.saturating_add(1);
                batch = batch.put(&*row);
            }
            app.store.commit(batch)
        };
        if let Err(error) = written.await {
            app.marks.forget(user, channel);
            return Err(error.into());
        }
        Ok(())
    }
}
