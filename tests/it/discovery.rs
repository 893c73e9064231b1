//! The instance document (`configuration.md`, contract `WellKnownFluxerResponse`).

use tests::{Client, json, s};

#[tokio::test]
async fn the_instance_document() {
    let client = Client::anonymous();
    let document = client.get("/.well-known/fluxer").await.ok();
    for endpoint in [
        "admin",
        "api",
        "api_client",
        "api_public",
        "gateway",
        "gift",
        "invite",
        "marketing",
        "media",
        "static_cdn",
        "webapp",
    ] {
        s(&document, &format!("/endpoints/{endpoint}"));
    }
    assert!(document["api_code_version"].is_number());
    for feature in
        ["self_hosted", "sms_mfa_enabled", "stripe_enabled", "voice_enabled", "manual_review_enabled"]
    {
        assert!(document["features"][feature].is_boolean(), "{feature}");
    }
    assert_eq!(document["features"]["self_hosted"], true);
    assert_eq!(document["limits"]["version"], 2);
    let rules = document["limits"]["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|r| r["overrides"]["max_message_length"] == 4000), "{rules:?}");
    assert!(s(&document, "/endpoints/gateway").starts_with("ws"));
    assert!(document["captcha"]["provider"].is_string());
    // in test mode GIFs are canned, and so there without a key
    assert_eq!(document["gif"], json!({"enabled": true, "provider": "klipy"}));
}

#[tokio::test]
async fn payment_routes_do_not_exist_here() {
    let account = tests::Account::new().await;
    for path in ["/users/@me/gifts", "/premium/price-ids"] {
        account.get(path).await.err(404, "NOT_FOUND");
    }
}
