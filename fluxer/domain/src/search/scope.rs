//! Where is searched: the channels of each scope that the caller may read.

use std::collections::BTreeSet;

use fluxer_wire::{
    ChannelId, GuildId, Permissions, UserId,
    channel::ChannelType,
    code, invalid,
    search::{GlobalSearchMessagesRequest as Form, MessageSearchScope as Where},
};

use crate::{
    Actor, App, Error, Result,
    access::History,
    fail,
    guilds::GuildSnapshot,
    rows::{ChannelRow, DmByUserRow, MembershipRow, PrivateChannelRow},
    users::is_adult,
};

const AGE_RESTRICTED: i32 = 3;

/// Where to search.
pub struct Scope {
    /// Whose messages may be shown.
    pub channels: Vec<ChannelId>,
    /// Which must be indexed: those, or in scopes of several guilds all that were accessible
    /// before the caller picked some.
    pub wanted: Vec<ChannelId>,
    /// How far back.
    pub history: History,
}

impl Scope {
    fn of(channels: Vec<ChannelId>) -> Self {
        Self { wanted: channels.clone(), channels, history: History::All }
    }
}

pub async fn resolve(app: &App, actor: &Actor, form: &Form) -> Result<Scope> {
    let place = form.scope.unwrap_or(Where::Current);
    match (place, form.context_guild_id, form.context_channel_id) {
        (Where::Current, Some(guild), _) => in_guild(app, actor, form, guild).await,
        (Where::Current, None, Some(channel)) => in_channel(app, actor, form, channel).await,
        (Where::Current, None, None) => {
            Err(Error::field("context", invalid::CONTEXT_CHANNEL_OR_GUILD_ID_REQUIRED))
        }
        _ => in_many(app, actor, form, place).await,
    }
}

fn picked(form: &Form) -> Option<&[ChannelId]> {
    form.channel_ids.as_deref().filter(|ids| !ids.is_empty())
}

fn wants_nsfw(app: &App, actor: &Actor, form: &Form) -> bool {
    form.include_nsfw == Some(true) && is_adult(&actor.user, app.clock.now())
}

/// Whether the caller may read the whole of the channel.
fn may_read(
    guild: &GuildSnapshot,
    user: UserId,
    member: Option<&crate::rows::MemberRow>,
    row: &ChannelRow,
) -> bool {
    let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
    guild.channel_permissions(user, member, row).contains(needed)
}

async fn in_guild(app: &App, actor: &Actor, form: &Form, id: GuildId) -> Result<Scope> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    let guild = &access.guild;
    if guild.row.nsfw_level == AGE_RESTRICTED {
        if !is_adult(&actor.user, app.clock.now()) {
            return fail(code::NSFW_CONTENT_AGE_RESTRICTED);
        }
        if form.include_nsfw != Some(true) {
            return Ok(Scope::of(Vec::new()));
        }
    }
    let explicit = picked(form);
    let ids: BTreeSet<ChannelId> = match explicit {
        Some(ids) => ids.iter().copied().collect(),
        None => guild.channels.keys().copied().collect(),
    };
    let mut rows = Vec::new();
    for id in ids {
        match guild.channels.get(&id) {
            Some(row) => rows.push(row),
            None => return Err(Error::field("channel_ids", invalid::ALL_CHANNELS_MUST_BELONG_TO_GUILD)),
        }
    }
    let nsfw = wants_nsfw(app, actor, form);
    let mut channels = Vec::new();
    for row in rows.into_iter().filter(|row| nsfw || !row.nsfw) {
        if !may_read(guild, actor.id(), access.member.as_deref(), row) {
            if explicit.is_some() {
                return fail(code::MISSING_PERMISSIONS);
            }
        } else if row.channel_type().is_text_based() {
            channels.push(row.channel_id);
        }
    }
    Ok(Scope::of(channels))
}

async fn in_channel(app: &App, actor: &Actor, form: &Form, id: ChannelId) -> Result<Scope> {
    let access = app.channel_access(actor, id).await?;
    if picked(form).is_some_and(|ids| ids.iter().any(|other| *other != id)) {
        return fail(code::MISSING_PERMISSIONS);
    }
    let history = access.history_cutoff();
    let readable = access.kind().is_text_based() && history != History::None;
    let channels = if readable { vec![id] } else { Vec::new() };
    Ok(Scope { history, ..Scope::of(channels) })
}

async fn in_many(app: &App, actor: &Actor, form: &Form, place: Where) -> Result<Scope> {
    let mut all = BTreeSet::new();
    if matches!(place, Where::AllGuilds | Where::All | Where::OpenDmsAndAllGuilds) {
        of_guilds(app, actor, wants_nsfw(app, actor, form), &mut all).await?;
    }
    if place != Where::AllGuilds {
        let closed_too = matches!(place, Where::AllDms | Where::All);
        of_people(app, actor, closed_too, form.context_channel_id, &mut all).await?;
    }
    let channels = match picked(form) {
        None => all.iter().copied().collect(),
        Some(ids) if ids.iter().all(|id| all.contains(id)) => {
            ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
        }
        Some(_) => return fail(code::MISSING_PERMISSIONS),
    };
    Ok(Scope { channels, wanted: all.into_iter().collect(), history: History::All })
}

async fn of_guilds(app: &App, actor: &Actor, nsfw: bool, all: &mut BTreeSet<ChannelId>) -> Result<()> {
    for entry in app.store.range::<MembershipRow>((actor.id(),)).all().await? {
        let Some(guild) = app.find_guild(entry.guild_id).await? else { continue };
        let Some(member) = app.find_member(entry.guild_id, actor.id()).await? else { continue };
        if !nsfw && guild.row.nsfw_level == AGE_RESTRICTED {
            continue;
        }
        let readable = guild.channels.values().filter(|row| {
            row.channel_type().is_text_based()
                && (nsfw || !row.nsfw)
                && may_read(&guild, actor.id(), Some(&member), row)
        });
        all.extend(readable.map(|row| row.channel_id));
    }
    Ok(())
}

/// Private channels the caller is in. What the lists say is held against the channels.
async fn of_people(
    app: &App,
    actor: &Actor,
    closed_too: bool,
    context: Option<ChannelId>,
    all: &mut BTreeSet<ChannelId>,
) -> Result<()> {
    let open = app.store.range::<PrivateChannelRow>((actor.id(),)).all().await?;
    let mut ids: BTreeSet<ChannelId> = open.into_iter().map(|row| row.channel_id).collect();
    if closed_too {
        let closed = app.store.range::<DmByUserRow>((actor.id(),)).all().await?;
        ids.extend(closed.into_iter().map(|row| row.channel_id));
    }
    ids.extend(context);
    for id in ids {
        let Some(info) = app.find_channel(id).await? else { continue };
        let own = match info.row.channel_type() {
            ChannelType::PersonalNotes => id == actor.id().cast() && context == Some(id),
            ChannelType::Dm | ChannelType::GroupDm => info.row.recipient_ids.contains(&actor.id()),
            _ => false,
        };
        if own {
            all.insert(id);
        }
    }
    Ok(())
}
