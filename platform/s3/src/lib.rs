//! The S3-compatible service over the objects on this machine's disk: what tools and links
//! from outside use. Speaks the protocol of S3 with path-style addresses and Signature
//! Version 4 over the whole path, the prefix it is mounted at included. Bodies stream both
//! ways. Knows one pair of keys and no product.

mod body;
mod gate;
mod inputs;
mod lists;
mod objects;
mod operations;
mod reads;
mod uploads;

use platform_blobs::Local;
use platform_kernel::Rng;
pub use s3s::Body;

/// What the service is told.
#[derive(Clone)]
pub struct Options {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub region: String,
    /// Where it is mounted: empty or a path without a slash at its end.
    pub prefix: String,
    /// Names of buckets: the one outside, the one inside. What is not named here has the
    /// same name on both sides.
    pub buckets: Vec<(String, String)>,
}

/// The service. Cheap to clone.
#[derive(Clone)]
pub struct Service(std::sync::Arc<gate::Gate>);

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("S3 service")
    }
}

impl Service {
    pub fn new(local: Local, options: Options, rng: Rng) -> Self {
        Self(std::sync::Arc::new(gate::Gate::new(local, options, rng)))
    }

    /// Answers a request whose path begins with the prefix.
    pub async fn answer(&self, request: http::Request<Body>) -> http::Response<Body> {
        self.0.answer(request).await
    }
}
