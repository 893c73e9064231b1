//! Thumbnails per second on one thread, for `bench/imaging`: `thumbnails FILE WIDTH SECONDS`.
//! Prints how many were made, the seconds on the clock and of processor time, and the bytes of one.

#![expect(clippy::print_stdout, reason = "a command-line tool prints its results")]

use std::time::{Duration, Instant};

use platform_imaging::{Fit, Format, Imaging, Options, Source, Transform};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, width, seconds] = &arguments[..] else {
        return Err("thumbnails FILE WIDTH SECONDS".into());
    };
    let source = Source::Bytes(std::fs::read(file)?.into());
    let transform = Transform {
        width: Some(width.parse()?),
        fit: Fit::Width,
        format: Some(Format::Webp),
        ..Transform::default()
    };
    let imaging = Imaging::new(Options { threads: 1, ..Options::default() })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let warm = imaging.transform(source.clone(), transform).await?;
        let (begun, used) = (Instant::now(), processor_time()?);
        let mut made = 0;
        while begun.elapsed() < Duration::from_secs(seconds.parse()?) {
            imaging.transform(source.clone(), transform).await?;
            made += 1;
        }
        let (clock, used) = (begun.elapsed().as_secs_f64(), processor_time()? - used);
        println!("{made} {clock:.3} {used:.3} {} {}x{}", warm.bytes.len(), warm.width, warm.height);
        Ok(())
    })
}

/// Seconds of processor time of this process.
fn processor_time() -> Result<f64, Box<dyn std::error::Error>> {
    let mut nanoseconds = 0_u64;
    for thread in std::fs::read_dir("/proc/self/task")? {
        let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        nanoseconds += text.split(' ').next().unwrap_or("0").parse::<u64>()?;
    }
    Ok(nanoseconds as f64 / 1e9)
}
