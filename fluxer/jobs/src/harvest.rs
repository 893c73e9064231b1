//! Gathers an account's data into an archive. What it says is the domain's (`harvests::collect`).

use std::sync::Arc;

use fluxer_domain::{
    App, Result,
    harvests::{self, Order, collect},
    rows::UserRow,
};
use platform_queue::Worker;

use crate::archive::{self, Archive};

/// Messages read at a time.
const PAGE: usize = 200;
const DAY_SECONDS: i64 = 86_400;
/// An object outlives its row's word a little, so that a link never ends in the middle.
const SPARE_DAYS: i64 = 1;

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    archive::job::<Order>(
        app,
        worker,
        harvests::KIND,
        |app, order| Box::pin(async move { run(&app, order).await }),
        |app, order| {
            Box::pin(async move { harvests::give_up(&app, order, "The data could not be gathered.").await })
        },
    )
}

async fn run(app: &App, order: Order) -> Result<()> {
    if !harvests::begin(app, order).await? {
        return Ok(());
    }
    let Some(user) = app.find_user(order.user_id).await? else {
        return harvests::give_up(app, order, "The account is gone.").await;
    };
    let kept_until = app.clock.now().plus_seconds((harvests::KEPT_DAYS + SPARE_DAYS) * DAY_SECONDS);
    let place = (harvests::BUCKET, &*harvests::object_key(order));
    let write = |archive| Box::pin(write(app, order, &user, archive)) as _;
    let (messages, size) = archive::store(app, place, kept_until, write).await?;
    harvests::complete(app, order, size, messages).await
}

/// Fills the archive; how many messages are in it.
async fn write(app: &App, order: Order, user: &UserRow, archive: Archive) -> Result<usize> {
    harvests::progress(app, order, 5, "Collecting account data").await?;
    let documents = collect::documents(app, user).await?;
    let by_channel = collect::written(app, user.user_id).await?;
    harvests::progress(app, order, 55, "Writing account data").await?;
    archive.documents(documents).await?;
    harvests::progress(app, order, 60, "Adding pictures").await?;
    archive.pictures(app, collect::pictures(user)).await?;
    harvests::progress(app, order, 65, "Adding messages").await?;
    let mut count = 0;
    for (channel, ids) in by_channel {
        let mut list = archive.list(format!("channels/{channel}/messages.json")).await?;
        for ids in ids.chunks(PAGE) {
            count += list.add(collect::messages(app, channel, ids).await?).await?;
        }
        list.end().await?;
    }
    harvests::progress(app, order, 70, "Storing the archive").await?;
    archive.finish().await?;
    Ok(count)
}
