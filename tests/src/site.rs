//! A web site that a test serves to the instance, on an address of this machine that is not the
//! instance's, and that remembers what it was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};

/// What a path answers: the head's lines, then the body.
#[derive(Clone)]
pub struct Answer(pub String, pub Vec<u8>);

/// The site, while the test runs. A path that ends in `?` stands for it with any query.
pub struct Site {
    pub base: String,
    asked: Arc<Mutex<Vec<String>>>,
    /// Answers wait for a permit each while this is not open.
    pub gate: Arc<Semaphore>,
    pub arrived: Arc<Notify>,
}

pub const OPEN: usize = 1_000_000;

impl Site {
    pub async fn open(files: &[(&str, Answer)]) -> Self {
        let site = Self::closed(files).await;
        site.gate.add_permits(OPEN);
        site
    }

    pub async fn closed(files: &[(&str, Answer)]) -> Self {
        static HOSTS: AtomicUsize = AtomicUsize::new(1);
        // A host of its own: the instance asks one host for few pages at a time.
        let host = HOSTS.fetch_add(1, SeqCst);
        let address = format!("127.1.{}.{}:0", host / 200, 1 + host % 200);
        let listener = TcpListener::bind(address).await.expect("loopback has room");
        let base = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        let files: HashMap<String, Answer> =
            files.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
        let (files, asked) = (Arc::new(files), Arc::new(Mutex::new(Vec::new())));
        let (gate, arrived) = (Arc::new(Semaphore::new(0)), Arc::new(Notify::new()));
        let site = Self { base, asked: asked.clone(), gate: gate.clone(), arrived: arrived.clone() };
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (files, asked) = (files.clone(), asked.clone());
                let (gate, arrived) = (gate.clone(), arrived.clone());
                tokio::spawn(async move {
                    serve(socket, &files, &asked, &gate, &arrived).await;
                });
            }
        });
        site
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
    /// How often something was asked.
    pub fn asked(&self) -> usize {
        self.asked.lock().expect("no test panics with it").len()
    }
    /// The requests so far: head and body as they came.
    pub fn requests(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics with it").clone()
    }
}

async fn serve(
    mut socket: TcpStream,
    files: &HashMap<String, Answer>,
    asked: &Mutex<Vec<String>>,
    gate: &Semaphore,
    arrived: &Notify,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.ok()?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    socket.read_exact(&mut body).await.ok()?;
    asked.lock().expect("no test panics with it").push(head.clone() + &String::from_utf8_lossy(&body));
    arrived.notify_one();
    gate.acquire().await.ok()?.forget();
    let asked_for = head.split(' ').nth(1)?;
    let answer = files.get(asked_for).or_else(|| files.get(&format!("{}?", asked_for.split('?').next()?)));
    let Some(Answer(lines, body)) = answer else {
        return socket
            .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await
            .ok();
    };
    let status = if lines.contains("location:") { "302 Found" } else { "200 OK" };
    let endless = lines.contains("x-endless");
    let length = if endless { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let head = format!("HTTP/1.1 {status}\r\n{lines}{length}connection: close\r\n\r\n");
    socket.write_all(head.as_bytes()).await.ok()?;
    socket.write_all(body).await.ok()?;
    if endless {
        let more = b"<meta name=a content=b>".repeat(500);
        // Until the other side hangs up.
        loop {
            socket.write_all(&more).await.ok()?;
        }
    }
    Some(())
}
