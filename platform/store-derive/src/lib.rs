//! `#[derive(Table)]`: declares a table from a struct. Re-exported by `platform_store`,
//! which documents the model; this crate only reads the struct, refuses what is not a
//! table with an error at the offending field, and writes the trait implementations.

mod expand;
mod parse;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Declares a table.
///
/// - `#[table(name = "…", ttl = seconds)]` on the struct; `ttl` is optional.
/// - `#[partition]` on the first field or fields.
/// - `#[cluster]` or `#[cluster(desc)]` on the fields after those.
/// - `#[json]` on a field that is kept as JSON text.
/// - `#[version]` on at most one `i32` field.
#[proc_macro_derive(Table, attributes(table, partition, cluster, json, version))]
pub fn table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    match parse::table(&input) {
        Ok(table) => expand::table(&table).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
