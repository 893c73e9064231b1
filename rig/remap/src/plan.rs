//! Which parts of a message a program reads, so that nothing else is converted.
//!
//! Names in metadata hold dots (`iso8583.mti`): there `%iso8583.mti` and `%"iso8583.mti"` are the
//! same. A few names stand for the message itself (see [`Own`]).

use rig_envelope::{Map, Message, Value};
use vrl::{
    compiler::ProgramInfo,
    path::{OwnedSegment, OwnedTargetPath, OwnedValuePath, PathPrefix},
    value::{KeyString, ObjectMap, Value as Vrl},
};

use crate::convert::{object, to_vrl};

/// What `%` names beside the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    FluxId,
    RefFluxId,
    TraceId,
    Ts,
    Input,
    Output,
    Raw,
}

impl Own {
    pub const ALL: [(&'static str, Self); 7] = [
        ("flux_id", Self::FluxId),
        ("ref_flux_id", Self::RefFluxId),
        ("trace_id", Self::TraceId),
        ("ts", Self::Ts),
        ("input", Self::Input),
        ("output", Self::Output),
        ("raw", Self::Raw),
    ];
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(own, _)| *own == name).map(|(_, own)| own)
    }
    pub fn is_read_only(self) -> bool {
        !matches!(self, Self::Output | Self::Raw)
    }
    fn value(self, message: &Message, input: &str) -> Option<Vrl> {
        let id = |id: &rig_envelope::Uuid| (!id.is_nil()).then(|| Vrl::from(id.to_string()));
        match self {
            Self::FluxId => id(&message.id),
            Self::RefFluxId => id(&message.ref_id),
            Self::TraceId => (!message.trace.is_empty()).then(|| Vrl::from(message.trace.as_str())),
            Self::Ts => Some(Vrl::Integer(message.ts)),
            Self::Input => Some(Vrl::from(input)),
            Self::Output => None,
            Self::Raw => Some(Vrl::from_utf8_or_bytes(message.raw.clone())),
        }
    }
}

type Path = Vec<KeyString>;

#[derive(Debug, PartialEq)]
enum Wanted {
    All,
    /// None of them begins with another.
    Paths(Vec<Path>),
}

/// What a program reads.
#[derive(Debug)]
pub struct Plan {
    data: Wanted,
    meta: Wanted,
}

impl Plan {
    pub fn new(info: &ProgramInfo) -> Self {
        let of = |prefix: PathPrefix| {
            // What is only written need not be there, except where a place in a list is.
            let written =
                info.target_assignments.iter().filter(|target| target.path.segments.iter().any(is_index));
            let paths: Vec<_> = info
                .target_queries
                .iter()
                .chain(written)
                .filter(|target| target.prefix == prefix)
                .map(|target| match prefix {
                    PathPrefix::Event => fields(&target.path),
                    PathPrefix::Metadata => fields(&split_names(&target.path)),
                })
                .collect();
            Wanted::new(paths)
        };
        Self { data: of(PathPrefix::Event), meta: of(PathPrefix::Metadata) }
    }
    /// Everything, whatever the program reads.
    #[cfg(test)]
    pub fn all() -> Self {
        Self { data: Wanted::All, meta: Wanted::All }
    }
    pub fn data(&self, message: &Message) -> Vrl {
        Vrl::Object(match &self.data {
            Wanted::All => object(&message.data),
            Wanted::Paths(paths) => {
                let mut fields = ObjectMap::new();
                for path in paths {
                    if let Some(value) = entry(&message.data, path) {
                        place(&mut fields, path.iter().cloned(), to_vrl(value));
                    }
                }
                fields
            }
        })
    }
    pub fn meta(&self, message: &Message, input: &str) -> Vrl {
        let mut fields = ObjectMap::new();
        match &self.meta {
            Wanted::All => {
                for (key, value) in message.meta.iter() {
                    place(&mut fields, parts(key), Vrl::from(value.as_str()));
                }
                for (name, own) in Own::ALL {
                    if let Some(value) = own.value(message, input) {
                        fields.insert(name.into(), value);
                    }
                }
            }
            Wanted::Paths(paths) => {
                for path in paths {
                    wanted_meta(&mut fields, path, message, input);
                }
            }
        }
        Vrl::Object(fields)
    }
}

fn parts(name: &str) -> impl Iterator<Item = KeyString> {
    name.split('.').map(KeyString::from)
}

fn wanted_meta(fields: &mut ObjectMap, path: &[KeyString], message: &Message, input: &str) {
    if let [name] = path
        && let Some(own) = Own::of(name)
    {
        if let Some(value) = own.value(message, input) {
            fields.insert(name.clone(), value);
        }
        return;
    }
    let name = path.join(".");
    if let Some(value) = message.meta.get(&name) {
        place(fields, path.iter().cloned(), Vrl::from(value));
        return;
    }
    for (key, value) in message.meta.iter() {
        if key.strip_prefix(&*name).is_some_and(|rest| rest.starts_with('.')) {
            place(fields, parts(key), Vrl::from(value.as_str()));
        }
    }
}

impl Wanted {
    fn new(mut paths: Vec<Path>) -> Self {
        if paths.iter().any(Vec::is_empty) {
            return Self::All;
        }
        paths.sort();
        // Sorted, what begins with a path stands right behind it.
        paths.dedup_by(|later, kept| later.starts_with(kept));
        Self::Paths(paths)
    }
}

fn is_index(segment: &OwnedSegment) -> bool {
    matches!(segment, OwnedSegment::Index(_))
}

/// The fields of a path, up to the first place in a list.
pub fn fields(path: &OwnedValuePath) -> Path {
    path.segments
        .iter()
        .map_while(|segment| match segment {
            OwnedSegment::Field(field) => Some(field.clone()),
            OwnedSegment::Index(_) => None,
        })
        .collect()
}

/// A path into metadata with names taken apart at their dots.
pub fn split_names(path: &OwnedValuePath) -> OwnedValuePath {
    let mut split = Vec::with_capacity(path.segments.len() + 1);
    for segment in &path.segments {
        match segment {
            OwnedSegment::Field(field) => {
                split.extend(field.split('.').map(|part| OwnedSegment::Field(part.into())));
            }
            index => split.push(index.clone()),
        }
    }
    split.into()
}

/// Whether a path into metadata has to be taken apart first.
pub fn has_dots(target: &OwnedTargetPath) -> bool {
    target.prefix == PathPrefix::Metadata
        && target
            .path
            .segments
            .iter()
            .any(|segment| matches!(segment, OwnedSegment::Field(field) if field.contains('.')))
}

fn entry<'a>(data: &'a Map, path: &[KeyString]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(data.entry(first)?, |value, field| value.as_map()?.entry(field))
}

/// Puts a value in, making the objects on the way. Where something else is in the way, nothing
/// happens.
fn place(fields: &mut ObjectMap, path: impl Iterator<Item = KeyString>, value: Vrl) {
    let mut path = path.peekable();
    let mut at = fields;
    while let Some(field) = path.next() {
        if path.peek().is_none() {
            at.entry(field).or_insert(value);
            return;
        }
        match at.entry(field).or_insert_with(|| Vrl::Object(ObjectMap::new())) {
            Vrl::Object(inner) => at = inner,
            _ => return,
        }
    }
}
