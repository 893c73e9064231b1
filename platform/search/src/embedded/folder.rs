//! The folder of an index: its stamp, and the fields as tantivy keeps them.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use parking_lot::Mutex;
use platform_kernel::Rng;
use tantivy::{
    ReloadPolicy, TantivyDocument, Term,
    directory::MmapDirectory,
    schema::{self, BytesOptions, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions},
    tokenizer::RawTokenizer,
};

use super::{Opened, names, tokens::Tokens};
use crate::{Document, Error, Index, Kind, Value};

/// Raise it when text is analysed, or fields are kept, in another way.
const FORMAT: u32 = 2;
const STAMP: &str = "stamp";
const TOKENS: &str = "tokens";
const RAW: &str = "exact";
const ID: &str = "id";
/// What follows the name of a keyword's second field, the one found by words.
const WORDS: &str = ".words";

/// Where the fields of an index stand.
#[derive(Debug, Clone)]
pub struct Layout {
    id: schema::Field,
    fields: Vec<(&'static crate::Field, Place)>,
}

#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Of exact values.
    pub exact: Option<schema::Field>,
    /// Of words.
    pub words: Option<schema::Field>,
}

impl Layout {
    pub fn place(&self, name: &str) -> Option<(&'static crate::Field, Place)> {
        self.fields.iter().find(|(field, _)| field.name == name).copied()
    }
    /// The fields that words are looked for in, the most telling first.
    pub fn words(&self) -> Vec<schema::Field> {
        self.fields.iter().filter_map(|(_, place)| place.words).collect()
    }

    /// What finds the document of that name.
    pub fn name(&self, name: &str) -> Term {
        Term::from_field_bytes(self.id, &names::pack(name))
    }

    /// The document as tantivy takes it. False flags are left out, as absent ones are.
    pub fn document(&self, document: &Document) -> TantivyDocument {
        let mut made = TantivyDocument::new();
        made.add_bytes(self.id, &names::pack(&document.id));
        for (name, value) in &document.fields {
            let Some((_, place)) = self.place(name) else { continue };
            let mut text = |text: &str| {
                place.exact.iter().chain(&place.words).for_each(|field| made.add_text(*field, text));
            };
            match value {
                Value::Text(value) => text(value),
                Value::Texts(values) => values.iter().for_each(|value| text(value)),
                Value::Flag(true) => text("1"),
                Value::Flag(false) => {}
                Value::Number(number) => {
                    place.exact.iter().for_each(|field| made.add_i64(*field, *number));
                }
            }
        }
        made
    }
}

fn exact() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(RAW).set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::Basic))
}

fn layout(index: &Index) -> (Schema, Layout) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default().set_tokenizer(TOKENS);
    let words = words.set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(words);
    let id = schema.add_bytes_field(ID, BytesOptions::default().set_indexed().set_fast());
    let fields = index.fields.iter().map(|field| {
        // "id" is taken by the document's name
        let name = format!("f.{}", field.name);
        let exact = match field.kind {
            Kind::Text => None,
            Kind::Number => Some(schema.add_i64_field(&name, NumericOptions::default().set_fast())),
            Kind::Keyword | Kind::Flag => Some(schema.add_text_field(&name, exact())),
        };
        let words = field.searchable.then(|| schema.add_text_field(&format!("{name}{WORDS}"), words.clone()));
        (field, Place { exact, words })
    });
    let layout = Layout { id, fields: fields.collect() };
    (schema.build(), layout)
}

/// The column that holds the names of documents.
pub const fn id_column() -> &'static str {
    ID
}
/// The column of a number.
pub fn column(name: &str) -> String {
    format!("f.{name}")
}

fn format(index: &Index) -> String {
    format!("{FORMAT} {} {}", tantivy::INDEX_FORMAT_VERSION, index.fingerprint())
}

/// Marks the folder as begun anew; the name of its generation.
pub fn stamp(index: &Index, folder: &Path, rng: &Rng) -> Result<String, Error> {
    let generation = rng.alphanumeric(16);
    let (path, fresh) = (folder.join(STAMP), folder.join("stamp.new"));
    fs::write(&fresh, format!("{} {generation}", format(index)))?;
    fs::File::open(&fresh)?.sync_all()?;
    fs::rename(&fresh, &path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(generation)
}

/// The generation in the folder's stamp if the folder holds this declaration's index.
fn stamped(index: &Index, folder: &Path) -> Option<String> {
    let stamp = fs::read_to_string(folder.join(STAMP)).ok()?;
    let (kept, generation) = stamp.rsplit_once(' ')?;
    (kept == format(index)).then(|| generation.to_owned())
}

/// Opens the index, or begins it anew.
pub fn open(index: &'static Index, folder: &Path, rng: &Rng) -> Result<Opened, Error> {
    let (schema, layout) = layout(index);
    if let Some(generation) = stamped(index, folder) {
        // the library does not only refuse damaged files, it may panic over them
        let opened = catch_unwind(AssertUnwindSafe(|| kept(folder, &layout, generation)));
        let reason = match opened {
            Ok(Ok(opened)) => return Ok(opened),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "its files make no sense".to_owned(),
        };
        tracing::error!(reason, index = index.name, "a search index cannot be read; it is begun anew");
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let made = tantivy::Index::create(directory(folder)?, schema, Default::default())?;
    let generation = stamp(index, folder, rng)?;
    opened(made, layout, generation)
}

fn directory(folder: &Path) -> Result<MmapDirectory, Error> {
    MmapDirectory::open(folder).map_err(|error| Error::Broken(error.to_string()))
}

fn kept(folder: &Path, layout: &Layout, generation: String) -> Result<Opened, Error> {
    opened(tantivy::Index::open(directory(folder)?)?, layout.clone(), generation)
}

fn opened(tantivy: tantivy::Index, layout: Layout, generation: String) -> Result<Opened, Error> {
    tantivy.tokenizers().register(TOKENS, Tokens);
    tantivy.tokenizers().register(RAW, RawTokenizer::default());
    let reader = tantivy.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader = reader.doc_store_cache_num_blocks(0).try_into()?;
    Ok(Opened { tantivy, reader, layout, generation: Mutex::new(generation) })
}
