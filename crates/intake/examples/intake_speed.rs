//! How fast pages come in, from files and from archives of the same pages, and how much memory that takes:
//!
//! `cargo run --release -p wirecopy-intake --example intake_speed [PAGES]`

use std::cell::Cell;
use std::fs::{self, File};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use flate2::{Compression, write::GzEncoder};
use wirecopy_intake::{Found, read, walk};

/// A page of some 40 kB with invented text, as long as news pages are with their menus and scripts.
fn page(number: usize) -> String {
    let mut state = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ["the", "lake", "rose", "harbour", "ferry", "council", "said", "night", "orrin", "keldrane", "rain", "of"]
            [(state >> 60) as usize % 12]
    };
    let mut html = format!("<!DOCTYPE html><html><head><title>Page {number}</title></head><body>");
    for menu in 0..200 {
        html +=
            &format!("<li class=\"menu-item menu-item-{menu}\"><a href=\"/section/{menu}\">Section {menu}</a></li>\n");
    }
    for _ in 0..40 {
        html += "<p>";
        for _ in 0..100 {
            html += word();
            html.push(' ');
        }
        html += "</p>\n";
    }
    html + "</body></html>"
}

fn write(folder: &Path, pages: usize) -> std::io::Result<()> {
    let files = folder.join("files");
    let (mut packed, mut plain) =
        (File::create(folder.join("pages.warc.gz"))?, File::create(folder.join("pages.warc"))?);
    for number in 0..pages {
        let html = page(number);
        let below = files.join(format!("{:03}", number / 256));
        fs::create_dir_all(&below)?;
        fs::write(below.join(format!("{number}.html")), &html)?;
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://heron.example/{number}\r\n\
             WARC-Date: 2024-07-19T08:30:00Z\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        );
        plain.write_all(record.as_bytes())?;
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(record.as_bytes())?;
        packed.write_all(&member.finish()?)?;
    }
    Ok(())
}

/// The most memory that this process ever had, in MB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<usize>().ok()).unwrap_or(0) >> 10
}

fn main() -> std::io::Result<()> {
    let pages = std::env::args().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir()?;
    write(folder.path(), pages)?;
    // Twice, so that the disk has been read before anything counts.
    for round in 1..=3 {
        for name in ["files", "pages.warc", "pages.warc.gz"] {
            let begun = Instant::now();
            let (mut count, mut bytes) = (0usize, 0usize);
            for input in &walk(&[folder.path().join(name)]).inputs {
                let _ = read(input, &Cell::new(0), &mut |found| {
                    if let Found::Page(page) = found {
                        count += 1;
                        bytes += page.html.map_or(0, |html| html.bytes.len());
                    }
                    ControlFlow::Continue(())
                });
            }
            assert_eq!(count, pages);
            let seconds = begun.elapsed().as_secs_f64();
            println!(
                "{round} {name:14} {:8.0} pages/s {:6.0} MB/s, peak {} MB",
                count as f64 / seconds,
                bytes as f64 / seconds / 1e6,
                peak()
            );
        }
    }
    Ok(())
}
