//! Looking for GIFs at KLIPY and Tenor (contract tags "KLIPY", "Tenor"): two services that the
//! test runs itself, and what happens without them.

use tests::server::Server;
use tests::site::{Answer, Site};
use tests::{Account, Value, json, s};

fn answer(body: &Value) -> Answer {
    Answer("content-type: application/json\r\n".into(), body.to_string().into_bytes())
}

fn klipy(slug: &str) -> Value {
    let file = json!({"mp4": {"url": format!("https://k.example/{slug}.mp4"), "width": 40, "height": 30}});
    json!({"slug": slug, "title": slug.to_uppercase(), "file": {"md": file}})
}
fn tenor(id: &str) -> Value {
    let formats = json!({"mp4": {"url": format!("https://t.example/{id}.mp4"), "dims": [40, 30]}});
    json!({"id": id, "title": "", "content_description": format!("about {id}"),
        "itemurl": format!("https://tenor.com/view/cat-{id}"), "media_formats": formats})
}

fn path_of(request: &str) -> &str {
    request.split(' ').nth(1).unwrap()
}

#[tokio::test]
async fn gifs_come_from_the_services() {
    let trending = json!({"data": {"data": [klipy("hot")]}});
    let categories = json!({"data": {"categories": [
        {"category": "Cats", "query": "cats", "preview_url": "https://k.example/c.gif"},
        {"category": "broken", "preview_url": "ftp://x"},
    ]}});
    let site = Site::open(&[
        (
            "/k/key-1/gifs/search?",
            answer(&json!({"data": {"data": [klipy("one"), klipy("two"), {"id": 3}]}})),
        ),
        ("/k/key-1/gifs/trending?", answer(&trending)),
        ("/k/key-1/gifs/categories?", answer(&categories)),
        ("/k/key-1/search-suggestions/ca%20t?", answer(&json!({"data": ["cat", "catch"]}))),
        ("/k/key-1/gifs/share/one", answer(&json!({"result": true}))),
        ("/t/search?", answer(&json!({"results": [tenor("7")]}))),
        ("/t/featured?", answer(&json!({"results": [tenor("8")]}))),
        (
            "/t/categories?",
            answer(&json!({"tags": [{"searchterm": "yes", "image": "https://t.example/y.gif"}]})),
        ),
        ("/t/search_suggestions?", answer(&json!({"results": ["cats"]}))),
        ("/t/registershare?", answer(&json!({}))),
    ])
    .await;
    let server = Server::start_with(&[
        ("FLUXER_CONFIG__INTEGRATIONS__KLIPY__API_KEY", "key-1"),
        ("FLUXER_CONFIG__INTEGRATIONS__KLIPY__API_URL", &site.url("/k")),
        ("FLUXER_CONFIG__INTEGRATIONS__TENOR__API_KEY", "key-2"),
        ("FLUXER_CONFIG__INTEGRATIONS__TENOR__API_URL", &site.url("/t/")),
    ]);
    let account = Account::on(&server.base).await;
    let found = account.get("/klipy/search?q=a%26b&locale=de").await.ok();
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    let proxy = s(&found[0], "proxy_src");
    assert_eq!(
        found[0],
        json!({"id": "one", "title": "ONE", "url": "https://klipy.com/gifs/one",
            "src": "https://k.example/one.mp4", "proxy_src": proxy, "width": 40, "height": 30})
    );
    assert!(proxy.contains("/media/external/"), "{proxy}");
    let asked = site.requests();
    assert!(path_of(&asked[0]).contains("q=a%26b") && path_of(&asked[0]).contains("locale=de"), "{asked:?}");
    // what was asked lately is not asked again, in another language it is
    account.get("/klipy/search?q=a%26b&locale=de").await.ok();
    assert_eq!(site.asked(), 1);
    account.get("/klipy/search?q=a%26b&locale=fr").await.ok();
    assert_eq!(site.asked(), 2);
    let featured = account.get("/klipy/featured").await.ok();
    assert_eq!(featured["gifs"], account.get("/klipy/trending-gifs").await.ok());
    assert_eq!(featured["gifs"][0]["id"], "hot");
    assert_eq!(featured["categories"].as_array().map(Vec::len), Some(1), "{featured}");
    assert_eq!((&featured["categories"][0]["name"], site.asked()), (&json!("cats"), 4));
    assert_eq!(account.get("/klipy/suggest?q=ca%20t").await.ok(), json!(["cat", "catch"]));
    account.post("/klipy/register-share", json!({"id": "one", "q": "cat"})).await.no_content();
    let shared = site.requests().pop().unwrap();
    assert!(
        shared.starts_with("POST /k/key-1/gifs/share/one ") && shared.contains(r#""q":"cat""#),
        "{shared}"
    );
    assert!(!shared.contains(&account.id), "the service is not told who it was: {shared}");

    let found = account.get("/tenor/search?q=cat&locale=en-GB").await.ok();
    assert_eq!((&found[0]["id"], &found[0]["title"]), (&json!("7"), &json!("about 7")));
    assert_eq!(found[0]["url"], "https://tenor.com/view/cat-7");
    let asked = site.requests().pop().unwrap();
    for part in ["key=key-2", "q=cat", "locale=en_GB"] {
        assert!(path_of(&asked).contains(part), "{asked}");
    }
    let featured = account.get("/tenor/featured").await.ok();
    assert_eq!(
        (&featured["gifs"][0]["id"], &featured["categories"][0]["name"]),
        (&json!("8"), &json!("yes"))
    );
    assert_eq!(account.get("/tenor/suggest?q=c").await.ok(), json!(["cats"]));
    account.post("/tenor/register-share", json!({"id": "7"})).await.no_content();
    assert!(path_of(&site.requests().pop().unwrap()).contains("id=7"));
    // a service that fails, and one that does not mind a share
    account.get("/klipy/suggest?q=other").await.err(502, "BAD_GATEWAY");
    account.post("/klipy/register-share", json!({"id": "unknown"})).await.no_content();
    assert!(!server.log().contains("key-1"), "the key is not logged");
}

#[tokio::test]
async fn what_is_asked_of_gifs() {
    let account = Account::new().await;
    for service in ["klipy", "tenor"] {
        // test mode has some of its own
        let found = account.get(format!("/{service}/search?q=cat")).await.ok();
        assert_eq!((found.as_array().map(Vec::len), &found[0]["id"]), (Some(3), &json!("cat-1")));
        assert_eq!(account.get(format!("/{service}/suggest?q=cat")).await.ok()[2], "cat-3");
        assert!(account.get(format!("/{service}/featured")).await.ok()["categories"][0]["name"].is_string());
        assert!(account.get(format!("/{service}/trending-gifs")).await.ok()[0]["src"].is_string());
        account.get(format!("/{service}/search")).await.refused(400);
        account.get(format!("/{service}/search?q=")).await.refused(400);
        account.get(format!("/{service}/search?q=cat&locale=xx")).await.field("locale", "INVALID_FORMAT");
        account.get(format!("/{service}/search?q={}", "x".repeat(257))).await.refused(400);
        let share = format!("/{service}/register-share");
        account.post(&share, json!({})).await.plain("id");
        account.post(&share, json!({"id": "x".repeat(65)})).await.plain("id");
        account.post(&share, json!({"id": "x"})).await.no_content();
    }
    // without test mode and a key there are none
    let server = Server::start_with(&[("FLUXER_CONFIG__DEV__TEST_MODE_ENABLED", "false")]);
    let account = Account::register_with(
        tests::Client { base: server.base.clone(), ..tests::Client::anonymous() },
        tests::account::registration(),
    )
    .await;
    account.get("/klipy/search?q=cat").await.err(403, "FEATURE_TEMPORARILY_DISABLED");
    account.post("/tenor/register-share", json!({"id": "1"})).await.err(403, "FEATURE_TEMPORARILY_DISABLED");
}
