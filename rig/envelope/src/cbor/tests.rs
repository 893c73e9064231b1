use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::{Flags, Hop, Map, Message, Text, Uuid, Value};

const ID: Uuid = Uuid::from_u128(0x0193_1f2a_7c00_7abc_8def_0123_4567_89ab);
const SOURCE: Uuid = Uuid::from_u128(0x0193_1f2a_0000_7000_8000_0a0b_0c0d_0511);
const AT: i64 = 1_735_689_600_000_000_000;

fn unhex(text: &str) -> Bytes {
    let digits: Vec<_> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn sample() -> Message {
    let mut message = Message {
        id: ID,
        src_id: SOURCE,
        ts: AT,
        path: vec![Hop { gear: SOURCE, port: Uuid::nil(), at: AT }],
        ..Message::from_raw(&b"hello"[..])
    };
    message.meta.insert("conn.id", "c1");
    message
}

const SAMPLE: &str = "
    aa6269645001931f2a7c007abc8def0123456789ab6274731b1816687ec0570000637261774568656c6c6f6464617461a064
    6d657461a167636f6e6e2e6964626331647061746881a361675001931f2a0000700080000a0b0c0d05116170500000000000
    000000000000000000000061741b1816687ec057000065666c6167730065747261636560667265665f696450000000000000
    00000000000000000000667372635f69645001931f2a0000700080000a0b0c0d0511";
const PROBE: &str = "
    aa6269645001931f2a7c007abc8def0123456789ab6274730063726177406464617461a0646d657461a06470617468806566
    6c6167730165747261636560667265665f69645000000000000000000000000000000000667372635f696450000000000000
    00000000000000000000";

#[test]
fn published_vectors() {
    for (message, wanted, length) in [(sample(), SAMPLE, 184), (Message::probe(ID), PROBE, 110)] {
        let encoded = message.encode();
        assert_eq!(encoded.len(), length);
        assert_eq!(encoded, unhex(wanted));
        assert_eq!(Message::decode(&encoded.into()), Ok(message));
    }
}

#[test]
fn tolerated() {
    let id = "626964 50 01931f2a7c007abc8def0123456789ab";
    for (what, rest) in [
        ("only an id", "a1 {id}"),
        ("nulls", "a6 {id} 64646174 61 f6 646d657461 f6 6470617468 f6 63726177 f6 657472616365 f6"),
        ("another order and an unknown key", "a3 63726177 40 {id} 6178 82 01 a1 6179 f5"),
        ("indefinite lengths", "bf {id} 63726177 5f 40 ff 6470617468 9f ff 657472616365 7f 60 ff ff"),
        ("tags", "c1 a2 {id} 627473 c1 c1 00"),
    ] {
        let decoded = Message::decode(&unhex(&rest.replace("{id}", id)));
        assert_eq!(decoded, Ok(Message { id: ID, ..Message::default() }), "{what}");
    }
}

#[test]
fn refused() {
    use DecodeError::*;
    let id = "626964 50 01931f2a7c007abc8def0123456789ab";
    for (input, wanted) in [
        ("", Truncated),
        ("a0", NoId),
        ("80", Type("the message")),
        ("a1 {id} 00", Trailing(1)),
        ("a2 {id} 63726177 5b ffffffffffffffff", Truncated),
        ("a2 {id} 63726177 7b 00000000ffffffff", Type("raw")),
        ("bb ffffffffffffffff {id}", Truncated),
        ("a2 {id} 6464617461 bb 7fffffffffffffff", Truncated),
        ("a2 {id} 6470617468 9b 7fffffffffffffff", Truncated),
        ("a2 {id} 657472616365 61 ff", NotUtf8),
        ("a2 {id} 6464617461 a1 01 02", Type("a key")),
        ("a2 {id} 646d657461 a1 6161 01", Type("a value of meta")),
        ("a2 {id} 627473 1b ffffffffffffffff", Range),
        ("a2 {id} 65666c616773 1b 0000000100000000", Range),
        ("a2 {id} 6161 ff", Malformed),
        ("a2 {id} 6161 1c", Malformed),
        ("a2 {id} 6161 f8 20", Malformed),
        ("a1 626964 42 0000", Type("id")),
    ] {
        assert_eq!(Message::decode(&unhex(&input.replace("{id}", id))), Err(wanted), "{input}");
    }
    let nested = |opening: u8| {
        let mut input = unhex(&format!("a2 {id} 6161")).to_vec();
        input.resize(2_000_000, opening);
        Message::decode(&input.into())
    };
    assert_eq!(nested(0x81), Err(TooDeep));
    assert_eq!(nested(0x9F), Err(TooDeep));
    // Tags in a row do not nest, and what they are for never comes.
    assert_eq!(nested(0xC1), Err(Truncated));
    let mut many = unhex(&format!("a2 {id} 6161 9f")).to_vec();
    many.resize(1_000_000, 0xF6);
    assert_eq!(Message::decode(&many.into()), Err(TooLarge));
    assert_eq!(Message::decode(&vec![0; MAX_ENCODED + 1].into()), Err(TooLarge));
}

#[test]
fn a_later_key_replaces_an_earlier_one() {
    let input = "a2 626964 50 01931f2a7c007abc8def0123456789ab 6464617461 a3 6162 01 6161 02 6162 03";
    let message = Message::decode(&unhex(input)).unwrap();
    assert_eq!(message.data, [("a", 2), ("b", 3)].into_iter().collect::<Map>());
}

#[test]
fn numbers_take_their_shortest_form() {
    for (value, wanted) in [
        (Value::Int(23), "17"),
        (Value::Int(24), "1818"),
        (Value::Int(256), "190100"),
        (Value::Int(65_536), "1a00010000"),
        (Value::Int(i64::MAX), "1b7fffffffffffffff"),
        (Value::Int(-1), "20"),
        (Value::Int(i64::MIN), "3b7fffffffffffffff"),
        (Value::Float(0.0), "f90000"),
        (Value::Float(-0.0), "f98000"),
        (Value::Float(1.5), "f93e00"),
        (Value::Float(65_504.0), "f97bff"),
        (Value::Float(5.960_464_477_539_063e-8), "f90001"),
        (Value::Float(0.000_061_035_156_25), "f90400"),
        (Value::Float(100_000.0), "fa47c35000"),
        (Value::Float(1.1), "fb3ff199999999999a"),
        (Value::Float(f64::INFINITY), "f97c00"),
        (Value::Float(f64::NAN), "f97e00"),
    ] {
        let mut message = Message { id: ID, ..Message::default() };
        message.data.insert("v", value);
        let hex: String = message.encode().iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(hex.contains(&format!("6464617461a16176{wanted}646d657461")), "{wanted} in {hex}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_filter("NaN is not equal to itself", |n| !n.is_nan()).prop_map(Value::Float),
        any::<f32>().prop_filter("NaN", |n| !n.is_nan()).prop_map(|n| Value::Float(n.into())),
        any::<u16>().prop_map(|n| Value::Float(f64::from(n) / 1024.0)),
        ".{0,40}".prop_map(Value::from),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| Value::Bytes(bytes.into())),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            proptest::collection::vec((".{0,30}", inner), 0..8)
                .prop_map(|entries| Value::Map(entries.into_iter().collect())),
        ]
    })
}

