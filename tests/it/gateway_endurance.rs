//! What takes long or many: zombies, unread backlogs, large guilds (`gateway.md` §4, §7, §12).

use tests::guild::send;
use tests::{Account, Guild, json, near, perms, s};

#[tokio::test]
async fn a_silent_client_is_asked_and_then_closed() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    gateway.alive = false;
    assert_eq!(gateway.expect_op(1).await, json!(null));
    assert_eq!(gateway.expect_close().await, (4009, "Heartbeat timeout".to_owned()));
}

#[tokio::test]
async fn a_session_that_never_acknowledges_is_ended() {
    let [account, other] = Account::several::<2>().await;
    let mut gateway = account.online().await;
    let path = format!("/users/@me/notes/{}", other.id);
    let mut tasks = Vec::new();
    for writer in 0..8 {
        let (client, path) = (account.client.clone(), path.clone());
        tasks.push(tokio::spawn(async move {
            for n in 0..515 {
                client.put(&path, json!({"note": format!("{writer} {n}")})).await.no_content();
            }
        }));
    }
    let (code, reason) = gateway.expect_close().await;
    assert_eq!(code, 4013, "{reason}");
    assert!(reason.starts_with("Acknowledgement backlog exceeded"), "{reason}");
    for task in tasks {
        task.await.expect("a writer");
    }
    gateway.resume_from(1).await;
    assert_eq!(gateway.expect_op(9).await, json!(false));
}

#[tokio::test]
async fn acknowledging_keeps_a_busy_session_alive() {
    let [account, other] = Account::several::<2>().await;
    let mut gateway = account.online().await;
    let path = format!("/users/@me/notes/{}", other.id);
    for n in 0..4200 {
        account.put(&path, json!({"note": format!("{n}")})).await.no_content();
        gateway.expect("USER_NOTE_UPDATE", tests::any).await;
        if n % 1000 == 999 {
            gateway.heartbeat(json!(gateway.seq)).await;
        }
    }
}

/// A guild of more than 250, its owner and one member.
async fn crowd() -> (Guild, Account) {
    let (guild, [member]) = Guild::with_members::<1>().await;
    guild.owner.patch(guild.path(""), json!({"system_channel_flags": 1})).await.ok();
    let code = guild.invite().await;
    for _ in 0..250 {
        Account::fresh().await.post(format!("/invites/{code}"), json!({})).await.ok();
    }
    (guild, member)
}

#[tokio::test]
async fn a_large_unopened_guild_brings_mentions_and_a_digest() {
    let (guild, member) = crowd().await;
    let role = guild.role(0).await;
    guild.give(&member.id, &role).await;
    guild.owner.patch(guild.path(&format!("/roles/{role}")), json!({"mentionable": true})).await.ok();
    let mut passive = member.online().await;
    let mut active = member.online().await;
    active.activate(&guild.id).await;
    let plain = s(&send(&guild.owner, &guild.general, "not for everybody").await, "id");
    let mut called = Vec::new();
    for text in [format!("<@{}>", member.id), format!("<@&{role}>"), "@everyone".to_owned()] {
        called.push(s(&send(&guild.owner, &guild.general, &text).await, "id"));
    }
    for id in [&plain].into_iter().chain(&called) {
        active.expect("MESSAGE_CREATE", near("id", id.clone())).await;
    }
    for id in &called {
        passive.expect("MESSAGE_CREATE", near("id", id.clone())).await;
    }
    let digest = passive.expect("PASSIVE_UPDATES", near("guild_id", guild.id.clone())).await;
    assert!(digest["channels"].as_object().is_some(), "{digest}");
    passive.absent("MESSAGE_CREATE", near("id", plain));
    // what concerns the member is told all the same
    guild.take(&member.id, &role).await;
    passive.expect("GUILD_MEMBER_UPDATE", |d| d["user"]["id"] == json!(member.id)).await;
    guild.overwrite(&guild.general, &member.id, 1, 0, perms::VIEW_CHANNEL).await;
    passive.expect("CHANNEL_DELETE", near("id", guild.general.clone())).await;
}
