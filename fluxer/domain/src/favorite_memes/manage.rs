//! Reading, changing, deleting and sending saved media.

use fluxer_wire::{
    FavoriteMemeId, UserId, code,
    favorite_meme::{FavoriteMeme, FavoriteMemeNamed, UpdateFavoriteMemeBodySchema},
    flags,
    message::Attachment,
};
use platform_store::Batch;

use super::{FavoriteMemeRow, save};
use crate::{
    Actor, App, Event, EventName, Result, assets,
    attachments::{Content, Incoming, Policy},
    fail,
    images::BUCKET,
};

/// Newest first.
pub async fn list(app: &App, user: UserId) -> Result<Vec<FavoriteMeme>> {
    let rows = app.store.range::<FavoriteMemeRow>((user,)).all().await?;
    Ok(rows.into_iter().map(|row| row.view(app)).collect())
}

pub async fn get(app: &App, actor: &Actor, id: FavoriteMemeId) -> Result<FavoriteMeme> {
    Ok(find(app, actor.id(), id).await?.view(app))
}

async fn find(app: &App, user: UserId, id: FavoriteMemeId) -> Result<FavoriteMemeRow> {
    match app.store.get::<FavoriteMemeRow>((user, id)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_FAVORITE_MEME),
    }
}

pub async fn update(
    app: &App,
    actor: &Actor,
    id: FavoriteMemeId,
    form: UpdateFavoriteMemeBodySchema,
) -> Result<FavoriteMeme> {
    find(app, actor.id(), id).await?;
    let tags = match form.tags.into_change() {
        Some(tags) => Some(save::few_enough(app, actor, tags)?),
        None => None,
    };
    let change = |row: &mut FavoriteMemeRow| {
        if let Some(name) = &form.name.0 {
            row.name.clone_from(&name.0);
        }
        form.alt_text.clone().map(String::from).apply(&mut row.alt_text);
        if let Some(tags) = &tags {
            row.tags.clone_from(tags);
        }
    };
    let Some(row) = app.store.update::<FavoriteMemeRow, _>((actor.id(), id), change).await? else {
        return fail(code::UNKNOWN_FAVORITE_MEME);
    };
    let meme = row.view(app);
    app.to_user(actor.id(), Event::new(EventName::FavoriteMemeUpdate, &meme)).await;
    Ok(meme)
}

/// Deleting what is not there is no fault, and no news.
pub async fn delete(app: &App, actor: &Actor, id: FavoriteMemeId) -> Result<()> {
    let Some(row) = app.store.get::<FavoriteMemeRow>((actor.id(), id)).await? else { return Ok(()) };
    let mut batch = Batch::new().delete::<FavoriteMemeRow>((actor.id(), id));
    assets::discard_in(app, &mut batch, row.object(), "saved media deleted")?;
    app.store.commit(batch).await?;
    let body = FavoriteMemeNamed { meme_id: id.cast() };
    app.to_user(actor.id(), Event::new(EventName::FavoriteMemeDelete, &body)).await;
    Ok(())
}

/// Adds the end of everything a person saved.
pub(crate) async fn forget(app: &App, user: UserId, batch: &mut Batch) -> Result<()> {
    let rows = app.store.range::<FavoriteMemeRow>((user,)).all().await?;
    *batch = std::mem::take(batch).delete_partition::<FavoriteMemeRow>((user,));
    assets::discard_all_in(app, batch, rows.iter().map(FavoriteMemeRow::object), "account deleted")
}

/// The file of a message that sends it: a copy that does not expire.
pub(crate) async fn attach(app: &App, actor: &Actor, policy: Policy, id: FavoriteMemeId) -> Result<Incoming> {
    let row = find(app, actor.id(), id).await?;
    let explicit = row.flags & flags::attachment::CONTAINS_EXPLICIT_MEDIA != 0;
    if explicit && !policy.explicit {
        return fail(code::EXPLICIT_CONTENT_CANNOT_BE_SENT);
    }
    let content = Content::Copy { bucket: BUCKET, key: row.object() };
    let attachment = Attachment {
        id: app.next_id(),
        filename: row.filename.clone(),
        title: None,
        description: row.alt_text,
        content_type: Some(row.content_type),
        content_hash: Some(row.content_hash),
        size: row.size,
        url: None,
        proxy_url: None,
        width: row.width,
        height: row.height,
        placeholder: row.placeholder,
        flags: row.flags,
        nsfw: explicit.then_some(true),
        duration: row.duration,
        waveform: None,
        expires_at: None,
        expired: None,
    };
    Ok(Incoming { attachment, content, called: row.filename, index: u64::MAX, lasting: true })
}
