//! Other users, and what one keeps for oneself: settings, notes, push subscriptions.

use fluxer_domain::{
    themes,
    users::{self, guild_settings, notes, profile, push, settings},
};
use fluxer_wire::{
    Form, GuildId, UserId,
    settings::{UserGuildSettingsUpdateRequest, UserSettingsUpdateRequest},
    social::{CheckTagQuery, ProfileQuery, PushSubscribeRequest, UserNoteUpdateRequest},
    theme::ThemeCreateRequest,
};

use crate::{
    answer::{Created, Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::{GuildPath, UserPath},
};

#[derive(Debug, Form)]
struct TargetPath {
    target_id: UserId,
}

#[derive(Debug, Form)]
struct SubscriptionPath {
    subscription_id: String,
}

pub fn routes(api: &mut Api) {
    api.get("/users/check-tag", "check_username_tag_availability")
        .tags(&["Users"])
        .limit(limits::USER_CHECK_TAG)
        .run(|call: Call<(), CheckTagQuery>| async move {
            let CheckTagQuery { username, discriminator } = &call.query;
            Ok(Json(profile::check_tag(&call.app, call.actor()?, username, discriminator.0).await?))
        });
    api.get("/users/{user_id}", "get_user_by_id").tags(&["Users"]).limit(limits::USER_GET).run(
        |call: Call<UserPath>| async move {
            let user = call.app.user(call.path.user_id).await?;
            Ok(Json(users::partial(&call.app, &user)))
        },
    );
    api.get("/users/{target_id}/profile", "get_user_profile")
        .tags(&["Users"])
        .limit(limits::USER_GET_PROFILE)
        .run(|call: Call<TargetPath, ProfileQuery>| async move {
            Ok(Json(profile::get(&call.app, call.actor()?, call.path.target_id, call.query.clone()).await?))
        });
    personal_settings(api);
    personal_notes(api);
    push_subscriptions(api);
    api.post("/users/@me/themes", "create_theme")
        .tags(&["Themes"])
        .auth(Auth::User)
        .limit(limits::THEME_SHARE_CREATE)
        .run(|call: Call<(), (), ThemeCreateRequest>| async move {
            let (call, body) = call.take_body();
            Ok(Created(themes::create(&call.app, body).await?))
        });
}

fn personal_settings(api: &mut Api) {
    api.get("/users/@me/settings", "get_current_user_settings")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SETTINGS_GET)
        .run(|call: Call| async move { Ok(Json(settings::get(&call.app, call.actor()?.id()).await?)) });
    api.patch("/users/@me/settings", "update_current_user_settings")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SETTINGS_UPDATE)
        .run(|call: Call<(), (), UserSettingsUpdateRequest>| async move {
            Ok(Json(settings::update(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.patch("/users/@me/guilds/@me/settings", "update_dm_notification_settings")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_GUILD_SETTINGS_UPDATE)
        .run(|call: Call<(), (), UserGuildSettingsUpdateRequest>| async move {
            update_guild_settings(&call, None).await
        });
    api.patch("/users/@me/guilds/{guild_id}/settings", "update_guild_settings_for_user")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_GUILD_SETTINGS_UPDATE)
        .run(|call: Call<GuildPath, (), UserGuildSettingsUpdateRequest>| async move {
            update_guild_settings(&call, Some(call.path.guild_id)).await
        });
}

async fn update_guild_settings<P>(
    call: &Call<P, (), UserGuildSettingsUpdateRequest>,
    guild: Option<GuildId>,
) -> fluxer_domain::Result<Json<fluxer_wire::settings::UserGuildSettings>> {
    Ok(Json(guild_settings::update(&call.app, call.actor()?, guild, call.body.clone()).await?))
}

fn personal_notes(api: &mut Api) {
    api.get("/users/@me/notes", "list_current_user_notes")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_NOTES_READ)
        .run(|call: Call| async move { Ok(Json(notes::list(&call.app, call.actor()?.id()).await?)) });
    api.get("/users/@me/notes/{target_id}", "get_note_on_user")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_NOTES_READ)
        .run(|call: Call<TargetPath>| async move {
            Ok(Json(notes::get(&call.app, call.actor()?, call.path.target_id).await?))
        });
    api.put("/users/@me/notes/{target_id}", "set_note_on_user")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_NOTES_WRITE)
        .run(|call: Call<TargetPath, (), UserNoteUpdateRequest>| async move {
            notes::set(&call.app, call.actor()?, call.path.target_id, call.body.clone()).await?;
            Ok(NoContent)
        });
}

fn push_subscriptions(api: &mut Api) {
    api.post("/users/@me/push/subscribe", "subscribe_to_push_notifications")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_PUSH_SUBSCRIBE)
        .run(|call: Call<(), (), PushSubscribeRequest>| async move {
            Ok(Json(push::subscribe(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.get("/users/@me/push/subscriptions", "list_push_subscriptions")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_PUSH_LIST)
        .run(|call: Call| async move { Ok(Json(push::list(&call.app, call.actor()?).await?)) });
    api.delete("/users/@me/push/subscriptions/{subscription_id}", "unsubscribe_from_push_notifications")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_PUSH_UNSUBSCRIBE)
        .run(|call: Call<SubscriptionPath>| async move {
            Ok(Json(push::unsubscribe(&call.app, call.actor()?, call.path.subscription_id.clone()).await?))
        });
}
