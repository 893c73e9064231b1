//! A gateway session: connects, identifies, keeps the heartbeat, and hands every dispatch to a sink.
//!
//! Owns one socket and the few bytes of a frame that straddles two reads; the read buffer belongs to the
//! worker thread. Dispatches are recognised by their bytes, never parsed: at hundreds of thousands of
//! deliveries a second a parser here would be what is measured.

use std::{
    cell::RefCell,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::watch,
};

use crate::http::find;

/// Receives the text of every dispatch.
pub trait Sink: Send + Sync + 'static {
    fn dispatch(&self, frame: &[u8]);
}

/// Takes nothing.
pub struct Ignore;

impl Sink for Ignore {
    fn dispatch(&self, _: &[u8]) {}
}

/// Below the server's limit of 41.25 s, and short enough to acknowledge what was received.
const HEARTBEAT: Duration = Duration::from_secs(20);

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; 256 * 1024]);
}

/// The server keeps at most 4096 events that are not acknowledged; a busy session says sooner that it has them.
const ACKNOWLEDGE: u64 = 1000;

/// A session that is READY.
pub struct Session {
    socket: TcpStream,
    rest: Vec<u8>,
    seq: u64,
    acknowledged: u64,
}

/// The `number`th source address: few connections each, so that ports never run out.
fn source(number: usize) -> SocketAddr {
    let number = number / 2000 + (std::process::id() as usize % 200) * 16;
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 1, (number >> 8) as u8, number as u8)), 0)
}

impl Session {
    /// Connects, identifies with `token` and waits for READY. With a `guild`, that guild starts active.
    pub async fn start(server: SocketAddr, number: usize, token: &str, guild: Option<&str>) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(source(number))?;
        let socket = socket.connect(server).await.context("the gateway refuses connections")?;
        socket.set_nodelay(true)?;
        let mut session = Self { socket, rest: Vec::new(), seq: 0, acknowledged: 0 };
        let upgrade = format!(
            "GET /gateway?v=1&encoding=json HTTP/1.1\r\nhost: {server}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"
        );
        session.socket.write_all(upgrade.as_bytes()).await?;
        let mut head = Vec::with_capacity(512);
        let end = loop {
            ensure!(session.socket.read_buf(&mut head).await? > 0, "the gateway closed the connection");
            if let Some(end) = find(&head, b"\r\n\r\n") {
                break end + 4;
            }
        };
        ensure!(head.starts_with(b"HTTP/1.1 101"), "no upgrade: {}", String::from_utf8_lossy(&head));
        session.rest = head.split_off(end);
        let identify = json!({"op": 2, "d": {
            "token": token, "initial_guild_id": guild,
            "properties": {"os": "linux", "browser": "bench", "device": "bench"},
        }});
        session.send(&identify.to_string()).await?;
        let mut ready = false;
        while !ready {
            session.read(|frame| ready |= find(frame, br#""t":"READY""#).is_some()).await?;
        }
        Ok(session)
    }

    /// Reads until `stop` turns true; every dispatch goes to `sink`.
    pub async fn run(mut self, sink: Arc<dyn Sink>, mut stop: watch::Receiver<bool>) -> Result<()> {
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            tokio::select! {
                biased;
                done = self.read(|frame| sink.dispatch(frame)) => {
                    done?;
                    if self.seq - self.acknowledged >= ACKNOWLEDGE {
                        self.beat().await?;
                    }
                }
                _ = beat.tick() => self.beat().await?,
                _ = stop.changed() => return Ok(()),
            }
        }
    }

    async fn beat(&mut self) -> Result<()> {
        self.acknowledged = self.seq;
        self.send(&format!(r#"{{"op":1,"d":{}}}"#, self.seq)).await
    }

    /// Sends a text frame, masked (with zeros: the mask only has to be there).
    async fn send(&mut self, text: &str) -> Result<()> {
        let mut frame = vec![0x81];
        match text.len() {
            length @ 0..126 => frame.push(0x80 | length as u8),
            length => {
                frame.push(0x80 | 126);
                frame.extend_from_slice(&u16::try_from(length)?.to_be_bytes());
            }
        }
        frame.extend_from_slice(&[0; 4]);
        frame.extend_from_slice(text.as_bytes());
        self.socket.write_all(&frame).await?;
        Ok(())
    }

    /// Waits for data and hands over the dispatches in it. Safe to cancel.
    async fn read(&mut self, mut dispatch: impl FnMut(&[u8])) -> Result<()> {
        if self.rest.is_empty()
            || frame_length(&self.rest).is_none_or(|(head, len)| self.rest.len() < head + len)
        {
            self.socket.readable().await?;
        }
        BUFFER.with_borrow_mut(|buffer| {
            let kept = self.rest.len();
            if buffer.len() < kept + 64 * 1024 {
                buffer.resize(kept + 64 * 1024, 0);
            }
            buffer[..kept].copy_from_slice(&self.rest);
            let length = match self.socket.try_read(&mut buffer[kept..]) {
                Ok(0) => bail!("the gateway closed the connection"),
                Ok(length) => kept + length,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => kept,
                Err(error) => return Err(error.into()),
            };
            let used = self.frames(&buffer[..length], &mut dispatch)?;
            self.rest.clear();
            self.rest.extend_from_slice(&buffer[used..length]);
            if self.rest.is_empty() && self.rest.capacity() > 4096 {
                self.rest = Vec::new();
            }
            Ok(())
        })
    }

    /// Takes whole frames off the front of `data`; returns how much they were.
    fn frames(&mut self, data: &[u8], dispatch: &mut impl FnMut(&[u8])) -> Result<usize> {
        let mut used = 0;
        while let Some((head, length)) = frame_length(&data[used..]) {
            let Some(payload) = data.get(used + head..used + head + length) else { break };
            match data[used] & 0x0f {
                1 if is_dispatch(payload) => {
                    self.seq += 1;
                    dispatch(payload);
                }
                8 => {
                    let code = payload.get(..2).map_or(0, |code| u16::from_be_bytes([code[0], code[1]]));
                    bail!(
                        "the gateway closed the session: {code} {}",
                        String::from_utf8_lossy(&payload[2.min(length)..])
                    );
                }
                _ if find(payload, br#""op":9"#).is_some() => bail!("the gateway refused the session"),
                _ => {}
            }
            used += head + length;
        }
        Ok(used)
    }
}

/// Whether a frame is op 0, whatever the order of its keys: only dispatches have a `t`.
fn is_dispatch(frame: &[u8]) -> bool {
    let (front, back) = (&frame[..frame.len().min(64)], &frame[frame.len().saturating_sub(96)..]);
    [front, back].iter().any(|part| find(part, br#""op":0"#).is_some())
}

/// The length of the header and of the payload of the frame at the front, once known.
fn frame_length(data: &[u8]) -> Option<(usize, usize)> {
    let long = |from: usize, to: usize| {
        data.get(from..to).map(|bytes| bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    match *data.get(1)? & 0x7f {
        126 => Some((4, long(2, 4)?)),
        127 => Some((10, long(2, 10)?)),
        short => Some((2, usize::from(short))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_every_length_are_measured() {
        assert_eq!(frame_length(&[0x81]), None);
        assert_eq!(frame_length(&[0x81, 5]), Some((2, 5)));
        assert_eq!(frame_length(&[0x81, 126, 1]), None);
        assert_eq!(frame_length(&[0x81, 126, 1, 0]), Some((4, 256)));
        assert_eq!(frame_length(&[0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]), Some((10, 65536)));
    }
}
