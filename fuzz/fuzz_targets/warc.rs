//! Any bytes, as a WARC file and as an HTTP message, give pages or reasons, and an end.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use wirecopy_intake::{Found, InputKind, Records, message, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let mut numbers = 0;
    if let Ok(records) = Records::new(bytes) {
        for record in records {
            numbers += 1;
            match record {
                Ok(Ok(record)) => assert!(record.number == numbers),
                Ok(Err(error)) => assert!(error.number == numbers && !error.why.is_empty()),
                Err(_) => {}
            }
        }
    }
    let _ = read_bytes(InputKind::Warc, "warc", bytes, &mut |found| {
        if let Found::Page(page) = found {
            assert!(page.html.is_some() || page.text.is_some());
        }
        ControlFlow::Continue(())
    });
    let _ = message(bytes.to_vec());
});
