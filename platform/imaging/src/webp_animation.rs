//! Animated WebP: still frames of libwebp in a container written here.
//!
//! Each frame holds only the rectangle that differs from the one before; equal frames become one
//! that is shown longer. One frame is held in memory, whatever the length of the animation.

use std::time::Duration;

use crate::{Error, Quality, encode, gif_animation, raster::Raster};

pub struct WebpAnimation {
    quality: Quality,
    plays: u16,
    /// The frame chunks so far.
    body: Vec<u8>,
    /// Where the time of the last frame stands in `body`, and the time.
    last: Option<(usize, u32)>,
    canvas: Option<Raster>,
    alpha: bool,
}

/// Shown times are 24 bits of milliseconds.
const MAX_SHOWN: u32 = 0x00ff_ffff;

impl WebpAnimation {
    pub fn new(quality: Quality, plays: u32) -> Self {
        let plays = u16::try_from(plays).unwrap_or(u16::MAX);
        Self { quality, plays, body: Vec::new(), last: None, canvas: None, alpha: false }
    }

    pub fn len(&self) -> usize {
        self.body.len()
    }

    pub fn add(&mut self, raster: Raster, shown: Duration) -> Result<(), Error> {
        let raster = raster.into_rgba();
        let shown = u32::try_from(shown.as_millis()).unwrap_or(MAX_SHOWN).min(MAX_SHOWN);
        let (left, top, width, height) = match &self.canvas {
            None => (0, 0, raster.width, raster.height),
            Some(before) if (before.width, before.height) != (raster.width, raster.height) => {
                return Err(Error::Encode("frames of different sizes".to_owned()));
            }
            Some(before) => match changed(before, &raster) {
                Some(rectangle) => rectangle,
                None => {
                    if let Some((at, time)) = &mut self.last
                        && *time + shown <= MAX_SHOWN
                    {
                        *time += shown;
                        self.body[*at..*at + 3].copy_from_slice(&time.to_le_bytes()[..3]);
                        return Ok(());
                    }
                    (0, 0, raster.width.min(2), raster.height.min(2))
                }
            },
        };
        let part = cut(&raster, left, top, width, height)?.compact();
        self.alpha |= part.channels == 4;
        let encoded = encode::webp(&part, self.quality)?;
        let image = image_chunks(&encoded)?;
        self.body.extend_from_slice(b"ANMF");
        let length =
            u32::try_from(image.len() + 16).map_err(|_| Error::Encode("a frame is too long".to_owned()))?;
        self.body.extend_from_slice(&length.to_le_bytes());
        for value in [left / 2, top / 2, width - 1, height - 1] {
            self.body.extend_from_slice(&value.to_le_bytes()[..3]);
        }
        self.last = Some((self.body.len(), shown));
        self.body.extend_from_slice(&shown.to_le_bytes()[..3]);
        self.body.push(0b10); // replaces what was there, and stays
        self.body.extend_from_slice(&image);
        self.canvas = Some(raster);
        Ok(())
    }

    pub fn finish(self) -> Result<Vec<u8>, Error> {
        let canvas = self.canvas.ok_or_else(|| Error::Encode("an animation without frames".to_owned()))?;
        let mut head = b"VP8X\x0a\0\0\0".to_vec();
        head.extend([if self.alpha { 0x12 } else { 0x02 }, 0, 0, 0]);
        head.extend_from_slice(&(canvas.width - 1).to_le_bytes()[..3]);
        head.extend_from_slice(&(canvas.height - 1).to_le_bytes()[..3]);
        head.extend_from_slice(b"ANIM\x06\0\0\0\0\0\0\0");
        head.extend_from_slice(&self.plays.to_le_bytes());
        let length = u32::try_from(4 + head.len() + self.body.len())
            .map_err(|_| Error::Encode("an animation is too long".to_owned()))?;
        let mut file = b"RIFF".to_vec();
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(b"WEBP");
        file.extend(head);
        file.extend(self.body);
        Ok(file)
    }
}

/// The rectangle in which two pictures differ, its corner on even coordinates as the format asks.
fn changed(before: &Raster, after: &Raster) -> Option<(u32, u32, u32, u32)> {
    let (left, top, width, height) = gif_animation::changed(before, after)?;
    Some((left & !1, top & !1, width + (left & 1), height + (top & 1)))
}

fn cut(from: &Raster, left: u32, top: u32, width: u32, height: u32) -> Result<Raster, Error> {
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 4);
    for y in top..top + height {
        let at = (y as usize * from.width as usize + left as usize) * 4;
        pixels.extend_from_slice(&from.pixels[at..at + width as usize * 4]);
    }
    Raster::new(width, height, 4, pixels)
}

/// The chunks of a still WebP that make up its picture.
fn image_chunks(file: &[u8]) -> Result<Vec<u8>, Error> {
    let mut chunks = Vec::with_capacity(file.len());
    let mut at = 12;
    while let Some(head) = file.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let end = at + 8 + length + (length & 1);
        let chunk =
            file.get(at..end).ok_or_else(|| Error::Encode("libwebp wrote half a chunk".to_owned()))?;
        if matches!(&head[..4], b"ALPH" | b"VP8 " | b"VP8L") {
            chunks.extend_from_slice(chunk);
        }
        at = end;
    }
    Ok(chunks)
}
