//! The wire layer as it is written, laid over a base key by key, then translated.

use crate::{
    encoding::Encoding,
    node::Node,
    path::tag_key,
    prefix::Prefix,
    problem::Problems,
    wire::{Composite, Element, Kind, MAX_ELEMENT, Padding, Slice, UnknownTags, Wire},
};

pub const WIRE_KEYS: [&str; 7] = ["type", "length", "enc", "prefix", "padding", "description", "tag"];

#[derive(Clone, Default)]
struct Draft {
    kind: Option<Kind>,
    length: Option<usize>,
    encoding: Option<Encoding>,
    prefix: Option<Prefix>,
    padding: Option<Padding>,
    label: Option<String>,
    composite: Option<Node>,
}

/// Lays `fields` over `base`.
pub fn build(base: Option<Wire>, layers: &[&Node], problems: &mut Problems) -> Wire {
    let mut elements = base.map_or_else(|| vec![None; MAX_ELEMENT + 1], |wire| wire.elements);
    let mut drafts: Vec<Option<Draft>> = elements.iter().map(|element| element.as_ref().map(of)).collect();
    let mut lines = vec![0; MAX_ELEMENT + 1];
    for layer in layers {
        for (key, node) in layer.entries() {
            let Some(number) = key.parse::<usize>().ok().filter(|number| *number <= MAX_ELEMENT) else {
                problems.add(node.line, format!("wire: `{key}` is not an element, 0 to {MAX_ELEMENT}"));
                continue;
            };
            lines[number] = node.line;
            apply(drafts[number].get_or_insert_default(), node, &format!("DE {key}"), problems);
        }
    }
    for (number, draft) in drafts.into_iter().enumerate() {
        elements[number] =
            draft.and_then(|draft| finish(draft, lines[number], &format!("DE {number}"), 1, problems));
    }
    for (number, name) in [(0, "the message type"), (1, "the bitmap")] {
        if elements[number].is_none() {
            problems.add(0, format!("wire: DE {number}, {name}, is not described"));
        }
    }
    if elements[0]
        .as_ref()
        .is_some_and(|mti| mti.length != 4 || mti.prefix != Prefix::Fixed || mti.composite.is_some())
    {
        problems.add(lines[0], "DE 0: the message type has a fixed length of 4");
    }
    if let Some(bitmap) = &elements[1]
        && matches!(bitmap.encoding, Encoding::Bcd | Encoding::Lbcd)
    {
        problems.add(lines[1], "DE 1: a bitmap is Binary, HexToASCII, ASCII or EBCDIC");
    }
    Wire { elements }
}

fn of(element: &Element) -> Draft {
    Draft {
        kind: Some(element.kind),
        length: Some(element.length),
        encoding: Some(element.encoding),
        prefix: Some(element.prefix),
        padding: Some(element.padding),
        label: Some(element.label.clone()),
        composite: None,
    }
}

fn apply(draft: &mut Draft, node: &Node, place: &str, problems: &mut Problems) {
    if !node.is_map() {
        problems.add(node.line, format!("{place}: this is a map of wire keys"));
    }
    for (key, value) in node.entries() {
        let mut wrong = |what: &str| problems.add(value.line, format!("{place}: {what}"));
        let text = value.text().unwrap_or_default();
        match key.as_str() {
            "type" => match Kind::named(text) {
                Some(kind) => draft.kind = Some(kind),
                None => wrong(&format!("there is no type `{text}`")),
            },
            "length" => match text.parse() {
                Ok(length) if length <= 0xFFFF => draft.length = Some(length),
                _ => wrong("length is a number up to 65535"),
            },
            "enc" => match Encoding::named(text) {
                Some(encoding) => draft.encoding = Some(encoding),
                None => wrong(&format!("there is no encoding `{text}`")),
            },
            "prefix" => match Prefix::named(text) {
                Some(prefix) => draft.prefix = Some(prefix),
                None => wrong(&format!("there is no length prefix `{text}`")),
            },
            "padding" => {
                let pad = value.text_of("pad").unwrap_or_default();
                let byte = pad.as_bytes().first().copied().filter(|byte| pad.len() == 1 && byte.is_ascii());
                match (value.text_of("type"), byte) {
                    (Some("None"), _) => draft.padding = Some(Padding::None),
                    (Some("Left"), Some(pad)) => draft.padding = Some(Padding::Left(pad)),
                    (Some("Right"), Some(pad)) => draft.padding = Some(Padding::Right(pad)),
                    _ => wrong("padding is {type: Left|Right|None, pad: one ASCII character}"),
                }
            }
            "description" => draft.label = Some(text.to_owned()),
            "subfields" => draft.composite = Some(value.clone()),
            "tag" | "from" | "to" | "bitmap" => {}
            key if key.starts_with("x-") => {}
            _ => wrong(&format!("`{key}` is not a wire key")),
        }
    }
    // The library's own form: the tag's encoding stands beside the parts.
    if let (Some(tag), Some(parts)) = (node.get("tag"), draft.composite.as_mut())
        && parts.get("layout").is_none()
        && tag.text_of("enc") == Some("BerTLVTag")
        && let crate::node::Content::Map(entries) = &mut parts.content
    {
        entries.push(("tag".to_owned(), tag.clone()));
    }
}

