//! The objects of an instance: which buckets there are, who may reach them from outside, and
//! the round that removes what is due. Where they are kept, `platform` decides.

use std::{collections::BTreeMap, time::Duration};

use anyhow::Context;
use platform_blobs::{Blobs, Links};
use platform_kernel::{Rng, Shutdown};

use crate::{
    config::{Buckets, Config},
    keys::Keys,
};

/// Where a monolith serves its objects.
pub const PREFIX: &str = "/s3";
/// How often what is due is removed; also how long until a failure is tried again.
const ROUND: Duration = Duration::from_secs(60);

/// Names and keys.
pub struct Objects {
    pub access_key_id: String,
    pub secret_access_key: String,
    /// The operator's names of the buckets, by ours.
    pub buckets: BTreeMap<String, String>,
    /// The address of this instance.
    app: String,
}

impl Objects {
    pub fn new(config: &Config, keys: &Keys, app: &str) -> Self {
        let or = |configured: &str, made: &str| {
            if configured.is_empty() { made.to_owned() } else { configured.to_owned() }
        };
        let Buckets { cdn, uploads, downloads, reports, harvests, r#static } = &config.s3.buckets;
        let names = [
            ("cdn", cdn),
            ("uploads", uploads),
            ("downloads", downloads),
            ("reports", reports),
            ("harvests", harvests),
            ("static", r#static),
        ];
        Self {
            access_key_id: or(config.s3.access_key_id.expose(), &keys.s3_access_key_id),
            secret_access_key: or(config.s3.secret_access_key.expose(), &keys.s3_secret_access_key),
            buckets: names.map(|(ours, theirs)| (ours.to_owned(), theirs.clone())).into(),
            app: app.trim_end_matches('/').to_owned(),
        }
    }

    /// The S3 server that keeps the objects, unless that is this one: example files of the
    /// monolith name its own address.
    pub fn elsewhere<'c>(&self, config: &'c Config) -> Option<&'c str> {
        let endpoint = config.s3.endpoint.as_deref()?.trim_end_matches('/');
        let Some(origin) = endpoint.strip_suffix(PREFIX) else { return Some(endpoint) };
        let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        let own = endpoint == format!("{}{PREFIX}", self.app)
            || matches!(host, "localhost" | "127.0.0.1" | "[::1]")
            || host == config.domain.base_domain;
        (!own).then_some(endpoint)
    }

    pub fn links(&self, config: &Config) -> Links {
        let base = config.s3.presigned_url_base.clone();
        let base = base.or_else(|| self.elsewhere(config).map(str::to_owned));
        Links {
            base: base.unwrap_or_else(|| format!("{}{PREFIX}", self.app)),
            region: config.s3.region.clone(),
            access_key_id: self.access_key_id.clone(),
            secret_access_key: self.secret_access_key.clone(),
            buckets: self.buckets.clone(),
        }
    }

    /// Makes the buckets on this machine; those on another server are its operator's.
    pub async fn prepare(&self, blobs: &Blobs) -> anyhow::Result<()> {
        if let Some(local) = blobs.local() {
            for bucket in self.buckets.keys() {
                local
                    .make_bucket(bucket)
                    .await
                    .with_context(|| format!("cannot make the bucket {bucket}"))?;
            }
        }
        Ok(())
    }

    pub fn service(&self, config: &Config, blobs: &Blobs) -> Option<platform_s3::Service> {
        let options = platform_s3::Options {
            access_key_id: self.access_key_id.clone(),
            secret_access_key: self.secret_access_key.clone(),
            region: config.s3.region.clone(),
            prefix: PREFIX.to_owned(),
            buckets: self.buckets.iter().map(|(ours, theirs)| (theirs.clone(), ours.clone())).collect(),
        };
        blobs.local().map(|local| platform_s3::Service::new(local.clone(), options, Rng::system()))
    }
}

/// Removes expired objects and abandoned uploads, until the shutdown.
pub async fn sweep(blobs: Blobs, shutdown: Shutdown) {
    let Some(local) = blobs.local() else { return };
    while !shutdown.is_requested() {
        match local.sweep().await {
            Ok(swept) if swept == Default::default() => {}
            Ok(swept) => tracing::debug!(?swept, "objects that were due are removed"),
            Err(error) => tracing::error!(%error, "objects that are due cannot be removed; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            () = shutdown.requested() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, sync::Arc};

    use axum::{
        body::Body,
        http::{Request, Response},
    };
    use platform_blobs::S3Options;
    use platform_kernel::Clock;

    use super::*;
    use crate::{
        data::tests::Temporary,
        listener::{self, Answer},
    };

    #[test]
    fn an_endpoint_that_is_ourselves_is_no_other_server() {
        let mut config = Config::default();
        config.domain.base_domain = "chat.example.com".into();
        let objects = Objects::new(&config, &Keys::default(), "https://chat.example.com");
        assert_eq!(objects.elsewhere(&config), None);
        for (endpoint, elsewhere) in [
            ("http://127.0.0.1:8080/s3", false),
            ("http://localhost:8080/s3/", false),
            ("https://chat.example.com/s3", false),
            ("http://127.0.0.1:3900", true),
            ("https://s3.eu-central-1.amazonaws.com", true),
            ("https://minio.example.com/s3", true),
        ] {
            config.s3.endpoint = Some(endpoint.into());
            assert_eq!(objects.elsewhere(&config).is_some(), elsewhere, "{endpoint}");
        }
    }

    /// One suite proves both: the engine that speaks S3, and the service it speaks to.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn the_s3_engine_passes_the_common_suite_with_our_own_service() {
        struct Alone(platform_s3::Service);
        impl Answer for Alone {
            async fn answer(self: Arc<Self>, request: Request<Body>, _: SocketAddr) -> Response<Body> {
                let request = request.map(platform_s3::Body::http_body_unsync);
                self.0.answer(request).await.map(Body::new)
            }
        }
        let folder = Temporary::new("objects-s3");
        let clock = Clock::system();
        let here = Blobs::filesystem(&folder.0, clock.clone()).unwrap();
        let objects = Objects::new(&Config::default(), &Keys::open(&folder.0, &Rng::seeded(1)).unwrap(), "");
        let service = objects.service(&Config::default(), &here).unwrap();
        let socket = listener::bind("127.0.0.1", 0).unwrap();
        let endpoint = format!("http://{}{PREFIX}", socket.local_addr().unwrap());
        let (trigger, shutdown) = Shutdown::new();
        let serving = tokio::spawn(listener::serve(socket, Arc::new(Alone(service)), shutdown));
        platform_blobs::conformance::run("suite", async |name| {
            let bucket = format!("suite-{name}");
            here.local().unwrap().make_bucket(&bucket).await.unwrap();
            let options = S3Options {
                endpoint: endpoint.clone(),
                region: "local".into(),
                access_key_id: objects.access_key_id.clone(),
                secret_access_key: objects.secret_access_key.clone(),
                buckets: [("suite".to_owned(), bucket)].into(),
                virtual_hosted: false,
            };
            Blobs::s3(options, clock.clone()).unwrap()
        })
        .await;
        trigger.request(Duration::from_secs(1));
        serving.await.unwrap();
    }
}
