//! Animations: GIF, animated PNG and animated WebP, frame by frame.
//!
//! Promises: one frame is held at a time; frames, pixels and time are bounded before and while
//! decoding.

use std::{io::Cursor, time::Duration};

use image::{
    AnimationDecoder, Frame, ImageDecoder,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
};

use crate::{
    Error, Frame as Sample, Quality,
    decode::{check_size, corrupt, limits},
    header::Header,
    raster::Raster,
    types::Format,
    work::Deadline,
};

/// Frames an animation may have to stay one.
const MAX_FRAMES: u32 = 2_000;
/// Pixels of all its frames together.
const MAX_PIXELS: u64 = 400_000_000;

/// Bytes held while an animation is decoded: its canvas, a frame, and the frame handed out.
pub fn cost(header: &Header) -> u64 {
    header.pixels() * 12 + header.frame_pixels.max(header.pixels()) * 4
}

/// Is this an animation that is decoded as one?
pub fn check(header: &Header) -> Result<(), Error> {
    check_size(header)?;
    if header.frames > MAX_FRAMES
        || header.pixels().max(header.frame_pixels) * u64::from(header.frames) > MAX_PIXELS
    {
        return Err(Error::TooLarge(format!("{} frames", header.frames)));
    }
    Ok(())
}

/// Hands every frame, whole and in order, with the time it is shown, to `each`.
pub fn frames(
    bytes: &[u8],
    header: &Header,
    deadline: Deadline,
    mut each: impl FnMut(Raster, Duration) -> Result<bool, Error>,
) -> Result<(), Error> {
    let reader = Cursor::new(bytes);
    let limits = limits(header);
    let frames = match header.format {
        Format::Gif => {
            let mut decoder = GifDecoder::new(reader).map_err(corrupt)?;
            decoder.set_limits(limits).map_err(corrupt)?;
            decoder.into_frames()
        }
        Format::Png => {
            PngDecoder::with_limits(reader, limits).and_then(PngDecoder::apng).map_err(corrupt)?.into_frames()
        }
        Format::Webp => {
            let mut decoder = WebPDecoder::new(reader).map_err(corrupt)?;
            decoder.set_limits(limits).map_err(corrupt)?;
            decoder.into_frames()
        }
        other => return Err(Error::Unsupported(format!("no frames in {}", other.name()))),
    };
    let mut count = 0;
    for frame in frames {
        deadline.check()?;
        count += 1;
        if count > MAX_FRAMES {
            return Err(Error::TooLarge(format!("more than {MAX_FRAMES} frames")));
        }
        let frame: Frame = frame.map_err(corrupt)?;
        let shown = Duration::from(frame.delay());
        let buffer = frame.into_buffer();
        let (width, height) = buffer.dimensions();
        if !each(Raster::new(width, height, 4, buffer.into_raw())?, shown)? {
            return Ok(());
        }
    }
    if count == 0 { Err(corrupt("no frames")) } else { Ok(()) }
}

/// The first frame.
pub fn first(bytes: &[u8], header: &Header, deadline: Deadline) -> Result<Raster, Error> {
    let mut found = None;
    frames(bytes, header, deadline, |raster, _| {
        found = Some(raster);
        Ok(false)
    })?;
    found.ok_or_else(|| corrupt("no frames"))
}

/// Three frames as JPEG, at the moments `times` chooses for the animation's duration in seconds.
pub fn samples(
    bytes: &[u8],
    header: &Header,
    deadline: Deadline,
    times: impl FnOnce(f64) -> [f64; 3],
) -> Result<Vec<Sample>, Error> {
    check(header)?;
    let mut duration = 0.0;
    frames(bytes, header, deadline, |_, shown| {
        duration += shown.as_secs_f64();
        Ok(true)
    })?;
    let mut wanted = times(duration);
    wanted.sort_by(f64::total_cmp);
    let (mut found, mut begins): (Vec<Sample>, f64) = (Vec::new(), 0.0);
    let mut last = None;
    frames(bytes, header, deadline, |raster, shown| {
        let ends = begins + shown.as_secs_f64();
        let due = wanted[found.len()..].iter().take_while(|at| **at < ends).count();
        if due > 0 {
            let picture = crate::transform::write(raster, Format::Jpeg, Quality::High)?;
            let sample = |timestamp: &f64| Sample {
                timestamp: *timestamp,
                mime_type: picture.content_type.to_owned(),
                bytes: picture.bytes.clone(),
            };
            let more: Vec<Sample> = wanted[found.len()..][..due].iter().map(sample).collect();
            found.extend(more);
            last = None;
        } else {
            last = Some(raster);
        }
        begins = ends;
        Ok(found.len() < wanted.len())
    })?;
    // moments after the end, of an animation whose frames take no time, show the last frame
    if let Some(raster) = last.filter(|_| found.len() < wanted.len()) {
        let picture = crate::transform::write(raster, Format::Jpeg, Quality::High)?;
        for timestamp in &wanted[found.len()..] {
            found.push(Sample {
                timestamp: *timestamp,
                mime_type: picture.content_type.to_owned(),
                bytes: picture.bytes.clone(),
            });
        }
    }
    Ok(found)
}
