//! What is known of a picture, film or sound on another page: its size, type and placeholder.
//!
//! Files are read into the temporary folder, looked at and removed; one that is gone, too
//! large or damaged is still linked, only nothing is said of it.

use std::path::PathBuf;

use fluxer_wire::{flags::embed_media, message::EmbedMedia};
use platform_imaging::{Imaging, Inspect, Metadata};
use platform_kernel::Rng;
use tokio::sync::Semaphore;
use url::Url;

use super::page::{Page, Web};

/// The longest file that is looked at.
const MAX_BYTES: u64 = 100 << 20;
/// Files looked at at the same time.
const AT_ONCE: usize = 4;

pub struct Media {
    imaging: Imaging,
    folder: PathBuf,
    rng: Rng,
    slots: Semaphore,
}

/// A file that is removed when nobody needs it.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Media {
    pub fn new(imaging: Imaging, folder: PathBuf, rng: Rng) -> Self {
        Self { imaging, folder, rng, slots: Semaphore::new(AT_ONCE) }
    }

    /// The file at `url`, with what can be said of it.
    pub async fn at(&self, web: &Web, url: &Url, description: Option<String>) -> EmbedMedia {
        let page = web.page(url).await;
        let metadata = match page {
            Ok(mut page) => self.look(&mut page).await,
            Err(error) => {
                tracing::debug!(%url, %error, "the picture of a preview is not there");
                None
            }
        };
        describe(url, metadata, description)
    }

    /// A file that is on its way already.
    pub async fn of(&self, page: &mut Page, url: &Url) -> EmbedMedia {
        let metadata = self.look(page).await;
        describe(url, metadata, None)
    }

    async fn look(&self, page: &mut Page) -> Option<Metadata> {
        let _slot = self.slots.acquire().await.ok()?;
        let file = Temporary(self.folder.join(format!("fluxer-preview-{}", self.rng.alphanumeric(24))));
        match page.save(&file.0, MAX_BYTES).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                tracing::debug!(url = %page.url, %error, "a file was not read to its end");
                return None;
            }
        }
        let name =
            page.url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default().to_owned();
        let ask = Inspect { placeholder: true, nsfw: true };
        let looked = self.imaging.inspect(file.0.clone().into(), &name, ask).await;
        looked
            .inspect_err(|error| tracing::debug!(url = %page.url, %error, "nothing is known of a file"))
            .ok()
    }
}

fn describe(url: &Url, metadata: Option<Metadata>, description: Option<String>) -> EmbedMedia {
    let bare = EmbedMedia { url: url.to_string(), description, ..EmbedMedia::default() };
    let Some(metadata) = metadata else { return bare };
    let number = |number: Option<u32>| number.and_then(|number| i32::try_from(number).ok());
    let animated = if metadata.animated { embed_media::IS_ANIMATED } else { 0 };
    let is_explicit = metadata.nsfw.as_ref().is_some_and(|nsfw| nsfw.positive);
    let explicit = if is_explicit { embed_media::CONTAINS_EXPLICIT_MEDIA } else { 0 };
    EmbedMedia {
        content_type: Some(metadata.content_type),
        content_hash: Some(metadata.sha256),
        width: number(metadata.width),
        height: number(metadata.height),
        placeholder: metadata.placeholder.filter(|text| !text.is_empty()),
        duration: number(metadata.duration),
        flags: animated | explicit,
        ..bare
    }
}
