//! The size of every operation's bucket (`http-conventions.md` §7.2, `auth.md` §1.4, `users.md`): read
//! from the header that each allowed answer carries, whatever the answer.

use tests::{Account, Guild, UNKNOWN, json};

#[tokio::test]
async fn every_bucket_has_its_size() {
    let (guild, [member]) = Guild::with_members::<1>().await;
    let caller = Account::new().await;
    let (g, c, m) = (&guild.id, &guild.general, UNKNOWN);
    let channel = |rest: &str| format!("/channels/{c}{rest}");
    let message = |rest: &str| format!("/channels/{c}/messages/{m}{rest}");
    let of = |rest: &str| format!("/guilds/{g}{rest}");
    let fox = "%F0%9F%A6%8A";
    let rows: Vec<(&str, String, u32)> = vec![
        ("GET", channel(""), 100),
        ("PATCH", channel(""), 20),
        ("DELETE", channel(""), 20),
        ("PUT", channel(&format!("/permissions/{m}")), 20),
        ("DELETE", channel(&format!("/permissions/{m}")), 20),
        ("PUT", channel(&format!("/recipients/{m}")), 20),
        ("DELETE", channel(&format!("/recipients/{m}")), 20),
        ("GET", channel("/messages"), 100),
        ("POST", channel("/messages"), 20),
        ("GET", message(""), 100),
        ("PATCH", message(""), 20),
        ("DELETE", message(""), 20),
        ("POST", channel("/messages/bulk-delete"), 10),
        ("POST", message("/ack"), 100),
        ("DELETE", channel("/messages/ack"), 40),
        ("POST", channel("/typing"), 20),
        ("GET", channel("/messages/pins"), 20),
        ("PUT", channel(&format!("/pins/{m}")), 20),
        ("DELETE", channel(&format!("/pins/{m}")), 20),
        ("POST", channel("/pins/ack"), 20),
        ("PUT", message(&format!("/reactions/{fox}/@me")), 30),
        ("DELETE", message(&format!("/reactions/{fox}/@me")), 30),
        ("DELETE", message(&format!("/reactions/{fox}/{m}")), 30),
        ("DELETE", message(&format!("/reactions/{fox}")), 30),
        ("DELETE", message("/reactions"), 30),
        ("GET", message(&format!("/reactions/{fox}")), 30),
        ("POST", channel("/invites"), 20),
        ("GET", channel("/invites"), 40),
        ("POST", "/guilds".into(), 10),
        ("GET", "/users/@me/guilds".into(), 40),
        ("GET", of(""), 100),
        ("PATCH", of(""), 20),
        ("POST", of("/transfer-ownership"), 20),
        ("PATCH", of("/text-channel-flexible-names"), 20),
        ("PATCH", of("/detached-banner"), 20),
        ("POST", of("/delete"), 10),
        ("DELETE", format!("/users/@me/guilds/{g}"), 10),
        ("GET", of("/vanity-url"), 100),
        ("PATCH", of("/vanity-url"), 10),
        ("GET", of("/audit-logs"), 20),
        ("GET", of("/members"), 40),
        ("GET", of("/members/@me"), 40),
        ("GET", of(&format!("/members/{m}")), 40),
        ("GET", of("/bans"), 40),
        ("PATCH", of(&format!("/members/{m}")), 20),
        ("DELETE", of(&format!("/members/{m}")), 20),
        ("PUT", of(&format!("/bans/{m}")), 20),
        ("DELETE", of(&format!("/bans/{m}")), 20),
        ("PUT", of(&format!("/members/{m}/roles/{m}")), 20),
        ("DELETE", of(&format!("/members/{m}/roles/{m}")), 20),
        ("GET", of("/channels"), 60),
        ("POST", of("/channels"), 10),
        ("PATCH", of("/channels"), 30),
        ("GET", of("/roles"), 60),
        ("POST", of("/roles"), 10),
        ("PATCH", of(&format!("/roles/{m}")), 20),
        ("DELETE", of(&format!("/roles/{m}")), 10),
        ("PATCH", of("/roles"), 20),
        ("PATCH", of("/roles/hoist-positions"), 20),
        ("DELETE", of("/roles/hoist-positions"), 10),
        ("GET", of("/invites"), 40),
        ("GET", "/invites/nosuchcode".into(), 100),
        ("POST", "/invites/nosuchcode".into(), 10),
        ("DELETE", "/invites/nosuchcode".into(), 20),
        ("POST", "/read-states/ack-bulk".into(), 20),
        ("POST", "/auth/register".into(), 10),
        ("POST", "/auth/username-suggestions".into(), 10),
        ("POST", "/auth/login".into(), 10),
        ("POST", "/auth/login/mfa/totp".into(), 5),
        ("POST", "/auth/verify".into(), 10),
        ("POST", "/auth/verify/resend".into(), 10),
        ("POST", "/auth/reset".into(), 10),
        ("POST", "/auth/email-revert".into(), 10),
        ("POST", "/auth/forgot".into(), 5),
        ("POST", "/auth/authorize-ip".into(), 5),
        ("POST", "/auth/ip-authorization/resend".into(), 5),
        ("GET", "/auth/ip-authorization/poll".into(), 60),
        ("GET", "/auth/sessions".into(), 40),
        ("POST", "/auth/sessions/logout".into(), 20),
        ("DELETE", "/users/@me/authorized-ips".into(), 10),
        ("POST", "/users/@me/disable".into(), 5),
        ("POST", "/users/@me/delete".into(), 5),
        ("POST", "/users/@me/email-change/start".into(), 10),
        ("POST", "/users/@me/email-change/verify-new".into(), 20),
        ("POST", "/users/@me/password-change/start".into(), 10),
        ("POST", "/users/@me/password-change/verify".into(), 20),
        ("GET", "/users/@me/sudo/mfa-methods".into(), 20),
        ("GET", "/users/@me".into(), 40),
        ("PATCH", "/users/@me".into(), 20),
        ("GET", format!("/users/{m}"), 100),
        ("GET", "/users/check-tag".into(), 60),
        ("GET", format!("/users/{m}/profile"), 100),
        ("GET", "/users/@me/settings".into(), 40),
        ("PATCH", "/users/@me/settings".into(), 20),
        ("PATCH", format!("/users/@me/guilds/{g}/settings"), 30),
        ("PATCH", "/users/@me/guilds/@me/settings".into(), 30),
        ("GET", "/users/@me/notes".into(), 60),
        ("PUT", format!("/users/@me/notes/{m}"), 40),
        ("POST", "/users/@me/relationships".into(), 10),
        ("POST", format!("/users/@me/relationships/{m}"), 10),
        ("PUT", format!("/users/@me/relationships/{m}"), 20),
        ("GET", "/users/@me/relationships".into(), 40),
        ("DELETE", format!("/users/@me/relationships/{m}"), 30),
        ("PATCH", format!("/users/@me/relationships/{m}"), 30),
        ("POST", "/users/@me/channels".into(), 40),
        ("GET", "/users/@me/saved-messages".into(), 40),
        ("POST", "/users/@me/saved-messages".into(), 30),
        ("GET", "/users/@me/mentions".into(), 40),
        ("DELETE", format!("/users/@me/mentions/{m}"), 60),
        ("GET", "/oauth2/applications/@me".into(), 60),
        ("POST", "/oauth2/applications".into(), 10),
        ("PATCH", format!("/oauth2/applications/{m}"), 30),
        ("DELETE", format!("/oauth2/applications/{m}"), 10),
        ("POST", format!("/oauth2/applications/{m}/bot/reset-token"), 10),
        ("POST", format!("/oauth2/applications/{m}/client-secret/reset"), 10),
        ("POST", "/oauth2/authorize/consent".into(), 60),
        ("POST", "/oauth2/token".into(), 120),
        ("GET", "/gateway/bot".into(), 60),
    ];
    let mut wrong = Vec::new();
    for (method, path, limit) in rows {
        // every row from a new address and nobody's account: the buckets are full
        let client = tests::Client { auth: None, address: tests::unique::address(), ..caller.client.clone() };
        let answer = client.call(method, &path).json(&json!({})).limited(Some(100_000)).await;
        let told = answer.header("x-ratelimit-limit").and_then(|v| v.parse::<u32>().ok());
        if told != Some(limit) {
            wrong.push(format!("{method} {path}: {told:?}, not {limit} ({})", answer.status));
        }
        let left = answer.header("x-ratelimit-remaining").and_then(|v| v.parse::<u32>().ok());
        if left != Some(limit - 1) {
            wrong.push(format!("{method} {path}: {left:?} left of {limit}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    drop(member);
}
