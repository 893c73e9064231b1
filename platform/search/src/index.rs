//! What an index holds, declared once.

/// An index. Its documents are named by a text of letters, digits, `-` and `_`.
#[derive(Debug, PartialEq, Eq)]
pub struct Index {
    /// Lower-case letters and `_`.
    pub name: &'static str,
    /// Raise it when documents are made in another way: indexes of another version are made anew.
    pub version: u32,
    pub fields: &'static [Field],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// A keyword that is found by words as well.
    pub searchable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Found by words, in the order of declaration; not filterable.
    Text,
    /// One or several exact values.
    Keyword,
    /// A whole number, to filter by ranges and to sort by. Within ±2^53.
    Number,
    /// True, or false like an absent one.
    Flag,
}

impl Field {
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text, searchable: true }
    }
    pub const fn keyword(name: &'static str) -> Self {
        Self { name, kind: Kind::Keyword, searchable: false }
    }
    pub const fn number(name: &'static str) -> Self {
        Self { name, kind: Kind::Number, searchable: false }
    }
    pub const fn flag(name: &'static str) -> Self {
        Self { name, kind: Kind::Flag, searchable: false }
    }
    /// Found by words too.
    pub const fn searchable(mut self) -> Self {
        self.searchable = true;
        self
    }
}

impl Index {
    pub fn searchable(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.searchable)
    }
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
    /// Differs between declarations that differ.
    pub(crate) fn fingerprint(&self) -> String {
        // FNV-1a: it must be the same in every build, and nobody attacks it
        let text = format!("{self:?}");
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }
}
