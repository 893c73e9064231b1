//! fluxer-wire
