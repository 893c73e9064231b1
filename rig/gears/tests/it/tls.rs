//! TLS on both sides, with certificates made here.

use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rig_gears::Message;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::{ECHO, Station, framed, observed, until, until_closed};

/// A folder with an authority, a server, a client, and another authority nobody believes.
struct Papers(PathBuf);

impl Papers {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let papers = Self(folder);
        let authority = papers.authority("ca");
        papers.authority("other-ca");
        for (name, names) in
            [("server", vec!["localhost".to_owned(), "127.0.0.1".into()]), ("client", vec![])]
        {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(names).unwrap();
            params.distinguished_name.push(DnType::CommonName, name);
            papers.keep(&format!("{name}.pem"), &params.signed_by(&key, &authority).unwrap().pem());
            papers.keep(&format!("{name}.key"), &key.serialize_pem());
        }
        papers
    }
    fn authority(&self, name: &str) -> CertifiedIssuer<'static, KeyPair> {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        self.keep(&format!("{name}.pem"), &authority.pem());
        authority
    }
    fn keep(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
    /// The block `tls`; `files` by key, without the folder.
    fn tls(&self, files: &[(&str, &str)], mut more: Value) -> Value {
        for (key, file) in files {
            more[*key] = self.0.join(file).to_str().unwrap().into();
        }
        more
    }
}

const OWN: [(&str, &str); 2] = [("cert_file", "server.pem"), ("key_file", "server.key")];

async fn server(name: &str, tls: Value) -> Station {
    let config = json!({"mode": "server", "bind": "127.0.0.1:0", "tls": tls, "read_timeout": "10s"});
    Station::new(name, "io_iso8583", config).await
}

async fn client(name: &str, server: &Station, tls: Value) -> Station {
    let config = json!({
        "mode": "client", "connect": server.address().to_string(), "reconnect_wait": "20ms", "tls": tls,
    });
    Station::new(name, "io_iso8583", config).await
}

async fn talk(client: &mut Station, server: &mut Station) {
    until(|| client.context.links.is_up(&client.name)).await;
    for _ in 0..3 {
        client.send(Message::from_raw(ECHO)).await.unwrap();
    }
    server.echo(3).await;
    for _ in 0..3 {
        assert_eq!(client.next().await.raw[..], *ECHO);
    }
    let large = [ECHO, &[b'0'; 60_000]].concat();
    client.send(Message::from_raw(large.clone())).await.unwrap();
    server.echo(1).await;
    assert_eq!(client.next().await.raw[..], *large);
}

#[tokio::test]
async fn both_show_who_they_are() {
    let papers = Papers::new("mutual");
    let own = [&OWN[..], &[("ca_file", "ca.pem")]].concat();
    let mut host = server("mutual-server", papers.tls(&own, json!({"require_client_cert": true}))).await;
    let files = [("cert_file", "client.pem"), ("key_file", "client.key"), ("ca_file", "ca.pem")];
    let mut known = client("mutual-client", &host, papers.tls(&files, json!({}))).await;
    talk(&mut known, &mut host).await;
    // Without a certificate nobody is let in, and those who are go on.
    let nobody = client("mutual-nobody", &host, papers.tls(&[("ca_file", "ca.pem")], json!({}))).await;
    until(|| host.errors("tls_handshake") > 0).await;
    assert!(observed::logged(&["mutual-server", "handshake"]));
    nobody.gear.stop().await;
    talk(&mut known, &mut host).await;
    known.gear.stop().await;
    host.gear.stop().await;
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_believed() {
    let papers = Papers::new("vouch");
    let mut host = server("vouch-server", papers.tls(&OWN, json!({}))).await;
    let doubting =
        client("vouch-doubting", &host, papers.tls(&[("ca_file", "other-ca.pem")], json!({}))).await;
    until(|| doubting.errors("connect") > 0).await;
    assert!(!doubting.context.links.is_up("vouch-doubting"));
    doubting.gear.stop().await;
    let other_name = json!({"server_name": "elsewhere.example"});
    let misled = client("vouch-misled", &host, papers.tls(&[("ca_file", "ca.pem")], other_name)).await;
    until(|| misled.errors("connect") > 0).await;
    misled.gear.stop().await;
    let named = json!({"server_name": "localhost"});
    let mut named = client("vouch-named", &host, papers.tls(&[("ca_file", "ca.pem")], named)).await;
    talk(&mut named, &mut host).await;
    let mut careless = client("vouch-careless", &host, json!({"insecure_skip_verify": true})).await;
    talk(&mut careless, &mut host).await;
}

#[tokio::test]
async fn who_speaks_no_tls_is_told_and_others_are_served() {
    let papers = Papers::new("plain");
    let mut host = server("plain-server", papers.tls(&OWN, json!({}))).await;
    let mut plain = host.call().await;
    plain.write_all(&framed(ECHO)).await.unwrap();
    until_closed(&mut plain).await;
    host.error("tls_handshake", 1).await;
    let mut known = client("plain-known", &host, papers.tls(&[("ca_file", "ca.pem")], json!({}))).await;
    talk(&mut known, &mut host).await;
}

#[tokio::test]
async fn papers_that_are_missing_are_told_before_anything_opens() {
    let papers = Papers::new("missing");
    for (tls, wanted) in [
        (json!({}), "a server with TLS needs"),
        (papers.tls(&[("cert_file", "server.pem")], json!({})), "belong together"),
        (papers.tls(&OWN, json!({"require_client_cert": true})), "`require_client_cert` needs `ca_file`"),
        (papers.tls(&[("cert_file", "none.pem"), ("key_file", "server.key")], json!({})), "none.pem"),
        (papers.tls(&[("cert_file", "server.key"), ("key_file", "server.key")], json!({})), "no certificate"),
        (papers.tls(&[("cert_file", "client.pem"), ("key_file", "server.key")], json!({})), "consistent"),
    ] {
        let config = json!({"mode": "server", "bind": "127.0.0.1:0", "tls": tls});
        let station = Station::with_lane("missing", "io_iso8583", config, 1);
        let error = station.gear.init().await.unwrap_err();
        assert_eq!(error.reason, "tls");
        assert!(error.detail.contains(wanted), "{error}");
    }
    let off = json!({"mode": "server", "bind": "127.0.0.1:0", "tls": {"enabled": false}});
    Station::with_lane("missing", "io_iso8583", off, 1).gear.init().await.unwrap();
}

#[tokio::test]
async fn http_is_spoken_over_tls_by_both() {
    let papers = Papers::new("http");
    let config = json!({"mode": "server", "bind": "127.0.0.1:0", "tls": papers.tls(&OWN, json!({}))});
    let mut host = Station::new("http-server", "http", config).await;
    let client = |name: &'static str, ca: &'static str| {
        let tls = papers.tls(&[("ca_file", ca)], json!({}));
        let url = format!("https://{}/x", host.address());
        Station::new(name, "http", json!({"mode": "client", "url": url, "tls": tls}))
    };
    let doubting = client("http-doubting", "other-ca.pem").await;
    let mut client = client("http-client", "ca.pem").await;
    for text in ["one", "two"] {
        client.send(Message::from_raw(text)).await.unwrap();
        let mut asked = host.next().await;
        assert_eq!(asked.raw, text);
        asked.raw = "answer".into();
        host.send(asked).await.unwrap();
        assert_eq!(client.next().await.raw, "answer");
    }
    doubting.send(Message::from_raw("x")).await.unwrap();
    until(|| doubting.errors("http_connect") > 0).await;
    client.gear.stop().await;
    host.gear.stop().await;
}
