//! Commands to gears, from other gears or from outside.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

/// `{cmd, args, src}`; `{command, payload}` is understood, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    #[serde(alias = "command")]
    pub cmd: String,
    #[serde(default, alias = "payload")]
    pub args: BTreeMap<String, String>,
    #[serde(default)]
    pub src: String,
}

impl Command {
    pub fn new(cmd: &str, args: &[(&str, &str)]) -> Self {
        let args = args.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        Self { cmd: cmd.to_owned(), args, src: String::new() }
    }
    /// Closes one socket of an I/O gear.
    pub fn close(connection: &str, reason: &str) -> Self {
        Self::new("conn.close", &[("conn_id", connection), ("reason", reason)])
    }
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.get(name).map(String::as_str)
    }
}

/// The gears of a rack that take commands. Cheap to clone; clones share them.
#[derive(Clone, Default)]
pub struct Controls(Arc<Mutex<HashMap<String, mpsc::Sender<Command>>>>);

/// Commands that may wait at one gear.
const WAITING: usize = 256;

impl Controls {
    /// Hands a command to a gear. False: there is no such gear, or it has too many to do.
    pub fn send(&self, gear: &str, command: Command) -> bool {
        self.0.lock().get(gear).is_some_and(|queue| queue.try_send(command).is_ok())
    }
    /// Where a gear's commands come from; in place of the queue of an earlier run.
    pub fn register(&self, gear: &str) -> mpsc::Receiver<Command> {
        let (sender, receiver) = mpsc::channel(WAITING);
        self.0.lock().insert(gear.to_owned(), sender);
        receiver
    }
    pub fn remove(&self, gear: &str) {
        self.0.lock().remove(gear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings() {
        let usual: Command = serde_json::from_str(r#"{"cmd":"a","args":{"k":"v"},"src":"s"}"#).unwrap();
        let other: Command = serde_json::from_str(r#"{"command":"a","payload":{"k":"v"}}"#).unwrap();
        assert_eq!((usual.arg("k"), &usual.cmd), (other.arg("k"), &other.cmd));
    }

    #[tokio::test]
    async fn commands_arrive() {
        let controls = Controls::default();
        assert!(!controls.send("g", Command::close("c1", "test")));
        let mut queue = controls.register("g");
        assert!(controls.send("g", Command::close("c1", "test")));
        assert_eq!(queue.recv().await.unwrap().arg("conn_id"), Some("c1"));
        controls.remove("g");
        assert!(queue.recv().await.is_none());
    }
}
