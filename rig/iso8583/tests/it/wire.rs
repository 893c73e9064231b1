use rig_iso8583::{Encoding, Fault, Iso8583Message, Prefix, Spec};

use crate::{packed, path, reference, unpacked, with_element};

#[test]
fn a_message_by_hand() {
    let spec = Spec::base("moov:spec87ascii").unwrap();
    let mut message = Iso8583Message::of("0800");
    message.set(7, "0102030405");
    message.set(11, "000001");
    message.set(41, "TERM0001");
    let wire = spec.encode(&message).unwrap();
    assert_eq!(wire, b"080002200000008000000102030405000001TERM0001");
    let back = spec.decode(&wire).unwrap();
    assert_eq!(back.text(41), Some("TERM0001"));
    assert_eq!(back.elements().collect::<Vec<_>>(), [0, 7, 11, 41]);
}

#[test]
fn bitmaps_grow_as_needed() {
    let spec = Spec::base("rig:spec87full").unwrap();
    let mut message = Iso8583Message::of("0800");
    message.set(70, "301");
    let wire = spec.encode(&message).unwrap();
    assert_eq!(wire, b"080080000000000000000400000000000000301");
    assert_eq!(spec.decode(&wire).unwrap().text(70), Some("301"));

    let third = "spec:\n  id: t\n  version: 1.0.0\n  name: t\n  wire:\n    source: rig:spec87full\n    fields:\n      \
                 130: {type: String, length: 3, enc: ASCII, prefix: ASCII.LL}\n";
    let spec = Spec::load(third, &rig_iso8583::NoReferences).unwrap();
    let mut message = Iso8583Message::of("0800");
    message.set(130, "abc");
    let wire = spec.encode(&message).unwrap();
    assert_eq!(wire, b"080080000000000000008000000000000000400000000000000003abc");
    assert_eq!(spec.decode(&wire).unwrap().text(130), Some("abc"));
}

#[test]
fn encodings() {
    let fixed = |enc: &str, length: usize| {
        with_element(&format!("{{type: String, length: {length}, enc: {enc}, prefix: ASCII.Fixed}}"))
    };
    for (spec, value, wire) in [
        (fixed("ASCII", 3), b"a1 ".as_slice(), b"a1 ".as_slice()),
        (fixed("EBCDIC", 3), b"A1 ", &[0xC1, 0xF1, 0x40]),
        (fixed("BCD", 3), b"123", &[0x01, 0x23]),
        (fixed("LBCD", 3), b"123", &[0x12, 0x30]),
        (fixed("Binary", 2), &[0, 0xFF], &[0, 0xFF]),
        (fixed("HexToASCII", 2), &[0x0A, 0xFF], b"0AFF"),
        (fixed("ASCIIToHex", 2), b"0AFF", &[0x0A, 0xFF]),
    ] {
        assert_eq!(packed(&spec, value).unwrap(), wire);
        assert_eq!(unpacked(&spec, wire).unwrap().get(2), Some(value));
    }
    assert_eq!(unpacked(&fixed("BCD", 2), &[0x1A]).unwrap_err(), Fault::NotDigits);
    assert_eq!(unpacked(&fixed("ASCII", 1), &[0x80]).unwrap_err(), Fault::NotAscii);
    assert_eq!(Encoding::named("UTF-8"), None);
}

