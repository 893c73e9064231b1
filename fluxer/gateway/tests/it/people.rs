use fluxer_domain::{
    Event, EventName,
    rows::{RelationshipRow, UserSettingsRow},
};
use fluxer_wire::{UserId, user::RelationshipType};
use serde_json::json;

use crate::world::{World, any};

async fn befriend(world: &World, one: UserId, other: UserId) {
    for (source_user_id, target_user_id) in [(one, other), (other, one)] {
        let kind = RelationshipType::Friend.number();
        let since = world.app.clock.now();
        let row = RelationshipRow { source_user_id, target_user_id, kind, nickname: None, since, version: 0 };
        world.app.store.put(&row).await.unwrap();
    }
}

#[tokio::test]
async fn friends_see_each_other_come_hide_and_go() {
    let world = World::new().await;
    let (ann_id, ann_token) = world.user("ann").await;
    let (ben_id, ben_token) = world.user("ben").await;
    let (_, eve_token) = world.user("eve").await;
    befriend(&world, ann_id, ben_id).await;
    let (mut ann, ready) = world.connect(&ann_token).await;
    assert_eq!(ready["presences"], json!([]));
    assert!(ready["relationships"][0].get("user").is_none());
    let (mut eve, _) = world.connect(&eve_token).await;
    let (mut ben, ready) = world.connect(&ben_token).await;
    assert_eq!(ready["presences"][0]["user"]["id"], json!(ann_id));
    let seen = ann.expect("PRESENCE_UPDATE", any).await;
    assert_eq!((&seen["user"]["id"], &seen["status"]), (&json!(ben_id), &json!("online")));
    assert!(seen.get("guild_id").is_none() && seen["user"]["discriminator"] == "0001");

    ben.send(json!({"op": 3, "d": {"status": "invisible"}})).await;
    let list = ben.expect("SESSIONS_REPLACE", any).await;
    assert_eq!((&list[0]["session_id"], &list[0]["status"]), (&json!("all"), &json!("invisible")));
    let seen = ann.expect("PRESENCE_UPDATE", any).await;
    assert_eq!((&seen["status"], &seen["custom_status"]), (&json!("offline"), &json!(null)));
    ben.send(json!({"op": 3, "d": {"status": "dnd"}})).await;
    assert_eq!(ann.expect("PRESENCE_UPDATE", any).await["status"], "dnd");

    let removed = Event::new(EventName::RelationshipRemove, &json!({"id": ben_id}));
    world.app.to_user(ann_id, removed).await;
    ann.expect("RELATIONSHIP_REMOVE", any).await;
    let gone = ann.expect("PRESENCE_UPDATE", any).await;
    assert_eq!((&gone["status"], &gone["user"]["username"]), (&json!("offline"), &json!("ben")));
    eve.beat().await;
    assert!(eve.held.is_empty(), "a stranger saw {:?}", eve.held);
}

#[tokio::test]
async fn two_sessions_of_a_user_are_one_presence() {
    let world = World::new().await;
    let (user, token) = world.user("ann").await;
    let (mut one, _) = world.connect(&token).await;
    let (mut two, ready) = world.connect(&token).await;
    assert_eq!(ready["sessions"].as_array().unwrap().len(), 3);
    two.send(json!({"op": 3, "d": {"status": "idle", "afk": true}})).await;
    let list = one.expect("SESSIONS_REPLACE", any).await;
    assert_eq!(list, two.expect("SESSIONS_REPLACE", any).await);
    assert_eq!((&list[0]["status"], &list[0]["afk"]), (&json!("online"), &json!(false)));
    one.beat().await;
    assert!(one.names().iter().all(|name| name != "PRESENCE_UPDATE"), "nobody sees themselves");
    let active = world.app.bus.request(fluxer_domain::events::ask::HasActive { user_id: user }).await;
    assert_eq!(active, Ok(true));

    // A push is for those who are not here, or away with all they have, none of it mobile.
    let (stranger, _) = world.user("eve").await;
    let asked = || fluxer_domain::events::ask::Unreached { user_ids: vec![user, stranger] };
    assert_eq!(world.app.bus.request(asked()).await, Ok(vec![stranger]));
    one.send(json!({"op": 3, "d": {"status": "idle", "afk": true}})).await;
    one.expect("SESSIONS_REPLACE", any).await;
    assert_eq!(world.app.bus.request(asked()).await, Ok(vec![user, stranger]));
    one.send(json!({"op": 3, "d": {"status": "online", "afk": false}})).await;
    one.expect("SESSIONS_REPLACE", any).await;
    assert_eq!(world.app.bus.request(asked()).await, Ok(vec![stranger]));
}

#[tokio::test]
async fn a_custom_status_change_is_republished() {
    let world = World::new().await;
    let (ann_id, ann_token) = world.user("ann").await;
    let (ben_id, ben_token) = world.user("ben").await;
    befriend(&world, ann_id, ben_id).await;
    let (mut ann, _) = world.connect(&ann_token).await;
    let (_ben, _) = world.connect(&ben_token).await;
    ann.expect("PRESENCE_UPDATE", any).await;
    let status = fluxer_wire::settings::CustomStatus {
        text: Some("busy".into()),
        emoji_id: None,
        emoji_name: None,
        emoji_animated: false,
        expires_at: None,
    };
    let set = |row: &mut UserSettingsRow| row.custom_status = Some(status.clone());
    world.app.store.update::<UserSettingsRow, _>((ben_id,), set).await.unwrap();
    let settings = fluxer_domain::users::settings::get(&world.app, ben_id).await.unwrap();
    world.app.to_user(ben_id, Event::new(EventName::UserSettingsUpdate, &settings)).await;
    assert_eq!(ann.expect("PRESENCE_UPDATE", any).await["custom_status"]["text"], "busy");
}
