//! Reports to the moderators, with an account and without (`search-and-moderation.md` §3).

use tests::{Account, Client, Guild, UNKNOWN, Value, befriend, dm, guild::send, json, near, s, unique};

fn message(channel: &str, message: &str) -> Value {
    json!({"channel_id": channel, "message_id": message, "category": "spam"})
}

fn filed(report: &Value, since: &str) {
    assert_eq!(report["status"], "pending");
    assert!(s(report, "report_id").parse::<u64>().is_ok(), "{report}");
    assert!(s(report, "reported_at").as_str() >= since, "{report}");
}

#[tokio::test]
async fn messages_are_reported_with_what_is_around_them() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let channel = guild.text().await;
    for index in 0..3 {
        send(&guild.owner, &channel, &format!("before {index}")).await;
    }
    let bad = s(&send(&guild.owner, &channel, "bad").await, "id");
    let own = s(&send(&member, &channel, "mine").await, "id");
    let report = member
        .post(
            "/reports/message",
            json!({
                "channel_id": channel, "message_id": bad, "category": "harassment", "additional_info": "look",
            }),
        )
        .await
        .ok();
    filed(&report, "2026");
    member.post("/reports/message", message(&channel, &own)).await.err(400, "CANNOT_REPORT_OWN_MESSAGE");
    member.post("/reports/message", message(UNKNOWN, &bad)).await.err(404, "UNKNOWN_CHANNEL");
    member.post("/reports/message", message(&channel, UNKNOWN)).await.err(404, "UNKNOWN_MESSAGE");
    let odd = json!({"channel_id": channel, "message_id": bad, "category": "boredom"});
    member.post("/reports/message", odd).await.field("category", "INVALID_FORMAT");
    let long = "x".repeat(1001);
    let long = json!({"channel_id": channel, "message_id": bad, "category": "spam", "additional_info": long});
    member.post("/reports/message", long).await.err(400, "INVALID_FORM_BODY");
    // Whoever knows the ids may report; nobody has to be able to see it.
    let stranger = Account::new().await;
    filed(&stranger.post("/reports/message", message(&channel, &bad)).await.ok(), "2026");
}

#[tokio::test]
async fn people_and_guilds_are_reported() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let user = |id: &str| json!({"user_id": id, "category": "spam_account"});
    filed(&member.post("/reports/user", user(&guild.owner.id)).await.ok(), "2026");
    let in_guild = json!({"user_id": guild.owner.id, "category": "other", "guild_id": guild.id});
    filed(&member.post("/reports/user", in_guild).await.ok(), "2026");
    member.post("/reports/user", user(&member.id)).await.err(400, "CANNOT_REPORT_YOURSELF");
    member.post("/reports/user", user(UNKNOWN)).await.err(404, "UNKNOWN_USER");
    let about = |id: &str| json!({"guild_id": id, "category": "raid_coordination"});
    filed(&member.post("/reports/guild", about(&guild.id)).await.ok(), "2026");
    member.post("/reports/guild", about(UNKNOWN)).await.err(404, "UNKNOWN_GUILD");
    guild.owner.post("/reports/guild", about(&guild.id)).await.err(400, "CANNOT_REPORT_OWN_GUILD");
    let foreign = json!({"guild_id": guild.id, "category": "doxxing"});
    member.post("/reports/guild", foreign).await.field("category", "INVALID_FORMAT");
}

#[tokio::test]
async fn who_may_report_and_how_often() {
    let [reporter, other] = Account::several::<2>().await;
    let form = || json!({"user_id": other.id, "category": "other"});
    // Refused reports do not count.
    for _ in 0..6 {
        let own = json!({"user_id": reporter.id, "category": "other"});
        reporter.post("/reports/user", own).await.err(400, "CANNOT_REPORT_YOURSELF");
    }
    for _ in 0..5 {
        reporter.post("/reports/user", form()).await.ok();
    }
    let refused = reporter.post("/reports/user", form()).await.err(429, "RATE_LIMITED");
    let wait = refused["retry_after"].as_i64().expect("seconds");
    assert!((3500..=3600).contains(&wait), "{refused}");
    other.set_flags(&["REPORT_BANNED"]).await;
    let banned = json!({"user_id": reporter.id, "category": "other"});
    other.post("/reports/user", banned).await.err(403, "REPORT_BANNED");
    Client::anonymous().post("/reports/user", form()).await.err(401, "UNAUTHORIZED");
    let owner = Account::new().await;
    let bot = tests::Bot::new(&owner).await;
    bot.post("/reports/user", form()).await.err(403, "ACCESS_DENIED");
}

