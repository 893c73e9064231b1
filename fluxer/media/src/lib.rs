//! The media proxy and link previews.

pub mod unfurl;
