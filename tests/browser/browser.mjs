// The browser, and what a page is asked for.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { chromium as launcher } from "playwright-core";
import { serve, shipped } from "./site.mjs";

/** Where a browser may stand; the tests bring none of their own. */
const executablePath = process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** Widths of a window, in CSS pixels. */
export const widths = { phone: 320, tablet: 768, desk: 1280 };

// It asks for nothing of its own accord: a machine without a network is no reason to wait.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

export const launch = () =>
  launcher.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });

/**
 * For all tests of a file: the shipped site, which stands in `output`, served at `base`, and a `browser`
 * to look at it with.
 */
export function lookAtShipped() {
  const look = { output: shipped() };
  let server;
  before(async () => {
    server = await serve(look.output);
    look.base = server.base;
    look.browser = await launch();
  });
  after(async () => {
    await look.browser?.close();
    await server?.close();
  });
  return look;
}

/**
 * A page of `context` for sites at `base`: `visit` opens a path, and gives a list that fills with what should
 * not happen there: messages on the console, a broken policy among them, failures, requests off the site.
 */
export async function visitor(context, base) {
  const page = await context.newPage();
  let trouble = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) trouble.push(`off the site: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  const visit = async (path) => {
    trouble = [];
    await page.goto(base + path, { waitUntil: "load" });
    return trouble;
  };
  return { page, visit };
}

/** Opens `path` of the site at `base` in a page of its own, with its `trouble` as [`visitor`] tells it. */
export async function open(context, base, path) {
  const { page, visit } = await visitor(context, base);
  return { page, trouble: await visit(path) };
}

/**
 * Gives work one of the things that `make` makes, which nothing else uses meanwhile: to start a tab takes longer
 * than to look at a page in it. One with which work failed is not used again.
 */
export function inTurn(make) {
  const idle = [];
  return async (work) => {
    const one = idle.pop() ?? (await make());
    const result = await work(one);
    idle.push(one);
    return result;
  };
}

/** What makes the page wider than its window. */
export const overflow = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const found = [`the page is ${document.documentElement.scrollWidth} wide in a window of ${wide}`];
    for (const element of document.querySelectorAll("body *")) {
      const { right } = element.getBoundingClientRect();
      if (right > wide + 1 && !element.closest(".table, .vh, svg")) {
        found.push(`${element.tagName}.${element.className} reaches ${Math.round(right)}`);
      }
    }
    return found.slice(0, 4);
  });

/** The checker of accessibility, to be added to a context as a script of its start. */
export const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** What it finds on the page as it is now. */
export async function axe(page) {
  const violations = await page.evaluate(async (values) => {
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
    return (await globalThis.axe.run(document, options)).violations;
  }, levels);
  return violations.map(({ id, nodes: [node] }) => `${id}: ${node.target} ${node.failureSummary}`);
}
