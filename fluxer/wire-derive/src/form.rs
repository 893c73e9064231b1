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
    let reads = shape.fields.iter().map(|field| {
        let (ident, key, ty) = (field.ident, &field.key, field.ty);
        if field.flatten {
            quote! { let #ident = <#ty as ::fluxer_wire::Field>::read(::fluxer_wire::Value::Object(map.clone()), at); }
        } else {
            quote! { let #ident = at.field::<#ty>(&mut map, #key); }
        }
    });
    let properties = shape.fields.iter().map(|field| {
        let (key, ty, doc) = (&field.key, field.ty, &field.doc);
        if field.flatten {
            quote! { fields.extend(<#ty as ::fluxer_wire::Fields>::properties(defs)); }
        } else {
            quote! {
                fields.push(::fluxer_wire::Property {
                    key: #key,
                    doc: #doc,
                    required: <#ty as ::fluxer_wire::Field>::REQUIRED,
                    schema: <#ty as ::fluxer_wire::Field>::schema(defs),
                });
            }
        }
    });
    let leftovers = strict.then(|| quote! { at.refuse_unknown(&map); });
    Ok(quote! {
        impl ::fluxer_wire::Field for #name {
            fn read(value: ::fluxer_wire::Value, at: &mut ::fluxer_wire::At) -> Option<Self> {
                #[allow(unused_mut)]
                let mut map = at.object(value)?;
                #(#reads)*
                #leftovers
                Some(Self { #(#idents: #idents?),* })
            }
            fn schema(defs: &mut ::fluxer_wire::Definitions) -> ::fluxer_wire::Value {
                defs.object::<Self>(#text, #doc, <Self as ::fluxer_wire::Fields>::properties)
            }
        }
        impl ::fluxer_wire::Fields for #name {
            fn properties(defs: &mut ::fluxer_wire::Definitions) -> ::std::vec::Vec<::fluxer_wire::Property> {
                #[allow(unused_mut)]
                let mut fields = ::std::vec::Vec::new();
                #(#properties)*
                fields
            }
        }
    })
}
