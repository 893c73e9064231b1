//! Pixels in memory: RGB or RGBA, eight bits a channel, and what is done to them between
//! decoding and encoding: resizing, cropping, padding, turning, flattening, blurring.

use std::ops::Deref;

use fast_image_resize::{
    CpuExtensions, FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use crate::Error;

/// Pixels owned by us or by the decoder that made them, which spares a copy of large pictures.
pub enum Pixels {
    Own(Vec<u8>),
    Webp(webp::WebPImage),
}

impl Deref for Pixels {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Webp(image) => image,
        }
    }
}

pub struct Raster {
    pub width: u32,
    pub height: u32,
    /// 3 (RGB) or 4 (RGBA, not premultiplied).
    pub channels: usize,
    pub pixels: Pixels,
}

impl Raster {
    pub fn new(width: u32, height: u32, channels: usize, pixels: Vec<u8>) -> Result<Self, Error> {
        if width == 0 || height == 0 || pixels.len() != width as usize * height as usize * channels {
            return Err(Error::Corrupt("the decoder gave another number of pixels".to_owned()));
        }
        Ok(Self { width, height, channels, pixels: Pixels::Own(pixels) })
    }

    pub fn pixel(&self, x: u32, y: u32) -> &[u8] {
        let at = (y as usize * self.width as usize + x as usize) * self.channels;
        &self.pixels[at..at + self.channels]
    }

