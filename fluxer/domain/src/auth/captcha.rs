//! Captchas, where the instance asks for them; test mode believes any answer.

use fluxer_wire::code;
use platform_outbound::CaptchaProvider;

use crate::{App, Result, fail, settings::CaptchaKeys};

/// Passes if no captcha is wanted or `token` solves it. `kind` (`hcaptcha`, `turnstile`) picks
/// a provider that is configured; else the instance's own counts.
pub async fn verify(app: &App, token: &str, kind: Option<&str>, ip: &str) -> Result<()> {
    let captcha = &app.settings.captcha;
    if !captcha.enabled || app.settings.test_mode {
        return Ok(());
    }
    let configured = |kind: &str| -> Option<(CaptchaProvider, &CaptchaKeys)> {
        match kind {
            "hcaptcha" => Some((CaptchaProvider::Hcaptcha, captcha.hcaptcha.as_ref()?)),
            "turnstile" => Some((CaptchaProvider::Turnstile, captcha.turnstile.as_ref()?)),
            _ => None,
        }
    };
    let Some((provider, keys)) = kind.and_then(configured).or_else(|| configured(&captcha.provider)) else {
        tracing::error!(provider = captcha.provider, "Captchas are on, but their provider has no keys.");
        return fail(code::INVALID_CAPTCHA);
    };
    match app.outbound.is_solved(provider, &keys.secret_key, token, ip).await {
        true => Ok(()),
        false => fail(code::INVALID_CAPTCHA),
    }
}
