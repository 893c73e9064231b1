//! From an order to a message with previews.

use std::convert::Infallible;

use fluxer_wire::{flags, message::Embed};

use super::{Order, Preview, Skipped, digest, urls};
use crate::{App, Result, messages::announce_update, rows::MessageRow};

/// What an order asks for.
#[derive(Debug)]
pub struct Task {
    order: Order,
    content: Option<String>,
    /// The pages to look at, in the order of the text.
    pub urls: Vec<String>,
}

impl Task {
    /// Whether the message is as it was when the task was read.
    fn concerns(&self, row: &MessageRow) -> bool {
        row.content == self.content && digest(&row.embeds) == self.order.embeds
    }
}

/// Reads what there is to do; `None` if the message is gone, or has other embeds by now.
pub async fn begin(app: &App, order: Order) -> Result<Option<Task>> {
    let found = app.find_message(order.channel_id, order.message_id).await?;
    let Some(row) = found.filter(|row| digest(&row.embeds) == order.embeds) else { return Ok(None) };
    let urls = urls(row.content.as_deref().unwrap_or_default(), &Skipped::of(&app.settings));
    Ok((!urls.is_empty()).then_some(Task { order, content: row.content, urls }))
}

/// Puts the previews of the task's pages on the message and says so, unless it is gone, was
/// changed meanwhile, or shows no embeds.
pub async fn finish(app: &App, task: Task, previews: Vec<Preview>) -> Result<()> {
    let allowed = task.order.explicit_allowed;
    let embeds: Vec<Embed> = previews.into_iter().flat_map(|preview| preview.embeds(allowed)).collect();
    let (channel_id, id) = (task.order.channel_id, task.order.message_id);
    let Some(row) = app.find_message(channel_id, id).await? else { return Ok(()) };
    let mut changed = false;
    let updated = app
        .store
        .try_update::<MessageRow, _, Infallible>(row.key(), |row| {
            changed = task.concerns(row) && row.embeds != embeds;
            if changed {
                row.embeds.clone_from(&embeds);
            }
            Ok(changed)
        })
        .await?;
    let Ok(Some(row)) = updated else { return Ok(()) };
    if !changed || row.flags & flags::message::SUPPRESS_EMBEDS != 0 {
        return Ok(());
    }
    let Some(channel) = app.find_channel(channel_id).await? else { return Ok(()) };
    // Not before the message itself: its announcement may still be on the way.
    let mut turn = {
        let head = app.head(channel_id).await?;
        let _order = head.order.lock();
        head.turn()
    };
    turn.come().await;
    announce_update(app, &channel.row, row).await?;
    Ok(())
}
