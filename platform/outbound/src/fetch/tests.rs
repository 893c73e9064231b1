//! A fetcher against servers and a name server of the test's own, which do their worst.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use hickory_resolver::proto::{
    op::{Message, ResponseCode},
    rr::{
        RData, Record, RecordType,
        rdata::{A, AAAA},
    },
};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, UdpSocket},
};

use super::*;

/// Serves one answer to each request, made of the request's head and the server's address; the
/// connection ends after it. Counts the requests.
async fn server(
    address: &str,
    answer: impl Fn(&str, SocketAddr) -> Vec<u8> + Send + Sync + 'static,
) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind((address, 0)).await.unwrap();
    let local = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, answer) = (asked.clone(), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let (count, answer) = (count.clone(), answer.clone());
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    if socket.read(&mut byte).await.unwrap_or(0) == 0 {
                        return;
                    }
                    head.push(byte[0]);
                }
                count.fetch_add(1, SeqCst);
                let answer = answer(&String::from_utf8_lossy(&head), local);
                // The other side may have had enough.
                let _ = socket.write_all(&answer).await;
            });
        }
    });
    (local, asked)
}

fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

fn moved(status: u16, to: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

fn fetcher(allowed: &str, name_server: Option<SocketAddr>) -> Fetcher {
    let allowed_networks = allowed.split(',').filter_map(Network::parse).collect();
    Fetcher::new(FetchOptions { allowed_networks, name_server, ..FetchOptions::default() }).unwrap()
}

fn url(address: SocketAddr, path: &str) -> Url {
    Url::parse(&format!("http://{address}{path}")).unwrap()
}

/// Answers by name from `zone`; each question about a name takes the next of its answers.
async fn name_server(zone: &'static [(&'static str, &'static [&'static str])]) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut turns = vec![0; zone.len()];
        let mut buffer = [0; 2048];
        while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).unwrap();
            let query = question.queries[0].clone();
            let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
            answer.add_query(query.clone());
            let name = query.name().to_string();
            match zone.iter().position(|(known, _)| *known == name) {
                None => answer.metadata.response_code = ResponseCode::NXDomain,
                Some(index) => {
                    let answers = zone[index].1;
                    let turn = if query.query_type() == RecordType::A { &mut turns[index] } else { &mut 0 };
                    for text in answers[(*turn).min(answers.len() - 1)].split(' ') {
                        let data = match (text.parse().unwrap(), query.query_type()) {
                            (std::net::IpAddr::V4(v4), RecordType::A) => RData::A(A(v4)),
                            (std::net::IpAddr::V6(v6), RecordType::AAAA) => RData::AAAA(AAAA(v6)),
                            _ => continue,
                        };
                        answer.add_answer(Record::from_rdata(query.name().clone(), 0, data));
                    }
                    *turn += 1;
                }
            }
            socket.send_to(&answer.to_vec().unwrap(), peer).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn what_is_allowed_arrives_as_it_is() {
    let (address, _) = server("127.0.0.1", |head, _| {
        let head = head.to_lowercase();
        for line in [
            "accept: */*",
            "cache-control: no-cache, no-store, must-revalidate",
            "pragma: no-cache",
            "user-agent: mozilla/5.0 (compatible; fluxerbot/1.0; +https://fluxer.app)",
            "x-mine: 1",
        ] {
            assert!(head.contains(&format!("\r\n{line}\r\n")), "{line} in {head}");
        }
        assert!(!head.contains("accept-encoding"), "{head}");
        ok("body")
    })
    .await;
    let fetcher = fetcher("127.0.0.0/8", None);
    let ask = Ask {
        headers: HeaderMap::from_iter([("x-mine".parse().unwrap(), "1".parse().unwrap())]),
        ..Ask::default()
    };
    let found = fetcher.get(&url(address, "/a?b"), ask.clone()).await.unwrap();
    assert_eq!(
        (found.status, found.content_type.as_deref(), found.length),
        (200, Some("image/png"), Some(4))
    );
    assert_eq!(&found.bytes().await.unwrap()[..], b"body");
    let file = std::env::temp_dir().join(format!("fetch-{}", std::process::id()));
    let found = fetcher.get(&url(address, "/"), ask).await.unwrap();
    assert_eq!(found.to_file(&file).await.unwrap(), 4);
    assert_eq!(std::fs::read(&file).unwrap(), b"body");
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn this_machine_and_its_network_are_not_asked() {
    let (address, asked) = server("127.0.0.1", |_, _| ok("secret")).await;
    let fetcher = fetcher("", None);
    let port = address.port();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"]
    {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let refused = fetcher.get(&url, Ask::default()).await;
        assert!(matches!(refused, Err(FetchError::Private)), "{host}: {refused:?}");
    }
    assert_eq!(asked.load(SeqCst), 0);
}

#[tokio::test]
async fn redirects_are_judged_like_the_first_address() {
    // 127.0.0.2 stands for the internet; what it points to does not belong to it.
    let (inside, asked) = server("127.0.0.1", |_, _| ok("secret")).await;
    let port = inside.port();
    let (outside, _) = server("127.0.0.2", move |head, _| {
        let path = head.split(' ').nth(1).unwrap();
        let to = match path {
            "/plain" => format!("http://127.0.0.1:{port}/"),
            "/decimal" => format!("http://2130706433:{port}/"),
            "/hex" => format!("//0x7f000001:{port}/"),
            "/mapped" => format!("http://[::ffff:127.0.0.1]:{port}/"),
            "/six" => format!("http://[::1]:{port}/"),
            "/cloud" => "http://169.254.169.254/latest/meta-data/".into(),
            "/name" => format!("http://localhost:{port}/"),
            "/file" => "file:///etc/passwd".into(),
            "/ftp" => "ftp://127.0.0.2/".into(),
            "/broken" => "http://[".into(),
            other => unreachable!("{other}"),
        };
        moved(302, &to)
    })
    .await;
    let fetcher = fetcher("127.0.0.2", None);
    for path in ["/plain", "/decimal", "/hex", "/mapped", "/six", "/cloud"] {
        let refused = fetcher.get(&url(outside, path), Ask::default()).await;
        assert!(matches!(refused, Err(FetchError::Private)), "{path}: {refused:?}");
    }
    for path in ["/name", "/file", "/ftp", "/broken"] {
        let refused = fetcher.get(&url(outside, path), Ask::default()).await;
        assert!(matches!(refused, Err(FetchError::Url(_))), "{path}: {refused:?}");
    }
    assert_eq!(asked.load(SeqCst), 0, "nothing inside was asked");
}

#[tokio::test]
async fn a_few_redirects_are_followed() {
    let (address, asked) = server("127.0.0.1", |head, local| {
        let path = head.split(' ').nth(1).unwrap();
        match path.strip_prefix("/left/").map(|left| left.parse::<u32>().unwrap()) {
            Some(0) => ok("arrived"),
            Some(left) => moved([301, 302, 303, 307, 308][left as usize % 5], &format!("/left/{}", left - 1)),
            None => moved(307, &format!("http://{local}/loop")),
        }
    })
    .await;
    let fetcher = fetcher("127.0.0.0/8", None);
    let found = fetcher.get(&url(address, "/left/5"), Ask::default()).await.unwrap();
    assert_eq!((found.status, found.url.path()), (200, "/left/0"));
    for path in ["/left/6", "/loop"] {
        asked.store(0, SeqCst);
        let refused = fetcher.get(&url(address, path), Ask::default()).await;
        assert!(matches!(refused, Err(FetchError::TooManyRedirects)), "{path}");
        assert_eq!(asked.load(SeqCst), 1 + MAX_REDIRECTS);
    }
}

#[tokio::test]
async fn secrets_stay_with_their_origin() {
    let (other, _) = server("127.0.0.3", |head, _| {
        let head = head.to_lowercase();
        let leaked =
            ["authorization", "cookie", "proxy-authorization"].iter().any(|name| head.contains(name));
        ok(if leaked {
            "leaked"
        } else if head.contains("x-kept") {
            "clean"
        } else {
            "lost"
        })
    })
    .await;
    let (address, _) = server("127.0.0.2", move |head, _| match head.split(' ').nth(1) {
        Some("/away") => moved(302, &format!("http://{other}/")),
        Some("/here") => moved(302, "/there"),
        _ => ok(if head.contains("authorization: a") { "kept" } else { "lost" }),
    })
    .await;
    let fetcher = fetcher("127.0.0.0/8", None);
    let mut headers = HeaderMap::new();
    for (name, value) in
        [("authorization", "a"), ("cookie", "b"), ("proxy-authorization", "c"), ("x-kept", "d")]
    {
        headers.insert(name, value.parse().unwrap());
    }
    for (path, said) in [("/away", "clean"), ("/here", "kept")] {
        let ask = Ask { headers: headers.clone(), ..Ask::default() };
        let body = fetcher.get(&url(address, path), ask).await.unwrap().bytes().await.unwrap();
        assert_eq!(body, said.as_bytes(), "{path}");
    }
}

#[tokio::test]
async fn names_are_pinned_to_what_was_checked() {
    let (address, asked) = server("127.0.0.2", |_, _| ok("body")).await;
    let names = name_server(&[
        // First harmless, then inside, and never to be remembered.
        ("rebinds.example.", &["127.0.0.2", "127.0.0.1"]),
        ("inside.example.", &["127.0.0.1"]),
        ("both.example.", &["127.0.0.2 127.0.0.1"]),
        ("six.example.", &["::1"]),
        ("mapped.example.", &["::ffff:127.0.0.1"]),
        ("cloud.example.", &["169.254.169.254"]),
    ])
    .await;
    let fetcher = fetcher("127.0.0.2", Some(names));
    let get = async |name: &str| {
        let url = Url::parse(&format!("http://{name}:{}/", address.port())).unwrap();
        fetcher.get(&url, Ask::default()).await.map(|found| found.status)
    };
    assert_eq!(get("rebinds.example").await.unwrap(), 200);
    assert_eq!(get("rebinds.example").await.unwrap(), 200, "the checked answer is used");
    assert_eq!(asked.load(SeqCst), 2);
    for name in ["inside.example", "both.example", "six.example", "mapped.example", "cloud.example"] {
        let refused = get(name).await;
        assert!(matches!(refused, Err(FetchError::Private)), "{name}: {refused:?}");
    }
    assert!(matches!(get("none.example").await, Err(FetchError::Unresolvable)));
    assert_eq!(asked.load(SeqCst), 2);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_refused_by_the_connection_itself() {
    let names = name_server(&[("rebinds.example.", &["127.0.0.2", "127.0.0.1"])]).await;
    let guarded = fetcher("127.0.0.2", Some(names));
    let found = Url::parse("http://rebinds.example/").unwrap();
    guarded.guard.check(&found).await.unwrap();
    // As if the sixty seconds had passed between check and connection.
    guarded.guard.forget();
    let refused = guarded.client.get(found).send().await.map_err(FetchError::from);
    assert!(matches!(refused, Err(FetchError::Private)), "{refused:?}");
}

#[tokio::test]
async fn bodies_have_a_size() {
    let (address, _) = server("127.0.0.1", |head, _| match head.split(' ').nth(1).unwrap() {
        "/announced" => b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n".to_vec(),
        "/lied" => [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &[b'x'; 100_000]].concat(),
        "/exact" => ok(&"x".repeat(1000)),
        "/gzip" => b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc".to_vec(),
        "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc".to_vec(),
        other => unreachable!("{other}"),
    })
    .await;
    let fetcher = fetcher("127.0.0.0/8", None);
    let get = async |path| {
        let ask = Ask { max_bytes: 1000, ..Ask::default() };
        fetcher.get(&url(address, path), ask).await?.bytes().await
    };
    assert_eq!(get("/exact").await.unwrap().len(), 1000);
    for path in ["/announced", "/lied"] {
        assert!(matches!(get(path).await, Err(FetchError::TooLarge(1000))), "{path}");
    }
    assert!(matches!(get("/gzip").await, Err(FetchError::Encoded)));
    assert!(matches!(get("/short").await, Err(FetchError::Transport(_))), "a cut body is no body");
}

#[tokio::test]
async fn slow_answers_end() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut byte = [0; 5];
            socket.read_exact(&mut byte).await.unwrap();
            if byte.ends_with(b"b") {
                socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").await.unwrap();
            }
            held.push(socket);
        }
    });
    let fetcher = fetcher("127.0.0.0/8", None);
    let ask = Ask { timeout: Duration::from_millis(300), ..Ask::default() };
    let head = fetcher.get(&url(address, "/"), ask.clone()).await;
    assert!(matches!(head, Err(FetchError::Timeout)), "{head:?}");
    let body = fetcher.get(&url(address, "/body"), ask).await;
    let body = match body {
        Ok(found) => found.bytes().await.map(|_| ()),
        Err(error) => Err(error),
    };
    assert!(matches!(body, Err(FetchError::Timeout)), "{body:?}");
}
