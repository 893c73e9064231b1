//! What a version of a picture shall be, and making it.

use crate::{
    Error, Picture, Result, animation, colours::Colours, decode, encode, header::Header, raster::Raster,
    types::Format, work::Deadline,
};

/// Encoded animations stop growing here.
const MAX_ANIMATION: usize = 48 << 20;

/// How a picture is brought into the width and height asked for. Neither ever enlarges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Fit {
    /// Fills both, cut around the centre. A side not given is the picture's own.
    #[default]
    Cover,
    /// Inside both, on a transparent ground of that size. A side not given is the picture's own.
    Contain,
    /// Fills the width; the height follows the picture's proportions. The height asked for is
    /// not looked at.
    Width,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Quality {
    #[default]
    High,
    Low,
    Lossless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Transform {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub fit: Fit,
    /// The picture's own if not given.
    pub format: Option<Format>,
    pub quality: Quality,
    /// Keep the animation, where there is one and the format can move.
    pub animated: bool,
}

/// The sizes a transformation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    /// What the picture is scaled and cut to.
    inner: (u32, u32),
    /// What it then stands on.
    canvas: (u32, u32),
}

impl Plan {
    fn new(header: &Header, transform: &Transform) -> Self {
        let (w0, h0) = header.size();
        let width = transform.width.unwrap_or(w0).clamp(1, w0.max(1));
        let height = match transform.fit {
            Fit::Cover | Fit::Contain => transform.height.unwrap_or(h0),
            // with the width asked for, not the one that came of it, as clients reckon
            Fit::Width => match transform.width {
                Some(width) => (f64::from(width) / (f64::from(w0) / f64::from(h0))).floor() as u32,
                None => h0,
            },
        }
        .clamp(1, h0.max(1));
        let canvas = (width, height);
        let inner = match transform.fit {
            Fit::Cover | Fit::Width => canvas,
            Fit::Contain => {
                let scale = (f64::from(width) / f64::from(w0)).min(f64::from(height) / f64::from(h0));
                let side = |side: u32, most: u32| ((f64::from(side) * scale).round() as u32).clamp(1, most);
                (side(w0, width), side(h0, height))
            }
        };
        Self { inner, canvas }
    }
    /// How much of its size the picture must at least be decoded to.
    fn scale(&self, header: &Header) -> f64 {
        let (w0, h0) = header.size();
        (f64::from(self.inner.0) / f64::from(w0)).max(f64::from(self.inner.1) / f64::from(h0)).min(1.0)
    }
    fn apply(&self, raster: Raster, orientation: u8) -> Result<Raster> {
        let (width, height) = self.inner;
        let (width, height) = if orientation >= 5 { (height, width) } else { (width, height) };
        raster.cover(width, height)?.oriented(orientation).pad(self.canvas.0, self.canvas.1)
    }
}

fn output(header: &Header, transform: &Transform) -> Format {
    transform.format.unwrap_or(header.format)
}

/// Is the picture moved over as an animation?
fn moves(header: &Header, transform: &Transform) -> bool {
    transform.animated
        && header.animated()
        && matches!(output(header, transform), Format::Gif | Format::Webp)
        && matches!(header.format, Format::Gif | Format::Webp | Format::Png)
        && animation::check(header).is_ok()
}

/// How much of its size a picture must at least be decoded to.
pub fn scale(header: &Header, transform: &Transform) -> f64 {
    Plan::new(header, transform).scale(header)
}

/// Bytes held at once, besides the file. `stored` is of the file that is decoded: the picture
/// itself, or a version of it, perhaps smaller.
pub fn cost(header: &Header, stored: &Header, transform: &Transform) -> u64 {
    let plan = Plan::new(header, transform);
    let made = u64::from(plan.canvas.0) * u64::from(plan.canvas.1);
    let decoding = match stored.animated() {
        // a first frame is decoded as a frame
        true if stored.format == Format::Webp => animation::cost(stored),
        _ => decode::cost(stored, plan.scale(stored)),
    };
    let encoding = match output(header, transform) {
        // planes are 16 bits deep and held more than once
        Format::Avif => made.min(encode::MAX_AVIF_PIXELS) * 40,
        _ => made * 10,
    };
    match moves(stored, transform) {
        true => decoding.max(animation::cost(stored)) + made * 16 + MAX_ANIMATION as u64 / 2,
        false => decoding + encoding,
    }
}

