//! The rules of a specification applied to a message that could be read.

use crate::{
    mask::masked,
    message::Iso8583Message,
    path::Path,
    semantics::{Format, ResponseValue, Sensitivity, Severity, Usage, ValueSet},
    spec::Spec,
};

/// How strictly rules are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Validation {
    #[default]
    Off,
    /// Every violation is a warning.
    Warn,
    /// A rejecting violation fails the message.
    Enforce,
}

impl Validation {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "off" => Self::Off,
            "warn" => Self::Warn,
            "enforce" => Self::Enforce,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    Usage,
    Value,
    Check,
    Echo,
}

impl ViolationKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Value => "value",
            Self::Check => "check",
            Self::Echo => "echo",
        }
    }
}

/// A rule that a message breaks. The text shows nothing sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub kind: ViolationKind,
    pub severity: Severity,
    pub text: String,
}

impl Spec {
    /// All rules that a message breaks. `request` is what it answers, if that is known: what must be
    /// echoed is compared with it.
    pub fn violations(
        &self,
        message: &Iso8583Message,
        mode: Validation,
        request: Option<&Iso8583Message>,
    ) -> Vec<Violation> {
        let mut found = Vec::new();
        let mti = message.mti();
        if mode == Validation::Off || !self.knows(mti) {
            return found;
        }
        let mut add = |kind, severity, text| found.push(Violation { kind, severity, text });
        let numeric = |path: Path| self.is_numeric(path);
        for (number, meaning) in self.meanings() {
            let path = Path::element(number);
            let present = message.has(path);
            let mut listed = meaning.rules.iter().filter(|rule| rule.mti.iter().any(|one| one == mti));
            let rule =
                listed.find(|rule| rule.when.as_ref().is_none_or(|(_, when)| when.holds(message, &numeric)));
            if let Some(rule) = rule {
                let when = rule.when.as_ref().map_or(String::new(), |(text, _)| format!(" when {text}"));
                match rule.usage {
                    Usage::Mandatory if !present => add(
                        ViolationKind::Usage,
                        rule.severity,
                        format!("DE {number}: is mandatory and is not present{when}"),
                    ),
                    Usage::Forbidden if present => add(
                        ViolationKind::Usage,
                        rule.severity,
                        format!("DE {number}: must not be present and is{when}"),
                    ),
                    _ => {}
                }
                if rule.response == Some(ResponseValue::Echo)
                    && present
                    && let Some(request) = request
                    && request.value(path) != message.value(path)
                {
                    add(
                        ViolationKind::Echo,
                        rule.severity,
                        format!("DE {number}: is not what the request carried"),
                    );
                }
            }
            let sensitivity = self.sensitivity(number);
            let severity = rule.map_or(Severity::Reject, |rule| rule.severity);
            let mut value = |path: Path, set: Option<&ValueSet>, length: usize| {
                let Some(text) = message.value(path).and_then(|value| std::str::from_utf8(value).ok()) else {
                    return;
                };
                if let Some(set) = set.filter(|set| set.closed && !set.lists(text, length)) {
                    let _ = set;
                    add(
                        ViolationKind::Value,
                        severity,
                        format!(
                            "DE {path}: carries \"{}\", which its value set does not list (the set is closed, so it may not)",
                            masked(text, sensitivity).escape_debug()
                        ),
                    );
                }
            };
            let length = |path| self.wire().at(path).map_or(0, |element| element.length);
            value(path, rule.and_then(|rule| rule.values.as_ref()).or(meaning.values.as_ref()), length(path));
            for part in &meaning.parts {
                value(part.path, part.values.as_ref(), length(part.path));
            }
        }
        if self.unlisted_forbidden() {
            // Listed is what has a line for this type, whether or not its condition holds.
            let listed = |number| {
                let rules = self.meaning(number).map_or(&[][..], |meaning| &meaning.rules);
                rules.iter().any(|rule| rule.mti.iter().any(|one| one == mti))
            };
            for number in message.elements().filter(|number| *number > 1 && !listed(*number)) {
                add(
                    ViolationKind::Usage,
                    Severity::Reject,
                    format!("DE {number}: must not be present and is"),
                );
            }
        }
        for check in self.checks().iter().filter(|check| check.mti.iter().any(|one| one == mti)) {
            if !check.assert.holds(message, &numeric) {
                add(ViolationKind::Check, check.severity, check.name.clone());
            }
        }
        if mode == Validation::Warn {
            for violation in &mut found {
                violation.severity = Severity::Warn;
            }
        }
        found
    }

    /// Whether an element holds a number. Parts have no kind.
    pub fn is_numeric(&self, path: Path) -> bool {
        path.is_element()
            && self.meaning(path.element).and_then(|meaning| meaning.format).is_some_and(Format::is_numeric)
    }

    /// Whether an element is classified at all.
    pub fn is_sensitive(&self, element: u8) -> bool {
        self.sensitivity(element) != Sensitivity::None
    }
}
