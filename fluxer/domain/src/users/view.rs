//! An account as the wire shows it.

use fluxer_wire::{
    UserId, flags,
    user::{PendingBulkMessageDeletion, UserPartial, UserPrivate},
};
use platform_kernel::Timestamp;

use crate::{App, Result, rows::UserRow};

/// Eighteen or older by date of birth; without one, not.
pub fn is_adult(user: &UserRow, now: Timestamp) -> bool {
    user.date_of_birth.as_deref().and_then(|date| age(date, now)).is_some_and(|years| years >= 18)
}

/// Full years between a `YYYY-MM-DD` date and now.
pub fn age(date_of_birth: &str, now: Timestamp) -> Option<i32> {
    let mut parts = date_of_birth.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let born = (parts.next()??, parts.next()??, parts.next()??);
    let today = now.to_string();
    let mut parts = today.get(..10)?.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let today = (parts.next()??, parts.next()??, parts.next()??);
    let before_birthday = (today.1, today.2) < (born.1, born.2);
    Some(today.0 - born.0 - i32::from(before_birthday))
}

fn public_flags(user: &UserRow) -> i32 {
    let mut bits = user.flags & flags::user::PUBLIC;
    if user.has(flags::user::STAFF_HIDDEN) {
        bits &= !flags::user::STAFF;
    }
    bits as i32
}

/// What everybody may see.
pub fn partial(app: &App, user: &UserRow) -> UserPartial {
    if user.is_deleted() {
        return UserPartial {
            id: user.user_id,
            username: "DeletedUser".into(),
            discriminator: "0000".into(),
            global_name: Some("Deleted User".into()),
            avatar: None,
            avatar_color: None,
            bot: user.bot,
            system: false,
            flags: 0,
        };
    }
    UserPartial {
        id: user.user_id,
        username: user.username.clone(),
        discriminator: format!("{:04}", user.discriminator),
        global_name: user.global_name.clone(),
        avatar: shown_avatar(app, user),
        avatar_color: user.avatar_color,
        bot: user.bot,
        system: user.system,
        flags: public_flags(user),
    }
}

/// An animated avatar stands still without the feature.
fn shown_avatar(app: &App, user: &UserRow) -> Option<String> {
    let hash = user.avatar_hash.as_ref()?;
    match hash.strip_prefix("a_") {
        Some(still) if !user.bot && !app.has_feature(user, "feature_animated_avatar") => {
            Some(still.to_owned())
        }
        _ => Some(hash.clone()),
    }
}

/// What the owner sees.
pub fn private(app: &App, user: &UserRow) -> UserPrivate {
    let UserPartial { id, username, discriminator, global_name, avatar, avatar_color, bot, system, flags } =
        partial(app, user);
    let premium = app.is_premium(user);
    let banner = app.has_feature(user, "feature_animated_banner");
    let mut traits = user.traits.clone();
    if premium {
        traits.push("premium".into());
    }
    traits.sort();
    traits.dedup();
    let required: Vec<String> = flags::suspicious::NAMES
        .iter()
        .filter(|(_, bit)| user.suspicious_activity_flags & bit != 0)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let unread_gifts = (user.gift_inventory_server_seq - user.gift_inventory_client_seq).max(0);
    UserPrivate {
        id,
        username,
        discriminator,
        global_name,
        avatar,
        avatar_color,
        bot,
        system,
        flags,
        is_staff: user.has(flags::user::STAFF),
        acls: user.acls.clone(),
        traits,
        email: user.email.clone(),
        email_bounced: Some(user.email_bounced),
        phone: user.phone.clone(),
        bio: user.bio.clone(),
        pronouns: user.pronouns.clone(),
        accent_color: user.accent_color,
        banner: user.banner_hash.clone().filter(|_| banner),
        banner_color: user.banner_color.filter(|_| banner),
        mfa_enabled: user.has_mfa(),
        authenticator_types: Some(user.authenticator_types.clone()),
        verified: user.email_verified,
        premium_type: Some(if premium { user.premium_type.unwrap_or(0) } else { 0 }),
        premium_since: user.premium_since,
        premium_until: user.premium_until,
        premium_will_cancel: user.premium_will_cancel,
        premium_billing_cycle: user.premium_billing_cycle.clone(),
        premium_lifetime_sequence: user.premium_lifetime_sequence,
        premium_badge_hidden: user.has(flags::user::PREMIUM_BADGE_HIDDEN),
        premium_badge_masked: user.has(flags::user::PREMIUM_BADGE_MASKED),
        premium_badge_timestamp_hidden: user.has(flags::user::PREMIUM_BADGE_TIMESTAMP_HIDDEN),
        premium_badge_sequence_hidden: user.has(flags::user::PREMIUM_BADGE_SEQUENCE_HIDDEN),
        premium_purchase_disabled: user.has(flags::user::PREMIUM_PURCHASE_DISABLED),
        premium_enabled_override: user.has(flags::user::PREMIUM_ENABLED_OVERRIDE),
        password_last_changed_at: user.password_last_changed_at,
        required_actions: (!required.is_empty()).then_some(required),
        nsfw_allowed: is_adult(user, app.clock.now()),
        has_dismissed_premium_onboarding: user.premium_onboarding_dismissed_at.is_some()
            && user.premium_onboarding_dismissed_at >= user.premium_since,
        has_ever_purchased: user.has_ever_purchased,
        has_unread_gift_inventory: unread_gifts > 0,
        unread_gift_inventory_count: unread_gifts,
        used_mobile_client: user.has(flags::user::USED_MOBILE_CLIENT),
        pending_bulk_message_deletion: user.pending_bulk_message_deletion_at.map(|scheduled_at| {
            PendingBulkMessageDeletion {
                scheduled_at,
                channel_count: user.pending_bulk_message_deletion_channel_count,
                message_count: user.pending_bulk_message_deletion_message_count,
            }
        }),
    }
}

impl App {
    /// The partial of an account; of one that is gone, what a deleted account looks like.
    pub async fn partial(&self, id: UserId) -> Result<UserPartial> {
        Ok(match self.find_user(id).await? {
            Some(user) => partial(self, &user),
            None => deleted(id),
        })
    }
    /// Partials in the order of the ids.
    pub async fn partials(&self, ids: impl IntoIterator<Item = UserId>) -> Result<Vec<UserPartial>> {
        let mut partials = Vec::new();
        for id in ids {
            partials.push(self.partial(id).await?);
        }
        Ok(partials)
    }
}

/// What an account that is gone looks like.
pub fn deleted(id: UserId) -> UserPartial {
    UserPartial {
        id,
        username: "DeletedUser".into(),
        discriminator: "0000".into(),
        global_name: Some("Deleted User".into()),
        avatar: None,
        avatar_color: None,
        bot: false,
        system: false,
        flags: 0,
    }
}
