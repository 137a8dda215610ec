// `casebook serve` as a maintainer meets it: a page stands open in a browser while files are edited,
// broken, mended, deleted and renamed. Nothing waits for a time: each step waits for what the page
// has to show next.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axe, axeSource, launch } from "./browser.mjs";
import { Folder, serveFolder, themeFile } from "./workshop.mjs";

const FLAG = "content/case-studies/flag.md";
const PAGE = "/case-studies/flag/";
const TEMPLATE = "themes/default/templates/case-study.html";
const STYLE = "themes/default/assets/style.css";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** A workshop of its own with the page at `path` open, for as long as `work` takes. */
async function workshop(work, { path = PAGE, prepare = () => {}, options = {} } = {}) {
  const folder = new Folder();
  prepare(folder);
  const server = await serveFolder(folder, options);
  const context = await browser.newContext();
  await context.addInitScript(axeSource);
  try {
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A browser says of every page that is not there that it is not.
      const expected = /status of (404|503)/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !expected) complaints.push(message.text());
    });
    await page.goto(server.base + path);
    await work({ folder, server, context, page });
    assert.deepEqual(complaints, [], "the console stays empty");
  } finally {
    await context.close();
    await server.interrupt();
    folder.remove();
  }
}

/** Waits until the page itself shows `text`. */
const shows = (page, text) => page.locator("main", { hasText: text }).waitFor();

/** Waits until the overlay names `place`, and gives its words. */
async function overlay(page, place) {
  const dialog = page.locator("casebook-findings dialog[role=alertdialog]", { hasText: place });
  await dialog.waitFor();
  return dialog.innerText();
}

const noOverlay = (page) => page.locator("casebook-findings").waitFor({ state: "detached" });

test("a document is edited, broken and mended", () =>
  workshop(async ({ folder, page }) => {
    folder.edit(FLAG, "One flag.", "A flag that everybody knows.");
    await shows(page, "A flag that everybody knows.");

    const good = folder.edit(FLAG, "title: A flag", "titel: A flag");
    const words = await overlay(page, `${FLAG}:2:1`);
    assert.match(words, /^\d+ errors? to mend/);
    assert.match(words, /titel/);
    assert.match(words, /What to do: .*title/);
    assert.match(words, /^titel: A flag/m, "the line is shown as it stands");
    assert.match(words, /^Write:\s+title$/m, "and what to write in its place");
    assert.doesNotMatch(words, /[?.!][.]/, "no sentence ends twice");
    await shows(page, "A flag that everybody knows.");
    const link = page.locator("casebook-findings a", { hasText: `${FLAG}:2:1` });
    assert.equal(await link.getAttribute("href"), `vscode://file${folder.at(FLAG)}:2:1`);
    assert.deepEqual(await axe(page), []);

    // Half mended: another mistake in the place of the first.
    folder.write(FLAG, good.replace("evidence: untested", "evidence: untried"));
    const next = await overlay(page, /flag\.md:1\d:/);
    assert.doesNotMatch(next, /titel/);

    folder.write(FLAG, good.replace("A flag that everybody knows.", "A flag that is mended."));
    await shows(page, "A flag that is mended.");
    await noOverlay(page);
  }));

test("a document is renamed, deleted and brought back", () =>
  workshop(async ({ folder, server, page }) => {
    folder.move(FLAG, "content/case-studies/marker.md");
    await shows(page, "Page not found");
    await page.goto(`${server.base}/case-studies/marker/`);
    await shows(page, "One flag.");
    folder.move("content/case-studies/marker.md", FLAG);
    await shows(page, "Page not found");
    await page.goto(server.base + PAGE);
    await shows(page, "One flag.");

    const text = folder.read(FLAG);
    folder.delete(FLAG);
    await shows(page, "Page not found");
    folder.write(FLAG, text);
    await shows(page, "One flag.");

    // One that others refer to is missed, at the place that refers to it.
    const council = folder.read("content/councils/islington.md");
    folder.delete("content/councils/islington.md");
    assert.match(await overlay(page, `${FLAG}:5:`), /islington/);
    await shows(page, "One flag.");
    folder.write("content/councils/islington.md", council);
    await noOverlay(page);
    folder.move("content/councils/islington.md", "content/councils/isle.md");
    await overlay(page, `${FLAG}:5:`);
    folder.move("content/councils/isle.md", "content/councils/islington.md");
    await noOverlay(page);
    await shows(page, "One flag.");
  }));

test("editors that save by rename", () =>
  workshop(async ({ folder, page }) => {
    const save = (text, beside) => {
      folder.write(beside, text);
      folder.move(beside, FLAG);
    };
    let text = folder.read(FLAG);
    for (const [number, beside] of ["content/case-studies/.flag.md.swp", "content/case-studies/flag.md~", "new"].entries()) {
      text = text.replace(/One flag.*/, `One flag, saved a ${number + 1}. time.`);
      save(text, beside);
      await shows(page, `saved a ${number + 1}. time.`);
    }
    save(text.replace("title:", "titel:"), "content/case-studies/4913");
    await overlay(page, `${FLAG}:2:1`);
    // The old file moved away, a new one written, the old one deleted.
    folder.move(FLAG, `${FLAG}~`);
    folder.write(FLAG, text.replace(/One flag.*/, "One flag, saved the other way round."));
    folder.delete(`${FLAG}~`);
    await shows(page, "saved the other way round.");
    await noOverlay(page);
  }));

