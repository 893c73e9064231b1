//! One connection of a load: sends what is due, counts what comes back.

use std::{collections::HashMap, io, sync::Arc, time::Duration};

use platform_kernel::Shutdown;
use rig_iso8583::Iso8583Message;
use tokio::time::Instant;

use super::{Header, LAST, OfConnection, RECONNECT, Run};
use crate::iso8583::{
    connection::{Connection, Progress},
    latency::Latencies,
    options::TransmissionTime,
    pace::Dice,
};

pub struct Sender {
    run: Arc<Run>,
    id: u16,
    dice: Dice,
    stan: u32,
    due: Instant,
    /// When what has no answer yet was due, by STAN; only where the header does not tell.
    open: HashMap<u32, Instant>,
    unanswered: u64,
    counts: OfConnection,
    own: Latencies,
    message: Iso8583Message,
    wire: Vec<u8>,
    body: Vec<u8>,
    time: TransmissionTime,
}

impl Sender {
    pub fn new(run: Arc<Run>, id: u16) -> Self {
        let dice = Dice::new(run.seed, id.into());
        Self {
            due: run.begin + dice.gap(run.rate),
            dice,
            stan: u32::from(id) * 100_000 % 1_000_000,
            run,
            id,
            open: HashMap::new(),
            unanswered: 0,
            counts: OfConnection {
                conn_id: id,
                req_sent: 0,
                resp_recv: 0,
                resp_failed: 0,
                rtt_success: 0,
                latency_p50_ms: 0.0,
                latency_p99_ms: 0.0,
                latency_max_ms: 0.0,
            },
            own: Latencies::coarse(),
            message: Iso8583Message::new(),
            wire: Vec::new(),
            body: Vec::new(),
            time: TransmissionTime::default(),
        }
    }

