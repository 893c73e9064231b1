//! The statements of one table, written once.
//!
//! Every table has a hidden column `_expires_at` (milliseconds, NULL = never); every read
//! and condition treats an expired row as absent until the writer sweeps it.

use std::{fmt::Write as _, ops::Bound};

use rusqlite::{
    CachedStatement, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::{Tables, error::from_sqlite};
use crate::{ColumnDef, Error, Kind, RangeQuery, Row, Schema, Value};

pub(super) const EXPIRY: &str = "_expires_at";
/// Takes the time as its last parameter. The `+` keeps the planner off the expiry index.
const LIVE: &str = "(+_expires_at IS NULL OR +_expires_at > ?)";

pub(super) struct TableSql {
    pub schema: &'static Schema,
    /// Parameters: the key, now.
    pub get: String,
    /// Parameters: the row, its expiry.
    pub put: String,
    /// Parameters: the row, its expiry, now.
    pub insert: String,
    /// Parameters: the columns after the key, the key, the expected version, now.
    pub update: String,
    /// Parameters: the key.
    pub delete: String,
    /// Parameters: the key, now.
    pub delete_live: String,
    /// Parameters: the key, the expected version, now.
    pub delete_version: String,
    /// Parameters: the partition.
    pub delete_partition: String,
    pub truncate: String,
    /// Parameters: now, how many.
    pub sweep: String,
    pub next_expiry: String,
    columns: String,
}

impl TableSql {
    pub fn new(schema: &'static Schema) -> Self {
        let table = quoted(schema.name);
        let columns = list(schema.columns, |column| quoted(column.name), ", ");
        let key = equals(schema.key_columns());
        let key_list = list(schema.key_columns(), |column| quoted(column.name), ", ");
        let others = &schema.columns[schema.key_len()..];
        let places = vec!["?"; schema.columns.len() + 1].join(", ");
        let assign = list(others, |column| format!("{0} = ?", quoted(column.name)), ", ");
        let mut replace = list(others, |column| format!("{0} = excluded.{0}, ", quoted(column.name)), "");
        replace.push_str("_expires_at = excluded._expires_at");
        // a column added later is NULL in older rows and reads as 0
        let version = schema
            .version
            .map_or("0".to_owned(), |index| format!("ifnull({}, 0)", quoted(schema.columns[index].name)));
        Self {
            schema,
            get: format!("SELECT {columns} FROM {table} WHERE {key} AND {LIVE}"),
            put: format!("REPLACE INTO {table} ({columns}, {EXPIRY}) VALUES ({places})"),
            insert: format!(
                "INSERT INTO {table} ({columns}, {EXPIRY}) VALUES ({places})
                 ON CONFLICT DO UPDATE SET {replace} WHERE {table}.{EXPIRY} <= ?"
            ),
            update: format!("UPDATE {table} SET {assign} WHERE {key} AND {version} = ? AND {LIVE}"),
            delete: format!("DELETE FROM {table} WHERE {key}"),
            delete_version: format!("DELETE FROM {table} WHERE {key} AND {version} = ? AND {LIVE}"),
            delete_live: format!("DELETE FROM {table} WHERE {key} AND {LIVE}"),
            delete_partition: format!("DELETE FROM {table} WHERE {}", equals(schema.partition_columns())),
            truncate: format!("DELETE FROM {table}"),
            sweep: format!(
                "DELETE FROM {table} WHERE ({key_list}) IN
                 (SELECT {key_list} FROM {table} WHERE {EXPIRY} <= ? ORDER BY {EXPIRY} LIMIT ?)"
            ),
            next_expiry: format!("SELECT min({EXPIRY}) FROM {table} WHERE {EXPIRY} IS NOT NULL"),
            columns,
        }
    }

    /// The statement of a range; its parameters are the partition, the lower bound, the
    /// upper bound, now, the limit.
    pub fn range(&self, query: &RangeQuery) -> String {
        let schema = self.schema;
        let mut sql = String::with_capacity(256);
        let partition = equals(schema.partition_columns());
        let _ = write!(sql, "SELECT {} FROM {} WHERE {partition}", self.columns, quoted(schema.name));
        bound(&mut sql, schema, &query.lower, ">");
        bound(&mut sql, schema, &query.upper, "<");
        let _ = write!(sql, " AND {LIVE}");
        order(&mut sql, schema.cluster_columns(), query.descending);
        sql.push_str(" LIMIT ?");
        sql
    }

    /// The partitions after the one given (its columns, now, the limit), or all of them
    /// (now, the limit), in key order with each partition's rows ascending.
    pub fn scan(&self, after: bool) -> String {
        let schema = self.schema;
        let mut sql = format!("SELECT {} FROM {} WHERE ", self.columns, quoted(schema.name));
        if after {
            let columns = list(schema.partition_columns(), |column| quoted(column.name), ", ");
            let _ = write!(sql, "({columns}) > ({}) AND ", vec!["?"; schema.partition].join(", "));
        }
        sql.push_str(LIVE);
        order(&mut sql, schema.partition_columns(), false);
        for column in schema.cluster_columns() {
            let _ = write!(sql, ", {}{}", quoted(column.name), if schema.descending { " DESC" } else { "" });
        }
        sql.push_str(" LIMIT ?");
        sql
    }
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

pub(super) fn list(columns: &[ColumnDef], each: impl Fn(&ColumnDef) -> String, between: &str) -> String {
    columns.iter().map(each).collect::<Vec<_>>().join(between)
}

fn equals(columns: &[ColumnDef]) -> String {
    list(columns, |column| format!("{} = ?", quoted(column.name)), " AND ")
}

fn bound(sql: &mut String, schema: &Schema, bound: &Bound<Vec<Value>>, comparison: &str) {
    let (prefix, or_equal) = match bound {
        Bound::Unbounded => return,
        Bound::Included(prefix) => (prefix, "="),
        Bound::Excluded(prefix) => (prefix, ""),
    };
    let columns = &schema.cluster_columns()[..prefix.len()];
    let names = list(columns, |column| quoted(column.name), ", ");
    let places = vec!["?"; prefix.len()].join(", ");
    let _ = write!(sql, " AND ({names}) {comparison}{or_equal} ({places})");
}

fn order(sql: &mut String, columns: &[ColumnDef], descending: bool) {
    let direction = if descending { " DESC" } else { "" };
    for (index, column) in columns.iter().enumerate() {
        let _ =
            write!(sql, "{} {}{direction}", if index == 0 { " ORDER BY" } else { "," }, quoted(column.name));
    }
}

pub(super) const fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Int | Kind::Int32 | Kind::Bool | Kind::Timestamp => "INTEGER",
        Kind::Real => "REAL",
        Kind::Text | Kind::Json => "TEXT",
        Kind::Blob => "BLOB",
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

pub(super) fn read_row(row: &rusqlite::Row<'_>, schema: &Schema) -> Result<Row, Error> {
    let columns = schema.columns.len();
    let mut values = Vec::with_capacity(columns);
    for index in 0..columns {
        let value = match row.get_ref(index).map_err(from_sqlite)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(
                String::from_utf8(text.to_vec()).map_err(|_| Error::Corrupt("text is not UTF-8".into()))?,
            ),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        };
        values.push(value);
    }
    Ok(values)
}

pub(super) fn table<'a>(tables: &'a Tables, schema: &Schema) -> Result<&'a TableSql, Error> {
    tables.get(schema.name).ok_or_else(|| Error::Schema(format!("table {} was not opened", schema.name)))
}

/// Binds parameters one after another.
pub(super) struct Binder<'s, 'c> {
    statement: &'s mut CachedStatement<'c>,
    bound: usize,
}

impl<'s, 'c> Binder<'s, 'c> {
    pub const fn new(statement: &'s mut CachedStatement<'c>) -> Self {
        Self { statement, bound: 0 }
    }
    pub fn all(mut self, values: &[Value]) -> Result<Self, Error> {
        for value in values {
            self = self.one(value)?;
        }
        Ok(self)
    }
    pub fn one(mut self, value: impl ToSql) -> Result<Self, Error> {
        self.bound += 1;
        self.statement.raw_bind_parameter(self.bound, value).map_err(from_sqlite)?;
        Ok(self)
    }
}
