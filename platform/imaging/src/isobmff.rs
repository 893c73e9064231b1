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

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

/// Where the EXIF and XMP items of a HEIF file lie.
pub fn metadata_items(bytes: &[u8]) -> Vec<(usize, usize)> {
    let Some(meta) = atoms(bytes, 0, bytes.len()).find(|atom| atom.kind == *b"meta") else {
        return Vec::new();
    };
    let found = items_of(&bytes[meta.start..meta.end], meta.start as u64).unwrap_or_default();
    let within = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    found.into_iter().map(|(from, to)| (within(from), within(to))).collect()
}

/// The same of a `meta` box by itself, which stands at `start` of its file.
fn items_of(bytes: &[u8], start: u64) -> Option<Vec<(u64, u64)>> {
    let meta = atoms(bytes, 0, bytes.len()).next()?;
    let infos = inside(bytes, meta, 4, b"iinf")?;
    let entries = infos.body + if bytes.get(infos.body) == Some(&0) { 6 } else { 8 };
    let items: Vec<usize> = atoms(bytes, entries, infos.end)
        .filter(|atom| atom.kind == *b"infe")
        .filter_map(|entry| {
            let wide = if *bytes.get(entry.body)? >= 3 { 4 } else { 2 };
            let kind = bytes.get(entry.body + 4 + wide + 2..)?.get(..4)?;
            let item = number(bytes, entry.body + 4, wide)?;
            // `mime` items of a picture file are XMP
            matches!(kind, b"Exif" | b"mime").then_some(item)
        })
        .collect();
    let locations = inside(bytes, meta, 4, b"iloc")?;
    let data = inside(bytes, meta, 4, b"idat").map(|atom| atom.body);
    let version = *bytes.get(locations.body)?;
    let sizes = number(bytes, locations.body + 4, 2)?;
    let (offset_size, length_size) = (sizes >> 12 & 15, sizes >> 8 & 15);
    let (base_size, index_size) = (sizes >> 4 & 15, if version > 0 { sizes & 15 } else { 0 });
    let wide = if version < 2 { 2 } else { 4 };
    let count = number(bytes, locations.body + 6, wide)?;
    let mut at = locations.body + 6 + wide;
    let mut found = Vec::new();
    for _ in 0..count.min(MAX_BOXES) {
        let item = number(bytes, at, wide)?;
        at += wide;
        let method = if version > 0 { number(bytes, at, 2)? & 15 } else { 0 };
        at += if version > 0 { 4 } else { 2 };
        let base = number(bytes, at, base_size)?;
        at += base_size;
        let extents = number(bytes, at, 2)?;
        at += 2;
        for _ in 0..extents {
            let offset = number(bytes, at + index_size, offset_size)?;
            let length = number(bytes, at + index_size + offset_size, length_size)?;
            at += index_size + offset_size + length_size;
            let origin = match method {
                0 => 0,
                1 => start.checked_add(data? as u64)?,
                _ => continue,
            };
            let from = origin.checked_add(base as u64)?.checked_add(offset as u64)?;
            if items.contains(&item) {
                found.push((from, from.saturating_add(length as u64)));
            }
        }
    }
    Some(found)
}

/// How the numbers of a HEIF picture are meant.
pub enum Colours<'a> {
    /// An ICC profile.
    Profile(&'a [u8]),
    /// Primaries and transfer of H.273.
    Codes(u8, u8),
}

pub fn colours(bytes: &[u8]) -> Option<Colours<'_>> {
    let meta = atoms(bytes, 0, bytes.len()).find(|atom| atom.kind == *b"meta")?;
    let properties = inside(bytes, inside(bytes, meta, 4, b"iprp")?, 0, b"ipco")?;
    let told = atoms(bytes, properties.body, properties.end).filter(|atom| atom.kind == *b"colr");
    let mut codes = None;
    for atom in told {
        let body = bytes.get(atom.body..atom.end)?;
        match body.get(..4)? {
            b"prof" | b"rICC" => return Some(Colours::Profile(&body[4..])),
            b"nclx" => {
                let small = |at: usize| u8::try_from(number(body, at, 2)?).ok();
                codes = codes.or(Some(Colours::Codes(small(4)?, small(6)?)));
            }
            _ => {}
        }
    }
    codes
}

