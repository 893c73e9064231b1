//! Links straight to a picture, a film or a sound.

use fluxer_wire::message::Embed;

use super::{Context, Page, Resolver};

pub async fn preview(context: &Context, resolver: Resolver, page: &mut Page) -> Embed {
    let url = page.url.clone();
    let media = Some(context.media.of(page, &url).await);
    let embed = Embed { url: Some(url.into()), ..Embed::default() };
    match resolver {
        Resolver::Audio => Embed { kind: "audio".into(), audio: media, ..embed },
        Resolver::Video => Embed { kind: "video".into(), video: media, ..embed },
        _ => Embed { kind: "image".into(), thumbnail: media, ..embed },
    }
}
