// How many characters are left, under a text area with a limit.

for (const counter of document.querySelectorAll("[data-counter]")) {
  const area = document.getElementById(counter.dataset.counter);
  if (!area || area.maxLength < 0) continue;
  const show = () => { counter.textContent = `${area.maxLength - area.value.length} tecken kvar`; };
  counter.hidden = false;
  area.addEventListener("input", show);
  show();
}
document.querySelector(".error-summary")?.focus();
