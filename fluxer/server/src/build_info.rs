//! What was built: from the environment of the build or of the process.

use platform_kernel::Environment;

/// The crate's version, the commit and the release channel.
#[derive(Clone, Debug)]
pub struct Build {
    pub sha: String,
    pub number: String,
    pub channel: String,
}

impl Default for Build {
    fn default() -> Self {
        Self::read(&Environment::default())
    }
}

impl Build {
    pub fn read(environment: &Environment) -> Self {
        let read = |name, built: Option<&str>, default: &str| {
            environment.get(name).or(built).unwrap_or(default).to_owned()
        };
        let channel = read("RELEASE_CHANNEL", option_env!("RELEASE_CHANNEL"), "nightly");
        Self {
            sha: read("BUILD_SHA", option_env!("BUILD_SHA"), "dev"),
            number: read("BUILD_NUMBER", option_env!("BUILD_NUMBER"), "0"),
            channel: if matches!(channel.as_str(), "stable" | "canary") { channel } else { "nightly".into() },
        }
    }
    /// `0.1.0+dev`.
    pub fn version(&self) -> String {
        format!("{}+{}", env!("CARGO_PKG_VERSION"), self.sha)
    }
}