    pub fn is_opaque(&self) -> bool {
        self.channels == 3 || self.pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == 255)
    }

    /// Scaled so that it covers `width`×`height`, and cut to it around the centre.
    pub fn cover(self, width: u32, height: u32) -> Result<Self, Error> {
        if (self.width, self.height) == (width, height) {
            return Ok(self);
        }
        self.resize(width, height, true)
    }

    /// Scaled to `width`×`height` whatever that does to its proportions.
    pub fn stretched(&self, width: u32, height: u32) -> Result<Self, Error> {
        self.resize(width, height, false)
    }

    fn resize(&self, width: u32, height: u32, cut: bool) -> Result<Self, Error> {
        let kind = if self.channels == 3 { PixelType::U8x3 } else { PixelType::U8x4 };
        let source = ImageRef::new(self.width, self.height, &self.pixels, kind)
            .map_err(|error| Error::Corrupt(error.to_string()))?;
        let mut target = Image::new(width, height, kind);
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            // multiplying a fully opaque picture by its alpha would be work for nothing
            .use_alpha(self.channels == 4 && !self.is_opaque());
        let options = if cut { options.fit_into_destination(Some((0.5, 0.5))) } else { options };
        let mut resizer = Resizer::new();
        debug_assert!(resizer.cpu_extensions() != CpuExtensions::None || cfg!(not(target_arch = "x86_64")));
        resizer.resize(&source, &mut target, &options).map_err(|error| Error::Corrupt(error.to_string()))?;
        Self::new(width, height, self.channels, target.into_vec())
    }

    /// In the middle of a transparent `width`×`height`, which must not be smaller.
    pub fn pad(self, width: u32, height: u32) -> Result<Self, Error> {
        if (self.width, self.height) == (width, height) {
            return Ok(self);
        }
        let (left, top) = ((width - self.width) / 2, (height - self.height) / 2);
        let mut pixels = vec![0; width as usize * height as usize * 4];
        let row = self.width as usize * 4;
        let own = self.into_rgba();
        for (y, line) in own.pixels.chunks_exact(row).enumerate() {
            let at = ((top as usize + y) * width as usize + left as usize) * 4;
            pixels[at..at + row].copy_from_slice(line);
        }
        Self::new(width, height, 4, pixels)
    }

    /// Turned and mirrored as the EXIF orientation asks.
    pub fn oriented(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h) = (self.width, self.height);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                pixels.extend_from_slice(self.pixel(from_x, from_y));
            }
        }
        Self { width, height, channels: self.channels, pixels: Pixels::Own(pixels) }
    }

    pub fn into_rgba(self) -> Self {
        if self.channels == 4 {
            return self;
        }
        let mut pixels = Vec::with_capacity(self.pixels.len() / 3 * 4);
        for rgb in self.pixels.chunks_exact(3) {
            pixels.extend_from_slice(&[rgb[0], rgb[1], rgb[2], 255]);
        }
        Self { channels: 4, pixels: Pixels::Own(pixels), ..self }
    }

    /// Without alpha, on black.
    pub fn flattened(self) -> Self {
        if self.channels == 3 {
            return self;
        }
        let mut pixels = Vec::with_capacity(self.pixels.len() / 4 * 3);
        for rgba in self.pixels.chunks_exact(4) {
            let alpha = u32::from(rgba[3]);
            pixels.extend(rgba[..3].iter().map(|c| ((u32::from(*c) * alpha + 127) / 255) as u8));
        }
        Self { channels: 3, pixels: Pixels::Own(pixels), ..self }
    }

    /// Without alpha where there is none, so that encoders need not carry it.
    pub fn compact(self) -> Self {
        if self.channels == 4 && self.is_opaque() { self.flattened() } else { self }
    }

    /// Blurred with a Gaussian of `sigma` pixels, alpha weighing the colours.
    pub fn blurred(self, sigma: f32) -> Self {
        let reach = (sigma * 3.0).ceil() as i64;
        let weights: Vec<f32> =
            (-reach..=reach).map(|at| (-(at * at) as f32 / (2.0 * sigma * sigma)).exp()).collect();
        let own = self.into_rgba();
        let (width, height) = (i64::from(own.width), i64::from(own.height));
        let mut from: Vec<[f32; 4]> = own
            .pixels
            .chunks_exact(4)
            .map(|p| {
                let alpha = f32::from(p[3]) / 255.0;
                [f32::from(p[0]) * alpha, f32::from(p[1]) * alpha, f32::from(p[2]) * alpha, f32::from(p[3])]
            })
            .collect();
        for along_x in [true, false] {
            let mut to = Vec::with_capacity(from.len());
            for y in 0..height {
                for x in 0..width {
                    let (mut sum, mut weight_sum) = ([0.0; 4], 0.0);
                    for (weight, offset) in weights.iter().zip(-reach..) {
                        let (px, py) = if along_x {
                            ((x + offset).clamp(0, width - 1), y)
                        } else {
                            (x, (y + offset).clamp(0, height - 1))
                        };
                        let pixel = from[(py * width + px) as usize];
                        for (total, value) in sum.iter_mut().zip(pixel) {
                            *total += value * weight;
                        }
                        weight_sum += weight;
                    }
                    to.push(sum.map(|value| value / weight_sum));
                }
            }
            from = to;
        }
        let pixels = from
            .into_iter()
            .flat_map(|[r, g, b, a]| {
                let alpha = (a / 255.0).max(f32::EPSILON);
                [r / alpha, g / alpha, b / alpha, a].map(|value| value.round().clamp(0.0, 255.0) as u8)
            })
            .collect();
        Self { pixels: Pixels::Own(pixels), ..own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `F` in three columns and five rows, as text.
    fn letter() -> Raster {
        let pixels = "####..##.#..#..".chars().flat_map(|c| [if c == '#' { 255 } else { 0 }; 3]).collect();
        Raster::new(3, 5, 3, pixels).expect("fits")
    }
    fn text(raster: &Raster) -> String {
        let mut text = String::new();
        for y in 0..raster.height {
            for x in 0..raster.width {
                text.push(if raster.pixel(x, y)[0] > 127 { '#' } else { '.' });
            }
            text.push('/');
        }
        text
    }

    #[test]
    fn orientations_put_the_letter_upright() {
        for (orientation, expected) in [
            (1, "###/#../##./#../#../"),
            (2, "###/..#/.##/..#/..#/"),
            (3, "..#/..#/.##/..#/###/"),
            (4, "#../#../##./#../###/"),
            (5, "#####/#.#../#..../"),
            (6, "#####/..#.#/....#/"),
            (7, "....#/..#.#/#####/"),
            (8, "#..../#.#../#####/"),
        ] {
            assert_eq!(text(&letter().oriented(orientation)), expected, "{orientation}");
        }
    }

    #[test]
    fn transparent_colours_do_not_bleed() {
        // a red half that is transparent beside a white one that is not
        let pixels = (0..64).flat_map(|at| if at % 8 < 4 { [255, 0, 0, 0] } else { [255; 4] }).collect();
        let small = Raster::new(8, 8, 4, pixels).expect("fits").cover(3, 3).expect("resizes");
        for y in 0..3 {
            let edge = small.pixel(1, y);
            assert!(edge[1] > 250 && edge[3] > 64 && edge[3] < 192, "{edge:?}");
        }
    }

    #[test]
    fn padding_and_flattening() {
        let padded = letter().pad(5, 5).expect("larger");
        assert_eq!((padded.pixel(0, 0), padded.pixel(1, 0)), (&[0, 0, 0, 0][..], &[255; 4][..]));
        assert!(!padded.is_opaque());
        assert_eq!(padded.flattened().pixel(0, 0), [0, 0, 0]);
        assert_eq!(letter().into_rgba().compact().channels, 3);
    }

    #[test]
    fn a_blur_keeps_flat_colour() {
        let flat = Raster::new(12, 11, 4, [10, 20, 30, 255].repeat(132)).expect("fits").blurred(2.0);
        assert!(flat.pixels.chunks_exact(4).all(|p| p == [10, 20, 30, 255]));
    }
}
