//! The client's own addresses. web/src/app/router.tsx holds the same table.

/// Whether the client has a view for `path`.
pub fn is_page(path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        []
        | ["login" | "register" | "forgot" | "reset" | "verify" | "authorize-ip" | "wasntme" | "handoff"]
        | ["auth", "sso", "callback"]
        | ["invite" | "theme", _]
        | ["invite", _, "login"]
        | ["oauth2", "authorize"]
        | ["connection-callback" | "report" | "share" | "gallery"]
        | ["discover" | "inbox" | "you" | "mentions" | "bookmarks" | "notifications"]
        | ["settings"]
        | ["settings", _] => true,
        ["channels", place, rest @ ..] => {
            let own = matches!(*place, "@me" | "@favorites");
            if !own && !is_id(place) {
                return false;
            }
            match rest {
                [] => true,
                ["members" | "settings"] | ["settings", _] => !own,
                [channel] => is_id(channel),
                [channel, "settings"] | [channel, "settings", _] => is_id(channel),
                [channel, message] => is_id(channel) && is_id(message),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether the API has addresses of the same shape at the root: there only a person's browser gets the page.
pub fn is_shared(path: &str) -> bool {
    path.starts_with("/channels/") || path.starts_with("/oauth2/")
}

/// The name of the file that `path` may mean; addresses of the API and the like have none.
pub fn file(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let first = name.split('/').next()?;
    let taken = ["api", "v1", "gateway", "media", "s3", "queue", "metrics"];
    (name.contains('.') && !taken.contains(&first) && name != "openapi.json").then_some(name)
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages() {
        for page in [
            "/",
            "/login",
            "/login/",
            "/auth/sso/callback",
            "/invite/abc",
            "/invite/abc/login",
            "/channels/@me",
            "/channels/@me/1",
            "/channels/@me/1/2",
            "/channels/@favorites/1",
            "/channels/1",
            "/channels/1/2",
            "/channels/1/2/3",
            "/channels/1/members",
            "/channels/1/settings/roles",
            "/channels/1/2/settings",
            "/settings/profile",
            "/oauth2/authorize",
            "/theme/x",
            "/discover",
        ] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "/login/x",
            "/channels",
            "/channels/x",
            "/channels/1/messages",
            "/channels/1/2/3/4",
            "/channels/@me/members",
            "/users/@me",
            "/api/login",
            "/invites/abc",
            "/oauth2/token",
            "/channels/1/2/x",
            "/_health",
            "/settings/a/b",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }

    #[test]
    fn files() {
        assert_eq!(file("/sw.js"), Some("sw.js"));
        assert_eq!(file("/icons/512.png"), Some("icons/512.png"));
        for other in
            ["/openapi.json", "/media/avatars/1/a.webp", "/s3/b/a.txt", "/api/x.y", "/users", "/v1/a.b"]
        {
            assert_eq!(file(other), None, "{other}");
        }
    }
}
