//! Enriching a request: an operator is asked over HTTP where the cardholder's telephone is, within
//! 250 ms and once, and whatever it says or does not say becomes a code.

use std::{path::PathBuf, sync::Arc};

use platform_kernel::{Clock, Rng};
use rig_envelope::Uuid;
use rig_gears::{Listeners, Registry, Services};
use rig_rack::{Host, Options, Rack};
use rig_remap::RemapType;
use rig_scenario::{Scenario, Source};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

struct Values(String);

impl Source for Values {
    fn env(&self, name: &str) -> Option<String> {
        (name == "OPERATOR").then(|| self.0.clone())
    }
    fn secret(&self, name: &str) -> Option<String> {
        (name == "ENROLMENT").then(|| "key".to_owned())
    }
}

const SCENARIO: &str = r#"
meta: { name: roaming, version: 1.0.0 }
gears:
  - { name: scheme-in, type: http, config: { mode: server, bind: "127.0.0.1:0", json: true } }
  - name: prepare
    type: remap
    config:
      source: |
        # Who is not enrolled is never asked about.
        .token = slice!(encode_base16(hmac(string!(.pan), "${secret:ENROLMENT}")), 0, 32)
        if .msisdn == null { %output = "out_reply" } else { .question.device.phoneNumber = .msisdn }
  - name: operator
    type: http
    config:
      mode: client
      url: "http://${env:OPERATOR}/retrieve"
      body: data.question
      into: answer
      json: true
      timeout: 250ms
      success: [200, 404, 503]
  - name: decide
    type: remap
    config:
      source: |
        codes = { "UY": "748", "BR": "724", "MQ": "340" }
        acceptor = upcase(slice!(string!(.acceptor), -2))
        names, no_list = array(.answer.countryName)
        code = to_string(.answer.countryCode) ?? ""
        .risk.roaming_code = if %error.reason != null { "RS12" }
            else if %http.status == "404" { "RS10" }
            else if %http.status == "503" { "RS11" }
            else if no_list == null && length(names) == 0 { "RS13" }
            else if no_list == null { if includes(names, acceptor) { "RS00" } else { "RS01" } }
            else if code != "" { if get!(codes, [acceptor]) == code { "RS00" } else { "RS01" } }
            else { "RS12" }
        del(.question)
        del(.answer)
  - name: reply
    type: remap
    config: { source: "del(.pan)" }
wires:
  - { from: scheme-in.out, to: prepare.in }
  - { from: prepare.out, to: operator.in }
  - { from: prepare.out_reply, to: reply.in }
  - { from: operator.out, to: decide.in }
  - { from: operator.error, to: decide.in }
  - { from: decide.out, to: reply.in }
  - { from: reply.out, to: scheme-in.in }
"#;

/// Reads a head and its body; none at the end.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<(String, String)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let head = head.to_lowercase();
    let length = head.split("content-length: ").nth(1).map_or("0", |rest| rest.split("\r\n").next().unwrap());
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).await.ok()?;
    Some((head, String::from_utf8(body).unwrap()))
}

/// Answers by the last two digits of the number; 06 never.
async fn operator() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                while let Some((head, body)) = read(&mut stream).await {
                    assert!(head.starts_with("post /retrieve "), "{head}");
                    let question: serde_json::Value = serde_json::from_str(&body).unwrap();
                    let number = question["device"]["phoneNumber"].as_str().unwrap();
                    let (status, answer) = match &number[number.len() - 2..] {
                        "01" => ("200 OK", r#"{"roaming":true,"countryName":["UY"]}"#),
                        "03" => ("200 OK", r#"{"roaming":true,"countryCode":340}"#),
                        "04" => ("200 OK", r#"{"roaming":true,"countryCode":901,"countryName":[]}"#),
                        "05" => ("200 OK", r#"{"roaming":true}"#),
                        "06" => continue,
                        "07" => ("503 Busy", ""),
                        _ => ("404 Not Found", "no such subscriber"),
                    };
                    let length = answer.len();
                    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{answer}");
                    stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn every_answer_has_its_code() {
    let mut registry = Registry::builtin();
    registry.add(RemapType::new());
    let services = Services::default();
    let host = Host {
        clock: Clock::system(),
        rng: Rng::system(),
        machine: Uuid::nil(),
        registry,
        services: services.clone(),
        values: Arc::new(Values(operator().await)),
        base: PathBuf::from("."),
        hops: None,
    };
    let rack = Rack::new(Options::default(), host);
    rack.apply(&Scenario::parse(SCENARIO).unwrap()).await.unwrap();
    let address = services.get::<Listeners>().unwrap().lock()["scheme-in"];
    let mut caller = BufReader::new(TcpStream::connect(address).await.unwrap());
    for (number, acceptor, code) in [
        (Some("59899000001"), "MONTEVIDEO uy", Some("RS00")),
        (Some("59899000001"), "SAO PAULO BR", Some("RS01")),
        (Some("59899000003"), "FORT DE FRANCE MQ", Some("RS00")),
        (Some("59899000003"), "SAO PAULO BR", Some("RS01")),
        (Some("59899000004"), "MONTEVIDEO UY", Some("RS13")),
        (Some("59899000005"), "MONTEVIDEO UY", Some("RS12")),
        (Some("59899000006"), "MONTEVIDEO UY", Some("RS12")),
        (Some("59899000007"), "MONTEVIDEO UY", Some("RS11")),
        (Some("59899000099"), "MONTEVIDEO UY", Some("RS10")),
        (None, "MONTEVIDEO UY", None),
    ] {
        let mut request = serde_json::json!({"pan": "4111111111111111", "acceptor": acceptor});
        if let Some(number) = number {
            request["msisdn"] = number.into();
        }
        let body = request.to_string();
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len());
        caller.get_mut().write_all((head + &body).as_bytes()).await.unwrap();
        let (_, body) = read(&mut caller).await.unwrap();
        let reply: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(reply["risk"]["roaming_code"].as_str(), code, "{number:?} {acceptor}: {reply}");
        assert_eq!(reply["token"].as_str().map(str::len), Some(32));
        assert!(
            reply.get("pan").is_none() && reply.get("question").is_none() && reply.get("answer").is_none()
        );
    }
    rack.shutdown().await;
}
