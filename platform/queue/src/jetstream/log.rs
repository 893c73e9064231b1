//! A stream that keeps the newest message of each subject, with a mirror of it.

use std::{collections::HashSet, future::Future, sync::Arc, time::Duration};

use async_nats::jetstream::{
    Context,
    consumer::{DeliverPolicy, pull::OrderedConfig},
    context::{PublishAckFuture, PublishErrorKind},
    message::PublishMessage,
    stream::{Config, DiscardPolicy, LastRawMessageErrorKind, RetentionPolicy, StorageType, Stream},
};
use bytes::Bytes;
use futures_util::StreamExt;
use parking_lot::Mutex;
use platform_kernel::Timestamp;
use tokio::{sync::watch, task::JoinSet};

use super::{mirror::Mirror, shape::Entry};
use crate::Error;

/// How long the server remembers that an entry ended: longer than a follower is ever behind
/// without reading everything anew.
const ENDED_KEPT: Duration = Duration::from_secs(120);
const DUPLICATES: Duration = Duration::from_secs(120);
/// Somebody else was faster: again, this often.
const TRIES: usize = 20;
const AGAIN: Duration = Duration::from_secs(1);

type News<E> = Arc<dyn Fn(&E) + Send + Sync>;

pub struct Log<E> {
    context: Context,
    stream: Stream,
    mirror: Arc<Mutex<Mirror<E>>>,
    news: News<E>,
}

/// A message on its way.
pub struct Sent<E> {
    ack: PublishAckFuture,
    subject: String,
    entry: Option<E>,
}

/// Counts connections: the first is none to speak of.
pub fn reconnections() -> (watch::Sender<u64>, watch::Receiver<u64>) {
    watch::channel(0)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::JetStream(error.to_string())
}

impl<E: Entry> Log<E> {
    /// Makes the stream if it is missing. `news` hears of every entry, whoever wrote it.
    pub async fn open(
        context: &Context,
        name: &str,
        max_age: Option<Duration>,
        news: impl Fn(&E) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let config = Config {
            name: name.to_owned(),
            subjects: vec![E::SUBJECTS.to_owned()],
            retention: RetentionPolicy::Limits,
            storage: StorageType::File,
            discard: DiscardPolicy::Old,
            max_messages_per_subject: 1,
            max_age: max_age.unwrap_or_default(),
            duplicate_window: DUPLICATES,
            allow_message_ttl: true,
            ..Config::default()
        };
        let stream = context.get_or_create_stream(config).await;
        let stream =
            stream.map_err(|error| Error::JetStream(format!("the stream {name} cannot be used: {error}")))?;
        let found = &stream.cached_info().config;
        if found.max_messages_per_subject != 1
            || found.retention != RetentionPolicy::Limits
            || !found.allow_message_ttl
        {
            return Err(Error::JetStream(format!(
                "the stream {name} belongs to something else: it is not one with limits, one message for a subject and expiring messages"
            )));
        }
        let mirror = Arc::new(Mutex::new(Mirror::default()));
        Ok(Self { context: context.clone(), stream, mirror, news: Arc::new(news) })
    }

    /// The largest message that the server takes.
    pub fn largest(&self) -> usize {
        self.context.client().server_info().max_payload
    }

    /// Follows the stream from now on. The future is ready when everything that is in it is known.
    pub fn follow(
        &self,
        tasks: &mut JoinSet<()>,
        reconnected: watch::Receiver<u64>,
    ) -> impl Future<Output = ()> + use<E> {
        let (filled, mut is_filled) = watch::channel(false);
        let follower = Follower {
            stream: self.stream.clone(),
            mirror: Arc::clone(&self.mirror),
            news: Arc::clone(&self.news),
            filled,
        };
        tasks.spawn(follower.run(reconnected));
        async move {
            // an error: the follower is gone, and with it the queue
            let _ = is_filled.wait_for(|filled| *filled).await;
        }
    }

