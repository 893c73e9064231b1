//! Tickets for things that are waited for: parked under a key, redeemed once, expired by time.
//!
//! A key that is asked for again while its ticket is open is a retransmission; one whose ticket
//! was closed a moment ago gets the same outcome again. Time comes in as the time since some
//! beginning and must not go back. Memory is bounded by the rate times the two windows.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    time::Duration,
};

/// What opening a ticket came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Opening<O> {
    /// It is open now.
    New,
    /// It was open already; nothing changed.
    Open,
    /// It was closed within the retention window, with this outcome.
    Closed(O),
}

enum Entry<P, O> {
    Open(P),
    Closed(O),
}

struct Slot<P, O> {
    entry: Entry<P, O>,
    /// Tells a deadline of this stay from one of an earlier ticket of the same key.
    number: u64,
}

/// `K`: what identifies a request. `P`: what is parked. `O`: what it ended with.
pub struct Valet<K, P, O> {
    slots: HashMap<K, Slot<P, O>>,
    // All tickets live equally long, so deadlines come in order.
    expiring: VecDeque<(Duration, u64, K)>,
    forgetting: VecDeque<(Duration, u64, K)>,
    ttl: Duration,
    retention: Duration,
    open: usize,
    next: u64,
}

impl<K: Eq + Hash + Clone, P, O: Clone> Valet<K, P, O> {
    /// Tickets live for `ttl`; outcomes are kept for `retention` afterwards, zero for not at all.
    pub fn new(ttl: Duration, retention: Duration) -> Self {
        Self {
            slots: HashMap::new(),
            expiring: VecDeque::new(),
            forgetting: VecDeque::new(),
            ttl,
            retention,
            open: 0,
            next: 0,
        }
    }

    /// Tickets that are open.
    pub fn open_count(&self) -> usize {
        self.open
    }

    /// What is there under the key.
    pub fn look(&mut self, key: &K, now: Duration) -> Opening<O> {
        self.forget(now);
        match self.slots.get(key).map(|slot| &slot.entry) {
            None => Opening::New,
            Some(Entry::Open(_)) => Opening::Open,
            Some(Entry::Closed(outcome)) => Opening::Closed(outcome.clone()),
        }
    }

    /// Parks under a key that [`look`](Self::look) says is new.
    pub fn open(&mut self, key: K, parked: P, now: Duration) {
        let number = self.number();
        self.expiring.push_back((now + self.ttl, number, key.clone()));
        let before = self.slots.insert(key, Slot { entry: Entry::Open(parked), number });
        if !matches!(before.map(|slot| slot.entry), Some(Entry::Open(_))) {
            self.open += 1;
        }
    }

    /// What is parked under the key, while the ticket is open.
    pub fn parked(&self, key: &K) -> Option<&P> {
        match self.slots.get(key).map(|slot| &slot.entry) {
            Some(Entry::Open(parked)) => Some(parked),
            _ => None,
        }
    }

    /// Closes the ticket with what `outcome` makes of what was parked. None if it is not open.
    pub fn redeem(&mut self, key: &K, now: Duration, outcome: impl FnOnce(P) -> O) -> Option<O> {
        self.parked(key)?;
        self.close(key, now, outcome)
    }

    /// Takes the ticket back as if it never was.
    pub fn release(&mut self, key: &K) -> Option<P> {
        self.parked(key)?;
        self.open -= 1;
        match self.slots.remove(key)?.entry {
            Entry::Open(parked) => Some(parked),
            Entry::Closed(_) => None,
        }
    }

    /// Closes tickets whose time is over, at most `limit` of them, the oldest first.
    pub fn expire(&mut self, now: Duration, limit: usize, mut outcome: impl FnMut(P) -> O) -> Vec<O> {
        let mut over = Vec::new();
        while over.len() < limit {
            match self.expiring.front() {
                Some((deadline, ..)) if *deadline <= now => {}
                _ => break,
            }
            let Some((_, number, key)) = self.expiring.pop_front() else { break };
            let meant = self.slots.get(&key).is_some_and(|slot| slot.number == number);
            if meant && self.parked(&key).is_some() {
                over.extend(self.close(&key, now, &mut outcome));
            }
        }
        self.forget(now);
        over
    }

    /// When [`expire`](Self::expire) may have something to do next.
    pub fn next_deadline(&mut self) -> Option<Duration> {
        // Deadlines of tickets that were redeemed are dropped as they come up.
        while let Some((_, number, key)) = self.expiring.front() {
            let slot = self.slots.get(key);
            if slot.is_some_and(|slot| slot.number == *number && matches!(slot.entry, Entry::Open(_))) {
                break;
            }
            self.expiring.pop_front();
        }
        self.expiring.front().map(|(deadline, ..)| *deadline)
    }

    fn close(&mut self, key: &K, now: Duration, outcome: impl FnOnce(P) -> O) -> Option<O> {
        self.open -= 1;
        let Entry::Open(parked) = self.slots.remove(key)?.entry else { return None };
        let outcome = outcome(parked);
        if self.retention > Duration::ZERO {
            let number = self.number();
            self.forgetting.push_back((now + self.retention, number, key.clone()));
            self.slots.insert(key.clone(), Slot { entry: Entry::Closed(outcome.clone()), number });
        }
        Some(outcome)
    }

