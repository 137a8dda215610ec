// The search box of every page, and its suggestions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { axe, overflow, widths } from "./browser.mjs";
import { answered, desk, shipped, visit } from "./searching.mjs";

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
      const { viewport } = desk;
      await page.setViewportSize({ width: 320, height: 256 });
      await page.keyboard.press("ArrowUp");
      assert.equal(await options(page).last().getAttribute("aria-selected"), "true");
      const { y, height } = await options(page).last().boundingBox();
      assert.ok(y >= 0 && y + height <= 256.5, `what is chosen is in sight: ${y} to ${y + height}`);
      await page.setViewportSize(viewport);
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
