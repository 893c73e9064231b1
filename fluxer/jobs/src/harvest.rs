//! Gathers an account's data into an archive. What it says is the domain's
//! (`harvests::collect`); a run that was cut off is done again from the beginning.

use std::sync::Arc;

use fluxer_domain::{
    App, Error, Result,
    harvests::{self, Order, collect},
    images,
    rows::UserRow,
};
use futures_util::{StreamExt, future::BoxFuture};
use platform_blobs::{Attributes, Details};
use platform_queue::{JobError, Payload, Worker};

use crate::archive::{self, Archive};

/// Messages read at a time.
const PAGE: usize = 200;
const DAY_SECONDS: i64 = 86_400;
/// An object outlives its row's word a little, so that a link never ends in the middle.
const SPARE_DAYS: i64 = 1;
const TRIES: u32 = 4;

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(harvests::KIND, 1, move |payload: Payload| {
        let app = app.clone();
        async move {
            let order: Order = payload.parse()?;
            match run(&app, order).await {
                Ok(()) => Ok(()),
                Err(error) if payload.attempt < TRIES => Err(JobError::retry(error)),
                Err(error) => {
                    harvests::give_up(&app, order, "The data could not be gathered.").await?;
                    Err(JobError::fatal(error))
                }
            }
        }
    })
}

async fn run(app: &App, order: Order) -> Result<()> {
    if !harvests::begin(app, order).await? {
        return Ok(());
    }
    let Some(user) = app.find_user(order.user_id).await? else {
        return harvests::give_up(app, order, "The account is gone.").await;
    };
    let (archive, stream) = archive::open();
    let kept = app.clock.now().plus_seconds((harvests::KEPT_DAYS + SPARE_DAYS) * DAY_SECONDS);
    let about = Attributes {
        content_type: "application/zip".into(),
        details: Details { expires_at: Some(kept), ..Details::default() },
    };
    let key = harvests::object_key(order);
    // Boxed, or the compiler does not see that the two together may be sent.
    let storing: BoxFuture<_> = Box::pin(app.blobs.put_stream(harvests::BUCKET, &key, stream, about));
    let writing: BoxFuture<_> = Box::pin(write(app, order, &user, archive));
    let (written, stored) = tokio::join!(writing, storing);
    let messages = written?;
    harvests::complete(app, order, stored?.size, messages).await
}

/// Fills the archive; how many messages are in it.
async fn write(app: &App, order: Order, user: &UserRow, archive: Archive) -> Result<usize> {
    harvests::progress(app, order, 5, "Collecting account data").await?;
    let documents = collect::documents(app, user).await?;
    let by_channel = collect::written(app, user.user_id).await?;
    harvests::progress(app, order, 55, "Writing account data").await?;
    for (name, document) in documents {
        archive.file(name).await.map_err(Error::internal)?;
        let text = serde_json::to_vec_pretty(&document).map_err(Error::internal)?;
        archive.write(text).await.map_err(Error::internal)?;
    }
    harvests::progress(app, order, 60, "Adding pictures").await?;
    for (name, key) in collect::pictures(user) {
        let Some(mut object) = app.blobs.read(images::BUCKET, &key, None).await? else { continue };
        archive.file(name).await.map_err(Error::internal)?;
        while let Some(chunk) = object.stream.next().await {
            archive.write(chunk.map_err(Error::internal)?).await.map_err(Error::internal)?;
        }
    }
    harvests::progress(app, order, 65, "Adding messages").await?;
    let mut count = 0;
    for (channel, ids) in by_channel {
        archive.file(format!("channels/{channel}/messages.json")).await.map_err(Error::internal)?;
        let mut text = Vec::from(*b"[");
        let mut first = true;
        for ids in ids.chunks(PAGE) {
            for message in collect::messages(app, channel, ids).await? {
                text.extend_from_slice(if first { b"\n" } else { b",\n" });
                first = false;
                serde_json::to_writer(&mut text, &message).map_err(Error::internal)?;
                count += 1;
            }
            archive.write(std::mem::take(&mut text)).await.map_err(Error::internal)?;
        }
        archive.write(&b"\n]\n"[..]).await.map_err(Error::internal)?;
    }
    harvests::progress(app, order, 70, "Storing the archive").await?;
    archive.finish().await.map_err(Error::internal)?;
    Ok(count)
}
