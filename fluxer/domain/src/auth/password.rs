//! Passwords: argon2id, off the request threads and at most one a core at a time, so that a
//! flood of logins cannot take the house down.

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use fluxer_wire::invalid;
use tokio::sync::Semaphore;

use crate::{App, Error, Result};

static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Arc::new(Semaphore::new(cores))
});

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = TURNS.clone().acquire_owned().await.map_err(Error::internal)?;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// The PHC string of a password that is being set; refused at `path` if a breach made it known.
pub async fn hash_new(app: &App, path: &str, password: &str) -> Result<String> {
    if app.outbound.is_breached(password).await {
        return Err(Error::field(path, invalid::PASSWORD_IS_TOO_COMMON));
    }
    hash(app, password).await
}

/// The PHC string to keep.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    // Tests make thousands of accounts.
    let params = if app.settings.test_mode { Params::new(8, 1, 1, None) } else { Ok(Params::default()) }
        .map_err(Error::internal)?;
    let salt = SaltString::encode_b64(&app.rng.bytes::<16>()).map_err(Error::internal)?;
    let password = password.to_owned();
    in_turn(move || {
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string())
    })
    .await?
    .map_err(Error::internal)
}

/// Whether the password is that of `stored`. Without one the answer is no, and takes as long.
pub async fn verify(app: &App, stored: Option<&str>, password: &str) -> Result<bool> {
    let Some(stored) = stored.map(str::to_owned) else {
        hash(app, password).await?;
        return Ok(false);
    };
    let password = password.to_owned();
    in_turn(move || {
        PasswordHash::new(&stored)
            .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
    })
    .await
}
