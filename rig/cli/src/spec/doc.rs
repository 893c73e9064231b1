//! The protocol reference of a specification: what there is to say, in order, independent of how it
//! is written down. Markdown and HTML are written from the same blocks.

use std::collections::BTreeSet;

use rig_iso8583::{
    Composite, Element, Family, Padding, Prefix, Spec,
    semantics::{CatalogEntry, FieldMeaning, Rule, Sensitivity, Severity, Usage, ValueSet},
};

use super::{html, markdown, source};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Markdown,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scope {
    Public,
    Complete,
}

/// A piece of the page.
pub enum Block {
    Heading(u8, String),
    Text(String),
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// Numbered lines.
    Source(Vec<String>),
}

pub struct Page {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// The whole page. `text` is the document the specification was read from.
pub fn render(spec: &Spec, text: &str, format: Format, scope: Scope, title: Option<&str>) -> String {
    let page = page(spec, text, scope, title);
    match format {
        Format::Markdown => markdown::write(&page),
        Format::Html => html::write(&page),
    }
}

fn page(spec: &Spec, text: &str, scope: Scope, title: Option<&str>) -> Page {
    let private: BTreeSet<u8> =
        spec.meanings().filter(|(_, meaning)| meaning.private).map(|(number, _)| number).collect();
    let hidden = if scope == Scope::Public { private } else { BTreeSet::new() };
    let mut out = Page { title: title.unwrap_or(&spec.title).to_owned(), blocks: Vec::new() };
    let blocks = &mut out.blocks;
    blocks.push(Block::Table(
        vec!["Specification", "Version", "Hash", "Scope", "Withheld elements"],
        vec![vec![
            spec.id.clone(),
            spec.version.clone(),
            spec.short_hash().to_owned(),
            if scope == Scope::Public { "public" } else { "complete" }.to_owned(),
            hidden.len().to_string(),
        ]],
    ));
    if !spec.overview.is_empty() {
        heading(blocks, 2, "Introduction");
        say(blocks, spec.overview.trim());
    }
    heading(blocks, 2, "How to read this");
    say(
        blocks,
        "M: mandatory. O: optional. F: forbidden. An element that a message does not list may be there unless \
         unlisted elements are forbidden. Conditions are written as the specification has them: field(n) is the \
         value of element n, present(n) whether it is there. A closed table lists every value there may be. \
         Lengths count digits, characters or bytes, as the layout says; LL and LLL are the digits of a length \
         in front of the value.",
    );
    if spec.unlisted_forbidden() {
        say(blocks, "Elements that a message does not list are forbidden.");
    }
    messages(spec, &hidden, blocks);
    if !spec.references().is_empty() {
        heading(blocks, 2, "References");
        let rows = spec.references().iter();
        let rows = rows.map(|entry| {
            vec![entry.title.clone(), entry.publisher.clone(), entry.note.clone(), entry.url.clone()]
        });
        blocks.push(Block::Table(vec!["Title", "Publisher", "Note", "Address"], rows.collect()));
    }
    heading(blocks, 2, "Data elements");
    for (number, element) in spec.wire().elements().filter(|(number, _)| !hidden.contains(number)) {
        data_element(spec, number, element, blocks);
    }
    heading(blocks, 2, "Source");
    blocks.push(Block::Source(source::without(text, &hidden)));
    out
}

fn heading(blocks: &mut Vec<Block>, level: u8, text: impl Into<String>) {
    blocks.push(Block::Heading(level, text.into()));
}

fn say(blocks: &mut Vec<Block>, text: impl Into<String>) {
    blocks.push(Block::Text(text.into()));
}

/// One entry for each type: the elements' matrix the other way round.
fn messages(spec: &Spec, hidden: &BTreeSet<u8>, blocks: &mut Vec<Block>) {
    if spec.catalog().is_empty() {
        return;
    }
    heading(blocks, 2, "Messages");
    for (mti, entry) in spec.catalog() {
        heading(blocks, 3, format!("{mti} {}", entry.name));
        say(blocks, about(entry));
        let mut rows = Vec::new();
        for (number, meaning) in spec.meanings().filter(|(number, _)| !hidden.contains(number)) {
            for rule in meaning.rules.iter().filter(|rule| rule.mti.contains(mti)) {
                rows.push(vec![number.to_string(), meaning.name.clone(), usage(rule).into(), remarks(rule)]);
            }
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(vec!["DE", "Name", "Usage", "Condition and notes"], rows));
        }
        for check in spec.checks().iter().filter(|check| check.mti.contains(mti)) {
            let severity = if check.severity == Severity::Warn { "warning" } else { "rejected" };
            let note = if check.note.is_empty() { String::new() } else { format!(" {}", check.note) };
            say(blocks, format!("Check `{}`, else {severity}.{note}", check.name));
        }
    }
    if !spec.transitions().is_empty() {
        heading(blocks, 3, "Transitions");
        let rows = spec
            .transitions()
            .iter()
            .map(|step| vec![step.from.clone(), step.to.clone(), step.trigger.clone(), step.meaning.clone()]);
        blocks.push(Block::Table(vec!["From", "To", "Trigger", "Meaning"], rows.collect()));
    }
    if !spec.correlate_on().is_empty() {
        say(
            blocks,
            format!("A response belongs to the request with the same {}.", spec.correlate_on().join(", ")),
        );
    }
}

