//! What every engine must do, as a library: an engine's own tests hand in how to make an
//! empty store with [`tables`] on a given clock, and every promise of [`crate::Store`] is
//! checked on it. Panics with the promise that was broken.

mod batches;
mod conditions;
mod expiry;
mod keys;
mod ranges;
mod rows;
mod values;

use platform_kernel::{Clock, Timestamp};

use crate::{Schema, Store, Table as _};

/// The tables that the stores handed in must have.
pub fn tables() -> Vec<&'static Schema> {
    vec![
        rows::Plain::SCHEMA,
        rows::Wide::SCHEMA,
        rows::Newest::SCHEMA,
        rows::Brief::SCHEMA,
        rows::Every::SCHEMA,
    ]
}

/// Runs the suite; each check gets a store of its own. Needs a runtime with several threads
/// to be worth its name.
pub async fn run(make_store: impl AsyncFn(Clock) -> Store) {
    let clock = || Clock::fixed(Timestamp::from_millis(1_750_000_000_000));
    let store = async || make_store(clock()).await;
    keys::rows_come_back_and_go(store().await).await;
    keys::many_keys_keep_their_order(store().await).await;
    keys::scans_see_every_row_once(store().await).await;
    keys::truncation_empties_every_table(store().await).await;
    ranges::bounds_and_directions(store().await).await;
    ranges::prefixes_of_the_clustering_key(store().await).await;
    ranges::newest_first_tables(store().await).await;
    ranges::text_and_bytes_sort_by_their_bytes(store().await).await;
    ranges::large_partitions(store().await).await;
    values::every_type_keeps_its_extremes(store().await).await;
    values::empty_json_reads_as_default(store().await).await;
    values::unstorable_rows_are_refused(store().await).await;
    batches::apply_in_order(store().await).await;
    batches::all_or_nothing(store().await).await;
    batches::calls_apply_in_their_order(store().await).await;
    batches::hooks_follow_the_commit(store().await).await;
    conditions::one_insert_wins(store().await).await;
    conditions::one_update_of_a_version_wins(store().await).await;
    conditions::one_delete_wins(store().await).await;
    conditions::writes_share_the_fate_of_their_condition(store().await).await;
    conditions::updates_count_every_change(store().await).await;
    conditions::a_closure_may_decline(store().await).await;
    let clock = clock();
    expiry::rows_end_on_time(make_store(clock.clone()).await, &clock).await;
    closing(store().await).await;
}

async fn closing(store: Store) {
    let row = rows::plain(1, "kept");
    let write = store.put(&row);
    store.close().await.expect("a store closes");
    write.await.expect("what was handed over before is done");
    let refused = store.put(&row).await;
    assert!(matches!(refused, Err(crate::Error::Closed)), "a closed store refuses writes: {refused:?}");
}
