//! The bond between a row type and its table; implemented by `#[derive(Table)]`.

use crate::{Error, KeyColumn, Row, Schema, Value};

/// A row type. The derive writes this.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    note = "declare it with `#[derive(platform_store::Table)]`"
)]
pub trait Table: Sized + Send + Sync + 'static {
    /// The partition key, a tuple.
    type Partition: KeyTuple;
    /// The clustering key, a tuple; `()` when there is none.
    type Cluster: KeyTuple;
    /// Partition and clustering key in one tuple.
    type Key: KeyTuple;
    const SCHEMA: &'static Schema;

    fn key(&self) -> Self::Key;
    fn encode(&self) -> Result<Row, Error>;
    fn decode(row: Row) -> Result<Self, Error>;
}

/// A table with a `#[version]` column: what conditional updates need.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version to compare",
    note = "give it a field `#[version] version: i32`"
)]
pub trait Versioned: Table {
    fn version(&self) -> i32;
    fn set_version(&mut self, version: i32);
}

/// A tuple of key columns.
pub trait KeyTuple: Clone + Send + Sync + 'static {
    fn into_values(self) -> Vec<Value>;
}

/// A tuple holding the first one or more columns of the clustering key `Full`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a prefix of the clustering key `{Full}`",
    note = "a bound is a tuple with the first one or more clustering columns, for example `(id,)`"
)]
pub trait Prefix<Full> {
    fn into_values(self) -> Vec<Value>;
}

macro_rules! tuples {
    ($($column:ident)*) => {
        impl<$($column: KeyColumn),*> KeyTuple for ($($column,)*) {
            fn into_values(self) -> Vec<Value> {
                #[expect(non_snake_case, reason = "the names of the type parameters serve as bindings")]
                let ($($column,)*) = self;
                vec![$($column.to_value()),*]
            }
        }
    };
}
impl KeyTuple for () {
    fn into_values(self) -> Vec<Value> {
        Vec::new()
    }
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);

macro_rules! prefixes {
    ($([$($given:ident)+] [$($rest:ident)*])*) => {$(
        impl<$($given: KeyColumn,)+ $($rest),*> Prefix<($($given,)+ $($rest,)*)> for ($($given,)+) {
            fn into_values(self) -> Vec<Value> {
                KeyTuple::into_values(self)
            }
        }
    )*};
}
prefixes! {
    [A] [] [A] [B] [A] [B C] [A] [B C D] [A] [B C D E]
    [A B] [] [A B] [C] [A B] [C D] [A B] [C D E]
    [A B C] [] [A B C] [D] [A B C] [D E]
    [A B C D] [] [A B C D] [E]
    [A B C D E] []
}
