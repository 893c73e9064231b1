//! PASSIVE_UPDATES (§12): what sessions that have not opened a large guild missed in it.

use std::{collections::HashMap, sync::Arc};

use super::model::Guild;
use crate::core::{event::Event, passive::SMALL};

impl Guild {
    /// Sends digests to passive sessions. Sessions with equal views and equally old digests
    /// share one.
    pub fn digest(&mut self, now: i64) {
        if self.members.len() <= SMALL {
            return;
        }
        let at = self.journal.now();
        let mut groups: HashMap<(u64, Vec<u64>, Vec<u64>), Vec<u32>> = HashMap::new();
        let passive: Vec<u32> = self.audience.everyone.without(&self.active).collect();
        for slot in passive {
            let Some(since) = self.slot(slot).map(|target| target.digest) else { continue };
            if since >= at {
                continue;
            }
            let visible: Vec<u64> =
                self.channels.keys().copied().filter(|&id| self.audience.can_view(slot, id)).collect();
            let deleted = self.journal.deleted_since(since, slot);
            groups.entry((since, visible, deleted)).or_default().push(slot);
        }
        for ((since, visible, deleted), slots) in groups {
            let digest = self.journal.since(since, |channel| visible.binary_search(&channel).is_ok());
            for &slot in &slots {
                if let Some(target) = self.slot_mut(slot) {
                    target.digest = at;
                }
            }
            if digest.is_empty() && deleted.is_empty() {
                continue;
            }
            let last = |id: &u64| {
                let message = self.channels.get(id)?.wire.last_message_id?;
                Some(format!(r#""{id}":"{message}""#))
            };
            let messages: Vec<String> = digest.messages.iter().filter_map(last).collect();
            let mut body = format!(r#"{{"guild_id":"{}","channels":{{{}}}"#, self.id, messages.join(","));
            for (key, channels) in
                [("created_channels", &digest.created), ("updated_channels", &digest.updated)]
            {
                if !channels.is_empty() {
                    let objects: Vec<Arc<str>> =
                        channels.iter().filter_map(|&id| self.channel_json(id)).collect();
                    body.push_str(&format!(r#","{key}":[{}]"#, objects.join(",")));
                }
            }
            if !deleted.is_empty() {
                let ids: Vec<String> = deleted.iter().map(|id| format!("\"{id}\"")).collect();
                body.push_str(&format!(r#","deleted_channel_ids":[{}]"#, ids.join(",")));
            }
            body.push('}');
            let event = Arc::new(Event::raw("PASSIVE_UPDATES", body.as_bytes()));
            self.send_all(now, slots, &event);
        }
    }
}
