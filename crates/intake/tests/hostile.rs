//! Any bytes end in pages or reasons: files of each kind, with bytes changed, cut, doubled and put elsewhere.

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use wirecopy_intake::{Found, InputKind, Unpacked, read_bytes};

/// A generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// The same bytes, damaged in one to four ways.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let (at, length) = (random.below(bytes.len()), 1 + random.below(40));
        let end = (at + length).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            // Digits make lengths lie.
            3 => {
                if let Some(byte) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                    *byte = b'0' + random.below(10) as u8;
                }
            }
            4 if at < end => bytes[at..end].fill([0, 0xff, b'\n', b'"', b' '][random.below(5)]),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
    bytes
}

fn check(kind: InputKind, bytes: &[u8], rounds: usize) {
    let mut random = Random(bytes.len() as u64);
    for _ in 0..rounds {
        let bytes = damaged(bytes, &mut random);
        let mut found = 0;
        let _ = read_bytes(kind, "FILE", &bytes, &mut |part| {
            found += 1;
            if let Found::Reject(reject) = part {
                assert!(!reject.why.is_empty());
            }
            ControlFlow::Continue(())
        });
        assert!(found <= bytes.len() + 1, "{found} parts of {} bytes", bytes.len());
    }
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/others").join(name)).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn damaged_web_archives_end() {
    let packed = file("warcio.warc.gz");
    let mut plain = Vec::new();
    Unpacked::new(packed.as_slice()).unwrap().read_to_end(&mut plain).unwrap();
    check(InputKind::Warc, &packed, 3_000);
    check(InputKind::Warc, &plain, 3_000);
    check(InputKind::Warc, &gzip(&plain), 1_000);
    check(InputKind::Zip, &file("ferry.wacz"), 3_000);
}

#[test]
fn damaged_tables_and_lines_end() {
    let table =
        b"id,url,text,title\n1,http://heron.example/1,\"Rain, \"\"and\"\"\nsun\",Rain\n2,,\"Hail\",\n".repeat(4);
    let lines = b"{\"id\": \"a\", \"text\": \"Rain\", \"date\": \"1871-03-04\"}\n{\"url\": \"http://heron.example/1\", \"maintext\": \"Sun\"}\n";
    let note = b"---\ntitle: Rain\ndate: 2024-07-19\n---\n\nRain fell.\n";
    check(InputKind::Table, &table, 3_000);
    check(InputKind::Table, &gzip(&table), 1_000);
    check(InputKind::JsonLines, lines, 3_000);
    check(InputKind::Json, b"{\"articles\": [{\"url\": \"http://heron.example/1\", \"content\": \"Rain\"}]}", 3_000);
    check(InputKind::Markdown, note, 1_000);
}

#[test]
fn damaged_tar_archives_end() {
    let mut tar = Vec::new();
    for (name, content) in [("a/one.txt", "Rain fell."), ("two.html", "<p>Rain")] {
        let mut head = [0u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = b'0';
        let sum: u64 = head.iter().map(|&byte| u64::from(byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(head);
        tar.extend(content.as_bytes());
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    check(InputKind::Tar, &tar, 3_000);
    check(InputKind::Tar, &gzip(&tar), 1_000);
}

#[cfg(feature = "parquet")]
#[test]
fn damaged_parquet_files_end() {
    check(InputKind::Parquet, &file("ferry.parquet"), 3_000);
}
