//! Guilds themselves: making, changing, leaving, their vanity code, features, log and
//! expressions.

use fluxer_domain::{
    audit,
    auth::sudo,
    guilds::{
        self,
        expressions::{emojis, stickers},
    },
};
use fluxer_wire::{
    EmojiId, Form, GuildId, StickerId,
    audit::AuditLogQuery,
    expressions::{
        GuildEmojiBulkCreateRequest, GuildEmojiCreateRequest, GuildEmojiUpdateRequest,
        GuildStickerBulkCreateRequest, GuildStickerCreateRequest, GuildStickerUpdateRequest, PurgeQuery,
    },
    guild_requests::{
        EnabledToggleRequest, GuildCreateRequest, GuildDeleteRequest, GuildListQuery,
        GuildTransferOwnershipRequest, GuildUpdateRequest, GuildVanityURLUpdateRequest,
    },
};

use crate::{
    answer::{Json, NoContent, With},
    api::{Api, Auth},
    call::Call,
    limits,
    path::GuildPath,
    sudo::{headers, proof},
};

#[derive(Debug, Clone, Form)]
struct EmojiPath {
    guild_id: GuildId,
    emoji_id: EmojiId,
}

#[derive(Debug, Clone, Form)]
struct StickerPath {
    guild_id: GuildId,
    sticker_id: StickerId,
}

pub fn routes(api: &mut Api) {
    own(api);
    one(api);
    toggles(api);
    emoji(api);
    sticker(api);
    api.get("/guilds/{guild_id}/audit-logs", "list_guild_audit_logs")
        .tags(&["Guilds"])
        .auth(Auth::User)
        .limit(limits::GUILD_AUDIT_LOGS)
        .run(|call: Call<GuildPath, AuditLogQuery>| async move {
            Ok(Json(audit::read(&call.app, call.actor()?, call.path.guild_id, call.query.clone()).await?))
        });
}

fn own(api: &mut Api) {
    api.post("/guilds", "create_guild").tags(&["Guilds"]).limit(limits::GUILD_CREATE).run(
        |call: Call<(), (), GuildCreateRequest>| async move {
            Ok(Json(guilds::create(&call.app, call.actor()?, call.body.clone()).await?))
        },
    );
    api.get("/users/@me/guilds", "list_guilds")
        .tags(&["Guilds"])
        .auth(Auth::Scope("guilds"))
        .limit(limits::GUILD_LIST)
        .run(|call: Call<(), GuildListQuery>| async move {
            Ok(Json(guilds::list(&call.app, call.actor()?, call.query.clone()).await?))
        });
    api.delete("/users/@me/guilds/{guild_id}", "leave_guild")
        .tags(&["Guilds"])
        .limit(limits::GUILD_LEAVE)
        .run(|call: Call<GuildPath>| async move {
            guilds::leave(&call.app, call.actor()?, call.path.guild_id).await?;
            Ok(NoContent)
        });
}

