//! One gear that runs: the gear, a task for each wire that reaches it, and one for commands.
//!
//! Messages of a wire are handled one after the other, wires beside each other. A task takes its
//! first business message only once the gear has started.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use metrics::{Counter, Histogram};
use parking_lot::Mutex;
use rig_gears::{Command, Emitter, Gear, GearContext, GearError, LaneReceiver, Message};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
    time::{Instant, timeout},
};

use crate::{
    hops::{Hop, Hops, spans_of, trace_of},
    plan::{Part, Route},
};

/// What the tasks of a gear are to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Look for probes, hold messages back.
    Waiting,
    Running,
    /// Finish the message at hand and hand the wire back.
    Stopping,
}

/// The receiving end of a wire, which outlives the gear that reads it.
pub type Inlet = Arc<tokio::sync::Mutex<LaneReceiver>>;

pub struct Running {
    pub part: Part,
    pub context: GearContext,
    gear: Arc<dyn Gear>,
    emit: Emitter,
    phase: watch::Sender<Phase>,
    hops: Option<Arc<dyn Hops>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

struct Meters {
    received: Counter,
    time: Histogram,
}

impl Running {
    /// Begins to read the wires, for probes only.
    pub fn new(
        part: Part,
        context: GearContext,
        gear: Box<dyn Gear>,
        emit: Emitter,
        inlets: Vec<(Route, Inlet)>,
        hops: Option<Arc<dyn Hops>>,
    ) -> Self {
        let running = Self {
            part,
            gear: Arc::from(gear),
            emit,
            phase: watch::channel(Phase::Waiting).0,
            hops,
            tasks: Mutex::default(),
            context,
        };
        let commands = running.context.controls.register(&running.context.name);
        let mut tasks = vec![tokio::spawn(running.commands(commands))];
        tasks.extend(inlets.into_iter().map(|(route, inlet)| tokio::spawn(running.wire(route.to.1, inlet))));
        *running.tasks.lock() = tasks;
        running
    }

    fn wire(&self, port: String, inlet: Inlet) -> impl Future<Output = ()> + Send + 'static {
        let (gear, emit, context) = (self.gear.clone(), self.emit.clone(), self.context.clone());
        let mut phase = self.phase.subscribe();
        let (hops, label) = (self.hops.clone(), Arc::<str>::from(&*port));
        let name = context.name.to_string();
        let meters = Meters {
            received: metrics::counter!("flux.gear.messages_in", "flux.name" => name.clone()),
            time: metrics::histogram!("flux.gear.processing_time_ms", "flux.name" => name),
        };
        async move {
            let mut lane = inlet.lock().await;
            loop {
                let running = *phase.borrow() == Phase::Running;
                let at_hand = if running { lane.at_hand() } else { None };
                let message = match at_hand {
                    // Under load most messages come this way, which waits for nothing.
                    Some(message) => message,
                    None => match next(&mut lane, &mut phase).await {
                        Some(message) => message,
                        None => return,
                    },
                };
                meters.received.increment(1);
                let hop = hops.as_ref().and_then(|hops| seen(&**hops, &context, &label, &message));
                let begun = Instant::now();
                let work = AssertUnwindSafe(gear.process(&port, message, &emit)).catch_unwind().await;
                meters.time.record(begun.elapsed().as_secs_f64() * 1000.0);
                lane.done();
                if let (Some(hops), Some(mut hop)) = (&hops, hop) {
                    hop.took = begun.elapsed();
                    hop.failed = match &work {
                        Ok(Ok(())) => None,
                        Ok(Err(error)) => Some(error.reason.clone()),
                        Err(_) => Some("panic".into()),
                    };
                    hops.hop(hop);
                }
                told(&context, work);
            }
        }
    }

    fn commands(&self, mut queue: mpsc::Receiver<Command>) -> impl Future<Output = ()> + Send + 'static {
        let (gear, context) = (self.gear.clone(), self.context.clone());
        let mut phase = self.phase.subscribe();
        async move {
            loop {
                let command = tokio::select! {
                    () = stopping(&mut phase) => return,
                    command = queue.recv() => command,
                };
                let Some(command) = command else { return };
                told(&context, AssertUnwindSafe(gear.control(command)).catch_unwind().await);
            }
        }
    }

    pub async fn init(&self) -> Result<(), GearError> {
        hook(self.gear.init()).await
    }
    pub async fn start(&self) -> Result<(), GearError> {
        hook(self.gear.start(self.emit.clone())).await
    }
    /// Lets business messages in.
    pub fn open(&self) {
        self.phase.send_replace(Phase::Running);
    }
    pub async fn drain(&self, deadline: Instant) {
        let drained = AssertUnwindSafe(self.gear.drain(deadline)).catch_unwind();
        match tokio::time::timeout_at(deadline, drained).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => self.context.failed(&panicked()),
            Err(_) => {
                tracing::warn!(gear = &*self.context.name, "was not done when the time for it was over")
            }
        }
    }
    /// Stops reading the wires (what is queued stays on them) and lets everything go.
    pub async fn stop(&self, patience: Duration) {
        self.phase.send_replace(Phase::Stopping);
        let tasks = std::mem::take(&mut *self.tasks.lock());
        let deadline = Instant::now() + patience;
        for mut task in tasks {
            if tokio::time::timeout_at(deadline, &mut task).await.is_err() {
                tracing::warn!(gear = &*self.context.name, "a message took too long and was given up");
                task.abort();
                // Ended for good before the wire is read by another.
                let _ = task.await;
            }
        }
        self.context.controls.remove(&self.context.name);
        match timeout(patience, AssertUnwindSafe(self.gear.stop()).catch_unwind()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => self.context.failed(&panicked()),
            Err(_) => tracing::warn!(gear = &*self.context.name, "did not stop in time"),
        }
    }
}

/// The next message once the gear has started; none when the wire is not read any more.
async fn next(lane: &mut LaneReceiver, phase: &mut watch::Receiver<Phase>) -> Option<Message> {
    let message = tokio::select! {
        biased;
        () = stopping(phase) => return None,
        message = lane.recv() => message?,
    };
    let ready = phase.wait_for(|phase| *phase != Phase::Waiting).await.map(|phase| *phase);
    if !matches!(ready, Ok(Phase::Running)) {
        lane.put_back(message);
        return None;
    }
    Some(message)
}

async fn stopping(phase: &mut watch::Receiver<Phase>) {
    // An error: the gear is gone, which is the same.
    let _ = phase.wait_for(|phase| *phase == Phase::Stopping).await;
}

/// The hop that begins, if somebody wants it.
fn seen(hops: &dyn Hops, context: &GearContext, port: &Arc<str>, message: &Message) -> Option<Hop> {
    let trace = trace_of(message);
    if !hops.wants(&trace) {
        return None;
    }
    let (span, parent) = spans_of(message, context.id.0);
    Some(Hop {
        trace,
        span,
        parent,
        gear: context.name.clone(),
        port: port.clone(),
        flux_id: message.id,
        begun: context.clock.now().millis() * 1_000_000,
        took: Duration::ZERO,
        failed: None,
    })
}

fn panicked() -> GearError {
    GearError::new("panic", "the gear panicked")
}

async fn hook(work: impl Future<Output = Result<(), GearError>>) -> Result<(), GearError> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(panicked()))
}

fn told(context: &GearContext, outcome: std::thread::Result<Result<(), GearError>>) {
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => context.failed(&error),
        Err(_) => context.failed(&panicked()),
    }
}
