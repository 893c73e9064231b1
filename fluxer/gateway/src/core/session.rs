//! The state of one session that outlives its socket: numbering, replay, what is held back.
//!
//! Promises: READY is number 1, numbers rise by one, and what is taken out with [`Core::pull`]
//! comes in their order; what is dispatched before READY waits for it; a resume replays what
//! was not acknowledged and then says RESUMED before anything newer. It does not know sockets:
//! the writer calls `pull` until there is nothing and again when it is woken.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    close::Close,
    debounce::{self, Debounce},
    event::Event,
    replay::{self, Full, Replay},
};

/// How long presences are held after the start of a session, milliseconds.
const PRESENCE_HOLD_MS: i64 = 200;
const MAX_HELD_PRESENCES: usize = 2048;
/// How long a session outlives its socket, milliseconds.
pub const RESUME_WINDOW_MS: i64 = 10_000;

/// One thing to write.
#[derive(Debug)]
pub enum Outgoing {
    Dispatch(u64, Arc<Event>),
    /// The end of a replay, with the number the client gave.
    Resumed(u64),
}

/// See the module's description.
#[derive(Debug)]
pub struct Core {
    seq: u64,
    /// The highest number taken out by the writer.
    sent: u64,
    /// What the client says it has seen; may be more than there is.
    claimed: u64,
    replay: Replay,
    /// READY until it is written: a client without it knows no session to resume.
    ready: Option<Arc<Event>>,
    /// `(replay up to here, number the client gave)`.
    resumed: Option<(u64, u64)>,
    hold: Option<Box<Hold>>,
    ignored: Option<Arc<BTreeSet<Box<str>>>>,
    debounce: Option<Box<Debounce>>,
}

/// Present only around the start of a session.
#[derive(Debug, Default)]
struct Hold {
    ready: bool,
    events: Vec<Arc<Event>>,
    presences: Vec<Arc<Event>>,
    presences_until: i64,
}

impl Core {
    /// A session that starts now and waits for READY.
    pub fn new(now: i64, ignored_events: BTreeSet<Box<str>>, debounce_reactions: bool) -> Self {
        Self {
            seq: 0,
            sent: 0,
            claimed: 0,
            replay: Replay::new(2),
            ready: None,
            resumed: None,
            hold: Some(Box::new(Hold { presences_until: now + PRESENCE_HOLD_MS, ..Hold::default() })),
            ignored: (!ignored_events.is_empty()).then(|| Arc::new(ignored_events)),
            debounce: debounce_reactions.then(Box::default),
        }
    }

    pub const fn seq(&self) -> u64 {
        self.seq
    }
    pub fn is_ready(&self) -> bool {
        self.hold.as_ref().is_none_or(|hold| hold.ready)
    }

    /// READY and, for bots, the guild stream right behind it (which no filter applies to);
    /// then what waited for it.
    pub fn start(&mut self, now: i64, ready: Arc<Event>, stream: Vec<Arc<Event>>) -> Result<(), Close> {
        if self.is_ready() {
            return Ok(());
        }
        self.seq = 1;
        self.ready = Some(ready);
        for event in stream {
            self.push(event)?;
        }
        let held = match &mut self.hold {
            Some(hold) => {
                hold.ready = true;
                std::mem::take(&mut hold.events)
            }
            None => Vec::new(),
        };
        for event in held {
            self.dispatch(now, event)?;
        }
        Ok(())
    }

    /// Gives the session an event. An error ends the session.
    pub fn dispatch(&mut self, now: i64, event: Arc<Event>) -> Result<(), Close> {
        if self.ignored.as_ref().is_some_and(|ignored| ignored.contains(&*event.name)) {
            return Ok(());
        }
        if self.hold.is_some() {
            self.release_presences(now)?;
        }
        let presence = event.name == "PRESENCE_UPDATE";
        if let Some(hold) = &mut self.hold {
            let (held, kind, limit) = if presence {
                (&mut hold.presences, "presences", MAX_HELD_PRESENCES)
            } else {
                (&mut hold.events, "held", replay::MAX_EVENTS)
            };
            if presence || !hold.ready {
                if held.len() >= limit {
                    return Err(Close::backlog(kind, held.len() + 1, limit, self.seq, self.claimed));
                }
                held.push(event);
                return Ok(());
            }
        }
        if self.debounce.is_some() {
            return self.debounced(now, event);
        }
        self.push(event)
    }

