// Narrowing what is found: groups of values, with how many pages each would leave.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { widths } from "./browser.mjs";
import { answered, countOf, desk, group, said, value, visit } from "./searching.mjs";

describe("the filters of the search page", { concurrency: 2 }, () => {
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
});
