//! Decoding one picture, no larger than it is needed.
//!
//! Owns the choice of decoder and of how much is shrunk while decoding. Promises: memory stays
//! within [`cost`], which is known from the header before anything is decoded; the decoders'
//! own limits are set as well; damaged input is [`Error::Corrupt`].

use std::io::Cursor;

use image::{ImageDecoder, codecs::gif::GifDecoder};

use crate::{
    Error, MAX_SIDE,
    colours::Colours,
    header::Header,
    raster::{Pixels, Raster},
    types::Format,
    work::Deadline,
};

/// Scans of a progressive JPEG: encoders make about ten, an attacker as many as fit.
const MAX_PASSES: u32 = 64;

/// Refuses what is too large to be looked at, whatever it is wanted for.
pub fn check_sides(header: &Header) -> Result<(), Error> {
    if header.width > MAX_SIDE || header.height > MAX_SIDE {
        return Err(Error::TooLarge(format!("{}×{} pixels", header.width, header.height)));
    }
    Ok(())
}

/// Refuses what is not decoded at all.
pub fn check_size(header: &Header) -> Result<(), Error> {
    check_sides(header)?;
    if header.width == 0 || header.height == 0 {
        return Err(Error::Unsupported("a picture without a size".to_owned()));
    }
    if header.passes > MAX_PASSES {
        return Err(Error::TooLarge(format!("{} scans", header.passes)));
    }
    Ok(())
}

/// How many eighths of its size a JPEG is decoded to when `scale` of it is wanted.
fn eighths(scale: f64) -> u8 {
    // a hair less than asked for is what rounding the target up may have cost
    (scale * 8.0 - 1e-6).ceil().clamp(1.0, 8.0) as u8
}

/// By how much a picture read row by row is averaged before it is resized: what is left for the
/// good filter is still twice the target.
fn block(scale: f64) -> u32 {
    (0.5 / scale).floor().clamp(1.0, f64::from(MAX_SIDE)) as u32
}

/// Bytes held at once while `header`'s picture is decoded to at least `scale` of its size.
pub fn cost(header: &Header, scale: f64) -> u64 {
    let pixels = header.pixels();
    match header.format {
        Format::Jpeg => {
            let part = f64::from(eighths(scale)) / 8.0;
            header.held + (pixels as f64 * part * part * 3.0) as u64 + u64::from(header.width) * 64
        }
        Format::Png if header.by_row => {
            let block = u64::from(block(scale));
            pixels * 4 / (block * block) + u64::from(header.width) * 64
        }
        Format::Png => pixels * 9, // interlaced: 16 bits a channel at worst, then cut to eight
        Format::Gif => pixels * 4 + header.frame_pixels * 4,
        Format::Webp => pixels * 9,
        Format::Avif | Format::Svg => pixels * 4,
    }
}

/// The picture (the first frame of an animation), not turned yet.
/// `colours` say what the inks of a printer look like.
pub fn still(
    bytes: &[u8],
    header: &Header,
    scale: f64,
    colours: Option<&Colours>,
    deadline: Deadline,
) -> Result<Raster, Error> {
    check_size(header)?;
    match header.format {
        Format::Jpeg => jpeg(bytes, scale, colours, deadline),
        Format::Png => png(bytes, header, scale, deadline),
        Format::Gif => gif(bytes, header),
        Format::Webp if header.animated() => crate::animation::first(bytes, header, deadline),
        Format::Webp => webp(bytes),
        Format::Avif | Format::Svg => {
            Err(Error::Unsupported(format!("no decoder of {}", header.format.name())))
        }
    }
}

fn jpeg(bytes: &[u8], scale: f64, colours: Option<&Colours>, deadline: Deadline) -> Result<Raster, Error> {
    let mut decoder = mozjpeg::Decompress::new_mem(bytes).map_err(corrupt)?;
    decoder.scale(eighths(scale));
    let four = matches!(decoder.color_space(), mozjpeg::ColorSpace::JCS_CMYK | mozjpeg::ColorSpace::JCS_YCCK);
    let space = if four { mozjpeg::ColorSpace::JCS_CMYK } else { mozjpeg::ColorSpace::JCS_RGB };
    let mut started = decoder.to_colorspace(space).map_err(corrupt)?;
    let (width, height) = (started.width(), started.height());
    let line = width * if four { 4 } else { 3 };
    let mut pixels = vec![0_u8; width * height * 3];
    if four {
        let mut row = vec![0_u8; line];
        let ink = colours.and_then(Colours::of_ink);
        for out in pixels.chunks_exact_mut(width * 3) {
            deadline.check()?;
            started.read_scanlines_into(&mut row).map_err(corrupt)?;
            // as Adobe writes them, inverted: 255 is no ink
            if let Some(ink) = &ink {
                row.iter_mut().for_each(|value| *value = 255 - *value);
                ink.transform(&row, out).map_err(corrupt)?;
                continue;
            }
            for (rgb, cmyk) in out.chunks_exact_mut(3).zip(row.chunks_exact(4)) {
                for (to, ink) in rgb.iter_mut().zip(cmyk) {
                    *to = (u32::from(*ink) * u32::from(cmyk[3]) / 255) as u8;
                }
            }
        }
    } else {
        for out in pixels.chunks_mut(line * 64) {
            deadline.check()?;
            started.read_scanlines_into(out).map_err(corrupt)?;
        }
    }
    Raster::new(width as u32, height as u32, 3, pixels)
}

