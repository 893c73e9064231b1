//! From a document to a [`Spec`], with every problem told at once.

mod document;
mod fields;
mod observability;
mod simulation;
mod wire;

use std::collections::BTreeMap;

use crate::{
    base::{BASES, base},
    condition::Condition,
    node::Node,
    path::Path,
    problem::Problems,
    semantics::{CatalogEntry, Check, Reference, Severity, Transition, Usage, ValueMeaning, ValueSet},
    spec::{Resolver, Spec},
    wire::{Composite, Wire},
};

const KEYS: [&str; 15] = [
    "id",
    "version",
    "name",
    "protocol",
    "encoding",
    "overview",
    "references",
    "extends",
    "wire",
    "messages",
    "enums",
    "fields",
    "validation_policy",
    "checks",
    "description",
];

/// How deep documents may extend each other.
const MAX_EXTENDS: usize = 8;

pub fn load(document: &str, resolver: &dyn Resolver) -> Result<Spec, Problems> {
    let root = Node::parse(document)?;
    let mut problems = Problems::default();
    let own = root.get("spec").unwrap_or(&root).clone();
    let node = extended(own, resolver, &mut problems, 0);
    for (key, value) in node.entries() {
        if !KEYS.contains(&key.as_str()) && !key.starts_with("x-") {
            problems.add(value.line, format!("`{key}` is not a key of a specification"));
        }
    }
    let id = node.text_of("id").unwrap_or_default().to_owned();
    let well_formed = |id: &str| {
        id.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
            && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    if id.is_empty() {
        problems.add(node.line, "`id` is missing");
    } else if !well_formed(&id) {
        problems.add(node.line, "`id` has lower-case letters, digits and hyphens only");
    }
    let version = node.text_of("version").unwrap_or_default().to_owned();
    if version.is_empty() {
        problems.add(node.line, "`version` is missing");
    } else if !is_version(&version) {
        problems.add(node.line, format!("`{}` is not a version like 1.2.0", version.escape_debug()));
    }
    if let Some(protocol) = node.text_of("protocol").filter(|protocol| *protocol != "iso8583") {
        problems.add(node.line, format!("the protocol is iso8583, not `{}`", protocol.escape_debug()));
    }
    let wire = wire_layer(&node, resolver, &mut problems);
    let mut spec = Spec {
        id,
        version,
        title: node.text_of("name").unwrap_or_default().to_owned(),
        overview: node.text_of("overview").unwrap_or_default().to_owned(),
        hash: String::new(),
        wire,
        meanings: BTreeMap::new(),
        catalog: BTreeMap::new(),
        checks: Vec::new(),
        correlate_on: Vec::new(),
        references: references(&node, &mut problems),
        transitions: Vec::new(),
        unlisted_forbidden: node.get("validation_policy").and_then(|policy| policy.text_of("unlisted"))
            == Some("forbidden"),
        simulation: None,
        dimensions: Vec::new(),
        histograms: Vec::new(),
    };
    if spec.title.is_empty() {
        problems.add(node.line, "`name` is missing");
    }
    messages(&node, &mut spec, &mut problems);
    let enums = enums(&node);
    fields::read(&node, &enums, &mut spec, &mut problems);
    checks(&node, &mut spec, &mut problems);
    document::policy(&node, &mut problems);
    document::circles(&spec, &mut problems);
    observability::read(&node, &mut spec, &mut problems);
    simulation::read(&node, &enums, &mut spec, &mut problems);
    if problems.0.is_empty() { Ok(spec) } else { Err(problems) }
}

fn extended(own: Node, resolver: &dyn Resolver, problems: &mut Problems, depth: usize) -> Node {
    let Some(reference) = own.text_of("extends").map(str::to_owned) else { return own };
    if depth >= MAX_EXTENDS {
        problems.add(own.line, "specifications extend each other too deeply, or in a circle");
        return own;
    }
    let parent = resolver.resolve(&reference).map_err(|why| vec![why]).and_then(|text| {
        Node::parse(&text).map_err(|found| found.0.iter().map(ToString::to_string).collect())
    });
    match parent {
        Ok(root) => {
            let mut parent = root.get("spec").unwrap_or(&root).clone();
            parent = extended(parent, resolver, problems, depth + 1);
            parent.merged(&own)
        }
        Err(messages) => {
            for message in messages {
                problems.add(own.line, format!("extends `{}`: {message}", reference.escape_debug()));
            }
            own
        }
    }
}

fn is_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<_> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn wire_layer(node: &Node, resolver: &dyn Resolver, problems: &mut Problems) -> Wire {
    let layer = node.get("wire");
    let mut source = None;
    let mut below = None;
    if let Some(layer) = layer {
        for (key, value) in layer.entries() {
            match key.as_str() {
                "format" if value.text() != Some("moov") => {
                    problems.add(value.line, "wire: the format is moov");
                }
                "source" | "fields" | "format" => {}
                key if key.starts_with("x-") => {}
                key => problems.add(value.line, format!("wire: `{key}` is not a key here")),
            }
        }
        if let Some(name) = layer.text_of("source") {
            if let Some(wire) = base(name) {
                source = Some(wire);
            } else if name.starts_with("moov:") || name.starts_with("rig:") {
                problems
                    .add(layer.line, format!("wire: there is no `{name}`; there are {}", BASES.join(", ")));
            } else if name.starts_with('/') || name.split(['/', '\\']).any(|part| part == "..") {
                problems.add(layer.line, "wire: the source stays in the specification's own folder");
            } else {
                match resolver.resolve(name).map_err(|why| vec![why]).and_then(|text| {
                    Node::parse(&text).map_err(|found| found.0.iter().map(ToString::to_string).collect())
                }) {
                    Ok(found) => below = Some(found),
                    Err(messages) => {
                        for message in messages {
                            problems
                                .add(layer.line, format!("wire source `{}`: {message}", name.escape_debug()));
                        }
                    }
                }
            }
        }
    } else {
        problems.add(node.line, "`wire` is missing");
    }
    let below = below.as_ref().map(|root| {
        let root = root.get("spec").unwrap_or(root);
        let root = root.get("wire").unwrap_or(root);
        root.get("fields").unwrap_or(root)
    });
    let own = layer.and_then(|layer| layer.get("fields"));
    let layers: Vec<&Node> = below.into_iter().chain(own).collect();
    wire::build(source, &layers, problems)
}

fn messages(node: &Node, spec: &mut Spec, problems: &mut Problems) {
    let Some(messages) = node.get("messages") else { return };
    for (mti, entry) in messages.get("catalog").map(Node::entries).unwrap_or_default() {
        if mti.len() != 4 || !mti.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.add(entry.line, format!("catalog: `{}` is not a message type", mti.escape_debug()));
        }
        if entry.text_of("name").is_none() {
            problems.add(entry.line, format!("catalog {mti}: `name` is missing"));
        }
        let flow = entry.text_of("flow");
        if !matches!(flow, Some("request" | "response")) {
            problems.add(entry.line, format!("catalog {mti}: flow is request or response"));
        }
        if !matches!(entry.text_of("class"), None | Some("business" | "network")) {
            problems.add(entry.line, format!("catalog {mti}: class is business or network"));
        }
        let text = |key| entry.text_of(key).unwrap_or_default().to_owned();
        spec.catalog.insert(
            mti.clone(),
            CatalogEntry {
                name: text("name"),
                request: flow == Some("request"),
                pairs_with: entry.text_of("pairs_with").map(str::to_owned),
                timeout: text("response_timeout"),
                class: text("class"),
                meaning: text("meaning"),
            },
        );
        let timeout = text("response_timeout");
        let number = timeout.trim_end_matches(|unit: char| unit.is_ascii_lowercase());
        if !timeout.is_empty()
            && (number.is_empty()
                || !number.bytes().all(|byte| byte.is_ascii_digit())
                || !matches!(&timeout[number.len()..], "ms" | "s" | "m" | "h"))
        {
            problems
                .add(entry.line, format!("catalog {mti}: response_timeout is a number and ms, s, m or h"));
        }
    }
    for (mti, entry) in &spec.catalog {
        if let Some(pair) = entry.pairs_with.as_ref().filter(|pair| !spec.catalog.contains_key(*pair)) {
            problems.add(
                messages.line,
                format!("catalog {mti}: pairs with {pair}, which the catalog does not have"),
            );
        }
    }
    for transition in messages.get("transitions").map(Node::items).unwrap_or_default() {
        for key in ["from", "to"] {
            match transition.text_of(key) {
                None => problems.add(transition.line, format!("transition: `{key}` is missing")),
                Some(mti) if !spec.knows(mti) => {
                    problems.add(transition.line, format!("transition: {mti} is not in the catalog"));
                }
                Some(_) => {}
            }
        }
        if transition.text_of("trigger").is_none() {
            problems.add(transition.line, "transition: `trigger` is missing");
        }
        let text = |key| transition.text_of(key).unwrap_or_default().to_owned();
        let (from, to) = (text("from"), text("to"));
        spec.transitions.push(Transition { from, to, trigger: text("trigger"), meaning: text("meaning") });
    }
    spec.correlate_on = messages
        .get("correlate_on")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.text().map(str::to_owned))
        .collect();
}

