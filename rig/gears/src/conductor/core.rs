//! The switch itself, without sockets and clock: requests go out by a route, replies come back to
//! who asked, and what is not answered in time is told.
//!
//! Parks a copy of every request before it leaves, so that a reply is joined with its request and
//! never with another. Never writes a message of its own: a decline is made by who reads `error`.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use rig_envelope::{Message, Value};

use super::{
    breaker::{Breaker, Rules, State},
    config::Config,
    routes::Match,
    tree::{Leaves, Tree},
    valet::{Opening, Valet},
};

const ORIGIN: &str = "conductor.origin";
/// Timeouts told at one time.
const TIMEOUTS: usize = 32;

/// Identifies a request and its reply: the values of the correlation fields.
pub type Key = Box<[u8]>;

/// What is to be done with a message.
#[derive(Debug)]
pub enum Step {
    /// Emit; if that fails, [`Core::not_sent`] with the key. Route and leaf by number.
    Forward { port: Arc<str>, message: Message, key: Key, route: usize, leaf: usize },
    /// Emit to who asked: what the leaf replied. `replayed`: it was answered before.
    Answer { port: Arc<str>, message: Message, leaf: usize, replayed: bool },
    /// Emit on `error`; the message says why.
    Failed { reason: &'static str, message: Message },
    /// Asked again while it is under way: nothing.
    Absorbed,
}

#[derive(Clone)]
enum Ended {
    Replied { port: Arc<str>, message: Message, leaf: usize },
    TimedOut(Message),
}

struct Parked {
    request: Message,
    leaf: usize,
}

struct Route {
    name: String,
    condition: Option<Match>,
    destination: Tree,
}

struct Leaf {
    port: Arc<str>,
    /// The gear whose link it depends on, and whether that is up.
    link: Option<(String, bool)>,
    under_way: usize,
    breaker: Option<Breaker>,
}

pub struct Core {
    key_fields: Vec<String>,
    park_fields: Vec<String>,
    origin: Option<String>,
    known_origins: Option<BTreeSet<String>>,
    routes: Vec<Route>,
    leaves: Vec<Leaf>,
    max_in_flight: Option<usize>,
    valet: Valet<Key, Parked, Ended>,
    /// Where replies leave by.
    response: Arc<str>,
    draining: bool,
}

/// The leaves as a tree sees them at one moment.
struct Now<'a>(&'a Core, Duration);

impl Leaves for Now<'_> {
    fn available(&self, leaf: usize) -> bool {
        let Self(core, now) = *self;
        let leaf = &core.leaves[leaf];
        leaf.link.as_ref().is_none_or(|(_, up)| *up)
            && core.max_in_flight.is_none_or(|most| leaf.under_way < most)
            && leaf.breaker.as_ref().is_none_or(|breaker| breaker.lets_through(now))
    }
    fn load(&self, leaf: usize) -> usize {
        self.0.leaves[leaf].under_way
    }
}

impl Core {
    /// `link` names the gear whose link an output depends on, if it is known.
    pub fn new(config: &Config, link: impl Fn(&str) -> Option<String>) -> Self {
        let rules = config.breaker.as_ref().map(|breaker| Rules {
            trip_after: breaker.trip_after,
            cooldown: breaker.cooldown,
            half_open_probes: breaker.half_open_probes,
        });
        let mut leaves: Vec<Leaf> = Vec::new();
        let mut index = |port: &str| {
            leaves.iter().position(|leaf| &*leaf.port == port).unwrap_or_else(|| {
                leaves.push(Leaf {
                    port: port.into(),
                    link: link(port).map(|gear| (gear, false)),
                    under_way: 0,
                    breaker: rules.map(Breaker::new),
                });
                leaves.len() - 1
            })
        };
        let routes = config
            .routes
            .iter()
            .enumerate()
            .map(|(number, route)| Route {
                name: route.name.clone().unwrap_or_else(|| format!("route-{number}")),
                condition: route.condition.clone(),
                destination: Tree::new(&route.destination, &mut index),
            })
            .collect();
        Self {
            key_fields: config.correlation_key.clone(),
            park_fields: config.park_fields.clone(),
            origin: config.origin.clone(),
            known_origins: config.known_origins.clone(),
            routes,
            leaves,
            max_in_flight: config.max_in_flight,
            valet: Valet::new(config.valet.default_ttl, config.valet.retain_after_close),
            response: "out_response".into(),
            draining: false,
        }
    }

