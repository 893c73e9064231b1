//! Frames around ISO 8583 messages: found alike however the bytes arrive, and looked at without harm.

use rig_iso8583::framing::{Endian, LengthPrefix, Text, Tpdu, VisaHeader, inspect};

/// Whether a whole frame was found. The first byte says how lengths are written.
pub fn run(data: &[u8]) -> bool {
    let Some((&mode, stream)) = data.split_first() else { return false };
    let size = if mode & 1 == 0 { 2 } else { 4 };
    let endian = if mode & 2 == 0 { Endian::Big } else { Endian::Little };
    let prefix = LengthPrefix::new(size, endian, mode & 4 != 0).expect("2 or 4 bytes");
    let mut at = 0;
    let mut frames = 0;
    while let Ok(Some(frame)) = prefix.frame(&stream[at..]) {
        let end = frame.end;
        // One byte less is not enough, and none more is needed.
        assert_eq!(prefix.frame(&stream[at..at + end - 1]), Ok(None));
        assert_eq!(prefix.frame(&stream[at..at + end]), Ok(Some(frame.clone())));
        let body = &stream[at..][frame];
        let mut written = Vec::new();
        prefix.write(body.len(), &mut written).expect("it came with such a prefix");
        assert_eq!(written, stream[at..at + prefix.size()]);
        look(body);
        frames += 1;
        at += end;
    }
    look(stream);
    frames > 0
}

fn look(body: &[u8]) {
    for text in [Text::Ascii, Text::Ebcdic, Text::Bcd] {
        let Some(seen) = inspect(body, text) else { continue };
        assert!(seen.mti().len() == 4 && seen.mti().bytes().all(|c| c.is_ascii_digit()));
        assert!(seen.elements().count() <= body.len() && (1..=3).contains(&seen.bitmaps));
        let listed: Vec<_> = seen.elements().map(|number| number.to_string()).collect();
        assert_eq!(seen.listed(), format!("[{}]", listed.join(",")));
    }
    if let Ok((header, rest)) = VisaHeader::split(body) {
        assert_eq!(usize::from(header.header_length) + rest.len(), body.len());
    }
    if let Some((tpdu, rest)) = Tpdu::split(body) {
        assert_eq!((tpdu.swapped().swapped(), rest.len()), (tpdu, body.len() - Tpdu::LEN));
    }
}
