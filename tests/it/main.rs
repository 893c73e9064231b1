//! The black-box suite: what the specification promises, asked of a running instance.
//!
//! A module an area. Tests share one instance and run side by side: every test makes its own
//! accounts and guilds and never resets anything.

// helpers outside `#[test]` functions unwrap like the tests they serve
#![allow(clippy::unwrap_used, clippy::cloned_ref_to_slice_refs)]

mod attachments;
mod audit;
mod auth;
mod auth_email;
mod bad_input;
mod bans;
mod bots;
mod buckets;
mod channels;
mod conventions;
mod crash;
mod crash_deletions;
mod crash_uploads;
mod discovery;
mod dms;
mod email_verified;
mod gateway_endurance;
mod gateway_guilds;
mod gateway_member_list;
mod gateway_members;
mod gateway_presence;
mod gateway_protocol;
mod gateway_ready;
mod gateway_resume;
mod gateway_visibility;
mod gifs;
mod group_dms;
mod guilds;
mod handoff;
mod history;
mod invites;
mod limits;
mod media;
mod member_count;
mod members;
mod messages;
mod messages_edit;
mod oauth2_apps;
mod oauth2_tokens;
mod openapi;
mod overwrites;
mod permissions_matrix;
mod pins;
mod privacy;
mod providers;
mod races;
mod rate_limits;
mod reactions;
mod read_states;
mod relationships;
mod reports;
mod roles;
mod saved;
mod saved_media;
mod search;
mod search_crash;
mod sessions;
mod settings;
mod streams;
mod test_mode;
mod themes;
mod two_factor;
mod unfurl;
mod users;
mod verification;
mod viruses;
