// Searching as readers do: on the search page, and from the box of any page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { axe, axeSource, lookAtShipped, open, overflow, widths } from "./browser.mjs";
import { binary, build, root, serve, shipped as site } from "./site.mjs";

const shipped = lookAtShipped();

const desk = { viewport: { width: widths.desk, height: 800 } };

/** Opens `path` in a context of its own; `base` is another site than the one of all tests. */
async function visit(path, work, { options = desk, base = shipped.base } = {}) {
  const context = await shipped.browser.newContext(options);
  try {
    context.setDefaultTimeout(15_000);
    await context.addInitScript(axeSource);
    return await work(await open(context, base, path), context);
  } finally {
    await context.close();
  }
}

const said = (page) => page.locator("#said");
const results = (page) => page.locator("#results h2 a");
/** Waits until the number of results is said for `words`, and gives it. */
async function answered(page, words) {
  await said(page).filter({ hasText: new RegExp(`^[0-9,]+ results?${words ? ` for “${words}”` : ""}`) }).waitFor();
  await page.locator(".live[aria-busy=false]").waitFor();
  return Number((await said(page).innerText()).match(/^[0-9]+/)[0]);
}
const group = (page, label) => page.locator("#facets details").filter({ has: page.locator("summary", { hasText: label }) });
const value = (page, label, name) => group(page, label).getByRole("checkbox", { name });
const countOf = async (page, label, name) =>
  Number(await group(page, label).locator("li", { hasText: name }).locator(".count").innerText());

