//! From what a program left behind to the message: only where it wrote, and only what is different.
//!
//! Content that did not change leaves data and raw exactly as they came; metadata is not content.

use rig_envelope::{Bytes, Map, Message, Text, Value, to_json};
use rig_gears::GearError;
use vrl::{
    path::PathPrefix,
    value::{KeyString, Value as Vrl},
};

use crate::{
    config::RawMode,
    convert::{from_vrl, map, same, same_map, to_raw, to_text},
    plan::{Own, fields},
    program::Outputs,
    target::Event,
};

/// What is to become of one name in the metadata, and of the names below it.
struct MetaEdit {
    name: String,
    texts: Vec<(String, Text)>,
}

/// Changes the message as the program said. On an error nothing is changed.
pub fn write_back(event: &Event, message: &mut Message, mode: RawMode) -> Result<Outputs, GearError> {
    let mut outputs = Outputs::Default;
    let mut raw = None;
    let mut edits = Vec::new();
    for change in event.changes.iter().filter(|change| change.target.prefix == PathPrefix::Metadata) {
        let path = fields(&change.target.path);
        let value = value_at(&event.meta, &path);
        match path.first().and_then(|first| Own::of(first)) {
            Some(Own::Output) => outputs = chosen(value)?,
            Some(Own::Raw) => raw = Some(value.map(to_raw).unwrap_or_default()),
            Some(_) => {}
            None => edits.push(edit(&path, value)?),
        }
    }
    for edit in edits {
        apply(edit, message);
    }
    let content = content(event, message);
    if let Some(raw) = raw {
        message.raw = raw.into();
    } else if let Content::Changed { bytes } = content {
        write_raw(message, bytes, mode);
    }
    Ok(outputs)
}

enum Content {
    Same,
    /// `bytes`: of content that is no object.
    Changed {
        bytes: Option<Bytes>,
    },
}

fn content(event: &Event, message: &mut Message) -> Content {
    let written = || event.changes.iter().filter(|change| change.target.prefix == PathPrefix::Event);
    if written().any(|change| change.target.path.is_root()) {
        let Vrl::Object(object) = &event.data else {
            message.data = Map::new();
            return Content::Changed { bytes: Some(to_raw(&event.data).into()) };
        };
        if same_map(&message.data, object) {
            return Content::Same;
        }
        message.data = map(object);
        return Content::Changed { bytes: None };
    }
    let mut changed = false;
    for change in written() {
        let path = fields(&change.target.path);
        changed |= match value_at(&event.data, &path) {
            Some(value) => put(&mut message.data, &path, value),
            None => take(&mut message.data, &path, change.compact),
        };
    }
    if changed { Content::Changed { bytes: None } } else { Content::Same }
}

fn write_raw(message: &mut Message, bytes: Option<Bytes>, mode: RawMode) {
    let decoded = message.meta.contains("codec.protocol") || message.meta.contains("iso8583.mti");
    let mode = match mode {
        RawMode::Auto if bytes.is_none() && decoded => RawMode::Empty,
        RawMode::Auto => RawMode::Json,
        other => other,
    };
    match (mode, bytes) {
        (RawMode::Keep, _) => {}
        (RawMode::Empty, _) => message.raw = Bytes::new(),
        (_, Some(bytes)) => message.raw = bytes,
        (_, None) => {
            let json = to_json(&Value::Map(message.data.clone()));
            message.raw = json.to_string().into();
        }
    }
}

fn value_at<'a>(root: &'a Vrl, path: &[KeyString]) -> Option<&'a Vrl> {
    path.iter().try_fold(root, |value, field| value.as_object()?.get(field))
}

/// Puts a value in; whatever is in the way that is no map is replaced by one. True if that changed
/// anything.
fn put(data: &mut Map, path: &[KeyString], value: &Vrl) -> bool {
    let Some((field, rest)) = path.split_first() else { return false };
    if rest.is_empty() {
        if data.entry(field).is_some_and(|there| same(there, value)) {
            return false;
        }
        data.insert(field.as_str(), from_vrl(value));
        return true;
    }
    match data.entry(field) {
        Some(Value::Map(inner)) if holds(inner, rest, value) => return false,
        Some(Value::Map(_)) => {}
        _ => {
            data.insert(field.as_str(), Map::new());
        }
    }
    match data.entry_mut(field) {
        Some(Value::Map(inner)) => put(inner, rest, value),
        _ => false,
    }
}

fn holds(data: &Map, path: &[KeyString], value: &Vrl) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    let there = data
        .entry(first)
        .and_then(|first| rest.iter().try_fold(first, |value, field| value.as_map()?.entry(field)));
    there.is_some_and(|there| same(there, value))
}

/// Takes what stands at a path out. True if there was something.
fn take(data: &mut Map, path: &[KeyString], compact: bool) -> bool {
    let Some((field, rest)) = path.split_first() else { return false };
    if rest.is_empty() {
        return data.take(field).is_some();
    }
    // Looked at first: `entry_mut` copies a shared map.
    let there = data.entry(field).and_then(Value::as_map).is_some_and(|inner| has(inner, rest));
    let Some(Value::Map(inner)) = data.entry_mut(field).filter(|_| there) else { return false };
    take(inner, rest, compact);
    if compact && inner.is_empty() {
        data.take(field);
    }
    true
}

fn has(data: &Map, path: &[KeyString]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    data.entry(first)
        .and_then(|first| rest.iter().try_fold(first, |value, field| value.as_map()?.entry(field)))
        .is_some()
}

fn edit(path: &[KeyString], value: Option<&Vrl>) -> Result<MetaEdit, GearError> {
    let name = path.join(".");
    let mut texts = Vec::new();
    match value {
        None | Some(Vrl::Null) => {}
        Some(value) => flatten(&name, value, &mut texts)?,
    }
    Ok(MetaEdit { name, texts })
}

fn flatten(name: &str, value: &Vrl, texts: &mut Vec<(String, Text)>) -> Result<(), GearError> {
    match value {
        Vrl::Object(fields) => {
            fields.iter().try_for_each(|(field, value)| flatten(&format!("{name}.{field}"), value, texts))
        }
        Vrl::Null => Ok(()),
        other => match to_text(other) {
            Some(text) => {
                texts.push((name.to_owned(), text));
                Ok(())
            }
            None => Err(GearError::new(
                "remap_failed",
                format!("metadata holds texts, and %{name} was given a list"),
            )),
        },
    }
}

fn apply(edit: MetaEdit, message: &mut Message) {
    let MetaEdit { name, texts } = edit;
    let stale = |key: &str| {
        (key == name || key.strip_prefix(&*name).is_some_and(|rest| rest.starts_with('.')))
            && !texts.iter().any(|(kept, _)| kept == key)
    };
    message.meta.retain(|key, _| !stale(key));
    for (key, text) in texts {
        if message.meta.get(&key) != Some(text.as_str()) {
            message.meta.insert(key, text);
        }
    }
}

/// The ports named by `%output`.
fn chosen(value: Option<&Vrl>) -> Result<Outputs, GearError> {
    let bad = || GearError::new("remap_failed", "%output is the name of a port, or a list of names");
    let name = |value: &Vrl| value.to_str().map(Text::from).ok_or_else(bad);
    match value {
        None | Some(Vrl::Null) => Ok(Outputs::Default),
        Some(Vrl::Array(items)) => Ok(Outputs::Named(items.iter().map(name).collect::<Result<_, _>>()?)),
        Some(value) => Ok(Outputs::Named(vec![name(value)?])),
    }
}
