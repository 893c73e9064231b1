//! Test routes about messages: seeding, and how they lie in the store.

use fluxer_domain::{messages::testing, search::testing as indexing};
use fluxer_wire::{ChannelId, Form, GuildId, Json as Body};

use super::test_mode::{admit, ok};
use crate::{
    answer::Json,
    api::{Api, Auth},
    call::Call,
    limits::Limit,
    path::MessagePath,
};

const UNLIMITED: Limit = Limit { bucket: "test", limit: u32::MAX, window_ms: 1 };

#[derive(Debug, Form)]
struct IdPath {
    id: ChannelId,
}

#[derive(Debug, Form)]
struct GuildPath {
    id: GuildId,
}

macro_rules! on_channel {
    ($api:ident $method:ident $path:literal $id:literal $operation:path) => {
        $api.$method($path, $id).tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).without_global_limit().run(
            |call: Call<IdPath>| async move {
                admit(&call)?;
                Ok(ok($operation(&call.app, call.path.id).await?))
            },
        )
    };
}

pub fn routes(api: &mut Api) {
    api.post("/test/messages/seed", "test_seed_messages")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .without_global_limit()
        .run(|call: Call<(), (), Body>| async move {
            admit(&call)?;
            Ok(ok(testing::seed(&call.app, &call.body.0).await?))
        });
    on_channel!(api get "/test/channels/{id}/state" "test_channel_state" testing::state);
    on_channel!(api get "/test/channels/{id}/buckets" "test_channel_buckets" testing::buckets);
    on_channel!(api get "/test/channels/{id}/empty-buckets" "test_channel_empty_buckets" testing::empty_buckets);
    on_channel!(api post "/test/channels/{id}/mark-indexed" "test_channel_mark_indexed" indexing::index_channel);
    on_channel!(api delete "/test/channels/{id}/messages" "test_channel_clear" testing::clear);
    api.post("/test/guilds/{id}/mark-members-indexed", "test_guild_mark_members_indexed")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .without_global_limit()
        .run(|call: Call<GuildPath>| async move {
            admit(&call)?;
            Ok(ok(indexing::index_members(&call.app, call.path.id).await?))
        });
    api.get("/test/messages/{channel_id}/{message_id}/with-reference", "test_message_with_reference")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .without_global_limit()
        .run(|call: Call<MessagePath>| async move {
            admit(&call)?;
            let MessagePath { channel_id, message_id } = call.path;
            Ok(Json(testing::with_reference(&call.app, channel_id, message_id).await?))
        });
}
