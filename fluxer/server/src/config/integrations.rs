//! Services of others: mail, SMS, captcha, voice, search, payments, scanners, GIFs.

use platform_kernel::config::Secret;

platform_kernel::choices! {
    /// How mail leaves.
    pub enum EmailProvider { None = "none", Smtp = "smtp" }
}
platform_kernel::choices! {
    /// Which captcha is shown.
    pub enum CaptchaProvider { None = "none", Hcaptcha = "hcaptcha", Turnstile = "turnstile" }
}
platform_kernel::choices! {
    /// Where GIFs are searched.
    pub enum GifProvider { Klipy = "klipy", Tenor = "tenor" }
}
platform_kernel::choices! {
    /// Who recognises known abuse material.
    pub enum CsamProvider { PhotoDna = "photo_dna", ArachnidShield = "arachnid_shield" }
}

platform_kernel::section! {
    /// Services of others; all off by default.
    pub struct Integrations {
        email: Email,
        sms: Sms,
        captcha: Captcha,
        voice: Voice,
        search: Option<Search>,
        stripe: Stripe,
        clamav: Clamav,
        photo_dna: PhotoDna,
        csam_integration: Option<CsamIntegration>,
        ncmec: Ncmec,
        gif: Gif,
        klipy: Klipy,
        tenor: Tenor,
        youtube: ApiKey,
        cloudflare: Cloudflare,
    }

    /// Outgoing mail. Disabled: mails are logged by kind and count as sent.
    pub struct Email {
        enabled: bool,
        provider: EmailProvider,
        /// Sender address.
        from_email: String => "\"noreply@example.com\"",
        from_name: String = "Fluxer".into(),
        /// Base64 key that bounce webhooks are signed with.
        webhook_secret: Secret,
        smtp: Option<Smtp>,
    }

    /// A mail server.
    pub struct Smtp {
        host: String => "\"smtp.example.com\"",
        /// 465 speaks TLS from the start, other ports STARTTLS.
        port: u16 = 587,
        /// Empty: the server asks for none.
        username: String,
        password: Secret,
        /// Refuse to send without TLS.
        secure: bool = true,
    }

    /// Text messages by Twilio Verify.
    pub struct Sms {
        enabled: bool,
        account_sid: String,
        auth_token: Secret,
        verify_service_sid: String,
    }

    /// Captcha at registration and log-in.
    pub struct Captcha {
        enabled: bool,
        provider: CaptchaProvider,
        hcaptcha: Option<CaptchaKeys>,
        turnstile: Option<CaptchaKeys>,
    }

    /// Keys of a captcha provider.
    pub struct CaptchaKeys {
        site_key: String,
        secret_key: Secret,
    }

    /// Voice and video by LiveKit.
    pub struct Voice {
        enabled: bool,
        api_key: String,
        api_secret: Secret,
        webhook_url: String,
        /// Signalling address. Empty: `/livekit` on the API's host.
        url: String,
        default_region: Option<Region>,
    }

    /// The region made at the first start.
    pub struct Region {
        id: String,
        name: String,
        emoji: String,
        latitude: f64,
        longitude: f64,
    }

    /// Meilisearch. Absent: the embedded index.
    pub struct Search {
        url: String = "http://127.0.0.1:7700".into(),
        api_key: Secret,
    }

    /// Payments; only with `instance.self_hosted` off.
    pub struct Stripe {
        enabled: bool,
        secret_key: Secret,
        webhook_secret: Secret,
        prices: Prices,
    }

    /// Price ids.
    pub struct Prices {
        monthly_usd: String,
        monthly_eur: String,
        yearly_usd: String,
        yearly_eur: String,
        visionary_usd: String,
        visionary_eur: String,
        gift_visionary_usd: String,
        gift_visionary_eur: String,
        gift_1_month_usd: String,
        gift_1_month_eur: String,
        gift_1_year_usd: String,
        gift_1_year_eur: String,
    }

    /// Virus scanner.
    pub struct Clamav {
        enabled: bool,
        host: String = "clamav".into(),
        port: u16 = 3310,
        /// Let files pass while the scanner cannot be reached.
        fail_open: bool = true,
    }

    /// PhotoDNA; `csam_integration` wins over it.
    pub struct PhotoDna {
        enabled: bool,
        hash_service_url: String,
        hash_service_timeout_ms: u32 = 15_000,
        match_endpoint: String,
        subscription_key: Secret,
        match_enhance: bool,
        rate_limit_rps: u32 = 5,
    }

    /// Recognition of known abuse material.
    pub struct CsamIntegration {
        enabled: bool,
        provider: CsamProvider,
        photo_dna: PhotoDna,
        arachnid_shield: ArachnidShield,
    }

    /// Arachnid Shield.
    pub struct ArachnidShield {
        endpoint: String = "https://shield.projectarachnid.com/v1/media".into(),
        username: String,
        password: Secret,
        timeout_ms: u32 = 30_000,
        max_retries: u32 = 3,
        retry_backoff_ms: u32 = 1000,
    }

    /// CyberTipline reports.
    pub struct Ncmec {
        enabled: bool,
        base_url: String,
        username: String,
        password: Secret,
    }

    /// GIF search.
    pub struct Gif {
        provider: GifProvider,
    }

    /// GIFs of KLIPY.
    pub struct Klipy {
        /// Empty: none are found there.
        api_key: Secret,
        /// Where its API is.
        api_url: String = "https://api.klipy.com/api/v1".into(),
    }

    /// GIFs of Tenor, or of a service that speaks version 2 of its API.
    pub struct Tenor {
        /// Empty: none are found there.
        api_key: Secret,
        /// Where its API is.
        api_url: String = "https://tenor.googleapis.com/v2".into(),
    }

    /// A key; empty switches the service off.
    pub struct ApiKey {
        api_key: Secret,
    }

    /// Purging of a CDN.
    pub struct Cloudflare {
        purge_enabled: bool,
        /// Where the provider's API is.
        api_url: String = "https://api.cloudflare.com/client/v4".into(),
        zone_id: String,
        api_token: Secret,
    }
}
