//! What a session gets of a guild it has not opened (§12): in a small guild all but typing,
//! in a large one what concerns it, and every 30 seconds a digest of what it missed.

use super::bitmap::Bitmap;

/// Up to this many members a guild is small.
pub const SMALL: usize = 250;
/// How often digests are made, milliseconds.
pub const DIGEST_MS: i64 = 30_000;

/// How an event treats sessions for which the guild is not active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passive {
    /// Everyone gets it.
    All,
    /// Only those whom it mentions.
    Mentioned,
    /// Only sessions of the user it is about.
    Subject,
    /// Those who asked for typing.
    Typing,
    /// Nobody.
    None,
}

/// The rule for an event by name.
pub fn rule(event: &str, members: usize) -> Passive {
    match event {
        "TYPING_START" => Passive::Typing,
        "GUILD_DELETE" | "VOICE_STATE_UPDATE" => Passive::All,
        _ if members <= SMALL => Passive::All,
        "MESSAGE_CREATE" => Passive::Mentioned,
        "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE" => Passive::Subject,
        _ => Passive::None,
    }
}

/// What a message says about who should notice it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Mentions {
    pub everyone: bool,
    pub users: Vec<u64>,
    pub roles: Vec<u64>,
}

impl Mentions {
    pub fn concern(&self, user: u64, roles: &[u64]) -> bool {
        self.everyone || self.users.contains(&user) || self.roles.iter().any(|role| roles.contains(role))
    }
}

/// Counts changes of channels, so that a digest needs no copy of what a session knew: it says
/// what changed after the count at which that session's last digest was made.
#[derive(Debug, Default)]
pub struct Journal {
    now: u64,
    channels: std::collections::HashMap<u64, Marks>,
    deleted: std::collections::VecDeque<Deleted>,
}

#[derive(Debug)]
struct Deleted {
    channel: u64,
    at: u64,
    viewers: Bitmap,
}

#[derive(Debug, Default, Clone, Copy)]
struct Marks {
    created: u64,
    updated: u64,
    message: u64,
}

/// Deletions older than this many others are forgotten.
const MAX_DELETED: usize = 1000;

/// The channels that changed since a count.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Digest {
    pub messages: Vec<u64>,
    pub created: Vec<u64>,
    pub updated: Vec<u64>,
}

impl Digest {
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

impl Journal {
    /// The count to remember for the next digest.
    pub const fn now(&self) -> u64 {
        self.now
    }
    pub fn message(&mut self, channel: u64) {
        self.now += 1;
        self.channels.entry(channel).or_default().message = self.now;
    }
    pub fn created(&mut self, channel: u64) {
        self.now += 1;
        self.channels.entry(channel).or_default().created = self.now;
    }
    pub fn updated(&mut self, channel: u64) {
        self.now += 1;
        self.channels.entry(channel).or_default().updated = self.now;
    }
    /// Notes a deletion for those who could see the channel; nobody else learns it was there.
    pub fn deleted(&mut self, channel: u64, viewers: Bitmap) {
        self.now += 1;
        self.channels.remove(&channel);
        self.deleted.push_back(Deleted { channel, at: self.now, viewers });
        if self.deleted.len() > MAX_DELETED {
            self.deleted.pop_front();
        }
    }
    /// The channels deleted after `since` that the session in `slot` could see.
    pub fn deleted_since(&self, since: u64, slot: u32) -> Vec<u64> {
        let late = self.deleted.iter().filter(|gone| gone.at > since && gone.viewers.contains(slot));
        late.map(|gone| gone.channel).collect()
    }
    /// What changed after `since`, of channels that `visible` admits.
    pub fn since(&self, since: u64, visible: impl Fn(u64) -> bool) -> Digest {
        let mut digest = Digest::default();
        if since >= self.now {
            return digest;
        }
        for (&channel, marks) in &self.channels {
            if marks.message.max(marks.created).max(marks.updated) <= since || !visible(channel) {
                continue;
            }
            if marks.created > since {
                digest.created.push(channel);
            } else if marks.updated > since {
                digest.updated.push(channel);
            }
            if marks.message > since {
                digest.messages.push(channel);
            }
        }
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_decides_and_typing_never_passes_unasked() {
        assert_eq!(rule("MESSAGE_CREATE", 250), Passive::All);
        assert_eq!(rule("MESSAGE_CREATE", 251), Passive::Mentioned);
        assert_eq!(rule("MESSAGE_DELETE", 251), Passive::None);
        assert_eq!(rule("TYPING_START", 10), Passive::Typing);
        assert_eq!(rule("GUILD_DELETE", 9999), Passive::All);
        assert_eq!(rule("GUILD_MEMBER_UPDATE", 9999), Passive::Subject);
        assert_eq!(rule("GUILD_ROLE_UPDATE", 9999), Passive::None);
    }

    #[test]
    fn digests_say_what_changed_since_the_last_one() {
        let mut journal = Journal::default();
        journal.message(1);
        journal.created(2);
        let at = journal.now();
        assert_eq!(journal.since(at, |_| true), Digest::default());
        journal.message(2);
        journal.updated(1);
        journal.created(3);
        journal.deleted(4, Bitmap::from_iter([7]));
        let digest = journal.since(at, |channel| channel != 1);
        assert_eq!((digest.messages, digest.created, digest.updated), (vec![2], vec![3], vec![]));
        assert_eq!((journal.deleted_since(at, 7), journal.deleted_since(at, 8)), (vec![4], vec![]));
        assert_eq!(journal.since(at, |_| true).updated, [1]);
    }

    #[test]
    fn mentions_concern_by_name_role_or_all() {
        let mentions = Mentions { everyone: false, users: vec![1], roles: vec![7] };
        assert!(mentions.concern(1, &[]) && mentions.concern(2, &[7]) && !mentions.concern(2, &[8]));
        assert!(Mentions { everyone: true, ..Default::default() }.concern(3, &[]));
    }
}
