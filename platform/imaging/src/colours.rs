//! Colours as a picture's own profile means them, turned into sRGB: what is written here carries
//! no profile, and is taken for sRGB by everybody.
//!
//! Promises: a profile that cannot be used changes nothing; one that is as good as sRGB costs
//! nothing but a look at it.

use std::{io::Cursor, sync::Arc};

use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorProfile, DataColorSpace, Layout, MatrixCoefficients,
    TransferCharacteristics, Transform8BitExecutor, TransformOptions,
};

use crate::{
    header::Header,
    isobmff,
    raster::{Pixels, Raster},
    sanitise,
    types::Format,
};

/// Longer profiles are not looked at: those of printers have a few megabytes.
const MAX_PROFILE: usize = 4 << 20;

/// A profile that is not sRGB.
#[derive(Clone)]
pub struct Colours(Arc<ColorProfile>);

impl Colours {
    /// Those of the file, unless they are sRGB.
    pub fn of(bytes: &[u8], header: &Header) -> Option<Self> {
        let profile = match header.format {
            Format::Jpeg => icc(&jpeg(bytes)?)?,
            Format::Png => png(bytes)?,
            Format::Webp => icc(webp(bytes)?)?,
            Format::Avif => match isobmff::colours(bytes)? {
                isobmff::Colours::Profile(profile) => icc(profile)?,
                isobmff::Colours::Codes(primaries, transfer) => codes(primaries, transfer)?,
            },
            Format::Gif | Format::Svg => return None,
        };
        match profile.color_space {
            DataColorSpace::Rgb => {}
            DataColorSpace::Cmyk if header.format == Format::Jpeg => return Some(Self(Arc::new(profile))),
            _ => return None,
        }
        let colours = Self(Arc::new(profile));
        const PROBES: [u8; 21] =
            [255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128, 200, 100, 50, 30, 60, 90, 255, 255, 255];
        let mut seen = [0; 21];
        colours.transform(Layout::Rgb)?.transform(&PROBES, &mut seen).ok()?;
        let differs = PROBES.iter().zip(seen).any(|(before, after)| before.abs_diff(after) > 1);
        differs.then_some(colours)
    }

    fn transform(&self, layout: Layout) -> Option<Arc<Transform8BitExecutor>> {
        let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
        let to = if self.is_cmyk() { Layout::Rgb } else { layout };
        let made = self.0.create_transform_8bit(layout, &srgb, to, options);
        made.inspect_err(|error| tracing::debug!(%error, "a colour profile is not used")).ok()
    }

    pub fn is_cmyk(&self) -> bool {
        self.0.color_space == DataColorSpace::Cmyk
    }

    /// What turns rows of ink into rows of sRGB.
    pub fn of_ink(&self) -> Option<Arc<Transform8BitExecutor>> {
        if self.is_cmyk() { self.transform(Layout::Rgba) } else { None }
    }

    /// The picture in sRGB.
    pub fn convert(&self, raster: Raster) -> Raster {
        if self.is_cmyk() {
            return raster; // as it was decoded
        }
        let layout = if raster.channels == 4 { Layout::Rgba } else { Layout::Rgb };
        let mut pixels = vec![0; raster.pixels.len()];
        match self.transform(layout).map(|transform| transform.transform(&raster.pixels, &mut pixels)) {
            Some(Ok(())) => Raster { pixels: Pixels::Own(pixels), ..raster },
            _ => raster,
        }
    }
}

fn icc(bytes: &[u8]) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(bytes.get(..bytes.len().min(MAX_PROFILE))?).ok()
}

/// The colours that the numbers of H.273 stand for.
fn codes(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    let color_primaries = CicpColorPrimaries::try_from(primaries).ok()?;
    let transfer_characteristics = TransferCharacteristics::try_from(transfer).ok()?;
    // those of sRGB and of HD television are shown alike; unknown ones too
    let usual = matches!(primaries, 1 | 2) || !matches!(transfer, 1 | 6 | 8 | 13 | 14 | 15);
    (!usual).then(|| {
        ColorProfile::new_from_cicp(CicpProfile {
            color_primaries,
            transfer_characteristics: match transfer {
                // what is made for a television is shown with the curve of a screen
                1 | 6 | 14 | 15 => TransferCharacteristics::Srgb,
                _ => transfer_characteristics,
            },
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range: true,
        })
    })
}

/// The profile's pieces put together, which stand in any order.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const NAME: usize = 4 + b"ICC_PROFILE\0".len();
    let mut pieces: Vec<(u8, &[u8])> = sanitise::segments(bytes)
        .ok()?
        .take_while(|segment| segment.marker != 0xda)
        .filter(sanitise::Segment::is_profile)
        .filter_map(|segment| Some((*segment.bytes.get(NAME)?, segment.bytes.get(NAME + 2..)?)))
        .collect();
    pieces.sort_by_key(|(number, _)| *number);
    (!pieces.is_empty()).then(|| pieces.into_iter().flat_map(|(_, piece)| piece).copied().collect())
}

