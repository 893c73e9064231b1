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

/// The domain passkeys are made for: the host of the web client unless configured.
pub fn relying_party(app: &App) -> String {
    if let Some(id) = app.settings.other.get("auth.passkeys.rp_id").filter(|id| !id.is_empty()) {
        return id.clone();
    }
    let host =
        url::Url::parse(&app.settings.endpoints.app).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| app.settings.base_domain.clone())
}

/// How the domain is called towards the user.
pub fn relying_party_name(app: &App) -> String {
    app.settings
        .other
        .get("auth.passkeys.rp_name")
        .filter(|name| !name.is_empty())
        .cloned()
        .unwrap_or_else(|| "Fluxer".into())
}

fn is_allowed_origin(app: &App, origin: &str) -> bool {
    let configured =
        app.settings.other.get("auth.passkeys.additional_allowed_origins").map_or("", String::as_str);
    let own = url::Url::parse(&app.settings.endpoints.app).ok().map(|url| url.origin().ascii_serialization());
    own.as_deref() == Some(origin)
        || configured.split([',', ' ', '[', ']', '"']).any(|allowed| allowed.trim_end_matches('/') == origin)
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value.as_str()?.trim_end_matches('=')).ok()
}

/// The hash of the client data, if it is of this kind and answers this challenge from here.
fn client_data(app: &App, response: &Value, kind: &str, challenge: &str) -> Option<[u8; 32]> {
    let raw = bytes(&response["response"]["clientDataJSON"])?;
    let data: Value = serde_json::from_slice(&raw).ok()?;
    let good = data["type"] == kind
        && data["challenge"] == challenge
        && data["origin"].as_str().is_some_and(|origin| is_allowed_origin(app, origin));
    good.then(|| Sha256::digest(&raw).into())
}

/// Flags and signature counter, if the data is for this relying party and the user was verified.
fn authenticator_data(app: &App, data: &[u8]) -> Option<(u8, i64)> {
    let rp: [u8; 32] = Sha256::digest(relying_party(app).as_bytes()).into();
    let (hash, rest) = data.split_at_checked(32)?;
    let flags = *rest.first()?;
    let counter = u32::from_be_bytes(rest.get(1..5)?.try_into().ok()?);
    let verified = flags & USER_PRESENT != 0 && flags & USER_VERIFIED != 0;
    (hash == rp && verified).then_some((flags, i64::from(counter)))
}

/// The new counter of the passkey, if `response` is its assertion for `challenge`.
pub fn check_assertion(app: &App, passkey: &PasskeyRow, response: &Value, challenge: &str) -> Option<i64> {
    let client_hash = client_data(app, response, "webauthn.get", challenge)?;
    let mut signed = bytes(&response["response"]["authenticatorData"])?;
    let (_, counter) = authenticator_data(app, &signed)?;
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
pub fn check_registration(app: &App, response: &Value, challenge: &str) -> Option<Registration> {
    client_data(app, response, "webauthn.create", challenge)?;
    let attestation = bytes(&response["response"]["attestationObject"])?;
    let data = attested_data(&attestation)?;
    let (flags, counter) = authenticator_data(app, &data)?;
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
    good.then(|| [&[4][..], x?, y?].concat().into()).flatten()
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
