//! The engine as a whole: pictures made here, in every format, and hostile ones.

use std::time::Duration;

use bytes::Bytes;

use super::*;
use crate::{encode::Animation, raster::Raster};

fn imaging() -> Imaging {
    Imaging::new(Options { threads: 2, ..Options::default() }).expect("threads start")
}

/// Red at the left, blue at the right, green at the bottom; transparent below that if asked.
fn scene(width: u32, height: u32, channels: usize) -> Raster {
    let pixels = (0..width * height).flat_map(|at| {
        let (x, y) = (at % width, at / width);
        let pixel = if y * 4 > height * 3 {
            [0, 200, 0, 0]
        } else if x * 2 < width {
            [200, 0, 0, 255]
        } else {
            [0, 0, 200, 255]
        };
        pixel.into_iter().take(channels)
    });
    Raster::new(width, height, channels, pixels.collect()).expect("fits")
}

fn picture(format: Format, width: u32, height: u32) -> Bytes {
    let channels = if format == Format::Jpeg { 3 } else { 4 };
    encode::still(scene(width, height, channels), format, Quality::High).expect("encodes").0.into()
}

fn animation(format: Format, width: u32, height: u32, frames: u8) -> Bytes {
    let mut writer = Animation::new(format, Quality::High, 3).expect("moves");
    for frame in 0..frames {
        let pixels = [frame * 20, 100, 200, 255].repeat((width * height) as usize);
        writer
            .add(Raster::new(width, height, 4, pixels).expect("fits"), Duration::from_millis(100))
            .expect("adds");
    }
    writer.finish().expect("finishes").into()
}

async fn pixels(imaging: &Imaging, picture: &Picture) -> Raster {
    let whole = Transform { format: Some(Format::Png), quality: Quality::Lossless, ..Transform::default() };
    let png = imaging.transform(picture.bytes.clone().into(), whole).await.expect("reads back").bytes;
    let header = header::Header::read(&png).expect("a PNG");
    decode::still(&png, &header, 1.0, None, work::Deadline::after(Duration::from_secs(60))).expect("decodes")
}

fn near(pixel: &[u8], expected: [u8; 3]) -> bool {
    pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 40)
}

#[tokio::test]
async fn every_format_becomes_every_other() {
    let imaging = imaging();
    for from in [Format::Jpeg, Format::Png, Format::Gif, Format::Webp] {
        let source = picture(from, 120, 80);
        for to in [Format::Jpeg, Format::Png, Format::Gif, Format::Webp] {
            let transform =
                Transform { width: Some(60), fit: Fit::Width, format: Some(to), ..Transform::default() };
            let made = imaging.transform(source.clone().into(), transform).await.expect("transforms");
            assert_eq!(
                (made.width, made.height, made.content_type),
                (60, 40, to.content_type()),
                "{from:?} {to:?}"
            );
            assert_eq!(types::sniff(&made.bytes), Some(to.content_type()));
            let raster = pixels(&imaging, &made).await;
            assert_eq!((raster.width, raster.height), (60, 40));
            assert!(near(raster.pixel(8, 8), [200, 0, 0]), "{from:?} {to:?} {:?}", raster.pixel(8, 8));
            assert!(near(raster.pixel(50, 8), [0, 0, 200]), "{from:?} {to:?} {:?}", raster.pixel(50, 8));
            let below = raster.pixel(30, 37);
            match (from, to) {
                (Format::Jpeg, _) => assert!(near(below, [0, 200, 0]), "{below:?}"),
                // flattened on black
                (_, Format::Jpeg) => assert!(near(below, [0, 0, 0]), "{below:?}"),
                _ => assert_eq!(below[3], 0, "{from:?} {to:?}"),
            }
        }
    }
}

#[tokio::test]
async fn avif_is_written_and_measured() {
    let imaging = imaging();
    let transform = Transform { format: Some(Format::Avif), ..Transform::default() };
    let made = imaging.transform(picture(Format::Png, 64, 48).into(), transform).await.expect("encodes");
    let outline = imaging.outline(&made.bytes.clone().into()).await.expect("reads").expect("a picture");
    assert_eq!(outline, Outline { format: Format::Avif, width: 64, height: 48, animated: false });
    let metadata = imaging.inspect(made.bytes.into(), "x.avif", Inspect::default()).await.expect("inspects");
    assert_eq!((metadata.format.as_str(), metadata.content_type.as_str()), ("heif", "image/avif"));
}

