//! What every gear is made of: the interface, its surroundings, and the ways in and out.

pub mod command;
pub mod config;
pub mod context;
pub mod emitter;
pub mod gear;
pub mod lane;
pub mod link;
pub mod tasks;
