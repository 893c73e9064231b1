//! Frames to messages and back, without IO. A client's frames are masked and small; ours are
//! unmasked and never fragmented.

use std::ops::ControlFlow;

/// What arrived.
#[derive(Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A whole text or binary message.
    Message(Vec<u8>),
    Ping(Vec<u8>),
    Pong,
    Close,
}

/// Why the stream cannot be read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The message is longer than allowed.
    TooLarge,
    /// Not the protocol.
    Protocol,
}

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// Reads frames off a byte stream. Holds only an unfinished frame or message.
#[derive(Debug, Default)]
pub struct Decoder {
    rest: Vec<u8>,
    message: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes bytes and gives what they complete to `each`, until that breaks.
    pub fn feed(
        &mut self,
        bytes: &[u8],
        most: usize,
        mut each: impl FnMut(Incoming) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut joined = std::mem::take(&mut self.rest);
        let mut input = if joined.is_empty() {
            bytes
        } else {
            joined.extend_from_slice(bytes);
            &joined
        };
        while let Some((frame, used)) = header(input, most)? {
            let payload = &input[frame.offset..used];
            let incoming = self.frame(frame, payload, most)?;
            input = &input[used..];
            if let Some(incoming) = incoming
                && each(incoming).is_break()
            {
                return Ok(());
            }
        }
        self.rest = input.to_vec();
        Ok(())
    }

    fn frame(&mut self, frame: Header, payload: &[u8], most: usize) -> Result<Option<Incoming>, Error> {
        let unmasked = payload.iter().zip(frame.mask.iter().cycle()).map(|(byte, mask)| byte ^ mask);
        match frame.opcode {
            TEXT | BINARY if self.message.is_some() => Err(Error::Protocol),
            0 if self.message.is_none() => Err(Error::Protocol),
            0 | TEXT | BINARY => {
                let mut message = self.message.take().unwrap_or_default();
                if message.len() + payload.len() > most {
                    return Err(Error::TooLarge);
                }
                message.extend(unmasked);
                if frame.last {
                    return Ok(Some(Incoming::Message(message)));
                }
                self.message = Some(message);
                Ok(None)
            }
            PING => Ok(Some(Incoming::Ping(unmasked.collect()))),
            PONG => Ok(Some(Incoming::Pong)),
            CLOSE => Ok(Some(Incoming::Close)),
            _ => Err(Error::Protocol),
        }
    }
}

struct Header {
    last: bool,
    opcode: u8,
    mask: [u8; 4],
    offset: usize,
}

/// The header at the front of `input` and where its frame ends, once all of it is there. A
/// frame that is too long is refused by its header, before its payload arrives.
fn header(input: &[u8], most: usize) -> Result<Option<(Header, usize)>, Error> {
    let [first, second, ..] = *input else { return Ok(None) };
    let (last, opcode) = (first & 0x80 != 0, first & 0x0F);
    let control = opcode >= 8;
    if first & 0x70 != 0 || second & 0x80 == 0 || (control && (!last || second & 0x7F > 125)) {
        return Err(Error::Protocol);
    }
    let (length, at) = match second & 0x7F {
        126 => match input.get(2..4) {
            Some(bytes) => (u64::from(u16::from_be_bytes([bytes[0], bytes[1]])), 4),
            None => return Ok(None),
        },
        127 => match input.get(2..10).and_then(|bytes| <[u8; 8]>::try_from(bytes).ok()) {
            Some(bytes) => (u64::from_be_bytes(bytes), 10),
            None => return Ok(None),
        },
        short => (u64::from(short), 2),
    };
    if length > most as u64 {
        return Err(Error::TooLarge);
    }
    let Some(mask) = input.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()) else {
        return Ok(None);
    };
    let end = at + 4 + length as usize;
    Ok((input.len() >= end).then_some((Header { last, opcode, mask, offset: at + 4 }, end)))
}