/// The file with the item that says what is transparent as its picture; `None` if nothing is.
pub fn alpha_as_picture(bytes: &[u8]) -> Option<Vec<u8>> {
    let meta = atoms(bytes, 0, bytes.len()).find(|atom| atom.kind == *b"meta")?;
    let properties = inside(bytes, inside(bytes, meta, 4, b"iprp")?, 0, b"ipco")?;
    let is_alpha = |atom: Atom| {
        let name = bytes.get(atom.body..atom.end).unwrap_or_default();
        atom.kind == *b"auxC"
            && [&b":alpha"[..], b"auxid:1"].iter().any(|word| name.windows(word.len()).any(|at| at == *word))
    };
    if !atoms(bytes, properties.body, properties.end).any(is_alpha) {
        return None;
    }
    let primary = inside(bytes, meta, 4, b"pitm")?;
    let wide = if *bytes.get(primary.body)? == 0 { 2 } else { 4 };
    let picture = number(bytes, primary.body + 4, wide)?;
    let references = inside(bytes, meta, 4, b"iref")?;
    let long = if *bytes.get(references.body)? == 0 { 2 } else { 4 };
    let item = atoms(bytes, references.body + 4, references.end)
        .filter(|atom| atom.kind == *b"auxl")
        .find_map(|atom| {
            let count = number(bytes, atom.body + long, 2)?;
            let mut targets =
                (0..count.min(64)).map(|at| number(bytes, atom.body + long + 2 + at * long, long));
            targets.any(|target| target == Some(picture)).then(|| number(bytes, atom.body, long))?
        })?;
    let mut other = bytes.to_vec();
    let id = (item as u32).to_be_bytes();
    other.get_mut(primary.body + 4..primary.body + 4 + wide)?.copy_from_slice(&id[4 - wide..]);
    Some(other)
}

/// XMP as a box of its own.
pub const XMP: &[u8; 16] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";

/// Where a `meta` box, which stands at `start` of its file, tells of places: values of lists and,
/// of a HEIF picture, its EXIF and XMP.
pub fn told_places(meta: &[u8], start: u64) -> Vec<(u64, u64)> {
    let mut found = items_of(meta, start).unwrap_or_default();
    if let Some(atom) = atoms(meta, 0, meta.len()).next() {
        keyed(meta, &atom, start, &mut found);
    }
    found
}

/// Metadata as a list of keys and values: the values whose keys speak of a location.
fn keyed(bytes: &[u8], meta: &Atom, start: u64, found: &mut Vec<(u64, u64)>) {
    // of QuickTime it is a plain box, of MPEG-4 one with version and flags
    let plain = atoms(bytes, meta.body, meta.end).any(|atom| atom.kind == *b"hdlr");
    let from = meta.body + if plain { 0 } else { 4 };
    let find = |kind: &[u8; 4]| atoms(bytes, from, meta.end).find(|atom| atom.kind == *kind);
    let Some(list) = find(b"ilst") else { return };
    let mut told: Vec<usize> = Vec::new();
    if let Some(keys) = find(b"keys") {
        for (at, key) in atoms(bytes, keys.body + 8, keys.end).enumerate() {
            let name = bytes.get(key.body..key.end).unwrap_or_default().to_ascii_lowercase();
            if [&b"location"[..], b"gps", b"xmp"]
                .iter()
                .any(|word| name.windows(word.len()).any(|at| at == *word))
            {
                told.push(at + 1);
            }
        }
    }
    for item in atoms(bytes, list.body, list.end) {
        let index = u32::from_be_bytes(item.kind) as usize;
        if item.kind != *b"\xa9xyz" && !told.contains(&index) {
            continue;
        }
        for data in atoms(bytes, item.body, item.end).filter(|atom| atom.kind == *b"data") {
            let value = (data.body + 8).min(data.end);
            found.push((start + value as u64, start + data.end as u64));
        }
    }
}
