//! Writes a table of the files that `make` built into `web/dist`, to be embedded: their bytes as they are and as
//! compressed beforehand. Without a build the table is empty and the server shows its start page.

use std::{
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    // The folder of the sources is always there for cargo; `dist` is made so that cargo has something to watch:
    // a path that does not exist would build this crate anew every time.
    let dist = Path::new(&variable("CARGO_MANIFEST_DIR")).join("../../web/dist");
    let _ = fs::create_dir_all(&dist);
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut paths = Vec::new();
    if dist.join("index.html").exists() {
        walk(&dist.canonicalize()?, &mut paths)?;
    }
    paths.sort();
    // Copied first: whoever builds the client meanwhile must not take the files from under the compiler.
    let kept = Path::new(&variable("OUT_DIR")).join("files");
    let _ = fs::remove_dir_all(&kept);
    fs::create_dir_all(&kept)?;
    let mut count = 0_usize;
    let mut include = |path: &Path| -> io::Result<String> {
        let copy = kept.join(count.to_string());
        count += 1;
        fs::copy(path, &copy)?;
        Ok(format!("include_bytes!({:?})", copy.display().to_string()))
    };
    let mut table = String::from("&[\n");
    for path in paths.iter().filter(|path| !is_variant(path)) {
        let name = path.strip_prefix(dist.canonicalize()?).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        let mut hasher = DefaultHasher::new();
        fs::read(path)?.hash(&mut hasher);
        let plain = include(path)?;
        let mut variant = |ending: &str| -> io::Result<String> {
            let path = PathBuf::from(format!("{}{ending}", path.display()));
            if path.exists() { Ok(format!("Some({})", include(&path)?)) } else { Ok("None".to_owned()) }
        };
        let _ = writeln!(
            table,
            "File {{ name: {name:?}, tag: \"\\\"{:016x}\\\"\", plain: {}, brotli: {}, gzip: {} }},",
            hasher.finish(),
            plain,
            variant(".br")?,
            variant(".gz")?,
        );
    }
    table.push(']');
    fs::write(Path::new(&variable("OUT_DIR")).join("files.rs"), table)
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script everything this way")]
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

fn is_variant(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "br" || ending == "gz")
}

/// Every file below `folder` but hidden ones.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() { walk(&entry.path(), found)? } else { found.push(entry.path()) }
    }
    Ok(())
}
