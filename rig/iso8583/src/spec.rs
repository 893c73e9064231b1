//! A whole specification: the wire, the meaning above it, and who it is.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::{
    error::CodecError,
    message::Iso8583Message,
    path::Path,
    problem::Problems,
    semantics::{CatalogEntry, Check, FieldMeaning, Reference, Transition, ValueSet},
    simulation::Simulation,
    wire::Wire,
};

/// Finds what a document refers to: another file beside it, or an entry of a store.
pub trait Resolver {
    /// The text behind a reference, or why there is none.
    fn resolve(&self, reference: &str) -> Result<String, String>;
}

/// Refers to nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoReferences;

impl Resolver for NoReferences {
    fn resolve(&self, reference: &str) -> Result<String, String> {
        Err(format!("`{reference}` cannot be looked up from here"))
    }
}

/// A specification that was checked as a whole.
#[derive(Clone, Debug)]
pub struct Spec {
    pub id: String,
    pub version: String,
    pub title: String,
    pub overview: String,
    pub(crate) hash: String,
    pub(crate) wire: Wire,
    pub(crate) meanings: BTreeMap<u8, FieldMeaning>,
    pub(crate) catalog: BTreeMap<String, CatalogEntry>,
    pub(crate) checks: Vec<Check>,
    pub(crate) correlate_on: Vec<String>,
    pub(crate) references: Vec<Reference>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) unlisted_forbidden: bool,
    pub(crate) simulation: Option<Simulation>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) histograms: Vec<MeasuredField>,
}

/// What messages may be counted by: an element or part with few values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// As the document names it.
    pub name: String,
    pub path: Path,
}

/// An element whose values are measured, by the values of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredField {
    pub field: Path,
    pub by: Option<Path>,
    pub unit: String,
}

impl Spec {
    /// Reads and checks a document; every problem in it is told.
    pub fn load(document: &str, resolver: &dyn Resolver) -> Result<Self, Problems> {
        let mut spec = crate::load::load(document, resolver)?;
        spec.hash = hash(document);
        Ok(spec)
    }
    /// A built-in wire table without any meaning.
    pub fn base(name: &str) -> Option<Self> {
        Some(Self {
            id: name.replace(':', "-"),
            version: "1.0.0".into(),
            title: name.to_owned(),
            overview: String::new(),
            hash: hash(name),
            wire: crate::base::base(name)?,
            meanings: BTreeMap::new(),
            catalog: BTreeMap::new(),
            checks: Vec::new(),
            correlate_on: Vec::new(),
            references: Vec::new(),
            transitions: Vec::new(),
            unlisted_forbidden: false,
            simulation: None,
            dimensions: Vec::new(),
            histograms: Vec::new(),
        })
    }
    pub fn decode(&self, input: &[u8]) -> Result<Iso8583Message, CodecError> {
        self.wire.decode(input)
    }
    pub fn encode(&self, message: &Iso8583Message) -> Result<Vec<u8>, CodecError> {
        self.wire.encode(message)
    }
    pub const fn wire(&self) -> &Wire {
        &self.wire
    }
    /// SHA-256 of the document, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }
    /// The first twelve characters of the hash, as messages carry it.
    pub fn short_hash(&self) -> &str {
        &self.hash[..12]
    }
    pub fn meaning(&self, element: u8) -> Option<&FieldMeaning> {
        self.meanings.get(&element)
    }
    pub fn meanings(&self) -> impl Iterator<Item = (u8, &FieldMeaning)> {
        self.meanings.iter().map(|(number, meaning)| (*number, meaning))
    }
    pub fn catalog(&self) -> &BTreeMap<String, CatalogEntry> {
        &self.catalog
    }
    /// Whether the catalog has this type.
    pub fn knows(&self, mti: &str) -> bool {
        self.catalog.contains_key(mti)
    }
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }
    pub fn correlate_on(&self) -> &[String] {
        &self.correlate_on
    }
    pub fn references(&self) -> &[Reference] {
        &self.references
    }
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }
    pub const fn unlisted_forbidden(&self) -> bool {
        self.unlisted_forbidden
    }
    /// `x-fluxrig-observability`: what messages may be counted by.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }
    /// What of them may be measured.
    pub fn histograms(&self) -> &[MeasuredField] {
        &self.histograms
    }
    /// The value set of an element or part, whatever the type of the message.
    pub fn values_of(&self, path: Path) -> Option<&ValueSet> {
        let meaning = self.meaning(path.element)?;
        match path.is_element() {
            true => meaning.values.as_ref(),
            false => meaning.parts.iter().find(|part| part.path == path)?.values.as_ref(),
        }
    }
    /// Every alias with the element or part it names.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, Path)> {
        self.meanings.iter().flat_map(|(number, meaning)| {
            let own = meaning.alias.as_deref().map(|alias| (alias, Path::element(*number)));
            own.into_iter()
                .chain(meaning.parts.iter().filter_map(|part| Some((part.alias.as_deref()?, part.path))))
        })
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn hash(document: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(document.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The type of the response to a request: its third digit plus one.
pub fn response_mti(request: &str) -> Option<String> {
    let bytes = request.as_bytes();
    if bytes.len() != 4 || !bytes.iter().all(u8::is_ascii_digit) || bytes[2] == b'9' {
        return None;
    }
    let mut response = request.to_owned();
    response.replace_range(2..3, &char::from(bytes[2] + 1).to_string());
    Some(response)
}

/// The reference dialect: ISO 8583:1987 in ASCII, with its meaning.
pub const REFERENCE: &str = include_str!("../specs/iso8583-v87-ascii.yaml");
