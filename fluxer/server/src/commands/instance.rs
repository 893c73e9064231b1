//! The instance as a command sees it: its rules on its data folder, with a server running on
//! the same folder or without.

use std::{process::ExitCode, sync::Arc};

use anyhow::bail;
use fluxer_domain::App;
use platform_kernel::{Clock, Environment, Rng};

use super::{Folder, load};
use crate::{
    config,
    data::Data,
    keys::Keys,
    notices::{self, Notice},
    objects::Objects,
    platform,
};

pub struct Instance {
    pub app: Arc<App>,
    pub data: Data,
}

impl Instance {
    /// Opens the instance, does `work` and closes it, whatever came of that.
    pub fn run(
        folder: &Folder,
        environment: &Environment,
        work: impl AsyncFnOnce(&Self) -> anyhow::Result<()>,
    ) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.block_on(async {
            let instance = Self::open(folder, environment).await?;
            let done = work(&instance).await;
            instance.app.store.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        })
    }

    async fn open(folder: &Folder, environment: &Environment) -> anyhow::Result<Self> {
        let config = load(environment)?.value;
        let data = Data { folder: folder.path(environment) };
        if !data.database(&config).exists() {
            bail!(
                "there is no instance in {}; start the server once with `fluxer serve`, or name its folder with --data",
                data.folder.display()
            );
        }
        let keys = Keys::open(&data.folder, &Rng::system())?;
        let mut settings = config::settings(&config, &keys, config.services.server.port);
        // The operator is not a flood of strangers.
        settings.relax_registration_rate_limits = true;
        settings.disable_rate_limits = true;
        let (ids, _) = data.snowflakes(Clock::system())?;
        let store = platform::store(&config, &data, Clock::system())?;
        let objects = Objects::new(&config, &keys, &settings.endpoints.app);
        let blobs = platform::blobs(&config, &data, &objects, Clock::system())?;
        Ok(Self { app: platform::app(&config, settings, &data, store, ids, blobs).await?, data })
    }

    /// Lets a running server know; false if there is none.
    pub fn notify(&self, notice: &Notice) -> anyhow::Result<bool> {
        match self.data.server() {
            Some(process) => notices::send(&self.data.folder, process, notice).map(|()| true),
            None => Ok(false),
        }
    }
}
