//! Who may speak: verification levels, sessions, slowmode (`permissions.md` §6, messages §3.2).

use tests::guild::send;
use tests::{Account, Bot, Client, Guild, befriend, dm, json, perms, s};

#[tokio::test]
async fn verification_levels() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let post = format!("/channels/{}/messages", guild.general);
    let say = |who: &Client| who.post(&post, json!({"content": "x"}));
    let level = |n: u8| guild.owner.patch(guild.path(""), json!({"verification_level": n}));
    say(&member).await.ok();
    level(1).await.ok();
    say(&member).await.err(403, "EMAIL_VERIFICATION_REQUIRED");
    member.security(json!({"email_verified": true})).await;
    say(&member).await.ok();
    level(2).await.ok();
    say(&member).await.err(403, "ACCOUNT_TOO_NEW_FOR_GUILD");
    let bot = guild.bot(0).await;
    say(&bot).await.ok();
    say(&guild.owner).await.ok();
    let role = guild.role(0).await;
    guild.give(&member.id, &role).await;
    level(4).await.ok();
    say(&member).await.ok();
    let other = Account::new().await;
    guild.join(&other).await;
    say(&other).await.err(403, "EMAIL_VERIFICATION_REQUIRED");
}

#[tokio::test]
async fn a_session_must_have_been_started() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let fresh = Account::fresh().await;
    guild.join(&fresh).await;
    let post = format!("/channels/{}/messages", guild.general);
    fresh.post(&post, json!({"content": "x"})).await.field("content", "MUST_START_SESSION_BEFORE_SENDING");
    fresh.online().await.close().await;
    send(&fresh, &guild.general, "now").await;
    let app = owner.post("/oauth2/applications", json!({"name": "silent"})).await.ok();
    let client = owner.with_auth(format!("Bot {}", s(&app, "/bot/token")));
    let body = json!({"client_id": app["id"], "scope": "bot", "guild_id": guild.id});
    owner.post("/oauth2/authorize/consent", body).await.ok();
    client.post(&post, json!({"content": "x"})).await.field("content", "MUST_START_SESSION_BEFORE_SENDING");
}

#[tokio::test]
async fn slowmode() {
    let (guild, [member, moderator]) = Guild::with_members::<2>().await;
    guild.owner.patch(format!("/channels/{}", guild.general), json!({"rate_limit_per_user": 600})).await.ok();
    let post = format!("/channels/{}/messages", guild.general);
    send(&member, &guild.general, "first").await;
    let answer = member.post(&post, json!({"content": "second"})).await;
    assert!(answer.header("retry-after").is_some_and(|v| v.parse::<u64>().is_ok()), "{:?}", answer.headers);
    let body = answer.err(400, "SLOWMODE_RATE_LIMITED");
    assert!(body["retry_after"].as_u64().is_some_and(|n| (1..=600).contains(&n)), "{body}");
    let role = guild.role(perms::BYPASS_SLOWMODE).await;
    guild.give(&moderator.id, &role).await;
    let bot = guild.bot(0).await;
    for _ in 0..2 {
        send(&moderator, &guild.general, "mod").await;
        send(&bot, &guild.general, "bot").await;
        send(&guild.owner, &guild.general, "owner").await;
    }
    // the slot is used even by a message refused later
    let late = Account::new().await;
    guild.join(&late).await;
    late.post(&post, json!({"content": ""})).await.err(400, "CANNOT_SEND_EMPTY_MESSAGE");
    late.post(&post, json!({"content": "x"})).await.err(400, "SLOWMODE_RATE_LIMITED");
    // edits are not slowed
    let mine = tests::ids(&member.get(&post).await.ok());
    assert!(!mine.is_empty());
}

#[tokio::test]
async fn what_unclaimed_accounts_cannot_do() {
    let owner = Account::new().await;
    let guild = Guild::new(&owner).await;
    let unclaimed = Account::unclaimed().await;
    guild.join(&unclaimed).await;
    let message = s(&send(&owner, &guild.general, "x").await, "id");
    let react = format!("/channels/{}/messages/{message}/reactions/%F0%9F%A6%8A/@me", guild.general);
    unclaimed.put(react, json!({})).await.err(400, "UNCLAIMED_ACCOUNT_CANNOT_ADD_REACTIONS");
    unclaimed
        .post("/oauth2/applications", json!({"name": "app"}))
        .await
        .err(400, "UNCLAIMED_ACCOUNT_CANNOT_CREATE_APPLICATIONS");
    let channel = dm(&owner, &unclaimed.id).await;
    send(&owner, &channel, "hello").await;
    unclaimed
        .post(format!("/channels/{channel}/messages"), json!({"content": "x"}))
        .await
        .err(400, "UNCLAIMED_ACCOUNT_CANNOT_SEND_MESSAGES");
    unclaimed.patch("/users/@me/settings", json!({"theme": "dark"})).await.ok();
    unclaimed.put(format!("/users/@me/notes/{}", owner.id), json!({"note": "n"})).await.no_content();
}

#[tokio::test]
async fn a_bot_obeys_blocks_too() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot: Bot = guild.bot(0).await;
    let channel = dm(&member, &bot.id).await;
    send(&bot, &channel, "hello").await;
    member.put(format!("/users/@me/relationships/{}", bot.id), json!({"type": 2})).await.ok();
    bot.post(format!("/channels/{channel}/messages"), json!({"content": "x"}))
        .await
        .err(400, "CANNOT_SEND_MESSAGES_TO_USER");
    let friend = Account::new().await;
    befriend(&member, &friend).await;
    let ours = dm(&member, &friend.id).await;
    send(&member, &ours, "x").await;
}
