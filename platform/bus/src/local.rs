//! The in-process engine. One reader–writer lock guards the table; it is held for look-ups
//! and `try_send` only, never while a listener runs or a full channel is waited for.

use std::{collections::HashMap, sync::Arc};

use parking_lot::RwLock;
use tokio::sync::mpsc::{Sender, error::TrySendError};

use crate::{
    Event, Listener, Payload, RequestError, Topic,
    engine::{Call, Engine, Interest, Pending, Reply, Responder},
};

#[derive(Default)]
pub(crate) struct Local {
    kinds: RwLock<HashMap<&'static str, Kind>>,
    responders: RwLock<HashMap<&'static str, Arc<Responder>>>,
}

#[derive(Default)]
struct Kind {
    listeners: Arc<[Listener]>,
    /// Everyone subscribed, whatever they want.
    senders: HashMap<u64, Sender<Event>>,
    next_number: u64,
    /// Wanting everything; a subscriber listed here is in no list of `topics`.
    all: Vec<(u64, Sender<Event>)>,
    topics: HashMap<u64, Vec<(u64, Sender<Event>)>>,
}

impl Kind {
    fn remove(&mut self, number: u64) {
        self.all.retain(|(other, _)| *other != number);
        self.topics.retain(|_, wanting| {
            wanting.retain(|(other, _)| *other != number);
            !wanting.is_empty()
        });
    }
}

impl Engine for Local {
    fn publish(&self, topic: Topic, payload: Arc<dyn Payload>) -> Option<Pending<()>> {
        let listeners = {
            let kinds = self.kinds.read();
            let kind = kinds.get(topic.kind)?;
            kind.listeners.clone()
        };
        for listener in &*listeners {
            listener(topic, &payload);
        }
        let mut full: Vec<Sender<Event>> = Vec::new();
        {
            let kinds = self.kinds.read();
            let kind = kinds.get(topic.kind)?;
            let wanting = kind.topics.get(&topic.id).map_or(&[][..], Vec::as_slice);
            for (_, sender) in kind.all.iter().chain(wanting) {
                if let Err(TrySendError::Full(_)) = sender.try_send((topic, payload.clone())) {
                    full.push(sender.clone());
                }
            }
        }
        if full.is_empty() {
            return None;
        }
        Some(Box::pin(async move {
            for sender in full {
                // An error means the subscriber has left meanwhile.
                let _ = sender.send((topic, payload.clone())).await;
            }
        }))
    }

    fn subscribe(&self, kind: &'static str, sender: Sender<Event>) -> u64 {
        let mut kinds = self.kinds.write();
        let kind = kinds.entry(kind).or_default();
        kind.next_number += 1;
        kind.senders.insert(kind.next_number, sender);
        kind.next_number
    }

    fn unsubscribe(&self, kind: &'static str, number: u64) {
        if let Some(kind) = self.kinds.write().get_mut(kind) {
            kind.senders.remove(&number);
            kind.remove(number);
        }
    }

    fn interest(&self, kind: &'static str, number: u64, change: Interest) {
        let mut kinds = self.kinds.write();
        let Some(kind) = kinds.get_mut(kind) else { return };
        let Some(sender) = kind.senders.get(&number).cloned() else { return };
        if kind.all.iter().any(|(other, _)| *other == number) {
            return;
        }
        match change {
            Interest::Add(id) => {
                let wanting = kind.topics.entry(id).or_default();
                if wanting.iter().all(|(other, _)| *other != number) {
                    wanting.push((number, sender));
                }
            }
            Interest::Remove(id) => {
                if let Some(wanting) = kind.topics.get_mut(&id) {
                    wanting.retain(|(other, _)| *other != number);
                    if wanting.is_empty() {
                        kind.topics.remove(&id);
                    }
                }
            }
            Interest::All => {
                kind.remove(number);
                kind.all.push((number, sender));
            }
        }
    }

    fn listen(&self, kind: &'static str, listener: Listener) {
        let mut kinds = self.kinds.write();
        let kind = kinds.entry(kind).or_default();
        kind.listeners = kind.listeners.iter().cloned().chain([listener]).collect();
    }

    fn respond(&self, name: &'static str, responder: Responder) {
        self.responders.write().insert(name, Arc::new(responder));
    }

    fn request(&self, call: Call) -> Pending<Result<Reply, RequestError>> {
        let responder = self.responders.read().get(call.name).cloned();
        Box::pin(async move {
            let Some(responder) = responder else { return Err(RequestError::NoResponder(call.name)) };
            // On a task of its own: an asker that gives up does not cut the responder short,
            // and a panic of the responder is the asker's error, not its own panic.
            let reply = tokio::spawn(async move { (responder.by_value)(call.value).await });
            reply.await.map_err(|_| RequestError::Failed(call.name))
        })
    }

    fn close(&self) {
        self.kinds.write().clear();
        self.responders.write().clear();
    }
}
