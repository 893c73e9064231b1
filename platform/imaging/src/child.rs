//! ffmpeg and ffprobe as limited child processes.
//!
//! Promises: a child has bounds on memory, processor time, file size and open files, no core
//! dump, no input but the one file, an empty environment, and is killed when its time is up or
//! the asker goes; only so many run at once; files made for it are removed whatever happens.
//! Containers that name other files or addresses (playlists, concatenations) are not on the list
//! of formats it may read, and no protocol but plain files is.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
    sync::Semaphore,
};

use crate::{Error, Options, Result, source::Source};

/// Containers of sound and video.
pub const MEDIA: &str = "mov,mp4,m4a,matroska,webm,avi,mp3,wav,w64,flac,ogg,aac";
/// Pictures, for those our own decoders do not read.
pub const PICTURES: &str = "mov,jpeg_pipe,png_pipe,webp_pipe,gif,apng";

const ADDRESS_SPACE: u64 = 1 << 30;
const FILE_SIZE: u64 = 64 << 20;
const OPEN_FILES: u64 = 64;
/// What a child may print.
const MAX_OUTPUT: u64 = 1 << 20;

#[derive(Debug)]
pub struct Programs {
    found: Arc<OnceLock<Found>>,
    slots: Semaphore,
    folder: PathBuf,
    patience: Duration,
}

/// Where the programs that work are.
#[derive(Debug)]
struct Found {
    ffmpeg: Option<PathBuf>,
    ffprobe: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Ffmpeg,
    Ffprobe,
}

impl Programs {
    /// Looks for the programs, and clears away what a killed process left in the folder. Whether
    /// they work is tried beside everything else, for it takes its time; who needs to know waits.
    pub fn find(options: &Options) -> Result<Self> {
        remove_leftovers(&options.temporary);
        let found = Arc::new(OnceLock::new());
        let (finder, ffmpeg, ffprobe) = (Arc::clone(&found), options.ffmpeg.clone(), options.ffprobe.clone());
        std::thread::Builder::new().name("imaging-find".into()).spawn(move || {
            finder.get_or_init(|| Found { ffmpeg: working(&ffmpeg), ffprobe: working(&ffprobe) });
        })?;
        Ok(Self {
            found,
            slots: Semaphore::new(options.children.max(1)),
            folder: options.temporary.clone(),
            patience: options.patience,
        })
    }

    pub fn has(&self, program: Program) -> bool {
        self.path(program).is_some()
    }

    fn path(&self, program: Program) -> Option<&Path> {
        let found = self.found.wait();
        match program {
            Program::Ffmpeg => found.ffmpeg.as_deref(),
            Program::Ffprobe => found.ffprobe.as_deref(),
        }
    }

    /// The source as a file; one of our own is removed when the value goes.
    pub async fn on_disk(&self, source: &Source) -> Result<OnDisk> {
        match source {
            // a relative path could look like an option or an address
            Source::File(path) => Ok(OnDisk { path: std::path::absolute(path)?, ours: false }),
            Source::Bytes(bytes) => {
                let file = self.new_file("in");
                tokio::fs::write(&file.path, bytes).await?;
                Ok(file)
            }
        }
    }

    /// A name for a file that does not exist yet, removed when the value goes.
    pub fn new_file(&self, extension: &str) -> OnDisk {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("imaging-{}-{number}.{extension}", std::process::id());
        OnDisk { path: self.folder.join(name), ours: true }
    }

    /// Runs a program to its end and gives what it printed. `before` and `after` are the
    /// arguments around the input.
    pub async fn run(
        &self,
        program: Program,
        formats: &str,
        before: &[&str],
        input: &Path,
        after: &[&OsStr],
        limit: Duration,
    ) -> Result<Vec<u8>> {
        let path = self.path(program).ok_or(Error::Unavailable(match program {
            Program::Ffmpeg => "ffmpeg",
            Program::Ffprobe => "ffprobe",
        }))?;
        let _slot = tokio::time::timeout(self.patience, self.slots.acquire())
            .await
            .map_err(|_| Error::Busy)?
            .map_err(|_| Error::Busy)?;
        let mut address = std::ffi::OsString::from("file:");
        address.push(input);
        let mut command = Command::new(path);
        if program == Program::Ffmpeg {
            command.args(["-nostdin", "-y", "-threads", "1", "-filter_threads", "1"]);
        }
        command
            .args([
                "-hide_banner",
                "-v",
                "error",
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                formats,
            ])
            .args(before)
            .arg("-i")
            .arg(address)
            .args(after)
            .env_clear()
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        bound(child.id(), limit)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let ended = tokio::time::timeout(limit, async {
            let (printed, complaints) = tokio::join!(capped(stdout), capped(stderr));
            (printed, complaints, child.wait().await)
        })
        .await;
        let Ok((printed, complaints, status)) = ended else {
            let _ = child.kill().await;
            return Err(Error::Timeout);
        };
        if !status?.success() {
            let complaints = String::from_utf8_lossy(&complaints?).trim().chars().take(300).collect();
            return Err(Error::Corrupt(complaints));
        }
        printed
    }
}

/// Sets the child's limits. It has barely begun to load its libraries by now, and what it has
/// taken counts towards them.
fn bound(id: Option<u32>, limit: Duration) -> Result<()> {
    let Some(pid) = id.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) else {
        return Ok(()); // it has ended already
    };
    let at = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    for (resource, most) in [
        (Resource::As, ADDRESS_SPACE),
        (Resource::Cpu, limit.as_secs() + 1),
        (Resource::Fsize, FILE_SIZE),
        (Resource::Nofile, OPEN_FILES),
        (Resource::Core, 0),
    ] {
        match prlimit(Some(pid), resource, at(most)) {
            Ok(_) | Err(rustix::io::Errno::SRCH) => {}
            Err(error) => return Err(Error::Io(error.into())),
        }
    }
    Ok(())
}

/// All a child prints, but kept only so far.
async fn capped(stream: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    if let Some(mut stream) = stream {
        (&mut stream).take(MAX_OUTPUT).read_to_end(&mut kept).await?;
        // a child whose pipe is full would wait for ever
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    }
    Ok(kept)
}

/// Where a bare name is looked for: children do not get our environment.
const FOLDERS: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/bin"];

fn working(program: &Path) -> Option<PathBuf> {
    let bare = program.components().count() == 1;
    let found = match bare {
        true => FOLDERS.iter().map(|folder| Path::new(folder).join(program)).find(|path| path.exists()),
        false => Some(program.to_owned()),
    };
    let program = found.as_deref().unwrap_or(program);
    let ran = std::process::Command::new(program)
        .env_clear()
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match ran {
        Ok(status) if status.success() => Some(program.to_owned()),
        _ => {
            tracing::warn!(program = %program.display(), "not found: video has no dimensions and no thumbnails");
            None
        }
    }
}

/// Removes the files of processes that are no more.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix("imaging-")?.split('-').next()?.parse::<u32>().ok());
        if let Some(owner) = owner
            && !Path::new("/proc").join(owner.to_string()).exists()
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// A file a child reads or writes.
#[derive(Debug)]
pub struct OnDisk {
    pub path: PathBuf,
    ours: bool,
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        if self.ours {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
