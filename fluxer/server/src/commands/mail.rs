//! `fluxer mail`: looks at the letters of the instance in every language, and tries whether
//! they leave the house.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use fluxer_domain::mails::{self, Template};
use platform_kernel::{Clock, Environment, Rng};

use super::{Folder, load, say};
use crate::{config, keys::Keys, platform};

const EXAMPLE: &str = "ada@example.com";

#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    folder: Folder,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show letters with made-up values, or write them to a folder.
    Preview {
        /// Only this letter, such as `password_reset`.
        #[arg(long, value_name = "KEY")]
        template: Option<String>,
        /// Language of the letters; `all` for every one.
        #[arg(long, default_value = "en-US")]
        locale: String,
        /// Only the HTML form.
        #[arg(long, conflicts_with = "text")]
        html: bool,
        /// Only the plain-text form.
        #[arg(long)]
        text: bool,
        /// Write one file a letter and form here, instead of showing them.
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Send a letter to an address by the configured mail server, and say what it answered.
    Test {
        address: String,
        #[arg(long, default_value = "en-US")]
        locale: String,
    },
}

pub fn run(options: &Options, environment: &Environment) -> anyhow::Result<ExitCode> {
    let config = load(environment)?.value;
    // Letters need no secrets, but addresses stand beside them.
    let keys = Keys::open_or_draw(&options.folder.path(environment), &Rng::system())?;
    let settings = config::settings(&config, &keys, config.services.server.port);
    let house = mails::house(&settings);
    let now = Clock::system().now();
    match &options.command {
        Command::Preview { template, locale, html, text, out } => {
            let letters: Vec<Template> = Template::samples(now)
                .into_iter()
                .filter(|letter| template.as_ref().is_none_or(|wanted| letter.kind() == wanted))
                .collect();
            if letters.is_empty() {
                let all: Vec<_> = Template::samples(now).iter().map(Template::kind).collect();
                bail!("there is no such letter; the letters are {}", all.join(", "));
            }
            for locale in chosen(locale)? {
                for letter in &letters {
                    let mail = mails::compose(&house, EXAMPLE, Some("ada"), locale, letter, now)?;
                    let rich = mail.html.as_deref().unwrap_or_default();
                    let name = format!("{}.{locale}", mail.kind);
                    match out {
                        Some(folder) => {
                            if !text {
                                write(folder, &format!("{name}.html"), rich)?;
                            }
                            if !html {
                                write(folder, &format!("{name}.txt"), &mail.text)?;
                            }
                        }
                        None if *html => say(io::stdout(), rich),
                        None => say(
                            io::stdout(),
                            &format!("=== {name}\nSubject: {}\n\n{}", mail.subject, mail.text),
                        ),
                    }
                }
            }
            if let Some(folder) = out {
                say(io::stdout(), &format!("The letters are in {}.", folder.display()));
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Test { address, locale } => {
            let locale = *chosen(locale)?.first().context("no language is chosen")?;
            let mailer = platform::mailer(&config, Clock::system())?;
            if mailer.recorder().is_some() || !mailer.is_enabled() {
                bail!("mail is switched off: set integrations.email.enabled, provider smtp and its server");
            }
            let letter = Template::EmailVerification { token: "this-is-only-a-test".into() };
            let mail = mails::compose(&house, address, None, locale, &letter, now)?;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(mailer.send(mail)).context("the letter was not sent")?;
            say(io::stdout(), &format!("The mail server took a letter to {address}."));
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn chosen(locale: &str) -> anyhow::Result<Vec<&'static str>> {
    let chosen: Vec<_> = mails::languages().filter(|tag| locale == "all" || *tag == locale).collect();
    if chosen.is_empty() {
        let all: Vec<_> = mails::languages().collect();
        bail!("{locale:?} is not spoken here; the languages are {}", all.join(", "));
    }
    Ok(chosen)
}

fn write(folder: &Path, name: &str, content: &str) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(name);
    fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
}