#[tokio::test]
async fn metadata_of_pictures() {
    let imaging = imaging();
    let ask = Inspect { placeholder: true, nsfw: false };
    let bytes = picture(Format::Webp, 300, 200);
    let metadata = imaging.inspect(bytes.clone().into(), "x.webp", ask).await.expect("inspects");
    assert_eq!((metadata.width, metadata.height, metadata.animated), (Some(300), Some(200), false));
    assert_eq!((metadata.kind, metadata.size), (Kind::Image, bytes.len() as u64));
    assert_eq!(metadata.sha256.len(), 64);
    assert!(metadata.placeholder.is_some_and(|hash| hash.len() > 20));

    for format in [Format::Gif, Format::Webp] {
        let bytes = animation(format, 40, 30, 3);
        let metadata = imaging.inspect(bytes.into(), "x", ask).await.expect("inspects");
        assert_eq!((metadata.width, metadata.height, metadata.animated), (Some(40), Some(30), true));
    }

    let svg = Bytes::from_static(b"<svg width='30' height='20'><script>alert(1)</script></svg>");
    let metadata = imaging.inspect(svg.clone().into(), "x.svg", ask).await.expect("inspects");
    assert_eq!((metadata.width, metadata.format.as_str()), (Some(30), "svg"));
    assert_eq!(metadata.placeholder.as_deref(), Some(""));
    assert!(matches!(imaging.transform(svg.into(), Transform::default()).await, Err(Error::Unsupported(_))));
}

#[tokio::test]
async fn animations_stay_animations_only_when_asked() {
    let imaging = imaging();
    for from in [Format::Gif, Format::Webp] {
        let source = animation(from, 40, 30, 5);
        for to in [Format::Gif, Format::Webp] {
            let mut transform = Transform {
                width: Some(20),
                fit: Fit::Width,
                format: Some(to),
                animated: true,
                ..Transform::default()
            };
            let made = imaging.transform(source.clone().into(), transform).await.expect("transforms");
            let header = header::Header::read(&made.bytes).expect("a header");
            assert_eq!(
                (header.width, header.height, header.frames, header.plays),
                (20, 15, 5, 3),
                "{from:?} {to:?}"
            );
            let mut shown = Vec::new();
            animation::frames(
                &made.bytes,
                &header,
                work::Deadline::after(Duration::from_secs(60)),
                |raster, time| {
                    shown.push((raster.pixel(10, 7)[0], time.as_millis()));
                    Ok(true)
                },
            )
            .expect("decodes");
            for (at, (red, time)) in shown.into_iter().enumerate() {
                assert!(red.abs_diff(at as u8 * 20) < 12 && time == 100, "{from:?} {to:?} {at} {red} {time}");
            }
            transform.animated = false;
            let made = imaging.transform(source.clone().into(), transform).await.expect("transforms");
            assert_eq!(header::Header::read(&made.bytes).expect("a header").frames, 1);
        }
    }
}

#[test]
fn equal_frames_become_one() {
    let mut writer = Animation::new(Format::Webp, Quality::High, 0).expect("moves");
    for _ in 0..3 {
        writer.add(scene(20, 20, 4), Duration::from_millis(50)).expect("adds");
    }
    let mut moved = scene(20, 20, 4).pixels.to_vec();
    moved[4 * (20 * 7 + 9)] = 255; // one pixel, at an odd place
    writer.add(Raster::new(20, 20, 4, moved).expect("fits"), Duration::from_millis(50)).expect("adds");
    let bytes = writer.finish().expect("finishes");
    assert_eq!(header::Header::read(&bytes).expect("a header").frames, 2);
}

#[tokio::test]
async fn a_jpeg_turned_by_its_metadata_comes_out_upright() {
    let imaging = imaging();
    for (orientation, upper_left, size) in [
        (1, [200, 0, 0], (60, 40)),
        (3, [0, 200, 0], (60, 40)),
        (6, [0, 200, 0], (40, 60)),
        (8, [0, 0, 200], (40, 60)),
    ] {
        let plain = picture(Format::Jpeg, 120, 80);
        let tiff = exif::only_orientation(orientation);
        let mut turned = plain[..2].to_vec();
        turned.extend([0xff, 0xe1]);
        turned.extend(u16::try_from(tiff.len() + 8).expect("short").to_be_bytes());
        turned.extend(b"Exif\0\0");
        turned.extend(tiff);
        turned.extend(&plain[2..]);
        let transform = Transform {
            width: Some(size.0),
            fit: Fit::Width,
            format: Some(Format::Png),
            ..Transform::default()
        };
        let made = imaging.transform(Bytes::from(turned).into(), transform).await.expect("transforms");
        assert_eq!((made.width, made.height), size, "{orientation}");
        let raster = pixels(&imaging, &made).await;
        assert!(near(raster.pixel(3, 3), upper_left), "{orientation}: {:?}", raster.pixel(3, 3));
    }
}

