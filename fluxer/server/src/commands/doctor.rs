//! `fluxer doctor`: looks at the machine and the installation. Every finding says what is
//! wrong and how to mend it. Ends with 1 when something keeps the server from working.

mod machine;
mod network;

use std::{fmt, io, process::ExitCode, time::Duration};

use platform_kernel::{Clock, Environment, config::Loaded};
use platform_store::sqlite::{self, Check};

use super::{Folder, load, say};
use crate::{
    config::{Config, Env},
    data::Data,
    platform,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Good,
    /// Works, but not as well as it should.
    Warning,
    /// Keeps the server, or a part of it, from working.
    Bad,
}

/// What was looked at and found.
#[derive(Debug)]
struct Finding {
    grade: Grade,
    subject: &'static str,
    found: String,
    /// How to mend it; empty when all is well.
    remedy: String,
}

impl Finding {
    fn good(subject: &'static str, found: impl Into<String>) -> Self {
        Self { grade: Grade::Good, subject, found: found.into(), remedy: String::new() }
    }
    fn warning(subject: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { grade: Grade::Warning, subject, found: found.into(), remedy: remedy.into() }
    }
    fn bad(subject: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { grade: Grade::Bad, subject, found: found.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.grade {
            Grade::Good => "ok  ",
            Grade::Warning => "warn",
            Grade::Bad => "BAD ",
        };
        write!(f, "{word}  {:<14} {}", self.subject, self.found)?;
        if !self.remedy.is_empty() {
            write!(f, "\n      {:<14} → {}", "", self.remedy)?;
        }
        Ok(())
    }
}

pub fn run(folder: &Folder, environment: &Environment) -> anyhow::Result<ExitCode> {
    let loaded = match load(environment) {
        Ok(loaded) => loaded,
        Err(problems) => {
            let remedy = "mend the keys named above; `fluxer config schema` describes them all";
            let finding = Finding::bad("configuration", format!("{problems:#}"), remedy);
            say(io::stdout(), &finding.to_string());
            return Ok(ExitCode::FAILURE);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let folder = folder.path(environment);
    let mut worst = Grade::Good;
    let mut show = |findings: Vec<Finding>| {
        for finding in findings {
            worst = worst.max(finding.grade);
            say(io::stdout(), &finding.to_string());
        }
    };
    let config = &loaded.value;
    show(configuration(&loaded));
    let data = Data { folder };
    let running = data.server().is_some();
    show(machine::folder(&data, running));
    show(machine::clock(&data, &Clock::system()));
    show(machine::open_files());
    show(vec![database(config, &data)]);
    show(runtime.block_on(network::port(config, running)));
    show(runtime.block_on(network::proxy(config)));
    show(vec![runtime.block_on(mail(config))]);
    say(
        io::stdout(),
        match worst {
            Grade::Good => "All is well.",
            Grade::Warning => "The server works; the warnings above are worth a look.",
            Grade::Bad => "The server cannot work properly until the points marked BAD are mended.",
        },
    );
    Ok(if worst == Grade::Bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn configuration(loaded: &Loaded<Config>) -> Vec<Finding> {
    let from =
        loaded.file.as_ref().map_or_else(|| "no file; defaults".to_owned(), |f| f.display().to_string());
    let mut findings = vec![Finding::good("configuration", format!("sound ({from})"))];
    let config = &loaded.value;
    findings.extend(
        loaded
            .warnings
            .iter()
            .map(|warning| Finding::warning("configuration", warning.clone(), "remove or correct the key")),
    );
    if config.env == Env::Production
        && (config.dev.disable_rate_limits || config.dev.relax_registration_rate_limits)
    {
        findings.push(Finding::warning(
            "configuration",
            "rate limits are off in production",
            "remove dev.disable_rate_limits and dev.relax_registration_rate_limits",
        ));
    }
    findings
}

fn database(config: &Config, data: &Data) -> Finding {
    let path = data.database(config);
    if !path.exists() {
        return Finding::good("database", format!("not there yet; the first start makes {}", path.display()));
    }
    let restore = "stop the server, keep a copy of the file, and restore the newest backup";
    match sqlite::quick_check(&path) {
        Ok(Check::Sound) => Finding::good("database", format!("{} is sound", path.display())),
        Ok(Check::Damaged(what)) => {
            Finding::bad("database", format!("{} is damaged: {}", path.display(), what.join("; ")), restore)
        }
        Err(error) => {
            Finding::bad("database", format!("{} cannot be checked: {error}", path.display()), restore)
        }
    }
}

async fn mail(config: &Config) -> Finding {
    let mailer = match platform::mailer(config, Clock::system()) {
        Ok(mailer) => mailer,
        Err(error) => return Finding::bad("mail", format!("{error:#}"), "correct integrations.email"),
    };
    if !mailer.is_enabled() {
        return Finding::warning(
            "mail",
            "off: nobody can reset a forgotten password by themselves",
            "set integrations.email (enabled, provider smtp, from_email, smtp.host …), or reset passwords \
             with `fluxer user set-password`",
        );
    }
    let probe = tokio::time::timeout(Duration::from_secs(20), mailer.probe());
    let server = config.integrations.email.smtp.as_ref().map(|smtp| format!("{}:{}", smtp.host, smtp.port));
    let server = server.unwrap_or_else(|| "the recorder of test mode".to_owned());
    match probe.await {
        Ok(Ok(())) => Finding::good("mail", format!("{server} answers and accepts the credentials")),
        Ok(Err(error)) => Finding::bad(
            "mail",
            format!("{server}: {error}"),
            "check host, port, user name and password of integrations.email.smtp, and that the firewall \
             lets this machine connect there",
        ),
        Err(_) => Finding::bad(
            "mail",
            format!("{server} does not answer"),
            "many providers block port 25: use 587 or 465, and check the firewall",
        ),
    }
}
