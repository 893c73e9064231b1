//! What a gear type says of itself: from it come validation, documentation and editors' help.

use serde::Serialize;
use serde_json::Value;

use crate::{names::is_name, problem::listed};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Io,
    Codec,
    Logic,
    Observability,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Stable,
    Roadmap,
}

/// What a message that goes into a gear of the type comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Terminus {
    /// It leaves again: the walk to a link goes through.
    Transparent,
    /// It leaves the rack by a socket or a file.
    Io,
    /// Nobody can say.
    Opaque,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortDirection {
    Input,
    Output,
}

/// The ports of a type. A name with `<…>` in it is a pattern: `out_<name>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ports {
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
}

impl Ports {
    pub fn new(inputs: &[&str], outputs: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self { inputs: owned(inputs), outputs: owned(outputs) }
    }
    pub fn of(&self, direction: PortDirection) -> &[String] {
        match direction {
            PortDirection::Input => &self.inputs,
            PortDirection::Output => &self.outputs,
        }
    }
    /// Whether a port of that name may be there.
    pub fn has(&self, direction: PortDirection, port: &str) -> bool {
        self.of(direction).iter().any(|pattern| matches(pattern, port))
    }
    pub(crate) fn listed(&self, direction: PortDirection) -> String {
        listed(self.of(direction).iter().map(String::as_str))
    }
}

fn matches(pattern: &str, port: &str) -> bool {
    match (pattern.find('<'), pattern.rfind('>')) {
        (Some(open), Some(close)) if open < close => port
            .strip_prefix(&pattern[..open])
            .and_then(|rest| rest.strip_suffix(&pattern[close + 1..]))
            .is_some_and(is_name),
        _ => pattern == port,
    }
}

/// Everything a gear type publishes about itself.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    #[serde(rename = "type")]
    pub gear_type: String,
    pub category: Category,
    pub status: Status,
    /// One line.
    pub summary: String,
    pub ports: Ports,
    /// JSON Schema (draft-07) of `config`.
    pub config: Value,
    pub terminus: Terminus,
    /// Name of its page in the documentation.
    pub doc: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let ports = Ports::new(&["in", "in_reply"], &["out_<name>", "error", "<declared>_end"]);
        for (direction, port, there) in [
            (PortDirection::Input, "in", true),
            (PortDirection::Input, "out_a", false),
            (PortDirection::Output, "out_scheme-a", true),
            (PortDirection::Output, "out_", false),
            (PortDirection::Output, "out", false),
            (PortDirection::Output, "error", true),
            (PortDirection::Output, "the_end", true),
            (PortDirection::Output, "_end", false),
        ] {
            assert_eq!(ports.has(direction, port), there, "{port}");
        }
    }
}