fn about(entry: &CatalogEntry) -> String {
    let mut parts = vec![if entry.request { "Request" } else { "Response" }.to_owned()];
    if let Some(pair) = &entry.pairs_with {
        parts.push(format!("pairs with {pair}"));
    }
    if !entry.timeout.is_empty() {
        parts.push(format!("answered within {}", entry.timeout));
    }
    if !entry.class.is_empty() {
        parts.push(format!("class {}", entry.class));
    }
    let mut text = format!("{}.", parts.join(", "));
    if !entry.meaning.is_empty() {
        text.push(' ');
        text.push_str(entry.meaning.trim());
    }
    text
}

const fn usage(rule: &Rule) -> &'static str {
    match rule.usage {
        Usage::Mandatory => "M",
        Usage::Optional => "O",
        Usage::Forbidden => "F",
    }
}

fn remarks(rule: &Rule) -> String {
    let mut parts = Vec::new();
    if let Some((text, _)) = &rule.when {
        parts.push(format!("when `{text}`"));
    }
    if let Some(response) = rule.response {
        parts.push(format!("{response:?}").to_lowercase());
    }
    if let Some(values) = &rule.values {
        parts.push(format!("one of {}", values.values.keys().cloned().collect::<Vec<_>>().join(", ")));
    }
    if !rule.note.is_empty() {
        parts.push(rule.note.clone());
    }
    parts.join("; ")
}

fn data_element(spec: &Spec, number: u8, element: &Element, blocks: &mut Vec<Block>) {
    let none = FieldMeaning::default();
    let meaning = spec.meaning(number).unwrap_or(&none);
    let name = if meaning.name.is_empty() { &element.label } else { &meaning.name };
    heading(blocks, 3, format!("DE {number} {name}"));
    for text in [&meaning.meaning, &meaning.note].into_iter().filter(|text| !text.is_empty()) {
        say(blocks, text.trim());
    }
    let mut rows = vec![vec!["Layout".to_owned(), layout(element)]];
    let mut row = |what: &str, value: String| rows.push(vec![what.to_owned(), value]);
    if let Some(alias) = &meaning.alias {
        row("Alias", format!("`{alias}`"));
    }
    if let Some(format) = meaning.format {
        row("Format", format!("{:?} {}", format, meaning.layout).trim().to_lowercase());
    }
    match spec.sensitivity(number) {
        Sensitivity::None => {}
        other => row("Classification", format!("{other:?}").to_lowercase()),
    }
    if meaning.private {
        row("Scope", "private".into());
    }
    let mut types: Vec<_> = meaning.rules.iter().flat_map(|rule| rule.mti.iter().cloned()).collect();
    types.sort();
    types.dedup();
    if !types.is_empty() {
        row("Messages", types.join(", "));
    }
    blocks.push(Block::Table(vec!["", ""], rows));
    if !meaning.parts.is_empty() {
        let rows = meaning.parts.iter().map(|part| {
            let alias = part.alias.as_ref().map(|alias| format!("`{alias}`")).unwrap_or_default();
            vec![part.path.to_string(), part.name.clone(), alias, part.meaning.clone()]
        });
        blocks.push(Block::Table(vec!["Part", "Name", "Alias", "Meaning"], rows.collect()));
    }
    if let Some(values) = meaning.values.as_ref().filter(|values| !values.values.is_empty()) {
        blocks.push(value_table(values));
    }
    for part in meaning.parts.iter() {
        if let Some(values) = part.values.as_ref().filter(|values| !values.values.is_empty()) {
            say(blocks, format!("Values of {}:", part.path));
            blocks.push(value_table(values));
        }
    }
}

