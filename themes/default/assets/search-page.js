// The search page: what is asked stands in its address, and what is found is drawn here.
const form = document.querySelector("#search");
const [box, sort, said, notes, results, pages, narrow, groups, live] =
  ["#q", "#sort", "#said", "#notes", "#results", "#pages", "#narrow", "#facets", ".live"]
    .map((name) => document.querySelector(name));
const words = new Map(
  [...document.querySelector("#words").content.querySelectorAll("data")].map(({ value, textContent }) => [value, textContent]),
);
const title = document.title;
const home = new URL("..", form.action);

/** Results on a page. */
const SIZE = 10;
/** No index has as many pages: what is asked for beyond them would be too large a number for the reader. */
const PAGES = 100_000;
/** Values of a facet that are shown before somebody asks for all. */
const VALUES = 8;
/** Letters of a question that are said with what it found. */
const SAID = 80;
/** The first letter of a word asks nothing yet. */
const BEGUN = /(^|\s)\p{L}$/u;
/** A pause in typing, in milliseconds. */
const PAUSE = 100;

const word = (name, values = {}) => words.get(name).replace(/\{(\w+)\}/g, (_, key) => values[key]);

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const day = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, {
  dateStyle: "long", timeZone: "UTC",
});

/* What is asked: `{ q, typing, chosen: [[facet, value]], sort, page, synonyms }`. Until the form is submitted
   the last word may be the beginning of one: `typing`. */

let opened = { facets: [], sortings: [] };
/** What a facet is called in the address: apart from what else stands there. No facet's name ends so. */
const key = (facet) => (["q", "typing", "sort", "page", "also"].includes(facet) ? `${facet}_` : facet);
const named = (list, name) => list.some((item) => item.name === name);

function fromAddress() {
  const address = new URLSearchParams(location.search);
  return {
    q: address.get("q") ?? "",
    typing: address.get("typing") === "yes",
    chosen: [...address].flatMap(([name, value]) =>
      opened.facets.filter((facet) => key(facet.name) === name).map((facet) => [facet.name, value])),
    sort: named(opened.sortings, address.get("sort")) ? address.get("sort") : "",
    page: Math.min(PAGES, Math.max(1, Number.parseInt(address.get("page"), 10) || 1)),
    synonyms: address.get("also") !== "no",
  };
}

function toAddress(asked) {
  // Before the index is open, nothing is known of what else stands there: it stays.
  const address = new URLSearchParams("documents" in opened ? "" : location.search);
  for (const name of ["q", "typing", "page"]) address.delete(name);
  if (asked.q) address.set("q", asked.q);
  for (const [facet, value] of asked.chosen) address.append(key(facet), value);
  if (asked.sort) address.set("sort", asked.sort);
  if (!asked.synonyms) address.set("also", "no");
  if (asked.q && asked.typing) address.set("typing", "yes");
  if (asked.page > 1) address.set("page", asked.page);
  return `?${address}`;
}

let state = fromAddress();
/** Facets whose counts the last question asked for. */
let asking = [];
let underWay;
let pause;

/** Asks something else: what is typed replaces the address, what is chosen adds to the history. */
function change(parts, { replace = false } = {}) {
  clearTimeout(pause);
  const typing = state.typing || box.value !== state.q;
  state = { ...state, q: box.value, typing, page: 1, ...parts };
  history[replace ? "replaceState" : "pushState"](null, "", toAddress(state));
  return show();
}

/** Asks what the address says. */
function arrive() {
  clearTimeout(pause);
  state = fromAddress();
  box.value = state.q;
  return show();
}

const link = (parts, text, attributes = {}) =>
  make("a", { href: toAddress({ ...state, page: 1, ...parts }), ...attributes }, text);

/** The way on from where nothing is found: below, for some out of sight. */
const lists = () => make("a", { href: "#without" }, word("browse"));

/* Asking. */

const loaded = import(form.dataset.search);
const index = loaded.then(({ Index }) => new Index(form.action, form.dataset.reader));

