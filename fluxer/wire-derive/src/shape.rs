//! What both derives read from a struct: its fields, their keys, types and documentation.

use syn::{Attribute, Data, DeriveInput, Error, Expr, Fields, Ident, Lit, LitStr, Meta, Result, Type};

pub struct Shape<'a> {
    pub doc: String,
    pub fields: Vec<Field<'a>>,
}

pub struct Field<'a> {
    pub ident: &'a Ident,
    pub ty: &'a Type,
    pub key: String,
    pub doc: String,
    pub optional: bool,
    /// The keys of the field's own fields stand beside those of the struct.
    pub flatten: bool,
}

pub fn read<'a>(input: &'a DeriveInput, attribute: &str) -> Result<Shape<'a>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "only structs with named fields can be derived"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(Error::new_spanned(&data.fields, "only structs with named fields can be derived"));
    };
    let mut fields = Vec::new();
    for field in &named.named {
        let Some(ident) = field.ident.as_ref() else { continue };
        fields.push(Field {
            ident,
            ty: &field.ty,
            key: text_argument(&field.attrs, attribute, "rename")?
                .unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned()),
            doc: doc(&field.attrs),
            optional: field.attrs.iter().any(|attr| attr.path().is_ident("opt")),
            flatten: flag(&field.attrs, attribute, "flatten")?,
        });
    }
    Ok(Shape { doc: doc(&input.attrs), fields })
}

/// The doc comment as one paragraph.
fn doc(attrs: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        if let Meta::NameValue(pair) = &attr.meta
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(text) = &literal.lit
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    lines.join(" ").trim().to_owned()
}

/// The value of `#[attribute(name = "value")]`. Other arguments are left to their owners.
pub fn text_argument(attrs: &[Attribute], attribute: &str, name: &str) -> Result<Option<String>> {
    let mut found = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
        attr.parse_nested_meta(|meta| {
            if meta.path.is_ident(name) {
                found = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// Whether `#[attribute(name)]` is there.
pub fn flag(attrs: &[Attribute], attribute: &str, name: &str) -> Result<bool> {
    let mut found = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
        attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident(name);
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        })?;
    }
    Ok(found)
}
