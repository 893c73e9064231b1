//! E-mail verification, password reset, password and e-mail change (`auth.md` §8–§10).

use tests::{Account, Client, json, near, s};

#[tokio::test]
async fn verifying_an_address() {
    let account = Account::new().await;
    let mut gateway = account.online().await;
    let token = s(&account.mail("email_verification").await, "token");
    let client = Client::anonymous();
    client.post("/auth/verify", json!({"token": token})).await.no_content();
    assert_eq!(account.get("/users/@me").await.ok()["verified"], true);
    gateway.expect("USER_UPDATE", near("verified", true)).await;
    let used = json!({"token": token});
    client.post("/auth/verify", used).await.field("token", "INVALID_OR_EXPIRED_VERIFICATION_TOKEN");
    let unknown = json!({"token": "a".repeat(64)});
    client.post("/auth/verify", unknown).await.field("token", "INVALID_OR_EXPIRED_VERIFICATION_TOKEN");
    client.post("/auth/verify", json!({"token": "short"})).await.field("token", "STRING_LENGTH_EXACT");
    // verified: nothing is sent
    account.post("/auth/verify/resend", json!({})).await.no_content();
    assert_eq!(account.mails("email_verification").await.len(), 1);
}

#[tokio::test]
async fn resending_the_verification_mail_is_counted() {
    let account = Account::fresh().await;
    for _ in 0..3 {
        account.post("/auth/verify/resend", json!({})).await.no_content();
    }
    account.post("/auth/verify/resend", json!({})).await.err(429, "RATE_LIMITED");
    assert_eq!(account.mails("email_verification").await.len(), 4);
    Client::anonymous().post("/auth/verify/resend", json!({})).await.err(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn resetting_a_forgotten_password() {
    let account = Account::new().await;
    let client = Client::anonymous();
    client.post("/auth/forgot", json!({"email": "nobody-at-all@example.com"})).await.no_content();
    client.post("/auth/forgot", json!({"email": account.email})).await.no_content();
    let token = s(&account.mail("password_reset").await, "token");
    client
        .post("/auth/reset", json!({"token": token, "password": "short"}))
        .await
        .field("password", "PASSWORD_LENGTH_INVALID");
    client
        .post("/auth/reset", json!({"token": "b".repeat(64), "password": "another-long-one"}))
        .await
        .field("token", "INVALID_OR_EXPIRED_RESET_TOKEN");
    client
        .post("/auth/reset", json!({"token": "b", "password": "another-long-one"}))
        .await
        .field("token", "STRING_LENGTH_EXACT");
    let body = json!({"token": token, "password": "another-long-one"});
    let answer = client.post("/auth/reset", body.clone()).await.ok();
    client.with_auth(s(&answer, "token")).get("/users/@me").await.ok();
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
    client.post("/auth/reset", body).await.field("token", "INVALID_OR_EXPIRED_RESET_TOKEN");
    let home = Client { auth: None, ..account.client.clone() };
    let old = json!({"email": account.email, "password": account.password});
    home.post("/auth/login", old).await.field("password", "INVALID_EMAIL_OR_PASSWORD");
    home.post("/auth/login", json!({"email": account.email, "password": "another-long-one"})).await.ok();
}

#[tokio::test]
async fn forgot_is_counted_per_address_even_in_test_mode() {
    let account = Account::new().await;
    let client = Client::anonymous();
    for _ in 0..5 {
        client.post("/auth/forgot", json!({"email": account.email})).await.no_content();
    }
    client
        .post("/auth/forgot", json!({"email": account.email.to_uppercase()}))
        .await
        .err(429, "RATE_LIMITED");
}

#[tokio::test]
async fn changing_the_password_in_the_profile_rotates_sessions() {
    let account = Account::new().await;
    let other = account.log_in().await;
    let mut gateway = account.online().await;
    let before = s(&gateway.ready, "auth_session_id_hash");
    account
        .patch("/users/@me", json!({"new_password": "a-new-password"}))
        .await
        .field("password", "PASSWORD_NOT_SET");
    account
        .patch("/users/@me", json!({"new_password": "a-new-password", "password": "not-the-password"}))
        .await
        .field("password", "INVALID_PASSWORD");
    account
        .patch("/users/@me", json!({"new_password": "short", "password": account.password}))
        .await
        .field("new_password", "PASSWORD_LENGTH_INVALID");
    account
        .patch("/users/@me", json!({"new_password": "a-new-password", "password": account.password}))
        .await
        .ok();
    let change = gateway.expect("AUTH_SESSION_CHANGE", near("old_auth_session_id_hash", before)).await;
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
    other.get("/users/@me").await.err(401, "UNAUTHORIZED");
    let fresh = account.with_auth(s(&change, "new_token"));
    let me = fresh.get("/users/@me").await.ok();
    assert_eq!(me["id"], json!(account.id));
}

#[tokio::test]
async fn changing_the_password_by_mailed_code() {
    let account = Account::new().await;
    let post = |step: &str, body| account.post(format!("/users/@me/password-change/{step}"), body);
    let ticket = s(&post("start", json!({})).await.ok(), "ticket");
    let code = s(&account.mail("password_change_verification").await, "code");
    assert!(code.len() == 9 && code.as_bytes()[4] == b'-', "{code}");
    post("resend", json!({"ticket": ticket})).await.err(429, "RATE_LIMITED");
    let unknown = json!({"ticket": "6f8f9f8e-0000-4000-8000-000000000000", "code": code});
    post("verify", unknown).await.field("ticket", "INVALID_OR_EXPIRED_TICKET");
    post("verify", json!({"ticket": ticket, "code": "AAAA-0000"}))
        .await
        .field("code", "INVALID_VERIFICATION_CODE");
    let proof = s(&post("verify", json!({"ticket": ticket, "code": code})).await.ok(), "verification_proof");
    let again = post("verify", json!({"ticket": ticket, "code": code})).await.ok();
    assert_eq!(s(&again, "verification_proof"), proof);
    let wrong = "6f8f9f8e-0000-4000-8000-000000000001";
    post(
        "complete",
        json!({"ticket": ticket, "verification_proof": wrong, "new_password": "a-new-password"}),
    )
    .await
    .field("verification_proof", "INVALID_PROOF_TOKEN");
    post(
        "complete",
        json!({"ticket": ticket, "verification_proof": proof, "new_password": "a-new-password"}),
    )
    .await
    .no_content();
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
    let home = Client { auth: None, ..account.client.clone() };
    home.post("/auth/login", json!({"email": account.email, "password": "a-new-password"})).await.ok();
}

#[tokio::test]
async fn changing_the_address_of_an_unverified_account() {
    let account = Account::new().await;
    let post = |step: &str, body| account.post(format!("/users/@me/email-change/{step}"), body);
    let started = post("start", json!({})).await.ok();
    assert_eq!(started["require_original"], false);
    let (ticket, proof) = (s(&started, "ticket"), s(&started, "original_proof"));
    let new_email = format!("new-{}", account.email);
    let request =
        |email: &str, proof: &str| json!({"ticket": ticket, "new_email": email, "original_proof": proof});
    post("verify-original", json!({"ticket": ticket, "code": "AAAA-0000"}))
        .await
        .field("ticket", "ORIGINAL_VERIFICATION_NOT_REQUIRED");
    post("resend-new", json!({"ticket": ticket})).await.field("ticket", "NO_NEW_EMAIL_REQUESTED");
    let bad = request(&new_email, "6f8f9f8e-0000-4000-8000-000000000001");
    post("request-new", bad).await.field("original_proof", "INVALID_PROOF_TOKEN");
    post("request-new", request(&account.email.to_uppercase(), &proof))
        .await
        .field("new_email", "NEW_EMAIL_MUST_BE_DIFFERENT");
    let taken = Account::new().await;
    post("request-new", request(&taken.email, &proof)).await.field("new_email", "EMAIL_ALREADY_IN_USE");
    post("request-new", request(&new_email, &proof)).await.ok();
    let mail =
        tests::account::mails(&account.client, &new_email, "email_change_new").await.pop().expect("a mail");
    let verify = json!({"ticket": ticket, "code": s(&mail, "code"), "original_proof": proof});
    let mut wrong = verify.clone();
    wrong["code"] = json!("AAAA-0000");
    post("verify-new", wrong).await.field("code", "INVALID_VERIFICATION_CODE");
    let token = s(&post("verify-new", verify.clone()).await.ok(), "email_token");
    post("verify-new", verify).await.field("ticket", "TICKET_ALREADY_COMPLETED");
    assert_eq!(account.get("/users/@me").await.ok()["email"], json!(account.email));
    account.patch("/users/@me", json!({"email_token": token})).await.err(403, "SUDO_MODE_REQUIRED");
    let me =
        account.patch("/users/@me", json!({"email_token": token, "password": account.password})).await.ok();
    assert_eq!((&me["email"], &me["verified"]), (&json!(new_email), &json!(true)));
    let revert = s(&account.mail("email_change_revert").await, "token");
    let body = json!({"token": revert, "password": "reverted-password"});
    let answer = Client::anonymous().post("/auth/email-revert", body).await.ok();
    let me = account.with_auth(s(&answer, "token")).get("/users/@me").await.ok();
    assert_eq!(me["email"], json!(account.email));
    account.get("/users/@me").await.err(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn an_address_never_changes_directly() {
    let account = Account::new().await;
    account
        .patch("/users/@me", json!({"email": "direct@example.com", "password": account.password}))
        .await
        .field("email", "EMAIL_MUST_BE_CHANGED_VIA_TOKEN");
    account
        .patch("/users/@me", json!({"email_token": "nonsense", "password": account.password}))
        .await
        .field("email_token", "INVALID_EMAIL_TOKEN");
}

#[tokio::test]
async fn an_unclaimed_account_is_claimed_by_password_and_address() {
    let account = Account::unclaimed().await;
    for (key, value) in
        [("bio", json!("hi")), ("global_name", json!("Me")), ("password", json!("some-password"))]
    {
        account
            .patch("/users/@me", json!({key: value}))
            .await
            .field(key, "UNCLAIMED_ACCOUNTS_CAN_ONLY_SET_EMAIL_VIA_TOKEN");
    }
    let started = account.post("/users/@me/email-change/start", json!({})).await.ok();
    let (ticket, proof) = (s(&started, "ticket"), s(&started, "original_proof"));
    let email = format!("{}@example.com", tests::unique::word());
    let body = json!({"ticket": ticket, "new_email": email, "original_proof": proof});
    account.post("/users/@me/email-change/request-new", body).await.ok();
    let mail =
        tests::account::mails(&account.client, &email, "email_change_new").await.pop().expect("a mail");
    let body = json!({"ticket": ticket, "code": s(&mail, "code"), "original_proof": proof});
    let token = s(&account.post("/users/@me/email-change/verify-new", body).await.ok(), "email_token");
    let me = account
        .patch("/users/@me", json!({"new_password": "claimed-password", "email_token": token}))
        .await
        .ok();
    assert_eq!((&me["email"], &me["verified"]), (&json!(email), &json!(true)));
    account.get("/users/@me").await.ok();
    let home = Client { auth: None, ..account.client.clone() };
    home.post("/auth/login", json!({"email": email, "password": "claimed-password"})).await.ok();
}
