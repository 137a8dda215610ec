// Every type of page in a real browser: at three widths, light and dark, with and without JavaScript,
// with large text and in forced colours.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { axe, axeSource, lookAtShipped, open, overflow, widths } from "./browser.mjs";
import { pageTypes } from "./site.mjs";

const shipped = lookAtShipped();

/** Runs `look` at every width, light and dark; what it finds is told with where. */
async function everywhere(page, look) {
  const found = [];
  for (const [name, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await look(page)).map((what) => `${name}, ${colorScheme}: ${what}`));
    }
  }
  return found;
}

const wideAndAxe = async (page) => [...(await overflow(page)), ...(await axe(page))];

async function within(options, work) {
  const context = await shipped.browser.newContext(options);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** A page as it is, and whether it has scripts that could change it. */
const withScripts = (path) =>
  within({}, async (context) => {
    await context.addInitScript(axeSource);
    const { page, trouble } = await open(context, shipped.base, path);
    const found = await everywhere(page, wideAndAxe);

    await page.emulateMedia({ forcedColors: "active" });
    found.push(...(await axe(page)).map((what) => `forced colours: ${what}`));
    await page.emulateMedia({ forcedColors: "none" });

    await page.setViewportSize({ width: widths.phone * 2, height: 800 });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("html { font-size: 200% }");
      document.adoptedStyleSheets = [sheet];
    });
    found.push(...(await overflow(page)).map((what) => `text at 200%: ${what}`));

    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
    if (kept > 0) found.push("something is kept in the browser");
    const hasScripts = await page.evaluate(() => document.querySelector("script[src]") !== null);
    return { found: [...found, ...trouble], hasScripts };
  });

const withoutScripts = (path) =>
  within({ javaScriptEnabled: false }, async (context) => {
    const { page, trouble } = await open(context, shipped.base, path);
    return [...(await everywhere(page, overflow)), ...trouble];
  });

/**
 * The same for axe, which is a script itself: the page with its scripts taken out and what it
 * holds for browsers without them put in.
 */
const withScriptsTakenOut = (path) =>
  within({}, async (context) => {
    await context.addInitScript(axeSource);
    await context.route(shipped.base + path, async (route) => {
      const response = await route.fetch();
      const body = (await response.text())
        .replace(/<script\b[^>]*\bsrc=[^>]*><\/script>/g, "")
        .replace(/<\/?noscript>/g, "");
      await route.fulfill({ response, body });
    });
    const { page, trouble } = await open(context, shipped.base, path);
    return [...(await everywhere(page, axe)), ...trouble];
  });

describe("fits, is accessible, and keeps to its policy", { concurrency: 2 }, () => {
  for (const path of pageTypes(shipped.output)) {
    test(path, async () => {
      const { found, hasScripts } = await withScripts(path);
      found.push(...(await withoutScripts(path)).map((what) => `without JavaScript: ${what}`));
      if (hasScripts) {
        found.push(...(await withScriptsTakenOut(path)).map((what) => `without JavaScript: ${what}`));
      }
      assert.deepEqual(found, []);
    });
  }
});
