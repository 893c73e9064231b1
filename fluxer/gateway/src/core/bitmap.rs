//! A set of small numbers (session slots of a guild). Intersection of two such sets is the
//! recipient choice of an event, so it is words, not elements, that are looked at.

/// A growable bit set.
#[derive(Debug, Clone, Default)]
pub struct Bitmap(Vec<u64>);

impl Bitmap {
    pub fn contains(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }
    /// Sets or clears; says whether that changed anything.
    pub fn set(&mut self, slot: u32, value: bool) -> bool {
        let (index, bit) = (slot as usize / 64, 1u64 << (slot % 64));
        if index >= self.0.len() {
            if !value {
                return false;
            }
            self.0.resize(index + 1, 0);
        }
        let before = self.0[index];
        self.0[index] = if value { before | bit } else { before & !bit };
        before != self.0[index]
    }
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(index, &word)| bits(index, word))
    }
    /// Members of both.
    pub fn and<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(index, (a, b))| bits(index, a & b))
    }
    /// Members of `self` that are not in `other`.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        let words = self.0.iter().enumerate();
        words.flat_map(|(index, word)| bits(index, word & !other.0.get(index).copied().unwrap_or(0)))
    }
}

impl PartialEq for Bitmap {
    fn eq(&self, other: &Self) -> bool {
        let longest = self.0.len().max(other.0.len());
        (0..longest)
            .all(|index| self.0.get(index).copied().unwrap_or(0) == other.0.get(index).copied().unwrap_or(0))
    }
}
impl Eq for Bitmap {}

impl FromIterator<u32> for Bitmap {
    fn from_iter<T: IntoIterator<Item = u32>>(slots: T) -> Self {
        let mut set = Self::default();
        for slot in slots {
            set.set(slot, true);
        }
        set
    }
}

fn bits(index: usize, mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word - 1;
        Some(index as u32 * 64 + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn behaves_as_a_set(a in prop::collection::vec((0u32..300, any::<bool>()), 0..100), b in prop::collection::vec(0u32..300, 0..50)) {
            let (mut set, mut model) = (Bitmap::default(), BTreeSet::new());
            for (slot, value) in a {
                let changed = if value { model.insert(slot) } else { model.remove(&slot) };
                prop_assert_eq!(set.set(slot, value), changed);
            }
            prop_assert_eq!(set.iter().collect::<BTreeSet<_>>(), model.clone());
            prop_assert_eq!((set.len(), set.is_empty()), (model.len(), model.is_empty()));
            let other: Bitmap = b.iter().copied().collect();
            let model_b: BTreeSet<u32> = b.into_iter().collect();
            prop_assert_eq!(set.and(&other).collect::<BTreeSet<_>>(), model.intersection(&model_b).copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(set.without(&other).collect::<BTreeSet<_>>(), model.difference(&model_b).copied().collect::<BTreeSet<_>>());
        }
    }
}
