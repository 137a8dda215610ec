// Every type of page in a real browser: at three widths, light and dark, with and without JavaScript,
// with large text and in forced colours.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { axe, axeSource, inTurn, lookAtShipped, overflow, visitor, widths } from "./browser.mjs";
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

/** Tabs with scripts, without, and with scripts taken out. */
const inTabs = inTurn(async () => {
  const withScripts = await shipped.browser.newContext();
  await withScripts.addInitScript(axeSource);
  const withoutScripts = await shipped.browser.newContext({ javaScriptEnabled: false });
  const scriptsTakenOut = await shipped.browser.newContext();
  await scriptsTakenOut.addInitScript(axeSource);
  await scriptsTakenOut.route((url) => url.origin === shipped.base, takeScriptsOut);
  const contexts = [withScripts, withoutScripts, scriptsTakenOut];
  return Promise.all(contexts.map((context) => visitor(context, shipped.base)));
});

/** Gives a page without its scripts and what is loaded for them, and with what it holds for browsers that run none. */
async function takeScriptsOut(route) {
  if (route.request().resourceType() !== "document") return route.continue();
  const response = await route.fetch();
  const body = (await response.text())
    .replace(/<script\b[^>]*\bsrc=[^>]*><\/script>/g, "")
    .replace(/<link\b[^>]*\bmedia="\(scripting: enabled\)"[^>]*>/g, "")
    .replace(/<\/?noscript>/g, "");
  return route.fulfill({ response, body });
}

/** A page as it is, and whether it has scripts that could change it. */
async function withScripts({ page, visit }, path) {
  const trouble = await visit(path);
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
}

/** `path` at every width, light and dark, as `look` sees it. */
async function visited({ page, visit }, path, look) {
  const trouble = await visit(path);
  return [...(await everywhere(page, look)), ...trouble];
}

describe("fits, is accessible, and keeps to its policy", { concurrency: 2 }, () => {
  for (const path of pageTypes(shipped.output)) {
    test(path, () => inTabs(async ([scripts, none, takenOut]) => {
      const { found, hasScripts } = await withScripts(scripts, path);
      const without = await visited(none, path, overflow);
      // axe is a script itself, so it looks at the page with its scripts taken out.
      if (hasScripts) without.push(...(await visited(takenOut, path, axe)));
      found.push(...without.map((what) => `without JavaScript: ${what}`));
      assert.deepEqual(found, []);
    }));
  }
});
