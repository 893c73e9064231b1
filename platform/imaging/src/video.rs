//! Sound and video: what ffprobe says of them, which are accepted, pictures out of them.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::Path,
    time::Duration,
};

use serde::Deserialize;

use crate::{
    Error, MAX_SIDE, Result,
    child::{MEDIA, OnDisk, PICTURES, Program, Programs},
    source::Source,
    types::{Kind, audio_codec_allowed, video_codec_allowed},
};

const PROBE_LIMIT: Duration = Duration::from_secs(30);
const THUMBNAIL_LIMIT: Duration = Duration::from_secs(30);
const FRAME_LIMIT: Duration = Duration::from_secs(60);

/// What is told of an accepted file.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    pub format: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Seconds.
    pub duration: Option<f64>,
    /// Is there a moving picture, not only a cover?
    pub video: bool,
}

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Container,
}
#[derive(Deserialize, Default)]
struct Container {
    #[serde(default)]
    format_name: String,
    duration: Option<String>,
}
#[derive(Deserialize)]
struct Stream {
    #[serde(default)]
    codec_type: String,
    #[serde(default)]
    codec_name: String,
    #[serde(default)]
    codec_tag_string: String,
    width: Option<u32>,
    height: Option<u32>,
    duration: Option<String>,
    #[serde(default)]
    disposition: BTreeMap<String, i64>,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}
#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

impl Stream {
    fn is_cover(&self) -> bool {
        self.disposition.get("attached_pic").is_some_and(|set| *set != 0)
    }
}

/// Reads and judges a file that is named, or begins, as sound or video of this kind.
pub async fn probe(programs: &Programs, source: &Source, kind: Kind, ogg: bool) -> Result<Probe> {
    let input = programs.on_disk(source).await?;
    let entries = "format=format_name,duration:stream=codec_type,codec_name,codec_tag_string,width,height,\
                   duration:stream_disposition=attached_pic:stream_side_data=rotation";
    let after = ["-show_entries", entries, "-of", "json"].map(OsStr::new);
    let printed = programs.run(Program::Ffprobe, MEDIA, &[], &input.path, &after, PROBE_LIMIT).await?;
    let report: Report =
        serde_json::from_slice(&printed).map_err(|error| Error::Corrupt(error.to_string()))?;
    judge(&report, kind, ogg)
}

fn judge(report: &Report, kind: Kind, ogg: bool) -> Result<Probe> {
    let mut sound = false;
    let mut picture = None;
    for stream in &report.streams {
        match stream.codec_type.as_str() {
            "audio" => {
                let allowed = match ogg {
                    true => matches!(stream.codec_name.as_str(), "opus" | "vorbis"),
                    false => audio_codec_allowed(&stream.codec_name),
                };
                if !allowed {
                    return Err(Error::Unsupported(format!("audio codec {}", stream.codec_name)));
                }
                sound = true;
            }
            "video" if stream.is_cover() && kind == Kind::Audio => {}
            "video" => {
                if kind == Kind::Audio || !video_codec_allowed(&stream.codec_name, &stream.codec_tag_string) {
                    return Err(Error::Unsupported(format!("video codec {}", stream.codec_name)));
                }
                if !stream.is_cover() && picture.is_none() {
                    picture = Some(stream);
                }
            }
            _ => {}
        }
    }
    if !sound && picture.is_none() {
        return Err(Error::Unsupported("neither sound nor picture".to_owned()));
    }
    let seconds =
        |text: &Option<String>| text.as_deref()?.parse::<f64>().ok().filter(|d| d.is_finite() && *d > 0.0);
    let longest = report.streams.iter().filter_map(|stream| seconds(&stream.duration)).reduce(f64::max);
    let size = picture.and_then(|stream| {
        let (width, height) = (stream.width.filter(|w| *w > 0)?, stream.height.filter(|h| *h > 0)?);
        let rotation = stream.side_data_list.iter().find_map(|data| data.rotation).unwrap_or(0.0);
        let turned = (rotation.abs() as i64 / 90) % 2 == 1;
        Some(if turned { (height, width) } else { (width, height) })
    });
    if let Some((width, height)) = size.filter(|(width, height)| *width > MAX_SIDE || *height > MAX_SIDE) {
        return Err(Error::TooLarge(format!("{width}×{height} pixels")));
    }
    Ok(Probe {
        format: report.format.format_name.clone(),
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
        duration: seconds(&report.format.duration).or(longest),
        video: picture.is_some(),
    })
}

/// The first frame of a video, as a JPEG file.
pub async fn first_frame(programs: &Programs, source: &Source) -> Result<OnDisk> {
    let input = programs.on_disk(source).await?;
    frame(programs, &input.path, None, THUMBNAIL_LIMIT).await
}

/// The frame shown at `seconds`, as a JPEG file, or one before it: after the last frame, which
/// may be shown for long, there is none. Also the moment it is of.
pub async fn frame_near(programs: &Programs, input: &Path, seconds: f64) -> Result<(OnDisk, f64)> {
    for at in [seconds, seconds - 1.0] {
        match frame(programs, input, Some(at.max(0.0)), FRAME_LIMIT).await {
            Err(Error::Corrupt(_)) => {}
            done => return Ok((done?, at.max(0.0))),
        }
    }
    Ok((frame(programs, input, None, FRAME_LIMIT).await?, 0.0))
}

