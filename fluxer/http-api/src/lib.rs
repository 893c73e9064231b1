//! fluxer-http-api
