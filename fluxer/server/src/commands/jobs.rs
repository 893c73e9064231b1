//! `fluxer jobs`: the queue from the command line, on the data folder itself, whether the
//! server runs or not. A running server is told that there is something to do.

use std::{io, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use platform_kernel::Environment;
use platform_queue::{Job, JobInfo, Letter, State};
use serde_json::{Value, json};

use super::{Folder, instance::Instance, say};
use crate::notices::Notice;

#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    folder: Folder,
    /// Print JSON instead of a table.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Jobs that wait or run, in the order in which they are due.
    List {
        /// Only jobs of this kind.
        #[arg(long)]
        kind: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// How many jobs of each kind there are, and the schedules.
    Stats,
    /// Jobs that were given up, newest first.
    Dead {
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Everything about one job, waiting or given up.
    Show { id: String },
    /// Give a job that was given up all its attempts again.
    Retry {
        /// Ids, as `fluxer jobs dead` lists them.
        #[arg(required_unless_present = "all")]
        ids: Vec<String>,
        /// Every job that was given up.
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Forget a job that was given up, or take back one that waits.
    Discard {
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Run a job now, for example a scheduled one before its time.
    Run {
        kind: String,
        /// What the job is told, as JSON.
        #[arg(long, default_value = "{}")]
        payload: String,
    },
}

pub fn run(options: &Options, environment: &Environment) -> anyhow::Result<ExitCode> {
    Instance::run(&options.folder, environment, async |instance| execute(instance, options).await)
}

async fn execute(instance: &Instance, options: &Options) -> anyhow::Result<()> {
    let queue = &instance.app.queue;
    match &options.command {
        Command::List { kind, limit } => {
            let jobs = queue.jobs(kind.as_deref(), *limit).await?;
            if options.json {
                return print(&serde_json::to_value(&jobs)?);
            }
            let rows = jobs.iter().map(|job| {
                let attempts = format!("{}/{}", job.attempts, job.max_attempts);
                [job.id.clone(), job.kind.clone(), state(job.state).into(), job.due_at.to_string(), attempts]
            });
            table(["ID", "KIND", "STATE", "DUE", "ATTEMPTS"], rows, "No job waits or runs.");
        }
        Command::Stats => {
            let (depths, calendars) = (queue.depths().await?, queue.calendars().await?);
            if options.json {
                return print(&json!({"kinds": depths, "crons": calendars}));
            }
            let rows = depths.iter().map(|(kind, depth)| {
                let numbers =
                    [depth.ready, depth.running, depth.scheduled, depth.dead].map(|n| n.to_string());
                let [ready, running, scheduled, dead] = numbers;
                [kind.clone(), ready, running, scheduled, dead]
            });
            table(["KIND", "READY", "RUNNING", "SCHEDULED", "DEAD"], rows, "There are no jobs.");
            say(io::stdout(), "");
            let time = |at: Option<platform_kernel::Timestamp>| at.map_or("-".into(), |at| at.to_string());
            let rows = calendars.into_iter().map(|state| {
                let note = if state.is_overdue {
                    "overdue"
                } else if state.enabled {
                    ""
                } else {
                    "off"
                };
                let (last, next) = (time(state.last_run_at), time(state.next_run_at));
                [state.id, state.cron_expression, last, next, note.into()]
            });
            table(["SCHEDULE", "CALENDAR", "LAST RUN", "NEXT RUN", ""], rows, "There are no schedules.");
        }
        Command::Dead { limit } => {
            let letters = queue.all_dead(*limit).await?;
            if options.json {
                return print(&Value::Array(letters.iter().map(letter).collect()));
            }
            let rows = letters.into_iter().map(|letter| {
                [
                    letter.id,
                    letter.kind,
                    letter.failed_at.to_string(),
                    letter.attempts.to_string(),
                    letter.reason,
                ]
            });
            table(["ID", "KIND", "GIVEN UP", "ATTEMPTS", "REASON"], rows, "No job was given up.");
        }
        Command::Show { id } => {
            let shown = match (queue.find(id).await?, queue.find_dead(id).await?) {
                (Some(job), _) => waiting(&job)?,
                (None, Some(dead)) => letter(&dead),
                (None, None) => bail!("there is no job {id}"),
            };
            print(&shown)?;
        }
        Command::Retry { ids, all } => {
            let letters = if *all { queue.all_dead(usize::MAX).await? } else { named(instance, ids).await? };
            for letter in &letters {
                if !queue.replay(&letter.kind, letter).await? {
                    bail!("the job {} was dealt with by somebody else", letter.id);
                }
            }
            tell(instance, &format!("{} to run again", count(letters.len())))?;
        }
        Command::Discard { ids } => {
            for id in ids {
                if !queue.discard_dead(id).await? && !queue.cancel_waiting(id).await? {
                    bail!("no job {id} was given up or waits; one that runs cannot be discarded");
                }
            }
            say(io::stdout(), &format!("{} discarded.", count(ids.len())));
        }
        Command::Run { kind, payload } => {
            let payload: Value = serde_json::from_str(payload).context("--payload is not JSON")?;
            let worker = fluxer_jobs::worker(&instance.app, fluxer_jobs::Options::default());
            let worker = fluxer_media::unfurl::jobs(&instance.app, worker);
            if !worker.handles(kind) {
                bail!("{kind:?} is no kind of job; `fluxer jobs stats` lists the schedules");
            }
            let id = queue.push_named(Job::new(kind.clone(), &payload)).await?;
            tell(instance, &format!("Job {id} is queued"))?;
        }
    }
    Ok(())
}

async fn named(instance: &Instance, ids: &[String]) -> anyhow::Result<Vec<Letter>> {
    let mut letters = Vec::new();
    for id in ids {
        let letter = instance.app.queue.find_dead(id).await?;
        letters.push(letter.with_context(|| format!("no job {id} was given up"))?);
    }
    Ok(letters)
}

/// Lets the server know, and the operator whether there is one.
fn tell(instance: &Instance, done: &str) -> anyhow::Result<()> {
    let note = match instance.notify(&Notice::Jobs)? {
        true => "; the server was told",
        false => "; it runs once the server does",
    };
    say(io::stdout(), &format!("{done}{note}."));
    Ok(())
}

fn count(jobs: usize) -> String {
    if jobs == 1 { "1 job".into() } else { format!("{jobs} jobs") }
}

const fn state(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Ready => "ready",
        State::Scheduled => "scheduled",
    }
}

fn content(payload: &str) -> Value {
    serde_json::from_str(payload).unwrap_or_else(|_| payload.into())
}

fn waiting(job: &JobInfo) -> anyhow::Result<Value> {
    let mut shown = serde_json::to_value(job)?;
    shown["payload"] = content(&job.payload);
    Ok(shown)
}

fn letter(letter: &Letter) -> Value {
    json!({
        "id": letter.id,
        "kind": letter.kind,
        "state": "dead",
        "failed_at": letter.failed_at,
        "created_at": letter.created_at,
        "attempts": letter.attempts,
        "reason": letter.reason,
        "payload": content(&letter.payload),
    })
}

fn print(value: &Value) -> anyhow::Result<()> {
    say(io::stdout(), &serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Columns as wide as what is in them; the last one is open.
fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>, none: &str) {
    let rows: Vec<[String; N]> = rows.collect();
    if rows.is_empty() {
        return say(io::stdout(), none);
    }
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([head[column].len()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |cells: &[String; N]| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        say(io::stdout(), padded.join("  ").trim_end());
    };
    line(&head.map(str::to_owned));
    rows.iter().for_each(line);
}
