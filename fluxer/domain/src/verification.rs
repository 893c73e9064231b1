//! A guild's verification level: what it asks of people without a role before they may write.

use fluxer_wire::{ApiCode, code};

use crate::{
    App,
    guilds::GuildSnapshot,
    rows::{MemberRow, UserRow},
};

const MIN_ACCOUNT_AGE_MS: i64 = 5 * 60_000;
const MIN_MEMBERSHIP_MS: i64 = 10 * 60_000;

/// What the sender still lacks, if anything. Owners, bots and members with a role pass.
pub fn check(app: &App, guild: &GuildSnapshot, sender: &UserRow, member: Option<&MemberRow>) -> Result<(), ApiCode> {
    let level = guild.row.verification_level;
    let exempt = guild.is_owner(sender.user_id) || sender.bot || member.is_some_and(|member| !member.role_ids.is_empty());
    if level == 0 || exempt {
        return Ok(());
    }
    let now = app.clock.now();
    if sender.email.is_none() {
        return Err(code::GUILD_VERIFICATION_REQUIRED);
    }
    if !sender.email_verified {
        return Err(code::EMAIL_VERIFICATION_REQUIRED);
    }
    if level >= 2 && now.since(sender.user_id.timestamp()) < MIN_ACCOUNT_AGE_MS {
        return Err(code::ACCOUNT_TOO_NEW_FOR_GUILD);
    }
    if level >= 3 && member.is_none_or(|member| now.since(member.joined_at) < MIN_MEMBERSHIP_MS) {
        return Err(code::GUILD_VERIFICATION_REQUIRED);
    }
    if level >= 4 && sender.phone.is_none() {
        return Err(code::GUILD_PHONE_VERIFICATION_REQUIRED);
    }
    Ok(())
}
