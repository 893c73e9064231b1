//! What a scheme host answers to a request.

use rig_iso8583::{CodecError, Iso8583Message, Spec, response_mti};

/// Elements that come back as they were asked.
pub const ECHOED: [u8; 7] = [2, 3, 4, 7, 11, 41, 49];

/// The value of one element in another one of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: u8,
    pub to: u8,
}

/// `48:42`
pub fn parse_move(text: &str) -> Result<Move, String> {
    let element = |text: &str| text.parse().ok().filter(|number| (2..=192).contains(number) && *number != 65);
    let pair = text.split_once(':').and_then(|(from, to)| Some((element(from)?, element(to)?)));
    let (from, to) = pair.ok_or("write FROM:TO, like 48:42")?;
    Ok(Move { from, to })
}

pub struct Answers {
    pub spec: Spec,
    pub code: String,
    pub moves: Vec<Move>,
    pub settings: Vec<(u8, Vec<u8>)>,
}

impl Answers {
    /// Writes the answer to `request` into `wire`; false if it is no request.
    pub fn write(
        &self,
        request: &Iso8583Message,
        answer: &mut Iso8583Message,
        wire: &mut Vec<u8>,
    ) -> Result<bool, CodecError> {
        // Odd functions are answers themselves; and nobody answers a notification.
        let asks = matches!(request.mti().as_bytes().get(2), Some(b'0' | b'2' | b'6'));
        let Some(mti) = response_mti(request.mti()).filter(|_| asks) else { return Ok(false) };
        answer.clear();
        answer.set(0, &mti);
        for element in ECHOED {
            if let Some(value) = request.get(element) {
                answer.set(element, value);
            }
        }
        if self.spec.wire().element(39).is_some() {
            answer.set(39, &self.code);
        }
        for Move { from, to } in &self.moves {
            if let (Some(value), Some(place)) = (request.get(*from), self.spec.wire().element(*to)) {
                let mut value = value.to_vec();
                if place.prefix == rig_iso8583::Prefix::Fixed {
                    value.resize(place.length, b' ');
                }
                answer.set(*to, value);
            }
        }
        for (number, value) in &self.settings {
            self.spec.wire().set(answer, *number, value)?;
        }
        wire.clear();
        self.spec.wire().encode_to(answer, wire)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use rig_iso8583::{NoReferences, REFERENCE};

    use super::*;

    fn answers(moves: &[&str]) -> Answers {
        Answers {
            spec: Spec::load(REFERENCE, &NoReferences).unwrap(),
            code: "00".into(),
            moves: moves.iter().map(|text| parse_move(text).unwrap()).collect(),
            settings: vec![(38, b"AUTH01".to_vec())],
        }
    }

    #[test]
    fn requests_are_answered_with_what_they_brought() {
        let answers = answers(&["48:42"]);
        let mut request = Iso8583Message::of("0200");
        for (element, value) in
            [(2, "4111111111111111"), (3, "000000"), (4, "77"), (11, "5"), (41, "TERM0001"), (48, "RS00")]
        {
            answers.spec.wire().set(&mut request, element, value.as_bytes()).unwrap();
        }
        let (mut answer, mut wire) = (Iso8583Message::new(), Vec::new());
        assert!(answers.write(&request, &mut answer, &mut wire).unwrap());
        let read = answers.spec.decode(&wire).unwrap();
        assert_eq!(read.mti(), "0210");
        assert_eq!(read.elements().collect::<Vec<_>>(), [0, 2, 3, 4, 11, 38, 39, 41, 42]);
        assert_eq!(read.text(42), Some("RS00           "));
        assert_eq!((read.text(4), read.text(39)), (Some("77"), Some("00")));
    }

    #[test]
    fn answers_are_not_answered() {
        let answers = answers(&[]);
        let (mut answer, mut wire) = (Iso8583Message::new(), Vec::new());
        for mti in ["0210", "0240", "0810"] {
            assert!(!answers.write(&Iso8583Message::of(mti), &mut answer, &mut wire).unwrap(), "{mti}");
        }
        assert!(answers.write(&Iso8583Message::of("0420"), &mut answer, &mut wire).unwrap());
        assert_eq!(answer.mti(), "0430");
        assert!(parse_move("48").is_err() && parse_move("1:42").is_err());
    }
}
