//! Fields by which people are named and reached, each with its own rules and codes.

use std::ops::Deref;

use serde_json::{Value, json};

use crate::{
    At, Definitions, Field, Invalid, invalid,
    scalar::string,
    text::{display_name, length, normalize},
};

macro_rules! text_field {
    ($(#[$meta:meta])* $name:ident $schema:tt) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
            pub fn into_inner(self) -> String {
                self.0
            }
        }
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl Field for $name {
            fn read(value: Value, at: &mut At) -> Option<Self> {
                let text = string(value, at)?;
                match Self::check(&text) {
                    Ok(text) => Some(Self(text)),
                    Err(code) => at.refuse(code),
                }
            }
            fn schema(_: &mut Definitions) -> Value {
                json!($schema)
            }
        }
    };
}

text_field! {
    /// An e-mail address, in the case it was typed.
    Email {"type": "string", "format": "email", "maxLength": 254}
}

impl Email {
    fn check(text: &str) -> Result<String, Invalid> {
        let text = normalize(text);
        if !is_email(&text) {
            return Err(invalid::INVALID_EMAIL_FORMAT);
        }
        if length(&text) > 254 {
            return Err(invalid::EMAIL_LENGTH_INVALID);
        }
        let local = text.rsplit_once('@').map_or("", |(local, _)| local);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
        if local.bytes().all(plain) { Ok(text) } else { Err(invalid::INVALID_EMAIL_LOCAL_PART) }
    }
    /// What addresses are compared and found by.
    pub fn lower(&self) -> String {
        self.0.to_lowercase()
    }
}

/// `local@domain.tld`: no spaces, labels of letters, digits and hyphens.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|ch| ch.is_alphanumeric() || ch == '-')
    };
    let bare = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains('@')
        && !local.chars().any(|ch| ch.is_whitespace() || ch.is_control());
    bare && domain.contains('.') && domain.split('.').all(label)
}

/// A password of 8–256 characters. Neither shown nor compared by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}
impl Field for Password {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = normalize(&string(value, at)?);
        if (8..=256).contains(&length(&text)) {
            return Some(Self(text));
        }
        at.refuse(invalid::PASSWORD_LENGTH_INVALID)
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "minLength": 8, "maxLength": 256})
    }
}

text_field! {
    /// A username, without its discriminator.
    Username {"type": "string", "minLength": 1, "maxLength": 32, "pattern": "^[a-zA-Z0-9_]+$"}
}

impl Username {
    /// The name as it is kept, or what is wrong with it.
    pub fn check(text: &str) -> Result<String, Invalid> {
        let text = text.trim();
        let lower = text.to_lowercase();
        if !(1..=32).contains(&length(text)) {
            Err(invalid::USERNAME_LENGTH_INVALID)
        } else if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            Err(invalid::USERNAME_INVALID_CHARACTERS)
        } else if matches!(lower.as_str(), "everyone" | "here") {
            Err(invalid::USERNAME_RESERVED_VALUE)
        } else if lower.contains("fluxer") || lower.contains("system message") {
            Err(invalid::USERNAME_CANNOT_CONTAIN_RESERVED_TERMS)
        } else {
            Ok(text.to_owned())
        }
    }
}

text_field! {
    /// The name a person is shown by.
    GlobalName {"type": "string", "minLength": 1, "maxLength": 32}
}

impl GlobalName {
    /// The name as it is kept, or what is wrong with it.
    pub fn check(text: &str) -> Result<String, Invalid> {
        let text = display_name(text);
        let lower = text.to_lowercase();
        if !(1..=32).contains(&length(&text)) {
            Err(invalid::GLOBAL_NAME_LENGTH_INVALID)
        } else if matches!(lower.as_str(), "everyone" | "here") {
            Err(invalid::GLOBAL_NAME_RESERVED_VALUE)
        } else if lower.contains("system message") {
            Err(invalid::GLOBAL_NAME_CANNOT_CONTAIN_RESERVED_TERMS)
        } else {
            Ok(text)
        }
    }
}

text_field! {
    /// An E.164 telephone number.
    Phone {"type": "string", "pattern": "^\\+[1-9]\\d{1,14}$"}
}

impl Phone {
    fn check(text: &str) -> Result<String, Invalid> {
        let text = normalize(text);
        let digits = text.strip_prefix('+').unwrap_or_default();
        let good = (2..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if good { Ok(text) } else { Err(invalid::PHONE_NUMBER_INVALID_FORMAT) }
    }
}

/// The four digits behind a username, as text or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discriminator(pub i32);

impl Field for Discriminator {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return at.refuse(invalid::DISCRIMINATOR_INVALID_FORMAT),
        };
        let good = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if good => Some(Self(number)),
            _ => at.refuse(invalid::DISCRIMINATOR_INVALID_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "pattern": "^\\d{1,4}$"})
    }
}

/// `YYYY-MM-DD`, a day that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateOfBirth(pub String);

impl Field for DateOfBirth {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = normalize(&string(value, at)?);
        if length(&text) != 10 {
            return at.refuse(invalid::STRING_LENGTH_EXACT);
        }
        let shaped = text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if shaped { Some(Self(text)) } else { at.refuse(invalid::INVALID_FORMAT) }
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "minLength": 10, "maxLength": 10})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.co", "A.b+c@mail.example.org", "o'neil@x-y.io"] {
            assert_eq!(Email::check(good), Ok(good.into()), "{good}");
        }
        for bad in ["", "a", "@b.co", "a@b", "a b@c.de", "a@-b.co", "a@b..co", ".a@b.co", "a..b@c.de"] {
            assert_eq!(Email::check(bad), Err(invalid::INVALID_EMAIL_FORMAT), "{bad}");
        }
        assert_eq!(Email::check("é@b.co"), Err(invalid::INVALID_EMAIL_LOCAL_PART));
    }

    #[test]
    fn usernames() {
        assert_eq!(Username::check(" Ab_1 "), Ok("Ab_1".into()));
        assert_eq!(Username::check(""), Err(invalid::USERNAME_LENGTH_INVALID));
        assert_eq!(Username::check(&"a".repeat(33)), Err(invalid::USERNAME_LENGTH_INVALID));
        assert_eq!(Username::check("a-b"), Err(invalid::USERNAME_INVALID_CHARACTERS));
        assert_eq!(Username::check("Everyone"), Err(invalid::USERNAME_RESERVED_VALUE));
        assert_eq!(Username::check("my_Fluxer"), Err(invalid::USERNAME_CANNOT_CONTAIN_RESERVED_TERMS));
    }

    #[test]
    fn numbers_and_discriminators() {
        assert!(Phone::check("+15551234567").is_ok());
        for bad in ["15551234567", "+0555", "+1", "+1234567890123456"] {
            assert_eq!(Phone::check(bad), Err(invalid::PHONE_NUMBER_INVALID_FORMAT), "{bad}");
        }
        let read = |value| Discriminator::read(value, &mut At::default());
        assert_eq!(read(json!("0042")), Some(Discriminator(42)));
        assert_eq!(read(json!(7)), Some(Discriminator(7)));
        assert_eq!(read(json!("12345")), None);
        assert_eq!(read(json!(-1)), None);
    }
}
