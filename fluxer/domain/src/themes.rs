//! Themes: style sheets that people share, kept as objects that the media proxy serves.
//!
//! A theme is not changed or taken back, so its address may be kept for ever; the id is drawn,
//! not computed, lest two sheets be made that share one.

use bytes::Bytes;
use fluxer_wire::{
    code,
    theme::{ThemeCreateRequest, ThemeCreated},
};

use crate::{App, Result, fail, images::BUCKET};

const MAX_BYTES: usize = 8 << 20;

/// `POST /users/@me/themes`.
pub async fn create(app: &App, form: ThemeCreateRequest) -> Result<ThemeCreated> {
    let css = form.css.0;
    if css.len() > MAX_BYTES {
        return fail(code::FILE_SIZE_TOO_LARGE);
    }
    let id = format!("{:016x}", u64::from_be_bytes(app.rng.bytes()));
    app.blobs.put(BUCKET, &format!("themes/{id}.css"), Bytes::from(css), "text/css; charset=utf-8").await?;
    Ok(ThemeCreated { id })
}