async function show() {
  underWay?.abort();
  const { signal } = (underWay = new AbortController());
  live.setAttribute("aria-busy", "true");
  try {
    const searcher = await index;
    begin(await searcher.open());
    sort.value = state.sort;
    asking = counted();
    const found = await searcher.ask({
      text: state.typing ? state.q.replace(BEGUN, "$1") : state.q, typing: state.typing, synonyms: state.synonyms,
      chosen: state.chosen, counts: asking, sort: state.sort, from: (state.page - 1) * SIZE, size: SIZE,
    }, signal);
    if (signal.aborted) return;
    const last = Math.ceil(found.total / SIZE) || 1;
    if (state.page > last) {
      state = { ...state, page: last };
      history.replaceState(null, "", toAddress(state));
      show();
      return;
    }
    document.title = state.q ? `${brief(state.q)} – ${title}` : title;
    draw(found);
  } catch (error) {
    if (signal.aborted) return;
    await fail(error);
  }
  live.setAttribute("aria-busy", "false");
}

/** Says what is wrong, and offers what can be done about it. */
async function fail(error) {
  const { Offline, Outdated } = await loaded.catch(() => ({}));
  const is = (kind) => kind !== undefined && error instanceof kind;
  const what = is(Offline) ? "offline" : is(Outdated) ? "old" : "broken";
  const again = make("button", { type: "button" }, word("again"));
  // A script that could not be loaded is not loaded again by the same page.
  again.addEventListener("click", () => (what === "old" || !Offline ? location.reload() : show()));
  said.textContent = word(what);
  see.textContent = word("see");
  notes.replaceChildren(make("p", {}, again, " ", lists()));
  results.replaceChildren();
  pages.hidden = true;
  if (what === "offline") addEventListener("online", show, { once: true });
}

/* Drawing. */

/** Once it is known which facets and sortings there are. */
function begin(what) {
  if (what === opened) return;
  opened = what;
  facets.clear();
  groups.replaceChildren(see, ...opened.facets.map(group));
  sort.replaceChildren(sort.options[0], ...opened.sortings.map(({ name, label }) => make("option", { value: name }, label)));
  state = { ...fromAddress(), q: state.q };
  for (const { facet, element } of facets.values()) {
    element.open = state.chosen.some(([name]) => name === facet) || (facet === "type" && narrow.open);
  }
}

/** So much of a long question that what is found stays in sight. */
const brief = (text) => (text.length > SAID ? `${[...text].slice(0, SAID).join("").trimEnd()}…` : text);
const marked = (pieces) => pieces.map((piece) => (piece.marked ? make("mark", {}, piece.text) : piece.text));
const quoted = (list) => list.map((text) => `“${text}”`).join(word("or"));

function draw(found) {
  const { total } = found;
  const count = word(total === 0 ? "none" : total === 1 ? "one" : "many", { count: total.toLocaleString() });
  const last = Math.ceil(total / SIZE);
  said.textContent =
    count + (state.q.trim() ? word("for_words", { query: brief(state.q.trim()) }) : "") +
    (last > 1 ? word("page", { number: state.page, of: last }) : "");
  see.textContent = `${word("see")} (${total.toLocaleString()})`;
  notes.replaceChildren(...told(found));
  results.start = (state.page - 1) * SIZE + 1;
  results.replaceChildren(...found.results.map(card));
  drawPages(last);
  for (const own of facets.values()) if (!asking.includes(own.facet)) forget(own);
  found.facets.forEach(drawGroup);
}

