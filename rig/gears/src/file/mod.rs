//! `file`: appends every message to a file, one line of JSON or its raw bytes.
//!
//! The file is made readable for its owner only: messages may hold what others must not see. A
//! message is done when it is handed to the system; nothing is forced to the disk. Card data goes
//! in as it is only where `content` asks for it.

use std::path::PathBuf;

use async_trait::async_trait;
use rig_envelope::{Message, to_json};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde::Deserialize;
use serde_json::json;
use tokio::{fs::File, io::AsyncWriteExt, sync::Mutex, time::Instant};

use crate::{
    ConfigError, Emitter, Gear, GearContext, GearError, GearType,
    config::{self, parse},
};

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    /// Ids, times and metadata.
    #[default]
    Meta,
    /// Also the decoded fields.
    Data,
    /// Only the raw bytes and a newline.
    Raw,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    path: String,
    #[serde(default)]
    content: Content,
}

pub struct FileType(Manifest);

impl FileType {
    pub fn new() -> Self {
        Self(Manifest {
            gear_type: "file".into(),
            category: Category::Io,
            status: Status::Stable,
            summary: "Appends every message to a file, and passes it on.".into(),
            ports: Ports::new(&["in"], &["out"]),
            config: json!({
                "$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object",
                "additionalProperties": false,
                "required": ["path"],
                "properties": {
                    "path": {"type": "string", "description": "relative to the scenario; made if it is not there"},
                    "content": {
                        "enum": ["meta", "data", "raw"], "default": "meta",
                        "description": "meta and data: a line of JSON each; raw: the bytes and a newline. Fields are not masked."
                    }
                }
            }),
            terminus: Terminus::Io,
            doc: "file".into(),
        })
    }
}

impl GearType for FileType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: serde_json::Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let config = parse::<Config>(config)?;
        let path = config::path(&context.base, &config.path);
        Ok(Box::new(Sink { path, content: config.content, file: Mutex::new(None) }))
    }
}

struct Sink {
    path: PathBuf,
    content: Content,
    file: Mutex<Option<File>>,
}

#[async_trait]
impl Gear for Sink {
    async fn start(&self, _emit: Emitter) -> Result<(), GearError> {
        let mut options = tokio::fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options
            .open(&self.path)
            .await
            .map_err(|error| GearError::new("open", format!("{}: {error}", self.path.display())))?;
        *self.file.lock().await = Some(file);
        Ok(())
    }
    async fn process(&self, _port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        let line = line(self.content, &message);
        {
            let mut file = self.file.lock().await;
            let file = file.as_mut().ok_or_else(|| GearError::new("not_open", "the file is not open"))?;
            let written = async {
                file.write_all(&line).await?;
                file.flush().await
            };
            written.await.map_err(|error| GearError::new("write", error.to_string()))?;
        }
        if emit.is_wired("out") {
            emit.emit("out", message).await?;
        }
        Ok(())
    }
    async fn drain(&self, _deadline: Instant) {}
    async fn stop(&self) {
        if let Some(mut file) = self.file.lock().await.take() {
            let _ = file.flush().await;
        }
    }
}

fn line(content: Content, message: &Message) -> Vec<u8> {
    if matches!(content, Content::Raw) {
        return [&message.raw, &b"\n"[..]].concat();
    }
    let meta: serde_json::Map<_, _> =
        message.meta.iter().map(|(key, value)| (key.to_string(), value.as_str().into())).collect();
    let mut line = json!({
        "id": message.id.to_string(),
        "ts": message.ts,
        "hops": message.path.len(),
        "bytes": message.raw.len(),
        "meta": meta,
    });
    if matches!(content, Content::Data) {
        line["data"] = to_json(&message.data.clone().into());
    }
    let mut line = line.to_string().into_bytes();
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, context};

    #[tokio::test]
    async fn lines_are_appended() {
        let context = context("sink");
        let name = format!("rig-file-{}.ndjson", std::process::id());
        let path = context.base.join(&name);
        for content in ["meta", "data", "raw"] {
            let config = json!({"path": name, "content": content});
            let bench = Bench::within(context.clone(), &FileType::new(), config, &[]).await;
            let mut message = Message::from_raw(&b"bytes"[..]);
            message.meta.insert("k", "v");
            message.data.set("a.b", 1).unwrap();
            bench.process("in", message).await.unwrap();
            bench.gear.stop().await;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let lines: Vec<_> = text.lines().collect();
        let [meta, data] = [0, 1].map(|at| serde_json::from_str::<serde_json::Value>(lines[at]).unwrap());
        assert_eq!((&meta["meta"]["k"], meta.get("data"), lines[2]), (&json!("v"), None, "bytes"));
        assert_eq!(data["data"]["a"]["b"], 1);
    }
}
