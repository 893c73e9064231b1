//! Encoding: WebP, JPEG, PNG, GIF and AVIF, still; WebP and GIF, animated.

use std::time::Duration;

use crate::{
    Error, Quality, gif_animation::GifAnimation, raster::Raster, types::Format, webp_animation::WebpAnimation,
};

/// AVIF is slow to write; pictures with more pixels are scaled down to this many.
pub const MAX_AVIF_PIXELS: u64 = 2_500_000;
const AVIF_SPEED: u8 = 9;

impl Quality {
    const fn percent(self) -> u8 {
        match self {
            Self::High => 80,
            Self::Low => 20,
            Self::Lossless => 100,
        }
    }
}

fn failed(error: impl ToString) -> Error {
    Error::Encode(error.to_string())
}

/// The picture in `format`, with the dimensions it was written in.
pub fn still(raster: Raster, format: Format, quality: Quality) -> Result<(Vec<u8>, u32, u32), Error> {
    let raster = if format == Format::Avif { fit_avif(raster)? } else { raster }.compact();
    let (width, height) = (raster.width, raster.height);
    let bytes = match format {
        Format::Webp => webp(&raster, quality)?,
        Format::Jpeg => jpeg(&raster.flattened(), quality.percent())?,
        Format::Png => png(&raster)?,
        Format::Gif => {
            let mut writer = GifAnimation::new(1);
            writer.add(raster, Duration::ZERO)?;
            writer.finish()?
        }
        Format::Avif => avif(&raster, quality.percent())?,
        Format::Svg => return Err(Error::Unsupported("pictures are not written as SVG".to_owned())),
    };
    Ok((bytes, width, height))
}

pub fn webp(raster: &Raster, quality: Quality) -> Result<Vec<u8>, Error> {
    let mut config = webp::WebPConfig::new().map_err(|()| failed("libwebp is of another version"))?;
    config.quality = f32::from(quality.percent());
    config.method = 4;
    let encoder = if raster.channels == 4 {
        webp::Encoder::from_rgba(&raster.pixels, raster.width, raster.height)
    } else {
        webp::Encoder::from_rgb(&raster.pixels, raster.width, raster.height)
    };
    let encoded = encoder.encode_advanced(&config).map_err(|error| failed(format!("{error:?}")))?;
    Ok(encoded.to_vec())
}

/// Chroma is sampled at half in both directions.
pub fn jpeg(raster: &Raster, quality: u8) -> Result<Vec<u8>, Error> {
    let mut encoder = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    // trellis quantisation and scan search take ten times as long for a tenth of the bytes
    encoder.set_fastest_defaults();
    encoder.set_optimize_coding(true);
    encoder.set_size(raster.width as usize, raster.height as usize);
    encoder.set_quality(f32::from(quality));
    encoder.set_chroma_sampling_pixel_sizes((2, 2), (2, 2));
    let mut started = encoder.start_compress(Vec::new()).map_err(failed)?;
    started.write_scanlines(&raster.pixels).map_err(failed)?;
    started.finish().map_err(failed)
}

pub fn png(raster: &Raster) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, raster.width, raster.height);
    encoder.set_color(if raster.channels == 4 { png::ColorType::Rgba } else { png::ColorType::Rgb });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&raster.pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

fn fit_avif(raster: Raster) -> Result<Raster, Error> {
    let pixels = u64::from(raster.width) * u64::from(raster.height);
    if pixels <= MAX_AVIF_PIXELS {
        return Ok(raster);
    }
    let part = (MAX_AVIF_PIXELS as f64 / pixels as f64).sqrt();
    let side = |side: u32| ((f64::from(side) * part) as u32).max(1);
    let (width, height) = (side(raster.width), side(raster.height));
    raster.cover(width, height)
}

fn avif(raster: &Raster, quality: u8) -> Result<Vec<u8>, Error> {
    use ravif::RGBA8;
    let encoder = ravif::Encoder::new()
        .with_quality(f32::from(quality))
        .with_alpha_quality(f32::from(quality))
        .with_speed(AVIF_SPEED)
        .with_num_threads(Some(1));
    let (width, height) = (raster.width as usize, raster.height as usize);
    let encoded = if raster.channels == 4 {
        let pixels: Vec<RGBA8> =
            raster.pixels.chunks_exact(4).map(|p| RGBA8::new(p[0], p[1], p[2], p[3])).collect();
        encoder.encode_rgba(ravif::Img::new(&pixels, width, height))
    } else {
        let pixels: Vec<ravif::RGB8> =
            raster.pixels.chunks_exact(3).map(|p| ravif::RGB8::new(p[0], p[1], p[2])).collect();
        encoder.encode_rgb(ravif::Img::new(&pixels, width, height))
    };
    Ok(encoded.map_err(failed)?.avif_file)
}

/// An animation being written.
pub enum Animation {
    Webp(WebpAnimation),
    Gif(GifAnimation),
}

impl Animation {
    /// In `format`, which must be one of those that move; `plays` 0 is for ever.
    pub fn new(format: Format, quality: Quality, plays: u32) -> Result<Self, Error> {
        match format {
            Format::Webp => Ok(Self::Webp(WebpAnimation::new(quality, plays))),
            Format::Gif => Ok(Self::Gif(GifAnimation::new(plays))),
            other => Err(Error::Unsupported(format!("animations are not written as {}", other.name()))),
        }
    }
    pub fn add(&mut self, raster: Raster, shown: Duration) -> Result<(), Error> {
        match self {
            Self::Webp(webp) => webp.add(raster, shown),
            Self::Gif(gif) => gif.add(raster, shown),
        }
    }
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Webp(webp) => webp.finish(),
            Self::Gif(gif) => gif.finish(),
        }
    }
    /// Bytes written so far.
    pub fn len(&self) -> usize {
        match self {
            Self::Webp(webp) => webp.len(),
            Self::Gif(gif) => gif.len(),
        }
    }
}