/** What is to be said of the question. */
function told({ total, also, corrected, unknown, unknown_values: values, fewer, passed_over: nothing, facets: counts }) {
  const lines = [];
  const line = (...parts) => lines.push(make("p", {}, ...parts));
  if (nothing) line(word("passed_over"));
  if (state.chosen.length > 0) {
    const label = ([facet, value]) =>
      counts.find((one) => one.facet === facet)?.values.find((one) => one.value === value)?.label ?? value;
    const without = (pair) => state.chosen.filter((other) => other !== pair);
    line(word("chosen"), ...state.chosen.flatMap((pair) => [" ", link({ chosen: without(pair) }, label(pair), {
      class: "chosen", "aria-label": word("remove", { label: label(pair) }),
    })]), " ", link({ chosen: [] }, word("clear")));
  }
  if (fewer && fewer.complete < total) {
    const { at_least: least, of: all, complete: count } = fewer;
    // Pages that were not chosen may have all.
    const none = state.chosen.length > 0 ? "fewer_chosen" : "fewer";
    line(word(count === 0 ? none : count === 1 ? "one_complete" : "few_complete", { least, all, count }));
  }
  for (const { typed, meant } of corrected) line(word("corrected", { typed, words: quoted(meant) }));
  for (const missing of unknown) line(word("unknown", { word: missing }));
  for (const { facet, value } of values) line(word("unknown_value", { facet, value }));
  if (also.length > 0) line(word("also", { words: also.join(", ") }), " ", link({ synonyms: false }, word("also_off")));
  if (!state.synonyms) line(link({ synonyms: true }, word("also_on")));
  if (total === 0) {
    const help = state.chosen.length > 0 ? "nothing_chosen" : "nothing_help";
    line(word(help), " ", lists());
  }
  return lines;
}

/** A browser finds whole words alone: `children’s`, not `children`. */
const WORD = "[\\p{L}\\p{N}]+(?:['’][\\p{L}\\p{N}]+)*";

/** Where a result leads: to the section, and there to the words. */
function target({ path, section, excerpt }) {
  const url = home.href + path.slice(1);
  const at = excerpt.findIndex((piece) => piece.marked);
  const text = (pieces) => pieces.map((piece) => piece.text).join("");
  // A few whole words of one block, after which the excerpt has a line's end, and without a mark between them
  // that the page may set otherwise: nothing but spaces.
  const before = new RegExp(`(?:${WORD} ){0,2}$`, "u").exec(at < 0 ? "" : text(excerpt.slice(0, at)))[0];
  const after = new RegExp(`^${WORD}(?: ${WORD}){0,5}`, "u").exec(at < 0 ? "" : text(excerpt.slice(at)));
  if (!after) return section.anchor ? `${url}#${section.anchor}` : url;
  return `${url}#${section.anchor}:~:text=${encodeURIComponent(before + after[0])}`;
}

function card(found) {
  const lang = found.lang === document.documentElement.lang ? undefined : found.lang;
  const { heading } = found.section;
  return make("li", { class: "card" },
    make("p", { class: "kind" }, found.councils ? `${found.kind} · ${found.councils}` : found.kind),
    make("h2", {}, make("a", { href: target(found), lang }, ...marked(found.marked_title))),
    make("p", { lang }, ...marked(found.excerpt)),
    make("p", { class: "meta" }, heading ? `${word("in_section")} ${heading} · ` : "",
      word("changed", { day: day.format(new Date(found.updated)) })));
}

function drawPages(last) {
  const near = (number) => number === 1 || number === last || Math.abs(number - state.page) <= 2;
  const numbers = Array.from({ length: last }, (_, at) => at + 1).filter(near);
  const item = (page, text, attributes) => make("li", {}, link({ page }, text, attributes));
  const items = numbers.flatMap((number, at) => {
    const own = item(number, number, {
      "aria-label": word("page_n", { number }), "aria-current": number === state.page ? "page" : undefined,
    });
    return at > 0 && number > numbers[at - 1] + 1 ? [make("li", {}, "…"), own] : [own];
  });
  if (state.page > 1) items.unshift(item(state.page - 1, word("previous"), { rel: "prev" }));
  if (state.page < last) items.push(item(state.page + 1, word("next"), { rel: "next" }));
  pages.replaceChildren(make("ul", {}, ...items));
  pages.hidden = last < 2;
}

/* Facets. */

const facets = new Map();

/** Leads to the results where the groups stand above them: in a narrow window, screens above. */
const see = make("button", { type: "button" }, word("see"));
see.addEventListener("click", () => {
  narrow.open = false;
  toResults();
});

function toResults() {
  said.focus({ preventScroll: true });
  said.scrollIntoView({ behavior: "instant" });
}

