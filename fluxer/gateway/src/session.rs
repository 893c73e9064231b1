//! A session as the running gateway holds it: the sans-IO core behind a lock, the link to
//! whichever connection serves it, and what never changes about it.
//!
//! Whoever dispatches pushes a shared reference and wakes the connection; nobody waits for a
//! socket. Dispatching to an ended session does nothing.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use crate::{
    connection::{Link, Message},
    core::{
        close::Close,
        event::Event,
        presence::Presence,
        session::{Core, Outgoing},
    },
    hub::UserShared,
};

/// See the module's description.
#[derive(Debug)]
pub struct Session {
    /// Unique in this process; what the other parts call the session.
    pub number: u64,
    /// What the client calls it: 16 random bytes, on the wire 32 upper-case hex digits.
    pub id: [u8; 16],
    pub user: u64,
    pub bot: bool,
    pub staff: bool,
    /// SHA-256 of the token as sent, for RESUME.
    pub token_hash: [u8; 32],
    /// Unpadded base64url; people only.
    pub auth_hash: Option<Box<str>>,
    /// What all sessions of the user share.
    pub shared: Arc<UserShared>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    core: Core,
    presence: Presence,
    link: Option<Arc<Link>>,
    /// Counts attachments, so that an old expiry does not end a resumed session.
    attachments: u32,
    ended: bool,
}

/// What a session is made of.
#[derive(Debug)]
pub struct New {
    pub id: [u8; 16],
    pub user: u64,
    pub bot: bool,
    pub staff: bool,
    pub token_hash: [u8; 32],
    pub auth_hash: Option<Box<str>>,
    pub shared: Arc<UserShared>,
    pub ignored_events: BTreeSet<Box<str>>,
    pub debounce_reactions: bool,
    pub presence: Presence,
    pub link: Arc<Link>,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl Session {
    pub fn new(now: i64, new: New) -> Arc<Self> {
        Arc::new(Self {
            number: NEXT.fetch_add(1, Relaxed).into(),
            id: new.id,
            user: new.user,
            bot: new.bot,
            staff: new.staff,
            token_hash: new.token_hash,
            auth_hash: new.auth_hash,
            shared: new.shared,
            state: Mutex::new(State {
                core: Core::new(now, new.ignored_events, new.debounce_reactions),
                presence: new.presence,
                link: Some(new.link),
                attachments: 0,
                ended: false,
            }),
        })
    }

    /// The id as the wire has it.
    pub fn id_text(&self) -> String {
        self.id.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// Gives the session an event and wakes its connection.
    pub fn dispatch(&self, now: i64, event: Arc<Event>) {
        if self.enqueue(now, event) {
            self.wake();
        }
    }

    /// Gives the session an event; whether [`Session::wake`] is called for. A fan-out wakes
    /// only after a batch of events, so that they share a write.
    pub fn enqueue(&self, now: i64, event: Arc<Event>) -> bool {
        let mut state = self.state.lock();
        if state.ended {
            return false;
        }
        if let Err(close) = state.core.dispatch(now, event) {
            state.fail(close);
        }
        true
    }

    pub fn wake(&self) {
        if let Some(link) = &self.state.lock().link {
            link.wake();
        }
    }

    /// Runs `act` on the core; an error ends the session with that close code.
    pub fn with<T>(&self, act: impl FnOnce(&mut Core) -> Result<T, Close>) -> Option<T> {
        let mut state = self.state.lock();
        if state.ended {
            return None;
        }
        match act(&mut state.core) {
            Ok(value) => Some(value),
            Err(close) => {
                state.fail(close);
                None
            }
        }
    }
    /// Looks at or moves the core without a way to end the session.
    pub fn core<T>(&self, act: impl FnOnce(&mut Core) -> T) -> T {
        act(&mut self.state.lock().core)
    }

    /// Hands what is to be written to `write` until that has `most` bytes; nothing if another
    /// connection serves the session.
    pub fn take(&self, link: &Arc<Link>, most: usize, mut write: impl FnMut(Outgoing) -> usize) {
        let mut state = self.state.lock();
        if state.ended || !state.link.as_ref().is_some_and(|own| Arc::ptr_eq(own, link)) {
            return;
        }
        while let Some(outgoing) = state.core.pull() {
            if write(outgoing) >= most {
                return;
            }
        }
    }

    /// When the core has something to do; never for an ended session.
    pub fn deadline(&self) -> Option<i64> {
        let state = self.state.lock();
        state.core.deadline().filter(|_| !state.ended)
    }

    pub fn is_ended(&self) -> bool {
        self.state.lock().ended
    }
    pub fn presence(&self) -> Presence {
        self.state.lock().presence
    }
    pub fn set_presence(&self, change: impl FnOnce(&mut Presence)) {
        change(&mut self.state.lock().presence);
    }

    /// A new connection takes over; `false` if there is nothing to take over, or nothing that
    /// fits the sequence.
    pub fn attach(&self, link: &Arc<Link>, seq: Option<u64>) -> Result<bool, Close> {
        let mut state = self.state.lock();
        if state.ended || !state.core.resume(seq)? {
            return Ok(false);
        }
        state.link = Some(link.clone());
        state.attachments += 1;
        Ok(true)
    }
    /// The connection is gone. The value to give [`Session::expire`] later, unless another
    /// connection has taken over.
    pub fn detach(&self, link: &Arc<Link>) -> Option<u32> {
        let mut state = self.state.lock();
        if state.ended || !state.link.as_ref().is_some_and(|own| Arc::ptr_eq(own, link)) {
            return None;
        }
        state.link = None;
        Some(state.attachments)
    }
    /// Ends the session if nobody resumed it since [`Session::detach`].
    pub fn expire(&self, attachments: u32) -> bool {
        let mut state = self.state.lock();
        let over = !state.ended && state.link.is_none() && state.attachments == attachments;
        state.ended |= over;
        over
    }
    /// Ends the session; its connection is told op 9. Whether it was alive.
    pub fn end(&self) -> bool {
        let mut state = self.state.lock();
        if state.ended {
            return false;
        }
        state.ended = true;
        if let Some(link) = state.link.take() {
            link.send(Message::Invalid(self.number));
        }
        true
    }
    /// Whether this link is the one that serves the session.
    pub fn is_served_by(&self, link: &Arc<Link>) -> bool {
        self.state.lock().link.as_ref().is_some_and(|own| Arc::ptr_eq(own, link))
    }
}

impl State {
    /// The client fell too far behind: the connection closes and the session is over. The
    /// connection, or without one the expiry, takes it out of everything else.
    fn fail(&mut self, close: Close) {
        metrics::counter!("gateway.session.backpressure_overflow").increment(1);
        if let Some(link) = &self.link {
            link.send(Message::Overflow(close));
        }
        self.core = Core::new(0, BTreeSet::new(), false);
        self.ended = true;
    }
}
