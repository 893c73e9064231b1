//! Operations that turn the rows a client has in one range into the rows it should have.
//!
//! Deletions come first, then insertions, then content. Inside the list as many rows go as
//! come, so what lies behind the range stays where it is; at the end of the list, where that
//! does not hold, nothing lies behind it but other ranges of the same subscriber, and with
//! such the range is sent whole instead.

use std::collections::HashMap;

use super::{Group, Row, ranges::Range};

/// Beyond this many operations a range is sent whole.
const MAX_OPS: usize = 48;

/// One operation of GUILD_MEMBER_LIST_UPDATE.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Op {
    Sync { range: Range, rows: Vec<Row> },
    Insert { index: usize, row: Row },
    Update { index: usize, row: Row },
    Delete { index: usize },
}

#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Group(Group),
    User(u64),
}

const fn identity(row: &Row) -> Identity {
    match row {
        Row::Header { group, .. } => Identity::Group(*group),
        Row::Member { user, .. } => Identity::User(*user),
    }
}

/// Appends what turns `old` into `new`. `several`: the subscriber has other ranges too.
pub fn diff(range: Range, old: &[Row], new: &[Row], several: bool, ops: &mut Vec<Op>) {
    if old == new {
        return;
    }
    let before = ops.len();
    let whole = (several && old.len() != new.len()) || !edit(range.start, old, new, ops);
    if whole {
        ops.truncate(before);
        ops.push(Op::Sync { range, rows: new.to_vec() });
    }
}

/// The edit script; `false` if it is not worth it.
fn edit(start: usize, old: &[Row], new: &[Row], ops: &mut Vec<Op>) -> bool {
    // Equal ends need no look: most changes touch a few rows of a hundred.
    let head = old.iter().zip(new).take_while(|(a, b)| a.is_same(b)).count();
    let tail =
        old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a.is_same(b)).count();
    let (old_mid, new_mid) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let target: HashMap<Identity, usize> =
        new_mid.iter().enumerate().map(|(index, row)| (identity(row), index)).collect();
    let positions: Vec<Option<usize>> =
        old_mid.iter().map(|row| target.get(&identity(row)).copied()).collect();
    let kept = longest_rising(&positions);
    let limit = MAX_OPS.min(new.len() / 2 + 2);
    let count = old_mid.len() - kept.len() + new_mid.len() - kept.len();
    if count > limit {
        return false;
    }
    let mut stays = vec![false; new_mid.len()];
    let mut goes = vec![true; old_mid.len()];
    for &index in &kept {
        goes[index] = false;
        if let Some(at) = positions[index] {
            stays[at] = true;
        }
    }
    for index in (0..old_mid.len()).rev().filter(|&index| goes[index]) {
        ops.push(Op::Delete { index: start + head + index });
    }
    for (index, row) in new_mid.iter().enumerate().filter(|(index, _)| !stays[*index]) {
        ops.push(Op::Insert { index: start + head + index, row: *row });
    }
    // Kept rows, in order, stand at their new places now: compare their contents.
    let kept_old = kept.iter().map(|&index| old_mid[index]);
    let kept_new = stays.iter().enumerate().filter(|(_, stay)| **stay).map(|(index, _)| head + index);
    let ends = (0..head)
        .map(|index| (old[index], index))
        .chain((0..tail).map(|back| (old[old.len() - 1 - back], new.len() - 1 - back)));
    let mut updates: Vec<(usize, Row)> = ends
        .chain(kept_old.zip(kept_new))
        .filter(|&(was, index)| was != new[index])
        .map(|(_, index)| (index, new[index]))
        .collect();
    updates.sort_unstable_by_key(|(index, _)| *index);
    if count + updates.len() > MAX_OPS.max(new.len() / 2 + 2) {
        return false;
    }
    ops.extend(updates.into_iter().map(|(index, row)| Op::Update { index: start + index, row }));
    true
}

/// Indexes of a longest rising subsequence of the positions that exist.
fn longest_rising(positions: &[Option<usize>]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; positions.len()];
    for (index, position) in positions.iter().enumerate() {
        let Some(position) = *position else { continue };
        let at = tails.partition_point(|&tail| positions[tail].is_some_and(|other| other < position));
        previous[index] = at.checked_sub(1).map(|before| tails[before]);
        if at == tails.len() {
            tails.push(index);
        } else {
            tails[at] = index;
        }
    }
    let mut rising = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(index) = next {
        rising.push(index);
        next = previous[index];
    }
    rising.reverse();
    rising
}
