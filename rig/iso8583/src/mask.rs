//! How values may be shown. What a specification does not classify, but is known to be sensitive,
//! is masked all the same.

use std::fmt::Write as _;

use crate::{message::Iso8583Message, semantics::Sensitivity, spec::Spec};

/// First six and last four characters, or nothing of ten characters and fewer.
pub fn masked(value: &str, sensitivity: Sensitivity) -> String {
    let count = value.chars().count();
    match sensitivity {
        Sensitivity::None => value.to_owned(),
        Sensitivity::Sad => "*".repeat(count),
        _ if count <= 10 => "*".repeat(count),
        _ => value
            .chars()
            .enumerate()
            .map(|(index, character)| if index < 6 || index + 4 >= count { character } else { '*' })
            .collect(),
    }
}

/// What an element is by the standard, whatever a specification says.
pub const fn by_standard(element: u8) -> Sensitivity {
    match element {
        2 | 34 => Sensitivity::Pan,
        14 | 20 | 23 | 40 => Sensitivity::Chd,
        35 | 36 | 45 | 52 | 55 => Sensitivity::Sad,
        102 | 103 => Sensitivity::Pii,
        _ => Sensitivity::None,
    }
}

impl Spec {
    /// How an element may be shown.
    pub fn sensitivity(&self, element: u8) -> Sensitivity {
        match self.meaning(element).map(|meaning| meaning.sensitivity) {
            Some(sensitivity) if sensitivity != Sensitivity::None => sensitivity,
            _ => by_standard(element),
        }
    }

    /// All elements with what is sensitive masked: `F000(mti)=0200 F002(pan)=411111******1111`. For logs.
    pub fn dump(&self, message: &Iso8583Message) -> String {
        let mut out = String::new();
        for (path, value, _) in message.iter().filter(|item| item.0.is_element()) {
            if !out.is_empty() {
                out.push(' ');
            }
            let _ = write!(out, "F{:03}", path.element);
            if let Some(alias) = self.meaning(path.element).and_then(|meaning| meaning.alias.as_deref()) {
                let _ = write!(out, "({alias})");
            }
            let sensitivity = self.sensitivity(path.element);
            match std::str::from_utf8(value) {
                Ok(text) => {
                    let _ = write!(out, "={}", masked(text, sensitivity).escape_debug());
                }
                Err(_) => {
                    let _ = write!(out, "=<{} bytes>", value.len());
                }
            }
        }
        out
    }
}
