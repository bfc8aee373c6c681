#!/usr/bin/env bash
# Trains models/claims/claims.bin on articles whose claims people have marked; see models/claims/README.md. The articles
# are no part of the project: the first argument names the folder that holds them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

kit=${1:-../shared/eval/claims}
if [ ! -f "$kit/train.docs.jsonl.gz" ]; then
    echo "SKIPPED: there are no articles to train on at $kit"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zcat "$kit/train.docs.jsonl.gz" >"$work/docs.jsonl"
zcat "$kit/train.gold.jsonl.gz" >"$work/gold.jsonl"
cargo run --release -p wirecopy-claims --example train -- "$work/docs.jsonl" "$work/gold.jsonl" models/claims/claims.bin
sha256sum models/claims/claims.bin
