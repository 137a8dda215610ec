// Titles for the words that are typed into the search box, under it.

/** How many. */
const SIZE = 6;
/** The first letter of a word asks nothing yet. */
const BEGUN = /(^|\s)\p{L}$/u;
/** A pause in typing, in milliseconds. */
const PAUSE = 100;

/** `box` is the input; `search` and `reader` are the addresses of the script and the module that answer. */
export default async function suggest(box, search, reader) {
  const { Index } = await import(search);
  const { form } = box;
  const index = new Index(form.action, reader);
  const home = new URL("..", form.action).href;
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = box.ariaLabel;
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }

  let at = -1;
  let underWay;
  let pause;

  const choose = (number) => {
    at = number;
    [...list.children].forEach((option, own) => { option.ariaSelected = String(own === at); });
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  };
  const close = () => {
    clearTimeout(pause);
    underWay?.abort();
    list.hidden = true;
    box.ariaExpanded = "false";
    choose(-1);
  };
  const option = ({ path, title, kind, lang }, number) => {
    const element = document.createElement("li");
    const label = document.createElement("span");
    const note = document.createElement("span");
    Object.assign(element, { id: `suggestion-${number}`, role: "option" });
    element.dataset.to = home + path.slice(1);
    label.lang = lang;
    label.textContent = title;
    note.className = "note";
    note.textContent = kind;
    element.append(label, note);
    return element;
  };

  const show = async () => {
    underWay?.abort();
    const { signal } = (underWay = new AbortController());
    const text = box.value.replace(BEGUN, "$1");
    if (!text.trim()) return close();
    // Nothing is said of what goes wrong: the search page will say it.
    const found = await index.ask({ text, typing: true, size: SIZE }, signal).catch(() => undefined);
    if (!found || signal.aborted) return undefined;
    list.replaceChildren(...found.results.map(option));
    choose(-1);
    list.hidden = found.results.length === 0;
    box.ariaExpanded = String(!list.hidden);
    return undefined;
  };

  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(list.children[at].dataset.to);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = list.children.length + 1;
      // One place is the box itself.
      choose(((at + 1 + step + places) % places) - 1);
    }
  });
  box.addEventListener("blur", close);
  // The box keeps the focus while something in the list is clicked.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]");
    if (to) location.assign(to.dataset.to);
  });

  index.open().catch(() => {});
  // What was typed while this was loaded.
  if (document.activeElement === box && box.value) show();
}
