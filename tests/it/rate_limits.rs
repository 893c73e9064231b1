//! Buckets, headers, 429 (`http-conventions.md` §7). Limits are off in test mode but for requests
//! that ask for them; nothing here waits.

use tests::{Account, Client, Guild, json};

#[tokio::test]
async fn off_unless_asked_for() {
    let account = Account::new().await;
    for _ in 0..30 {
        account.get("/users/@me/relationships").await.ok();
    }
    let guild = Guild::new(&account).await;
    for _ in 0..25 {
        account.post(format!("/channels/{}/typing", guild.general), json!({})).await.no_content();
    }
}

#[tokio::test]
async fn a_route_bucket_runs_dry() {
    let account = Account::new().await;
    let guild = Guild::new(&account).await;
    let call = || account.post(guild.path("/channels"), json!({"type": 0, "name": "x"})).limited(Some(1000));
    for n in 0..10 {
        let answer = call().await;
        assert_eq!(answer.header("x-ratelimit-limit"), Some("10"), "{:?}", answer.headers);
        let remaining: u32 = answer.header("x-ratelimit-remaining").unwrap().parse().unwrap();
        assert!(remaining <= 9 - n || remaining == 10 - n, "{n}: {remaining}");
        assert!(answer.header("x-ratelimit-reset").is_some_and(|v| v.parse::<u64>().is_ok()));
        answer.ok();
    }
    let answer = call().await;
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(answer.header("x-ratelimit-global"), Some("false"));
    let retry = answer.header("retry-after").unwrap().to_owned();
    let body = answer.err(429, "RATE_LIMITED");
    assert_eq!((&body["global"], body["retry_after"].to_string()), (&json!(false), retry));
    assert!(body["retry_after"].as_u64().is_some_and(|n| n >= 1));
    // other guilds and other people have buckets of their own
    let other = Guild::new(&account).await;
    account.post(other.path("/channels"), json!({"type": 0, "name": "x"})).limited(Some(1000)).await.ok();
    account.get(guild.path("/channels")).limited(Some(1000)).await.ok();
}

#[tokio::test]
async fn routes_may_share_a_bucket() {
    let account = Account::new().await;
    let guild = Guild::new(&account).await;
    let message = tests::s(&tests::guild::send(&account, &guild.general, "x").await, "id");
    let list = || account.get(format!("/channels/{}/messages/pins", guild.general)).limited(Some(1000));
    dry(list).await;
    // what listing has used up, pinning cannot have: at most a few tokens have come back
    let pin = account
        .put(format!("/channels/{}/pins/{message}", guild.general), json!({}))
        .limited(Some(1000))
        .await;
    let left = pin.header("x-ratelimit-remaining").expect("a bucket").parse::<u32>().expect("a number");
    assert!(left < 15, "{left} of 20 left");
}

/// Makes the same call until it is refused; each answer before is another one.
async fn dry(call: impl Fn() -> tests::Call) -> tests::Response {
    for _ in 0..200 {
        let answer = call().await;
        if answer.status == 429 {
            return answer;
        }
    }
    panic!("never refused");
}

#[tokio::test]
async fn counted_before_login_and_validation() {
    let anonymous = Client::anonymous();
    let login = |from: &Client| from.post("/auth/login", json!({})).limited(Some(1000));
    login(&anonymous).await.err(400, "INVALID_FORM_BODY");
    dry(|| login(&anonymous)).await.err(429, "RATE_LIMITED");
    // by address
    login(&Client::anonymous()).await.err(400, "INVALID_FORM_BODY");
    let anonymous = Client::anonymous();
    let create = || anonymous.post("/guilds", json!({})).limited(Some(1000));
    create().await.err(401, "UNAUTHORIZED");
    dry(create).await.err(429, "RATE_LIMITED");
}

#[tokio::test]
async fn the_global_bucket_ends_the_session() {
    let account = Account::new().await;
    let other = account.log_in().await;
    other.get("/users/@me").limited(Some(2)).await.ok();
    other.get("/users/@me/settings").limited(Some(2)).await.ok();
    let mut blocked = None;
    // a token returns every half second; a handful of requests at once cannot all pass
    for _ in 0..20 {
        let answer = other.get("/users/@me/notes").limited(Some(2)).await;
        if answer.status == 429 {
            blocked = Some(answer);
            break;
        }
    }
    let answer = blocked.expect("the global bucket ran dry");
    assert_eq!(answer.header("x-ratelimit-global"), Some("true"));
    assert_eq!(answer.err(429, "RATE_LIMITED")["global"], true);
    other.get("/users/@me").await.err(401, "UNAUTHORIZED");
    account.get("/users/@me").await.ok();
}

#[tokio::test]
async fn some_are_exempt() {
    let account = Account::new().await;
    account.set_flags(&["RATE_LIMIT_BYPASS"]).await;
    for _ in 0..30 {
        account.get("/users/@me/sudo/mfa-methods").limited(Some(1)).await.ok();
    }
    let bot = tests::Bot::new(&account).await;
    let mut limited = false;
    for _ in 0..20 {
        limited |= bot.get("/users/@me").limited(Some(1)).await.status == 429;
    }
    assert!(limited);
    bot.get("/users/@me").await.ok();
}
