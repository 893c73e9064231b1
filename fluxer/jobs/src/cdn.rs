//! Has the CDN forget deleted objects, no faster than it likes to be asked.

use std::sync::Arc;

use fluxer_domain::{App, Result, assets};
use parking_lot::Mutex;
use platform_kernel::Timestamp;
use platform_outbound::{PurgeError, Purger};
use platform_queue::{JobError, Worker};

const KIND: &str = "processCloudflarePurgeQueue";
const CALENDAR: &str = "0 */2 * * * *";
const PER_CALL: usize = 100;
const CAPACITY: f64 = 25.0;
const PER_MINUTE: f64 = 5.0;

/// A token a call.
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Bucket {
    fn take(&mut self, now: Timestamp) -> bool {
        let minutes = now.since(self.at).max(0) as f64 / 60_000.0;
        self.tokens = (self.tokens + minutes * PER_MINUTE).min(CAPACITY);
        self.at = now;
        let some = self.tokens >= 1.0;
        if some {
            self.tokens -= 1.0;
        }
        some
    }
}

pub fn jobs(app: &Arc<App>, purger: Option<Purger>, worker: Worker) -> Worker {
    let app = app.clone();
    let bucket = Arc::new(Mutex::new(Bucket { tokens: CAPACITY, at: app.clock.now() }));
    worker.cron(KIND, CALENDAR, move |_| {
        let (app, purger, bucket) = (app.clone(), purger.clone(), bucket.clone());
        async move {
            let Some(purger) = purger else { return Ok(()) };
            drain(&app, &purger, &bucket).await.map_err(JobError::retry)
        }
    })
}

async fn drain(app: &App, purger: &Purger, bucket: &Mutex<Bucket>) -> Result<()> {
    loop {
        let rows = assets::purges(app, PER_CALL).await?;
        if rows.is_empty() || !bucket.lock().take(app.clock.now()) {
            return Ok(());
        }
        let prefixes: Vec<String> = rows.iter().map(|row| row.prefix.clone()).collect();
        match purger.purge(&prefixes).await {
            Ok(()) => assets::purged(app, &rows).await?,
            // they wait for the next run
            Err(PurgeError::Limited) => return Ok(()),
            Err(error) => return Err(fluxer_domain::Error::internal(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_fills_slowly() {
        let mut now = Timestamp::from_millis(1_000_000);
        let mut bucket = Bucket { tokens: CAPACITY, at: now };
        assert_eq!((0..40).filter(|_| bucket.take(now)).count(), 25);
        now = now.plus_millis(60_000);
        assert_eq!((0..40).filter(|_| bucket.take(now)).count(), 5);
        now = now.plus_millis(86_400_000);
        assert_eq!((0..40).filter(|_| bucket.take(now)).count(), 25);
    }
}
