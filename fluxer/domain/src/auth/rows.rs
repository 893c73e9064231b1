//! What belongs to an account's security and to nothing else: tokens that went out by mail,
//! addresses it may log in from, second factors, the log of changed contacts.

use fluxer_wire::{AnyId, UserId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

pub fn tables() -> [&'static Schema; 8] {
    [
        TokenRow::SCHEMA,
        AuthorizedIpRow::SCHEMA,
        BackupCodeRow::SCHEMA,
        PasskeyRow::SCHEMA,
        PasskeyOwnerRow::SCHEMA,
        UserByPhoneRow::SCHEMA,
        ContactChangeRow::SCHEMA,
        InstanceMarkerRow::SCHEMA,
    ]
}

/// A token that was mailed. Only its hash is kept; it expires by itself.
#[derive(Table, Clone, Debug)]
#[table(name = "account_tokens")]
pub struct TokenRow {
    /// SHA-256 of purpose and token.
    #[partition]
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    /// The address it was sent for.
    pub email: String,
}

/// An address the account has logged in from and may again.
#[derive(Table, Clone, Debug)]
#[table(name = "authorized_ips")]
pub struct AuthorizedIpRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub ip: String,
    pub authorized_at: Timestamp,
}

/// A code for when the second factor is lost. Kept readable: its owner may list them.
#[derive(Table, Clone, Debug)]
#[table(name = "mfa_backup_codes")]
pub struct BackupCodeRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub code: String,
    pub consumed: bool,
    #[version]
    pub version: i32,
}

/// A WebAuthn credential.
#[derive(Table, Clone, Debug)]
#[table(name = "webauthn_credentials")]
pub struct PasskeyRow {
    #[partition]
    pub user_id: UserId,
    /// As the browser names it, unpadded base64url.
    #[cluster]
    pub credential_id: String,
    pub name: String,
    /// Uncompressed SEC1 point of the P-256 key; empty in test mode.
    pub public_key: Vec<u8>,
    pub counter: i64,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

/// Whose a WebAuthn credential is.
#[derive(Table, Clone, Debug)]
#[table(name = "webauthn_credentials_by_id")]
pub struct PasskeyOwnerRow {
    #[partition]
    pub credential_id: String,
    pub user_id: UserId,
}

/// Who has a telephone number; inserted if absent, so that it is unique.
#[derive(Table, Clone, Debug)]
#[table(name = "users_by_phone")]
pub struct UserByPhoneRow {
    #[partition]
    pub phone: String,
    pub user_id: UserId,
}

/// A change of name, address or number.
#[derive(Table, Clone, Debug)]
#[table(name = "user_contact_change_log")]
pub struct ContactChangeRow {
    #[partition]
    pub user_id: UserId,
    #[cluster(desc)]
    pub event_id: AnyId,
    /// `email`, `phone` or `fluxer_tag`.
    pub field: String,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    /// `user_requested`, `email_revert`, `admin_action`.
    pub reason: String,
}

/// Something that happens once in an instance's life.
#[derive(Table, Clone, Debug)]
#[table(name = "instance_markers")]
pub struct InstanceMarkerRow {
    #[partition]
    pub name: String,
    pub user_id: UserId,
    pub at: Timestamp,
}
