//! The public name of the instance and its addresses.

platform_kernel::choices! {
    /// Scheme of a URL.
    pub enum Scheme { Http = "http", Https = "https" }
}

platform_kernel::section! {
    /// The public name of the instance.
    pub struct Domain {
        /// Host name under which the instance is reached; also its identity in a federation.
        base_domain: String = "localhost".into() => "\"chat.example.com\"",
        /// Scheme of public addresses; `https` also makes the gateway address `wss`.
        public_scheme: Scheme,
        /// Scheme between servers.
        internal_scheme: Scheme,
        /// Port that clients connect to. Unset: 443 with `https`, else the port listened on.
        public_port: Option<u16> => "443",
        /// Port between servers. Unset: the port listened on.
        internal_port: Option<u16> => "8080",
        /// Host of static assets (default avatars, emoji sprites, icons).
        static_cdn_domain: String = "fluxerstatic.com".into(),
        /// Host of short invite links. Empty: the base domain.
        invite_domain: String,
        /// Host of short gift links. Empty: the base domain.
        gift_domain: String,
    }

    /// Full URLs that win over the derived ones.
    pub struct Endpoints {
        /// API as servers and third parties see it.
        api: Option<String> => "\"https://chat.example.com/api\"",
        /// API as clients see it.
        api_client: Option<String> => "\"https://chat.example.com/api\"",
        /// Web client.
        app: Option<String> => "\"https://chat.example.com\"",
        /// Gateway.
        gateway: Option<String> => "\"wss://chat.example.com/gateway\"",
        /// Media proxy.
        media: Option<String> => "\"https://chat.example.com/media\"",
        /// Static assets.
        static_cdn: Option<String> => "\"https://static.example.com\"",
        /// Admin panel.
        admin: Option<String> => "\"https://chat.example.com/admin\"",
        /// Public pages.
        marketing: Option<String> => "\"https://chat.example.com/marketing\"",
        /// Invite links.
        invite: Option<String> => "\"https://chat.example.com/invite\"",
        /// Gift links.
        gift: Option<String> => "\"https://chat.example.com/gift\"",
    }
}
