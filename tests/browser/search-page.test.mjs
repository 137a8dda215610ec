// The search page: what it answers, what it says of a question, and by which means it can be used.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { axe, overflow, widths } from "./browser.mjs";
import { answered, desk, group, results, said, shipped, visit } from "./searching.mjs";

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

  test("every link to a passage has whole words of the page that it leads to", () =>
    visit("/search/?q=children", async ({ page }) => {
      let seen = 0;
      for (const words of ["children", "local panel", "council", "slavery victims"]) {
        await page.locator("#q").fill(words);
        await answered(page, words);
        for (const link of await results(page).all()) {
          const [address, passage] = (await link.evaluate((element) => element.href)).split(":~:text=");
          if (!passage) continue;
          const text = await page.evaluate(async (url) => {
            const html = await (await fetch(url)).text();
            return new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ");
          }, address);
          const escaped = decodeURIComponent(passage).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
          assert.match(text, new RegExp(`(?<![\\p{L}\\p{N}'’])${escaped}(?!['’]?[\\p{L}\\p{N}])`, "u"), address);
          seen += 1;
        }
      }
      assert.ok(seen > 25, `${seen} links`);
    }));

  test("the first letter of a word asks nothing yet, unless it is sent off", () =>
    visit("/search/", async ({ page }) => {
      const all = await answered(page);
      await page.locator("#q").pressSequentially("c");
      assert.equal(await answered(page, "c"), all);
      await page.locator("#q").fill("county ");
      const county = await answered(page, "county");
      await page.locator("#q").pressSequentially("l");
      assert.equal(await answered(page, "county l"), county);
      assert.equal(await page.locator("#notes").innerText(), "");
      await page.keyboard.press("Enter");
      await page.locator("#notes", { hasText: "No document has “l”" }).waitFor();
    }));

  test("what was sent off leads to the results where they are out of sight", () =>
    visit("/search/", async ({ page }) => {
      await answered(page);
      const inSight = () => said(page).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return element === document.activeElement && top >= 0 && bottom <= innerHeight;
      });
      await page.locator("#q").fill("training");
      await page.keyboard.press("Enter");
      await answered(page, "training");
      assert.equal(await inSight(), false, "at a desk the box keeps the focus");
      await page.setViewportSize({ width: 320, height: 256 });
      await page.locator("#q").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.id === "said");
      assert.ok(await inSight());
    }));

  test("who types on before the answer comes stays in the box", () =>
    visit("/search/", async ({ page }, context) => {
      await answered(page);
      await page.setViewportSize({ width: 320, height: 256 });
      let release;
      const held = new Promise((resolve) => { release = resolve; });
      await context.route("**/assets/search/t/**", async (route) => {
        await held;
        await route.continue();
      });
      const asked = page.waitForRequest("**/assets/search/t/**");
      await page.locator("#q").fill("training");
      await page.keyboard.press("Enter");
      await asked;
      await page.keyboard.type(" police");
      release();
      await answered(page, "training police");
      assert.ok(await page.locator("#q").evaluate((element) => element === document.activeElement));
      assert.equal(await page.locator("#q").inputValue(), "training police");
    }));

  test("a long question leaves room for what it finds", () =>
    visit(`/search/?q=${"county+lines+".repeat(40)}`, async ({ page }) => {
      await answered(page);
      assert.ok((await said(page).innerText()).length < 140);
      assert.ok((await page.title()).length < 140);
    }));

  test("without a question it browses, page by page", () =>
    visit("/search/", async ({ page }) => {
      const all = await answered(page);
      assert.ok(all > 200);
      const first = await results(page).allInnerTexts();
      assert.equal(first.length, 10);
      const shown = await page.locator("#pages li").allInnerTexts();
      assert.deepEqual(shown, ["1", "2", "3", "…", String(Math.ceil(all / 10)), "Next page"]);
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
      await page.locator("#notes", { hasText: "No document has “saefguarding”. Searching for “safeguarding”" }).waitFor();
      await page.locator("#q").fill("hazard indicator zebra wellington");
      await page.locator("#notes", { hasText: "No document has all of it." }).waitFor();
      await page.goto(`${shipped.base}/search/?q=islington+county+lines+flag`);
      await page.locator("#notes", { hasText: /^4 of these have all of it and come first/ }).waitFor();
      await page.goto(`${shipped.base}/search/?q=islington+county+lines+flag&type=council`);
      await page.locator("#notes", { hasText: "None of these has all of it." }).waitFor();
    }));

  test("where nothing is found it says what can be tried, and leads to the lists", () =>
    visit("/search/?q=zebra&type=council", async ({ page }) => {
      const notes = page.locator("#notes");
      await notes.filter({ hasText: "Try without some of the filters" }).waitFor();
      await page.getByRole("link", { name: "Remove all filters" }).click();
      await notes.filter({ hasText: "Try fewer or other words." }).waitFor();
      assert.equal((await group(page, "Kind of page").locator("summary").innerText()).trim(), "Kind of page none");
      await notes.getByRole("link", { name: "Look through the library" }).click();
      const lists = page.getByRole("heading", { name: "Look through the library" });
      await page.waitForFunction((one) => one.getBoundingClientRect().bottom <= innerHeight, await lists.elementHandle());
      assert.match(page.url(), /\?q=zebra#without$/);
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
          // What stands within a sentence may be as small as that.
          .filter((element) => element.checkVisibility() && !element.closest("p:not(.sort, #notes *)"))
          .map((element) => [(element.closest("label") ?? element).getBoundingClientRect(), element])
          .filter(([box]) => box.height < 24 || box.width < 24)
          .map(([box, element]) => `${element.tagName} “${element.textContent}” has ${box.width} by ${box.height} px`));
        found.push(...small);
      }
      assert.deepEqual([...found, ...trouble], []);
    }));
});
