//! The published description, measured by asking the server (`issue`: OpenAPI of what is served).

use std::collections::BTreeSet;

use tests::{Account, Client, Value};

/// Operations every build must serve, as `METHOD path` with parameters as `{}`.
const CORE: &[&str] = &[
    "POST /auth/register",
    "POST /auth/login",
    "POST /auth/logout",
    "GET /auth/sessions",
    "POST /auth/sessions/logout",
    "POST /auth/forgot",
    "POST /auth/reset",
    "POST /auth/verify",
    "POST /auth/verify/resend",
    "GET /users/@me",
    "PATCH /users/@me",
    "GET /users/{}",
    "GET /users/{}/profile",
    "GET /users/@me/settings",
    "PATCH /users/@me/settings",
    "GET /users/@me/notes",
    "PUT /users/@me/notes/{}",
    "GET /users/@me/relationships",
    "POST /users/@me/relationships",
    "PUT /users/@me/relationships/{}",
    "GET /users/@me/channels",
    "POST /users/@me/channels",
    "PATCH /users/@me/guilds/{}/settings",
    "POST /guilds",
    "GET /users/@me/guilds",
    "GET /guilds/{}",
    "PATCH /guilds/{}",
    "POST /guilds/{}/delete",
    "POST /guilds/{}/transfer-ownership",
    "DELETE /users/@me/guilds/{}",
    "GET /guilds/{}/roles",
    "POST /guilds/{}/roles",
    "PATCH /guilds/{}/roles/{}",
    "DELETE /guilds/{}/roles/{}",
    "GET /guilds/{}/members",
    "GET /guilds/{}/members/{}",
    "PATCH /guilds/{}/members/{}",
    "DELETE /guilds/{}/members/{}",
    "PUT /guilds/{}/members/{}/roles/{}",
    "GET /guilds/{}/bans",
    "PUT /guilds/{}/bans/{}",
    "DELETE /guilds/{}/bans/{}",
    "GET /guilds/{}/channels",
    "POST /guilds/{}/channels",
    "PATCH /guilds/{}/channels",
    "PATCH /channels/{}",
    "DELETE /channels/{}",
    "PUT /channels/{}/permissions/{}",
    "DELETE /channels/{}/permissions/{}",
    "POST /channels/{}/invites",
    "GET /channels/{}/invites",
    "GET /guilds/{}/invites",
    "GET /invites/{}",
    "POST /invites/{}",
    "DELETE /invites/{}",
    "GET /channels/{}/messages",
    "POST /channels/{}/messages",
    "GET /channels/{}/messages/{}",
    "PATCH /channels/{}/messages/{}",
    "DELETE /channels/{}/messages/{}",
    "POST /channels/{}/messages/bulk-delete",
    "GET /channels/{}/messages/pins",
    "PUT /channels/{}/pins/{}",
    "DELETE /channels/{}/pins/{}",
    "PUT /channels/{}/messages/{}/reactions/{}/@me",
    "GET /channels/{}/messages/{}/reactions/{}",
    "POST /channels/{}/typing",
    "POST /channels/{}/messages/{}/ack",
    "POST /read-states/ack-bulk",
    "POST /oauth2/applications",
    "POST /oauth2/applications/{}/bot/reset-token",
    "POST /oauth2/authorize/consent",
    "GET /gateway/bot",
    "GET /.well-known/fluxer",
];

fn generic(path: &str) -> String {
    let part = |p: &str| if p.starts_with('{') { "{}".to_owned() } else { p.to_owned() };
    path.strip_prefix("/v1").unwrap_or(path).split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every `$ref` of a document.
fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_has_the_parameters_of_its_own_path() {
    let document = Client::anonymous().get("/openapi.json").await.ok();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let own: BTreeSet<&str> = path
            .split('/')
            .filter_map(|part| part.split_once('{')?.1.split_once('}').map(|(name, _)| name))
            .collect();
        for (method, operation) in operations.as_object().expect("operations") {
            let parameters = operation["parameters"].as_array().expect("parameters");
            let of_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
            let mut described = BTreeSet::new();
            for parameter in of_path {
                let name = parameter["name"].as_str().expect("a name");
                assert!(described.insert(name), "{method} {path}: {name} twice");
                assert_eq!(parameter["required"], true, "{method} {path}: {name}");
                // Only what is called an id is one.
                let is_id = parameter["schema"]["format"] == "snowflake";
                let named_so = name == "id" || name.ends_with("_id") || name.ends_with("Id");
                let is_text = parameter["schema"]["type"] == "string";
                assert!(is_text && (named_so || !is_id), "{method} {path}: {parameter}");
            }
            assert_eq!(described, own, "{method} {path}");
        }
    }
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("within the document");
        assert!(document.pointer(pointer).is_some_and(Value::is_object), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn the_document_lists_the_core_and_the_server_serves_what_it_lists() {
    let document = Client::anonymous().get("/openapi.json").await.ok();
    assert!(document["openapi"].as_str().is_some_and(|v| v.starts_with("3.")), "{}", document["openapi"]);
    let mut listed = BTreeSet::new();
    let mut calls = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            // the harness can wipe the instance: not to be walked
            let walked = !path.trim_start_matches("/v1").starts_with("/test");
            if walked && ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                assert!(operation["responses"].is_object(), "{method} {path}");
                listed.insert(format!("{} {}", method.to_uppercase(), generic(path)));
                calls.push((method.to_uppercase(), path.strip_prefix("/v1").unwrap_or(path).to_owned()));
            }
        }
    }
    let missing: Vec<_> = CORE.iter().filter(|op| !listed.contains(**op)).collect();
    assert!(missing.is_empty(), "not described: {missing:?}");
    let account = Account::new().await;
    for (method, path) in calls {
        let concrete: Vec<&str> =
            path.split('/').map(|p| if p.starts_with('{') { tests::UNKNOWN } else { p }).collect();
        // without a credential nothing but public reads can happen
        let anonymous = Client { auth: None, ..account.client.clone() };
        let answer = anonymous.call(&method, &concrete.join("/")).await;
        let unrouted = answer.status == 404 && answer.body["code"] == "NOT_FOUND";
        assert!(!unrouted && ![405, 500, 501].contains(&answer.status), "{method} {path}: {}", answer.text);
    }
}
