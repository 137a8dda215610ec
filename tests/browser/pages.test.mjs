// Every type of page in a real browser: at three widths, light and dark, with and without JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { chromium as launcher } from "playwright-core";
import { build, chromium, pageTypes, serve } from "./site.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site, server, browser;

before(async () => {
  site = build();
  server = await serve(site.output);
  browser = await launcher.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
});

after(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
});

/** A page that notes what should not happen: messages, failures, requests off the site. */
async function open(context, path) {
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => {
    // The 404 page is asked for as itself; a browser says so of any page that is not there.
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.base)) trouble.push(`off the site: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(server.base + path, { waitUntil: "load" });
  return { page, trouble };
}

const overflow = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > wide) {
      for (const element of document.querySelectorAll("body *")) {
        const box = element.getBoundingClientRect();
        if (box.right > wide + 1 && !element.closest(".table, .vh, .visually-hidden, svg")) {
          found.push(`${element.tagName}.${element.className} reaches ${Math.round(box.right)} of ${wide}`);
        }
      }
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    }
    return found.slice(0, 4);
  });

const sizes = { phone: 320, tablet: 768, desk: 1280 };

for (const javaScriptEnabled of [true, false]) {
  test(`no sideways scroll at any width, no complaint; JavaScript ${javaScriptEnabled}`, async () => {
    const found = [];
    const context = await browser.newContext({ javaScriptEnabled });
    for (const path of pageTypes(site.output)) {
      const { page, trouble } = await open(context, path);
      for (const [name, width] of Object.entries(sizes)) {
        await page.setViewportSize({ width, height: 800 });
        found.push(...(await overflow(page)).map((what) => `${path} on a ${name}: ${what}`));
      }
      await page.emulateMedia({ colorScheme: "dark" });
      found.push(...trouble.map((what) => `${path}: ${what}`));
      await page.close();
    }
    await context.close();
    assert.deepEqual(found, []);
  });
}

test("text at 200% still fits a narrow window", async () => {
  const found = [];
  const context = await browser.newContext({ viewport: { width: 640, height: 800 } });
  for (const path of pageTypes(site.output)) {
    const { page } = await open(context, path);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("html { font-size: 200% }");
      document.adoptedStyleSheets = [sheet];
    });
    found.push(...(await overflow(page)).map((what) => `${path}: ${what}`));
    await page.close();
  }
  await context.close();
  assert.deepEqual(found, []);
});

test("axe finds nothing at any width, light or dark", async () => {
  const found = [];
  // The policy keeps out scripts that are not the site's own, the tests' included.
  const context = await browser.newContext({ bypassCSP: true });
  for (const path of pageTypes(site.output)) {
    const { page } = await open(context, path);
    await page.evaluate(axeSource);
    for (const [size, colorScheme] of [["phone", "light"], ["tablet", "dark"], ["desk", "light"], ["desk", "dark"]]) {
      await page.setViewportSize({ width: sizes[size], height: 800 });
      await page.emulateMedia({ colorScheme });
      const results = await page.evaluate(
        (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
        WCAG,
      );
      for (const violation of results.violations) {
        const [node] = violation.nodes;
        found.push(`${path}, ${size}, ${colorScheme}: ${violation.id}: ${node.target} ${node.failureSummary}`);
      }
    }
    await page.close();
  }
  await context.close();
  assert.deepEqual(found, []);
});

test("every stop of the keyboard can be seen", async () => {
  const found = [];
  // Without smooth scrolling, so that a stop is where it will be as soon as it has the focus.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  const walks = [
    "/case-studies/islington-hazard-indicator/", "/councils/islington/", "/reports/stockport-2019-20/",
    "/warning-signs/", "/statistics/nrm-children/", "/browse/topic/", "/data/",
  ];
  for (const path of walks) {
    const { page } = await open(context, path);
    for (let stop = 0; stop < 400; stop += 1) {
      await page.keyboard.press("Tab");
      const state = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const style = getComputedStyle(element);
        // A link that runs over two lines has a box for each.
        const [box] = element.getClientRects();
        const at = document.elementFromPoint(
          Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 0), innerWidth - 1),
          Math.min(Math.max(box.top + Math.min(box.height / 2, 8), 0), innerHeight - 1),
        );
        const again = element.dataset.seen === "yes";
        element.dataset.seen = "yes";
        return {
          again,
          name: `${element.tagName} ${element.textContent.trim().slice(0, 40)}`,
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
          hidden: Boolean(at) && !element.contains(at) && !at.contains(element),
        };
      });
      if (!state || state.again) break;
      if (!state.outline) found.push(`${path}: ${state.name}: no outline`);
      if (!state.inView) found.push(`${path}: ${state.name}: out of sight`);
      if (state.hidden) found.push(`${path}: ${state.name}: something lies over it`);
    }
    await page.close();
  }
  await context.close();
  assert.deepEqual(found, []);
});

test("nothing moves once it is shown", async () => {
  const found = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of pageTypes(site.output)) {
    const { page } = await open(context, path);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const shift = await page.evaluate(() => globalThis.shift);
    // On a busy machine the columns of a table settle while its rows arrive.
    if (shift > 0.01) found.push(`${path}: ${shift}`);
    await page.close();
  }
  await context.close();
  assert.deepEqual(found, []);
});

describe("leaving in a hurry", () => {
  const elsewhere = "https://www.bbc.co.uk/weather";

  const withRoute = async (options) => {
    const context = await browser.newContext(options);
    await context.route(`${elsewhere}**`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Weather</h1>" }));
    return context;
  };

  test("three presses of Shift lead away, and the page is not the one before", async () => {
    const context = await withRoute({});
    const page = await context.newPage();
    await page.goto(`${server.base}/about/`);
    await page.goto(`${server.base}/warning-signs/`);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
    await page.waitForURL(elsewhere);
    await page.goBack();
    assert.equal(page.url(), `${server.base}/about/`);
    await context.close();
  });

  test("Shift with other keys does not", async () => {
    const context = await withRoute({});
    const page = await context.newPage();
    await page.goto(`${server.base}/warning-signs/`);
    for (const key of ["A", "B", "C", "D"]) await page.keyboard.press(`Shift+${key}`);
    assert.equal(page.url(), `${server.base}/warning-signs/`);
    await context.close();
  });

  test("the link works without JavaScript, and claims nothing it cannot do", async () => {
    const context = await withRoute({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.base}/get-help/`);
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
    await page.goto(`${server.base}/case-studies/islington-hazard-indicator/`);
    assert.equal(await page.locator(".exit").count(), 0);
    await context.close();
  });
});

test("nothing is kept in the browser", async () => {
  const context = await browser.newContext();
  for (const path of pageTypes(site.output)) {
    const { page } = await open(context, path);
    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
    assert.equal(kept, 0, path);
    await page.close();
  }
  assert.deepEqual((await context.storageState()).cookies, []);
  await context.close();
});

test("a case study and all it needs fit in 30 kB, from the first view", async () => {
  const { gzipSync } = await import("node:zlib");
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  page.on("response", async (response) => {
    bodies.push(response.body().then((body) => [response.url(), gzipSync(body).length]));
  });
  await page.goto(`${server.base}/case-studies/islington-hazard-indicator/`, { waitUntil: "networkidle" });
  const all = await Promise.all(bodies);
  const total = all.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(all.filter(([url]) => url.endsWith(".css")).length === 1, "one stylesheet");
  assert.ok(total <= 30_000, `${total} bytes: ${JSON.stringify(all)}`);
  await context.close();
});
