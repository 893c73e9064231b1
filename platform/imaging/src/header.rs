//! What a picture's headers say, read before anything is decoded: format, dimensions,
//! orientation, number of frames, and what decoding it would cost.
//!
//! Owns the parsers of JPEG, PNG, GIF, WebP and AVIF structure. Promises: linear in the length of
//! the slice, no allocation, no panic on any input; a file cut off after its dimensions still has
//! them. Nothing here is believed beyond measuring: decoders check for themselves.

use crate::{exif, isobmff, svg, types::Format, types::sniff_image};

/// Frames beyond this are not counted.
pub const MAX_FRAMES: u32 = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub format: Format,
    /// As stored, before the orientation is applied. Zero for an SVG without a size.
    pub width: u32,
    pub height: u32,
    /// EXIF orientation, 1–8.
    pub orientation: u8,
    pub frames: u32,
    /// How often an animation plays; 0 is for ever.
    pub plays: u32,
    /// May some pixels be transparent?
    pub alpha: bool,
    /// Largest frame of a GIF, which may be larger than its screen.
    pub frame_pixels: u64,
    /// Bytes a decoder has to hold whatever the size of the result: the coefficients of a
    /// progressive JPEG.
    pub held: u64,
    /// Passes over the whole picture (scans of a progressive JPEG).
    pub passes: u32,
    /// Is the picture stored so that it can be read row by row?
    pub by_row: bool,
}

impl Header {
    const fn new(format: Format, width: u32, height: u32) -> Self {
        Self {
            format,
            width,
            height,
            orientation: 1,
            frames: 1,
            plays: 0,
            alpha: true,
            frame_pixels: width as u64 * height as u64,
            held: 0,
            passes: 1,
            by_row: true,
        }
    }
    /// Of a picture, or `None` for anything else and for one cut off before its dimensions.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        match sniff_image(bytes)? {
            Format::Jpeg => jpeg(bytes),
            Format::Png => png(bytes),
            Format::Gif => gif(bytes),
            Format::Webp => webp(bytes),
            Format::Avif => avif(bytes),
            Format::Svg => {
                let (width, height) = svg::size(bytes).unwrap_or((0, 0));
                Some(Self::new(Format::Svg, width, height))
            }
        }
    }
    /// Width and height as a viewer sees them.
    pub const fn size(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
    pub const fn pixels(&self) -> u64 {
        self.width as u64 * self.height as u64
    }
    pub const fn animated(&self) -> bool {
        self.frames > 1
    }
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}
fn u16_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}
fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], 0]))
}
fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn jpeg(bytes: &[u8]) -> Option<Header> {
    let mut found: Option<Header> = None;
    let (mut orientation, mut at) = (1, 2);
    while let Some(&first) = bytes.get(at) {
        if first != 0xff {
            at += 1; // libjpeg skips garbage between segments as well
            continue;
        }
        let Some(&marker) = bytes.get(at + 1) else { break };
        match marker {
            0xff => {
                at += 1;
                continue;
            }
            0x00 | 0x01 | 0xd0..=0xd8 => {
                at += 2;
                continue;
            }
            0xd9 | 0xda => break,
            _ => {}
        }
        let Some(length) = u16_be(bytes, at + 2).map(|length| length as usize).filter(|length| *length >= 2)
        else {
            break;
        };
        let end = (at + 2 + length).min(bytes.len());
        let body = bytes.get(at + 4..end).unwrap_or_default();
        match marker {
            0xe1 if orientation == 1 => {
                if let Some(tiff) = body.strip_prefix(b"Exif\0\0") {
                    orientation = exif::orientation(tiff).unwrap_or(1);
                }
            }
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) && found.is_none() => {
                found = Some(jpeg_frame(body, matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce))?);
            }
            _ => {}
        }
        at += 2 + length;
    }
    let mut header = found?;
    header.orientation = orientation;
    if header.held > 0 {
        let scans = bytes.windows(2).filter(|pair| *pair == [0xff, 0xda]).count();
        header.passes = u32::try_from(scans).unwrap_or(u32::MAX).max(1);
    }
    Some(header)
}

fn jpeg_frame(body: &[u8], progressive: bool) -> Option<Header> {
    let (height, width) = (u16_be(body, 1)?, u16_be(body, 3)?);
    let components = usize::from(*body.get(5)?);
    let mut header = Header { alpha: false, ..Header::new(Format::Jpeg, width, height) };
    if progressive {
        let factors = |at: usize| {
            let factor = body.get(7 + at * 3).copied().unwrap_or(0x11);
            (u64::from(factor >> 4).clamp(1, 4), u64::from(factor & 15).clamp(1, 4))
        };
        let widest = (0..components.min(4)).map(|at| factors(at).0).max().unwrap_or(1);
        let tallest = (0..components.min(4)).map(|at| factors(at).1).max().unwrap_or(1);
        // two bytes per coefficient of each component, subsampled as it says
        header.held = (0..components.min(4))
            .map(|at| {
                let (h, v) = factors(at);
                (u64::from(width) * h).div_ceil(widest).next_multiple_of(8)
                    * (u64::from(height) * v).div_ceil(tallest).next_multiple_of(8)
                    * 2
            })
            .sum();
    }
    Some(header)
}

