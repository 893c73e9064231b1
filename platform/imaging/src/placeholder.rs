//! Placeholders: a ThumbHash of a blurred, small version of the picture.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{Error, raster::Raster};

/// The hash is taken of a picture inside a square of this side.
pub const SIDE: u32 = 100;
/// A blur weaker than this changes nothing.
const LEAST_SIGMA: f32 = 0.3;

/// How much of its size a picture of this size has in its placeholder.
pub fn scale(width: u32, height: u32) -> f64 {
    (f64::from(SIDE) / f64::from(width.max(height).max(1))).min(1.0)
}

/// Of a picture that was `width`×`height` before it was decoded to at least [`scale`] of that.
pub fn hash(raster: Raster, width: u32, height: u32) -> Result<String, Error> {
    if width < 3 || height < 3 {
        return Ok(String::new());
    }
    let scale = scale(width, height);
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).clamp(1, SIDE);
    let mut small = raster.cover(side(width), side(height))?;
    if width > 10 && height > 10 {
        // blurring the whole picture by σ and shrinking it is shrinking it and blurring by less
        let sigma = (width.min(height) / 10).min(10) as f32 * scale as f32;
        if sigma >= LEAST_SIGMA {
            small = small.blurred(sigma);
        }
    }
    let small = small.into_rgba();
    let hash = thumbhash::rgba_to_thumb_hash(small.width as usize, small.height as usize, &small.pixels);
    Ok(STANDARD.encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_colour_and_shape() {
        let blue = Raster::new(60, 30, 3, [20, 40, 200].repeat(1800)).expect("fits");
        let hash = hash(blue, 60, 30).expect("hashes");
        let bytes = STANDARD.decode(&hash).expect("base64");
        let (r, g, b, a) = thumbhash::thumb_hash_to_average_rgba(&bytes).expect("a hash");
        assert!(r < 0.2 && g < 0.25 && b > 0.7 && a > 0.99, "{r} {g} {b} {a}");
        let aspect = thumbhash::thumb_hash_to_approximate_aspect_ratio(&bytes).expect("a hash");
        assert!((1.5..=2.5).contains(&aspect), "{aspect}");
    }

    #[test]
    fn tiny_pictures_have_none() {
        assert_eq!(hash(Raster::new(2, 9, 3, vec![0; 54]).expect("fits"), 2, 9).expect("fine"), "");
    }
}
