//! Accounts: how others and their owner see them, and what an owner keeps for themselves.

pub mod guild_settings;
pub mod notes;
pub mod profile;
pub mod push;
pub mod settings;
pub mod status_expiry;
pub mod tags;
mod view;

pub use view::{age, deleted, is_adult, partial, private};

use platform_store::{Schema, Table as _};

pub fn tables() -> Vec<&'static Schema> {
    vec![
        guild_settings::UserGuildSettingsRow::SCHEMA,
        notes::NoteRow::SCHEMA,
        push::PushSubscriptionRow::SCHEMA,
        crate::dms::PinnedDmRow::SCHEMA,
    ]
}
