//! What a connection does about each client message, by phase (§4).

use sha2::{Digest, Sha256};

use super::{Connection, Phase};
use crate::{
    core::{
        close::Close,
        command::{self, Command, Resume},
        identify::Identify,
    },
    guild, start,
};

impl Connection {
    pub(super) fn message(&mut self, now: i64, payload: &[u8]) {
        if let Err(close) = self.handle(now, payload) {
            self.close(&close);
        }
    }

    fn handle(&mut self, now: i64, payload: &[u8]) -> Result<(), Close> {
        let frame = command::parse(payload)?;
        if !self.rate.accept(now) {
            return Err(Close::RATE);
        }
        let (session, command) = match (&self.phase, command::command(frame)?) {
            (_, Command::Heartbeat(d)) => return self.heartbeat(now, d),
            (Phase::Open, Command::Identify(d)) => {
                let identify = Identify::parse(d)?;
                self.phase = Phase::Starting;
                start::spawn(&self.gateway, &self.link, identify, self.ip);
                return Ok(());
            }
            (_, Command::Identify(_)) => return Err(Close::ALREADY),
            (Phase::Open | Phase::Active(_), Command::Resume(resume)) => return self.resume(now, resume),
            (Phase::Active(session), command) => (session.clone(), command),
            _ => return Err(Close::NOT_AUTHENTICATED),
        };
        match command {
            Command::Presence(Some(set)) => self.gateway.set_presence(&session, set),
            Command::Presence(None) => return Err(Close::PAYLOAD),
            Command::Members(Some(request)) => {
                let guild = request.guild;
                self.gateway.command(guild, guild::Command::Request { session: session.number, request });
            }
            Command::Subscribe(wishes) => {
                for wish in wishes {
                    let command = guild::Command::Subscribe { session: session.number, wish: Box::new(wish) };
                    self.gateway.command(
                        match &command {
                            guild::Command::Subscribe { wish, .. } => wish.guild,
                            _ => continue,
                        },
                        command,
                    );
                }
            }
            Command::Counts { guilds, nonce } => self.gateway.counts(&session, &guilds, nonce),
            Command::Members(None) | Command::Voice => {}
            Command::Heartbeat(_) | Command::Identify(_) | Command::Resume(_) => {}
        }
        Ok(())
    }

    fn heartbeat(&mut self, now: i64, d: Option<Result<u64, ()>>) -> Result<(), Close> {
        if let Phase::Active(session) = &self.phase {
            session.core(|core| core.acknowledge(d))?;
        }
        self.heart.beat(now);
        metrics::counter!("gateway.heartbeat.success").increment(1);
        self.send(r#"{"op":11}"#);
        Ok(())
    }

    fn resume(&mut self, now: i64, resume: Resume) -> Result<(), Close> {
        let session = resume.session_id.as_deref().and_then(|id| self.gateway.find(id));
        let Some(session) = session else {
            metrics::counter!("gateway.resume.failure").increment(1);
            self.leave();
            self.send(r#"{"op":9,"d":false}"#);
            return Ok(());
        };
        if <[u8; 32]>::from(Sha256::digest(resume.token.as_bytes())) != session.token_hash {
            return Err(Close::TOKEN);
        }
        if !session.is_served_by(&self.link) {
            self.leave();
        }
        if session.attach(&self.link, resume.seq)? {
            metrics::counter!("gateway.resume.success").increment(1);
            self.heart.beat(now);
            self.phase = Phase::Active(session);
        } else {
            metrics::counter!("gateway.resume.failure").increment(1);
            self.leave();
            self.send(r#"{"op":9,"d":false}"#);
        }
        Ok(())
    }
}
