//! `fluxer user`: accounts from the command line, on the data folder itself, whether the
//! server runs or not. A running server is told what changed.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use fluxer_domain::{
    auth::{Origin, emails, password, register, sessions},
    rows::UserRow,
    users::tags,
};
use fluxer_wire::{UserId, identity::Password};
use platform_kernel::{Environment, Rng};
use serde_json::json;

use super::{Folder, instance::Instance, say};
use crate::notices::Notice;

/// Of generated passwords; 71 bits of them.
const GENERATED: usize = 12;

#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    folder: Folder,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create an account that can sign in at once.
    Create {
        #[arg(long)]
        email: String,
        /// Letters, digits and underscores; made up if left out.
        #[arg(long)]
        username: Option<String>,
        /// YYYY-MM-DD.
        #[arg(long, default_value = "1990-01-01")]
        date_of_birth: String,
        /// Read the password from standard input instead of making one up.
        #[arg(long)]
        password_stdin: bool,
        /// Give the account every administrative right.
        #[arg(long)]
        owner: bool,
    },
    /// Set a new password and sign the account out everywhere.
    SetPassword {
        /// E-mail address, id, or name#0001.
        user: String,
        /// Read the password from standard input instead of making one up.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give administrative rights, or take all of them away.
    Grant {
        /// E-mail address, id, or name#0001.
        user: String,
        /// Rights such as `admin:authenticate`; `*`, which is every right, if none is named.
        rights: Vec<String>,
        /// Take every right away instead.
        #[arg(long, conflicts_with = "rights")]
        revoke: bool,
    },
}

/// What only this command does with the instance.
impl Instance {
    async fn find(&self, who: &str) -> anyhow::Result<Arc<UserRow>> {
        let found = if who.contains('@') {
            emails::owner(&self.app, who).await?
        } else if let Some((name, tag)) = who.rsplit_once('#') {
            let tag = tag.parse().context("after # comes the number of the name")?;
            match tags::find(&self.app, name, tag).await? {
                Some(id) => self.app.find_user(id).await?,
                None => None,
            }
        } else {
            let id: UserId = who.parse().context("name a user by e-mail address, id, or name#0001")?;
            self.app.find_user(id).await?
        };
        found.with_context(|| format!("there is no account {who}"))
    }

    /// Lets a running server know; without one, does itself what the server would.
    async fn changed(&self, user_id: UserId, end_sessions: bool) -> anyhow::Result<()> {
        let told = self.notify(&Notice::Account { user_id, end_sessions })?;
        if !told && end_sessions {
            sessions::revoke_all(&self.app, user_id).await?;
        }
        Ok(())
    }
}

pub fn run(options: &Options, environment: &Environment) -> anyhow::Result<ExitCode> {
    Instance::run(&options.folder, environment, async |instance| execute(instance, &options.command).await)
}

async fn execute(instance: &Instance, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Create { email, username, date_of_birth, password_stdin, owner } => {
            let password = Chosen::get(*password_stdin)?;
            let mut form = json!({
                "consent": true, "email": email, "date_of_birth": date_of_birth, "password": password.text,
            });
            if let Some(username) = username {
                form["username"] = username.as_str().into();
            }
            create(instance, form, *owner).await?;
            password.tell();
        }
        Command::SetPassword { user, password_stdin } => {
            let user = instance.find(user).await?;
            if user.bot {
                bail!("a bot signs in with its token; reset that in the application's settings");
            }
            let password = Chosen::get(*password_stdin)?;
            let hash = password::hash(&instance.app, &password.text).await?;
            let now = instance.app.clock.now();
            let change = |row: &mut UserRow| {
                row.password_hash = Some(hash.clone());
                row.password_last_changed_at = Some(now);
            };
            instance.app.update_user(user.user_id, change).await?;
            instance.changed(user.user_id, true).await?;
            say(io::stdout(), &format!("{} has a new password and is signed out everywhere.", name(&user)));
            password.tell();
        }
        Command::Grant { user, rights, revoke } => {
            let user = instance.find(user).await?;
            if user.bot {
                bail!("bots cannot be administrators");
            }
            let rights: Vec<String> = match (revoke, rights.is_empty()) {
                (true, _) => Vec::new(),
                (false, true) => vec!["*".into()],
                (false, false) => rights.clone(),
            };
            if let Some(odd) = rights.iter().find(|right| !is_right(right)) {
                bail!("{odd:?} is no right; rights look like admin:authenticate");
            }
            instance.app.update_user(user.user_id, |row| row.acls.clone_from(&rights)).await?;
            instance.changed(user.user_id, false).await?;
            let rights = if rights.is_empty() { "no right".to_owned() } else { rights.join(", ") };
            say(io::stdout(), &format!("{} now has: {rights}", name(&user)));
        }
    }
    Ok(())
}

