//! The media proxy and link previews.