    /// A request that came in on `in`.
    pub fn request(&mut self, message: Message, now: Duration) -> Step {
        let Some(key) = self.key(&message) else { return failed("no_key", message) };
        match self.valet.look(&key, now) {
            Opening::New => {}
            Opening::Open => return Step::Absorbed,
            // It goes to who asks now: the connection of who asked first may be gone.
            Opening::Closed(Ended::Replied { port, message: mut reply, leaf }) => {
                return_to(&message, &mut reply);
                return Step::Answer { port, message: reply, leaf, replayed: true };
            }
            Opening::Closed(Ended::TimedOut(mut request)) => {
                return_to(&message, &mut request);
                return Step::Failed { reason: "timeout", message: request };
            }
        }
        if self.draining {
            return failed("draining", message);
        }
        if let Some(origin) = self.foreign_origin(&message)
            && !self.knows(origin)
        {
            return failed("invalid_origin", message);
        }
        let Some(route) = self.routes.iter().position(|route| applies(route, &message)) else {
            return failed("no_route", message);
        };
        let Some(leaf) = self.routes[route].destination.pick(&Now(self, now)) else {
            return failed("no_destination", message);
        };
        let mut outbound = message.clone();
        for field in &self.park_fields {
            outbound.data.remove(field);
        }
        if let Some(origin) = &self.origin {
            outbound.meta.insert(ORIGIN, origin.clone());
        }
        self.valet.open(key.clone(), Parked { request: message, leaf }, now);
        let chosen = &mut self.leaves[leaf];
        chosen.under_way += 1;
        if let Some(breaker) = &mut chosen.breaker {
            breaker.sent(now);
        }
        Step::Forward { port: chosen.port.clone(), message: outbound, key, route, leaf }
    }

    /// A forwarded request could not be emitted: it may come again.
    pub fn not_sent(&mut self, key: &Key) {
        if let Some(parked) = self.valet.release(key) {
            let leaf = &mut self.leaves[parked.leaf];
            leaf.under_way -= 1;
            if let Some(breaker) = &mut leaf.breaker {
                breaker.unsent();
            }
        }
    }

    /// A reply that came in on `in_reply`.
    pub fn reply(&mut self, message: Message, now: Duration) -> Step {
        let Some(key) = self.key(&message) else { return failed("unmatched_reply", message) };
        let Some(parked) = self.valet.parked(&key) else { return failed("unmatched_reply", message) };
        let port = match self.foreign_origin(&parked.request) {
            Some(origin) => format!("out_response_{origin}").into(),
            None => self.response.clone(),
        };
        let leaf = parked.leaf;
        let asked = &mut self.leaves[leaf];
        asked.under_way -= 1;
        if let Some(breaker) = &mut asked.breaker {
            breaker.answered();
        }
        let fields = &self.park_fields;
        let ended = self.valet.redeem(&key, now, |parked| Ended::Replied {
            port,
            message: joined(&parked.request, message, fields),
            leaf,
        });
        match ended {
            Some(Ended::Replied { port, message, leaf }) => {
                Step::Answer { port, message, leaf, replayed: false }
            }
            // Looked up above; a reply closes a ticket as replied.
            Some(Ended::TimedOut(_)) | None => Step::Absorbed,
        }
    }

    /// Requests whose time is over, for `error`: the message and the leaf it had gone to. Some of
    /// them, if there are many: ask again.
    pub fn timeouts(&mut self, now: Duration) -> Vec<(Message, usize)> {
        let leaves = &mut self.leaves;
        let mut asked = Vec::new();
        let ended = self.valet.expire(now, TIMEOUTS, |parked| {
            let leaf = &mut leaves[parked.leaf];
            leaf.under_way -= 1;
            if let Some(breaker) = &mut leaf.breaker {
                breaker.timed_out(now);
            }
            asked.push(parked.leaf);
            Ended::TimedOut(with_reason("timeout", parked.request))
        });
        ended
            .into_iter()
            .zip(asked)
            .filter_map(|(ended, leaf)| match ended {
                Ended::TimedOut(message) => Some((message, leaf)),
                Ended::Replied { .. } => None,
            })
            .collect()
    }

