//! One terminal: its connection, what it sent on it, and whether the answers are the right ones.

use std::{
    collections::{HashMap, VecDeque},
    io,
    sync::Arc,
    time::Duration,
};

use parking_lot::Mutex;
use platform_kernel::{Clock, Shutdown};
use rig_iso8583::framing::Tpdu;
use tokio::time::Instant;

use super::{
    plan::{Pen, Plan, Stans, Transaction, number},
    totals::{Totals, count},
};
use crate::iso8583::{
    connection::{Connection, Progress, Target},
    pace::Dice,
};

const RECONNECT_PAUSE: Duration = Duration::from_millis(200);
/// So long is tried to come back.
const RECONNECT_PATIENCE: Duration = Duration::from_secs(60);

/// What all terminals have in common.
pub struct Run {
    pub plan: Plan,
    pub target: Target,
    pub tpdu: bool,
    pub timeout: Duration,
    pub reconnect: bool,
    /// Requests a second of each terminal; 0: the next when the last was answered.
    pub rate: f64,
    /// Requests of each terminal, or none where a time says when to stop.
    pub count: Option<u64>,
    pub until: Option<Instant>,
    /// What is sent before does not count.
    pub counted_from: Instant,
    pub clock: Clock,
    pub totals: Mutex<Totals>,
}

struct Open {
    transaction: Transaction,
    due: Instant,
}

pub struct Session {
    run: Arc<Run>,
    terminal_id: String,
    stans: Stans,
    dice: Dice,
    sent: u64,
    due: Instant,
    open: HashMap<u32, Open>,
    /// When to give up waiting, in the order of sending.
    deadlines: VecDeque<(Instant, u32)>,
    stopped: bool,
    pen: Pen,
    body: Vec<u8>,
}

impl Session {
    pub fn new(run: Arc<Run>, terminal_id: String, stans: Stans, dice: Dice, begin: Instant) -> Self {
        Self {
            due: if run.rate > 0.0 { begin + dice.gap(run.rate) } else { begin },
            run,
            terminal_id,
            stans,
            sent: 0,
            open: HashMap::new(),
            deadlines: VecDeque::new(),
            stopped: false,
            pen: Pen::new(dice.below(u64::MAX)),
            dice,
            body: Vec::new(),
        }
    }

    pub async fn run(mut self, stop: Shutdown) {
        let requested = stop.requested();
        tokio::pin!(requested);
        let mut first = true;
        loop {
            let connected = tokio::select! {
                connected = self.connect(first) => connected,
                () = &mut requested => return,
            };
            let mut connection = match connected {
                Ok(connection) => connection,
                Err(error) => return self.give_up(&format!("no connection: {error}")),
            };
            if !std::mem::replace(&mut first, false) {
                self.run.totals.lock().reconnects += 1;
            }
            let ended = tokio::select! {
                ended = self.talk(&mut connection, &stop) => ended,
                // Asked to stop: what is open may still be answered.
                () = &mut requested => {
                    self.stopped = true;
                    self.talk(&mut connection, &stop).await
                }
            };
            match ended {
                Ok(()) => return connection.close().await,
                Err(error) => self.lost(&error),
            }
            if self.done() || self.stopped {
                return;
            }
            if !self.run.reconnect {
                return self.give_up("the connection was lost");
            }
        }
    }

    async fn connect(&self, first: bool) -> io::Result<Connection> {
        let patience = Instant::now() + RECONNECT_PATIENCE;
        loop {
            match self.run.target.connect().await {
                Ok(connection) => return Ok(connection),
                Err(error) if first || Instant::now() >= patience => return Err(error),
                Err(_) => tokio::time::sleep(RECONNECT_PAUSE).await,
            }
        }
    }

    /// Sends and receives until everything is answered, or the connection ends.
    async fn talk(&mut self, connection: &mut Connection, stop: &Shutdown) -> io::Result<()> {
        let timer = tokio::time::sleep_until(self.due);
        tokio::pin!(timer);
        loop {
            self.expire();
            if !self.stopped {
                self.send(connection)?;
            }
            if self.open.is_empty() && (self.stopped || self.done()) {
                return Ok(());
            }
            let next = self.next_moment();
            if timer.deadline() != next {
                timer.as_mut().reset(next);
            }
            tokio::select! {
                turn = connection.turn() => if turn? == Progress::Read {
                    self.receive(connection)?;
                },
                () = &mut timer => {}
            }
            self.stopped |= stop.is_requested();
        }
    }

    fn done(&self) -> bool {
        match (self.run.count, self.run.until) {
            (Some(count), _) => self.sent >= count,
            // With a rate, what was due in time is sent even if we are late.
            (None, Some(until)) if self.run.rate > 0.0 => self.due >= until,
            (None, Some(until)) => Instant::now() >= until,
            (None, None) => true,
        }
    }

    /// When there is something to do even if nothing comes in.
    fn next_moment(&self) -> Instant {
        let give_up = self.deadlines.front().map(|deadline| deadline.0);
        let sending = !self.stopped && !self.done() && (self.run.rate > 0.0 || self.open.is_empty());
        let moments =
            [give_up, sending.then_some(self.due), self.run.until.filter(|at| *at > Instant::now())];
        let next = moments.into_iter().flatten().min();
        next.unwrap_or_else(|| Instant::now() + self.run.timeout)
    }

