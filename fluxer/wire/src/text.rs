//! Normalising text as the API does, before lengths are counted (in UTF-16 units).

/// Length in UTF-16 code units: what every limit of the API counts.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Removes U+202E, form feeds, DEL and control characters except LF and CR, then trims.
pub fn normalize(text: &str) -> String {
    let kept: String = text.chars().filter(|&ch| !is_stripped(ch)).collect();
    kept.trim().to_owned()
}

fn is_stripped(ch: char) -> bool {
    matches!(ch, '\u{0}'..='\u{9}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{202e}')
}

/// Characters without a shape of their own: controls, joiners, zero-width spaces, word
/// joiner, BOM, bidi controls, soft hyphen, tags.
pub fn is_invisible(ch: char) -> bool {
    matches!(
        ch,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Every run of white space as one space, trimmed.
pub fn collapse_whitespace(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rule for names of channels that are not text channels, and of group DMs.
pub fn channel_name(text: &str) -> String {
    // White space first becomes plain spaces: tabs and newlines are controls but do separate.
    let spaced: String = text.chars().map(|ch| if ch.is_whitespace() { ' ' } else { ch }).collect();
    let visible: String = spaced.chars().filter(|&ch| !is_invisible(ch)).collect();
    collapse_whitespace(&normalize(&visible))
}

/// The rule for text channels of guilds without flexible names; never empty.
pub fn text_channel_name(text: &str) -> String {
    let base = normalize(text).to_lowercase();
    let mut name = String::with_capacity(base.len());
    let mut in_space = false;
    for ch in base.chars() {
        if ch.is_whitespace() {
            if !in_space {
                name.push('-');
            }
            in_space = true;
            continue;
        }
        in_space = false;
        if !r##"!"#$%&'()*+,/:;<=>?@[\]^`{|}~"##.contains(ch) && !is_invisible(ch) {
            name.push(ch);
        }
    }
    if name.is_empty() { "-".to_owned() } else { name }
}

/// A display name: invisible characters and variation selectors dropped, spaces collapsed.
pub fn display_name(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|ch| if ch.is_whitespace() { ' ' } else { ch })
        .filter(|&ch| !is_invisible(ch) && !matches!(ch, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'))
        .collect();
    collapse_whitespace(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised() {
        assert_eq!(text_channel_name("  Hello  World! "), "hello-world");
        assert_eq!(text_channel_name("!!!"), "-");
        assert_eq!(channel_name("a\u{200b} \t b"), "a b");
        assert_eq!(normalize("\u{202e}a\tb\n"), "ab");
        assert_eq!(display_name("\u{200d} A\u{fe0f}  b "), "A b");
        assert_eq!(length("😀"), 2);
    }
}
