//! Saved media.

use fluxer_domain::favorite_memes;
use fluxer_wire::{
    FavoriteMemeId, Form,
    favorite_meme::{
        CreateFavoriteMemeBodySchema, CreateFavoriteMemeFromUrlBodySchema, UpdateFavoriteMemeBodySchema,
    },
};

use crate::{
    answer::{Created, Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::MessagePath,
};

#[derive(Debug, Form)]
struct MemePath {
    meme_id: FavoriteMemeId,
}

pub fn routes(api: &mut Api) {
    api.get("/users/@me/memes", "list_favorite_memes")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_LIST)
        .run(
            |call: Call| async move { Ok(Json(favorite_memes::list(&call.app, call.actor()?.id()).await?)) },
        );
    api.post("/users/@me/memes", "create_meme_from_url")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_CREATE_FROM_URL)
        .run(|call: Call<(), (), CreateFavoriteMemeFromUrlBodySchema>| async move {
            let (call, body) = call.take_body();
            Ok(Created(favorite_memes::from_url(&call.app, call.actor()?, body).await?))
        });
    api.get("/users/@me/memes/{meme_id}", "get_favorite_meme")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_GET)
        .run(|call: Call<MemePath>| async move {
            Ok(Json(favorite_memes::get(&call.app, call.actor()?, call.path.meme_id).await?))
        });
    api.patch("/users/@me/memes/{meme_id}", "update_favorite_meme")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_UPDATE)
        .run(|call: Call<MemePath, (), UpdateFavoriteMemeBodySchema>| async move {
            let (call, body) = call.take_body();
            Ok(Json(favorite_memes::update(&call.app, call.actor()?, call.path.meme_id, body).await?))
        });
    api.delete("/users/@me/memes/{meme_id}", "delete_favorite_meme")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_DELETE)
        .run(|call: Call<MemePath>| async move {
            favorite_memes::delete(&call.app, call.actor()?, call.path.meme_id).await?;
            Ok(NoContent)
        });
    api.post("/channels/{channel_id}/messages/{message_id}/memes", "create_meme_from_message")
        .tags(&["Saved Media"])
        .auth(Auth::User)
        .limit(limits::FAVORITE_MEME_CREATE_FROM_MESSAGE)
        .run(|call: Call<MessagePath, (), CreateFavoriteMemeBodySchema>| async move {
            let (call, body) = call.take_body();
            let place = &call.path;
            let saving = favorite_memes::from_message(
                &call.app,
                call.actor()?,
                place.channel_id,
                place.message_id,
                body,
            );
            Ok(Created(saving.await?))
        });
}
