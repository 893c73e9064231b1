use rig_envelope::{Message, Value};

use crate::reference;

fn request() -> Message {
    let mut envelope = Message::default();
    envelope.meta.insert("iso8583.mti", "0200");
    for (path, value) in [
        ("iso8583.field.2", "4111111111111111"),
        ("iso8583.field.3", "003000"),
        ("iso8583.field.4", "1234"),
        ("iso8583.field.41", "TERM0001"),
    ] {
        envelope.data.set(path, Value::Text(value.into())).unwrap();
    }
    envelope
}

#[test]
fn out_and_in_again() {
    let spec = reference();
    let mut envelope = request();
    spec.encode_from(&mut envelope).unwrap();
    let expected = b"02007000000000800000164111111111111111003000000000001234TERM0001";
    assert_eq!(&envelope.raw[..], expected);
    assert_eq!(envelope.meta.get("codec.spec_id"), Some("iso8583-v87-ascii"));
    assert_eq!(envelope.meta.get("codec.spec_hash").unwrap().len(), 12);

    let mut read = Message::from_raw(envelope.raw.clone());
    spec.decode_into(&mut read).unwrap();
    let text = |path: &str| read.data.get(path).and_then(Value::as_str);
    assert_eq!(text("pan"), Some("4111111111111111"));
    assert_eq!(text("iso8583.field.4"), Some("1234"));
    assert_eq!(text("iso8583.sub.3.2"), Some("30"));
    assert_eq!(text("iso8583.field.0"), Some("0200"));
    assert_eq!(
        (read.meta.get("iso8583.mti"), read.meta.get("iso8583.mti_class")),
        (Some("0200"), Some("02"))
    );
    assert_eq!(read.raw, envelope.raw);

    // An untouched message is written as it came; an alias beats the numbered element.
    let mut again = read.clone();
    spec.encode_from(&mut again).unwrap();
    assert_eq!(again.raw, envelope.raw);
    again.data.set("iso8583.field.41", Value::Text("IGNORED0".into())).unwrap();
    again.data.set("txn_amount", Value::Text("99".into())).unwrap();
    spec.encode_from(&mut again).unwrap();
    assert!(again.raw.ends_with(b"000000000099TERM0001"));
}

#[test]
fn tags_travel_too() {
    let spec = reference();
    let mut envelope = request();
    let icc = [0x82, 2, 0x18, 0xFF, 0x9F, 0x36, 2, 0, 7];
    envelope.data.set("iso8583.field.55", Value::Bytes(icc.to_vec().into())).unwrap();
    spec.encode_from(&mut envelope).unwrap();
    assert!(envelope.raw.ends_with(&icc));
    let mut read = Message::from_raw(envelope.raw.clone());
    spec.decode_into(&mut read).unwrap();
    let unknown = read.data.entry("iso8583.unknown_tags").and_then(Value::as_map).unwrap();
    assert_eq!(unknown.entry("55.82").and_then(Value::as_bytes), Some([0x18, 0xFF].as_slice()));
    spec.encode_from(&mut read).unwrap();
    assert_eq!(read.raw, envelope.raw);
}

#[test]
fn without_a_type_nothing_is_written() {
    let spec = reference();
    let mut envelope = request();
    envelope.meta.take("iso8583.mti");
    assert!(spec.encode_from(&mut envelope).unwrap_err().to_string().contains("iso8583.mti"));
}
