//! Taking the place out of a file of any length, in place: what tells where it was made is
//! overwritten with zeros, nothing moves, and what follows the end of a picture is cut off.
//!
//! Promises: memory does not grow with the file; walks are bounded and end at the deadline; what
//! is not understood is left alone.

use std::{fs::File, os::unix::fs::FileExt, path::Path};

use crate::{Error, Result, exif, sanitise, tracks, work::Deadline};

const CHUNK: usize = 64 << 10;
/// Boxes, chunks, elements or directory entries looked at in one file.
const MAX_STEPS: usize = 1_000_000;
/// How deep boxes are looked into.
const MAX_DEPTH: usize = 6;
/// The longest list of descriptions that is read at once, and what all this may hold.
const MAX_LIST: u64 = 16 << 20;
pub const HELD: u64 = 2 * MAX_LIST;

/// A file that is read and overwritten at places.
pub struct Disk {
    file: File,
    pub size: u64,
    changed: bool,
    steps: usize,
    deadline: Deadline,
}

/// A box of an ISO base media file.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    pub kind: [u8; 4],
    pub start: u64,
    pub body: u64,
    pub end: u64,
}

/// Blanks the file; whether there was anything to blank.
pub fn file(path: &Path, deadline: Deadline) -> Result<bool> {
    let file = File::options().read(true).write(true).open(path)?;
    let size = file.metadata()?.len();
    let mut disk = Disk { file, size, changed: false, steps: 0, deadline };
    match disk.read(0, 12)?[..] {
        [0xff, 0xd8, 0xff, ..] => disk.jpeg()?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => disk.png()?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => disk.webp()?,
        [b'I', b'I', b'*', 0, ..] => disk.tiff(true)?,
        [b'M', b'M', 0, b'*', ..] => disk.tiff(false)?,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => disk.matroska()?,
        [_, _, _, _, a, b, c, d, ..]
            if matches!(
                &[a, b, c, d],
                b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot"
            ) =>
        {
            disk.boxes(0, size, 0)?;
        }
        _ => {}
    }
    if disk.changed {
        disk.file.sync_data()?;
    }
    Ok(disk.changed)
}

impl Disk {
    /// The bytes at a place, fewer at the end of the file.
    pub fn read(&self, at: u64, length: usize) -> Result<Vec<u8>> {
        let length = length.min(usize::try_from(self.size.saturating_sub(at)).unwrap_or(usize::MAX));
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(bytes)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        if self.read(at, bytes.len())? != bytes {
            self.file.write_all_at(bytes, at)?;
            self.changed = true;
        }
        Ok(())
    }

    pub fn zero(&mut self, from: u64, to: u64) -> Result<()> {
        let (mut at, to) = (from, to.min(self.size));
        while at < to {
            self.step()?;
            let length = usize::try_from(to - at).unwrap_or(CHUNK).min(CHUNK);
            self.write(at, &vec![0; length])?;
            at += length as u64;
        }
        Ok(())
    }

    fn cut(&mut self, at: u64) -> Result<()> {
        if at < self.size {
            self.file.set_len(at)?;
            self.size = at;
            self.changed = true;
        }
        Ok(())
    }

