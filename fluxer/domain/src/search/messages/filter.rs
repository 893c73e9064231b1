//! What is asked for, in the index's terms.

use std::ops::Deref;

use fluxer_wire::{
    MessageId,
    search::{GlobalSearchMessagesRequest as Form, MessageContentType, MessageSortField, MessageSortOrder},
};
use platform_search::{Expr, Order, Sort, Text};

use crate::search::document::order;

/// Every condition but the channels, the words and the phrases.
pub fn filter(form: &Form) -> Expr {
    let mut all = Vec::new();
    let mut any = |field, values: Vec<String>| {
        if !values.is_empty() {
            all.push(Expr::Any(field, values));
        }
    };
    any("authorId", texts(form.author_id.as_deref()));
    any("authorType", names(form.author_type.as_deref(), |kind| kind.as_str()));
    for (field, values) in [
        ("authorId", texts(form.exclude_author_id.as_deref())),
        ("authorType", names(form.exclude_author_type.as_deref(), |kind| kind.as_str())),
        ("mentionedUserIds", texts(form.exclude_mentions.as_deref())),
        ("channelId", texts(form.exclude_channel_id.as_deref())),
        ("embedTypes", names(form.exclude_embed_type.as_deref(), |kind| kind.as_str())),
        ("embedProviders", lower(form.exclude_embed_provider.as_deref())),
        ("linkHostnames", lower(form.exclude_link_hostname.as_deref())),
        ("attachmentFilenames", lower(form.exclude_attachment_filename.as_deref())),
        ("attachmentExtensions", extensions(form.exclude_attachment_extension.as_deref())),
    ] {
        if !values.is_empty() {
            all.push(Expr::none(field, values));
        }
    }
    for (field, values) in [
        ("mentionedUserIds", texts(form.mentions.as_deref())),
        ("embedTypes", names(form.embed_type.as_deref(), |kind| kind.as_str())),
        ("embedProviders", lower(form.embed_provider.as_deref())),
        ("linkHostnames", lower(form.link_hostname.as_deref())),
        ("attachmentFilenames", lower(form.attachment_filename.as_deref())),
        ("attachmentExtensions", extensions(form.attachment_extension.as_deref())),
    ] {
        all.extend(values.into_iter().map(|value| Expr::Is(field, value)));
    }
    all.extend(form.mention_everyone.map(|value| Expr::Flag("mentionEveryone", value)));
    all.extend(form.pinned.map(|value| Expr::Flag("isPinned", value)));
    all.extend(form.has.iter().flatten().map(has));
    all.extend(form.exclude_has.iter().flatten().map(|kind| Expr::Not(Box::new(has(kind)))));
    all.extend(form.min_id.map(above));
    all.extend(form.max_id.map(below));
    Expr::And(all)
}

fn texts<T: ToString>(values: Option<&[T]>) -> Vec<String> {
    values.unwrap_or_default().iter().map(T::to_string).collect()
}
fn names<T>(values: Option<&[T]>, name: impl Fn(&T) -> &'static str) -> Vec<String> {
    values.unwrap_or_default().iter().map(|value| name(value).to_owned()).collect()
}
fn lower<T: Deref<Target = str>>(values: Option<&[T]>) -> Vec<String> {
    values.unwrap_or_default().iter().map(|value| value.to_lowercase()).collect()
}
fn extensions<T: Deref<Target = str>>(values: Option<&[T]>) -> Vec<String> {
    lower(values).into_iter().map(|value| value.trim_start_matches('.').to_owned()).collect()
}

fn has(kind: &MessageContentType) -> Expr {
    Expr::Flag(
        match kind {
            MessageContentType::Image => "hasImage",
            MessageContentType::Sound => "hasSound",
            MessageContentType::Video => "hasVideo",
            MessageContentType::File => "hasFile",
            MessageContentType::Sticker => "hasSticker",
            MessageContentType::Embed => "hasEmbed",
            MessageContentType::Link => "hasLink",
            MessageContentType::Snapshot => "hasForward",
            // there are none
            MessageContentType::Poll => return Expr::Nothing,
        },
        true,
    )
}

/// Newer than the message of this id.
fn above(id: MessageId) -> Expr {
    let (seconds, sequence) = order(id);
    Expr::Or(vec![
        Expr::Between("createdAt", Some(seconds + 1), None),
        Expr::And(vec![
            Expr::Between("createdAt", Some(seconds), Some(seconds)),
            Expr::Between("sequence", Some(sequence + 1), None),
        ]),
    ])
}

/// Older than the message of this id.
fn below(id: MessageId) -> Expr {
    let (seconds, sequence) = order(id);
    Expr::Or(vec![
        Expr::Between("createdAt", None, Some(seconds - 1)),
        Expr::And(vec![
            Expr::Between("createdAt", Some(seconds), Some(seconds)),
            Expr::Between("sequence", None, Some(sequence - 1)),
        ]),
    ])
}

/// Newer than, or from, a time.
pub fn since(at: fluxer_wire::Timestamp) -> Expr {
    match MessageId::floor(at).get().checked_sub(1) {
        Some(before) => above(MessageId::new(before)),
        None => Expr::Everything,
    }
}

/// What is looked for by words; none: no words are asked for.
pub fn texts_of(form: &Form) -> Vec<Text> {
    match form.contents.as_deref() {
        Some(contents) if !contents.is_empty() => {
            contents.iter().map(|words| Text::words(words.as_str())).collect()
        }
        _ => form.content.iter().map(|words| Text::words(words.as_str())).collect(),
    }
}

pub fn sort(form: &Form) -> Vec<Sort> {
    if form.sort_by == Some(MessageSortField::Relevance) {
        return Vec::new();
    }
    let order = match form.sort_order {
        Some(MessageSortOrder::Asc) => Order::Ascending,
        _ => Order::Descending,
    };
    ["createdAt", "sequence"].map(|field| Sort { field, order }).into()
}
