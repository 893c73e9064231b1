//! Sending what was scheduled, when its time has come.

use std::sync::Arc;

use fluxer_wire::{
    Error as Refusal, ScheduledMessageId, UserId, Value, message_requests::MessageRequestSchema, parse,
};
use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{rows::ScheduledMessageRow, uploads};
use crate::{Actor, App, Error, Result, error::OAUTH2, messages};

const KIND: &str = "scheduled.send";

#[derive(Debug, Serialize, Deserialize)]
struct Due {
    user_id: UserId,
    id: ScheduledMessageId,
    at: Timestamp,
}

/// The order to send it; another one for the same message takes its place.
pub fn job(row: &ScheduledMessageRow) -> Job {
    let due = Due { user_id: row.user_id, id: row.scheduled_message_id, at: row.scheduled_at };
    Job::new(KIND, &due).at(row.scheduled_at).key(format!("{}:{}", due.user_id, due.id))
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 4, move |payload| {
        let app = app.clone();
        async move {
            let due: Due = payload.parse()?;
            send(&app, due).await.map_err(JobError::retry)
        }
    })
}

/// Runs the job of a scheduled message now: for test mode.
pub async fn send_now(app: &App, user_id: UserId, id: ScheduledMessageId) -> Result<Value> {
    let Some(row) = app.store.get::<ScheduledMessageRow>((user_id, id)).await? else {
        let base = Refusal { status: 404, code: OAUTH2, message: "".into(), extra: Default::default() };
        return Err(base.with("success", false).with("reason", "there is no such message").into());
    };
    send(app, Due { user_id, id, at: row.scheduled_at }).await?;
    Ok(json!({"success": true}))
}

async fn send(app: &App, due: Due) -> Result<()> {
    let key = (due.user_id, due.id);
    let Some(row) = app.store.get::<ScheduledMessageRow>(key).await? else { return Ok(()) };
    if row.invalid || row.scheduled_at != due.at {
        return Ok(());
    }
    match attempt(app, &row).await {
        Ok(()) => {
            uploads::drop_objects(app, row.uploads);
            Ok(())
        }
        Err(Error::Refused(refusal)) => {
            let (now, reason) = (app.clock.now(), refusal.message.to_string());
            app.store
                .update::<ScheduledMessageRow, _>(key, |row| {
                    row.invalid = true;
                    row.status_reason = Some(reason.clone());
                    row.invalidated_at = Some(now);
                })
                .await?;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// As its author would send it now. The order's row goes with the message's write: cut off
/// before that, nothing was sent; after it, there is nothing left to send.
async fn attempt(app: &App, row: &ScheduledMessageRow) -> Result<()> {
    let actor = Actor::system(app.user(row.user_id).await?);
    let form: MessageRequestSchema = parse(row.payload.clone())?;
    let uploads = uploads::load(app, row).await?;
    let done = Batch::new().delete::<ScheduledMessageRow>((row.user_id, row.scheduled_message_id));
    messages::create_ordered(app, &actor, row.channel_id, form, uploads, done).await?;
    Ok(())
}
