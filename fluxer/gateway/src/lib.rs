//! fluxer-gateway
