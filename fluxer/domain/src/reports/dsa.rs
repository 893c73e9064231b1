//! Reports without an account, as the EU's Digital Services Act wants them: an address is
//! proven by a code, the code gives a ticket, the ticket is good for one report.

use std::time::Duration;

use fluxer_wire::{
    GuildId, UserId, code, invalid,
    report::{
        Done, DsaReportGuildRequest, DsaReportMessageRequest, DsaReportRequest, DsaReportUserRequest, Report,
        Ticket,
    },
};
use sha2::{Digest, Sha256};

use super::{
    author, blank, find_message, has_room, reserve,
    rows::{DsaCodeRow, DsaTicketRow, ReportRow},
    snapshot, store,
};
use crate::{
    App, Error, Result,
    auth::{emails, flow},
    fail, invites,
    mails::{self, Template},
    users::tags,
};

const CODE_LIFE: Duration = Duration::from_secs(600);
const TICKET_LIFE: Duration = Duration::from_secs(3600);

fn lower(email: &str) -> String {
    email.trim().to_lowercase()
}

fn hash(code: &str) -> String {
    Sha256::digest(code.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `POST /reports/dsa/email/send`. A newer code replaces an older one.
pub async fn send_code(app: &App, email: &str) -> Result<Done> {
    let email = lower(email);
    if !emails::is_deliverable(app, &email).await {
        return Err(Error::field("email", invalid::INVALID_EMAIL_ADDRESS));
    }
    let (code, now) = (flow::code(app), app.clock.now());
    let expires_at = now.plus_millis(CODE_LIFE.as_millis() as i64);
    let row =
        DsaCodeRow { email_lower: email.clone(), code_hash: hash(&code), expires_at, last_sent_at: now };
    app.store.put(&row).await?;
    mails::send_to(app, &email, None, Template::DsaReportVerification { code, expires_at }).await?;
    Ok(Done { ok: true })
}

/// Four characters, a dash, four characters: upper-case letters and digits.
fn has_form(code: &str) -> bool {
    code.len() == 9
        && code.bytes().enumerate().all(|(index, byte)| match index {
            4 => byte == b'-',
            _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        })
}

/// `POST /reports/dsa/email/verify`. The right code works once.
pub async fn verify_code(app: &App, email: &str, given: &str) -> Result<Ticket> {
    let email = lower(email);
    let row = if has_form(given) { app.store.get::<DsaCodeRow>((email.clone(),)).await? } else { None };
    let now = app.clock.now();
    let right =
        row.is_some_and(|row| row.expires_at > now && flow::same_secret(&row.code_hash, &hash(given)));
    if !right || !app.store.delete_if_exists::<DsaCodeRow>((email.clone(),)).await? {
        return fail(code::INVALID_DSA_VERIFICATION_CODE);
    }
    let ticket = app.rng.text(64, b"0123456789abcdef");
    let expires_at = now.plus_millis(TICKET_LIFE.as_millis() as i64);
    let row = DsaTicketRow { ticket: ticket.clone(), email_lower: email, expires_at, created_at: now };
    app.store.put(&row).await?;
    Ok(Ticket { ticket })
}

/// `POST /reports/dsa`. The ticket is used up before the target is looked at.
pub async fn create(app: &App, form: DsaReportRequest) -> Result<Report> {
    let ticket: String = form.reporter().ticket.clone().into();
    let row = app.store.get::<DsaTicketRow>((ticket.clone(),)).await?;
    let good = row.filter(|row| row.expires_at > app.clock.now());
    let Some(good) = good else { return fail(code::INVALID_DSA_TICKET) };
    if !app.store.delete_if_exists::<DsaTicketRow>((ticket,)).await? {
        return fail(code::INVALID_DSA_TICKET);
    }
    has_room(app, &good.email_lower).await?;
    let category = match &form {
        DsaReportRequest::Message(form) => form.category.as_str(),
        DsaReportRequest::User(form) => form.category.as_str(),
        DsaReportRequest::Guild(form) => form.category.as_str(),
    };
    let reporter = form.reporter();
    let mut row = ReportRow {
        reporter_email: Some(good.email_lower.clone()),
        reporter_full_legal_name: Some(reporter.reporter_full_legal_name.clone().into()),
        reporter_country_of_residence: Some(reporter.reporter_country_of_residence.as_str().to_owned()),
        reporter_tag: reporter.reporter_fluxer_tag.0.clone().map(String::from),
        ..blank(app, category, reporter.additional_info.0.clone().map(String::from))
    };
    match &form {
        DsaReportRequest::Message(form) => message(app, &mut row, form).await?,
        DsaReportRequest::User(form) => user(app, &mut row, form).await?,
        DsaReportRequest::Guild(form) => guild(app, &mut row, form).await?,
    }
    // Only what is accepted counts, and of several at once no more than fit.
    if let Err(error) = reserve(app, &good.email_lower).await {
        snapshot::discard(app, &row).await?;
        return Err(error);
    }
    store(app, row).await
}

/// Whose tag it is, or 404 `UNKNOWN_USER`.
async fn owner(app: &App, tag: &str) -> Result<UserId> {
    let split = tag.rsplit_once('#').and_then(|(name, number)| Some((name, number.parse().ok()?)));
    let Some((name, number)) = split else { return fail(code::UNKNOWN_USER) };
    match tags::find(app, name, number).await? {
        Some(user) => Ok(user),
        None => fail(code::UNKNOWN_USER),
    }
}

async fn message(app: &App, row: &mut ReportRow, form: &DsaReportMessageRequest) -> Result<()> {
    let Some((channel, id)) = place(&form.message_link) else { return fail(code::UNKNOWN_MESSAGE) };
    let (channel, message) = find_message(app, channel, id).await?;
    let author = author(app, &message).await?;
    if let Some(tag) = &form.reported_user_tag.0
        && owner(app, tag).await? != author.user_id
    {
        return fail(code::INVALID_DSA_REPORT_TARGET);
    }
    snapshot::of_message(app, row, &channel, &message, &author).await
}

/// Channel and message of a link on any host: `/channels/{guild or @me}/{channel}/{message}`.
fn place(link: &str) -> Option<(fluxer_wire::ChannelId, fluxer_wire::MessageId)> {
    let link = url::Url::parse(link.trim()).ok()?;
    let mut parts = link.path().trim_end_matches('/').split('/').skip(1);
    if parts.next() != Some("channels") {
        return None;
    }
    let guild = parts.next()?;
    if guild != "@me" && guild != "%40me" && guild.parse::<GuildId>().is_err() {
        return None;
    }
    let place = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(place)
}

async fn user(app: &App, row: &mut ReportRow, form: &DsaReportUserRequest) -> Result<()> {
    let by_id = match form.user_id.0 {
        Some(id) => Some(app.user(id).await?.user_id),
        None => None,
    };
    let by_tag = match &form.user_tag.0 {
        Some(tag) => Some(owner(app, tag).await?),
        None => None,
    };
    let id = match (by_id, by_tag) {
        (Some(id), Some(other)) if id != other => return fail(code::INVALID_DSA_REPORT_TARGET),
        (Some(id), _) | (None, Some(id)) => id,
        (None, None) => return fail(code::UNKNOWN_USER),
    };
    snapshot::of_user(row, &*app.user(id).await?);
    Ok(())
}

async fn guild(app: &App, row: &mut ReportRow, form: &DsaReportGuildRequest) -> Result<()> {
    let guild = app.guild(form.guild_id).await?;
    if let Some(given) = &form.invite_code.0 {
        let given = given.trim_end_matches('/');
        let given = given.rsplit('/').next().unwrap_or(given);
        let invite = invites::find(app, given).await?;
        if invite.kind != invites::GUILD || invite.guild_id != Some(guild.id()) {
            return fail(code::INVALID_DSA_REPORT_TARGET);
        }
        row.reported_guild_invite_code = Some(invite.code);
    }
    snapshot::of_guild(row, &guild);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_messages_have_one_shape() {
        let ids = |link: &str| place(link).map(|(channel, message)| (channel.get(), message.get()));
        assert_eq!(ids("https://any.example/channels/1/22/333"), Some((22, 333)));
        assert_eq!(ids("http://x/channels/@me/22/333/"), Some((22, 333)));
        for odd in [
            "",
            "/channels/1/2/3",
            "https://x/channels/1/2",
            "https://x/channels/a/2/3",
            "https://x/y/1/2/3",
            "https://x/channels/1/2/3/4",
        ] {
            assert_eq!(ids(odd), None, "{odd}");
        }
    }

    #[test]
    fn codes_have_one_form() {
        assert!(has_form("AB12-XY9Z"));
        assert!(!has_form("ab12-xy9z") && !has_form("AB12XY9Z9") && !has_form("AB12-XY9"));
    }
}
