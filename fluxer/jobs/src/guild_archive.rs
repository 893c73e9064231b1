//! Gathers a guild into an archive. What it says is the domain's (`archives::collect`); a run
//! that was cut off is done again from the beginning.

use std::sync::Arc;

use fluxer_domain::{
    App, Error, Result,
    archives::{self, Order, collect},
    guilds::GuildSnapshot,
    images,
};
use futures_util::{StreamExt, future::BoxFuture};
use platform_blobs::{Attributes, Details};
use platform_queue::{JobError, Payload, Worker};

use crate::archive::{self, Archive};

/// Messages read at a time.
const PAGE: usize = 200;
const TRIES: u32 = 4;

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(archives::KIND, 1, move |payload: Payload| {
        let app = app.clone();
        async move {
            let order: Order = payload.parse()?;
            match run(&app, order).await {
                Ok(()) => Ok(()),
                Err(error) if payload.attempt < TRIES => Err(JobError::retry(error)),
                Err(error) => {
                    archives::give_up(&app, order, "The guild could not be gathered.").await?;
                    Err(JobError::fatal(error))
                }
            }
        }
    })
}

async fn run(app: &App, order: Order) -> Result<()> {
    let Some(kept_until) = archives::begin(app, order).await? else { return Ok(()) };
    let Some(guild) = app.find_guild(order.guild_id).await? else {
        return archives::give_up(app, order, "The guild is gone.").await;
    };
    let (archive, stream) = archive::open();
    let about = Attributes {
        content_type: "application/zip".into(),
        details: Details { expires_at: Some(kept_until), ..Details::default() },
    };
    let key = order.object();
    // Boxed, or the compiler does not see that the two together may be sent.
    let storing: BoxFuture<_> = Box::pin(app.blobs.put_stream(archives::BUCKET, &key, stream, about));
    let writing: BoxFuture<_> = Box::pin(write(app, order, &guild, archive));
    let (written, stored) = tokio::join!(writing, storing);
    written?;
    archives::complete(app, order, stored?.size).await
}

async fn write(app: &App, order: Order, guild: &GuildSnapshot, archive: Archive) -> Result<()> {
    archives::progress(app, order, 5, "Collecting the guild").await?;
    for (name, document) in collect::documents(app, guild).await? {
        archive.file(name).await.map_err(Error::internal)?;
        let text = serde_json::to_vec_pretty(&document).map_err(Error::internal)?;
        archive.write(text).await.map_err(Error::internal)?;
    }
    archives::progress(app, order, 25, "Adding messages").await?;
    for channel in collect::text_channels(guild) {
        archive.file(format!("channels/{channel}/messages.json")).await.map_err(Error::internal)?;
        let (mut text, mut first, mut after) = (Vec::from(*b"["), true, None);
        loop {
            let (messages, last) = collect::messages(app, channel, after, PAGE).await?;
            for message in messages {
                text.extend_from_slice(if first { b"\n" } else { b",\n" });
                first = false;
                serde_json::to_writer(&mut text, &message).map_err(Error::internal)?;
            }
            archive.write(std::mem::take(&mut text)).await.map_err(Error::internal)?;
            match last {
                Some(last) => after = Some(last),
                None => break,
            }
        }
        archive.write(&b"\n]\n"[..]).await.map_err(Error::internal)?;
    }
    archives::progress(app, order, 75, "Adding pictures").await?;
    for (name, key) in collect::pictures(guild) {
        let Some(mut object) = app.blobs.read(images::BUCKET, &key, None).await? else { continue };
        archive.file(name).await.map_err(Error::internal)?;
        while let Some(chunk) = object.stream.next().await {
            archive.write(chunk.map_err(Error::internal)?).await.map_err(Error::internal)?;
        }
    }
    archives::progress(app, order, 90, "Storing the archive").await?;
    archive.finish().await.map_err(Error::internal)
}
