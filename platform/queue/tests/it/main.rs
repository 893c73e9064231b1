//! The queue: one suite on every engine, and what only an engine outside the process can do.

#![expect(clippy::unwrap_used, reason = "a test may panic and print")]

mod jetstream;
mod suite;

use platform_kernel::{Clock, Rng};
use platform_queue::Queue;
use platform_store::Store;

use crate::jetstream::Server;

/// An engine under test.
pub enum On {
    Embedded,
    JetStream(Server),
}

impl On {
    /// A queue, as another process would have it.
    async fn queue(&self, store: &Store, clock: &Clock, seed: u64) -> Queue {
        let rng = Rng::seeded(seed);
        match self {
            Self::Embedded => Queue::embedded(store.clone(), clock.clone(), rng),
            Self::JetStream(server) => server.queue(store, clock, rng).await.unwrap(),
        }
    }
}

macro_rules! suite {
    ($engine:ident, $on:expr) => {
        mod $engine {
            #[allow(unused_imports, reason = "one engine needs no server")]
            use crate::{On, jetstream::Server};

            #[tokio::test]
            async fn jobs_run_once_in_the_order_of_their_time() {
                crate::suite::jobs_run_once_in_the_order_of_their_time($on).await;
            }
            #[tokio::test]
            async fn a_job_shares_the_fate_of_its_batch() {
                crate::suite::a_job_shares_the_fate_of_its_batch($on).await;
            }
            #[tokio::test]
            async fn a_key_replaces_what_waits_and_cancels() {
                crate::suite::a_key_replaces_what_waits_and_cancels($on).await;
            }
            #[tokio::test]
            async fn failures_back_off_and_end_as_dead_letters() {
                crate::suite::failures_back_off_and_end_as_dead_letters($on).await;
            }
            #[tokio::test]
            async fn fatal_failures_are_not_retried_and_letters_page_newest_first() {
                crate::suite::fatal_failures_are_not_retried_and_letters_page_newest_first($on).await;
            }
            #[tokio::test]
            async fn a_handler_sets_its_own_pause_and_a_panic_is_a_failure() {
                crate::suite::a_handler_sets_its_own_pause_and_a_panic_is_a_failure($on).await;
            }
            #[tokio::test]
            async fn an_abandoned_job_is_retried_when_its_lease_is_over_and_given_up_in_the_end() {
                crate::suite::an_abandoned_job_is_retried_when_its_lease_is_over_and_given_up_in_the_end($on)
                    .await;
            }
            #[tokio::test]
            async fn schedules_run_once_an_interval_and_remember_it() {
                crate::suite::schedules_run_once_an_interval_and_remember_it($on).await;
            }
            #[tokio::test(start_paused = true)]
            async fn a_long_job_keeps_its_lease_until_it_is_cancelled() {
                crate::suite::a_long_job_keeps_its_lease_until_it_is_cancelled($on).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn a_running_worker_runs_everything_once() {
                crate::suite::a_running_worker_runs_everything_once($on).await;
            }
            #[tokio::test]
            async fn of_what_is_due_the_higher_priority_goes_first() {
                crate::suite::of_what_is_due_the_higher_priority_goes_first($on).await;
            }
            #[tokio::test]
            async fn a_live_job_is_not_pushed_twice_under_one_name() {
                crate::suite::a_live_job_is_not_pushed_twice_under_one_name($on).await;
            }
            #[tokio::test]
            async fn a_calendar_is_kept_and_made_up_for_once() {
                crate::suite::a_calendar_is_kept_and_made_up_for_once($on).await;
            }
            #[tokio::test]
            async fn what_a_dead_process_had_leased_is_due_at_once() {
                crate::suite::what_a_dead_process_had_leased_is_due_at_once($on).await;
            }
            #[tokio::test]
            async fn leases_end_by_receipt() {
                crate::suite::leases_end_by_receipt($on).await;
            }
            #[tokio::test(start_paused = true)]
            async fn a_stopped_worker_gives_back_what_is_not_done_and_runs_no_more_than_told() {
                crate::suite::a_stopped_worker_gives_back_what_is_not_done_and_runs_no_more_than_told($on)
                    .await;
            }
        }
    };
}

suite!(embedded_engine, On::Embedded);
suite!(jetstream_engine, On::JetStream(Server::start()));
