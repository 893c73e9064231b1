//! Whether the picture that a row names lies where the media proxy looks for it.

use fluxer_wire::{GuildId, UserId, Value, code};
use serde_json::json;

use crate::{
    App, Result, fail,
    images::{BUCKET, object_key},
};

/// `GET /test/verify-asset/user/{id}/{avatar,banner}`.
pub async fn of_user(app: &App, id: UserId, asset: &str) -> Result<Value> {
    let user = app.user(id).await?;
    let (kind, hash) = match asset {
        "avatar" => ("avatars", &user.avatar_hash),
        "banner" => ("banners", &user.banner_hash),
        _ => return fail(code::NOT_FOUND),
    };
    verify(app, &format!("{kind}/{id}"), hash.as_deref()).await
}

/// `GET /test/verify-asset/guild/{id}/{icon,banner,splash}`.
pub async fn of_guild(app: &App, id: GuildId, asset: &str) -> Result<Value> {
    let guild = app.guild(id).await?;
    let (kind, hash) = match asset {
        "icon" => ("icons", &guild.row.icon_hash),
        "banner" => ("banners", &guild.row.banner_hash),
        "splash" => ("splashes", &guild.row.splash_hash),
        _ => return fail(code::NOT_FOUND),
    };
    verify(app, &format!("{kind}/{id}"), hash.as_deref()).await
}

/// `GET /test/verify-asset/guild/{id}/member/{user}/{avatar,banner}`.
pub async fn of_member(app: &App, guild: GuildId, user: UserId, asset: &str) -> Result<Value> {
    app.guild(guild).await?;
    let Some(member) = app.find_member(guild, user).await? else { return fail(code::UNKNOWN_MEMBER) };
    let (kind, hash) = match asset {
        "avatar" => ("avatars", &member.avatar_hash),
        "banner" => ("banners", &member.banner_hash),
        _ => return fail(code::NOT_FOUND),
    };
    verify(app, &format!("guilds/{guild}/users/{user}/{kind}"), hash.as_deref()).await
}

async fn verify(app: &App, prefix: &str, hash: Option<&str>) -> Result<Value> {
    let Some(hash) = hash else {
        return Ok(json!({"hash": null, "existsInS3": null, "message": "There is no such picture."}));
    };
    let key = object_key(prefix, hash);
    let meta = app.blobs.head(BUCKET, &key).await?;
    let metadata = meta.as_ref().map(|meta| {
        json!({
            "contentLength": meta.size,
            "contentType": meta.content_type,
            "etag": meta.etag,
            "lastModified": meta.modified,
        })
    });
    Ok(json!({"hash": hash, "s3Key": key, "existsInS3": meta.is_some(), "metadata": metadata}))
}
