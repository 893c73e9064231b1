//! Sudo tokens on the way in and out: a header for clients, a cookie for browsers.

use axum::http::{HeaderName, HeaderValue, header::SET_COOKIE};
use fluxer_domain::auth::sudo::{IssuedToken, SudoProof, cookie_name};

use crate::call::Call;

const HEADER: HeaderName = HeaderName::from_static("x-fluxer-sudo-mode-jwt");

/// The tokens the request came with.
pub fn proof<P, Q, B>(call: &Call<P, Q, B>) -> SudoProof {
    let text = |name: &str| call.header(name).filter(|text| !text.is_empty());
    let cookie = call.caller.as_ref().and_then(|actor| {
        let name = cookie_name(actor.id());
        text("cookie")?.split(';').find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
    });
    SudoProof { header: text(HEADER.as_str()).map(str::to_owned), cookie }
}

/// The headers that hand out a token, for [`crate::answer::With`].
pub fn headers(token: Option<IssuedToken>) -> Vec<(HeaderName, HeaderValue)> {
    let Some(IssuedToken { token, cookie }) = token else { return Vec::new() };
    let pairs = [(HEADER, token), (SET_COOKIE, cookie)];
    pairs
        .into_iter()
        .filter_map(|(name, text)| HeaderValue::from_str(&text).ok().map(|value| (name, value)))
        .collect()
}