    pub async fn run(mut self, stop: Shutdown) -> OfConnection {
        let requested = stop.requested();
        tokio::pin!(requested);
        let mut ever = false;
        'connections: loop {
            let connected = tokio::select! {
                connected = self.run.target.connect() => connected,
                () = &mut requested => break,
            };
            let mut connection = match connected {
                Ok(connection) => connection,
                Err(_) => {
                    self.not_sent();
                    tokio::select! {
                        () = tokio::time::sleep(RECONNECT) => {}
                        () = &mut requested => break,
                    }
                    if Instant::now() >= self.run.until {
                        self.not_sent();
                        break;
                    }
                    continue;
                }
            };
            self.run.totals.lock().connected += u16::from(!std::mem::replace(&mut ever, true));
            let timer = tokio::time::sleep_until(self.due);
            tokio::pin!(timer);
            let mut sending = true;
            loop {
                let outcome = tokio::select! {
                    turn = connection.turn() => match turn {
                        Ok(Progress::Read) => self.receive(&mut connection),
                        Ok(Progress::Wrote) => Ok(()),
                        Err(error) => Err(error),
                    },
                    () = &mut timer => if sending {
                        self.send(&mut connection)
                    } else {
                        self.lost(&connection);
                        break 'connections
                    },
                    () = &mut requested, if sending => {
                        sending = false;
                        timer.as_mut().reset(Instant::now() + LAST);
                        Ok(())
                    }
                };
                if outcome.is_err() {
                    self.lost(&connection);
                    if sending {
                        continue 'connections;
                    }
                    break 'connections;
                }
                if sending && self.due >= self.run.until {
                    sending = false;
                    timer.as_mut().reset(self.run.until + LAST);
                } else if sending && timer.deadline() != self.due {
                    timer.as_mut().reset(self.due);
                }
                if !sending && self.unanswered == 0 {
                    self.run.totals.lock().bytes += connection.bytes;
                    connection.close().await;
                    break 'connections;
                }
            }
        }
        self.counts.latency_p50_ms = self.own.quantile_ms(0.5);
        self.counts.latency_p99_ms = self.own.quantile_ms(0.99);
        self.counts.latency_max_ms = self.own.max_ms();
        self.counts
    }

    /// What was due while there was no connection.
    fn not_sent(&mut self) {
        let now = Instant::now().min(self.run.until);
        let mut failed = 0;
        while self.due <= now && self.due < self.run.until {
            failed += u64::from(self.due >= self.run.counted_from);
            self.due += self.dice.gap(self.run.rate);
        }
        self.run.totals.lock().req_failed += failed;
    }

    fn lost(&mut self, connection: &Connection) {
        self.unanswered = 0;
        self.open.clear();
        self.run.totals.lock().bytes += connection.bytes;
    }

    /// Queues everything that is due.
    fn send(&mut self, connection: &mut Connection) -> io::Result<()> {
        let now = Instant::now();
        let mut sent = 0;
        while self.due <= now && self.due < self.run.until {
            self.message.clear();
            self.message.set(0, "0800");
            self.message.set(7, self.time.at(self.run.clock.now()));
            self.message.set(11, format!("{:06}", self.stan));
            self.message.set(70, "301");
            self.wire.clear();
            let written = self.run.spec.wire().encode_to(&self.message, &mut self.wire);
            written.map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
            match &self.run.header {
                Header::None => connection.queue(&[&self.wire])?,
                Header::Fixed(bytes) => connection.queue(&[bytes, &self.wire])?,
                Header::Timed(length) => {
                    let mut header = [0; 128];
                    let since = (self.due - self.run.begin).as_nanos() as u64;
                    header[..8].copy_from_slice(&(self.run.begin_ns + since).to_be_bytes());
                    header[8..10].copy_from_slice(&self.id.to_be_bytes());
                    connection.queue(&[&header[..*length], &self.wire])?;
                }
            }
            if !matches!(self.run.header, Header::Timed(_)) {
                self.open.insert(self.stan, self.due);
            }
            self.unanswered += 1;
            self.stan = (self.stan + 1) % 1_000_000;
            sent += u64::from(self.due >= self.run.counted_from);
            self.due += self.dice.gap(self.run.rate);
        }
        self.counts.req_sent += sent;
        let mut totals = self.run.totals.lock();
        totals.req_sent += sent;
        totals.second_sent += sent;
        Ok(())
    }

    fn receive(&mut self, connection: &mut Connection) -> io::Result<()> {
        let now = Instant::now();
        let run = Arc::clone(&self.run);
        let mut totals = run.totals.lock();
        while connection.frame(&mut self.body)? {
            self.unanswered = self.unanswered.saturating_sub(1);
            let due = self.due_of();
            if due.is_some_and(|due| due < run.counted_from) || (due.is_none() && now < run.counted_from) {
                continue;
            }
            totals.resp_recv += 1;
            totals.second_received += 1;
            totals.last_answer = Some(now);
            self.counts.resp_recv += 1;
            match due {
                None => {
                    totals.resp_failed += 1;
                    self.counts.resp_failed += 1;
                }
                Some(due) => {
                    let took = now.saturating_duration_since(due);
                    totals.all.record(took);
                    totals.second.record(took);
                    self.own.record(took);
                    self.counts.rtt_success += 1;
                }
            }
        }
        Ok(())
    }

    /// When the message was due that the frame in `body` answers; `None` if it answers none of ours.
    fn due_of(&mut self) -> Option<Instant> {
        let run = Arc::clone(&self.run);
        match &run.header {
            Header::Timed(length) => {
                let header = self.body.get(..*length).filter(|_| self.body.len() > *length)?;
                let (time, rest) = header.split_first_chunk()?;
                if rest[..2] != self.id.to_be_bytes() {
                    return None;
                }
                let since = u64::from_be_bytes(*time).checked_sub(run.begin_ns)?;
                let due = run.begin.checked_add(Duration::from_nanos(since))?;
                (due <= Instant::now()).then_some(due)
            }
            header => {
                let skip = if let Header::Fixed(bytes) = header { bytes.len() } else { 0 };
                run.spec.wire().decode_to(self.body.get(skip..)?, &mut self.message).ok()?;
                let stan = self.message.text(11)?.parse().ok()?;
                self.open.remove(&stan)
            }
        }
    }
}
