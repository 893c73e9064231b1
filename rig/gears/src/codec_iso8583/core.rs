//! Reading and writing messages by a specification, without files or metrics.

use rig_envelope::Message;
use rig_iso8583::{Iso8583Message, Spec, Validation, Violation, semantics::Severity};

use super::config::{Config, Direction, Mode};
use crate::GearError;

/// What came of one message.
pub struct Outcome {
    pub decoded: bool,
    pub message: Iso8583Message,
    pub violations: Vec<Violation>,
}

pub const fn decodes(direction: Direction, envelope: &Message) -> bool {
    match direction {
        Direction::Decode => true,
        Direction::Encode => false,
        Direction::Auto => !envelope.raw.is_empty(),
    }
}

/// Decodes or encodes in place. Errors name elements, never values.
pub fn apply(spec: &Spec, config: &Config, envelope: &mut Message) -> Result<Outcome, GearError> {
    let decoded = decodes(config.direction, envelope);
    let message = match decoded {
        true => {
            spec.decode_into(envelope).map_err(|error| GearError::new("decode_failed", error.to_string()))
        }
        false => {
            spec.encode_from(envelope).map_err(|error| GearError::new("encode_failed", error.to_string()))
        }
    }?;
    let mode = match config.validation {
        Mode::Off => Validation::Off,
        Mode::Warn => Validation::Warn,
        Mode::Enforce => Validation::Enforce,
    };
    let violations = spec.violations(&message, mode, None);
    if mode != Validation::Off {
        envelope.meta.insert("codec.violations", violations.len().to_string());
    }
    Ok(Outcome { decoded, message, violations })
}

/// The error of a message that breaks a rejecting rule.
pub fn rejected(violations: &[Violation]) -> Option<GearError> {
    let texts: Vec<_> = violations
        .iter()
        .filter(|violation| violation.severity == Severity::Reject)
        .map(|violation| violation.text.as_str())
        .collect();
    (!texts.is_empty()).then(|| GearError::new("rules_broken", texts.join("; ")))
}
