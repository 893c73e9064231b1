//! What happens to a request before any role sees it: whose address it is. Forwarded headers
//! are believed only from trusted proxies; then they are reduced to the one address that the
//! outermost trusted proxy saw, so that a client cannot write its own.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use platform_kernel::Network;

/// Networks of a house: loopback, private, link-local, unique local.
const PRIVATE: &[&str] = &[
    "127.0.0.0/8",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "::1",
    "fc00::/7",
    "fe80::/10",
];

/// Who is believed about whom.
#[derive(Clone, Debug)]
pub struct Trust {
    proxies: Vec<Network>,
    cloudflare: bool,
    everyone: bool,
}

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const CLOUDFLARE: HeaderName = HeaderName::from_static("cf-connecting-ip");

impl Trust {
    /// `proxies` as configured (empty: private networks). `everyone` is test mode: tests play
    /// many clients from one address.
    pub fn new(proxies: &[String], cloudflare: bool, everyone: bool) -> Self {
        let parse = |text: &str| Network::parse(text);
        let proxies = if proxies.is_empty() {
            PRIVATE.iter().filter_map(|text| parse(text)).collect()
        } else {
            proxies.iter().filter_map(|text| parse(text)).collect()
        };
        Self { proxies, cloudflare, everyone }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(address))
    }

    /// The client's address; leaves in `headers` only what is true about it.
    pub fn client(&self, peer: IpAddr, headers: &mut HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        let trusted = self.everyone || self.trusts(peer);
        let cloudflare = headers.remove(CLOUDFLARE).filter(|_| trusted && self.cloudflare);
        let cloudflare = cloudflare.and_then(|value| address(value.to_str().ok()?.trim()));
        let client = cloudflare.or_else(|| match (self.everyone, trusted) {
            (true, _) => first(headers),
            (false, true) => self.forwarded(headers),
            (false, false) => None,
        });
        for name in [FORWARDED_FOR, header::FORWARDED] {
            headers.remove(name);
        }
        if let Some(client) = client
            && let Ok(value) = HeaderValue::from_str(&client.to_string())
        {
            headers.insert(FORWARDED_FOR, value);
        }
        client.unwrap_or(peer)
    }

    /// From the right, the first address that is no trusted proxy; the leftmost when all are.
    fn forwarded(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let values = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
        let chain: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        let mut client = None;
        for entry in chain.iter().rev() {
            // Whatever a client wrote before the first proxy is not looked at.
            let Some(address) = address(entry) else { break };
            client = Some(address);
            if !self.trusts(address) {
                break;
            }
        }
        client
    }
}

/// The address a test says it comes from.
fn first(headers: &HeaderMap) -> Option<IpAddr> {
    address(headers.get(FORWARDED_FOR)?.to_str().ok()?.split(',').next()?.trim())
}

/// An address as proxies write it: bare, with a port, or bracketed.
fn address(text: &str) -> Option<IpAddr> {
    let found = text.parse::<IpAddr>().ok().or_else(|| {
        let socket = text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
        let bracketed =
            || text.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
        socket.or_else(bracketed)
    })?;
    Some(found.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address found, which must also be the only one left in the headers, if any is.
    fn client(trust: &Trust, peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, value.parse().unwrap());
        }
        headers.insert(CLOUDFLARE, HeaderValue::from_static("9.9.9.9"));
        let client = trust.client(peer.parse().unwrap(), &mut headers);
        assert!(!headers.contains_key(CLOUDFLARE));
        let left: Vec<_> = headers.get_all(FORWARDED_FOR).iter().map(|v| v.to_str().unwrap()).collect();
        assert!(left.is_empty() || left == [client.to_string()], "{left:?}");
        client.to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trust = Trust::new(&[], false, false);
        for (peer, forwarded, expected) in [
            ("8.8.8.8", &["1.2.3.4"][..], "8.8.8.8"),
            ("10.1.1.1", &["1.2.3.4"], "1.2.3.4"),
            ("::ffff:10.1.1.1", &["1.2.3.4"], "1.2.3.4"),
            ("::1", &["2001:db8::1"], "2001:db8::1"),
            // What stands left of the address that the proxy saw is the client's invention.
            ("10.1.1.1", &["6.6.6.6, 1.2.3.4, 10.0.0.3"], "1.2.3.4"),
            ("10.1.1.1", &["6.6.6.6", "1.2.3.4:55"], "1.2.3.4"),
            ("10.1.1.1", &["10.0.0.9, 10.0.0.3"], "10.0.0.9"),
            ("10.1.1.1", &["nonsense"], "10.1.1.1"),
            ("10.1.1.1", &[], "10.1.1.1"),
        ] {
            assert_eq!(client(&trust, peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn configured_networks_replace_private_ones() {
        let trust = Trust::new(&["203.0.113.0/24".into()], false, false);
        assert_eq!(client(&trust, "10.1.1.1", &["1.2.3.4"]), "10.1.1.1");
        assert_eq!(client(&trust, "203.0.113.7", &["1.2.3.4"]), "1.2.3.4");
        let cloudflare = Trust::new(&["203.0.113.0/24".into()], true, false);
        assert_eq!(client(&cloudflare, "203.0.113.7", &["1.2.3.4"]), "9.9.9.9");
        assert_eq!(client(&cloudflare, "10.1.1.1", &["1.2.3.4"]), "10.1.1.1");
    }

    #[test]
    fn tests_play_many_clients() {
        let everyone = Trust::new(&[], false, true);
        for (value, ip) in [
            ("1.2.3.4", "1.2.3.4"),
            (" 1.2.3.4:99 , 5.6.7.8", "1.2.3.4"),
            ("[::1]:80", "::1"),
            ("::1", "::1"),
            ("nonsense", "8.8.8.8"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED_FOR, HeaderValue::from_static(value));
            let client = everyone.client("8.8.8.8".parse().unwrap(), &mut headers);
            assert_eq!(client, ip.parse::<IpAddr>().unwrap(), "{value}");
        }
    }
}
