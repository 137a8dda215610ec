// A walk with the Tab key over every type of page: at each stop it can be seen where one is.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lookAtShipped, open, widths } from "./browser.mjs";
import { pageTypes } from "./site.mjs";

const shipped = lookAtShipped();

/**
 * Notes of each stop how it looks, when the next press of Tab comes: by then it has been scrolled to.
 * The notes stand in `stops`; `walked` is set once the walk comes to a stop for the second time, and
 * `missed()` names what can be used and is no stop.
 */
function noteStops() {
  const look = (element) => {
    const style = getComputedStyle(element);
    return { outline: `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`, shadow: style.boxShadow, ground: style.backgroundColor };
  };
  const reach = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const before = new Map([...document.querySelectorAll(reach)].map((element) => [element, look(element)]));
  const seen = new Set();
  globalThis.stops = [];
  globalThis.walked = false;
  const name = (element) => `${element.tagName} “${element.textContent.trim().slice(0, 40)}”`;
  globalThis.missed = () =>
    [...before.keys()].filter((element) => !seen.has(element) && element.checkVisibility()).map(name);
  addEventListener("keydown", (event) => {
    const element = document.activeElement;
    if (event.key !== "Tab" || element === document.body || globalThis.walked) return;
    if (seen.has(element)) {
      globalThis.walked = true;
      return;
    }
    seen.add(element);
    const then = before.get(element) ?? {};
    const now = look(element);
    // A link that runs over two lines has a box for each.
    const [box] = element.getClientRects();
    const inside = (value, end) => Math.min(Math.max(value, 0), end - 1);
    const at = document.elementFromPoint(
      inside(box.left + Math.min(box.width / 2, 8), innerWidth),
      inside(box.top + Math.min(box.height / 2, 8), innerHeight),
    );
    const [line, width] = now.outline.split(" ");
    const wrong = [];
    if (line === "none" || parseFloat(width) < 2) wrong.push("has no outline");
    if (now.outline === then.outline && now.shadow === then.shadow) wrong.push("looks as it did before");
    if (box.bottom <= 0 || box.top >= innerHeight || box.width === 0) wrong.push("is out of sight");
    else if (at && !element.contains(at) && !at.contains(element)) wrong.push(`lies under ${at.tagName}.${at.className}`);
    globalThis.stops.push({ name: name(element), wrong });
  }, { capture: true });
  return before.size;
}

/** Every stop of the page at `path`, in order. */
async function walk(path, options) {
  // Without smooth scrolling, so that a stop is where it will be as soon as it has the focus.
  const context = await shipped.browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    const { page } = await open(context, shipped.base, path);
    // The search page is whole once it has answered.
    await page.waitForFunction(() => document.querySelector(".live")?.ariaBusy !== "true");
    const reachable = await page.evaluate(noteStops);
    // The keys go out together: one wait for a whole page, not one for each stop.
    for (let presses = 0; presses < 2 * reachable + 10; presses += 50) {
      await Promise.all(Array.from({ length: 50 }, () => page.keyboard.press("Tab")));
      if (await page.evaluate(() => globalThis.walked)) break;
    }
    return await page.evaluate(() => ({ stops: globalThis.stops, walked: globalThis.walked, missed: globalThis.missed() }));
  } finally {
    await context.close();
  }
}

describe("a walk with the Tab key", { concurrency: 2 }, () => {
  const desk = { viewport: { width: widths.desk, height: 800 } };
  const phone = { viewport: { width: widths.phone, height: 640 }, colorScheme: "dark" };
  const forced = { viewport: { width: widths.desk, height: 800 }, forcedColors: "active" };
  for (const path of pageTypes(shipped.output)) {
    test(path, async () => {
      const { stops, walked, missed } = await walk(path, desk);
      assert.ok(stops[0].name.includes("Skip to main content"), `the first stop is ${stops[0].name}`);
      assert.ok(walked, "the walk comes round to its start");
      assert.ok(stops.length > 20, `${stops.length} stops`);
      assert.deepEqual(missed, []);
      assert.deepEqual(stops.filter((stop) => stop.wrong.length > 0), []);
    });
  }
  for (const [name, options] of Object.entries({ "on a phone, in the dark": phone, "in forced colours": forced })) {
    test(`a case study ${name}`, async () => {
      const { stops, walked } = await walk("/case-studies/islington-hazard-indicator/", options);
      assert.ok(walked && stops.length > 20);
      assert.deepEqual(stops.filter((stop) => stop.wrong.length > 0), []);
    });
  }
});
