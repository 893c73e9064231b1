//! What can go wrong with objects.

use std::io::{self, ErrorKind};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("bucket or key is not acceptable: {0}")]
    InvalidKey(&'static str),
    #[error("the range is not inside the object of {size} bytes")]
    Range { size: u64 },
    #[error("the stored object is damaged: {0}")]
    Corrupt(String),
    #[error("there is no room left for objects")]
    Full,
    #[error("there is no such bucket")]
    NoSuchBucket,
    #[error("the bucket is not empty")]
    NotEmpty,
    #[error("there is no object in whose place another one could be put")]
    Absent,
    #[error("the object is not as the request wants it")]
    Condition,
    #[error("there is no such upload")]
    NoSuchUpload,
    #[error("part {0} is not there or is another one")]
    InvalidPart(u32),
    #[error("the parts are not in ascending order")]
    PartOrder,
    #[error("object storage is unavailable: {0}")]
    Io(io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}
