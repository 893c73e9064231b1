//! The bytes of WebAuthn: what an authenticator signs, and whether the signature is good.
//! ES256 only, which every authenticator has; attestation is not asked for.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::Value;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use sha2::{Digest, Sha256};

use super::rows::PasskeyRow;
use crate::App;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 4;
const ATTESTED: u8 = 0x40;

/// For whom passkeys are made, and from where they may be used.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    /// A domain: the host of the web client unless configured.
    pub id: String,
    /// How it is called towards the user.
    pub name: String,
    origins: Vec<String>,
}

impl RelyingParty {
    pub fn of(app: &App) -> Self {
        let setting = |key: &str| {
            app.settings.other.get(&format!("auth.passkeys.{key}")).filter(|text| !text.is_empty()).cloned()
        };
        let client = url::Url::parse(&app.settings.endpoints.app).ok();
        let host = client.as_ref().and_then(|url| url.host_str().map(str::to_owned));
        let more = setting("additional_allowed_origins").unwrap_or_default();
        let more = more.split(',').map(|origin| origin.trim_end_matches('/').to_owned());
        Self {
            id: setting("rp_id").or(host).unwrap_or_else(|| app.settings.base_domain.clone()),
            name: setting("rp_name").unwrap_or_else(|| "Fluxer".into()),
            origins: client.map(|url| url.origin().ascii_serialization()).into_iter().chain(more).collect(),
        }
    }
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value.as_str()?.trim_end_matches('=')).ok()
}

/// The hash of the client data, if it is of this kind and answers this challenge from here.
fn client_data(party: &RelyingParty, response: &Value, kind: &str, challenge: &str) -> Option<[u8; 32]> {
    let raw = bytes(&response["response"]["clientDataJSON"])?;
    let data: Value = serde_json::from_slice(&raw).ok()?;
    let good = data["type"] == kind
        && data["challenge"] == challenge
        && data["origin"]
            .as_str()
            .is_some_and(|origin| party.origins.iter().any(|allowed| allowed == origin));
    good.then(|| Sha256::digest(&raw).into())
}

/// Flags and signature counter, if the data is for this relying party and the user was verified.
fn authenticator_data(party: &RelyingParty, data: &[u8]) -> Option<(u8, i64)> {
    let rp: [u8; 32] = Sha256::digest(party.id.as_bytes()).into();
    let (hash, rest) = data.split_at_checked(32)?;
    let flags = *rest.first()?;
    let counter = u32::from_be_bytes(rest.get(1..5)?.try_into().ok()?);
    let verified = flags & USER_PRESENT != 0 && flags & USER_VERIFIED != 0;
    (hash == rp && verified).then_some((flags, i64::from(counter)))
}

/// The new counter of the passkey, if `response` is its assertion for `challenge`.
pub fn check_assertion(
    party: &RelyingParty,
    passkey: &PasskeyRow,
    response: &Value,
    challenge: &str,
) -> Option<i64> {
    let client_hash = client_data(party, response, "webauthn.get", challenge)?;
    let mut signed = bytes(&response["response"]["authenticatorData"])?;
    let (_, counter) = authenticator_data(party, &signed)?;
    // A counter that does not rise is a copied authenticator; zero means there is none.
    if counter != 0 && counter <= passkey.counter {
        return None;
    }
    signed.extend(client_hash);
    let signature = raw_signature(&bytes(&response["response"]["signature"])?)?;
    let (x, y) = passkey.public_key.get(1..65)?.split_at(32);
    let key = DecodingKey::from_ec_components(&URL_SAFE_NO_PAD.encode(x), &URL_SAFE_NO_PAD.encode(y)).ok()?;
    let good = crypto::verify(&URL_SAFE_NO_PAD.encode(signature), &signed, &key, Algorithm::ES256).ok()?;
    good.then_some(counter)
}

/// What a registration yields.
pub struct Registration {
    pub credential_id: String,
    /// SEC1, uncompressed.
    pub public_key: Vec<u8>,
    pub counter: i64,
}

/// The credential of a registration that answers `challenge`.
pub fn check_registration(party: &RelyingParty, response: &Value, challenge: &str) -> Option<Registration> {
    client_data(party, response, "webauthn.create", challenge)?;
    let attestation = bytes(&response["response"]["attestationObject"])?;
    let data = attested_data(&attestation)?;
    let (flags, counter) = authenticator_data(party, &data)?;
    if flags & ATTESTED == 0 {
        return None;
    }
    // 37 bytes of header, 16 of model, the id behind its length, then the key.
    let length = usize::from(u16::from_be_bytes(data.get(53..55)?.try_into().ok()?));
    let id = data.get(55..55 + length)?;
    let public_key = cose_key(data.get(55 + length..)?)?;
    let credential_id = URL_SAFE_NO_PAD.encode(id);
    (response["id"] == *credential_id).then_some(Registration { credential_id, public_key, counter })
}

