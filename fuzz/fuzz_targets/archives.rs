//! Any bytes, read as any kind of input, give pages or reasons, and an end.
#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use wirecopy_intake::{Found, InputKind, read_bytes};

const KINDS: [InputKind; 8] = [
    InputKind::Zip,
    InputKind::Tar,
    InputKind::Table,
    InputKind::JsonLines,
    InputKind::Json,
    InputKind::Markdown,
    InputKind::Text,
    InputKind::Html,
];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let kind = KINDS[usize::from(first) % KINDS.len()];
    let _ = read_bytes(kind, "input", bytes, &mut |found| {
        match found {
            Found::Page(page) => assert!(!page.id.as_str().split('/').any(|part| part == "..") || !matches!(kind, InputKind::Zip | InputKind::Tar)),
            Found::Reject(reject) => assert!(!reject.why.is_empty()),
            Found::Other | Found::Note(_) => {}
        }
        ControlFlow::Continue(())
    });
});