fn value_table(values: &ValueSet) -> Block {
    let heading = if values.closed { "Value (closed)" } else { "Value" };
    let rows = values.values.iter().map(|(code, value)| {
        vec![format!("`{code}`"), value.name.clone(), value.category.clone(), value.meaning.clone()]
    });
    Block::Table(vec![heading, "Name", "Category", "Meaning"], rows.collect())
}

fn layout(element: &Element) -> String {
    let kind = format!("{:?}", element.kind);
    let length = match element.prefix {
        Prefix::Fixed => format!("{} fixed", element.length),
        Prefix::Var(family, digits) => {
            let family = match family {
                Family::Ascii => String::new(),
                other => format!("{other:?} ").to_lowercase(),
            };
            format!("up to {}, {family}{}VAR", element.length, "L".repeat(usize::from(digits)))
        }
        Prefix::BerTlv => format!("up to {}, BER length", element.length),
    };
    let mut text = format!("{kind}, {length}, {:?}", element.encoding);
    match element.padding {
        Padding::None => {}
        Padding::Left(pad) => text.push_str(&format!(", filled with `{}` on the left", char::from(pad))),
        Padding::Right(pad) => text.push_str(&format!(", filled with `{}` on the right", char::from(pad))),
    }
    match element.composite.as_deref() {
        None => {}
        Some(Composite::Positional { parts, .. }) => {
            text.push_str(&format!(", {} parts by position", parts.len()))
        }
        Some(Composite::Sequence { parts }) => text.push_str(&format!(", {} parts", parts.len())),
        Some(Composite::Tlv { .. }) => text.push_str(", parts by tag"),
        Some(Composite::Bitmapped { .. }) => text.push_str(", parts by bitmap"),
    }
    text
}

#[cfg(test)]
mod tests {
    use rig_iso8583::{NoReferences, REFERENCE};

    use super::*;

    #[test]
    fn private_elements_are_withheld_in_public() {
        let spec = Spec::load(REFERENCE, &NoReferences).unwrap();
        for format in [Format::Markdown, Format::Html] {
            let public = render(&spec, REFERENCE, format, Scope::Public, None);
            let complete = render(&spec, REFERENCE, format, Scope::Complete, Some("Mine"));
            assert!(!public.contains("PIN Data") && complete.contains("PIN Data"), "{format:?}");
            assert!(!public.contains("DE 52 ") && complete.contains("DE 52 "), "{format:?}");
            assert!(!public.contains("pin_block") && complete.contains("pin_block"), "{format:?}");
            assert!(public.contains("present(35) == false"), "conditions are verbatim");
            assert!(complete.contains("Mine") && complete.contains(spec.short_hash()));
        }
    }

    #[test]
    fn one_page_without_scripts_or_links_outside() {
        let spec = Spec::load(REFERENCE, &NoReferences).unwrap();
        let page = render(&spec, REFERENCE, Format::Html, Scope::Complete, Some("<b>"));
        assert!(page.starts_with("<!doctype html>") && page.contains("&lt;b&gt;"));
        for banned in ["<script", "<link", "src=", "url("] {
            assert!(!page.contains(banned), "{banned}");
        }
    }
}
