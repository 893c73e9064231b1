use super::*;

fn client(folder: &std::path::Path) -> Client {
    let discovery = Box::new(|| "{\"a\":1}".to_owned());
    Client::open(Some(folder.to_owned()), Origins::default(), discovery, Rng::seeded(1)).unwrap()
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect()
}

async fn get(client: &Client, path: &str, pairs: &[(&'static str, &'static str)]) -> Option<Response<Body>> {
    match client.answer(&Method::GET, &path.parse().unwrap(), &headers(pairs)).await {
        Verdict::Answer(response) => Some(response),
        Verdict::Pass(_) => None,
    }
}

fn dist(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("fluxer-web-{name}-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for (name, text) in [
        ("index.html", "<html lang=\"en\" dir=\"ltr\"><head></head></html>"),
        ("sw.js", "worker"),
        ("assets/a-1.js", "script"),
        ("assets/a-1.js.br", "brotli"),
        ("assets/a-1.js.gz", "gzip"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn value<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn body(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_compressed() {
    let folder = dist("hashed");
    let client = client(&folder);
    for (accepted, encoding, text) in
        [("br, gzip", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "script")]
    {
        let response = get(&client, "/assets/a-1.js", &[("accept-encoding", accepted)]).await.unwrap();
        assert_eq!(value(&response, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(value(&response, "content-encoding"), encoding);
        assert_eq!(value(&response, "content-type"), "text/javascript; charset=utf-8");
        assert_eq!(value(&response, "vary"), "accept-encoding");
        assert_eq!(value(&response, "x-content-type-options"), "nosniff");
        assert_eq!(body(response).await, text);
    }
    // A file that is gone is no page: a browser must not run one.
    let missing = get(&client, "/assets/b-1.js", &[("accept", "text/html")]).await.unwrap();
    assert_eq!(missing.status(), 404);
    assert_eq!(value(&missing, "cache-control"), "no-store");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn named_files_are_compared() {
    let folder = dist("named");
    let client = client(&folder);
    let first = get(&client, "/sw.js", &[]).await.unwrap();
    assert_eq!(value(&first, "cache-control"), "no-cache");
    let tag = value(&first, "etag").to_owned();
    let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, format!("W/{tag}").parse().unwrap())]);
    let Verdict::Answer(again) = client.answer(&Method::GET, &"/sw.js".parse().unwrap(), &known).await else {
        panic!("not answered")
    };
    assert_eq!((again.status().as_u16(), value(&again, "etag")), (304, tag.as_str()));
    assert_eq!(body(again).await, "");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn only_a_persons_browser_gets_the_page_where_the_api_has_the_same_address() {
    let folder = dist("page");
    let client = client(&folder);
    let browser = [("accept", "text/html,*/*;q=0.8"), ("sec-fetch-mode", "navigate")];
    let page = get(&client, "/channels/1/2", &browser).await.unwrap();
    assert!(value(&page, "content-security-policy").contains("'nonce-"));
    assert_eq!(value(&page, "x-frame-options"), "DENY");
    assert!(body(page).await.contains("id=\"fluxer-discovery\">{\"a\":1}</script>"));
    assert!(get(&client, "/channels/1/2", &[("accept", "*/*")]).await.is_none());
    assert!(get(&client, "/channels/1", &[("accept", "text/html"), ("authorization", "x")]).await.is_none());
    assert!(get(&client, "/login", &[]).await.is_some());
    for other in ["/users/@me", "/api/channels/1/2", "/channels/1/messages", "/gateway", "/index.html"] {
        assert!(get(&client, other, &browser).await.is_none(), "{other}");
    }
    let posted = client.answer(&Method::POST, &"/login".parse().unwrap(), &HeaderMap::new()).await;
    assert!(matches!(posted, Verdict::Pass(false)));
    std::fs::remove_dir_all(folder).unwrap();
}
