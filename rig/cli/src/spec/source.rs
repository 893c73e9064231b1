//! The lines of a specification's text that belong to some of its elements, found by indentation:
//! below a `fields:`, from the element's number to the next line that is indented no deeper, and
//! the comment above it.

use std::collections::BTreeSet;

/// The text's lines, those of the elements blank. Numbers of lines stay true.
pub fn without(text: &str, elements: &BTreeSet<u8>) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut shown: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
    // Indentation of the `fields:` we are in, and of the element that is left out.
    let (mut fields, mut hidden): (Option<usize>, Option<usize>) = (None, None);
    for (at, line) in lines.iter().enumerate() {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            if hidden.is_some() {
                shown[at].clear();
            }
            continue;
        }
        let depth = line.len() - content.len();
        if hidden.is_some_and(|hidden| depth > hidden) {
            shown[at].clear();
            continue;
        }
        hidden = None;
        if fields.is_some_and(|fields| depth <= fields) {
            fields = None;
        }
        if content.trim_end() == "fields:" {
            fields = Some(depth);
            continue;
        }
        if fields.is_some() && element(content).is_some_and(|number| elements.contains(&number)) {
            hidden = Some(depth);
            shown[at].clear();
            let mut above = at;
            while above > 0 && lines[above - 1].trim_start().starts_with('#') {
                above -= 1;
                shown[above].clear();
            }
        }
    }
    shown
}

/// `52:` or `"52":` at the beginning of a line.
fn element(content: &str) -> Option<u8> {
    let (key, _) = content.split_once(':')?;
    key.trim().trim_matches(['"', '\'']).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_elements_are_blank() {
        let text = "spec:\n  wire:\n    fields:\n      2: { type: String }\n      52: { a: 1,\n        b: 2 }\n  fields:\n    # about 2\n    2:\n      alias: pan\n    # secret\n    52:\n      alias: pin\n\n      note: x\n    53: {}\n  52: not a field\n";
        let shown = without(text, &BTreeSet::from([52]));
        assert_eq!(shown.len(), text.lines().count());
        let kept: Vec<_> = shown.iter().filter(|line| !line.is_empty()).map(String::as_str).collect();
        let wanted = [
            "spec:",
            "  wire:",
            "    fields:",
            "      2: { type: String }",
            "  fields:",
            "    # about 2",
            "    2:",
            "      alias: pan",
            "    53: {}",
            "  52: not a field",
        ];
        assert_eq!(kept, wanted);
    }
}
