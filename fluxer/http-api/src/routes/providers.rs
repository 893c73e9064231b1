//! What service providers tell the instance.

use fluxer_domain::mails::bounce::{self, Proof};
use fluxer_wire::{Json as Body, report::Done};

use crate::{
    answer::Json,
    api::{Api, Auth, BodyKind},
    call::Call,
    limits::Limit,
};

/// A provider reports as often as it has to; what is not signed costs one HMAC.
const REPORTS: Limit = Limit { bucket: "webhook:mail", limit: 6000, window_ms: 60_000 };

pub fn routes(api: &mut Api) {
    api.post("/webhooks/sweego", "mail_provider_report")
        .tags(&["Webhooks"])
        .auth(Auth::None)
        .limit(REPORTS)
        .without_global_limit()
        .body(BodyKind::Text)
        .run(|call: Call<(), (), Body>| async move {
            let header = |name| call.header(name).unwrap_or_default();
            let proof = Proof {
                id: header("webhook-id"),
                timestamp: header("webhook-timestamp"),
                signature: header("webhook-signature"),
            };
            bounce::report(&call.app, proof, call.body.0.as_str().unwrap_or_default()).await?;
            Ok(Json(Done { ok: true }))
        });
}
