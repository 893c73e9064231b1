//! The semantic layer: `fields`.

use std::collections::BTreeMap;

use super::{condition, resolved, types, usage, value_set};
use crate::{
    node::Node,
    path::{Path, tag_key},
    problem::Problems,
    semantics::{
        FieldMeaning, Format, PartMeaning, ResponseValue, Rule, Sensitivity, Severity, Usage, ValueSet,
    },
    spec::Spec,
    wire::Padding,
};

const KEYS: [&str; 14] = [
    "name",
    "alias",
    "meaning",
    "note",
    "scope",
    "sensitivity",
    "log_mask",
    "values_ref",
    "validValues",
    "format",
    "messages",
    "subfields",
    "crypto",
    "label",
];

pub fn read(node: &Node, enums: &BTreeMap<String, ValueSet>, spec: &mut Spec, problems: &mut Problems) {
    let mut aliases = BTreeMap::new();
    let mut currencies = Vec::new();
    let mut references = BTreeMap::new();
    for (key, entry) in node.get("fields").map(Node::entries).unwrap_or_default() {
        let place = format!("DE {}", key.escape_debug());
        let number = key.parse::<u8>().ok().filter(|number| spec.wire.element(*number).is_some());
        let Some(number) = number else {
            problems.add(entry.line, format!("{place}: the wire layer does not have it"));
            continue;
        };
        for (key, value) in entry.entries() {
            if super::wire::WIRE_KEYS.contains(&key.as_str()) {
                problems.add(value.line, format!("{place}: `{key}` belongs into the wire layer"));
            } else if !KEYS.contains(&key.as_str()) && !key.starts_with("x-") {
                problems.add(value.line, format!("{place}: `{key}` is not a key of a field"));
            }
        }
        let text = |key| entry.text_of(key).unwrap_or_default().to_owned();
        let alias = alias(entry, Path::element(number), &place, &mut aliases, problems);
        let sensitivity = match entry.text_of("sensitivity") {
            None | Some("none") => Sensitivity::None,
            Some("pan") => Sensitivity::Pan,
            Some("chd") => Sensitivity::Chd,
            Some("sad") => Sensitivity::Sad,
            Some("pii") => Sensitivity::Pii,
            Some(_) => {
                problems.add(entry.line, format!("{place}: sensitivity is pan, chd, sad, pii or none"));
                Sensitivity::Sad
            }
        };
        if sensitivity != Sensitivity::None && entry.text_of("log_mask") == Some("false") {
            problems.add(entry.line, format!("{place}: log_mask: false on a classified field"));
        }
        if let Some(crypto) = entry.get("crypto") {
            match crypto.text_of("role") {
                Some("pin_block" | "mac" | "kcv") => {}
                _ => problems.add(crypto.line, format!("{place}: crypto.role is pin_block, mac or kcv")),
            }
        }
        let private = match entry.text_of("scope") {
            None | Some("public") => false,
            Some("private") => true,
            Some(_) => {
                problems.add(entry.line, format!("{place}: scope is public or private"));
                true
            }
        };
        if let Some(reference) = entry.text_of("values_ref") {
            references.insert(number, reference.to_owned());
        }
        let mut meaning = FieldMeaning {
            line: entry.line,
            name: text("name"),
            alias,
            meaning: text("meaning"),
            note: text("note"),
            private,
            sensitivity,
            values: values(entry, &place, enums, spec, problems),
            ..FieldMeaning::default()
        };
        if let Some(format) = entry.get("format") {
            meaning.layout = format.text_of("layout").unwrap_or_default().to_owned();
            meaning.format = kind(format, number, &place, &mut currencies, problems);
            meaning.currency = format.text_of("currency_field").and_then(|text| text.parse().ok());
        }
        if let Some(subfields) = entry.get("subfields") {
            meaning.parts = parts(subfields, number, &place, enums, spec, &mut aliases, problems);
        }
        for rule in entry.get("messages").map(Node::items).unwrap_or_default() {
            meaning.rules.extend(self::rule(rule, &place, enums, spec, problems));
        }
        let number_kind = matches!(meaning.format, Some(Format::Amount | Format::Numeric));
        if let Some(element) = spec.wire.elements[usize::from(number)].as_mut() {
            element.keep_one = number_kind && element.padding == Padding::Left(b'0');
            if meaning.name.is_empty() {
                meaning.name.clone_from(&element.label);
            }
        }
        spec.meanings.insert(number, meaning);
    }
    for (line, number, currency) in currencies {
        if references.get(&currency).map(String::as_str) != Some("currency_iso4217") {
            problems.add(
                line,
                format!("DE {number}: its currency_field {currency} does not refer to currency_iso4217"),
            );
        }
    }
    for name in &spec.correlate_on {
        if !aliases.contains_key(name) && Path::parse(name).is_none_or(|path| spec.wire.at(path).is_none()) {
            problems.add(0, format!("correlate_on: there is no `{}`", name.escape_debug()));
        }
    }
}

fn alias(
    entry: &Node,
    path: Path,
    place: &str,
    aliases: &mut BTreeMap<String, Path>,
    problems: &mut Problems,
) -> Option<String> {
    let alias = entry.text_of("alias")?;
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit() || first == '_')
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if !alias.starts_with(|first: char| first.is_ascii_lowercase()) || !alias.split('.').all(part) {
        problems.add(entry.line, format!("{place}: `{}` cannot be an alias", alias.escape_debug()));
    }
    if let Some(other) = aliases.insert(alias.to_owned(), path) {
        problems.add(entry.line, format!("{place}: the alias `{alias}` is that of DE {other} already"));
    }
    Some(alias.to_owned())
}

