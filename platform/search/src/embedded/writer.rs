//! The thread that writes an index: what waits becomes one commit, durable and visible before
//! anybody is answered. With nothing to do for a while it closes its writer and ends.

use std::{
    sync::{Arc, mpsc},
    time::Duration,
};

use tantivy::{IndexWriter, indexer::IndexWriterOptions, indexer::LogMergePolicy};
use tokio::sync::oneshot;

use super::{Opened, Shelf, folder, query};
use crate::{Document, Error, Expr};

type Done = oneshot::Sender<Result<(), Error>>;

pub enum Order {
    Put(Vec<Document>, Done),
    Delete(Vec<String>, Done),
    DeleteWhere(Expr, Done),
    Clear(Done),
}

/// What a writer may hold in memory before it writes a segment.
const MEMORY: usize = 24_000_000;
/// Documents in one commit, about.
const FULL: usize = 20_000;
/// A writer that has nothing to do for so long is closed.
const IDLE: Duration = Duration::from_secs(20);

/// An index while it is written.
struct Open {
    opened: Arc<Opened>,
    writer: IndexWriter,
}

pub fn run(shelf: &Arc<Shelf>, orders: &mpsc::Receiver<Order>) {
    let mut open = None;
    loop {
        let first = match orders.recv_timeout(IDLE) {
            Ok(order) => order,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                let mut entrance = shelf.orders.lock();
                // under the lock nobody can send
                match orders.try_recv() {
                    Ok(order) => order,
                    Err(_) => {
                        *entrance = None;
                        break;
                    }
                }
            }
        };
        let (mut waiting, mut size) = (vec![first], 0);
        while size < FULL {
            let Ok(order) = orders.try_recv() else { break };
            if let Order::Put(documents, _) = &order {
                size += documents.len();
            }
            waiting.push(order);
        }
        let outcome = write(shelf, &mut open, &mut waiting);
        if let Err(error) = &outcome {
            tracing::warn!(%error, index = shelf.index.name, "a search index was not written");
            // its state is not known; the next order opens another
            open = None;
        }
        for order in waiting {
            let (Order::Put(_, done)
            | Order::Delete(_, done)
            | Order::DeleteWhere(_, done)
            | Order::Clear(done)) = order;
            let told = match &outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(Error::Broken(error.to_string())),
            };
            // whoever asked may have gone
            let _ = done.send(told);
        }
    }
    if let Some(Open { writer, .. }) = open
        && let Err(error) = writer.wait_merging_threads()
    {
        tracing::warn!(%error, index = shelf.index.name, "segments of a search index were not merged");
    }
}

fn write(shelf: &Shelf, open: &mut Option<Open>, orders: &mut [Order]) -> Result<(), Error> {
    let held = match open.take() {
        Some(held) => held,
        None => begin(shelf)?,
    };
    let Open { opened, writer } = open.insert(held);
    let layout = &opened.layout;
    for order in orders.iter_mut() {
        match order {
            Order::Put(documents, _) => {
                for document in std::mem::take(documents) {
                    writer.delete_term(layout.name(&document.id));
                    writer.add_document(layout.document(&document))?;
                }
            }
            Order::Delete(ids, _) => {
                for id in ids.iter() {
                    writer.delete_term(layout.name(id));
                }
            }
            Order::DeleteWhere(filter, _) => {
                writer.delete_query(query::expr(shelf.index, layout, filter)?)?;
            }
            Order::Clear(_) => {
                writer.delete_all_documents()?;
                // first: what is in the index is no longer what was asked to be kept
                *opened.generation.lock() = folder::stamp(shelf.index, &shelf.folder, &shelf.rng)?;
            }
        }
    }
    writer.commit()?;
    opened.reader.reload()?;
    Ok(())
}

fn begin(shelf: &Shelf) -> Result<Open, Error> {
    let opened = shelf.open()?;
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(MEMORY)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    let writer = opened.tantivy.writer_with_options(options)?;
    let mut merging = LogMergePolicy::default();
    merging.set_min_num_segments(6);
    merging.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(merging));
    Ok(Open { opened, writer })
}
