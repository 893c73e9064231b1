//! Row ranges of a subscription: what a client may ask for, made canonical.

use serde_json::Value;

/// The last row that can be asked for.
pub const MAX_END: usize = 100_000;

/// Rows `start..=end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range {
    pub start: usize,
    pub end: usize,
}

/// Valid pairs of `[[start, end], …]`, sorted, with overlapping and adjacent ones merged.
pub fn parse(value: &Value) -> Vec<Range> {
    let pair = |item: &Value| {
        let [start, end] = item.as_array()?.as_slice() else { return None };
        let (start, end) = (start.as_u64()?, end.as_u64()?);
        (start <= end && end <= MAX_END as u64).then_some(Range { start: start as usize, end: end as usize })
    };
    normalize(value.as_array().into_iter().flatten().filter_map(pair).collect())
}

pub fn normalize(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    let mut merged: Vec<Range> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end + 1 => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn drops_nonsense_and_merges_neighbours() {
        let got = parse(&json!([
            [100, 120],
            [0, 99],
            [300, 310],
            [305, 400],
            [5, 2],
            [-1, 3],
            [0, 100_001],
            [1],
            "x",
            [1.5, 2]
        ]));
        assert_eq!(got, [Range { start: 0, end: 120 }, Range { start: 300, end: 400 }]);
        assert_eq!(parse(&json!({})), []);
    }
}
