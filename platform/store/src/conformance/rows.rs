//! The suite's tables: one of each shape.

use std::collections::BTreeMap;

use platform_kernel::{Id, Timestamp};

use crate::Table;

/// A partition of one row.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "conformance_plain")]
pub struct Plain {
    #[partition]
    pub id: i64,
    pub text: String,
    #[version]
    pub version: i32,
}

/// Two partition columns, three clustering ones.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "conformance_wide")]
pub struct Wide {
    #[partition]
    pub realm: String,
    #[partition]
    pub id: i64,
    #[cluster]
    pub number: i64,
    #[cluster]
    pub name: String,
    #[cluster]
    pub bytes: Vec<u8>,
    pub value: Option<String>,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "conformance_newest")]
pub struct Newest {
    #[partition]
    pub channel: i64,
    #[cluster(desc)]
    pub at: Timestamp,
    #[cluster(desc)]
    pub id: i64,
    pub content: String,
}

/// Lives for a minute.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "conformance_brief", ttl = 60)]
pub struct Brief {
    #[partition]
    pub owner: i64,
    #[cluster]
    pub token: String,
    pub uses: i32,
    #[version]
    pub version: i32,
}

#[derive(Debug)]
pub struct Tag;

/// Every column type.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "conformance_every")]
pub struct Every {
    #[partition]
    pub key: Vec<u8>,
    #[cluster]
    pub flag: bool,
    #[cluster]
    pub id: Id<Tag>,
    pub long: i64,
    pub int: i32,
    pub mask: u64,
    pub real: f64,
    pub text: String,
    pub bytes: Vec<u8>,
    pub hash: [u8; 32],
    pub at: Timestamp,
    pub maybe_long: Option<i64>,
    pub maybe_text: Option<String>,
    pub maybe_bytes: Option<Vec<u8>>,
    pub maybe_flag: Option<bool>,
    #[json]
    pub list: Vec<String>,
    #[json]
    pub map: BTreeMap<String, Option<f64>>,
    // "type" and "order" are words of the engines' languages
    pub r#type: i32,
    pub order: Option<i32>,
}

pub fn plain(id: i64, text: &str) -> Plain {
    Plain { id, text: text.to_owned(), version: 0 }
}

pub fn wide(number: i64, name: &str, bytes: &[u8]) -> Wide {
    let (name, bytes) = (name.to_owned(), bytes.to_vec());
    Wide { realm: "r".into(), id: 1, number, name, bytes, value: None }
}

pub fn newest(channel: i64, at: i64, id: i64) -> Newest {
    Newest { channel, at: Timestamp::from_millis(at), id, content: format!("{at}/{id}") }
}

pub fn brief(owner: i64, token: &str) -> Brief {
    Brief { owner, token: token.to_owned(), uses: 0, version: 0 }
}
