//! Whether a file is a virus, as far as the instance's scanner knows. What was found about a
//! content is remembered for a week.

use std::{io::Read, time::Duration};

use platform_outbound::clamd::Verdict;
use sha2::{Digest, Sha256};

use super::Spooled;
use crate::{App, Error, Result, fail};
use fluxer_wire::code;

const REMEMBERED: Duration = Duration::from_secs(7 * 24 * 3600);

/// Fails if the scanner does and the operator would rather refuse files then.
pub(super) async fn is_infected(app: &App, file: &std::sync::Arc<Spooled>) -> Result<bool> {
    let Some(scanner) = &app.scanner else { return Ok(false) };
    let key = format!("virus:{}", hash(file.clone()).await?);
    if let Some(known) = app.cache.get(&key).await? {
        return Ok(&known[..] == b"infected");
    }
    match scanner.scan(file.path()).await {
        Ok(verdict) => {
            let infected = matches!(verdict, Verdict::Infected(_));
            if let Verdict::Infected(name) = verdict {
                tracing::info!(name, "An uploaded file is infected.");
            }
            let text: &'static [u8] = if infected { b"infected" } else { b"clean" };
            app.cache.set(&key, text, REMEMBERED).await?;
            Ok(infected)
        }
        Err(error) => {
            tracing::warn!(%error, fail_open = scanner.fails_open(), "A file was not scanned for viruses.");
            if scanner.fails_open() { Ok(false) } else { fail(code::SERVICE_UNAVAILABLE) }
        }
    }
}

async fn hash(file: std::sync::Arc<Spooled>) -> Result<String> {
    let hashing = tokio::task::spawn_blocking(move || {
        let mut reader = std::fs::File::open(file.path())?;
        let (mut digest, mut buffer) = (Sha256::new(), vec![0; 256 * 1024]);
        loop {
            match reader.read(&mut buffer)? {
                0 => break,
                length => digest.update(&buffer[..length]),
            }
        }
        Ok::<_, std::io::Error>(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    });
    hashing.await.map_err(Error::internal)?.map_err(|error| Error::Blobs(error.into()))
}
