//! Searching messages.

use fluxer_domain::search;
use fluxer_wire::search::GlobalSearchMessagesRequest;

use crate::{
    answer::Json,
    api::{Api, Auth},
    call::Call,
    limits,
};

pub fn routes(api: &mut Api) {
    api.post("/search/messages", "search_messages")
        .tags(&["Search"])
        .limit(limits::SEARCH_MESSAGES)
        .auth(Auth::User)
        .run(|call: Call<(), (), GlobalSearchMessagesRequest>| async move {
            let (call, form) = call.take_body();
            Ok(Json(search::search_messages(&call.app, call.actor()?, form).await?))
        });
}
