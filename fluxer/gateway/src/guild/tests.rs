//! The model driven without workers, sockets or a store: events in, dispatches out.

use std::{collections::BTreeSet, sync::Arc};

use fluxer_domain::{
    events::{Event as DomainEvent, EventName},
    gateway::GuildData,
};
use fluxer_wire::{Id, Permissions, channel::Overwrite, guild::Member, user::UserPartial};
use serde_json::{Value, json};

use super::{Counts, model::Guild};
use crate::{
    connection::Link,
    core::{
        event::Event,
        passive::DIGEST_MS,
        presence::{Presence, Status},
        session::Outgoing,
    },
    hub::UserShared,
    session::{New, Session},
};

const GUILD: u64 = 1;
const CHANNEL: u64 = 50;

fn partial(id: u64) -> UserPartial {
    serde_json::from_value(json!({
        "id": id.to_string(), "username": format!("u{id}"), "discriminator": "0001", "global_name": null,
        "avatar": null, "avatar_color": null, "flags": 0,
    }))
    .unwrap()
}

fn member(id: u64) -> Member {
    serde_json::from_value(json!({
        "user": partial(id), "nick": null, "avatar": null, "banner": null, "accent_color": null, "roles": [],
        "joined_at": "2026-01-01T00:00:00Z", "mute": false, "deaf": false, "communication_disabled_until": null,
    }))
    .unwrap()
}

fn properties(features: &[&str]) -> Value {
    json!({
        "id": GUILD.to_string(), "name": "g", "splash_card_alignment": 0, "owner_id": "100",
        "system_channel_flags": 0, "afk_timeout": 0, "features": features, "verification_level": 0, "mfa_level": 0,
        "nsfw_level": 0, "explicit_content_filter": 0, "default_message_notifications": 0, "disabled_operations": 0,
    })
}

fn channel(id: u64, overwrites: &[Overwrite]) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": "c", "permission_overwrites": overwrites})
}

/// A guild owned by 100 with so many members, numbered from 100.
fn guild(members: u64) -> Guild {
    let role = json!({
        "id": GUILD.to_string(), "name": "@everyone", "color": 0, "position": 0, "hoist_position": null,
        "permissions": Permissions::DEFAULT, "hoist": false, "mentionable": false, "unicode_emoji": null,
    });
    let data = GuildData {
        guild: serde_json::from_value(properties(&[])).unwrap(),
        roles: vec![serde_json::from_value(role).unwrap()],
        channels: vec![serde_json::from_value(channel(CHANNEL, &[])).unwrap()],
        emojis: Vec::new(),
        stickers: Vec::new(),
        members: (100..100 + members).map(member).collect(),
    };
    Guild::new(0, data, Arc::new(Counts::default()))
}

struct Seat {
    session: Arc<Session>,
    link: Arc<Link>,
}

fn sit(guild: &mut Guild, user: u64, active: bool) -> Seat {
    let link = Arc::new(Link::default());
    let session = Session::new(
        0,
        New {
            id: [user as u8; 16],
            user,
            bot: false,
            staff: false,
            token_hash: [0; 32],
            auth_hash: None,
            shared: UserShared::new(partial(user)),
            ignored_events: BTreeSet::new(),
            debounce_reactions: false,
            presence: Presence { status: Status::Online, mobile: false, afk: false },
            link: link.clone(),
        },
    );
    session.with(|core| core.start(0, Event::new("READY", &json!({})), Vec::new()));
    guild.add_slot(0, session.clone(), active);
    let seat = Seat { session, link };
    assert_eq!(seat.received().len(), 1);
    seat
}

impl Seat {
    fn received(&self) -> Vec<(String, Value)> {
        let mut all = Vec::new();
        self.session.take(&self.link, usize::MAX, |outgoing| {
            if let Outgoing::Dispatch(_, event) = outgoing {
                all.push((event.name.to_string(), serde_json::from_slice(event.payload()).unwrap()));
            }
            0
        });
        all
    }
    fn names(&self) -> Vec<String> {
        self.received().into_iter().map(|(name, _)| name).collect()
    }
}

fn message(channel: u64, id: u64) -> DomainEvent {
    DomainEvent::new(
        EventName::MessageCreate,
        &json!({"id": id.to_string(), "channel_id": channel.to_string()}),
    )
    .channel(Id::new(channel))
    .message(Id::new(id))
}

