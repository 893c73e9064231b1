//! Secrets that nobody configured: made at the first start and kept in `keys.json` in the
//! data folder, readable by its owner only. Losing the file signs everybody out of sudo mode
//! and ends push subscriptions; accounts and sessions survive it.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::{SecretKey, elliptic_curve::sec1::ToEncodedPoint};
use platform_kernel::Rng;
use serde::{Deserialize, Serialize};

const FILE: &str = "keys.json";

/// The file's content. Missing members are made and added.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Keys {
    pub sudo_mode_secret: String,
    pub connection_initiation_secret: String,
    pub media_proxy_secret_key: String,
    pub admin_secret_key_base: String,
    pub admin_oauth_client_secret: String,
    pub gateway_admin_reload_secret: String,
    pub marketing_secret_key_base: String,
    pub s3_access_key_id: String,
    pub s3_secret_access_key: String,
    pub vapid: Vapid,
}

/// P-256 key pair of Web Push, base64url: the point uncompressed, the scalar.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Vapid {
    pub public_key: String,
    pub private_key: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Reads the keys of `data`, making what is missing.
    pub fn open(data: &Path, rng: &Rng) -> anyhow::Result<Self> {
        let path = data.join(FILE);
        let mut keys: Self = match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .with_context(|| format!("{} is damaged: restore it from a backup", path.display()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        if keys.complete(rng) {
            write_private(data, FILE, &serde_json::to_vec_pretty(&keys)?)
                .with_context(|| format!("cannot write {}", path.display()))?;
        } else if fs::metadata(&path)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
            tracing::warn!(path = %path.display(), "the key file was readable by others; it no longer is");
        }
        Ok(keys)
    }

    /// The keys of `data` if it has any, else keys that are kept nowhere: for commands that
    /// need an instance's settings but must not begin one.
    pub fn open_or_draw(data: &Path, rng: &Rng) -> anyhow::Result<Self> {
        if data.join(FILE).exists() {
            return Self::open(data, rng);
        }
        let mut keys = Self::default();
        keys.complete(rng);
        Ok(keys)
    }

    /// Makes what is missing; whether anything was.
    fn complete(&mut self, rng: &Rng) -> bool {
        let mut changed = false;
        for secret in [
            &mut self.sudo_mode_secret,
            &mut self.connection_initiation_secret,
            &mut self.media_proxy_secret_key,
            &mut self.admin_secret_key_base,
            &mut self.admin_oauth_client_secret,
            &mut self.gateway_admin_reload_secret,
            &mut self.marketing_secret_key_base,
            &mut self.s3_access_key_id,
            &mut self.s3_secret_access_key,
        ] {
            if secret.is_empty() {
                *secret = rng.text(64, b"0123456789abcdef");
                changed = true;
            }
        }
        if self.vapid.public_key.is_empty() || self.vapid.private_key.is_empty() {
            self.vapid = Vapid::generate(rng);
            changed = true;
        }
        changed
    }
}

impl Vapid {
    fn generate(rng: &Rng) -> Self {
        loop {
            // A number outside the group's order is as rare as a winning lottery week, but possible.
            if let Ok(secret) = SecretKey::from_slice(&rng.bytes::<32>()) {
                let point = secret.public_key().to_encoded_point(false);
                return Self {
                    public_key: URL_SAFE_NO_PAD.encode(point.as_bytes()),
                    private_key: URL_SAFE_NO_PAD.encode(secret.to_bytes()),
                };
            }
        }
    }
}

/// Writes `name` in `folder` whole or not at all, durable, readable by the owner only.
pub fn write_private(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let temporary = folder.join(format!("{name}.{}.new", std::process::id()));
    let write = || {
        let mut file =
            File::options().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&temporary, folder.join(name))?;
        File::open(folder)?.sync_all()
    };
    write().inspect_err(|_| drop(fs::remove_file(&temporary)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::Temporary;

    #[test]
    fn keys_stay_and_are_private() {
        let folder = Temporary::new("keys");
        let keys = Keys::open(&folder.0, &Rng::seeded(1)).unwrap();
        assert_eq!(keys.sudo_mode_secret.len(), 64);
        assert_ne!(keys.sudo_mode_secret, keys.connection_initiation_secret);
        assert_eq!(URL_SAFE_NO_PAD.decode(&keys.vapid.public_key).unwrap().len(), 65);
        assert_eq!(URL_SAFE_NO_PAD.decode(&keys.vapid.private_key).unwrap().len(), 32);
        let path = folder.0.join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let again = Keys::open(&folder.0, &Rng::seeded(2)).unwrap();
        assert_eq!(again.vapid.private_key, keys.vapid.private_key);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn missing_members_are_added_and_damage_is_not_overwritten() {
        let folder = Temporary::new("keys-add");
        fs::write(folder.0.join(FILE), r#"{"sudo_mode_secret": "mine"}"#).unwrap();
        let keys = Keys::open(&folder.0, &Rng::seeded(1)).unwrap();
        assert_eq!(keys.sudo_mode_secret, "mine");
        assert_eq!(keys.s3_access_key_id.len(), 64);
        fs::write(folder.0.join(FILE), "{").unwrap();
        assert!(Keys::open(&folder.0, &Rng::seeded(1)).is_err());
        assert_eq!(fs::read(folder.0.join(FILE)).unwrap(), b"{");
    }
}
