//! `multipart/form-data`, put together by hand: whatever a test wants to send, right or wrong.

use serde_json::Value;

use crate::Client;
use crate::http::Call;

const BOUNDARY: &str = "----fluxer-test-boundary";

/// A form being put together.
#[derive(Default, Clone)]
pub struct Form(Vec<u8>);

impl Form {
    /// The JSON of a message.
    pub fn message(body: &Value) -> Self {
        Self::default().text("payload_json", &body.to_string())
    }
    /// A message with metadata for files 0, 1, … of these names.
    pub fn naming(content: &str, names: &[&str]) -> Self {
        let files: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(id, name)| serde_json::json!({"id": id, "filename": name}))
            .collect();
        Self::message(&serde_json::json!({"content": content, "attachments": files}))
    }
    pub fn text(self, name: &str, text: &str) -> Self {
        self.part(&format!("form-data; name=\"{name}\""), text.as_bytes())
    }
    /// The file `files[index]`.
    pub fn file(self, index: usize, bytes: &[u8]) -> Self {
        self.named(&format!("files[{index}]"), bytes)
    }
    /// A file under any name of a field.
    pub fn named(self, field: &str, bytes: &[u8]) -> Self {
        self.part(&format!("form-data; name=\"{field}\"; filename=\"blob\""), bytes)
    }
    pub fn part(mut self, disposition: &str, bytes: &[u8]) -> Self {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }
    pub fn bytes(mut self) -> Vec<u8> {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }
    /// The request with this form as its body.
    pub fn send(self, from: &Client, method: &str, path: impl AsRef<str>) -> Call {
        from.call(method, path.as_ref())
            .raw(&format!("multipart/form-data; boundary={BOUNDARY}"), self.bytes())
    }
    pub fn post(self, from: &Client, channel: &str) -> Call {
        self.send(from, "POST", format!("/channels/{channel}/messages"))
    }
}