#[test]
fn a_digest_says_what_passive_sessions_missed_once() {
    let mut guild = guild(251);
    let (open, shut) = (sit(&mut guild, 100, true), sit(&mut guild, 101, false));
    guild.event(1, &message(CHANNEL, 900));
    guild.event(1, &DomainEvent::new(EventName::ChannelCreate, &channel(51, &[])).channel(Id::new(51)));
    guild.event(1, &message(51, 901));
    assert_eq!(open.names(), ["MESSAGE_CREATE", "CHANNEL_CREATE", "MESSAGE_CREATE"]);
    assert!(shut.names().is_empty());
    guild.tick(2 * DIGEST_MS);
    let got = shut.received();
    assert_eq!((got.len(), got[0].0.as_str()), (1, "PASSIVE_UPDATES"));
    assert_eq!(got[0].1["channels"], json!({"50": "900", "51": "901"}));
    assert_eq!(got[0].1["created_channels"][0]["id"], "51");
    guild.event(3, &DomainEvent::new(EventName::ChannelDelete, &channel(51, &[])).channel(Id::new(51)));
    guild.tick(4 * DIGEST_MS);
    assert_eq!(shut.received()[0].1["deleted_channel_ids"], json!(["51"]));
    guild.tick(6 * DIGEST_MS);
    assert!(shut.names().is_empty());
    assert_eq!(open.names(), ["CHANNEL_DELETE"]);
}

#[test]
fn an_unavailable_guild_goes_silent_and_comes_back_whole() {
    let mut guild = guild(3);
    let seat = sit(&mut guild, 101, false);
    let update = |features: &[&str]| DomainEvent::new(EventName::GuildUpdate, &properties(features));
    guild.event(1, &update(&["UNAVAILABLE_FOR_EVERYONE"]));
    let got = seat.received();
    assert_eq!(got.last().unwrap(), &("GUILD_DELETE".into(), json!({"id": "1", "unavailable": true})));
    guild.event(2, &message(CHANNEL, 900));
    assert!(seat.names().is_empty());
    guild.event(3, &update(&[]));
    let got = seat.received();
    let state = &got.iter().find(|(name, _)| name == "GUILD_CREATE").unwrap().1;
    assert_eq!(state["channels"][0]["last_message_id"], "900");
    guild.event(4, &message(CHANNEL, 901));
    assert_eq!(seat.names(), ["MESSAGE_CREATE"]);
}

#[test]
fn bulk_channel_updates_show_each_session_its_own() {
    let mut guild = guild(3);
    let (owner, other) = (sit(&mut guild, 100, false), sit(&mut guild, 101, false));
    let hidden = json!([{"id": "1", "type": 0, "allow": "0", "deny": Permissions::VIEW_CHANNEL}]);
    let hidden: Vec<Overwrite> = serde_json::from_value(hidden).unwrap();
    guild.event(1, &DomainEvent::new(EventName::ChannelCreate, &channel(51, &hidden)).channel(Id::new(51)));
    assert_eq!((owner.names().len(), other.names().len()), (1, 0));
    let body = json!({"channels": [channel(CHANNEL, &[]), channel(51, &hidden)]});
    guild.event(2, &DomainEvent::new(EventName::ChannelUpdateBulk, &body));
    let channels = |seat: &Seat| seat.received()[0].1["channels"].as_array().unwrap().len();
    assert_eq!((channels(&owner), channels(&other)), (2, 1));
    guild.event(
        3,
        &DomainEvent::new(EventName::ChannelUpdateBulk, &json!({"channels": [channel(51, &hidden)]})),
    );
    assert_eq!((owner.names().len(), other.names().len()), (1, 0));
}

#[test]
fn who_leaves_hears_only_that_and_who_is_banned_hears_why() {
    let mut guild = guild(4);
    let (left, banned) = (sit(&mut guild, 101, false), sit(&mut guild, 102, false));
    let gone = |name, user: u64| DomainEvent::new(name, &json!({"user": {"id": user.to_string()}}));
    guild.event(1, &gone(EventName::GuildMemberRemove, 101));
    assert_eq!(left.received(), [("GUILD_DELETE".into(), json!({"id": "1"}))]);
    assert_eq!(banned.names(), ["GUILD_MEMBER_REMOVE"]);
    guild.event(2, &gone(EventName::GuildBanAdd, 102));
    guild.event(3, &gone(EventName::GuildMemberRemove, 102));
    assert_eq!(banned.names(), ["GUILD_BAN_ADD", "GUILD_MEMBER_REMOVE", "GUILD_DELETE"]);
    assert!(left.names().is_empty());
    assert_eq!(guild.members.len(), 2);
}

#[test]
fn invites_concern_those_who_manage_the_channel() {
    let mut guild = guild(3);
    let (owner, other) = (sit(&mut guild, 100, false), sit(&mut guild, 101, false));
    let event = DomainEvent::new(EventName::InviteCreate, &json!({"code": "x", "channel": {"id": "50"}}));
    guild.event(1, &event.channel(Id::new(CHANNEL)));
    assert_eq!((owner.names().len(), other.names().len()), (1, 0));
}
