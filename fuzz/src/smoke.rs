//! A short run of every harness without libFuzzer: the seeds, then random mutations of them.

use std::{fs, path::Path};

/// xorshift64*: repeatable, and no dependency.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// What is worth inserting into JSON.
const TOKENS: &[&str] = &[
    "null",
    "true",
    "-1",
    "0",
    "1e309",
    "18446744073709551616",
    "9007199254740993",
    "\"\"",
    "[]",
    "{}",
    "[[",
    "\\u0000",
    "\\ud800",
    "\u{200b}",
    "\u{202e}",
    "👋🏽",
    "\"op\":",
    "\"d\":",
    ",",
    ":",
    "\"",
    "\\",
];

fn mutate(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut data = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        let at = random.below(data.len() + 1);
        match random.below(6) {
            0 if at < data.len() => data[at] = random.next() as u8,
            1 if at < data.len() => drop(data.drain(at..(at + 1 + random.below(8)).min(data.len()))),
            2 => drop(data.splice(at..at, TOKENS[random.below(TOKENS.len())].bytes())),
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                data.splice(at.., other[from..].iter().copied());
            }
            4 => drop(
                data.splice(at..at, (0..random.below(64)).map(|_| random.next() as u8).collect::<Vec<_>>()),
            ),
            _ if !data.is_empty() => {
                let at = random.below(data.len());
                data[at] ^= 1 << random.below(8);
            }
            _ => {}
        }
    }
    data
}

/// Every harness must also come to its end often enough: one that refuses everything tests nothing.
fn smoke(name: &str, harness: fn(&[u8]) -> bool, rounds: u32) {
    let folder = Path::new("seeds").join(name);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a seed")).collect();
    assert!(!seeds.is_empty(), "no seeds");
    for seed in &seeds {
        harness(seed);
    }
    let mut random = Random(0x5EED);
    let mut deep = 0;
    for round in 0..rounds {
        let data = mutate(&mut random, &seeds);
        let shown = data.clone();
        match std::panic::catch_unwind(|| harness(&data)) {
            Ok(whole) => deep += u32::from(whole),
            Err(_) => panic!("round {round}: {name} failed on {:?}", String::from_utf8_lossy(&shown)),
        }
    }
    assert!(deep > rounds / 100, "only {deep} of {rounds} inputs came to the end");
}

#[test]
fn frame() {
    smoke("frame", crate::frame::run, 200_000);
}

#[test]
fn image() {
    smoke("image", crate::image::run, 40_000);
}

#[test]
fn message() {
    smoke("message", crate::message::run, 100_000);
}

#[test]
fn permissions() {
    smoke("permissions", crate::permissions::run, 200_000);
}

#[test]
fn envelope() {
    smoke("envelope", crate::envelope::run, 200_000);
}

#[test]
fn iso8583() {
    smoke("iso8583", crate::iso8583::run, 100_000);
}

#[test]
fn framing() {
    smoke("framing", crate::framing::run, 200_000);
}

#[test]
fn condition() {
    smoke("condition", crate::condition::run, 200_000);
}

#[test]
fn scenario() {
    smoke("scenario", crate::scenario::run, 10_000);
}
