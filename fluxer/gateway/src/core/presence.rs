//! One user's presence out of all of their sessions (§10), and when a change is worth telling.

use serde::Serialize;

/// A session's or user's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Online,
    Dnd,
    Idle,
    Invisible,
    #[default]
    Offline,
}

impl Status {
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "online" => Self::Online,
            "dnd" => Self::Dnd,
            "idle" => Self::Idle,
            "invisible" => Self::Invisible,
            "offline" => Self::Offline,
            _ => return None,
        })
    }
    /// Whether others see the user as present.
    pub const fn is_visible(self) -> bool {
        matches!(self, Self::Online | Self::Dnd | Self::Idle)
    }
    /// What others see.
    #[must_use]
    pub const fn seen(self) -> Self {
        match self {
            Self::Invisible => Self::Offline,
            other => other,
        }
    }
}

/// Status with its two modifiers: of a session, or of all of a user's together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Presence {
    pub status: Status,
    pub mobile: bool,
    pub afk: bool,
}

impl Presence {
    /// What others see of it; nothing shows through an unseen status.
    #[must_use]
    pub const fn seen(self) -> Self {
        if self.status.is_visible() {
            self
        } else {
            Self { status: Status::Offline, mobile: false, afk: false }
        }
    }
}

/// All sessions together: one invisible session hides the user, else the most present wins.
pub fn aggregate(sessions: impl IntoIterator<Item = Presence>) -> Presence {
    let mut sessions = sessions.into_iter().peekable();
    if sessions.peek().is_none() {
        return Presence::default();
    }
    const ORDER: [Status; 5] =
        [Status::Invisible, Status::Online, Status::Dnd, Status::Idle, Status::Offline];
    let mut best = ORDER.len() - 1;
    let (mut mobile, mut afk) = (false, true);
    for session in sessions {
        let rank = ORDER.iter().position(|&status| status == session.status).unwrap_or(best);
        best = best.min(rank);
        mobile |= session.mobile;
        afk &= session.afk;
    }
    Presence { status: ORDER[best], mobile, afk: afk && !mobile }
}

/// Remembers what was last made public, to keep silent about what changes nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Publisher(Presence);

impl Publisher {
    /// What others saw last.
    pub const fn last(self) -> Presence {
        self.0
    }
    /// What to publish, if anything. `forced`: something besides the three fields changed
    /// (name, custom status), which matters only while the user is seen.
    pub fn update(&mut self, now: Presence, forced: bool) -> Option<Presence> {
        let seen = now.seen();
        let changed = seen != self.0 || (forced && seen.status.is_visible());
        self.0 = seen;
        changed.then_some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(status: Status, mobile: bool, afk: bool) -> Presence {
        Presence { status, mobile, afk }
    }

    #[test]
    fn an_invisible_session_hides_all() {
        let all = [at(Status::Online, true, false), at(Status::Invisible, false, true)];
        assert_eq!(aggregate(all), at(Status::Invisible, true, false));
        assert_eq!(aggregate(all).seen(), Presence::default());
        assert_eq!(aggregate([]), Presence::default());
    }

    #[test]
    fn afk_needs_every_session_and_no_phone() {
        let afk = at(Status::Idle, false, true);
        assert!(aggregate([afk, afk]).afk);
        assert!(!aggregate([afk, at(Status::Idle, false, false)]).afk);
        assert!(!aggregate([afk, at(Status::Idle, true, true)]).afk);
    }

    #[test]
    fn equal_publications_are_suppressed() {
        let mut publisher = Publisher::default();
        assert_eq!(publisher.update(at(Status::Invisible, true, false), true), None);
        let online = at(Status::Online, false, false);
        assert_eq!(publisher.update(online, false), Some(online));
        assert_eq!(publisher.update(online, false), None);
        assert_eq!(publisher.update(online, true), Some(online));
        assert_eq!(publisher.update(Presence::default(), false), Some(Presence::default()));
        assert_eq!(publisher.update(at(Status::Invisible, false, false), false), None);
    }

    prop_compose! {
        fn any_presence()(status in 0usize..5, mobile: bool, afk: bool) -> Presence {
            let all = [Status::Online, Status::Dnd, Status::Idle, Status::Invisible, Status::Offline];
            at(all[status], mobile, afk)
        }
    }

    proptest! {
        #[test]
        fn order_does_not_matter(mut all in prop::collection::vec(any_presence(), 1..6)) {
            let there = aggregate(all.iter().copied());
            all.reverse();
            prop_assert_eq!(there, aggregate(all.iter().copied()));
            prop_assert!(all.iter().any(|session| session.status == there.status));
        }
    }
}
