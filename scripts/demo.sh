#!/usr/bin/env bash
# Builds wirecopy and runs its main job on the bundled example. The store and the report go below target/demo. WIRECOPY
# names a program that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wirecopy=${WIRECOPY:-target/release/wirecopy}
[ -n "${WIRECOPY:-}" ] || cargo build --quiet --release -p wirecopy-cli
folder=target/demo
rm -rf "$folder"
mkdir -p "$folder"
export WIRECOPY_STORE="$folder/lake-orrin.db"

say() { printf '\n$ wirecopy %s\n' "$*"; "$wirecopy" "$@"; }

say build examples/lake-orrin/pages
say lineage
say explain newsbrisk/varnholt-phones-keldrane.txt tarn-press/varnholt-proposes-lake-summit.html
say report --out "$folder/report"
printf '\nOpen %s/report/index.html in a browser.\n' "$PWD/$folder"