fn finish(draft: Draft, line: usize, place: &str, depth: usize, problems: &mut Problems) -> Option<Element> {
    let mut missing = |what: &str| problems.add(line, format!("{place}: `{what}` is missing"));
    let framing = draft
        .composite
        .as_ref()
        .is_some_and(|node| node.get("layout").is_none_or(|l| l.text() != Some("positional")));
    let kind = draft.kind.or(draft.composite.as_ref().map(|_| Kind::Composite));
    if kind.is_none() {
        missing("type");
    }
    if draft.length.is_none() {
        missing("length");
    }
    let encoding = draft.encoding.or_else(|| framing.then_some(Encoding::Binary));
    if encoding.is_none() {
        missing("enc");
    }
    if draft.prefix.is_none() {
        missing("prefix");
    }
    let (kind, length, encoding, prefix) = (kind?, draft.length?, encoding?, draft.prefix?);
    if prefix.capacity() < length as u64 {
        problems.add(line, format!("{place}: a length of {length} does not fit its prefix"));
    }
    if kind == Kind::Composite && draft.composite.is_none() {
        problems.add(line, format!("{place}: a composite needs `subfields`"));
    }
    let composite = draft.composite.as_ref().and_then(|node| {
        if depth > 3 {
            problems.add(node.line, format!("{place}: composites are nested three deep at most"));
            return None;
        }
        composite(node, encoding, length, place, depth, problems).map(Box::new)
    });
    Some(Element {
        kind,
        length,
        encoding,
        prefix,
        padding: draft.padding.unwrap_or(Padding::None),
        label: draft.label.unwrap_or_default(),
        composite,
        keep_one: false,
    })
}

fn composite(
    node: &Node,
    encoding: Encoding,
    length: usize,
    place: &str,
    depth: usize,
    problems: &mut Problems,
) -> Option<Composite> {
    let Some(layout) = node.get("layout") else {
        return library_form(node, place, depth, problems);
    };
    for (key, value) in node.entries() {
        if !matches!(key.as_str(), "layout" | "unknown_tags" | "repeat" | "parts") {
            problems.add(value.line, format!("{place}: `{key}` is not a key of subfields"));
        }
    }
    let parts = node.get("parts").map(Node::items).unwrap_or_default();
    match layout.text() {
        Some("positional") => {
            let repeat = node.get("repeat").and_then(|repeat| {
                let number =
                    |key| repeat.text_of(key).and_then(|text| text.parse::<usize>().ok()).filter(|n| *n > 0);
                let pair = number("length").zip(number("max"));
                if pair.is_none() {
                    problems.add(repeat.line, format!("{place}: repeat is {{length: n, max: m}}"));
                }
                pair
            });
            let limit = repeat.map_or(length, |(length, _)| length);
            let mut slices: Vec<Slice> = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                let here = format!("{place}.{}", index + 1);
                let number = |key| part.text_of(key).and_then(|text| text.parse::<usize>().ok());
                let previous = slices.last().map_or(0, |slice| slice.to);
                match (number("from"), number("to")) {
                    (Some(from), Some(to)) if from > previous && to >= from && to <= limit => {
                        let mut draft = Draft {
                            kind: Some(Kind::String),
                            length: Some(to - from + 1),
                            encoding: Some(encoding),
                            prefix: Some(Prefix::Fixed),
                            ..Draft::default()
                        };
                        apply(&mut draft, part, &here, problems);
                        draft.composite = None;
                        let element = finish(draft, part.line, &here, depth + 1, problems)?;
                        slices.push(Slice { from: from - 1, to, element });
                    }
                    _ => problems.add(
                        part.line,
                        format!("{here}: from and to are ascending positions from 1 to {limit}"),
                    ),
                }
            }
            Some(Composite::Positional { parts: slices, repeat })
        }
        Some("tlv") => {
            let unknown = match node.text_of("unknown_tags") {
                None | Some("reject") => UnknownTags::Reject,
                Some("preserve") => UnknownTags::Preserve,
                Some("drop") => UnknownTags::Drop,
                Some(other) => {
                    problems.add(
                        node.line,
                        format!("{place}: unknown_tags is preserve, drop or reject, not `{other}`"),
                    );
                    UnknownTags::Reject
                }
            };
            let parts = parts
                .iter()
                .filter_map(|part| {
                    let tag = part.text_of("tag").unwrap_or_default();
                    tagged(tag, part, place, depth, problems)
                })
                .collect();
            Some(Composite::Tlv { parts: sorted(parts, node.line, place, problems), unknown })
        }
        Some("bitmapped") => {
            let mut found = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                let key = part.text_of("tag").and_then(|text| text.parse().ok()).unwrap_or(index as u32 + 1);
                found.extend(numbered(key, part, place, depth, problems));
            }
            Some(Composite::Bitmapped { parts: sorted(found, node.line, place, problems) })
        }
        _ => {
            problems.add(layout.line, format!("{place}: layout is positional, tlv or bitmapped"));
            None
        }
    }
}

