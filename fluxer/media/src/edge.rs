//! Answering only what came through Cloudflare: the address the request was forwarded from must
//! lie in the ranges Cloudflare publishes.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::http::HeaderMap;
use parking_lot::RwLock;
use platform_kernel::{Network, Shutdown};
use platform_outbound::{Ask, Fetcher};
use url::Url;

const LISTS: [&str; 2] = ["https://www.cloudflare.com/ips-v4", "https://www.cloudflare.com/ips-v6"];
const REFRESH: Duration = Duration::from_secs(600);
const MAX_LIST: u64 = 64 << 10;

/// The networks of the edge. Empty until they were fetched: then nobody comes through.
#[derive(Debug, Clone, Default)]
pub struct Edge(Arc<RwLock<Vec<Network>>>);

impl Edge {
    /// Fetches the ranges now and every ten minutes. What was known stays when that fails.
    pub async fn refresh(self, fetcher: Fetcher, shutdown: Shutdown) {
        while !shutdown.is_requested() {
            match fetch(&fetcher).await {
                Ok(networks) => *self.0.write() = networks,
                Err(error) => tracing::warn!(error, "The address ranges of Cloudflare were not renewed."),
            }
            tokio::select! {
                () = tokio::time::sleep(REFRESH) => {}
                () = shutdown.requested() => {}
            }
        }
    }

    pub fn admits(&self, path: &str, headers: &HeaderMap) -> bool {
        if matches!(path, "/_health" | "/_metadata") {
            return true;
        }
        let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let first = forwarded.and_then(|value| value.split(',').next());
        let address = first.and_then(|first| first.trim().parse::<IpAddr>().ok());
        address.is_some_and(|address| self.0.read().iter().any(|network| network.contains(address)))
    }
}

async fn fetch(fetcher: &Fetcher) -> Result<Vec<Network>, String> {
    let mut networks = Vec::new();
    for list in LISTS {
        let url = Url::parse(list).map_err(|error| error.to_string())?;
        let ask = Ask { max_bytes: MAX_LIST, ..Ask::default() };
        let fetched = fetcher.get(&url, ask).await.map_err(|error| error.to_string())?;
        if fetched.status != 200 {
            return Err(format!("{list}: status {}", fetched.status));
        }
        let text = fetched.bytes().await.map_err(|error| error.to_string())?;
        networks.extend(parse(&String::from_utf8_lossy(&text)).ok_or(format!("{list}: not a list"))?);
    }
    Ok(networks)
}

/// A network a line; a list with anything else in it is none.
fn parse(text: &str) -> Option<Vec<Network>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(Network::parse).collect::<Option<Vec<_>>>().filter(|networks| !networks.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_edge_comes_through() {
        let edge = Edge::default();
        let asked = |forwarded: &'static str| {
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), forwarded.parse().unwrap())])
        };
        assert!(!edge.admits("/avatars/1/x.png", &asked("173.245.48.1")), "nothing is known yet");
        *edge.0.write() = parse("173.245.48.0/20\n2400:cb00::/32\n").unwrap();
        assert!(edge.admits("/avatars/1/x.png", &asked("173.245.48.1, 10.0.0.1")));
        assert!(edge.admits("/avatars/1/x.png", &asked("2400:cb00::1")));
        assert!(!edge.admits("/avatars/1/x.png", &asked("8.8.8.8, 173.245.48.1")));
        assert!(!edge.admits("/avatars/1/x.png", &HeaderMap::new()));
        assert!(edge.admits("/_health", &HeaderMap::new()));
        assert!(parse("<html>").is_none() && parse("").is_none());
    }
}
