//! ISO base media files (MP4, MOV, AVIF): walking their boxes.
//!
//! Promises: linear in the number of boxes, which is bounded; sizes that lead out of the file end
//! the walk.

/// Boxes looked at in one file.
const MAX_BOXES: usize = 100_000;

/// A box: its kind and where its content lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    pub kind: [u8; 4],
    pub start: usize,
    pub body: usize,
    pub end: usize,
}

/// The boxes of `bytes[from..to]`, one after another.
pub fn atoms(bytes: &[u8], from: usize, to: usize) -> impl Iterator<Item = Atom> + '_ {
    let to = to.min(bytes.len());
    let mut at = from;
    std::iter::from_fn(move || {
        let head = bytes.get(at..at.checked_add(8)?).filter(|_| at + 8 <= to)?;
        let kind = [head[4], head[5], head[6], head[7]];
        let (size, header) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => (to - at, 8),
            1 => {
                let long = bytes.get(at + 8..at + 16)?;
                (usize::try_from(u64::from_be_bytes(long.try_into().ok()?)).ok()?, 16)
            }
            size => (size as usize, 8),
        };
        if size < header {
            return None;
        }
        let atom =
            Atom { kind, start: at, body: (at + header).min(to), end: at.saturating_add(size).min(to) };
        at = at.saturating_add(size);
        Some(atom)
    })
    .take(MAX_BOXES)
}

fn inside(bytes: &[u8], parent: Atom, skip: usize, kind: &[u8; 4]) -> Option<Atom> {
    atoms(bytes, parent.body + skip, parent.end).find(|atom| atom.kind == *kind)
}

/// The dimensions of the largest picture of a HEIF file.
pub fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let meta = atoms(bytes, 0, bytes.len()).find(|atom| atom.kind == *b"meta")?;
    let properties = inside(bytes, inside(bytes, meta, 4, b"iprp")?, 0, b"ipco")?;
    atoms(bytes, properties.body, properties.end)
        .filter(|atom| atom.kind == *b"ispe")
        .filter_map(|atom| {
            let at = |from: usize| -> Option<u32> {
                Some(u32::from_be_bytes(bytes.get(from..from + 4)?.try_into().ok()?))
            };
            Some((at(atom.body + 4)?, at(atom.body + 8)?))
        })
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}