/// Makes the version; see [`cost`] for the headers.
pub fn run(
    bytes: &[u8],
    header: &Header,
    stored: &Header,
    colours: Option<&Colours>,
    transform: &Transform,
    deadline: Deadline,
) -> Result<Picture> {
    if moves(stored, transform) {
        match animate(bytes, stored, colours, transform, deadline) {
            // the first frame may still be whole
            Err(Error::Corrupt(_) | Error::TooLarge(_)) => {}
            done => return done,
        }
    }
    let plan = Plan::new(header, transform);
    let raster = decode::still(bytes, stored, plan.scale(stored), colours, deadline)?;
    deadline.check()?;
    let raster = in_srgb(plan.apply(raster, stored.orientation)?, colours);
    write(raster, output(header, transform), transform.quality)
}

/// Once it is small: there is less to convert.
fn in_srgb(raster: Raster, colours: Option<&Colours>) -> Raster {
    match colours {
        Some(colours) => colours.convert(raster),
        None => raster,
    }
}

/// A raster as a picture.
pub fn write(raster: Raster, format: Format, quality: Quality) -> Result<Picture> {
    let (bytes, width, height) = encode::still(raster, format, quality)?;
    Ok(Picture { bytes: bytes.into(), content_type: format.content_type(), width, height })
}

fn animate(
    bytes: &[u8],
    header: &Header,
    colours: Option<&Colours>,
    transform: &Transform,
    deadline: Deadline,
) -> Result<Picture> {
    let plan = Plan::new(header, transform);
    let format = output(header, transform);
    let mut written = encode::Animation::new(format, transform.quality, header.plays)?;
    animation::frames(bytes, header, deadline, |raster, shown| {
        written.add(in_srgb(plan.apply(raster, header.orientation)?, colours), shown)?;
        if written.len() > MAX_ANIMATION {
            return Err(Error::TooLarge("an animation".to_owned()));
        }
        Ok(true)
    })?;
    let (width, height) = plan.canvas;
    Ok(Picture { bytes: written.finish()?.into(), content_type: format.content_type(), width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(w0: u32, h0: u32, width: Option<u32>, height: Option<u32>, fit: Fit) -> Plan {
        let header =
            Header { width: w0, height: h0, ..Header::read(b"GIF89a\x01\0\x01\0\0\0\0").expect("a header") };
        Plan::new(&header, &Transform { width, height, fit, ..Transform::default() })
    }

    #[test]
    fn sizes_follow_the_rules() {
        let same = |w, h| Plan { inner: (w, h), canvas: (w, h) };
        assert_eq!(plan(4000, 3000, Some(512), None, Fit::Width), same(512, 384));
        assert_eq!(plan(300, 600, Some(128), None, Fit::Width), same(128, 256));
        assert_eq!(plan(100, 50, Some(128), None, Fit::Width), same(100, 50));
        assert_eq!(plan(100, 3000, Some(128), None, Fit::Width), same(100, 3000));
        assert_eq!(plan(4000, 1, Some(16), None, Fit::Width), same(16, 1));
        assert_eq!(plan(400, 300, Some(200), None, Fit::Cover), same(200, 300));
        assert_eq!(plan(400, 300, Some(4096), Some(10), Fit::Cover), same(400, 10));
        assert_eq!(
            plan(400, 200, Some(128), Some(128), Fit::Contain),
            Plan { inner: (128, 64), canvas: (128, 128) }
        );
        assert_eq!(plan(50, 50, Some(128), Some(128), Fit::Contain), same(50, 50));
    }
}
