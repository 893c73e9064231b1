//! What needs other programs: ffmpeg for video and AVIF, libonnxruntime for the classifier.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use bytes::Bytes;

use super::*;

/// A folder of the test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("imaging-test-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
    fn imaging(&self) -> Imaging {
        Imaging::new(Options { threads: 2, temporary: self.0.clone(), ..Options::default() }).expect("starts")
    }
    /// A file made by ffmpeg with these arguments.
    fn make(&self, name: &str, arguments: &str) -> PathBuf {
        let path = self.0.join(name);
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-y"])
            .args(arguments.split_whitespace())
            .arg(&path)
            .status()
            .expect("ffmpeg is installed");
        assert!(made.success());
        path
    }
    fn files(&self) -> usize {
        std::fs::read_dir(&self.0).expect("a folder").count()
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const PICTURE: &str = "-f lavfi -i testsrc=size=320x240:rate=10:duration=2.3";
const SOUND: &str = "-f lavfi -i sine=duration=2.3";
const ALL: Inspect = Inspect { placeholder: true, nsfw: true };

fn read(path: &Path) -> Bytes {
    std::fs::read(path).expect("a file").into()
}

#[tokio::test]
async fn videos_are_measured_and_pictured() {
    let folder = Folder::new("videos");
    let imaging = folder.imaging();
    for (name, codecs, content_type) in [
        ("a.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac", "video/mp4"),
        ("a.webm", "-c:v libvpx -c:a libopus", "video/webm"),
        ("a.mov", "-c:v libx264 -pix_fmt yuv420p -c:a aac", "video/quicktime"),
        ("a.mkv", "-c:v libx264 -pix_fmt yuv420p -c:a libvorbis", "video/x-matroska"),
        ("a.avi", "-c:v mpeg4 -c:a mp3", "video/x-msvideo"),
    ] {
        let path = folder.make(name, &format!("{PICTURE} {SOUND} {codecs}"));
        for source in [Source::File(path.clone()), Source::Bytes(read(&path))] {
            let metadata = imaging.inspect(source, name, ALL).await.expect("inspects");
            assert_eq!((metadata.kind, metadata.content_type.as_str()), (Kind::Video, content_type));
            assert_eq!(
                (metadata.width, metadata.height, metadata.duration),
                (Some(320), Some(240), Some(3)),
                "{name}"
            );
            assert!(metadata.placeholder.is_some_and(|hash| hash.len() > 20), "{name}");
            assert_eq!(metadata.size, read(&path).len() as u64);
        }
        let before = folder.files();
        let wanted = Transform {
            width: Some(160),
            fit: Fit::Width,
            format: Some(Format::Webp),
            ..Transform::default()
        };
        let made = imaging.video_frame(Source::Bytes(read(&path)), wanted).await.expect("a frame");
        assert_eq!((made.width, made.height, made.content_type), (160, 120, "image/webp"));
        let frames = imaging.frames(Source::File(path), name).await.expect("frames");
        assert_eq!(frames.len(), 3, "{name}");
        assert!(
            frames
                .iter()
                .all(|frame| frame.mime_type == "image/jpeg" && frame.bytes.starts_with(&[0xff, 0xd8]))
        );
        assert_eq!(folder.files(), before, "nothing is left behind");
    }
}

#[tokio::test]
async fn a_frame_that_is_shown_for_long_is_the_last_one_too() {
    let folder = Folder::new("slow");
    let imaging = folder.imaging();
    let path = folder
        .make("slow.mp4", "-f lavfi -i testsrc=size=64x48:rate=1:duration=2 -c:v libx264 -pix_fmt yuv420p");
    let frames = imaging.frames(Source::File(path), "slow.mp4").await.expect("frames");
    assert_eq!(frames.len(), 3);
    assert!(frames.iter().all(|frame| frame.timestamp < 2.0 && frame.bytes.starts_with(&[0xff, 0xd8])));
}

#[tokio::test]
async fn what_is_transparent_of_an_avif_stays_so() {
    let folder = Folder::new("transparent");
    let imaging = folder.imaging();
    // seen on the left only, red fading to blue
    let pixels = (0..64 * 32_u32).flat_map(|at| {
        let x = at % 64;
        [255 - x as u8 * 4, 0, x as u8 * 4, if x < 32 { 255 } else { 0 }]
    });
    let raster = crate::raster::Raster::new(64, 32, 4, pixels.collect()).expect("fits");
    let avif = crate::transform::write(raster, Format::Avif, Quality::Lossless).expect("encodes");
    for (width, format) in [(64, Format::Png), (32, Format::Webp), (32, Format::Avif)] {
        let wanted =
            Transform { width: Some(width), fit: Fit::Width, format: Some(format), ..Transform::default() };
        let made = imaging.transform(Source::Bytes(avif.bytes.clone()), wanted).await.expect("transforms");
        let again = Transform { format: Some(Format::Png), ..Transform::default() };
        let png = imaging.transform(Source::Bytes(made.bytes), again).await.expect("transforms");
        let limit = crate::work::Deadline::after(Duration::from_secs(60));
        let header = crate::header::Header::read(&png.bytes).expect("a header");
        let seen = crate::decode::still(&png.bytes, &header, 1.0, None, limit).expect("decodes");
        assert_eq!((seen.width, seen.channels), (width, 4), "{format:?}");
        let (left, right) = (seen.pixel(width / 8, 8), seen.pixel(width - width / 8, 8));
        assert!(left[3] > 250 && left[0] > 180 && right[3] < 5, "{format:?}: {left:?} {right:?}");
    }
}

#[tokio::test]
async fn sound_is_measured() {
    let folder = Folder::new("sound");
    let imaging = folder.imaging();
    for (name, codec, content_type) in [
        ("a.mp3", "-c:a mp3", "audio/mpeg"),
        ("a.wav", "-c:a pcm_s16le", "audio/wav"),
        ("a.flac", "-c:a flac", "audio/flac"),
        ("a.ogg", "-c:a libopus", "audio/ogg"),
        ("a.m4a", "-c:a aac", "audio/mp4"),
        ("a.aac", "-c:a aac", "audio/aac"),
    ] {
        let path = folder.make(name, &format!("{SOUND} {codec}"));
        let metadata = imaging.inspect(Source::File(path.clone()), name, ALL).await.expect("inspects");
        assert_eq!((metadata.kind, metadata.content_type.as_str()), (Kind::Audio, content_type));
        assert_eq!(
            (metadata.width, metadata.duration, metadata.placeholder),
            (None, Some(3), None),
            "{name}"
        );
        let frames = imaging.frames(Source::File(path), name).await.expect("itself");
        assert_eq!((frames.len(), frames[0].mime_type.as_str()), (1, content_type));
    }
    let flac = folder.make("flac.ogg", &format!("{SOUND} -c:a flac"));
    let refused = imaging.inspect(Source::File(flac), "flac.ogg", ALL).await;
    assert!(matches!(refused, Err(Error::Unsupported(_))), "{refused:?}");
    let raw = folder.make("raw.avi", &format!("{PICTURE} -c:v rawvideo"));
    let refused = imaging.inspect(Source::File(raw), "raw.avi", ALL).await;
    assert!(matches!(refused, Err(Error::Unsupported(_))), "{refused:?}");
}

#[tokio::test]
async fn a_playlist_under_another_name_opens_nothing() {
    let folder = Folder::new("playlists");
    let imaging = folder.imaging();
    let secret = folder.make("secret.mp4", &format!("{PICTURE} -c:v libx264 -pix_fmt yuv420p"));
    let secret = secret.display();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a setting");
    let address = listener.local_addr().expect("an address");
    for list in [
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{secret}\n#EXT-X-ENDLIST\n"),
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nhttp://{address}/a.ts\n#EXT-X-ENDLIST\n"),
        format!("ffconcat version 1.0\nfile '{secret}'\n"),
        format!("<?xml version='1.0'?><MPD><Period><BaseURL>http://{address}/</BaseURL></Period></MPD>"),
        format!("<svg xmlns:xlink='x'><image xlink:href='http://{address}/x.png'/></svg>"),
    ] {
        for name in ["a.mp4", "a.webm", "a.mp3", "a.ogg", "a.avi"] {
            let source = Source::Bytes(list.clone().into());
            let metadata = imaging.inspect(source.clone(), name, ALL).await;
            assert!(metadata.is_err() || list.starts_with("<svg"), "{name}: {metadata:?}");
            let frame = imaging.video_frame(source.clone(), Transform::default()).await;
            assert!(frame.is_err(), "{name}");
            let frames = imaging.frames(source, name).await.expect("no frames are no error");
            assert!(frames.iter().all(|frame| frame.bytes == list), "{name}");
        }
    }
    assert!(listener.accept().is_err(), "nobody came");
}

#[tokio::test]
async fn avif_is_read_by_a_child() {
    let folder = Folder::new("avif");
    let imaging = folder.imaging();
    let path = folder
        .make("a.avif", "-f lavfi -i color=red:size=200x100 -frames:v 1 -c:v libaom-av1 -still-picture 1");
    let metadata = imaging.inspect(Source::File(path.clone()), "a.avif", ALL).await.expect("inspects");
    assert_eq!((metadata.format.as_str(), metadata.width, metadata.height), ("heif", Some(200), Some(100)));
    assert!(metadata.placeholder.is_some_and(|hash| hash.len() > 10));
    let wanted = Transform {
        width: Some(50),
        height: Some(50),
        fit: Fit::Contain,
        format: Some(Format::Png),
        ..Transform::default()
    };
    let before = folder.files();
    let made = imaging.transform(Source::Bytes(read(&path)), wanted).await.expect("transforms");
    assert_eq!((made.width, made.height, folder.files()), (50, 50, before));
    let header = Header::read(&made.bytes).expect("a PNG");
    let limit = work::Deadline::after(std::time::Duration::from_secs(60));
    let raster = decode::still(&made.bytes, &header, 1.0, None, limit).expect("decodes");
    assert!(raster.pixel(25, 25)[0] > 200 && raster.pixel(25, 2)[3] == 0);
}

#[tokio::test]
async fn without_ffmpeg_video_has_no_dimensions() {
    let folder = Folder::new("without");
    let nowhere = PathBuf::from("/nonexistent/ffmpeg");
    let options = Options {
        temporary: folder.0.clone(),
        ffmpeg: nowhere.clone(),
        ffprobe: nowhere,
        ..Options::default()
    };
    let imaging = Imaging::new(options).expect("starts");
    let path = folder.make("a.mp4", &format!("{PICTURE} -c:v libx264 -pix_fmt yuv420p"));
    let metadata = imaging.inspect(Source::File(path.clone()), "a.mp4", ALL).await.expect("inspects");
    assert_eq!((metadata.kind, metadata.width, metadata.duration), (Kind::Video, None, None));
    let frame = imaging.video_frame(Source::File(path), Transform::default()).await;
    assert!(matches!(frame, Err(Error::Unavailable(_))), "{frame:?}");
}

#[tokio::test]
async fn the_place_a_video_was_made_goes() {
    let folder = Folder::new("places");
    let imaging = folder.imaging();
    let place = "+48.8584+002.2945/";
    for (name, extra) in [
        ("a.mp4", ""),
        ("a.mov", ""),
        (
            "b.mov",
            "-movflags use_metadata_tags -metadata com.apple.quicktime.location.ISO6709=+48.8584+002.2945/",
        ),
        ("c.mp4", "-movflags +faststart"),
        ("d.mkv", ""),
    ] {
        let codec = "-c:v libx264 -pix_fmt yuv420p";
        let path = folder.make(name, &format!("{PICTURE} -metadata location={place} {extra} {codec}"));
        let told = |bytes: &[u8]| bytes.windows(8).any(|at| at == b"+48.8584" || at.starts_with(b"loci"));
        let original = read(&path);
        assert!(told(&original), "{name}");
        assert!(imaging.blank_location(path.clone()).await.expect("blanks"), "{name}");
        let clean = read(&path);
        assert!(!told(&clean) && clean.len() == original.len(), "{name}");
        assert!(!imaging.blank_location(path.clone()).await.expect("blanks"), "once is enough: {name}");
        let metadata =
            imaging.inspect(Source::File(path), name, Inspect::default()).await.expect("still a video");
        assert_eq!((metadata.width, metadata.duration), (Some(320), Some(3)), "{name}");
    }
}

#[tokio::test]
async fn animations_are_looked_at_three_times() {
    let folder = Folder::new("animations");
    let imaging = folder.imaging();
    let path = folder.make("a.gif", "-f lavfi -i testsrc=size=64x48:rate=5:duration=3");
    let frames = imaging.frames(Source::File(path), "a.gif").await.expect("frames");
    assert_eq!(frames.len(), 3);
    assert!(frames.windows(2).all(|pair| pair[0].bytes != pair[1].bytes));
    let none = imaging.frames(Source::Bytes(Bytes::from_static(b"GIF89a\x01")), "a.gif").await;
    assert!(none.is_err() || none.is_ok_and(|frames| frames.is_empty()));
}

#[tokio::test]
async fn a_model_judges_pictures_and_videos() {
    let root = std::path::absolute("../..").unwrap();
    let folder = Folder::new("model");
    let model = folder.0.join("model.onnx");
    let made = Command::new(root.join(".venv/bin/python"))
        .arg(root.join("tests/python/nsfw_model.py"))
        .arg(&model)
        .status()
        .expect("scripts/setup has made .venv");
    assert!(made.success());
    let found = Command::new(root.join(".venv/bin/python"))
        .args(["-c", "import glob, onnxruntime, os; \
                print(glob.glob(os.path.dirname(onnxruntime.__file__) + '/capi/libonnxruntime.so*')[0], end='')"])
        .output()
        .expect("python runs");
    let runtime = PathBuf::from(String::from_utf8(found.stdout).expect("a path"));
    let options =
        Options { temporary: folder.0.clone(), nsfw: Some(Model { model, runtime }), ..Options::default() };
    let imaging = Imaging::new(options).expect("starts");
    for (colour, positive, label) in
        [("red", true, "porn"), ("0x00ff00", false, "neutral"), ("blue", false, "drawing")]
    {
        let still = folder
            .make(&format!("{colour}.png"), &format!("-f lavfi -i color={colour}:size=500x300 -frames:v 1"));
        let video = folder.make(
            &format!("{colour}.mp4"),
            &format!("-f lavfi -i color={colour}:size=320x240:duration=1 -c:v libx264 -pix_fmt yuv420p"),
        );
        for path in [still, video] {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            let metadata = imaging.inspect(Source::File(path.clone()), &name, ALL).await.expect("inspects");
            let verdict = metadata.nsfw.expect("judged");
            assert_eq!(verdict.positive, positive, "{name} {verdict:?}");
            assert!(verdict.predictions[label] > 0.9, "{name} {verdict:?}");
            let unasked = Inspect { placeholder: true, nsfw: false };
            assert_eq!(
                imaging.inspect(Source::File(path), &name, unasked).await.expect("inspects").nsfw,
                None
            );
        }
    }
}
