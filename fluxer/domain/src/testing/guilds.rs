//! Guilds and channels: features, counters.

use fluxer_wire::{GuildId, Value, code, invalid};
use serde_json::json;

use crate::{App, Error, Event, EventName, Result, events::Control, fail, guilds, rows::GuildRow};

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Adds and removes features as instance staff would; the gateway learns of it.
pub async fn features(app: &App, id: GuildId, body: &Value) -> Result<Value> {
    let (add, remove) = (texts(&body["add_features"]), texts(&body["remove_features"]));
    let row = app
        .store
        .update::<GuildRow, _>((id,), |row| {
            row.features.extend(add.iter().cloned());
            row.features.retain(|feature| !remove.contains(feature));
        })
        .await?;
    let Some(row) = row else { return fail(code::UNKNOWN_GUILD) };
    app.forget_guild(id);
    guilds::reconcile_traits(app, id).await?;
    app.to_guild(id, Event::new(EventName::GuildUpdate, &guilds::guild(&row))).await;
    Ok(json!({"success": true, "features": row.features}))
}

pub async fn member_count(app: &App, id: GuildId, body: &Value) -> Result<Value> {
    let count = body["member_count"].as_i64().filter(|count| (0..=10_000_000).contains(count));
    let Some(count) = count else {
        return Err(Error::field("member_count", invalid::VALUE_MUST_BE_INTEGER_IN_RANGE));
    };
    let row = app.store.update::<GuildRow, _>((id,), |row| row.member_count = count).await?;
    if row.is_none() {
        return fail(code::UNKNOWN_GUILD);
    }
    app.forget_guild(id);
    app.control_guild(id, Control::GuildReload).await;
    Ok(json!({"success": true, "member_count": count}))
}
