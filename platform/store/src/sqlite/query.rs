//! The reads, on one connection.

use std::ops::Bound;

use rusqlite::{CachedStatement, Connection};

use super::{
    error::from_sqlite,
    sql::{Binder, TableSql, read_row},
};
use crate::{Error, RangeQuery, Row, Value};

pub(super) fn get(
    connection: &Connection,
    table: &TableSql,
    key: &[Value],
    now: i64,
) -> Result<Option<Row>, Error> {
    let mut statement = connection.prepare_cached(&table.get).map_err(from_sqlite)?;
    Binder::new(&mut statement).all(key)?.one(now)?;
    let mut rows = statement.raw_query();
    match rows.next().map_err(from_sqlite)? {
        Some(row) => read_row(row, table.schema).map(Some),
        None => Ok(None),
    }
}

pub(super) fn range(
    connection: &Connection,
    table: &TableSql,
    query: &RangeQuery,
    now: i64,
) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(&table.range(query)).map_err(from_sqlite)?;
    let mut binder = Binder::new(&mut statement).all(&query.partition)?;
    for bound in [&query.lower, &query.upper] {
        if let Bound::Included(prefix) | Bound::Excluded(prefix) = bound {
            binder = binder.all(prefix)?;
        }
    }
    binder.one(now)?.one(limit(query.limit))?;
    collect(&mut statement, table)
}

pub(super) fn scan(
    connection: &Connection,
    table: &TableSql,
    after: Option<Vec<Value>>,
    rows: usize,
    now: i64,
) -> Result<Vec<Row>, Error> {
    let schema = table.schema;
    let Some(mut partition) = after else {
        let mut statement = connection.prepare_cached(&table.scan(false)).map_err(from_sqlite)?;
        Binder::new(&mut statement).one(now)?.one(limit(Some(rows)))?;
        return collect(&mut statement, table);
    };
    let cluster = partition.split_off(schema.partition);
    let mut found = Vec::new();
    if !cluster.is_empty() {
        // the rest of the partition that the last page ended in
        let (lower, upper) = if schema.descending {
            (Bound::Unbounded, Bound::Excluded(cluster))
        } else {
            (Bound::Excluded(cluster), Bound::Unbounded)
        };
        let (descending, partition) = (schema.descending, partition.clone());
        let rest = RangeQuery { schema, partition, lower, upper, descending, limit: Some(rows) };
        found = range(connection, table, &rest, now)?;
    }
    if found.len() < rows {
        let mut statement = connection.prepare_cached(&table.scan(true)).map_err(from_sqlite)?;
        Binder::new(&mut statement).all(&partition)?.one(now)?.one(limit(Some(rows - found.len())))?;
        found.extend(collect(&mut statement, table)?);
    }
    Ok(found)
}

/// SQLite takes a negative limit for none.
fn limit(rows: Option<usize>) -> i64 {
    rows.map_or(-1, |rows| i64::try_from(rows).unwrap_or(i64::MAX))
}

fn collect(statement: &mut CachedStatement<'_>, table: &TableSql) -> Result<Vec<Row>, Error> {
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(from_sqlite)? {
        found.push(read_row(row, table.schema)?);
    }
    Ok(found)
}
