//! Saved media as it is kept.

use fluxer_wire::{AttachmentId, ChannelId, FavoriteMemeId, UserId, favorite_meme::FavoriteMeme};
use platform_store::{Schema, Table};

use crate::{App, attachments};

#[derive(Table, Clone, Debug)]
#[table(name = "favorite_memes")]
pub struct FavoriteMemeRow {
    #[partition]
    pub user_id: UserId,
    /// The object's too: one number tells both.
    #[cluster(desc)]
    pub meme_id: FavoriteMemeId,
    pub name: String,
    pub alt_text: Option<String>,
    #[json]
    pub tags: Vec<String>,
    pub filename: String,
    pub content_type: String,
    /// SHA-256, hexadecimal.
    pub content_hash: String,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub duration: Option<i32>,
    pub placeholder: Option<String>,
    /// Of the attachment that it becomes when it is sent.
    pub flags: i32,
    pub is_gifv: bool,
    pub klipy_slug: Option<String>,
    pub tenor_slug_id: Option<String>,
    #[version]
    pub version: i32,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![FavoriteMemeRow::SCHEMA]
}

impl FavoriteMemeRow {
    pub fn attachment_id(&self) -> AttachmentId {
        self.meme_id.cast()
    }
    /// Objects of a person's saved media lie where the files of their notes do.
    pub fn object(&self) -> String {
        attachments::key(place(self.user_id), self.attachment_id(), &self.filename)
    }
    pub fn view(self, app: &App) -> FavoriteMeme {
        FavoriteMeme {
            url: format!("{}/{}", app.settings.endpoints.media, self.object()),
            attachment_id: self.attachment_id(),
            id: self.meme_id,
            user_id: self.user_id,
            name: self.name,
            alt_text: self.alt_text,
            tags: self.tags,
            filename: self.filename,
            content_type: self.content_type,
            content_hash: Some(self.content_hash),
            size: self.size,
            width: self.width,
            height: self.height,
            duration: self.duration,
            is_gifv: self.is_gifv,
            klipy_slug: self.klipy_slug,
            tenor_slug_id: self.tenor_slug_id,
        }
    }
}

/// What stands for a channel in the keys of a person's objects.
pub fn place(user: UserId) -> ChannelId {
    user.cast()
}
