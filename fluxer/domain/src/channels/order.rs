//! The arithmetic of channel positions: where a channel goes when it is moved. Pure.
//!
//! All channels of a guild stand in one order. A category takes its children along; within a
//! category text and link channels come before voice channels.

use fluxer_wire::{ChannelId, channel::ChannelType};

/// What matters of a channel here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub id: ChannelId,
    pub kind: ChannelType,
    pub parent: Option<ChannelId>,
}

/// Why a channel cannot go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    ParentIsNoCategory,
    CategoryWithParent,
    CategoryIsFull,
    VoiceAboveText,
}

/// A channel to be moved.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    pub id: ChannelId,
    /// Among the channels of its category; none: at the end of its sort.
    pub index: Option<usize>,
    /// None to stay; `Some(None)` to go to the top level.
    pub parent: Option<Option<ChannelId>>,
}

/// The order after the move. `order` holds every channel, the moved one and its parent too.
pub fn apply(order: &[Place], step: Move, capacity: usize) -> Result<Vec<Place>, Refusal> {
    let find = |id| order.iter().find(|place| place.id == id).copied();
    let Some(moved) = find(step.id) else { return Ok(order.to_vec()) };
    let parent = step.parent.unwrap_or(moved.parent);
    if let Some(parent) = parent {
        if find(parent).is_none_or(|place| place.kind != ChannelType::Category) {
            return Err(Refusal::ParentIsNoCategory);
        }
        if moved.kind == ChannelType::Category {
            return Err(Refusal::CategoryWithParent);
        }
    }
    let in_block = |place: &Place| place.id == moved.id || place.parent == Some(moved.id);
    let mut block = vec![Place { parent, ..moved }];
    block.extend(order.iter().filter(|place| place.parent == Some(moved.id)));
    let mut rest: Vec<Place> = order.iter().filter(|place| !in_block(place)).copied().collect();
    let siblings: Vec<Place> = rest.iter().filter(|place| place.parent == parent).copied().collect();
    if parent != moved.parent && parent.is_some() && siblings.len() >= capacity {
        return Err(Refusal::CategoryIsFull);
    }
    let index =
        step.index.map_or_else(|| end_of_sort(moved.kind, &siblings), |index| index.min(siblings.len()));
    let at = insertion(&rest, parent, index.checked_sub(1).map(|before| siblings[before]));
    rest.splice(at..at, block);
    if text_precedes_voice(&rest) { Ok(rest) } else { Err(Refusal::VoiceAboveText) }
}

fn end_of_sort(kind: ChannelType, siblings: &[Place]) -> usize {
    let first_voice = siblings.iter().position(|place| place.kind == ChannelType::Voice);
    match kind {
        ChannelType::Voice => siblings.len(),
        _ => first_voice.unwrap_or(siblings.len()),
    }
}

/// Where in the order something goes that follows `before` below `parent`.
fn insertion(rest: &[Place], parent: Option<ChannelId>, before: Option<Place>) -> usize {
    let after = |id: ChannelId| rest.iter().position(|place| place.id == id).map_or(rest.len(), |at| at + 1);
    match (before, parent) {
        (None, None) => 0,
        (None, Some(parent)) => after(parent),
        (Some(before), _) => {
            let at = after(before.id);
            let children = rest[at..].iter().take_while(|place| place.parent == Some(before.id));
            at + children.count()
        }
    }
}

fn text_precedes_voice(order: &[Place]) -> bool {
    let mut with_voice = Vec::new();
    order.iter().all(|place| match place.parent {
        Some(parent) if place.kind == ChannelType::Voice => {
            with_voice.push(parent);
            true
        }
        Some(parent) => !with_voice.contains(&parent),
        None => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: u64, kind: ChannelType, parent: u64) -> Place {
        Place { id: ChannelId::new(id), kind, parent: (parent != 0).then(|| ChannelId::new(parent)) }
    }
    fn guild() -> Vec<Place> {
        use ChannelType::{Category, Text, Voice};
        vec![
            place(1, Category, 0),
            place(2, Text, 1),
            place(3, Text, 1),
            place(4, Voice, 1),
            place(5, Category, 0),
            place(6, Voice, 5),
            place(7, Text, 0),
        ]
    }
    fn step(id: u64, index: Option<usize>, parent: Option<u64>) -> Move {
        let parent = parent.map(|id| (id != 0).then(|| ChannelId::new(id)));
        Move { id: ChannelId::new(id), index, parent }
    }
    fn moved(id: u64, index: Option<usize>, parent: Option<u64>) -> Result<Vec<u64>, Refusal> {
        let order = apply(&guild(), step(id, index, parent), 3)?;
        Ok(order.iter().map(|place| place.id.get()).collect())
    }

    #[test]
    fn a_channel_moves_among_its_siblings() {
        assert_eq!(moved(3, Some(0), None), Ok(vec![1, 3, 2, 4, 5, 6, 7]));
        assert_eq!(moved(2, None, None), Ok(vec![1, 3, 2, 4, 5, 6, 7]));
        assert_eq!(moved(7, Some(0), None), Ok(vec![7, 1, 2, 3, 4, 5, 6]));
        assert_eq!(moved(7, Some(1), None), Ok(vec![1, 2, 3, 4, 7, 5, 6]));
    }

    #[test]
    fn a_category_takes_its_channels_along() {
        assert_eq!(moved(5, Some(0), None), Ok(vec![5, 6, 1, 2, 3, 4, 7]));
        assert_eq!(moved(1, Some(9), None), Ok(vec![5, 6, 7, 1, 2, 3, 4]));
    }

    #[test]
    fn a_channel_changes_its_category() {
        assert_eq!(moved(7, None, Some(5)), Ok(vec![1, 2, 3, 4, 5, 7, 6]));
        assert_eq!(moved(4, None, Some(0)), Ok(vec![1, 2, 3, 5, 6, 7, 4]));
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(moved(7, Some(1), Some(5)), Err(Refusal::VoiceAboveText));
        assert_eq!(moved(4, Some(0), None), Err(Refusal::VoiceAboveText));
        assert_eq!(moved(5, None, Some(1)), Err(Refusal::CategoryWithParent));
        assert_eq!(moved(7, None, Some(2)), Err(Refusal::ParentIsNoCategory));
        assert_eq!(moved(7, None, Some(1)), Err(Refusal::CategoryIsFull));
    }
}
