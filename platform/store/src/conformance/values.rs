//! What columns can hold.

use std::collections::BTreeMap;

use platform_kernel::{Id, Timestamp};

use super::rows::Every;
use crate::{Batch, Error, Store};

fn empty(key: &[u8]) -> Every {
    Every {
        key: key.to_vec(),
        flag: false,
        id: Id::new(0),
        long: 0,
        int: 0,
        mask: 0,
        real: 0.0,
        text: String::new(),
        bytes: Vec::new(),
        hash: [0; 32],
        at: Timestamp::from_millis(0),
        maybe_long: None,
        maybe_text: None,
        maybe_bytes: None,
        maybe_flag: None,
        list: Vec::new(),
        map: BTreeMap::new(),
        r#type: 0,
        order: None,
    }
}

async fn round_trip(store: &Store, row: &Every) {
    store.put(row).await.expect("put");
    let key = (row.key.clone(), row.flag, row.id);
    assert_eq!(store.get::<Every>(key).await.expect("get").as_ref(), Some(row));
}

pub async fn every_type_keeps_its_extremes(store: Store) {
    round_trip(&store, &empty(&[])).await;
    let large = Every {
        key: vec![0, 255, 0],
        flag: true,
        id: Id::new(i64::MAX as u64),
        long: i64::MIN,
        int: i32::MIN,
        mask: u64::MAX,
        real: f64::MIN_POSITIVE,
        text: "\0 zero-width\u{200b} rtl\u{202e} 👩‍👩‍👧‍👦 '\"; --\u{10ffff}".into(),
        bytes: (0..=255).collect(),
        hash: [255; 32],
        at: Timestamp::from_millis(i64::MAX),
        maybe_long: Some(i64::MAX),
        maybe_text: Some(String::new()),
        maybe_bytes: Some(Vec::new()),
        maybe_flag: Some(false),
        list: vec![String::new(), "\u{0}\u{7f}\"\\".into(), "😀".into()],
        map: [("a".into(), None), (String::new(), Some(-0.5))].into(),
        r#type: i32::MAX,
        order: Some(0),
    };
    round_trip(&store, &large).await;
    let long = Every { text: "ö".repeat(200_000), bytes: vec![7; 1_000_000], ..empty(&[1]) };
    round_trip(&store, &long).await;
    for real in [0.1, -1e300, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, 3.0, 9_007_199_254_740_993.0] {
        round_trip(&store, &Every { real, ..empty(&[2]) }).await;
    }
    for at in [-1, i64::MIN, 253_402_300_800_000] {
        round_trip(&store, &Every { at: Timestamp::from_millis(at), ..empty(&[3]) }).await;
    }
}

pub async fn empty_json_reads_as_default(store: Store) {
    let full = Every { list: vec!["x".into()], map: [("k".into(), Some(1.5))].into(), ..empty(&[1]) };
    round_trip(&store, &full).await;
    round_trip(&store, &empty(&[1])).await;
}

pub async fn unstorable_rows_are_refused(store: Store) {
    let good = empty(&[1]);
    let bad = Every { real: f64::NAN, ..empty(&[2]) };
    let refused = store.commit(Batch::new().put(&good).put(&bad)).await;
    assert!(matches!(&refused, Err(Error::Encoding(reason)) if reason.contains("real")), "{refused:?}");
    assert_eq!(store.scan::<Every>(None, 10).await.expect("scan"), [], "with its whole batch");
    assert!(store.insert_if_absent(&bad).await.is_err());
}
