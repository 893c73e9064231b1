//! Between messages and the envelope they travel in: elements at `iso8583.field.<n>` and under
//! their aliases, parts at `iso8583.sub.<de>.<part>` and under theirs, the type in the metadata.

use rig_envelope::{Map, Message, PathError, Value};

use crate::{
    error::CodecError,
    message::Iso8583Message,
    path::{Key, Path, tag_key},
    spec::Spec,
};

#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    #[error(transparent)]
    Codec(#[from] CodecError),
    #[error("the metadata names no message type (iso8583.mti)")]
    NoType,
    #[error("{0} cannot be laid down in the data: {1}")]
    Data(String, PathError),
    #[error("{0} holds a list, a map or nothing where a value is due")]
    NotAValue(String),
}

/// Unknown tags that were kept, by `<de>.<tag>`.
const UNKNOWN: &str = "iso8583.unknown_tags";

impl Spec {
    /// Reads `envelope.raw` into its data and metadata; `raw` stays as it is.
    pub fn decode_into(&self, envelope: &mut Message) -> Result<Iso8583Message, MappingError> {
        let message = self.decode(&envelope.raw)?;
        self.lay_down(&message, envelope)?;
        Ok(message)
    }

    /// Writes a message into the data and metadata of an envelope.
    pub fn lay_down(&self, message: &Iso8583Message, envelope: &mut Message) -> Result<(), MappingError> {
        let mti = message.mti();
        envelope.meta.insert("iso8583.mti", mti);
        envelope.meta.insert("iso8583.mti_class", mti.get(..2).unwrap_or_default());
        let mut fields = Map::default();
        let mut parts = Map::default();
        let mut unknown = Map::default();
        let mut rest = message.iter().peekable();
        while let Some((path, value, _)) = rest.next() {
            let number = path.element.to_string();
            if path.is_element() {
                fields.insert(number.clone(), Value::from_wire(value));
            }
            let mut inside = Map::default();
            while let Some((path, value, kept)) = rest.next_if(|next| next.0.element == path.element) {
                if kept {
                    unknown.insert(path.to_string(), Value::Bytes(value.to_vec().into()));
                }
                let keys: Vec<_> =
                    path.keys[..path.depth()].iter().map(|key| Key(*key).to_string()).collect();
                let place = keys.join(".");
                // A constructed part and what is in it cannot both stand there; the inner ones do.
                if inside.get(&place).is_some() {
                    continue;
                }
                for depth in 1..keys.len() {
                    let above = keys[..depth].join(".");
                    if inside.get(&above).is_some_and(|value| value.as_map().is_none()) {
                        inside.remove(&above);
                    }
                }
                inside
                    .set(&place, Value::from_wire(value))
                    .map_err(|error| MappingError::Data(format!("DE {path}"), error))?;
            }
            if !inside.is_empty() {
                parts.insert(number, Value::Map(inside));
            }
        }
        let data = &mut envelope.data;
        let mut put = |path: &str, value: Value| {
            data.set(path, value).map_err(|error| MappingError::Data(path.to_owned(), error))
        };
        put("iso8583.field", Value::Map(fields))?;
        if !parts.is_empty() {
            put("iso8583.sub", Value::Map(parts))?;
        }
        for (alias, path) in self.aliases() {
            if let Some(value) = message.value(path) {
                put(alias, Value::from_wire(value))?;
            }
        }
        if !unknown.is_empty() {
            envelope.data.insert(UNKNOWN, Value::Map(unknown));
        }
        self.stamp(envelope);
        Ok(())
    }

    /// Which specification read or wrote the message.
    pub fn stamp(&self, envelope: &mut Message) {
        let meta = &mut envelope.meta;
        meta.insert("codec.protocol", "iso8583");
        meta.insert("codec.spec_id", self.id.as_str());
        meta.insert("codec.spec_version", self.version.as_str());
        meta.insert("codec.spec_hash", self.short_hash());
    }