fn begin(opcode: u8, length: usize, out: &mut Vec<u8>) {
    out.push(0x80 | opcode);
    match length {
        0..=125 => out.push(length as u8),
        126..=0xFFFF => {
            out.push(126);
            out.extend_from_slice(&(length as u16).to_be_bytes());
        }
        _ => {
            out.push(127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
}

/// The header of a text frame whose `length` bytes the caller appends.
pub fn text_header(length: usize, out: &mut Vec<u8>) {
    begin(TEXT, length, out);
}
pub fn text(payload: &[u8], out: &mut Vec<u8>) {
    begin(TEXT, payload.len(), out);
    out.extend_from_slice(payload);
}
pub fn pong(payload: &[u8], out: &mut Vec<u8>) {
    begin(PONG, payload.len(), out);
    out.extend_from_slice(payload);
}
/// Whether a peer's close frame ends `bytes`, whatever comes before it: nothing follows one.
pub fn ends_with_close(bytes: &[u8]) -> bool {
    (0..=125_u8).any(|length| {
        let start = bytes.len().checked_sub(6 + usize::from(length));
        start.is_some_and(|start| bytes[start..].starts_with(&[0x80 | CLOSE, 0x80 | length]))
    })
}
/// A close frame; `reason` is at most 123 bytes.
pub fn close(code: u16, reason: &str, out: &mut Vec<u8>) {
    begin(CLOSE, 2 + reason.len(), out);
    out.extend_from_slice(&code.to_be_bytes());
    out.extend_from_slice(reason.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(opcode: u8, last: bool, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        begin(opcode, payload.len(), &mut out);
        out[0] = opcode | if last { 0x80 } else { 0 };
        out[1] |= 0x80;
        let mask = [7, 77, 177, 250];
        out.extend_from_slice(&mask);
        out.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        out
    }
    fn decode(chunks: &[&[u8]], most: usize) -> Result<Vec<Incoming>, Error> {
        let (mut decoder, mut got) = (Decoder::default(), Vec::new());
        for chunk in chunks {
            decoder.feed(chunk, most, |incoming| {
                got.push(incoming);
                ControlFlow::Continue(())
            })?;
        }
        Ok(got)
    }

    #[test]
    fn fragments_join_around_control_frames() {
        let stream = [
            masked(TEXT, false, b"he"),
            masked(PING, true, b"p"),
            masked(0, true, b"llo"),
            masked(CLOSE, true, b""),
        ]
        .concat();
        let got = decode(&[&stream], 100).unwrap();
        let expected = [Incoming::Ping(b"p".into()), Incoming::Message(b"hello".into()), Incoming::Close];
        assert_eq!(got, expected);
    }

    #[test]
    fn a_close_is_seen_behind_anything() {
        let closes = [masked(CLOSE, true, b""), masked(CLOSE, true, &4001_u16.to_be_bytes())];
        for close in closes {
            assert!(ends_with_close(&[b"the rest of a long message", &close[..]].concat()));
            assert!(!ends_with_close(&close[..close.len() - 1]));
        }
        assert!(!ends_with_close(&masked(PING, true, b"p")) && !ends_with_close(b""));
    }

    #[test]
    fn refuses_what_is_not_the_protocol() {
        let mut unmasked = Vec::new();
        text(b"x", &mut unmasked);
        let mut reserved = masked(TEXT, true, b"x");
        reserved[0] |= 0x40;
        for bad in [
            unmasked,
            reserved,
            masked(0, true, b"x"),
            masked(3, true, b"x"),
            masked(PING, false, b"x"),
            masked(PING, true, &[0; 126]),
            [masked(TEXT, false, b"x"), masked(TEXT, true, b"x")].concat(),
        ] {
            assert_eq!(decode(&[&bad], 4096), Err(Error::Protocol));
        }
    }

    #[test]
    fn refuses_long_messages_by_their_header() {
        assert!(decode(&[&masked(TEXT, true, &[b'x'; 4096])], 4096).is_ok());
        assert_eq!(decode(&[&masked(TEXT, true, &[b'x'; 4097])[..4]], 4096), Err(Error::TooLarge));
        assert_eq!(decode(&[&[0x81, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0]], 4096), Err(Error::TooLarge));
        let parts = [masked(TEXT, false, &[b'x'; 4000]), masked(0, true, &[b'x'; 100])].concat();
        assert_eq!(decode(&[&parts], 4096), Err(Error::TooLarge));
    }

    proptest! {
        #[test]
        fn chunking_does_not_matter(
            messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..6),
            cuts in prop::collection::vec(1usize..50, 0..60),
        ) {
            let stream: Vec<u8> = messages.iter().flat_map(|message| masked(BINARY, true, message)).collect();
            let (mut chunks, mut rest) = (Vec::new(), stream.as_slice());
            for cut in cuts {
                let (chunk, tail) = rest.split_at(cut.min(rest.len()));
                chunks.push(chunk);
                rest = tail;
            }
            chunks.push(rest);
            let expected: Vec<_> = messages.into_iter().map(Incoming::Message).collect();
            prop_assert_eq!(decode(&chunks, 4096), Ok(expected));
        }

        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = decode(&[&bytes], 4096);
        }
    }
}
