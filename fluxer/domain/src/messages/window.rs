//! Which messages a page holds. Pure.

use fluxer_wire::{MessageId, message_requests::MessageListQuery};

/// What of a channel's messages a page is cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The newest `limit` between two ids, both excluded.
    Newest { after: Option<MessageId>, before: Option<MessageId> },
    /// Those next to an id on both sides, and the message itself.
    Around(MessageId),
}

impl Window {
    pub fn read(query: &MessageListQuery) -> Self {
        match *query.around {
            Some(id) => Self::Around(id),
            None => Self::Newest { after: *query.after, before: *query.before },
        }
    }
}

/// How many older and newer messages stand around an anchor, when so many are there. The
/// anchor's own place stays empty if it does not exist.
pub fn around(limit: usize, older: usize, newer: usize) -> (usize, usize) {
    let sides = limit.saturating_sub(1);
    let older_share = (limit / 2).min(sides);
    let newer_share = sides - older_share;
    let take_older = older.min(older_share + newer_share.saturating_sub(newer));
    let take_newer = newer.min(sides - take_older.min(sides));
    (take_older, take_newer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::around;

    #[test]
    fn sides_are_shared_and_shortage_is_filled() {
        assert_eq!(around(50, 100, 100), (25, 24));
        assert_eq!(around(3, 9, 9), (1, 1));
        assert_eq!(around(4, 9, 9), (2, 1));
        assert_eq!(around(4, 0, 9), (0, 3));
        assert_eq!(around(4, 9, 0), (3, 0));
        assert_eq!(around(2, 9, 9), (1, 0));
        assert_eq!(around(1, 9, 9), (0, 0));
        assert_eq!(around(0, 9, 9), (0, 0));
    }

    proptest! {
        #[test]
        fn never_too_many_never_too_few(limit in 1usize..101, older in 0usize..120, newer in 0usize..120) {
            let (a, b) = around(limit, older, newer);
            prop_assert!(a <= older && b <= newer && a + b < limit);
            prop_assert_eq!(a + b, (older + newer).min(limit - 1));
        }
    }
}
