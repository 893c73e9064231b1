//! The content security policy. Scripts come from this server and must be named by it; whatever else a page may
//! load or talk to is on this list.

/// Players that a person may start inside a message.
const PLAYERS: &str = "https://www.youtube-nocookie.com https://player.vimeo.com https://open.spotify.com \
                       https://w.soundcloud.com https://player.twitch.tv https://clips.twitch.tv";

/// Other servers that the client talks to, from their addresses.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// API and gateway.
    pub connect: Vec<String>,
    /// Pictures, sounds and videos.
    pub media: Vec<String>,
    /// Scripts and frames of a captcha.
    pub captcha: Vec<String>,
}

impl Origins {
    pub fn new(connect: &[&str], media: &[&str], captcha_provider: &str) -> Self {
        let origins = |addresses: &[&str]| {
            let mut origins: Vec<String> = addresses.iter().filter_map(|address| origin(address)).collect();
            origins.sort();
            origins.dedup();
            origins
        };
        let captcha: &[&str] = match captcha_provider {
            "hcaptcha" => &["https://hcaptcha.com", "https://*.hcaptcha.com"],
            "turnstile" => &["https://challenges.cloudflare.com"],
            _ => &[],
        };
        let captcha = captcha.iter().map(|&origin| origin.to_owned()).collect();
        Self { connect: origins(connect), media: origins(media), captcha }
    }

    pub fn policy(&self, nonce: &str) -> String {
        let (connect, media, captcha) =
            (self.connect.join(" "), self.media.join(" "), self.captcha.join(" "));
        let directives = [
            ("default-src", "'none'".to_owned()),
            ("script-src", format!("'self' 'nonce-{nonce}' {captcha}")),
            // Styles that libraries add carry the nonce too; a person's own go in without markup.
            ("style-src", format!("'self' 'nonce-{nonce}' {captcha}")),
            ("img-src", format!("'self' data: blob: {media}")),
            ("media-src", format!("'self' blob: {media}")),
            ("font-src", "'self'".to_owned()),
            ("connect-src", format!("'self' {connect} {media} {captcha}")),
            ("worker-src", "'self' blob:".to_owned()),
            ("manifest-src", "'self'".to_owned()),
            ("frame-src", format!("{PLAYERS} {captcha}")),
            ("form-action", "'self'".to_owned()),
            ("base-uri", "'none'".to_owned()),
            ("object-src", "'none'".to_owned()),
            ("frame-ancestors", "'none'".to_owned()),
            ("require-trusted-types-for", "'script'".to_owned()),
            ("trusted-types", "default".to_owned()),
        ];
        let mut words: Vec<String> = Vec::new();
        for (name, value) in directives {
            words.push(format!("{name} {}", value.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        words.join("; ")
    }
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
    (scheme.chars().all(|c| c.is_ascii_alphabetic()) && host.chars().all(plain))
        .then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_may_be_loaded() {
        let origins = Origins::new(
            &["https://chat.example/api", "wss://chat.example/gateway", "https://chat.example/api"],
            &["https://media.example:8443/media", "nonsense", "https://a;b/"],
            "none",
        );
        let policy = origins.policy("abc");
        assert!(policy.contains("script-src 'self' 'nonce-abc';"), "{policy}");
        assert!(policy.contains(
            "connect-src 'self' https://chat.example wss://chat.example https://media.example:8443;"
        ));
        assert!(policy.contains("img-src 'self' data: blob: https://media.example:8443;"));
        assert!(!policy.contains("unsafe") && !policy.contains("hcaptcha"));
        let captcha = Origins::new(&[], &[], "turnstile").policy("abc");
        assert!(captcha.contains("script-src 'self' 'nonce-abc' https://challenges.cloudflare.com;"));
    }
}
