//! Makes the tables and extends them: a new table is created, a new column is added, and
//! anything else that changed is refused with an error that names it. Columns that are no
//! longer declared stay and are NULL in new rows.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{
    error::from_sqlite,
    sql::{EXPIRY, declared, list, quoted},
};
use crate::{Error, Schema};

/// A column as it exists.
struct Existing {
    name: String,
    declared: String,
    /// Its place in the key, from 1; 0 outside.
    key: i64,
}

pub(super) fn migrate(connection: &mut Connection, tables: &[&'static Schema]) -> Result<(), Error> {
    for (index, schema) in tables.iter().enumerate() {
        if tables[..index].iter().any(|other| other.name == schema.name) {
            return Err(Error::Schema(format!("table {} is declared twice", schema.name)));
        }
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(from_sqlite)?;
    for schema in tables {
        let existing = existing(&transaction, schema.name).map_err(from_sqlite)?;
        if existing.is_empty() {
            create(&transaction, schema).map_err(from_sqlite)?;
        } else {
            extend(&transaction, schema, &existing)?;
        }
    }
    transaction.commit().map_err(from_sqlite)
}

fn existing(transaction: &Transaction<'_>, table: &str) -> rusqlite::Result<Vec<Existing>> {
    let mut statement = transaction.prepare_cached("SELECT name, type, pk FROM pragma_table_info(?)")?;
    let rows = statement.query_map([table], |row| {
        Ok(Existing { name: row.get(0)?, declared: row.get(1)?, key: row.get(2)? })
    })?;
    rows.collect()
}

fn create(transaction: &Transaction<'_>, schema: &Schema) -> rusqlite::Result<()> {
    let table = quoted(schema.name);
    let columns =
        list(schema.columns, |column| format!("{} {}", quoted(column.name), declared(column.kind)), ", ");
    let mut key = list(schema.partition_columns(), |column| quoted(column.name), ", ");
    let direction = if schema.descending { " DESC" } else { "" };
    for column in schema.cluster_columns() {
        key.push_str(&format!(", {}{direction}", quoted(column.name)));
    }
    transaction.execute_batch(&format!(
        "CREATE TABLE {table} ({columns}, {EXPIRY} INTEGER, PRIMARY KEY ({key})) STRICT, WITHOUT ROWID;
         CREATE INDEX {} ON {table} ({EXPIRY}) WHERE {EXPIRY} IS NOT NULL;",
        quoted(&format!("{}_expiry", schema.name)),
    ))
}

fn extend(transaction: &Transaction<'_>, schema: &Schema, existing: &[Existing]) -> Result<(), Error> {
    let mut key: Vec<&Existing> = existing.iter().filter(|column| column.key > 0).collect();
    key.sort_by_key(|column| column.key);
    let stored: Vec<&str> = key.iter().map(|column| column.name.as_str()).collect();
    let wanted: Vec<&str> = schema.key_columns().iter().map(|column| column.name).collect();
    if stored != wanted {
        return Err(Error::Schema(format!(
            "table {}: the key is declared as ({}) but stored as ({}); a key cannot change, declare a new table",
            schema.name,
            wanted.join(", "),
            stored.join(", ")
        )));
    }
    for column in schema.columns {
        let wanted = declared(column.kind);
        match existing.iter().find(|other| other.name == column.name) {
            Some(other) if other.declared == wanted => {}
            Some(other) => {
                return Err(Error::Schema(format!(
                    "table {}: column {} is declared as {wanted} but stored as {}; a type cannot change, \
                     declare a new column",
                    schema.name, column.name, other.declared
                )));
            }
            None => {
                let (table, name) = (quoted(schema.name), quoted(column.name));
                let sql = format!("ALTER TABLE {table} ADD COLUMN {name} {wanted}");
                transaction.execute_batch(&sql).map_err(from_sqlite)?;
            }
        }
    }
    Ok(())
}
