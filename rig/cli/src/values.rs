//! What `${env:…}` and `${secret:…}` in configurations stand for.

use std::{fs, path::PathBuf};

use platform_kernel::Environment;
use rig_scenario::Source;

/// The environment, and secrets: the variable `FLUXRIG_SECRET_<NAME>`, or the file of that name in
/// the folder of secrets, without the line end.
pub struct Values {
    pub environment: Environment,
    pub secrets: PathBuf,
}

impl Source for Values {
    fn env(&self, name: &str) -> Option<String> {
        self.environment.get(name).map(str::to_owned)
    }
    fn secret(&self, name: &str) -> Option<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        // A name is no way out of the folder.
        if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            return None;
        }
        let variable = format!("FLUXRIG_SECRET_{}", name.replace(['-', '.'], "_").to_ascii_uppercase());
        if let Some(value) = self.environment.get(&variable) {
            return Some(value.to_owned());
        }
        let text = fs::read_to_string(self.secrets.join(name)).ok()?;
        Some(text.trim_end_matches(['\n', '\r']).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets() {
        let secrets = std::env::temp_dir().join(format!("rig-secrets-{}", std::process::id()));
        fs::create_dir_all(&secrets).unwrap();
        fs::write(secrets.join("host.key"), "from a file\n").unwrap();
        let environment = [("FLUXRIG_SECRET_HOST_PIN", "from outside")].into_iter().collect();
        let values = Values { environment, secrets: secrets.clone() };
        assert_eq!(values.secret("host.key").as_deref(), Some("from a file"));
        assert_eq!(values.secret("host-pin").as_deref(), Some("from outside"));
        for name in ["", "../host.key", ".hidden", "none", "a/b"] {
            assert_eq!(values.secret(name), None, "{name}");
        }
        fs::remove_dir_all(secrets).unwrap();
    }
}
