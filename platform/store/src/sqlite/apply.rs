//! Applying writes on the writer's connection, inside its transaction.

use rusqlite::Connection;

use super::{
    Tables,
    error::from_sqlite,
    sql::{Binder, TableSql, table},
    sweep::Expiries,
};
use crate::{Conditional, Error, Row, Write};

/// The writer's connection with what it needs to write.
pub(super) struct Applier<'a> {
    pub connection: &'a Connection,
    pub tables: &'a Tables,
    pub expiries: &'a Expiries,
    pub now: i64,
}

impl Applier<'_> {
    pub fn write(&self, write: &Write) -> Result<(), Error> {
        match write {
            Write::Put { schema, row, ttl } => {
                let table = table(self.tables, schema)?;
                let expiry = self.expiry(table, *ttl);
                self.execute(&table.put, |binder| binder.all(row)?.one(expiry))?;
            }
            Write::Delete { schema, key } => {
                let table = table(self.tables, schema)?;
                self.execute(&table.delete, |binder| binder.all(key))?;
            }
            Write::DeletePartition { schema, partition } => {
                let table = table(self.tables, schema)?;
                self.execute(&table.delete_partition, |binder| binder.all(partition))?;
            }
        }
        Ok(())
    }

    /// Whether the condition held.
    pub fn conditional(&self, write: &Conditional) -> Result<bool, Error> {
        let changed = match write {
            Conditional::Insert { schema, row, ttl } => {
                let table = table(self.tables, schema)?;
                let expiry = self.expiry(table, *ttl);
                self.execute(&table.insert, |binder| binder.all(row)?.one(expiry)?.one(self.now))?
            }
            Conditional::Update { schema, row, expected } => {
                self.update(table(self.tables, schema)?, row, *expected)?
            }
            Conditional::Delete { schema, key, expected: None } => {
                let table = table(self.tables, schema)?;
                self.execute(&table.delete_live, |binder| binder.all(key)?.one(self.now))?
            }
            Conditional::Delete { schema, key, expected: Some(version) } => {
                let table = table(self.tables, schema)?;
                self.execute(&table.delete_version, |binder| binder.all(key)?.one(version)?.one(self.now))?
            }
        };
        Ok(changed > 0)
    }

    pub fn truncate(&self) -> Result<(), Error> {
        for table in self.tables.values() {
            self.execute(&table.truncate, |binder| Ok(binder))?;
        }
        Ok(())
    }

    fn update(&self, table: &TableSql, row: &Row, expected: i32) -> Result<usize, Error> {
        let (key, others) = row.split_at(table.schema.key_len());
        self.execute(&table.update, |binder| binder.all(others)?.all(key)?.one(expected)?.one(self.now))
    }

    fn expiry(&self, table: &TableSql, ttl: Option<i64>) -> Option<i64> {
        let at = self.now.saturating_add(ttl?.saturating_mul(1000));
        self.expiries.expect(table.schema.name, at);
        Some(at)
    }

    fn execute(
        &self,
        sql: &str,
        bind: impl for<'s, 'c> FnOnce(Binder<'s, 'c>) -> Result<Binder<'s, 'c>, Error>,
    ) -> Result<usize, Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(from_sqlite)?;
        bind(Binder::new(&mut statement))?;
        statement.raw_execute().map_err(from_sqlite)
    }
}
