// j next, k previous, t looked at, u up to the list – where the page has them, and not while one writes.
// Buttons that need a script come forward here; data-print prints.

const one = (key) => document.querySelector(`[data-key="${key}"]`);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open], .map")) return;
  const key = event.key.toLowerCase();
  if (!["j", "k", "t", "u"].includes(key)) return;
  const target = one(key) ?? (key === "j" ? document.querySelector(".queue-lines .line-title a") : null);
  if (!target) return;
  event.preventDefault();
  target.click();
});

if (matchMedia("(any-hover: hover)").matches) {
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
}
for (const button of document.querySelectorAll("[data-script]")) button.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
