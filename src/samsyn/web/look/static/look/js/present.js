// Meeting mode: arrows, space and Page Up/Down move, Esc leaves, f fills the screen.

const follow = (selector) => document.querySelector(selector)?.click();
const MOVES = {
  ArrowRight: "a[rel=next]", PageDown: "a[rel=next]",
  ArrowLeft: "a[rel=prev]", PageUp: "a[rel=prev]",
  Escape: "[data-leave]",
};

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (MOVES[event.key]) {
    event.preventDefault();
    follow(MOVES[event.key]);
  } else if (event.key === "f") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }
});
