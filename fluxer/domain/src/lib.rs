//! fluxer-domain