fn references(node: &Node, problems: &mut Problems) -> Vec<Reference> {
    let entries = node.get("references").map(Node::items).unwrap_or_default().iter();
    let read = entries.map(|entry| {
        let text = |key| entry.text_of(key).unwrap_or_default().to_owned();
        if text("title").is_empty() {
            problems.add(entry.line, "reference: `title` is missing");
        }
        Reference { title: text("title"), publisher: text("publisher"), note: text("note"), url: text("url") }
    });
    read.collect()
}

fn enums(node: &Node) -> BTreeMap<String, ValueSet> {
    let entries = node.get("enums").map(Node::entries).unwrap_or_default();
    entries.iter().map(|(name, entry)| (name.clone(), value_set(entry))).collect()
}

/// `{closed, values: {code: {name, …} | text}}`; a list of codes is a closed set.
fn value_set(node: &Node) -> ValueSet {
    let mut set = ValueSet::default();
    let values = match node.get("values") {
        Some(values) => {
            set.closed = node.text_of("closed") == Some("true");
            values
        }
        None => {
            set.closed = true;
            node
        }
    };
    if values.is_map() {
        for (code, value) in values.entries() {
            let text = |key| value.text_of(key).unwrap_or_default().to_owned();
            let name = value.text().map_or_else(|| text("name"), str::to_owned);
            let meaning = ValueMeaning { name, category: text("category"), meaning: text("meaning") };
            set.values.insert(code.clone(), meaning);
        }
    } else {
        for code in values.items().iter().filter_map(Node::text) {
            set.values.insert(code.to_owned(), ValueMeaning::default());
        }
    }
    set
}