    fn send(&mut self, connection: &mut Connection) -> io::Result<()> {
        let now = Instant::now();
        while self.due <= now && !self.done() {
            if self.run.rate <= 0.0 {
                if !self.open.is_empty() {
                    break;
                }
                self.due = now;
            }
            let stan = self.stans.nth(self.sent);
            if self.open.contains_key(&stan) {
                // Round once, and this one is still open: it waits.
                self.due = now + Duration::from_millis(1);
                break;
            }
            let run = &self.run;
            let mut transaction = run.plan.transaction(stan, &self.dice);
            run.plan
                .write(&mut transaction, &self.terminal_id, run.clock.now(), &mut self.pen)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
            if run.tpdu {
                connection.queue(&[Tpdu::new(1, 0).bytes(), &self.pen.wire])?;
            } else {
                connection.queue(&[&self.pen.wire])?;
            }
            self.sent += 1;
            if self.due >= run.counted_from {
                let mut totals = run.totals.lock();
                totals.sent += 1;
                totals.first.get_or_insert(now);
            }
            self.deadlines.push_back((now + run.timeout, stan));
            self.open.insert(stan, Open { transaction, due: self.due });
            if run.rate > 0.0 {
                self.due += self.dice.gap(run.rate);
            }
        }
        Ok(())
    }

    /// Gives up what had no answer in time.
    fn expire(&mut self) {
        let now = Instant::now();
        while let Some((deadline, stan)) = self.deadlines.front().copied() {
            let waiting = self.open.get(&stan).is_some_and(|open| open.due + self.run.timeout <= deadline);
            if waiting && deadline > now {
                break;
            }
            self.deadlines.pop_front();
            if waiting && let Some(open) = self.open.remove(&stan) {
                if open.due < self.run.counted_from {
                    continue;
                }
                let mut totals = self.run.totals.lock();
                totals.failed += 1;
                totals.last = Some(now);
                totals.complain(|| format!("{} STAN {stan:06}: no answer in time", self.terminal_id));
            }
        }
    }

    fn receive(&mut self, connection: &mut Connection) -> io::Result<()> {
        let now = Instant::now();
        let run = Arc::clone(&self.run);
        let mut totals = run.totals.lock();
        while connection.frame(&mut self.body)? {
            let body = if run.tpdu { self.body.get(Tpdu::LEN..).unwrap_or_default() } else { &self.body };
            if let Err(error) = run.plan.spec.wire().decode_to(body, &mut self.pen.message) {
                totals.failed += 1;
                totals.complain(|| format!("{}: an answer cannot be read: {error}", self.terminal_id));
                continue;
            }
            self.judge(now, &mut totals);
        }
        Ok(())
    }

    /// Compares the answer in `message` with its request.
    fn judge(&mut self, now: Instant, totals: &mut Totals) {
        let answer = &self.pen.message;
        let id = &self.terminal_id;
        let stan = answer.text(11).and_then(number).and_then(|stan| u32::try_from(stan).ok());
        let Some(stan) = stan.filter(|stan| self.stans.has(*stan)) else {
            totals.cross_wired += 1;
            return totals.complain(|| format!("{id}: an answer with the STAN of another terminal"));
        };
        let Some(Open { transaction, due }) = self.open.remove(&stan) else {
            totals.late += 1;
            return totals.complain(|| format!("{id} STAN {stan:06}: answered late, or twice"));
        };
        if due < self.run.counted_from {
            return;
        }
        totals.answer(now.saturating_duration_since(due), now);
        let code = answer.text(39).unwrap_or_default().trim();
        count(&mut totals.by_de39, code);
        if let Some(text) = answer.text(42) {
            count(&mut totals.by_de42, text.trim());
        }
        let another =
            |element: u8, own: &dyn Fn(&str) -> bool| answer.text(element).is_some_and(|text| !own(text));
        if another(41, &|text| text.trim() == id.trim()) {
            totals.cross_wired += 1;
            totals.complain(|| format!("{id} STAN {stan:06}: the answer is for another terminal"));
        } else if another(4, &|text| transaction.amount.is_none() || number(text) == transaction.amount) {
            totals.cross_wired += 1;
            totals.complain(|| format!("{id} STAN {stan:06}: the answer has another amount"));
        } else if answer.mti() != transaction.answer {
            totals.failed += 1;
            let (mti, due) = (answer.mti().to_owned(), &transaction.answer);
            totals.complain(|| format!("{id} STAN {stan:06}: the answer is a {mti} where a {due} is due"));
        } else if !self.run.plan.accepts(&transaction, code) {
            totals.failed += 1;
            let due = transaction.code.as_deref().unwrap_or("another");
            totals.complain(|| {
                format!("{id} STAN {stan:06}: DE 39 is `{}` where {due} is due", code.escape_debug())
            });
        } else {
            totals.ok += 1;
        }
    }

    /// What was open on a connection that is gone is lost.
    fn lost(&mut self, error: &io::Error) {
        let mut totals = self.run.totals.lock();
        totals.dropped += self.open.values().filter(|open| open.due >= self.run.counted_from).count() as u64;
        totals.complain(|| match error.kind() {
            io::ErrorKind::UnexpectedEof => format!("{}: the other side closed", self.terminal_id),
            _ => format!("{}: {error}", self.terminal_id),
        });
        self.open.clear();
        self.deadlines.clear();
    }

    /// Everything that was still to be sent failed.
    fn give_up(self, why: &str) {
        let left = self.run.count.map_or(1, |count| count.saturating_sub(self.sent)).max(1);
        let mut totals = self.run.totals.lock();
        totals.failed += left;
        totals.complain(|| format!("{}: {why}", self.terminal_id));
    }
}
