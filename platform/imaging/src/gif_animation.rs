//! GIF: frames with a palette of their own each, of the rectangle that changed.
//!
//! What stayed is transparent in it, so that it costs next to nothing; equal frames become one
//! that is shown longer. Three frames are held, whatever the length of the animation.

use std::time::Duration;

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use crate::{Error, raster::Raster};

/// Of the colour quantiser: 1 is best, 30 is fastest.
const SPEED: i32 = 10;

pub struct GifAnimation {
    plays: u32,
    encoder: Option<Encoder<Vec<u8>>>,
    /// What is seen before `next` is drawn; nothing at the beginning.
    before: Option<Raster>,
    /// The frame that is not written yet, and how long it is shown.
    next: Option<(Raster, Duration)>,
    /// Of times that are no whole hundredths.
    owed: Duration,
}

fn failed(error: impl ToString) -> Error {
    Error::Encode(error.to_string())
}

impl GifAnimation {
    /// `plays` 0 is for ever.
    pub fn new(plays: u32) -> Self {
        Self { plays, encoder: None, before: None, next: None, owed: Duration::ZERO }
    }

    /// Bytes written so far.
    pub fn len(&self) -> usize {
        self.encoder.as_ref().map_or(0, |encoder| encoder.get_ref().len())
    }

    pub fn add(&mut self, raster: Raster, shown: Duration) -> Result<(), Error> {
        // seen or not seen: there is nothing between
        let mut raster = raster.into_rgba();
        if raster.pixels.iter().skip(3).step_by(4).any(|alpha| *alpha != 255) {
            let mut pixels = raster.pixels.to_vec();
            for pixel in pixels.chunks_exact_mut(4) {
                match pixel[3] {
                    0..128 => pixel.fill(0),
                    _ => pixel[3] = 255,
                }
            }
            raster = Raster::new(raster.width, raster.height, 4, pixels)?;
        }
        let Some((last, time)) = &mut self.next else {
            self.next = Some((raster, shown));
            return Ok(());
        };
        if (last.width, last.height) != (raster.width, raster.height) {
            return Err(failed("frames of different sizes"));
        }
        if last.pixels[..] == raster.pixels[..] {
            *time += shown;
            return Ok(());
        }
        let pairs = last.pixels.chunks_exact(4).zip(raster.pixels.chunks_exact(4));
        let vanishes = pairs.into_iter().any(|(old, new)| old[3] != 0 && new[3] == 0);
        self.write(vanishes)?;
        self.next = Some((raster, shown));
        Ok(())
    }

    /// Writes the frame that waits; all is cleared after it if something of it has to vanish.
    fn write(&mut self, clears: bool) -> Result<(), Error> {
        let Some((raster, shown)) = self.next.take() else { return Ok(()) };
        let side = |side: u32| u16::try_from(side).map_err(|_| failed("too large for a GIF"));
        let (width, height) = (side(raster.width)?, side(raster.height)?);
        let encoder = match &mut self.encoder {
            Some(encoder) => encoder,
            empty => {
                let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(failed)?;
                let repeats = match self.plays {
                    0 => Some(Repeat::Infinite),
                    1 => None,
                    plays => Some(Repeat::Finite(u16::try_from(plays - 1).unwrap_or(u16::MAX))),
                };
                if let Some(repeats) = repeats {
                    encoder.set_repeat(repeats).map_err(failed)?;
                }
                empty.insert(encoder)
            }
        };
        // what is cleared is the frame's rectangle: it has to be everything
        let whole = (0, 0, raster.width, raster.height);
        let area = match &self.before {
            Some(before) if !clears => changed(before, &raster).unwrap_or((0, 0, 1, 1)),
            _ => whole,
        };
        let (left, top, wide, high) = area;
        let mut pixels = Vec::with_capacity(wide as usize * high as usize * 4);
        for y in top..top + high {
            for x in left..left + wide {
                let pixel = raster.pixel(x, y);
                let stays = self.before.as_ref().is_some_and(|before| before.pixel(x, y) == pixel);
                pixels.extend_from_slice(if stays { &[0; 4] } else { pixel });
            }
        }
        let mut frame = Frame::from_rgba_speed(side(wide)?, side(high)?, &mut pixels, SPEED);
        (frame.left, frame.top) = (side(left)?, side(top)?);
        let due = shown + self.owed;
        let hundredths = due.as_millis() / 10;
        self.owed = due.saturating_sub(Duration::from_millis(u64::try_from(hundredths * 10).unwrap_or(0)));
        frame.delay = u16::try_from(hundredths).unwrap_or(u16::MAX);
        frame.dispose = if clears { DisposalMethod::Background } else { DisposalMethod::Keep };
        encoder.write_frame(&frame).map_err(failed)?;
        self.before = if clears { None } else { Some(raster) };
        Ok(())
    }

    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        self.write(false)?;
        let encoder = self.encoder.ok_or_else(|| failed("an animation without frames"))?;
        encoder.into_inner().map_err(failed)
    }
}

