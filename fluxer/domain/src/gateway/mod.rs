//! What the gateway reads: who a token speaks for, everything a new session is told, and the
//! state of guilds. Reads only, but for what the start and end of a session mean to an account.

mod guild;
mod session;
mod temporary;

pub use guild::{GuildData, load_guild, load_member};
pub use session::{Identity, SessionData, guilds_of, identify, start};
pub use temporary::end_temporary_memberships;
