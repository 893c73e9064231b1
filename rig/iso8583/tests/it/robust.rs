use std::sync::LazyLock;

use proptest::prelude::*;
use rig_iso8583::Spec;

use crate::{packed, reference, unpacked, with_element};

static REFERENCE: LazyLock<Spec> = LazyLock::new(reference);

fn element() -> impl Strategy<Value = (String, Vec<u8>)> {
    let encoding = prop_oneof![
        Just("ASCII"),
        Just("EBCDIC"),
        Just("BCD"),
        Just("LBCD"),
        Just("Binary"),
        Just("HexToASCII"),
        Just("ASCIIToHex"),
    ];
    let prefix =
        (prop_oneof![Just("ASCII"), Just("EBCDIC"), Just("BCD"), Just("Binary"), Just("Hex")], 2usize..=6);
    let padding = prop_oneof![
        Just(""),
        Just(", padding: {type: Left, pad: '0'}"),
        Just(", padding: {type: Right, pad: '0'}")
    ];
    (encoding, prefix, padding, any::<bool>(), proptest::collection::vec(1u8..10, 1..20)).prop_map(
        |(encoding, (family, digits), padding, fixed, seed)| {
            // No digit is the padding, so that nothing but padding is stripped.
            let mut value: Vec<u8> = seed.iter().map(|digit| b'0' + digit).collect();
            if encoding == "ASCIIToHex" && value.len() % 2 == 1 {
                value.push(b'7');
            }
            let units = if encoding == "ASCIIToHex" { value.len() / 2 } else { value.len() };
            let width = if fixed { "Fixed".to_owned() } else { "L".repeat(digits) };
            let length = match fixed {
                true if padding.is_empty() => units,
                true => units + 3,
                false => 40,
            };
            (
                format!(
                    "{{type: String, length: {length}, enc: {encoding}, prefix: {family}.{width}{padding}}}"
                ),
                value,
            )
        },
    )
}

proptest! {
    #[test]
    fn every_encoding_prefix_and_padding_comes_back((wire, value) in element()) {
        let spec = with_element(&wire);
        let bytes = packed(&spec, &value).unwrap();
        let message = unpacked(&spec, &bytes).unwrap();
        prop_assert_eq!(message.get(2), Some(&value[..]));
    }

    #[test]
    fn no_input_is_too_strange((wire, _) in element(), input in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = unpacked(&with_element(&wire), &input);
    }

    #[test]
    fn what_can_be_read_can_be_written_and_read_again(
        maps in any::<u64>(), input in proptest::collection::vec(0x20u8..0x3A, 0..400),
    ) {
        let spec = &*REFERENCE;
        let mut wire = b"0200".to_vec();
        wire.extend_from_slice(format!("{:016X}", maps & 0x7FFF_FFFF_FFFF_FFFE).as_bytes());
        wire.extend_from_slice(&input);
        for end in [wire.len(), wire.len() / 2] {
            if let Ok(message) = spec.decode(&wire[..end]) {
                let again = spec.encode(&message).unwrap();
                prop_assert_eq!(spec.decode(&again).unwrap().elements().count(), message.elements().count());
            }
        }
    }

    #[test]
    fn tags_are_never_too_strange(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        let spec = &*REFERENCE;
        let mut message = rig_iso8583::Iso8583Message::of("0200");
        if spec.wire().set(&mut message, 55, &input).is_ok() {
            let wire = spec.encode(&message).unwrap();
            prop_assert!(wire.len() <= 23 + input.len());
        }
    }
}