fn values(
    entry: &Node,
    place: &str,
    enums: &BTreeMap<String, ValueSet>,
    spec: &Spec,
    problems: &mut Problems,
) -> Option<ValueSet> {
    if let Some(inline) = entry.get("validValues") {
        return Some(value_set(inline));
    }
    let reference = entry.text_of("values_ref")?;
    if reference == "@messages" {
        if spec.catalog.is_empty() {
            problems.add(entry.line, format!("{place}: @messages, and the catalog is empty"));
        }
        let mut set = ValueSet::default();
        for (mti, message) in &spec.catalog {
            set.values.entry(mti.clone()).or_default().name.clone_from(&message.name);
        }
        return Some(set);
    }
    let found = enums.get(reference).cloned();
    if found.is_none() {
        problems.add(entry.line, format!("{place}: there is no value set `{}`", reference.escape_debug()));
    }
    found
}

fn kind(
    format: &Node,
    number: u8,
    place: &str,
    currencies: &mut Vec<(usize, u8, u8)>,
    problems: &mut Problems,
) -> Option<Format> {
    let kind = match format.text_of("kind") {
        Some("pan") => Format::Pan,
        Some("amount") => Format::Amount,
        Some("date") => Format::Date,
        Some("time") => Format::Time,
        Some("datetime") => Format::DateTime,
        Some("numeric") => Format::Numeric,
        _ => {
            problems.add(
                format.line,
                format!("{place}: the kind of a format is pan, amount, date, time, datetime or numeric"),
            );
            return None;
        }
    };
    match kind {
        Format::Amount => match format.text_of("currency_field").and_then(|text| text.parse().ok()) {
            Some(currency) => currencies.push((format.line, number, currency)),
            None => problems.add(format.line, format!("{place}: an amount needs currency_field")),
        },
        Format::Date | Format::Time | Format::DateTime if format.text_of("layout").is_none() => {
            problems.add(format.line, format!("{place}: a date or a time needs layout"));
        }
        _ => {}
    }
    Some(kind)
}

fn parts(
    node: &Node,
    number: u8,
    place: &str,
    enums: &BTreeMap<String, ValueSet>,
    spec: &Spec,
    aliases: &mut BTreeMap<String, Path>,
    problems: &mut Problems,
) -> Vec<PartMeaning> {
    let items = node.get("parts").unwrap_or(node);
    let keyed: Vec<(String, &Node)> = if items.is_map() {
        items
            .entries()
            .iter()
            .filter(|entry| entry.0 != "layout")
            .map(|(key, part)| (key.clone(), part))
            .collect()
    } else {
        let items = items.items().iter().enumerate();
        items
            .map(|(index, part)| {
                (part.text_of("tag").map_or_else(|| (index + 1).to_string(), str::to_owned), part)
            })
            .collect()
    };
    let mut found = Vec::new();
    for (key, part) in keyed {
        let here = format!("{place}.{}", key.escape_debug());
        let number_key = key.parse::<u32>().ok().filter(|_| key.len() < 4);
        let tagged = spec
            .wire
            .element(number)
            .and_then(|element| element.composite.as_deref())
            .is_some_and(|c| c.is_tlv());
        let path = if tagged { tag_key(&key) } else { number_key.or_else(|| tag_key(&key)) };
        let path = path.map(|key| resolved(&spec.wire, Path::part(number, key)));
        let Some(path) = path.filter(|path| spec.wire.at(*path).is_some()) else {
            problems.add(part.line, format!("{here}: the wire layer does not have it"));
            continue;
        };
        let text = |key| part.text_of(key).unwrap_or_default().to_owned();
        found.push(PartMeaning {
            path,
            name: text("name"),
            alias: alias(part, path, &here, aliases, problems),
            meaning: text("meaning"),
            values: values(part, &here, enums, spec, problems),
        });
    }
    found
}

fn rule(
    entry: &Node,
    place: &str,
    enums: &BTreeMap<String, ValueSet>,
    spec: &Spec,
    problems: &mut Problems,
) -> Option<Rule> {
    for (key, value) in entry.entries() {
        let known =
            ["mti", "usage", "when", "values_ref", "validValues", "response_value", "severity", "note"];
        if !known.contains(&key.as_str()) && !key.starts_with("x-") {
            problems.add(value.line, format!("{place}: `{key}` is not a key of a rule"));
        }
    }
    let mti = types(entry, place, spec, problems);
    let usage = entry.text_of("usage").and_then(usage);
    if usage.is_none() {
        problems.add(entry.line, format!("{place}: usage is mandatory, optional or forbidden"));
    }
    let response = match entry.text_of("response_value") {
        None => None,
        Some("echo") => Some(ResponseValue::Echo),
        Some("new") => Some(ResponseValue::New),
        Some("modified") => Some(ResponseValue::Modified),
        Some(_) => {
            problems.add(entry.line, format!("{place}: response_value is echo, new or modified"));
            None
        }
    };
    if response.is_some()
        && let Some(request) =
            mti.iter().find(|mti| spec.catalog.get(*mti).is_some_and(|entry| entry.request))
    {
        problems.add(entry.line, format!("{place}: response_value on {request}, which is a request"));
    }
    let when = entry
        .text_of("when")
        .and_then(|text| Some((text.to_owned(), condition(text, entry.line, place, &spec.wire, problems)?)));
    let values = values(entry, place, enums, spec, problems);
    let severity = match entry.text_of("severity") {
        None | Some("reject") => Severity::Reject,
        Some("warn") => Severity::Warn,
        Some(_) => {
            problems.add(entry.line, format!("{place}: severity is reject or warn"));
            Severity::Reject
        }
    };
    let note = entry.text_of("note").unwrap_or_default().to_owned();
    Some(Rule { mti, usage: usage.unwrap_or(Usage::Optional), when, values, response, severity, note })
}
