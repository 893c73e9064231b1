//! Gathers a guild into an archive. What it says is the domain's (`archives::collect`).

use std::sync::Arc;

use fluxer_domain::{
    App, Result,
    archives::{self, Order, collect},
    guilds::GuildSnapshot,
};
use platform_queue::Worker;

use crate::archive::{self, Archive};

/// Messages read at a time.
const PAGE: usize = 200;

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    archive::job::<Order>(
        app,
        worker,
        archives::KIND,
        |app, order| Box::pin(async move { run(&app, order).await }),
        |app, order| {
            Box::pin(async move { archives::give_up(&app, order, "The guild could not be gathered.").await })
        },
    )
}

async fn run(app: &App, order: Order) -> Result<()> {
    let Some(kept_until) = archives::begin(app, order).await? else { return Ok(()) };
    let Some(guild) = app.find_guild(order.guild_id).await? else {
        return archives::give_up(app, order, "The guild is gone.").await;
    };
    let place = (archives::BUCKET, &*order.object());
    let write = |archive| Box::pin(write(app, order, &guild, archive)) as _;
    let ((), size) = archive::store(app, place, kept_until, write).await?;
    archives::complete(app, order, size).await
}

async fn write(app: &App, order: Order, guild: &GuildSnapshot, archive: Archive) -> Result<()> {
    archives::progress(app, order, 5, "Collecting the guild").await?;
    archive.documents(collect::documents(app, guild).await?).await?;
    archives::progress(app, order, 25, "Adding messages").await?;
    for channel in collect::text_channels(guild) {
        let mut list = archive.list(format!("channels/{channel}/messages.json")).await?;
        let mut after = None;
        loop {
            let (messages, last) = collect::messages(app, channel, after, PAGE).await?;
            list.add(messages).await?;
            match last {
                Some(last) => after = Some(last),
                None => break,
            }
        }
        list.end().await?;
    }
    archives::progress(app, order, 75, "Adding pictures").await?;
    archive.pictures(app, collect::pictures(guild)).await?;
    archives::progress(app, order, 90, "Storing the archive").await?;
    archive.finish().await
}
