//! What terminals send: which card, which amount, which numbers – and what may come back.

use std::collections::BTreeSet;

use anyhow::{bail, ensure};
use platform_kernel::Timestamp;
use rig_iso8583::{CodecError, Iso8583Message, SimulationState, Spec, response_mti};

use crate::iso8583::{options::TransmissionTime, pace::Dice};

/// STANs have six digits.
pub const LAST_STAN: u32 = 999_999;

/// Cards that begin with `prefix` are answered with `code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub prefix: String,
    pub code: Option<String>,
}

/// `4:00,5:05`: cards with 4 are approved, those with 5 declined.
pub fn mix(text: &str) -> Result<Vec<Share>, String> {
    text.split(',')
        .map(|share| {
            let (prefix, code) =
                share.trim().split_once(':').map_or((share.trim(), None), |(prefix, code)| {
                    (prefix, Some(code.to_owned()).filter(|code| !code.is_empty()))
                });
            let digits = (1..=19).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_digit());
            if !digits || code.as_ref().is_some_and(|code| code.len() > 3) {
                return Err("write PREFIX:CODE,…, like 4:00,5:05".into());
            }
            Ok(Share { prefix: prefix.to_owned(), code })
        })
        .collect()
}

/// The STANs of one terminal, over and over. No two terminals share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stans {
    pub first: u32,
    pub count: u32,
}

impl Stans {
    /// `count` for each of `terminals` from `base` on.
    pub fn of(terminal: u32, count: u64, terminals: u32, base: u32) -> anyhow::Result<Self> {
        let end = u64::from(base) + u64::from(terminals) * count;
        ensure!(
            count > 0 && end <= u64::from(LAST_STAN) + 1,
            "{terminals} terminals × {count} from STAN {base} on would go beyond {LAST_STAN}: fewer, a lower \
             --stan-base, or --duration, which uses STANs again"
        );
        let count = count as u32;
        Ok(Self { first: base + terminal * count, count })
    }
    /// As many as there are room for.
    pub fn shared(terminal: u32, terminals: u32, base: u32) -> anyhow::Result<Self> {
        if base > LAST_STAN || terminals == 0 {
            bail!("there is no STAN behind {base}");
        }
        Self::of(terminal, u64::from((LAST_STAN + 1 - base) / terminals), terminals, base)
    }
    pub const fn nth(self, index: u64) -> u32 {
        self.first + (index % self.count as u64) as u32
    }
    pub const fn has(self, stan: u32) -> bool {
        stan >= self.first && stan - self.first < self.count
    }
}

/// One request, as far as its answer is compared with it.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub stan: u32,
    pub card: String,
    /// None where the request names none.
    pub amount: Option<u64>,
    /// The type that is due.
    pub answer: String,
    /// The response code that is due, if one is.
    pub code: Option<String>,
}

/// What a terminal writes with: memory that is used again, and where its simulation stands.
pub struct Pen {
    pub message: Iso8583Message,
    pub wire: Vec<u8>,
    time: TransmissionTime,
    state: SimulationState,
}

impl Pen {
    pub fn new(seed: u64) -> Self {
        Self {
            message: Iso8583Message::new(),
            wire: Vec::new(),
            time: TransmissionTime::default(),
            state: SimulationState::new(seed),
        }
    }
}

pub struct Plan {
    pub spec: Spec,
    pub mti: String,
    pub expect_mti: String,
    pub shares: Vec<Share>,
    /// Codes that are as good as the one that is due.
    pub also: BTreeSet<String>,
    pub amount: Option<u64>,
    pub settings: Vec<(u8, Vec<u8>)>,
    /// Draw requests from the simulation of the specification.
    pub simulate: bool,
}

impl Plan {
    /// The next request of a terminal.
    pub fn transaction(&self, stan: u32, dice: &Dice) -> Transaction {
        let share = &self.shares[dice.below(self.shares.len() as u64) as usize];
        Transaction {
            stan,
            amount: Some(self.amount.unwrap_or_else(|| 100 + dice.below(500_000))),
            answer: self.expect_mti.clone(),
            card: dice.card_number(&share.prefix, 16),
            code: share.code.clone(),
        }
    }

    /// Writes a request; what it says that the transaction did not is laid down in there.
    pub fn write(
        &self,
        transaction: &mut Transaction,
        terminal_id: &str,
        now: Timestamp,
        pen: &mut Pen,
    ) -> Result<(), CodecError> {
        let has = |number| self.spec.wire().element(number).is_some();
        let stan = format!("{:06}", transaction.stan);
        let drawn = if self.simulate { self.spec.simulate(&mut pen.state, now.millis())? } else { None };
        if let Some(drawn) = drawn {
            pen.message = drawn;
            transaction.answer = self.answer_to(pen.message.mti());
            transaction.amount = pen.message.text(4).and_then(number);
            transaction.code = None;
            for (number, value) in [(11, &*stan), (41, terminal_id)] {
                if has(number) {
                    pen.message.set(number, value);
                }
            }
        } else {
            pen.message.clear();
            pen.message.set(0, &self.mti);
            let amount = format!("{:012}", transaction.amount.unwrap_or(0));
            let own = [
                (2, transaction.card.as_str()),
                (3, "000000"),
                (4, &*amount),
                (7, pen.time.at(now)),
                (11, &*stan),
                (41, terminal_id),
                (49, "858"),
            ];
            for (number, value) in own {
                if has(number) {
                    pen.message.set(number, value);
                }
            }
        }
        for (number, value) in &self.settings {
            self.spec.wire().set(&mut pen.message, *number, value)?;
        }
        pen.wire.clear();
        self.spec.wire().encode_to(&pen.message, &mut pen.wire)
    }

    /// The type that answers a drawn request.
    fn answer_to(&self, mti: &str) -> String {
        let paired = self.spec.catalog().get(mti).and_then(|entry| entry.pairs_with.clone());
        paired.or_else(|| response_mti(mti)).unwrap_or_default()
    }

    /// Whether a response code is one that may come.
    pub fn accepts(&self, transaction: &Transaction, code: &str) -> bool {
        match &transaction.code {
            Some(due) => due == code || self.also.contains(code),
            None => self.also.is_empty() || self.also.contains(code),
        }
    }
}

/// Digits as a number, whatever zeros stand before them.
pub fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes_are_read() {
        let share =
            |prefix: &str, code: Option<&str>| Share { prefix: prefix.into(), code: code.map(str::to_owned) };
        assert_eq!(
            mix("4:00, 5:05,6"),
            Ok(vec![share("4", Some("00")), share("5", Some("05")), share("6", None)])
        );
        for wrong in ["", "x:00", "4:0000", "4:00,,"] {
            assert!(mix(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn terminals_do_not_share_stans() {
        let stans = |terminal| Stans::of(terminal, 150, 60, 100_000).unwrap();
        assert_eq!(stans(1), Stans { first: 100_150, count: 150 });
        assert!(!stans(0).has(100_150) && stans(1).has(100_150) && stans(1).has(100_299));
        assert_eq!(stans(1).nth(151), 100_151);
        assert!(Stans::of(0, 150, 6001, 100_000).is_err());
        assert_eq!(Stans::of(0, 1, 1, 999_999).unwrap().first, LAST_STAN);
        let shared = Stans::shared(59, 60, 100_000).unwrap();
        assert_eq!(shared, Stans { first: 985_000, count: 15_000 });
        assert!(Stans::shared(0, 1, 1_000_000).is_err());
    }
}
