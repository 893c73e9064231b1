//! Whether the connections of client gears stand, for those that choose where to send.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::watch;

/// The link states of one rack, by gear. Cheap to clone; clones share the states.
#[derive(Clone, Default)]
pub struct Links(Arc<Mutex<HashMap<String, watch::Sender<bool>>>>);

/// The link state of one gear, from now on.
#[derive(Clone)]
pub struct Link(watch::Receiver<bool>);

impl Links {
    /// Publishes `conn.up` or `conn.down` of a gear.
    pub fn set(&self, gear: &str, is_up: bool) {
        let changed = self.sender(gear).send_if_modified(|was| std::mem::replace(was, is_up) != is_up);
        if changed {
            tracing::info!(gear, event = if is_up { "conn.up" } else { "conn.down" }, "link");
            metrics::gauge!("flux.link.up", "flux.name" => gear.to_owned()).set(f64::from(u8::from(is_up)));
        }
    }
    /// The link of a gear; down until the gear says otherwise.
    pub fn of(&self, gear: &str) -> Link {
        Link(self.sender(gear).subscribe())
    }
    pub fn is_up(&self, gear: &str) -> bool {
        *self.sender(gear).borrow()
    }
    fn sender(&self, gear: &str) -> watch::Sender<bool> {
        self.0.lock().entry(gear.to_owned()).or_insert_with(|| watch::channel(false).0).clone()
    }
}

impl Link {
    pub fn is_up(&self) -> bool {
        *self.0.borrow()
    }
    /// Ready when the state is another than when last asked here. Never ready once the rack is gone.
    pub async fn changed(&mut self) -> bool {
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
        *self.0.borrow_and_update()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn states_are_heard() {
        let links = Links::default();
        let mut link = links.of("uplink");
        assert!(!link.is_up());
        links.set("uplink", true);
        assert!(link.changed().await && links.is_up("uplink") && !links.is_up("other"));
        links.set("uplink", false);
        assert!(!link.changed().await);
    }
}