describe("the search page", { concurrency: 2 }, () => {
  test("answers while somebody types, with the words marked and the passage in the link", () =>
    visit("/search/", async ({ page, trouble }) => {
      await answered(page);
      await page.locator("#q").pressSequentially("hazard indicator county lines recor");
      await answered(page, "hazard indicator county lines recor");
      const first = page.locator("#results li").first();
      assert.match(await first.locator("h2").innerText(), /A hazard indicator for county lines/);
      assert.ok((await first.locator("mark").allInnerTexts()).includes("hazard"));
      const href = await first.locator("a").getAttribute("href");
      assert.match(href, /\/case-studies\/islington-hazard-indicator\/#[^:]*:~:text=/);
      await first.locator("a").click();
      await page.waitForURL(/\/case-studies\/islington-hazard-indicator\//);
      assert.match(await page.locator("main").innerText(), new RegExp(decodeURIComponent(href.split("text=")[1])));
      assert.deepEqual(trouble, []);
    }));

  test("values of one facet widen, facets narrow, and counts say what a click gives", () =>
    visit("/search/?q=county+lines", async ({ page }) => {
      const all = await answered(page, "county lines");
      const [studies, councils] = [await countOf(page, "Kind of page", "Case study"), await countOf(page, "Kind of page", "Council")];
      assert.ok(studies > 0 && councils > 0 && studies + councils < all);

      await value(page, "Kind of page", "Case study").check();
      await said(page).filter({ hasText: `${studies} results` }).waitFor();
      await value(page, "Kind of page", "Council").check();
      await said(page).filter({ hasText: `${studies + councils} results` }).waitFor();

      const fetched = page.waitForResponse((response) => response.url().includes("/assets/search/c/"));
      await group(page, "Region").locator("summary").click();
      await fetched;
      const london = value(page, "Region", "London");
      await london.waitFor();
      const inLondon = await countOf(page, "Region", "London");
      assert.ok(inLondon > 0 && inLondon < studies + councils);
      await london.check();
      await said(page).filter({ hasText: new RegExp(`^${inLondon} results?`) }).waitFor();
      assert.ok(await london.evaluate((box) => box === document.activeElement), "the focus stays");

      await page.getByRole("link", { name: "Remove all filters" }).click();
      await said(page).filter({ hasText: `${all} results` }).waitFor();
      assert.equal(await london.isChecked(), false);
    }));

  test("the address has all of it: typing replaces, choosing adds, back and forward lead there", () =>
    visit("/search/", async ({ page }) => {
      await answered(page);
      const before = await page.evaluate(() => history.length);
      await page.locator("#q").pressSequentially("county lines");
      await answered(page, "county lines");
      assert.equal(await page.evaluate(() => history.length), before);
      await page.locator("#sort").selectOption("newest");
      await page.locator(".live[aria-busy=false]").waitFor();
      await value(page, "Kind of page", "Council").check();
      await page.locator(".chosen").waitFor();
      const address = page.url();
      assert.match(address, /\?q=county\+lines&type=council&sort=newest&typing=yes$/);
      const titles = await results(page).allInnerTexts();

      await page.goBack();
      await page.locator(".chosen").waitFor({ state: "detached" });
      assert.equal(await value(page, "Kind of page", "Council").isChecked(), false);
      assert.equal(await page.locator("#sort").inputValue(), "newest");
      await page.goBack();
      await page.waitForFunction(() => document.querySelector("#sort").value === "");
      assert.equal(await page.locator("#q").inputValue(), "county lines");
      await page.goForward();
      await page.goForward();
      await page.locator(".chosen").waitFor();
      assert.deepEqual(await results(page).allInnerTexts(), titles);

      await visit(new URL(address).pathname + new URL(address).search, async ({ page: other }) => {
        await answered(other, "county lines");
        assert.deepEqual(await results(other).allInnerTexts(), titles, "somebody else sees the same");
      });
    }));

  test("the beginning of a word stays one, whatever is chosen, until the form is submitted", () =>
    visit("/search/", async ({ page }) => {
      await answered(page);
      await page.locator("#q").pressSequentially("safegu");
      const all = await answered(page, "safegu");
      const councils = await countOf(page, "Kind of page", "Council");
      assert.ok(councils > 0 && councils < all);
      await value(page, "Kind of page", "Council").check();
      await said(page).filter({ hasText: new RegExp(`^${councils} results?`) }).waitFor();
      const titles = await results(page).allInnerTexts();
      await page.locator("#sort").selectOption("newest");
      await page.waitForURL(/sort=newest/);
      assert.equal(await answered(page, "safegu"), councils);
      await page.getByRole("link", { name: "Remove all filters" }).click();
      await said(page).filter({ hasText: `${all} results` }).waitFor();
      await page.goBack();
      await page.goBack();
      await page.waitForURL((url) => !url.search.includes("sort"));
      assert.equal(await answered(page, "safegu"), councils);
      await page.reload();
      assert.equal(await answered(page, "safegu"), councils);
      assert.deepEqual(await results(page).allInnerTexts(), titles);
      const shared = new URL(page.url());
      await visit(shared.pathname + shared.search, async ({ page: other }) => {
        await answered(other, "safegu");
        assert.deepEqual(await results(other).allInnerTexts(), titles, "somebody else sees the same");
      });
      await page.locator("#q").press("Enter");
      await page.waitForURL(/\?q=safegu&type=council$/);
    }));

  test("what stands in the address stays there when somebody types before the index is open", () =>
    visit("/about/", async ({ page }, context) => {
      const held = new Promise((hold) => { context.route("**/entry.bin", hold); });
      await page.goto(`${shipped.base}/search/?q=charter&type=council&also=no&sort=newest&page=2`);
      const entry = await held;
      await page.locator("#q").fill("county lin");
      await page.waitForURL(/q=county\+lin(&|$)/);
      assert.deepEqual([...new URL(page.url()).searchParams].sort(),
        [["also", "no"], ["q", "county lin"], ["sort", "newest"], ["type", "council"], ["typing", "yes"]]);
      await entry.continue();
      await answered(page, "county lin");
      await page.getByRole("link", { name: "Remove the filter Council" }).waitFor();
      assert.equal(await page.locator("#sort").inputValue(), "newest");
    }));

  for (const [where, options] of [["on a desk", desk], ["on a phone", { viewport: { width: widths.phone, height: 800 } }]]) {
    test(`a group of values that is opened again ${where} shows what belongs to the question`, () =>
      visit("/search/?q=county+lines&region=london", async ({ page }) => {
        await answered(page, "county lines");
        const narrow = page.locator("#narrow > summary");
        const region = group(page, "Region").locator("summary");
        // What is chosen opens its group; on a phone all groups are in another that is closed.
        const closes = where === "on a phone" ? narrow : region;
        if (where === "on a phone") await narrow.click();
        const london = value(page, "Region", "London");
        await london.waitFor();
        const before = await countOf(page, "Region", "London");
        await closes.click();
        await london.waitFor({ state: "hidden" });
        await page.getByRole("link", { name: "Remove all filters" }).click();
        await page.locator(".chosen").waitFor({ state: "detached" });
        await page.locator("#q").fill("charter");
        await answered(page, "charter");
        assert.equal((await region.textContent()).trim(), "Region", "nothing in it is chosen any more");
        await closes.click();
        await london.waitFor();
        assert.equal(await london.isChecked(), false);
        const now = await countOf(page, "Region", "London");
        assert.notEqual(now, before);
        await london.check();
        await said(page).filter({ hasText: new RegExp(`^${now} results?`) }).waitFor();
      }, { options }));
  }

  test("a page beyond the last is the last", () =>
    visit("/search/?q=county+lines&page=500000000", async ({ page }) => {
      const all = await answered(page, "county lines");
      const last = Math.ceil(all / 10);
      await page.waitForURL(new RegExp(`\\?q=county\\+lines&page=${last}$`));
      await said(page).filter({ hasText: `page ${last} of ${last}` }).waitFor();
      assert.equal(await results(page).count(), all - (last - 1) * 10);
      await page.goto(`${shipped.base}/search/?q=%22hazard+indicator%22&page=9`);
      assert.equal(await answered(page, "\"hazard indicator\""), await results(page).count());
    }));

  test("without a question it browses, page by page", () =>
    visit("/search/", async ({ page }) => {
      const all = await answered(page);
      assert.ok(all > 200);
      const first = await results(page).allInnerTexts();
      assert.equal(first.length, 10);
      await page.getByRole("link", { name: "Next page" }).click();
      await said(page).filter({ hasText: "page 2 of" }).waitFor();
      assert.match(page.url(), /\?page=2$/);
      assert.ok(await said(page).evaluate((element) => element === document.activeElement));
      const second = await results(page).allInnerTexts();
      assert.ok(second.every((title) => !first.includes(title)));
    }));

  test("says when nothing in the question can be searched for", () =>
    visit("/search/?q=what+to+do", async ({ page, trouble }) => {
      await answered(page, "what to do");
      assert.match(await page.locator("#notes").innerText(), /None of these words can be searched for/);
      await page.locator("#q").fill("what to do about county lines");
      await answered(page, "what to do about county lines");
      assert.doesNotMatch(await page.locator("#notes").innerText(), /can be searched for/);
      assert.deepEqual(trouble, []);
    }));

  test("says what it searched for beside and instead, and how to turn it off", () =>
    visit("/search/?q=nrm", async ({ page }) => {
      await answered(page, "nrm");
      await page.locator("#notes", { hasText: /Also searching for .*referral mechanism/i }).waitFor();
      await page.getByRole("link", { name: "Search without them" }).click();
      await page.getByRole("link", { name: "Search for other words that mean the same, too" }).waitFor();
      assert.match(page.url(), /also=no/);
      await page.locator("#q").fill("saefguarding");
      await page.locator("#notes", { hasText: "No page has “saefguarding”. Searching for “safeguarding”" }).waitFor();
      await page.locator("#q").fill("hazard indicator zebra wellington");
      await page.locator("#notes", { hasText: "No page has all of it." }).waitFor();
      await page.goto(`${shipped.base}/search/?q=islington+county+lines+flag`);
      await page.locator("#notes", { hasText: /^4 of these have all of it and come first/ }).waitFor();
      await page.goto(`${shipped.base}/search/?q=islington+county+lines+flag&type=council`);
      await page.locator("#notes", { hasText: "None of these has all of it." }).waitFor();
    }));

  test("by keyboard alone", () =>
    visit("/search/", async ({ page }) => {
      await answered(page);
      const at = () => page.evaluate(() => {
        const { id, tagName, name, value: own, textContent } = document.activeElement;
        return { id, tagName, name, value: own, text: textContent.trim() };
      });
      const tabTo = async (wanted) => {
        for (let presses = 0; presses < 80; presses += 1) {
          const now = await at();
          if (wanted(now)) return;
          await page.keyboard.press("Tab");
        }
        assert.fail("Tab does not lead there");
      };
      await tabTo(({ id }) => id === "q");
      await page.keyboard.type("training");
      await page.keyboard.press("Enter");
      await answered(page, "training");
      await tabTo(({ tagName, text }) => tagName === "SUMMARY" && text === "Topic");
      await page.keyboard.press("Enter");
      await group(page, "Topic").getByRole("checkbox").first().waitFor();
      await tabTo(({ name }) => name === "topic");
      await page.keyboard.press("Space");
      await page.locator(".chosen").waitFor();
      assert.equal((await at()).name, "topic", "the focus stays where it was");
      const first = await results(page).first().innerText();
      await tabTo(({ tagName, text }) => tagName === "A" && text === first);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/search/");
    }));

  test("without JavaScript it says so, leads to the lists, and loads nothing of the search", () =>
    visit("/", async ({ page, trouble }) => {
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.locator(".top input").fill("county lines");
      await page.locator(".top [role=search] button").click();
      await page.waitForURL(/\/search\/\?q=county\+lines$/);
      assert.match(await page.locator("main").innerText(), /Searching needs JavaScript/);
      assert.equal(await page.locator(".live").isVisible(), false);
      await page.locator("main").getByRole("link", { name: "Case studies" }).click();
      assert.match(await page.locator("h1").innerText(), /Case studies/);
      assert.ok(asked.includes("/search/"));
      assert.deepEqual(asked.filter((path) => /\.(js|wasm|bin)$/.test(path)), []);
      assert.deepEqual(trouble, []);
    }, { options: { ...desk, javaScriptEnabled: false } }));

  test("is accessible with results, notes and open groups, and fits", () =>
    visit("/search/?q=nrm&type=glossary-term", async ({ page, trouble }) => {
      await answered(page, "nrm");
      const found = [];
      for (const [width, colorScheme] of [[widths.desk, "light"], [widths.phone, "dark"], [widths.phone, "light"]]) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        found.push(...(await axe(page)), ...(await overflow(page)));
        const small = await page.evaluate(() => [...document.querySelectorAll("main a, main button, main input, main select, main summary")]
          .filter((element) => element.checkVisibility() && !element.closest("p:not(.sort)"))
          .map((element) => [element.closest("label") ?? element, element])
          .filter(([box]) => box.getBoundingClientRect().height < 24)
          .map(([, element]) => `${element.tagName} “${element.textContent}” is lower than 24 px`));
        found.push(...small);
      }
      assert.deepEqual([...found, ...trouble], []);
    }));

  test("a site's facet may be called as something else in the address is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "casebook-facet-"));
    cpSync(join(root, "tests/sites/base/content"), join(folder, "content"), { recursive: true });
    const facet = '\n[[facets]]\nname = "sort"\nlabel = "How fast"\nvocabulary = "effort"\nkinds = ["case-study"]\ndescription = "How fast it went."\n';
    writeFileSync(join(folder, "site.toml"), readFileSync(join(root, "site.toml"), "utf8") + facet);
    const study = join(folder, "content/case-studies/flag.md");
    writeFileSync(study, readFileSync(study, "utf8").replace("cost: unknown\n", "cost: unknown\nsort: [weeks]\n"));
    const own = build(folder);
    const server = await serve(own.output);
    try {
      await visit("/search/?sort=newest", async ({ page, trouble }) => {
        assert.ok((await answered(page)) > 1);
        await group(page, "How fast").locator("summary").click();
        await value(page, "How fast", "Weeks").check();
        await page.waitForURL(/\/search\/\?sort_=weeks&sort=newest$/);
        assert.equal(await answered(page), 1);
        await page.reload();
        assert.equal(await answered(page), 1);
        assert.equal(await page.locator("#sort").inputValue(), "newest");
        assert.deepEqual(trouble, []);
      }, { base: server.base });
    } finally {
      await server.close();
      own.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the compiled reader", () => {
  const run = promisify(execFile);
  const flags = ({ chosen = [], counts = [], sort, from = 0 }) => [
    ...chosen.flatMap((pair) => ["--choose", pair.join("=")]), ...counts.flatMap((facet) => ["--count", facet]),
    ...(sort ? ["--sort", sort] : []), "--skip", String(from),
  ];
  const native = async (request) => {
    const options = ["search", "--built", site(), "--format", "json", ...flags(request), "--", request.text];
    const { stdout } = await run(binary, options, { maxBuffer: 1 << 24 });
    return JSON.parse(stdout);
  };

  test("finds in Chromium what the reader finds in the terminal", () =>
    visit("/about/", async ({ page, trouble }) => {
      const asked = readFileSync(join(root, "content/searches.yaml"), "utf8").matchAll(/query: (.+)/g);
      const plain = [...asked].map(([, text]) => text.replace(/^'(.*)'$/, "$1")).filter((_, at) => at % 4 === 0);
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
      const assets = readdirSync(join(site(), "assets"));
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

describe("the box of every page", { concurrency: 2 }, () => {
  const path = "/councils/islington/";
  const box = (page) => page.locator(".top input");
  const options = (page) => page.getByRole("option");

  test("nothing of the search is loaded before somebody touches it", () =>
    visit("/about/", async ({ page }) => {
      const seen = [];
      page.on("request", (request) => seen.push(new URL(request.url()).pathname));
      await page.goto(shipped.base + path, { waitUntil: "networkidle" });
      const ofSearch = () => seen.filter((at) => /search|suggest|reader|box/.test(at));
      assert.equal(ofSearch().length, 1, `${ofSearch()}`);
      assert.match(ofSearch()[0], /\/box\.[0-9a-f]+\.js$/);
      const entry = page.waitForResponse(/entry\.bin$/);
      await box(page).focus();
      await entry;
      assert.ok(!ofSearch().some((at) => at.startsWith("/assets/search/")), "no words before words are typed");
    }));

  test("suggests titles: arrows choose, Enter goes there, Escape closes", () =>
    visit(path, async ({ page, trouble }) => {
      await box(page).pressSequentially("hazard indicator county");
      await options(page).filter({ hasText: "A hazard indicator for county lines" }).waitFor();
      assert.equal(await box(page).getAttribute("aria-expanded"), "true");
      await page.keyboard.press("Escape");
      assert.equal(await options(page).count(), 0);
      assert.equal(await box(page).inputValue(), "hazard indicator county");
      await page.keyboard.insertText(" lines");
      await options(page).first().waitFor();
      await page.keyboard.press("ArrowUp");
      assert.equal(await options(page).last().getAttribute("aria-selected"), "true");
      await page.keyboard.press("ArrowDown");
      assert.equal(await box(page).getAttribute("aria-activedescendant"), null, "back in the box");
      await page.keyboard.press("ArrowDown");
      const chosen = page.getByRole("option", { selected: true });
      assert.equal(await chosen.getAttribute("id"), await box(page).getAttribute("aria-activedescendant"));
      assert.deepEqual(await axe(page), []);
      const name = await chosen.locator("span").first().innerText();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== path);
      assert.equal(await page.locator("h1").innerText(), name);
      assert.deepEqual(trouble, []);
    }));

  test("Enter without a choice asks the search page, a click opens a suggestion", () =>
    visit(path, async ({ page }) => {
      await box(page).pressSequentially("county lines");
      await options(page).first().waitFor();
      await page.keyboard.press("Enter");
      await answered(page, "county lines");
      assert.match(page.url(), /\/search\/\?q=county\+lines$/);
      await page.goBack();
      await box(page).fill("");
      await box(page).pressSequentially("county lines");
      await options(page).nth(1).click();
      await page.waitForURL((url) => url.pathname !== path && url.pathname !== "/search/");
    }));

  test("fits a phone with suggestions, and is a form when they cannot be loaded", () =>
    visit(path, async ({ page }, context) => {
      await box(page).pressSequentially("county lines");
      await options(page).first().waitFor();
      assert.deepEqual([...(await axe(page)), ...(await overflow(page))], []);
      await context.route("**/suggest.*.js", (route) => route.abort());
      await page.goto(shipped.base + path);
      await box(page).fill("charter");
      await page.keyboard.press("Enter");
      assert.ok((await answered(page, "charter")) > 0);
    }, { options: { viewport: { width: widths.phone, height: 700 } } }));
});