fn message() -> impl Strategy<Value = Message> {
    let uuid = || any::<u128>().prop_map(Uuid::from_u128);
    let hop = (uuid(), uuid(), any::<i64>()).prop_map(|(gear, port, at)| Hop { gear, port, at });
    (
        (uuid(), uuid(), uuid(), "[0-9a-f]{0,32}", any::<u32>(), any::<i64>()),
        proptest::collection::vec((".{0,30}", ".{0,30}"), 0..8),
        proptest::collection::vec((".{0,30}", value()), 0..8),
        proptest::collection::vec(hop, 0..4),
        proptest::collection::vec(any::<u8>(), 0..300),
    )
        .prop_map(|((id, ref_id, src_id, trace, flags, ts), meta, data, path, raw)| Message {
            id,
            ref_id,
            src_id,
            trace: Text::from(trace),
            meta: meta.into_iter().collect(),
            data: data.into_iter().collect(),
            flags: Flags(flags),
            raw: raw.into(),
            path,
            ts,
        })
}

proptest! {
    #[test]
    fn round_trip(message in message()) {
        let encoded = Bytes::from(message.encode());
        let decoded = Message::decode(&encoded);
        prop_assert_eq!(decoded.as_ref().map(Message::encode).ok(), Some(encoded.to_vec()));
        prop_assert!(decoded == Ok(message));
    }

    #[test]
    fn whatever_comes_does_no_harm(input in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(message) = Message::decode(&input.into()) {
            let encoded = Bytes::from(message.encode());
            prop_assert_eq!(Message::decode(&encoded).map(|again| again.encode()), Ok(encoded.to_vec()));
        }
    }

    #[test]
    fn a_changed_message_does_no_harm(message in message(), at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<bool>()) {
        let mut input = message.encode();
        let at = at.index(input.len());
        if cut {
            input.truncate(at);
            prop_assert!(Message::decode(&input.into()).is_err());
        } else {
            input[at] = to;
            let _ = Message::decode(&input.into());
        }
    }
}
