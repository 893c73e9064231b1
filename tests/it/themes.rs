//! Themes that are shared (`users.md` §17, `media.md` §1.6).

use tests::{Account, Client, json, s};

#[tokio::test]
async fn a_theme_is_served_as_it_was_shared() {
    let account = Account::new().await;
    let path = "/users/@me/themes";
    let css = format!(".a {{ color: red }} /* {} */", "ü".repeat(40_000));
    let id = s(&account.post(path, json!({"css": css})).await.status(201), "id");
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let again = s(&account.post(path, json!({"css": css})).await.status(201), "id");
    assert_ne!(id, again);
    let origin = account.base.trim_end_matches("/api").to_owned();
    let anybody = Client { base: origin, ..Client::anonymous() };
    let answer = anybody.get(format!("/media/themes/{id}.css")).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, css.as_str()));
    for (name, value) in [
        ("content-type", "text/css; charset=utf-8"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("access-control-allow-origin", "*"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    for bad in [json!({}), json!({"css": ""}), json!({"css": 1})] {
        account.post(path, bad).await.field("css", "INVALID_FORMAT");
    }
    let long = "x".repeat((8 << 20) + 1);
    account.post(path, json!({"css": long})).await.err(400, "FILE_SIZE_TOO_LARGE");
    Client::anonymous().post(path, json!({"css": "a"})).await.refused(401);
}
