//! Applications and their secrets (`oauth2-and-bots.md` §1, §2, §4, §5).

use tests::guild::send;
use tests::{Account, Bot, Client, Guild, UNKNOWN, Value, json, near, s};

const APPS: &str = "/oauth2/applications";

#[tokio::test]
async fn creating() {
    let owner = Account::new().await;
    let app = owner
        .post(APPS, json!({"name": "My Bot-App 1.0!", "redirect_uris": ["https://example.com/cb"]}))
        .await
        .ok();
    let (id, token) = (s(&app, "id"), s(&app, "/bot/token"));
    assert_eq!(s(&app, "client_secret").len(), 43);
    assert_eq!(token.split_once('.').map(|(a, b)| (a.to_owned(), b.len())), Some((id.clone(), 43)));
    assert_eq!((&app["bot"]["id"], &app["bot"]["username"]), (&json!(id), &json!("My_Bot_App_1_0")));
    assert_eq!((&app["bot_public"], &app["bot_require_code_grant"]), (&json!(true), &json!(false)));
    assert_eq!(app["redirect_uris"], json!(["https://example.com/cb"]));
    let me = owner.with_auth(format!("Bot {token}")).get("/users/@me").await.ok();
    assert_eq!(
        (&me["id"], &me["bot"], &me["global_name"], &me["email"]),
        (&json!(id), &json!(true), &json!(null), &json!(null))
    );
    // secrets are shown once
    let read = owner.get(format!("{APPS}/{id}")).await.ok();
    assert!(
        read.get("client_secret").is_none_or(Value::is_null)
            && read["bot"].get("token").is_none_or(Value::is_null)
    );
    for path in ["/oauth2/applications/@me", "/users/@me/applications"] {
        let list = owner.get(path).await.ok();
        assert_eq!(tests::ids(&list), [id.clone()]);
        assert!(!list.to_string().contains(&token));
    }
    for (body, at) in [
        (json!({}), "name"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": "x", "redirect_uris": ["http://example.com"]}), "redirect_uris.0"),
        (json!({"name": "x", "redirect_uris": ["javascript:alert(1)"]}), "redirect_uris.0"),
        (json!({"name": "x", "redirect_uris": vec!["https://example.com"; 11]}), "redirect_uris"),
        (json!({"name": "x", "bot_public": "no"}), "bot_public"),
    ] {
        owner.post(APPS, body).await.plain(at);
    }
    for local in
        ["http://localhost:3000/cb", "http://127.0.0.1/cb", "http://app.localhost/", "http://[::1]:9/"]
    {
        owner.post(APPS, json!({"name": "x", "redirect_uris": [local]})).await.ok();
    }
    Client::anonymous().post(APPS, json!({"name": "x"})).await.err(401, "UNAUTHORIZED");
    owner.with_auth(format!("Bot {token}")).post(APPS, json!({"name": "x"})).await.err(403, "ACCESS_DENIED");
}

#[tokio::test]
async fn ownership() {
    let [owner, other] = Account::several::<2>().await;
    let bot = Bot::new(&owner).await;
    let path = format!("{APPS}/{}", bot.id);
    other.get(&path).await.err(403, "ACCESS_DENIED");
    other.patch(&path, json!({"name": "x"})).await.err(403, "ACCESS_DENIED");
    other.patch(format!("{path}/bot"), json!({"bio": "x"})).await.err(403, "ACCESS_DENIED");
    let missing = format!("{APPS}/{UNKNOWN}");
    other.get(&missing).await.err(404, "UNKNOWN_APPLICATION");
    other.patch(&missing, json!({"name": "x"})).await.err(404, "UNKNOWN_APPLICATION");
    // sudo before existence before ownership
    for rest in ["/bot/reset-token", "/client-secret/reset"] {
        other.post(format!("{missing}{rest}"), json!({})).await.err(403, "SUDO_MODE_REQUIRED");
        other
            .post(format!("{missing}{rest}"), json!({"password": other.password}))
            .await
            .err(404, "UNKNOWN_APPLICATION");
        other
            .post(format!("{path}{rest}"), json!({"password": other.password}))
            .await
            .err(403, "ACCESS_DENIED");
        Client::anonymous().post(format!("{APPS}/abc{rest}"), json!({})).await.err(401, "UNAUTHORIZED");
    }
    other.delete(&path).await.err(403, "SUDO_MODE_REQUIRED");
    let sudo = json!({"password": other.password});
    other.call("DELETE", &path).json(&sudo).await.err(403, "ACCESS_DENIED");
    other.call("DELETE", &missing).json(&sudo).await.err(404, "UNKNOWN_APPLICATION");
    let app =
        owner.patch(&path, json!({"name": "renamed", "redirect_uris": ["http://example.com"]})).await.ok();
    assert_eq!((&app["name"], &app["redirect_uris"]), (&json!("renamed"), &json!(["http://example.com"])));
    let app = owner.patch(&path, json!({"redirect_uris": null})).await.ok();
    assert_eq!(app["redirect_uris"], json!([]));
}

#[tokio::test]
async fn the_public_view() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    let app = Client::anonymous().get(format!("{APPS}/{}/public", bot.id)).await.ok();
    assert_eq!(
        (&app["id"], &app["scopes"], &app["bot_public"]),
        (&json!(bot.id), &json!(["bot"]), &json!(true))
    );
    assert!(!app.to_string().contains(&bot.token) && app.get("client_secret").is_none());
    Client::anonymous().get(format!("{APPS}/{UNKNOWN}/public")).await.err(404, "UNKNOWN_APPLICATION");
    assert_eq!(bot.get("/applications/@me").await.ok()["id"], json!(bot.id));
    for auth in
        [owner.token.clone(), format!("Bearer {}", bot.token), bot.token.clone(), "Bot nonsense".into()]
    {
        owner.with_auth(auth).get("/applications/@me").await.err(401, "INVALID_TOKEN");
    }
}

