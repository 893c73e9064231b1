//! The data folder and its disk, the clock, limits of the system.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

use platform_kernel::{Clock, Timestamp};

use super::Finding;
use crate::{data::Data, limits::OpenFiles};

const GIB: u64 = 1 << 30;
/// Durable writes wait for this; slower than it, chat feels slow.
const SLOW_SYNC_MS: u128 = 20;
const SYNCS: u32 = 5;

pub fn folder(data: &Data, running: bool) -> Vec<Finding> {
    let path = &data.folder;
    let shown = path.display();
    if let Err(error) = fs::create_dir_all(path) {
        let remedy = "name another folder with --data or FLUXER_DATA, or make it writable for this user";
        return vec![Finding::bad("data folder", format!("{shown} cannot be made: {error}"), remedy)];
    }
    let mut findings = Vec::new();
    match sync_time(path) {
        Err(error) => {
            let remedy = format!("make it belong to this user: chown -R $(id -u) {shown}");
            findings.push(Finding::bad("data folder", format!("{shown} cannot be written: {error}"), remedy));
        }
        Ok(ms) if ms > SLOW_SYNC_MS => findings.push(Finding::warning(
            "data folder",
            format!("a durable write takes {ms} ms in {shown}"),
            "put the folder on a local SSD; network and shared disks make every message wait",
        )),
        Ok(ms) => findings.push(Finding::good(
            "data folder",
            format!(
                "{shown}, a durable write takes {ms} ms{}",
                if running { ", a server is running" } else { "" }
            ),
        )),
    }
    findings.push(space(path));
    findings
}

/// Milliseconds of the fastest of a few small synced writes.
fn sync_time(folder: &Path) -> std::io::Result<u128> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let measure = || -> std::io::Result<u128> {
        let mut file = File::create(&path)?;
        let mut fastest = u128::MAX;
        for _ in 0..SYNCS {
            file.write_all(&[0; 4096])?;
            let started = Instant::now();
            file.sync_data()?;
            fastest = fastest.min(started.elapsed().as_millis());
        }
        Ok(fastest)
    };
    let measured = measure();
    let _ = fs::remove_file(&path);
    measured
}

fn space(folder: &Path) -> Finding {
    let Ok(disk) = rustix::fs::statvfs(folder) else {
        return Finding::warning("disk space", "cannot be read", "check the disk with df");
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let text = format!("{:.1} GiB free", free as f64 / GIB as f64);
    let remedy = "free some space or move the data folder: when the disk is full, messages are refused";
    if free < GIB / 4 {
        Finding::bad("disk space", text, remedy)
    } else if free < 2 * GIB || disk.f_favail < 10_000 {
        Finding::warning("disk space", format!("{text}, {} files", disk.f_favail), remedy)
    } else {
        Finding::good("disk space", text)
    }
}

pub fn clock(data: &Data, clock: &Clock) -> Vec<Finding> {
    let now = clock.now();
    let sync = "switch time synchronisation on (timedatectl set-ntp true)";
    // Before this program was written.
    if now < Timestamp::from_millis(1_761_955_200_000) {
        return vec![Finding::bad("clock", format!("says {now}, which is long past"), sync)];
    }
    let newest = data.newest_snowflake();
    match newest {
        Some(newest) if newest.since(now) > 5000 => vec![Finding::bad(
            "clock",
            format!("says {now}, but this instance has made ids at {newest}: it was set back"),
            format!("{sync}; until then new messages carry the later time"),
        )],
        _ => {
            let mut findings = vec![Finding::good("clock", format!("{now}"))];
            if synchronised() == Some(false) {
                findings.push(Finding::warning("clock", "is not being synchronised", sync));
            }
            findings
        }
    }
}

/// What systemd knows about it, if it is there.
fn synchronised() -> Option<bool> {
    if !Path::new("/run/systemd/timesync").is_dir() {
        return None;
    }
    Some(Path::new("/run/systemd/timesync/synchronized").exists())
}

pub fn open_files() -> Vec<Finding> {
    let limit = OpenFiles::read();
    let at_most = limit.hard.unwrap_or(u64::MAX);
    let finding = if at_most < 65_536 {
        Finding::warning(
            "open files",
            format!("at most {at_most}, one for each connected client"),
            "raise it: LimitNOFILE=1048576 in the systemd unit, --ulimit nofile=1048576 for a container",
        )
    } else {
        let text = if at_most == u64::MAX { "without limit".to_owned() } else { format!("up to {at_most}") };
        Finding::good("open files", text)
    };
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commands::doctor::Grade, data::tests::Temporary};

    #[test]
    fn a_clock_set_back_is_found() {
        let folder = Temporary::new("doctor-clock");
        let data = Data::open(&folder.0).unwrap();
        let late = Timestamp::parse("2027-01-01T00:00:00Z").unwrap();
        let (ids, mut mark) = data.snowflakes(Clock::fixed(late)).unwrap();
        let _: platform_kernel::Id<()> = ids.next();
        mark.save(ids.high_water()).unwrap();
        let grade = |at| clock(&data, &Clock::fixed(at))[0].grade;
        assert_eq!(grade(late), Grade::Good);
        assert_eq!(grade(late.plus_seconds(-60)), Grade::Bad);
        assert_eq!(grade(Timestamp::from_millis(0)), Grade::Bad);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_found() {
        let folder = Temporary::new("doctor-folder");
        let file = folder.0.join("file");
        fs::write(&file, "x").unwrap();
        let findings = super::folder(&Data { folder: file }, false);
        assert_eq!(findings[0].grade, Grade::Bad);
        assert!(!findings[0].remedy.is_empty());
    }
}
