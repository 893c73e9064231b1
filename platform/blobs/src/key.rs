//! Keys as paths. Every byte outside `[A-Za-z0-9._-]` is written `%XX`, a leading dot too,
//! so that no key can climb out, hide or collide with the engine's own files. A folder's
//! name ends in `+`, which no file's does: `a` and `a/b` can both be keys.

use std::path::PathBuf;

use crate::Error;

/// File systems allow 255 bytes a name; the folder mark takes one.
const MAX_NAME: usize = 254;
const MAX_KEY: usize = 1024;
pub(crate) const FOLDER_MARK: &str = "+";

fn encode(segment: &str) -> Result<String, Error> {
    let mut name = String::with_capacity(segment.len());
    for (index, byte) in segment.bytes().enumerate() {
        let plain =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || (byte == b'.' && index > 0);
        if plain {
            name.push(byte as char);
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    if name.is_empty() {
        return Err(Error::InvalidKey("an empty name between slashes"));
    }
    if name.len() > MAX_NAME {
        return Err(Error::InvalidKey("a name between slashes is too long"));
    }
    Ok(name)
}

/// The key segment a file name stands for; `None` for a name this module did not make.
pub(crate) fn decode(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            &tail[2..]
        } else {
            bytes.push(*first);
            tail
        };
    }
    let segment = String::from_utf8(bytes).ok()?;
    encode(&segment).ok().filter(|again| again == name).map(|_| segment)
}

pub(crate) fn bucket(bucket: &str) -> Result<PathBuf, Error> {
    if bucket.contains('/') {
        return Err(Error::InvalidKey("a bucket has no slash in its name"));
    }
    Ok(encode(bucket)?.into())
}

/// The path of an object below the engine's root.
pub(crate) fn path(bucket_name: &str, key: &str) -> Result<PathBuf, Error> {
    if key.len() > MAX_KEY {
        return Err(Error::InvalidKey("longer than 1024 bytes"));
    }
    let mut path = bucket(bucket_name)?;
    let mut segments = key.split('/').peekable();
    while let Some(segment) = segments.next() {
        let mut name = encode(segment)?;
        if segments.peek().is_some() {
            name.push_str(FOLDER_MARK);
        }
        path.push(name);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use super::*;

    #[test]
    fn no_key_leaves_the_bucket() {
        for bad in ["", "/", "a//b", "/etc/passwd", "a/"] {
            assert!(path("b", bad).is_err(), "{bad}");
        }
        assert!(path("", "k").is_err() && path("a/b", "k").is_err());
        for odd in ["..", "../../x", "a/../b", ".", "C:\\x", "nul\0", "%2e%2e", "+", "ü/😀"] {
            let path = path("..", odd).unwrap();
            assert!(path.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(!name.starts_with('.') && !name.ends_with(FOLDER_MARK), "{path:?}");
            assert_eq!(decode(name).as_deref(), odd.split('/').next_back());
        }
    }

    #[test]
    fn foreign_names_are_not_keys() {
        for name in [".tmp", "a+", "a b", "%2e", "%zz", "%"] {
            assert_eq!(decode(name), None, "{name}");
        }
    }
}
