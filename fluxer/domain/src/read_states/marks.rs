//! Read markers in memory, ahead of the store by what is being written.
//!
//! A marker is changed and its row handed to the store under the marker's lock, so that the
//! order in memory is the order in the store; the lock is never held across a wait. Nobody
//! else writes `read_states`.

use std::{collections::HashMap, sync::Arc};

use fluxer_wire::{ChannelId, UserId};
use parking_lot::Mutex;
use platform_store::Batch;

use crate::{App, Result, rows::ReadStateRow};

/// One user's marker in one channel.
pub type Mark = Arc<Mutex<ReadStateRow>>;

#[derive(Debug, Default)]
pub struct Marks(Mutex<HashMap<(UserId, ChannelId), Mark>>);

/// Above this many markers those nobody holds are dropped.
const KEEP: usize = 200_000;

impl Marks {
    fn peek(&self, user: UserId, channel: ChannelId) -> Option<Mark> {
        self.0.lock().get(&(user, channel)).cloned()
    }
    fn insert(&self, user: UserId, channel: ChannelId, row: Option<ReadStateRow>) -> Mark {
        let mut marks = self.0.lock();
        if marks.len() > KEEP {
            marks.retain(|_, mark| Arc::strong_count(mark) > 1);
        }
        let blank = || blank(user, channel);
        marks
            .entry((user, channel))
            .or_insert_with(|| Arc::new(Mutex::new(row.unwrap_or_else(blank))))
            .clone()
    }
    pub fn forget(&self, user: UserId, channel: ChannelId) {
        self.0.lock().remove(&(user, channel));
    }
    pub fn clear(&self) {
        self.0.lock().clear();
    }
}

/// The marker of somebody who has read nothing.
pub fn blank(user_id: UserId, channel_id: ChannelId) -> ReadStateRow {
    ReadStateRow { user_id, channel_id, message_id: None, mention_count: 0, last_pin_timestamp: None }
}

impl App {
    pub(crate) async fn mark(&self, user: UserId, channel: ChannelId) -> Result<Mark> {
        if let Some(mark) = self.marks.peek(user, channel) {
            return Ok(mark);
        }
        let row = self.store.get::<ReadStateRow>((user, channel)).await?;
        Ok(self.marks.insert(user, channel, row))
    }

    /// The markers of `keys`, in their order.
    pub(crate) async fn marks_of(&self, keys: &[(UserId, ChannelId)]) -> Result<Vec<Mark>> {
        let missing: Vec<_> = keys
            .iter()
            .copied()
            .filter(|&(user, channel)| self.marks.peek(user, channel).is_none())
            .collect();
        let rows = self.store.get_many::<ReadStateRow>(missing.clone()).await?;
        for ((user, channel), row) in missing.into_iter().zip(rows) {
            self.marks.insert(user, channel, row);
        }
        Ok(keys.iter().map(|&(user, channel)| self.marks.insert(user, channel, None)).collect())
    }

    /// Changes a marker; done when that is durable.
    pub(crate) async fn change_mark(
        &self,
        user: UserId,
        channel: ChannelId,
        change: impl FnOnce(&mut ReadStateRow) + Send,
    ) -> Result<()> {
        let mark = self.mark(user, channel).await?;
        let written = {
            let mut row = mark.lock();
            change(&mut row);
            self.store.commit(Batch::new().put(&*row))
        };
        if let Err(error) = written.await {
            self.marks.forget(user, channel);
            return Err(error.into());
        }
        Ok(())
    }
}
