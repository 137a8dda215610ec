// The repository's own site, built once, and served on the loopback as a plain host would.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.CASEBOOK ?? resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/casebook");

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".atom": "application/atom+xml",
};

/** Builds the site in `source` with today's date fixed, so that every run sees the same pages. */
export function build(source = root) {
  const folder = mkdtempSync(join(tmpdir(), "casebook-site-"));
  const output = join(folder, "public");
  const done = spawnSync(binary, ["build", "--root", source, "--output", output, "--today", "2026-11-22"], {
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`casebook build failed:\n${done.stderr}`);
  return { output, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * The repository's own site as it is published: no test changes it. `run.mjs` has built it for all test
 * files; one that runs alone builds it for itself.
 */
export function shipped() {
  if (process.env.CASEBOOK_SITE) return process.env.CASEBOOK_SITE;
  const { output, remove } = build();
  process.on("exit", remove);
  return output;
}

/** The header lines that the site asks its host for, from its own `_headers`. */
function headers(output) {
  const rules = [];
  for (const line of readFileSync(join(output, "_headers"), "utf8").split("\n")) {
    if (line.startsWith("/")) rules.push({ prefix: line.replace("*", ""), lines: [] });
    else if (line.trim()) rules.at(-1).lines.push(line.trim().split(/:\s(.*)/s).slice(0, 2));
  }
  return (path) => rules.filter((rule) => path.startsWith(rule.prefix)).flatMap((rule) => rule.lines);
}

/**
 * Serves `output`; `base` is its address. `send` answers with the body of a page: at once, unless a
 * test wants it otherwise.
 */
export async function serve(output, send = (response, body) => response.end(body)) {
  const of = headers(output);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = normalize(join(output, path));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    for (const [name, value] of of(path)) response.setHeader(name, value);
    const found = file.startsWith(output) && existsSync(file);
    if (!found) {
      response.statusCode = 404;
      file = join(output, "404.html");
    }
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    const body = readFileSync(file);
    if (extname(file) === ".html") send(response, body);
    else response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => { server.closeAllConnections(); server.close(done); });
  return { base: `http://127.0.0.1:${server.address().port}`, close };
}

/** Templates that others extend, or that draw no page a reader stays on. */
const frames = ["base.html", "document.html", "redirect.html"];

/**
 * Paths to look at for each template: one page, and more where pages of it differ much. Every
 * template of the default theme has some, so that a new one is looked at as well.
 */
export function pagesByTemplate(output) {
  const first = (folder) => {
    const names = readdirSync(join(output, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "page")
      .map((entry) => entry.name)
      .sort();
    return `/${folder}/${names[0]}/`;
  };
  const found = {
    "home.html": ["/"],
    "case-study.html": ["/case-studies/islington-hazard-indicator/", first("case-studies")],
    "annual-report.html": ["/reports/stockport-2019-20/", first("reports")],
    "council.html": ["/councils/islington/"],
    "commitment.html": [first("commitments")],
    "topic.html": ["/topics/county-lines/"],
    "recommendation.html": [first("recommendations")],
    "statistic.html": ["/statistics/nrm-children/"],
    "glossary-term.html": [first("glossary")],
    "guidance.html": [first("guidance")],
    "organisation.html": [first("organisations")],
    "programme.html": [first("programmes")],
    "event.html": [first("events")],
    "page.html": ["/about/", "/warning-signs/"],
    "list.html": ["/case-studies/", "/reports/", "/recommendations/", "/statistics/", "/browse/topic/county-lines/"],
    "glossary.html": ["/glossary/"],
    "councils.html": ["/councils/"],
    "commitments.html": ["/commitments/"],
    "accountability.html": ["/accountability/"],
    "browse.html": ["/browse/", "/browse/topic/"],
    "data.html": ["/data/"],
    "search.html": ["/search/", "/search/?q=county+lines&type=case-study"],
    "404.html": ["/404.html"],
  };
  const templates = readdirSync(join(root, "themes/default/templates")).filter((name) => !frames.includes(name));
  const missing = templates.filter((name) => !(name in found));
  if (missing.length > 0) throw new Error(`name a page of each in pagesByTemplate: ${missing.join(", ")}`);
  return found;
}

/** All of them. */
export const pageTypes = (output) => Object.values(pagesByTemplate(output)).flat();

/** The case studies: each page's HTML, as it is published. */
export function caseStudies(output) {
  const folder = join(output, "case-studies");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "page")
    .map((entry) => readFileSync(join(folder, entry.name, "index.html"), "utf8"));
}
