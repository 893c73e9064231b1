//! E-mail change when the old address must agree (`auth.md` §10.1), and other verification refusals.

use tests::{Account, json, s};

async fn verified() -> Account {
    let account = Account::new().await;
    account.security(json!({"email_verified": true})).await;
    account
}

#[tokio::test]
async fn the_old_address_is_asked_first() {
    let account = verified().await;
    let post = |step: &str, body| account.post(format!("/users/@me/email-change/{step}"), body);
    let started = post("start", json!({})).await.ok();
    assert_eq!((&started["require_original"], &started["original_proof"]), (&json!(true), &json!(null)));
    assert!(started["original_code_expires_at"].is_string() && started["resend_available_at"].is_string());
    let ticket = s(&started, "ticket");
    let code = s(&account.mail("email_change_original").await, "code");
    post("resend-original", json!({"ticket": ticket})).await.err(429, "RATE_LIMITED");
    let early = json!({"ticket": ticket, "new_email": "new@example.com", "original_proof": "6f8f9f8e-0000-4000-8000-000000000001"});
    post("request-new", early).await.field("ticket", "ORIGINAL_EMAIL_MUST_BE_VERIFIED_FIRST");
    post("request-new", json!({"ticket": ticket, "new_email": "new@example.com"}))
        .await
        .plain("original_proof");
    post("verify-original", json!({"ticket": ticket, "code": "AAAA-0000"}))
        .await
        .field("code", "INVALID_VERIFICATION_CODE");
    let proof =
        s(&post("verify-original", json!({"ticket": ticket, "code": code})).await.ok(), "original_proof");
    let again = post("verify-original", json!({"ticket": ticket, "code": code})).await.ok();
    assert_eq!(s(&again, "original_proof"), proof);
    post("resend-original", json!({"ticket": ticket}))
        .await
        .field("ticket", "ORIGINAL_EMAIL_ALREADY_VERIFIED");
    let bad = json!({"ticket": ticket, "new_email": "no-address", "original_proof": proof});
    post("request-new", bad).await.plain("new_email");
    let foreign = Account::new().await;
    let theirs = json!({"ticket": ticket, "code": code});
    foreign
        .post("/users/@me/email-change/verify-original", theirs)
        .await
        .field("ticket", "INVALID_OR_EXPIRED_TICKET");
}

#[tokio::test]
async fn steps_out_of_turn() {
    let account = Account::new().await;
    let post = |step: &str, body| account.post(format!("/users/@me/email-change/{step}"), body);
    let started = post("start", json!({})).await.ok();
    let (ticket, proof) = (s(&started, "ticket"), s(&started, "original_proof"));
    post("resend-original", json!({"ticket": ticket})).await.refused(400);
    post("verify-new", json!({"ticket": ticket, "code": "AAAA-0000", "original_proof": proof}))
        .await
        .field("code", "VERIFICATION_CODE_NOT_ISSUED");
    let unclaimed = Account::unclaimed().await;
    unclaimed
        .post("/users/@me/password-change/start", json!({}))
        .await
        .field("email", "MUST_HAVE_EMAIL_TO_CHANGE_IT");
    let revert = json!({"token": "c".repeat(64), "password": "some-password"});
    account.post("/auth/email-revert", revert).await.field("token", "INVALID_OR_EXPIRED_REVERT_TOKEN");
}

#[tokio::test]
async fn address_forms() {
    let long = format!("{}@example.com", "a".repeat(250));
    for (email, codes) in [
        (long.as_str(), &["EMAIL_LENGTH_INVALID", "INVALID_EMAIL_FORMAT"][..]),
        ("a b@example.com", &["INVALID_EMAIL_FORMAT", "INVALID_EMAIL_LOCAL_PART"]),
        ("ü@example.com", &["INVALID_EMAIL_LOCAL_PART", "INVALID_EMAIL_FORMAT"]),
        ("@example.com", &["INVALID_EMAIL_FORMAT"]),
        ("a@", &["INVALID_EMAIL_FORMAT"]),
    ] {
        let mut body = tests::account::registration();
        body["email"] = json!(email);
        let answer = tests::Client::anonymous().post("/auth/register", body).await.plain("email");
        let code = answer["errors"][0]["code"].as_str().unwrap_or_default().to_owned();
        assert!(codes.contains(&code.as_str()), "{email}: {code}");
    }
}
