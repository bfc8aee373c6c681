#!/usr/bin/env bash
# Runs the stages on the evaluation kits, where they lie beside the repository, and prints the scorers' figures. The
# kits hold other people's texts and are no part of the project. Fails where a scorer cannot read what a command writes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kits=${WIRECOPY_KITS:-../shared/eval}
if [ ! -d "$kits" ]; then
    echo "SKIPPED: there are no kits at $kits"
    exit 0
fi
wirecopy=${WIRECOPY:-target/release/wirecopy}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

open() { case $1 in *.gz) zcat "$1" ;; *) cat "$1" ;; esac }
title() { printf '\n-- %s\n' "$*"; }

title "extract: pages"
open "$kits/extract/pages.jsonl.gz" | "$wirecopy" run extract >"$out/pages.jsonl"
python3 "$kits/extract/score.py" "$out/pages.jsonl" --gold "$kits/extract/pages.gold.jsonl.gz"
title "extract: dates"
open "$kits/extract/dates.jsonl.gz" | "$wirecopy" run extract >"$out/dates.jsonl"
python3 "$kits/extract/score.py" "$out/dates.jsonl" --gold "$kits/extract/dates.gold.jsonl.gz"

title "copies: versions"
open "$kits/copies/docs.jsonl.gz" | "$wirecopy" run copies >"$out/copies.jsonl"
open "$kits/copies/docs.jsonl.gz" | "$wirecopy" run lineage >"$out/lineage.jsonl"
python3 "$kits/copies/score.py" "$out/copies.jsonl" "$out/lineage.jsonl"

title "stories"
"$wirecopy" run stories "$kits/stories/docs.jsonl" >"$out/stories.jsonl"
python3 "$kits/stories/score.py" "$out/stories.jsonl"
title "stories --batch"
"$wirecopy" run stories --batch "$kits/stories/docs.jsonl" >"$out/stories.jsonl"
python3 "$kits/stories/score.py" "$out/stories.jsonl"

title "dates"
"$wirecopy" run dates "$kits/dates/docs.jsonl" >"$out/timexes.jsonl"
python3 "$kits/dates/score.py" "$out/timexes.jsonl"

for mode in "" --rules-only --text-only; do
    title "claims $mode"
    "$wirecopy" run claims $mode "$kits/claims/docs.jsonl" >"$out/claims.jsonl"
    python3 "$kits/claims/score.py" "$out/claims.jsonl"
    title "claims $mode: chains"
    "$wirecopy" run claims $mode "$kits/claims/chains.jsonl" >"$out/chains.jsonl"
    python3 "$kits/claims/score.py" "$out/chains.jsonl" --gold "$kits/claims/chains.gold.jsonl"
done

for dated in none some all; do
    title "seeds, published: $dated"
    seeds=$out/seeds-$dated
    mkdir "$seeds"
    python3 "$kits/seeds/score_seeds.py" inputs "$kits/../seeds" --published "$dated" >"$seeds/articles.jsonl"
    "$wirecopy" run extract "$seeds/articles.jsonl" >"$seeds/extract.jsonl"
    "$wirecopy" run dates "$seeds/articles.jsonl" >"$seeds/dates.jsonl"
    "$wirecopy" build "$seeds/articles.jsonl" --store "$seeds/seeds.db" >"$seeds/build.txt"
    for part in articles stories accounts copies quotes; do
        "$wirecopy" "$part" --store "$seeds/seeds.db" --json >"$seeds/$part.json"
    done
    python3 "$kits/seeds/score_seeds.py" score "$seeds"
    python3 "$kits/extract/score.py" "$seeds/extract.jsonl" --gold "$kits/extract/seeds.gold.jsonl"
done
