use platform_store::{conformance, sqlite};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_passes_the_common_suite() {
    conformance::run(async |clock| sqlite::scratch(&conformance::tables(), clock).unwrap()).await;
}
