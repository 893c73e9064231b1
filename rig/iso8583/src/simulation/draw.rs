//! Values drawn from their sources, the same ones from the same seed.

use std::{collections::HashMap, time::Duration};

use super::{Delay, Source, civil::written};
use crate::{message::Iso8583Message, path::Path, prefix::Prefix, spec::Spec};

/// Where a run stands: its random numbers and counters.
#[derive(Clone, Debug)]
pub struct State {
    random: u64,
    stan: u32,
    counters: HashMap<Path, u64>,
    /// Whether this message took its STAN already.
    taken: bool,
}

impl State {
    pub fn new(seed: u64) -> Self {
        let mut state = Self { random: seed, stan: 0, counters: HashMap::new(), taken: false };
        state.stan = state.below(1_000_000) as u32;
        state
    }

    /// SplitMix64: every seed is a good one.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`, which is not 0.
    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// One of them by its weight; the first if all weigh nothing. There is at least one.
    pub(super) fn weighted<'a, T>(&mut self, choices: &'a [(T, u64)]) -> &'a T {
        let total: u64 = choices.iter().map(|choice| choice.1).sum();
        let mut left = self.below(total.max(1));
        for (choice, weight) in choices {
            if left < *weight {
                return choice;
            }
            left -= weight;
        }
        &choices[0].0
    }

    pub(super) fn delay(&mut self, delay: Delay) -> Duration {
        let span = delay.most.saturating_sub(delay.least).as_micros() as u64;
        delay.least + Duration::from_micros(self.below(span.saturating_add(1)))
    }

    /// A new message: its STAN and what is made of it are one.
    pub(super) const fn begin(&mut self) {
        self.taken = false;
    }

    fn stan(&mut self) -> u32 {
        if !std::mem::replace(&mut self.taken, true) {
            self.stan = (self.stan + 1) % 1_000_000;
        }
        self.stan
    }

    fn text(&mut self, length: usize, alphabet: &[u8]) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len() as u64) as usize])).collect()
    }
}

/// The digit that makes a card number right, by Luhn's formula.
fn check_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let value = u32::from(digit - b'0') << u32::from(index % 2 == 0);
            value / 10 + value % 10
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

impl Spec {
    /// One value; `None` where the request has nothing to echo.
    pub(super) fn draw(
        &self,
        path: Path,
        source: &Source,
        request: Option<&Iso8583Message>,
        state: &mut State,
        now: i64,
    ) -> Option<Vec<u8>> {
        let fixed = self.wire().at(path).filter(|element| element.prefix == Prefix::Fixed);
        // A number fills a fixed place.
        let filled = |number: u64| {
            let width = fixed.map_or(0, |element| element.length);
            format!("{number:0width$}")
        };
        let text = match source {
            Source::Literal(text) => text.clone(),
            Source::Pan { prefix, length } => {
                let mut digits = prefix.clone();
                digits.push_str(&state.text(length.saturating_sub(digits.len() + 1), b"0123456789"));
                if digits.len() < *length {
                    digits.push(check_digit(&digits));
                }
                digits
            }
            Source::Stan => format!("{:06}", state.stan()),
            Source::Rrn => format!("{}{:06}", &written(now, "YYDDDhh")[1..], state.stan()),
            Source::Auth => state.text(6, b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"),
            Source::Seq(start) => {
                let counter = state.counters.entry(path).or_insert(*start);
                let number = *counter;
                *counter += 1;
                filled(number)
            }
            Source::Rand(least, most) => {
                let number = least + state.below((most - least).saturating_add(1));
                filled(number)
            }
            Source::Uuid => {
                let digits = format!("{:016x}{:016x}", state.next(), state.next());
                let variant = char::from(b"89ab"[state.below(4) as usize]);
                format!(
                    "{}-{}-4{}-{variant}{}-{}",
                    &digits[..8],
                    &digits[8..12],
                    &digits[13..16],
                    &digits[17..20],
                    &digits[20..]
                )
            }
            Source::Now(layout) => written(now, layout),
            Source::Codes(codes) => codes[state.below(codes.len() as u64) as usize].clone(),
            Source::Invalid(codes, length) => {
                // A set that lists everything of that length leaves nothing: then a listed one comes.
                let mut tries = 0;
                loop {
                    let code = state.text(*length, b"0123456789");
                    tries += 1;
                    if tries > 1000 || !codes.contains(&code) {
                        break code;
                    }
                }
            }
            Source::Echo(from) => return request?.value(*from).map(<[u8]>::to_vec),
            Source::Choose(choices) => {
                let chosen = state.weighted(choices);
                return self.draw(path, chosen, request, state, now);
            }
        };
        Some(text.into_bytes())
    }
}
