//! The two derives of the wire: `Form` for what clients send, `Reply` for what they get.
//!
//! One declaration gives the parser (`Form`) or the serialiser (`Reply`) *and* the OpenAPI
//! schema, so that the published document cannot drift from the code. Doc comments become
//! descriptions. Both take named-field structs only.

mod form;
mod reply;
mod shape;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Implements `fluxer_wire::Field`: reads the struct out of a JSON value, collecting one
/// issue per offending field.
///
/// - `#[form(rename = "type")]` on a field: its key in JSON.
/// - `#[form(flatten)]` on a field that is a form: its keys stand beside the struct's own.
/// - `#[form(strict)]` on the struct: an unknown key is an issue.
#[proc_macro_derive(Form, attributes(form))]
pub fn form(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    form::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Implements `serde::Serialize` and `fluxer_wire::Describe`.
///
/// - `#[serde(rename = "type")]` on a field: its key in JSON (read by serde's `Deserialize` too).
/// - `#[opt]` on a field: left out when `None`, `false` or empty. `Option` without it is `null`.
/// - `#[reply(name = "UserPartialResponse")]` on the struct: its name in the OpenAPI document.
#[proc_macro_derive(Reply, attributes(opt, reply))]
pub fn reply(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    reply::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