fn png(bytes: &[u8], header: &Header, scale: f64, deadline: Deadline) -> Result<Raster, Error> {
    let limits = png::Limits { bytes: usize::try_from(cost(header, 1.0) + (1 << 20)).unwrap_or(usize::MAX) };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(corrupt)?;
    let (colour, _) = reader.output_color_type();
    let samples = colour.samples();
    let channels =
        if matches!(colour, png::ColorType::Rgba | png::ColorType::GrayscaleAlpha) { 4 } else { 3 };
    let (width, height) = (header.width as usize, header.height as usize);
    if reader.info().interlaced {
        let size = reader.output_buffer_size().ok_or_else(|| Error::TooLarge("a PNG".to_owned()))?;
        let mut raw = vec![0; size];
        deadline.check()?;
        reader.next_frame(&mut raw).map_err(corrupt)?;
        if samples == channels {
            return Raster::new(header.width, header.height, channels, raw);
        }
        let mut pixels = Vec::with_capacity(width * height * channels);
        raw.chunks_exact(samples).for_each(|pixel| widen(pixel, &mut pixels));
        return Raster::new(header.width, header.height, channels, pixels);
    }

    let block = block(scale) as usize;
    let (small_width, small_height) = (width.div_ceil(block), height.div_ceil(block));
    let mut pixels = Vec::with_capacity(small_width * small_height * channels);
    let mut averaged = Averages::new(small_width, channels, block);
    let mut line = Vec::with_capacity(width * channels);
    for y in 0..height {
        if y % 64 == 0 {
            deadline.check()?;
        }
        let row = reader.next_row().map_err(corrupt)?.ok_or_else(|| corrupt("too few rows"))?;
        line.clear();
        if samples == channels {
            line.extend_from_slice(row.data());
        } else {
            row.data().chunks_exact(samples).for_each(|pixel| widen(pixel, &mut line));
        }
        if block == 1 {
            pixels.extend_from_slice(&line);
        } else {
            averaged.add(&line);
            if (y + 1) % block == 0 || y + 1 == height {
                averaged.take(&mut pixels);
            }
        }
    }
    Raster::new(small_width as u32, small_height as u32, channels, pixels)
}

/// Grey to RGB, grey and alpha to RGBA.
fn widen(pixel: &[u8], to: &mut Vec<u8>) {
    match pixel {
        [grey] => to.extend_from_slice(&[*grey; 3]),
        [grey, alpha] => to.extend_from_slice(&[*grey, *grey, *grey, *alpha]),
        other => to.extend_from_slice(other),
    }
}

/// Sums of square blocks of pixels, colours weighed by alpha.
struct Averages {
    sums: Vec<[u32; 5]>,
    channels: usize,
    block: usize,
}

impl Averages {
    fn new(width: usize, channels: usize, block: usize) -> Self {
        Self { sums: vec![[0; 5]; width], channels, block }
    }
    fn add(&mut self, line: &[u8]) {
        for (sum, pixels) in self.sums.iter_mut().zip(line.chunks(self.block * self.channels)) {
            for pixel in pixels.chunks_exact(self.channels) {
                let alpha = if self.channels == 4 { u32::from(pixel[3]) } else { 1 };
                for (total, value) in sum.iter_mut().zip(&pixel[..3]) {
                    *total += u32::from(*value) * alpha;
                }
                sum[3] += alpha;
                sum[4] += 1;
            }
        }
    }
    fn take(&mut self, to: &mut Vec<u8>) {
        for sum in &mut self.sums {
            let [r, g, b, alpha, count] = std::mem::take(sum);
            to.extend([r, g, b].map(|total| ((total + alpha / 2) / alpha.max(1)) as u8));
            if self.channels == 4 {
                to.push((alpha / count.max(1)) as u8);
            }
        }
    }
}

fn gif(bytes: &[u8], header: &Header) -> Result<Raster, Error> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(corrupt)?;
    decoder.set_limits(limits(header)).map_err(corrupt)?;
    let mut pixels = vec![0; header.width as usize * header.height as usize * 4];
    decoder.read_image(&mut pixels).map_err(corrupt)?;
    Raster::new(header.width, header.height, 4, pixels)
}

fn webp(bytes: &[u8]) -> Result<Raster, Error> {
    let image = webp::Decoder::new(bytes).decode().ok_or_else(|| corrupt("not a whole WebP"))?;
    let channels = if image.is_alpha() { 4 } else { 3 };
    Ok(Raster { width: image.width(), height: image.height(), channels, pixels: Pixels::Webp(image) })
}

/// The limits of the `image` crate's decoders.
pub fn limits(header: &Header) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(crate::animation::cost(header) + (1 << 20));
    limits
}

pub fn corrupt(error: impl ToString) -> Error {
    Error::Corrupt(error.to_string())
}