/// `authData` of an attestation object.
fn attested_data(mut cbor: &[u8]) -> Option<Vec<u8>> {
    let (5, pairs) = head(&mut cbor)? else { return None };
    for _ in 0..pairs {
        let (3, length) = head(&mut cbor)? else { return None };
        let key = take(&mut cbor, length)?;
        if key == b"authData" {
            let (2, length) = head(&mut cbor)? else { return None };
            return take(&mut cbor, length).map(<[u8]>::to_vec);
        }
        skip(&mut cbor, 0)?;
    }
    None
}

/// The point of an ES256 key in COSE form.
fn cose_key(mut cbor: &[u8]) -> Option<Vec<u8>> {
    let (5, pairs) = head(&mut cbor)? else { return None };
    let (mut x, mut y, mut algorithm, mut curve) = (None, None, None, None);
    for _ in 0..pairs {
        let (kind, label) = head(&mut cbor)?;
        match (kind, label) {
            // 1: key type; 3: algorithm; -1: curve; -2 and -3: coordinates.
            (0, 3) => algorithm = Some(head(&mut cbor)?),
            (1, 0) => curve = Some(head(&mut cbor)?),
            (1, 1 | 2) => {
                let (2, 32) = head(&mut cbor)? else { return None };
                let part = take(&mut cbor, 32)?;
                *(if label == 1 { &mut x } else { &mut y }) = Some(part);
            }
            (0 | 1, _) => skip(&mut cbor, 0)?,
            _ => return None,
        }
    }
    // -7 is ES256, curve 1 is P-256.
    let good = algorithm == Some((1, 6)) && curve == Some((0, 1));
    if good { Some([&[4][..], x?, y?].concat()) } else { None }
}

/// Major type and argument of the next CBOR item; lengths are definite in WebAuthn.
fn head(cbor: &mut &[u8]) -> Option<(u8, u64)> {
    let (&first, rest) = cbor.split_first()?;
    *cbor = rest;
    let extra = match first & 0x1F {
        small @ 0..=23 => return Some((first >> 5, u64::from(small))),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let argument = take(cbor, extra)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    Some((first >> 5, argument))
}

fn take<'a>(cbor: &mut &'a [u8], length: u64) -> Option<&'a [u8]> {
    let (taken, rest) = cbor.split_at_checked(length.try_into().ok()?)?;
    *cbor = rest;
    Some(taken)
}

fn skip(cbor: &mut &[u8], depth: u8) -> Option<()> {
    if depth > 8 {
        return None;
    }
    let (kind, argument) = head(cbor)?;
    match kind {
        2 | 3 => take(cbor, argument).map(drop),
        4 | 5 => {
            for _ in 0..argument.checked_mul(if kind == 5 { 2 } else { 1 })? {
                skip(cbor, depth + 1)?;
            }
            Some(())
        }
        6 => skip(cbor, depth + 1),
        _ => Some(()),
    }
}

