// Searching as readers do: what the tests of the search page and of the search box have in common.
import { axeSource, lookAtShipped, open, widths } from "./browser.mjs";

/** The shipped site and a browser, once for all tests of the file that imports this. */
export const shipped = lookAtShipped();

export const desk = { viewport: { width: widths.desk, height: 800 } };

/** Opens `path` in a context of its own; `base` is another site than the one of all tests. */
export async function visit(path, work, { options = desk, base = shipped.base } = {}) {
  const context = await shipped.browser.newContext(options);
  try {
    context.setDefaultTimeout(15_000);
    await context.addInitScript(axeSource);
    return await work(await open(context, base, path), context);
  } finally {
    await context.close();
  }
}

/** Where it is said how much was found. */
export const said = (page) => page.locator("#said");

/** The links of the results that are shown. */
export const results = (page) => page.locator("#results h2 a");

/** Waits until the number of results is said for `words`, and gives it. */
export async function answered(page, words) {
  await said(page).filter({ hasText: new RegExp(`^[0-9,]+ results?${words ? ` for “${words}”` : ""}`) }).waitFor();
  await page.locator(".live[aria-busy=false]").waitFor();
  return Number((await said(page).innerText()).match(/^[0-9]+/)[0]);
}

/** A group of values, by what it is called. */
export const group = (page, label) => page.locator("#facets details").filter({ has: page.locator("summary", { hasText: label }) });

/** The box of a value in its group. */
export const value = (page, label, name) => group(page, label).getByRole("checkbox", { name });

/** How many pages a value says that it has. */
export const countOf = async (page, label, name) =>
  Number(await group(page, label).locator("li", { hasText: name }).locator(".count").innerText());
