//! Keys as paths. Every byte outside `[A-Za-z0-9._-]` is written `%XX`, a leading dot too,
//! so that no key can climb out, hide or collide with the engine's own files. A folder's
//! name ends in `+`, which no file's does: `a` and `a/b` can both be keys. What is too long
//! for a file name goes on in a folder whose name ends in `~`; nothing between two slashes
//! is written `%`.

use std::path::{Path, PathBuf};

use crate::Error;

/// File systems allow 255 bytes a name; a mark takes one.
const MAX_NAME: usize = 254;
const MAX_KEY: usize = 1024;
const FOLDER_MARK: &str = "+";
const LONGER_MARK: &str = "~";
const NOTHING: &str = "%";

/// What a name in a folder stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// The end of a key.
    Object(Vec<u8>),
    /// The end of a segment; more segments are below.
    Folder(Vec<u8>),
    /// The start of a segment; the rest of it is below.
    Longer(Vec<u8>),
}

/// The file names of one segment: all but the last are the start of something longer.
fn encode(segment: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if name.len() + if plain(byte, name.is_empty()) { 1 } else { 3 } > MAX_NAME {
            names.push(std::mem::take(&mut name));
        }
        if plain(byte, name.is_empty()) {
            name.push(byte as char);
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    if segment.is_empty() {
        name.push_str(NOTHING);
    }
    names.push(name);
    names
}

const fn plain(byte: u8, first: bool) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || (byte == b'.' && !first)
}

/// The bytes a name stands for; `None` for a name this module did not make.
fn decode(name: &str) -> Option<Vec<u8>> {
    if name == NOTHING {
        return Some(Vec::new());
    }
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match first {
            b'%' => {
                let digits = tail.get(..2)?;
                if digits.iter().any(|digit| !matches!(digit, b'0'..=b'9' | b'A'..=b'F')) {
                    return None;
                }
                let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                if plain(byte, bytes.is_empty()) {
                    return None;
                }
                bytes.push(byte);
                &tail[2..]
            }
            byte if plain(*byte, bytes.is_empty()) => {
                bytes.push(*byte);
                tail
            }
            _ => return None,
        };
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// Reads a file name back.
pub(crate) fn name(name: &str) -> Option<Name> {
    if let Some(plain) = name.strip_suffix(FOLDER_MARK) {
        decode(plain).map(Name::Folder)
    } else if let Some(plain) = name.strip_suffix(LONGER_MARK) {
        decode(plain).map(Name::Longer)
    } else {
        decode(name).map(Name::Object)
    }
}

pub(crate) fn bucket(bucket: &str) -> Result<PathBuf, Error> {
    if bucket.is_empty() || bucket.contains('/') {
        return Err(Error::InvalidKey("a bucket has a name without slashes"));
    }
    match &encode(bucket)[..] {
        [name] => Ok(name.into()),
        _ => Err(Error::InvalidKey("the name of the bucket is too long")),
    }
}

/// The bucket kept in the folder `name`.
pub(crate) fn bucket_of(name: &str) -> Option<String> {
    String::from_utf8(decode(name)?).ok().filter(|bucket| !bucket.is_empty())
}

pub(crate) fn check(key: &str) -> Result<(), Error> {
    if key.is_empty() || key.len() > MAX_KEY {
        return Err(Error::InvalidKey("a key has 1 to 1024 bytes"));
    }
    if key.contains('\0') {
        return Err(Error::InvalidKey("a key has no NUL"));
    }
    Ok(())
}

/// The path of an object below the engine's root.
pub(crate) fn path(bucket_name: &str, key: &str) -> Result<PathBuf, Error> {
    check(key)?;
    let mut path = bucket(bucket_name)?;
    let mut segments = key.split('/').peekable();
    while let Some(segment) = segments.next() {
        let mut names = encode(segment);
        let last = names.pop().unwrap_or_default();
        for name in names {
            path.push(name + LONGER_MARK);
        }
        path.push(if segments.peek().is_some() { last + FOLDER_MARK } else { last });
    }
    Ok(path)
}

/// The bucket's folder of an object's path.
pub(crate) fn root_of(path: &Path) -> &Path {
    path.iter().next().map_or(path, Path::new)
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use super::*;

    fn back(path: &Path) -> String {
        let mut key = Vec::new();
        for part in path.iter().skip(1) {
            match name(part.to_str().unwrap()).unwrap() {
                Name::Object(bytes) | Name::Longer(bytes) => key.extend(bytes),
                Name::Folder(bytes) => key.extend(bytes.into_iter().chain([b'/'])),
            }
        }
        String::from_utf8(key).unwrap()
    }

    #[test]
    fn no_key_leaves_the_bucket() {
        assert!(path("", "k").is_err() && path("a/b", "k").is_err() && path("b", "").is_err());
        assert!(path("b", "nul\0").is_err() && path("b", &"k".repeat(1025)).is_err());
        let long = [253, 254, 255, 1000].map(|n| format!("{}..", "x".repeat(n)));
        let odd =
            ["..", "../../x", "a/../b", ".", "C:\\x", "%2e%2e", "+", "~", "%", "ü/😀", "a//b", "/x", "a/"];
        let wide = "界".repeat(340);
        for key in odd.into_iter().chain(long.iter().map(String::as_str)).chain([&*wide, "///"]) {
            let path = path("..", key).unwrap();
            assert!(path.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
            assert!(path.iter().all(|name| name.len() <= 255 && !name.to_str().unwrap().starts_with('.')));
            assert_eq!(back(&path), key);
            assert_eq!(root_of(&path).to_str(), Some("%2E."));
        }
    }

    #[test]
    fn foreign_names_are_not_keys() {
        for foreign in [".tmp", "a b", "%2e", "%zz", "%4", "%41", "+", "", "a%"] {
            assert_eq!(name(foreign), None, "{foreign}");
        }
    }
}
