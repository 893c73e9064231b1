//! Embeds as clients send them: what is refused, and what is kept. Pure.

use fluxer_wire::{
    embed_requests::{MediaUrl, RichEmbedMediaRequest, RichEmbedRequest},
    invalid,
    message::{Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedMedia},
    text::length,
};

use crate::{Error, Result};

/// UTF-16 units of all embeds of a message together.
const MAX_TEXT: usize = 6000;
const IMAGES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

pub fn check_size(embeds: &[RichEmbedRequest]) -> Result<()> {
    if embeds.iter().map(text_length).sum::<usize>() > MAX_TEXT {
        return Err(Error::field("embeds", invalid::EMBEDS_EXCEED_MAX_CHARACTERS));
    }
    Ok(())
}

fn text_length(embed: &RichEmbedRequest) -> usize {
    let fields = embed.fields.iter().flat_map(|fields| fields.iter());
    embed.title.as_deref().map_or(0, length)
        + embed.description.as_deref().map_or(0, length)
        + embed.footer.as_ref().map_or(0, |footer| length(&footer.text))
        + embed.author.as_ref().map_or(0, |author| length(&author.name))
        + fields.map(|field| length(&field.name) + length(&field.value)).sum::<usize>()
}

/// Every `attachment://name` must name a picture among the files of the message.
pub fn check_references(embeds: &[RichEmbedRequest], names: &[&str]) -> Result<()> {
    for (index, embed) in embeds.iter().enumerate() {
        for (place, media) in [("image", &embed.image), ("thumbnail", &embed.thumbnail)] {
            let Some(name) = media.as_ref().and_then(|media| media.url.attachment()) else { continue };
            if names.is_empty() {
                let code = invalid::CANNOT_REFERENCE_ATTACHMENTS_WITHOUT_ATTACHMENTS;
                return Err(Error::field("embeds", code));
            }
            let path = || format!("embeds[{index}].{place}.url");
            if !names.contains(&name) {
                return Err(Error::field(path(), invalid::REFERENCED_ATTACHMENT_NOT_FOUND));
            }
            let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
            if !extension.is_some_and(|extension| IMAGES.contains(&extension.as_str())) {
                return Err(Error::field(path(), invalid::ATTACHMENT_MUST_BE_IMAGE));
            }
        }
    }
    Ok(())
}

/// What is kept of the embeds. `attachment` gives the address of a file of the message; a
/// reference to one that was never uploaded is refused.
pub fn build(
    embeds: Vec<RichEmbedRequest>,
    attachment: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Embed>> {
    let build = |(index, embed)| build_one(index, embed, &attachment);
    embeds.into_iter().enumerate().map(build).collect()
}

fn build_one(
    index: usize,
    embed: RichEmbedRequest,
    attachment: &impl Fn(&str) -> Option<String>,
) -> Result<Embed> {
    let media = |place: &str, media: Option<RichEmbedMediaRequest>| match media {
        None => Ok(None),
        Some(media) => match resolve(&media.url, attachment) {
            Some(url) => Ok(Some(EmbedMedia {
                url,
                proxy_url: None,
                content_type: None,
                content_hash: None,
                width: None,
                height: None,
                description: media.description.map(String::from),
                placeholder: None,
                duration: None,
                flags: 0,
            })),
            None => Err(Error::field(
                format!("embeds[{index}].{place}.url"),
                invalid::REFERENCED_ATTACHMENT_NOT_FOUND,
            )),
        },
    };
    let icon = |url: Option<MediaUrl>| url.and_then(|url| resolve(&url, attachment));
    Ok(Embed {
        kind: "rich".into(),
        url: embed.url.map(|url| url.0),
        title: embed.title.map(String::from),
        color: Some(embed.color.map_or(0, |color| color.0)),
        timestamp: embed.timestamp,
        description: embed.description.map(String::from),
        image: media("image", embed.image)?,
        thumbnail: media("thumbnail", embed.thumbnail)?,
        author: embed.author.map(|author| EmbedAuthor {
            name: author.name.into(),
            url: author.url.map(|url| url.0),
            icon_url: icon(author.icon_url),
            proxy_icon_url: None,
        }),
        footer: embed.footer.map(|footer| EmbedFooter {
            text: footer.text.into(),
            icon_url: icon(footer.icon_url),
            proxy_icon_url: None,
        }),
        fields: embed
            .fields
            .map(|fields| fields.0)
            .unwrap_or_default()
            .into_iter()
            .map(|field| EmbedField {
                name: field.name.into(),
                value: field.value.into(),
                inline: field.inline.unwrap_or(false),
            })
            .collect(),
        ..Embed::default()
    })
}

fn resolve(url: &MediaUrl, attachment: &impl Fn(&str) -> Option<String>) -> Option<String> {
    match url.attachment() {
        Some(name) => attachment(name),
        None => Some(url.0.clone()),
    }
}

#[cfg(test)]
mod tests {
    use fluxer_wire::parse;
    use serde_json::{Value, json};

    use super::*;

    fn embeds(value: Value) -> Vec<RichEmbedRequest> {
        parse(value).unwrap()
    }
    fn code(result: Result<()>) -> Option<String> {
        match result {
            Ok(()) => None,
            Err(Error::Refused(error)) => Some(format!(
                "{} {}",
                error.extra["errors"][0]["path"].as_str()?,
                error.extra["errors"][0]["code"].as_str()?
            )),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn all_text_counts_together() {
        let one = json!({"title": "t".repeat(200), "description": "d".repeat(2800)});
        assert_eq!(code(check_size(&embeds(json!([one, one])))), None);
        let more = json!({"footer": {"text": "f"}});
        assert_eq!(
            code(check_size(&embeds(json!([one, one, more])))),
            Some("embeds EMBEDS_EXCEED_MAX_CHARACTERS".into())
        );
    }

    #[test]
    fn references_must_name_pictures_of_the_message() {
        let list = embeds(json!([{"title": "a"}, {"thumbnail": {"url": "attachment://a.png"}}]));
        assert_eq!(code(check_references(&list, &["a.png"])), None);
        assert_eq!(
            code(check_references(&list, &[])),
            Some("embeds CANNOT_REFERENCE_ATTACHMENTS_WITHOUT_ATTACHMENTS".into())
        );
        assert_eq!(
            code(check_references(&list, &["b.png"])),
            Some("embeds[1].thumbnail.url REFERENCED_ATTACHMENT_NOT_FOUND".into())
        );
        let list = embeds(json!([{"image": {"url": "attachment://a.txt"}}]));
        assert_eq!(
            code(check_references(&list, &["a.txt"])),
            Some("embeds[0].image.url ATTACHMENT_MUST_BE_IMAGE".into())
        );
    }

    #[test]
    fn embeds_are_rich_and_have_a_colour() {
        let built = build(embeds(json!([{"title": "a", "type": "video"}])), |_| None).unwrap();
        assert_eq!((built[0].kind.as_str(), built[0].color), ("rich", Some(0)));
        assert!(build(embeds(json!([{"image": {"url": "attachment://a.png"}}])), |_| None).is_err());
    }
}
