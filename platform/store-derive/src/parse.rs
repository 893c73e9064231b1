//! Reads the struct and its attributes; every refusal points at the code it is about.

use std::collections::HashSet;

use syn::{
    Attribute, Data, DeriveInput, Error, Field, Fields, Ident, LitInt, LitStr, Meta, Result, Type,
    ext::IdentExt, spanned::Spanned,
};

pub struct Table {
    pub ident: Ident,
    pub name: String,
    pub ttl: Option<i64>,
    pub columns: Vec<Column>,
    pub partition: usize,
    pub cluster: usize,
    pub descending: bool,
    pub version: Option<usize>,
}

pub struct Column {
    pub ident: Ident,
    pub name: String,
    pub ty: Type,
    pub json: bool,
}

/// Where a field stands in the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Partition,
    Cluster,
    Other,
}

struct Marks {
    place: Place,
    desc: bool,
    json: bool,
    version: bool,
}

const MAX_KEY: usize = 8;
const MAX_CLUSTER: usize = 5;

pub fn table(input: &DeriveInput) -> Result<Table> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "only a struct can be a table"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(&input.ident, "a table needs named fields"));
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a table cannot be generic"));
    }
    let (name, ttl) = options(input)?;
    let mut table = Table {
        ident: input.ident.clone(),
        name,
        ttl,
        columns: Vec::new(),
        partition: 0,
        cluster: 0,
        descending: false,
        version: None,
    };
    let mut last = Place::Partition;
    let mut seen = HashSet::new();
    for field in &fields.named {
        let marks = marks(field)?;
        if marks.place < last {
            let message = "key fields come first: #[partition], then #[cluster], then the others";
            return Err(Error::new_spanned(field, message));
        }
        last = marks.place;
        add(&mut table, field, &marks)?;
        let column = &table.columns[table.columns.len() - 1];
        // SQLite compares column names without regard to case
        if !seen.insert(column.name.to_ascii_lowercase()) {
            return Err(Error::new_spanned(&column.ident, "another column has this name"));
        }
    }
    if table.partition == 0 {
        return Err(Error::new_spanned(&input.ident, "a table needs a #[partition] field"));
    }
    if table.partition + table.cluster > MAX_KEY || table.cluster > MAX_CLUSTER {
        let message = format!("a key has at most {MAX_KEY} columns, {MAX_CLUSTER} of them clustering");
        return Err(Error::new_spanned(&input.ident, message));
    }
    Ok(table)
}

fn add(table: &mut Table, field: &Field, marks: &Marks) -> Result<()> {
    let index = table.columns.len();
    match marks.place {
        Place::Partition => table.partition += 1,
        Place::Cluster => {
            if table.cluster == 0 {
                table.descending = marks.desc;
            } else if marks.desc && !table.descending {
                let message = "one order holds for the whole clustering key: the first #[cluster] gives it";
                return Err(Error::new_spanned(field, message));
            }
            table.cluster += 1;
        }
        Place::Other => {}
    }
    if marks.version && table.version.replace(index).is_some() {
        return Err(Error::new_spanned(field, "a table has at most one #[version]"));
    }
    let Some(ident) = field.ident.clone() else {
        return Err(Error::new_spanned(field, "a table needs named fields"));
    };
    let name = ident.unraw().to_string();
    if name.starts_with('_') {
        return Err(Error::new_spanned(&ident, "column names starting with _ are the engine's"));
    }
    table.columns.push(Column { ident, name, ty: field.ty.clone(), json: marks.json });
    Ok(())
}

fn options(input: &DeriveInput) -> Result<(String, Option<i64>)> {
    let mut name: Option<LitStr> = None;
    let mut ttl: Option<LitInt> = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("table")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("ttl") {
                ttl = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error("expected `name = \"…\"` or `ttl = seconds`"));
            }
            Ok(())
        })?;
    }
    let Some(name) = name else {
        return Err(Error::new_spanned(&input.ident, "a table needs #[table(name = \"…\")]"));
    };
    let text = name.value();
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let starts_well = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if !starts_well || text.len() > 48 || !text.bytes().all(plain) || text.starts_with("sqlite_") {
        let message = "a table name is a to z first, then a-z, 0-9 and _, at most 48 characters";
        return Err(Error::new_spanned(&name, message));
    }
    let ttl = match ttl {
        None => None,
        Some(literal) => match literal.base10_parse::<i64>()? {
            seconds if seconds > 0 => Some(seconds),
            _ => return Err(Error::new_spanned(&literal, "a time to live is at least one second")),
        },
    };
    Ok((text, ttl))
}

