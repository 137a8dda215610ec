// Reloads a page when the site has changed, and shows what keeps a change from being shown.
// `casebook serve` adds this to the pages that it serves; no published page has it. A module, so that
// its names are its own, whatever scripts a site has.

const shown = new URL(import.meta.url).searchParams.get("site");

// A stylesheet made by script is no inline style, so the site's strict policy lets it be.
const style = new CSSStyleSheet();
style.replaceSync(`
dialog {
  box-sizing: border-box;
  width: min(60rem, calc(100vw - 2rem));
  max-height: calc(100vh - 2rem);
  overflow: auto;
  padding: 1.25rem 1.5rem;
  border: 0;
  border-top: 0.4rem solid #c4321c;
  color: #1a1a1a;
  background: #fff;
  font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
dialog::backdrop { background: rgb(0 0 0 / 0.55); }
h2 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.25; }
p { margin: 0 0 1rem; max-width: 44rem; }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 0.75rem 0; border-top: 1px solid #b1b4b6; }
li p { margin: 0 0 0.25rem; }
pre { margin: 0 0 0.25rem; padding: 0.25rem 0.5rem; background: rgb(128 128 128 / 0.14); white-space: pre-wrap; }
code { font: 0.9375rem/1.5 ui-monospace, monospace; }
a { color: #1d4f91; }
button {
  margin-top: 0.5rem;
  padding: 0.5rem 1rem;
  border: 2px solid currentcolor;
  color: inherit;
  background: transparent;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
:focus-visible { outline: 3px solid #1d4f91; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  dialog { color: #f0f0f0; background: #1c1f22; border-color: #ff8a75; }
  li { border-color: #5c6166; }
  a { color: #9ec5ff; }
  :focus-visible { outline-color: #9ec5ff; }
}
`);

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

// The place of a finding, as a link that opens it in an editor where there is one to open it.
function place(finding, root) {
  const text = `${finding.file}:${finding.line}:${finding.column}`;
  if (!root) return element("code", text);
  const folder = root.replaceAll("\\", "/").replace(/^\/\/\?\//, "").replace(/^\/?/, "/");
  const link = element("a", "", element("code", text));
  link.href = `vscode://file${encodeURI(`${folder}/${finding.file}`)}:${finding.line}:${finding.column}`;
  return link;
}

// With a full stop, unless something else ends it.
function sentence(text) {
  return /[.?!…:]$/.test(text) ? text : `${text}.`;
}

function item(finding, root) {
  const made = element("li", "");
  made.append(element("p", "", place(finding, root)), element("p", sentence(finding.message)));
  if (finding.excerpt) made.append(element("pre", "", element("code", finding.excerpt)));
  if (finding.help) made.append(element("p", sentence(`What to do: ${finding.help}`)));
  if (finding.fix?.replacement) {
    made.append(element("p", "Write:"), element("pre", "", element("code", finding.fix.replacement)));
  }
  made.append(element("code", finding.code));
  return made;
}

let overlay = null;

function hide() {
  overlay?.remove();
  overlay = null;
}

function show({ findings, root }) {
  hide();
  overlay = document.createElement("casebook-findings");
  const inside = overlay.attachShadow({ mode: "open" });
  inside.adoptedStyleSheets = [style];
  const dialog = document.createElement("dialog");
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "title");
  dialog.setAttribute("aria-describedby", "about");
  dialog.lang = "en";
  const count = findings.length === 1 ? "1 error" : `${findings.length} errors`;
  const title = element("h2", `${count} to mend`);
  title.id = "title";
  const about = element("p", "The page shows the site as it was before. It follows as soon as the errors are mended.");
  about.id = "about";
  const list = element("ol", "");
  list.append(...findings.map((finding) => item(finding, root)));
  const close = element("button", "Close");
  close.type = "button";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", hide);
  dialog.append(title, about, list, close);
  inside.append(dialog);
  document.body.append(overlay);
  dialog.showModal();
}

let last = "";

function hear(event) {
  const state = JSON.parse(event.data);
  if (state.site !== shown) {
    location.reload();
    return;
  }
  // Said once: an overlay that was closed stays closed until there is something new to say.
  const said = JSON.stringify(state.findings);
  if (said === last) return;
  last = said;
  if (state.findings.length > 0) show(state);
  else hide();
}

// Browsers open few connections to a host, so only pages that are seen keep one.
let events = null;

function listen() {
  if (document.visibilityState === "visible") {
    events ??= new EventSource("/.casebook/events");
    events.onmessage = hear;
  } else {
    events?.close();
    events = null;
  }
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => { events?.close(); events = null; });
addEventListener("pageshow", listen);
listen();
