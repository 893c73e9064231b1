//! Names of files as people send them, made harmless: no path, no control or bidi character,
//! nothing a file system treats specially. Pure.

/// What a key of the object storage has room for, when every byte that is not plain takes three.
const MAX_COST: usize = 250;
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
    "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// The name a file is kept under.
pub fn normalize(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut dots = 0_usize;
    for letter in name.chars() {
        let letter = match letter {
            '.' => {
                dots += 1;
                continue;
            }
            '/' | '\\' => '_',
            _ if letter.is_whitespace() => '_',
            '_' | '-' => letter,
            _ if letter.is_alphanumeric() || is_mark(letter) => letter,
            // What goes does not part dots that it stood between.
            _ => continue,
        };
        end_dots(&mut kept, &mut dots);
        kept.push(letter);
    }
    end_dots(&mut kept, &mut dots);
    let stem = kept.split('.').next().unwrap_or_default();
    if DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) {
        kept.insert(0, '_');
    }
    let kept = shorten(kept);
    if kept.chars().all(|letter| matches!(letter, '.' | '_')) { "unnamed".into() } else { kept }
}

/// One dot stays, more become an underscore.
fn end_dots(kept: &mut String, dots: &mut usize) {
    match std::mem::take(dots) {
        0 => {}
        1 => kept.push('.'),
        _ => kept.push('_'),
    }
}

/// Combining marks of the scripts that need them; the standard library does not name them.
fn is_mark(letter: char) -> bool {
    matches!(letter as u32,
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x0670 | 0x06D6..=0x06ED | 0x0711 | 0x0730..=0x074A | 0x07A6..=0x07B0 | 0x0816..=0x082D
        | 0x08D3..=0x0903 | 0x093A..=0x094F | 0x0951..=0x0957 | 0x0962..=0x0963 | 0x0981..=0x0983
        | 0x09BC..=0x09CD | 0x0A01..=0x0A03 | 0x0A3C..=0x0A51 | 0x0A70..=0x0A71 | 0x0A81..=0x0A83
        | 0x0ABC..=0x0ACD | 0x0B01..=0x0B03 | 0x0B3C..=0x0B57 | 0x0B82 | 0x0BBE..=0x0BCD
        | 0x0C00..=0x0C04 | 0x0C3E..=0x0C56 | 0x0C81..=0x0C83 | 0x0CBC..=0x0CD6 | 0x0D00..=0x0D03
        | 0x0D3B..=0x0D4D | 0x0DCA..=0x0DDF | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x0EB1
        | 0x0EB4..=0x0EBC | 0x0EC8..=0x0ECD | 0x0F18..=0x0F19 | 0x0F35..=0x0F3F | 0x0F71..=0x0F87
        | 0x0F8D..=0x0FBC | 0x102B..=0x103E | 0x1056..=0x1059 | 0x105E..=0x1060 | 0x1AB0..=0x1AFF
        | 0x17B4..=0x17D3 | 0x180B..=0x180D | 0x1DC0..=0x1DFF | 0x20D0..=0x20F0 | 0x302A..=0x302F
        | 0x3099..=0x309A | 0xA66F..=0xA67D | 0xA8E0..=0xA8F1 | 0xFB1E | 0xFE20..=0xFE2F)
}

fn cost(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { letter.len_utf8() * 3 }
}

/// Cuts the stem, keeps the extension.
fn shorten(name: String) -> String {
    if name.chars().map(cost).sum::<usize>() <= MAX_COST {
        return name;
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 && !stem.is_empty() => (stem, Some(extension)),
        _ => (name.as_str(), None),
    };
    let mut room = MAX_COST - extension.map_or(0, |text| 1 + text.chars().map(cost).sum::<usize>());
    let mut short = String::new();
    for letter in stem.chars() {
        let Some(left) = room.checked_sub(cost(letter)) else { break };
        room = left;
        short.push(letter);
    }
    let mut short = short.trim_end_matches('.').to_owned();
    if let Some(extension) = extension {
        short.push('.');
        short.push_str(extension);
    }
    short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hostile_names() {
        for (name, kept) in [
            ("cat.png", "cat.png"),
            ("../../etc/passwd", "____etc_passwd"),
            ("..\\..\\boot.ini", "____boot.ini"),
            ("a b\tc.txt", "a_b_c.txt"),
            ("a\u{202E}gpj.exe", "agpj.exe"),
            ("nul\u{0}byte.txt", "nulbyte.txt"),
            ("<script>.html", "script.html"),
            ("con", "_con"),
            ("CON.txt", "_CON.txt"),
            ("console.txt", "console.txt"),
            ("...", "unnamed"),
            ("_", "unnamed"),
            ("💩", "unnamed"),
            ("", "unnamed"),
            (".env", ".env"),
            ("naïve Größe 日本語.pdf", "naïve_Größe_日本語.pdf"),
            ("हिन्दी.txt", "हिन्दी.txt"),
            ("file..tar...gz", "file_tar_gz"),
        ] {
            assert_eq!(normalize(name), kept, "{name:?}");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = normalize(&format!("{}.webp", "a".repeat(400)));
        assert_eq!(name.len(), MAX_COST);
        assert!(name.ends_with("a.webp"), "{name}");
        assert!(normalize(&format!("{}.png", "語".repeat(200))).ends_with("語.png"));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_one_safe_name(name in ".{0,300}") {
            let kept = normalize(&name);
            prop_assert!(!kept.is_empty() && kept != "." && kept != ".." && !kept.contains(".."));
            prop_assert!(kept.chars().map(cost).sum::<usize>() <= MAX_COST + 1);
            prop_assert!(!kept.chars().any(|c| c.is_control() || c.is_whitespace() || "/\\<>:\"|?*".contains(c)));
            prop_assert_eq!(normalize(&kept), kept);
        }
    }
}
