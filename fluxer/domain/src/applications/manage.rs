//! An owner's dealings with an application: make, list, change, rotate secrets, delete.

use std::sync::Arc;

use fluxer_wire::{
    ApplicationId, UserId,
    application::{
        Application, ApplicationCreateRequest, ApplicationPublic, ApplicationSelf, ApplicationUpdateRequest,
        BotTokenReset,
    },
    code,
};
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use super::{ApplicationByOwnerRow, ApplicationRow, bots, digest, find, owned, secret};
use crate::{Actor, App, Error, Result, auth::sessions, fail, rows::UserRow};

/// The job that finishes a deletion.
const DELETION: &str = "applicationProcessDeletion";
const DELETION_AFTER_MS: u64 = 30_000;

/// The application without its secrets.
fn view(row: &ApplicationRow, bot: Option<&UserRow>) -> Application {
    Application {
        id: row.application_id,
        name: row.name.clone(),
        redirect_uris: row.redirect_uris.clone(),
        bot_public: row.bot_is_public,
        bot_require_code_grant: row.bot_require_code_grant,
        client_secret: None,
        bot: bot.map(bots::view),
    }
}

async fn with_bot(app: &App, row: &ApplicationRow) -> Result<Application> {
    let bot = match row.bot_user_id {
        Some(id) => app.find_user(id).await?,
        None => None,
    };
    Ok(view(row, bot.as_deref()))
}

/// `POST /oauth2/applications`: the application and its bot. The only answer with both secrets.
pub async fn create(app: &App, actor: &Actor, form: ApplicationCreateRequest) -> Result<Application> {
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_CREATE_APPLICATIONS)?;
    let id: ApplicationId = app.next_id();
    let bot = bots::create(app, id, &form.name, &actor.user).await?;
    let (client_secret, token_secret, now) = (secret(app), secret(app), app.clock.now());
    let row = ApplicationRow {
        application_id: id,
        owner_user_id: actor.id(),
        name: form.name.into(),
        bot_user_id: Some(bot.user_id),
        bot_is_public: form.bot_public.unwrap_or(true),
        bot_require_code_grant: form.bot_require_code_grant.unwrap_or(false),
        redirect_uris: form
            .redirect_uris
            .map(|list| list.0.into_iter().map(|uri| uri.0).collect())
            .unwrap_or_default(),
        client_secret_hash: digest(&client_secret),
        client_secret_created_at: now,
        bot_token_hash: Some(digest(&token_secret)),
        bot_token_preview: Some(token_secret.chars().take(8).collect()),
        bot_token_created_at: Some(now),
        version: 0,
    };
    let index = ApplicationByOwnerRow { owner_user_id: actor.id(), application_id: id };
    app.store.commit(Batch::new().put(&bot).put(&row).put(&index)).await?;
    app.touch_indexed(&crate::search::USERS, bot.user_id).await?;
    app.forget_user(bot.user_id);
    let mut answer = view(&row, Some(&bot));
    answer.client_secret = Some(client_secret);
    if let Some(bot) = &mut answer.bot {
        bot.token = Some(format!("{id}.{token_secret}"));
    }
    Ok(answer)
}

/// The caller's applications, newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Application>> {
    let index = app.store.range::<ApplicationByOwnerRow>((actor.id(),)).descending().all().await?;
    let keys = index.into_iter().map(|entry| (entry.application_id,)).collect();
    let mut list = Vec::new();
    for row in app.store.get_many::<ApplicationRow>(keys).await?.into_iter().flatten() {
        list.push(with_bot(app, &row).await?);
    }
    Ok(list)
}

pub async fn get(app: &App, actor: &Actor, id: ApplicationId) -> Result<Application> {
    let row = owned(app, actor, id).await?;
    with_bot(app, &row).await
}

/// What anybody may see of it.
pub async fn public(app: &App, id: ApplicationId) -> Result<ApplicationPublic> {
    let row = find(app, id).await?;
    let Application { bot, .. } = with_bot(app, &row).await?;
    Ok(ApplicationPublic {
        id,
        name: row.name,
        icon: bot.as_ref().and_then(|bot| bot.avatar.clone()),
        description: None,
        redirect_uris: row.redirect_uris,
        scopes: if bot.is_some() { vec!["bot".into()] } else { Vec::new() },
        bot_public: row.bot_is_public,
        bot,
    })
}

/// `GET /applications/@me`, asked by the bot itself.
pub async fn current(app: &App, actor: &Actor) -> Result<ApplicationSelf> {
    let row = find(app, actor.id().cast()).await?;
    let bot = bots::view(&actor.user);
    Ok(ApplicationSelf {
        id: row.application_id,
        name: row.name,
        icon: bot.avatar.clone(),
        description: None,
        bot_public: row.bot_is_public,
        bot_require_code_grant: row.bot_require_code_grant,
        flags: 0,
        bot: Some(bot),
    })
}

