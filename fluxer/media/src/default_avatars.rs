//! The pictures of those who have set none: somebody without a face, in six colours. Clients ask
//! for `/avatars/{user id mod 6}.png` where the static files are; drawn here, so that nobody has
//! to put them there.

use std::sync::Arc;

use axum::http::request::Parts;
use platform_imaging::{Fit, Format, Transform, png};
use platform_kernel::Timestamp;

use crate::{
    Media,
    answer::{Refusal, Served, failed},
    content::Content,
    query::ImageQuery,
};

const SIDE: u32 = 512;
/// Each pixel is looked at in this many places a side, so that edges are smooth.
const FINE: u32 = 3;
/// Background and figure.
const COLOURS: [([u8; 3], [u8; 3]); 6] = [
    ([0x42, 0x63, 0xA8], [0xDC, 0xE6, 0xF7]),
    ([0x2F, 0x7D, 0x62], [0xD6, 0xF0, 0xE5]),
    ([0xA8, 0x5A, 0x2A], [0xFA, 0xE5, 0xD3]),
    ([0x8A, 0x3F, 0x6B], [0xF6, 0xDD, 0xEA]),
    ([0x5D, 0x4B, 0x9E], [0xE5, 0xDF, 0xF6]),
    ([0x4E, 0x5D, 0x6C], [0xE1, 0xE7, 0xED]),
];
/// Another one when they are drawn in another way.
const DRAWING: u32 = 1;

/// Which of them a path means.
pub fn number(file: &str) -> Option<usize> {
    let number = file.strip_suffix(".png")?.as_bytes();
    let [digit @ b'0'..=b'9'] = number else { return None };
    Some(usize::from(digit - b'0')).filter(|number| *number < COLOURS.len())
}

impl Media {
    pub async fn default_avatar(
        self: &Arc<Self>,
        number: usize,
        query: ImageQuery,
        parts: &Parts,
    ) -> Result<Served, Refusal> {
        let (background, figure) = *COLOURS.get(number).ok_or(Refusal::NotFound)?;
        let source = tokio::task::spawn_blocking(move || png(SIDE, SIDE, draw(background, figure)));
        let source = source.await.map_err(failed)?.map_err(failed)?;
        let drawn = Served {
            content: Content::Bytes(source),
            content_type: Format::Png.content_type().to_owned(),
            etag: format!("default avatar {number} {DRAWING}"),
            modified: Timestamp::from_millis(0),
            download: None,
            immutable: false,
        };
        let transform = Transform {
            width: Some(query.size),
            height: None,
            fit: Fit::Width,
            format: Some(Format::Png),
            quality: query.quality,
            animated: false,
        };
        self.version(drawn, transform, &parts.headers).await
    }
}

/// Rows of RGB.
fn draw(background: [u8; 3], figure: [u8; 3]) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let at = |base: u32, step: u32| {
                (f64::from(base) + (f64::from(step) + 0.5) / f64::from(FINE)) / f64::from(SIDE)
            };
            let places = (0..FINE * FINE).filter(|place| is_figure(at(x, place % FINE), at(y, place / FINE)));
            let part = places.count() as f64 / f64::from(FINE * FINE);
            let mix = |from: u8, to: u8| (f64::from(from) + part * (f64::from(to) - f64::from(from))).round();
            pixels.extend((0..3).map(|channel| mix(background[channel], figure[channel]) as u8));
        }
    }
    pixels
}

/// A head and shoulders, in a square of side 1.
fn is_figure(x: f64, y: f64) -> bool {
    let within =
        |cx: f64, cy: f64, rx: f64, ry: f64| ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) <= 1.0;
    within(0.5, 0.39, 0.18, 0.18) || within(0.5, 0.98, 0.34, 0.33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_and_no_more() {
        for (file, expected) in [
            ("0.png", Some(0)),
            ("5.png", Some(5)),
            ("6.png", None),
            ("00.png", None),
            (".png", None),
            ("0.webp", None),
            ("0", None),
            ("a.png", None),
        ] {
            assert_eq!(number(file), expected, "{file}");
        }
    }

    #[test]
    fn a_figure_before_a_background() {
        let (background, figure) = COLOURS[0];
        let pixels = draw(background, figure);
        let pixel = |x: u32, y: u32| &pixels[((y * SIDE + x) * 3) as usize..][..3];
        assert_eq!(pixels.len(), (SIDE * SIDE * 3) as usize);
        assert_eq!((pixel(0, 0), pixel(SIDE / 2, 200)), (&background[..], &figure[..]));
        assert_eq!((pixel(SIDE / 2, SIDE - 1), pixel(3, SIDE - 1)), (&figure[..], &background[..]));
    }
}