    fn debounced(&mut self, now: i64, event: Arc<Event>) -> Result<(), Close> {
        let Some(debounce) = &mut self.debounce else { return self.push(event) };
        match (&*event.name, &event.reaction) {
            ("MESSAGE_REACTION_ADD", Some(_)) => {
                if debounce.len() >= debounce::MAX_HELD {
                    let limit = debounce::MAX_HELD;
                    return Err(Close::backlog("reactions", limit + 1, limit, self.seq, self.claimed));
                }
                debounce.add(now, event);
                return Ok(());
            }
            ("MESSAGE_REACTION_REMOVE", Some(removed)) if debounce.cancel(removed) => return Ok(()),
            // These would otherwise be overtaken by the additions they undo.
            (
                "MESSAGE_REACTION_REMOVE_ALL"
                | "MESSAGE_REACTION_REMOVE_EMOJI"
                | "MESSAGE_DELETE"
                | "MESSAGE_DELETE_BULK",
                _,
            ) => self.flush_reactions()?,
            _ => {}
        }
        self.push(event)
    }

    fn flush_reactions(&mut self) -> Result<(), Close> {
        let held = self.debounce.as_mut().map(|debounce| debounce.flush()).unwrap_or_default();
        held.into_iter().try_for_each(|event| self.push(event))
    }

    fn release_presences(&mut self, now: i64) -> Result<(), Close> {
        match &mut self.hold {
            Some(hold) if hold.ready && now >= hold.presences_until => {
                let presences = std::mem::take(&mut hold.presences);
                self.hold = None;
                presences.into_iter().try_for_each(|event| self.push(event))
            }
            _ => Ok(()),
        }
    }

    fn push(&mut self, event: Arc<Event>) -> Result<(), Close> {
        self.seq += 1;
        self.replay.push(event).map_err(|full| match full {
            Full::Events => {
                Close::backlog("events", self.replay.len(), replay::MAX_EVENTS, self.seq, self.claimed)
            }
            Full::Bytes => {
                Close::backlog("bytes", self.replay.bytes(), replay::MAX_BYTES, self.seq, self.claimed)
            }
        })
    }

    /// Does what is due; call at [`Core::deadline`].
    pub fn tick(&mut self, now: i64) -> Result<(), Close> {
        self.release_presences(now)?;
        if self.debounce.as_ref().and_then(|debounce| debounce.due()).is_some_and(|due| now >= due) {
            self.flush_reactions()?;
        }
        Ok(())
    }
    /// When there is something to [`Core::tick`] for.
    pub fn deadline(&self) -> Option<i64> {
        let presences = self.hold.as_ref().filter(|hold| hold.ready).map(|hold| hold.presences_until);
        let reactions = self.debounce.as_ref().and_then(|debounce| debounce.due());
        presences.into_iter().chain(reactions).min()
    }

    /// The next thing to write.
    pub fn pull(&mut self) -> Option<Outgoing> {
        if let Some(ready) = self.ready.take() {
            self.sent = 1;
            return Some(Outgoing::Dispatch(1, ready));
        }
        if let Some((_, given)) = self.resumed.filter(|&(upto, _)| self.sent >= upto) {
            self.resumed = None;
            return Some(Outgoing::Resumed(given));
        }
        // A number below the first one held was acknowledged before.
        let seq = (self.sent + 1).max(self.replay.first());
        let event = self.replay.get(seq)?.clone();
        self.sent = seq;
        Some(Outgoing::Dispatch(seq, event))
    }

    /// A heartbeat's payload: a number acknowledges everything up to it.
    pub fn acknowledge(&mut self, d: Option<Result<u64, ()>>) -> Result<(), Close> {
        match d {
            None => Ok(()),
            Some(Ok(seq)) if seq >= self.claimed => {
                self.claimed = seq;
                // What was never written cannot have been seen, whatever the client says.
                self.replay.acknowledge(seq.min(self.sent));
                Ok(())
            }
            Some(_) => Err(Close::SEQUENCE),
        }
    }

    /// Rewinds the writer to what the client has seen. `false`: it claims more than there was,
    /// so it speaks of another session, and starting anew is its way on.
    pub fn resume(&mut self, given: Option<u64>) -> Result<bool, Close> {
        let given = given.ok_or(Close::SEQUENCE)?;
        if given > self.seq {
            return Ok(false);
        }
        self.sent = given.max(self.replay.first().saturating_sub(1)).min(self.seq);
        self.resumed = Some((self.seq, given));
        Ok(true)
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
