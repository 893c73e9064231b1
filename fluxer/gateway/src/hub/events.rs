//! What arrives on the user topic: dispatches for all sessions of a user, and instructions.

use std::sync::Arc;

use fluxer_domain::events::{Control, Event as DomainEvent, EventName, Published};
use fluxer_wire::settings::UserSettings;
use platform_bus::Payload;

use super::{Hub, Outcome, relations};
use crate::{fanout, session::Session};

/// An instruction that needs more than this module has; see `Gateway`.
#[derive(Debug)]
pub enum Todo {
    Nothing,
    /// Read the user's partial again and tell everybody who sees it.
    Profile,
    /// Read the settings again.
    Settings,
    /// End these sessions.
    End(Vec<Arc<Session>>),
    /// End everything.
    Reset,
}

impl Hub {
    /// Handles something published to `user`.
    pub fn receive(&self, now: i64, user: u64, payload: &Arc<dyn Payload>) -> (Todo, Outcome) {
        let Some(published) = payload.downcast_ref::<Published>() else {
            return (Todo::Nothing, Outcome::default());
        };
        match published {
            Published::Event(event) => (Todo::Nothing, self.deliver(now, user, event, payload)),
            Published::Control(control) => self.obey(user, control),
        }
    }

    fn deliver(&self, now: i64, id: u64, event: &DomainEvent, payload: &Arc<dyn Payload>) -> Outcome {
        let mut state = self.lock();
        if !state.users.contains_key(&id) {
            return Outcome::default();
        }
        let encoded = match &state.last {
            Some((last, encoded)) if Arc::ptr_eq(last, payload) => encoded.clone(),
            _ => {
                let encoded = Arc::new(fanout::encode(event, None));
                state.last = Some((payload.clone(), encoded.clone()));
                encoded
            }
        };
        if let Some(user) = state.users.get(&id) {
            for session in &user.sessions {
                let acted = event.routing.exclude_session.as_deref();
                if acted.is_none_or(|acted| !acted.eq_ignore_ascii_case(&session.id_text())) {
                    session.dispatch(now, encoded.clone());
                }
            }
        }
        if relations::matters(event.name) {
            state.relate(now, id, &Arc::new(event.clone()));
        }
        if event.name == EventName::UserSettingsUpdate
            && let Ok(settings) = serde_json::from_slice::<UserSettings>(&event.body)
            && let Some(user) = state.users.get(&id)
        {
            let changed = {
                let mut seen = user.shared.0.write();
                std::mem::replace(&mut seen.custom_status, settings.custom_status.clone())
                    != settings.custom_status
            };
            if changed {
                return state.publish(now, id, true);
            }
        }
        Outcome::default()
    }

    fn obey(&self, id: u64, control: &Control) -> (Todo, Outcome) {
        let mut outcome = Outcome::default();
        let todo = match control {
            Control::TerminateSessions { hashes } => {
                let mut sessions = self.sessions(id);
                if let Some(hashes) = hashes {
                    sessions.retain(|session| {
                        session.auth_hash.as_deref().is_some_and(|own| hashes.iter().any(|hash| hash == own))
                    });
                }
                Todo::End(sessions)
            }
            Control::JoinGuild { guild_id } => {
                if let Some(user) = self.lock().users.get_mut(&id) {
                    user.guilds.insert(guild_id.get());
                    outcome.join = Some(guild_id.get());
                }
                Todo::Nothing
            }
            Control::LeaveGuild { guild_id } => {
                if let Some(user) = self.lock().users.get_mut(&id) {
                    user.guilds.remove(&guild_id.get());
                    outcome.leave = Some(guild_id.get());
                }
                Todo::Nothing
            }
            Control::UserChanged => Todo::Profile,
            Control::PresenceChanged => Todo::Settings,
            Control::Reset => Todo::Reset,
            Control::GuildDeleted | Control::GuildReload => Todo::Nothing,
        };
        (todo, outcome)
    }
}
