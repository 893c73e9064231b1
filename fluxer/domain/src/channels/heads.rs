//! The newest message and last pin time of channels.
//!
//! Messages of one channel are numbered and handed to the store under the channel's lock,
//! so that ids, writes and the stored head rise together; the lock is never held across a
//! wait. The value in memory is loaded from the store on first use.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering::SeqCst},
    },
};

use fluxer_wire::{ChannelId, MessageId};
use parking_lot::Mutex;
use platform_kernel::Timestamp;
use tokio::sync::oneshot;

use crate::{App, Result, rows::ChannelStateRow, search::rows::SearchedChannelRow};

/// What is known of a channel's newest message.
#[derive(Debug, Default)]
pub struct Head {
    last_message_id: AtomicU64,
    /// Milliseconds; 0 is never.
    last_pin: AtomicU64,
    /// One more than the newest bucket of messages known to stand in the index; 0: none.
    bucket: AtomicI32,
    /// Its messages are indexed, so that the index must be told of changes.
    searched: AtomicBool,
    /// Held while an id is made and its write is handed to the store.
    pub order: Mutex<()>,
    /// Resolves when the newest message so far has been announced.
    announced: Mutex<Option<oneshot::Receiver<()>>>,
}

/// A message's place in the order in which its channel's messages are announced. Dropping
/// it lets the next one go ahead.
#[derive(Debug)]
pub struct Turn {
    before: Option<oneshot::Receiver<()>>,
    _done: oneshot::Sender<()>,
}

impl Turn {
    /// Waits until every message before this one has been announced or given up.
    pub async fn come(&mut self) {
        if let Some(before) = self.before.take() {
            // An error is the other end's drop, which is what is waited for.
            let _ = before.await;
        }
    }
}

impl Head {
    pub fn last_message_id(&self) -> Option<MessageId> {
        Some(MessageId::new(self.last_message_id.load(SeqCst))).filter(|id| !id.is_zero())
    }
    pub fn last_pin_timestamp(&self) -> Option<Timestamp> {
        match self.last_pin.load(SeqCst) {
            0 => None,
            ms => Some(Timestamp::from_millis(ms as i64)),
        }
    }
    /// Moves forward only.
    pub fn advance(&self, id: MessageId) {
        self.last_message_id.fetch_max(id.get(), SeqCst);
    }
    /// Sets it, also backwards (after the newest message was deleted).
    pub fn set_last_message(&self, id: Option<MessageId>) {
        self.last_message_id.store(id.map_or(0, MessageId::get), SeqCst);
    }
    pub fn set_last_pin(&self, at: Timestamp) {
        self.last_pin.store(at.millis().max(0) as u64, SeqCst);
    }
    /// Whether the bucket is known to stand in the index.
    pub fn knows_bucket(&self, bucket: i32) -> bool {
        self.bucket.load(SeqCst) > bucket
    }
    /// Call once the index row is durable.
    pub fn learn_bucket(&self, bucket: i32) {
        self.bucket.fetch_max(bucket + 1, SeqCst);
    }
    pub fn forget_bucket(&self) {
        self.bucket.store(0, SeqCst);
    }
    /// Whether the index must be told of changes; to be asked under [`Head::order`].
    pub fn is_searched(&self) -> bool {
        self.searched.load(SeqCst)
    }
    pub fn set_searched(&self, searched: bool) {
        self.searched.store(searched, SeqCst);
    }
    /// The next place in the order of announcements; to be taken under [`Head::order`].
    pub fn turn(&self) -> Turn {
        let (done, announced) = oneshot::channel();
        Turn { before: self.announced.lock().replace(announced), _done: done }
    }
    /// The row that says so.
    pub fn row(&self, channel_id: ChannelId) -> ChannelStateRow {
        ChannelStateRow {
            channel_id,
            last_message_id: self.last_message_id(),
            last_pin_timestamp: self.last_pin_timestamp(),
        }
    }
}

/// Heads by channel.
#[derive(Debug, Default)]
pub struct Heads(Mutex<HashMap<ChannelId, Arc<Head>>>);

/// Above this many heads those nobody holds are dropped.
const KEEP: usize = 100_000;

impl Heads {
    fn peek(&self, id: ChannelId) -> Option<Arc<Head>> {
        self.0.lock().get(&id).cloned()
    }
    fn insert(&self, id: ChannelId, row: Option<ChannelStateRow>, searched: bool) -> Arc<Head> {
        let mut heads = self.0.lock();
        if heads.len() > KEEP {
            heads.retain(|_, head| Arc::strong_count(head) > 1);
        }
        heads
            .entry(id)
            .or_insert_with(|| {
                let head = Head::default();
                head.set_searched(searched);
                if let Some(row) = row {
                    head.set_last_message(row.last_message_id);
                    if let Some(at) = row.last_pin_timestamp {
                        head.set_last_pin(at);
                    }
                }
                Arc::new(head)
            })
            .clone()
    }
    pub fn forget(&self, id: ChannelId) {
        self.0.lock().remove(&id);
    }
    pub fn clear(&self) {
        self.0.lock().clear();
    }
}

impl App {
    /// The head of a channel.
    pub async fn head(&self, id: ChannelId) -> Result<Arc<Head>> {
        if let Some(head) = self.heads.peek(id) {
            return Ok(head);
        }
        let (row, searched) = futures_util::try_join!(
            self.store.get::<ChannelStateRow>((id,)),
            self.store.get::<SearchedChannelRow>((id,)),
        )?;
        Ok(self.heads.insert(id, row, searched.is_some()))
    }
    /// The heads of many channels, in their order.
    pub async fn heads(&self, ids: &[ChannelId]) -> Result<Vec<Arc<Head>>> {
        let missing: Vec<_> = ids.iter().copied().filter(|id| self.heads.peek(*id).is_none()).collect();
        let keys: Vec<_> = missing.iter().map(|id| (*id,)).collect();
        let (rows, searched) = futures_util::try_join!(
            self.store.get_many::<ChannelStateRow>(keys.clone()),
            self.store.get_many::<SearchedChannelRow>(keys),
        )?;
        for ((id, row), searched) in missing.into_iter().zip(rows).zip(searched) {
            self.heads.insert(id, row, searched.is_some());
        }
        // all of them are there, but for one that was forgotten a moment ago
        let mut heads = Vec::with_capacity(ids.len());
        for id in ids {
            heads.push(self.head(*id).await?);
        }
        Ok(heads)
    }
    pub fn forget_head(&self, id: ChannelId) {
        self.heads.forget(id);
    }
}