/** Those whose counts are wanted: a facet's file is fetched once its group is shown. */
function counted() {
  const chosen = state.chosen.map(([facet]) => facet);
  const shown = narrow.open ? [...facets.values()].filter(({ element }) => element.open).map(({ facet }) => facet) : [];
  return [...new Set([...chosen, ...shown])];
}

/** Asks for the counts of groups that have come to be shown. */
function recount() {
  if (counted().some((facet) => !asking.includes(facet))) show();
}

/** Empties a group that was not counted: what it shows is of another question, and nothing in it is chosen. */
function forget(own) {
  own.list.replaceChildren();
  own.many.textContent = "";
  own.more.hidden = true;
}

function group({ name: facet, label }) {
  const list = make("ul", { class: "values" });
  const many = make("span", { class: "count" });
  const more = make("button", { type: "button", hidden: "" });
  const element = make("details", {}, make("summary", {}, label, " ", many), list, more);
  const own = { facet, element, list, many, more, items: new Map(), all: false, counts: undefined };
  facets.set(facet, own);
  element.addEventListener("toggle", recount);
  more.addEventListener("click", () => {
    own.all = true;
    const last = list.children.length;
    drawGroup(own.counts);
    list.children[Math.min(last, list.children.length - 1)]?.querySelector("input").focus();
  });
  return element;
}

function value(own, { value: name, label }) {
  const input = make("input", { type: "checkbox", name: own.facet, value: name });
  const count = make("span", { class: "count" });
  input.addEventListener("change", () => {
    const others = state.chosen.filter(([facet, other]) => facet !== own.facet || other !== name);
    change({ chosen: input.checked ? [...others, [own.facet, name]] : others });
  });
  return { input, count, element: make("li", {}, make("label", {}, input, make("span", {}, label), " ", count)) };
}

/** The values that a click on would find something, the most frequent first to be shown. */
function drawGroup(counts) {
  const own = facets.get(counts.facet);
  own.counts = counts;
  const some = counts.values.filter(({ count, chosen }) => count > 0 || chosen);
  const first = some.toSorted((a, b) => b.chosen - a.chosen || b.count - a.count).slice(0, VALUES);
  const shown = own.all ? some : some.filter((one) => one.chosen || first.includes(one));
  const items = shown.map((one) => {
    if (!own.items.has(one.value)) own.items.set(one.value, value(own, one));
    const item = own.items.get(one.value);
    item.input.checked = one.chosen;
    item.count.textContent = one.count.toLocaleString();
    return item.element;
  });
  // Only where it differs: an element that is put in anew loses the focus.
  if (items.length !== own.list.children.length || items.some((item, at) => item !== own.list.children[at])) {
    const focus = own.list.contains(document.activeElement) ? document.activeElement : undefined;
    own.list.replaceChildren(...items);
    focus?.focus();
  }
  const chosen = some.filter((one) => one.chosen).length;
  own.many.textContent = chosen ? word("filter_count", { count: chosen }) : some.length === 0 ? word("filter_none") : "";
  own.more.textContent = word("show_all", { count: some.length });
  own.more.hidden = shown.length === some.length;
}

/* What people do. */

box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => change({}, { replace: true }), PAUSE);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await change({ typing: false }, { replace: true });
  // Who has typed on meanwhile stays in the box.
  if (state.typing || box.value !== state.q) return;
  // What was found stands below, or under the keys that a phone shows as long as the box has the focus.
  if (said.getBoundingClientRect().top > innerHeight / 2 || matchMedia("(pointer: coarse)").matches) toResults();
});
sort.addEventListener("change", () => change({ sort: sort.value }));
narrow.addEventListener("toggle", recount);
live.addEventListener("click", (event) => {
  const to = event.target.closest("a[href^='?']");
  if (!to || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", to.href);
  arrive();
  // What was clicked is drawn anew.
  said.focus();
});
addEventListener("popstate", () => {
  // To go to another place of the page asks nothing else.
  if (toAddress(fromAddress()) !== toAddress(state)) arrive();
});

if (matchMedia("(min-width: 64rem)").matches) narrow.open = true;
// Somebody may have typed before this ran.
if (box.value && !state.q) change({}, { replace: true });
else arrive();
