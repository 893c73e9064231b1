//! What a process knows of a stream: the newest entry of each subject, by time.
//!
//! Pure. It is told of messages with their sequence numbers, in the stream's order by the
//! follower and out of it by whoever just published; an older number never undoes a newer.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Bound::{Excluded, Included, Unbounded};

use platform_kernel::Timestamp;

use super::shape::Entry;

struct Slot<E> {
    sequence: u64,
    /// None: it ended, and the follower has not come to that yet.
    entry: Option<E>,
}

pub struct Mirror<E> {
    slots: BTreeMap<String, Slot<E>>,
    /// Kind, time and id, with the subject.
    order: BTreeSet<(String, Timestamp, String, String)>,
    /// How far the follower is.
    followed: u64,
}

impl<E> Default for Mirror<E> {
    fn default() -> Self {
        Self { slots: BTreeMap::new(), order: BTreeSet::new(), followed: 0 }
    }
}

impl<E: Entry> Mirror<E> {
    /// What this process published itself, or asked for.
    pub fn told(&mut self, subject: &str, sequence: u64, entry: Option<E>) {
        // the follower was there: what it said of the subject is this, or newer
        if sequence > self.followed || self.slots.contains_key(subject) {
            self.set(subject, sequence, entry, false);
        }
    }

    /// The next message of the stream. True if it was news.
    pub fn followed(&mut self, subject: &str, sequence: u64, entry: Option<E>) -> bool {
        self.followed = self.followed.max(sequence);
        self.set(subject, sequence, entry, true)
    }

    fn set(&mut self, subject: &str, sequence: u64, entry: Option<E>, followed: bool) -> bool {
        let known = self.slots.get(subject).map(|slot| (slot.sequence, slot.entry.is_none()));
        match known {
            Some((known, _)) if known > sequence => return false,
            Some((known, ended)) if known == sequence => {
                if followed && ended {
                    self.slots.remove(subject);
                }
                return false;
            }
            _ => {}
        }
        self.drop_slot(subject);
        if let Some(entry) = &entry {
            self.order.insert(place(entry, subject));
        } else if followed || sequence <= self.followed {
            return true;
        }
        self.slots.insert(subject.to_owned(), Slot { sequence, entry });
        true
    }

    fn drop_slot(&mut self, subject: &str) {
        if let Some(entry) = self.slots.remove(subject).and_then(|slot| slot.entry) {
            self.order.remove(&place(&entry, subject));
        }
    }

    /// The server knows nothing of the subject any more, whose last number was at most that.
    pub fn gone(&mut self, subject: &str, sequence: u64) {
        if self.slots.get(subject).is_some_and(|slot| slot.sequence <= sequence) {
            self.drop_slot(subject);
        }
    }

    /// The whole stream up to `last` was read, and this is all that is in it.
    pub fn only(&mut self, seen: &HashSet<String>, last: u64) {
        let stale =
            self.slots.iter().filter(|(subject, slot)| slot.sequence <= last && !seen.contains(*subject));
        let stale: Vec<String> = stale.map(|(subject, _)| subject.clone()).collect();
        stale.iter().for_each(|subject| self.drop_slot(subject));
    }

    pub fn get(&self, subject: &str) -> Option<(u64, &E)> {
        let slot = self.slots.get(subject)?;
        Some((slot.sequence, slot.entry.as_ref()?))
    }

    /// The number of the last message of the subject, as far as it is known.
    pub fn sequence(&self, subject: &str) -> u64 {
        self.slots.get(subject).map_or(0, |slot| slot.sequence)
    }

    /// Of a kind after that place up to that time.
    pub fn between(
        &self,
        kind: &str,
        after: Option<&(Timestamp, String)>,
        to: Timestamp,
        limit: usize,
    ) -> Vec<E> {
        let from = match after {
            // behind every subject of that place
            Some((at, id)) => Excluded((kind.to_owned(), *at, id.clone(), "\u{10FFFF}".to_owned())),
            None => {
                Included((kind.to_owned(), Timestamp::from_millis(i64::MIN), String::new(), String::new()))
            }
        };
        let range = self.order.range((from, Unbounded));
        let due = range.take_while(|(of, at, ..)| of == kind && *at <= to).take(limit);
        due.filter_map(|(.., subject)| self.get(subject)).map(|(_, entry)| entry.clone()).collect()
    }

