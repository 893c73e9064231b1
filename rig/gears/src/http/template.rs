//! Texts with places for fields of the message: `/cards/{data.id}?from={meta.peer.ip}`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{ConfigError, GearError, Message};

/// What a value may hold as it is, in a path and in a query.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

impl Template {
    /// `{{` and `}}` stand for the braces themselves.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let (mut parts, mut plain) = (Vec::new(), String::new());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
                continue;
            }
            let field = rest.split_once('}').filter(|_| brace == "{");
            let Some((field, after)) = field.filter(|(field, _)| !field.is_empty()) else {
                return Err(ConfigError::new(format!("`{text}`: a brace stands alone; write {{{{ for one")));
            };
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Field(field.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self(parts))
    }
    /// The text for one message. `escape`: values are escaped for a URL.
    pub fn fill(&self, message: &Message, escape: bool) -> Result<String, GearError> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Field(field) => {
                    let value = message
                        .key_field(field)
                        .ok_or_else(|| GearError::new("no_field", format!("the message has no {field}")))?;
                    match escape {
                        true => text.extend(utf8_percent_encode(&value, ESCAPED)),
                        false => text.push_str(&value),
                    }
                }
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled() {
        let mut message = Message::default();
        message.data.set("card.id", "a/b?c").unwrap();
        message.meta.insert("conn.id", "c1");
        let fill = |text: &str, escape| Template::parse(text).unwrap().fill(&message, escape).unwrap();
        assert_eq!(fill("/x/{data.card.id}?y={meta.conn.id}", true), "/x/a%2Fb%3Fc?y=c1");
        assert_eq!(fill("{card.id}", false), "a/b?c");
        assert_eq!(fill("{{{meta.conn.id}}}", true), "{c1}");
        assert_eq!(fill("", true), "");
        let missing = Template::parse("/{data.none}").unwrap().fill(&message, true).unwrap_err();
        assert_eq!((&*missing.reason, &*missing.detail), ("no_field", "the message has no data.none"));
        for bad in ["/{", "/}", "/{}", "/{data.x", "a}b"] {
            assert!(Template::parse(bad).is_err(), "{bad}");
        }
    }
}
