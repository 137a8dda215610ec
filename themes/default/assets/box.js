// The search box of every page: suggestions are loaded once somebody touches it, and nothing before.
{
  const { src, dataset } = document.currentScript;
  const [suggest, ...parts] = dataset.with.split(" ").map((name) => new URL(name, src).href);
  const box = document.querySelector(".top [role=search] input");
  const begin = () => {
    box.removeEventListener("focus", begin);
    box.removeEventListener("pointerdown", begin);
    box.type = "search";
    box.autocomplete = "off";
    // Without suggestions the box is a form like any other.
    Promise.all([suggest, parts[0]].map((part) => import(part))).then(([loaded]) => loaded.default(box, ...parts), () => {});
  };
  box?.addEventListener("focus", begin);
  box?.addEventListener("pointerdown", begin);
}
