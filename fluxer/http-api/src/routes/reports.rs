//! Reports to the moderators.

use fluxer_domain::reports;
use fluxer_wire::report::{
    DsaReportEmailSendRequest, DsaReportEmailVerifyRequest, DsaReportRequest, ReportGuildRequest,
    ReportMessageRequest, ReportUserRequest,
};

use crate::{
    answer::Json,
    api::{Api, Auth},
    call::Call,
    limits,
};

pub fn routes(api: &mut Api) {
    api.post("/reports/message", "report_message")
        .tags(&["Reports"])
        .auth(Auth::User)
        .limit(limits::REPORT_CREATE)
        .run(|call: Call<(), (), ReportMessageRequest>| async move {
            Ok(Json(reports::message(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/reports/user", "report_user")
        .tags(&["Reports"])
        .auth(Auth::User)
        .limit(limits::REPORT_CREATE)
        .run(|call: Call<(), (), ReportUserRequest>| async move {
            Ok(Json(reports::user(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/reports/guild", "report_guild")
        .tags(&["Reports"])
        .auth(Auth::User)
        .limit(limits::REPORT_CREATE)
        .run(|call: Call<(), (), ReportGuildRequest>| async move {
            Ok(Json(reports::guild(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/reports/dsa/email/send", "send_dsa_report_email")
        .tags(&["Reports"])
        .auth(Auth::None)
        .limit(limits::DSA_REPORT_EMAIL_SEND)
        .run(|call: Call<(), (), DsaReportEmailSendRequest>| async move {
            Ok(Json(reports::dsa::send_code(&call.app, &call.body.email).await?))
        });
    api.post("/reports/dsa/email/verify", "verify_dsa_report_email")
        .tags(&["Reports"])
        .auth(Auth::None)
        .limit(limits::DSA_REPORT_EMAIL_VERIFY)
        .run(|call: Call<(), (), DsaReportEmailVerifyRequest>| async move {
            Ok(Json(reports::dsa::verify_code(&call.app, &call.body.email, &call.body.code).await?))
        });
    api.post("/reports/dsa", "create_dsa_report")
        .tags(&["Reports"])
        .auth(Auth::None)
        .limit(limits::DSA_REPORT_CREATE)
        .run(|call: Call<(), (), DsaReportRequest>| async move {
            Ok(Json(reports::dsa::create(&call.app, call.body.clone()).await?))
        });
}
