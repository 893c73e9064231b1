//! Options that several modes have, and how their texts are read.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, anyhow};
use platform_kernel::Timestamp;
use rig_iso8583::{
    REFERENCE, Resolver, Spec,
    framing::{Endian, LengthPrefix},
};

use crate::store::{Kind, Store};

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum ByteOrder {
    #[default]
    Big,
    Little,
}

/// What stands in front of every message.
#[derive(Clone, Debug, clap::Args)]
pub struct FramingArgs {
    /// Bytes of the length in front of every message: 2 or 4
    #[arg(long, default_value_t = 2, value_parser = framing_bytes)]
    pub framing_bytes: u8,
    /// Byte order of that length
    #[arg(long, value_enum, default_value_t)]
    pub endian: ByteOrder,
    /// That length counts its own bytes, too
    #[arg(long)]
    pub framing_inclusive: bool,
}

impl FramingArgs {
    pub fn prefix(&self) -> anyhow::Result<LengthPrefix> {
        let endian = match self.endian {
            ByteOrder::Big => Endian::Big,
            ByteOrder::Little => Endian::Little,
        };
        Ok(LengthPrefix::new(self.framing_bytes, endian, self.framing_inclusive)?)
    }
}

fn framing_bytes(text: &str) -> Result<u8, String> {
    match text {
        "2" => Ok(2),
        "4" => Ok(4),
        _ => Err("2 or 4".into()),
    }
}

pub fn duration(text: &str) -> Result<Duration, String> {
    rig_scenario::parse_duration(text).map_err(|error| error.to_string())
}

pub fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && (0.0..=10_000_000.0).contains(&rate) => Ok(rate),
        _ => Err("a number of messages a second, 0 or more".into()),
    }
}

/// Text as it stands, or bytes as `hex:…`.
pub fn value(text: &str) -> Result<Vec<u8>, String> {
    match text.strip_prefix("hex:") {
        None => Ok(text.as_bytes().to_vec()),
        Some(digits) => unhex(digits).ok_or_else(|| "hex: is followed by pairs of hexadecimal digits".into()),
    }
}

/// `22=051`, `55=hex:9F02…`.
pub fn setting(text: &str) -> Result<(u8, Vec<u8>), String> {
    let (number, given) = text.split_once('=').ok_or("write ELEMENT=VALUE, like 22=051")?;
    let number = number.parse().ok().filter(|number| (2..=192).contains(number) && *number != 65);
    Ok((number.ok_or("elements are numbered 2 to 192")?, value(given)?))
}

/// Pairs of hexadecimal digits, whatever space stands between them.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| character.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()?;
    (digits.len().is_multiple_of(2))
        .then(|| digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02X}");
        out
    })
}

struct Folder<'a>(&'a Path);

impl Resolver for Folder<'_> {
    fn resolve(&self, reference: &str) -> Result<String, String> {
        if reference.starts_with('/') || reference.split('/').any(|part| part == "..") {
            return Err("a reference stays in the specification's own folder".into());
        }
        std::fs::read_to_string(self.0.join(reference)).map_err(|error| error.to_string())
    }
}

/// Where specifications come from.
pub struct Specs(pub Store);

impl Specs {
    /// The one in a file, one that is built in, or one of the store.
    pub fn get(&self, name: &str) -> anyhow::Result<Spec> {
        if let Some(spec) = Spec::base(name) {
            return Ok(spec);
        }
        let told = |problems| anyhow!("{name}:\n{problems}");
        let path = Path::new(name);
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(_) if name == "iso8583-v87-ascii" => REFERENCE.to_owned(),
            Err(error) => {
                // A stored one refers to other stored ones only.
                if let Ok((_, text)) = self.0.find(Kind::Spec, name) {
                    return Spec::load(&text, &self.0.specs()?).map_err(told);
                }
                return Err(error).with_context(|| format!("the specification {name} cannot be read"));
            }
        };
        let folder = Folder(path.parent().unwrap_or(Path::new("")));
        Spec::load(&text, &folder).map_err(told)
    }
}

/// Month, day, hour, minute and second in UTC, as element 7 has them.
#[derive(Debug, Default)]
pub struct TransmissionTime {
    second: i64,
    text: String,
}

impl TransmissionTime {
    pub fn at(&mut self, now: Timestamp) -> &str {
        if self.second != now.seconds() || self.text.is_empty() {
            self.second = now.seconds();
            let written = now.to_string();
            self.text.clear();
            for range in [5..7, 8..10, 11..13, 14..16, 17..19] {
                self.text.push_str(written.get(range).unwrap_or("00"));
            }
        }
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read() {
        assert_eq!(setting("22=051"), Ok((22, b"051".to_vec())));
        assert_eq!(setting("55=hex:9F 02"), Ok((55, vec![0x9F, 2])));
        assert!(setting("1=x").is_err() && setting("22").is_err() && setting("55=hex:9").is_err());
        assert_eq!(unhex("0a\nFF"), Some(vec![10, 255]));
        assert_eq!(hex(&[10, 255]), "0AFF");
        assert_eq!(rate("12.5"), Ok(12.5));
        assert!(rate("-1").is_err() && rate("NaN").is_err());
        let nowhere = std::env::temp_dir().join(format!("rig-no-store-{}", std::process::id()));
        let specs = Specs(Store::open(Some(&nowhere), &platform_kernel::Environment::default()));
        assert!(specs.get("moov:spec87ascii").is_ok());
        assert!(specs.get("iso8583-v87-ascii").is_ok());
        assert!(specs.get("no-such-file.yaml").is_err());
    }

    #[test]
    fn element_7_is_in_utc() {
        let mut time = TransmissionTime::default();
        let at = Timestamp::parse("2026-11-25T07:45:39.999Z").unwrap();
        assert_eq!(time.at(at), "1125074539");
        assert_eq!(time.at(at.plus_millis(1)), "1125074540");
    }
}
