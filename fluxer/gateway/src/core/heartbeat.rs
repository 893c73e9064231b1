//! When a silent client is asked for a sign of life, and when it is given up (§4). The server
//! looks every third of the interval; a transport that carries no frame at all for a minute
//! is closed without more ado.

pub const INTERVAL_MS: i64 = 41_250;
const CHECK_MS: i64 = INTERVAL_MS / 3;
const ASK_AFTER_MS: i64 = 37_125;
const DEAD_AFTER_MS: i64 = 45_000;
const IDLE_MS: i64 = 60_000;

/// What a look at the clock found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing; look again at [`Heartbeat::next`].
    Nothing,
    /// Ask the client for a heartbeat.
    Ask,
    /// Close with 4009.
    Dead,
    /// Close with 1000: not one frame in a minute.
    Idle,
}

/// The liveness of one connection.
#[derive(Debug, Clone)]
pub struct Heartbeat {
    last_beat: i64,
    last_frame: i64,
    next_check: i64,
    asked: bool,
}

impl Heartbeat {
    pub const fn new(now: i64) -> Self {
        Self { last_beat: now, last_frame: now, next_check: now + CHECK_MS, asked: false }
    }
    /// Any frame arrived.
    pub const fn frame(&mut self, now: i64) {
        self.last_frame = now;
    }
    /// A heartbeat was accepted, or a session resumed.
    pub const fn beat(&mut self, now: i64) {
        self.last_beat = now;
        self.asked = false;
    }
    /// The time to call [`Heartbeat::check`] next.
    pub fn next(&self) -> i64 {
        self.next_check.min(self.last_frame + IDLE_MS)
    }
    pub fn check(&mut self, now: i64) -> Due {
        if now - self.last_frame >= IDLE_MS {
            return Due::Idle;
        }
        if now < self.next_check {
            return Due::Nothing;
        }
        self.next_check = now + CHECK_MS;
        let silent = now - self.last_beat;
        if self.asked && silent > DEAD_AFTER_MS {
            Due::Dead
        } else if !self.asked && silent >= ASK_AFTER_MS {
            self.asked = true;
            Due::Ask
        } else {
            Due::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a connection that beats at the given times until it is closed or `until`.
    fn run(beats: &[i64], frames: &[i64], until: i64) -> Vec<(i64, Due)> {
        let mut heart = Heartbeat::new(0);
        let mut out = Vec::new();
        for now in 0..=until {
            if beats.contains(&now) {
                heart.frame(now);
                heart.beat(now);
            }
            if frames.contains(&now) {
                heart.frame(now);
            }
            if now >= heart.next() {
                let due = heart.check(now);
                if due != Due::Nothing {
                    out.push((now, due));
                }
                if matches!(due, Due::Dead | Due::Idle) {
                    break;
                }
            }
        }
        out
    }

    #[test]
    fn silence_is_asked_about_then_ended() {
        assert_eq!(run(&[], &[30_000], 200_000), [(41_250, Due::Ask), (55_000, Due::Dead)]);
    }

    #[test]
    fn a_client_that_beats_is_never_asked() {
        let beats: Vec<i64> = (1..10).map(|n| n * 33_000).collect();
        assert_eq!(run(&beats, &[], 330_000), []);
    }

    #[test]
    fn an_answer_to_the_question_keeps_it_alive() {
        assert_eq!(run(&[42_000, 80_000], &[], 110_000), [(41_250, Due::Ask), (82_500, Due::Nothing)][..1]);
    }

    #[test]
    fn other_frames_do_not_replace_heartbeats() {
        let frames: Vec<i64> = (1..60).map(|n| n * 1_000).collect();
        assert_eq!(run(&[], &frames, 100_000).last(), Some(&(55_000, Due::Dead)));
    }
}
