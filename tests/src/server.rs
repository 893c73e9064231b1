//! Where the instance under test comes from, and servers of a test's own (the crash tests).
//!
//! A started server lives in a temporary folder, listens on a free loopback port, and is stopped
//! through a small shell that waits for this process to end: no test can leave one behind.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

#[expect(clippy::disallowed_methods, reason = "a test suite is told what to test by its environment")]
fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

/// The gateway address given by hand, for instances whose public address is not reachable.
pub fn gateway_override() -> Option<String> {
    env("FLUXER_TEST_GATEWAY")
}

/// Whether the shared instance asks a virus scanner (`scripts/with-clamd`).
pub fn scans_viruses() -> bool {
    env("FLUXER_TEST_CLAMD").is_some()
}

/// The binary to start: `FLUXER_TEST_BIN`, else the `fluxer` beside the test's own target folder.
pub fn binary() -> Option<PathBuf> {
    let path = match env("FLUXER_TEST_BIN") {
        Some(path) => PathBuf::from(path),
        None => std::env::current_exe().ok()?.parent()?.parent()?.join("fluxer"),
    };
    path.is_file().then(|| path.canonicalize().ok()).flatten()
}

/// Base URL of the instance all tests share.
pub fn base() -> String {
    static SHARED: OnceLock<(String, Option<Server>)> = OnceLock::new();
    SHARED
        .get_or_init(|| match env("FLUXER_TEST_URL") {
            Some(url) => (url.trim_end_matches('/').to_owned(), None),
            None => {
                let server = Server::start();
                (server.base.clone(), Some(server))
            }
        })
        .0
        .clone()
}

/// A server process that belongs to the test.
pub struct Server {
    pub base: String,
    pub folder: PathBuf,
    address: String,
    settings: Vec<(String, String)>,
    shell: Child,
}

impl Server {
    /// Starts the binary in a fresh folder and waits until it answers.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with settings of its own beside or instead of the usual ones.
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("fluxer-test-{:x}", crate::unique::number()));
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let ip = format!("127.0.0.{}", 2 + std::process::id() % 250);
        let port =
            TcpListener::bind((ip.as_str(), 0)).and_then(|l| l.local_addr()).expect("a free port").port();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self::start_in(folder, format!("{ip}:{port}"), settings.iter().map(owned).collect())
    }

    fn start_in(folder: PathBuf, address: String, settings: Vec<(String, String)>) -> Self {
        let binary = binary().expect("FLUXER_TEST_URL, or a fluxer binary (FLUXER_TEST_BIN) to start");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(folder.join("server.log"))
            .expect("the log can be written");
        // `read` returns when this process closes the pipe, dead or alive.
        let script = r#""$0" serve & pid=$!; echo $pid > pid; read -r keep; kill $pid; wait $pid;
                        [ "$keep" = keep ] || rm -rf "$PWD""#;
        let shell = Self::configured(Command::new("sh"), &address)
            .args(["-c", script])
            .arg(&binary)
            .envs(settings.iter().cloned())
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .spawn()
            .expect("sh can be started");
        let server = Self { base: format!("http://{address}/api"), folder, address, settings, shell };
        server.wait_until_healthy();
        server
    }

    fn configured(mut command: Command, address: &str) -> Command {
        let (ip, port) = address.split_once(':').expect("host:port");
        command
            .env("FLUXER_CONFIG__ENV", "test")
            .env("FLUXER_CONFIG__DEV__TEST_MODE_ENABLED", "true")
            .env("FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS", "true")
            .env("FLUXER_CONFIG__SERVICES__SERVER__HOST", ip)
            .env("FLUXER_CONFIG__SERVICES__SERVER__PORT", port)
            .env("FLUXER_CONFIG__DOMAIN__BASE_DOMAIN", ip)
            .env("FLUXER_CONFIG__DOMAIN__PUBLIC_PORT", port)
            .env("FLUXER_CONFIG__NATIVE__OUTBOUND__ALLOWED_NETWORKS", r#"["127.0.0.0/8"]"#)
            .env("FLUXER_CONFIG__SERVICES__MEDIA_PROXY__SECRET_KEY", "test-secret");
        command
    }

    /// Runs `fluxer` with these arguments on the server's folder; what it printed.
    pub fn command(&self, arguments: &[&str]) -> String {
        let binary = binary().expect("the binary the server was started from");
        let output = Self::configured(Command::new(binary), &self.address)
            .args(arguments)
            .envs(self.settings.iter().cloned())
            .current_dir(&self.folder)
            .output()
            .expect("the binary can be run");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "fluxer {arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn wait_until_healthy(&self) {
        use std::io::{Read, Write};
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if let Ok(mut socket) = std::net::TcpStream::connect(&self.address) {
                let request =
                    format!("GET /_health HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
                let mut answer = String::new();
                if socket.write_all(request.as_bytes()).is_ok()
                    && socket.read_to_string(&mut answer).is_ok()
                    && answer.starts_with("HTTP/1.1 200")
                {
                    return;
                }
            }
            std::thread::sleep(Duration::from_millis(20)); // bounded polling of another process
        }
        let log = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        panic!("the server did not become healthy; its log:\n{log}");
    }

    pub fn pid(&self) -> String {
        std::fs::read_to_string(self.folder.join("pid")).expect("the shell wrote the pid").trim().to_owned()
    }

    /// SIGKILL, then a new process on the same folder and port.
    pub fn crash_and_restart(self) -> Self {
        self.signal("KILL");
        self.restart()
    }

    /// Sends a signal to the server process.
    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args(["-s", name, &self.pid()]).status().expect("kill can be run");
        assert!(done.success(), "the server was already gone");
    }

    /// Waits for the process to be gone and starts another on its folder.
    pub fn restart(mut self) -> Self {
        use std::io::Write;
        let mut stdin = self.shell.stdin.take().expect("the pipe to the shell");
        let _ = stdin.write_all(b"keep\n");
        drop(stdin);
        let _ = self.shell.wait();
        let (folder, address) = (self.folder.clone(), self.address.clone());
        Self::start_in(folder, address, std::mem::take(&mut self.settings))
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }

    pub fn data(&self) -> &Path {
        &self.folder
    }
}
