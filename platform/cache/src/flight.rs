//! One load at a time for each key.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use tokio::sync::{Mutex as AsyncMutex, MutexGuard};

/// Loads under way in this process. A key is listed while somebody loads it or waits.
#[derive(Default)]
pub struct Flights(Mutex<HashMap<String, Weak<AsyncMutex<()>>>>);

impl Flights {
    pub fn join<'a>(&'a self, key: &'a str) -> Flight<'a> {
        let mut flights = self.0.lock();
        let turn = match flights.get(key).and_then(Weak::upgrade) {
            Some(turn) => turn,
            None => {
                let turn = Arc::default();
                flights.insert(key.to_owned(), Arc::downgrade(&turn));
                turn
            }
        };
        Flight { flights: self, key, turn: Some(turn) }
    }
}

/// One caller's part in a load.
pub struct Flight<'a> {
    flights: &'a Flights,
    key: &'a str,
    turn: Option<Arc<AsyncMutex<()>>>,
}

impl Flight<'_> {
    /// Waits for this caller's turn.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.as_ref().expect("taken only by the destructor").lock().await
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        // Under the lock nobody can join, so the last one to leave takes the key off.
        let mut flights = self.flights.0.lock();
        drop(self.turn.take());
        if flights.get(self.key).is_some_and(|flight| flight.strong_count() == 0) {
            flights.remove(self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keys_are_listed_while_in_use() {
        let flights = Flights::default();
        let (first, second) = (flights.join("a"), flights.join("a"));
        let turn = first.turn().await;
        assert!(second.turn.as_ref().unwrap().try_lock().is_err());
        drop(turn);
        drop(first);
        assert_eq!(flights.0.lock().len(), 1);
        drop(second);
        assert!(flights.0.lock().is_empty());
    }
}
