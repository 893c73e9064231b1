//! `aes128gcm` for Web Push (RFC 8291 on RFC 8188): one padded record, keyed by an exchange
//! between a key pair made for this message and the browser's.

use aes_gcm::{Aes128Gcm, KeyInit, Nonce, aead::Aead};
use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey, ecdh::diffie_hellman, elliptic_curve::sec1::ToEncodedPoint};
use platform_kernel::Rng;
use sha2::Sha256;

use super::PushError;

/// Browsers send their keys with padding and without.
pub const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Salt, record size, length of the key, the key.
const HEADER: usize = 16 + 4 + 1 + 65;
const TAG: usize = 16;
/// Ends the content of the last record.
const LAST: u8 = 2;

/// A browser's keys.
#[derive(Clone)]
pub struct Recipient {
    key: PublicKey,
    auth: [u8; 16],
}

impl Recipient {
    /// From base64url, as the browser gave them.
    pub fn new(p256dh: &str, auth: &str) -> Result<Self, PushError> {
        let decode = |text: &str| BASE64.decode(text.trim()).map_err(|_| PushError::Recipient);
        Ok(Self {
            key: PublicKey::from_sec1_bytes(&decode(p256dh)?).map_err(|_| PushError::Recipient)?,
            auth: decode(auth)?.try_into().map_err(|_| PushError::Recipient)?,
        })
    }
}

/// The body of a push, exactly `size` bytes.
pub fn encrypt(recipient: &Recipient, payload: &[u8], size: usize, rng: &Rng) -> Result<Vec<u8>, PushError> {
    // Not every 32 bytes are a key, but nearly all are.
    let own = loop {
        if let Ok(own) = SecretKey::from_slice(&rng.bytes::<32>()) {
            break own;
        }
    };
    seal(recipient, payload, size, &own, rng.bytes())
}

fn seal(
    recipient: &Recipient,
    payload: &[u8],
    size: usize,
    own: &SecretKey,
    salt: [u8; 16],
) -> Result<Vec<u8>, PushError> {
    let room = size.checked_sub(HEADER + TAG + 1).filter(|room| *room >= payload.len());
    let room = room.ok_or(PushError::TooLong)?;
    let (their_point, own_point) =
        (recipient.key.to_encoded_point(false), own.public_key().to_encoded_point(false));
    let shared = diffie_hellman(own.to_nonzero_scalar(), recipient.key.as_affine());
    let info = [b"WebPush: info\0", their_point.as_bytes(), own_point.as_bytes()].concat();
    let secret = derive::<32>(&recipient.auth, shared.raw_secret_bytes(), &info)?;
    let key = derive::<16>(&salt, &secret, b"Content-Encoding: aes128gcm\0")?;
    let nonce = derive::<12>(&salt, &secret, b"Content-Encoding: nonce\0")?;

    let mut content = Vec::with_capacity(room + 1);
    content.extend_from_slice(payload);
    content.push(LAST);
    content.resize(room + 1, 0);
    let cipher = Aes128Gcm::new_from_slice(&key).map_err(|_| PushError::Recipient)?;
    let sealed = cipher.encrypt(&Nonce::from(nonce), content.as_slice()).map_err(|_| PushError::TooLong)?;

    let mut body = Vec::with_capacity(size);
    body.extend_from_slice(&salt);
    body.extend_from_slice(&u32::try_from(size).unwrap_or(u32::MAX).to_be_bytes());
    body.push(65);
    body.extend_from_slice(own_point.as_bytes());
    body.extend_from_slice(&sealed);
    Ok(body)
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<[u8; N], PushError> {
    let mut key = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut key).map_err(|_| PushError::Recipient)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8291, appendix A, but for the padding: there is none, so the size is what fits.
    #[test]
    fn the_example_of_the_standard() {
        let recipient = Recipient::new(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .unwrap();
        let own = BASE64.decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").unwrap();
        let own = SecretKey::from_slice(&own).unwrap();
        let salt = BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw").unwrap().try_into().unwrap();
        let payload = b"When I grow up, I want to be a watermelon";
        let size = HEADER + payload.len() + 1 + TAG;
        let body = seal(&recipient, payload, size, &own, salt).unwrap();
        let expected = BASE64
            .decode(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
                 AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            )
            .unwrap();
        // The example names a record of 4096 bytes and sends a shorter one.
        assert_eq!((&body[..16], &body[20..]), (&expected[..16], &expected[20..]));
        assert_eq!(body[16..20], (size as u32).to_be_bytes());
    }

    #[test]
    fn every_message_is_as_long_as_asked_or_does_not_fit() {
        let rng = Rng::seeded(1);
        let key = SecretKey::from_slice(&rng.bytes::<32>()).unwrap().public_key().to_encoded_point(false);
        let recipient = Recipient::new(&BASE64.encode(key.as_bytes()), &BASE64.encode([7; 16])).unwrap();
        let most = 2048 - HEADER - TAG - 1;
        for length in [0, 1, most] {
            assert_eq!(encrypt(&recipient, &vec![b'x'; length], 2048, &rng).unwrap().len(), 2048);
        }
        let long = encrypt(&recipient, &vec![b'x'; most + 1], 2048, &rng);
        assert!(matches!(long, Err(PushError::TooLong)));
        assert!(Recipient::new("AAAA", "AAAA").is_err());
    }
}
