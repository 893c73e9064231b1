//! What a table looks like, as plain data.

/// What a column holds. Engines map it to their nearest type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 64-bit signed; `u64` is kept as its bits.
    Int,
    Int32,
    Bool,
    /// Milliseconds since the Unix epoch.
    Timestamp,
    Real,
    Text,
    Blob,
    /// Text that holds JSON.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnDef {
    pub name: &'static str,
    pub kind: Kind,
}

/// A table: first the partition columns, then the clustering columns, then the others.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    pub name: &'static str,
    pub columns: &'static [ColumnDef],
    /// How many of the columns are the partition key (at least one).
    pub partition: usize,
    /// How many after those are the clustering key.
    pub cluster: usize,
    /// Rows of a partition are stored, and by default read, last first.
    pub descending: bool,
    /// Seconds that a row lives unless a write says otherwise.
    pub ttl: Option<i64>,
    /// The column that conditional updates count.
    pub version: Option<usize>,
}

impl Schema {
    pub const fn key_len(&self) -> usize {
        self.partition + self.cluster
    }
    pub fn partition_columns(&self) -> &'static [ColumnDef] {
        &self.columns[..self.partition]
    }
    pub fn cluster_columns(&self) -> &'static [ColumnDef] {
        &self.columns[self.partition..self.key_len()]
    }
    pub fn key_columns(&self) -> &'static [ColumnDef] {
        &self.columns[..self.key_len()]
    }
}
