//! Usernames for people who gave none: from what they are called, else from three words.
//! Pure but for the drawing.

use fluxer_wire::identity::Username;
use platform_kernel::Rng;

const LENGTH: usize = 32;

/// ASCII for letters that have an obvious one; each pair is `letters`, `ascii`.
const LATIN: &[(&str, &str)] = &[
    ("ÀÁÂÃÅĀĂĄǍ", "A"),
    ("àáâãåāăąǎ", "a"),
    ("Ä", "Ae"),
    ("äæ", "ae"),
    ("Æ", "AE"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐ", "D"),
    ("ðďđ", "d"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("èéêëēĕėęě", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ìíîïĩīĭįı", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("Ķ", "K"),
    ("ķ", "k"),
    ("ĹĻĽĿŁ", "L"),
    ("ĺļľŀł", "l"),
    ("ÑŃŅŇ", "N"),
    ("ñńņň", "n"),
    ("ÒÓÔÕØŌŎŐ", "O"),
    ("òóôõøōŏő", "o"),
    ("Ö", "Oe"),
    ("öœ", "oe"),
    ("Œ", "OE"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ŢŤŦȚ", "T"),
    ("ţťŧț", "t"),
    ("ÙÚÛŨŪŬŮŰŲ", "U"),
    ("ùúûũūŭůűų", "u"),
    ("Ü", "Ue"),
    ("ü", "ue"),
    ("Ŵ", "W"),
    ("ŵ", "w"),
    ("ÝŶŸ", "Y"),
    ("ýŷÿ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
    ("Þ", "Th"),
    ("þ", "th"),
];
const CYRILLIC: &[&str] = &[
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
    "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
];
const GREEK: &[&str] = &[
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y",
    "f", "ch", "ps", "o",
];

const ADJECTIVES: &[&str] = &[
    "Brave", "Bright", "Calm", "Clever", "Cosy", "Curious", "Daring", "Eager", "Fair", "Fierce", "Gentle",
    "Glad", "Happy", "Jolly", "Keen", "Kind", "Lively", "Lucky", "Merry", "Mighty", "Noble", "Proud",
    "Quick", "Quiet", "Shy", "Silent", "Smart", "Steady", "Swift", "Warm", "Wild", "Witty",
];
const COLOURS: &[&str] = &[
    "Amber", "Azure", "Black", "Blue", "Bronze", "Copper", "Coral", "Crimson", "Cyan", "Golden", "Green",
    "Grey", "Indigo", "Ivory", "Jade", "Lilac", "Olive", "Orange", "Pink", "Purple", "Red", "Rose", "Ruby",
    "Scarlet", "Silver", "Teal", "Violet", "White", "Yellow",
];
const ANIMALS: &[&str] = &[
    "Badger", "Bear", "Beaver", "Crane", "Deer", "Dolphin", "Eagle", "Falcon", "Ferret", "Finch", "Fox",
    "Gecko", "Hare", "Heron", "Koala", "Lark", "Lynx", "Marten", "Mole", "Moose", "Newt", "Otter", "Owl",
    "Panda", "Puffin", "Rabbit", "Raven", "Robin", "Seal", "Swan", "Tiger", "Toad", "Turtle", "Whale",
    "Wolf", "Wren",
];

fn from_block(ch: char, upper: u32, lower: u32, table: &[&str]) -> Option<String> {
    let code = ch as u32;
    let entry = |first: u32| code.checked_sub(first).and_then(|index| table.get(index as usize));
    match (entry(upper), entry(lower)) {
        (Some(text), _) => {
            let mut text = (*text).to_owned();
            if let Some(first) = text.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            Some(text)
        }
        (None, Some(text)) => Some((*text).to_owned()),
        (None, None) => None,
    }
}

fn ascii(ch: char) -> String {
    if ch.is_ascii() {
        return ch.to_string();
    }
    let latin = LATIN.iter().find(|(letters, _)| letters.contains(ch)).map(|(_, text)| (*text).to_owned());
    latin
        .or_else(|| from_block(ch, 0x410, 0x430, CYRILLIC))
        .or_else(|| from_block(ch, 0x391, 0x3B1, GREEK))
        .unwrap_or_default()
}

/// `Magic Tester` → `Magic_Tester`; none if nothing usable is left.
pub fn derive(display_name: &str) -> Option<String> {
    let mut name = String::new();
    for ch in display_name.chars() {
        if ch.is_whitespace() || matches!(ch, '-' | '.') {
            if !name.ends_with('_') {
                name.push('_');
            }
        } else {
            name.extend(ascii(ch).chars().filter(|ch| ch.is_ascii_alphanumeric() || *ch == '_'));
        }
    }
    name.truncate(LENGTH);
    let name = name.trim_matches('_');
    Username::check(name).ok()
}

/// Adjective, colour, animal.
pub fn random(rng: &Rng) -> String {
    let pick = |words: &[&'static str]| words[rng.below(words.len() as u64) as usize];
    [pick(ADJECTIVES), pick(COLOURS), pick(ANIMALS)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_from_display_names() {
        assert_eq!(derive("Magic Tester"), Some("Magic_Tester".into()));
        assert_eq!(derive("Jörg  Ærø-Ström"), Some("Joerg_AEro_Stroem".into()));
        assert_eq!(derive("Юлия"), Some("Yuliya".into()));
        assert_eq!(derive("✨🎉"), None);
        assert_eq!(derive("everyone"), None);
        assert_eq!(derive(&"x".repeat(40)).unwrap().len(), 32);
    }

    #[test]
    fn random_names_are_usernames() {
        let rng = Rng::seeded(3);
        for _ in 0..200 {
            assert!(Username::check(&random(&rng)).is_ok());
        }
    }
}