    pub fn next_deadline(&mut self) -> Option<Duration> {
        self.valet.next_deadline()
    }

    /// The link of a gear went up or down.
    pub fn link(&mut self, gear: &str, is_up: bool) {
        for (name, up) in self.leaves.iter_mut().filter_map(|leaf| leaf.link.as_mut()) {
            if name == gear {
                *up = is_up;
            }
        }
    }

    /// Gears whose links matter here.
    pub fn links(&self) -> BTreeSet<String> {
        self.leaves.iter().filter_map(|leaf| leaf.link.as_ref()).map(|(gear, _)| gear.clone()).collect()
    }

    /// Takes no new requests from now on.
    pub fn drain(&mut self) {
        self.draining = true;
    }

    /// Requests that are not answered yet.
    pub fn in_flight(&self) -> usize {
        self.valet.open_count()
    }

    /// The routes' names, by number.
    pub fn routes(&self) -> impl Iterator<Item = &str> {
        self.routes.iter().map(|route| &*route.name)
    }

    /// Every output, by number, with what is under way there and the state of its breaker, if it has one.
    pub fn destinations(&self) -> impl Iterator<Item = (&str, usize, Option<State>)> {
        self.leaves
            .iter()
            .map(|leaf| (&*leaf.port, leaf.under_way, leaf.breaker.as_ref().map(Breaker::state)))
    }

    /// None when a field is missing. Each value with its length: no two lists are alike.
    fn key(&self, message: &Message) -> Option<Key> {
        let mut key = Vec::with_capacity(32);
        for field in &self.key_fields {
            let value = message.data.get(field).and_then(Value::to_text)?;
            key.extend_from_slice(&u32::try_from(value.len()).ok()?.to_be_bytes());
            key.extend_from_slice(value.as_bytes());
        }
        Some(key.into())
    }

    fn foreign_origin<'a>(&self, request: &'a Message) -> Option<&'a str> {
        request.meta.get(ORIGIN).filter(|&origin| Some(origin) != self.origin.as_deref())
    }

    /// Whether an origin may be answered: it becomes part of a port's name.
    fn knows(&self, origin: &str) -> bool {
        let sound = (1..=128).contains(&origin.len())
            && origin.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_' || c == b'-');
        sound && self.known_origins.as_ref().is_none_or(|known| known.contains(origin))
    }
}

fn applies(route: &Route, message: &Message) -> bool {
    let Some(condition) = &route.condition else { return true };
    message
        .data
        .get(&condition.field)
        .and_then(Value::to_text)
        .is_some_and(|text| condition.test.passes(&text))
}

fn failed(reason: &'static str, message: Message) -> Step {
    Step::Failed { reason, message: with_reason(reason, message) }
}

fn with_reason(reason: &str, mut message: Message) -> Message {
    message.meta.insert("error.reason", reason.to_owned());
    message
}

/// Gives a message the context of a request: where it came from, and all else that is known of it but
/// for what a codec said.
fn return_to(request: &Message, message: &mut Message) {
    for (key, value) in request.meta.iter() {
        if !key.starts_with("iso8583.") && !key.starts_with("codec.") {
            message.meta.insert(key.clone(), value.clone());
        }
    }
}

/// The reply as it goes to who asked: with what was parked and with the request's own context, but
/// for what the codec says of the reply itself.
fn joined(request: &Message, mut reply: Message, fields: &[String]) -> Message {
    for field in fields {
        if let Some(value) = request.data.get(field) {
            // A reply that has something else in the way keeps it.
            let _ = reply.data.set(field, value.clone());
        }
    }
    return_to(request, &mut reply);
    if reply.ref_id.is_nil() {
        reply.ref_id = request.id;
    }
    if reply.trace.is_empty() {
        reply.trace.clone_from(&request.trace);
    }
    reply
}
