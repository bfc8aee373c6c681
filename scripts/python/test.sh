#!/usr/bin/env bash
# Builds the wheel of the Python module, installs it in a fresh virtual environment and runs its tests there. What they
# need comes from pip; where it cannot be had this says so and is skipped. PYTHON names another interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

skip() { printf 'SKIPPED: %s\n' "$*"; exit 0; }

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || skip "there is no Python 3.9 or later"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder/venv" 2>"$folder/log" || skip "Python has no venv: $(tail -n 1 "$folder/log")"
PATH=$folder/venv/bin:$PATH
needed=('maturin>=1.16,<2' pyarrow polars pytest)
# PySpark does not support pandas 3 yet. Without Java there is nothing to run it.
if command -v java >/dev/null; then needed+=('pyspark==4.3.0' 'pandas>=2.2,<3'); else needed+=('pandas>=2.2'); fi
pip install --quiet --no-compile "${needed[@]}" 2>"$folder/log" || skip "pip cannot get what the tests need: $(tail -n 1 "$folder/log")"

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
cargo build --quiet --release --features wirecopy-cli/parquet -p wirecopy-cli -p wirecopy --example pile
maturin build --quiet --release --locked --manifest-path crates/python/Cargo.toml --auditwheel skip --out "$folder/wheel"
pip install --quiet --no-deps "$folder"/wheel/*.whl
command -v java >/dev/null || printf 'SKIPPED: %s\n' "the tests of the Spark job: there is no Java"
cd crates/python
python -m pytest -p no:cacheprovider --durations=5 "$@"
