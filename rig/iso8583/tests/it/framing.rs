use proptest::prelude::*;
use rig_iso8583::framing::{Endian, FrameError, LengthPrefix, Text, Tpdu, VisaError, VisaHeader, inspect};

#[test]
fn frames() {
    let plain = LengthPrefix::default();
    assert_eq!(plain.frame(&[0]), Ok(None));
    assert_eq!(plain.frame(&[0, 2, 1]), Ok(None));
    assert_eq!(plain.frame(&[0, 2, 1, 2, 9]), Ok(Some(2..4)));
    assert_eq!(plain.frame(&[0, 0]), Err(FrameError::Length(0)));
    let wide = LengthPrefix::new(4, Endian::Little, true).unwrap();
    assert_eq!(wide.frame(&[5, 0, 0, 0, 9]), Ok(Some(4..5)));
    assert_eq!(wide.frame(&[3, 0, 0, 0]), Err(FrameError::Length(3)));
    assert_eq!(wide.frame(&[0, 0, 1, 0x7F]), Err(FrameError::Length(0x7F01_0000)));
    assert_eq!(LengthPrefix::new(3, Endian::Big, false), Err(FrameError::Size(3)));
    let inclusive = LengthPrefix::new(2, Endian::Big, true).unwrap();
    assert_eq!(inclusive.write(65_534, &mut Vec::new()), Err(FrameError::TooLarge(65_534)));
}

#[test]
fn a_look_at_a_frame() {
    let seen = inspect(b"08000220000000800000010203040500000TERM00010", Text::Ascii).unwrap();
    assert_eq!((seen.mti(), seen.bitmaps, seen.listed().as_str()), ("0800", 1, "[7,11,41]"));
    let packed = [0x02, 0x00, 0x40, 0, 0, 0, 0, 0, 0, 0, 1];
    assert_eq!(inspect(&packed, Text::Bcd).unwrap().listed(), "[2]");
    assert_eq!(inspect(&packed, Text::Ascii).unwrap().mti(), "0200");
    assert!(inspect(&packed[..10], Text::Bcd).is_none(), "fewer bytes than elements");
    assert!(inspect(b"hello world, this is no message", Text::Ascii).is_none());
    let ebcdic = [0xF0, 0xF8, 0xF0, 0xF0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0xF1];
    assert_eq!(inspect(&ebcdic, Text::Ebcdic).unwrap().mti(), "0800");
}

#[test]
fn headers() {
    let (tpdu, rest) = Tpdu::split(&[0x60, 0, 1, 0, 2, b'x']).unwrap();
    assert_eq!((tpdu, rest), (Tpdu::new(1, 2), b"x".as_slice()));
    assert_eq!(tpdu.swapped(), Tpdu::new(2, 1));

    let mut frame = Vec::new();
    let station = |text| VisaHeader::station(text).unwrap();
    VisaHeader::write(station("123"), station("abcdef"), 3, &mut frame).unwrap();
    frame.extend_from_slice(b"msg");
    let (header, rest) = VisaHeader::split(&frame).unwrap();
    assert_eq!(rest, b"msg");
    assert_eq!(
        (header.message_length, header.destination, header.source),
        (25, [0, 1, 0x23], [0xAB, 0xCD, 0xEF])
    );
    assert_eq!(VisaHeader::split(&frame[..21]), Err(VisaError::Short));
    assert_eq!(VisaHeader::split(&[5; 30]), Err(VisaError::Length(5)));
    assert_eq!(VisaHeader::station("12345g"), Err(VisaError::StationId));
}

proptest! {
    #[test]
    fn what_is_framed_is_found(
        body in proptest::collection::vec(any::<u8>(), 1..300), size in prop_oneof![Just(2u8), Just(4)],
        little in any::<bool>(), inclusive in any::<bool>(),
    ) {
        let endian = if little { Endian::Little } else { Endian::Big };
        let prefix = LengthPrefix::new(size, endian, inclusive).unwrap();
        let mut wire = Vec::new();
        prefix.write(body.len(), &mut wire).unwrap();
        wire.extend_from_slice(&body);
        prop_assert_eq!(prefix.frame(&wire[..wire.len() - 1]).unwrap(), None);
        let found = prefix.frame(&wire).unwrap().unwrap();
        prop_assert_eq!(&wire[found], &body[..]);
    }

    #[test]
    fn anything_can_be_looked_at(body in proptest::collection::vec(any::<u8>(), 0..80)) {
        for text in [Text::Ascii, Text::Bcd, Text::Ebcdic] {
            if let Some(seen) = inspect(&body, text) {
                prop_assert!(seen.elements().count() <= body.len());
            }
        }
        if let Ok((_, rest)) = VisaHeader::split(&body) {
            prop_assert!(rest.len() + VisaHeader::LEN <= body.len());
        }
    }
}