    /// Builds the message that the data and metadata of an envelope say. An alias beats the numbered
    /// element; elements that the specification does not know are left out.
    pub fn pick_up(&self, envelope: &Message) -> Result<Iso8583Message, MappingError> {
        let mti = envelope.meta.get("iso8583.mti").ok_or(MappingError::NoType)?;
        let mut message = Iso8583Message::of(mti);
        let data = &envelope.data;
        let aliased: Vec<(&str, Path)> = self.aliases().filter(|alias| alias.1.element > 1).collect();
        for (alias, path) in aliased.iter().filter(|alias| alias.1.is_element()) {
            if let Some(value) = data.get(alias).filter(|value| !value.is_null()) {
                self.wire().set(&mut message, path.element, &bytes(value, alias)?)?;
            }
        }
        let fields = data.get("iso8583.field").and_then(Value::as_map);
        for (key, value) in fields.iter().flat_map(|fields| fields.iter()) {
            let number = key.parse::<u8>().ok().filter(|number| *number > 1 && *number != 65);
            let Some(number) = number.filter(|number| self.wire().element(*number).is_some()) else {
                continue;
            };
            if !value.is_null() && !message.has(Path::element(number)) {
                self.wire().set(&mut message, number, &bytes(value, key)?)?;
            }
        }
        if let Some(parts) = data.get("iso8583.sub").and_then(Value::as_map) {
            for (key, inside) in parts.iter() {
                let number = key.parse::<u8>().ok().filter(|number| self.wire().element(*number).is_some());
                if let (Some(number), Some(inside)) = (number, inside.as_map()) {
                    self.pick_parts(Path::element(number), inside, &mut message)?;
                }
            }
        }
        if let Some(unknown) = data.entry(UNKNOWN).and_then(Value::as_map) {
            for (key, value) in unknown.iter() {
                if let Some(path) = Path::parse(key).map(Path::with_tags)
                    && self.wire().element(path.element).is_some()
                    && !path.is_element()
                {
                    self.part(path, &bytes(value, key)?, &mut message)?;
                }
            }
        }
        for (alias, path) in aliased.iter().filter(|alias| !alias.1.is_element()) {
            if let Some(value) = data.get(alias).filter(|value| !value.is_null()) {
                self.part(*path, &bytes(value, alias)?, &mut message)?;
            }
        }
        Ok(message)
    }

    fn pick_parts(
        &self,
        within: Path,
        inside: &Map,
        message: &mut Iso8583Message,
    ) -> Result<(), MappingError> {
        let tagged = match within.is_element() {
            true => self.wire().element(within.element),
            false => self.wire().at(within),
        }
        .and_then(|element| element.composite.as_deref())
        .is_some_and(crate::Composite::is_tlv);
        for (key, value) in inside.iter() {
            let number = if tagged { tag_key(key) } else { key.parse().ok().filter(|key| *key > 0) };
            let Some(path) = number.and_then(|key| within.child(key)) else { continue };
            match value.as_map() {
                Some(deeper) => self.pick_parts(path, deeper, message)?,
                None => self.part(path, &bytes(value, key)?, message)?,
            }
        }
        Ok(())
    }

    /// Sets a part unless it has that value: an untouched whole stays as it came.
    fn part(&self, path: Path, value: &[u8], message: &mut Iso8583Message) -> Result<(), MappingError> {
        if message.value(path) != Some(value) {
            self.wire().set_part(message, path, value)?;
        }
        Ok(())
    }

    /// Writes the message that data and metadata say into `envelope.raw`.
    pub fn encode_from(&self, envelope: &mut Message) -> Result<Iso8583Message, MappingError> {
        let message = self.pick_up(envelope)?;
        envelope.raw = self.encode(&message)?.into();
        self.stamp(envelope);
        Ok(message)
    }
}

fn bytes(value: &Value, place: &str) -> Result<Vec<u8>, MappingError> {
    if let Some(bytes) = value.as_bytes() {
        return Ok(bytes.to_vec());
    }
    value
        .to_text()
        .map(|text| text.as_bytes().to_vec())
        .ok_or_else(|| MappingError::NotAValue(place.to_owned()))
}