#[test]
fn length_prefixes() {
    let of =
        |prefix: &str| with_element(&format!("{{type: String, length: 9, enc: ASCII, prefix: {prefix}}}"));
    for (prefix, wire) in [
        ("ASCII.LL", b"02ab".as_slice()),
        ("EBCDIC.LL", &[0xF0, 0xF2, b'a', b'b']),
        ("BCD.LL", &[0x02, b'a', b'b']),
        ("BCD.LLL", &[0x00, 0x02, b'a', b'b']),
        ("Hex.L", b"02ab"),
        ("Hex.LL", b"0002ab"),
        ("Binary.L", &[2, b'a', b'b']),
        ("Binary.LL", &[0, 2, b'a', b'b']),
        ("BerTLV", &[2, b'a', b'b']),
    ] {
        assert_eq!(packed(&of(prefix), b"ab").unwrap(), wire, "{prefix}");
        assert_eq!(unpacked(&of(prefix), wire).unwrap().text(2), Some("ab"), "{prefix}");
    }
    assert_eq!(unpacked(&of("ASCII.LL"), b"x2ab").unwrap_err(), Fault::BadLength);
    assert_eq!(unpacked(&of("BCD.LL"), &[0x0A, b'a']).unwrap_err(), Fault::BadLength);
    assert_eq!(unpacked(&of("ASCII.LL"), b"09ab").unwrap_err(), Fault::Truncated);
    assert_eq!(unpacked(&of("BerTLV"), &[0x85, 0, 0, 0, 0, 1, b'a']).unwrap_err(), Fault::BadLength);
    assert_eq!(
        unpacked(&of("BerTLV"), &[0x84, 0xFF, 0xFF, 0xFF, 0xFF]).unwrap_err(),
        Fault::TooLong { actual: 0xFFFF_FFFF, maximum: 9 }
    );
    assert!(matches!(packed(&of("ASCII.LL"), b"0123456789"), Err(Fault::TooLong { .. })));
    assert_eq!(Prefix::named("ASCII.LLLLLLL"), None);
}

#[test]
fn padding_fills_and_is_stripped() {
    let pan = with_element(
        "{type: String, length: 19, enc: ASCII, prefix: ASCII.LL, padding: {type: Left, pad: '0'}}",
    );
    assert_eq!(packed(&pan, b"4111111111111111").unwrap(), b"190004111111111111111");
    assert_eq!(unpacked(&pan, b"190004111111111111111").unwrap().text(2), Some("4111111111111111"));
    let text = with_element(
        "{type: String, length: 6, enc: ASCII, prefix: ASCII.Fixed, padding: {type: Left, pad: '0'}}",
    );
    assert_eq!(unpacked(&text, b"000042").unwrap().text(2), Some("42"));
    assert_eq!(unpacked(&text, b"000000").unwrap().text(2), Some(""));
    let number = with_element(
        "{type: Numeric, length: 6, enc: BCD, prefix: BCD.Fixed, padding: {type: Left, pad: '0'}}",
    );
    assert_eq!(unpacked(&number, &[0, 0, 0]).unwrap().text(2), Some("0"));
    let right = with_element(
        "{type: String, length: 4, enc: ASCII, prefix: ASCII.Fixed, padding: {type: Right, pad: ' '}}",
    );
    assert_eq!(packed(&right, b"ab").unwrap(), b"ab  ");
    assert_eq!(unpacked(&right, b"ab  ").unwrap().text(2), Some("ab"));
    let bare = with_element("{type: String, length: 4, enc: ASCII, prefix: ASCII.Fixed}");
    assert_eq!(packed(&bare, b"ab").unwrap_err(), Fault::WrongLength { actual: 2, expected: 4 });
}