    pub fn step(&mut self) -> Result<()> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(Error::TooLarge("a structure".to_owned()));
        }
        if self.steps.is_multiple_of(256) { self.deadline.check() } else { Ok(()) }
    }

    fn jpeg(&mut self) -> Result<()> {
        let mut at = 2;
        loop {
            self.step()?;
            let head = self.read(at, 4)?;
            let [first, marker, high, low] = head[..] else { return Ok(()) };
            let body = at + 4;
            at = match (first, marker) {
                (0xff, 0xff) | (0..0xff, _) => at + 1,
                (0xff, 0xd9) => return self.cut(at + 2),
                (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => at + 2,
                _ => {
                    let end = at + 2 + u64::from(u16::from_be_bytes([high, low]));
                    let start = self.read(body, 16)?;
                    if !sanitise::stays_in_jpeg(marker, &start) {
                        self.blank_segment(&start, body, end)?;
                    }
                    if marker == 0xda { self.end_of_scan(end)? } else { end }
                }
            };
        }
    }

    /// The orientation stays: the picture would be seen turned otherwise.
    fn blank_segment(&mut self, start: &[u8], body: u64, end: u64) -> Result<()> {
        let mut from = body;
        if start.starts_with(b"Exif\0\0") {
            let length = usize::try_from(end.saturating_sub(body + 6)).unwrap_or(0);
            let orientation = exif::orientation(&self.read(body + 6, length)?).unwrap_or(1);
            let tiff = exif::only_orientation(orientation);
            if orientation != 1 && tiff.len() <= length {
                self.write(body + 6, &tiff)?;
                from = body + 6 + tiff.len() as u64;
            }
        }
        self.zero(from, end)
    }

    /// Where the data of a scan ends: at the next marker that is not part of it.
    fn end_of_scan(&mut self, from: u64) -> Result<u64> {
        let mut at = from;
        loop {
            self.step()?;
            let bytes = self.read(at, CHUNK)?;
            let found = bytes
                .windows(2)
                .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0xd0..=0xd7));
            match found {
                Some(found) => return Ok(at + found as u64),
                None if bytes.len() < CHUNK => return Ok(self.size),
                None => at += CHUNK as u64 - 1,
            }
        }
    }

    fn png(&mut self) -> Result<()> {
        let mut at = 8;
        loop {
            self.step()?;
            let head = self.read(at, 8)?;
            let [a, b, c, d, kind @ ..] = &head[..] else { return Ok(()) };
            let length = u64::from(u32::from_be_bytes([*a, *b, *c, *d]));
            let end = at + 8 + length;
            match kind {
                b"IEND" => return self.cut(end + 4),
                b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" if end + 4 <= self.size => {
                    // ancillary, private and safe to copy: no decoder minds it
                    self.write(at + 4, b"voId")?;
                    self.zero(at + 8, end)?;
                    let sum = sanitise::crc(b"voId".iter().copied().chain((0..length).map(|_| 0)));
                    self.write(end, &sum.to_be_bytes())?;
                }
                _ => {}
            }
            at = end + 4;
        }
    }

    fn webp(&mut self) -> Result<()> {
        let stated = self.read(4, 4)?;
        let stated = u64::from(u32::from_le_bytes([stated[0], stated[1], stated[2], stated[3]])) + 8;
        self.cut(stated)?;
        let mut at = 12;
        loop {
            self.step()?;
            let head = self.read(at, 9)?;
            let [k, i, n, d, a, b, c, e, first] = head[..] else { return Ok(()) };
            let length = u64::from(u32::from_le_bytes([a, b, c, e]));
            match &[k, i, n, d] {
                b"VP8X" => self.write(at + 8, &[first & !0x0c])?,
                b"EXIF" | b"XMP " => {
                    self.write(at, b"VOID")?;
                    self.zero(at + 8, at + 8 + length)?;
                }
                _ => {}
            }
            at += 8 + length + (length & 1);
        }
    }

    /// Directories of a TIFF, and of the raw pictures of cameras, which are TIFFs.
    fn tiff(&mut self, little: bool) -> Result<()> {
        let number = |bytes: &[u8]| {
            let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
            if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) }
        };
        let mut seen = Vec::new();
        let mut ahead = vec![(number(&self.read(4, 4)?), false)];
        while let Some((at, place)) = ahead.pop() {
            if at == 0 || seen.contains(&at) || seen.len() > 256 {
                continue;
            }
            seen.push(at);
            let count = number(&self.read(at, 2)?).min(4096);
            let entries = self.read(at + 2, count as usize * 12 + 4)?;
            for entry in entries.chunks_exact(12).take(count as usize) {
                self.step()?;
                let (tag, kind) = (number(&entry[..2]), number(&entry[2..4]));
                let (values, value) = (number(&entry[4..8]), number(&entry[8..]));
                let width = match kind {
                    3 | 8 => 2,
                    4 | 9 | 11 | 13 => 4,
                    5 | 10 | 12 => 8,
                    _ => 1,
                };
                let size = values.saturating_mul(width);
                match tag {
                    // the GPS directory itself goes, whole
                    0x8825 => ahead.push((value, true)),
                    // Exif
                    0x8769 => ahead.push((value, false)),
                    // below this one: a list, or the one there is
                    0x014a if values > 1 => {
                        let list = self.read(value, (values.min(64) * 4) as usize)?;
                        ahead.extend(list.chunks_exact(4).map(|at| (number(at), false)));
                    }
                    0x014a => ahead.push((value, false)),
                    // XMP, IPTC
                    0x02bc | 0x83bb if size > 4 => self.zero(value, value.saturating_add(size))?,
                    _ if place && size > 4 => self.zero(value, value.saturating_add(size))?,
                    _ => {}
                }
            }
            if place {
                self.zero(at, at + 2 + count * 12)?;
            } else if let Some(next) = entries.get(count as usize * 12..).filter(|next| next.len() == 4) {
                ahead.push((number(next), false));
            }
        }
        Ok(())
    }

    /// The box at a place.
    pub fn atom(&mut self, at: u64, to: u64) -> Result<Option<Atom>> {
        self.step()?;
        let head = self.read(at, 16)?;
        let [a, b, c, d, k, i, n, e, long @ ..] = &head[..] else { return Ok(None) };
        let (length, header) = match (u32::from_be_bytes([*a, *b, *c, *d]), long) {
            (0, _) => (to.saturating_sub(at), 8),
            (1, [a, b, c, d, e, f, g, h]) => (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), 16),
            (length, _) => (u64::from(length), 8),
        };
        if length < header || at + header > to {
            return Ok(None);
        }
        let end = at.saturating_add(length).min(to);
        Ok(Some(Atom { kind: [*k, *i, *n, *e], start: at, body: at + header, end }))
    }

    fn boxes(&mut self, from: u64, to: u64, depth: usize) -> Result<()> {
        let mut at = from;
        while let Some(atom) = self.atom(at, to)? {
            match &atom.kind {
                b"trak" if tracks::tells_places(self, atom)? => {
                    tracks::blank(self, atom)?;
                    self.write(atom.start + 4, b"free")?;
                }
                b"moov" | b"trak" | b"udta" | b"mdia" | b"minf" if depth < MAX_DEPTH => {
                    self.boxes(atom.body, atom.end, depth + 1)?;
                }
                // text of QuickTime and of 3GPP, XMP, and what GoPro and others keep for themselves
                b"\xa9xyz" | b"loci" | b"XMP_" | b"GPMF" | b"gps0" | b"GPS " => self.free(atom)?,
                b"uuid" if self.read(atom.body, 16)? == crate::isobmff::XMP => self.free(atom)?,
                b"meta" if atom.end - atom.start <= MAX_LIST => {
                    let bytes = self.read(atom.start, (atom.end - atom.start) as usize)?;
                    for (from, to) in crate::isobmff::told_places(&bytes, atom.start) {
                        self.zero(from, to)?;
                    }
                }
                _ => {}
            }
            at = atom.end;
        }
        Ok(())
    }

    /// A box becomes one of nothing.
    fn free(&mut self, atom: Atom) -> Result<()> {
        if atom.body - atom.start == 8 {
            self.write(atom.start + 4, b"free")?;
        }
        self.zero(atom.body, atom.end)
    }

    fn matroska(&mut self) -> Result<()> {
        const SEGMENT: u64 = 0x1853_8067;
        const CLUSTER: u64 = 0x1f43_b675;
        const TAGS: u64 = 0x1254_c367;
        let mut at = 0;
        loop {
            self.step()?;
            let head = self.read(at, 12)?;
            let Some((id, size, header)) = element(&head) else { return Ok(()) };
            let body = at + header;
            at = match (id, size) {
                // what follows is inside; so it is where the end is not known yet
                (SEGMENT, _) | (CLUSTER, None) => body,
                (_, None) => return Ok(()),
                (TAGS, Some(size)) if size <= MAX_LIST => {
                    let bytes = self.read(body, size as usize)?;
                    let mut found = Vec::new();
                    tags(&bytes, 0, 0, &mut found);
                    for (from, to) in found {
                        self.zero(body + from, body + to)?;
                    }
                    body + size
                }
                (_, Some(size)) => body.saturating_add(size),
            };
        }
    }
}