    fn forget(&mut self, now: Duration) {
        while let Some((until, number, key)) = self.forgetting.front() {
            if *until > now {
                break;
            }
            if self.slots.get(key).is_some_and(|slot| slot.number == *number) {
                self.slots.remove(key);
            }
            self.forgetting.pop_front();
        }
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn valet() -> Valet<&'static str, u32, u32> {
        Valet::new(at(10), at(5))
    }

    #[test]
    fn a_ticket_is_redeemed_once() {
        let mut valet = valet();
        assert_eq!(valet.look(&"a", at(0)), Opening::New);
        valet.open("a", 1, at(0));
        assert_eq!(valet.look(&"a", at(1)), Opening::Open);
        assert_eq!(valet.open_count(), 1);
        assert_eq!(valet.redeem(&"a", at(2), |parked| parked + 100), Some(101));
        assert_eq!(valet.redeem(&"a", at(2), |parked| parked), None);
        assert_eq!(valet.open_count(), 0);
        assert_eq!(valet.look(&"a", at(6)), Opening::Closed(101));
        assert_eq!(valet.look(&"a", at(7)), Opening::New);
    }

    #[test]
    fn a_ticket_expires_and_its_outcome_is_kept_for_a_while() {
        let mut valet = valet();
        valet.open("a", 1, at(0));
        valet.open("b", 2, at(1));
        assert_eq!(valet.next_deadline(), Some(at(10)));
        assert_eq!(valet.expire(at(9), 32, |parked| parked), Vec::<u32>::new());
        assert_eq!(valet.expire(at(11), 1, |parked| parked), [1]);
        assert_eq!(valet.expire(at(11), 1, |parked| parked), [2]);
        assert_eq!(valet.redeem(&"a", at(12), |parked| parked), None);
        assert_eq!(valet.look(&"a", at(12)), Opening::Closed(1));
        assert_eq!(valet.next_deadline(), None);
    }

    #[test]
    fn a_released_ticket_never_was() {
        let mut valet = valet();
        valet.open("a", 1, at(0));
        assert_eq!(valet.release(&"a"), Some(1));
        assert_eq!(valet.release(&"a"), None);
        assert_eq!(valet.look(&"a", at(0)), Opening::New);
        valet.open("a", 2, at(5));
        assert_eq!(
            valet.expire(at(10), 32, |parked| parked),
            Vec::<u32>::new(),
            "the deadline is the second's"
        );
        assert_eq!(valet.expire(at(15), 32, |parked| parked), [2]);
    }

    #[test]
    fn without_retention_nothing_is_kept() {
        let mut valet: Valet<u8, u32, u32> = Valet::new(at(10), Duration::ZERO);
        valet.open(1, 1, at(0));
        assert_eq!(valet.redeem(&1, at(1), |parked| parked), Some(1));
        assert_eq!(valet.look(&1, at(1)), Opening::New);
    }

    /// What a ticket is in the plain model: when opened, when closed.
    #[derive(Clone, Copy)]
    enum Model {
        Open(u64),
        Closed(u64),
    }

    proptest! {
        /// Against a map that is looked through at every step.
        #[test]
        fn like_the_plain_model(steps in prop::collection::vec((0_u8..4, 0_u8..6, 0_u64..4), 1..200)) {
            let mut valet: Valet<u8, u8, u8> = Valet::new(at(10), at(5));
            let mut model: HashMap<u8, Model> = HashMap::new();
            let mut now = 0;
            for (what, key, pass) in steps {
                now += pass;
                // The model expires at once; so does the valet, asked before every step.
                let mut due: Vec<u8> = model.iter()
                    .filter(|(_, ticket)| matches!(ticket, Model::Open(since) if since + 10 <= now))
                    .map(|(key, _)| *key).collect();
                let mut expired = valet.expire(at(now), usize::MAX, |parked| parked);
                due.sort_unstable();
                expired.sort_unstable();
                prop_assert_eq!(&due, &expired);
                for key in due {
                    model.insert(key, Model::Closed(now));
                }
                model.retain(|_, ticket| !matches!(ticket, Model::Closed(since) if *since + 5 <= now));
                let expected = match model.get(&key) {
                    None => Opening::New,
                    Some(Model::Open(_)) => Opening::Open,
                    Some(Model::Closed(_)) => Opening::Closed(key),
                };
                prop_assert_eq!(valet.look(&key, at(now)), expected);
                let open = matches!(model.get(&key), Some(Model::Open(_)));
                match what {
                    0 | 1 if !model.contains_key(&key) => {
                        valet.open(key, key, at(now));
                        model.insert(key, Model::Open(now));
                    }
                    2 => {
                        prop_assert_eq!(valet.redeem(&key, at(now), |parked| parked).is_some(), open);
                        if open {
                            model.insert(key, Model::Closed(now));
                        }
                    }
                    3 => {
                        prop_assert_eq!(valet.release(&key).is_some(), open);
                        if open {
                            model.remove(&key);
                        }
                    }
                    _ => {}
                }
                let count = model.values().filter(|ticket| matches!(ticket, Model::Open(_))).count();
                prop_assert_eq!(valet.open_count(), count);
            }
        }
    }
}
