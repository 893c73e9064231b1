//! Every open connection, for the one thing that concerns all of them: going away.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::connection::{Link, Message};

#[derive(Default)]
pub struct Connections {
    links: Mutex<HashMap<usize, Arc<Link>>>,
    emptied: Notify,
}

fn key(link: &Arc<Link>) -> usize {
    Arc::as_ptr(link) as usize
}

impl Connections {
    pub fn insert(&self, link: &Arc<Link>) {
        self.links.lock().insert(key(link), link.clone());
    }
    pub fn remove(&self, link: &Arc<Link>) {
        let mut links = self.links.lock();
        links.remove(&key(link));
        if links.is_empty() {
            self.emptied.notify_waiters();
        }
    }
    pub fn reconnect_all(&self) {
        for link in self.links.lock().values() {
            link.send(Message::Reconnect);
        }
    }
    /// Until no connection is left.
    pub async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            if self.links.lock().is_empty() {
                return;
            }
            emptied.await;
        }
    }
}