fn checks(node: &Node, spec: &mut Spec, problems: &mut Problems) {
    for entry in node.get("checks").map(Node::items).unwrap_or_default() {
        let name = entry.text_of("name").unwrap_or_default().to_owned();
        let place = format!("check `{}`", name.escape_debug());
        if name.is_empty() {
            problems.add(entry.line, "check: `name` is missing");
        }
        let mti = types(entry, &place, spec, problems);
        let severity = match entry.text_of("severity") {
            None | Some("reject") => Severity::Reject,
            Some("warn") => Severity::Warn,
            Some(_) => {
                problems.add(entry.line, format!("{place}: severity is reject or warn"));
                Severity::Reject
            }
        };
        let Some(assert) = entry.text_of("assert") else {
            problems.add(entry.line, format!("{place}: `assert` is missing"));
            continue;
        };
        if let Some(assert) = condition(assert, entry.line, &place, &spec.wire, problems) {
            let note = entry.text_of("note").unwrap_or_default().to_owned();
            spec.checks.push(Check { mti, name, assert, severity, note });
        }
    }
}

/// The `mti` of an entry, one or several, all in the catalog.
fn types(entry: &Node, place: &str, spec: &Spec, problems: &mut Problems) -> Vec<String> {
    let items = entry.get("mti").map(Node::items).unwrap_or_default();
    if items.is_empty() {
        problems.add(entry.line, format!("{place}: `mti` is missing"));
    }
    let mut types = Vec::new();
    for mti in items.iter().filter_map(Node::text) {
        if !spec.knows(mti) {
            problems.add(entry.line, format!("{place}: {} is not in the catalog", mti.escape_debug()));
        }
        types.push(mti.to_owned());
    }
    types
}

fn condition(
    text: &str,
    line: usize,
    place: &str,
    wire: &Wire,
    problems: &mut Problems,
) -> Option<Condition> {
    match Condition::parse(text) {
        Err(error) => {
            problems.add(line, format!("{place}: the condition does not parse {error}"));
            None
        }
        Ok(mut condition) => {
            condition.map_paths(&|path| resolved(wire, path));
            condition.paths(&mut |path| {
                let kept = matches!(
                    wire.element(path.element).and_then(|element| element.composite.as_deref()),
                    Some(Composite::Tlv { unknown: crate::wire::UnknownTags::Preserve, .. })
                );
                if wire.at(path).is_none() && !kept {
                    problems.add(line, format!("{place}: the condition reads {path}, which is not declared"));
                }
            });
            Some(condition)
        }
    }
}

/// A path as the wire has it: numbers are tags where there are tags, and a part of a repeated group
/// is that of the first occurrence.
fn resolved(wire: &Wire, path: Path) -> Path {
    match wire.element(path.element).and_then(|element| element.composite.as_deref()) {
        Some(Composite::Tlv { .. }) => path.with_tags(),
        Some(Composite::Positional { repeat: Some(_), .. }) if path.depth() == 1 => {
            Path { element: path.element, keys: [1, path.keys[0], 0] }
        }
        _ => path,
    }
}

const fn usage(text: &str) -> Option<Usage> {
    Some(match text.as_bytes() {
        b"mandatory" => Usage::Mandatory,
        b"optional" => Usage::Optional,
        b"forbidden" => Usage::Forbidden,
        _ => return None,
    })
}
