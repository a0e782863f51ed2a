// What the page adds to the terminal: the keyboard is there at once, and ctrl+v pastes.
const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
new MutationObserver((_changes, watch) => {
  if (document.body.classList.contains("-first-byte")) {
    watch.disconnect();
    focus();
  }
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === "v") event.stopPropagation();
  },
  true,
);
