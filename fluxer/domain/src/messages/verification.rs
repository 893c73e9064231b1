//! A guild's verification level: what an account must have before it may speak. Pure.

use fluxer_wire::code;
use platform_kernel::Timestamp;

use crate::{Result, fail, rows::UserRow};

const ACCOUNT_AGE_MS: i64 = 5 * 60_000;
const MEMBER_AGE_MS: i64 = 10 * 60_000;

/// For somebody without a role who does not own the guild. Bots always pass.
pub fn check(level: i32, user: &UserRow, joined_at: Option<Timestamp>, now: Timestamp) -> Result<()> {
    if level <= 0 || user.bot {
        return Ok(());
    }
    if user.email.is_none() {
        return fail(code::GUILD_VERIFICATION_REQUIRED);
    }
    if !user.email_verified {
        return fail(code::EMAIL_VERIFICATION_REQUIRED);
    }
    if level >= 2 && now.since(user.user_id.timestamp()) < ACCOUNT_AGE_MS {
        return fail(code::ACCOUNT_TOO_NEW_FOR_GUILD);
    }
    if level >= 3 && joined_at.is_none_or(|at| now.since(at) < MEMBER_AGE_MS) {
        return fail(code::GUILD_VERIFICATION_REQUIRED);
    }
    if level >= 4 && user.phone.is_none() {
        return fail(code::GUILD_PHONE_VERIFICATION_REQUIRED);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use fluxer_wire::{ApiCode, UserId};

    use super::*;

    #[test]
    fn every_level_asks_for_more() {
        let now = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        let old = UserId::floor(now.plus_seconds(-3600));
        let joined = Some(now.plus_seconds(-3600));
        let user = UserRow {
            user_id: old,
            email: Some("a@b".into()),
            email_verified: true,
            phone: Some("1".into()),
            ..UserRow::default()
        };
        let refused = |level, user: &UserRow, joined, code: ApiCode| {
            check(level, user, joined, now).is_err_and(|error| error.is(code))
        };
        assert!(check(4, &user, joined, now).is_ok());
        let nobody = UserRow { email: None, ..user.clone() };
        assert!(check(0, &nobody, joined, now).is_ok());
        assert!(refused(1, &nobody, joined, code::GUILD_VERIFICATION_REQUIRED));
        let unverified = UserRow { email_verified: false, ..user.clone() };
        assert!(refused(1, &unverified, joined, code::EMAIL_VERIFICATION_REQUIRED));
        let new = UserRow { user_id: UserId::floor(now), ..user.clone() };
        assert!(check(1, &new, joined, now).is_ok());
        assert!(refused(2, &new, joined, code::ACCOUNT_TOO_NEW_FOR_GUILD));
        assert!(check(2, &user, Some(now), now).is_ok());
        assert!(refused(3, &user, Some(now), code::GUILD_VERIFICATION_REQUIRED));
        let phoneless = UserRow { phone: None, ..user };
        assert!(check(3, &phoneless, joined, now).is_ok());
        assert!(refused(4, &phoneless, joined, code::GUILD_PHONE_VERIFICATION_REQUIRED));
        assert!(check(4, &UserRow { bot: true, ..nobody }, None, now).is_ok());
    }
}
