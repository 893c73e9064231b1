//! The YAML as it stands, with the place of what may be complained about. Unknown keys are errors.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value};
use serde_saphyr::{DefaultMessageFormatter, MessageFormatter, Spanned};

use crate::problem::{Problem, closest, listed};

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub meta: Option<Spanned<Meta>>,
    #[serde(default)]
    pub racks: Vec<Spanned<RackEntry>>,
    #[serde(default)]
    pub gears: Vec<Spanned<GearEntry>>,
    #[serde(default, alias = "pipes")]
    pub wires: Vec<Spanned<WireEntry>>,
    // Written at the top by mistake; told apart from other unknown keys.
    name: Option<Spanned<IgnoredAny>>,
    version: Option<Spanned<IgnoredAny>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    pub name: Option<Text>,
    pub version: Option<Text>,
    pub description: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RackEntry {
    pub name: Option<Text>,
    pub group: Option<Text>,
    #[serde(rename = "match")]
    pub matched: Option<Match>,
    pub defaults: Option<Map<String, Value>>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    #[serde(default)]
    pub config: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GearEntry {
    pub name: Option<Text>,
    #[serde(rename = "type")]
    pub gear_type: Option<Text>,
    pub deploy: Option<Spanned<Deploy>>,
    #[serde(default)]
    pub config: Map<String, Value>,
    pub ports: Option<PortsEntry>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    pub doc: Option<String>,
    /// Given by a mixer; nobody here asks for it.
    #[serde(rename = "id")]
    _id: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Deploy {
    To(String),
    Rack { rack: String },
    Group { group: String },
}

impl Deploy {
    pub fn name(&self) -> &str {
        let (Self::To(name) | Self::Rack { rack: name } | Self::Group { group: name }) = self;
        name
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortsEntry {
    #[serde(default)]
    pub inputs: Vec<String>,
    #[serde(default)]
    pub outputs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireEntry {
    pub from: Option<Text>,
    pub to: Option<Text>,
    pub lane: Option<Text>,
    /// Given by a mixer; nobody here asks for it.
    #[serde(rename = "id")]
    _id: Option<IgnoredAny>,
}

/// Reads the text. A misspelt key names the place and, if it can be guessed, the key that was meant.
pub fn read(text: &str) -> Result<Document, Problem> {
    let document: Document = serde_saphyr::from_str(text).map_err(|error| malformed(&error))?;
    if let Some(stray) = document
        .name
        .as_ref()
        .map(|key| key.referenced)
        .or(document.version.as_ref().map(|key| key.referenced))
    {
        return Err(Problem::at(stray, "name and version belong under `meta:`, indented"));
    }
    Ok(document)
}

fn malformed(error: &serde_saphyr::Error) -> Problem {
    let error = error.without_snippet();
    let place = error.location();
    let (line, column) = place.map_or((0, 0), |place| (place.line(), place.column()));
    let plain = Problem { message: String::new(), line, column, suggestion: None };
    match error {
        serde_saphyr::Error::SerdeUnknownField { field, expected, .. } => Problem {
            message: format!(
                "there is no key `{field}` here; there are {}",
                listed(expected.iter().copied())
            ),
            suggestion: closest(field, expected.iter().copied()).map(Into::into),
            ..plain
        },
        other => Problem {
            message: DefaultMessageFormatter.format_message(other).escape_debug().to_string(),
            ..plain
        },
    }
}
