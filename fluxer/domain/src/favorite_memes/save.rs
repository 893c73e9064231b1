//! `POST /channels/{channel_id}/messages/{message_id}/memes` and `POST /users/@me/memes`.

use std::time::Duration;

use fluxer_wire::{
    ChannelId, MessageId, UserId, code,
    favorite_meme::{
        CreateFavoriteMemeBodySchema, CreateFavoriteMemeFromUrlBodySchema, FavoriteMeme, MemeTags,
    },
    invalid,
};
use platform_cache::Guard;

use super::{
    FavoriteMemeRow,
    rows::place,
    slugs,
    source::{self, Source},
};
use crate::{
    Actor, App, Error, Event, EventName, Result,
    attachments::{self, Incoming, decay},
    fail,
};

/// How long a save may hold others of the same person up, and how often they look again.
const HELD_FOR: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// What is said of it beside the bytes.
#[derive(Debug, Default)]
struct Said {
    name: Option<String>,
    alt_text: Option<String>,
    tags: Vec<String>,
    is_gifv: bool,
    klipy_slug: Option<String>,
    tenor_slug_id: Option<String>,
}

/// Saves a file of a message, or what one of its embeds shows.
pub async fn from_message(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    form: CreateFavoriteMemeBodySchema,
) -> Result<FavoriteMeme> {
    has_room(app, actor).await?;
    let access = app.channel_access(actor, channel).await?;
    let mut row = app.readable_message(&access, message).await?;
    decay::settle(app, std::slice::from_mut(&mut row), false).await?;
    let index = form.embed_index.map(|index| usize::try_from(index.get()).unwrap_or(usize::MAX));
    let found = source::in_message(&row, index, form.attachment_id)?;
    let tags = few_enough(app, actor, form.tags)?;
    if let Some(hash) = found.content_hash() {
        is_new(app, actor.id(), hash).await?;
    }
    let said = Said {
        name: Some(form.name.0),
        alt_text: form.alt_text.map(String::from).or_else(|| found.description()),
        tags,
        is_gifv: matches!(&found, Source::Media { gifv: true, .. }),
        ..Said::default()
    };
    let incoming = match found {
        Source::Attachment(file) => source::copy(app, row.channel_id, file).await?,
        Source::Media { media, .. } => source::fetch(app, actor, &media.url).await?,
    };
    keep(app, actor, incoming, said).await
}

/// Saves what is at an address.
pub async fn from_url(
    app: &App,
    actor: &Actor,
    form: CreateFavoriteMemeFromUrlBodySchema,
) -> Result<FavoriteMeme> {
    has_room(app, actor).await?;
    let tags = few_enough(app, actor, form.tags)?;
    let url = form.url.0;
    let incoming = source::fetch(app, actor, &url).await?;
    let klipy_slug = form.klipy_slug.map(String::from).or_else(|| slugs::klipy(&url));
    let tenor_slug_id =
        form.tenor_slug_id.as_deref().and_then(slugs::tenor_id).or_else(|| slugs::tenor(&url));
    let is_film = incoming.attachment.content_type.as_deref().is_some_and(|kind| kind.starts_with("video/"));
    let said = Said {
        name: form.name.map(|name| name.0),
        alt_text: form.alt_text.map(String::from),
        tags,
        is_gifv: is_film && (klipy_slug.is_some() || tenor_slug_id.is_some()),
        klipy_slug,
        tenor_slug_id,
    };
    keep(app, actor, incoming, said).await
}

async fn keep(app: &App, actor: &Actor, incoming: Incoming, said: Said) -> Result<FavoriteMeme> {
    let user = actor.id();
    let Some(content_hash) = incoming.attachment.content_hash.clone() else {
        return fail(code::MEDIA_METADATA_ERROR);
    };
    // before an object is made of it
    is_new(app, user, &content_hash).await?;
    let kept = attachments::keep(app, place(user), vec![incoming]).await?;
    let Some(file) = kept.attachments.first().cloned() else { return fail(code::MEDIA_METADATA_ERROR) };
    let row = FavoriteMemeRow {
        user_id: user,
        meme_id: file.id.cast(),
        name: said.name.unwrap_or_else(|| shortened(&file.filename)),
        alt_text: said.alt_text.filter(|text| !text.is_empty()),
        tags: said.tags,
        filename: file.filename,
        content_type: file.content_type.unwrap_or_default(),
        content_hash,
        size: file.size,
        width: file.width,
        height: file.height,
        duration: file.duration,
        placeholder: file.placeholder,
        flags: file.flags,
        is_gifv: said.is_gifv,
        klipy_slug: said.klipy_slug,
        tenor_slug_id: said.tenor_slug_id,
        version: 0,
    };
    {
        let _turn = turn(app, user).await?;
        has_room(app, actor).await?;
        is_new(app, user, &row.content_hash).await?;
        app.store.put(&row).await?;
    }
    kept.settle();
    let meme = row.view(app);
    app.to_user(user, Event::new(EventName::FavoriteMemeCreate, &meme)).await;
    Ok(meme)
}

/// A file's name as one that may be given.
fn shortened(filename: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= 100
    };
    filename.chars().take_while(fits).collect()
}

/// One of a person's saves at a time is written.
async fn turn(app: &App, user: UserId) -> Result<Guard> {
    let wait = async {
        loop {
            match app.cache.try_lock(&format!("favorite-memes:{user}"), HELD_FOR).await {
                Ok(None) => tokio::time::sleep(LOOK_AGAIN).await,
                Ok(Some(guard)) => return Ok(guard),
                Err(error) => return Err(Error::from(error)),
            }
        }
    };
    tokio::time::timeout(HELD_FOR * 2, wait).await.map_err(|_| Error::from(code::SERVICE_UNAVAILABLE))?
}

async fn has_room(app: &App, actor: &Actor) -> Result<()> {
    let limit = app.user_limit(&actor.user, "max_favorite_memes");
    let count = app.store.range::<FavoriteMemeRow>((actor.id(),)).all().await?.len();
    if i64::try_from(count).unwrap_or(i64::MAX) >= limit {
        let refusal = fluxer_wire::Error::new(code::MAX_FAVORITE_MEMES);
        return Err(refusal.with("max_favorite_memes", limit).into());
    }
    Ok(())
}

async fn is_new(app: &App, user: UserId, content_hash: &str) -> Result<()> {
    let rows = app.store.range::<FavoriteMemeRow>((user,)).all().await?;
    if rows.iter().any(|row| row.content_hash == content_hash) {
        return Err(Error::field("media", invalid::MEDIA_ALREADY_IN_FAVORITE_MEMES));
    }
    Ok(())
}

/// The tags, if they are not too many.
pub(super) fn few_enough(app: &App, actor: &Actor, tags: Option<MemeTags>) -> Result<Vec<String>> {
    let tags = tags.unwrap_or_default().0;
    let limit = app.user_limit(&actor.user, "max_favorite_meme_tags").max(0);
    if tags.len() as i64 > limit {
        return Err(Error::plain("tags", format!("There can be at most {limit} tags.")));
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn names_are_cut_between_letters() {
        assert_eq!(shortened("a.png"), "a.png");
        assert_eq!(shortened(&"x".repeat(120)).len(), 100);
        assert_eq!(shortened(&format!("x{}", "😀".repeat(60))).chars().count(), 50);
    }
}
