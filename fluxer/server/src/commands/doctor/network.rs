//! The port, and what stands between it and the clients.

use std::{net::IpAddr, time::Duration};

use anyhow::{Context, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::Finding;
use crate::{
    config::{Config, Env, Scheme},
    listener,
};

const PATIENCE: Duration = Duration::from_secs(5);

pub async fn port(config: &Config, running: bool) -> Vec<Finding> {
    let server = &config.services.server;
    let (host, port) = (server.host.as_str(), server.port);
    if running {
        let local = host.parse().ok().filter(|address: &IpAddr| !address.is_unspecified());
        let local = local.map_or_else(|| "127.0.0.1".to_owned(), |address| address.to_string());
        return vec![match get(&local, port, "localhost", "/_health").await {
            Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
                Finding::good("port", format!("the running server answers on {port}"))
            }
            Ok(answer) => Finding::bad(
                "port",
                format!("{port} answers {:?}", answer.lines().next().unwrap_or_default()),
                "read the server's log: a part of it is unhealthy",
            ),
            Err(error) => Finding::bad(
                "port",
                format!("a server runs on this data folder but {local}:{port} does not answer: {error:#}"),
                "run doctor with the same FLUXER_CONFIG and variables as the server; if they are the same, restart it",
            ),
        }];
    }
    vec![match listener::bind(host, port) {
        Ok(_) => Finding::good("port", format!("{port} on {host} is free")),
        Err(error) => Finding::bad("port", error.to_string(), "set services.server.port to a free port"),
    }]
}

pub async fn proxy(config: &Config) -> Vec<Finding> {
    let domain = &config.domain;
    let mut findings = Vec::new();
    let local = matches!(domain.base_domain.as_str(), "localhost" | "127.0.0.1" | "[::1]");
    if local {
        let text = "the public name is localhost: only this machine can use the instance";
        let remedy = "set domain.base_domain to the name clients use, and public_scheme to https behind TLS";
        findings.push(Finding::warning("public name", text, remedy));
    }
    if domain.public_scheme == Scheme::Https && config.env == Env::Production && !config.cookie.secure {
        let text = "cookies may travel without TLS";
        findings.push(Finding::warning("public name", text, "set cookie.secure to true"));
    }
    if domain.public_scheme == Scheme::Http && !local && domain.base_domain.parse::<IpAddr>().is_err() {
        findings.push(Finding::warning(
            "public name",
            "clients are told to use http: passwords travel in the clear, and browsers refuse microphone and camera",
            "put a reverse proxy with a certificate in front (Caddy: `reverse_proxy localhost:8080`) and set \
             domain.public_scheme to https",
        ));
    }
    if domain.public_scheme == Scheme::Https || !config.native.trusted_proxies.is_empty() {
        let trusted = if config.native.trusted_proxies.is_empty() {
            "this machine and private networks".to_owned()
        } else {
            config.native.trusted_proxies.join(", ")
        };
        findings.push(Finding::good(
            "proxy headers",
            format!("X-Forwarded-For is believed from {trusted}; a proxy elsewhere must be in native.trusted_proxies"),
        ));
    }
    if !local {
        findings.push(reach(config).await);
    }
    findings
}

/// Whether the public name leads here, as far as it can be told without TLS.
async fn reach(config: &Config) -> Finding {
    let name = config.domain.base_domain.as_str();
    let port = config.public_port(config.services.server.port);
    if config.domain.public_scheme == Scheme::Https {
        let reached = tokio::time::timeout(PATIENCE, TcpStream::connect((name, port))).await;
        return match reached {
            Ok(Ok(_)) => Finding::good("public name", format!("{name}:{port} accepts connections")),
            Ok(Err(error)) => Finding::bad("public name", format!("{name}:{port}: {error}"), UNREACHABLE),
            Err(_) => Finding::bad("public name", format!("{name}:{port} does not answer"), UNREACHABLE),
        };
    }
    match get(name, port, name, "/.well-known/fluxer").await {
        Ok(answer) if answer.contains("api_code_version") => {
            Finding::good("public name", format!("{name}:{port} leads to an instance"))
        }
        Ok(answer) => Finding::warning(
            "public name",
            format!("{name}:{port} answers {:?}", answer.lines().next().unwrap_or_default()),
            "another program answers there: forward /, /api, /gateway and /.well-known to this server",
        ),
        Err(error) => Finding::warning("public name", format!("{name}:{port}: {error:#}"), UNREACHABLE),
    }
}

const UNREACHABLE: &str = "check the DNS record of domain.base_domain, the firewall, domain.public_port and that the \
                           proxy (or the server) is running";

/// The raw answer to one request.
async fn get(connect: &str, port: u16, host: &str, path: &str) -> anyhow::Result<String> {
    let exchange = async {
        let mut stream = TcpStream::connect((connect, port)).await.context("cannot connect")?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(64 * 1024).read_to_end(&mut answer).await?;
        anyhow::Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    match tokio::time::timeout(PATIENCE, exchange).await {
        Ok(answer) => answer,
        Err(_) => bail!("no answer within {} s", PATIENCE.as_secs()),
    }
}
