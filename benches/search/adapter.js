// What benches/search.sh gives to the harness: the search of a built site, through its own script and module.
// The harness's words for facets are casebook's; its values are named as casebook names them.
const FACETS = { theme: "topic", commitment: "commitment", council: "council", year: "year" };
const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
let index;
// As the search page has it in its head.
const link = (properties) => document.head.append(Object.assign(document.createElement("link"), properties));
export async function init() {
  link({ rel: "modulepreload", href: "@SEARCH@" });
  link({ rel: "preload", as: "fetch", crossOrigin: "anonymous", href: "@READER@" });
  const { Index } = await import("@SEARCH@");
  index = new Index(new URL("/search/", location.href), new URL("@READER@", location.href));
  await index.open();
}
export async function search(text, filters = {}) {
  const chosen = Object.entries(filters).flatMap(([facet, values]) => [].concat(values).map((value) => [FACETS[facet], slug(value)]));
  const found = await index.ask({ text, chosen, counts: @COUNTS@ });
  const shown = (pieces) => pieces.map(({ text: part, marked }) => (marked ? `<mark>${part}</mark>` : part)).join("");
  return { total: found.total, items: found.results.map(({ title, path, excerpt }) => ({ title, url: path, excerpt: shown(excerpt) })) };
}
