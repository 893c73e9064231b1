//! From SQLite's result codes to the store's errors.

use rusqlite::ErrorCode;

use crate::Error;

pub(super) fn from_sqlite(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Corrupt(error.to_string()),
        Some(ErrorCode::TooBig | ErrorCode::TypeMismatch) => Error::Encoding(error.to_string()),
        _ => Error::Unavailable(error.to_string()),
    }
}
