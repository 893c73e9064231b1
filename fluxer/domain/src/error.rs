//! The domain's error: a refusal the client is told, or a failure it is not.

use std::io::ErrorKind;

use fluxer_wire::{self as wire, ApiCode, Invalid};

/// What an operation ends in when it does not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller's doing; sent as it is.
    #[error("{0}")]
    Refused(Box<wire::Error>),
    #[error("store: {0}")]
    Store(#[from] platform_store::Error),
    #[error("objects: {0}")]
    Blobs(#[from] platform_blobs::Error),
    #[error("cache: {0}")]
    Cache(#[from] platform_cache::Error),
    #[error("queue: {0}")]
    Queue(#[from] platform_queue::Error),
    #[error("mail: {0}")]
    Mail(#[from] platform_mail::Error),
    #[error("{0}")]
    Internal(String),
}

/// Marks a refusal whose body is `extra` alone (see [`Error::oauth2`]).
pub const OAUTH2: &str = "oauth2";

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn internal(reason: impl ToString) -> Self {
        Self::Internal(reason.to_string())
    }
    /// 400 `INVALID_FORM_BODY` for one field.
    pub fn field(path: impl Into<String>, code: Invalid) -> Self {
        wire::Error::field(path, code).into()
    }
    /// 400 `INVALID_FORM_BODY` for one field, with a text and no code.
    pub fn plain(path: impl Into<String>, message: impl Into<String>) -> Self {
        wire::Error::plain(path, message).into()
    }
    /// 400 `{error, error_description}`: what the OAuth2 protocol demands instead of our envelope.
    pub fn oauth2(error: &str, description: &str) -> Self {
        let base = wire::Error { status: 400, code: OAUTH2, message: "".into(), extra: Default::default() };
        base.with("error", error).with("error_description", description).into()
    }
    /// Whether the same request may succeed later: the database or the disk cannot take it now.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Store(error) => matches!(
                error,
                platform_store::Error::Unavailable(_)
                    | platform_store::Error::Full
                    | platform_store::Error::Busy
                    | platform_store::Error::Closed
            ),
            Self::Blobs(platform_blobs::Error::Full) => true,
            Self::Blobs(platform_blobs::Error::Io(error)) => {
                matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }
    /// Whether it is the refusal `code`.
    pub fn is(&self, code: ApiCode) -> bool {
        matches!(self, Self::Refused(error) if error.is(code))
    }
}

impl From<wire::Error> for Error {
    fn from(error: wire::Error) -> Self {
        Self::Refused(Box::new(error))
    }
}
impl From<ApiCode> for Error {
    fn from(code: ApiCode) -> Self {
        wire::Error::new(code).into()
    }
}

/// `fail(code::UNKNOWN_CHANNEL)`: the refusal as a result.
pub fn fail<T>(code: ApiCode) -> Result<T> {
    Err(code.into())
}
