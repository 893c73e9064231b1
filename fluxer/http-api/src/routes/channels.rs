//! Channels.

use crate::api::Api;

pub fn routes(_: &mut Api) {}