test("a template is added, broken, mended, renamed and deleted", () =>
  workshop(async ({ folder, page }) => {
    const ours = themeFile("templates/case-study.html").replace("{% block lead %}", "{% block lead %}<p>Our own words.</p>");
    folder.write(TEMPLATE, ours);
    await shows(page, "Our own words.");

    folder.write(TEMPLATE, `${ours}\n{% if document.title %}`);
    await overlay(page, `${TEMPLATE}:${ours.split("\n").length + 1}:`);
    await shows(page, "Our own words.");
    folder.write(TEMPLATE, ours.replace("Our own words.", "{{ document.titel }}"));
    const line = ours.split("\n").findIndex((text) => text.includes("Our own words.")) + 1;
    assert.match(await overlay(page, `${TEMPLATE}:${line}:`), /titel/);
    folder.write(TEMPLATE, ours.replace("Our own words.", "Our words, mended."));
    await shows(page, "Our words, mended.");
    await noOverlay(page);

    folder.move(TEMPLATE, "themes/default/templates/case-study.html.old");
    await page.locator("main", { hasNotText: "Our words" }).waitFor();
    folder.move("themes/default/templates/case-study.html.old", TEMPLATE);
    await shows(page, "Our words, mended.");
    folder.delete("themes");
    await page.locator("main", { hasNotText: "Our words" }).waitFor();
    await shows(page, "One flag.");
  }));

test("a vocabulary is edited, broken and mended; site.toml is broken, renamed and deleted", () =>
  workshop(async ({ folder, server, page }) => {
    const before = folder.edit("site.toml", 'label = "Untested"', 'label = "Nobody has looked"');
    await shows(page, "Nobody has looked");
    const settings = folder.read("site.toml");

    folder.edit("site.toml", '{ value = "untested"', '{ value = "unproven"');
    assert.match(await overlay(page, `${FLAG}:13:`), /untested/);
    await shows(page, "Nobody has looked");
    folder.write("site.toml", settings);
    await noOverlay(page);

    folder.write("site.toml", settings.replace("[theme]", "[theme"));
    assert.match(await overlay(page, /site\.toml:\d+:/), /to mend\s+.*\s+site\.toml:\d+/, "it stands first");
    folder.write("site.toml", settings);
    await noOverlay(page);

    folder.move("site.toml", "site.toml.bak");
    assert.match(await overlay(page, "site.toml:1:1"), /there is no site\.toml/);
    await page.goto(`${server.base}/councils/islington/`);
    await overlay(page, "site.toml:1:1");
    folder.move("site.toml.bak", "site.toml");
    await noOverlay(page);
    folder.delete("site.toml");
    await overlay(page, "site.toml:1:1");
    folder.write("site.toml", before);
    await noOverlay(page);
    await page.goto(server.base + PAGE);
    await shows(page, "Untested");
  }));

test("a stylesheet is edited, renamed, deleted and brought back", () =>
  workshop(async ({ folder, page }) => {
    const colour = (wanted) =>
      page.waitForFunction((wanted) => getComputedStyle(document.querySelector("h1")).color === wanted, wanted);
    const style = `${themeFile("assets/style.css")}\nh1 { color: rgb(1, 2, 3); }\n`;
    folder.write(STYLE, style);
    await colour("rgb(1, 2, 3)");
    folder.write(STYLE, style.replace("rgb(1, 2, 3)", "rgb(4, 5, 6)"));
    await colour("rgb(4, 5, 6)");
    folder.move(STYLE, `${STYLE}.bak`);
    await colour("rgb(20, 32, 31)");
    folder.move(`${STYLE}.bak`, STYLE);
    await colour("rgb(4, 5, 6)");

    // A template that asks for one that is not there.
    folder.write(TEMPLATE, '{% extends "default/case-study.html" %}\n{% block head %}\n<link rel="stylesheet" href="{{ site.assets["ours.css"] }}">\n{% endblock %}\n');
    await overlay(page, `${TEMPLATE}:3:`);
    folder.write("themes/default/assets/ours.css", "h1 { color: rgb(7, 8, 9); }");
    await colour("rgb(7, 8, 9)");
    await noOverlay(page);
    folder.delete("themes/default/assets/ours.css");
    await overlay(page, `${TEMPLATE}:3:`);
    folder.delete("themes");
    await noOverlay(page);
    await colour("rgb(20, 32, 31)");
  }));

