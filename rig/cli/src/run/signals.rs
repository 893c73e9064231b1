//! What the system tells the process. The second SIGTERM or SIGINT ends it there and then: nobody
//! has to wait for a drain.

use std::sync::Arc;

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::{Notify, watch},
};

pub struct Signals {
    ended: watch::Receiver<bool>,
    hung_up: Arc<Notify>,
}

impl Signals {
    /// From here on signals are heard.
    pub fn listen() -> std::io::Result<Self> {
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut hangup = signal(SignalKind::hangup())?;
        let (end, ended) = watch::channel(false);
        let hung_up = Arc::new(Notify::new());
        let notify = hung_up.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminated.recv() => {}
                    _ = interrupted.recv() => {}
                    _ = hangup.recv() => {
                        notify.notify_one();
                        continue;
                    }
                }
                if end.send_replace(true) {
                    tracing::warn!("told twice: ending at once");
                    std::process::exit(1);
                }
            }
        });
        Ok(Self { ended, hung_up })
    }
    /// Ready once the end was asked for.
    pub async fn ended(&self) {
        // An error: the listener is gone, and the runtime with it.
        let _ = self.ended.clone().wait_for(|ended| *ended).await;
    }
    /// Ready at each SIGHUP.
    pub async fn hung_up(&self) {
        self.hung_up.notified().await;
    }
}
