// How long the search takes in Chromium once the files of a query are there, and what a phrase costs
// beside its words unquoted: bytes of a first query, everything counted but the page.
//
//   WORK=SCRATCH node benches/search/at_hand.mjs SITE QUERIES
//
// SITE has assets/search.js, assets/reader.wasm and an index; QUERIES is the list of the harness; SCRATCH/npm
// has playwright-core. CHROMIUM names another browser than /usr/bin/chromium.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [site, list] = process.argv.slice(2).map((path) => resolve(path));
const { chromium } = createRequire(`${resolve(process.env.WORK)}/npm/x.js`)("playwright-core");
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const TIMES = 25;

let bytes = 0;
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><title>search</title>");
  const file = join(site, pathname);
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = TYPES[extname(file)];
  const body = type ? gzipSync(readFileSync(file)) : readFileSync(file);
  bytes += body.length;
  if (type) response.setHeader("content-encoding", "gzip");
  response.setHeader("content-type", type ?? "application/octet-stream").end(body);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const slug = (label) => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
/**
 * In a fresh context, one request after the other: the bytes of the first answers, and how long each of
 * `times` more of each request takes, in milliseconds.
 */
async function ask(requests, times) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  bytes = 0;
  const taken = await page.evaluate(async ([requests, times]) => {
    const { Index } = await import("/assets/search.js");
    const index = new Index(new URL("/search/", location.href), new URL("/assets/reader.wasm", location.href));
    const all = [];
    for (const request of requests) {
      await index.ask(request);
      const taken = [];
      for (let time = 0; time < times; time += 1) {
        const start = performance.now();
        await index.ask(request);
        taken.push(performance.now() - start);
      }
      all.push(taken);
    }
    return all;
  }, [requests, times]);
  await context.close();
  return { bytes, taken };
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const queries = JSON.parse(readFileSync(list));
const FACETS = { theme: "topic" };
const requests = queries.map(({ q: text, filters = {} }) => {
  const chosen = Object.entries(filters).map(([facet, value]) => [FACETS[facet] ?? facet, slug(value)]);
  return { text, chosen };
});
const report = (what, taken) => {
  const [medians, fastest] = [taken.map(median), taken.map((times) => Math.min(...times))];
  console.log(`${what}: ${median(medians).toFixed(2)} ms median of ${taken.length} queries, ${Math.max(...medians).toFixed(2)} ms at most`);
  console.log(`  the fastest of ${taken[0].length} times, which other programs disturb least: ${median(fastest).toFixed(2)} ms median, ${Math.max(...fastest).toFixed(2)} ms at most`);
};
report("files at hand, in one visit", (await ask(requests, TIMES)).taken);
const alone = [];
for (const request of requests) alone.push(...(await ask([request], TIMES)).taken);
report("files at hand, in a tab for each query, which the browser has not compiled well yet", alone);
for (const { q } of queries.filter(({ kind }) => kind === "phrase")) {
  const [quoted, plain] = [(await ask([{ text: q }], 0)).bytes, (await ask([{ text: q.replaceAll('"', "") }], 0)).bytes];
  console.log(`${q}: ${(quoted / 1024).toFixed(1)} KiB, unquoted ${(plain / 1024).toFixed(1)} KiB: ${(quoted / plain).toFixed(2)} times`);
}
await browser.close();
server.close();
