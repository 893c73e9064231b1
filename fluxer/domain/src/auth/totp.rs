//! Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of 30 seconds. Pure.

use hmac::{Hmac, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

const STEP_SECONDS: i64 = 30;
/// Steps a clock may be off, either way.
const WINDOW: i64 = 1;

/// The key of a base32 secret; case, spaces, dashes and padding do not matter.
pub fn decode_secret(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for ch in text.chars().filter(|ch| !matches!(ch, ' ' | '-' | '=')) {
        let value = match ch.to_ascii_uppercase() {
            letter @ 'A'..='Z' => letter as u32 - 'A' as u32,
            digit @ '2'..='7' => digit as u32 - '2' as u32 + 26,
            _ => return None,
        };
        buffer = buffer << 5 | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

fn code(key: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0xF);
    let number = u32::from_be_bytes([
        digest[offset] & 0x7F,
        digest[offset + 1],
        digest[offset + 2],
        digest[offset + 3],
    ]);
    format!("{:06}", number % 1_000_000)
}

/// Whether `given` is the code of `secret` at this time, or one step off.
pub fn verify(secret: &str, given: &str, unix_seconds: i64) -> bool {
    let Some(key) = decode_secret(secret) else { return false };
    let given: String = given.chars().filter(|ch| !ch.is_whitespace()).collect();
    let step = unix_seconds.div_euclid(STEP_SECONDS);
    let mut good = subtle::Choice::from(0);
    for step in step - WINDOW..=step + WINDOW {
        good |= code(&key, step).as_bytes().ct_eq(given.as_bytes());
    }
    good.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890`, the key of the RFC's test vectors.
    const SECRET: &str = "GEZD GNBV-gy3tqojqgezdgnbvgy3tqojq====";

    #[test]
    fn agrees_with_the_rfc() {
        for (time, expected) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert!(verify(SECRET, expected, time), "{time}");
        }
    }

    #[test]
    fn one_step_off_is_forgiven_two_are_not() {
        assert!(verify(SECRET, "287082", 59 + 30) && verify(SECRET, "287082", 59 - 30));
        assert!(!verify(SECRET, "287082", 59 + 61) && !verify(SECRET, "287082", -2));
        assert!(!verify("not base32!", "287082", 59) && !verify(SECRET, "28708", 59));
    }
}
