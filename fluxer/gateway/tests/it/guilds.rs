use fluxer_domain::{Event, EventName, events::Mentions};
use fluxer_wire::{
    Permissions,
    channel::{Overwrite, OverwriteType},
};
use serde_json::json;

use crate::world::{World, any, role};

#[tokio::test]
async fn only_viewers_hear_a_channel_and_readers_its_past() {
    let world = World::new().await;
    let (owner, owner_token) = world.user("ann").await;
    let (other, other_token) = world.user("ben").await;
    let (guild, channel) = world.guild(owner, &[owner, other]).await;
    let deny = |permissions| {
        vec![Overwrite {
            id: guild.cast(),
            kind: OverwriteType::Role,
            allow: Permissions::NONE,
            deny: permissions,
        }]
    };
    let hidden = world.channel(guild, "hidden", deny(Permissions::VIEW_CHANNEL)).await;
    let past = world.channel(guild, "past", deny(Permissions::READ_MESSAGE_HISTORY)).await;
    let (mut ann, _) = world.connect(&owner_token).await;
    let (mut ben, ready) = world.connect(&other_token).await;
    let seen: Vec<_> =
        ready["guilds"][0]["channels"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
    assert!(seen.contains(&json!(channel)) && seen.contains(&json!(past)) && !seen.contains(&json!(hidden)));

    world.say(guild, hidden, owner, "secret").await;
    let old = world.say(guild, past, owner, "past").await;
    let edit = Event::new(EventName::MessageUpdate, &json!({"id": old, "channel_id": past}))
        .channel(past)
        .message(old);
    world.app.to_guild(guild, edit).await;
    world.say(guild, channel, owner, "open").await;
    let message = ben.expect("MESSAGE_CREATE", |d| d["content"] == "open").await;
    assert_eq!(message["guild_id"], json!(guild));
    assert!(message["member"]["roles"].is_array() && message["member"].get("user").is_none());
    assert_eq!(ben.held.iter().filter(|f| f["t"] == "MESSAGE_CREATE").count(), 1);
    assert!(ben.names().iter().all(|name| name != "MESSAGE_UPDATE"));
    ann.expect("MESSAGE_UPDATE", any).await;
    ann.expect("MESSAGE_CREATE", |d| d["content"] == "secret").await;
}

#[tokio::test]
async fn visibility_changes_precede_their_cause() {
    let world = World::new().await;
    let (owner, _) = world.user("ann").await;
    let (other, token) = world.user("ben").await;
    let (guild, channel) = world.guild(owner, &[owner, other]).await;
    let (mut ben, _) = world.connect(&token).await;
    let everyone = |permissions| role(guild, guild.cast(), permissions);
    world.set_role(guild, everyone(Permissions::NONE), EventName::GuildRoleUpdate).await;
    ben.expect("GUILD_ROLE_UPDATE", any).await;
    let lost = ben.held.last().unwrap().clone();
    assert_eq!(
        (&lost["t"], &lost["d"]["id"], &lost["d"]["type"]),
        (&json!("CHANNEL_DELETE"), &json!(channel), &json!(0))
    );
    ben.held.clear();
    world.say(guild, channel, owner, "unheard").await;
    world.set_role(guild, everyone(Permissions::DEFAULT), EventName::GuildRoleUpdate).await;
    ben.expect("GUILD_ROLE_UPDATE", any).await;
    assert_eq!(ben.names(), ["CHANNEL_CREATE"]);
    world.say(guild, channel, owner, "heard").await;
    assert_eq!(ben.expect("MESSAGE_CREATE", any).await["content"], "heard");
}

#[tokio::test]
async fn joining_and_leaving_open_and_close_the_guild() {
    let world = World::new().await;
    let (owner, owner_token) = world.user("ann").await;
    let (other, token) = world.user("ben").await;
    let (guild, channel) = world.guild(owner, &[owner]).await;
    let (mut ann, _) = world.connect(&owner_token).await;
    let (mut ben, ready) = world.connect(&token).await;
    assert_eq!(ready["guilds"], json!([]));
    world.join(guild, other).await;
    assert_eq!(ann.expect("GUILD_MEMBER_ADD", any).await["user"]["id"], json!(other));
    let state = ben.expect("GUILD_CREATE", any).await;
    assert_eq!(state["members"][0]["user"]["username"], "ben");
    assert_eq!(state["member_count"], 2);
    world.say(guild, channel, owner, "hi").await;
    ben.expect("MESSAGE_CREATE", any).await;
    let gone = Event::new(EventName::GuildMemberRemove, &json!({"user": {"id": other}}));
    world.app.control_user(other, fluxer_domain::events::Control::LeaveGuild { guild_id: guild }).await;
    world.app.to_guild(guild, gone).await;
    assert_eq!(ben.expect("GUILD_DELETE", any).await, json!({"id": guild}));
    ann.expect("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(other)).await;
    world.say(guild, channel, owner, "bye").await;
    ann.expect("MESSAGE_CREATE", |d| d["content"] == "bye").await;
    ben.beat().await;
    assert!(ben.held.is_empty(), "{:?}", ben.held);
}

#[tokio::test]
async fn large_guilds_are_quiet_until_opened() {
    let world = World::new().await;
    let (owner, owner_token) = world.user("ann").await;
    let mut members = vec![owner];
    for n in 0..251 {
        members.push(world.user(&format!("m{n}")).await.0);
    }
    let (quiet, quiet_token) = world.user("ben").await;
    members.push(quiet);
    let (guild, channel) = world.guild(owner, &members).await;
    let (mut ann, _) = world.connect_with(&owner_token, json!({"initial_guild_id": guild})).await;
    let (mut ben, _) = world.connect(&quiet_token).await;
    let typing = |user| {
        Event::new(EventName::TypingStart, &json!({"channel_id": channel, "user_id": user}))
            .channel(channel)
            .member(user)
    };
    world.app.to_guild(guild, typing(owner)).await;
    world.say(guild, channel, owner, "plain").await;
    let id = world.app.next_id();
    let body = json!({"id": id, "channel_id": channel, "content": "you", "author": {"id": owner}});
    let mentions = Mentions { users: vec![quiet], ..Mentions::default() };
    let event = Event::new(EventName::MessageCreate, &body).channel(channel).message(id).mentioning(mentions);
    world.app.to_guild(guild, event).await;
    assert_eq!(ben.expect("MESSAGE_CREATE", any).await["content"], "you");
    assert!(ben.held.is_empty(), "{:?}", ben.held);
    assert!(ann.expect("TYPING_START", any).await["member"]["user"]["id"] == json!(owner));
    ann.expect("MESSAGE_CREATE", |d| d["content"] == "plain").await;

    ben.send(json!({"op": 14, "d": {"subscriptions": {guild.to_string(): {"active": true, "sync": true}}}}))
        .await;
    let state = ben.expect("GUILD_SYNC", any).await;
    assert_eq!(state["channels"][0]["last_message_id"], json!(id.to_string()));
    ben.send(json!({"op": 14, "d": {"subscriptions": {guild.to_string(): {"active": true, "sync": true}}}}))
        .await;
    ben.beat().await;
    world.app.to_guild(guild, typing(owner)).await;
    ben.expect("TYPING_START", any).await;
    assert!(ben.held.is_empty(), "synced once only: {:?}", ben.held);
}

#[tokio::test]
async fn the_acting_session_does_not_get_its_own_reaction() {
    let world = World::new().await;
    let (user, token) = world.user("ann").await;
    let (guild, channel) = world.guild(user, &[user]).await;
    let (mut one, _) = world.connect(&token).await;
    let (mut two, _) = world.connect(&token).await;
    let id = world.say(guild, channel, user, "x").await;
    let body = json!({"channel_id": channel, "message_id": id, "user_id": user, "emoji": {"name": "x"}});
    let event = Event::new(EventName::MessageReactionAdd, &body).channel(channel).message(id).member(user);
    world.app.to_guild(guild, event.excluding(Some(one.session.clone()))).await;
    world.say(guild, channel, user, "fence").await;
    let got = two.expect("MESSAGE_REACTION_ADD", any).await;
    assert_eq!(got["member"]["user"]["id"], json!(user));
    one.expect("MESSAGE_CREATE", |d| d["content"] == "fence").await;
    assert!(one.names().iter().all(|name| name != "MESSAGE_REACTION_ADD"));
}

#[tokio::test]
async fn members_are_found_by_prefix_and_id_but_not_all_by_anyone() {
    let world = World::new().await;
    let (owner, _) = world.user("Ann").await;
    let (other, token) = world.user("ben").await;
    let (third, _) = world.user("Benno").await;
    let (guild, _) = world.guild(owner, &[owner, other, third]).await;
    let (mut ben, _) = world.connect(&token).await;
    let ask = |more: serde_json::Value| {
        let mut d = json!({"guild_id": guild});
        d.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"op": 8, "d": d})
    };
    ben.send(ask(json!({"query": "", "limit": 0}))).await;
    ben.send(ask(json!({"query": "BEN", "limit": 10, "presences": true, "nonce": "n"}))).await;
    let chunk = ben.expect("GUILD_MEMBERS_CHUNK", any).await;
    assert_eq!(chunk["nonce"], "n", "the first question was not answered");
    assert_eq!(chunk["members"].as_array().unwrap().len(), 2);
    assert_eq!((&chunk["chunk_index"], &chunk["chunk_count"]), (&json!(0), &json!(1)));
    assert_eq!(chunk["presences"][0]["user"]["id"], json!(other));
    ben.send(ask(json!({"user_ids": [owner, 5]}))).await;
    assert_eq!(ben.expect("GUILD_MEMBERS_CHUNK", any).await["members"].as_array().unwrap().len(), 1);
    ben.send(ask(json!({"query": "zzz", "nonce": "e"}))).await;
    assert_eq!(ben.expect("GUILD_MEMBERS_CHUNK", any).await["members"], json!([]));
}
