//! Friends, requests, blocks.

use fluxer_domain::relationships;
use fluxer_wire::{
    social::{FriendRequestByTagRequest, RelationshipNicknameUpdateRequest, RelationshipTypePutRequest},
    user::RelationshipType,
};

use crate::{
    answer::{Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::UserPath,
};

pub fn routes(api: &mut Api) {
    api.get("/users/@me/relationships", "list_user_relationships")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_RELATIONSHIPS_LIST)
        .run(|call: Call| async move { Ok(Json(relationships::list(&call.app, call.actor()?).await?)) });
    api.post("/users/@me/relationships", "send_friend_request_by_tag")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_FRIEND_REQUEST_SEND)
        .run(|call: Call<(), (), FriendRequestByTagRequest>| async move {
            Ok(Json(relationships::send_by_tag(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/relationships/{user_id}", "send_friend_request")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_FRIEND_REQUEST_SEND)
        .run(|call: Call<UserPath>| async move {
            Ok(Json(relationships::send(&call.app, call.actor()?, call.path.user_id).await?))
        });
    api.put("/users/@me/relationships/{user_id}", "accept_or_update_friend_request")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_FRIEND_REQUEST_ACCEPT)
        .run(|call: Call<UserPath, (), RelationshipTypePutRequest>| async move {
            let (actor, user) = (call.actor()?, call.path.user_id);
            Ok(Json(match call.body.kind {
                Some(RelationshipType::Blocked) => relationships::block(&call.app, actor, user).await?,
                _ => relationships::accept(&call.app, actor, user).await?,
            }))
        });
    api.patch("/users/@me/relationships/{user_id}", "update_relationship_nickname")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_RELATIONSHIP_UPDATE)
        .run(|call: Call<UserPath, (), RelationshipNicknameUpdateRequest>| async move {
            let (actor, user) = (call.actor()?, call.path.user_id);
            Ok(Json(relationships::nickname(&call.app, actor, user, call.body.clone()).await?))
        });
    api.delete("/users/@me/relationships/{user_id}", "remove_relationship")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_RELATIONSHIP_DELETE)
        .run(|call: Call<UserPath>| async move {
            relationships::remove(&call.app, call.actor()?, call.path.user_id).await?;
            Ok(NoContent)
        });
}
