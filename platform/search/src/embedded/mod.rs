//! Indexes in this process: tantivy, a folder each.
//!
//! Nothing is opened before it is used. A thread that lives while there is something to write
//! gathers what waits into one commit; searches run on blocking threads and see the last
//! commit. A folder whose stamp is not the declaration's, or that cannot be opened, is begun
//! anew as another generation.

mod folder;
mod names;
mod query;
mod tokens;
mod writer;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
};

use parking_lot::Mutex;
use platform_kernel::Rng;
use tantivy::IndexReader;
use tokio::sync::{Semaphore, oneshot};

use self::{folder::Layout, writer::Order};
use crate::{BoxFuture, Document, Engine, Error, Expr, Hits, Index, Query};

/// Searches at a time; more wait.
const SEARCHES: usize = 4;

pub struct Embedded {
    folder: PathBuf,
    rng: Rng,
    shelves: Mutex<BTreeMap<&'static str, Arc<Shelf>>>,
    searches: Arc<Semaphore>,
}

/// An index of this process, open or not.
pub struct Shelf {
    index: &'static Index,
    folder: PathBuf,
    rng: Rng,
    opened: Mutex<Option<Arc<Opened>>>,
    /// Leads to the thread that writes, while there is one.
    orders: Mutex<Option<mpsc::Sender<Order>>>,
}

pub struct Opened {
    tantivy: tantivy::Index,
    reader: IndexReader,
    layout: Layout,
    generation: Mutex<String>,
}

impl Embedded {
    pub fn new(folder: &Path, rng: Rng) -> Self {
        let searches = Arc::new(Semaphore::new(SEARCHES));
        Self { folder: folder.to_owned(), rng, shelves: Mutex::default(), searches }
    }

    fn shelf(&self, index: &'static Index) -> Arc<Shelf> {
        let mut shelves = self.shelves.lock();
        let make = || {
            let folder = self.folder.join(index.name);
            let (opened, orders) = (Mutex::default(), Mutex::default());
            Arc::new(Shelf { index, folder, rng: self.rng.clone(), opened, orders })
        };
        shelves.entry(index.name).or_insert_with(make).clone()
    }

    fn write(
        &self,
        index: &'static Index,
        order: impl FnOnce(oneshot::Sender<Result<(), Error>>) -> Order,
    ) -> BoxFuture<()> {
        let (done, outcome) = oneshot::channel();
        self.shelf(index).order(order(done));
        Box::pin(async {
            outcome.await.unwrap_or_else(|_| Err(Error::Broken("the thread that writes ended".into())))
        })
    }
}

impl Shelf {
    /// The open index; opened, or made anew, if it is not.
    pub fn open(&self) -> Result<Arc<Opened>, Error> {
        let mut opened = self.opened.lock();
        if let Some(opened) = &*opened {
            return Ok(opened.clone());
        }
        let index = Arc::new(folder::open(self.index, &self.folder, &self.rng)?);
        *opened = Some(index.clone());
        Ok(index)
    }

    /// Hands the order to the thread that writes.
    fn order(self: &Arc<Self>, order: Order) {
        let mut orders = self.orders.lock();
        let order = match &*orders {
            None => order,
            Some(thread) => match thread.send(order) {
                Ok(()) => return,
                // the thread is gone; another one is started
                Err(back) => back.0,
            },
        };
        self.start(&mut orders, order);
    }

    fn start(self: &Arc<Self>, orders: &mut Option<mpsc::Sender<Order>>, order: Order) {
        let (thread, waiting) = mpsc::channel();
        // the receiver is at hand: sending cannot fail
        let _ = thread.send(order);
        let shelf = self.clone();
        let started = std::thread::Builder::new()
            .name(format!("search-{}", self.index.name))
            .spawn(move || writer::run(&shelf, &waiting));
        match started {
            Ok(_) => *orders = Some(thread),
            // the order is dropped with its receiver, which tells whoever waits
            Err(error) => tracing::error!(%error, "no thread to write a search index"),
        }
    }
}

impl Engine for Embedded {
    fn generation(&self, index: &'static Index) -> BoxFuture<String> {
        let shelf = self.shelf(index);
        Box::pin(async move {
            if let Some(opened) = &*shelf.opened.lock() {
                return Ok(opened.generation.lock().clone());
            }
            blocking(move || Ok(shelf.open()?.generation.lock().clone())).await
        })
    }

    fn put(&self, index: &'static Index, documents: Vec<Document>) -> BoxFuture<()> {
        self.write(index, |done| Order::Put(documents, done))
    }

    fn delete(&self, index: &'static Index, ids: Vec<String>) -> BoxFuture<()> {
        self.write(index, |done| Order::Delete(ids, done))
    }

    fn delete_where(&self, index: &'static Index, filter: Expr) -> BoxFuture<()> {
        self.write(index, |done| Order::DeleteWhere(filter, done))
    }

    fn clear(&self, index: &'static Index) -> BoxFuture<()> {
        self.write(index, Order::Clear)
    }

    fn search(&self, index: &'static Index, query: Query) -> BoxFuture<Hits> {
        let (shelf, searches) = (self.shelf(index), self.searches.clone());
        Box::pin(async move {
            let _turn = searches.acquire_owned().await;
            blocking(move || query::search(&*shelf.open()?, index, &query)).await
        })
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Error::Broken(format!("the search ended early: {error}"))))
}
