//! The record of mail in test mode. Keeps the newest [`CAPACITY`] mails; older ones fall out.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;
use platform_kernel::{Clock, Timestamp};

use crate::Mail;

/// More than any test sends, and still bounded.
const CAPACITY: usize = 10_000;

/// A mail and when it was "sent".
#[derive(Clone, Debug)]
pub struct Recorded {
    pub mail: Mail,
    pub at: Timestamp,
}

/// What a recording mailer was given. Clones share the record.
#[derive(Clone, Debug)]
pub struct Recorder {
    clock: Clock,
    mails: Arc<Mutex<VecDeque<Recorded>>>,
}

impl Recorder {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, mails: Arc::default() }
    }
    pub(crate) fn add(&self, mail: Mail) {
        let mut mails = self.mails.lock();
        if mails.len() == CAPACITY {
            mails.pop_front();
        }
        mails.push_back(Recorded { mail, at: self.clock.now() });
    }
    /// The mails to exactly this address, or all of them; oldest first.
    pub fn list(&self, recipient: Option<&str>) -> Vec<Recorded> {
        let wanted = |recorded: &&Recorded| recipient.is_none_or(|to| recorded.mail.to == to);
        self.mails.lock().iter().filter(wanted).cloned().collect()
    }
    pub fn clear(&self) {
        self.mails.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mailer;

    #[tokio::test]
    async fn lists_by_recipient_oldest_first() {
        let clock = Clock::fixed(Timestamp::from_millis(1));
        let mailer = Mailer::recording(clock.clone());
        for (to, kind) in [("a@x", "one"), ("b@x", "two"), ("a@x", "three")] {
            mailer.send(Mail { to: to.into(), kind, ..Mail::default() }).await.unwrap();
            clock.advance(1);
        }
        let recorder = mailer.recorder().unwrap();
        let kinds = |to| recorder.list(to).iter().map(|r| (r.mail.kind, r.at.millis())).collect::<Vec<_>>();
        assert_eq!(kinds(Some("a@x")), [("one", 1), ("three", 3)]);
        assert_eq!(kinds(None).len(), 3);
        recorder.clear();
        assert!(kinds(None).is_empty());
    }
}
