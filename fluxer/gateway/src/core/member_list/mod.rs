//! Member lists (§11.1): the sidebar of a channel, as rows that clients mirror by index.
//!
//! [`List`] is the order of all members who can view a channel, grouped; it is shared by all
//! channels with the same view. [`View`] is what the subscribers of one channel with the same
//! ranges were last shown; its [`View::refresh`] gives the operations that bring them up to
//! date. Rows of empty groups do not exist.

pub mod diff;
pub mod order;
pub mod ranges;

use std::sync::Arc;

use diff::Op;
use order::{Key, Order};
use ranges::Range;

/// What a group gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    Role(u64),
    Online,
    Offline,
}

impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Role(id) => id.fmt(f),
            Self::Online => f.write_str("online"),
            Self::Offline => f.write_str("offline"),
        }
    }
}

/// One row. Two rows are the same row if group or user agree; the rest is its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    Header {
        group: Group,
        count: usize,
    },
    /// `revision` moves whenever the member looks different.
    Member {
        user: u64,
        revision: u32,
    },
}

impl Row {
    pub const fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header { group: a, .. }, Self::Header { group: b, .. }) => match (a, b) {
                (Group::Role(a), Group::Role(b)) => *a == *b,
                (Group::Online, Group::Online) | (Group::Offline, Group::Offline) => true,
                _ => false,
            },
            (Self::Member { user: a, .. }, Self::Member { user: b, .. }) => *a == *b,
            _ => false,
        }
    }
}

/// The sort name of a member: nick, global name or username, case-folded.
pub fn fold(name: &str) -> Arc<str> {
    name.to_lowercase().into()
}

/// Members in order. Groups are given once and change only by building the list anew.
#[derive(Debug)]
pub struct List {
    groups: Vec<Group>,
    counts: Vec<usize>,
    order: Order,
}

impl List {
    /// An empty list; `roles` are the hoisted roles from top to bottom.
    pub fn new(roles: impl IntoIterator<Item = u64>) -> Self {
        let mut groups: Vec<Group> = roles.into_iter().map(Group::Role).collect();
        groups.extend([Group::Online, Group::Offline]);
        Self { counts: vec![0; groups.len()], groups, order: Order::default() }
    }

    /// A list of many members at once.
    pub fn build(roles: impl IntoIterator<Item = u64>, members: Vec<Key>) -> Self {
        let mut list = Self::new(roles);
        for key in &members {
            list.counts[key.group as usize] += 1;
        }
        list.order = Order::build(members);
        list
    }

    /// The group of a member, as the index that a [`Key`] wants.
    pub fn group(&self, roles: &[u64], online: bool) -> u16 {
        let last = self.groups.len() - 1;
        if !online {
            return last as u16;
        }
        let hoisted = |group: &Group| matches!(group, Group::Role(id) if roles.contains(id));
        self.groups.iter().position(hoisted).unwrap_or(last - 1) as u16
    }

    pub fn insert(&mut self, key: Key) {
        self.counts[key.group as usize] += 1;
        self.order.insert(key);
    }
    pub fn remove(&mut self, key: &Key) -> bool {
        let found = self.order.remove(key);
        if found {
            self.counts[key.group as usize] -= 1;
        }
        found
    }

    pub fn member_count(&self) -> usize {
        self.order.len()
    }
    pub fn online_count(&self) -> usize {
        self.order.len() - self.counts.last().copied().unwrap_or(0)
    }
    /// Groups that have rows, in order.
    pub fn groups(&self) -> impl Iterator<Item = (Group, usize)> + '_ {
        self.groups.iter().copied().zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0)
    }

    /// The rows of `range`; shorter than it at the end of the list.
    pub fn rows(&self, range: Range, revision: impl Fn(u64) -> u32) -> Vec<Row> {
        let (mut rows, mut at, mut member) = (Vec::new(), 0, 0);
        for (group, count) in self.groups() {
            let header = at;
            at += 1 + count;
            if at > range.start && header <= range.end {
                if header >= range.start {
                    rows.push(Row::Header { group, count });
                }
                let from = range.start.saturating_sub(header + 1);
                let to = (range.end - header).min(count);
                if to > from {
                    rows.extend(
                        self.order
                            .iter_from(member + from)
                            .take(to - from)
                            .map(|key| Row::Member { user: key.user, revision: revision(key.user) }),
                    );
                }
            }
            member += count;
            if at > range.end {
                break;
            }
        }
        rows
    }
}

/// What the subscribers with the same ranges have been shown.
#[derive(Debug)]
pub struct View {
    pub ranges: Vec<Range>,
    shown: Vec<Vec<Row>>,
    totals: (usize, usize),
}

impl View {
    /// The state a subscriber has after the SYNC operations of [`View::sync`].
    pub fn new(ranges: Vec<Range>, list: &List, revision: impl Fn(u64) -> u32) -> Self {
        let shown = ranges.iter().map(|&range| list.rows(range, &revision)).collect();
        Self { ranges, shown, totals: (list.member_count(), list.online_count()) }
    }

    /// What shows the current state to somebody who has nothing.
    pub fn sync(&self) -> Vec<Op> {
        let pairs = self.ranges.iter().zip(&self.shown);
        pairs.map(|(&range, rows)| Op::Sync { range, rows: rows.clone() }).collect()
    }

    /// Brings the subscribers to the list's state; `None` if they are there.
    pub fn refresh(&mut self, list: &List, revision: impl Fn(u64) -> u32) -> Option<Vec<Op>> {
        let mut ops = Vec::new();
        let several = self.ranges.len() > 1;
        for (&range, shown) in self.ranges.iter().zip(&mut self.shown) {
            let rows = list.rows(range, &revision);
            diff::diff(range, shown, &rows, several, &mut ops);
            *shown = rows;
        }
        let totals = (list.member_count(), list.online_count());
        let moved = std::mem::replace(&mut self.totals, totals) != totals;
        (moved || !ops.is_empty()).then_some(ops)
    }
}

#[cfg(test)]
mod tests;
