//! Previews of links: reading the pages people post, after their messages were sent.
//!
//! Owns the job behind a message with links and everything that turns a page into embeds.
//! Which links count, what is remembered and what becomes of the message are the domain's.
//! Promises: pages are fetched only through the outbound client, bounded in time, size and
//! number; a page is read once for all messages that link to it at the same time; whatever a
//! page contains, the worst it can do is to have no preview.

mod charset;
mod hosts;
mod html;
mod media;
mod page;
mod resolvers;
mod text;

use std::{sync::Arc, time::Duration};

use fluxer_domain::{
    App,
    messages::unfurl::{self, KIND, Order, Preview},
};
use platform_queue::{JobError, Worker};
use tokio::sync::Semaphore;
use url::Url;

use hosts::Hosts;
use media::Media;
use page::Web;
use resolvers::{Bases, Context, Resolver, klipy};

/// Messages looked at at the same time.
const MESSAGES: u32 = 8;
/// Pages read at the same time, for all messages together.
const PAGES: usize = 8;
/// For a page with everything it needs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Adds the job to a worker.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let unfurler = Arc::new(Unfurler::new(app));
    let app = app.clone();
    worker.handle(KIND, MESSAGES, move |payload| {
        let (app, unfurler) = (app.clone(), unfurler.clone());
        async move {
            let order: Order = payload.parse()?;
            unfurler.carry_out(&app, order).await.map_err(JobError::retry)
        }
    })
}

struct Unfurler {
    context: Context,
    pages: Semaphore,
    hosts: Hosts,
}

impl Unfurler {
    fn new(app: &App) -> Self {
        let context = Context {
            web: Web::new(app.fetcher.clone()),
            media: Media::new(app.imaging.clone(), std::env::temp_dir(), app.rng.clone()),
            bases: Bases::default(),
            youtube_key: app.settings.unfurl.youtube_key.clone(),
        };
        Self { context, pages: Semaphore::new(PAGES), hosts: Hosts::default() }
    }

    async fn carry_out(&self, app: &App, order: Order) -> fluxer_domain::Result<()> {
        let Some(task) = unfurl::begin(app, order).await? else { return Ok(()) };
        let looks = task.urls.iter().map(|url| unfurl::resolve(app, url, self.look(url)));
        let previews = futures_util::future::try_join_all(looks).await?;
        unfurl::finish(app, task, previews).await
    }

    /// The preview of a page; an empty one if there is none to be had.
    async fn look(&self, url: &str) -> Preview {
        let Ok(asked) = Url::parse(url) else { return Preview::default() };
        let url = klipy::player(&asked).unwrap_or_else(|| asked.clone());
        // First the host's turn: who waits for it must not keep others from other hosts.
        let _host = self.hosts.enter(url.host_str().unwrap_or_default()).await;
        let Ok(_page) = self.pages.acquire().await else { return Preview::default() };
        match tokio::time::timeout(PATIENCE, self.read(&url)).await {
            Ok(preview) => preview,
            Err(_) => {
                tracing::debug!(%url, "a page took too long");
                Preview::default()
            }
        }
    }

    async fn read(&self, url: &Url) -> Preview {
        let page = match self.context.web.page(url).await {
            Ok(page) => page,
            Err(error) => {
                tracing::debug!(%url, %error, "a page has no preview");
                return Preview::default();
            }
        };
        match Resolver::of(&page) {
            Some(resolver) => Preview(resolver.preview(&self.context, url, page).await),
            None => Preview::default(),
        }
    }
}
