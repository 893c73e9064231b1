//! What concerns a document as a whole: its policy, and conditions that wait for each
//! other.

use std::collections::BTreeMap;

use crate::{node::Node, problem::Problems, spec::Spec};

/// `validation_policy`.
pub fn policy(node: &Node, problems: &mut Problems) {
    let Some(policy) = node.get("validation_policy") else { return };
    for (key, value) in policy.entries() {
        if key != "unlisted" || !matches!(value.text(), Some("optional" | "forbidden")) {
            problems.add(
                value.line,
                "validation_policy: unlisted is optional or forbidden, and there is no more",
            );
        }
    }
}

/// Elements whose presence depends on each other's, in a circle, could never be told.
pub fn circles(spec: &Spec, problems: &mut Problems) {
    for mti in spec.catalog.keys() {
        let mut reads: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
        for (number, meaning) in &spec.meanings {
            let read = reads.entry(*number).or_default();
            for rule in meaning.rules.iter().filter(|rule| rule.mti.contains(mti)) {
                if let Some((_, when)) = &rule.when {
                    when.paths(&mut |path| read.extend(Some(path.element).filter(|other| other != number)));
                }
            }
        }
        // What reads nothing, or only what is free of circles, is free of them; what is left is not.
        loop {
            let free: Vec<u8> = reads
                .iter()
                .filter(|(_, read)| read.iter().all(|number| !reads.contains_key(number)))
                .map(|(number, _)| *number)
                .collect();
            if free.is_empty() {
                break;
            }
            reads.retain(|number, _| !free.contains(number));
        }
        if let Some(first) = reads.keys().next() {
            let listed: Vec<_> = reads.keys().map(ToString::to_string).collect();
            let what = format!("{mti}: the conditions of DE {} go in a circle", listed.join(", "));
            problems.add(spec.meanings.get(first).map_or(0, |meaning| meaning.line), what);
        }
    }
}
