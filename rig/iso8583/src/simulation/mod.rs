//! Test data from a specification: requests by its templates, answers by its responder.
//!
//! The same seed, clock and order of calls give the same messages. Nothing here reads a clock or the
//! system's randomness.

mod civil;
mod draw;

use std::{collections::BTreeMap, time::Duration};

pub use self::draw::State;
use crate::{condition::Condition, error::CodecError, message::Iso8583Message, path::Path, spec::Spec};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Literal(String),
    /// A card number with a right check digit.
    Pan {
        prefix: String,
        length: usize,
    },
    Stan,
    Rrn,
    Auth,
    /// Counts up from a number, each place for itself.
    Seq(u64),
    /// Between both, themselves included.
    Rand(u64, u64),
    Uuid,
    /// The time, as letters of a layout: `MMDDhhmmss`.
    Now(String),
    /// One of these codes.
    Codes(Vec<String>),
    /// As long as given, and none of these codes.
    Invalid(Vec<String>, usize),
    /// What the request has there.
    Echo(Path),
    /// One of these by its weight.
    Choose(Vec<(Source, u64)>),
}

#[derive(Clone, Debug)]
pub struct ResponderRule {
    pub name: String,
    pub when: Option<Condition>,
    pub set: BTreeMap<Path, Source>,
    pub delay: Option<Delay>,
}

/// How long an answer takes: between both, themselves included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delay {
    pub least: Duration,
    pub most: Duration,
}

#[derive(Clone, Debug, Default)]
pub struct Responder {
    pub echo: Vec<Path>,
    pub delay: Delay,
    pub default: BTreeMap<Path, Source>,
    /// The first whose condition holds for the request.
    pub rules: Vec<ResponderRule>,
}

/// `x-fluxrig-simulation` of a specification.
#[derive(Clone, Debug, Default)]
pub struct Simulation {
    /// Message types and their weights.
    pub mix: Vec<(String, u64)>,
    pub defaults: BTreeMap<Path, Source>,
    pub templates: BTreeMap<String, BTreeMap<Path, Source>>,
    pub responder: Option<Responder>,
}

impl Spec {
    pub const fn simulation(&self) -> Option<&Simulation> {
        self.simulation.as_ref()
    }

    /// A request of a type drawn from the mix; `None` if the specification has no mix.
    /// `now` is in milliseconds since 1970.
    pub fn simulate(&self, state: &mut State, now: i64) -> Result<Option<Iso8583Message>, CodecError> {
        let Some(simulation) = self.simulation.as_ref().filter(|simulation| !simulation.mix.is_empty())
        else {
            return Ok(None);
        };
        let mti = state.weighted(&simulation.mix);
        let mut message = Iso8583Message::of(mti);
        state.begin();
        let own = simulation.templates.get(mti);
        self.fill(&simulation.defaults, own, None, state, now, &mut message)?;
        Ok(Some(message))
    }

    /// The answer that the responder gives, and how long it takes; `None` if there is no responder,
    /// or nothing answers such a message.
    pub fn respond(
        &self,
        request: &Iso8583Message,
        state: &mut State,
        now: i64,
    ) -> Result<Option<(Iso8583Message, Duration)>, CodecError> {
        let Some((simulation, responder)) = self
            .simulation
            .as_ref()
            .and_then(|simulation| Some((simulation, simulation.responder.as_ref()?)))
        else {
            return Ok(None);
        };
        let Some(mti) = self.answer_to(request.mti()) else { return Ok(None) };
        let mut answer = Iso8583Message::of(&mti);
        state.begin();
        if let Some(template) = simulation.templates.get(&mti) {
            self.fill(template, None, Some(request), state, now, &mut answer)?;
        }
        for path in &responder.echo {
            if let Some(value) = request.value(*path) {
                self.wire().set_part(&mut answer, *path, value)?;
            }
        }
        let numeric = |path: Path| self.is_numeric(path);
        let rule = responder
            .rules
            .iter()
            .find(|rule| rule.when.as_ref().is_none_or(|when| when.holds(request, &numeric)));
        let over = rule.map(|rule| &rule.set);
        self.fill(&responder.default, over, Some(request), state, now, &mut answer)?;
        let delay = rule.and_then(|rule| rule.delay).unwrap_or(responder.delay);
        Ok(Some((answer, state.delay(delay))))
    }

    /// The type of the answer to a request: by the catalog, or by the standard.
    fn answer_to(&self, mti: &str) -> Option<String> {
        match self.catalog().get(mti) {
            Some(entry) if !entry.request => None,
            Some(entry) if entry.pairs_with.is_some() => entry.pairs_with.clone(),
            _ if matches!(mti.as_bytes().get(2), Some(b'0' | b'2' | b'6')) => crate::spec::response_mti(mti),
            _ => None,
        }
    }

    /// Whole elements first, then parts: a part lies over the whole.
    fn fill(
        &self,
        below: &BTreeMap<Path, Source>,
        over: Option<&BTreeMap<Path, Source>>,
        request: Option<&Iso8583Message>,
        state: &mut State,
        now: i64,
        message: &mut Iso8583Message,
    ) -> Result<(), CodecError> {
        let over = over.into_iter().flatten();
        let laid: BTreeMap<&Path, &Source> = below.iter().chain(over).collect();
        let mut ordered: Vec<_> = laid.into_iter().collect();
        ordered.sort_by_key(|(path, _)| path.depth());
        for (path, source) in ordered {
            if let Some(value) = self.draw(*path, source, request, state, now) {
                self.wire().set_part(message, *path, &value)?;
            }
        }
        Ok(())
    }
}
