//! Sessions without a socket end after the resume window (§7.2). The window is the same for
//! all, so a queue in order of arrival is in order of time.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::{Gateway, core::session::RESUME_WINDOW_MS, session::Session};

struct Expiry {
    at: i64,
    session: Arc<Session>,
    attachments: u32,
}

#[derive(Default)]
pub struct Expiries {
    queue: Mutex<VecDeque<Expiry>>,
    pushed: Notify,
}

impl Expiries {
    pub fn push(&self, now: i64, session: Arc<Session>, attachments: u32) {
        let mut queue = self.queue.lock();
        queue.push_back(Expiry { at: now + RESUME_WINDOW_MS, session, attachments });
        if queue.len() == 1 {
            self.pushed.notify_one();
        }
    }
}

/// Runs for as long as the gateway.
pub async fn run(gateway: Arc<Gateway>) {
    loop {
        let next = gateway.expiries.queue.lock().front().map(|expiry| expiry.at);
        match next {
            None => gateway.expiries.pushed.notified().await,
            Some(at) if at > gateway.now() => tokio::time::sleep_until(gateway.instant(at)).await,
            Some(_) => {
                let due = gateway.expiries.queue.lock().pop_front();
                if let Some(Expiry { session, attachments, .. }) = due
                    && (session.expire(attachments) || session.is_ended())
                {
                    gateway.remove(&session);
                }
            }
        }
    }
}
