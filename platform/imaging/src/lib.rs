//! Pictures, sound and video.
