#!/usr/bin/env bash
# How fast candidate pairs are named, and pairs verified, aligned and directed, beside MinHash tools: on one core, in
# rounds that alternate, by processor time, so that other work on the machine falls on all alike.
#
#   scripts/copies/bench.sh [ARTICLES.jsonl[.gz]] [ROUNDS]
#
# Without articles it takes those of the kit beside the repository, or else generated ones. The other tools are run from
# the Python named by PYTHON if they are installed there: pip install datasketch==2.0.0 rensa==0.5.0 gaoya==0.2.2
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

kit=${WIRECOPY_KITS:-../shared/eval}/copies/docs.jsonl.gz
rounds=${2:-3}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

cargo build --release --quiet -p wirecopy-copies --examples
if [ $# -gt 0 ]; then
    articles=$1
elif [ -e "$kit" ]; then
    articles=$kit
else
    echo "SKIPPED: the kit is not at $kit; measuring on generated articles"
    target/release/examples/traditions "$out/docs.jsonl" "$out/gold.jsonl" 1 300
    articles=$out/docs.jsonl
fi
case $articles in *.gz) zcat "$articles" ;; *) cat "$articles" ;; esac >"$out/articles.jsonl"

one_core=()
command -v taskset >/dev/null && one_core=(taskset -c "${CORE:-0}")
for round in $(seq "$rounds"); do
    echo "-- round $round of $rounds"
    "${one_core[@]}" target/release/examples/copies_speed 1 <"$out/articles.jsonl"
    "${one_core[@]}" "${PYTHON:-python3}" scripts/copies/peers.py "$out/articles.jsonl"
done | tee "$out/rounds.txt"

echo "-- best of $rounds rounds, articles a second of processor time"
awk -F': ' '/articles\/s/ { split($2, figures, ", "); speed = figures[2] + 0
    if (!($1 in best)) order[++count] = $1
    if (speed > best[$1]) best[$1] = speed }
    END { for (at = 1; at <= count; at++) printf "%-40s %6d\n", order[at], best[order[at]] }' "$out/rounds.txt"
