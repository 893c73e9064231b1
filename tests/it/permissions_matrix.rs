//! Every requirement of `permissions.md` §8 that this build serves: refused without the bit, allowed
//! with it, free for the owner and for administrators, and closed to those outside.

use tests::guild::send;
use tests::{Account, Call, Guild, Value, json, perms, s};

const FOX: &str = "%F0%9F%A6%8A";

/// What a row needs to make its call.
struct Scene {
    guild: Guild,
    actor: Account,
    victim: Account,
    role: String,
    channel: String,
    message: String,
}

type Row = (&'static str, u64, fn(&Scene, &Account) -> Call);

/// Name, the bit that opens it, the call. Each call can be repeated.
const ROWS: &[Row] = &[
    ("update guild", perms::MANAGE_GUILD, |s, who| who.patch(s.guild.path(""), json!({"afk_timeout": 120}))),
    ("read vanity", perms::MANAGE_GUILD, |s, who| who.get(s.guild.path("/vanity-url"))),
    ("toggle names", perms::MANAGE_GUILD, |s, who| {
        who.patch(s.guild.path("/text-channel-flexible-names"), json!({"enabled": true}))
    }),
    ("guild invites", perms::MANAGE_GUILD, |s, who| who.get(s.guild.path("/invites"))),
    ("create channel", perms::MANAGE_CHANNELS, |s, who| {
        who.post(s.guild.path("/channels"), json!({"type": 0, "name": "n"}))
    }),
    ("reorder channels", perms::MANAGE_CHANNELS, |s, who| {
        who.patch(s.guild.path("/channels"), json!([{"id": s.channel, "position": 0}]))
    }),
    ("update channel", perms::MANAGE_CHANNELS, |s, who| {
        who.patch(format!("/channels/{}", s.channel), json!({"topic": "t"}))
    }),
    ("channel invites", perms::MANAGE_CHANNELS, |s, who| who.get(format!("/channels/{}/invites", s.channel))),
    ("set overwrite", perms::MANAGE_ROLES, |s, who| {
        who.put(format!("/channels/{}/permissions/{}", s.channel, s.victim.id), json!({"type": 1}))
    }),
    ("delete overwrite", perms::MANAGE_ROLES, |s, who| {
        who.delete(format!("/channels/{}/permissions/{}", s.channel, s.victim.id))
    }),
    ("list roles", perms::MANAGE_ROLES, |s, who| who.get(s.guild.path("/roles"))),
    ("create role", perms::MANAGE_ROLES, |s, who| {
        who.post(s.guild.path("/roles"), json!({"name": "n", "permissions": "0"}))
    }),
    ("update role", perms::MANAGE_ROLES, |s, who| {
        who.patch(s.guild.path(&format!("/roles/{}", s.role)), json!({"color": 1}))
    }),
    ("give role", perms::MANAGE_ROLES, |s, who| {
        who.put(s.guild.path(&format!("/members/{}/roles/{}", s.victim.id, s.role)), json!({}))
    }),
    ("take role", perms::MANAGE_ROLES, |s, who| {
        who.delete(s.guild.path(&format!("/members/{}/roles/{}", s.victim.id, s.role)))
    }),
    ("reset hoist", perms::MANAGE_ROLES, |s, who| who.delete(s.guild.path("/roles/hoist-positions"))),
    ("others' nick", perms::MANAGE_NICKNAMES, |s, who| {
        who.patch(s.guild.path(&format!("/members/{}", s.victim.id)), json!({"nick": "n"}))
    }),
    ("own nick", perms::CHANGE_NICKNAME, |s, who| {
        who.patch(s.guild.path("/members/@me"), json!({"nick": "n"}))
    }),
    ("timeout", perms::MODERATE_MEMBERS, |s, who| {
        who.patch(
            s.guild.path(&format!("/members/{}", s.victim.id)),
            json!({"communication_disabled_until": null}),
        )
    }),
    ("server mute", perms::MUTE_MEMBERS, |s, who| {
        who.patch(s.guild.path(&format!("/members/{}", s.victim.id)), json!({"mute": false}))
    }),
    ("server deafen", perms::MUTE_MEMBERS, |s, who| {
        who.patch(s.guild.path(&format!("/members/{}", s.victim.id)), json!({"deaf": false}))
    }),
    ("list bans", perms::BAN_MEMBERS, |s, who| who.get(s.guild.path("/bans"))),
    ("ban", perms::BAN_MEMBERS, |s, who| {
        who.put(s.guild.path(&format!("/bans/{}", tests::UNKNOWN)), json!({}))
    }),
    ("create invite", perms::CREATE_INSTANT_INVITE, |s, who| {
        who.post(format!("/channels/{}/invites", s.channel), json!({}))
    }),
    ("send", perms::SEND_MESSAGES, |s, who| {
        who.post(format!("/channels/{}/messages", s.channel), json!({"content": "x"}))
    }),
    ("typing", perms::SEND_MESSAGES, |s, who| who.post(format!("/channels/{}/typing", s.channel), json!({}))),
    ("bulk delete", perms::MANAGE_MESSAGES, |s, who| {
        who.post(
            format!("/channels/{}/messages/bulk-delete", s.channel),
            json!({"message_ids": [tests::UNKNOWN]}),
        )
    }),
    ("pin", perms::PIN_MESSAGES, |s, who| {
        who.put(format!("/channels/{}/pins/{}", s.channel, s.message), json!({}))
    }),
    ("unpin", perms::PIN_MESSAGES, |s, who| {
        who.delete(format!("/channels/{}/pins/{}", s.channel, s.message))
    }),
    ("clear reactions", perms::MANAGE_MESSAGES, |s, who| {
        who.delete(format!("/channels/{}/messages/{}/reactions", s.channel, s.message))
    }),
    ("others' reaction", perms::MANAGE_MESSAGES, |s, who| {
        who.delete(format!("/channels/{}/messages/{}/reactions/{FOX}/{}", s.channel, s.message, s.victim.id))
    }),
    ("add reaction", perms::ADD_REACTIONS, |s, who| {
        who.put(format!("/channels/{}/messages/{}/reactions/{FOX}/@me", s.channel, s.message), json!({}))
    }),
];

/// A member with a role of their own above the victim's; `@everyone` may only look.
async fn scene() -> Scene {
    let (guild, [actor, victim]) = Guild::with_members::<2>().await;
    guild.everyone(perms::VIEW_CHANNEL | perms::READ_MESSAGE_HISTORY).await;
    let channel = guild.text().await;
    let message = s(&send(&guild.owner, &channel, "x").await, "id");
    let role = guild.role(0).await;
    Scene { guild, actor, victim, role, channel, message }
}

#[tokio::test]
async fn each_bit_opens_its_operations_and_nothing_else() {
    let scene = scene().await;
    let (guild, actor) = (&scene.guild, &scene.actor);
    let rank = guild.role(0).await;
    guild.order(&[&rank, &scene.role]).await;
    guild.give(&actor.id, &rank).await;
    let all_but = |bit: u64| perms::NAMED.iter().map(|(_, b)| b).sum::<u64>() & !bit & !perms::ADMINISTRATOR;
    for (name, bit, call) in ROWS {
        set(guild, &rank, all_but(*bit)).await;
        let refusal = call(&scene, actor).await;
        assert_eq!(
            (refusal.status, &refusal.body["code"]),
            (403, &json!("MISSING_PERMISSIONS")),
            "{name}: {}",
            refusal.text
        );
        set(guild, &rank, *bit).await;
        let answer = call(&scene, actor).await;
        assert!(matches!(answer.status, 200 | 204), "{name} with its bit: {}", answer.text);
    }
    set(guild, &rank, perms::ADMINISTRATOR).await;
    for (name, _, call) in ROWS {
        for who in [actor, &guild.owner] {
            let answer = call(&scene, who).await;
            assert!(
                matches!(answer.status, 200 | 204),
                "{name} for owner and administrator: {}",
                answer.text
            );
        }
    }
}

async fn set(guild: &Guild, role: &str, permissions: u64) {
    let body = json!({"permissions": permissions.to_string()});
    guild.owner.patch(guild.path(&format!("/roles/{role}")), body).await.ok();
}

#[tokio::test]
async fn outsiders_and_the_blind_are_refused_everywhere() {
    let scene = scene().await;
    let stranger = Account::new().await;
    let blind = scene.guild.hidden_text(None).await;
    let hidden = Scene { channel: blind, ..scene };
    for (name, _, call) in ROWS {
        let answer = call(&hidden, &stranger).await;
        assert!(
            matches!(answer.status, 403 | 404),
            "{name} for a stranger: {} {}",
            answer.status,
            answer.text
        );
        assert!(answer.body["code"].is_string());
        let anonymous = tests::Client { auth: None, ..stranger.client.clone() };
        let nobody = Account { client: anonymous, ..stranger.clone() };
        call(&hidden, &nobody).await.err(401, "UNAUTHORIZED");
    }
    // not even a bit helps where the channel is hidden
    let all: u64 = perms::NAMED.iter().map(|(_, b)| b).sum::<u64>() & !perms::ADMINISTRATOR;
    let rank = hidden.guild.role(all).await;
    hidden.guild.give(&hidden.actor.id, &rank).await;
    let c = format!("/channels/{}", hidden.channel);
    for call in [
        hidden.actor.get(&c),
        hidden.actor.patch(&c, json!({"topic": "x"})),
        hidden.actor.delete(&c),
        hidden.actor.get(format!("{c}/messages")),
        hidden.actor.post(format!("{c}/messages"), json!({"content": "x"})),
        hidden.actor.post(format!("{c}/invites"), json!({})),
        hidden.actor.get(format!("{c}/messages/pins")),
        hidden.actor.post(format!("{c}/typing"), json!({})),
        hidden.actor.patch(hidden.guild.path("/channels"), json!([{"id": hidden.channel, "position": 0}])),
    ] {
        call.await.err(403, "MISSING_PERMISSIONS");
    }
    let listed = tests::ids(&hidden.actor.get(hidden.guild.path("/channels")).await.ok());
    assert!(!listed.contains(&hidden.channel));
}

#[tokio::test]
async fn losing_sight_does_not_strip_guild_bits() {
    // no implicit denies: a member who cannot see a channel keeps what is asked in guild scope
    let scene = scene().await;
    let rank = scene.guild.role(perms::MANAGE_ROLES).await;
    scene.guild.give(&scene.actor.id, &rank).await;
    scene.guild.everyone(0).await;
    let roles: Value = scene.actor.get(scene.guild.path("/roles")).await.ok();
    assert_eq!(roles.as_array().unwrap().len(), 3);
    scene.actor.get(format!("/channels/{}", scene.channel)).await.err(403, "MISSING_PERMISSIONS");
}
