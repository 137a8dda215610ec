// The compiled reader in a browser, held against the one in the terminal.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { shipped, visit } from "./searching.mjs";
import { binary, root } from "./site.mjs";

describe("the compiled reader", () => {
  const run = promisify(execFile);
  const flags = ({ chosen = [], counts = [], sort, from = 0 }) => [
    ...chosen.flatMap((pair) => ["--choose", pair.join("=")]), ...counts.flatMap((facet) => ["--count", facet]),
    ...(sort ? ["--sort", sort] : []), "--skip", String(from),
  ];
  const native = async (request) => {
    const options = ["search", "--built", shipped.output, "--format", "json", ...flags(request), "--", request.text];
    const { stdout } = await run(binary, options, { maxBuffer: 1 << 24 });
    return JSON.parse(stdout);
  };

  test("finds in Chromium what the reader finds in the terminal", () =>
    visit("/about/", async ({ page, trouble }) => {
      const asked = readFileSync(join(root, "content/searches.yaml"), "utf8").matchAll(/query: (.+)/g);
      const plain = [...asked].map(([, text]) => text.replace(/^(['"])(.*)\1$/, "$2")).filter((_, at) => at % 4 === 0);
      assert.ok(plain.length >= 25);
      const requests = [
        ...plain.map((text) => ({ text })),
        { text: '"county lines"', counts: ["type", "council"] },
        { text: "training -police OR audit", chosen: [["type", "case-study"], ["type", "council"]], counts: ["type"] },
        { text: "charter year:2018..2021", sort: "newest" },
        { text: "", chosen: [["type", "case-study"]], from: 10 },
        { text: "saefguarding", counts: ["topic"] },
        { text: "hazard indicator zebra wellington" },
      ];
      const assets = readdirSync(join(shipped.output, "assets"));
      const [script, module] = [/^search\.\w+\.js$/, /^reader\.\w+\.wasm$/].map((name) => `/assets/${assets.find((file) => name.test(file))}`);
      const answers = await page.evaluate(async ({ script, module, requests }) => {
        const { Index } = await import(script);
        const index = new Index(new URL("/search/", location.href), new URL(module, location.href));
        const score = ({ score_bits: bits }) => new DataView(Uint32Array.of(bits).buffer).getFloat32(0, true);
        const ask = async (request) => {
          const { total, results, facets } = await index.ask(request);
          return { total, facets, results: results.map((result) => ({ path: result.path, score: score(result) })) };
        };
        const answers = [];
        for (const request of requests) answers.push(await ask(request));
        return answers;
      }, { script, module, requests });
      const counted = (facets) => facets.map(({ values }) => values.map(({ value, name, count }) => [value ?? name, count]));
      for (const [at, request] of requests.entries()) {
        const [here, there] = [answers[at], await native(request)];
        const what = JSON.stringify(request);
        assert.equal(here.total, there.total, what);
        assert.deepEqual(here.results.map(({ path }) => path), there.results.map(({ path }) => path), what);
        assert.deepEqual(counted(here.facets), counted(there.facets), what);
        for (const [place, { score }] of here.results.entries()) {
          const right = there.results[place].score;
          assert.ok(Math.abs(score - right) <= 1e-5 * right, `${what}: ${score} and ${right}`);
        }
      }
      assert.ok(answers.filter(({ results }) => results.length > 0).length > 25);
      assert.deepEqual(trouble, []);
    }));
});
