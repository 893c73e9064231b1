//! Tracks of a film that tell where the camera was, picture by picture: those of GoPro, of DJI, of
//! Sony and of phones.

use crate::{
    Result,
    blank::{Atom, Disk},
};

/// Sample formats of what such cameras note.
const FORMATS: [&[u8; 4]; 6] = [b"gpmd", b"camm", b"mebx", b"rtmd", b"djmd", b"dbgi"];
/// Samples a table is read for at once.
const PAGE: u64 = 4096;

fn child(disk: &mut Disk, parent: Atom, kind: &[u8; 4]) -> Result<Option<Atom>> {
    let mut at = parent.body;
    while let Some(atom) = disk.atom(at, parent.end)? {
        if atom.kind == *kind {
            return Ok(Some(atom));
        }
        at = atom.end;
    }
    Ok(None)
}

fn samples(disk: &mut Disk, track: Atom) -> Result<Option<Atom>> {
    let mut found = track;
    for kind in [b"mdia", b"minf", b"stbl"] {
        match child(disk, found, kind)? {
            Some(inner) => found = inner,
            None => return Ok(None),
        }
    }
    Ok(Some(found))
}

/// Whether the track is one of these.
pub fn tells_places(disk: &mut Disk, track: Atom) -> Result<bool> {
    let Some(table) = samples(disk, track)? else { return Ok(false) };
    let Some(formats) = child(disk, table, b"stsd")? else { return Ok(false) };
    // version, flags and the number of entries; then the first entry's size
    let format = disk.read(formats.body + 12, 4)?;
    Ok(FORMATS.iter().any(|known| format == known[..]))
}

/// A table of numbers in a box: its entries are `width` numbers of 32 bits each.
struct Table {
    at: u64,
    count: u64,
    width: u64,
}

impl Table {
    fn of(disk: &mut Disk, table: Atom, kind: &[u8; 4], skip: u64, width: u64) -> Result<Option<Self>> {
        let Some(atom) = child(disk, table, kind)? else { return Ok(None) };
        let at = atom.body + 4 + skip;
        let count = disk.read(at, 4)?;
        let count = count.iter().fold(0, |value: u64, byte| value << 8 | u64::from(*byte));
        let room = atom.end.saturating_sub(at + 4) / (width * 4);
        Ok(Some(Self { at: at + 4, count: count.min(room), width }))
    }
    fn page(&self, disk: &Disk, from: u64) -> Result<Vec<u32>> {
        let entries = self.count.saturating_sub(from).min(PAGE);
        let bytes = disk.read(self.at + from * self.width * 4, (entries * self.width * 4) as usize)?;
        Ok(bytes.chunks_exact(4).map(|n| u32::from_be_bytes([n[0], n[1], n[2], n[3]])).collect())
    }
}

/// Overwrites what the track's tables say is its.
pub fn blank(disk: &mut Disk, track: Atom) -> Result<()> {
    let Some(table) = samples(disk, track)? else { return Ok(()) };
    let one_size = match child(disk, table, b"stsz")? {
        Some(atom) => {
            disk.read(atom.body + 4, 4)?.iter().fold(0, |value: u64, byte| value << 8 | u64::from(*byte))
        }
        None => return Ok(()),
    };
    let Some(sizes) = Table::of(disk, table, b"stsz", 4, 1)? else { return Ok(()) };
    let Some(groups) = Table::of(disk, table, b"stsc", 0, 3)? else { return Ok(()) };
    let (chunks, long) = match Table::of(disk, table, b"stco", 0, 1)? {
        Some(chunks) => (chunks, false),
        None => match Table::of(disk, table, b"co64", 0, 2)? {
            Some(chunks) => (chunks, true),
            None => return Ok(()),
        },
    };
    // (first chunk, samples in each) until the next one begins
    let mut runs = Vec::new();
    while (runs.len() as u64) < groups.count {
        disk.step()?;
        let page = groups.page(disk, runs.len() as u64)?;
        if page.is_empty() {
            break;
        }
        runs.extend(page.chunks_exact(3).map(|run| (u64::from(run[0]), u64::from(run[1]))));
    }
    let (mut sample, mut run, mut read) = (0, 0, (0, Vec::new()));
    let mut chunk = 0;
    while chunk < chunks.count {
        disk.step()?;
        let offsets = chunks.page(disk, chunk)?;
        for offset in offsets.chunks_exact(if long { 2 } else { 1 }) {
            chunk += 1;
            while runs.get(run + 1).is_some_and(|(first, _)| *first <= chunk) {
                run += 1;
            }
            let start = offset.iter().fold(0, |value: u64, part| value << 32 | u64::from(*part));
            let (mut end, inside) = (start, runs.get(run).map_or(0, |(_, samples)| *samples));
            if one_size > 0 {
                end = end.saturating_add(one_size.saturating_mul(inside));
            } else {
                for _ in 0..inside.min(sizes.count.saturating_sub(sample)) {
                    if sample >= read.0 + read.1.len() as u64 {
                        disk.step()?;
                        read = (sample, sizes.page(disk, sample)?);
                    }
                    let size = read.1.get((sample - read.0) as usize).copied().unwrap_or(0);
                    end = end.saturating_add(u64::from(size));
                    sample += 1;
                }
            }
            disk.zero(start, end)?;
        }
        if offsets.is_empty() {
            break;
        }
    }
    Ok(())
}
