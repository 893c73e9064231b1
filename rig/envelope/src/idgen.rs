//! Identifiers: UUID v7 for messages and components, 64-bit ones where a compact local id does.

use platform_kernel::{Clock, Rng, Timestamp};

use crate::Uuid;

/// What a component is; stands in its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum EntityType {
    Reserved = 0x00,
    Cluster = 0x01,
    Mixer = 0x02,
    Message = 0x03,
    Rack = 0x04,
    Gear = 0x05,
    PortInput = 0x06,
    PortOutput = 0x07,
    Wire = 0x08,
    Snake = 0x09,
    Scenario = 0x0A,
    Session = 0x0B,
    SpecVersion = 0x0C,
}

impl EntityType {
    const ALL: [Self; 13] = [
        Self::Reserved,
        Self::Cluster,
        Self::Mixer,
        Self::Message,
        Self::Rack,
        Self::Gear,
        Self::PortInput,
        Self::PortOutput,
        Self::Wire,
        Self::Snake,
        Self::Scenario,
        Self::Session,
        Self::SpecVersion,
    ];
}

/// The id of a component: a UUID v7 that says what the component is and hints at its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub Uuid);

impl EntityId {
    /// None for a code that is not assigned.
    pub fn entity_type(self) -> Option<EntityType> {
        EntityType::ALL.get(usize::from(self.0.as_bytes()[13])).copied()
    }
    /// The last four bytes of the machine's id (random where the machine had none).
    pub fn machine_hint(self) -> [u8; 4] {
        let bytes = self.0.as_bytes();
        [bytes[9], bytes[10], bytes[11], bytes[12]]
    }
}

/// Makes ids for one machine. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ids {
    clock: Clock,
    rng: Rng,
    machine: Uuid,
}

impl Ids {
    /// `machine` is nil for a machine that has no id yet.
    pub fn new(clock: Clock, rng: Rng, machine: Uuid) -> Self {
        Self { clock, rng, machine }
    }
    /// The identity of a message: milliseconds, then 74 random bits.
    pub fn flux_id(&self) -> Uuid {
        Uuid::from_bytes(self.v7())
    }
    pub fn entity_id(&self, of: EntityType) -> EntityId {
        let mut bytes = self.v7();
        if !self.machine.is_nil() {
            bytes[9..13].copy_from_slice(&self.machine.as_bytes()[12..]);
        }
        bytes[13] = of as u8;
        EntityId(Uuid::from_bytes(bytes))
    }
    fn v7(&self) -> [u8; 16] {
        let mut bytes: [u8; 16] = self.rng.bytes();
        let millis = (self.clock.now().millis().max(0) as u64).to_be_bytes();
        bytes[..6].copy_from_slice(&millis[2..]);
        bytes[6] = 0x70 | (bytes[6] & 0x0F);
        bytes[8] = 0x80 | (bytes[8] & 0x3F);
        bytes
    }
}

/// No id is left in this unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no id is left before {until}")]
pub struct Full {
    /// From when on there are ids again.
    pub until: Timestamp,
}

/// 64-bit ids in the order they are made: 39 bits of 10 ms since 2014-09-01, 8 bits counter, 16
/// bits machine. At most 256 in 10 ms.
#[derive(Clone, Debug)]
pub struct Sonyflake {
    machine: u16,
    unit: i64,
    sequence: u16,
}

/// 2014-09-01T00:00:00Z
const EPOCH_MS: i64 = 1_409_529_600_000;
const UNIT_MS: i64 = 10;

impl Sonyflake {
    pub const fn new(machine: u16) -> Self {
        Self { machine, unit: -1, sequence: 0 }
    }
    /// The next id. A clock that went back counts as standing still.
    pub fn next(&mut self, now: Timestamp) -> Result<u64, Full> {
        let unit = now.since(Timestamp::from_millis(EPOCH_MS)).div_euclid(UNIT_MS).clamp(0, (1 << 39) - 1);
        if unit > self.unit {
            (self.unit, self.sequence) = (unit, 0);
        } else if self.sequence == 255 {
            return Err(Full { until: Timestamp::from_millis(EPOCH_MS + (self.unit + 1) * UNIT_MS) });
        } else {
            self.sequence += 1;
        }
        Ok((self.unit as u64) << 24 | u64::from(self.sequence) << 16 | u64::from(self.machine))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(machine: Uuid) -> Ids {
        Ids::new(Clock::fixed(Timestamp::from_millis(0x0193_1f2a_7c00)), Rng::seeded(1), machine)
    }

    #[test]
    fn flux_ids_are_version_7() {
        let ids = ids(Uuid::nil());
        let (a, b) = (ids.flux_id(), ids.flux_id());
        assert_ne!(a, b);
        assert_eq!((a.get_version_num(), a.get_variant()), (7, uuid::Variant::RFC4122));
        assert_eq!(a.as_bytes()[..6], [0x01, 0x93, 0x1f, 0x2a, 0x7c, 0x00]);
    }

    #[test]
    fn entity_ids_say_what_and_where() {
        let machine = Uuid::from_bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        for entity_type in EntityType::ALL {
            let id = ids(machine).entity_id(entity_type);
            assert_eq!(id.entity_type(), Some(entity_type));
            assert_eq!(id.machine_hint(), [13, 14, 15, 16]);
            assert_eq!(id.0.get_version_num(), 7);
        }
        assert_ne!(ids(Uuid::nil()).entity_id(EntityType::Gear).machine_hint(), [0; 4]);
        assert_eq!(EntityId(Uuid::from_bytes([0xEE; 16])).entity_type(), None);
    }

    #[test]
    fn compact_ids_count_up_and_say_when_full() {
        let at = Timestamp::from_millis(EPOCH_MS + 12_340);
        let mut ids = Sonyflake::new(0xBEEF);
        let first = ids.next(at).unwrap();
        assert_eq!(first, 1234 << 24 | 0xBEEF);
        let mut last = first;
        for _ in 1..256 {
            let next = ids.next(at).unwrap();
            assert!(next > last);
            last = next;
        }
        assert_eq!(ids.next(at), Err(Full { until: at.plus_millis(10) }));
        // A step back does not repeat ids.
        assert!(ids.next(at.plus_millis(-5_000)).is_err());
        let after = ids.next(at.plus_millis(10)).unwrap();
        assert_eq!(after, 1235 << 24 | 0xBEEF);
        assert_eq!(ids.next(at).unwrap(), 1235 << 24 | 1 << 16 | 0xBEEF);
    }
}
