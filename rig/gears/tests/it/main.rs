//! Gears with sockets, on real ones: what they say, whom they answer, what they bear.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod hostile;
mod iso;
mod observed;
mod tcp;
mod tls;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use platform_kernel::{Clock, Rng};
use rig_envelope::{EntityType, Ids, Uuid};
use rig_gears::{
    Emitter, Gear, GearContext, GearError, Lane, LaneReceiver, Listeners, Message, Output, Registry, Services,
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A network management request, as it stands on the wire without a length.
const ECHO: &[u8] = b"0800822000000000000004000000000000000102030405000001301";

/// A gear that was started, with its one output held open.
struct Station {
    name: String,
    gear: Arc<dyn Gear>,
    emit: Emitter,
    out: LaneReceiver,
    context: GearContext,
}

impl Station {
    async fn new(name: &str, gear_type: &str, config: Value) -> Self {
        let station = Self::with_lane(name, gear_type, config, 1024);
        station.gear.init().await.unwrap();
        station.gear.start(station.emit.clone()).await.unwrap();
        station
    }
    /// Not started yet.
    fn with_lane(name: &str, gear_type: &str, config: Value, size: usize) -> Self {
        observed::observe();
        let (clock, rng) = (Clock::system(), Rng::system());
        let ids = Ids::new(clock.clone(), rng.clone(), Uuid::nil());
        let context = GearContext {
            name: Arc::from(name),
            id: ids.entity_id(EntityType::Gear),
            ids: ids.clone(),
            clock: clock.clone(),
            rng,
            links: Default::default(),
            controls: Default::default(),
            services: Services::default(),
            bindings: Default::default(),
            base: PathBuf::from(env!("CARGO_TARGET_TMPDIR")),
        };
        let gear = Registry::builtin().get(gear_type).unwrap().build(config, &context).unwrap();
        let (lane, out) = Lane::new(size);
        let output = Output { port: "out".into(), id: Uuid::nil(), lanes: vec![lane.sender()] };
        let patience = Duration::from_secs(60);
        let emit = Emitter::new(name, context.id.0, ids, clock, vec![output], patience);
        Self { name: name.to_owned(), gear: Arc::from(gear), emit, out, context }
    }
    fn address(&self) -> SocketAddr {
        self.context.services.get::<Listeners>().unwrap().lock()[&self.name]
    }
    async fn call(&self) -> TcpStream {
        TcpStream::connect(self.address()).await.unwrap()
    }
    /// The next message that came in.
    async fn next(&mut self) -> Message {
        let message = self.out.recv().await.unwrap();
        self.out.done();
        message
    }
    async fn send(&self, message: Message) -> Result<(), GearError> {
        self.gear.process("in", message, &self.emit).await
    }
    /// Sends back what comes in until it is stopped.
    async fn echo(&mut self, count: usize) {
        for _ in 0..count {
            let message = self.next().await;
            self.send(message).await.unwrap();
        }
    }
    /// How often the gear counted an error of this kind.
    fn errors(&self, reason: &str) -> u64 {
        observed::metric("flux.gear.errors", &self.name, Some(reason))
    }
    fn metric(&self, metric: &str) -> u64 {
        observed::metric(metric, &self.name, None)
    }
    async fn error(&self, reason: &str, times: u64) {
        until(|| self.errors(reason) >= times).await;
        assert_eq!(self.errors(reason), times, "{reason}");
    }
}

/// Ready once it is so; gives up after a long while.
async fn until(so: impl Fn() -> bool) {
    for _ in 0..15_000 {
        if so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("it never came to that");
}

/// With the two bytes of its length in front.
fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = (body.len() as u16).to_be_bytes().to_vec();
    frame.extend_from_slice(body);
    frame
}

/// Reads one frame with two bytes of length.
async fn read_frame(stream: &mut TcpStream) -> Vec<u8> {
    let length = stream.read_u16().await.unwrap();
    let mut body = vec![0; length.into()];
    stream.read_exact(&mut body).await.unwrap();
    body
}

/// Ready when the peer has closed; what came before that.
async fn until_closed(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A reset is as good as an end.
    let _ = stream.read_to_end(&mut rest).await;
    rest
}

/// A good message on a connection of its own is answered.
async fn still_answers(station: &mut Station) {
    let mut stream = station.call().await;
    stream.write_all(&framed(ECHO)).await.unwrap();
    station.echo(1).await;
    assert_eq!(read_frame(&mut stream).await, ECHO);
}
