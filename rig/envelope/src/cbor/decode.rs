//! Reading, with every length doubted.

use bytes::Bytes;

use super::{MAX_DEPTH, MAX_ENCODED, MAX_NODES};
use crate::{Entries, Flags, Hop, Map, Message, Meta, Text, Uuid, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("the message ends early")]
    Truncated,
    #[error("{0} bytes follow the message")]
    Trailing(usize),
    #[error("a text is not UTF-8")]
    NotUtf8,
    #[error("{0} is of another type than it should be")]
    Type(&'static str),
    #[error("a number does not fit 64 bits, or a flag 32")]
    Range,
    #[error("not well-formed CBOR")]
    Malformed,
    #[error("nested too deep")]
    TooDeep,
    #[error("too many values, or too many bytes")]
    TooLarge,
    #[error("the message has no id")]
    NoId,
}

type Result<T> = std::result::Result<T, DecodeError>;

/// What an item begins with.
enum Head {
    Unsigned(u64),
    Negative(u64),
    Bytes(Option<u64>),
    Text(Option<u64>),
    Array(Option<u64>),
    Map(Option<u64>),
    Bool(bool),
    Null,
    Float(f64),
    Break,
}

struct Reader<'a> {
    input: &'a Bytes,
    at: usize,
    /// Values that may still be made.
    nodes: usize,
}

impl Message {
    /// Reads a message. `raw` and byte values share the input's memory.
    pub fn decode(input: &Bytes) -> Result<Self> {
        if input.len() > MAX_ENCODED {
            return Err(DecodeError::TooLarge);
        }
        let mut reader = Reader { input, at: 0, nodes: MAX_NODES };
        let message = reader.message()?;
        match input.len() - reader.at {
            0 => Ok(message),
            left => Err(DecodeError::Trailing(left)),
        }
    }
}

