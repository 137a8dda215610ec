// Builds the repository's own site once and serves it on the loopback, as a plain host would.
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.CASEBOOK ?? join(root, "target/debug/casebook");

/** Where a browser may stand; the tests bring none of their own. */
export const chromium = ["CHROMIUM", "CHROME_PATH"].map((name) => process.env[name]).find(Boolean) ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".atom": "application/atom+xml",
};

/** Builds the site with today's date fixed, so that every run sees the same pages. */
export function build() {
  const folder = mkdtempSync(join(tmpdir(), "casebook-site-"));
  const output = join(folder, "public");
  const done = spawnSync(binary, ["build", "--root", root, "--output", output, "--today", "2026-11-21"], {
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`casebook build failed:\n${done.stderr}`);
  return { output, remove: () => rmSync(folder, { recursive: true, force: true }) };
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

/** Serves `output`; `base` is its address, `requests` what was asked for and not there. */
export async function serve(output) {
  const of = headers(output);
  const missing = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = normalize(join(output, path));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    for (const [name, value] of of(path)) response.setHeader(name, value);
    if (!file.startsWith(output) || !existsSync(file)) {
      missing.push(path);
      response.writeHead(404, { "content-type": types[".html"] });
      createReadStream(join(output, "404.html")).pipe(response);
      return;
    }
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => { server.closeAllConnections(); server.close(done); });
  return { base: `http://127.0.0.1:${server.address().port}`, missing, close };
}

/** Every HTML file of the site, as paths in it. */
export function pages(output) {
  const all = readdirSync(output, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** One page for every template, and the fullest of some. */
export function pageTypes(output) {
  const first = (folder) => {
    const names = readdirSync(join(output, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "page")
      .map((entry) => entry.name)
      .sort();
    return `/${folder}/${names[0]}/`;
  };
  return [
    "/", "/accountability/", "/browse/", "/browse/topic/", "/browse/topic/county-lines/", "/data/",
    "/warning-signs/", "/about/", "/404.html",
    "/case-studies/", "/case-studies/islington-hazard-indicator/",
    "/councils/", "/councils/islington/",
    "/reports/", first("reports"), "/reports/stockport-2019-20/",
    "/commitments/", first("commitments"),
    "/recommendations/", first("recommendations"),
    "/statistics/", "/statistics/nrm-children/",
    "/glossary/", first("glossary"),
    ...["topics", "guidance", "organisations", "programmes", "events"].map(first),
  ];
}
