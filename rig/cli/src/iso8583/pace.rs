//! When the next message is due: arrivals of a Poisson process, as many independent senders make
//! them, and random numbers that come again with the same seed.

use std::time::Duration;

use platform_kernel::Rng;

#[derive(Clone, Debug)]
pub struct Dice(Rng);

impl Dice {
    /// An independent sequence for each `stream` of one seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        Self(Rng::seeded(seed ^ stream.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }
    pub fn below(&self, bound: u64) -> u64 {
        self.0.below(bound)
    }
    /// In [0, 1).
    fn unit(&self) -> f64 {
        (u64::from_le_bytes(self.0.bytes()) >> 11) as f64 / (1u64 << 53) as f64
    }
    /// Until the next of `rate` arrivals a second.
    pub fn gap(&self, rate: f64) -> Duration {
        let seconds = -(1.0 - self.unit()).ln() / rate;
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(86_400))
    }
    /// A card number: `prefix`, random digits, and the digit that makes it right.
    pub fn card_number(&self, prefix: &str, length: usize) -> String {
        let mut digits = prefix.to_owned();
        while digits.len() + 1 < length {
            digits.push(char::from(b'0' + self.below(10) as u8));
        }
        if digits.len() < length {
            digits.push(check_digit(&digits));
        }
        digits
    }
}

/// The last digit of a number by Luhn's formula.
fn check_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let value = u32::from(digit.saturating_sub(b'0'));
            match (index % 2 == 0, value * 2) {
                (true, twice) => twice / 10 + twice % 10,
                (false, _) => value,
            }
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_end_as_they_must() {
        assert_eq!(check_digit("411111111111111"), '1');
        assert_eq!(check_digit("7992739871"), '3');
        let number = Dice::new(1, 0).card_number("51", 16);
        assert_eq!((number.len(), &number[..2]), (16, "51"));
        assert_eq!(number.chars().last(), Some(check_digit(&number[..15])));
        assert_eq!(Dice::new(1, 0).card_number("4111111111111112", 16), "4111111111111112");
    }

    #[test]
    fn arrivals_have_the_rate_and_come_again() {
        let dice = Dice::new(7, 3);
        let total: Duration = (0..20_000).map(|_| dice.gap(100.0)).sum();
        let mean = total.as_secs_f64() / 20_000.0;
        assert!((0.0097..0.0103).contains(&mean), "{mean}");
        assert_eq!(Dice::new(7, 3).gap(5.0), Dice::new(7, 3).gap(5.0));
        assert_ne!(Dice::new(7, 3).gap(5.0), Dice::new(7, 4).gap(5.0));
    }
}
