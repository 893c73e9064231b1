//! Secrets of signing in, passkeys, push keys, cookies.

use platform_kernel::config::Secret;

platform_kernel::section! {
    /// Signing in.
    pub struct Auth {
        /// Signs sudo-mode tokens. Unset: made at the first start.
        sudo_mode_secret: Secret,
        /// Signs the start of connecting an external account. Unset: made at the first start.
        connection_initiation_secret: Secret,
        passkeys: Passkeys,
        vapid: Vapid,
        bluesky: Bluesky,
    }

    /// WebAuthn.
    pub struct Passkeys {
        /// Name shown by authenticators.
        rp_name: String = "Fluxer".into(),
        /// Relying party id. Unset: the base domain.
        rp_id: Option<String> => "\"chat.example.com\"",
        /// Origins accepted beside the web client's own.
        additional_allowed_origins: Vec<String> => "[\"https://app.example.com\"]",
    }

    /// Key pair of Web Push: P-256, base64url without padding. Unset: made at the first start.
    pub struct Vapid {
        public_key: String,
        private_key: Secret,
        /// Contact that push services see. Empty: `support@` and the web host.
        email: String,
    }

    /// Connecting Bluesky accounts.
    pub struct Bluesky {
        enabled: bool = true,
        client_name: String = "Fluxer".into(),
        client_uri: String,
        logo_uri: String = "https://fluxerstatic.com/web/apple-touch-icon.png".into(),
        tos_uri: String = "https://fluxer.app/terms".into(),
        policy_uri: String = "https://fluxer.app/privacy".into(),
        /// Signing keys; without one the connection type is unavailable.
        keys: Vec<BlueskyKey>,
    }

    /// A PEM key for private-key JWTs.
    pub struct BlueskyKey {
        kid: String,
        private_key: Secret,
        /// Absolute path of a PEM file, instead of the key itself.
        private_key_path: Option<String>,
    }

    /// Cookies of the admin panel and the public pages.
    pub struct Cookie {
        /// Empty: the host only.
        domain: String,
        /// Send cookies over TLS only. Must be true behind TLS in production.
        secure: bool,
    }
}