/// A ticket for an address nobody used yet.
async fn ticket(email: &str) -> String {
    let anyone = Client::anonymous();
    assert_eq!(anyone.post("/reports/dsa/email/send", json!({"email": email})).await.ok()["ok"], true);
    let mail = tests::account::mails(&anyone, email, "dsa_report_verification").await.pop().expect("a code");
    assert!(!s(&mail, "expires_at").is_empty());
    let form = json!({"email": email.to_uppercase(), "code": mail["code"]});
    let ticket = s(&anyone.post("/reports/dsa/email/verify", form).await.ok(), "ticket");
    assert!(ticket.len() == 64 && ticket.bytes().all(|b| b.is_ascii_hexdigit()), "{ticket}");
    ticket
}

fn address() -> String {
    format!("{}@example.com", unique::word())
}

fn dsa(ticket: &str, kind: &str, category: &str, target: Value) -> Value {
    let mut form = json!({
        "ticket": ticket, "report_type": kind, "category": category, "reporter_full_legal_name": "Ada Lovelace",
        "reporter_country_of_residence": "NL",
    });
    for (key, value) in target.as_object().expect("an object") {
        form[key] = value.clone();
    }
    form
}

async fn full_tag(of: &Account) -> String {
    let tag = of.tag().await;
    format!("{}#{}", s(&tag, "username"), s(&tag, "discriminator"))
}

#[tokio::test]
async fn an_address_is_proven_by_a_code_that_works_once() {
    let (anyone, email) = (Client::anonymous(), address());
    anyone.post("/reports/dsa/email/send", json!({"email": "nonsense"})).await.err(400, "INVALID_FORM_BODY");
    anyone.post("/reports/dsa/email/send", json!({"email": email})).await.ok();
    let first =
        tests::account::mails(&anyone, &email, "dsa_report_verification").await.pop().expect("a code");
    anyone.post("/reports/dsa/email/send", json!({"email": email})).await.ok();
    let second =
        tests::account::mails(&anyone, &email, "dsa_report_verification").await.pop().expect("a code");
    let verify =
        |code: Value| anyone.post("/reports/dsa/email/verify", json!({"email": email, "code": code}));
    verify(first["code"].clone()).await.err(400, "INVALID_DSA_VERIFICATION_CODE");
    verify(json!("abcd-efgh")).await.err(400, "INVALID_DSA_VERIFICATION_CODE");
    verify(json!("ABCD")).await.err(400, "INVALID_FORM_BODY");
    verify(second["code"].clone()).await.ok();
    verify(second["code"].clone()).await.err(400, "INVALID_DSA_VERIFICATION_CODE");
}

#[tokio::test]
async fn a_ticket_is_good_for_one_report() {
    let (anyone, user) = (Client::anonymous(), Account::new().await);
    let post = |form: Value| anyone.post("/reports/dsa", form);
    let about = || json!({"user_id": user.id});
    post(dsa(&"0".repeat(64), "user", "other", about())).await.err(400, "INVALID_DSA_TICKET");
    let one = ticket(&address()).await;
    // What is wrong with the form itself costs nothing.
    post(dsa(&one, "user", "raid_coordination", about())).await.field("category", "INVALID_FORMAT");
    post(dsa(&one, "user", "other", json!({}))).await.err(400, "INVALID_FORM_BODY");
    post(dsa(&one, "planet", "other", about())).await.field("report_type", "INVALID_FORMAT");
    let abroad = json!({"user_id": user.id, "reporter_country_of_residence": "US"});
    post(dsa(&one, "user", "other", abroad)).await.field("reporter_country_of_residence", "INVALID_FORMAT");
    filed(&post(dsa(&one, "user", "other", about())).await.ok(), "2026");
    post(dsa(&one, "user", "other", about())).await.err(400, "INVALID_DSA_TICKET");
    // A target that does not exist does.
    let two = ticket(&address()).await;
    post(dsa(&two, "user", "other", json!({"user_id": UNKNOWN}))).await.err(404, "UNKNOWN_USER");
    post(dsa(&two, "user", "other", about())).await.err(400, "INVALID_DSA_TICKET");
}