fn png(bytes: &[u8]) -> Option<Header> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let mut header = Header::new(Format::Png, u32_be(bytes, 16)?, u32_be(bytes, 20)?);
    header.alpha = matches!(bytes.get(25), Some(4 | 6));
    header.by_row = bytes.get(28) == Some(&0);
    let mut at = 8_usize;
    while let (Some(length), Some(kind)) = (u32_be(bytes, at), bytes.get(at + 4..at + 8)) {
        let body = at + 8;
        match kind {
            b"acTL" => {
                header.frames = u32_be(bytes, body).unwrap_or(1).clamp(1, MAX_FRAMES);
                header.plays = u32_be(bytes, body + 4).unwrap_or(0);
            }
            b"tRNS" => header.alpha = true,
            b"eXIf" => {
                let end = body.saturating_add(length as usize).min(bytes.len());
                header.orientation = bytes.get(body..end).and_then(exif::orientation).unwrap_or(1);
            }
            b"IDAT" | b"IEND" => break,
            _ => {}
        }
        at = body.saturating_add(length as usize).saturating_add(4);
    }
    Some(header)
}

fn gif(bytes: &[u8]) -> Option<Header> {
    let mut header = Header::new(Format::Gif, u16_le(bytes, 6)?, u16_le(bytes, 8)?);
    header.frames = 0;
    header.plays = 1;
    let table = |flags: u8| if flags & 0x80 != 0 { 3 << ((flags & 7) + 1) } else { 0 };
    let mut at = 13 + table(*bytes.get(10)?);
    let skip_blocks = |mut at: usize| -> Option<usize> {
        loop {
            match *bytes.get(at)? {
                0 => return Some(at + 1),
                length => at += 1 + usize::from(length),
            }
        }
    };
    while let Some(&block) = bytes.get(at) {
        let next = match block {
            0x21 => {
                if bytes.get(at + 1) == Some(&0xff) && bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0") {
                    // the extension counts repetitions after the first play; 0 is for ever
                    header.plays = match u16_le(bytes, at + 16) {
                        Some(0) | None => 0,
                        Some(repeats) => repeats + 1,
                    };
                }
                skip_blocks(at + 2)
            }
            0x2c => {
                let (Some(left), Some(top), Some(width), Some(height), Some(&flags)) = (
                    u16_le(bytes, at + 1),
                    u16_le(bytes, at + 3),
                    u16_le(bytes, at + 5),
                    u16_le(bytes, at + 7),
                    bytes.get(at + 9),
                ) else {
                    break;
                };
                header.frames = (header.frames + 1).min(MAX_FRAMES);
                header.frame_pixels =
                    header.frame_pixels.max(u64::from(left + width) * u64::from(top + height));
                skip_blocks(at + 10 + table(flags) + 1)
            }
            _ => break,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    header.frames = header.frames.max(1);
    Some(header)
}

fn webp(bytes: &[u8]) -> Option<Header> {
    // what follows the container is not the picture's
    let bytes = &bytes[..bytes.len().min(u32_le(bytes, 4)? as usize + 8)];
    let mut header: Option<Header> = None;
    let (mut at, mut frames, mut plays, mut orientation) = (12_usize, 0, 0, 1);
    while let (Some(kind), Some(length)) = (bytes.get(at..at + 4), u32_le(bytes, at + 4)) {
        let body = at + 8;
        match kind {
            b"VP8X" => {
                let flags = *bytes.get(body)?;
                let mut extended =
                    Header::new(Format::Webp, u24_le(bytes, body + 4)? + 1, u24_le(bytes, body + 7)? + 1);
                extended.alpha = flags & 0x10 != 0;
                header = Some(extended);
            }
            b"VP8 " if header.is_none() => {
                if bytes.get(body + 3..body + 6)? != [0x9d, 0x01, 0x2a] {
                    return None;
                }
                let (width, height) = (u16_le(bytes, body + 6)? & 0x3fff, u16_le(bytes, body + 8)? & 0x3fff);
                header = Some(Header { alpha: false, ..Header::new(Format::Webp, width, height) });
            }
            b"VP8L" if header.is_none() => {
                if *bytes.get(body)? != 0x2f {
                    return None;
                }
                let bits = u32_le(bytes, body + 1)?;
                let mut lossless = Header::new(Format::Webp, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
                lossless.alpha = bits >> 28 & 1 == 1;
                header = Some(lossless);
            }
            b"ANIM" => plays = u16_le(bytes, body + 4).unwrap_or(0),
            b"ANMF" => frames = (frames + 1).min(MAX_FRAMES),
            b"EXIF" => {
                let end = body.saturating_add(length as usize).min(bytes.len());
                let tiff = bytes.get(body..end).unwrap_or_default();
                orientation = exif::orientation(tiff.strip_prefix(b"Exif\0\0").unwrap_or(tiff)).unwrap_or(1);
            }
            _ => {}
        }
        at = body.saturating_add(length as usize).saturating_add(length as usize & 1);
    }
    let mut header = header?;
    (header.frames, header.plays, header.orientation, header.by_row) =
        (frames.max(1), plays, orientation, false);
    Some(header)
}

fn avif(bytes: &[u8]) -> Option<Header> {
    let (width, height) = isobmff::picture_size(bytes)?;
    let mut header = Header { by_row: false, ..Header::new(Format::Avif, width, height) };
    if bytes.get(8..12) == Some(b"avis") {
        header.frames = 2; // a sequence; how long it is does not matter here
    }
    Some(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_off_file_keeps_its_dimensions() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0N \0\0N \x08\x06\0\0\0".to_vec();
        let header = Header::read(&png).expect("a header");
        assert_eq!((header.width, header.height, header.frames), (20_000, 20_000, 1));
        png.truncate(20);
        assert_eq!(Header::read(&png), None);
    }

    proptest! {
        #[test]
        fn no_input_panics(format in 0..6_usize, tail in proptest::collection::vec(any::<u8>(), 0..400)) {
            let heads: [&[u8]; 6] = [
                b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a", b"RIFF\xff\xff\0\0WEBPVP8X",
                b"\0\0\0\x14ftypavif\0\0\0\0avif", b"<svg ",
            ];
            let bytes = [heads[format], &tail].concat();
            let _ = Header::read(&bytes);
        }
    }
}
