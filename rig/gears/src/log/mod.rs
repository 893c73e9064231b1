//! `log`: one line in the log for every message, and the message goes on.
//!
//! Shows ids, metadata named in the configuration and sizes. Fields are shown only where they are
//! asked for by name, with everything that looks like a card number masked.

mod config;

use async_trait::async_trait;
use rig_envelope::Message;
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};

use self::config::{Config, Level};
use crate::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, config::parse};

pub struct LogType(Manifest);

impl LogType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "log".into(),
            category: Category::Observability,
            status: Status::Stable,
            summary: "Writes a line for every message, masked, and passes the message on.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: config::schema(),
            terminus: Terminus::Transparent,
            doc: "log".into(),
        })
    }
}

impl GearType for LogType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        Ok(Box::new(Log { config: parse(config)?, name: context.name.to_string() }))
    }
}

struct Log {
    config: Config,
    name: String,
}

#[async_trait]
impl Gear for Log {
    async fn process(&self, _port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        let line = line(&self.config.fields, &message);
        let (gear, label) = (&*self.name, &*self.config.label);
        match self.config.level {
            Level::Debug => tracing::debug!(gear, label, flux_id = %message.id, "{line}"),
            Level::Info => tracing::info!(gear, label, flux_id = %message.id, "{line}"),
            Level::Warn => tracing::warn!(gear, label, flux_id = %message.id, "{line}"),
        }
        if emit.is_wired("out") {
            emit.emit("out", message).await?;
        }
        Ok(())
    }
}

fn line(fields: &[String], message: &Message) -> String {
    let mut line = format!("{} bytes", message.raw.len());
    for field in fields {
        if let Some(value) = message.key_field(field) {
            line.push_str(&format!(" {field}={}", masked(&value)));
        }
    }
    line
}

/// Digits in a row that could be a card number (12 or more): the first six and the last four stay.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        if run.len() >= 12 {
            out.push_str(&run[..6]);
            out.extend(std::iter::repeat_n('*', run.len() - 10));
            out.push_str(&run[run.len() - 4..]);
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars().take(256) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        flush(&mut run, &mut out);
        // A line stays a line.
        out.extend(c.escape_debug());
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Bench;

    #[tokio::test]
    async fn messages_go_on() {
        let mut bench = Bench::new(&LogType::new(), json!({"fields": ["meta.k"]}), &["out"]).await;
        bench.process("in", Message::from_raw(&b"x"[..])).await.unwrap();
        assert_eq!(bench.next("out").await.raw[..], b"x"[..]);
        let end = Bench::new(&LogType::new(), json!({}), &[]).await;
        end.process("in", Message::default()).await.unwrap();
    }

    #[test]
    fn lines_are_masked() {
        let mut message = Message::from_raw(&b"4111111111111111"[..]);
        message.data.set("card.pan", "4111111111111111").unwrap();
        message.meta.insert("note", "a\n12345");
        let fields = ["data.card.pan", "meta.note", "meta.none"].map(str::to_owned);
        let wanted = "16 bytes data.card.pan=411111******1111 meta.note=a\\n12345";
        assert_eq!(line(&fields, &message), wanted);
    }
}
