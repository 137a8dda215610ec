// The way out of a page that somebody must not be seen with.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lookAtShipped } from "./browser.mjs";

const shipped = lookAtShipped();

describe("leaving in a hurry", () => {
  const elsewhere = "https://www.bbc.co.uk/weather";

  const withRoute = async (options) => {
    const context = await shipped.browser.newContext(options);
    await context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Weather</h1>" }));
    return context;
  };

  test("three presses of Shift lead away, and the page is not the one before", async () => {
    const context = await withRoute({});
    const page = await context.newPage();
    await page.goto(`${shipped.base}/about/`);
    await page.goto(`${shipped.base}/warning-signs/`);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
    await page.waitForURL(elsewhere);
    await page.goBack();
    assert.equal(page.url(), `${shipped.base}/about/`);
    await context.close();
  });

  test("Shift with other keys does not", async () => {
    const context = await withRoute({});
    const page = await context.newPage();
    await page.goto(`${shipped.base}/warning-signs/`);
    for (const key of ["A", "B", "C", "D"]) await page.keyboard.press(`Shift+${key}`);
    assert.equal(page.url(), `${shipped.base}/warning-signs/`);
    await context.close();
  });

  test("the link works without JavaScript, and claims nothing it cannot do", async () => {
    const context = await withRoute({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${shipped.base}/get-help/`);
    const aside = page.locator(".exit");
    assert.match(await aside.innerText(), /does not clear your browsing history/);
    assert.doesNotMatch(await aside.innerText(), /Shift/);
    await aside.locator("a").click();
    await page.waitForURL(elsewhere);
    await context.close();
  });

  test("other pages have no such link", async () => {
    const context = await withRoute({});
    const page = await context.newPage();
    await page.goto(`${shipped.base}/case-studies/islington-hazard-indicator/`);
    assert.equal(await page.locator(".exit").count(), 0);
    await context.close();
  });
});
