//! Taking out of files what a camera wrote into them: where, when and by whom a picture was made.
//!
//! Promises: pixels stay as they are, but for a JPEG that has to be turned; what decides how a
//! picture looks (colour profiles, the orientation of formats that are not turned here) stays;
//! what follows the end of a picture in its file goes.

use bytes::Bytes;

use crate::{Error, Result, decode, encode, exif, header::Header, isobmff, types::Format, work::Deadline};

/// A file without its metadata.
#[derive(Clone, Debug)]
pub struct Sanitised {
    pub bytes: Bytes,
    /// Of a picture, as seen now.
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// Of a picture; `None` if there was nothing to take out.
pub fn picture(bytes: &Bytes, header: &Header, deadline: Deadline) -> Result<Option<Sanitised>> {
    if header.format == Format::Jpeg && header.orientation != 1 {
        // one that is too large or too broken to be turned keeps the one tag that turns it
        if let Ok(done) = turned(bytes, header, deadline) {
            return Ok(Some(done));
        }
    }
    let (width, height) = header.size();
    let clean = stripped(bytes, header)?;
    Ok(clean.map(|bytes| Sanitised { bytes: bytes.into(), width: Some(width), height: Some(height) }))
}

/// Without metadata, whatever is in the picture; `None` if there was none.
pub fn stripped(bytes: &[u8], header: &Header) -> Result<Option<Vec<u8>>> {
    let clean = match header.format {
        Format::Jpeg => jpeg(bytes, header.orientation)?,
        Format::Png => png(bytes, header.orientation)?,
        Format::Webp => webp(bytes, header.orientation)?,
        Format::Avif => avif(bytes)?,
        Format::Gif | Format::Svg => return Ok(None),
    };
    Ok((clean != bytes).then_some(clean))
}

/// Bytes held while a picture is worked on.
pub fn cost(header: &Header, size: u64) -> u64 {
    match header.format {
        Format::Jpeg if header.orientation != 1 => size * 2 + decode::cost(header, 1.0) + header.pixels() * 6,
        _ => size * 2,
    }
}

fn turned(bytes: &[u8], header: &Header, deadline: Deadline) -> Result<Sanitised> {
    let raster = decode::still(bytes, header, 1.0, None, deadline)?.oriented(header.orientation);
    let (width, height) = (raster.width, raster.height);
    let encoded = encode::jpeg(&raster, 100)?;
    let profile: Vec<u8> =
        segments(bytes)?.filter(Segment::is_profile).flat_map(|s| s.bytes.to_vec()).collect();
    let bytes = [&encoded[..2], &profile, &encoded[2..]].concat().into();
    Ok(Sanitised { bytes, width: Some(width), height: Some(height) })
}

fn damaged() -> Error {
    Error::Corrupt("its structure is broken".to_owned())
}

pub struct Segment<'a> {
    pub marker: u8,
    /// Marker and length included; a scan has its data, the last one the end marker.
    pub bytes: &'a [u8],
}

impl Segment<'_> {
    pub fn is_profile(&self) -> bool {
        self.marker == 0xe2 && self.stays()
    }
    fn stays(&self) -> bool {
        stays_in_jpeg(self.marker, self.bytes.get(4..).unwrap_or_default())
    }
}

/// JFIF and Adobe segments and profiles say what the colours are.
pub fn stays_in_jpeg(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xe0 => body.starts_with(b"JFIF\0"),
        0xee => body.starts_with(b"Adobe"),
        0xe2 => body.starts_with(b"ICC_PROFILE\0"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The segments of a JPEG up to its end, which must be there or be the end of the file.
pub fn segments(bytes: &[u8]) -> Result<impl Iterator<Item = Segment<'_>>> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(damaged());
    }
    let mut at = 2;
    Ok(std::iter::from_fn(move || {
        // padding and garbage between segments is left out
        while bytes.get(at).is_some_and(|byte| *byte != 0xff) || bytes.get(at..at + 2) == Some(&[0xff, 0xff])
        {
            at += 1;
        }
        let start = at;
        let marker = *bytes.get(at + 1)?;
        let mut end = match marker {
            0xd9 => {
                at = bytes.len();
                return Some(Segment { marker, bytes: &bytes[start..start + 2] });
            }
            0x00 | 0x01 | 0xd0..=0xd8 => at + 2,
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]))
            }
        };
        if marker == 0xda {
            // the scan's data: 0xff in it is followed by zero or a restart marker
            while let Some(&next) = bytes.get(end) {
                if next == 0xff && !matches!(bytes.get(end + 1), Some(0 | 0xff | 0xd0..=0xd7) | None) {
                    break;
                }
                end += 1;
            }
        }
        let end = end.min(bytes.len());
        at = end;
        Some(Segment { marker, bytes: &bytes[start..end] })
    }))
}

