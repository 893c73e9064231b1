//! Answering only what came through the edge, a CDN such as Cloudflare: the address the request was
//! forwarded from must lie in the ranges the CDN publishes.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::http::HeaderMap;
use parking_lot::RwLock;
use platform_kernel::{Network, Shutdown};
use platform_outbound::{Ask, Fetcher};
use url::Url;

const REFRESH: Duration = Duration::from_secs(600);
const MAX_LIST: u64 = 64 << 10;

/// The networks of the edge. Until they were fetched, nobody comes through.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Where the networks are published, one a line.
    lists: Arc<[String]>,
    networks: Arc<RwLock<Vec<Network>>>,
}

impl Edge {
    pub fn new(lists: &[String]) -> Self {
        Self { lists: lists.into(), networks: Arc::default() }
    }

    /// Fetches the ranges now and every ten minutes.
    pub async fn refresh(self, fetcher: Fetcher, shutdown: Shutdown) {
        while !shutdown.is_requested() {
            self.renew(&fetcher).await;
            tokio::select! {
                () = tokio::time::sleep(REFRESH) => {}
                () = shutdown.requested() => {}
            }
        }
    }

    /// Fetches the ranges. What was known stays when that fails.
    async fn renew(&self, fetcher: &Fetcher) {
        match self.fetch(fetcher).await {
            Ok(networks) => *self.networks.write() = networks,
            Err(error) => tracing::warn!(error, "The address ranges of the edge were not renewed."),
        }
    }

    pub fn admits(&self, path: &str, headers: &HeaderMap) -> bool {
        if matches!(path, "/_health" | "/_metadata") {
            return true;
        }
        let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let first = forwarded.and_then(|value| value.split(',').next());
        let address = first.and_then(|first| first.trim().parse::<IpAddr>().ok());
        address.is_some_and(|address| self.networks.read().iter().any(|network| network.contains(address)))
    }

    async fn fetch(&self, fetcher: &Fetcher) -> Result<Vec<Network>, String> {
        let mut networks = Vec::new();
        for list in &*self.lists {
            let url = Url::parse(list).map_err(|error| format!("{list}: {error}"))?;
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
}

/// A network a line; a list with anything else in it is none.
fn parse(text: &str) -> Option<Vec<Network>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(Network::parse).collect::<Option<Vec<_>>>().filter(|networks| !networks.is_empty())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::{Router, http::StatusCode, routing::get};
    use platform_outbound::FetchOptions;

    use super::*;

    #[tokio::test]
    async fn ranges_are_renewed_and_kept_when_that_fails() {
        let text = Arc::new(RwLock::new("173.245.48.0/20\n".to_owned()));
        let said = text.clone();
        let answer = move || {
            let text = said.read().clone();
            async move { if text.is_empty() { (StatusCode::BAD_GATEWAY, text) } else { (StatusCode::OK, text) } }
        };
        let socket = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let list = format!("http://{}/ips", socket.local_addr().unwrap());
        tokio::spawn(axum::serve(socket, Router::new().route("/ips", get(answer))).into_future());
        let allowed_networks = vec![Network::parse("127.0.0.0/8").unwrap()];
        let fetcher = Fetcher::new(FetchOptions { allowed_networks, ..FetchOptions::default() }).unwrap();
        let edge = Edge::new(&[list]);
        let admitted = |address: &'static str| {
            let headers = [("x-forwarded-for".parse().unwrap(), address.parse().unwrap())];
            edge.admits("/avatars/1/x.png", &HeaderMap::from_iter(headers))
        };
        for (now, first, second) in [
            ("173.245.48.0/20\n", true, false),
            ("", true, false),
            ("<html>no list</html>", true, false),
            ("2400:cb00::/32\n103.21.244.0/22\n", false, true),
        ] {
            now.clone_into(&mut text.write());
            edge.renew(&fetcher).await;
            assert_eq!((admitted("173.245.48.1"), admitted("103.21.244.9")), (first, second), "{now}");
        }
    }

    #[test]
    fn only_the_edge_comes_through() {
        let edge = Edge::new(&[]);
        let asked = |forwarded: &'static str| {
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), forwarded.parse().unwrap())])
        };
        assert!(!edge.admits("/avatars/1/x.png", &asked("173.245.48.1")), "nothing is known yet");
        *edge.networks.write() = parse("173.245.48.0/20\n2400:cb00::/32\n").unwrap();
        assert!(edge.admits("/avatars/1/x.png", &asked("173.245.48.1, 10.0.0.1")));
        assert!(edge.admits("/avatars/1/x.png", &asked("2400:cb00::1")));
        assert!(!edge.admits("/avatars/1/x.png", &asked("8.8.8.8, 173.245.48.1")));
        assert!(!edge.admits("/avatars/1/x.png", &HeaderMap::new()));
        assert!(edge.admits("/_health", &HeaderMap::new()));
        assert!(parse("<html>").is_none() && parse("").is_none());
    }
}
