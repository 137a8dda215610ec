// What can go wrong while somebody searches: lost connections, damaged files, new versions, late answers.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { open } from "./browser.mjs";
import { answered, results, said, shipped, visit } from "./searching.mjs";
import { build, root, serve } from "./site.mjs";

describe("what can go wrong", { concurrency: 2 }, () => {
  const fine = async (page, words) => {
    assert.ok((await answered(page, words)) > 0);
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  };

  test("the connection is lost in mid-query: it says so, and goes on once it is back", () =>
    visit("/search/?q=charter", async ({ page }, context) => {
      await answered(page, "charter");
      await context.setOffline(true);
      await page.locator("#q").fill("county lines");
      await said(page).filter({ hasText: "The site cannot be reached." }).waitFor();
      assert.equal(await results(page).count(), 0, "nothing that was not asked for");
      await context.setOffline(false);
      await fine(page, "county lines");
    }));

  test("the connection is lost before the first answer: the button helps", () =>
    visit("/about/", async ({ page }, context) => {
      await context.route("**/entry.bin", (route) => route.abort());
      await page.goto(`${shipped.base}/search/?q=charter`);
      await said(page).filter({ hasText: "The site cannot be reached." }).waitFor();
      await context.unroute("**/entry.bin");
      await page.getByRole("button", { name: "Try again" }).click();
      await fine(page, "charter");
    }));

  const broken = {
    "is missing": { status: 404, body: "<h1>Not here</h1>" },
    "is a page of the host": { status: 200, body: "<h1>Not here</h1>" },
    "is damaged": undefined,
  };
  for (const [what, answer] of Object.entries(broken)) {
    for (const files of ["**/search/entry.bin", "**/assets/search/t/**", "**/assets/search/d/**"]) {
      test(`a file of ${files} ${what}: it is fetched again, or else the page says so`, () =>
        visit("/about/", async ({ page }, context) => {
          let left = Infinity;
          await context.route(files, async (route) => {
            left -= 1;
            if (left < 0) return route.continue();
            if (answer) return route.fulfill(answer);
            const response = await route.fetch();
            const body = await response.body();
            body[Math.floor(body.length / 2)] ^= 0x55;
            return route.fulfill({ response, body });
          });
          await page.goto(`${shipped.base}/search/?q=charter`);
          await said(page).filter({ hasText: "missing or damaged" }).waitFor();
          await page.locator("#notes").getByRole("link", { name: "Look through the library" }).click();
          assert.ok(await page.locator("#without:target").isVisible());
          await page.locator("main").getByRole("link", { name: "Case studies" }).waitFor();
          left = 0;
          await page.getByRole("button", { name: "Try again" }).click();
          await fine(page, "charter");
          left = 1;
          await page.goto(`${shipped.base}/search/?q=charter`);
          await fine(page, "charter");
        }));
    }
  }

  const keeps = [
    ["damaged file", /^assets\/search\/t\/\w+\.bin$/, "damaged", "missing or damaged"],
    ["page in the place of the reader", /^assets\/reader\.\w+\.wasm$/, "<h1>Not here</h1>", "Load the page again."],
  ];
  for (const [what, files, instead, message] of keeps) {
    test(`a ${what} that the browser keeps for good is fetched again`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "casebook-damaged-"));
      cpSync(shipped.output, folder, { recursive: true });
      const paths = readdirSync(folder, { recursive: true }).filter((name) => files.test(name)).map((name) => join(folder, name));
      const whole = paths.map((path) => readFileSync(path));
      paths.forEach((path) => writeFileSync(path, instead));
      const other = await serve(folder);
      try {
        await visit("/search/?q=charter", async ({ page }) => {
          await said(page).filter({ hasText: message }).waitFor();
          paths.forEach((path, at) => writeFileSync(path, whole[at]));
          await page.reload();
          await fine(page, "charter");
        }, { base: other.base });
      } finally {
        await other.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  test("the reader breaks off: the button starts it anew", () =>
    visit("/about/", async ({ page }, context) => {
      await context.addInitScript(() => {
        const { instantiate } = WebAssembly;
        let first = true;
        WebAssembly.instantiate = async (module) => {
          const { exports } = await instantiate(module);
          const ask = first ? () => { throw new WebAssembly.RuntimeError("unreachable"); } : exports.ask;
          first = false;
          return { exports: { ...exports, ask } };
        };
      });
      await page.goto(`${shipped.base}/search/?q=charter`);
      await page.getByRole("button", { name: "Try again" }).click();
      await fine(page, "charter");
    }));

  test("a tab that was opened before a new version was published goes on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "casebook-versions-"));
    for (const name of ["content", "site.toml", "themes"]) cpSync(join(root, name), join(folder, name), { recursive: true });
    // What the library has to find is not this site's concern.
    rmSync(join(folder, "content/searches.yaml"));
    const study = join(folder, "content/case-studies/islington-hazard-indicator.md");
    writeFileSync(study, readFileSync(study, "utf8").replace(/^title: .*/m, "title: A flag for county lines and quokkas"));
    const newer = build(folder);
    const published = join(folder, "published");
    cpSync(shipped.output, published, { recursive: true });
    const both = await serve(published);
    try {
      await visit("/search/?q=charter", async ({ page: old }, context) => {
        await answered(old, "charter");
        renameSync(published, join(folder, "before"));
        renameSync(newer.output, published);
        const { page: young } = await open(context, both.base, "/search/?q=quokkas");
        assert.equal(await answered(young, "quokkas"), 1);
        for (const page of [old, young]) {
          // One word: after a single page with several, others would follow.
          await page.locator("#q").fill("quokkas -zebras");
          assert.equal(await answered(page, "quokkas -zebras"), 1);
          assert.match(await results(page).innerText(), /quokkas/);
        }
      }, { base: both.base });
    } finally {
      await both.close();
      newer.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("an answer that comes too late is dropped", () =>
    visit("/search/", async ({ page }, context) => {
      await answered(page);
      const held = [];
      let holds = true;
      let asked;
      const waiting = new Promise((done) => { asked = done; });
      await context.route("**/assets/search/**", (route) => {
        if (!holds) return route.continue();
        held.push(route);
        return asked();
      });
      await page.locator("#q").fill("gangmasters");
      await waiting;
      holds = false;
      await page.locator("#q").fill("housing");
      await answered(page, "housing");
      const shown = await results(page).allInnerTexts();
      await Promise.all(held.map(async (route) => {
        await route.continue();
        await (await route.request().response()).finished();
      }));
      await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
      assert.equal(await page.locator("#q").inputValue(), "housing");
      assert.deepEqual(await results(page).allInnerTexts(), shown);
    }));
});