/// The rectangle in which two pictures differ: left, top, width, height.
pub fn changed(before: &Raster, after: &Raster) -> Option<(u32, u32, u32, u32)> {
    let row = after.width as usize * 4;
    let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
    for (y, (old, new)) in before.pixels.chunks_exact(row).zip(after.pixels.chunks_exact(row)).enumerate() {
        if old == new {
            continue;
        }
        top = top.min(y);
        bottom = y;
        let differs = |(a, b): (&[u8], &[u8])| a != b;
        let mut pairs = old.chunks_exact(4).zip(new.chunks_exact(4));
        left = left.min(pairs.clone().position(differs).unwrap_or(0));
        right = right.max(pairs.rposition(differs).unwrap_or(0));
    }
    (top != usize::MAX)
        .then(|| (left as u32, top as u32, (right - left + 1) as u32, (bottom - top + 1) as u32))
}

#[cfg(test)]
mod tests {
    use image::{AnimationDecoder, codecs::gif::GifDecoder};
    use proptest::prelude::*;

    use super::*;

    /// What a viewer shows, frame by frame, and for how many milliseconds.
    fn shown(bytes: &[u8]) -> Vec<(Vec<u8>, u64)> {
        let frames = GifDecoder::new(std::io::Cursor::new(bytes)).expect("a GIF").into_frames();
        let frames = frames.collect_frames().expect("frames");
        let millis = |frame: &image::Frame| {
            let (number, parts) = frame.delay().numer_denom_ms();
            u64::from(number / parts)
        };
        frames.iter().map(|frame| (frame.buffer().as_raw().clone(), millis(frame))).collect()
    }

    fn written(frames: &[(Vec<u8>, u64)], width: u32, height: u32) -> Vec<u8> {
        let mut writer = GifAnimation::new(0);
        for (pixels, time) in frames {
            let raster = Raster::new(width, height, 4, pixels.clone()).expect("fits");
            writer.add(raster, Duration::from_millis(*time)).expect("writes");
        }
        writer.finish().expect("ends")
    }

    #[test]
    fn what_stays_costs_little() {
        let busy: Vec<u8> =
            (0..200 * 100_u32).flat_map(|at| [(at * 7 % 251) as u8, (at / 3) as u8, at as u8, 255]).collect();
        let frame = |at: usize| {
            let mut pixels = busy.clone();
            for y in 40..50 {
                let from = (y * 200 + at * 10) * 4;
                pixels[from..from + 40].copy_from_slice(&[255, 0, 0, 255].repeat(10));
            }
            (pixels, 50)
        };
        let frames: Vec<(Vec<u8>, u64)> = (0..20).map(frame).collect();
        let (one, all) = (written(&frames[..1], 200, 100), written(&frames, 200, 100));
        assert!(all.len() < one.len() * 2, "{} bytes for one, {} for twenty", one.len(), all.len());
    }

    proptest! {
        /// Few colours, so that none has to be changed; holes come and go.
        #[test]
        fn a_viewer_shows_what_was_given(
            frames in proptest::collection::vec((proptest::collection::vec(0..4_usize, 30), 1..9_u64), 1..7)
        ) {
            const COLOURS: [[u8; 4]; 4] = [[0; 4], [255, 0, 0, 255], [0, 0, 255, 255], [9, 9, 9, 255]];
            let given: Vec<(Vec<u8>, u64)> = frames
                .iter()
                .map(|(pixels, time)| (pixels.iter().flat_map(|at| COLOURS[*at]).collect(), time * 10))
                .collect();
            let mut expected: Vec<(Vec<u8>, u64)> = Vec::new();
            for (pixels, time) in &given {
                match expected.last_mut() {
                    Some((last, total)) if last == pixels => *total += time,
                    _ => expected.push((pixels.clone(), *time)),
                }
            }
            let clear = |frames: Vec<(Vec<u8>, u64)>| -> Vec<(Vec<u8>, u64)> {
                let blank = |pixels: Vec<u8>| pixels.chunks(4).flat_map(|p| if p[3] == 0 { [0; 4] } else { [p[0], p[1], p[2], 255] }).collect();
                frames.into_iter().map(|(pixels, time)| (blank(pixels), time)).collect()
            };
            prop_assert_eq!(clear(shown(&written(&given, 6, 5))), expected);
        }
    }
}
