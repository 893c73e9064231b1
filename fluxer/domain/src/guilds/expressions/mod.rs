//! Custom emojis and stickers of guilds: the rules both share.

pub mod emojis;
pub mod stickers;

pub(super) use emojis::key as emoji_key;
pub(super) use stickers::key as sticker_key;

use fluxer_wire::{Base64Image, Permissions, UserId, code, flags::guild_feature};

use crate::{Actor, App, Error, Result, access::GuildAccess, fail, images::Image};

/// Own expressions need CREATE_EXPRESSIONS, those of others MANAGE_EXPRESSIONS.
fn may_change(actor: &Actor, access: &GuildAccess, creator: UserId) -> Result<()> {
    access.require(if creator == actor.id() {
        Permissions::CREATE_EXPRESSIONS
    } else {
        Permissions::MANAGE_EXPRESSIONS
    })
}

/// Taking the image away, too, is for guilds that were allowed to.
fn may_purge(access: &GuildAccess, purge: bool) -> Result<()> {
    match purge && !access.guild.row.has_feature(guild_feature::EXPRESSION_PURGE_ALLOWED) {
        true => fail(code::MISSING_ACCESS),
        false => Ok(()),
    }
}

/// The refusal as the `error` of one of many.
fn reason(error: Error) -> Result<String> {
    match error {
        Error::Refused(refusal) => Ok(refusal.message.into_owned()),
        other => Err(other),
    }
}

async fn inspect<const MAX: usize>(
    app: &App,
    by: UserId,
    image: Base64Image<MAX>,
    types: &[&str],
) -> Result<Image> {
    let image = Image::inspect_within(app, by, "image", image.0, MAX).await?;
    if types.contains(&image.content_type) {
        Ok(image)
    } else {
        Err(Error::field("image", fluxer_wire::invalid::INVALID_IMAGE_FORMAT))
    }
}
