//! What a user agent says of the machine it runs on: enough for a person to recognise their
//! own sessions, no more. Pure.

use fluxer_wire::auth::ClientInfo;

const UNKNOWN: &str = "Unknown";

/// In this order: later ones also claim to be earlier ones' engine.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Electron/", "Electron"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("okhttp/", "OkHttp"),
    ("Dart/", "Dart"),
    ("python", "Python"),
    ("node", "Node.js"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("Windows", "Windows"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "Chrome OS"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Darwin", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("Ubuntu", "Ubuntu"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

fn find(agent: &str, names: &[(&str, &'static str)]) -> &'static str {
    names.iter().find(|(needle, _)| agent.contains(needle)).map_or(UNKNOWN, |(_, name)| name)
}

pub fn describe(agent: Option<&str>, is_desktop: bool) -> ClientInfo {
    let agent = agent.unwrap_or_default();
    let browser = find(agent, BROWSERS);
    let platform = if is_desktop { "Fluxer Desktop" } else { browser };
    ClientInfo {
        platform: Some(platform.into()),
        os: Some(find(agent, SYSTEMS).into()),
        browser: Some(browser.into()),
        location: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_agents() {
        let seen = |agent: &str| {
            let info = describe(Some(agent), false);
            (info.platform.unwrap(), info.os.unwrap())
        };
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/131.0.0.0 Safari/537.36";
        assert_eq!(seen(chrome), ("Chrome".into(), "Windows".into()));
        assert_eq!(seen(&format!("{chrome} Edg/131.0")), ("Edge".into(), "Windows".into()));
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.1 Mobile/15E148 Safari/604.1";
        assert_eq!(seen(safari), ("Safari".into(), "iOS".into()));
        assert_eq!(seen(""), ("Unknown".into(), "Unknown".into()));
        assert_eq!(describe(Some(chrome), true).platform.unwrap(), "Fluxer Desktop");
    }
}
