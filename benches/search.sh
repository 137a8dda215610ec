#!/usr/bin/env bash
# What the search costs: time, memory, size and files of the index; bytes, requests and time of queries
# in a browser.
#
#   WORK=SCRATCH benches/search.sh HARNESS [DOCUMENTS [RUNS]]     (default: 1000 documents, 3 runs)
#
# HARNESS is the folder of a harness with gen_corpus.py, measure.py and search_bench.mjs. SCRATCH is a
# folder that has playwright-core under npm/node_modules; the corpus and the index are written there, the
# corpus once. Where SCRATCH/pagefind is that program and SCRATCH/built/hugo-DOCUMENTS the same corpus built by
# Hugo, as build_bench.sh of the harness leaves it, Pagefind indexes in turn with casebook, and is asked the
# same. casebook starts from the markdown, Pagefind from the pages. Chromium is /usr/bin/chromium, or $CHROMIUM. NET=fast leaves the emulated 4G out, which takes
# longest. Run it on a machine with nothing else to do: bytes and files are the same anywhere, times are not.
set -euo pipefail
harness=$(cd "${1:?the folder of the harness}" && pwd) documents=${2:-1000} runs=${3:-3}
export WORK=${WORK:?a scratch directory}
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
corpus=$WORK/corpus/$documents site=$WORK/search/casebook-$documents
cargo build --release --quiet --example index_library
[ -f "$corpus/queries.json" ] || python3 "$harness/gen_corpus.py" -n "$documents" --out "$corpus"
[ -f "$corpus/casebook/site.toml" ] || python3 benches/search/site.py "$harness" "$documents" "$corpus/casebook"

# Each time into a new folder: to write over files takes longer, and says nothing.
anew() { printf 'bash -c "rm -rf %q && exec %s"' "$1" "$2"; }
built=$WORK/built/hugo-$documents pagefind=$WORK/search/pagefind-$documents
index="$target/release/examples/index_library $corpus/casebook $site"
beside=()
if [ -x "$WORK/pagefind" ] && [ -d "$built" ]; then
  beside=(--vs "$(anew "$pagefind" "$WORK/pagefind --site $built --output-path $pagefind/pagefind")")
fi
python3 "$harness/measure.py" -n "$runs" "${beside[@]}" -- bash -c "rm -rf '$site' && exec $index"
for folder in "$site" "$pagefind"; do
  [ ! -d "$folder" ] || printf '%s: %s files, %s bytes\n' "$folder" "$(find "$folder" -type f | wc -l)" \
    "$(find "$folder" -type f -printf '%s\n' | awk '{ all += $1 } END { print all }')"
done
rm -rf "$site" && $index
cp themes/default/assets/search.js themes/default/assets/reader.wasm "$site/assets/"

# The adapter with the counts of no facets, and with those of three.
ask() {
  local label=$1 folder=$2 adapter=$3
  node "$harness/search_bench.mjs" --site "$folder" --adapter "$adapter" --queries "$corpus/queries.json" \
    --label "$label-$documents" --runs "$runs" --scenarios cold,session --net "${NET:-fast,4g}"
}
for counts in '[]' '["topic", "council", "commitment"]'; do
  adapter=$WORK/casebook-adapter.js
  sed -e "s#@SEARCH@#/assets/search.js#; s#@READER@#/assets/reader.wasm#; s#@COUNTS@#$counts#" \
    benches/search/adapter.js >"$adapter"
  ask "casebook $counts" "$site" "$adapter"
done
if [ -d "$pagefind" ]; then ask pagefind "$pagefind" "$harness/adapters/pagefind.js"; fi
node benches/search/at_hand.mjs "$site" "$corpus/queries.json"
