//! Where a fetch may go: decides about URLs, names and addresses, and is the resolver of the
//! client's connections. What it answers is what gets connected to, so a name that changes its
//! mind between the check and the connection gains nothing.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use hickory_resolver::TokioResolver;
use moka::sync::Cache;
use platform_kernel::Network;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::{FetchError, address::is_public};

/// Checked answers are used this long, and not a moment of a name's own choosing.
const KEEP: Duration = Duration::from_secs(60);
const NAMES: u64 = 10_000;

#[derive(Clone)]
pub struct Guard(Arc<Inner>);

struct Inner {
    resolver: Option<TokioResolver>,
    allowed: Vec<Network>,
    checked: Cache<String, Arc<[IpAddr]>>,
}

impl Guard {
    pub fn new(resolver: Option<TokioResolver>, allowed: Vec<Network>) -> Self {
        let checked = Cache::builder().max_capacity(NAMES).time_to_live(KEEP).build();
        Self(Arc::new(Inner { resolver, allowed, checked }))
    }

    fn admits(&self, address: IpAddr) -> bool {
        let canonical = address.to_canonical();
        is_public(address) || self.0.allowed.iter().any(|network| network.contains(canonical))
    }

    /// Whether the URL may be asked for.
    pub async fn check(&self, url: &Url) -> Result<(), FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Url("only http and https are fetched"));
        }
        let literal = match url.host() {
            None => return Err(FetchError::Url("there is no host")),
            Some(Host::Domain(name)) => return self.resolve(name).await.map(|_| ()),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
        };
        if self.admits(literal) { Ok(()) } else { Err(FetchError::Private) }
    }

    #[cfg(test)]
    pub fn forget(&self) {
        self.0.checked.invalidate_all();
        if let Some(resolver) = &self.0.resolver {
            resolver.clear_cache();
        }
    }

    /// The addresses of a name, every one of them admitted.
    async fn resolve(&self, name: &str) -> Result<Arc<[IpAddr]>, FetchError> {
        if !is_qualified(name) {
            return Err(FetchError::Url("the host is no fully qualified name"));
        }
        // The dot keeps the system's search list out of it.
        let name = format!("{}.", name.trim_end_matches('.').to_ascii_lowercase());
        if let Some(addresses) = self.0.checked.get(&name) {
            return Ok(addresses);
        }
        let Some(resolver) = &self.0.resolver else { return Err(FetchError::Unresolvable) };
        let found = resolver.lookup_ip(name.as_str()).await.map_err(|_| FetchError::Unresolvable)?;
        let addresses: Arc<[IpAddr]> = found.iter().collect();
        if addresses.is_empty() {
            return Err(FetchError::Unresolvable);
        }
        if !addresses.iter().all(|address| self.admits(*address)) {
            return Err(FetchError::Private);
        }
        self.0.checked.insert(name, addresses.clone());
        Ok(addresses)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = Self::resolve(&guard, name.as_str()).await?;
            let found: Vec<SocketAddr> =
                addresses.iter().map(|address| SocketAddr::new(*address, 0)).collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Labels of letters, digits and hyphens, at least two of them, the last with a letter.
fn is_qualified(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let Some((_, top)) = name.rsplit_once('.') else { return false };
    name.len() <= 253 && name.split('.').all(label) && !top.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_qualified() {
        for good in ["example.com", "a.b.c.example", "xn--bcher-kva.example", "1.2.3.x4", "example.com."] {
            assert!(is_qualified(good), "{good}");
        }
        let long = format!("{}.com", "a".repeat(64));
        for bad in ["localhost", "", ".", "a..b", "-a.com", "a-.com", "a_b.com", "1.2.3.4", "a.123", &long] {
            assert!(!is_qualified(bad), "{bad}");
        }
    }

    #[tokio::test]
    async fn urls_are_judged_by_what_they_mean() {
        let guard = Guard::new(None, vec![Network::parse("127.1.0.0/16").unwrap()]);
        let judge = async |text: &str| guard.check(&Url::parse(text).unwrap()).await;
        for private in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://1\u{ff12}7.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[fe80::1]:8080/",
            "http://user:password@10.0.0.1:99/",
        ] {
            assert!(matches!(judge(private).await, Err(FetchError::Private)), "{private}");
        }
        for wrong in [
            "file:///etc/passwd",
            "ftp://8.8.8.8/",
            "gopher://8.8.8.8/",
            "data:text/plain,x",
            "http://localhost/",
        ] {
            assert!(matches!(judge(wrong).await, Err(FetchError::Url(_))), "{wrong}");
        }
        for good in
            ["http://8.8.8.8/", "https://[2606:4700::1111]/", "http://127.1.2.3/", "http://[::ffff:7f01:1]/"]
        {
            assert!(judge(good).await.is_ok(), "{good}");
        }
    }
}
