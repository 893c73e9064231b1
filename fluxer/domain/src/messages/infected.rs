//! What becomes of a message whose files hold a virus: the files go, its text says so.

use fluxer_wire::{embed_requests::RichEmbedRequest, flags};

use super::draft::Draft;
use crate::App;

/// Something better to swallow.
const RECIPES: [&str; 5] = ["Apple_Pie", "Chili_con_Carne", "Minestrone", "Pancake", "Ratatouille"];

/// The text such a message gets.
pub fn notice(app: &App) -> String {
    let [byte] = app.rng.bytes();
    let dish = RECIPES[usize::from(byte) % RECIPES.len()];
    format!(
        "I tried to send a file that the virus scanner of this server did not like. Here is a recipe \
         instead: https://en.wikibooks.org/wiki/Cookbook:{dish}"
    )
}

/// Leaves of the draft what may still be sent.
pub fn replace(app: &App, draft: &mut Draft, bits: &mut i32) {
    draft.content = notice(app);
    draft.attachments.clear();
    *bits &= !flags::message::VOICE_MESSAGE;
    drop_references(&mut draft.embeds);
}

/// Takes pictures out of embeds that are files of the message.
pub fn drop_references(embeds: &mut [RichEmbedRequest]) {
    for embed in embeds {
        for media in [&mut embed.image, &mut embed.thumbnail] {
            if media.as_ref().is_some_and(|media| media.url.attachment().is_some()) {
                *media = None;
            }
        }
    }
}
