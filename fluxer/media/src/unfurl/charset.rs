//! In what encoding a page is, and its text.
//!
//! A byte order mark wins, then the header, then what the page says of itself in its first
//! kilobyte, then UTF-8; a page that says nothing and is no UTF-8 is Windows-1252. Bytes that
//! mean nothing become U+FFFD, whatever was declared.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a page is looked at for a declaration.
pub const LOOK: usize = 1024;

/// The encoding of a page that begins so.
pub fn encoding(declared: Option<&str>, start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    named.or_else(|| declaration(&start[..start.len().min(LOOK)])).unwrap_or_else(|| guess(start))
}

/// What `<meta charset>` or `<meta http-equiv>` says.
fn declaration(start: &[u8]) -> Option<&'static Encoding> {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut from = 0;
    while let Some(meta) = text[from..].find("<meta").map(|at| at + from) {
        let end = text[meta..].find('>').map_or(text.len(), |end| meta + end);
        from = end;
        let Some(at) = text[meta..end].find("charset").map(|at| meta + at + "charset".len()) else {
            continue;
        };
        let Some(value) = text[at..end].trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let label = value
            .split(|ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | ';' | '/' | '>'))
            .next()?;
        let encoding = Encoding::for_label(label.as_bytes())?;
        // It could be read so far, so it is no such thing.
        return Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding });
    }
    None
}

fn guess(start: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(start) {
        Ok(_) => UTF_8,
        // Cut within a character, as far as can be seen.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_what_they_are() {
        for (declared, start, expected) in [
            (None, &b"<p>"[..], "UTF-8"),
            (Some("ISO-8859-1"), b"<p>", "windows-1252"),
            (Some("nonsense"), b"<meta charset=gbk>", "GBK"),
            (None, b"<head><meta name=x><META Charset = \"Shift_JIS\">", "Shift_JIS"),
            (None, b"<meta http-equiv=content-type content='text/html; charset=euc-kr'>", "EUC-KR"),
            (None, b"<meta charset=utf-16le>", "UTF-8"),
            (Some("gbk"), b"\xef\xbb\xbf<p>", "UTF-8"),
            (None, b"\xff\xfe<\0", "UTF-16LE"),
            (None, b"caf\xe9 <p>", "windows-1252"),
            (None, b"caf\xc3", "UTF-8"),
        ] {
            assert_eq!(encoding(declared, start).name(), expected, "{}", String::from_utf8_lossy(start));
        }
    }
}