fn jpeg(bytes: &[u8], orientation: u8) -> Result<Vec<u8>> {
    let mut clean = Vec::with_capacity(bytes.len());
    clean.extend([0xff, 0xd8]);
    if orientation != 1 {
        let tiff = exif::only_orientation(orientation);
        clean.extend([0xff, 0xe1, 0, tiff.len() as u8 + 8]);
        clean.extend(b"Exif\0\0");
        clean.extend(tiff);
    }
    for segment in segments(bytes)?.filter(Segment::stays) {
        clean.extend_from_slice(segment.bytes);
    }
    Ok(clean)
}

fn png(bytes: &[u8], orientation: u8) -> Result<Vec<u8>> {
    let mut clean = bytes.get(..8).ok_or_else(damaged)?.to_vec();
    let mut at = 8_usize;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at.saturating_add(length).saturating_add(12).min(bytes.len());
        if !matches!(&head[4..], b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            clean.extend_from_slice(&bytes[at..end]);
        }
        if &head[4..] == b"IHDR" && orientation != 1 {
            let tiff = exif::only_orientation(orientation);
            clean.extend((tiff.len() as u32).to_be_bytes());
            let body = [b"eXIf", &tiff[..]].concat();
            clean.extend_from_slice(&body);
            clean.extend(crc(body.iter().copied()).to_be_bytes());
        }
        if &head[4..] == b"IEND" {
            break;
        }
        at = end;
    }
    Ok(clean)
}

