//! Test routes about files: when attachments expire, whether a picture
//! is where its hash says, and sending what was scheduled.

use fluxer_domain::{attachments::testing, scheduled, testing::assets};
use fluxer_wire::{AttachmentId, Form, GuildId, Json as Body, ScheduledMessageId, UserId};

use super::test_mode::{admit, ok};
use crate::{
    api::{Api, Auth, Builder},
    call::Call,
    limits::Limit,
};

const UNLIMITED: Limit = Limit { bucket: "test", limit: u32::MAX, window_ms: 1 };

#[derive(Debug, Form)]
struct IdPath {
    id: AttachmentId,
}

#[derive(Debug, Form)]
struct ScheduledPath {
    user_id: UserId,
    id: ScheduledMessageId,
}

#[derive(Debug, Form)]
struct UserAssetPath {
    user_id: UserId,
    asset: String,
}

#[derive(Debug, Form)]
struct GuildAssetPath {
    guild_id: GuildId,
    asset: String,
}

#[derive(Debug, Form)]
struct MemberAssetPath {
    guild_id: GuildId,
    user_id: UserId,
    asset: String,
}

fn open(builder: Builder<'_>) -> Builder<'_> {
    builder.tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).without_global_limit()
}

pub fn routes(api: &mut Api) {
    open(api.post("/test/attachment-decay/rows", "test_decay_rows")).run(
        |call: Call<(), (), Body>| async move {
            admit(&call)?;
            Ok(ok(testing::insert(&call.app, &call.body.0).await?))
        },
    );
    open(api.post("/test/attachment-decay/clear", "test_decay_clear")).run(|call: Call| async move {
        admit(&call)?;
        Ok(ok(testing::clear(&call.app).await?))
    });
    open(api.post("/test/attachment-decay/query", "test_decay_query")).run(
        |call: Call<(), (), Body>| async move {
            admit(&call)?;
            Ok(ok(testing::query(&call.app, &call.body.0).await?))
        },
    );
    open(api.get("/test/attachment-decay/{id}", "test_decay_row")).run(|call: Call<IdPath>| async move {
        admit(&call)?;
        Ok(ok(testing::one(&call.app, call.path.id.get()).await?))
    });
    open(api.get("/test/verify-asset/user/{user_id}/{asset}", "test_verify_user_asset")).run(
        |call: Call<UserAssetPath>| async move {
            admit(&call)?;
            let UserAssetPath { user_id, asset } = &call.path;
            Ok(ok(assets::of_user(&call.app, *user_id, asset).await?))
        },
    );
    open(api.get("/test/verify-asset/guild/{guild_id}/{asset}", "test_verify_guild_asset")).run(
        |call: Call<GuildAssetPath>| async move {
            admit(&call)?;
            let GuildAssetPath { guild_id, asset } = &call.path;
            Ok(ok(assets::of_guild(&call.app, *guild_id, asset).await?))
        },
    );
    open(api.get("/test/verify-asset/guild/{guild_id}/member/{user_id}/{asset}", "test_verify_member_asset"))
        .run(|call: Call<MemberAssetPath>| async move {
            admit(&call)?;
            let MemberAssetPath { guild_id, user_id, asset } = &call.path;
            Ok(ok(assets::of_member(&call.app, *guild_id, *user_id, asset).await?))
        });
    open(api.post("/test/worker/expire-attachments", "test_expire_attachments")).run(
        |call: Call| async move {
            admit(&call)?;
            Ok(ok(testing::expire(&call.app).await?))
        },
    );
    open(api.post("/test/worker/send-scheduled-message/{user_id}/{id}", "test_send_scheduled")).run(
        |call: Call<ScheduledPath>| async move {
            admit(&call)?;
            Ok(ok(scheduled::send_now(&call.app, call.path.user_id, call.path.id).await?))
        },
    );
}