fn marks(field: &Field) -> Result<Marks> {
    let mut marks = Marks { place: Place::Other, desc: false, json: false, version: false };
    for attribute in &field.attrs {
        let path = attribute.path();
        if path.is_ident("partition") {
            bare(attribute)?;
            place(&mut marks, Place::Partition, attribute)?;
        } else if path.is_ident("cluster") {
            place(&mut marks, Place::Cluster, attribute)?;
            if !matches!(attribute.meta, Meta::Path(_)) {
                attribute.parse_nested_meta(|meta| {
                    if meta.path.is_ident("desc") {
                        marks.desc = true;
                        Ok(())
                    } else {
                        Err(meta.error("expected `desc`"))
                    }
                })?;
            }
        } else if path.is_ident("json") {
            bare(attribute)?;
            marks.json = true;
        } else if path.is_ident("version") {
            bare(attribute)?;
            marks.version = true;
        } else if path.is_ident("table") {
            return Err(Error::new_spanned(attribute, "#[table] belongs on the struct"));
        }
    }
    if marks.place != Place::Other && (marks.json || marks.version) {
        return Err(Error::new(field.span(), "a key column is neither #[json] nor #[version]"));
    }
    if marks.json && marks.version {
        return Err(Error::new(field.span(), "a #[version] is not #[json]"));
    }
    Ok(marks)
}

fn bare(attribute: &Attribute) -> Result<()> {
    attribute.meta.require_path_only().map(|_| ())
}

fn place(marks: &mut Marks, place: Place, attribute: &Attribute) -> Result<()> {
    if marks.place != Place::Other {
        return Err(Error::new_spanned(attribute, "a field is in the key once"));
    }
    marks.place = place;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(source: &str) -> String {
        let input = syn::parse_str(source).expect("the test's struct is Rust");
        table(&input).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn reads_key_order_options_and_raw_names() {
        let source = r#"#[table(name = "t", ttl = 60)] struct T {
            #[partition] a: i64, #[partition] r#type: i32,
            #[cluster(desc)] c: i64, #[cluster] d: i64,
            #[json] e: Vec<u8>, #[version] v: i32,
        }"#;
        let table = table(&syn::parse_str(source).expect("Rust")).expect("a table");
        assert_eq!((table.partition, table.cluster, table.descending), (2, 2, true));
        assert_eq!((table.ttl, table.version, table.name.as_str()), (Some(60), Some(5), "t"));
        assert_eq!(table.columns[1].name, "type");
        assert!(table.columns[4].json);
    }

    #[test]
    fn says_what_is_not_a_table() {
        let named = |fields: &str| format!("#[table(name = \"t\")] struct T {{ {fields} }}");
        for (source, reason) in [
            ("enum T { A }".to_owned(), "only a struct"),
            ("#[table(name = \"t\")] struct T(i64);".into(), "named fields"),
            ("#[table(name = \"t\")] struct T<A> { #[partition] a: A }".into(), "generic"),
            ("struct T { #[partition] a: i64 }".into(), "#[table(name"),
            ("#[table(name = \"Bad Name\")] struct T { #[partition] a: i64 }".into(), "a to z"),
            ("#[table(name = \"t\", size = 3)] struct T { #[partition] a: i64 }".into(), "expected `name"),
            (
                "#[table(name = \"t\", ttl = 0)] struct T { #[partition] a: i64 }".into(),
                "at least one second",
            ),
            (named("a: i64"), "needs a #[partition]"),
            (named("a: i64, #[partition] b: i64"), "come first"),
            (named("#[partition] a: i64, #[cluster] b: i64, #[partition] c: i64"), "come first"),
            (named("#[partition] a: i64, #[cluster] b: i64, #[cluster(desc)] c: i64"), "one order"),
            (named("#[partition] a: i64, #[cluster(down)] b: i64"), "expected `desc`"),
            (named("#[partition] #[cluster] a: i64"), "in the key once"),
            (named("#[partition] #[json] a: i64"), "neither #[json] nor #[version]"),
            (named("#[partition] a: i64, #[version] b: i32, #[version] c: i32"), "at most one #[version]"),
            (named("#[partition] a: i64, #[version] #[json] b: i32"), "not #[json]"),
            (named("#[partition] a: i64, _b: i32"), "the engine's"),
            (named("#[partition] a: i64, A: i32"), "another column"),
            (named("#[partition] a: i64, #[table] b: i32"), "on the struct"),
        ] {
            let found = refusal(&source);
            assert!(found.contains(reason), "{source}: {found:?} does not say {reason:?}");
        }
    }
}
