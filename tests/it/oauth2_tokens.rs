//! Authorisation codes, access tokens, scopes (`oauth2-and-bots.md` §6–§10).

use tests::{Account, Client, Guild, Value, json, s};

const REDIRECT: &str = "https://example.com/cb";

struct App {
    id: String,
    secret: String,
}

async fn app(owner: &Account) -> App {
    let body = json!({"name": tests::unique::word(), "redirect_uris": [REDIRECT]});
    let app = owner.post("/oauth2/applications", body).await.ok();
    App { id: s(&app, "id"), secret: s(&app, "client_secret") }
}

async fn code(user: &Account, app: &App, scope: &str) -> String {
    let body = json!({"client_id": app.id, "scope": scope, "redirect_uri": REDIRECT, "response_type": "code", "state": "s t"});
    let to = s(&user.post("/oauth2/authorize/consent", body).await.ok(), "redirect_to");
    assert!(to.starts_with(REDIRECT) && to.contains("state="), "{to}");
    to.split(['?', '&']).find_map(|p| p.strip_prefix("code=")).expect("a code").to_owned()
}

async fn token(form: &[(&str, &str)]) -> tests::Response {
    let encode = |v: &str| v.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let body = form.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect::<Vec<_>>().join("&");
    Client::anonymous().call("POST", "/oauth2/token").raw("application/x-www-form-urlencoded", body).await
}

#[track_caller]
fn oauth_error(answer: tests::Response, code: &str) {
    let text = answer.text.clone();
    let body = answer.status(400);
    assert_eq!(body["error"], code, "{text}");
    assert!(body.get("code").is_none(), "{text}");
}

#[tokio::test]
async fn the_code_grant() {
    let [owner, user] = Account::several::<2>().await;
    let app = app(&owner).await;
    let granted = code(&user, &app, "guilds identify").await;
    let form = |code: &str| -> Vec<(String, String)> {
        [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("client_id", &app.id),
            ("client_secret", &app.secret),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .to_vec()
    };
    let exchange = async |pairs: Vec<(String, String)>| {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        token(&pairs).await
    };
    let with = |key: &str, value: &str| {
        let mut all = form(&granted);
        all.retain(|(k, _)| k != key);
        if !value.is_empty() {
            all.push((key.to_owned(), value.to_owned()));
        }
        all
    };
    oauth_error(exchange(with("client_secret", "wrong")).await, "invalid_client");
    oauth_error(exchange(with("client_secret", "")).await, "invalid_client");
    oauth_error(exchange(with("client_id", tests::UNKNOWN)).await, "invalid_client");
    oauth_error(exchange(with("redirect_uri", "https://example.com/other")).await, "invalid_grant");
    oauth_error(exchange(with("code", "nonsense")).await, "invalid_grant");
    exchange(with("grant_type", "password")).await.err(400, "INVALID_FORM_BODY");
    exchange(with("redirect_uri", "")).await.err(400, "INVALID_FORM_BODY");
    let answer = exchange(form(&granted)).await.ok();
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("Bearer"), &json!(604_800)));
    assert_eq!(answer["scope"], "identify guilds", "in canonical order");
    oauth_error(exchange(form(&granted)).await, "invalid_grant");

    let bearer = user.with_auth(format!("Bearer {}", s(&answer, "access_token")));
    let me = bearer.get("/users/@me").await.ok();
    assert_eq!((&me["id"], &me["email"]), (&json!(user.id), &json!(null)));
    bearer.get("/users/@me/guilds").await.ok();
    bearer.get("/users/@me/settings").await.err(403, "ACCESS_DENIED");
    bearer.post("/guilds", json!({"name": "x"})).await.err(403, "ACCESS_DENIED");
    let info = bearer.get("/oauth2/userinfo").await.ok();
    assert_eq!((&info["sub"], &info["email"]), (&json!(user.id), &json!(null)));
    assert_eq!(bearer.get("/oauth2/@me").await.ok()["application"]["id"], json!(app.id));
    user.get("/oauth2/userinfo").await.err(401, "UNAUTHORIZED");

    let refresh = s(&answer, "refresh_token");
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh.as_str()),
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.as_str()),
    ];
    let renewed = token(&pairs).await.ok();
    assert_eq!(renewed["scope"], "identify guilds");
    let list = user.get("/oauth2/@me/authorizations").await.ok();
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    user.delete(format!("/oauth2/@me/authorizations/{}", app.id)).await.no_content();
    bearer.get("/users/@me").await.err(401, "UNAUTHORIZED");
    oauth_error(token(&pairs).await, "invalid_grant");
}

#[tokio::test]
async fn scopes_open_what_they_name() {
    let user = Account::new().await;
    Guild::new(&user).await;
    let with = async |scopes: Value| {
        let body = json!({"user_id": user.id, "scopes": scopes});
        let token = s(&user.post("/test/oauth2/access-token", body).await.ok(), "token");
        user.with_auth(format!("Bearer {token}"))
    };
    let none = with(json!([])).await;
    let refusal = none.get("/users/@me").await.err(403, "MISSING_OAUTH_SCOPE");
    assert_eq!(refusal["required_scope"], "identify");
    assert_eq!(
        none.get("/users/@me/guilds").await.err(403, "MISSING_OAUTH_SCOPE")["required_scope"],
        "guilds"
    );
    let mail = with(json!(["identify", "email"])).await;
    assert_eq!(mail.get("/users/@me").await.ok()["email"], json!(user.email));
    let guilds = with(json!(["guilds"])).await;
    assert_eq!(guilds.get("/users/@me/guilds").await.ok().as_array().map(Vec::len), Some(1));
}
