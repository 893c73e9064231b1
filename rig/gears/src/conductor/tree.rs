//! Destinations: a tree whose leaves are output ports and whose nodes choose among their children.

use std::{cell::Cell, fmt};

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

/// As configured. A text is a leaf; a map with one key is a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Leaf(String),
    Failover(Vec<Destination>),
    RoundRobin(Vec<Destination>),
    LeastLoaded(Vec<Destination>),
}

impl<'de> Deserialize<'de> for Destination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Destination {
    fn read(value: &Value) -> Result<Self, String> {
        let map = match value {
            Value::String(port) if port.starts_with("out") => return Ok(Self::Leaf(port.clone())),
            Value::String(port) => {
                return Err(format!("`{port}` is no output: such a name starts with `out`"));
            }
            Value::Object(map) if map.len() == 1 => map,
            _ => return Err("a destination is an output, or a map with one strategy".into()),
        };
        let (strategy, children) = map.iter().next().ok_or("a destination is empty")?;
        let node = match &**strategy {
            "failover" => Self::Failover,
            "round_robin" => Self::RoundRobin,
            "least_loaded" => Self::LeastLoaded,
            other => {
                return Err(format!(
                    "there is no strategy `{other}`; there are failover, round_robin, least_loaded"
                ));
            }
        };
        let children = children.as_array().filter(|children| !children.is_empty());
        let children = children.ok_or_else(|| format!("`{strategy}` needs a list of destinations"))?;
        Ok(node(children.iter().map(Self::read).collect::<Result<_, _>>()?))
    }
}

#[derive(Debug)]
enum Strategy {
    Failover,
    RoundRobin,
    LeastLoaded,
}

/// A [`Destination`] at work: leaves are indexes, nodes know where they began last.
#[derive(Debug)]
pub enum Tree {
    Leaf(usize),
    Node(Node),
}

pub struct Node {
    strategy: Strategy,
    children: Vec<Tree>,
    /// With which child the next choice begins.
    next: Cell<usize>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Node").field(&self.strategy).field(&self.children).finish()
    }
}

/// What the choice depends on.
pub trait Leaves {
    fn available(&self, leaf: usize) -> bool;
    /// Requests under way there.
    fn load(&self, leaf: usize) -> usize;
}

impl Tree {
    /// `leaf` gives a port's index.
    pub fn new(destination: &Destination, leaf: &mut impl FnMut(&str) -> usize) -> Self {
        let (strategy, children) = match destination {
            Destination::Leaf(port) => return Self::Leaf(leaf(port)),
            Destination::Failover(children) => (Strategy::Failover, children),
            Destination::RoundRobin(children) => (Strategy::RoundRobin, children),
            Destination::LeastLoaded(children) => (Strategy::LeastLoaded, children),
        };
        let children = children.iter().map(|child| Self::new(child, leaf)).collect();
        Self::Node(Node { strategy, children, next: Cell::new(0) })
    }

    /// The leaf to use now, if one is available.
    pub fn pick(&self, leaves: &impl Leaves) -> Option<usize> {
        let node = match self {
            Self::Leaf(leaf) => return leaves.available(*leaf).then_some(*leaf),
            Self::Node(node) => node,
        };
        let count = node.children.len();
        let rotated = |begin: usize| (0..count).map(move |step| (begin + step) % count);
        match node.strategy {
            Strategy::Failover => node.children.iter().find_map(|child| child.pick(leaves)),
            Strategy::RoundRobin => rotated(node.next.get()).find_map(|at| {
                let leaf = node.children[at].pick(leaves)?;
                node.next.set((at + 1) % count);
                Some(leaf)
            }),
            Strategy::LeastLoaded => {
                let begin = node.next.get();
                let at = rotated(begin)
                    .filter(|&at| node.children[at].has_available(leaves))
                    // The first of equals: who begins rotates.
                    .min_by_key(|&at| node.children[at].load(leaves))?;
                node.next.set((at + 1) % count);
                node.children[at].pick(leaves)
            }
        }
    }

    fn has_available(&self, leaves: &impl Leaves) -> bool {
        match self {
            Self::Leaf(leaf) => leaves.available(*leaf),
            Self::Node(node) => node.children.iter().any(|child| child.has_available(leaves)),
        }
    }

