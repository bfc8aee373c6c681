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
cargo clippy --quiet --workspace --all-targets -- -D warnings

step "licences, bans, sources of dependencies"
if command -v cargo-deny >/dev/null; then
    cargo deny check licenses bans sources
else
    skip "cargo-deny is not installed (cargo install cargo-deny)"
fi

step "demo"
scripts/demo.sh >target/demo.log
tail -n 3 target/demo.log

step "tests"
cargo test --release --workspace

step "python"
# The module in an environment of its own; the Spark job on a small cluster where there is Java. Building the wheel takes as
# long as all other builds together, so it is asked for.
if [ -n "${WIRECOPY_PYTHON:-}" ]; then
    scripts/python/test.sh
else
    skip "the Python module and the Spark job (WIRECOPY_PYTHON=1 runs their tests; 10 minutes more)"
fi

step "fuzz"
# What reads whole pages meets the most; `scripts/fuzz.sh` without a name runs all targets, which takes long to build.
scripts/fuzz.sh "${WIRECOPY_FUZZ_SECONDS:-60}" extract

step "kits"
WIRECOPY=target/release/wirecopy scripts/kits.sh >target/kits.log 2>&1 || { cat target/kits.log; exit 1; }
grep -E 'SKIPPED|f1|right' target/kits.log || true

step "browser"
WIRECOPY=$PWD/target/release/wirecopy tests/browser/run
