//! 64-bit snowflake identifiers: `(unix ms − epoch) << 22 | worker << 12 | sequence`.
//!
//! [`Id`] is typed by a tag so that a guild id cannot be passed for a channel id; on the
//! wire it is a decimal string. [`Generator`] never issues an id twice: it only moves
//! forward, runs ahead of the clock rather than repeat, and starts above a given floor.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
    sync::atomic::{AtomicU64, Ordering::SeqCst},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::clock::{Clock, Timestamp};

/// 2015-01-01T00:00:00Z in milliseconds since the Unix epoch.
pub const EPOCH_MS: i64 = 1_420_070_400_000;
const TIME_SHIFT: u32 = 22;
const WORKER_SHIFT: u32 = 12;
const SEQUENCE_MASK: u64 = 0xFFF;
/// Workers are numbered `0..=1023`.
pub const MAX_WORKER: u16 = 1023;

/// A snowflake of the kind `T`. Valid values are `0..=i64::MAX`.
pub struct Id<T>(u64, PhantomData<fn() -> T>);

impl<T> Id<T> {
    pub const fn new(value: u64) -> Self {
        Self(value, PhantomData)
    }
    pub const fn get(self) -> u64 {
        self.0
    }
    /// The same number under another kind, where the data model says they are equal
    /// (the `@everyone` role and its guild, a bot user and its application).
    pub const fn cast<U>(self) -> Id<U> {
        Id::new(self.0)
    }
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
    /// When the id was made.
    pub const fn timestamp(self) -> Timestamp {
        Timestamp::from_millis((self.0 >> TIME_SHIFT) as i64 + EPOCH_MS)
    }
    /// The smallest id that could have been made at `at` (clamped to the epoch).
    pub const fn floor(at: Timestamp) -> Self {
        let ms = at.millis() - EPOCH_MS;
        Self::new(if ms < 0 { 0 } else { (ms as u64) << TIME_SHIFT })
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::new(0)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<T> From<u64> for Id<T> {
    fn from(value: u64) -> Self {
        Self::new(value)
    }
}

/// Why a text is not a snowflake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    #[error("a snowflake is a decimal number without sign or leading zero")]
    Format,
    #[error("a snowflake is at most 9223372036854775807")]
    Range,
}

impl<T> FromStr for Id<T> {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (text.len() > 1 && text.starts_with('0')) {
            return Err(ParseError::Format);
        }
        match text.parse::<u64>() {
            Ok(value) if value <= i64::MAX as u64 => Ok(Self::new(value)),
            _ => Err(ParseError::Range),
        }
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<T> de::Visitor<'_> for Visitor<T> {
            type Value = Id<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a snowflake")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Id<T>, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Id<T>, E> {
                Ok(Id::new(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Id<T>, E> {
                u64::try_from(value).map(Id::new).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor(PhantomData))
    }
}

/// Issues snowflakes for one worker, strictly increasing within the process.
#[derive(Debug)]
pub struct Generator {
    /// Milliseconds since [`EPOCH_MS`] and sequence of the last id: `ms << 12 | sequence`.
    last: AtomicU64,
    worker: u16,
    clock: Clock,
}

impl Generator {
    /// `floor` is a time that no earlier run can have issued ids at or after; it protects
    /// against a clock that was set back between runs.
    pub fn new(worker: u16, clock: Clock, floor: Timestamp) -> Self {
        let floor_ms = (floor.millis() - EPOCH_MS).max(0) as u64;
        Self { last: AtomicU64::new(floor_ms << WORKER_SHIFT), worker: worker & MAX_WORKER, clock }
    }

    /// The next id. Never blocks; past 4096 ids in a millisecond it borrows from the next one.
    pub fn next<T>(&self) -> Id<T> {
        let now = (self.clock.now().millis() - EPOCH_MS).max(0) as u64;
        let mut last = self.last.load(SeqCst);
        loop {
            let next = (now << WORKER_SHIFT).max(last + 1);
            match self.last.compare_exchange_weak(last, next, SeqCst, SeqCst) {
                Ok(_) => {
                    let (ms, sequence) = (next >> WORKER_SHIFT, next & SEQUENCE_MASK);
                    return Id::new(ms << TIME_SHIFT | (self.worker as u64) << WORKER_SHIFT | sequence);
                }
                Err(seen) => last = seen,
            }
        }
    }

    /// The number that tells this worker's ids from others'.
    pub const fn worker(&self) -> u16 {
        self.worker
    }

    /// The time of the newest id issued (or the floor): what to persist for the next run.
    pub fn high_water(&self) -> Timestamp {
        Timestamp::from_millis((self.last.load(SeqCst) >> WORKER_SHIFT) as i64 + EPOCH_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_when_the_clock_stands_or_falls_back() {
        let clock = Clock::fixed(Timestamp::from_millis(EPOCH_MS + 5_000));
        let ids = Generator::new(3, clock.clone(), Timestamp::from_millis(0));
        let mut last: Id<()> = ids.next();
        for step in 0..10_000 {
            if step == 5_000 {
                clock.set(Timestamp::from_millis(EPOCH_MS + 1_000));
            }
            let next = ids.next();
            assert!(next > last);
            last = next;
        }
        assert_eq!(last.get() >> WORKER_SHIFT & 0x3FF, 3);
    }

    #[test]
    fn starts_above_the_floor() {
        let clock = Clock::fixed(Timestamp::from_millis(EPOCH_MS));
        let floor = Timestamp::from_millis(EPOCH_MS + 77);
        let id: Id<()> = Generator::new(0, clock, floor).next();
        assert!(id.timestamp() >= floor);
    }

    #[test]
    fn parses_only_canonical_decimals() {
        assert_eq!("0".parse::<Id<()>>(), Ok(Id::new(0)));
        for bad in ["", "01", "-1", "+1", " 1", "1.0", "x"] {
            assert_eq!(bad.parse::<Id<()>>(), Err(ParseError::Format), "{bad}");
        }
        assert_eq!("9223372036854775808".parse::<Id<()>>(), Err(ParseError::Range));
    }
}