/// An ECDSA signature as `r || s`, from its ASN.1 form.
fn raw_signature(der: &[u8]) -> Option<Vec<u8>> {
    let integer = |der: &mut &[u8]| {
        let (&[2, length], rest) = der.split_first_chunk::<2>()? else { return None };
        let (number, rest) = rest.split_at_checked(usize::from(length))?;
        *der = rest;
        let number = &number[number.iter().take_while(|byte| **byte == 0).count()..];
        let padding = 32_usize.checked_sub(number.len())?;
        Some([&vec![0; padding][..], number].concat())
    };
    let (&[0x30, _], mut rest) = der.split_first_chunk::<2>()? else { return None };
    let (r, s) = (integer(&mut rest)?, integer(&mut rest)?);
    rest.is_empty().then(|| [r, s].concat())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::EncodingKey;
    use serde_json::json;

    use super::*;

    /// A key pair made for these tests: PKCS #8, then the point.
    const PRIVATE: &str = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b020101042045a8ee227f045ea5\
                           c3fbcfc5752c2a8cb9038bc9fc327bef729814126e33d9f3a14403420004e4ef8f8080b172e323c67078880\
                           8024a2306f9ae6086a64267b4f576f28c7b0a43006af9980032a8505299e3b2d62e2c68e0c0fcbfe87430d8\
                           d1c4d18c676df5";
    const POINT: &str = "e4ef8f8080b172e323c670788808024a2306f9ae6086a64267b4f576f28c7b0a\
                         43006af9980032a8505299e3b2d62e2c68e0c0fcbfe87430d8d1c4d18c676df5";
    const ORIGIN: &str = "https://chat.example";

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }
    fn party() -> RelyingParty {
        RelyingParty { id: "chat.example".into(), name: "Chat".into(), origins: vec![ORIGIN.into()] }
    }
    fn encode(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }
    fn client(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
        json!({"type": kind, "challenge": challenge, "origin": origin}).to_string().into_bytes()
    }
    fn data(flags: u8, counter: u32) -> Vec<u8> {
        let rp: [u8; 32] = Sha256::digest(b"chat.example").into();
        [&rp[..], &[flags], &counter.to_be_bytes()].concat()
    }

    fn registration(flags: u8) -> Value {
        let point = hex(POINT);
        let key = [&hex("a5010203262001215820")[..], &point[..32], &hex("225820")[..], &point[32..]].concat();
        let data = [&data(flags, 0)[..], &[0; 16], &[0, 4], b"key1", &key].concat();
        // {"fmt": "none", "attStmt": {}, "authData": bytes}
        let head = hex("a363666d74646e6f6e656761747453746d74a0686175746844617461");
        let object = [&head[..], &[0x58, data.len() as u8], &data].concat();
        json!({
            "id": encode(b"key1"),
            "response": {
                "attestationObject": encode(&object),
                "clientDataJSON": encode(&client("webauthn.create", "c1", ORIGIN)),
            },
        })
    }

    fn assertion(flags: u8, counter: u32, origin: &str) -> Value {
        let (data, client) = (data(flags, counter), client("webauthn.get", "c2", origin));
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let raw = crypto::sign(&signed, &EncodingKey::from_ec_der(&hex(PRIVATE)), Algorithm::ES256).unwrap();
        let raw = URL_SAFE_NO_PAD.decode(raw).unwrap();
        let integer = |part: &[u8]| {
            let trimmed = &part[part.iter().take_while(|byte| **byte == 0).count()..];
            let padded = if trimmed[0] & 0x80 != 0 { [&[0], trimmed].concat() } else { trimmed.to_vec() };
            [&[2, padded.len() as u8], &padded[..]].concat()
        };
        let body = [integer(&raw[..32]), integer(&raw[32..])].concat();
        let signature = [&[0x30, body.len() as u8], &body[..]].concat();
        json!({
            "id": encode(b"key1"),
            "response": {
                "authenticatorData": encode(&data),
                "clientDataJSON": encode(&client),
                "signature": encode(&signature),
            },
        })
    }

    fn passkey(counter: i64) -> PasskeyRow {
        let made = check_registration(&party(), &registration(0x45), "c1").unwrap();
        PasskeyRow {
            user_id: Default::default(),
            credential_id: made.credential_id,
            name: "key".into(),
            public_key: made.public_key,
            counter,
            created_at: Default::default(),
            last_used_at: None,
            version: 0,
        }
    }

    #[test]
    fn what_was_registered_can_sign() {
        assert_eq!(passkey(0).public_key[1..], hex(POINT));
        let good = assertion(5, 7, ORIGIN);
        assert_eq!(check_assertion(&party(), &passkey(6), &good, "c2"), Some(7));
    }

    #[test]
    fn anything_else_is_refused() {
        let refused = |response: &Value, counter, challenge| {
            check_assertion(&party(), &passkey(counter), response, challenge).is_none()
        };
        let good = assertion(5, 7, ORIGIN);
        assert!(refused(&good, 7, "c2"), "a counter that does not rise");
        assert!(refused(&good, 0, "c3"), "another challenge");
        assert!(refused(&assertion(1, 7, ORIGIN), 0, "c2"), "the user was not verified");
        assert!(refused(&assertion(5, 7, "https://evil.example"), 0, "c2"), "another origin");
        let mut tampered = good;
        tampered["response"]["authenticatorData"] = encode(&data(5, 8)).into();
        assert!(refused(&tampered, 0, "c2"), "not what was signed");
        assert!(check_registration(&party(), &registration(5), "c1").is_none(), "no key in it");
    }

    #[test]
    fn hostile_cbor_ends() {
        let mut nested = vec![0x81; 4000];
        nested.push(0);
        assert_eq!(skip(&mut nested.as_slice(), 0), None);
        assert_eq!(skip(&mut &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..], 0), None);
        assert_eq!(attested_data(&[0xa1, 0x7b]), None);
    }
}
