//! Randomness as a parameter. [`Rng::system`] is cryptographically secure; [`Rng::seeded`]
//! makes tests repeatable and must never be used to make secrets.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{RngCore, SeedableRng, rngs::StdRng};

/// Where random bytes come from. Cheap to clone; clones of a seeded source share its state.
#[derive(Clone, Debug)]
pub struct Rng(Option<Arc<Mutex<StdRng>>>);

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Rng {
    pub const fn system() -> Self {
        Self(None)
    }
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that reads system randomness")]
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            None => rand::rng().fill_bytes(bytes),
            Some(state) => state.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
        }
    }
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
    /// A uniform number below `bound` (which must not be 0).
    pub fn below(&self, bound: u64) -> u64 {
        // Rejecting the incomplete last run of `bound` values keeps it uniform.
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = u64::from_le_bytes(self.bytes());
            if value < limit {
                return value % bound;
            }
        }
    }
    /// `length` characters drawn uniformly from ASCII `alphabet`.
    pub fn text(&self, length: usize, alphabet: &[u8]) -> String {
        (0..length).map(|_| alphabet[self.below(alphabet.len() as u64) as usize] as char).collect()
    }
    /// `length` characters of `[A-Za-z0-9]`.
    pub fn alphanumeric(&self, length: usize) -> String {
        self.text(length, ALPHANUMERIC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_sources_repeat() {
        assert_eq!(Rng::seeded(7).alphanumeric(20), Rng::seeded(7).alphanumeric(20));
        assert_ne!(Rng::system().alphanumeric(20), Rng::system().alphanumeric(20));
    }

    #[test]
    fn below_stays_below() {
        let rng = Rng::seeded(1);
        assert!((0..1000).all(|_| rng.below(10) < 10));
    }
}
