//! Headers taken off and put on again.

use rig_envelope::{Message, Meta};
use serde_json::{Value, json};

use super::config;
use crate::net::{Framing, Scan};

const ECHO: &[u8] = b"0800822000000000000004000000000000000102030405000001301";

fn iso(config: Value) -> super::core::Iso {
    let mut all = json!({"mode": "server", "bind": ":0"});
    for (key, value) in config.as_object().unwrap() {
        all[key] = value.clone();
    }
    config::read(all, "terminals").unwrap().1
}

fn origin() -> Meta {
    [("conn.id", "c1"), ("fluxrig.source", "terminals")].into_iter().collect()
}

fn opened(config: Value, body: &[u8]) -> Message {
    iso(config).open(body, &origin()).unwrap().unwrap()
}

fn written(config: Value, message: &Message) -> Vec<u8> {
    let mut out = b"before".to_vec();
    iso(config).write(message, &mut out).unwrap();
    out.split_off(6)
}

#[test]
fn a_message_says_what_was_seen() {
    let message = opened(json!({}), ECHO);
    assert_eq!(message.raw[..], *ECHO);
    for (key, wanted) in [
        ("conn.id", "c1"),
        ("iso8583.mti", "0800"),
        ("iso8583.bitmaps", "2"),
        ("iso8583.fields", "[7,11,70]"),
    ] {
        assert_eq!(message.meta.get(key), Some(wanted), "{key}");
    }
    let unseen = opened(json!({"heuristic_validation": false}), b"anything");
    assert_eq!(unseen.meta, origin());
    let error = iso(json!({})).open(b"anything", &origin()).unwrap_err();
    assert!(error.detail.contains("failed heuristic validation"), "{error}");
}

#[test]
fn a_terminal_gets_its_addresses_changed_over() {
    let config = json!({"tpdu_enabled": true});
    let frame = [&[0x60, 0, 1, 0, 2][..], ECHO].concat();
    let mut message = opened(config.clone(), &frame);
    assert_eq!(message.raw[..], *ECHO);
    let reply = written(config.clone(), &message);
    assert_eq!(reply, [&[0, 60, 0x60, 0, 2, 0, 1][..], ECHO].concat());
    let as_it_came = json!({"tpdu_enabled": true, "tpdu_swap": false});
    assert_eq!(written(as_it_came, &message)[2..], frame);
    // What another gear took in goes on as it is.
    message.meta.insert("fluxrig.source", "elsewhere");
    assert_eq!(written(config.clone(), &message)[2..], frame);
    message.meta.take("conn.tpdu");
    let own = json!({"tpdu_enabled": true, "tpdu_value": "6001020304"});
    assert_eq!(written(own, &message)[2..7], [0x60, 1, 2, 3, 4]);
    assert_eq!(written(config.clone(), &message)[2..7], [0x60, 0, 0, 0, 0]);
    assert!(iso(config).open(&frame[..4], &origin()).is_err());
}

#[test]
fn headers_are_dropped_or_kept_for_the_reply() {
    let frame = [b"HEAD", ECHO].concat();
    let dropped = opened(json!({"protocol_header_size": 4}), &frame);
    assert_eq!((&dropped.raw[..], dropped.meta.get("iso8583.raw_header")), (ECHO, None));
    let config = json!({"protocol_header_size": 4, "preserve_headers": true});
    let mut kept = opened(config.clone(), &frame);
    assert_eq!(kept.meta.get("iso8583.raw_header"), Some("hex:48454144"));
    assert_eq!(written(config.clone(), &kept)[2..], frame);
    // A switch gives the reply its request's context, but the header the reply itself came with.
    kept.meta.insert("iso8583.raw_header", "hex:00");
    assert_eq!(written(config.clone(), &kept)[2..], frame);
    kept.meta.insert("fluxrig.source", "elsewhere");
    assert_eq!(written(config, &kept)[2..], [b"\0", ECHO].concat());
}

#[test]
fn stations() {
    let config =
        json!({"variant": "visa", "encoding": "ascii", "visa_src_id": "123456", "visa_dst_id": "abc"});
    let mut message = Message::from_raw(ECHO);
    let frame = written(config.clone(), &message);
    assert_eq!(frame[2..8], [22, 1, 2, 0, 77, 0]);
    let came = opened(config.clone(), &frame[2..]);
    for (key, wanted) in [
        ("iso8583.src_id", "123456"),
        ("iso8583.dst_id", "000abc"),
        ("iso8583.visa.header_length", "22"),
        ("iso8583.visa.message_length", "77"),
        ("iso8583.visa.text_format", "02"),
        ("iso8583.visa.flags", "0000"),
    ] {
        assert_eq!(came.meta.get(key), Some(wanted), "{key}");
    }
    message.meta.insert("iso8583.dst_id", "00FF00");
    assert_eq!(written(config.clone(), &message)[7..10], [0, 0xFF, 0]);
    message.meta.insert("iso8583.dst_id", "no");
    assert!(iso(config.clone()).write(&message, &mut Vec::new()).is_err());
    // The variant's type is in EBCDIC unless said otherwise.
    assert!(iso(json!({"variant": "visa"})).open(&frame[2..], &origin()).is_err());
}

#[test]
fn lengths() {
    let wide =
        json!({"frame_length_size": 4, "frame_length_endian": "little", "frame_includes_header": true});
    let frame = written(wide.clone(), &Message::from_raw(ECHO));
    assert_eq!(frame[..4], [59, 0, 0, 0]);
    assert_eq!(iso(wide).scan(&frame, 0), Scan::Frame { frame: 4..59, next: 59 });
    let plain = iso(json!({}));
    assert_eq!(plain.scan(&[0, 2, 1], 0), Scan::More { begun: true });
    assert!(matches!(plain.scan(&[0, 0, 1], 0), Scan::Broken(_)));
    let mut out = b"x".to_vec();
    assert!(plain.write(&Message::from_raw(vec![b'0'; 65_536]), &mut out).is_err());
    assert!(plain.write(&Message::default(), &mut out).is_err());
}
