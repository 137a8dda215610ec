#!/usr/bin/env bash
# How long a clean build of a generated library takes, and how much memory.
#
#   benches/build.sh [DOCUMENTS [RUNS [JOBS]]]        (default: 1000 documents, 5 runs, 2 threads)
#
# The cap for 1,000 documents on two cores: 3 s and 400 MB. To compare with another generator, let
# it build the same folder: `cargo run --example generate_library -- --documents N DIR` writes it.
set -euo pipefail
cd "$(dirname "$0")/.."
documents=${1:-1000} runs=${2:-5} jobs=${3:-2}
cargo build --release --quiet --bin casebook
cargo build --quiet --example generate_library
target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$target/debug/examples/generate_library" --documents "$documents" "$work/site"
for run in $(seq "$runs"); do
  "$target/release/casebook" build --root "$work/site" --output "$work/out-$run" \
    --jobs "$jobs" --today 2026-11-21 --timings 2>"$work/run-$run"
  tail -1 "$work/run-$run"
done
echo "Median of $runs runs with $jobs threads, from $(nproc) cores:"
for stage in discover parse check link render index publish memory; do
  awk -v stage="$stage" '$1 == stage { print $2, $3 }' "$work"/run-* | sort -n |
    awk -v stage="$stage" '{ line[NR] = $0 } END { printf "%9s %s\n", stage, line[int((NR + 1) / 2)] }'
done
sed -n 's/.* in \([0-9.]*\) s\.$/\1/p' "$work"/run-* | sort -n |
  awk '{ line[NR] = $0 } END { printf "%9s %s s\n", "all", line[int((NR + 1) / 2)] }'
