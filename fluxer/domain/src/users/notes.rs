//! Private notes on other users.

use std::collections::BTreeMap;

use fluxer_wire::{
    UserId, code,
    social::{Note, UserNoteUpdateRequest},
};
use platform_store::Table;

use crate::{Actor, App, Event, EventName, Result, fail};

#[derive(Table, Clone, Debug)]
#[table(name = "notes")]
pub struct NoteRow {
    #[partition]
    pub source_user_id: UserId,
    #[cluster]
    pub target_user_id: UserId,
    pub note: String,
}

pub async fn list(app: &App, user: UserId) -> Result<BTreeMap<UserId, String>> {
    let rows = app.store.range::<NoteRow>((user,)).all().await?;
    Ok(rows.into_iter().map(|row| (row.target_user_id, row.note)).collect())
}

pub async fn get(app: &App, actor: &Actor, target: UserId) -> Result<Note> {
    match app.store.get::<NoteRow>((actor.id(), target)).await? {
        Some(row) => Ok(Note { note: row.note }),
        None => fail(code::UNKNOWN_USER),
    }
}

pub async fn set(app: &App, actor: &Actor, target: UserId, form: UserNoteUpdateRequest) -> Result<()> {
    app.user(target).await?;
    let note = form.note.map(String::from).unwrap_or_default();
    if note.is_empty() {
        app.store.delete::<NoteRow>((actor.id(), target)).await?;
    } else {
        let row = NoteRow { source_user_id: actor.id(), target_user_id: target, note: note.clone() };
        app.store.put(&row).await?;
    }
    let body = serde_json::json!({"id": target, "note": note});
    app.to_user(actor.id(), Event::new(EventName::UserNoteUpdate, &body)).await;
    Ok(())
}
