//! `#[derive(Form)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Result};

use crate::shape;

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let shape = shape::read(input, "form")?;
    let strict = shape::flag(&input.attrs, "form", "strict")?;
    let name = &input.ident;
    let text = name.to_string();
    let doc = &shape.doc;
    let idents: Vec<_> = shape.fields.iter().map(|field| field.ident).collect();
    let keys: Vec<_> = shape.fields.iter().map(|field| &field.key).collect();
    let types: Vec<_> = shape.fields.iter().map(|field| field.ty).collect();
    let docs: Vec<_> = shape.fields.iter().map(|field| &field.doc).collect();
    let leftovers = strict.then(|| quote! { at.refuse_unknown(&map); });
    Ok(quote! {
        impl ::fluxer_wire::Field for #name {
            fn read(value: ::fluxer_wire::Value, at: &mut ::fluxer_wire::At) -> Option<Self> {
                #[allow(unused_mut)]
                let mut map = at.object(value)?;
                #(let #idents = at.field::<#types>(&mut map, #keys);)*
                #leftovers
                Some(Self { #(#idents: #idents?),* })
            }
            fn schema(defs: &mut ::fluxer_wire::Definitions) -> ::fluxer_wire::Value {
                defs.object(#text, #doc, |defs| {
                    let mut fields = ::std::vec::Vec::new();
                    #(fields.push(::fluxer_wire::Property {
                        key: #keys,
                        doc: #docs,
                        required: <#types as ::fluxer_wire::Field>::REQUIRED,
                        schema: <#types as ::fluxer_wire::Field>::schema(defs),
                    });)*
                    fields
                })
            }
        }
    })
}
