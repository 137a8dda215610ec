// All that is asked stands in the search page's address: it can be sent, kept, and gone back to.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { answered, countOf, group, results, said, shipped, value, visit } from "./searching.mjs";
import { build, root, serve } from "./site.mjs";

describe("the address of the search page", { concurrency: 2 }, () => {
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