#[tokio::test]
async fn a_new_token_ends_the_old_one_at_once() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    let mut gateway = bot.online().await;
    bot.get("/users/@me").await.ok();
    let path = format!("{APPS}/{}/bot/reset-token", bot.id);
    let answer = owner.post(&path, json!({"password": owner.password})).await.ok();
    let token = s(&answer, "token");
    assert_ne!(token, bot.token);
    bot.get("/users/@me").await.err(401, "UNAUTHORIZED");
    owner.with_auth(format!("Bot {token}")).get("/users/@me").await.ok();
    gateway.expect_op(9).await;
    gateway.send(tests::gateway::identify(&bot.token, json!({}))).await;
    assert_eq!(gateway.expect_close().await.0, 4004);
    let answer = owner
        .post(format!("{APPS}/{}/client-secret/reset", bot.id), json!({"password": owner.password}))
        .await
        .ok();
    assert_ne!(answer["client_secret"], bot.application["client_secret"]);
    assert_eq!(s(&answer, "client_secret").len(), 43);
}

#[tokio::test]
async fn the_bots_profile() {
    let owner = Account::new().await;
    let bot = Bot::new(&owner).await;
    let path = format!("{APPS}/{}/bot", bot.id);
    let name = tests::unique::word();
    let profile =
        owner.patch(&path, json!({"username": name, "bio": "beep", "bot_flags": 16 | 1})).await.ok();
    assert_eq!(
        (&profile["id"], &profile["username"], &profile["bio"]),
        (&json!(bot.id), &json!(name), &json!("beep"))
    );
    let seen = owner.get(format!("/users/{}", bot.id)).await.ok();
    assert_eq!((&seen["username"], &seen["flags"]), (&json!(name), &json!(16)));
    let tag = s(&profile, "discriminator");
    let other = if tag == "0007" { "0008" } else { "0007" };
    owner
        .patch(&path, json!({"discriminator": other}))
        .await
        .field("discriminator", "BOT_DISCRIMINATOR_CANNOT_BE_CHANGED");
    owner.patch(&path, json!({"username": "a b"})).await.field("username", "USERNAME_INVALID_CHARACTERS");
}

#[tokio::test]
async fn deleting_an_application() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let bot = guild.bot(0).await;
    send(&bot, &guild.general, "remember me").await;
    let mut gateway = member.online().await;
    gateway.activate(&guild.id).await;
    let path = format!("{APPS}/{}", bot.id);
    let sudo = json!({"password": guild.owner.password});
    guild.owner.call("DELETE", &path).json(&sudo).await.no_content();
    gateway.expect("GUILD_MEMBER_REMOVE", |d| d["user"]["id"] == json!(bot.id)).await;
    guild.owner.call("DELETE", &path).json(&sudo).await.err(404, "UNKNOWN_APPLICATION");
    bot.get("/users/@me").await.err(401, "UNAUTHORIZED");
    let gone = member.get(format!("/users/{}", bot.id)).await.ok();
    assert_eq!((&gone["username"], &gone["discriminator"]), (&json!("DeletedUser"), &json!("0000")));
    member.get(guild.path(&format!("/members/{}", bot.id))).await.err(404, "UNKNOWN_MEMBER");
    let history = member.get(format!("/channels/{}/messages", guild.general)).await.ok();
    let message = history.as_array().unwrap().iter().find(|m| m["content"] == "remember me").expect("kept");
    assert_eq!(message["author"]["username"], "DeletedUser");
    assert_ne!(message["author"]["id"], json!(bot.id));
    guild.fence(&mut [&mut gateway]).await;
    gateway.absent("GUILD_DELETE", near("id", guild.id.clone()));
}
