//! Writes the trait implementations. Spans are the field's, so that a type which is not a
//! column is reported where it stands.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::parse::{Column, Table};

pub fn table(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let name = &table.name;
    let (partition, cluster, descending) = (table.partition, table.cluster, table.descending);
    let key_len = partition + cluster;
    let types: Vec<_> = table.columns.iter().map(|column| &column.ty).collect();
    let partition_types = &types[..partition];
    let cluster_types = &types[partition..key_len];
    let key_types = &types[..key_len];
    let key_idents = table.columns[..key_len].iter().map(|column| &column.ident);
    let ttl = option(table.ttl.as_ref());
    let version = option(table.version.as_ref());
    let columns = table.columns.iter().map(definition);
    let encoded = table.columns.iter().map(|column| encode(column, name));
    let decoded = table.columns.iter().map(|column| decode(column, name));
    let versioned = table.version.map(|index| versioned(table, &table.columns[index]));
    quote! {
        #[automatically_derived]
        impl ::platform_store::Table for #ident {
            type Partition = (#(#partition_types,)*);
            type Cluster = (#(#cluster_types,)*);
            type Key = (#(#key_types,)*);
            const SCHEMA: &'static ::platform_store::Schema = &::platform_store::Schema {
                name: #name,
                columns: &[#(#columns),*],
                partition: #partition,
                cluster: #cluster,
                descending: #descending,
                ttl: #ttl,
                version: #version,
            };
            fn key(&self) -> Self::Key {
                (#(::core::clone::Clone::clone(&self.#key_idents),)*)
            }
            fn encode(&self) -> ::core::result::Result<::platform_store::Row, ::platform_store::Error> {
                ::core::result::Result::Ok(::std::vec![#(#encoded),*])
            }
            fn decode(
                row: ::platform_store::Row,
            ) -> ::core::result::Result<Self, ::platform_store::Error> {
                let mut row = ::std::iter::IntoIterator::into_iter(row);
                ::core::result::Result::Ok(Self { #(#decoded),* })
            }
        }
        #versioned
    }
}

fn option<T: quote::ToTokens>(value: Option<&T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn definition(column: &Column) -> TokenStream {
    let (name, ty) = (&column.name, &column.ty);
    let kind = if column.json {
        quote!(::platform_store::Kind::Json)
    } else {
        quote_spanned!(ty.span()=> <#ty as ::platform_store::Column>::KIND)
    };
    quote!(::platform_store::ColumnDef { name: #name, kind: #kind })
}

fn encode(column: &Column, table: &str) -> TokenStream {
    let (ident, name, ty) = (&column.ident, &column.name, &column.ty);
    if column.json {
        quote_spanned! {ty.span()=>
            ::platform_store::private::json_to_value(&self.#ident).map_err(|error| error.at(#table, #name))?
        }
    } else {
        quote_spanned!(ty.span()=> <#ty as ::platform_store::Column>::to_value(&self.#ident))
    }
}

fn decode(column: &Column, table: &str) -> TokenStream {
    let (ident, name, ty) = (&column.ident, &column.name, &column.ty);
    let value = quote!(row.next().unwrap_or(::platform_store::Value::Null));
    let decoded = if column.json {
        quote_spanned!(ty.span()=> ::platform_store::private::json_from_value::<#ty>(#value))
    } else {
        quote_spanned!(ty.span()=> <#ty as ::platform_store::Column>::from_value(#value))
    };
    quote!(#ident: #decoded.map_err(|error| error.at(#table, #name))?)
}

fn versioned(table: &Table, column: &Column) -> TokenStream {
    let (ident, field, span) = (&table.ident, &column.ident, column.ty.span());
    // a version of another type is an error at that type
    let get = quote_spanned!(span=> self.#field);
    let set = quote_spanned!(span=> self.#field = version);
    quote! {
        #[automatically_derived]
        impl ::platform_store::Versioned for #ident {
            fn version(&self) -> i32 {
                #get
            }
            fn set_version(&mut self, version: i32) {
                #set;
            }
        }
    }
}