pub async fn update(
    app: &App,
    actor: &Actor,
    id: ApplicationId,
    form: ApplicationUpdateRequest,
) -> Result<Application> {
    owned(app, actor, id).await?;
    let uris = form.redirect_uris.into_change().map(|list| {
        list.map(|list| list.0.into_iter().map(|uri| uri.0).collect::<Vec<_>>()).unwrap_or_default()
    });
    let row = app
        .store
        .update::<ApplicationRow, _>((id,), |row| {
            if let Some(name) = &form.name.0 {
                row.name = name.as_str().to_owned();
            }
            if let Some(uris) = &uris {
                row.redirect_uris = uris.clone();
            }
            row.bot_is_public = form.bot_public.unwrap_or(row.bot_is_public);
            row.bot_require_code_grant = form.bot_require_code_grant.unwrap_or(row.bot_require_code_grant);
        })
        .await?;
    match row {
        Some(row) => with_bot(app, &row).await,
        None => fail(code::UNKNOWN_APPLICATION),
    }
}

/// A new bot token; the old one dies at once, and so do the bot's gateway sessions.
pub async fn reset_bot_token(app: &App, actor: &Actor, id: ApplicationId) -> Result<BotTokenReset> {
    let row = owned(app, actor, id).await?;
    let Some(bot_id) = row.bot_user_id else { return fail(code::BOT_USER_NOT_FOUND) };
    let Some(bot) = app.find_user(bot_id).await? else { return fail(code::BOT_USER_NOT_FOUND) };
    let (token_secret, now) = (secret(app), app.clock.now());
    app.store
        .update::<ApplicationRow, _>((id,), |row| {
            row.bot_token_hash = Some(digest(&token_secret));
            row.bot_token_preview = Some(token_secret.chars().take(8).collect());
            row.bot_token_created_at = Some(now);
        })
        .await?;
    app.applications.invalidate(&id);
    sessions::revoke_all(app, bot_id).await?;
    Ok(BotTokenReset { token: format!("{id}.{token_secret}"), bot: bots::view(&bot) })
}

pub async fn reset_client_secret(app: &App, actor: &Actor, id: ApplicationId) -> Result<Application> {
    owned(app, actor, id).await?;
    let (client_secret, now) = (secret(app), app.clock.now());
    let row = app
        .store
        .update::<ApplicationRow, _>((id,), |row| {
            row.client_secret_hash = digest(&client_secret);
            row.client_secret_created_at = now;
        })
        .await?;
    let Some(row) = row else { return fail(code::UNKNOWN_APPLICATION) };
    let mut answer = with_bot(app, &row).await?;
    answer.client_secret = Some(client_secret);
    Ok(answer)
}

/// Deletes the application: first its credentials, then everything its bot was.
pub async fn delete(app: &App, actor: &Actor, id: ApplicationId) -> Result<()> {
    let row = owned(app, actor, id).await?;
    delete_row(app, &row).await
}

/// The same without asking who wants it (deletion of the owner's account).
pub async fn delete_row(app: &App, row: &ApplicationRow) -> Result<()> {
    let id = row.application_id;
    let mut batch =
        Batch::new().delete::<ApplicationRow>((id,)).delete::<ApplicationByOwnerRow>((row.owner_user_id, id));
    let order = Order { application_id: id, bot_user_id: row.bot_user_id };
    // Should this process not live to finish, the job does.
    let job = Job::new(DELETION, &order).key(id.to_string()).delay(DELETION_AFTER_MS);
    app.queue.push_in(&mut batch, job)?;
    app.store.commit(batch).await?;
    app.applications.invalidate(&id);
    finish_deletion(app, &order).await?;
    app.queue.cancel(DELETION, &id.to_string()).await?;
    Ok(())
}

/// What the job is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    application_id: ApplicationId,
    bot_user_id: Option<UserId>,
}

/// Everything the application's bot was. May be run again.
async fn finish_deletion(app: &App, order: &Order) -> Result<()> {
    app.applications.invalidate(&order.application_id);
    match order.bot_user_id {
        Some(bot) => bots::retire(app, bot).await,
        None => Ok(()),
    }
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(DELETION, 2, move |payload| {
        let app = app.clone();
        async move { finish_deletion(&app, &payload.parse()?).await.map_err(JobError::retry) }
    })
}

/// The owner's authenticators are the bots' too; called whenever they change.
pub async fn sync_authenticators(app: &App, owner: &UserRow) -> Result<(), Error> {
    let index = app.store.range::<ApplicationByOwnerRow>((owner.user_id,)).all().await?;
    for entry in index {
        bots::set_authenticators(app, entry.application_id.cast(), &owner.authenticator_types).await?;
    }
    Ok(())
}