async fn create(instance: &Instance, form: serde_json::Value, owner: bool) -> anyhow::Result<()> {
    let app = &instance.app;
    let form = fluxer_wire::parse(form).map_err(|error| refused(&error.into()))?;
    let origin =
        Origin { ip: "127.0.0.1".into(), user_agent: Some("fluxer command line".into()), is_desktop: false };
    let made = register::register(app, form, &origin, None).await.map_err(|error| refused(&error))?;
    // Nobody will use the session that a registration opens, and the operator vouches for the address.
    sessions::revoke_all(app, made.user_id).await?;
    let change = |row: &mut UserRow| {
        row.email_verified = true;
        if owner {
            row.acls = vec!["*".into()];
        }
    };
    let user = app.update_user(made.user_id, change).await?.context("the new account is gone")?;
    instance.changed(user.user_id, false).await?;
    let rights = if user.acls.is_empty() { "" } else { "; it has every administrative right" };
    say(io::stdout(), &format!("Created {} with id {}{rights}.", name(&user), user.user_id));
    Ok(())
}

/// A refusal with every field that was refused.
fn refused(error: &fluxer_domain::Error) -> anyhow::Error {
    let fluxer_domain::Error::Refused(refusal) = error else { return anyhow::anyhow!("{error}") };
    let detail = serde_json::Value::Object(refusal.extra.clone().into_iter().collect());
    let issues = detail["errors"].as_array().map(|issues| {
        let text = |issue: &serde_json::Value, key: &str| issue[key].as_str().unwrap_or_default().to_owned();
        issues
            .iter()
            .map(|issue| format!("{}: {}", text(issue, "path"), text(issue, "message")))
            .collect::<Vec<_>>()
    });
    match issues {
        Some(issues) if !issues.is_empty() => anyhow::anyhow!("not possible: {}", issues.join("; ")),
        _ => anyhow::anyhow!("not possible: {}", refusal.message),
    }
}

fn name(user: &UserRow) -> String {
    format!("{}#{:04}", user.username, user.discriminator)
}

fn is_right(right: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    right == "*" || (right.contains(':') && right.split(':').all(word))
}

/// A password, read or made up.
struct Chosen {
    text: String,
    generated: bool,
}

impl Chosen {
    fn get(from_stdin: bool) -> anyhow::Result<Self> {
        if !from_stdin {
            return Ok(Self { text: Rng::system().alphanumeric(GENERATED), generated: true });
        }
        if io::stdin().is_terminal() {
            say(io::stderr(), "Type the password and press Enter (it is shown):");
        }
        let mut line = String::new();
        io::stdin().read_line(&mut line).context("cannot read the password")?;
        let text = line.trim_end_matches(['\r', '\n']).to_owned();
        if fluxer_wire::parse::<Password>(text.clone().into()).is_err() {
            bail!("a password has 8 to 256 characters");
        }
        Ok(Self { text, generated: false })
    }
    /// Shows it if nobody knows it yet.
    fn tell(&self) {
        if self.generated {
            say(io::stdout(), &format!("Password: {}", self.text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_have_a_shape() {
        assert!(is_right("*") && is_right("admin:authenticate") && is_right("guild:update:name"));
        assert!(!is_right("") && !is_right("admin") && !is_right("a::b") && !is_right("Admin:x"));
    }
}