test("folders are renamed, deleted and brought back", () =>
  workshop(async ({ folder, page }) => {
    folder.move("content/councils", "councils-elsewhere");
    await overlay(page, `${FLAG}:5:`);
    folder.move("councils-elsewhere", "content/councils");
    await noOverlay(page);
    folder.move("content", "content-elsewhere");
    await overlay(page, /errors? to mend/);
    await shows(page, "One flag.");
    folder.move("content-elsewhere", "content");
    await noOverlay(page);
    await shows(page, "One flag.");
    folder.edit(FLAG, "One flag.", "Written once the folder was back.");
    await shows(page, "Written once the folder was back.");
  }));

test("errors can be put away, and come back when there are new ones", () =>
  workshop(async ({ folder, context, server, page }) => {
    const good = folder.edit(FLAG, "title: A flag", "titel: A flag");
    await overlay(page, `${FLAG}:2:1`);
    const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent);
    assert.equal(await focused(), "Close");
    await page.keyboard.press("Escape");
    await noOverlay(page);

    // A page opened while there are errors shows them at once.
    const second = await context.newPage();
    await second.goto(`${server.base}/councils/islington/`);
    await overlay(second, `${FLAG}:2:1`);
    await second.close();

    await page.bringToFront();
    folder.write(FLAG, good.replace("status:", "state:"));
    await overlay(page, `${FLAG}:7:1`);
    await page.getByRole("button", { name: "Close" }).click();
    await noOverlay(page);
    folder.write(FLAG, good.replace("One flag.", "One flag, mended."));
    await shows(page, "One flag, mended.");
  }));

test("a site that is broken from the start turns into itself once it is mended", () =>
  workshop(async ({ folder, page }) => {
    await page.getByRole("heading", { name: "The site cannot be shown yet" }).waitFor();
    await overlay(page, `${FLAG}:2:1`);
    assert.deepEqual(await axe(page), []);
    folder.edit(FLAG, "titel: A flag", "title: A flag");
    await shows(page, "One flag.");
    await noOverlay(page);
  }, { prepare: (folder) => folder.edit(FLAG, "title: A flag", "titel: A flag") }));

test("a script of the site's own may use any name", () =>
  workshop(async ({ folder, page }) => {
    await page.waitForFunction(() => globalThis.ours === "at work");
    folder.edit(FLAG, "One flag.", "Another flag.");
    await shows(page, "Another flag.");
  }, {
    prepare: (folder) => {
      folder.write("themes/default/assets/ours.js", 'const shown = "at work"; function show() { return shown; } globalThis.ours = show();');
      folder.write(TEMPLATE, '{% extends "default/case-study.html" %}\n{% block head %}\n<script src="{{ site.assets["ours.js"] }}" defer></script>\n{% endblock %}\n');
    },
  }));

test("the place on a page is kept when it follows a change", () =>
  workshop(async ({ folder, page }) => {
    await page.setViewportSize({ width: 800, height: 400 });
    await page.evaluate(() => scrollTo({ top: 500, behavior: "instant" }));
    folder.edit(FLAG, "One flag.", "Another flag.");
    await shows(page, "Another flag.");
    await page.waitForFunction(() => scrollY === 500);
  }));

test("Ctrl-C ends it at once with exit code 0, with pages open", async () => {
  const folder = new Folder();
  const server = await serveFolder(folder);
  const page = await browser.newPage();
  await page.goto(server.base + PAGE);
  const start = performance.now();
  assert.deepEqual(await server.interrupt(), { code: 0, signal: null });
  // Far more than it takes, and less than anybody would wait before pressing it again.
  assert.ok(performance.now() - start < 3000);
  // The page that is left open stays as it is.
  await page.locator("h1", { hasText: "A flag" }).waitFor();
  await page.close();

  // Before its first build is done, too.
  const second = await serveFolder(folder);
  assert.deepEqual(await second.interrupt(), { code: 0, signal: null });
  folder.remove();
});

test("--open hands the address to the system's opener, or says that there is none", async () => {
  const programs = mkdtempSync(join(tmpdir(), "casebook-opener-"));
  let heard;
  const opened = new Promise((done) => { heard = done; });
  const ear = createServer((request, response) => {
    heard(decodeURIComponent(request.url.slice(1)));
    response.end();
  });
  await new Promise((done) => ear.listen(0, "127.0.0.1", done));
  const tell = `fetch("http://127.0.0.1:${ear.address().port}/" + encodeURIComponent(process.argv[1]))`;
  writeFileSync(join(programs, "xdg-open"), `#!/bin/sh\nexec "${process.execPath}" -e '${tell}' "$1"\n`);
  chmodSync(join(programs, "xdg-open"), 0o755);
  const folder = new Folder();

  const server = await serveFolder(folder, { args: ["--open"], env: { ...process.env, PATH: programs } });
  assert.equal(await opened, `${server.base}/`);
  await server.interrupt();

  rmSync(programs, { recursive: true });
  const alone = await serveFolder(folder, { args: ["--open"], env: { ...process.env, PATH: programs } });
  await fetch(`${alone.base}/`);
  await alone.interrupt();
  assert.ok(alone.said.err.some((line) => line.includes("could not be opened")), alone.said.err.join("\n"));

  await new Promise((done) => ear.close(done));
  folder.remove();
});
