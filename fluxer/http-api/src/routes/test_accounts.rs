//! Test routes about accounts: logins half done, deletions without the wait.

use fluxer_domain::testing::accounts;
use fluxer_wire::{Form, Json as Body, UserId};

use super::test_mode::{IdPath, admit, ok};
use crate::{
    api::{Api, Auth},
    call::Call,
    limits::Limit,
};

const UNLIMITED: Limit = Limit { bucket: "test", limit: u32::MAX, window_ms: 1 };

#[derive(Debug, Form)]
struct TicketQuery {
    ticket: String,
}

#[derive(Debug, Form)]
struct UserPath {
    user_id: UserId,
}

macro_rules! posts {
    ($api:ident $($path:literal $id:literal $operation:path)*) => {$(
        $api.post($path, $id).tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).without_global_limit().run(
            |call: Call<(), (), Body>| async move {
                admit(&call)?;
                Ok(ok($operation(&call.app, &call.body.0).await?))
            },
        );
    )*};
}

pub fn routes(api: &mut Api) {
    posts! { api
        "/test/auth/ip-authorization" "test_ip_authorization" accounts::ip_authorization
        "/test/auth/ip-authorization/publish" "test_ip_authorization_publish" accounts::publish_ip_authorization
        "/test/auth/ip-authorization/expire" "test_ip_authorization_expire" accounts::expire_ip_authorization
        "/test/auth/mfa-ticket" "test_mfa_ticket" accounts::mfa_ticket
    }
    api.get("/test/auth/ip-authorization/poll", "test_ip_authorization_poll")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call<(), TicketQuery>| async move {
            admit(&call)?;
            Ok(ok(accounts::poll_ip_authorization(&call.app, &call.query.ticket).await?))
        });
    api.post("/test/users/{id}/set-pending-deletion", "test_user_pending_deletion")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call<IdPath, (), Body>| async move {
            admit(&call)?;
            Ok(ok(accounts::set_pending_deletion(&call.app, call.path.user(), &call.body.0).await?))
        });
    api.post("/test/worker/process-pending-deletions", "test_process_deletions")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call| async move {
            admit(&call)?;
            Ok(ok(accounts::process_deletions(&call.app).await?))
        });
    api.post("/test/worker/process-pending-deletion/{user_id}", "test_process_deletion")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call<UserPath>| async move {
            admit(&call)?;
            Ok(ok(accounts::process_deletion(&call.app, call.path.user_id).await?))
        });
    api.post("/test/worker/process-inactivity-deletions", "test_process_inactivity")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call| async move {
            admit(&call)?;
            Ok(ok(accounts::process_inactivity(&call.app).await?))
        });
}
