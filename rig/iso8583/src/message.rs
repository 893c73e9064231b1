//! A message in memory: the values of its elements and parts, one behind the other in one buffer.
//!
//! Knows nothing of specifications. Its debug form says which elements there are and how long,
//! never what they hold.

use std::fmt;

use crate::path::Path;

#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub path: Path,
    pub start: u32,
    pub len: u32,
    /// A part that the specification does not know and that was kept.
    pub unknown: bool,
}

/// Values by [`Path`], in ascending order. Clearing keeps the memory for the next message.
#[derive(Clone, Default)]
pub struct Iso8583Message {
    pub(crate) entries: Vec<Entry>,
    pub(crate) buffer: Vec<u8>,
}

impl Iso8583Message {
    pub fn new() -> Self {
        Self::default()
    }
    /// An empty message of one type.
    pub fn of(mti: &str) -> Self {
        let mut message = Self::new();
        message.set(0, mti);
        message
    }
    pub fn clear(&mut self) {
        self.entries.clear();
        self.buffer.clear();
    }
    /// The message type, `""` if there is none.
    pub fn mti(&self) -> &str {
        self.text(0).unwrap_or_default()
    }

    pub(crate) fn find(&self, path: Path) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&path, |entry| entry.path)
    }
    pub(crate) fn bytes_of(&self, entry: &Entry) -> &[u8] {
        &self.buffer[entry.start as usize..][..entry.len as usize]
    }
    pub fn value(&self, path: Path) -> Option<&[u8]> {
        Some(self.bytes_of(&self.entries[self.find(path).ok()?]))
    }
    /// The value of an element.
    pub fn get(&self, element: u8) -> Option<&[u8]> {
        self.value(Path::element(element))
    }
    /// The value of an element, if it is text.
    pub fn text(&self, element: u8) -> Option<&str> {
        std::str::from_utf8(self.get(element)?).ok()
    }
    /// Whether an element, or anything in it, is there.
    pub fn has(&self, path: Path) -> bool {
        let at = match self.find(path) {
            Ok(_) => return true,
            Err(at) => at,
        };
        self.entries.get(at).is_some_and(|entry| entry.path.is_within(path))
    }
    /// Everything there is: path, value, and whether the specification does not know it.
    pub fn iter(&self) -> impl Iterator<Item = (Path, &[u8], bool)> {
        self.entries.iter().map(|entry| (entry.path, self.bytes_of(entry), entry.unknown))
    }
    /// The elements that are there, 0 included, ascending.
    pub fn elements(&self) -> impl Iterator<Item = u8> {
        let mut last = None;
        self.entries.iter().filter_map(move |entry| {
            (last.replace(entry.path.element) != Some(entry.path.element)).then_some(entry.path.element)
        })
    }

    /// Sets an element; parts that it had go.
    pub fn set(&mut self, element: u8, value: impl AsRef<[u8]>) {
        self.remove(element);
        self.put(Path::element(element), value.as_ref(), false);
    }
    /// Removes an element with its parts.
    pub fn remove(&mut self, element: u8) {
        let from = self.entries.partition_point(|entry| entry.path.element < element);
        let to = self.entries.partition_point(|entry| entry.path.element <= element);
        self.entries.drain(from..to);
    }
    pub(crate) fn put(&mut self, path: Path, value: &[u8], unknown: bool) {
        let start = self.buffer.len() as u32;
        self.buffer.extend_from_slice(value);
        let entry = Entry { path, start, len: value.len() as u32, unknown };
        match self.find(path) {
            Ok(at) => self.entries[at] = entry,
            Err(at) => self.entries.insert(at, entry),
        }
    }
    /// Sets one part and forgets the values that contained the old one.
    pub(crate) fn put_part(&mut self, path: Path, value: &[u8], unknown: bool) {
        for depth in 0..path.depth() {
            let mut above = path;
            above.keys[depth..].fill(0);
            if let Ok(at) = self.find(above) {
                self.entries.remove(at);
            }
        }
        self.put(path, value, unknown);
    }
}

impl fmt::Debug for Iso8583Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iso8583Message ")?;
        let lengths = self.entries.iter().map(|entry| (entry.path, entry.len));
        f.debug_map().entries(lengths).finish()
    }
}