impl Reader<'_> {
    fn message(&mut self) -> Result<Message> {
        let mut message = Message::default();
        let mut has_id = false;
        let Head::Map(count) = self.head()? else { return Err(DecodeError::Type("the message")) };
        let mut left = count;
        while self.more(&mut left)? {
            let key = self.key()?;
            match &*key {
                "id" => {
                    message.id = self.uuid("id")?;
                    has_id = true;
                }
                "ref_id" => message.ref_id = self.uuid("ref_id")?,
                "src_id" => message.src_id = self.uuid("src_id")?,
                "trace" => message.trace = self.opt_text("trace")?,
                "meta" => message.meta = self.meta()?,
                "data" => message.data = self.data()?,
                "flags" => {
                    let flags = self.number("flags")?;
                    message.flags = Flags(u32::try_from(flags).map_err(|_| DecodeError::Range)?);
                }
                "raw" => message.raw = self.opt_bytes("raw")?,
                "path" => message.path = self.path()?,
                "ts" => message.ts = self.number("ts")?,
                _ => self.value(1).map(drop)?,
            }
        }
        if has_id { Ok(message) } else { Err(DecodeError::NoId) }
    }

    fn take(&mut self, length: u64) -> Result<Bytes> {
        let left = self.input.len() - self.at;
        let length = usize::try_from(length).ok().filter(|&length| length <= left);
        let length = length.ok_or(DecodeError::Truncated)?;
        let taken = self.input.slice(self.at..self.at + length);
        self.at += length;
        Ok(taken)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N]> {
        let bytes = self.input[self.at..].first_chunk::<N>().ok_or(DecodeError::Truncated)?;
        self.at += N;
        Ok(*bytes)
    }

    /// The head of the next item; tags before it say nothing here.
    fn head(&mut self) -> Result<Head> {
        loop {
            let [first] = self.fixed()?;
            let (major, info) = (first >> 5, first & 31);
            if major == 7 {
                return self.simple(info);
            }
            let number = match info {
                0..24 => Some(u64::from(info)),
                24 => Some(u8::from_be_bytes(self.fixed()?).into()),
                25 => Some(u16::from_be_bytes(self.fixed()?).into()),
                26 => Some(u32::from_be_bytes(self.fixed()?).into()),
                27 => Some(u64::from_be_bytes(self.fixed()?)),
                31 if (2..=5).contains(&major) => None,
                _ => return Err(DecodeError::Malformed),
            };
            return Ok(match (major, number) {
                (0, Some(number)) => Head::Unsigned(number),
                (1, Some(number)) => Head::Negative(number),
                (2, length) => Head::Bytes(length),
                (3, length) => Head::Text(length),
                (4, count) => Head::Array(count),
                (5, count) => Head::Map(count),
                // A tag: its item follows. Tags in a row are a loop, not a depth.
                _ => continue,
            });
        }
    }

    fn simple(&mut self, info: u8) -> Result<Head> {
        Ok(match info {
            20 => Head::Bool(false),
            21 => Head::Bool(true),
            22 | 23 => Head::Null,
            25 => Head::Float(half(u16::from_be_bytes(self.fixed()?))),
            26 => Head::Float(f32::from_be_bytes(self.fixed()?).into()),
            27 => Head::Float(f64::from_be_bytes(self.fixed()?)),
            31 => Head::Break,
            _ => return Err(DecodeError::Malformed),
        })
    }

    /// Whether the array or map goes on; takes the break that ends one without a count.
    fn more(&mut self, left: &mut Option<u64>) -> Result<bool> {
        match left {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None => match self.input.get(self.at) {
                Some(0xFF) => {
                    self.at += 1;
                    Ok(false)
                }
                Some(_) => Ok(true),
                None => Err(DecodeError::Truncated),
            },
        }
    }

    /// A byte or text string whose head was read; parts of an indefinite one are joined.
    fn string(&mut self, length: Option<u64>, is_text: bool) -> Result<Bytes> {
        let Some(length) = length else {
            let mut whole = Vec::new();
            loop {
                match (self.head()?, is_text) {
                    (Head::Break, _) => return Ok(whole.into()),
                    (Head::Bytes(Some(length)), false) | (Head::Text(Some(length)), true) => {
                        whole.extend_from_slice(&self.take(length)?);
                    }
                    _ => return Err(DecodeError::Malformed),
                }
            }
        };
        self.take(length)
    }

    fn text(&mut self, length: Option<u64>) -> Result<Text> {
        let bytes = self.string(length, true)?;
        std::str::from_utf8(&bytes).map(Text::from).map_err(|_| DecodeError::NotUtf8)
    }

    fn key(&mut self) -> Result<Text> {
        match self.head()? {
            Head::Text(length) => self.text(length),
            _ => Err(DecodeError::Type("a key")),
        }
    }

    fn opt_text(&mut self, what: &'static str) -> Result<Text> {
        match self.head()? {
            Head::Text(length) => self.text(length),
            Head::Null => Ok(Text::default()),
            _ => Err(DecodeError::Type(what)),
        }
    }

    fn opt_bytes(&mut self, what: &'static str) -> Result<Bytes> {
        match self.head()? {
            Head::Bytes(length) => self.string(length, false),
            Head::Null => Ok(Bytes::new()),
            _ => Err(DecodeError::Type(what)),
        }
    }

    fn uuid(&mut self, what: &'static str) -> Result<Uuid> {
        let bytes = self.opt_bytes(what)?;
        match bytes.len() {
            0 => Ok(Uuid::nil()),
            16 => Uuid::from_slice(&bytes).map_err(|_| DecodeError::Type(what)),
            _ => Err(DecodeError::Type(what)),
        }
    }

    fn number(&mut self, what: &'static str) -> Result<i64> {
        match self.head()? {
            Head::Unsigned(number) => i64::try_from(number).map_err(|_| DecodeError::Range),
            Head::Negative(number) => {
                i64::try_from(number).map(|number| !number).map_err(|_| DecodeError::Range)
            }
            Head::Null => Ok(0),
            _ => Err(DecodeError::Type(what)),
        }
    }

    fn node(&mut self) -> Result<()> {
        self.nodes = self.nodes.checked_sub(1).ok_or(DecodeError::TooLarge)?;
        Ok(())
    }

    fn meta(&mut self) -> Result<Meta> {
        let mut left = match self.head()? {
            Head::Map(count) => count,
            Head::Null => return Ok(Meta::new()),
            _ => return Err(DecodeError::Type("meta")),
        };
        let mut entries = Vec::new();
        while self.more(&mut left)? {
            self.node()?;
            let key = self.key()?;
            entries.push((key, self.opt_text("a value of meta")?));
        }
        Ok(Entries::from_vec(entries))
    }

    fn data(&mut self) -> Result<Map> {
        match self.head()? {
            Head::Map(count) => self.map(count, 1),
            Head::Null => Ok(Map::new()),
            _ => Err(DecodeError::Type("data")),
        }
    }

    fn path(&mut self) -> Result<Vec<Hop>> {
        let mut left = match self.head()? {
            Head::Array(count) => count,
            Head::Null => return Ok(Vec::new()),
            _ => return Err(DecodeError::Type("path")),
        };
        let mut path = Vec::new();
        while self.more(&mut left)? {
            self.node()?;
            let mut hop = Hop::default();
            let Head::Map(mut left) = self.head()? else { return Err(DecodeError::Type("a hop")) };
            while self.more(&mut left)? {
                match &*self.key()? {
                    "g" => hop.gear = self.uuid("a hop's gear")?,
                    "p" => hop.port = self.uuid("a hop's port")?,
                    "t" => hop.at = self.number("a hop's time")?,
                    _ => self.value(1).map(drop)?,
                }
            }
            path.push(hop);
        }
        Ok(path)
    }

    fn map(&mut self, mut left: Option<u64>, depth: usize) -> Result<Map> {
        let mut entries = Vec::new();
        while self.more(&mut left)? {
            let key = self.key()?;
            entries.push((key, self.value(depth)?));
        }
        Ok(Entries::from_vec(entries))
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        self.node()?;
        if depth > MAX_DEPTH {
            return Err(DecodeError::TooDeep);
        }
        Ok(match self.head()? {
            Head::Unsigned(number) => Value::Int(i64::try_from(number).map_err(|_| DecodeError::Range)?),
            Head::Negative(number) => Value::Int(!i64::try_from(number).map_err(|_| DecodeError::Range)?),
            Head::Bytes(length) => Value::Bytes(self.string(length, false)?),
            Head::Text(length) => Value::Text(self.text(length)?),
            Head::Array(mut left) => {
                let mut items = Vec::new();
                while self.more(&mut left)? {
                    items.push(self.value(depth + 1)?);
                }
                Value::Array(items)
            }
            Head::Map(count) => Value::Map(self.map(count, depth + 1)?),
            Head::Bool(is) => Value::Bool(is),
            Head::Null => Value::Null,
            Head::Float(number) => Value::Float(number),
            Head::Break => return Err(DecodeError::Malformed),
        })
    }
}

fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let fraction = f64::from(bits & 0x3FF);
    match bits >> 10 & 31 {
        0 => sign * fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN,
        exponent => sign * (1024.0 + fraction) * 2f64.powi(i32::from(exponent) - 25),
    }
}
