//! How full the queue is and what became of its jobs, for `/metrics`.

use std::{sync::Arc, time::Duration};

use fluxer_domain::{App, Result, assets};
use metrics::{counter, gauge};
use platform_kernel::Shutdown;

const EVERY: Duration = Duration::from_secs(30);

/// Measures until the shutdown.
pub async fn run(app: Arc<App>, shutdown: Shutdown) {
    while !shutdown.is_requested() {
        if let Err(error) = measure(&app).await {
            tracing::warn!(%error, "the queue could not be measured");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = shutdown.requested() => {}
        }
    }
}

async fn measure(app: &App) -> Result<()> {
    for stats in app.queue.stats() {
        let kind = || stats.kind.clone();
        counter!("fluxer_jobs_pushed_total", "kind" => kind()).absolute(stats.pushed);
        counter!("fluxer_jobs_done_total", "kind" => kind()).absolute(stats.succeeded);
        counter!("fluxer_jobs_failed_total", "kind" => kind()).absolute(stats.retried);
        counter!("fluxer_jobs_dead_total", "kind" => kind()).absolute(stats.dead);
        // a kind without jobs is in no listing of them
        for name in
            ["fluxer_jobs_ready", "fluxer_jobs_running", "fluxer_jobs_scheduled", "fluxer_jobs_dead_letters"]
        {
            gauge!(name, "kind" => kind()).set(0.0);
        }
        gauge!("fluxer_jobs_oldest_ready_seconds", "kind" => kind()).set(0.0);
    }
    let depths = app.queue.depths().await?;
    let waiting = |kind: &str| depths.get(kind).map_or(0, |depth| depth.ready + depth.scheduled) as f64;
    gauge!("worker.kv_queue.bulk_message_deletion").set(waiting("bulk_message_deletion"));
    gauge!("worker.kv_queue.account_deletion").set(waiting("userProcessPendingDeletion"));
    for (kind, depth) in depths {
        gauge!("fluxer_jobs_ready", "kind" => kind.clone()).set(depth.ready as f64);
        gauge!("fluxer_jobs_running", "kind" => kind.clone()).set(depth.running as f64);
        gauge!("fluxer_jobs_scheduled", "kind" => kind.clone()).set(depth.scheduled as f64);
        gauge!("fluxer_jobs_dead_letters", "kind" => kind.clone()).set(depth.dead as f64);
        gauge!("fluxer_jobs_oldest_ready_seconds", "kind" => kind).set(depth.oldest_ready_ms as f64 / 1000.0);
    }
    let (deletions, purges) = assets::depths(app).await?;
    gauge!("worker.kv_queue.asset_deletion").set(deletions as f64);
    gauge!("worker.kv_queue.cloudflare_purge").set(purges as f64);
    Ok(())
}
