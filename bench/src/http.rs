//! A keep-alive HTTP/1.1 client for one connection, with as little work per request as it can.
//!
//! Owns one socket and one buffer. Understands what the server sends: a status line, `content-length` or
//! chunks. Any surprise is an error and ends the run: numbers from a failing server are worth nothing.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One connection, logged in or not.
pub struct Client {
    socket: TcpStream,
    host: String,
    headers: String,
    buffer: Vec<u8>,
    request: Vec<u8>,
}

/// An answer; the body borrows the client's buffer.
pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

impl Client {
    /// `limited` leaves rate limits on.
    pub async fn connect(server: SocketAddr, limited: bool) -> Result<Self> {
        let socket = TcpStream::connect(server).await.context("the server refuses connections")?;
        socket.set_nodelay(true)?;
        let limits = if limited { "x-fluxer-test-enable-rate-limits: true\r\n" } else { "" };
        Ok(Self {
            socket,
            host: format!("{server}\r\n{limits}"),
            headers: "x-forwarded-for: 10.255.255.1\r\n".to_owned(),
            buffer: Vec::with_capacity(16 * 1024),
            request: Vec::with_capacity(1024),
        })
    }

    /// Speaks as somebody from now on: the client address the server is to see, and a token.
    pub fn speak_as(&mut self, person: u32, token: Option<&str>) {
        let [_, a, b, c] = person.to_be_bytes();
        self.headers = format!("x-forwarded-for: 10.{a}.{b}.{c}\r\n");
        if let Some(token) = token {
            self.headers.push_str(&format!("authorization: {token}\r\n"));
        }
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, method: &str, path: &str, body: &[u8]) -> Result<Answer<'_>> {
        self.request.clear();
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: {}{}content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.host,
            self.headers,
            body.len()
        );
        self.request.extend_from_slice(head.as_bytes());
        self.request.extend_from_slice(body);
        self.socket.write_all(&self.request).await?;
        self.read().await.with_context(|| format!("{method} {path}"))
    }

    /// Sends JSON and expects JSON (or nothing) with a 2xx status.
    pub async fn json(&mut self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let body = if body.is_null() { Vec::new() } else { serde_json::to_vec(body)? };
        let answer = self.send(method, path, &body).await?;
        ensure!(
            (200..300).contains(&answer.status),
            "{method} {path}: {} {}",
            answer.status,
            String::from_utf8_lossy(answer.body)
        );
        if answer.body.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(answer.body)?)
    }

    async fn fill(&mut self) -> Result<()> {
        ensure!(self.socket.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        Ok(())
    }

    async fn read(&mut self) -> Result<Answer<'_>> {
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill().await?;
        };
        let text = std::str::from_utf8(&self.buffer[..head])?.to_ascii_lowercase();
        let status: u16 = text.get(9..12).unwrap_or_default().parse().context("no status line")?;
        let header = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let Some(length) = header("content-length:") {
            let end = head + length.parse::<usize>()?;
            while self.buffer.len() < end {
                self.fill().await?;
            }
            return Ok(Answer { status, body: &self.buffer[head..end] });
        }
        if header("transfer-encoding:").is_some() {
            let end = self.unchunk(head).await?;
            return Ok(Answer { status, body: &self.buffer[head..end] });
        }
        if status == 204 || status == 304 {
            return Ok(Answer { status, body: &[] });
        }
        bail!("an answer without a length");
    }

    /// Moves the chunks that start at `head` together; returns the end of the body.
    async fn unchunk(&mut self, head: usize) -> Result<usize> {
        let (mut from, mut to) = (head, head);
        loop {
            let line = loop {
                if let Some(end) = find(&self.buffer[from..], b"\r\n") {
                    break from + end;
                }
                self.fill().await?;
            };
            let size = usize::from_str_radix(std::str::from_utf8(&self.buffer[from..line])?.trim(), 16)?;
            let start = line + 2;
            while self.buffer.len() < start + size + 2 {
                self.fill().await?;
            }
            if size == 0 {
                return Ok(to);
            }
            self.buffer.copy_within(start..start + size, to);
            to += size;
            from = start + size + 2;
        }
    }
}

/// Where `needle` first is in `haystack`.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|byte| *byte == first) {
        let start = from + at;
        if haystack[start..].starts_with(needle) {
            return Some(start);
        }
        from = start + 1;
    }
    None
}
