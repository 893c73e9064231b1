//! A web site of a test's own, on a free port of this machine.

use std::{collections::HashMap, net::TcpListener, sync::Arc};

use platform_imaging::Imaging;
use platform_kernel::Rng;
use platform_outbound::{FetchOptions, Fetcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;

use super::{Bases, Context};
use crate::unfurl::{media::Media, page::Web};

pub fn at(url: &str) -> Url {
    Url::parse(url).unwrap()
}

/// Files by path and query.
pub struct Site {
    listener: TcpListener,
    files: HashMap<String, (String, Vec<u8>)>,
    base: String,
}

impl Site {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, files: HashMap::new(), base }
    }
    pub fn base(&self) -> String {
        self.base.clone()
    }
    pub fn file(&mut self, path: &str, kind: &str, bytes: Vec<u8>) {
        self.files.insert(path.into(), (kind.into(), bytes));
    }
    pub fn json(&mut self, path: &str, json: &str) {
        self.file(path, "application/json", json.into());
    }

    /// Serves what was put there; everything outside is asked of this site.
    pub async fn start(&self) -> Context {
        let listener = self.listener.try_clone().unwrap();
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let files = Arc::new(self.files.clone());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let files = Arc::clone(&files);
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        match socket.read_u8().await {
                            Ok(byte) => head.push(byte),
                            Err(_) => return,
                        }
                    }
                    let head = String::from_utf8_lossy(&head);
                    let path = head.split(' ').nth(1).unwrap_or_default();
                    let (status, kind, body) = match files.get(path) {
                        Some((kind, body)) => ("200 OK", kind.as_str(), body.as_slice()),
                        None => ("404 Not Found", "text/plain", &b"not here"[..]),
                    };
                    let answer = format!(
                        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                        body.len()
                    );
                    let _ = socket.write_all(answer.as_bytes()).await;
                    let _ = socket.write_all(body).await;
                });
            }
        });
        let options = FetchOptions {
            allowed_networks: vec![platform_kernel::Network::parse("127.0.0.0/8").unwrap()],
            ..FetchOptions::default()
        };
        let imaging = Imaging::new(platform_imaging::Options::default()).unwrap();
        Context {
            web: Web::new(Fetcher::new(options).unwrap()),
            media: Media::new(imaging, std::env::temp_dir(), Rng::system()),
            bases: Bases {
                hacker_news: self.base(),
                youtube: self.base(),
                wikipedia: Some(self.base()),
                bluesky: self.base(),
            },
            youtube_key: String::new(),
        }
    }
}

/// A picture of this size: grey, 8 bits, stored without compression.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    fn chunk(into: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
        into.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut crc = !0u32;
        for byte in kind.iter().chain(data) {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        into.extend(kind);
        into.extend(data);
        into.extend((!crc).to_be_bytes());
    }
    let row = std::iter::once(0).chain((0..width).map(|x| u8::try_from(x % 251).unwrap()));
    let raw: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
    let mut packed = vec![0x78, 0x01];
    for (index, block) in raw.chunks(60_000).enumerate() {
        packed.push(u8::from((index + 1) * 60_000 >= raw.len()));
        let length = u16::try_from(block.len()).unwrap();
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    packed.extend((b << 16 | a).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header: Vec<u8> =
        [width.to_be_bytes(), height.to_be_bytes()].concat().into_iter().chain([8, 0, 0, 0, 0]).collect();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &packed);
    chunk(&mut png, b"IEND", &[]);
    png
}