#[test]
fn tags_are_sorted_and_unknown_ones_kept() {
    let spec = reference();
    let mut message = Iso8583Message::of("0200");
    let icc = [
        0x9F, 0x36, 2, 0, 7, 0x82, 2, 0x18, 0, 0x9F, 0x02, 6, 0, 0, 0, 0, 0x12, 0x34, 0x5F, 0x2A, 2, 8, 0x40,
    ];
    spec.wire().set(&mut message, 55, &icc).unwrap();
    assert_eq!(message.value(path("55.9F02")), Some(b"000000001234".as_slice()));
    assert_eq!(message.value(path("55.9F36")), Some([0, 7].as_slice()));
    assert_eq!(message.value(path("55").child(0x8200_0000).unwrap()), Some([0x18, 0].as_slice()));
    let wire = spec.encode(&message).unwrap();
    assert_eq!(&wire[20..23], b"023");
    assert_eq!(
        &wire[23..],
        [
            0x5F, 0x2A, 2, 8, 0x40, 0x82, 2, 0x18, 0, 0x9F, 0x02, 6, 0, 0, 0, 0, 0x12, 0x34, 0x9F, 0x36, 2,
            0, 7
        ]
    );
    // One part changed, the others stay.
    let mut back = spec.decode(&wire).unwrap();
    spec.wire().set_part(&mut back, path("55.9F36"), &[0, 8]).unwrap();
    let again = spec.encode(&back).unwrap();
    assert_eq!(again[..again.len() - 1], wire[..wire.len() - 1]);
    assert_eq!(again.last(), Some(&8));

    let twice = [0x82, 1, 1, 0x82, 1, 2];
    assert_eq!(spec.wire().set(&mut message, 55, &twice).unwrap_err().fault, Fault::Duplicate);
}

#[test]
fn positions_repeat() {
    let spec = reference();
    let mut message = Iso8583Message::of("0210");
    let amounts = b"0001840C0000000012340002840D000000005678";
    spec.wire().set(&mut message, 54, amounts).unwrap();
    assert_eq!(message.value(path("54.2.4")), Some(b"D".as_slice()));
    let wire = spec.encode(&message).unwrap();
    assert!(wire.ends_with(amounts));
    let mut back = spec.decode(&wire).unwrap();
    spec.wire().set_part(&mut back, path("54.1.3"), b"978").unwrap();
    assert!(spec.encode(&back).unwrap().ends_with(b"0400001978C0000000012340002840D000000005678"));
    assert_eq!(spec.wire().set(&mut message, 54, &amounts[1..]).unwrap_err().fault, Fault::PartCut);
}

#[test]
fn parts_behind_a_bitmap_and_in_sequence() {
    let spec = with_element(
        "{type: Composite, length: 99, prefix: ASCII.LL, subfields: {layout: bitmapped, parts: [{type: String, \
         length: 2, enc: ASCII, prefix: ASCII.Fixed}, {type: String, length: 9, enc: ASCII, prefix: ASCII.L}]}}",
    );
    let wire = b"11\x40\0\0\0\0\0\0\x002xy";
    let message = unpacked(&spec, wire).unwrap();
    assert_eq!(message.value(path("2.2")), Some(b"xy".as_slice()));
    let mut message = message;
    spec.wire().set_part(&mut message, path("2.1"), b"ab").unwrap();
    assert_eq!(spec.encode(&message).unwrap()[12..], *b"13\xC0\0\0\0\0\0\0\0ab2xy");

    let spec = with_element(
        "{type: Composite, length: 99, prefix: ASCII.LL, subfields: {'1': {type: String, length: 2, enc: ASCII, \
         prefix: ASCII.Fixed}, '2': {type: String, length: 9, enc: ASCII, prefix: ASCII.L}}}",
    );
    assert_eq!(unpacked(&spec, b"05ab2xy").unwrap().value(path("2.2")), Some(b"xy".as_slice()));
    assert_eq!(unpacked(&spec, b"06ab2xy?").unwrap_err(), Fault::Rest(1));
}

#[test]
fn what_cannot_be_read_says_where() {
    let spec = reference();
    let error = spec.decode(b"0200F").unwrap_err();
    assert_eq!((error.path.to_string().as_str(), error.fault), ("1", Fault::Truncated));
    let error = spec.decode(b"02000000000000000000x").unwrap_err();
    assert_eq!(error.fault, Fault::Rest(1));
    // Element 66 is not declared in the dialect.
    let error = spec.decode(b"0200800000000000000040000000000000001").unwrap_err();
    assert_eq!((error.path.to_string().as_str(), error.fault), ("66", Fault::Unknown));
    let mut message = Iso8583Message::of("0200");
    message.set(66, "1");
    assert_eq!(spec.encode(&message).unwrap(), b"02000000000000000000", "left out");
}