fn one(api: &mut Api) {
    api.get("/guilds/{guild_id}", "get_guild").tags(&["Guilds"]).limit(limits::GUILD_GET).run(
        |call: Call<GuildPath>| async move {
            Ok(Json(guilds::details(&call.app, call.actor()?, call.path.guild_id).await?))
        },
    );
    api.patch("/guilds/{guild_id}", "update_guild").tags(&["Guilds"]).limit(limits::GUILD_UPDATE).run(
        |call: Call<GuildPath, (), GuildUpdateRequest>| async move {
            let actor = call.actor()?;
            let token = match call.body.mfa_level {
                Some(_) => sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?,
                None => None,
            };
            let guild = guilds::update(&call.app, actor, call.path.guild_id, call.body.clone()).await?;
            Ok(With(Json(guild), headers(token)))
        },
    );
    api.post("/guilds/{guild_id}/delete", "delete_guild2").tags(&["Guilds"]).limit(limits::GUILD_DELETE).run(
        |call: Call<GuildPath, (), GuildDeleteRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            guilds::delete(&call.app, actor, call.path.guild_id).await?;
            Ok(With(NoContent, headers(token)))
        },
    );
    api.post("/guilds/{guild_id}/transfer-ownership", "transfer_guild_ownership2")
        .tags(&["Guilds"])
        .limit(limits::GUILD_UPDATE)
        .run(|call: Call<GuildPath, (), GuildTransferOwnershipRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            let heir = call.body.new_owner_id;
            let guild = guilds::transfer(&call.app, actor, call.path.guild_id, heir).await?;
            Ok(With(Json(guild), headers(token)))
        });
    api.get("/guilds/{guild_id}/vanity-url", "get_guild_vanity_url")
        .tags(&["Guilds"])
        .limit(limits::GUILD_VANITY_URL_GET)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(guilds::vanity(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.patch("/guilds/{guild_id}/vanity-url", "update_guild_vanity_url")
        .tags(&["Guilds"])
        .auth(Auth::User)
        .limit(limits::GUILD_VANITY_URL_PATCH)
        .run(|call: Call<GuildPath, (), GuildVanityURLUpdateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(guilds::set_vanity(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
}

fn toggles(api: &mut Api) {
    type Toggle = Call<GuildPath, (), EnabledToggleRequest>;
    api.patch("/guilds/{guild_id}/detached-banner", "toggle_detached_banner")
        .tags(&["Guilds"])
        .limit(limits::GUILD_UPDATE)
        .run(|call: Toggle| async move {
            let on = call.body.enabled;
            Ok(Json(guilds::set_detached_banner(&call.app, call.actor()?, call.path.guild_id, on).await?))
        });
    api.patch("/guilds/{guild_id}/text-channel-flexible-names", "toggle_text_channel_flexible_names")
        .tags(&["Guilds"])
        .limit(limits::GUILD_UPDATE)
        .run(|call: Toggle| async move {
            let on = call.body.enabled;
            Ok(Json(guilds::set_flexible_names(&call.app, call.actor()?, call.path.guild_id, on).await?))
        });
    api.patch("/guilds/{guild_id}/disallow-unclaimed-accounts", "toggle_disallow_unclaimed_accounts")
        .tags(&["Guilds"])
        .limit(limits::GUILD_UPDATE)
        .run(|call: Toggle| async move {
            let on = call.body.enabled;
            Ok(Json(guilds::set_disallow_unclaimed(&call.app, call.actor()?, call.path.guild_id, on).await?))
        });
}

fn emoji(api: &mut Api) {
    api.get("/guilds/{guild_id}/emojis", "list_guild_emojis2")
        .tags(&["Guilds"])
        .limit(limits::GUILD_EMOJIS_LIST)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(emojis::list(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.post("/guilds/{guild_id}/emojis", "create_guild_emoji")
        .tags(&["Guilds"])
        .limit(limits::GUILD_EMOJI_CREATE)
        .run(|call: Call<GuildPath, (), GuildEmojiCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(emojis::create(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.post("/guilds/{guild_id}/emojis/bulk", "bulk_create_guild_emojis")
        .tags(&["Guilds"])
        .limit(limits::GUILD_EMOJI_BULK_CREATE)
        .run(|call: Call<GuildPath, (), GuildEmojiBulkCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(emojis::create_many(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.patch("/guilds/{guild_id}/emojis/{emoji_id}", "update_guild_emoji")
        .tags(&["Guilds"])
        .limit(limits::GUILD_EMOJI_UPDATE)
        .run(|call: Call<EmojiPath, (), GuildEmojiUpdateRequest>| async move {
            let (EmojiPath { guild_id, emoji_id }, form) = (call.path.clone(), call.body.clone());
            Ok(Json(emojis::update(&call.app, call.actor()?, guild_id, emoji_id, form).await?))
        });
    api.delete("/guilds/{guild_id}/emojis/{emoji_id}", "delete_guild_emoji")
        .tags(&["Guilds"])
        .limit(limits::GUILD_EMOJI_DELETE)
        .run(|call: Call<EmojiPath, PurgeQuery>| async move {
            let (EmojiPath { guild_id, emoji_id }, purge) = (call.path.clone(), call.query.purge.0);
            emojis::delete(&call.app, call.actor()?, guild_id, emoji_id, purge).await?;
            Ok(NoContent)
        });
}

fn sticker(api: &mut Api) {
    api.get("/guilds/{guild_id}/stickers", "list_guild_stickers2")
        .tags(&["Guilds"])
        .limit(limits::GUILD_STICKERS_LIST)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(stickers::list(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.post("/guilds/{guild_id}/stickers", "create_guild_sticker")
        .tags(&["Guilds"])
        .limit(limits::GUILD_STICKER_CREATE)
        .run(|call: Call<GuildPath, (), GuildStickerCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(stickers::create(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.post("/guilds/{guild_id}/stickers/bulk", "bulk_create_guild_stickers")
        .tags(&["Guilds"])
        .limit(limits::GUILD_STICKER_BULK_CREATE)
        .run(|call: Call<GuildPath, (), GuildStickerBulkCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(stickers::create_many(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.patch("/guilds/{guild_id}/stickers/{sticker_id}", "update_guild_sticker")
        .tags(&["Guilds"])
        .limit(limits::GUILD_STICKER_UPDATE)
        .run(|call: Call<StickerPath, (), GuildStickerUpdateRequest>| async move {
            let (StickerPath { guild_id, sticker_id }, form) = (call.path.clone(), call.body.clone());
            Ok(Json(stickers::update(&call.app, call.actor()?, guild_id, sticker_id, form).await?))
        });
    api.delete("/guilds/{guild_id}/stickers/{sticker_id}", "delete_guild_sticker")
        .tags(&["Guilds"])
        .limit(limits::GUILD_STICKER_DELETE)
        .run(|call: Call<StickerPath, PurgeQuery>| async move {
            let (StickerPath { guild_id, sticker_id }, purge) = (call.path.clone(), call.query.purge.0);
            stickers::delete(&call.app, call.actor()?, guild_id, sticker_id, purge).await?;
            Ok(NoContent)
        });
}