    /// When the first of a kind after `now` comes.
    pub fn next(&self, kind: &str, now: Timestamp) -> Option<Timestamp> {
        let from = (kind.to_owned(), now.plus_millis(1), String::new(), String::new());
        self.order.range(from..).next().filter(|(of, ..)| of == kind).map(|(_, at, ..)| *at)
    }

    /// Of a kind before that place, the last first.
    pub fn newest(&self, kind: &str, before: Option<&(Timestamp, String)>, limit: usize) -> Vec<E> {
        let first = (kind.to_owned(), Timestamp::from_millis(i64::MIN), String::new(), String::new());
        let to = match before {
            Some((at, id)) => (kind.to_owned(), *at, id.clone(), String::new()),
            None => (format!("{kind}\0"), Timestamp::from_millis(i64::MIN), String::new(), String::new()),
        };
        let range = self.order.range(first..to).rev().take(limit);
        range.filter_map(|(.., subject)| self.get(subject)).map(|(_, entry)| entry.clone()).collect()
    }

    /// By subject.
    pub fn page(&self, after: Option<&str>, limit: usize) -> Vec<E> {
        let from = after.map_or(Unbounded, Excluded);
        let range = self.slots.range::<str, _>((from, Unbounded));
        range.filter_map(|(_, slot)| slot.entry.clone()).take(limit).collect()
    }

    /// Forgets what is older.
    pub fn prune(&mut self, before: Timestamp) {
        let old: Vec<String> = self
            .order
            .iter()
            .filter(|(_, at, ..)| *at < before)
            .map(|(.., subject)| subject.clone())
            .collect();
        old.iter().for_each(|subject| self.drop_slot(subject));
    }
}

fn place<E: Entry>(entry: &E, subject: &str) -> (String, Timestamp, String, String) {
    (entry.kind().to_owned(), entry.at(), entry.id().to_owned(), subject.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Note(u8, u64);

    impl Entry for Note {
        const SUBJECTS: &'static str = "n.>";
        fn subject(&self) -> String {
            format!("n.{}", self.0)
        }
        fn kind(&self) -> &str {
            "n"
        }
        fn id(&self) -> &str {
            ""
        }
        fn at(&self) -> Timestamp {
            Timestamp::from_millis(self.1.cast_signed())
        }
        fn encode(&self) -> Vec<u8> {
            Vec::new()
        }
        fn decode(_: &[u8]) -> Option<Self> {
            None
        }
    }

    proptest! {
        /// Whatever this process hears of its own writes early, late or never: once the follower
        /// has read the stream, the mirror is the stream.
        #[test]
        fn the_follower_settles_everything(
            writes in prop::collection::vec((0..4_u8, any::<bool>(), any::<u8>()), 1..40),
        ) {
            let mut mirror = Mirror::default();
            let mut newest = BTreeMap::new();
            let mut events = Vec::new();
            for (index, (subject, lives, early)) in writes.into_iter().enumerate() {
                let sequence = index as u64 + 1;
                let entry = lives.then_some(Note(subject, sequence));
                newest.insert(subject, (sequence, entry.clone()));
                // before, after or long after the follower's word
                if early % 4 < 3 {
                    events.push((sequence * 2 + u64::from(early % 8) * 3, false, subject, sequence, entry.clone()));
                }
                events.push((sequence * 2 + 7, true, subject, sequence, entry));
            }
            events.sort_by_key(|(at, ..)| *at);
            for (_, follower, subject, sequence, entry) in events {
                let subject = format!("n.{subject}");
                if follower {
                    mirror.followed(&subject, sequence, entry);
                } else {
                    mirror.told(&subject, sequence, entry);
                }
            }
            let mut wanted: Vec<Note> = newest.into_values().filter_map(|(_, entry)| entry).collect();
            wanted.sort_by_key(|note| note.1);
            let end = Timestamp::from_millis(i64::MAX);
            prop_assert_eq!(mirror.between("n", None, end, usize::MAX), wanted.clone());
            wanted.reverse();
            prop_assert_eq!(mirror.newest("n", None, usize::MAX), wanted.clone());
            prop_assert_eq!(mirror.page(None, usize::MAX).len(), wanted.len());
            prop_assert_eq!(mirror.slots.len(), wanted.len(), "nothing is kept of what ended");
        }
    }
}