#[tokio::test]
async fn targets_without_an_account() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let channel = guild.text().await;
    let bad = s(&send(&guild.owner, &channel, "bad").await, "id");
    let (anyone, tag, wrong) = (Client::anonymous(), full_tag(&guild.owner).await, full_tag(&member).await);
    let post = async |kind: &str, category: &str, target: Value| {
        anyone.post("/reports/dsa", dsa(&ticket(&address()).await, kind, category, target)).await
    };
    let link = |path: String| json!({"message_link": format!("https://anywhere.example{path}")});
    let path = format!("/channels/{}/{channel}/{bad}", guild.id);
    filed(&post("message", "spam", link(path.clone())).await.ok(), "2026");
    let mut by = link(path.clone());
    by["reported_user_tag"] = json!(tag);
    filed(&post("message", "spam", by.clone()).await.ok(), "2026");
    by["reported_user_tag"] = json!(wrong);
    post("message", "spam", by.clone()).await.err(400, "INVALID_DSA_REPORT_TARGET");
    by["reported_user_tag"] = json!("nobody_at_all#0001");
    post("message", "spam", by).await.err(404, "UNKNOWN_USER");
    post("message", "spam", link("/elsewhere/1/2/3".into())).await.err(404, "UNKNOWN_MESSAGE");
    let nowhere = format!("/channels/@me/{UNKNOWN}/{bad}");
    post("message", "spam", link(nowhere)).await.err(404, "UNKNOWN_CHANNEL");
    let nothing = format!("/channels/{}/{channel}/{UNKNOWN}", guild.id);
    post("message", "spam", link(nothing)).await.err(404, "UNKNOWN_MESSAGE");

    filed(&post("user", "other", json!({"user_tag": tag})).await.ok(), "2026");
    let both = json!({"user_tag": tag, "user_id": guild.owner.id});
    filed(&post("user", "other", both).await.ok(), "2026");
    let crossed = json!({"user_tag": tag, "user_id": member.id});
    post("user", "other", crossed).await.err(400, "INVALID_DSA_REPORT_TARGET");
    post("user", "other", json!({"user_tag": "no tag"})).await.err(404, "UNKNOWN_USER");

    let other = Guild::new(&member).await;
    let (invite, foreign) = (guild.invite().await, other.invite().await);
    let with = |code: String| json!({"guild_id": guild.id, "invite_code": code});
    filed(&post("guild", "spam", json!({"guild_id": guild.id})).await.ok(), "2026");
    filed(&post("guild", "spam", with(format!("https://i.example/{invite}"))).await.ok(), "2026");
    post("guild", "spam", with(foreign)).await.err(400, "INVALID_DSA_REPORT_TARGET");
    post("guild", "spam", with("nosuchinvite".into())).await.err(404, "UNKNOWN_INVITE");
    post("guild", "spam", json!({"guild_id": UNKNOWN})).await.err(404, "UNKNOWN_GUILD");
}

#[tokio::test]
async fn nobody_is_told() {
    let [reporter, reported] = Account::several::<2>().await;
    befriend(&reporter, &reported).await;
    let channel = dm(&reporter, &reported.id).await;
    let bad = s(&send(&reported, &channel, "hm").await, "id");
    let (mut one, mut other) = (reporter.online().await, reported.online().await);
    reporter.post("/reports/message", message(&channel, &bad)).await.ok();
    send(&reporter, &channel, "after").await;
    for session in [&mut one, &mut other] {
        session.expect("MESSAGE_CREATE", near("content", "after")).await;
        assert_eq!(session.count("MESSAGE_UPDATE") + session.count("USER_UPDATE"), 0);
    }
}
