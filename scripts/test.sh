#!/usr/bin/env bash
# Runs all tests: format, lints, the Rust tests with the documentation's examples, the demo, and what else is there.
# What cannot run on this machine is skipped and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n== %s\n' "$*"; }
skip() { printf 'SKIPPED: %s\n' "$*"; }

step "format"
cargo fmt --all --check

step "lints"
# In the release profile, whose macros the tests need as well: they are built once.
if command -v python3 >/dev/null; then
    cargo clippy --release --quiet --workspace --all-targets -- -D warnings
else
    skip "the lints of crates/python: there is no Python"
    cargo clippy --release --quiet --all-targets -- -D warnings
fi

step "licences, bans, sources of dependencies"
if command -v cargo-deny >/dev/null; then
    cargo deny check licenses bans sources
else
    skip "cargo-deny is not installed (cargo install cargo-deny)"
fi

step "tests"
# With Parquet, whose reader the Python module has too: what is built here is not built again for it.
cargo test --release --features wirecopy-cli/parquet

step "demo"
WIRECOPY=target/release/wirecopy scripts/demo.sh >target/demo.log
tail -n 3 target/demo.log

step "python"
# The module in an environment of its own; the Spark job on a cluster of two workers where there is Java.
if [ "${WIRECOPY_PYTHON:-1}" != 0 ]; then
    scripts/python/test.sh
else
    skip "the Python module and the Spark job (WIRECOPY_PYTHON=0)"
fi

step "fuzz"
# What reads whole pages meets the most; `scripts/fuzz.sh` without a name runs all targets. Everything is compiled once more,
# with hooks, so it is asked for.
if [ -n "${WIRECOPY_FUZZ_SECONDS:-}" ]; then
    scripts/fuzz.sh "$WIRECOPY_FUZZ_SECONDS" extract
else
    skip "the fuzzing (WIRECOPY_FUZZ_SECONDS=60 runs it)"
fi

step "kits"
WIRECOPY=target/release/wirecopy scripts/kits.sh >target/kits.log 2>&1 || { cat target/kits.log; exit 1; }
grep -E 'SKIPPED|f1|right' target/kits.log || true

step "browser"
WIRECOPY=$PWD/target/release/wirecopy tests/browser/run