/// A PNG that says it is `width`×`height` and has a few bytes of nothing.
fn bomb_png(width: u32, height: u32) -> Bytes {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.extend(b"\x08\x06\0\0\0\0\0\0\0\0\0\0\x10IDAT\x78\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    png.into()
}

#[tokio::test]
async fn bombs_are_refused_by_their_headers() {
    let imaging = imaging();
    let gif = Bytes::from_static(b"GIF89a\x20\x4e\x20\x4e\0\0\0,\0\0\0\0\x20\x4e\x20\x4e\0\x02\x01\x44\0;");
    let jpeg = Bytes::from_static(
        b"\xff\xd8\xff\xc0\0\x11\x08\x4e\x20\x4e\x20\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9",
    );
    let webp = Bytes::from_static(b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x4e\0\x1f\x4e\0");
    for (bomb, name) in [(bomb_png(20_000, 20_000), "png"), (gif, "gif"), (jpeg, "jpeg"), (webp, "webp")] {
        let inspected = imaging.inspect(bomb.clone().into(), "x.png", Inspect::default()).await;
        assert!(matches!(inspected, Err(Error::TooLarge(_))), "{name}: {inspected:?}");
        let transform = Transform { width: Some(16), ..Transform::default() };
        let made = imaging.transform(bomb.into(), transform).await;
        assert!(matches!(made, Err(Error::TooLarge(_))), "{name}: {made:?}");
    }
    // a small screen with a huge frame
    let gif = Bytes::from_static(b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x01\x44\0;");
    let made =
        imaging.transform(gif.into(), Transform { format: Some(Format::Png), ..Transform::default() }).await;
    assert!(matches!(made, Err(Error::TooLarge(_) | Error::Corrupt(_))), "{made:?}");
}

#[tokio::test]
async fn cut_off_and_garbled_pictures_are_errors() {
    // our own decoders alone
    let options = Options { ffmpeg: "/nonexistent/ffmpeg".into(), ..Options::default() };
    let imaging = Imaging::new(options).expect("starts");
    let transform = Transform { width: Some(16), format: Some(Format::Webp), ..Transform::default() };
    for format in [Format::Jpeg, Format::Png, Format::Gif, Format::Webp] {
        let whole = picture(format, 64, 64);
        for length in (0..whole.len()).step_by(7) {
            // some decoders fill up what is missing; none may panic or hang
            let _ = imaging.transform(whole.slice(..length).into(), transform).await;
        }
        for at in (12..whole.len()).step_by(5) {
            let mut garbled = whole.to_vec();
            garbled[at] ^= 0x5a;
            let _ = imaging.transform(Bytes::from(garbled).into(), transform).await;
        }
    }
    for bytes in [&b""[..], b"\0\0\0\0", b"<html><script>alert(1)</script>", b"PK\x03\x04"] {
        let inspected = imaging.inspect(Bytes::from_static(bytes).into(), "x.png", Inspect::default()).await;
        assert!(matches!(inspected, Err(Error::Unsupported(_))), "{inspected:?}");
    }
}

#[tokio::test]
async fn a_large_png_is_read_row_by_row_within_the_budget() {
    let small = Imaging::new(Options { threads: 1, memory: 6 << 20, ..Options::default() }).expect("starts");
    let large = picture(Format::Png, 3000, 2000); // 24 MB of pixels
    let transform =
        Transform { width: Some(96), fit: Fit::Width, format: Some(Format::Png), ..Transform::default() };
    let made = small.transform(large.clone().into(), transform).await.expect("fits");
    assert_eq!((made.width, made.height), (96, 64));
    let raster = pixels(&small, &made).await;
    assert!(near(raster.pixel(10, 10), [200, 0, 0]) && near(raster.pixel(90, 10), [0, 0, 200]));
    let whole = small.transform(large.into(), Transform::default()).await;
    assert!(matches!(whole, Err(Error::TooLarge(_))), "{whole:?}");
}
