#!/usr/bin/env bash
# How long an edit takes to be served, beside Hugo: from the save of a document to its new text over HTTP.
#
#   WORK=SCRATCH HUGO=PATH benches/serve.sh HARNESS [DOCUMENTS [EDITS]]     (default: 1000 documents, 5 edits)
#
# HARNESS is the folder of a harness with gen_corpus.py, build_bench.sh and serve_bench.py; HUGO is the
# program. Both serve the same texts, each in its own form. Aim: at most half of Hugo's time.
set -euo pipefail
harness=$(cd "${1:?the folder of the harness}" && pwd) documents=${2:-1000} edits=${3:-5}
export WORK=${WORK:?a scratch directory}
cd "$(dirname "$0")/.."
casebook=$PWD/${CARGO_TARGET_DIR:-target}/release/casebook
cargo build --release --quiet --bin casebook
site=$WORK/corpus/$documents/casebook
[ -f "$WORK/corpus/$documents/queries.json" ] ||
  python3 "$harness/gen_corpus.py" -n "$documents" --out "$WORK/corpus/$documents"
[ -f "$site/site.toml" ] || python3 benches/search/site.py "$harness" "$documents" "$site"

export OURS_DIALECT=casebook OURS_SERVE="$casebook serve --root \$1 --port \$2" RUNS=$edits
CONTESTANTS="ours hugo" "$harness/build_bench.sh" serve "$documents"
