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

  const inSight = (element) => element.evaluate((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  for (const [where, height] of [["at a zoom of 400 %", 256], ["on a phone", 640]]) {
    test(`${where} a button leads past the groups, which stand above the results`, () =>
      visit("/search/?q=county+lines", async ({ page }) => {
        await answered(page, "county lines");
        await page.locator("#narrow > summary").click();
        await group(page, "Region").locator("summary").click();
        const london = value(page, "Region", "London");
        await london.check();
        const left = await countOf(page, "Region", "London");
        const see = page.getByRole("button", { name: `See the results (${left})`, exact: true });
        await see.waitFor();
        assert.deepEqual([await inSight(see), await inSight(said(page))], [true, false]);
        assert.ok((await see.boundingBox()).height >= 24);
        // Back to it by keyboard: nothing lies under it while it has the focus.
        const has = (element) => element.evaluate((one) => one === document.activeElement);
        for (let presses = 0; presses < 20 && !(await has(see)); presses += 1) {
          const hidden = await page.evaluate(() => {
            const { left, top } = document.activeElement.getBoundingClientRect();
            return !document.activeElement.contains(document.elementFromPoint(left + 4, top + 4));
          });
          assert.equal(hidden, false, "what has the focus can be seen");
          await page.keyboard.press("Shift+Tab");
        }
        await page.keyboard.press("Enter");
        assert.ok(await has(said(page)));
        assert.ok(await inSight(said(page)));
        assert.equal(await london.isVisible(), false, "on the way back to the form there are no groups");
        await page.keyboard.press("Tab");
        assert.ok(await has(page.locator("#sort")));
        await page.setViewportSize(desk.viewport);
        await page.locator("#narrow > summary").click();
        await london.waitFor();
        assert.equal(await see.count(), 0, "beside the results nothing has to lead to them");
      }, { options: { viewport: { width: widths.phone, height }, reducedMotion: "reduce" } }));
  }
});