/// `subfields: {"1": {…}}`, with the tag's encoding among them when they are tagged.
fn library_form(node: &Node, place: &str, depth: usize, problems: &mut Problems) -> Option<Composite> {
    let tagged_by = node.get("tag").is_some();
    let parts = node.entries().iter().filter(|entry| entry.0 != "tag");
    let mut found = Vec::new();
    for (key, part) in parts {
        if tagged_by {
            found.extend(tagged(key, part, place, depth, problems));
        } else {
            match key.parse() {
                Ok(key) if key > 0 => found.extend(numbered(key, part, place, depth, problems)),
                _ => problems.add(part.line, format!("{place}: `{key}` is not a number of a part")),
            }
        }
    }
    let parts = sorted(found, node.line, place, problems);
    Some(if tagged_by {
        Composite::Tlv { parts, unknown: UnknownTags::Reject }
    } else {
        Composite::Sequence { parts }
    })
}

fn tagged(
    tag: &str,
    part: &Node,
    place: &str,
    depth: usize,
    problems: &mut Problems,
) -> Option<(u32, Element)> {
    let key = tag_key(tag).filter(|key| crate::path::tag_len(&key.to_be_bytes()) * 2 == tag.len());
    let Some(key) = key else {
        problems.add(part.line, format!("{place}: `{tag}` is not a BER tag in hexadecimal"));
        return None;
    };
    let here = format!("{place}.{tag}");
    let mut draft = Draft { prefix: Some(Prefix::BerTlv), length: Some(0xFFFF), ..Draft::default() };
    apply(&mut draft, part, &here, problems);
    let kind = *draft.kind.get_or_insert(Kind::Binary);
    draft.encoding.get_or_insert(match kind {
        Kind::Numeric => Encoding::Bcd,
        Kind::String | Kind::Track1 | Kind::Track3 => Encoding::Ascii,
        _ => Encoding::Binary,
    });
    Some((key, finish(draft, part.line, &here, depth + 1, problems)?))
}

fn numbered(
    key: u32,
    part: &Node,
    place: &str,
    depth: usize,
    problems: &mut Problems,
) -> Option<(u32, Element)> {
    let here = format!("{place}.{key}");
    if !(1..=64).contains(&key) {
        problems.add(part.line, format!("{here}: parts are numbered 1 to 64"));
        return None;
    }
    let mut draft = Draft::default();
    apply(&mut draft, part, &here, problems);
    Some((key, finish(draft, part.line, &here, depth + 1, problems)?))
}

fn sorted(
    mut parts: Vec<(u32, Element)>,
    line: usize,
    place: &str,
    problems: &mut Problems,
) -> Vec<(u32, Element)> {
    parts.sort_by_key(|part| part.0);
    if parts.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        problems.add(line, format!("{place}: a part is described twice"));
    }
    parts
}
