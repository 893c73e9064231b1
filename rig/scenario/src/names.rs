//! Names of gears, racks and ports, and the ends of wires.

use std::fmt;

/// Whether a text may name a gear, a rack, a group or a port: `^[a-z0-9_-]+$`.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}

/// A human name as a name: lower case, everything else a hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9' | '_') => slug.push(c),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}

/// One end of a wire: `gear.port` or `rack.gear.port`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    pub rack: Option<String>,
    pub gear: String,
    pub port: String,
}

impl Endpoint {
    /// None when the text has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('.').collect();
        if !parts.iter().all(|part| is_name(part)) {
            return None;
        }
        let (rack, gear, port) = match parts[..] {
            [gear, port] => (None, gear, port),
            [rack, gear, port] => (Some(rack.to_owned()), gear, port),
            _ => return None,
        };
        Some(Self { rack, gear: gear.to_owned(), port: port.to_owned() })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rack) = &self.rack {
            write!(f, "{rack}.")?;
        }
        write!(f, "{}.{}", self.gear, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "pos-gateway", "a_1", "0"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "A", "a.b", "a b", "ä", "a/b"] {
            assert!(!is_name(bad), "{bad}");
        }
        assert_eq!(slug("  Payment Switch: two regions! "), "payment-switch-two-regions");
    }

    #[test]
    fn endpoints() {
        let two = Endpoint::parse("gear.out_a").unwrap();
        assert_eq!((two.rack.as_deref(), &*two.gear, &*two.port), (None, "gear", "out_a"));
        let three = Endpoint::parse("east.gear.out").unwrap();
        assert_eq!(three.rack.as_deref(), Some("east"));
        assert_eq!(three.to_string(), "east.gear.out");
        for bad in ["", "gear", "a.b.c.d", "a..b", "A.b", ".a.b"] {
            assert!(Endpoint::parse(bad).is_none(), "{bad}");
        }
    }
}
