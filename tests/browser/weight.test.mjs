// How much a page weighs, and whether it stays where it is while it comes.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { inTurn, lookAtShipped, visitor, widths } from "./browser.mjs";
import { caseStudies, pageTypes, serve } from "./site.mjs";

const shipped = lookAtShipped();

test("a case study and all it needs fit in 30 kB, from the first view", async () => {
  const context = await shipped.browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    bodies.push(response.body().then((body) => ({ url: response.url(), size: gzipSync(body).length })));
  });
  await page.goto(`${shipped.base}/case-studies/islington-hazard-indicator/`, { waitUntil: "networkidle" });
  const all = await Promise.all(bodies);
  assert.equal(all.filter(({ url }) => url.endsWith(".css")).length, 1, "one stylesheet");
  const total = all.reduce((sum, { size }) => sum + size, 0);
  assert.ok(total <= 30_000, `${total} bytes: ${JSON.stringify(all)}`);
  await context.close();
});

test("the median case study adds at most 12 kB to its own text", () => {
  const added = caseStudies(shipped.output).map((html) => {
    const text = html
      .replace(/^.*<body>/s, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");
    return Buffer.byteLength(html) - Buffer.byteLength(text);
  });
  added.sort((a, b) => a - b);
  const median = added[Math.floor(added.length / 2)];
  assert.ok(added.length > 10);
  assert.ok(median <= 12_000, `${median} bytes`);
});

/** A host behind a slow line: it sends a page in pieces, each once the one before it was painted. */
async function slowly(pieces) {
  let painted = () => {};
  const frame = () => new Promise((done) => { painted = done; });
  const send = async (response, body) => {
    // There are no frames before there is a body.
    let at = pieces > 1 ? body.indexOf("<body>") + "<body>".length : 0;
    const size = Math.ceil((body.length - at) / pieces);
    response.write(body.subarray(0, at));
    for (; at < body.length; at += size) {
      // The first may have been under way when the piece before was sent.
      for (let frames = 0; frames < 3 && at > 0; frames += 1) await frame();
      response.write(body.subarray(at, at + size));
    }
    response.end();
  };
  const server = await serve(shipped.output, send);
  return { ...server, painted: () => painted() };
}

/** In a page: notes what moves, and tells of each frame until the page is complete. */
function watchShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      // A space between two words that arrive one after the other: nothing that can be seen.
      if (sources.length > 0 && sources.every(({ node }) => node?.nodeName === "#text" && !node.data.trim())) continue;
      const moved = sources.map(({ node, previousRect, currentRect }) => {
        const [from, to] = [previousRect, currentRect].map(({ x, y, width, height }) => `${x},${y} ${width}×${height}`);
        return `${node?.nodeName}.${node?.className ?? ""} from ${from} to ${to}`;
      });
      globalThis.shifts.push(`${value}: ${moved.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  const tell = () => {
    globalThis.painted();
    if (document.readyState === "loading") requestAnimationFrame(tell);
  };
  requestAnimationFrame(tell);
}

const servers = [];
after(() => Promise.all(servers.map((server) => server.close())));

/** Tabs of a phone and of a desk, which keep no file. */
const inTabs = inTurn(() => {
  const all = [["phone", 5], ["desk", 1], ["desk", 5]].map(async ([name, pieces]) => {
    const server = await slowly(pieces);
    const context = await shipped.browser.newContext({ viewport: { width: widths[name], height: 800 } });
    await context.exposeBinding("painted", server.painted);
    await context.addInitScript(watchShifts);
    const { page, visit } = await visitor(context, server.base);
    await (await context.newCDPSession(page)).send("Network.setCacheDisabled", { cacheDisabled: true });
    servers.push(server);
    return { what: `${name}, pieces: ${pieces}`, page, visit };
  });
  return Promise.all(all);
});

describe("nothing moves while a page comes, in pieces or at once", { concurrency: 2 }, () => {
  for (const path of pageTypes(shipped.output)) {
    test(path, () => inTabs(async (tabs) => {
      const found = [];
      for (const { what, page, visit } of tabs) {
        await visit(path);
        const shifts = await page.evaluate(async () => {
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          return globalThis.shifts;
        });
        found.push(...shifts.map((shift) => `${what}: ${shift}`));
      }
      assert.deepEqual(found, []);
    }));
  }
});
