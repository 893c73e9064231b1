//! `x-fluxrig-observability`: what may become a label of a metric. Only what has few values may, or a
//! metric would grow with the traffic.

use super::resolved;
use crate::{
    node::Node,
    path::Path,
    problem::Problems,
    semantics::{Format, ValueSet},
    spec::{Dimension, MeasuredField, Spec},
};

/// A name of an element, of a part, or `mti`.
fn place(spec: &Spec, text: &str) -> Option<Path> {
    if text == "mti" {
        return Some(Path::element(0));
    }
    let aliased = spec.aliases().find(|alias| alias.0 == text).map(|alias| alias.1);
    let path = aliased.or_else(|| Path::parse(text).map(|path| resolved(&spec.wire, path)))?;
    spec.wire.at(path).is_some().then_some(path)
}

/// Whether there are only so many labels: a closed set, or one whose values all have a category.
fn bounded(set: Option<&ValueSet>) -> bool {
    set.is_some_and(|set| {
        !set.values.is_empty() && (set.closed || set.values.values().all(|value| !value.category.is_empty()))
    })
}

pub fn read(node: &Node, spec: &mut Spec, problems: &mut Problems) {
    let Some(block) = node.get("x-fluxrig-observability") else { return };
    for item in block.get("dimensions").map(Node::items).unwrap_or_default() {
        let name = item.text().unwrap_or_default();
        let Some(path) = place(spec, name) else {
            let what = format!("observability: there is no `{}`", name.escape_debug());
            problems.add(item.line, what);
            continue;
        };
        if path != Path::element(0) && !bounded(spec.values_of(path)) {
            let what = format!(
                "observability: `{}` could have any number of values; it needs a closed set, or categories",
                name.escape_debug()
            );
            problems.add(item.line, what);
        }
        spec.dimensions.push(Dimension { name: name.to_owned(), path });
    }
    for item in block.get("histograms").map(Node::items).unwrap_or_default() {
        let mut find = |key: &str| {
            let name = item.text_of(key)?;
            let found = place(spec, name);
            if found.is_none() {
                problems.add(item.line, format!("observability: there is no `{}`", name.escape_debug()));
            }
            found
        };
        let (field, by) = (find("field"), find("by"));
        let Some(field) = field else {
            if item.text_of("field").is_none() {
                problems.add(item.line, "observability: a histogram needs `field`");
            }
            continue;
        };
        let meaning = spec.meaning(field.element);
        let currency = meaning.and_then(|meaning| meaning.currency).filter(|_| field.is_element());
        if meaning.and_then(|meaning| meaning.format) == Some(Format::Amount)
            && field.is_element()
            && by.map(|by| by.element) != currency
        {
            problems.add(item.line, "observability: amounts of different currencies cannot be added up");
        } else if let Some(by) = by.filter(|by| *by != Path::element(0) && !bounded(spec.values_of(*by))) {
            let what = format!("observability: DE {by} could have any number of values");
            problems.add(item.line, what);
        }
        let unit = item.text_of("unit").unwrap_or_default().to_owned();
        spec.histograms.push(MeasuredField { field, by, unit });
    }
}
