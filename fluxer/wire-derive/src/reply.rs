//! `#[derive(Reply)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Result, Type};

use crate::shape;

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let shape = shape::read(input, "serde")?;
    let name = &input.ident;
    let text = shape::text_argument(&input.attrs, "reply", "name")?.unwrap_or_else(|| name.to_string());
    let (generics, type_generics, bounds) = input.generics.split_for_impl();
    let doc = &shape.doc;
    let writes = shape.fields.iter().map(|field| {
        let (ident, key) = (field.ident, &field.key);
        match field.optional.then(|| absence(field.ty)) {
            None => quote! { map.serialize_entry(#key, &self.#ident)?; },
            Some(test) => quote! { if !self.#ident.#test() { map.serialize_entry(#key, &self.#ident)?; } },
        }
    });
    let properties = shape.fields.iter().map(|field| {
        let (key, doc, ty, required) = (&field.key, &field.doc, field.ty, !field.optional);
        quote! {
            ::fluxer_wire::Property {
                key: #key,
                doc: #doc,
                required: #required,
                schema: <#ty as ::fluxer_wire::Describe>::schema(defs),
            }
        }
    });
    Ok(quote! {
        impl #generics ::fluxer_wire::serde::Serialize for #name #type_generics #bounds {
            fn serialize<S: ::fluxer_wire::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_imports)]
                use ::fluxer_wire::{Absent as _, serde::ser::SerializeMap as _};
                #[allow(unused_mut)]
                let mut map = serializer.serialize_map(None)?;
                #(#writes)*
                map.end()
            }
        }
        impl #generics ::fluxer_wire::Describe for #name #type_generics #bounds {
            fn schema(defs: &mut ::fluxer_wire::Definitions) -> ::fluxer_wire::Value {
                defs.object::<Self>(#text, #doc, |defs| ::std::vec![#(#properties),*])
            }
        }
    })
}

/// The method of the type (or of `Absent`) that says the field is left out.
fn absence(ty: &Type) -> TokenStream {
    let last = match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    };
    match last.as_deref() {
        Some("Option") => quote!(is_none),
        Some("Vec" | "BTreeMap" | "String") => quote!(is_empty),
        _ => quote!(absent),
    }
}
