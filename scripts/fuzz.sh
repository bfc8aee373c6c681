#!/usr/bin/env bash
# Runs the fuzz targets, or those named, for so many seconds each: scripts/fuzz.sh [SECONDS] [TARGET ...]. Needs a C++
# compiler for libFuzzer and nothing else: the compiler's coverage hooks are not bound to a nightly one. What is found
# lies in fuzz/artifacts, what is new to a corpus in fuzz/.found; the corpora in the repository stay as they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../fuzz"

seconds=${1:-60}
shift || true
if ! command -v c++ >/dev/null; then
    echo "SKIPPED: there is no C++ compiler for libFuzzer"
    exit 0
fi
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
host=$(rustc -vV | sed -n 's/^host: //p')
targets=("$@")
[ ${#targets[@]} -gt 0 ] || for file in fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
# A target of its own keeps the hooks out of what is built for the host itself.
RUSTFLAGS="--cfg fuzzing $coverage -Cdebug-assertions" cargo build --quiet --release --target "$host" "${bins[@]}"
for target in "${targets[@]}"; do
    found=.found/$target
    mkdir -p "$found" "artifacts/$target"
    corpus=("$found")
    [ -d "corpus/$target" ] && corpus+=("corpus/$target")
    printf 'fuzz %s: ' "$target"
    log=$(mktemp)
    if "target/$host/release/$target" "${corpus[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=65536 -artifact_prefix="artifacts/$target/" -print_final_stats=1 >"$log" 2>&1; then
        sed -n 's/^stat::number_of_executed_units: *\(.*\)/\1 inputs, nothing found/p' "$log"
    else
        tail -n 40 "$log"
        exit 1
    fi
    rm -f "$log"
done
