// Leaving a page of help or warning signs in a hurry: the link, or Shift three times within five
// seconds. The page's own entry in the history is replaced; entries before it stay, and the page says so.
const link = document.querySelector(".exit-link");
const how = document.querySelector(".exit-how");
if (link) {
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
    } else if (!event.repeat) {
      presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 5000);
      if (presses.length >= 3) leave();
    }
  });
  // Its room is kept, so that nothing moves.
  if (how) how.classList.add("works");
}
