//! One computation for everybody who asks for the same at the same time. It goes on while one of
//! them waits, and nothing is kept of it afterwards.

use std::{collections::HashMap, sync::Arc};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use parking_lot::Mutex;

type Work<T> = BoxFuture<'static, T>;
type Listed<T> = Arc<Mutex<HashMap<String, WeakShared<Work<T>>>>>;

#[derive(Clone)]
pub struct Flights<T: Clone>(Listed<T>);

impl<T: Clone> Default for Flights<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// One caller's part; the last one takes the key off the list.
struct Seat<T: Clone> {
    listed: Listed<T>,
    key: String,
    work: Option<Shared<Work<T>>>,
}

impl<T: Clone> Drop for Seat<T> {
    fn drop(&mut self) {
        let mut listed = self.listed.lock();
        drop(self.work.take());
        if listed.get(&self.key).is_some_and(|work| work.upgrade().is_none()) {
            listed.remove(&self.key);
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    pub async fn run<F>(&self, key: String, work: impl FnOnce() -> F) -> T
    where
        F: Future<Output = T> + Send + 'static,
    {
        let work = {
            let mut listed = self.0.lock();
            match listed.get(&key).and_then(WeakShared::upgrade) {
                Some(work) => work,
                None => {
                    let work = work().boxed().shared();
                    if let Some(weak) = work.downgrade() {
                        listed.insert(key.clone(), weak);
                    }
                    work
                }
            }
        };
        let seat = Seat { listed: self.0.clone(), key, work: Some(work.clone()) };
        let done = work.await;
        drop(seat);
        done
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn equal_requests_share_one_computation() {
        let flights = Flights::<usize>::default();
        let (count, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let ask = |key: &str| {
            let (flights, count, gate, key) = (flights.clone(), count.clone(), gate.clone(), key.to_owned());
            tokio::spawn(async move {
                let work = || async move {
                    let turn = count.fetch_add(1, SeqCst);
                    gate.acquire().await.unwrap().forget();
                    turn
                };
                flights.run(key, work).await
            })
        };
        let asked: Vec<_> = (0..10).map(|_| ask("a")).collect();
        while count.load(SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        // One who goes away takes nothing from the others.
        asked[0].abort();
        gate.add_permits(1);
        for (at, asked) in asked.into_iter().enumerate() {
            assert!(at == 0 || asked.await.unwrap() == 0);
        }
        gate.add_permits(1);
        assert_eq!(ask("a").await.unwrap(), 1, "nothing is kept");
        assert!(flights.0.lock().is_empty());
    }
}
