// Made by scripts/api.mjs from the server's OpenAPI document; do not edit.
export interface paths {
    "/_health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/fluxer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_well_known_fluxer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/applications/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_current_user_applications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/authorize-ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["authorize_ip_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/email-revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["revert_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/handoff/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["cancel_handoff"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/handoff/{code}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_handoff_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/handoff/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["complete_handoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/handoff/initiate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["initiate_handoff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/ip-authorization/poll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["poll_ip_authorization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/ip-authorization/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_ip_authorization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login/mfa/sms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login_with_sms_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login/mfa/sms/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["send_sms_mfa_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login/mfa/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login_with_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login/mfa/webauthn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login_with_webauthn_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login/mfa/webauthn/authentication-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_webauthn_mfa_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logout_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["register_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_auth_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logout_all_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sso/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["complete_sso"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sso/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_sso"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sso/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_sso_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/username-suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_username_suggestions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_verification_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/webauthn/authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["authenticate_with_webauthn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/webauthn/authentication-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_webauthn_authentication_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_channel"];
        put?: never;
        post?: never;
        delete: operations["delete_channel"];
        options?: never;
        head?: never;
        patch: operations["update_channel"];
        trace?: never;
    };
    "/channels/{channel_id}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_channel_invites"];
        put?: never;
        post: operations["create_channel_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_messages"];
        put?: never;
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_message"];
        put?: never;
        post?: never;
        delete: operations["delete_message2"];
        options?: never;
        head?: never;
        patch: operations["edit_message"];
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["acknowledge_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/attachments/{attachment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_message_attachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/memes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_meme_from_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_all_reactions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_reaction_users"];
        put?: never;
        post?: never;
        delete: operations["remove_all_reactions_for_emoji"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{target_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_reaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["add_reaction"];
        post?: never;
        delete: operations["remove_own_reaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["clear_channel_read_state"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["bulk_delete_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_pinned_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/messages/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["schedule_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/permissions/{overwrite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["set_channel_permission_overwrite"];
        post?: never;
        delete: operations["delete_channel_permission_overwrite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/pins/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["pin_message"];
        post?: never;
        delete: operations["unpin_message"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/pins/ack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["acknowledge_pins"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/recipients/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["add_group_dm_recipient"];
        post?: never;
        delete: operations["remove_group_dm_recipient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/rtc-regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_rtc_regions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["indicate_typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discovery/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_discovery_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discovery/guilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_discovery_guilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discovery/guilds/{guild_id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["join_discovery_guild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{user_id}/{harvest_id}/user-data.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_data_harvest_archive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateway/bot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_gateway_bot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_guild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_guild"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_guild"];
        trace?: never;
    };
    "/guilds/{guild_id}/audit-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_audit_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_bans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/bans/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["ban_guild_member2"];
        post?: never;
        delete: operations["unban_guild_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_channels"];
        put?: never;
        post: operations["create_guild_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_guild_channel_positions"];
        trace?: never;
    };
    "/guilds/{guild_id}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["delete_guild2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/detached-banner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["toggle_detached_banner"];
        trace?: never;
    };
    "/guilds/{guild_id}/disallow-unclaimed-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["toggle_disallow_unclaimed_accounts"];
        trace?: never;
    };
    "/guilds/{guild_id}/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_discovery_status"];
        put?: never;
        post: operations["apply_for_discovery"];
        delete: operations["withdraw_discovery_application"];
        options?: never;
        head?: never;
        patch: operations["edit_discovery_application"];
        trace?: never;
    };
    "/guilds/{guild_id}/emojis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_emojis2"];
        put?: never;
        post: operations["create_guild_emoji"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/emojis/{emoji_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_guild_emoji"];
        options?: never;
        head?: never;
        patch: operations["update_guild_emoji"];
        trace?: never;
    };
    "/guilds/{guild_id}/emojis/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["bulk_create_guild_emojis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_invites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_members2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/members-search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["search_guild_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_guild_member"];
        put?: never;
        post?: never;
        delete: operations["remove_guild_member"];
        options?: never;
        head?: never;
        patch: operations["update_guild_member"];
        trace?: never;
    };
    "/guilds/{guild_id}/members/{user_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["add_guild_member_role"];
        post?: never;
        delete: operations["remove_guild_member_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/members/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_current_guild_member"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_current_guild_member"];
        trace?: never;
    };
    "/guilds/{guild_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_roles"];
        put?: never;
        post: operations["create_guild_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_guild_role_positions"];
        trace?: never;
    };
    "/guilds/{guild_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_guild_role"];
        options?: never;
        head?: never;
        patch: operations["update_guild_role"];
        trace?: never;
    };
    "/guilds/{guild_id}/roles/hoist-positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["reset_role_hoist_positions"];
        options?: never;
        head?: never;
        patch: operations["update_role_hoist_positions"];
        trace?: never;
    };
    "/guilds/{guild_id}/stickers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guild_stickers2"];
        put?: never;
        post: operations["create_guild_sticker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/stickers/{sticker_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_guild_sticker"];
        options?: never;
        head?: never;
        patch: operations["update_guild_sticker"];
        trace?: never;
    };
    "/guilds/{guild_id}/stickers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["bulk_create_guild_stickers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/text-channel-flexible-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["toggle_text_channel_flexible_names"];
        trace?: never;
    };
    "/guilds/{guild_id}/transfer-ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["transfer_guild_ownership2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guilds/{guild_id}/vanity-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_guild_vanity_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_guild_vanity_url"];
        trace?: never;
    };
    "/invites/{invite_code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_invite"];
        put?: never;
        post: operations["accept_invite"];
        delete: operations["delete_invite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/klipy/featured": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_klipy_featured"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/klipy/register-share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["register_klipy_gif_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/klipy/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_klipy_gifs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/klipy/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_klipy_search_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/klipy/trending-gifs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_klipy_trending_gifs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_current_user_oauth2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/@me/authorizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_user_oauth2_authorizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/@me/authorizations/{applicationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_user_oauth2_authorization"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_oauth_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_oauth_application"];
        put?: never;
        post?: never;
        delete: operations["delete_oauth_application"];
        options?: never;
        head?: never;
        patch: operations["update_oauth_application"];
        trace?: never;
    };
    "/oauth2/applications/{id}/bot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_bot_profile"];
        trace?: never;
    };
    "/oauth2/applications/{id}/bot/reset-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reset_bot_token2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/applications/{id}/client-secret/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reset_client_secret2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/applications/{id}/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_public_application"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/applications/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_user_applications2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["authorize_oauth2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/authorize/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["provide_oauth2_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["introspect_oauth2_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["exchange_oauth2_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["revoke_oauth2_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_oauth2_userinfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/read-states/ack-bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ack_bulk_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/dsa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_dsa_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/dsa/email/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["send_dsa_report_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/dsa/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_dsa_report_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/guild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["report_guild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["report_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["report_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["search_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenor/featured": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_tenor_featured"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenor/register-share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["register_tenor_gif_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenor/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_tenor_gifs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenor/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_tenor_search_suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenor/trending-gifs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_tenor_trending_gifs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/attachment-decay/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_decay_row"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/attachment-decay/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_decay_clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/attachment-decay/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_decay_query"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/attachment-decay/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_decay_rows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/auth/ip-authorization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_ip_authorization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/auth/ip-authorization/expire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_ip_authorization_expire"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/auth/ip-authorization/poll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_ip_authorization_poll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/auth/ip-authorization/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_ip_authorization_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/auth/mfa-ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_mfa_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/cache-clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_cache_clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/channels/{id}/buckets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_channel_buckets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/channels/{id}/empty-buckets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_channel_empty_buckets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/channels/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["test_channel_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/channels/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_channel_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_emails"];
        put?: never;
        post?: never;
        delete: operations["test_emails_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/guilds/{id}/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_guild_features"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/guilds/{id}/member-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_guild_member_count"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/messages/{channel_id}/{message_id}/with-reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_message_with_reference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/messages/seed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_seed_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/oauth2/access-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_access_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/oauth2/require-identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_require_identify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/snowflake/node-state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_snowflake_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/snowflake/reinitialize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_snowflake_reinitialize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/snowflake/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_snowflake_renew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/acls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_acls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/data-exists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_user_data_exists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/discriminator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["test_user_discriminator"];
        trace?: never;
    };
    "/test/users/{id}/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["test_user_flags"];
        trace?: never;
    };
    "/test/users/{id}/messages/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_user_message_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/premium": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_premium"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/presence/has-active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_user_has_active"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/private-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_private_channels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_user_relationships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/security-flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_security_flags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["test_user_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/set-bot-flag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_bot_flag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/set-contact-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_contact_info"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/set-last-active-at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_last_active_at"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/set-pending-deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_pending_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/set-system-flag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_system_flag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{id}/unclaim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_user_unclaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/users/{user_id}/harvest/{harvest_id}/set-expiration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_harvest_expiration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/worker/expire-attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_expire_attachments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/worker/process-inactivity-deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_process_inactivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/worker/process-pending-deletion/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_process_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/worker/process-pending-deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_process_deletions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/worker/send-scheduled-message/{user_id}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_send_scheduled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{target_id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_user_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_user_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_current_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_current_user"];
        trace?: never;
    };
    "/users/@me/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_user_applications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/authorized-ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["forget_authorized_ips"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_private_channels"];
        put?: never;
        post: operations["create_private_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/channels/{channel_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["pin_direct_message_channel"];
        post?: never;
        delete: operations["unpin_direct_message_channel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/channels/messages/preload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["preload_messages_for_channels_alt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["delete_current_user_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["disable_current_user_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/bounced/request-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["request_bounced_email_replacement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/bounced/resend-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_bounced_email_replacement_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/bounced/verify-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_bounced_email_replacement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/request-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["request_new_email_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/resend-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_new_email_confirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/resend-original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_original_email_confirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/verify-new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_new_email_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/email-change/verify-original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_original_email_address"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/guilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_guilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/guilds/{guild_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["leave_guild"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/guilds/{guild_id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_guild_settings_for_user"];
        trace?: never;
    };
    "/users/@me/guilds/@me/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_dm_notification_settings"];
        trace?: never;
    };
    "/users/@me/harvest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["request_data_harvest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/harvest/{harvest_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_data_harvest_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/harvest/{harvest_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_data_harvest_download_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/harvest/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_latest_data_harvest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/memes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_favorite_memes"];
        put?: never;
        post: operations["create_meme_from_url"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/memes/{meme_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_favorite_meme"];
        put?: never;
        post?: never;
        delete: operations["delete_favorite_meme"];
        options?: never;
        head?: never;
        patch: operations["update_favorite_meme"];
        trace?: never;
    };
    "/users/@me/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_mentions_for_current_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mentions/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_mention"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/messages/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["request_bulk_message_deletion"];
        delete: operations["cancel_bulk_message_deletion2"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/messages/delete/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_bulk_message_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_backup_codes_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/sms/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["disable_sms_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/sms/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["enable_sms_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["disable_totp_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/totp/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["enable_totp_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/webauthn/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_webauthn_credentials"];
        put?: never;
        post: operations["register_webauthn_credential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/mfa/webauthn/credentials/{credential_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_webauthn_credential"];
        options?: never;
        head?: never;
        patch: operations["update_webauthn_credential"];
        trace?: never;
    };
    "/users/@me/mfa/webauthn/credentials/registration-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_webauthn_registration_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_current_user_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/notes/{target_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_note_on_user"];
        put: operations["set_note_on_user"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/password-change/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["complete_password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/password-change/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resend_password_change_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/password-change/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/password-change/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_password_change_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["add_phone_to_account"];
        delete: operations["remove_phone_from_account"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/phone/send-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["send_phone_verification_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/phone/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verify_phone_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/preload-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["preload_messages_for_channels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/premium/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reset_current_user_premium_state"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/push/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["subscribe_to_push_notifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/push/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_push_subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/push/subscriptions/{subscription_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["unsubscribe_from_push_notifications"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/relationships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_user_relationships"];
        put?: never;
        post: operations["send_friend_request_by_tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/relationships/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["accept_or_update_friend_request"];
        post: operations["send_friend_request"];
        delete: operations["remove_relationship"];
        options?: never;
        head?: never;
        patch: operations["update_relationship_nickname"];
        trace?: never;
    };
    "/users/@me/saved-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_saved_messages"];
        put?: never;
        post: operations["save_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/saved-messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["unsave_message"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/scheduled-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_scheduled_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/scheduled-messages/{scheduled_message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_scheduled_message"];
        put?: never;
        post?: never;
        delete: operations["cancel_scheduled_message"];
        options?: never;
        head?: never;
        patch: operations["update_scheduled_message"];
        trace?: never;
    };
    "/users/@me/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_current_user_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["update_current_user_settings"];
        trace?: never;
    };
    "/users/@me/sudo/mfa-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_sudo_mfa_methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/sudo/mfa/sms/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["send_sudo_sms_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/sudo/webauthn/authentication-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["get_sudo_webauthn_authentication_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/@me/themes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_theme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/check-tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["check_username_tag_availability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/sweego": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["mail_provider_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
            /** Format: int32 */
            flags: number;
            /** Format: snowflake */
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
        ApplicationPath: {
            /** Format: snowflake */
            id: string;
        };
        /** @description What anybody may know of an application. */
        ApplicationPublicResponse: {
            bot: components["schemas"]["ApplicationBotResponse"] | null;
            bot_public: boolean;
            description: string | null;
            icon: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
            redirect_uris: string[];
            scopes: string[];
        };
        /** @description An application as its owner sees it. Secrets are there only when they were just made. */
        ApplicationResponse: {
            bot?: components["schemas"]["ApplicationBotResponse"] | null;
            bot_public: boolean;
            bot_require_code_grant: boolean;
            client_secret?: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
            redirect_uris: string[];
        };
        /** @description An application as its own bot sees it. */
        ApplicationsMeResponse: {
            bot?: components["schemas"]["ApplicationBotResponse"] | null;
            bot_public: boolean;
            bot_require_code_grant: boolean;
            description: string | null;
            /** Format: int32 */
            flags: number;
            icon: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
        };
        ApplicationUpdateRequest: {
            bot_public?: boolean;
            bot_require_code_grant?: boolean;
            name?: string;
            redirect_uris?: string[] | null;
        };
        ArchivePath: {
            /** Format: snowflake */
            harvest_id: string;
            /** Format: snowflake */
            user_id: string;
        };
        ArchiveQuery: {
            /** @description Seconds since 1970. */
            expires: string;
            signature: string;
        };
        AttachmentPath: {
            /** Format: snowflake */
            attachment_id: string;
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            message_id: string;
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
        AuditLogQuery: {
            /** @enum {integer} */
            action_type?: 1 | 10 | 11 | 12 | 13 | 14 | 15 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 30 | 31 | 32 | 40 | 41 | 42 | 50 | 51 | 52 | 60 | 61 | 62 | 72 | 73 | 74 | 75 | 90 | 91 | 92;
            /** Format: snowflake */
            after?: string;
            /** Format: snowflake */
            before?: string;
            /**
             * Format: int32
             * @default 50
             */
            limit: number;
            /**
             * Format: snowflake
             * @description Only what this user did.
             */
            user_id?: string;
        };
        AuditLogWebhookResponse: {
            avatar_hash: string | null;
            channel_id: string | null;
            guild_id: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
            /** Format: int32 */
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
        AuthorizationPath: {
            /** Format: snowflake */
            applicationId: string;
        };
        AuthorizeConsentRequest: {
            /** Format: snowflake */
            client_id: string;
            /** Format: snowflake */
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
            location: components["schemas"]["AuthSessionLocation"] | null;
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
            client_info: components["schemas"]["AuthSessionClientInfo"] | null;
            /** @description Whether it is the session that asks. */
            current: boolean;
            /** @description The same as `id_hash`, for older clients. */
            id: string;
            id_hash: string;
        };
        /** @description A session's token, given out once. */
        AuthTokenWithUserIdResponse: {
            token: string;
            /** Format: snowflake */
            user_id: string;
        };
        BotProfileResponse: {
            avatar: string | null;
            banner: string | null;
            bio: string | null;
            discriminator: string;
            /** Format: snowflake */
            id: string;
            username: string;
        };
        BotProfileUpdateRequest: {
            avatar?: string | null;
            banner?: string | null;
            bio?: string | null;
            /** Format: int32 */
            bot_flags?: number;
            discriminator?: string;
            username?: string;
        };
        BotTokenResetResponse: {
            bot: components["schemas"]["ApplicationBotResponse"];
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
            permission_overwrites?: components["schemas"]["ChannelOverwriteRequest"][] | null;
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
            /** Format: int32 */
            message_notifications: number;
            mute_config: components["schemas"]["MuteConfig"] | null;
            muted: boolean;
        };
        ChannelOverrideUpdate: {
            collapsed: boolean;
            /** Format: int32 */
            message_notifications: number;
            mute_config?: components["schemas"]["MuteConfigRequest"] | null;
            muted: boolean;
        };
        /** @description An overwrite as a client sends it. */
        ChannelOverwriteRequest: {
            allow?: string | null;
            deny?: string | null;
            /** Format: snowflake */
            id: string;
            /** @enum {integer} */
            type: 0 | 1;
        };
        /** @description What a role or member is allowed and denied in one channel. */
        ChannelOverwriteResponse: {
            /** Format: int64 */
            allow: string;
            /** Format: int64 */
            deny: string;
            /**
             * Format: snowflake
             * @description Role or user id, by `kind`.
             */
            id: string;
            /** @enum {integer} */
            type: 0 | 1;
        };
        ChannelPartialRecipientResponse: {
            username: string;
        };
        ChannelPartialResponse: {
            /** Format: snowflake */
            id: string;
            name: string | null;
            recipients?: components["schemas"]["ChannelPartialRecipientResponse"][] | null;
            /** @enum {integer} */
            type: 0 | 1 | 2 | 3 | 4 | 998 | 999;
        };
        ChannelPath: {
            /** Format: snowflake */
            channel_id: string;
        };
        ChannelPinResponse: {
            message: components["schemas"]["MessageResponseSchema"];
            /** Format: date-time */
            pinned_at: string;
        };
        ChannelPinsQuery: {
            /** @description Pins older than this one's time. */
            before?: string | number;
            /**
             * Format: int32
             * @default 50
             */
            limit: number;
        };
        /** @description A page of a channel's pins. */
        ChannelPinsResponse: {
            has_more: boolean;
            items: components["schemas"]["ChannelPinResponse"][];
        };
        ChannelPositionItem: {
            /** Format: snowflake */
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
            /** Format: snowflake */
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
            permission_overwrites?: components["schemas"]["ChannelOverwriteResponse"][] | null;
            position?: number | null;
            /** @description Slowmode, in seconds. */
            rate_limit_per_user?: number | null;
            /** @description DMs: everybody but the reader. */
            recipients?: components["schemas"]["UserPartialResponse"][] | null;
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
            permission_overwrites?: components["schemas"]["ChannelOverwriteRequest"][] | null;
            rate_limit_per_user?: number | null;
            rtc_region?: string | null;
            topic?: string | null;
            /** @enum {integer} */
            type?: 0 | 1 | 2 | 3 | 4 | 998 | 999;
            url?: string | null;
            user_limit?: number | null;
        };
        ChannelUserPath: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            user_id: string;
        };
        CheckTagQuery: {
            discriminator: string;
            username: string;
        };
        ClientAttachmentRequest: {
            description?: string | null;
            duration?: number | null;
            filename?: string | null;
            /** Format: int32 */
            flags?: number;
            /** Format: int32 */
            id: number;
            title?: string | null;
            waveform?: string | null;
        };
        CodePath: {
            code: string;
        };
        /** @description An account elsewhere that was proven to be the user's. */
        ConnectionResponse: {
            id: string;
            name: string;
            /** Format: int32 */
            sort_order: number;
            type: string;
            verified: boolean;
            /** Format: int32 */
            visibility_flags: number;
        };
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
        CredentialPath: {
            credential_id: string;
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
            /** Format: int32 */
            category_type?: number;
            description?: string;
        };
        DiscoveryApplicationRequest: {
            /** Format: int32 */
            category_type: number;
            description: string;
        };
        DiscoveryApplicationResponse: {
            /** Format: date-time */
            applied_at: string;
            /** Format: int32 */
            category_type: number;
            description: string;
            /** Format: snowflake */
            guild_id: string;
            review_reason: string | null;
            /** @description Removal time if removed, else review time. */
            reviewed_at: string | null;
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "removed";
        };
        DiscoveryCategoryResponse: {
            /** Format: int32 */
            id: number;
            name: string;
        };
        DiscoveryGuildListResponse: {
            guilds: components["schemas"]["DiscoveryGuildResponse"][];
            /** Format: int64 */
            total: number;
        };
        DiscoveryGuildResponse: {
            /** Format: int32 */
            category_type: number;
            description: string | null;
            features: string[];
            icon: string | null;
            /** Format: snowflake */
            id: string;
            /** Format: int64 */
            member_count: number;
            name: string;
            /** Format: int64 */
            online_count: number;
            /** Format: int32 */
            verification_level: number;
        };
        DiscoverySearchQuery: {
            category?: number | null;
            /**
             * Format: int32
             * @default 24
             */
            limit: number;
            /**
             * Format: int32
             * @default 0
             */
            offset: number;
            query?: string | null;
            /** @description Accepted; the order is by relevance all the same. */
            sort_by?: ("member_count" | "online_count" | "relevance") | null;
        };
        DiscoveryStatusResponse: {
            application: components["schemas"]["DiscoveryApplicationResponse"] | null;
            eligible: boolean;
            /** Format: int64 */
            min_member_count: number;
        };
        DsaReportEmailSendRequest: {
            /** Format: email */
            email: string;
        };
        DsaReportEmailVerifyRequest: {
            code: string;
            /** Format: email */
            email: string;
        };
        DsaReportGuildRequest: {
            additional_info?: string;
            /** @enum {string} */
            category: "harassment" | "hate_speech" | "extremist_community" | "illegal_activity" | "child_safety" | "raid_coordination" | "spam" | "malware_distribution" | "other";
            /** Format: snowflake */
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
            /** Format: snowflake */
            user_id?: string;
            user_tag?: string;
        };
        EmailChangeBouncedRequestNewRequest: {
            /** Format: email */
            new_email: string;
        };
        EmailChangeBouncedVerifyNewRequest: {
            code: string;
            ticket: string;
        };
        EmailChangeRequestNewRequest: {
            /** Format: email */
            new_email: string;
            original_proof: string;
            ticket: string;
        };
        EmailChangeRequestNewResponse: {
            /** Format: date-time */
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
            /** Format: int32 */
            flags: number;
            height?: number | null;
            placeholder?: string | null;
            proxy_url?: string | null;
            url: string;
            width?: number | null;
        };
        EmojiPath: {
            /** Format: snowflake */
            emoji_id: string;
            /** Format: snowflake */
            guild_id: string;
        };
        EmojiUserPath: {
            /** Format: snowflake */
            channel_id: string;
            emoji: string;
            /** Format: snowflake */
            message_id: string;
            /** Format: snowflake */
            target_id: string;
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
        Error: {
            code: string;
            errors?: {
                code?: string;
                message?: string;
                path?: string;
            }[];
            message: string;
        };
        ExpressionFailure: {
            error: string;
            name: string;
        };
        FavoriteMemeResponse: {
            alt_text: string | null;
            /**
             * Format: snowflake
             * @description The copy's own.
             */
            attachment_id: string;
            content_hash: string | null;
            content_type: string;
            /** @description Seconds. */
            duration: number | null;
            filename: string;
            height: number | null;
            /** Format: snowflake */
            id: string;
            /** @description A film that stands for a GIF. */
            is_gifv: boolean;
            klipy_slug: string | null;
            name: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            tags: string[];
            tenor_slug_id: string | null;
            url: string;
            /** Format: snowflake */
            user_id: string;
            width: number | null;
        };
        ForgotPasswordRequest: {
            /** Format: email */
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
            session_start_limit: components["schemas"]["SessionStartLimit"];
            /** Format: int64 */
            shards: number;
            url: string;
        };
        GifCategoryTagResponse: {
            /** @description Words to search for. */
            name: string;
            proxy_src: string;
            src: string;
        };
        GifFeaturedResponse: {
            categories: components["schemas"]["GifCategoryTagResponse"][];
            gifs: components["schemas"]["GifResponse"][];
        };
        GifResponse: {
            /** Format: int32 */
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
            /** Format: int32 */
            width: number;
        };
        GifSearchQuery: {
            /** @enum {string} */
            locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            q: string;
        };
        /** @description Query of what needs no words. */
        GifsQuery: {
            /** @enum {string} */
            locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
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
            /** Format: int32 */
            action_type: number;
            changes?: components["schemas"]["AuditLogChangeSchema"][];
            /** Format: snowflake */
            id: string;
            options?: components["schemas"]["AuditLogOptions"] | null;
            reason?: string | null;
            target_id: string | null;
            user_id: string | null;
        };
        GuildAuditLogListResponse: {
            audit_log_entries: components["schemas"]["GuildAuditLogEntryResponse"][];
            /** @description Who acted, and the users acted on. */
            users: components["schemas"]["UserPartialResponse"][];
            webhooks: components["schemas"]["AuditLogWebhookResponse"][];
        };
        GuildBanCreateRequest: {
            ban_duration_seconds?: (0 | 3600 | 43200 | 86400 | 259200 | 432000 | 604800 | 1209600 | 2592000) | null;
            delete_message_days?: number | null;
            reason?: string | null;
        };
        GuildBanResponse: {
            /** Format: date-time */
            banned_at: string;
            expires_at: string | null;
            /** Format: snowflake */
            moderator_id: string;
            reason: string | null;
            user: components["schemas"]["UserPartialResponse"];
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
            emojis: components["schemas"]["GuildEmojiCreateRequest"][];
        };
        GuildEmojiBulkCreateResponse: {
            failed: components["schemas"]["ExpressionFailure"][];
            success: components["schemas"]["GuildEmojiResponse"][];
        };
        GuildEmojiCreateRequest: {
            /** Format: byte */
            image: string;
            name: string;
        };
        GuildEmojiResponse: {
            animated: boolean;
            /** Format: snowflake */
            id: string;
            name: string;
        };
        GuildEmojiUpdateRequest: {
            name: string;
        };
        GuildEmojiWithUserResponse: {
            animated: boolean;
            /** Format: snowflake */
            id: string;
            name: string;
            user: components["schemas"]["UserPartialResponse"];
        };
        GuildFolder: {
            color: number | null;
            /** Format: int32 */
            flags: number;
            guild_ids: string[];
            icon: string;
            /** @description −1 is the folder of guilds without one. */
            id: number | null;
            name: string | null;
        };
        GuildFolderRequest: {
            color?: number | null;
            /** Format: int32 */
            flags?: number;
            guild_ids: string[];
            /** @enum {string} */
            icon?: "folder" | "star" | "heart" | "bookmark" | "game_controller" | "shield" | "music_note";
            /** Format: int32 */
            id: number;
            name?: string | null;
        };
        GuildListQuery: {
            /** Format: snowflake */
            after?: string;
            /** Format: snowflake */
            before?: string;
            /**
             * Format: int32
             * @default 200
             */
            limit: number;
            /** @default false */
            with_counts: boolean;
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
            /** Format: date-time */
            joined_at: string;
            /** @description Also true while timed out. */
            mute: boolean;
            nick: string | null;
            profile_flags?: number | null;
            /** @description Without `@everyone`. */
            roles: string[];
            user: components["schemas"]["UserPartialResponse"];
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
            /** Format: snowflake */
            guild_id: string;
            indexing: boolean;
            members: components["schemas"]["GuildMemberSearchResult"][];
            /** Format: int64 */
            page_result_count: number;
            /** Format: int64 */
            total_result_count: number;
        };
        GuildMemberSearchResult: {
            discriminator: string;
            global_name: string | null;
            /** Format: snowflake */
            guild_id: string;
            id: string;
            is_bot: boolean;
            /**
             * Format: int64
             * @description Seconds since 1970.
             */
            joined_at: number;
            nickname: string | null;
            role_ids: string[];
            supplemental: components["schemas"]["FoundMemberSource"];
            /** Format: snowflake */
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
            /** Format: snowflake */
            id: string;
            name: string;
            splash: string | null;
            /** Format: int32 */
            splash_card_alignment: number;
            splash_height: number | null;
            splash_width: number | null;
        };
        GuildPath: {
            /** Format: snowflake */
            guild_id: string;
        };
        /** @description The guild itself (`properties` of a guild on the gateway). */
        GuildResponse: {
            afk_channel_id: string | null;
            /**
             * Format: int32
             * @description Seconds.
             */
            afk_timeout: number;
            banner: string | null;
            banner_height: number | null;
            banner_width: number | null;
            /** Format: int32 */
            default_message_notifications: number;
            /** Format: int32 */
            disabled_operations: number;
            embed_splash: string | null;
            embed_splash_height: number | null;
            embed_splash_width: number | null;
            /** Format: int32 */
            explicit_content_filter: number;
            features: string[];
            icon: string | null;
            /** Format: snowflake */
            id: string;
            message_history_cutoff: string | null;
            /** Format: int32 */
            mfa_level: number;
            name: string;
            /** Format: int32 */
            nsfw_level: number;
            /** Format: snowflake */
            owner_id: string;
            /** @description The reader's guild-level permissions; only in the own-guild list. */
            permissions?: string | null;
            rules_channel_id: string | null;
            splash: string | null;
            /**
             * Format: int32
             * @description 0 centre, 1 left, 2 right.
             */
            splash_card_alignment: number;
            splash_height: number | null;
            splash_width: number | null;
            /** Format: int32 */
            system_channel_flags: number;
            system_channel_id: string | null;
            vanity_url_code: string | null;
            /** Format: int32 */
            verification_level: number;
        };
        GuildRoleCreateRequest: {
            /** Format: int32 */
            color?: number;
            name: string;
            /** Format: int64 */
            permissions?: string;
        };
        GuildRoleHoistPositionItem: {
            /** Format: int32 */
            hoist_position: number;
            /** Format: snowflake */
            id: string;
        };
        GuildRolePath: {
            /** Format: snowflake */
            guild_id: string;
            /** Format: snowflake */
            role_id: string;
        };
        GuildRolePositionItem: {
            /** Format: snowflake */
            id: string;
            position?: number | null;
        };
        GuildRoleResponse: {
            /**
             * Format: int32
             * @description 24-bit RGB; 0 is none.
             */
            color: number;
            hoist: boolean;
            hoist_position: number | null;
            /** Format: snowflake */
            id: string;
            mentionable: boolean;
            name: string;
            /** Format: int64 */
            permissions: string;
            /** Format: int32 */
            position: number;
            unicode_emoji: string | null;
        };
        GuildRoleUpdateRequest: {
            /** Format: int32 */
            color?: number;
            hoist?: boolean;
            hoist_position?: number | null;
            mentionable?: boolean;
            name?: string;
            /** Format: int64 */
            permissions?: string;
        };
        GuildStickerBulkCreateRequest: {
            /** @description 1–50. */
            stickers: components["schemas"]["GuildStickerCreateRequest"][];
        };
        GuildStickerBulkCreateResponse: {
            failed: components["schemas"]["ExpressionFailure"][];
            success: components["schemas"]["GuildStickerResponse"][];
        };
        GuildStickerCreateRequest: {
            description?: string | null;
            /** Format: byte */
            image: string;
            name: string;
            tags?: string[] | null;
        };
        GuildStickerResponse: {
            animated: boolean;
            description: string;
            /** Format: snowflake */
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
            /** Format: snowflake */
            id: string;
            name: string;
            tags: string[];
            user: components["schemas"]["UserPartialResponse"];
        };
        GuildTransferOwnershipRequest: {
            /** @description Code of the method, or a backup code. */
            mfa_code?: string;
            /** @enum {string} */
            mfa_method?: "totp" | "sms" | "webauthn";
            /** Format: snowflake */
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
        GuildUserPath: {
            /** Format: snowflake */
            guild_id: string;
            /** Format: snowflake */
            user_id: string;
        };
        GuildUserRolePath: {
            /** Format: snowflake */
            guild_id: string;
            /** Format: snowflake */
            role_id: string;
            /** Format: snowflake */
            user_id: string;
        };
        GuildVanityURLResponse: {
            code: string | null;
            /** Format: int32 */
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
            /** Format: date-time */
            expires_at: string;
        };
        HandoffStatusResponse: {
            /** @description `pending`, `completed` or `expired`. */
            status: string;
            token?: string | null;
            user_id?: string | null;
        };
        HarvestCreationResponseSchema: {
            /** Format: date-time */
            created_at: string;
            /** Format: snowflake */
            harvest_id: string;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed";
        };
        HarvestDownloadUrlResponse: {
            download_url: string;
            /** Format: date-time */
            expires_at: string;
        };
        HarvestPath: {
            /** Format: snowflake */
            harvest_id: string;
        };
        HarvestStatusResponseSchema: {
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            download_url_expires_at: string | null;
            error_message: string | null;
            expires_at: string | null;
            failed_at: string | null;
            /** @description In bytes. */
            file_size: string | null;
            /** Format: snowflake */
            harvest_id: string;
            /** Format: int32 */
            progress_percent: number;
            progress_step: string | null;
            started_at: string | null;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed";
        };
        IdPath: {
            /** Format: snowflake */
            id: string;
        };
        IntrospectRequestForm: {
            client_id?: string | null;
            client_secret?: string | null;
            token: string;
        };
        /** @description A pack of emojis or stickers, as its invite shows it. */
        InvitePack: {
            /** Format: date-time */
            created_at: string;
            creator: components["schemas"]["UserPartialResponse"];
            /** Format: snowflake */
            creator_id: string;
            description: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
            type: string;
            /** Format: date-time */
            updated_at: string;
        };
        InvitePath: {
            invite_code: string;
        };
        /** @description An invite. Which keys it has depends on its type and on whether its maker's view, with uses and limits, is asked for. */
        InviteResponseSchema: {
            channel?: components["schemas"]["ChannelPartialResponse"] | null;
            code: string;
            created_at?: string | null;
            expires_at: string | null;
            guild?: components["schemas"]["GuildPartialResponse"] | null;
            inviter: components["schemas"]["UserPartialResponse"] | null;
            max_age?: number | null;
            max_uses?: number | null;
            member_count?: number | null;
            pack?: components["schemas"]["InvitePack"] | null;
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
            rules: components["schemas"]["LimitRuleResponse"][];
            traitDefinitions: string[];
            /** Format: int64 */
            version: number;
        };
        LimitFilterResponse: {
            guildFeatures?: string[];
            traits?: string[];
        };
        LimitRuleResponse: {
            filters?: components["schemas"]["LimitFilterResponse"] | null;
            id: string;
            /** @description Values that differ from the free ones. */
            overrides: {
                [key: string]: number;
            };
        };
        LoginRequest: {
            /** Format: email */
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
        MemberListQuery: {
            /** Format: snowflake */
            after?: string;
            /**
             * Format: int32
             * @default 1
             */
            limit: number;
        };
        MemePath: {
            /** Format: snowflake */
            meme_id: string;
        };
        /** @description Query of the mentions feed. */
        MentionsQuery: {
            /** Format: snowflake */
            before?: string;
            /** @default true */
            everyone: boolean;
            /** @default true */
            guilds: boolean;
            /**
             * Format: int32
             * @default 25
             */
            limit: number;
            /** @default true */
            roles: boolean;
        };
        MessageAckRequest: {
            /** @description Set by the user's hand, also backwards. */
            manual?: boolean;
            /**
             * Format: int32
             * @description Mentions still unread after this message; 0 by default.
             */
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
            /** Format: int32 */
            flags: number;
            height?: number | null;
            /** Format: snowflake */
            id: string;
            nsfw?: boolean | null;
            placeholder?: string | null;
            proxy_url: string | null;
            /**
             * Format: int64
             * @description Bytes.
             */
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
            audio?: components["schemas"]["EmbedMediaResponse"] | null;
            author?: components["schemas"]["EmbedAuthorResponse"] | null;
            children?: components["schemas"]["MessageEmbedResponse"][];
            color?: number | null;
            description?: string | null;
            fields?: components["schemas"]["EmbedFieldResponse"][];
            footer?: components["schemas"]["EmbedFooterResponse"] | null;
            image?: components["schemas"]["EmbedMediaResponse"] | null;
            nsfw?: boolean | null;
            provider?: components["schemas"]["EmbedAuthorResponse"] | null;
            thumbnail?: components["schemas"]["EmbedMediaResponse"] | null;
            timestamp?: string | null;
            title?: string | null;
            type: string;
            url?: string | null;
            video?: components["schemas"]["EmbedMediaResponse"] | null;
        };
        /** @description Query of the message list. `around` wins over the others. */
        MessageListQuery: {
            /** Format: snowflake */
            after?: string;
            /** Format: snowflake */
            around?: string;
            /** Format: snowflake */
            before?: string;
            /**
             * Format: int32
             * @default 50
             */
            limit: number;
        };
        MessagePath: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            message_id: string;
        };
        MessageReactionResponse: {
            /** Format: int32 */
            count: number;
            emoji: components["schemas"]["ReactionEmoji"];
            /** @description Whether the reader is among them; never `false`. */
            me?: boolean;
        };
        MessageReferenceRequest: {
            /** Format: snowflake */
            channel_id?: string;
            /** Format: snowflake */
            guild_id?: string;
            /** Format: snowflake */
            message_id: string;
            /** @enum {integer} */
            type?: 0 | 1;
        };
        MessageReferenceResponse: {
            /** Format: snowflake */
            channel_id: string;
            guild_id?: string | null;
            /** Format: snowflake */
            message_id: string;
            /** @enum {integer} */
            type: 0 | 1;
        };
        /** @description Body of message create and edit. */
        MessageRequestSchema: {
            allowed_mentions?: components["schemas"]["AllowedMentionsRequest"] | null;
            attachments?: components["schemas"]["ClientAttachmentRequest"][];
            content?: string | null;
            embeds?: components["schemas"]["RichEmbedRequest"][];
            favorite_meme_id?: string | null;
            /** Format: int32 */
            flags?: number;
            message_reference?: components["schemas"]["MessageReferenceRequest"] | null;
            nonce?: string;
            sticker_ids?: string[] | null;
            tts?: boolean;
        };
        MessageResponseSchema: {
            attachments: components["schemas"]["MessageAttachmentResponse"][];
            author: components["schemas"]["UserPartialResponse"];
            call?: components["schemas"]["MessageCallResponse"] | null;
            /** Format: snowflake */
            channel_id: string;
            content: string;
            edited_timestamp: string | null;
            embeds: components["schemas"]["MessageEmbedResponse"][];
            /** Format: int32 */
            flags: number;
            /** Format: snowflake */
            id: string;
            mention_everyone: boolean;
            mention_roles?: string[];
            mentions?: components["schemas"]["UserPartialResponse"][];
            message_reference?: components["schemas"]["MessageReferenceResponse"] | null;
            message_snapshots?: components["schemas"]["MessageSnapshotResponse"][];
            nonce?: string | null;
            pinned: boolean;
            reactions?: components["schemas"]["MessageReactionResponse"][];
            /** @description One level deep: it has none of its own. */
            referenced_message?: components["schemas"]["MessageResponseSchema"] | null;
            stickers: components["schemas"]["MessageStickerResponse"][];
            /** Format: date-time */
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
            /** Format: int64 */
            hits_per_page: number;
            messages: components["schemas"]["MessageResponseSchema"][];
            /** Format: int64 */
            page: number;
            /**
             * Format: int64
             * @description On all pages.
             */
            total: number;
        };
        /** @description A forwarded message as it was. */
        MessageSnapshotResponse: {
            attachments?: components["schemas"]["MessageAttachmentResponse"][];
            content: string | null;
            edited_timestamp: string | null;
            embeds?: components["schemas"]["MessageEmbedResponse"][];
            /** Format: int32 */
            flags: number;
            mention_roles?: string[];
            mentions?: string[];
            stickers?: components["schemas"]["MessageStickerResponse"][];
            /** Format: date-time */
            timestamp: string;
            /** @enum {integer} */
            type: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 19;
        };
        MessageStickerResponse: {
            animated: boolean;
            /** Format: snowflake */
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
            backup_codes: components["schemas"]["MfaBackupCodeResponse"][];
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
            /**
             * Format: int32
             * @description Seconds.
             */
            selected_time_window: number;
        };
        MuteConfigRequest: {
            end_time?: (string | number) | null;
            /** Format: int32 */
            selected_time_window: number;
        };
        /** @description A guild two users share, with the other one's nickname there. */
        MutualGuild: {
            /** Format: snowflake */
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
            /** Format: snowflake */
            id: string;
            name: string;
        };
        OAuth2AuthorizationResponse: {
            application: components["schemas"]["OAuth2AuthorizationApplication"];
            /** Format: date-time */
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
            /** Format: int32 */
            flags: number;
            icon: string | null;
            /** Format: snowflake */
            id: string;
            name: string;
        };
        OAuth2MeResponse: {
            application: components["schemas"]["OAuth2MeApplication"];
            /** Format: date-time */
            expires: string;
            scopes: string[];
            user?: components["schemas"]["OAuth2MeUser"] | null;
        };
        OAuth2MeUser: {
            avatar: string | null;
            avatar_color: number | null;
            bot?: boolean;
            discriminator: string;
            email?: string | null;
            /** Format: int32 */
            flags: number;
            global_name: string | null;
            /** Format: snowflake */
            id: string;
            system?: boolean;
            username: string;
            verified?: boolean | null;
        };
        OAuth2TokenResponse: {
            access_token: string;
            /**
             * Format: int32
             * @description Seconds.
             */
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
            /** Format: int32 */
            flags: number;
            global_name: string | null;
            /** Format: snowflake */
            id: string;
            /** Format: snowflake */
            sub: string;
            system?: boolean;
            username: string;
            verified?: boolean | null;
        };
        OkResponse: {
            ok: boolean;
        };
        OneMessagePath: {
            /** Format: snowflake */
            message_id: string;
        };
        OverwritePath: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            overwrite_id: string;
        };
        PasswordChangeCompleteRequest: {
            new_password: string;
            ticket: string;
            verification_proof: string;
        };
        PasswordChangeStartResponse: {
            /** Format: date-time */
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
            /** Format: int32 */
            channel_count: number;
            /** Format: int32 */
            message_count: number;
            /** Format: date-time */
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
        PreloadMessagesRequest: {
            channels: string[];
        };
        ProfileQuery: {
            guild_id?: string | null;
            /** @default false */
            with_mutual_friends: boolean;
            /** @default false */
            with_mutual_guilds: boolean;
        };
        PurgeQuery: {
            /** @default false */
            purge: boolean;
        };
        PushKeys: {
            auth: string;
            p256dh: string;
        };
        PushSubscribeRequest: {
            endpoint: string;
            keys: components["schemas"]["PushKeys"];
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
            subscriptions: components["schemas"]["PushSubscriptionItemResponse"][];
        };
        /** @description A custom emoji (with id) or a Unicode one. */
        ReactionEmoji: {
            animated?: boolean;
            id?: string | null;
            name: string;
        };
        ReactionUsersQuery: {
            /** Format: snowflake */
            after?: string;
            /**
             * Format: int32
             * @default 25
             */
            limit: number;
        };
        ReadStateAckBulkRequest: {
            read_states: components["schemas"]["ReadStateEntry"][];
        };
        ReadStateEntry: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            message_id: string;
        };
        RecipientQuery: {
            recipient?: string | null;
        };
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
            /** Format: email */
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
            /**
             * Format: snowflake
             * @description The other user.
             */
            id: string;
            nickname: string | null;
            since?: string | null;
            /** @enum {integer} */
            type: 1 | 2 | 3 | 4;
            /** @description Left out in READY, where the user stands in `users`. */
            user?: components["schemas"]["UserPartialResponse"] | null;
        };
        RelationshipTypePutRequest: {
            type?: (1 | 2 | 3 | 4) | null;
        };
        ReportGuildRequest: {
            additional_info?: string;
            /** @enum {string} */
            category: "harassment" | "hate_speech" | "extremist_community" | "illegal_activity" | "child_safety" | "raid_coordination" | "spam" | "malware_distribution" | "other";
            /** Format: snowflake */
            guild_id: string;
        };
        ReportMessageRequest: {
            additional_info?: string;
            /** @enum {string} */
            category: "harassment" | "hate_speech" | "violent_content" | "spam" | "nsfw_violation" | "illegal_activity" | "doxxing" | "self_harm" | "child_safety" | "malicious_links" | "impersonation" | "other";
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            message_id: string;
        };
        ReportResponse: {
            /** Format: snowflake */
            report_id: string;
            /** Format: date-time */
            reported_at: string;
            /** @enum {string} */
            status: "pending" | "resolved";
        };
        ReportUserRequest: {
            additional_info?: string;
            /** @enum {string} */
            category: "harassment" | "hate_speech" | "spam_account" | "impersonation" | "underage_user" | "inappropriate_profile" | "other";
            /** Format: snowflake */
            guild_id?: string;
            /** Format: snowflake */
            user_id: string;
        };
        ResetPasswordRequest: {
            password: string;
            token: string;
        };
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
            author?: components["schemas"]["RichEmbedAuthorRequest"] | null;
            color?: number | null;
            description?: string | null;
            fields?: components["schemas"]["RichEmbedFieldRequest"][] | null;
            footer?: components["schemas"]["RichEmbedFooterRequest"] | null;
            image?: components["schemas"]["RichEmbedMediaRequest"] | null;
            thumbnail?: components["schemas"]["RichEmbedMediaRequest"] | null;
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
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            id: string;
            message: components["schemas"]["MessageResponseSchema"] | null;
            /** Format: snowflake */
            message_id: string;
            /** @enum {string} */
            status: "available" | "missing_permissions";
        };
        SavedMessagesQuery: {
            /**
             * Format: int32
             * @default 25
             */
            limit: number;
        };
        SaveMessageRequest: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: snowflake */
            message_id: string;
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
            /** Format: snowflake */
            message_id: string;
            type?: (0 | 1) | null;
        };
        ScheduledMessageResponseSchema: {
            /** Format: snowflake */
            channel_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: snowflake */
            id: string;
            invalidated_at: string | null;
            payload: components["schemas"]["ScheduledPayload"];
            /** Format: date-time */
            scheduled_at: string;
            /** @description As it was sent. */
            scheduled_local_at: string;
            /** @enum {string} */
            status: "pending" | "invalid";
            /** @description Why it could not be sent. */
            status_reason: string | null;
            timezone: string;
        };
        ScheduledPath: {
            /** Format: snowflake */
            scheduled_message_id: string;
        };
        /** @description The message as it will be sent. */
        ScheduledPayload: {
            allowed_mentions?: components["schemas"]["ScheduledMessageAllowedMentionsSchema"] | null;
            attachments?: components["schemas"]["MessageAttachmentResponse"][];
            content: string | null;
            embeds?: components["schemas"]["MessageEmbedResponse"][];
            favorite_meme_id?: string | null;
            flags?: number | null;
            message_reference?: components["schemas"]["ScheduledMessageReferenceSchema"] | null;
            nonce?: string | null;
            sticker_ids?: string[];
            stickers?: components["schemas"]["MessageStickerResponse"][];
            tts: boolean;
        };
        /** @description Query of operations that change reactions. */
        SessionQuery: {
            /** @description The gateway session that already shows the change and is not told of it. */
            session_id?: string | null;
        };
        SessionStartLimit: {
            /** Format: int64 */
            max_concurrency: number;
            /** Format: int64 */
            remaining: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            reset_after: number;
            /** Format: int64 */
            total: number;
        };
        SilentQuery: {
            /** @default false */
            silent: boolean;
        };
        SsoCompleteRequest: {
            code: string;
            state: string;
        };
        SsoCompleteResponse: {
            redirect_to: string;
            token: string;
            /** Format: snowflake */
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
        StickerPath: {
            /** Format: snowflake */
            guild_id: string;
            /** Format: snowflake */
            sticker_id: string;
        };
        SubscriptionPath: {
            subscription_id: string;
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
        TargetPath: {
            /** Format: snowflake */
            target_id: string;
        };
        ThemeCreateRequest: {
            /** @description CSS text to store and share. */
            css: string;
        };
        ThemeCreateResponse: {
            /** @description Sixteen hexadecimal digits. */
            id: string;
        };
        TicketQuery: {
            ticket: string;
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
        UpdateFavoriteMemeBodySchema: {
            alt_text?: string | null;
            name?: string;
            tags?: string[] | null;
        };
        UserGuildSettingsResponse: {
            channel_overrides: {
                [key: string]: components["schemas"]["ChannelOverride"];
            } | null;
            /** @description `None` for direct messages. */
            guild_id: string | null;
            hide_muted_channels: boolean;
            /** Format: int32 */
            message_notifications: number;
            mobile_push: boolean;
            mute_config: components["schemas"]["MuteConfig"] | null;
            muted: boolean;
            suppress_everyone: boolean;
            suppress_roles: boolean;
            /** Format: int32 */
            version: number;
        };
        UserGuildSettingsUpdateRequest: {
            channel_overrides?: {
                [key: string]: components["schemas"]["ChannelOverrideUpdate"];
            } | null;
            hide_muted_channels?: boolean;
            /** Format: int32 */
            message_notifications?: number;
            mobile_push?: boolean;
            mute_config?: components["schemas"]["MuteConfigRequest"] | null;
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
            /**
             * Format: int32
             * @description Public flags only.
             */
            flags: number;
            global_name: string | null;
            /** Format: snowflake */
            id: string;
            system?: boolean;
            username: string;
        };
        UserPath: {
            /** Format: snowflake */
            user_id: string;
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
            /** Format: int32 */
            flags: number;
            global_name: string | null;
            has_dismissed_premium_onboarding: boolean;
            has_ever_purchased: boolean;
            has_unread_gift_inventory: boolean;
            /** Format: snowflake */
            id: string;
            is_staff: boolean;
            mfa_enabled: boolean;
            nsfw_allowed: boolean;
            password_last_changed_at: string | null;
            pending_bulk_message_deletion: components["schemas"]["PendingBulkMessageDeletion"] | null;
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
            /** Format: int32 */
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
            connected_accounts: components["schemas"]["ConnectionResponse"][];
            guild_member?: components["schemas"]["GuildMemberResponse"] | null;
            guild_member_profile?: components["schemas"]["GuildMemberProfile"] | null;
            /** @description Absent for oneself. */
            mutual_friends?: components["schemas"]["UserPartialResponse"][] | null;
            mutual_guilds?: components["schemas"]["MutualGuild"][] | null;
            premium_lifetime_sequence?: number | null;
            premium_since?: string | null;
            premium_type?: number | null;
            user: components["schemas"]["UserPartialResponse"];
            user_profile: components["schemas"]["UserProfileData"];
        };
        UserSettingsResponse: {
            /**
             * Format: int32
             * @description Seconds.
             */
            afk_timeout: number;
            animate_emoji: boolean;
            /** Format: int32 */
            animate_stickers: number;
            bot_default_guilds_restricted: boolean;
            bot_restricted_guilds: string[];
            custom_status: components["schemas"]["CustomStatusResponse"] | null;
            default_guilds_restricted: boolean;
            default_hide_muted_channels: boolean;
            developer_mode: boolean;
            /** Format: int32 */
            friend_source_flags: number;
            gif_auto_play: boolean;
            /** Format: int32 */
            group_dm_add_permission_flags: number;
            guild_folders: components["schemas"]["GuildFolder"][];
            /** Format: int32 */
            incoming_call_flags: number;
            inline_attachment_media: boolean;
            inline_embed_media: boolean;
            locale: string;
            message_display_compact: boolean;
            render_embeds: boolean;
            render_reactions: boolean;
            /** Format: int32 */
            render_spoilers: number;
            restricted_guilds: string[];
            /** @description `online`, `idle`, `dnd` or `invisible`. */
            status: string;
            status_resets_at: string | null;
            status_resets_to: string | null;
            theme: string;
            /** Format: int32 */
            time_format: number;
            trusted_domains: string[];
        };
        UserSettingsUpdateRequest: {
            /** Format: int32 */
            afk_timeout?: number;
            animate_emoji?: boolean;
            /** Format: int32 */
            animate_stickers?: number;
            bot_default_guilds_restricted?: boolean;
            bot_restricted_guilds?: string[];
            custom_status?: components["schemas"]["CustomStatusPayload"] | null;
            default_guilds_restricted?: boolean;
            default_hide_muted_channels?: boolean;
            developer_mode?: boolean;
            /**
             * Format: int32
             * @description The same field, not normalised.
             */
            flags?: number;
            /** Format: int32 */
            friend_source_flags?: number;
            gif_auto_play?: boolean;
            /** Format: int32 */
            group_dm_add_permission_flags?: number;
            guild_folders?: components["schemas"]["GuildFolderRequest"][];
            /** Format: int32 */
            incoming_call_flags?: number;
            inline_attachment_media?: boolean;
            inline_embed_media?: boolean;
            /** @enum {string} */
            locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            message_display_compact?: boolean;
            render_embeds?: boolean;
            render_reactions?: boolean;
            /** Format: int32 */
            render_spoilers?: number;
            restricted_guilds?: string[];
            /** @enum {string} */
            status?: "online" | "dnd" | "idle" | "invisible";
            status_resets_at?: (string | number) | null;
            status_resets_to?: ("online" | "dnd" | "idle" | "invisible") | null;
            /** @enum {string} */
            theme?: "dark" | "coal" | "light" | "system";
            /** Format: int32 */
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
            /**
             * Format: email
             * @description Always refused: see `email_token`.
             */
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
            /** Format: date-time */
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
            /** Format: int64 */
            api_code_version: number;
            app_public: components["schemas"]["WellKnownApp"];
            captcha: components["schemas"]["WellKnownCaptcha"];
            endpoints: components["schemas"]["WellKnownEndpoints"];
            features: components["schemas"]["WellKnownFeatures"];
            gif: components["schemas"]["WellKnownGif"];
            limits: components["schemas"]["LimitConfig"];
            push: components["schemas"]["WellKnownPush"];
            sso: components["schemas"]["WellKnownSso"];
        };
        WellKnownGif: {
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_well_known_fluxer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WellKnownFluxerResponse"];
                };
            };
        };
    };
    get_current_user_applications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationsMeResponse"];
                };
            };
        };
    };
    authorize_ip_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AuthorizeIpRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    revert_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailRevertRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"] | components["schemas"]["AuthMfaRequiredResponse"];
                };
            };
        };
    };
    forgot_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ForgotPasswordRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancel_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_handoff_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffStatusResponse"];
                };
            };
        };
    };
    complete_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HandoffCompleteRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    initiate_handoff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffInitiateResponse"];
                };
            };
        };
    };
    poll_ip_authorization: {
        parameters: {
            query: {
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpAuthorizationPollResponse"];
                };
            };
        };
    };
    resend_ip_authorization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    login_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"] | components["schemas"]["AuthMfaRequiredResponse"];
                };
            };
        };
    };
    login_with_sms_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaSmsRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"];
                };
            };
        };
    };
    send_sms_mfa_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    login_with_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaTotpRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"];
                };
            };
        };
    };
    login_with_webauthn_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebAuthnMfaRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"];
                };
            };
        };
    };
    get_webauthn_mfa_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    logout_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    register_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"] | components["schemas"]["AuthMfaRequiredResponse"];
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"] | components["schemas"]["AuthMfaRequiredResponse"];
                };
            };
        };
    };
    list_auth_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthSessionResponse"][];
                };
            };
        };
    };
    logout_all_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["LogoutAuthSessionsRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    complete_sso: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SsoCompleteRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoCompleteResponse"];
                };
            };
        };
    };
    start_sso: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SsoStartRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoStartResponse"];
                };
            };
        };
    };
    get_sso_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoStatusResponse"];
                };
            };
        };
    };
    get_username_suggestions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UsernameSuggestionsRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsernameSuggestionsResponse"];
                };
            };
        };
    };
    verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["VerifyEmailRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resend_verification_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    authenticate_with_webauthn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebAuthnAuthenticateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthTokenWithUserIdResponse"];
                };
            };
        };
    };
    get_webauthn_authentication_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    get_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"];
                };
            };
        };
    };
    delete_channel: {
        parameters: {
            query?: {
                silent?: boolean;
            };
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelUpdateAny"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"];
                };
            };
        };
    };
    list_channel_invites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteResponseSchema"][];
                };
            };
        };
    };
    create_channel_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelInviteCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteResponseSchema"];
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                after?: string;
                around?: string;
                before?: string;
                limit?: number;
            };
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"][];
                };
            };
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MessageRequestSchema"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"];
                };
            };
        };
    };
    get_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"];
                };
            };
        };
    };
    delete_message2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    edit_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MessageRequestSchema"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"];
                };
            };
        };
    };
    acknowledge_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MessageAckRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_message_attachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_meme_from_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateFavoriteMemeBodySchema"];
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FavoriteMemeResponse"];
                };
            };
        };
    };
    remove_all_reactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_reaction_users: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPartialResponse"][];
                };
            };
        };
    };
    remove_all_reactions_for_emoji: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_reaction: {
        parameters: {
            query?: {
                session_id?: string | null;
            };
            header?: never;
            path: {
                channel_id: string;
                emoji: string;
                message_id: string;
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    add_reaction: {
        parameters: {
            query?: {
                session_id?: string | null;
            };
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_own_reaction: {
        parameters: {
            query?: {
                session_id?: string | null;
            };
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    clear_channel_read_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    bulk_delete_messages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BulkDeleteMessagesRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_pinned_messages: {
        parameters: {
            query?: {
                before?: string | number;
                limit?: number;
            };
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelPinsResponse"];
                };
            };
        };
    };
    schedule_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MessageRequestSchema"] & {
                    scheduled_local_at: string;
                    timezone: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessageResponseSchema"];
                };
            };
        };
    };
    set_channel_permission_overwrite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                overwrite_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PermissionOverwriteCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_channel_permission_overwrite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                overwrite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    pin_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unpin_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    acknowledge_pins: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    add_group_dm_recipient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_group_dm_recipient: {
        parameters: {
            query?: {
                silent?: boolean;
            };
            header?: never;
            path: {
                channel_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_rtc_regions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RtcRegionResponse"][];
                };
            };
        };
    };
    indicate_typing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_discovery_categories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryCategoryResponse"][];
                };
            };
        };
    };
    search_discovery_guilds: {
        parameters: {
            query?: {
                category?: number | null;
                limit?: number;
                offset?: number;
                query?: string | null;
                sort_by?: ("member_count" | "online_count" | "relevance") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryGuildListResponse"];
                };
            };
        };
    };
    join_discovery_guild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_data_harvest_archive: {
        parameters: {
            query: {
                expires: string;
                signature: string;
            };
            header?: never;
            path: {
                harvest_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_gateway_bot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayBotResponse"];
                };
            };
        };
    };
    create_guild: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    get_guild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    update_guild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    list_guild_audit_logs: {
        parameters: {
            query?: {
                action_type?: 1 | 10 | 11 | 12 | 13 | 14 | 15 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 30 | 31 | 32 | 40 | 41 | 42 | 50 | 51 | 52 | 60 | 61 | 62 | 72 | 73 | 74 | 75 | 90 | 91 | 92;
                after?: string;
                before?: string;
                limit?: number;
                user_id?: string;
            };
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildAuditLogListResponse"];
                };
            };
        };
    };
    list_guild_bans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildBanResponse"][];
                };
            };
        };
    };
    ban_guild_member2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildBanCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unban_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_guild_channels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"][];
                };
            };
        };
    };
    create_guild_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"];
                };
            };
        };
    };
    update_guild_channel_positions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelPositionItem"][];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_guild2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildDeleteRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    toggle_detached_banner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EnabledToggleRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    toggle_disallow_unclaimed_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EnabledToggleRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    get_discovery_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryStatusResponse"];
                };
            };
        };
    };
    apply_for_discovery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DiscoveryApplicationRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryApplicationResponse"];
                };
            };
        };
    };
    withdraw_discovery_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    edit_discovery_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DiscoveryApplicationPatchRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryApplicationResponse"];
                };
            };
        };
    };
    list_guild_emojis2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildEmojiWithUserResponse"][];
                };
            };
        };
    };
    create_guild_emoji: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildEmojiCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildEmojiResponse"];
                };
            };
        };
    };
    delete_guild_emoji: {
        parameters: {
            query?: {
                purge?: boolean;
            };
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_guild_emoji: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji_id: string;
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildEmojiUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildEmojiResponse"];
                };
            };
        };
    };
    bulk_create_guild_emojis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildEmojiBulkCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildEmojiBulkCreateResponse"];
                };
            };
        };
    };
    list_guild_invites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteResponseSchema"][];
                };
            };
        };
    };
    list_guild_members2: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberResponse"][];
                };
            };
        };
    };
    search_guild_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildMemberSearchRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberSearchResponse"];
                };
            };
        };
    };
    get_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberResponse"];
                };
            };
        };
    };
    remove_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildMemberUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberResponse"];
                };
            };
        };
    };
    add_guild_member_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                role_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_guild_member_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                role_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_current_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberResponse"];
                };
            };
        };
    };
    update_current_guild_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MyGuildMemberUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildMemberResponse"];
                };
            };
        };
    };
    list_guild_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildRoleResponse"][];
                };
            };
        };
    };
    create_guild_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildRoleCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildRoleResponse"];
                };
            };
        };
    };
    update_guild_role_positions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildRolePositionItem"][];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_guild_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_guild_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildRoleUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildRoleResponse"];
                };
            };
        };
    };
    reset_role_hoist_positions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_role_hoist_positions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildRoleHoistPositionItem"][];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_guild_stickers2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildStickerWithUserResponse"][];
                };
            };
        };
    };
    create_guild_sticker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildStickerCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildStickerResponse"];
                };
            };
        };
    };
    delete_guild_sticker: {
        parameters: {
            query?: {
                purge?: boolean;
            };
            header?: never;
            path: {
                guild_id: string;
                sticker_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_guild_sticker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
                sticker_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildStickerUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildStickerResponse"];
                };
            };
        };
    };
    bulk_create_guild_stickers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildStickerBulkCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildStickerBulkCreateResponse"];
                };
            };
        };
    };
    toggle_text_channel_flexible_names: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EnabledToggleRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    transfer_guild_ownership2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildTransferOwnershipRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"];
                };
            };
        };
    };
    get_guild_vanity_url: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildVanityURLResponse"];
                };
            };
        };
    };
    update_guild_vanity_url: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GuildVanityURLUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildVanityURLUpdateResponse"];
                };
            };
        };
    };
    get_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteResponseSchema"];
                };
            };
        };
    };
    accept_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteResponseSchema"];
                };
            };
        };
    };
    delete_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_klipy_featured: {
        parameters: {
            query?: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifFeaturedResponse"];
                };
            };
        };
    };
    register_klipy_gif_share: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegisterGifShareRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    search_klipy_gifs: {
        parameters: {
            query: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifResponse"][];
                };
            };
        };
    };
    get_klipy_search_suggestions: {
        parameters: {
            query: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
        };
    };
    get_klipy_trending_gifs: {
        parameters: {
            query?: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifResponse"][];
                };
            };
        };
    };
    get_current_user_oauth2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2MeResponse"];
                };
            };
        };
    };
    list_user_oauth2_authorizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2AuthorizationResponse"][];
                };
            };
        };
    };
    delete_user_oauth2_authorization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                applicationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_oauth_application: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplicationCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
        };
    };
    get_oauth_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
        };
    };
    delete_oauth_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_oauth_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplicationUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
        };
    };
    update_bot_profile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BotProfileUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotProfileResponse"];
                };
            };
        };
    };
    reset_bot_token2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotTokenResetResponse"];
                };
            };
        };
    };
    reset_client_secret2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
        };
    };
    get_public_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationPublicResponse"];
                };
            };
        };
    };
    list_user_applications2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"][];
                };
            };
        };
    };
    authorize_oauth2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    provide_oauth2_consent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AuthorizeConsentRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2ConsentResponse"];
                };
            };
        };
    };
    introspect_oauth2_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["IntrospectRequestForm"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2IntrospectResponse"];
                };
            };
        };
    };
    exchange_oauth2_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2TokenResponse"];
                };
            };
        };
    };
    revoke_oauth2_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["RevokeRequestForm"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_oauth2_userinfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuth2UserInfoResponse"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ack_bulk_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadStateAckBulkRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_dsa_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DsaReportMessageRequest"] | components["schemas"]["DsaReportUserRequest"] | components["schemas"]["DsaReportGuildRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResponse"];
                };
            };
        };
    };
    send_dsa_report_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DsaReportEmailSendRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OkResponse"];
                };
            };
        };
    };
    verify_dsa_report_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DsaReportEmailVerifyRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketResponse"];
                };
            };
        };
    };
    report_guild: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportGuildRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResponse"];
                };
            };
        };
    };
    report_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportMessageRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResponse"];
                };
            };
        };
    };
    report_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReportUserRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportResponse"];
                };
            };
        };
    };
    search_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GlobalSearchMessagesRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSearchResultsResponse"] | components["schemas"]["MessageSearchIndexingResponse"];
                };
            };
        };
    };
    get_tenor_featured: {
        parameters: {
            query?: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifFeaturedResponse"];
                };
            };
        };
    };
    register_tenor_gif_share: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegisterGifShareRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    search_tenor_gifs: {
        parameters: {
            query: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifResponse"][];
                };
            };
        };
    };
    get_tenor_search_suggestions: {
        parameters: {
            query: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
        };
    };
    get_tenor_trending_gifs: {
        parameters: {
            query?: {
                locale?: "ar" | "bg" | "cs" | "da" | "de" | "el" | "en-GB" | "en-US" | "es-ES" | "es-419" | "fi" | "fr" | "he" | "hi" | "hr" | "hu" | "id" | "it" | "ja" | "ko" | "lt" | "nl" | "no" | "pl" | "pt-BR" | "ro" | "ru" | "sv-SE" | "th" | "tr" | "uk" | "vi" | "zh-CN" | "zh-TW";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GifResponse"][];
                };
            };
        };
    };
    test_decay_row: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_decay_clear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_decay_query: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_decay_rows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_ip_authorization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_ip_authorization_expire: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_ip_authorization_poll: {
        parameters: {
            query: {
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_ip_authorization_publish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_mfa_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_cache_clear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_channel_buckets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_channel_empty_buckets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_channel_clear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_channel_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_emails: {
        parameters: {
            query?: {
                recipient?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_emails_clear: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_guild_features: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_guild_member_count: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_message_with_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"];
                };
            };
        };
    };
    test_seed_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_access_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_require_identify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_snowflake_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_snowflake_reinitialize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_snowflake_renew: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_acls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_data_exists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_discriminator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_flags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_message_count: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_premium: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_has_active: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_private_channels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_relationships: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_security_flags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_bot_flag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_contact_info: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_last_active_at: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_pending_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_system_flag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_user_unclaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_harvest_expiration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                harvest_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_expire_attachments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_process_inactivity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_process_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_process_deletions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_send_scheduled: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scheduled_message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_user_profile: {
        parameters: {
            query?: {
                guild_id?: string | null;
                with_mutual_friends?: boolean;
                with_mutual_guilds?: boolean;
            };
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserProfileFullResponse"];
                };
            };
        };
    };
    get_user_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPartialResponse"];
                };
            };
        };
    };
    get_current_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPrivateResponse"];
                };
            };
        };
    };
    update_current_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserUpdateWithVerificationRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPrivateResponse"];
                };
            };
        };
    };
    list_user_applications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationResponse"][];
                };
            };
        };
    };
    forget_authorized_ips: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_private_channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"][];
                };
            };
        };
    };
    create_private_channel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreatePrivateChannelRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelResponse"];
                };
            };
        };
    };
    pin_direct_message_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unpin_direct_message_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    preload_messages_for_channels_alt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreloadMessagesRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["MessageResponseSchema"] | null;
                    };
                };
            };
        };
    };
    delete_current_user_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    disable_current_user_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    request_bounced_email_replacement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeBouncedRequestNewRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailChangeRequestNewResponse"];
                };
            };
        };
    };
    resend_bounced_email_replacement_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    verify_bounced_email_replacement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeBouncedVerifyNewRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPrivateResponse"];
                };
            };
        };
    };
    request_new_email_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeRequestNewRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailChangeRequestNewResponse"];
                };
            };
        };
    };
    resend_new_email_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resend_original_email_confirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    start_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBodyRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailChangeStartResponse"];
                };
            };
        };
    };
    verify_new_email_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeVerifyNewRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTokenResponse"];
                };
            };
        };
    };
    verify_original_email_address: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailChangeVerifyOriginalRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailChangeVerifyOriginalResponse"];
                };
            };
        };
    };
    list_guilds: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                limit?: number;
                with_counts?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildResponse"][];
                };
            };
        };
    };
    leave_guild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_guild_settings_for_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserGuildSettingsUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGuildSettingsResponse"];
                };
            };
        };
    };
    update_dm_notification_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserGuildSettingsUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGuildSettingsResponse"];
                };
            };
        };
    };
    request_data_harvest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HarvestCreationResponseSchema"];
                };
            };
        };
    };
    get_data_harvest_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                harvest_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HarvestStatusResponseSchema"];
                };
            };
        };
    };
    get_data_harvest_download_url: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                harvest_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HarvestDownloadUrlResponse"];
                };
            };
        };
    };
    get_latest_data_harvest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HarvestStatusResponseSchema"] | null;
                };
            };
        };
    };
    list_favorite_memes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FavoriteMemeResponse"][];
                };
            };
        };
    };
    create_meme_from_url: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateFavoriteMemeFromUrlBodySchema"];
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FavoriteMemeResponse"];
                };
            };
        };
    };
    get_favorite_meme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meme_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FavoriteMemeResponse"];
                };
            };
        };
    };
    delete_favorite_meme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meme_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_favorite_meme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meme_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateFavoriteMemeBodySchema"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FavoriteMemeResponse"];
                };
            };
        };
    };
    list_mentions_for_current_user: {
        parameters: {
            query?: {
                before?: string;
                everyone?: boolean;
                guilds?: boolean;
                limit?: number;
                roles?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageResponseSchema"][];
                };
            };
        };
    };
    delete_mention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    request_bulk_message_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancel_bulk_message_deletion2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessResponse"];
                };
            };
        };
    };
    test_bulk_message_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_backup_codes_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MfaBackupCodesRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaBackupCodesResponse"];
                };
            };
        };
    };
    disable_sms_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    enable_sms_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    disable_totp_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DisableTotpRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    enable_totp_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EnableMfaTotpRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaBackupCodesResponse"];
                };
            };
        };
    };
    list_webauthn_credentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebAuthnCredentialResponse"][];
                };
            };
        };
    };
    register_webauthn_credential: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebAuthnRegisterRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_webauthn_credential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_webauthn_credential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebAuthnCredentialUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_webauthn_registration_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebAuthnChallengeResponse"];
                };
            };
        };
    };
    list_current_user_notes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    get_note_on_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserNoteResponse"];
                };
            };
        };
    };
    set_note_on_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserNoteUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    complete_password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordChangeCompleteRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resend_password_change_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordChangeTicketRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    start_password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyBodyRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordChangeStartResponse"];
                };
            };
        };
    };
    verify_password_change_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordChangeVerifyRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordChangeVerifyResponse"];
                };
            };
        };
    };
    add_phone_to_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PhoneAddRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_phone_from_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SudoVerification"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    send_phone_verification_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PhoneSendVerificationRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    verify_phone_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PhoneVerifyRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneVerifyResponse"];
                };
            };
        };
    };
    preload_messages_for_channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreloadMessagesRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["MessageResponseSchema"] | null;
                    };
                };
            };
        };
    };
    reset_current_user_premium_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    subscribe_to_push_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PushSubscribeRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushSubscribeResponse"];
                };
            };
        };
    };
    list_push_subscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushSubscriptionsListResponse"];
                };
            };
        };
    };
    unsubscribe_from_push_notifications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuccessResponse"];
                };
            };
        };
    };
    list_user_relationships: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipResponse"][];
                };
            };
        };
    };
    send_friend_request_by_tag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FriendRequestByTagRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipResponse"];
                };
            };
        };
    };
    accept_or_update_friend_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RelationshipTypePutRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipResponse"];
                };
            };
        };
    };
    send_friend_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipResponse"];
                };
            };
        };
    };
    remove_relationship: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_relationship_nickname: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RelationshipNicknameUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelationshipResponse"];
                };
            };
        };
    };
    list_saved_messages: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedMessageEntryResponse"][];
                };
            };
        };
    };
    save_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SaveMessageRequest"];
            };
        };
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unsave_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_scheduled_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessageResponseSchema"][];
                };
            };
        };
    };
    get_scheduled_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scheduled_message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessageResponseSchema"];
                };
            };
        };
    };
    cancel_scheduled_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scheduled_message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_scheduled_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scheduled_message_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MessageRequestSchema"] & {
                    scheduled_local_at: string;
                    timezone: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessageResponseSchema"];
                };
            };
        };
    };
    get_current_user_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSettingsResponse"];
                };
            };
        };
    };
    update_current_user_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserSettingsUpdateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSettingsResponse"];
                };
            };
        };
    };
    list_sudo_mfa_methods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SudoMfaMethodsResponse"];
                };
            };
        };
    };
    send_sudo_sms_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_sudo_webauthn_authentication_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebAuthnChallengeResponse"];
                };
            };
        };
    };
    create_theme: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ThemeCreateRequest"];
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThemeCreateResponse"];
                };
            };
        };
    };
    check_username_tag_availability: {
        parameters: {
            query: {
                discriminator: string;
                username: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserTagCheckResponse"];
                };
            };
        };
    };
    mail_provider_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OkResponse"];
                };
            };
        };
    };
}