fn png(bytes: &[u8]) -> Option<ColorProfile> {
    let limits = png::Limits { bytes: MAX_PROFILE };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    let reader = decoder.read_info().ok()?;
    let info = reader.info();
    if let Some(found) = &info.coding_independent_code_points {
        return codes(found.color_primaries, found.transfer_function);
    }
    icc(info.icc_profile.as_deref().filter(|_| info.srgb.is_none())?)
}

fn webp(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 12_usize;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let end = at.checked_add(8)?.checked_add(length)?;
        match &head[..4] {
            b"ICCP" => return bytes.get(at + 8..end),
            // it stands before the picture
            b"VP8 " | b"VP8L" | b"ANMF" => return None,
            _ => at = end + (length & 1),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Quality, decode, encode, work::Deadline};

    /// One colour, as numbers of the profile.
    const GIVEN: [u8; 3] = [200, 60, 40];

    fn picture(format: Format) -> Vec<u8> {
        let raster = Raster::new(16, 16, 3, GIVEN.repeat(256)).expect("fits");
        encode::still(raster, format, Quality::Lossless).expect("encodes").0
    }

    fn with_profile(format: Format, profile: &[u8]) -> Vec<u8> {
        let plain = picture(format);
        match format {
            Format::Jpeg => {
                // in two pieces, the second one first
                let (one, two) = profile.split_at(profile.len() / 2);
                let piece = |number: u8, bytes: &[u8]| {
                    let length = (bytes.len() as u16 + 16).to_be_bytes();
                    [&[0xff, 0xe2][..], &length, b"ICC_PROFILE\0", &[number, 2], bytes].concat()
                };
                [&plain[..2], &piece(2, two), &piece(1, one), &plain[2..]].concat()
            }
            Format::Png => {
                let mut bytes = Vec::new();
                let mut info = png::Info::with_size(16, 16);
                info.color_type = png::ColorType::Rgb;
                info.bit_depth = png::BitDepth::Eight;
                info.icc_profile = Some(profile.into());
                let encoder = png::Encoder::with_info(&mut bytes, info).expect("a picture");
                let mut writer = encoder.write_header().expect("writes");
                writer.write_image_data(&GIVEN.repeat(256)).expect("writes");
                writer.finish().expect("writes");
                bytes
            }
            _ => {
                let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x20\0\0\0\x0f\0\0\x0f\0\0ICCP".to_vec();
                file.extend((profile.len() as u32).to_le_bytes());
                file.extend(profile);
                file.resize(file.len().next_multiple_of(2), 0);
                file.extend_from_slice(&plain[12..]);
                let length = file.len() as u32 - 8;
                file[4..8].copy_from_slice(&length.to_le_bytes());
                file
            }
        }
    }

    fn seen(bytes: &[u8]) -> (Option<Colours>, [u8; 3]) {
        let header = Header::read(bytes).expect("a header");
        let colours = Colours::of(bytes, &header);
        let limit = Deadline::after(Duration::from_secs(60));
        let raster = decode::still(bytes, &header, 1.0, colours.as_ref(), limit).expect("decodes");
        let raster = match &colours {
            Some(colours) => colours.convert(raster),
            None => raster,
        };
        (colours, [raster.pixel(8, 8)[0], raster.pixel(8, 8)[1], raster.pixel(8, 8)[2]])
    }

    #[test]
    fn wide_colours_stay_what_they_are() {
        let p3 = ColorProfile::new_display_p3().encode().expect("a profile");
        let srgb = ColorProfile::new_srgb().encode().expect("a profile");
        // Display P3 200 60 40 in sRGB, by the matrices of both and the curve they share
        let meant = [218, 43, 25];
        for format in [Format::Jpeg, Format::Png, Format::Webp] {
            let near =
                |found: [u8; 3], wanted: [u8; 3]| found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 4);
            let (colours, found) = seen(&with_profile(format, &p3));
            assert!(colours.is_some() && near(found, meant), "{format:?}: {found:?}");
            for same in
                [picture(format), with_profile(format, &srgb), with_profile(format, b"no profile at all")]
            {
                let (colours, found) = seen(&same);
                assert!(colours.is_none() && near(found, GIVEN), "{format:?}: {found:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_profile_panics(cut in 0..600_usize, place in 0..600_usize, value: u8) {
            let mut profile = ColorProfile::new_display_p3().encode().expect("a profile");
            let place = place % profile.len();
            profile[place] = value;
            profile.truncate(profile.len().saturating_sub(cut));
            let _ = seen(&with_profile(Format::Webp, &profile));
        }
    }
}