/// Id, size (`None`: until something else begins) and length of the head of a Matroska element.
fn element(head: &[u8]) -> Option<(u64, Option<u64>, u64)> {
    let fold = |bytes: &[u8]| bytes.iter().fold(0, |value: u64, byte| value << 8 | u64::from(*byte));
    let id_length = head.first()?.leading_zeros() as usize + 1;
    let id = fold(head.get(..id_length).filter(|_| id_length <= 4)?);
    let size_length = head.get(id_length)?.leading_zeros() as usize + 1;
    let bits = fold(head.get(id_length..id_length + size_length).filter(|_| size_length <= 8)?);
    let mask = (1_u64 << (7 * size_length)) - 1;
    let size = (bits & mask != mask).then_some(bits & mask);
    Some((id, size, (id_length + size_length) as u64))
}

/// Where the values of tags lie whose names speak of a place.
fn tags(bytes: &[u8], from: u64, depth: usize, found: &mut Vec<(u64, u64)>) {
    const TAG: u64 = 0x7373;
    const SIMPLE_TAG: u64 = 0x67c8;
    const NAME: u64 = 0x45a3;
    const STRING: u64 = 0x4487;
    const BINARY: u64 = 0x4485;
    let (mut at, mut places, mut values) = (0, false, Vec::new());
    while let Some((id, Some(size), header)) = bytes.get(at..).and_then(element) {
        let start = at + header as usize;
        let Some(body) =
            usize::try_from(size).ok().and_then(|size| bytes.get(start..start.checked_add(size)?))
        else {
            break;
        };
        let place = (from + start as u64, from + (start + body.len()) as u64);
        match id {
            TAG | SIMPLE_TAG if depth < MAX_DEPTH => tags(body, place.0, depth + 1, found),
            NAME => {
                let name = body.to_ascii_uppercase();
                let speaks = |word: &&[u8]| name.windows(word.len()).any(|at| at == *word);
                places |= [&b"LOCATION"[..], b"GPS", b"LATITUDE", b"LONGITUDE", b"XYZ"].iter().any(speaks);
            }
            STRING | BINARY => values.push(place),
            _ => {}
        }
        at = start + body.len();
    }
    if places {
        found.append(&mut values);
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, time::Duration};

    use super::*;
    use crate::{Quality, encode, header::Header, raster::Raster, types::Format};

    const GPS: &[u8] = b"GPS 48.8584N 2.2945E";

    /// A file of the test's own; whether it changed the first time, and what became of it.
    fn blanked(name: &str, bytes: &[u8]) -> (bool, Vec<u8>) {
        let path: PathBuf = std::env::temp_dir().join(format!("fluxer-blank-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("writes");
        let limit = Deadline::after(Duration::from_secs(60));
        let changed = file(&path, limit).expect("blanks");
        assert!(!file(&path, limit).expect("blanks"), "once is enough: {name}");
        let after = std::fs::read(&path).expect("reads");
        std::fs::remove_file(&path).expect("removes");
        (changed, after)
    }
    fn tells(bytes: &[u8]) -> bool {
        bytes.windows(GPS.len()).any(|at| at == GPS)
    }
    fn still(format: Format) -> Vec<u8> {
        let pixels = (0..48 * 16 * 3).map(|at| (at % 251) as u8).collect();
        let raster = Raster::new(48, 16, 3, pixels).expect("fits");
        encode::still(raster, format, Quality::Lossless).expect("encodes").0
    }
    fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn pictures_keep_their_pixels_and_orientation() {
        let plain = still(Format::Jpeg);
        let tiff = [exif::only_orientation(6), GPS.to_vec()].concat();
        let segment = |marker: u8, body: &[u8]| {
            [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat()
        };
        let exif = segment(0xe1, &[b"Exif\0\0", &tiff[..]].concat());
        let comment = segment(0xfe, GPS);
        let told = [&plain[..2], &exif, &comment, &plain[2..], b"\xff\xd8", GPS].concat();
        let (changed, after) = blanked("a.jpg", &told);
        let header = Header::read(&after).expect("a header");
        assert!(changed && !tells(&after) && after.ends_with(&plain[2..]), "the second picture goes, too");
        assert_eq!((header.width, header.height, header.orientation), (48, 16, 6));

        let plain = still(Format::Png);
        let chunk = [b"iTXt", GPS].concat();
        let sum = sanitise::crc(chunk.iter().copied()).to_be_bytes();
        let chunk = [&(GPS.len() as u32).to_be_bytes()[..], &chunk, &sum].concat();
        let (changed, after) = blanked("a.png", &[&plain[..33], &chunk, &plain[33..], GPS].concat());
        assert!(changed && !tells(&after) && Header::read(&after).is_some());
        let mut reader = png::Decoder::new(std::io::Cursor::new(&after)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("fits")];
        reader.next_frame(&mut pixels).expect("whole");

        let plain = still(Format::Webp);
        let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x2f\0\0\x0f\0\0".to_vec();
        file.extend_from_slice(&plain[12..]);
        file.extend([&b"EXIF"[..], &(GPS.len() as u32).to_le_bytes(), GPS].concat());
        let length = file.len() as u32 - 8;
        file[4..8].copy_from_slice(&length.to_le_bytes());
        file.extend(GPS);
        let (changed, after) = blanked("a.webp", &file);
        assert!(changed && !tells(&after));
        let limit = Deadline::after(Duration::from_secs(60));
        let header = Header::read(&after).expect("a header");
        assert!(crate::decode::still(&after, &header, 1.0, None, limit).is_ok());
        for (name, format) in [("b.jpg", Format::Jpeg), ("b.png", Format::Png), ("b.webp", Format::Webp)] {
            assert_eq!(blanked(name, &still(format)), (false, still(format)));
        }
    }

    #[test]
    fn raw_pictures_lose_their_directory_of_places() {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        // the directory at 8 points to the one of places at 38, which points to a text at 56
        let mut file = b"II*\0\x08\0\0\0\x02\0".to_vec();
        file.extend(entry(0x0100, 4, 1, 640));
        file.extend(entry(0x8825, 4, 1, 38));
        file.extend([0; 4]);
        file.extend(1_u16.to_le_bytes());
        file.extend(entry(2, 2, GPS.len() as u32, 56));
        file.extend([0; 4]);
        file.extend(GPS);
        let (changed, after) = blanked("a.tif", &file);
        assert!(changed && !tells(&after));
        assert_eq!((&after[..38], &after[38..]), (&file[..38], &[0; 38][..]));
        // a directory that names itself ends
        let mut circle = b"MM\0*\0\0\0\x08\0\0\0\0\0\x08".to_vec();
        circle.extend([0; 8]);
        assert!(!blanked("b.tif", &circle).0);
    }

    #[test]
    fn pictures_of_phones_lose_exif_and_xmp() {
        let infe = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
        let iinf = boxed(b"iinf", &[b"\0\0\0\0\0\x01", &infe[..]].concat());
        let before = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
        let iloc = |at: u32| {
            let item =
                [b"\0\x01\0\0\0\x01", &at.to_be_bytes()[..], &(GPS.len() as u32).to_be_bytes()].concat();
            boxed(b"iloc", &[b"\0\0\0\0\x44\0\0\x01", &item[..]].concat())
        };
        let meta = |at| boxed(b"meta", &[b"\0\0\0\0", &iinf[..], &iloc(at)].concat());
        let at = (before.len() + meta(0).len() + 8) as u32;
        let file = [before, meta(at), boxed(b"mdat", &[GPS, b"pixels"].concat())].concat();
        let (changed, after) = blanked("a.heic", &file);
        assert!(changed && !tells(&after) && after.ends_with(b"pixels"));
        assert_eq!(after[..at as usize], file[..at as usize]);
    }

    #[test]
    fn tracks_of_telemetry_are_emptied() {
        let table = |at: u32, size: u32, sizes: &[u32]| {
            let numbers = |list: &[u32]| list.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
            let stsd = boxed(b"stsd", &[&[0; 7][..], &[1, 0, 0, 0, 16], b"gpmd", &[0; 8]].concat());
            let stsz = [numbers(&[0, size, 2]), numbers(sizes)].concat();
            let stbl = [
                stsd,
                boxed(b"stsz", &stsz),
                boxed(b"stsc", &numbers(&[0, 1, 1, 1, 1])),
                boxed(b"stco", &numbers(&[0, 2, at, at + GPS.len() as u32 + 3])),
            ]
            .concat();
            let minf = boxed(b"minf", &boxed(b"stbl", &stbl));
            boxed(b"moov", &boxed(b"trak", &boxed(b"mdia", &minf)))
        };
        let one = GPS.len() as u32;
        for (size, sizes) in [(0, &[one, one][..]), (one, &[])] {
            let before = boxed(b"ftyp", b"mp42\0\0\0\0mp42");
            let at = before.len() as u32 + 8;
            let film =
                [before, boxed(b"mdat", &[GPS, b"***", GPS, b"film"].concat()), table(at, size, sizes)];
            let file = film.concat();
            let (changed, after) = blanked(&format!("{size}.mp4"), &file);
            assert!(changed && !tells(&after) && after.len() == file.len());
            assert!(after.windows(3).any(|at| at == b"***") && after.windows(4).any(|at| at == b"film"));
            assert!(!after.windows(4).any(|at| at == b"trak"));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_input_panics(format in 0..8_usize, tail in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let heads: [&[u8]; 8] = [
                b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\0\0WEBPVP8X", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08",
                b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff\x12\x54\xc3\x67", b"\0\0\0\x14ftypmp42\0\0\0\0mp42\0\0\0\0moov",
                b"\0\0\0\x14ftypheic\0\0\0\0heic\0\0\0\0meta",
            ];
            let path = std::env::temp_dir().join(format!("fluxer-blank-any-{}", std::process::id()));
            std::fs::write(&path, [heads[format], &tail].concat())?;
            let _ = file(&path, Deadline::after(Duration::from_secs(60)));
            std::fs::remove_file(&path)?;
        }
    }
}