async fn frame(programs: &Programs, input: &Path, at: Option<f64>, limit: Duration) -> Result<OnDisk> {
    let output = programs.new_file("jpg");
    let at = at.map(|seconds| format!("{seconds:.3}"));
    let before: &[&str] = match &at {
        Some(at) => &["-ss", at],
        None => &[],
    };
    let mut after: Vec<&OsStr> = [
        "-map",
        "0:v:0",
        "-frames:v",
        "1",
        "-an",
        "-sn",
        "-dn",
        "-threads",
        "1",
        "-c:v",
        "mjpeg",
        "-pix_fmt",
        "yuvj420p",
        "-q:v",
        "2",
        "-f",
        "image2",
        "-update",
        "1",
    ]
    .map(OsStr::new)
    .to_vec();
    after.push(output.path.as_os_str());
    programs.run(Program::Ffmpeg, MEDIA, before, input, &after, limit).await?;
    written(output)
}

/// A picture our decoders do not read, as a PNG file of this size; what is transparent of it may
/// be a picture of its own.
pub async fn picture(
    programs: &Programs,
    source: &Source,
    alpha: Option<&Path>,
    size: (u32, u32),
) -> Result<OnDisk> {
    let input = programs.on_disk(source).await?;
    let output = programs.new_file("png");
    let scale = format!("scale={}:{}:flags=area", size.0, size.1);
    let merge = format!(
        "[1:v:0]format=gray,{scale}[alpha];[0:v:0]{scale},format=rgba[colours];[colours][alpha]alphamerge"
    );
    let mut second = OsString::from("file:");
    let mut after: Vec<&OsStr> = Vec::new();
    match alpha {
        Some(alpha) => {
            second.push(alpha);
            after
                .extend(["-protocol_whitelist", "file", "-format_whitelist", PICTURES, "-i"].map(OsStr::new));
            after.push(&second);
            after.extend(["-filter_complex", &merge].map(OsStr::new));
        }
        None => after.extend(["-map", "0:v:0", "-vf", &scale].map(OsStr::new)),
    }
    let format =
        ["-frames:v", "1", "-threads", "1", "-c:v", "png", "-compression_level", "1", "-f", "image2"];
    after.extend(format.map(OsStr::new));
    after.extend(["-update", "1"].map(OsStr::new));
    after.push(output.path.as_os_str());
    programs.run(Program::Ffmpeg, PICTURES, &[], &input.path, &after, THUMBNAIL_LIMIT).await?;
    written(output)
}

/// ffmpeg ends well without writing anything when there was no frame.
fn written(output: OnDisk) -> Result<OnDisk> {
    match std::fs::metadata(&output.path) {
        Ok(found) if found.len() > 0 => Ok(output),
        _ => Err(Error::Corrupt("no frame".to_owned())),
    }
}

/// When to look at a video of this duration; `jitter` gives numbers from −1 to 1.
pub fn sample_times(duration: Option<f64>, mut jitter: impl FnMut() -> f64) -> [f64; 3] {
    let d = duration.filter(|d| *d > 0.0).unwrap_or(1.0);
    let start = (0.1 * d + 0.5).clamp(1.0, 2.0).min(d);
    let middle = d / 2.0;
    let end = if d > 2.0 { d - 1.0 } else { 0.95 * d }.max(start + 0.5).min(d);
    // the last instant has no frame any more
    let last = (d - 0.05).max(0.05);
    [start, middle, end].map(|at| (at * (1.0 + 0.1 * jitter())).min(last).max(0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_lie_inside() {
        for duration in [None, Some(0.2), Some(1.0), Some(2.0), Some(10.0), Some(3600.0)] {
            for jitter in [-1.0, 0.0, 1.0] {
                let times = sample_times(duration, || jitter);
                assert!(
                    times.iter().all(|at| *at >= 0.05 && *at <= duration.unwrap_or(1.0)),
                    "{duration:?} {times:?}"
                );
            }
        }
        assert_eq!(sample_times(Some(10.0), || 0.0), [1.5, 5.0, 9.0]);
        assert_eq!(sample_times(Some(100.0), || 0.0), [2.0, 50.0, 99.0]);
    }

    #[test]
    fn codecs_are_judged_by_kind() {
        let report = |streams: &str| -> Report {
            serde_json::from_str(&format!(
                r#"{{"streams":[{streams}],"format":{{"format_name":"x","duration":"2.01"}}}}"#
            ))
            .expect("JSON")
        };
        let h264 = r#"{"codec_type":"video","codec_name":"h264","width":30,"height":20,"side_data_list":[{"rotation":-90}]}"#;
        let opus = r#"{"codec_type":"audio","codec_name":"opus"}"#;
        let flac = r#"{"codec_type":"audio","codec_name":"flac"}"#;
        let cover = r#"{"codec_type":"video","codec_name":"mjpeg","width":3,"height":2,"disposition":{"attached_pic":1}}"#;
        let found = judge(&report(&format!("{h264},{opus}")), Kind::Video, false).expect("allowed");
        assert_eq!(
            (found.width, found.height, found.duration, found.video),
            (Some(20), Some(30), Some(2.01), true)
        );
        let found = judge(&report(&format!("{cover},{opus}")), Kind::Audio, false).expect("allowed");
        assert_eq!((found.width, found.video), (None, false));
        assert!(judge(&report(&format!("{h264},{opus}")), Kind::Audio, true).is_err());
        assert!(judge(&report(flac), Kind::Audio, true).is_err());
        assert!(judge(&report(flac), Kind::Audio, false).is_ok());
        assert!(
            judge(&report(r#"{"codec_type":"video","codec_name":"rawvideo"}"#), Kind::Video, false).is_err()
        );
        assert!(judge(&report(""), Kind::Video, false).is_err());
    }
}
