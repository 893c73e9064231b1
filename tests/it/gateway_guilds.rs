//! Guild events, active and passive guilds (`gateway.md` §12, §16, §18).

use tests::guild::send;
use tests::{Account, Guild, json, near, s};

#[tokio::test]
async fn sync_is_answered_once_per_activation() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.subscribe(&guild.id, json!({"sync": true})).await;
    let state = gateway.expect("GUILD_SYNC", near("id", guild.id.clone())).await;
    assert!(state["properties"].is_object() && state["channels"].is_array());
    assert!(state["members"][0]["user"]["username"].is_string(), "full users");
    gateway.subscribe(&guild.id, json!({"sync": true})).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_SYNC", tests::any);
    gateway.subscribe(&guild.id, json!({"active": false})).await;
    gateway.activate(&guild.id).await;
    // a guild one is not in
    let other = Guild::new(&guild.owner).await;
    gateway.subscribe(&other.id, json!({"active": true})).await;
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_SYNC", tests::any);
}

#[tokio::test]
async fn an_unopened_small_guild_still_brings_messages() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    let message = s(&send(&guild.owner, &guild.general, "hello").await, "id");
    guild.owner.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    let path = format!("/channels/{}/messages/{message}", guild.general);
    guild.owner.patch(&path, json!({"content": "edited"})).await.ok();
    guild.owner.delete(&path).await.no_content();
    for event in ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"] {
        gateway.expect(event, near("id", message.clone())).await;
    }
    gateway.absent("TYPING_START", tests::any);
    // typing may be asked for, and refused
    gateway.subscribe(&guild.id, json!({"typing": true})).await;
    gateway.heartbeat(json!(null)).await;
    guild.owner.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    gateway.expect("TYPING_START", tests::any).await;
    gateway.subscribe(&guild.id, json!({"active": true, "typing": false})).await;
    gateway.expect("GUILD_SYNC", tests::any).await;
    guild.owner.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("TYPING_START", tests::any);
}

#[tokio::test]
async fn events_of_one_guild_keep_their_order() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let channel = guild.text().await;
    for n in 0..20 {
        send(&guild.owner, &channel, &format!("{n}")).await;
    }
    guild.fence(&mut [&mut gateway]).await;
    let texts: Vec<String> = gateway
        .events
        .iter()
        .filter(|e| e.t == "MESSAGE_CREATE" && e.d["channel_id"] == json!(channel))
        .map(|e| s(&e.d, "content"))
        .collect();
    assert_eq!(texts, (0..20).map(|n| n.to_string()).collect::<Vec<_>>());
    let created = gateway.events.iter().find(|e| e.t == "CHANNEL_CREATE").expect("the channel").s;
    let first = gateway.events.iter().find(|e| e.t == "MESSAGE_CREATE").expect("a message").s;
    assert!(created < first);
}

#[tokio::test]
async fn a_newcomer_gets_the_state_first() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let joiner = Account::new().await;
    let mut gateway = joiner.online().await;
    guild.join(&joiner).await;
    let state = gateway.expect_event("GUILD_CREATE", near("id", guild.id.clone())).await;
    guild.fence(&mut [&mut gateway]).await;
    for event in gateway.events.iter().filter(|e| e.d["guild_id"] == json!(guild.id)) {
        assert!(event.s > state.s, "{event:?}");
    }
}

#[tokio::test]
async fn every_session_of_a_person_hears_the_same() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let (mut one, mut two) = (member.online().await, member.log_in().await.online().await);
    let message = s(&send(&member, &guild.general, "own words").await, "id");
    for gateway in [&mut one, &mut two] {
        gateway.expect("MESSAGE_CREATE", near("id", message.clone())).await;
    }
}

#[tokio::test]
async fn reactions_may_be_debounced() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let message = s(&send(&guild.owner, &guild.general, "x").await, "id");
    let extra = json!({"flags": 2, "initial_guild_id": guild.id});
    let mut gateway = tests::Gateway::log_in_with(&member.base, &member.token, extra).await;
    let path = |emoji: &str| format!("/channels/{}/messages/{message}/reactions/{emoji}/@me", guild.general);
    for emoji in ["%F0%9F%A6%8A", "%F0%9F%A6%89"] {
        guild.owner.put(path(emoji), json!({})).await.no_content();
    }
    let many = gateway.expect("MESSAGE_REACTION_ADD_MANY", near("message_id", message.clone())).await;
    assert_eq!((many["reactions"].as_array().unwrap().len(), &many["guild_id"]), (2, &json!(guild.id)));
}
