// Made by scripts/api.mjs from the server's OpenAPI document; do not edit.
export interface Schemas {
    "add_reaction query": {
        /** @description The gateway session that already shows the change and is not told of it. */
        session_id?: string | null;
    };
    AllowedMentionsRequest: {
        parse?: ("users" | "roles" | "everyone")[];
        replied_user?: boolean;
        roles?: string[];
        users?: string[];
    };
    ApplicationBotResponse: {
        authenticator_types?: number[] | null;
        avatar: string | null;
        banner: string | null;
        bio: string | null;
        discriminator: string;
        flags: number;
        id: string;
        mfa_enabled?: boolean | null;
        token?: string | null;
        username: string;
    };
    ApplicationCreateRequest: {
        bot_public?: boolean;
        bot_require_code_grant?: boolean;
        name: string;
        redirect_uris?: string[] | null;
    };
    /** @description What anybody may know of an application. */
    ApplicationPublicResponse: {
        bot: Schemas["ApplicationBotResponse"] | null;
        bot_public: boolean;
        description: string | null;
        icon: string | null;
        id: string;
        name: string;
        redirect_uris: string[];
        scopes: string[];
    };
    /** @description An application as its owner sees it. Secrets are there only when they were just made. */
    ApplicationResponse: {
        bot?: Schemas["ApplicationBotResponse"] | null;
        bot_public: boolean;
        bot_require_code_grant: boolean;
        client_secret?: string | null;
        id: string;
        name: string;
        redirect_uris: string[];
    };
    /** @description An application as its own bot sees it. */
    ApplicationsMeResponse: {
        bot?: Schemas["ApplicationBotResponse"] | null;
        bot_public: boolean;
        bot_require_code_grant: boolean;
        description: string | null;
        flags: number;
        icon: string | null;
        id: string;
        name: string;
    };
    ApplicationUpdateRequest: {
        bot_public?: boolean;
        bot_require_code_grant?: boolean;
        name?: string;
        redirect_uris?: string[] | null;
    };
    AuditLogChangeSchema: {
        key: string;
        new_value?: (string | number | boolean | string[] | number[] | {
            added: string[];
            removed: string[];
        } | null) | null;
        old_value?: (string | number | boolean | string[] | number[] | {
            added: string[];
            removed: string[];
        } | null) | null;
    };
    AuditLogOptions: {
        channel_id?: string | null;
        count?: number | null;
        delete_member_days?: string | null;
        id?: string | null;
        integration_type?: number | null;
        inviter_id?: string | null;
        max_age?: number | null;
        max_uses?: number | null;
        members_removed?: number | null;
        message_id?: string | null;
        role_name?: string | null;
        temporary?: boolean | null;
        type?: number | null;
        uses?: number | null;
    };
    AuditLogWebhookResponse: {
        avatar_hash: string | null;
        channel_id: string | null;
        guild_id: string | null;
        id: string;
        name: string;
        type: number;
    };
    /** @description The password was right; a second factor is wanted. */
    AuthMfaRequiredResponse: {
        allowed_methods: ("totp" | "sms" | "webauthn")[];
        /** @description Always true. */
        mfa: boolean;
        sms: boolean;
        /** @description The end of the telephone number, if there is one. */
        sms_phone_hint: string | null;
        ticket: string;
        totp: boolean;
        webauthn: boolean;
    };
    AuthorizeConsentRequest: {
        client_id: string;
        guild_id?: string;
        permissions?: string;
        redirect_uri?: string;
        response_type?: string;
        scope: string;
        state?: string;
    };
    AuthorizeIpRequest: {
        token: string;
    };
    AuthSessionClientInfo: {
        browser: string | null;
        location: Schemas["AuthSessionLocation"] | null;
        os: string | null;
        platform: string | null;
    };
    AuthSessionLocation: {
        city: string | null;
        country: string | null;
        region: string | null;
    };
    /** @description A login, as its owner sees it. */
    AuthSessionResponse: {
        approx_last_used_at: string | null;
        client_info: Schemas["AuthSessionClientInfo"] | null;
        /** @description Whether it is the session that asks. */
        current: boolean;
        /** @description The same as `id_hash`, for older clients. */
        id: string;
        id_hash: string;
    };
    /** @description A session's token, given out once. */
    AuthTokenWithUserIdResponse: {
        token: string;
        user_id: string;
    };
    BotProfileResponse: {
        avatar: string | null;
        banner: string | null;
        bio: string | null;
        discriminator: string;
        id: string;
        username: string;
    };
    BotProfileUpdateRequest: {
        avatar?: string | null;
        banner?: string | null;
        bio?: string | null;
        bot_flags?: number;
        discriminator?: string;
        username?: string;
    };
    BotTokenResetResponse: {
        bot: Schemas["ApplicationBotResponse"];
        token: string;
    };
    BulkDeleteMessagesRequest: {
        message_ids: string[];
    };
    ChannelCreateRequest: {
        bitrate?: number | null;
        name: string;
        /** @description Not kept: a new channel never is. */
        nsfw?: boolean | null;
        parent_id?: string | null;
        permission_overwrites?: Schemas["ChannelOverwriteRequest"][] | null;
        topic?: string | null;
        /** @enum {integer} */
        type: 0 | 2 | 4 | 998;
        url?: string | null;
        user_limit?: number | null;
    };
    ChannelInviteCreateRequest: {
        /** @description Seconds; 0 is for ever. */
        max_age?: number | null;
        /** @description 0 is without limit. */
        max_uses?: number | null;
        temporary?: boolean | null;
        /** @description A new one even if there is one like it. */
        unique?: boolean | null;
    };
    ChannelOverride: {
        collapsed: boolean;
        message_notifications: number;
        mute_config: Schemas["MuteConfig"] | null;
        muted: boolean;
    };
    ChannelOverrideUpdate: {
        collapsed: boolean;
        message_notifications: number;
        mute_config?: Schemas["MuteConfigRequest"] | null;
        muted: boolean;
    };
    /** @description An overwrite as a client sends it. */
    ChannelOverwriteRequest: {
        allow?: string | null;
        deny?: string | null;
        id: string;
        /** @enum {integer} */
        type: 0 | 1;
    };
    /** @description What a role or member is allowed and denied in one channel. */
    ChannelOverwriteResponse: {
        allow: string;
        deny: string;
        /** @description Role or user id, by `kind`. */
        id: string;
        /** @enum {integer} */
        type: 0 | 1;
    };
    ChannelPartialRecipientResponse: {
        username: string;
    };
    ChannelPartialResponse: {
        id: string;
        name: string | null;
        recipients?: Schemas["ChannelPartialRecipientResponse"][] | null;
        /** @enum {integer} */
        type: 0 | 1 | 2 | 3 | 4 | 998 | 999;
    };
    ChannelPinResponse: {
        message: Schemas["MessageResponseSchema"];
        pinned_at: string;
    };
    /** @description A page of a channel's pins. */
    ChannelPinsResponse: {
        has_more: boolean;
        items: Schemas["ChannelPinResponse"][];
    };
    ChannelPositionItem: {
        id: string;
        lock_permissions?: boolean | null;
        parent_id?: string | null;
        position?: number | null;
    };
    /** @description A channel; which keys it has depends on its type. */
    ChannelResponse: {
        bitrate?: number | null;
        guild_id?: string | null;
        icon?: string | null;
        id: string;
        last_message_id?: string | null;
        last_pin_timestamp?: string | null;
        name?: string | null;
        nicks?: {
            [key: string]: string;
        };
        nsfw?: boolean | null;
        owner_id?: string | null;
        parent_id?: string | null;
        permission_overwrites?: Schemas["ChannelOverwriteResponse"][] | null;
        position?: number | null;
        /** @description Slowmode, in seconds. */
        rate_limit_per_user?: number | null;
        /** @description DMs: everybody but the reader. */
        recipients?: Schemas["UserPartialResponse"][] | null;
        rtc_region?: string | null;
        topic?: string | null;
        /** @enum {integer} */
        type: 0 | 1 | 2 | 3 | 4 | 998 | 999;
        url?: string | null;
        user_limit?: number | null;
    };
    /** @description Every key of every type, for the description only. */
    ChannelUpdateAny: {
        bitrate?: number | null;
        icon?: string | null;
        name?: string | null;
        nicks?: {
            [key: string]: string | null;
        } | null;
        nsfw?: boolean | null;
        owner_id?: string | null;
        parent_id?: string | null;
        permission_overwrites?: Schemas["ChannelOverwriteRequest"][] | null;
        rate_limit_per_user?: number | null;
        rtc_region?: string | null;
        topic?: string | null;
        /** @enum {integer} */
        type?: 0 | 1 | 2 | 3 | 4 | 998 | 999;
        url?: string | null;
        user_limit?: number | null;
    };
    "check_username_tag_availability query": {
        discriminator: string;
        username: string;
    };
    ClientAttachmentRequest: {
        description?: string | null;
        duration?: number | null;
        filename?: string | null;
        flags?: number;
        id: number;
        title?: string | null;
        waveform?: string | null;
    };
    /** @description An account elsewhere that was proven to be the user's. */
    ConnectionResponse: {
        id: string;
        name: string;
        sort_order: number;
        type: string;
        verified: boolean;
        visibility_flags: number;
    };
    "create_dsa_report body": Schemas["DsaReportMessageRequest"] | Schemas["DsaReportUserRequest"] | Schemas["DsaReportGuildRequest"];
    /** @description Saves a file or an embed's picture of a message. */
    CreateFavoriteMemeBodySchema: {
        alt_text?: string | null;
        attachment_id?: string | null;
        embed_index?: number | null;
        name: string;
        tags?: string[] | null;
    };
    /** @description Saves what lies at an address. */
    CreateFavoriteMemeFromUrlBodySchema: {
        alt_text?: string | null;
        klipy_slug?: string | null;
        name?: string | null;
        tags?: string[] | null;
        tenor_slug_id?: string | null;
        url: string;
    };
    /** @description Exactly one of the two: a DM, or a group DM. */
    CreatePrivateChannelRequest: {
        recipient_id?: string | null;
        recipients?: string[] | null;
    };
    CustomStatusPayload: {
        emoji_id?: string | null;
        emoji_name?: string | null;
        expires_at?: (string | number) | null;
        text?: string | null;
    };
    CustomStatusResponse: {
        emoji_animated: boolean;
        emoji_id: string | null;
        emoji_name: string | null;
        expires_at: string | null;
        text: string | null;
    };
    "delete_channel query": {
        /** @default false */
        silent?: boolean;
    };
    "delete_guild_emoji query": {
        /** @default false */
        purge?: boolean;
    };
    "delete_guild_sticker query": {
        /** @default false */
        purge?: boolean;
    };
    DisableTotpRequest: {
        code: string;
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    DiscoveryApplicationPatchRequest: {
        category_type?: number;
        description?: string;
    };
    DiscoveryApplicationRequest: {
        category_type: number;
        description: string;
    };
    DiscoveryApplicationResponse: {
        applied_at: string;
        category_type: number;
        description: string;
        guild_id: string;
        review_reason: string | null;
        /** @description Removal time if removed, else review time. */
        reviewed_at: string | null;
        /** @enum {string} */
        status: "pending" | "approved" | "rejected" | "removed";
    };
    DiscoveryCategoryResponse: {
        id: number;
        name: string;
    };
    DiscoveryGuildListResponse: {
        guilds: Schemas["DiscoveryGuildResponse"][];
        total: number;
    };
    DiscoveryGuildResponse: {
        category_type: number;
        description: string | null;
        features: string[];
        icon: string | null;
        id: string;
        member_count: number;
        name: string;
        online_count: number;
        verification_level: number;
    };
    DiscoveryStatusResponse: {
        application: Schemas["DiscoveryApplicationResponse"] | null;
        eligible: boolean;
        min_member_count: number;
    };
    DsaReportEmailSendRequest: {
        email: string;
    };
    DsaReportEmailVerifyRequest: {
        code: string;
        email: string;
    };
    DsaReportGuildRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "extremist_community" | "illegal_activity" | "child_safety" | "raid_coordination" | "spam" | "malware_distribution" | "other";
        guild_id: string;
        invite_code?: string;
        /** @enum {string} */
        reporter_country_of_residence: "AT" | "BE" | "BG" | "HR" | "CY" | "CZ" | "DK" | "EE" | "FI" | "FR" | "DE" | "GR" | "HU" | "IE" | "IT" | "LV" | "LT" | "LU" | "MT" | "NL" | "PL" | "PT" | "RO" | "SK" | "SI" | "ES" | "SE";
        reporter_fluxer_tag?: string;
        reporter_full_legal_name: string;
        ticket: string;
    };
    DsaReportMessageRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "violent_content" | "spam" | "nsfw_violation" | "illegal_activity" | "doxxing" | "self_harm" | "child_safety" | "malicious_links" | "impersonation" | "other";
        message_link: string;
        reported_user_tag?: string;
        /** @enum {string} */
        reporter_country_of_residence: "AT" | "BE" | "BG" | "HR" | "CY" | "CZ" | "DK" | "EE" | "FI" | "FR" | "DE" | "GR" | "HU" | "IE" | "IT" | "LV" | "LT" | "LU" | "MT" | "NL" | "PL" | "PT" | "RO" | "SK" | "SI" | "ES" | "SE";
        reporter_fluxer_tag?: string;
        reporter_full_legal_name: string;
        ticket: string;
    };
    DsaReportUserRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "spam_account" | "impersonation" | "underage_user" | "inappropriate_profile" | "other";
        /** @enum {string} */
        reporter_country_of_residence: "AT" | "BE" | "BG" | "HR" | "CY" | "CZ" | "DK" | "EE" | "FI" | "FR" | "DE" | "GR" | "HU" | "IE" | "IT" | "LV" | "LT" | "LU" | "MT" | "NL" | "PL" | "PT" | "RO" | "SK" | "SI" | "ES" | "SE";
        reporter_fluxer_tag?: string;
        reporter_full_legal_name: string;
        ticket: string;
        user_id?: string;
        user_tag?: string;
    };
    EmailChangeBouncedRequestNewRequest: {
        new_email: string;
    };
    EmailChangeBouncedVerifyNewRequest: {
        code: string;
        ticket: string;
    };
    EmailChangeRequestNewRequest: {
        new_email: string;
        original_proof: string;
        ticket: string;
    };
    EmailChangeRequestNewResponse: {
        new_code_expires_at: string;
        new_email: string;
        resend_available_at: string | null;
        ticket: string;
    };
    EmailChangeStartResponse: {
        original_code_expires_at: string | null;
        original_email: string | null;
        original_proof: string | null;
        /** @description Whether a code was sent to the present address and must be given back. */
        require_original: boolean;
        resend_available_at: string | null;
        ticket: string;
    };
    EmailChangeTicketRequest: {
        ticket: string;
    };
    EmailChangeVerifyNewRequest: {
        code: string;
        original_proof: string;
        ticket: string;
    };
    EmailChangeVerifyOriginalRequest: {
        code: string;
        ticket: string;
    };
    EmailChangeVerifyOriginalResponse: {
        original_proof: string;
    };
    EmailRevertRequest: {
        password: string;
        token: string;
    };
    EmailTokenResponse: {
        email_token: string;
    };
    EmbedAuthorResponse: {
        icon_url?: string | null;
        name: string;
        proxy_icon_url?: string | null;
        url?: string | null;
    };
    EmbedFieldResponse: {
        inline: boolean;
        name: string;
        value: string;
    };
    EmbedFooterResponse: {
        icon_url?: string | null;
        proxy_icon_url?: string | null;
        text: string;
    };
    EmbedMediaResponse: {
        content_hash?: string | null;
        content_type?: string | null;
        description?: string | null;
        duration?: number | null;
        flags: number;
        height?: number | null;
        placeholder?: string | null;
        proxy_url?: string | null;
        url: string;
        width?: number | null;
    };
    EmptyBodyRequest: Record<string, unknown>;
    EnabledToggleRequest: {
        enabled: boolean;
    };
    EnableMfaTotpRequest: {
        code: string;
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Base32. */
        secret: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    ExpressionFailure: {
        error: string;
        name: string;
    };
    FavoriteMemeResponse: {
        alt_text: string | null;
        /** @description The copy's own. */
        attachment_id: string;
        content_hash: string | null;
        content_type: string;
        /** @description Seconds. */
        duration: number | null;
        filename: string;
        height: number | null;
        id: string;
        /** @description A film that stands for a GIF. */
        is_gifv: boolean;
        klipy_slug: string | null;
        name: string;
        /** @description Bytes. */
        size: number;
        tags: string[];
        tenor_slug_id: string | null;
        url: string;
        user_id: string;
        width: number | null;
    };
    ForgotPasswordRequest: {
        email: string;
    };
    FoundMemberSource: {
        inviter_id: string | null;
        join_source_type: number | null;
        source_invite_code: string | null;
    };
    FriendRequestByTagRequest: {
        discriminator: string;
        username: string;
    };
    /** @description `GET /gateway/bot`. */
    GatewayBotResponse: {
        session_start_limit: Schemas["SessionStartLimit"];
        shards: number;
        url: string;
    };
    "get_data_harvest_archive query": {
        /** @description Seconds since 1970. */
        expires: string;
        signature: string;
    };
    "get_klipy_featured query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
    };
    "get_klipy_search_suggestions answer": string[];
    "get_klipy_search_suggestions query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        q: string;
    };
    "get_klipy_trending_gifs answer": Schemas["GifResponse"][];
    "get_klipy_trending_gifs query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
    };
    "get_latest_data_harvest answer": Schemas["HarvestStatusResponseSchema"] | null;
    "get_tenor_featured query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
    };
    "get_tenor_search_suggestions answer": string[];
    "get_tenor_search_suggestions query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        q: string;
    };
    "get_tenor_trending_gifs answer": Schemas["GifResponse"][];
    "get_tenor_trending_gifs query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
    };
    "get_user_profile query": {
        guild_id?: string | null;
        /** @default false */
        with_mutual_friends?: boolean;
        /** @default false */
        with_mutual_guilds?: boolean;
    };
    "get_webauthn_authentication_options answer": unknown;
    "get_webauthn_mfa_options answer": unknown;
    GifCategoryTagResponse: {
        /** @description Words to search for. */
        name: string;
        proxy_src: string;
        src: string;
    };
    GifFeaturedResponse: {
        categories: Schemas["GifCategoryTagResponse"][];
        gifs: Schemas["GifResponse"][];
    };
    GifResponse: {
        height: number;
        /** @description What the service calls it. */
        id: string;
        /** @description The same through the media proxy. */
        proxy_src: string;
        /** @description The film or picture. */
        src: string;
        title: string;
        /** @description Its page. */
        url: string;
        width: number;
    };
    /** @description What to look for, where, and which page of it. All conditions must hold. */
    GlobalSearchMessagesRequest: {
        attachment_extension?: string[] | null;
        attachment_filename?: string[] | null;
        author_id?: string[] | null;
        author_type?: ("user" | "bot" | "webhook")[] | null;
        /** @description Accepted, without effect. */
        channel_id?: string[] | null;
        /** @description Only in these. */
        channel_ids?: string[] | null;
        content?: string | null;
        /** @description Any of them; `content` is not looked at then. */
        contents?: string[] | null;
        context_channel_id?: string | null;
        context_guild_id?: string | null;
        embed_provider?: string[] | null;
        embed_type?: ("image" | "video" | "sound" | "article")[] | null;
        /** @description Each of them, letter by letter. */
        exact_phrases?: string[] | null;
        exclude_attachment_extension?: string[] | null;
        exclude_attachment_filename?: string[] | null;
        exclude_author_id?: string[] | null;
        exclude_author_type?: ("user" | "bot" | "webhook")[] | null;
        exclude_channel_id?: string[] | null;
        exclude_embed_provider?: string[] | null;
        exclude_embed_type?: ("image" | "video" | "sound" | "article")[] | null;
        exclude_has?: ("image" | "sound" | "video" | "file" | "sticker" | "embed" | "link" | "poll" | "snapshot")[] | null;
        exclude_link_hostname?: string[] | null;
        exclude_mentions?: string[] | null;
        has?: ("image" | "sound" | "video" | "file" | "sticker" | "embed" | "link" | "poll" | "snapshot")[] | null;
        hits_per_page?: number | null;
        /** @description Also in channels for adults, if the caller is one. */
        include_nsfw?: boolean | null;
        link_hostname?: string[] | null;
        max_id?: string | null;
        mention_everyone?: boolean | null;
        mentions?: string[] | null;
        min_id?: string | null;
        page?: number | null;
        pinned?: boolean | null;
        scope?: ("current" | "open_dms" | "all_dms" | "all_guilds" | "all" | "open_dms_and_all_guilds") | null;
        sort_by?: ("timestamp" | "relevance") | null;
        sort_order?: ("asc" | "desc") | null;
    };
    GuildAuditLogEntryResponse: {
        action_type: number;
        changes?: Schemas["AuditLogChangeSchema"][];
        id: string;
        options?: Schemas["AuditLogOptions"] | null;
        reason?: string | null;
        target_id: string | null;
        user_id: string | null;
    };
    GuildAuditLogListResponse: {
        audit_log_entries: Schemas["GuildAuditLogEntryResponse"][];
        /** @description Who acted, and the users acted on. */
        users: Schemas["UserPartialResponse"][];
        webhooks: Schemas["AuditLogWebhookResponse"][];
    };
    GuildBanCreateRequest: {
        ban_duration_seconds?: (0 | 3600 | 43200 | 86400 | 259200 | 432000 | 604800 | 1209600 | 2592000) | null;
        delete_message_days?: number | null;
        reason?: string | null;
    };
    GuildBanResponse: {
        banned_at: string;
        expires_at: string | null;
        moderator_id: string;
        reason: string | null;
        user: Schemas["UserPartialResponse"];
    };
    GuildCreateRequest: {
        empty_features?: boolean | null;
        icon?: string | null;
        name: string;
    };
    GuildDeleteRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    GuildEmojiBulkCreateRequest: {
        /** @description 1–50. */
        emojis: Schemas["GuildEmojiCreateRequest"][];
    };
    GuildEmojiBulkCreateResponse: {
        failed: Schemas["ExpressionFailure"][];
        success: Schemas["GuildEmojiResponse"][];
    };
    GuildEmojiCreateRequest: {
        image: string;
        name: string;
    };
    GuildEmojiResponse: {
        animated: boolean;
        id: string;
        name: string;
    };
    GuildEmojiUpdateRequest: {
        name: string;
    };
    GuildEmojiWithUserResponse: {
        animated: boolean;
        id: string;
        name: string;
        user: Schemas["UserPartialResponse"];
    };
    GuildFolder: {
        color: number | null;
        flags: number;
        guild_ids: string[];
        icon: string;
        /** @description −1 is the folder of guilds without one. */
        id: number | null;
        name: string | null;
    };
    GuildFolderRequest: {
        color?: number | null;
        flags?: number;
        guild_ids: string[];
        /** @enum {string} */
        icon?: "folder" | "star" | "heart" | "bookmark" | "game_controller" | "shield" | "music_note";
        id: number;
        name?: string | null;
    };
    GuildMemberProfile: {
        accent_color: number | null;
        banner: string | null;
        bio: string | null;
        pronouns: string | null;
    };
    GuildMemberResponse: {
        accent_color: number | null;
        avatar: string | null;
        banner: string | null;
        communication_disabled_until: string | null;
        deaf: boolean;
        joined_at: string;
        /** @description Also true while timed out. */
        mute: boolean;
        nick: string | null;
        profile_flags?: number | null;
        /** @description Without `@everyone`. */
        roles: string[];
        user: Schemas["UserPartialResponse"];
    };
    GuildMemberSearchRequest: {
        is_bot?: boolean | null;
        join_source_type?: number[] | null;
        /** @description Seconds since 1970, as all times here. */
        joined_at_gte?: number | null;
        joined_at_lte?: number | null;
        limit?: number | null;
        offset?: number | null;
        query?: string | null;
        role_ids?: string[] | null;
        sort_by?: ("joinedAt" | "relevance") | null;
        sort_order?: ("asc" | "desc") | null;
        source_invite_code?: string[] | null;
        user_created_at_gte?: number | null;
        user_created_at_lte?: number | null;
    };
    GuildMemberSearchResponse: {
        guild_id: string;
        indexing: boolean;
        members: Schemas["GuildMemberSearchResult"][];
        page_result_count: number;
        total_result_count: number;
    };
    GuildMemberSearchResult: {
        discriminator: string;
        global_name: string | null;
        guild_id: string;
        id: string;
        is_bot: boolean;
        /** @description Seconds since 1970. */
        joined_at: number;
        nickname: string | null;
        role_ids: string[];
        supplemental: Schemas["FoundMemberSource"];
        user_id: string;
        username: string;
    };
    GuildMemberUpdateRequest: {
        accent_color?: number | null;
        avatar?: string | null;
        banner?: string | null;
        bio?: string | null;
        channel_id?: string | null;
        communication_disabled_until?: string | null;
        connection_id?: string | null;
        deaf?: boolean;
        mute?: boolean;
        nick?: string | null;
        profile_flags?: number | null;
        pronouns?: string | null;
        roles?: string[] | null;
        /** @description Kept with the audit entry; shown to nobody. */
        timeout_reason?: string | null;
    };
    /** @description What strangers may see of a guild. */
    GuildPartialResponse: {
        banner: string | null;
        banner_height: number | null;
        banner_width: number | null;
        embed_splash: string | null;
        embed_splash_height: number | null;
        embed_splash_width: number | null;
        features: string[];
        icon: string | null;
        id: string;
        name: string;
        splash: string | null;
        splash_card_alignment: number;
        splash_height: number | null;
        splash_width: number | null;
    };
    /** @description The guild itself (`properties` of a guild on the gateway). */
    GuildResponse: {
        afk_channel_id: string | null;
        /** @description Seconds. */
        afk_timeout: number;
        banner: string | null;
        banner_height: number | null;
        banner_width: number | null;
        default_message_notifications: number;
        disabled_operations: number;
        embed_splash: string | null;
        embed_splash_height: number | null;
        embed_splash_width: number | null;
        explicit_content_filter: number;
        features: string[];
        icon: string | null;
        id: string;
        message_history_cutoff: string | null;
        mfa_level: number;
        name: string;
        nsfw_level: number;
        owner_id: string;
        /** @description The reader's guild-level permissions; only in the own-guild list. */
        permissions?: string | null;
        rules_channel_id: string | null;
        splash: string | null;
        /** @description 0 centre, 1 left, 2 right. */
        splash_card_alignment: number;
        splash_height: number | null;
        splash_width: number | null;
        system_channel_flags: number;
        system_channel_id: string | null;
        vanity_url_code: string | null;
        verification_level: number;
    };
    GuildRoleCreateRequest: {
        color?: number;
        name: string;
        permissions?: string;
    };
    GuildRoleHoistPositionItem: {
        hoist_position: number;
        id: string;
    };
    GuildRolePositionItem: {
        id: string;
        position?: number | null;
    };
    GuildRoleResponse: {
        /** @description 24-bit RGB; 0 is none. */
        color: number;
        hoist: boolean;
        hoist_position: number | null;
        id: string;
        mentionable: boolean;
        name: string;
        permissions: string;
        position: number;
        unicode_emoji: string | null;
    };
    GuildRoleUpdateRequest: {
        color?: number;
        hoist?: boolean;
        hoist_position?: number | null;
        mentionable?: boolean;
        name?: string;
        permissions?: string;
    };
    GuildStickerBulkCreateRequest: {
        /** @description 1–50. */
        stickers: Schemas["GuildStickerCreateRequest"][];
    };
    GuildStickerBulkCreateResponse: {
        failed: Schemas["ExpressionFailure"][];
        success: Schemas["GuildStickerResponse"][];
    };
    GuildStickerCreateRequest: {
        description?: string | null;
        image: string;
        name: string;
        tags?: string[] | null;
    };
    GuildStickerResponse: {
        animated: boolean;
        description: string;
        id: string;
        name: string;
        tags: string[];
    };
    GuildStickerUpdateRequest: {
        description?: string | null;
        name: string;
        tags?: string[] | null;
    };
    GuildStickerWithUserResponse: {
        animated: boolean;
        description: string;
        id: string;
        name: string;
        tags: string[];
        user: Schemas["UserPartialResponse"];
    };
    GuildTransferOwnershipRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        new_owner_id: string;
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    GuildUpdateRequest: {
        afk_channel_id?: string | null;
        afk_timeout?: number | null;
        banner?: string | null;
        default_message_notifications?: number | null;
        embed_splash?: string | null;
        explicit_content_filter?: number | null;
        features?: string[] | null;
        icon?: string | null;
        message_history_cutoff?: (string | number) | null;
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        mfa_level?: number | null;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        name?: string | null;
        nsfw_level?: number | null;
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        splash?: string | null;
        splash_card_alignment?: number | null;
        system_channel_flags?: number | null;
        system_channel_id?: string | null;
        verification_level?: number | null;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    GuildVanityURLResponse: {
        code: string | null;
        uses: number;
    };
    GuildVanityURLUpdateRequest: {
        code?: string | null;
    };
    GuildVanityURLUpdateResponse: {
        code: string;
    };
    HandoffCompleteRequest: {
        code: string;
        token: string;
        user_id: string;
    };
    HandoffInitiateResponse: {
        code: string;
        expires_at: string;
    };
    HandoffStatusResponse: {
        /** @description `pending`, `completed` or `expired`. */
        status: string;
        token?: string | null;
        user_id?: string | null;
    };
    HarvestCreationResponseSchema: {
        created_at: string;
        harvest_id: string;
        /** @enum {string} */
        status: "pending" | "processing" | "completed" | "failed";
    };
    HarvestDownloadUrlResponse: {
        download_url: string;
        expires_at: string;
    };
    HarvestStatusResponseSchema: {
        completed_at: string | null;
        created_at: string;
        download_url_expires_at: string | null;
        error_message: string | null;
        expires_at: string | null;
        failed_at: string | null;
        /** @description In bytes. */
        file_size: string | null;
        harvest_id: string;
        progress_percent: number;
        progress_step: string | null;
        started_at: string | null;
        /** @enum {string} */
        status: "pending" | "processing" | "completed" | "failed";
    };
    IntrospectRequestForm: {
        client_id?: string | null;
        client_secret?: string | null;
        token: string;
    };
    /** @description A pack of emojis or stickers, as its invite shows it. */
    InvitePack: {
        created_at: string;
        creator: Schemas["UserPartialResponse"];
        creator_id: string;
        description: string | null;
        id: string;
        name: string;
        type: string;
        updated_at: string;
    };
    /** @description An invite. Which keys it has depends on its type and on whether its maker's view, with uses and limits, is asked for. */
    InviteResponseSchema: {
        channel?: Schemas["ChannelPartialResponse"] | null;
        code: string;
        created_at?: string | null;
        expires_at: string | null;
        guild?: Schemas["GuildPartialResponse"] | null;
        inviter: Schemas["UserPartialResponse"] | null;
        max_age?: number | null;
        max_uses?: number | null;
        member_count?: number | null;
        pack?: Schemas["InvitePack"] | null;
        presence_count?: number | null;
        temporary: boolean;
        /** @enum {integer} */
        type: 0 | 1 | 2 | 3;
        uses?: number | null;
    };
    IpAuthorizationPollResponse: {
        completed: boolean;
        token?: string | null;
        user_id?: string | null;
    };
    LimitConfig: {
        defaultsHash: string;
        rules: Schemas["LimitRuleResponse"][];
        traitDefinitions: string[];
        version: number;
    };
    LimitFilterResponse: {
        guildFeatures?: string[];
        traits?: string[];
    };
    LimitRuleResponse: {
        filters?: Schemas["LimitFilterResponse"] | null;
        id: string;
        /** @description Values that differ from the free ones. */
        overrides: {
            [key: string]: number;
        };
    };
    "list_auth_sessions answer": Schemas["AuthSessionResponse"][];
    "list_channel_invites answer": Schemas["InviteResponseSchema"][];
    "list_current_user_notes answer": {
        [key: string]: string;
    };
    "list_discovery_categories answer": Schemas["DiscoveryCategoryResponse"][];
    "list_favorite_memes answer": Schemas["FavoriteMemeResponse"][];
    "list_guild_audit_logs query": {
        /** @enum {integer} */
        action_type?: 1 | 10 | 11 | 12 | 13 | 14 | 15 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 30 | 31 | 32 | 40 | 41 | 42 | 50 | 51 | 52 | 60 | 61 | 62 | 72 | 73 | 74 | 75 | 90 | 91 | 92;
        after?: string;
        before?: string;
        /** @default 50 */
        limit?: number;
        /** @description Only what this user did. */
        user_id?: string;
    };
    "list_guild_bans answer": Schemas["GuildBanResponse"][];
    "list_guild_channels answer": Schemas["ChannelResponse"][];
    "list_guild_emojis2 answer": Schemas["GuildEmojiWithUserResponse"][];
    "list_guild_invites answer": Schemas["InviteResponseSchema"][];
    "list_guild_members2 answer": Schemas["GuildMemberResponse"][];
    "list_guild_members2 query": {
        after?: string;
        /** @default 1 */
        limit?: number;
    };
    "list_guild_roles answer": Schemas["GuildRoleResponse"][];
    "list_guild_stickers2 answer": Schemas["GuildStickerWithUserResponse"][];
    "list_guilds answer": Schemas["GuildResponse"][];
    "list_guilds query": {
        after?: string;
        before?: string;
        /** @default 200 */
        limit?: number;
        /** @default false */
        with_counts?: boolean;
    };
    "list_mentions_for_current_user answer": Schemas["MessageResponseSchema"][];
    "list_mentions_for_current_user query": {
        before?: string;
        /** @default true */
        everyone?: boolean;
        /** @default true */
        guilds?: boolean;
        /** @default 25 */
        limit?: number;
        /** @default true */
        roles?: boolean;
    };
    "list_messages answer": Schemas["MessageResponseSchema"][];
    "list_messages query": {
        after?: string;
        around?: string;
        before?: string;
        /** @default 50 */
        limit?: number;
    };
    "list_pinned_messages query": {
        /** @description Pins older than this one's time. */
        before?: string | number;
        /** @default 50 */
        limit?: number;
    };
    "list_private_channels answer": Schemas["ChannelResponse"][];
    "list_reaction_users answer": Schemas["UserPartialResponse"][];
    "list_reaction_users query": {
        after?: string;
        /** @default 25 */
        limit?: number;
    };
    "list_rtc_regions answer": Schemas["RtcRegionResponse"][];
    "list_saved_messages answer": Schemas["SavedMessageEntryResponse"][];
    "list_saved_messages query": {
        /** @default 25 */
        limit?: number;
    };
    "list_scheduled_messages answer": Schemas["ScheduledMessageResponseSchema"][];
    "list_user_applications answer": Schemas["ApplicationResponse"][];
    "list_user_applications2 answer": Schemas["ApplicationResponse"][];
    "list_user_oauth2_authorizations answer": Schemas["OAuth2AuthorizationResponse"][];
    "list_user_relationships answer": Schemas["RelationshipResponse"][];
    "list_webauthn_credentials answer": Schemas["WebAuthnCredentialResponse"][];
    "login_user answer": Schemas["AuthTokenWithUserIdResponse"] | Schemas["AuthMfaRequiredResponse"];
    LoginRequest: {
        email: string;
        invite_code?: string | null;
        password: string;
    };
    LogoutAuthSessionsRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        session_id_hashes: string[];
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    "mail_provider_report body": unknown;
    MessageAckRequest: {
        /** @description Set by the user's hand, also backwards. */
        manual?: boolean;
        /** @description Mentions still unread after this message; 0 by default. */
        mention_count?: number;
    };
    MessageAttachmentResponse: {
        content_hash?: string | null;
        content_type?: string | null;
        description?: string | null;
        /** @description Seconds. */
        duration?: number | null;
        expired?: boolean | null;
        expires_at?: string | null;
        filename: string;
        flags: number;
        height?: number | null;
        id: string;
        nsfw?: boolean | null;
        placeholder?: string | null;
        proxy_url: string | null;
        /** @description Bytes. */
        size: number;
        title?: string | null;
        url: string | null;
        waveform?: string | null;
        width?: number | null;
    };
    MessageCallResponse: {
        ended_timestamp: string | null;
        participants: string[];
    };
    MessageEmbedResponse: {
        audio?: Schemas["EmbedMediaResponse"] | null;
        author?: Schemas["EmbedAuthorResponse"] | null;
        children?: Schemas["MessageEmbedResponse"][];
        color?: number | null;
        description?: string | null;
        fields?: Schemas["EmbedFieldResponse"][];
        footer?: Schemas["EmbedFooterResponse"] | null;
        image?: Schemas["EmbedMediaResponse"] | null;
        nsfw?: boolean | null;
        provider?: Schemas["EmbedAuthorResponse"] | null;
        thumbnail?: Schemas["EmbedMediaResponse"] | null;
        timestamp?: string | null;
        title?: string | null;
        type: string;
        url?: string | null;
        video?: Schemas["EmbedMediaResponse"] | null;
    };
    MessageReactionResponse: {
        count: number;
        emoji: Schemas["ReactionEmoji"];
        /** @description Whether the reader is among them; never `false`. */
        me?: boolean;
    };
    MessageReferenceRequest: {
        channel_id?: string;
        guild_id?: string;
        message_id: string;
        /** @enum {integer} */
        type?: 0 | 1;
    };
    MessageReferenceResponse: {
        channel_id: string;
        guild_id?: string | null;
        message_id: string;
        /** @enum {integer} */
        type: 0 | 1;
    };
    /** @description Body of message create and edit. */
    MessageRequestSchema: {
        allowed_mentions?: Schemas["AllowedMentionsRequest"] | null;
        attachments?: Schemas["ClientAttachmentRequest"][];
        content?: string | null;
        embeds?: Schemas["RichEmbedRequest"][];
        favorite_meme_id?: string | null;
        flags?: number;
        message_reference?: Schemas["MessageReferenceRequest"] | null;
        nonce?: string;
        sticker_ids?: string[] | null;
        tts?: boolean;
    };
    MessageResponseSchema: {
        attachments: Schemas["MessageAttachmentResponse"][];
        author: Schemas["UserPartialResponse"];
        call?: Schemas["MessageCallResponse"] | null;
        channel_id: string;
        content: string;
        edited_timestamp: string | null;
        embeds: Schemas["MessageEmbedResponse"][];
        flags: number;
        id: string;
        mention_everyone: boolean;
        mention_roles?: string[];
        mentions?: Schemas["UserPartialResponse"][];
        message_reference?: Schemas["MessageReferenceResponse"] | null;
        message_snapshots?: Schemas["MessageSnapshotResponse"][];
        nonce?: string | null;
        pinned: boolean;
        reactions?: Schemas["MessageReactionResponse"][];
        /** @description One level deep: it has none of its own. */
        referenced_message?: Schemas["MessageResponseSchema"] | null;
        stickers: Schemas["MessageStickerResponse"][];
        timestamp: string;
        tts?: boolean;
        /** @enum {integer} */
        type: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 19;
        webhook_id?: string | null;
    };
    MessageSearchIndexingResponse: {
        /** @description True: ask again in a moment. */
        indexing: boolean;
    };
    MessageSearchResultsResponse: {
        hits_per_page: number;
        messages: Schemas["MessageResponseSchema"][];
        page: number;
        /** @description On all pages. */
        total: number;
    };
    /** @description A forwarded message as it was. */
    MessageSnapshotResponse: {
        attachments?: Schemas["MessageAttachmentResponse"][];
        content: string | null;
        edited_timestamp: string | null;
        embeds?: Schemas["MessageEmbedResponse"][];
        flags: number;
        mention_roles?: string[];
        mentions?: string[];
        stickers?: Schemas["MessageStickerResponse"][];
        timestamp: string;
        /** @enum {integer} */
        type: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 19;
    };
    MessageStickerResponse: {
        animated: boolean;
        id: string;
        name: string;
    };
    MfaBackupCodeResponse: {
        code: string;
        consumed: boolean;
    };
    MfaBackupCodesRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        regenerate: boolean;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    MfaBackupCodesResponse: {
        backup_codes: Schemas["MfaBackupCodeResponse"][];
    };
    MfaSmsRequest: {
        code: string;
        ticket: string;
    };
    MfaTicketRequest: {
        ticket: string;
    };
    MfaTotpRequest: {
        code: string;
        ticket: string;
    };
    MuteConfig: {
        end_time: string | null;
        /** @description Seconds. */
        selected_time_window: number;
    };
    MuteConfigRequest: {
        end_time?: (string | number) | null;
        selected_time_window: number;
    };
    /** @description A guild two users share, with the other one's nickname there. */
    MutualGuild: {
        id: string;
        nick: string | null;
    };
    /** @description The same for oneself, without `roles`. */
    MyGuildMemberUpdateRequest: {
        accent_color?: number | null;
        avatar?: string | null;
        banner?: string | null;
        bio?: string | null;
        channel_id?: string | null;
        communication_disabled_until?: string | null;
        connection_id?: string | null;
        deaf?: boolean;
        mute?: boolean;
        nick?: string | null;
        profile_flags?: number | null;
        pronouns?: string | null;
        timeout_reason?: string | null;
    };
    OAuth2AuthorizationApplication: {
        bot_public: boolean;
        description: string | null;
        icon: string | null;
        id: string;
        name: string;
    };
    OAuth2AuthorizationResponse: {
        application: Schemas["OAuth2AuthorizationApplication"];
        authorized_at: string;
        scopes: string[];
    };
    OAuth2ConsentResponse: {
        redirect_to: string;
    };
    OAuth2IntrospectResponse: {
        active: boolean;
        client_id?: string | null;
        /** @description Unix seconds. */
        exp?: number | null;
        iat?: number | null;
        scope?: string | null;
        sub?: string | null;
        token_type?: string | null;
        username?: string | null;
    };
    OAuth2MeApplication: {
        bot_public: boolean;
        bot_require_code_grant: boolean;
        description: string | null;
        flags: number;
        icon: string | null;
        id: string;
        name: string;
    };
    OAuth2MeResponse: {
        application: Schemas["OAuth2MeApplication"];
        expires: string;
        scopes: string[];
        user?: Schemas["OAuth2MeUser"] | null;
    };
    OAuth2MeUser: {
        avatar: string | null;
        avatar_color: number | null;
        bot?: boolean;
        discriminator: string;
        email?: string | null;
        flags: number;
        global_name: string | null;
        id: string;
        system?: boolean;
        username: string;
        verified?: boolean | null;
    };
    OAuth2TokenResponse: {
        access_token: string;
        /** @description Seconds. */
        expires_in: number;
        refresh_token: string;
        scope: string;
        token_type: string;
    };
    OAuth2UserInfoResponse: {
        acls: string[];
        avatar: string | null;
        avatar_color: number | null;
        bot?: boolean;
        discriminator: string;
        email: string | null;
        flags: number;
        global_name: string | null;
        id: string;
        sub: string;
        system?: boolean;
        username: string;
        verified?: boolean | null;
    };
    OkResponse: {
        ok: boolean;
    };
    PasswordChangeCompleteRequest: {
        new_password: string;
        ticket: string;
        verification_proof: string;
    };
    PasswordChangeStartResponse: {
        code_expires_at: string;
        resend_available_at: string | null;
        ticket: string;
    };
    PasswordChangeTicketRequest: {
        ticket: string;
    };
    PasswordChangeVerifyRequest: {
        code: string;
        ticket: string;
    };
    PasswordChangeVerifyResponse: {
        verification_proof: string;
    };
    PendingBulkMessageDeletion: {
        channel_count: number;
        message_count: number;
        scheduled_at: string;
    };
    PermissionOverwriteCreateRequest: {
        allow?: string | null;
        deny?: string | null;
        /** @enum {integer} */
        type: 0 | 1;
    };
    PhoneAddRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        phone_token: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    PhoneSendVerificationRequest: {
        phone: string;
    };
    PhoneVerifyRequest: {
        code: string;
        phone: string;
    };
    PhoneVerifyResponse: {
        phone_token: string;
    };
    "poll_ip_authorization query": {
        ticket: string;
    };
    "preload_messages_for_channels answer": {
        [key: string]: Schemas["MessageResponseSchema"] | null;
    };
    "preload_messages_for_channels_alt answer": {
        [key: string]: Schemas["MessageResponseSchema"] | null;
    };
    PreloadMessagesRequest: {
        channels: string[];
    };
    PushKeys: {
        auth: string;
        p256dh: string;
    };
    PushSubscribeRequest: {
        endpoint: string;
        keys: Schemas["PushKeys"];
        user_agent?: string;
    };
    PushSubscribeResponse: {
        subscription_id: string;
    };
    PushSubscriptionItemResponse: {
        subscription_id: string;
        user_agent: string | null;
    };
    PushSubscriptionsListResponse: {
        subscriptions: Schemas["PushSubscriptionItemResponse"][];
    };
    /** @description A custom emoji (with id) or a Unicode one. */
    ReactionEmoji: {
        animated?: boolean;
        id?: string | null;
        name: string;
    };
    ReadStateAckBulkRequest: {
        read_states: Schemas["ReadStateEntry"][];
    };
    ReadStateEntry: {
        channel_id: string;
        message_id: string;
    };
    "register_account answer": Schemas["AuthTokenWithUserIdResponse"] | Schemas["AuthMfaRequiredResponse"];
    /** @description Tells the service which of its GIFs was sent. */
    RegisterGifShareRequest: {
        id: string;
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        /** @description The words it was found by. */
        q?: string | null;
    };
    RegisterRequest: {
        /** @description Agreement to terms and privacy policy. */
        consent: boolean;
        date_of_birth: string;
        email?: string;
        global_name?: string;
        /** @description An invite to accept for the new account. */
        invite_code?: string | null;
        /** @description Without one the account is unclaimed. */
        password?: string;
        username?: string;
    };
    RelationshipNicknameUpdateRequest: {
        nickname?: string | null;
    };
    /** @description One side of a relationship, as its owner sees it. */
    RelationshipResponse: {
        /** @description The other user. */
        id: string;
        nickname: string | null;
        since?: string | null;
        /** @enum {integer} */
        type: 1 | 2 | 3 | 4;
        /** @description Left out in READY, where the user stands in `users`. */
        user?: Schemas["UserPartialResponse"] | null;
    };
    RelationshipTypePutRequest: {
        type?: (1 | 2 | 3 | 4) | null;
    };
    "remove_group_dm_recipient query": {
        /** @default false */
        silent?: boolean;
    };
    "remove_own_reaction query": {
        /** @description The gateway session that already shows the change and is not told of it. */
        session_id?: string | null;
    };
    "remove_reaction query": {
        /** @description The gateway session that already shows the change and is not told of it. */
        session_id?: string | null;
    };
    ReportGuildRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "extremist_community" | "illegal_activity" | "child_safety" | "raid_coordination" | "spam" | "malware_distribution" | "other";
        guild_id: string;
    };
    ReportMessageRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "violent_content" | "spam" | "nsfw_violation" | "illegal_activity" | "doxxing" | "self_harm" | "child_safety" | "malicious_links" | "impersonation" | "other";
        channel_id: string;
        message_id: string;
    };
    ReportResponse: {
        report_id: string;
        reported_at: string;
        /** @enum {string} */
        status: "pending" | "resolved";
    };
    ReportUserRequest: {
        additional_info?: string;
        /** @enum {string} */
        category: "harassment" | "hate_speech" | "spam_account" | "impersonation" | "underage_user" | "inappropriate_profile" | "other";
        guild_id?: string;
        user_id: string;
    };
    "reset_password answer": Schemas["AuthTokenWithUserIdResponse"] | Schemas["AuthMfaRequiredResponse"];
    ResetPasswordRequest: {
        password: string;
        token: string;
    };
    "revert_email_change answer": Schemas["AuthTokenWithUserIdResponse"] | Schemas["AuthMfaRequiredResponse"];
    RevokeRequestForm: {
        client_id?: string | null;
        client_secret?: string | null;
        token: string;
        token_type_hint?: ("access_token" | "refresh_token") | null;
    };
    RichEmbedAuthorRequest: {
        icon_url?: string | null;
        name: string;
        url?: string | null;
    };
    RichEmbedFieldRequest: {
        inline?: boolean;
        name: string;
        value: string;
    };
    RichEmbedFooterRequest: {
        icon_url?: string | null;
        text: string;
    };
    RichEmbedMediaRequest: {
        description?: string | null;
        url: string;
    };
    RichEmbedRequest: {
        author?: Schemas["RichEmbedAuthorRequest"] | null;
        color?: number | null;
        description?: string | null;
        fields?: Schemas["RichEmbedFieldRequest"][] | null;
        footer?: Schemas["RichEmbedFooterRequest"] | null;
        image?: Schemas["RichEmbedMediaRequest"] | null;
        thumbnail?: Schemas["RichEmbedMediaRequest"] | null;
        timestamp?: (string | number) | null;
        title?: string | null;
        url?: string | null;
    };
    RtcRegionResponse: {
        emoji: string;
        id: string;
        name: string;
    };
    SavedMessageEntryResponse: {
        channel_id: string;
        id: string;
        message: Schemas["MessageResponseSchema"] | null;
        message_id: string;
        /** @enum {string} */
        status: "available" | "missing_permissions";
    };
    SaveMessageRequest: {
        channel_id: string;
        message_id: string;
    };
    "schedule_message body": Schemas["MessageRequestSchema"] & {
        scheduled_local_at: string;
        timezone: string;
    };
    ScheduledMessageAllowedMentionsSchema: {
        parse?: ("users" | "roles" | "everyone")[] | null;
        replied_user?: boolean | null;
        roles?: string[] | null;
        users?: string[] | null;
    };
    ScheduledMessageReferenceSchema: {
        channel_id?: string | null;
        guild_id?: string | null;
        message_id: string;
        type?: (0 | 1) | null;
    };
    ScheduledMessageResponseSchema: {
        channel_id: string;
        created_at: string;
        id: string;
        invalidated_at: string | null;
        payload: Schemas["ScheduledPayload"];
        scheduled_at: string;
        /** @description As it was sent. */
        scheduled_local_at: string;
        /** @enum {string} */
        status: "pending" | "invalid";
        /** @description Why it could not be sent. */
        status_reason: string | null;
        timezone: string;
    };
    /** @description The message as it will be sent. */
    ScheduledPayload: {
        allowed_mentions?: Schemas["ScheduledMessageAllowedMentionsSchema"] | null;
        attachments?: Schemas["MessageAttachmentResponse"][];
        content: string | null;
        embeds?: Schemas["MessageEmbedResponse"][];
        favorite_meme_id?: string | null;
        flags?: number | null;
        message_reference?: Schemas["ScheduledMessageReferenceSchema"] | null;
        nonce?: string | null;
        sticker_ids?: string[];
        stickers?: Schemas["MessageStickerResponse"][];
        tts: boolean;
    };
    "search_discovery_guilds query": {
        category?: number | null;
        /** @default 24 */
        limit?: number;
        /** @default 0 */
        offset?: number;
        query?: string | null;
        /** @description Accepted; the order is by relevance all the same. */
        sort_by?: ("member_count" | "online_count" | "relevance") | null;
    };
    "search_klipy_gifs answer": Schemas["GifResponse"][];
    "search_klipy_gifs query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        q: string;
    };
    "search_messages answer": Schemas["MessageSearchResultsResponse"] | Schemas["MessageSearchIndexingResponse"];
    "search_tenor_gifs answer": Schemas["GifResponse"][];
    "search_tenor_gifs query": {
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        q: string;
    };
    SessionStartLimit: {
        max_concurrency: number;
        remaining: number;
        /** @description Milliseconds. */
        reset_after: number;
        total: number;
    };
    SsoCompleteRequest: {
        code: string;
        state: string;
    };
    SsoCompleteResponse: {
        redirect_to: string;
        token: string;
        user_id: string;
    };
    SsoStartRequest: {
        redirect_to?: string | null;
    };
    SsoStartResponse: {
        authorization_url: string;
        redirect_uri: string;
        state: string;
    };
    SsoStatusResponse: {
        display_name: string | null;
        enabled: boolean;
        enforced: boolean;
        redirect_uri: string;
    };
    StreamPreviewUploadBodySchema: {
        /** @description The channel the stream is in, as its key says. */
        channel_id: string;
        /** @description What the picture is said to be. */
        content_type?: string;
        /** @description Base64 of a JPEG, with or without `data:image/jpeg;base64,` before it. */
        thumbnail: string;
    };
    StreamUpdateBodySchema: {
        /** @description Where its viewers are best served. */
        region?: string;
    };
    SuccessResponse: {
        success: boolean;
    };
    /** @description How the caller can prove who they are. */
    SudoMfaMethodsResponse: {
        has_mfa: boolean;
        sms: boolean;
        totp: boolean;
        webauthn: boolean;
    };
    /** @description Password or second factor, for operations guarded by sudo mode. */
    SudoVerification: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    "test_access_token body": unknown;
    "test_decay_query body": unknown;
    "test_decay_rows body": unknown;
    "test_emails query": {
        recipient?: string | null;
    };
    "test_guild_features body": unknown;
    "test_guild_member_count body": unknown;
    "test_harvest_expiration body": unknown;
    "test_ip_authorization body": unknown;
    "test_ip_authorization_expire body": unknown;
    "test_ip_authorization_poll query": {
        ticket: string;
    };
    "test_ip_authorization_publish body": unknown;
    "test_mfa_ticket body": unknown;
    "test_seed_messages body": unknown;
    "test_user_acls body": unknown;
    "test_user_bot_flag body": unknown;
    "test_user_contact_info body": unknown;
    "test_user_discriminator body": unknown;
    "test_user_flags body": unknown;
    "test_user_last_active_at body": unknown;
    "test_user_pending_deletion body": unknown;
    "test_user_premium body": unknown;
    "test_user_private_channels body": unknown;
    "test_user_security_flags body": unknown;
    "test_user_system_flag body": unknown;
    "test_user_unclaim body": unknown;
    ThemeCreateRequest: {
        /** @description CSS text to store and share. */
        css: string;
    };
    ThemeCreateResponse: {
        /** @description Sixteen hexadecimal digits. */
        id: string;
    };
    TicketResponse: {
        ticket: string;
    };
    TokenRequest: {
        client_id?: string | null;
        client_secret?: string | null;
        code?: string;
        /** @enum {string} */
        grant_type: "authorization_code" | "refresh_token";
        redirect_uri?: string;
        refresh_token?: string;
    };
    "update_guild_channel_positions body": Schemas["ChannelPositionItem"][];
    "update_guild_role_positions body": Schemas["GuildRolePositionItem"][];
    "update_role_hoist_positions body": Schemas["GuildRoleHoistPositionItem"][];
    "update_scheduled_message body": Schemas["MessageRequestSchema"] & {
        scheduled_local_at: string;
        timezone: string;
    };
    UpdateFavoriteMemeBodySchema: {
        alt_text?: string | null;
        name?: string;
        tags?: string[] | null;
    };
    UserGuildSettingsResponse: {
        channel_overrides: {
            [key: string]: Schemas["ChannelOverride"];
        } | null;
        /** @description `None` for direct messages. */
        guild_id: string | null;
        hide_muted_channels: boolean;
        message_notifications: number;
        mobile_push: boolean;
        mute_config: Schemas["MuteConfig"] | null;
        muted: boolean;
        suppress_everyone: boolean;
        suppress_roles: boolean;
        version: number;
    };
    UserGuildSettingsUpdateRequest: {
        channel_overrides?: {
            [key: string]: Schemas["ChannelOverrideUpdate"];
        } | null;
        hide_muted_channels?: boolean;
        message_notifications?: number;
        mobile_push?: boolean;
        mute_config?: Schemas["MuteConfigRequest"] | null;
        muted?: boolean;
        suppress_everyone?: boolean;
        suppress_roles?: boolean;
    };
    UsernameSuggestionsRequest: {
        global_name: string;
    };
    UsernameSuggestionsResponse: {
        suggestions: string[];
    };
    UserNoteResponse: {
        note: string;
    };
    UserNoteUpdateRequest: {
        note?: string | null;
    };
    /** @description What everybody may know of a user. */
    UserPartialResponse: {
        avatar: string | null;
        avatar_color: number | null;
        bot?: boolean;
        /** @description Four digits. */
        discriminator: string;
        /** @description Public flags only. */
        flags: number;
        global_name: string | null;
        id: string;
        system?: boolean;
        username: string;
    };
    /** @description What the owner of an account sees of it. */
    UserPrivateResponse: {
        accent_color: number | null;
        acls: string[];
        authenticator_types?: number[] | null;
        avatar: string | null;
        avatar_color: number | null;
        banner: string | null;
        banner_color: number | null;
        bio: string | null;
        bot?: boolean;
        discriminator: string;
        email: string | null;
        email_bounced?: boolean | null;
        flags: number;
        global_name: string | null;
        has_dismissed_premium_onboarding: boolean;
        has_ever_purchased: boolean;
        has_unread_gift_inventory: boolean;
        id: string;
        is_staff: boolean;
        mfa_enabled: boolean;
        nsfw_allowed: boolean;
        password_last_changed_at: string | null;
        pending_bulk_message_deletion: Schemas["PendingBulkMessageDeletion"] | null;
        phone: string | null;
        premium_badge_hidden: boolean;
        premium_badge_masked: boolean;
        premium_badge_sequence_hidden: boolean;
        premium_badge_timestamp_hidden: boolean;
        premium_billing_cycle: string | null;
        premium_enabled_override: boolean;
        premium_lifetime_sequence: number | null;
        premium_purchase_disabled: boolean;
        premium_since: string | null;
        premium_type: number | null;
        premium_until: string | null;
        premium_will_cancel: boolean;
        pronouns: string | null;
        required_actions: string[] | null;
        system?: boolean;
        traits: string[];
        unread_gift_inventory_count: number;
        used_mobile_client: boolean;
        username: string;
        verified: boolean;
    };
    UserProfileData: {
        accent_color: number | null;
        banner: string | null;
        banner_color: number | null;
        bio: string | null;
        pronouns: string | null;
    };
    /** @description A user's profile as another may see it. */
    UserProfileFullResponse: {
        connected_accounts: Schemas["ConnectionResponse"][];
        guild_member?: Schemas["GuildMemberResponse"] | null;
        guild_member_profile?: Schemas["GuildMemberProfile"] | null;
        /** @description Absent for oneself. */
        mutual_friends?: Schemas["UserPartialResponse"][] | null;
        mutual_guilds?: Schemas["MutualGuild"][] | null;
        premium_lifetime_sequence?: number | null;
        premium_since?: string | null;
        premium_type?: number | null;
        user: Schemas["UserPartialResponse"];
        user_profile: Schemas["UserProfileData"];
    };
    UserSettingsResponse: {
        /** @description Seconds. */
        afk_timeout: number;
        animate_emoji: boolean;
        animate_stickers: number;
        bot_default_guilds_restricted: boolean;
        bot_restricted_guilds: string[];
        custom_status: Schemas["CustomStatusResponse"] | null;
        default_guilds_restricted: boolean;
        default_hide_muted_channels: boolean;
        developer_mode: boolean;
        friend_source_flags: number;
        gif_auto_play: boolean;
        group_dm_add_permission_flags: number;
        guild_folders: Schemas["GuildFolder"][];
        incoming_call_flags: number;
        inline_attachment_media: boolean;
        inline_embed_media: boolean;
        locale: string;
        message_display_compact: boolean;
        render_embeds: boolean;
        render_reactions: boolean;
        render_spoilers: number;
        restricted_guilds: string[];
        /** @description `online`, `idle`, `dnd` or `invisible`. */
        status: string;
        status_resets_at: string | null;
        status_resets_to: string | null;
        theme: string;
        time_format: number;
        trusted_domains: string[];
    };
    UserSettingsUpdateRequest: {
        afk_timeout?: number;
        animate_emoji?: boolean;
        animate_stickers?: number;
        bot_default_guilds_restricted?: boolean;
        bot_restricted_guilds?: string[];
        custom_status?: Schemas["CustomStatusPayload"] | null;
        default_guilds_restricted?: boolean;
        default_hide_muted_channels?: boolean;
        developer_mode?: boolean;
        /** @description The same field, not normalised. */
        flags?: number;
        friend_source_flags?: number;
        gif_auto_play?: boolean;
        group_dm_add_permission_flags?: number;
        guild_folders?: Schemas["GuildFolderRequest"][];
        incoming_call_flags?: number;
        inline_attachment_media?: boolean;
        inline_embed_media?: boolean;
        /** @enum {string} */
        locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
        message_display_compact?: boolean;
        render_embeds?: boolean;
        render_reactions?: boolean;
        render_spoilers?: number;
        restricted_guilds?: string[];
        /** @enum {string} */
        status?: "online" | "dnd" | "idle" | "invisible";
        status_resets_at?: (string | number) | null;
        status_resets_to?: ("online" | "dnd" | "idle" | "invisible") | null;
        /** @enum {string} */
        theme?: "dark" | "coal" | "light" | "system";
        time_format?: number;
        trusted_domains?: string[];
    };
    UserTagCheckResponse: {
        taken: boolean;
    };
    /** @description `PATCH /users/@me`. */
    UserUpdateWithVerificationRequest: {
        accent_color?: number | null;
        avatar?: string | null;
        banner?: string | null;
        bio?: string | null;
        discriminator?: string;
        /** @description Always refused: see `email_token`. */
        email?: string;
        /** @description What the e-mail change flow ended with. */
        email_token?: string;
        global_name?: string | null;
        has_dismissed_premium_onboarding?: boolean;
        has_unread_gift_inventory?: boolean;
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        new_password?: string;
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        premium_badge_hidden?: boolean;
        premium_badge_masked?: boolean;
        premium_badge_sequence_hidden?: boolean;
        premium_badge_timestamp_hidden?: boolean;
        premium_enabled_override?: boolean;
        pronouns?: string | null;
        used_mobile_client?: boolean;
        username?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    VerifyEmailRequest: {
        token: string;
    };
    WebAuthnAuthenticateRequest: {
        challenge: string;
        response: unknown;
    };
    /** @description Options for a WebAuthn ceremony; see the standard for the other keys. */
    WebAuthnChallengeResponse: {
        /** @description Unpadded base64url. */
        challenge: string;
    };
    WebAuthnCredentialResponse: {
        created_at: string;
        id: string;
        last_used_at: string | null;
        name: string;
    };
    WebAuthnCredentialUpdateRequest: {
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        name: string;
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    WebAuthnMfaRequest: {
        challenge: string;
        response: unknown;
        ticket: string;
    };
    WebAuthnRegisterRequest: {
        challenge: string;
        /** @description Code of the method, or a backup code. */
        mfa_code?: string;
        /** @enum {string} */
        mfa_method?: "totp" | "sms" | "webauthn";
        name: string;
        /** @description Current password; only accounts without a second factor are asked for it. */
        password?: string;
        response: unknown;
        /** @description Challenge the assertion answers. */
        webauthn_challenge?: string;
        /** @description Assertion of a passkey. */
        webauthn_response?: unknown;
    };
    WellKnownApp: {
        sentry_dsn: string;
    };
    WellKnownCaptcha: {
        hcaptcha_site_key: string | null;
        /** @description `hcaptcha`, `turnstile` or `none`. */
        provider: string;
        turnstile_site_key: string | null;
    };
    WellKnownEndpoints: {
        admin: string;
        api: string;
        api_client: string;
        api_public: string;
        gateway: string;
        gift: string;
        invite: string;
        marketing: string;
        media: string;
        static_cdn: string;
        webapp: string;
    };
    WellKnownFeatures: {
        manual_review_enabled: boolean;
        self_hosted: boolean;
        sms_mfa_enabled: boolean;
        stripe_enabled: boolean;
        voice_enabled: boolean;
    };
    /** @description `GET /.well-known/fluxer`. */
    WellKnownFluxerResponse: {
        api_code_version: number;
        app_public: Schemas["WellKnownApp"];
        captcha: Schemas["WellKnownCaptcha"];
        endpoints: Schemas["WellKnownEndpoints"];
        features: Schemas["WellKnownFeatures"];
        gif: Schemas["WellKnownGif"];
        limits: Schemas["LimitConfig"];
        push: Schemas["WellKnownPush"];
        sso: Schemas["WellKnownSso"];
    };
    WellKnownGif: {
        /** @description Whether the service can be asked; without a key for it, it cannot. */
        enabled: boolean;
        provider: string;
    };
    WellKnownPush: {
        public_vapid_key: string | null;
    };
    WellKnownSso: {
        display_name: string | null;
        enabled: boolean;
        enforced: boolean;
        redirect_uri: string;
    };
}
