//! Public addresses, derived from the domain unless overridden one by one.

use fluxer_domain::settings::Endpoints;

use super::{Config, EndpointOverrides, Scheme};

impl EndpointOverrides {
    /// Every override by its key.
    pub fn each(&self) -> [(&'static str, &Option<String>); 10] {
        [
            ("api", &self.api),
            ("api_client", &self.api_client),
            ("app", &self.app),
            ("gateway", &self.gateway),
            ("media", &self.media),
            ("static_cdn", &self.static_cdn),
            ("admin", &self.admin),
            ("marketing", &self.marketing),
            ("invite", &self.invite),
            ("gift", &self.gift),
        ]
    }
}

fn origin(scheme: &str, host: &str, port: u16) -> String {
    match (scheme, port) {
        ("http" | "ws", 80) | ("https" | "wss", 443) => format!("{scheme}://{host}"),
        _ => format!("{scheme}://{host}:{port}"),
    }
}

/// The addresses that clients are told, when the listener has port `listening`.
pub(super) fn derive(config: &Config, listening: u16) -> Endpoints {
    let domain = &config.domain;
    let port = config.public_port(listening);
    let scheme = domain.public_scheme.as_str();
    let host = domain.base_domain.as_str();
    let short = |own: &String| if own.is_empty() { host.to_owned() } else { own.clone() };
    let base = origin(scheme, host, port);
    let socket = if domain.public_scheme == Scheme::Https { "wss" } else { "ws" };
    let cdn =
        if domain.static_cdn_domain.is_empty() { "fluxerstatic.com" } else { &domain.static_cdn_domain };
    let overrides = &config.endpoint_overrides;
    let choose = |set: &Option<String>, derived: String| {
        set.as_deref().map_or(derived, |set| set.trim_end_matches('/').to_owned())
    };
    Endpoints {
        api: choose(&overrides.api, format!("{base}/api")),
        api_client: choose(&overrides.api_client, format!("{base}/api")),
        app: choose(&overrides.app, base.clone()),
        gateway: choose(&overrides.gateway, format!("{}/gateway", origin(socket, host, port))),
        media: choose(&overrides.media, format!("{base}/media")),
        static_cdn: choose(&overrides.static_cdn, format!("https://{cdn}")),
        admin: choose(&overrides.admin, format!("{base}/admin")),
        marketing: choose(&overrides.marketing, format!("{base}/marketing")),
        invite: choose(
            &overrides.invite,
            format!("{}/invite", origin(scheme, &short(&domain.invite_domain), port)),
        ),
        gift: choose(&overrides.gift, format!("{}/gift", origin(scheme, &short(&domain.gift_domain), port))),
    }
}
