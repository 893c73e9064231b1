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
    find_metadata_items(bytes).unwrap_or_default()
}

fn find_metadata_items(bytes: &[u8]) -> Option<Vec<(usize, usize)>> {
    let meta = atoms(bytes, 0, bytes.len()).find(|atom| atom.kind == *b"meta")?;
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
                1 => data?,
                _ => continue,
            };
            let from = origin.checked_add(base)?.checked_add(offset)?;
            if items.contains(&item) && from < bytes.len() {
                found.push((from, from.saturating_add(length).min(bytes.len())));
            }
        }
    }
    Some(found)
}

/// Bytes to be put over others.
#[derive(Debug)]
pub struct Blank {
    pub at: usize,
    pub bytes: Vec<u8>,
}

/// XMP as a box of its own.
const XMP: &[u8; 16] = b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac";
/// How deep boxes are looked into.
const MAX_DEPTH: usize = 6;

/// What has to be blanked in a `moov` box so that it does not tell where it was recorded.
/// Boxes become `free` ones full of zeros: nothing moves, all offsets stay right.
pub fn locations(moov: &[u8]) -> Vec<Blank> {
    let mut blanks = Vec::new();
    look_into(moov, 0, moov.len(), 0, &mut blanks);
    blanks
}

fn look_into(bytes: &[u8], from: usize, to: usize, depth: usize, blanks: &mut Vec<Blank>) {
    if depth > MAX_DEPTH {
        return;
    }
    for atom in atoms(bytes, from, to) {
        match &atom.kind {
            b"moov" | b"trak" | b"udta" | b"mdia" | b"minf" => {
                look_into(bytes, atom.body, atom.end, depth + 1, blanks)
            }
            // text of QuickTime and of 3GPP, XMP, and what GoPro and others keep for themselves
            b"\xa9xyz" | b"loci" | b"XMP_" | b"GPMF" | b"gps0" | b"GPS " => blanks.push(freed(&atom)),
            b"uuid" if bytes.get(atom.body..atom.body + 16) == Some(XMP) => blanks.push(freed(&atom)),
            b"meta" => keyed(bytes, &atom, blanks),
            _ => {}
        }
    }
}

fn freed(atom: &Atom) -> Blank {
    match atom.body - atom.start {
        8 => {
            let mut bytes = b"free".to_vec();
            bytes.resize(atom.end - atom.start - 4, 0);
            Blank { at: atom.start + 4, bytes }
        }
        // with a long size between kind and content: only the content
        _ => Blank { at: atom.body, bytes: vec![0; atom.end - atom.body] },
    }
}

/// Metadata as a list of keys and values: the values whose keys speak of a location.
fn keyed(bytes: &[u8], meta: &Atom, blanks: &mut Vec<Blank>) {
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
            blanks.push(Blank { at: value, bytes: vec![0; data.end - value] });
        }
    }
}
