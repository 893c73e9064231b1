//! The server under test as a process: started in a folder of its own, watched through /proc, stopped.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How to start servers.
pub struct Server {
    pub binary: PathBuf,
    pub keep: bool,
    pub limited: bool,
}

/// A started server. Dropping it kills the process and removes its folder.
pub struct Running {
    pub address: SocketAddr,
    pub folder: PathBuf,
    /// From the start of the process to its first healthy answer.
    pub started_in: Duration,
    pub limited: bool,
    child: Child,
    keep: bool,
}

/// What a process has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    pub cpu: Duration,
    /// The part of `cpu` that the kernel used: system calls, sockets, disk.
    pub kernel: Duration,
    /// Resident bytes now.
    pub resident: u64,
    at: Instant,
}

impl Usage {
    /// Processor seconds per second of wall time since `earlier`.
    pub fn cores_since(&self, earlier: &Self) -> f64 {
        (self.cpu - earlier.cpu).as_secs_f64() / (self.at - earlier.at).as_secs_f64()
    }
    /// `0.61 cores, 72 % of it in the kernel`.
    pub fn text_since(&self, earlier: &Self) -> String {
        let kernel = (self.kernel - earlier.kernel).as_secs_f64() / self.cpu_since(earlier).max(0.001);
        format!("{:.2} cores, {:.0} % of it in the kernel", self.cores_since(earlier), kernel * 100.0)
    }
    pub fn cpu_since(&self, earlier: &Self) -> f64 {
        (self.cpu - earlier.cpu).as_secs_f64()
    }
}

impl Server {
    /// Starts a server on a fresh folder.
    pub async fn start(&self) -> Result<Running> {
        let folder = std::env::temp_dir().join(format!("fluxer-bench-{}-{}", std::process::id(), fresh()));
        fs::create_dir_all(&folder)?;
        self.start_in(folder).await
    }

    /// Starts a server on what an earlier one left in `folder`.
    pub async fn start_in(&self, folder: PathBuf) -> Result<Running> {
        // Another loopback address a run: ports in TIME_WAIT of the previous one do not matter.
        let host = format!("127.0.0.{}", 2 + (std::process::id() + fresh()) % 250);
        let port = TcpListener::bind((host.as_str(), 0))?.local_addr()?.port();
        let address: SocketAddr = format!("{host}:{port}").parse()?;
        let log = fs::File::options().create(true).append(true).open(folder.join("server.log"))?;
        let begun = Instant::now();
        let child = Command::new(self.binary.canonicalize()?)
            .arg("serve")
            .current_dir(&folder)
            .env("FLUXER_CONFIG__ENV", "test")
            .env("FLUXER_CONFIG__DEV__TEST_MODE_ENABLED", "true")
            .env("FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS", "true")
            .env("FLUXER_CONFIG__SERVICES__SERVER__HOST", &host)
            .env("FLUXER_CONFIG__SERVICES__SERVER__PORT", port.to_string())
            .env("FLUXER_CONFIG__DOMAIN__BASE_DOMAIN", &host)
            .env("FLUXER_CONFIG__DOMAIN__PUBLIC_PORT", port.to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("the server cannot be started")?;
        let mut running = Running {
            address,
            folder,
            started_in: Duration::ZERO,
            limited: self.limited,
            child,
            keep: self.keep,
        };
        while !healthy(address).await {
            if let Some(status) = running.child.try_wait()? {
                bail!("the server ended with {status}:\n{}", running.log_end());
            }
            ensure!(begun.elapsed() < Duration::from_secs(60), "no healthy answer:\n{}", running.log_end());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        running.started_in = begun.elapsed();
        Ok(running)
    }
}

/// Numbers that differ between calls of this process.
fn fresh() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

async fn healthy(address: SocketAddr) -> bool {
    let ask = async {
        let mut socket = TcpStream::connect(address).await?;
        socket.write_all(b"GET /_health HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n").await?;
        let mut status = [0; 12];
        socket.read_exact(&mut status).await?;
        Ok::<_, std::io::Error>(status)
    };
    matches!(ask.await, Ok(status) if status.ends_with(b" 200"))
}

impl Running {
    pub fn usage(&self) -> Result<Usage> {
        usage(self.child.id())
    }

    /// Waits until the server has used next to no processor time for half a second.
    pub async fn settle(&self) -> Result<Usage> {
        let mut before = self.usage()?;
        for _ in 0..60 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let now = self.usage()?;
            if now.cores_since(&before) < 0.04 {
                return Ok(now);
            }
            before = now;
        }
        Ok(before)
    }

    fn log_end(&self) -> String {
        let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Asks the server to stop and waits for it; keeps the folder. How long it took.
    pub async fn stop(mut self) -> Result<(PathBuf, Duration)> {
        let begun = Instant::now();
        let asked = Command::new("kill").args(["-s", "TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "the server was already gone:\n{}", self.log_end());
        while self.child.try_wait()?.is_none() {
            ensure!(begun.elapsed() < Duration::from_secs(40), "the server does not stop");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.keep = true;
        Ok((self.folder.clone(), begun.elapsed()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if self.keep {
            return;
        }
        remove(&self.folder);
    }
}

/// Removes a server's folder.
pub fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// What process `pid` has used, from /proc.
pub fn usage(pid: u32) -> Result<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("the server is gone")?;
    let after_name = stat.rsplit_once(") ").context("/proc/pid/stat")?.1;
    let fields: Vec<_> = after_name.split(' ').collect();
    // utime and stime, in ticks of 1/100 s on every Linux there is.
    let (user, kernel): (u64, u64) = (fields[11].parse()?, fields[12].parse()?);
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .context("/proc/pid/status")?
        .trim()
        .parse()?;
    let time = |ticks| Duration::from_millis(ticks * 10);
    Ok(Usage { cpu: time(user + kernel), kernel: time(kernel), resident: kib * 1024, at: Instant::now() })
}

/// Fails with advice when this process may not open `files` files; the server inherits the limit.
pub fn need_files(files: u64) -> Result<()> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let line = limits.lines().find(|line| line.starts_with("Max open files")).context("/proc/self/limits")?;
    let soft = line.split_whitespace().nth(3).unwrap_or_default();
    if soft != "unlimited" && soft.parse::<u64>()? < files {
        bail!("this run opens {files} files and may open {soft}: `ulimit -n {files}` first");
    }
    Ok(())
}
