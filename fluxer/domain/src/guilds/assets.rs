//! Pictures of guilds and of members in them: looked at, stored, and taken away again when
//! they are replaced or the change they belong to fails.

use fluxer_wire::{Patch, UserId, guild_requests::Image as Field};

use crate::{App, Result, images::Image};

/// Changes of pictures that are stored but not yet referred to.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    stored: Vec<(String, String)>,
    replaced: Vec<(String, String)>,
}

impl Pictures {
    /// What becomes of the picture under `prefix` (`icons/123`) that now has the hash `old`:
    /// `None` to leave it. A picture is stored at once.
    pub async fn stage(
        &mut self,
        app: &App,
        prefix: &str,
        old: Option<&str>,
        change: Option<Option<Image>>,
    ) -> Result<Option<Option<Image>>> {
        let Some(new) = change else { return Ok(None) };
        let hash = new.as_ref().map(|image| image.hash.as_str());
        if hash != old {
            if let Some(image) = &new {
                app.store_image(prefix, image).await?;
                self.stored.push((prefix.into(), image.hash.clone()));
            }
            if let Some(old) = old {
                self.replaced.push((prefix.into(), old.into()));
            }
        }
        Ok(Some(new))
    }

    /// The change is durable: what it replaced goes.
    pub async fn settle(self, app: &App) {
        for (prefix, hash) in &self.replaced {
            app.remove_image(prefix, hash).await;
        }
    }

    /// The change failed: what was stored for it goes.
    pub async fn roll_back(self, app: &App) {
        for (prefix, hash) in &self.stored {
            app.remove_image(prefix, hash).await;
        }
    }
}

/// The picture of a request, looked at; faults are reported at `path`.
pub(crate) async fn read(
    app: &App,
    by: UserId,
    path: &str,
    field: Patch<Field>,
) -> Result<Option<Option<Image>>> {
    Ok(match field {
        Patch::Absent => None,
        Patch::Null => Some(None),
        Patch::Set(picture) => Some(Some(Image::inspect(app, by, path, picture.0).await?)),
    })
}