    /// What the server has, with its number; 0 if it has nothing.
    pub async fn ask(&self, subject: &str) -> Result<(u64, Option<E>), Error> {
        let known = self.mirror.lock().sequence(subject);
        match self.stream.get_last_raw_message_by_subject(subject).await {
            Ok(message) => {
                let entry = decode::<E>(&message.payload);
                self.mirror.lock().told(subject, message.sequence, entry.clone());
                Ok((message.sequence, entry))
            }
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
                self.mirror.lock().gone(subject, known);
                Ok((0, None))
            }
            Err(error) => Err(failed(error)),
        }
    }

    pub fn heard(&self, subject: &str) -> Option<E> {
        self.mirror.lock().get(subject).map(|(_, entry)| entry.clone())
    }

    /// Publishes without a condition, and does not wait.
    pub async fn begin(&self, entry: E, message_id: Option<&str>) -> Result<Sent<E>, Error> {
        let message = PublishMessage::build();
        let message = match message_id {
            Some(id) => message.message_id(id),
            None => message,
        };
        self.publish(entry.subject(), Some(entry), message).await
    }

    pub async fn put(&self, entry: E, message_id: Option<&str>) -> Result<(), Error> {
        let sent = self.begin(entry, message_id).await?;
        self.end(sent).await.map(drop)
    }

    /// Waits for the server; false if the condition did not hold.
    pub async fn end(&self, sent: Sent<E>) -> Result<bool, Error> {
        let Sent { ack, subject, entry } = sent;
        match ack.await {
            Ok(ack) => {
                let news = entry.as_ref().filter(|_| !ack.duplicate).cloned();
                if !ack.duplicate {
                    self.mirror.lock().told(&subject, ack.sequence, entry);
                }
                if let Some(entry) = news {
                    (self.news)(&entry);
                }
                Ok(true)
            }
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    async fn publish(
        &self,
        subject: String,
        entry: Option<E>,
        message: PublishMessage,
    ) -> Result<Sent<E>, Error> {
        let message = match &entry {
            Some(entry) => message.payload(Bytes::from(entry.encode())),
            None => message.ttl(ENDED_KEPT),
        };
        let ack = self.context.send_publish(subject.clone(), message).await.map_err(failed)?;
        Ok(Sent { ack, subject, entry })
    }

    /// Publishes if the newest message of the subject is still that one.
    async fn publish_if(&self, subject: &str, newest: u64, entry: Option<E>) -> Result<bool, Error> {
        let message = PublishMessage::build().expected_last_subject_sequence(newest);
        let sent = self.publish(subject.to_owned(), entry, message).await?;
        self.end(sent).await
    }

    /// Replaces what is there, or ends it, if it is what the caller takes it for.
    pub async fn change(
        &self,
        subject: &str,
        is_old: impl Fn(&E) -> bool,
        entry: Option<E>,
    ) -> Result<bool, Error> {
        let known = self.mirror.lock().get(subject).filter(|(_, old)| is_old(old)).map(|(number, _)| number);
        let newest = match known {
            Some(number) => number,
            None => match self.ask(subject).await? {
                (number, Some(old)) if is_old(&old) => number,
                _ => return Ok(false),
            },
        };
        let done = self.publish_if(subject, newest, entry).await?;
        if !done {
            self.ask(subject).await?;
        }
        Ok(done)
    }

    /// Adds the entry unless there is one.
    pub async fn insert(&self, entry: E) -> Result<bool, Error> {
        let subject = entry.subject();
        for _ in 0..TRIES {
            let (newest, there) = self.ask(&subject).await?;
            if there.is_some() {
                return Ok(false);
            }
            if self.publish_if(&subject, newest, Some(entry.clone())).await? {
                return Ok(true);
            }
        }
        Err(failed("too many write the same job"))
    }

    /// Ends whatever entry there is; false if there is none.
    pub async fn take(&self, subject: &str) -> Result<bool, Error> {
        for _ in 0..TRIES {
            let (newest, there) = self.ask(subject).await?;
            if there.is_none() {
                return Ok(false);
            }
            if self.publish_if(subject, newest, None).await? {
                return Ok(true);
            }
        }
        Err(failed("too many write the same job"))
    }

    pub fn between(
        &self,
        kind: &str,
        after: Option<&(Timestamp, String)>,
        to: Timestamp,
        limit: usize,
    ) -> Vec<E> {
        self.mirror.lock().between(kind, after, to, limit)
    }
    pub fn next(&self, kind: &str, now: Timestamp) -> Option<Timestamp> {
        self.mirror.lock().next(kind, now)
    }
    pub fn newest(&self, kind: &str, before: Option<&(Timestamp, String)>, limit: usize) -> Vec<E> {
        self.mirror.lock().newest(kind, before, limit)
    }
    pub fn page(&self, after: Option<&str>, limit: usize) -> Vec<E> {
        self.mirror.lock().page(after, limit)
    }
    pub fn prune(&self, before: Timestamp) {
        self.mirror.lock().prune(before);
    }
}

fn decode<E: Entry>(payload: &[u8]) -> Option<E> {
    if payload.is_empty() {
        return None;
    }
    let entry = E::decode(payload);
    if entry.is_none() {
        tracing::warn!("a message in {} is none of ours", E::SUBJECTS);
    }
    entry
}

struct Follower<E> {
    stream: Stream,
    mirror: Arc<Mutex<Mirror<E>>>,
    news: News<E>,
    filled: watch::Sender<bool>,
}

impl<E: Entry> Follower<E> {
    /// Reads everything at the start, and again after every loss of the connection: what ended
    /// meanwhile may not be in the stream any more.
    async fn run(self, mut reconnected: watch::Receiver<u64>) {
        loop {
            reconnected.mark_unchanged();
            tokio::select! {
                ended = self.read() => if let Err(error) = ended {
                    tracing::warn!(error, "the stream of {} cannot be followed", E::SUBJECTS);
                    tokio::time::sleep(AGAIN).await;
                },
                _ = reconnected.changed() => {}
            }
        }
    }

    async fn read(&self) -> Result<(), String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let last = self.stream.get_info().await.map_err(|error| text(&error))?.state;
        let config = OrderedConfig { deliver_policy: DeliverPolicy::All, ..OrderedConfig::default() };
        let consumer = self.stream.create_consumer(config).await.map_err(|error| text(&error))?;
        let mut messages = consumer.messages().await.map_err(|error| text(&error))?;
        let mut seen = Some(HashSet::new());
        if last.messages == 0 {
            self.all_read(seen.take(), last.last_sequence);
        }
        while let Some(message) = messages.next().await {
            let message = message.map_err(|error| text(&error))?;
            let info = message.info().map_err(|error| text(&error))?;
            let (sequence, pending) = (info.stream_sequence, info.pending);
            let entry = decode::<E>(&message.payload);
            let news = self.mirror.lock().followed(&message.subject, sequence, entry.clone());
            if let Some(entry) = entry.filter(|_| news) {
                (self.news)(&entry);
            }
            if let Some(seen) = &mut seen {
                seen.insert(message.subject.to_string());
            }
            if pending == 0 || sequence >= last.last_sequence {
                self.all_read(seen.take(), last.last_sequence);
            }
        }
        Ok(())
    }

    fn all_read(&self, seen: Option<HashSet<String>>, last: u64) {
        if let Some(seen) = seen {
            self.mirror.lock().only(&seen, last);
            self.filled.send_replace(true);
        }
    }
}