    fn load(&self, leaves: &impl Leaves) -> usize {
        match self {
            Self::Leaf(leaf) => leaves.load(*leaf),
            Self::Node(node) => node.children.iter().map(|child| child.load(leaves)).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    struct Fixed(Vec<(bool, usize)>);
    impl Leaves for Fixed {
        fn available(&self, leaf: usize) -> bool {
            self.0[leaf].0
        }
        fn load(&self, leaf: usize) -> usize {
            self.0[leaf].1
        }
    }

    fn tree(value: Value) -> (Tree, Vec<String>) {
        let destination: Destination = serde_json::from_value(value).unwrap();
        let mut ports = Vec::new();
        let tree = Tree::new(&destination, &mut |port| {
            ports.iter().position(|known| known == port).unwrap_or_else(|| {
                ports.push(port.to_owned());
                ports.len() - 1
            })
        });
        (tree, ports)
    }

    #[test]
    fn failover_takes_the_first_that_is_there() {
        let (tree, _) = tree(json!({"failover": ["out_a", {"failover": ["out_b", "out_c"]}]}));
        let pick = |up: [bool; 3]| tree.pick(&Fixed(up.map(|up| (up, 0)).to_vec()));
        assert_eq!(pick([true, true, true]), Some(0));
        assert_eq!(pick([false, true, true]), Some(1));
        assert_eq!(pick([false, false, true]), Some(2));
        assert_eq!(pick([false, false, false]), None);
    }

    #[test]
    fn round_robin_goes_round() {
        let (tree, _) = tree(json!({"round_robin": ["out_a", "out_b", "out_c"]}));
        let up = Fixed(vec![(true, 0), (true, 9), (true, 0)]);
        let picks: Vec<_> = (0..4).map(|_| tree.pick(&up).unwrap()).collect();
        assert_eq!(picks, [0, 1, 2, 0]);
        let one_down = Fixed(vec![(true, 0), (false, 0), (true, 0)]);
        let picks: Vec<_> = (0..4).map(|_| tree.pick(&one_down).unwrap()).collect();
        assert_eq!(picks, [2, 0, 2, 0]);
    }

    #[test]
    fn least_loaded_counts_what_is_below() {
        let (tree, ports) = tree(json!({"least_loaded": [{"failover": ["out_a", "out_b"]}, "out_c"]}));
        assert_eq!(ports, ["out_a", "out_b", "out_c"]);
        let pick = |loads: [usize; 3]| tree.pick(&Fixed(loads.map(|load| (true, load)).to_vec())).unwrap();
        assert_eq!(pick([3, 2, 4]), 2);
        assert_eq!(pick([1, 1, 4]), 0);
        let ties: Vec<_> = (0..4).map(|_| pick([1, 1, 2])).collect();
        assert_eq!(ties, [2, 0, 2, 0], "equals take turns");
        assert_eq!(tree.pick(&Fixed(vec![(false, 0), (true, 0), (true, 5)])), Some(1));
    }

    #[test]
    fn what_is_no_tree() {
        for bad in [
            json!("in_a"),
            json!(3),
            json!([]),
            json!({}),
            json!({"failover": []}),
            json!({"failover": "out_a"}),
            json!({"random": ["out_a"]}),
            json!({"failover": ["out_a"], "round_robin": ["out_b"]}),
        ] {
            assert!(serde_json::from_value::<Destination>(bad.clone()).is_err(), "{bad}");
        }
    }

    proptest! {
        /// Whatever the tree: a leaf is picked if and only if one is available, and it is one of those.
        #[test]
        fn only_what_is_available(up in prop::collection::vec(any::<bool>(), 4), loads in prop::collection::vec(0_usize..5, 4), strategies in prop::collection::vec(0_usize..3, 3)) {
            let names = ["failover", "round_robin", "least_loaded"].map(str::to_owned);
            let name = |at: usize| names[strategies[at]].clone();
            let value = json!({name(0): [{name(1): ["out_a", "out_b"]}, {name(2): ["out_c", "out_d"]}]});
            let (tree, _) = tree(value);
            let leaves = Fixed(up.iter().copied().zip(loads).collect());
            for _ in 0..5 {
                match tree.pick(&leaves) {
                    Some(leaf) => prop_assert!(up[leaf]),
                    None => prop_assert!(up.iter().all(|up| !up)),
                }
            }
        }
    }
}