/// The checksum of PNG chunks.
pub fn crc(bytes: impl IntoIterator<Item = u8>) -> u32 {
    !bytes.into_iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

fn webp(bytes: &[u8], orientation: u8) -> Result<Vec<u8>> {
    let mut clean = bytes.get(..12).ok_or_else(damaged)?.to_vec();
    let mut flags = None;
    let stated = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    let bytes = &bytes[..bytes.len().min(stated.saturating_add(8))];
    let mut at = 12_usize;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let end = at.saturating_add(8).saturating_add(length).saturating_add(length & 1).min(bytes.len());
        if !matches!(&head[..4], b"EXIF" | b"XMP ") {
            if &head[..4] == b"VP8X" {
                flags = Some(clean.len() + 8);
            }
            clean.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
    if let Some(flags) = flags.and_then(|at| clean.get_mut(at)) {
        *flags &= !0x0c;
        if orientation != 1 {
            *flags |= 0x08;
            let tiff = exif::only_orientation(orientation);
            clean.extend(b"EXIF");
            clean.extend((tiff.len() as u32).to_le_bytes());
            clean.extend(tiff);
        }
    }
    let length = u32::try_from(clean.len() - 8).map_err(|_| damaged())?;
    clean[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(clean)
}

fn avif(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut clean = bytes.to_vec();
    for (from, to) in isobmff::metadata_items(bytes) {
        clean.get_mut(from..to).ok_or_else(damaged)?.fill(0);
    }
    Ok(clean)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Quality, raster::Raster};

    const GPS: &[u8] = b"GPS 48.8584N 2.2945E";

    fn scene() -> Raster {
        Raster::new(32, 16, 3, (0..32 * 16 * 3).map(|at| (at % 251) as u8).collect()).expect("fits")
    }
    fn still(format: Format) -> Vec<u8> {
        encode::still(scene(), format, Quality::Lossless).expect("encodes").0
    }
    fn tiff(orientation: u8) -> Vec<u8> {
        [exif::only_orientation(orientation), GPS.to_vec()].concat()
    }
    fn clean(file: &[u8]) -> Option<Sanitised> {
        let header = Header::read(file).expect("a header");
        let limit = Deadline::after(Duration::from_secs(60));
        let clean = picture(&Bytes::copy_from_slice(file), &header, limit).expect("sanitises");
        if let Some(clean) = &clean {
            assert!(!clean.bytes.windows(GPS.len()).any(|at| at == GPS));
            let again = Header::read(&clean.bytes).expect("a header");
            assert!(picture(&clean.bytes, &again, limit).expect("sanitises").is_none(), "once is enough");
        }
        clean
    }
    fn pixels(file: &[u8]) -> Vec<u8> {
        let header = Header::read(file).expect("a header");
        let limit = Deadline::after(Duration::from_secs(60));
        decode::still(file, &header, 1.0, None, limit).expect("decodes").flattened().pixels.to_vec()
    }
    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u16 + 2).to_be_bytes();
        [&[0xff, marker], &length[..], body].concat()
    }
    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let named = [kind, body].concat();
        [&(body.len() as u32).to_be_bytes()[..], &named, &crc(named.iter().copied()).to_be_bytes()].concat()
    }

    fn jpeg_with(orientation: u8) -> Vec<u8> {
        let plain = still(Format::Jpeg);
        let exif = segment(0xe1, &[b"Exif\0\0", &tiff(orientation)[..]].concat());
        let xmp = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", GPS].concat());
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01colours");
        let comment = segment(0xfe, GPS);
        [&plain[..2], &exif, &xmp, &profile, &comment, &plain[2..], GPS].concat()
    }

    #[test]
    fn jpeg_metadata_goes_and_pixels_stay() {
        let (file, plain) = (jpeg_with(1), still(Format::Jpeg));
        let clean = clean(&file).expect("something to take out");
        assert_eq!(pixels(&clean.bytes), pixels(&plain));
        assert!(clean.bytes.windows(7).any(|at| at == b"colours"), "the profile stays");
        assert_eq!((clean.width, clean.height), (Some(32), Some(16)));
        assert!(
            picture(
                &plain.clone().into(),
                &Header::read(&plain).expect("a header"),
                Deadline::after(Duration::from_secs(9))
            )
            .expect("fine")
            .is_none()
        );
    }

    #[test]
    fn turned_jpegs_are_turned_for_good() {
        for orientation in 2..=8 {
            let clean = clean(&jpeg_with(orientation)).expect("something to take out");
            let header = Header::read(&clean.bytes).expect("a header");
            let expected = if orientation >= 5 { (16, 32) } else { (32, 16) };
            assert_eq!((header.width, header.height, header.orientation), (expected.0, expected.1, 1));
            assert_eq!((clean.width, clean.height), (Some(expected.0), Some(expected.1)));
            assert!(clean.bytes.windows(7).any(|at| at == b"colours"));
        }
    }

    #[test]
    fn a_jpeg_that_cannot_be_turned_keeps_its_orientation_only() {
        let file = jpeg_with(6);
        let stripped = jpeg(&file, 6).expect("strips");
        assert_eq!(Header::read(&stripped).expect("a header").orientation, 6);
        assert!(!stripped.windows(GPS.len()).any(|at| at == GPS));
    }

    #[test]
    fn png_metadata_goes_and_pixels_stay() {
        let plain = still(Format::Png);
        let extra = [
            chunk(b"eXIf", &tiff(6)),
            chunk(b"iTXt", GPS),
            chunk(b"tEXt", GPS),
            chunk(b"gAMA", &[0, 1, 2, 3]),
        ]
        .concat();
        let file = [&plain[..33], &extra, &plain[33..], GPS].concat();
        let clean = clean(&file).expect("something to take out");
        assert_eq!(pixels(&clean.bytes), pixels(&plain));
        assert_eq!(Header::read(&clean.bytes).expect("a header").orientation, 6);
        assert!(clean.bytes.windows(4).any(|at| at == b"gAMA"));
        assert!(
            picture(
                &plain.clone().into(),
                &Header::read(&plain).expect("a header"),
                Deadline::after(Duration::from_secs(9))
            )
            .expect("fine")
            .is_none()
        );
    }

    #[test]
    fn webp_metadata_goes_and_pixels_stay() {
        let plain = still(Format::Webp);
        let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x1f\0\0\x0f\0\0".to_vec();
        file.extend_from_slice(&plain[12..]);
        for (kind, body) in [(b"EXIF", tiff(1)), (b"XMP ", GPS.to_vec())] {
            file.extend(kind);
            file.extend((body.len() as u32).to_le_bytes());
            file.extend(&body);
            file.resize(file.len().next_multiple_of(2), 0);
        }
        let length = file.len() as u32 - 8;
        file[4..8].copy_from_slice(&length.to_le_bytes());
        file.extend(GPS);
        let clean = clean(&file).expect("something to take out");
        assert_eq!(pixels(&clean.bytes), pixels(&plain));
    }
}
