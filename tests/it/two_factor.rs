//! Second factors and sudo mode (`auth.md` §5, §11–§13).

use hmac::{Hmac, Mac};
use sha1::Sha1;
use tests::{Account, Client, Value, json, s};

/// `12345678901234567890` in base32.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const SUDO: &str = "X-Fluxer-Sudo-Mode-JWT";

/// The code of the moment.
#[expect(clippy::disallowed_methods, reason = "an authenticator goes by the time of day")]
fn code() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let mut mac = Hmac::<Sha1>::new_from_slice(b"12345678901234567890").unwrap();
    mac.update(&(seconds / 30).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes(digest[offset..offset + 4].try_into().unwrap()) & 0x7FFF_FFFF;
    format!("{:06}", number % 1_000_000)
}

fn password(account: &Account) -> Value {
    json!({"password": account.password})
}

fn with(mut body: Value, more: Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// An account with an authenticator, and its backup codes.
async fn protected() -> (Account, Vec<String>) {
    let account = Account::new().await;
    let body = with(json!({"secret": SECRET, "code": code()}), password(&account));
    let answer = account.post("/users/@me/mfa/totp/enable", body).await.ok();
    let codes = answer["backup_codes"].as_array().unwrap().iter().map(|code| s(code, "code")).collect();
    (account, codes)
}

/// A sudo token earned by the authenticator.
async fn sudo_token(account: &Account) -> String {
    let body = json!({"regenerate": false, "mfa_method": "totp", "mfa_code": code()});
    let answer = account.post("/users/@me/mfa/backup-codes", body).await;
    answer.header(SUDO).expect("a sudo token").to_owned()
}

async fn ticket(account: &Account) -> Value {
    let client = Client { auth: None, ..account.client.clone() };
    client.post("/auth/login", json!({"email": account.email, "password": account.password})).await.ok()
}

#[tokio::test]
async fn an_authenticator_is_enabled_and_asked_for() {
    let account = Account::new().await;
    let path = "/users/@me/mfa/totp/enable";
    let wrong = json!({"secret": SECRET, "code": "000000"});
    let refusal = account.post(path, wrong.clone()).await.err(403, "SUDO_MODE_REQUIRED");
    assert_eq!(refusal["has_mfa"], false);
    account.post(path, with(wrong, password(&account))).await.field("code", "INVALID_CODE");
    let right = with(json!({"secret": SECRET, "code": code()}), password(&account));
    let codes = account.post(path, right.clone()).await.ok()["backup_codes"].clone();
    assert_eq!(codes.as_array().unwrap().len(), 10);
    assert!(codes.as_array().unwrap().iter().all(|code| code["consumed"] == false));
    let me = account.get("/users/@me").await.ok();
    assert_eq!((&me["mfa_enabled"], &me["authenticator_types"]), (&json!(true), &json!([0])));
    // a password no longer proves anything
    assert_eq!(account.post(path, right).await.err(403, "SUDO_MODE_REQUIRED")["has_mfa"], true);

    let answer = ticket(&account).await;
    assert_eq!(
        (&answer["mfa"], &answer["totp"], &answer["sms"]),
        (&json!(true), &json!(true), &json!(false))
    );
    assert_eq!(answer["allowed_methods"], json!(["totp"]));
    assert!(answer.get("token").is_none());
    let ticket = s(&answer, "ticket");
    let client = Client::anonymous();
    let path = "/auth/login/mfa/totp";
    client.post(path, json!({"ticket": ticket, "code": "000000"})).await.plain("code");
    let done = client.post(path, json!({"ticket": ticket, "code": code()})).await.ok();
    assert_eq!(done["user_id"], json!(account.id));
    client.post(path, json!({"ticket": ticket, "code": code()})).await.plain("code");
    client.post(path, json!({"ticket": "unknown", "code": code()})).await.plain("code");
}

#[tokio::test]
async fn a_backup_code_is_good_once() {
    let (account, codes) = protected().await;
    for again in [false, true] {
        let body = json!({"ticket": s(&ticket(&account).await, "ticket"), "code": codes[0]});
        let answer = Client::anonymous().post("/auth/login/mfa/totp", body).await;
        if again {
            answer.plain("code");
        } else {
            answer.ok();
        }
    }
    let token = sudo_token(&account).await;
    let list = |regenerate: bool| {
        let body = json!({"regenerate": regenerate});
        account.post("/users/@me/mfa/backup-codes", body).header(SUDO, token.clone())
    };
    let held = list(false).await.ok();
    let consumed: Vec<_> =
        held["backup_codes"].as_array().unwrap().iter().filter(|c| c["consumed"] == true).collect();
    assert_eq!((consumed.len(), s(consumed[0], "code")), (1, codes[0].clone()));
    let fresh = list(true).await.ok();
    assert!(!fresh.to_string().contains(&codes[1]));
}

#[tokio::test]
async fn a_sudo_token_is_its_owners_and_travels_both_ways() {
    let (account, _) = protected().await;
    let body = json!({"regenerate": false});
    let path = "/users/@me/mfa/backup-codes";
    let guess = with(body.clone(), json!({"mfa_method": "totp", "mfa_code": "000000"}));
    account.post(path, guess).await.field("mfa_code", "INVALID_MFA_CODE");
    let proof = with(body.clone(), json!({"mfa_method": "totp", "mfa_code": code()}));
    let answer = account.post(path, proof).await;
    let token = answer.header(SUDO).expect("a sudo token").to_owned();
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.starts_with(&format!("__flx_sudo_{}={token};", account.id)), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=300"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let echoed = account.post(path, body.clone()).header(SUDO, token.clone()).await;
    assert_eq!(echoed.header(SUDO), Some(token.as_str()));
    let pair = cookie.split(';').next().unwrap().to_owned();
    account.post(path, body.clone()).header("Cookie", format!("other=1; {pair}")).await.ok();

    let (stranger, _) = protected().await;
    let tampered = format!("{}AAAA", &token[..token.len() - 4]);
    for bad in [token.clone(), tampered, "nonsense".to_owned()] {
        stranger.post(path, body.clone()).header(SUDO, bad).await.err(403, "SUDO_MODE_REQUIRED");
    }
}

#[tokio::test]
async fn turning_the_authenticator_off() {
    let (account, codes) = protected().await;
    let token = sudo_token(&account).await;
    let disable = |code: &str| {
        account.post("/users/@me/mfa/totp/disable", json!({"code": code})).header(SUDO, token.clone())
    };
    disable("000000").await.field("code", "INVALID_CODE");
    disable(&codes[3]).await.no_content();
    let me = account.get("/users/@me").await.ok();
    assert_eq!((&me["mfa_enabled"], &me["authenticator_types"]), (&json!(false), &json!([])));
    account.log_in().await;
    let again = with(json!({"code": code()}), password(&account));
    account.post("/users/@me/mfa/totp/disable", again).await.err(400, "TWO_FACTOR_REQUIRED");
}

#[tokio::test]
async fn a_phone_as_second_factor() {
    let (account, _) = protected().await;
    let token = sudo_token(&account).await;
    let sudo = |path: &str, body: Value| account.post(path, body).header(SUDO, token.clone());
    let number = format!("+1555{:07}", tests::unique::number() % 10_000_000);
    sudo("/users/@me/mfa/sms/enable", json!({})).await.err(400, "PHONE_REQUIRED_FOR_SMS_MFA");
    account
        .post("/users/@me/phone/send-verification", json!({"phone": "5551234"}))
        .await
        .field("phone", "PHONE_NUMBER_INVALID_FORMAT");
    account.post("/users/@me/phone/send-verification", json!({"phone": number})).await.no_content();
    let verify = |code: &str| account.post("/users/@me/phone/verify", json!({"phone": number, "code": code}));
    verify("000000").await.err(400, "INVALID_PHONE_VERIFICATION_CODE");
    let proof = s(&verify("123456").await.ok(), "phone_token");
    account.post("/users/@me/phone", json!({"phone_token": proof})).await.err(403, "SUDO_MODE_REQUIRED");
    sudo("/users/@me/phone", json!({"phone_token": "unknown"})).await.err(400, "PHONE_VERIFICATION_REQUIRED");
    sudo("/users/@me/phone", json!({"phone_token": proof})).await.no_content();
    let taken = Account::new().await;
    taken
        .post("/users/@me/phone/send-verification", json!({"phone": number}))
        .await
        .err(400, "PHONE_ALREADY_USED");
    taken.post("/users/@me/mfa/sms/enable", password(&taken)).await.err(400, "SMS_MFA_REQUIRES_TOTP");

    sudo("/users/@me/mfa/sms/enable", json!({})).await.no_content();
    let gone = account.call("DELETE", "/users/@me/phone").header(SUDO, token.clone());
    gone.await.err(400, "SMS_MFA_NOT_ENABLED");
    let methods = account.get("/users/@me/sudo/mfa-methods").await.ok();
    assert_eq!(methods, json!({"totp": true, "sms": true, "webauthn": false, "has_mfa": true}));
    let answer = ticket(&account).await;
    assert_eq!(answer["allowed_methods"], json!(["totp", "sms"]));
    assert_eq!(s(&answer, "sms_phone_hint"), format!("****{}", &number[number.len() - 4..]));
    let ticket = s(&answer, "ticket");
    let client = Client::anonymous();
    client.post("/auth/login/mfa/sms/send", json!({"ticket": ticket})).await.no_content();
    client.post("/auth/login/mfa/sms", json!({"ticket": ticket, "code": "654321"})).await.plain("code");
    client.post("/auth/login/mfa/sms", json!({"ticket": ticket, "code": "123456"})).await.ok();
    sudo("/users/@me/mfa/sms/disable", json!({})).await.no_content();
    account.call("DELETE", "/users/@me/phone").header(SUDO, token.clone()).await.no_content();
    assert!(account.get("/users/@me").await.ok()["phone"].is_null());
}

#[tokio::test]
async fn passkeys() {
    let account = Account::new().await;
    let base = "/users/@me/mfa/webauthn/credentials";
    let id = tests::unique::word();
    let options = account.post(format!("{base}/registration-options"), password(&account)).await.ok();
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    let form = |challenge: &str| {
        with(json!({"response": {"id": id}, "challenge": challenge, "name": "Key"}), password(&account))
    };
    account.post(base, form("unknown")).await.err(400, "INVALID_WEBAUTHN_CREDENTIAL");
    account.post(base, form(&s(&options, "challenge"))).await.no_content();
    let list = account.get(base).await.ok();
    assert_eq!((&list[0]["id"], &list[0]["name"]), (&json!(id), &json!("Key")));

    let client = Client::anonymous();
    let challenge =
        s(&client.post("/auth/webauthn/authentication-options", json!({})).await.ok(), "challenge");
    let assertion = json!({"response": {"id": id}, "challenge": challenge});
    let done = client.post("/auth/webauthn/authenticate", assertion.clone()).await.ok();
    assert_eq!(done["user_id"], json!(account.id));
    client.post("/auth/webauthn/authenticate", assertion).await.err(401, "PASSKEY_AUTHENTICATION_FAILED");

    let answer = ticket(&account).await;
    assert_eq!(answer["allowed_methods"], json!(["webauthn"]));
    let ticket = s(&answer, "ticket");
    let path = "/auth/login/mfa/webauthn";
    let options = client.post(format!("{path}/authentication-options"), json!({"ticket": ticket})).await.ok();
    assert_eq!(options["allowCredentials"][0]["id"], json!(id));
    let form = json!({"ticket": ticket, "response": {"id": id}, "challenge": s(&options, "challenge")});
    client.post(path, form).await.ok();

    let options = account.post("/users/@me/sudo/webauthn/authentication-options", json!({})).await.ok();
    let proof = json!({
        "mfa_method": "webauthn",
        "webauthn_response": {"id": id},
        "webauthn_challenge": s(&options, "challenge"),
    });
    let renamed = account.patch(format!("{base}/{id}"), with(json!({"name": "Other"}), proof)).await;
    let token = renamed.header(SUDO).expect("a sudo token").to_owned();
    renamed.no_content();
    let delete = |id: &str| account.call("DELETE", &format!("{base}/{id}")).header(SUDO, token.clone());
    delete("unknown").await.err(404, "UNKNOWN_WEBAUTHN_CREDENTIAL");
    delete(&id).await.no_content();
    assert_eq!(account.get("/users/@me").await.ok()["mfa_enabled"], false);
}
